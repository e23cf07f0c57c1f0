"""What the built-in exercises and routines promise, over every one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

import audioworkout
from audioworkout.compiler import compile_routine
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import Exercise, Reps, Steps
from audioworkout.model.items import exercises_in
from audioworkout.model.request import Flags, Request
from audioworkout.model.routine import Block, Level, Routine, Work
from audioworkout.model.script import Say, Script
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.names import make_key, make_stem
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, list_exercises
from audioworkout.reading.exercises import parse_kit
from audioworkout.reading.fields import KIT_SYNONYMS, KITS
from audioworkout.reading.headings import read_heading
from audioworkout.reading.translations import find_names
from audioworkout.ruler import ruler_ms
from audioworkout.units import MINUTE, Ms
from audioworkout.voices.ruler import Ruler
from checks import check_file

HOME = Path(audioworkout.__file__).parent
ROUTINES = sorted(path.stem for path in (HOME / "routines").glob("*.yaml"))
FILES = {path.stem: path for path in sorted((HOME / "catalogue").glob("*.yaml"))}
ENGLISH = load_phrases("en")
LEVELS: tuple[Level, ...] = ("beginner", "normal", "advanced")

AT_LEAST = {
    "legs": 35,
    "glutes": 13,
    "push": 28,
    "pull": 25,
    "core": 35,
    "carries": 5,
    "mobility": 18,
    "stretches": 18,
    "warm-up": 6,
    "cardio": 28,
    "rehab": 15,
    "breath": 3,
}
MUSCLES = frozenset(
    {"core", "abdominals", "obliques", "lower back", "upper back", "lats", "neck"}
    | {"chest", "shoulders", "triceps", "biceps", "forearms", "grip", "hip flexors"}
    | {"glutes", "hip abductors", "inner thighs", "quadriceps", "hamstrings", "calves"}
)
AT_HAND = frozenset({"mat", "chair", "wall"})
"""What a replacement without kit may still need: these are in every home."""
SETUP_MOST: Ms = 13_000
"""By the ruler, which is about a seventh slower than the voice: about eleven seconds of speech."""
COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|sixty|hundred)\b"
    r"|\b(?:one|a few) (?:second|minute|rep|breath|count|set|round)s?\b"
    r"|\bfor (?:a|one) (?:second|minute)\b|[0-9]"
)
"""Amounts that a prescription can change."""
QUICK = frozenset(
    {"fire-hydrants", "leg-kickbacks", "lateral-walk", "single-leg-stretch", "heel-to-toe-walk"}
    | {"single-arm-swing", "side-kick"}
)
"""Their reps and steps last one to three seconds: most of their lines are for the rests."""
SHORT = frozenset(
    {"clean", "clean-and-jerk", "snatch", "muscle-up", "turkish-get-up", "push-press"}
    | {"sprint", "tuck-jumps", "l-sit", "tuck-hold"}
    | {"box-breathing", "4-7-8-breathing"}
)
"""Few lines find room in them: their sets last about fifteen seconds, are one or two reps, or are
led aloud breath by breath."""
TOLD_BEFOREHAND = frozenset({"seven-minute-circuit"})
"""Its ten seconds between two moves have no room for a set-up; its description says so."""


@cache
def exercises() -> dict[str, Exercise]:
    return {exercise.key: exercise for exercise in list_exercises(Folders())[0]}


@cache
def request_for(routine: str) -> Request:
    return prepare_routine(routine, Flags(), Folders(), None)


def performed(routine: Routine, level: Level | None = None) -> tuple[Script, Timeline]:
    how = replace(routine.how, level=level or routine.how.level)
    script = compile_routine(routine._replace(how=how), ENGLISH)
    return script, lay_out(script, Ruler(), "ruler")


def in_sets(exercise: Exercise, sets: int) -> Routine:
    """A routine of one exercise, after a walk: so that a whole rest comes before it."""
    walk = exercises()["walk"]
    amount = exercise.prescription._replace(sets=sets)
    works = (Work(walk, walk.prescription), Work(exercise, amount))
    return Routine(exercise.key, exercise.name, works)


def heard(timeline: Timeline) -> set[str]:
    return {event.line.text for event in timeline.events if isinstance(event, Spoken)}


def lines_of(exercise: Exercise) -> tuple[str, ...]:
    cues = exercise.cues
    others = filter(None, [cues.easier_cue, cues.safety])
    return (*cues.setup, *cues.form, *cues.breathing, *cues.motivate, *others)


def sentences(lines: tuple[str, ...]) -> list[str]:
    return [each for line in lines for each in re.split(r"(?<=[.!?])\s+", line)]


def needed(exercise: Exercise) -> set[str]:
    return {kit.key for kit in exercise.kit if not kit.optional}


def all_that(wrong: Callable[[Exercise], object]) -> dict[str, object]:
    """What is wrong with which exercise; empty when all is well."""
    return {key: found for key, each in exercises().items() if (found := wrong(each))}


# -- what there is -------------------------------------------------------------------------------


def test_there_is_enough_of_everything():
    counted = Counter(exercise.category for exercise in exercises().values())
    assert set(counted) == set(AT_LEAST)
    assert {kind: n for kind, n in counted.items() if n < AT_LEAST[kind]} == {}


def test_a_file_is_called_after_its_exercise():
    assert all_that(lambda each: not make_key(each.name).startswith(each.key)) == {}


def test_every_name_and_alias_means_one_exercise():
    owners: dict[str, set[str]] = {}
    for key, path in FILES.items():
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name in (key, written["name"], *written.get("aliases", [])):
            owners.setdefault(make_stem(name), set()).add(key)
    assert {stem: keys for stem, keys in owners.items() if len(keys) > 1} == {}


def test_no_name_with_letters_reads_as_a_heading():
    """So headings need not be looked up as exercises (`reading.items`)."""
    folder = Folders().built_in
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("**/*.yaml")]
    names = {name for text in texts for name in find_names(text)}
    names |= {path.stem for path in folder.glob("*.yaml")}
    assert len(names) > 5_000
    assert {name for name in names if read_heading(name)} == {"90/90"}


def test_muscles_are_called_by_the_same_names_everywhere():
    assert all_that(lambda each: set(each.muscles) - MUSCLES or not each.muscles) == {}


# -- easier, harder, without kit -----------------------------------------------------------------


def test_variants_exist():
    known = exercises().keys() | {""}
    assert all_that(lambda each: {each.easier, each.harder, each.without_kit} - known) == {}


def test_nothing_is_easier_than_itself():
    ladder = TopologicalSorter[str]()
    for key, exercise in exercises().items():
        if exercise.harder:
            ladder.add(exercise.harder, key)
        if exercise.easier:
            ladder.add(key, exercise.easier)
    ladder.prepare()  # a CycleError tells the circle


def test_replacements_lead_to_what_needs_no_kit():
    """A chain may pass through other kit: a barbell, then a dumbbell, then nothing."""

    def wrong(exercise: Exercise) -> object:
        last = exercise
        while last.without_kit:
            last = exercises()[last.without_kit]
        return needed(last) - AT_HAND

    assert all_that(wrong) == {}


def test_replacing_and_replacing_again_comes_to_an_end():
    order = TopologicalSorter({key: [each.without_kit] for key, each in exercises().items()})
    order.prepare()


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fewest", "most", "words"),
    [("form", 2, 3, 7), ("motivate", 2, 2, 6), ("breathing", 1, 2, 7)],
)
def test_cues_are_few_and_short(kind: str, fewest: int, most: int, words: int):
    def wrong(exercise: Exercise) -> object:
        lines: tuple[str, ...] = getattr(exercise.cues, kind)
        long = [line for line in lines if len(line.split()) > words]
        return long or (not fewest <= len(lines) <= most and lines)

    assert all_that(wrong) == {}


def test_set_ups_are_three_sentences_at_most():
    def wrong(exercise: Exercise) -> object:
        said = sentences(exercise.cues.setup)
        lasts = ruler_ms(" ".join(said))
        return (not 1 <= len(said) <= 3 or lasts > SETUP_MOST) and (len(said), lasts)

    assert all_that(wrong) == {}


def test_a_line_of_a_set_up_is_one_short_sentence():
    """So that a rest can be shared among them, and an order of the last line waits."""

    def wrong(exercise: Exercise) -> object:
        lines = exercise.cues.setup
        return [line for line in lines if len(sentences((line,))) > 1 or len(line.split()) > 12]

    assert all_that(wrong) == {}


def test_breath_follows_the_reps():
    """With the effort and on the way back; where nothing is counted so, one sentence tells it."""

    def wrong(exercise: Exercise) -> object:
        parts = 2 if isinstance(exercise.prescription.amount, Reps) else 1
        return len(exercise.cues.breathing) != parts and exercise.cues.breathing

    assert all_that(wrong) == {}


def test_an_easier_way_is_told_in_few_words():
    """Of almost all; who lifts a barbell to the shoulders in one go has none on the spot."""
    told = {key: each.cues.easier_cue for key, each in exercises().items()}
    assert {key for key, cue in told.items() if not cue} == {"clean", "clean-and-jerk", "snatch"}
    assert {key: cue for key, cue in told.items() if len(cue.split()) > 7} == {}


def test_nothing_is_said_twice_of_one_exercise():
    def wrong(exercise: Exercise) -> object:
        counted = Counter(line.lower() for line in lines_of(exercise))
        return [line for line, n in counted.items() if n > 1]

    assert all_that(wrong) == {}


def test_an_article_demands_before_a_coach_advises():
    """What the source of hip-dips asks for comes first, so that it is heard in the first set."""
    first = {key: exercises()[key].cues.form[0] for key in ("leg-kickbacks", "fire-hydrants")}
    assert first["leg-kickbacks"] == "Your foot never touches down."
    assert first["fire-hydrants"] == "Knee stays off the floor."


def test_set_ups_tell_the_movement_as_well_as_the_position():
    """Of what is counted. What is held is its position, and one sentence can tell timed work."""

    def wrong(exercise: Exercise) -> object:
        counted = isinstance(exercise.prescription.amount, Reps | Steps)
        return counted and len(sentences(exercise.cues.setup)) < 2 and exercise.cues.setup

    assert all_that(wrong) == {}


def test_no_cue_names_an_amount_that_a_prescription_can_change():
    def wrong(exercise: Exercise) -> object:
        return [line for line in lines_of(exercise) if COUNTED.search(line)]

    assert all_that(wrong) == {}


def test_sentences_are_made_to_be_heard():
    sentence = re.compile(r"[A-Z][a-z,.' -]*( [A-Z][a-z,.' -]*)*[.]")  # no digit, bracket or sign

    def wrong(exercise: Exercise) -> object:
        return [line for line in lines_of(exercise) if not sentence.fullmatch(line)]

    assert all_that(wrong) == {}


NOUNS = {
    "en": "seconds|minutes|reps|times|breaths|steps|pulses|sets|feet|met",
    "de": "Sekunden|Minuten|Wiederholungen|[Mm]al|Atemzüge|Schritte|Sätze|Fuß|Meter",
    "es": "segundos|minutos|repeticiones|veces|respiraciones|pasos|pulsos|series|pies|metros",
    "fr": "secondes|minutes|répétitions|fois|respirations|pas|pulsations|séries|pieds|mètres",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_number_that_a_prescription_can_change(language: str):
    """How many and how long is announced from what was prescribed, and only there."""
    words = "|".join([r"\d+", *(load_phrases(language).number(n) for n in range(2, 61))])
    counted = re.compile(rf"\b(?:{words})[- ]?(?:{NOUNS[language]})\b", re.IGNORECASE)
    found = {
        exercise.key: line
        for exercise in list_exercises(Folders(), language)[0]
        for line in (*exercise.cues.setup, *exercise.cues.form, *exercise.cues.motivate)
        if counted.search(line)
    }
    assert not found


def test_nobody_is_cheered_on_with_the_same_words_twice():
    said = Counter(line for each in exercises().values() for line in each.cues.motivate)
    assert not {line for line, n in said.items() if n > 1}


# -- in time -------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_every_exercise_can_be_led(level: Level):
    def wrong(exercise: Exercise) -> object:
        _, timeline = performed(in_sets(exercise, exercise.prescription.sets), level)
        return timeline.problems

    assert all_that(wrong) == {}


def test_no_cue_is_too_long_to_be_heard():
    """Everything comes up in four sets at one level or another, in a rest or between two counts.

    Or would, if it were the only cue: no set has time for all of an exercise that has many.
    """

    def wrong(exercise: Exercise) -> object:
        if exercise.key in QUICK | SHORT:
            return set()
        cues = exercise.cues
        unheard = {*cues.setup, *cues.form, *cues.motivate, *filter(None, [cues.safety])}
        for said in heard_in_four_sets(exercise):
            unheard -= said
            if not unheard:
                break
        return {line for line in unheard if not is_heard_alone(exercise, line)}

    assert all_that(wrong) == {}


def is_heard_alone(exercise: Exercise, line: str) -> bool:
    """Whether a line is heard in four sets as the only cue for form, or to cheer."""
    cues = exercise.cues._replace(breathing=())
    only = (cues._replace(form=(line,)), cues._replace(form=(), motivate=(line,)))
    return any(
        line in said for each in only for said in heard_in_four_sets(exercise._replace(cues=each))
    )


def heard_in_four_sets(exercise: Exercise) -> Iterator[set[str]]:
    for level in LEVELS:
        yield heard(performed(in_sets(exercise, 4), level)[1])


def test_every_cue_that_is_begun_has_room():
    """No set of the usual length leaves out a cue for want of room."""

    def wrong(exercise: Exercise) -> object:
        script, timeline = performed(in_sets(exercise, exercise.prescription.sets))
        return exercise.key not in QUICK | SHORT and cues_in(script) - heard(timeline)

    assert all_that(wrong) == {}


def cues_in(script: Script) -> set[str]:
    passages = (passage for chapter in script.chapters for passage in chapter.passages)
    says = (item for passage in passages for slot in passage.slots for item in slot.items)
    own = {"setup", "form", "motivate"}
    return {say.text for say in says if isinstance(say, Say) and say.role in own}


# -- routines ------------------------------------------------------------------------------------


def test_there_are_routines_for_many_days():
    assert len(ROUTINES) >= 10
    items = [item for name in ROUTINES for item in request_for(name).routine.items]
    kinds = {item.kind for item in items if isinstance(item, Block)}
    assert {"circuit", "tabata", "emom", "superset", "repeat"} <= kinds


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_reads_without_a_doubt(name: str):
    assert check_file(name, Folders()) == ()
    assert request_for(name).warnings == ()


@pytest.mark.parametrize("name", ROUTINES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_routine_can_be_led(name: str, level: Level):
    _, timeline = performed(request_for(name).routine, level)
    assert timeline.problems == ()


@pytest.mark.parametrize("name", [name for name in ROUTINES if name not in TOLD_BEFOREHAND])
def test_a_routine_tells_how_every_exercise_is_done(name: str):
    routine = request_for(name).routine
    words = heard(performed(routine)[1])
    silent = {each.key for each in exercises_of(routine) if not words.issuperset(each.cues.setup)}
    assert silent == set()


@pytest.mark.parametrize("name", ROUTINES)
def test_a_description_tells_what_is_needed(name: str):
    routine = request_for(name).routine
    told = routine.description.lower()
    kit = {kit for each in exercises_of(routine) for kit in needed(each)}
    assert {key for key in kit if key.split("-")[-1] not in told} == set()


@pytest.mark.parametrize("name", [name for name in ROUTINES if name != "hip-dips"])
def test_a_description_tells_the_length(name: str):
    """To within a minute, as a listener counts; that of hip-dips tells none."""
    routine = request_for(name).routine
    lasts = performed(routine)[0].lasts
    near = {f"about {ENGLISH.about_minutes(lasts + off)}" for off in (-MINUTE, 0, MINUTE)}
    assert any(length in routine.description.lower() for length in near)


def exercises_of(routine: Routine) -> Iterator[Exercise]:
    return exercises_in(routine.all_items)


# -- kit and names -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kit_has_its_words(language: str):
    """In one and many; the table of kits and the catalogue agree."""
    words = load_phrases(language).templates
    assert {kit for kit in KITS if f"kit.{kit}.one" not in words} == set()
    assert {kit for kit in KITS if f"kit.{kit}.other" not in words} == set()
    used = {kit.key for exercise in exercises().values() for kit in exercise.kit}
    assert used == set(KITS)


@pytest.mark.parametrize("name, kit", KIT_SYNONYMS.items())
def test_kit_by_another_name(name: str, kit: str):
    assert parse_kit(name).key == kit
    assert kit in KITS
    assert make_stem(name) not in {make_stem(one) for one in KITS}


@pytest.mark.parametrize(
    "wanted, there, done",
    [
        ("back squat", "barbell", "Back Squat"),
        ("back squat", "dumbbells, bench", "Goblet Squat"),
        ("back squat", "none", "Bodyweight Squat"),
        ("ring dip", "dip bars", "Dips"),
        ("ring dip", "none", "Chair Dip"),
        ("bench press", "2 dumbbells", "Floor Press"),
        ("bench press", "none", "Push-Up"),
        ("assault bike", "exercise bike", "Burpees"),
        ("assault bike", "assault bike", "Assault Bike"),
        ("cable row", "band", "Band Row"),
        ("row", "rower", "Row"),
        ("row", "none", "Squat Thrusts"),
    ],
)
def test_equipment_swaps_among_what_there_is(wanted: str, there: str, done: str, tmp_path: Path):
    text = f"title: Swap\nequipment: {there}\nexercises: [{wanted}]\n"
    (tmp_path / "swap.yaml").write_text(text, encoding="utf-8")
    request = prepare_routine(str(tmp_path / "swap.yaml"), Flags(), Folders(), None)
    assert [each.name for each in exercises_of(request.routine)] == [done]


@pytest.mark.parametrize(
    "written, meant",
    [
        ("OHP", "overhead-press"),
        ("RDLs", "romanian-deadlift"),
        ("BSS", "bulgarian-split-squat"),
        ("KB swings", "kettlebell-swing"),
        ("DB bench press", "dumbbell-bench-press"),
        ("T2B", "toes-to-bar"),
        ("HSPU", "handstand-push-up"),
        ("DUs", "double-unders"),
        ("C&J", "clean-and-jerk"),
        ("4-7-8 breathing", "4-7-8-breathing"),
        ("mini-squats", "mini-squat"),
        ("side bridges", "side-plank"),
        ("SL bridge", "single-leg-glute-bridge"),
        ("sideways leg lift", "standing-leg-abduction"),
        ("lumbar rotation", "spinal-twist"),
        ("lawnmowers", "one-arm-row"),
        ("penguins", "heel-taps"),
        ("knees to chest", "knee-hug"),
        ("empty bar deadlift", "deadlift"),
        ("jogging", "jog"),
        ("Rowing machine", "row"),
        ("barbell rows", "barbell-row"),
        ("dips", "dip"),
        ("bench dips", "chair-dip"),
        ("shavasana", "savasana"),
    ],
)
def test_names_as_people_write_them(written: str, meant: str, tmp_path: Path):
    text = f"title: Names\nexercises:\n  - {written}\n"
    (tmp_path / "names.yaml").write_text(text, encoding="utf-8")
    request = prepare_routine(str(tmp_path / "names.yaml"), Flags(), Folders(), None)
    assert [each.key for each in exercises_of(request.routine)] == [meant]
