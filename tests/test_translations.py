"""The words of the built-in exercises in other languages: whole, short, agreeing, not English.

Nobody can hear every sentence again after a change; these rules find what is easily overlooked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import audioworkout
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.names import make_stem
from audioworkout.ruler import ruler_ms
from audioworkout.units import Ms

CATALOGUE = Path(audioworkout.__file__).parent / "catalogue"
OTHERS = [language for language in LANGUAGES if language != "en"]
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C reads all in a second
Words = dict[str, Any]

MOST_WORDS = {"setup": 12, "form": 7, "breathing": 7, "motivate": 6, "easier_cue": 7}
"""As for English (test_catalogue). A word is what stands between blanks: `l'autre` is one."""
SETUP_MOST: Ms = 13_000
"""The same as for English, by the ruler."""
NAME_MOST = 40
"""Letters of a name: the title of a chapter has room for 45, with its number."""

OUT = {"en": "breathe out", "de": r"\baus\b", "es": "suelta", "fr": "souffle"}
IN = {"en": "breathe in", "de": r"\bein\b", "es": "toma", "fr": "inspire"}
"""How a sentence says which way the breath goes."""

LOAN_WORDS = (
    "air arnold atlas b back ball bar battle bike bird body box bug burpees carioca"
    " climbers crunch curl curls dead devil dips dog face farmer front goblet good hack halo"
    " hip hold hollow jacks jump jumping kettlebell kick kickback kickbacks l landmine leg"
    " morning mountain muscle neck nordic over overhead pallof pilates pistol plank pogo"
    " press pull pullover pulls push rack reverse rock rope russian samba saw shadow sit ski"
    " skipping slam sphinx spiderman split sprawl sprint squat squats star step sumo"
    " superman swing teaser thrust thruster thrusts to toes training trx twist up v walk"
    " wall"
)
"""English words that people in gyms of other countries say, in names and here and there in cues."""
SPELT_ALIKE = {
    "de": "amen an arm arms baby balance band bring butter fall fallen fast find finger flamingo"
    " hand handstand hang in last massage moment negative parade parallel pause pump ring"
    " roll s sag sink so spring stand still t warm warmer wind winter wring y",
    "es": "a animal cables cobra control lateral no pedal pelvis pose rival savasana sea t tire"
    " tires y zigzag",
    "fr": "a abduction amen angle angles animal assault balance bar biceps boxing change chat"
    " coach cobra coin cool courage descend double effort exact excuses extension force"
    " guide horizon incline instant joins joints long machine massage met mini monster"
    " muscles on page pain parade part patience patient pause pigeon piston place point"
    " points pose position posture rival rotation s saints salutation savasana secret"
    " signature simple style t table tandem temple tendons tension tire touches train"
    " trampoline triangle triceps y zigzag",
}
"""Words of these languages, or of all, that English has too."""

GENDERS = {
    "de": {
        "m": "Arm Ball Bauch Boden Fuß Griff Kopf Körper Nacken Po Rucksack Rumpf Rücken Schritt"
        " Stuhl Tisch Weg",
        "f": "Bank Brust Decke Ferse Hand Hantel Hüfte Kante Kettlebell Kiste Kugel Kurzhantel"
        " Linie Matte Mitte Nase Rolle Schulter Seite Stange Stirn Stufe Taille Wade Wand",
        "n": "Band Becken Bein Brett Brustbein Gewicht Handgelenk Handtuch Kinn Kissen Schienbein"
        " Seil Steißbein",
    },
    "es": {
        "m": "abdomen antebrazo aire balón banco brazo cajón codo costado coxis cuello cuerpo"
        " escalón glúteo hombro mentón muslo pecho peso pie pulgar suelo talón techo tobillo tronco"
        " vientre",
        "f": "almohadilla banda barra cabeza cadera cuerda espalda mancuerna mano mesa"
        " mirada muñeca nuca pared pelvis pesa pierna planta punta rodilla silla toalla",
    },
    "fr": {
        "m": "banc bassin bout bras buste cou coude corps coussin côté dos doigt dossier fessier"
        " front genou haltère menton mollet mur pied plafond poids poignet pouce rouleau sac sol"
        " talon tapis tibia ventre",
        "f": "barre bande caisse chaise cheville corde cuisse hanche jambe kettlebell main marche"
        " nuque paume planche poitrine pointe poulie serviette table taille tête",
    },
}
"""Genders of nouns that are said of bodies and things to train with."""
DISAGREEING = {
    "de": {
        "m": "das die eine einer dieses deine keine",
        "f": "das dem den des ein einen einem dieses diesem kein dein deinen",
        "n": "der die den eine einen einer diese deine keine",
    },
    "es": {"m": "la una esa esta las unas", "f": "el un ese este del al los unos"},
    "fr": {"m": "la une cette ta sa", "f": "le un ce cet du au"},
}
"""Articles that cannot stand before a noun of this gender, in the number its word has."""
MANY = {"es": "los las unos unas", "fr": "les des tes ses ces aux"}
ONE = {"es": "el la un una del ese esa", "fr": "le la un une du au ce cette ton ta"}
ENDS_OF_MANY = {"es": "s", "fr": "sxz"}
ONE_IN_S = {
    "es": "brindis burpees coxis crisis más pasamanos pelvis pierdes press tríceps bíceps tras",
    "fr": "abdos après bas bois bras coccyx contrôles corps creux dedans dessous dessus deux dos"
    " fois gros jumping mieux moins nez ours paix pas perds plus poids psoas quadriceps repos sens"
    " sphinx tapis temps triceps biceps très près",
}
"""Words for one thing that end like the words for many, and verbs behind a pronoun."""


@cache
def english() -> dict[str, Words]:
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader)
        for path in sorted(CATALOGUE.glob("*.yaml"), key=lambda path: path.stem)
    }


@cache
def translated(language: str) -> dict[str, Words]:
    path = CATALOGUE / "languages" / f"{language}.yaml"
    entries: dict[str, Words] = yaml.load(path.read_text(encoding="utf-8"), Loader)
    return entries


def lines_of(words: Words, *fields: str) -> Iterator[str]:
    """The sentences in these fields, or in all that have any; a breath may have two parts."""
    for field in fields or (*MOST_WORDS, "safety"):
        lines = words.get(field, [])
        yield from (
            lines.values()
            if isinstance(lines, dict)
            else ([lines] if isinstance(lines, str) else lines)
        )


def all_that(language: str, wrong: Callable[[Words, Words], object]) -> dict[str, object]:
    """What is wrong with which exercise, given its words and the English; empty if all is well."""
    return {
        key: found
        for key, words in translated(language).items()
        if (found := wrong(words, english()[key]))
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_exercise_has_all_its_parts(language: str) -> None:
    assert list(translated(language)) == list(english())

    def shape(words: Words) -> dict[str, object]:
        parts = {field: len(words.get(field, ())) for field in ("setup", "form", "motivate")}
        breath = words["breathing"]
        tells = {field: field in words for field in ("easier_cue", "safety")}
        return {**parts, **tells, "breathing": list(breath) if isinstance(breath, dict) else str}

    assert (
        all_that(language, lambda ours, source: shape(ours) != shape(source) and shape(ours)) == {}
    )


@pytest.mark.parametrize("language", OTHERS)
def test_every_exercise_has_other_names_of_its_own(language: str) -> None:
    owners: dict[str, set[str]] = {}
    for key, words in translated(language).items():
        for name in (words["name"], *words["aliases"]):
            owners.setdefault(make_stem(name), set()).add(key)
    assert {stem: keys for stem, keys in owners.items() if len(keys) > 1} == {}
    assert (
        all_that(language, lambda ours, _: len(ours["name"]) > NAME_MOST or not ours["aliases"])
        == {}
    )


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_as_short_as_the_english(language: str) -> None:
    def wrong(words: Words, _: Words) -> object:
        long = [
            line
            for field, most in MOST_WORDS.items()
            for line in lines_of(words, field)
            if len(line.split()) > most
        ]
        lasts = sum(map(ruler_ms, words["setup"]))
        return long or (lasts > SETUP_MOST and lasts)

    assert all_that(language, wrong) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_made_to_be_heard(language: str) -> None:
    """One sentence a line; no digit, bracket or sign in it."""
    sentence = re.compile(r"[^\W\d_][^\W\d_]*(?:[ ,'-]+[^\W\d_]+)*\.")

    def wrong(words: Words, _: Words) -> object:
        return [line for line in lines_of(words) if not sentence.fullmatch(line)]

    assert all_that(language, wrong) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_said_twice(language: str) -> None:
    """Within an exercise; and nobody is cheered on with the same words by two exercises."""

    def wrong(words: Words, _: Words) -> object:
        counted = Counter(line.lower() for line in lines_of(words))
        return [line for line, n in counted.items() if n > 1]

    assert all_that(language, wrong) == {}
    cheers = Counter(line for words in translated(language).values() for line in words["motivate"])
    assert [line for line, n in cheers.items() if n > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    """Every word that the English catalogue has too is a loan word or happens to be spelt so."""

    def words_in(words: Words) -> set[str]:
        return set(re.findall(r"[^\W\d_]+", " ".join((words["name"], *lines_of(words))).lower()))

    known = set().union(*map(words_in, english().values()))
    allowed = {*LOAN_WORDS.split(), *SPELT_ALIKE[language].split()}
    assert all_that(language, lambda ours, _: (words_in(ours) & known) - allowed) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_are_those_of_the_english(language: str) -> None:
    """Digits of names; and no number word above two, which is `both` in these languages."""

    def digits(words: Words) -> list[str]:
        return re.findall(r"\d+", words["name"])

    number = load_phrases(language).number
    counted = re.compile(rf"\b(?:{'|'.join(map(number, range(3, 61)))})\b", re.IGNORECASE)

    def wrong(words: Words, source: Words) -> object:
        said = [line for line in lines_of(words) if counted.search(line)]
        return said or (digits(words) != digits(source) and digits(words))

    assert all_that(language, wrong) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_the_breath_goes_the_same_way_as_in_english(language: str) -> None:
    def directions(line: str, spoken: str) -> tuple[bool, bool]:
        return bool(re.search(OUT[spoken], line.lower())), bool(re.search(IN[spoken], line.lower()))

    def wrong(words: Words, source: Words) -> object:
        pairs = zip(lines_of(words, "breathing"), lines_of(source, "breathing"), strict=True)
        reps = isinstance(source["breathing"], dict)
        return [a for a, b in pairs if reps and directions(a, language) != directions(b, "en")]

    assert all_that(language, wrong) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_articles_agree_with_the_gender_of_their_nouns(language: str) -> None:
    disagreeing = [
        re.compile(
            rf"(?<![\w-])(?:{articles.replace(' ', '|')})"
            rf"\s(?:{GENDERS[language][gender].replace(' ', '|')})\b(?!-)",
            re.IGNORECASE,
        )
        for gender, articles in DISAGREEING[language].items()
    ]

    def wrong(words: Words, _: Words) -> object:
        text = " ".join((words["name"], *lines_of(words)))
        return [found[0] for rule in disagreeing for found in rule.finditer(text)]

    assert all_that(language, wrong) == {}


@pytest.mark.parametrize("language", MANY)
def test_articles_agree_with_the_number_of_their_nouns(language: str) -> None:
    many = re.compile(
        rf"(?<![\w-])(?<!en )(?:{MANY[language].replace(' ', '|')})\s([^\W\d_]+)\b(?!-)", re.I
    )
    one = re.compile(rf"(?<![\w-])(?:{ONE[language].replace(' ', '|')})\s([^\W\d_]+)", re.I)
    ends, known = tuple(ENDS_OF_MANY[language]), ONE_IN_S[language].split()

    def wrong(words: Words, _: Words) -> object:
        text = " ".join((words["name"], *lines_of(words)))
        return [found[0] for found in many.finditer(text) if not found[1].endswith(ends)] + [
            found[0]
            for found in one.finditer(text)
            if found[1].lower().endswith(ends) and found[1].lower() not in known
        ]

    assert all_that(language, wrong) == {}
