"""The languages: whole, grammatical, as short as the English, and open to a person's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from audioworkout.compiler import compile_routine
from audioworkout.compiler.script import TITLE_LENGTH
from audioworkout.languages import (
    LANGUAGES,
    Phrases,
    load_language,
    load_phrases,
    load_screen_words,
)
from audioworkout.languages.phrase_faults import PhraseFault, blanks_of, blanks_offered, find_faults
from audioworkout.languages.tables import Language
from audioworkout.layout import lay_out
from audioworkout.model.exercise import (
    MID_SET_WORDS,
    Carry,
    Cues,
    Exercise,
    Hold,
    Kit,
    Load,
    Prescription,
    Reps,
    Sides,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.model.request import Flags, Speech
from audioworkout.model.routine import (
    Announcement,
    Block,
    How,
    Item,
    Level,
    Rests,
    Routine,
    Work,
)
from audioworkout.model.script import Line, Say
from audioworkout.model.timeline import Event, Spoken, Timeline
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders
from audioworkout.ruler import ruler_ms
from audioworkout.voices import espeak
from audioworkout.voices.clip_maker import make_clip
from samples import (
    ALL,
    HYDRANT,
    JACKS,
    LUNGE,
    MARCH,
    PLANK,
    SQUAT,
    WALK,
    Letters,
    circuit,
    emom,
    routine,
    superset,
    tabata,
)

HERE = Path(__file__).parent
PHRASES: dict[str, dict[str, str]] = {
    code: import_module(module).PHRASES for code, module in LANGUAGES.items()
}
ENGLISH = PHRASES["en"]
OTHERS = sorted(set(LANGUAGES) - {"en"})


# -- whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_sentence_and_no_other(language: str) -> None:
    assert PHRASES[language].keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_blanks_of_the_english_one(language: str) -> None:
    blanks = {key: blanks_of(words) for key, words in PHRASES[language].items()}
    english = {key: blanks_of(words) for key, words in ENGLISH.items()}
    # French says how many even of one: none is singular too.
    ones = {key for key in english if key.endswith(".one")}
    assert all(blanks[key] <= {"n"} for key in ones)
    assert [key for key in english if key not in ones and blanks[key] != english[key]] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_ends_as_the_english_one_does(language: str) -> None:
    """With or without a full stop: some stand alone, others are parts of one."""
    spoken = [key for key in ENGLISH if not key.startswith("chapter.")]
    words = PHRASES[language]
    assert [key for key in spoken if words[key].endswith(".") != ENGLISH[key].endswith(".")] == []


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_words_are_right_to_999(language: str) -> None:
    phrases = load_phrases(language)
    assert [phrases.number(n) for n in range(1_000)] == [
        num2words(n, lang=language) for n in range(1_000)
    ]


def test_from_a_thousand_on_numbers_stay_figures() -> None:
    assert load_phrases("de").number(1_000) == "1000"
    assert load_phrases("de").many("reps", 1_200) == "1200 Wiederholungen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_numbers_that_end_in_one_or_spanish_hundreds_agree_with_a_noun(language: str) -> None:
    phrases = load_phrases(language)
    changed = {
        n
        for n in range(1_000)
        for noun in ("reps", "steps", "seconds")
        if phrases.counted(n, noun) != phrases.number(n)
    }
    hundreds = set(range(200, 1_000)) if language == "es" else set()
    assert {n for n in changed if n % 10 != 1} <= hundreds
    assert bool(changed) == (language != "en")


COUNTED = [
    ("es", "reps", 1, "una repetición"),
    ("es", "reps", 21, "veintiuna repeticiones"),
    ("es", "reps", 221, "doscientas veintiuna repeticiones"),
    ("es", "seconds", 31, "treinta y un segundos"),
    ("es", "minutes", 21, "veintiún minutos"),
    ("fr", "seconds", 0, "zéro seconde"),
    ("fr", "seconds", 1, "une seconde"),
    ("fr", "steps", 21, "vingt et un pas"),
    ("fr", "reps", 61, "soixante et une répétitions"),
    ("fr", "reps", 71, "soixante et onze répétitions"),
    ("de", "reps", 1, "eine Wiederholung"),
    ("de", "reps", 101, "einhundertein Wiederholungen"),
    ("de", "seconds", 0, "null Sekunden"),
    ("de", "pulses", 10, "zehnmal nachfedern"),
    ("en", "seconds", 0, "zero seconds"),
]


@pytest.mark.parametrize(("language", "noun", "n", "said"), COUNTED)
def test_a_number_agrees_with_its_noun(language: str, noun: str, n: int, said: str) -> None:
    assert load_phrases(language).many(noun, n) == said


# -- composed sentences ---------------------------------------------------------------------------

SENTENCES: dict[str, Callable[[Phrases], str]] = {
    "range": lambda p: p.amount(Reps(12, 15)),
    "range that agrees": lambda p: p.amount(Reps(21, 31)),
    "steps": lambda p: p.amount(Steps(10, 10)),
    "hold": lambda p: p.amount(Hold(30_000, 45_000)),
    "long hold": lambda p: p.amount(Hold(60_000, 90_000)),
    "timed": lambda p: p.amount(Timed(90_000, 90_000)),
    "carry": lambda p: p.amount(Carry(50, 50, "ft", True)),
    "one way": lambda p: p.amount(Carry(1, 1, "m", False)),
    "laps": lambda p: p.many("laps", 21),
    "about": lambda p: p.say("intro.length", minutes=p.about_minutes(20_000)),
    "sides": lambda p: p.say(
        "sets",
        sets=p.many("sets", 3),
        amount=p.part("each.leg", amount=p.amount(Hold(20_000, 20_000))),
    ),
    "first": lambda p: p.say("alternating", side=p.side("right", "arm")),
    "finisher": lambda p: p.say("finisher", pulses=p.many("pulses", 10)),
    "kit": lambda p: p.say(
        "kit", kit=p.kit_list([Kit("chair"), Kit("dumbbell", 2), Kit("loop-band", 1, True)])
    ),
    "own kit": lambda p: p.kit(Kit("ab-wheel", 2)),
    "weight": lambda p: p.say("load", load=p.weight("7.5", "kg")),
    "one and a half": lambda p: p.weight("1.5", "kg"),
    "two weights": lambda p: p.load(Load("8", "lb", 2)),
    "two of a kind": lambda p: p.load(Load("8", "kg", 2, "dumbbell")),
    "one of a kind": lambda p: p.load(Load("1", "kg", 1, "vest")),
    "work": lambda p: p.say(
        "outro.work", work=p.listed([p.many("exercises", 1), p.many("sets", 1)])
    ),
}
SAID = {
    "en": {
        "range": "twelve to fifteen reps",
        "range that agrees": "twenty-one to thirty-one reps",
        "steps": "ten steps",
        "hold": "hold for thirty to forty-five seconds",
        "long hold": "hold for one minute to one minute, thirty seconds",
        "timed": "one minute, thirty seconds",
        "carry": "fifty feet out and back",
        "one way": "one metre",
        "about": "About one minute.",
        "sides": "Three sets, hold for twenty seconds with each leg.",
        "first": "Alternate, right arm first.",
        "finisher": "On the last rep, ten pulses.",
        "kit": "You need a chair, two dumbbells and a looped band if you like.",
        "own kit": "two ab wheel",
        "weight": "With 7.5 kilos.",
        "one and a half": "1.5 kilos",
        "two weights": "two times eight pounds",
        "work": "You did one exercise and one set.",
        "laps": "twenty-one times across the room",
        "two of a kind": "two dumbbells of eight kilos",
        "one of a kind": "a weight vest of one kilo",
    },
    "de": {
        "range": "zwölf bis fünfzehn Wiederholungen",
        "range that agrees": "einundzwanzig bis einunddreißig Wiederholungen",
        "steps": "zehn Schritte",
        "hold": "dreißig bis fünfundvierzig Sekunden halten",
        "long hold": "eine Minute bis eine Minute und dreißig Sekunden halten",
        "timed": "eine Minute und dreißig Sekunden",
        "carry": "fünfzig Fuß hin und zurück",
        "one way": "ein Meter",
        "about": "Etwa eine Minute.",
        "sides": "Drei Sätze, zwanzig Sekunden halten pro Bein.",
        "first": "Im Wechsel, rechter Arm zuerst.",
        "finisher": "Bei der letzten Wiederholung zehnmal nachfedern.",
        "kit": "Du brauchst einen Stuhl, zwei Kurzhanteln und nach Wunsch ein Miniband.",
        "own kit": "zwei ab wheel",
        "weight": "Nimm 7,5 Kilo.",
        "one and a half": "1,5 Kilo",
        "two weights": "zwei mal acht Pfund",
        "work": "Geschafft: eine Übung und ein Satz.",
        "laps": "einundzwanzig Mal durch den Raum",
        "two of a kind": "zwei Kurzhanteln, acht Kilo",
        "one of a kind": "eine Gewichtsweste, ein Kilo",
    },
    "es": {
        "range": "de doce a quince repeticiones",
        "range that agrees": "de veintiuna a treinta y una repeticiones",
        "steps": "diez pasos",
        "hold": "mantén de treinta a cuarenta y cinco segundos",
        "long hold": "mantén de un minuto a un minuto y treinta segundos",
        "timed": "un minuto y treinta segundos",
        "carry": "cincuenta pies de ida y vuelta",
        "one way": "un metro",
        "about": "Alrededor de un minuto.",
        "sides": "Tres series, mantén veinte segundos por pierna.",
        "first": "Alterna, brazo derecho primero.",
        "finisher": "En la última repetición, diez pulsos.",
        "kit": "Necesitas una silla, dos mancuernas y una minibanda si quieres.",
        "own kit": "dos ab wheel",
        "weight": "Con 7,5 kilos.",
        "one and a half": "1,5 kilos",
        "two weights": "dos de ocho libras",
        "work": "Has hecho un ejercicio y una serie.",
        "laps": "veintiuna veces de un lado al otro de la sala",
        "two of a kind": "dos mancuernas de ocho kilos",
        "one of a kind": "un chaleco lastrado de un kilo",
    },
    "fr": {
        "range": "douze à quinze répétitions",
        "range that agrees": "vingt et une à trente et une répétitions",
        "steps": "dix pas",
        "hold": "tiens trente à quarante-cinq secondes",
        "long hold": "tiens une minute à une minute et trente secondes",
        "timed": "une minute et trente secondes",
        "carry": "cinquante pieds à l'aller et au retour",
        "one way": "un mètre",
        "about": "Environ une minute.",
        "sides": "Trois séries, tiens vingt secondes par jambe.",
        "first": "Alterne, bras droit d'abord.",
        "finisher": "À la dernière répétition, dix pulsations.",
        "kit": "Il te faut une chaise, deux haltères et une mini-bande élastique si tu veux.",
        "own kit": "deux ab wheel",
        "weight": "Avec 7,5 kilos.",
        "one and a half": "1,5 kilo",
        "two weights": "deux fois huit livres",
        "work": "Tu as fait un exercice et une série.",
        "laps": "vingt et une traversées de la pièce",
        "two of a kind": "deux haltères, huit kilos",
        "one of a kind": "un gilet lesté, un kilo",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_composed_sentences_are_grammatical(language: str) -> None:
    phrases = load_phrases(language)
    assert {name: compose(phrases) for name, compose in SENTENCES.items()} == SAID[language]


def test_no_french_sentence_needs_an_elision() -> None:
    """Nothing that loses its vowel before another one stands in front of a blank."""
    loses = re.compile(r"\b(?:de|le|la|que|je|te|se|si)\s+\{", re.IGNORECASE)
    assert not [key for key, words in PHRASES["fr"].items() if loses.search(words)]


def test_spanish_and_becomes_e_before_the_sound_of_i() -> None:
    listed = load_phrases("es").listed
    assert listed(["agua", "hilo"]) == "agua e hilo"
    assert listed(["agua", "hierro"]) == "agua y hierro"
    assert listed(["una silla"]) == "una silla"


# -- as short as the English ----------------------------------------------------------------------

MID_SET = [
    "last_three",
    "bonus",
    "bonus.short",
    "hold_next",
    "hold_next.short",
    "hold_next.shortest",
    "bonus.seconds.other",
    "bonus.seconds.short",
    "lower",
    "half",
    "ten_seconds",
    "turn",
    "go",
]


def said_mid_set(language: str, key: str) -> str:
    phrases = load_phrases(language)
    return phrases.say(key, n=phrases.counted(3, "reps"))


@pytest.mark.parametrize("language", OTHERS)
def test_cues_within_a_set_are_about_as_short_as_in_english(language: str) -> None:
    for key in MID_SET:
        words = said_mid_set(language, key)
        assert len(words.split()) <= MID_SET_WORDS
        assert ruler_ms(words) <= ruler_ms(said_mid_set("en", key)) + 600, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finishers_warning_fits_between_two_reps(language: str) -> None:
    """Its short wording takes at most 1.2 s, and what closes the pulses fits into 1 s."""
    assert ruler_ms(said_mid_set(language, "hold_next.short")) <= 1_200
    assert ruler_ms(said_mid_set(language, "lower")) <= 1_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_chapters_leave_room_for_a_name(language: str) -> None:
    words = PHRASES[language]
    side = max(len(words["chapter.left"]), len(words["chapter.right"]))
    number = max(len(words[f"chapter.{what}"].format(n=1, m=3)) for what in ("set", "round"))
    assert TITLE_LENGTH - len("10/10 ") - 2 * len(" · ") - side - number >= 14


LONG = Exercise(
    "long",
    "Long",
    Prescription(Steps(29, 29)),
    step=1_000,
    cues=Cues(form=("Keep your hips low.",)),
)


def counts(language: str, exercise: Exercise) -> list[str]:
    timeline = laid_out(language, routine(exercise, how=How(coaching="off")))
    assert not timeline.problems
    return [event.line.text for event in timeline.events if role_of(event) == "count"]


def role_of(event: Event) -> str:
    return event.role if isinstance(event, Spoken) else ""


def test_numbers_too_long_for_their_beat_are_said_by_their_last_digit() -> None:
    """German numbers above twenty take more than the second of a step; English ones do not."""
    assert counts("de", LONG)[18:] == [
        *("neunzehn", "zwanzig", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben"),
        *("acht", "neun"),
    ]
    assert counts("en", LONG)[20] == "twenty-one"


def test_the_last_number_is_shortened_where_the_set_ends_too_soon() -> None:
    long = SQUAT._replace(prescription=Prescription(Reps(21, 21)))
    assert counts("de", long)[-2:] == ["zwanzig", "eins"]


# -- whole workouts -------------------------------------------------------------------------------


def work(exercise: Exercise, **changes: object) -> Work:
    return Work(exercise, exercise.prescription._replace(**changes))


def laid_out(language: str, a_routine: Routine) -> Timeline:
    script = compile_routine(a_routine._replace(language=language), load_phrases(language))
    return lay_out(script, Letters(), "ruler")


ROW = Exercise(
    "row",
    "Row",
    Prescription(
        Reps(6, 8), 2, Sides("each", "right"), Tempo(1_000, 0, 1_000, 500), load=Load("7.5", "kg")
    ),
    kit=(Kit("dumbbell"), Kit("chair")),
    starts="bottom",
    limb="arm",
)
RAISE = Exercise(
    "raise",
    "Raise",
    Prescription(Hold(30_000, 45_000), sides=Sides("each")),
    position="side",
)
MODES: dict[str, tuple[Item | Exercise, ...]] = {
    "carry": (MARCH,),
    "pulses": (HYDRANT,),
    "sets": (SQUAT,),
    "alternating": (LUNGE, WALK),
    "hold": (PLANK, RAISE),
    "timed": (JACKS, work(JACKS, amount=Timed(20_000, 40_000))),
    "load": (ROW, work(SQUAT, load=Load("8", "lb", 2, "dumbbell"))),
    "said": (SQUAT, Announcement("Trink etwas. Bois. Bebe. Drink."), PLANK),
    "circuit": (circuit(work(SQUAT, sets=1), PLANK, LUNGE, rounds=3),),
    "superset": (superset(SQUAT, ROW),),
    "tabata": (tabata(JACKS, PLANK),),
    "emom": (emom(work(SQUAT, sets=1), minutes=3),),
}


WAYS = (
    How(),
    How(coaching="brief", count="down", pace="easy"),
    How(coaching="off", count="off", pace="brisk"),
    How(level="beginner", beeps=False),
)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("mode", MODES)
def test_every_mode_can_be_led_in_every_language(mode: str, language: str) -> None:
    """Whatever can be said in its place in English can be in the others."""
    for how in WAYS:
        a_routine = routine(*MODES[mode], how=how)
        if how == How():
            assert not laid_out("en", a_routine).problems
        if not laid_out("en", a_routine).problems:
            assert not laid_out(language, a_routine).problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_of_sides_standing_is_told_before_the_beeps(language: str) -> None:
    timeline = laid_out(language, routine(ROW, how=How(rests=Rests(sides=5_000))))
    changes = [event for event in timeline.events if role_of(event) == "switch"]
    starts = {span.start_ms for span in timeline.spans if span.kind == "switch"}
    assert changes
    for change in changes:
        start = max(start for start in starts if start <= change.start_ms)
        assert change.end_ms <= start + 2_000


NATIVE = {
    "de": {
        "march": "Kniehebemarsch",
        "hydrant": "Hydrant",
        "squat": "Kniebeuge",
        "lunge": "Seitlicher Ausfallschritt",
        "plank": "Unterarmstütz",
        "walk": "Seitgang mit Band",
        "jacks": "Hampelmann",
        "row": "Rudern",
        "raise": "Seitliches Beinheben",
    },
    "es": {
        "march": "Marcha del granjero",
        "hydrant": "Hidrante",
        "squat": "Sentadilla",
        "lunge": "Zancada lateral",
        "plank": "Plancha",
        "walk": "Paso lateral con banda",
        "jacks": "Saltos de tijera",
        "row": "Remo",
        "raise": "Elevación lateral de pierna",
    },
    "fr": {
        "march": "Marche du fermier",
        "hydrant": "Fire hydrant",
        "squat": "Squat",
        "lunge": "Fente latérale",
        "plank": "Planche",
        "walk": "Pas latéral avec bande",
        "jacks": "Jumping jacks",
        "row": "Rowing",
        "raise": "Levée de jambe latérale",
    },
}


def native(language: str, exercise: Exercise) -> Exercise:
    names = NATIVE.get(language, {})
    return exercise._replace(name=names.get(exercise.key, exercise.name), cues=Cues())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_in_a_workout(language: str, golden: Callable[[Path, str], None]) -> None:
    """Titles of chapters and every sentence, each once and in order: to be read by a native."""
    everything = (*(native(language, one) for one in (*ALL, ROW, RAISE)), *_circuit(language))
    timeline = laid_out(language, routine(*everything))
    assert not timeline.problems
    titles = [mark.title for mark in timeline.chapters]
    said = [
        f"{event.role:<10} {event.line.text}"
        for event in timeline.events
        if isinstance(event, Spoken) and event.number is None
    ]
    golden(
        HERE / "languages" / f"{language}.txt",
        "\n".join(dict.fromkeys([*titles, "", *said])) + "\n",
    )


def _circuit(language: str) -> tuple[Block]:
    works = (work(native(language, SQUAT), load=Load("20", "kg")), work(native(language, LUNGE)))
    return (circuit(*works, rounds=3),)


# -- the ten exercises ----------------------------------------------------------------------------

LEVELS: tuple[Level, ...] = ("beginner", "normal", "advanced")


def hip_dips(language: str, level: Level = "normal") -> Routine:
    return prepare_routine("hip-dips", Flags(language=language, level=level), Folders()).routine


def exercises(language: str) -> list[Exercise]:
    return [item.exercise for item in hip_dips(language).items if isinstance(item, Work)]


@pytest.mark.parametrize("language", OTHERS)
def test_the_ten_exercises_are_translated_whole(language: str) -> None:
    assert len(exercises(language)) == 10
    for ours, english in zip(exercises(language), exercises("en"), strict=True):
        assert ours.name != english.name
        assert ours.cues.setup and ours.cues.form and ours.cues.motivate
        assert bool(ours.cues.safety) == bool(english.cues.safety), ours.key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_hip_dips_routine_can_be_led_in_every_language(level: Level, language: str) -> None:
    timeline = laid_out(language, hip_dips(language, level))
    assert not timeline.problems
    if language != "en":
        assert not [mark.title for mark in timeline.chapters if "…" in mark.title]


@pytest.mark.parametrize("language", LANGUAGES)
def test_spoken_numbers_fit_between_pulses(language: str) -> None:
    """To ten at 0.6 s and to twenty at 0.8 s each, in the voice that is bundled."""
    phrases = load_phrases(language)
    lines = {n: Line(phrases.number(n), quick=True) for n in range(1, 21)}
    voice = espeak.open_voice(Speech(language=language), warn=pytest.fail)
    clips = {line: make_clip(raw) for line, raw in voice.speak(sorted(lines.values()))}
    for n, line in lines.items():
        clip = clips[line]
        assert clip is not None
        assert clip.length < (600 if n <= 10 else 800), line


# -- a person's own sentences ---------------------------------------------------------------------


def test_an_own_sentence_replaces_ours() -> None:
    own = {"rest": "Breathe, {duration}.", "kit.ab-wheel.one": "a wheel", "kit.mat.one": "a rug"}
    assert find_faults("en", {**own, "kit.ab-wheel.other": "{n} wheels"}) == ()
    phrases = load_phrases("en", own)
    assert phrases.say("rest", duration="ten seconds") == "Breathe, ten seconds."
    assert phrases.kit_list([Kit("mat"), Kit("ab-wheel")]) == "a rug and a wheel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_sentences_are_without_fault(language: str) -> None:
    assert find_faults(language, PHRASES[language]) == ()


WRONG = {
    "a key that is none": (
        {"intro.stopp": "Halt."},
        PhraseFault(
            "intro.stopp",
            "there is no sentence `intro.stopp`",
            "Did you mean `intro.stop`, `intro.first` or `intro.kit`?",
        ),
    ),
    "a key like nothing": (
        {"xyzzy": "Halt."},
        PhraseFault("xyzzy", "there is no sentence `xyzzy`", "docs/languages.md lists them all."),
    ),
    "a group of keys": (
        {"rest": {"short": "Pause."}},
        PhraseFault("rest", "`rest` must be a sentence", "Put it in quotation marks."),
    ),
    "a number": (
        {"go": 1},
        PhraseFault("go", "`go` must be a sentence", "Put it in quotation marks."),
    ),
    "no words": (
        {"intro.pause": " . "},
        PhraseFault(
            "intro.pause",
            "`intro.pause` is empty",
            "`coaching: off` leaves out what need not be said.",
        ),
    ),
    "another blank": (
        {"set": "Set {number} of {m}."},
        PhraseFault("set", "`set` has no blank `{number}`", "It may have `{m}` and `{n}`."),
    ),
    "a blank where there is none": (
        {"go": "Go {name}"},
        PhraseFault("go", "`go` has no blank `{name}`", "It has no blanks."),
    ),
    "an open brace": (
        {"rest": "Rest {duration."},
        PhraseFault(
            "rest", "`rest` has a brace that belongs to no blank", "It may have `{duration}`."
        ),
    ),
    "a format": (
        {"rest": "Rest {duration:>9}."},
        PhraseFault(
            "rest", "`rest` has a brace that belongs to no blank", "It may have `{duration}`."
        ),
    ),
    "one thing without several": (
        {"kit.ab-wheel.one": "a wheel"},
        PhraseFault(
            "kit.ab-wheel.one",
            "`kit.ab-wheel.one` needs `kit.ab-wheel.other` beside it",
            "One thing, and several of it.",
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_sentence_is_explained(name: str) -> None:
    own, fault = WRONG[name]
    assert find_faults("en", own) == (fault,)


def test_sentences_of_an_unknown_language_are_refused() -> None:
    (fault,) = find_faults("it", {"go": "Via"})
    assert fault.message == "there are no sentences in a language `it`"
    assert fault.hint == "Known are `en`, `de`, `es` or `fr`."


@given(st.sampled_from(sorted(ENGLISH)), st.text("Aa {}.!:n0[]\\\n", min_size=1, max_size=12))
def test_what_has_no_fault_can_be_filled_in(key: str, sentence: str) -> None:
    if not find_faults("en", {key: sentence}):
        assert load_phrases("en", {key: sentence}).say(
            key, **dict.fromkeys(blanks_offered(key), "x")
        )


def test_everything_a_compiler_fills_in_is_offered() -> None:
    """A blank that is offered is also filled: every key of every script is used with its blanks."""
    own = {
        key: " ".join([words, *(f"{{{blank}}}" for blank in sorted(blanks_offered(key)))])
        for key, words in ENGLISH.items()
        if not key.startswith("chapter.")
    }
    phrases = load_phrases("en", own)
    for items in MODES.values():
        assert compile_routine(routine(*items), phrases).lines


def test_nothing_is_said_that_is_not_in_the_table() -> None:
    """With every sentence replaced by its key, no English of ours is left in a script."""
    own = {
        key: " ".join(["#", *(f"{{{b}}}" for b in blanks_of(words))])
        for key, words in ENGLISH.items()
    }
    phrases = load_phrases("en", own)._replace(number_words=str, counted_words=lambda n, _: str(n))
    script = compile_routine(
        routine(*(one._replace(name="#", cues=Cues()) for one in ALL)), phrases
    )
    words = {
        word
        for chapter in script.chapters
        for passage in chapter.passages
        for slot in passage.slots
        for item in slot.items
        if isinstance(item, Say)
        for word in re.findall(r"[^\W\d]+", item.text)
    }
    assert words <= {"Test", "and"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_its_tables(language: str) -> None:
    module = load_language(language)
    assert [name for name in Language.__annotations__ if not hasattr(module, name)] == []
    assert load_screen_words(language).keys() == load_screen_words("en").keys()
