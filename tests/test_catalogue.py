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
from audioworkout.model.exercise import Exercise
from audioworkout.model.items import exercises_in
from audioworkout.model.request import Flags, Request
from audioworkout.model.routine import Block, Level, Routine, Work
from audioworkout.model.script import Say, Script
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.names import make_key, make_stem
from audioworkout.preparing import check_file, prepare_routine
from audioworkout.reading import Folders, list_exercises
from audioworkout.ruler import ruler_ms
from audioworkout.units import MINUTE, Ms
from audioworkout.voices.ruler import Ruler

HOME = Path(audioworkout.__file__).parent
ROUTINES = sorted(path.stem for path in (HOME / "routines").glob("*.yaml"))
FILES = {path.stem: path for path in sorted((HOME / "catalogue").glob("*.yaml"))}
ENGLISH = load_phrases("en")
LEVELS: tuple[Level, ...] = ("beginner", "normal", "advanced")

AT_LEAST = {
    "legs": 20,
    "glutes": 10,
    "push": 12,
    "pull": 15,
    "core": 18,
    "carries": 5,
    "mobility": 10,
    "stretches": 15,
    "warm-up": 5,
    "cardio": 12,
}
MUSCLES = frozenset(
    {"core", "abdominals", "obliques", "lower back", "upper back", "lats", "neck"}
    | {"chest", "shoulders", "triceps", "biceps", "forearms", "grip", "hip flexors"}
    | {"glutes", "hip abductors", "inner thighs", "quadriceps", "hamstrings", "calves"}
)
AT_HAND = frozenset({"mat", "chair", "wall"})
"""What a replacement without kit may still need: these are in every home."""
SETUP_MOST: Ms = 7_600
"""By the ruler, which is about a seventh slower than the voice: under seven seconds of speech."""
QUICK = frozenset({"fire-hydrants", "leg-kickbacks", "lateral-walk"})
"""Their reps and steps last one to three seconds: most of their lines are for the rests."""
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
    return (*cues.setup, *cues.form, *cues.motivate, *filter(None, [cues.safety]))


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


def test_what_needs_kit_has_a_replacement_that_needs_none():
    def wrong(exercise: Exercise) -> object:
        instead = exercises().get(exercise.without_kit)
        if instead is None:
            return needed(exercise) - {"mat"}
        return needed(instead) - AT_HAND

    assert all_that(wrong) == {}


def test_replacing_and_replacing_again_comes_to_an_end():
    order = TopologicalSorter({key: [each.without_kit] for key, each in exercises().items()})
    order.prepare()


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fewest", "most", "words"), [("form", 2, 3, 7), ("motivate", 2, 2, 6)]
)
def test_cues_are_few_and_short(kind: str, fewest: int, most: int, words: int):
    def wrong(exercise: Exercise) -> object:
        lines: tuple[str, ...] = getattr(exercise.cues, kind)
        long = [line for line in lines if len(line.split()) > words]
        return long or (not fewest <= len(lines) <= most and lines)

    assert all_that(wrong) == {}


def test_set_ups_take_about_six_seconds():
    def wrong(exercise: Exercise) -> object:
        setup = exercise.cues.setup
        sentences = sum(len(re.findall(r"[.!?](?:\s|$)", line)) for line in setup)
        lasts = ruler_ms(" ".join(setup))
        return (not 1 <= sentences <= 2 or lasts > SETUP_MOST) and (sentences, lasts)

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
    """Everything comes up in four sets at one level or another, in a rest or between two counts."""

    def wrong(exercise: Exercise) -> object:
        routine = in_sets(exercise, 4)
        said = [heard(performed(routine, level)[1]) for level in LEVELS]
        return exercise.key not in QUICK and set(lines_of(exercise)).difference(*said)

    assert all_that(wrong) == {}


def test_every_cue_that_is_begun_has_room():
    """No set of the usual length leaves out a cue for want of room."""

    def wrong(exercise: Exercise) -> object:
        script, timeline = performed(in_sets(exercise, exercise.prescription.sets))
        return exercise.key not in QUICK and cues_in(script) - heard(timeline)

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
    yield from exercises_in((*routine.warm_up, *routine.items, *routine.cool_down))
