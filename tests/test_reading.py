"""Routines, exercises, settings and flags: what is written becomes what is meant."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import audioworkout
from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.model.exercise import (
    Carry,
    Cues,
    Finisher,
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
from audioworkout.model.items import works_in
from audioworkout.model.request import Flags, Request
from audioworkout.model.routine import (
    Announcement,
    Block,
    Rest,
    Rests,
    Routine,
    Work,
)
from audioworkout.preparing import list_routines, prepare_routine, show_long_form
from audioworkout.reading import Folders, RoutineError, list_exercises
from audioworkout.reading.dump import dump_routine
from audioworkout.reading.json_schema import make_schema, schema_text
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.reading.source import LARGEST_FILE
from checks import check_file

HERE = Path(__file__).parent
HOME = Path(audioworkout.__file__).parent
PLAIN = Flags()
HEAD = "title: T\nexercises:\n"


def request(text: str, flags: Flags = PLAIN, folders: Folders | None = None) -> Request:
    """What a routine given on standard input asks for."""
    return prepare_routine("-", flags, folders or Folders(), text)


def routine(items: str, flags: Flags = PLAIN, head: str = HEAD) -> Routine:
    return request(head + items, flags).routine


def work(line: str, head: str = HEAD) -> Work:
    """The one item of a routine."""
    (only,) = routine(f"  - {line}\n", head=head).items
    assert isinstance(only, Work)
    return only


def errors(text: str, flags: Flags = PLAIN, folders: Folders | None = None) -> list[str]:
    with pytest.raises(RoutineError) as caught:
        request(text, flags, folders)
    return [finding.message for finding in caught.value.findings if finding.fatal]


# --- The ten exercises ---------------------------------------------------------------------------

TWO = Tempo(2_000, 0, 2_000, 0)
TEN = {
    "farmers-march": Prescription(Carry(50, 100, "ft", True), sets=3),
    "fire-hydrants": Prescription(
        Reps(12, 15), 1, Sides("each", "left"), Tempo(1_000, 0, 1_000, 1_000), Finisher(10)
    ),
    "dumbbell-squat": Prescription(Reps(8, 10), sets=3),
    "curtsy-lunge": Prescription(Reps(10, 12), 1, Sides("each", "left"), TWO),
    "glute-bridge": Prescription(
        Reps(10, 12), tempo=Tempo(2_000, 0, 1_000, 2_000), announced=frozenset({"top"})
    ),
    "leg-kickbacks": Prescription(
        Reps(15, 15), 1, Sides("each", "right"), Tempo(1_000, 0, 1_000, 500), Finisher(15)
    ),
    "side-leg-raise": Prescription(
        Reps(8, 10), 1, Sides("each", "left"), Tempo(2_000, 0, 1_000, 1_000)
    ),
    "side-lunges": Prescription(
        Reps(8, 10),
        1,
        Sides("alternating", "right"),
        Tempo(2_000, 1_000, 2_000, 0),
        announced=frozenset({"bottom"}),
    ),
    "lateral-walk": Prescription(Steps(10, 10), 1, Sides("alternating", "right")),
    "step-up-to-reverse-lunge": Prescription(
        Reps(8, 10), 1, Sides("each", "right"), Tempo(3_000, 0, 2_000, 1_000)
    ),
}


def test_the_hip_dips_routine_is_the_ten_exercises_in_order() -> None:
    asked = prepare_routine("hip-dips", PLAIN, Folders())
    works = asked.routine.items
    assert [item.exercise.key for item in works if isinstance(item, Work)] == list(TEN)
    assert {item.exercise.key: item.prescription for item in works if isinstance(item, Work)} == TEN
    assert asked.warnings == ()
    assert asked.routine.how.rests == Rests()


@pytest.mark.parametrize(
    ("key", "position", "kit", "starts"),
    [
        ("farmers-march", "standing", (Kit("dumbbell", 2),), "top"),
        ("fire-hydrants", "hands-and-knees", (Kit("mat"), Kit("loop-band", 1, True)), "bottom"),
        ("dumbbell-squat", "standing", (Kit("dumbbell"),), "top"),
        ("curtsy-lunge", "standing", (Kit("dumbbell", 2),), "top"),
        ("glute-bridge", "back", (Kit("mat"),), "bottom"),
        ("leg-kickbacks", "hands-and-knees", (Kit("mat"), Kit("loop-band", 1, True)), "bottom"),
        ("side-leg-raise", "side", (Kit("mat"), Kit("loop-band", 1, True)), "bottom"),
        ("side-lunges", "standing", (), "top"),
        ("lateral-walk", "squat", (Kit("loop-band"),), "top"),
        ("step-up-to-reverse-lunge", "standing", (Kit("step"),), "bottom"),
    ],
)
def test_where_and_with_what(key, position, kit, starts) -> None:
    exercise = work(key).exercise
    assert (exercise.position, exercise.kit, exercise.starts) == (position, kit, starts)


def test_the_march_is_slower_than_a_walk() -> None:
    assert work("farmers-march").exercise.speed == 700


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Fire Hydrants",
        "fire-hydrants",
        "fire hydrant",
        "FIRE HYDRANTS",
        "firehydrant",
        "quadruped hip abduction",
    ],
)
def test_names_are_forgiving(name: str) -> None:
    assert work(name).exercise.key == "fire-hydrants"


@pytest.mark.parametrize("name", ["hip-dips", "Hip Dips", "hip dip"])
def test_routines_are_found_by_forgiving_names(name: str) -> None:
    assert prepare_routine(name, PLAIN, Folders()).routine.key == "hip-dips"


def test_an_unknown_routine_offers_the_nearest() -> None:
    with pytest.raises(RoutineError) as caught:
        prepare_routine("hip-dipps", PLAIN, Folders())
    assert "did you mean `hip-dips`?" in str(caught.value)


@pytest.mark.parametrize("name", ["x" * 5_000, "\ufdfa" * 80, "..", "a\0b", "~", "%s"])
def test_impossible_names_are_only_unknown(name: str) -> None:
    with pytest.raises(RoutineError, match="no routine of this name"):
        prepare_routine(name, PLAIN, Folders())
    with pytest.raises(RoutineError, match="no routine and no exercise"):
        show_long_form(name, PLAIN, Folders())
    with pytest.raises(RoutineError, match="has no exercise"):
        prepare_routine("hip-dips", Flags(only=(name,)), Folders())


def test_only_the_named_exercises_are_opened(monkeypatch) -> None:
    opened = []
    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *args, **more: opened.append(self) or real(self, *args, **more)
    )
    routine("  - plank\n  - side lunges: 8\n")
    assert sorted(path.name for path in opened) == ["plank.yaml", "side-lunges.yaml"]


# --- Lines over defaults -------------------------------------------------------------------------


def test_a_line_replaces_sets_and_finisher_and_keeps_sides_and_tempo() -> None:
    default = work("fire hydrants").prescription
    assert work("fire hydrants: 20").prescription == Prescription(
        Reps(20, 20), 1, default.sides, default.tempo
    )
    assert work("dumbbell squat: 12").prescription.sets == 1


def test_a_line_without_an_amount_changes_only_what_it_names() -> None:
    default = work("fire hydrants").prescription
    faster = work("fire hydrants: '@1-0-1-0'").prescription
    said = frozenset({"tempo"})
    assert faster == default._replace(tempo=Tempo(1_000, 0, 1_000, 0), announced=said)
    assert work("fire hydrants: 3 sets").prescription == default._replace(sets=3)


def test_a_name_with_nothing_behind_it_is_the_default() -> None:
    assert work("fire hydrants:") == work("fire hydrants")


def test_a_pause_replaces_the_phase_it_names() -> None:
    assert work("glute bridge: 12, hold 5s at top").prescription.tempo == Tempo(2000, 0, 1000, 5000)


def test_pauses_cannot_shorten_a_rep_to_nothing() -> None:
    line = HEAD + "  - dumbbell squat: 12 @0-0-0-1, pause 0s at top\n"
    assert errors(line) == ["a rep of 0s is too short to be counted"]


def test_everything_of_a_line() -> None:
    line = (
        "3x8-10 per leg, right first, @3-1-3-0, then 5 pulses every 0.8s, 2x8kg dumbbells, rest 90"
    )
    assert work(f"dumbbell squat: {line}").prescription == Prescription(
        Reps(8, 10),
        3,
        Sides("each", "right"),
        Tempo(3_000, 1_000, 3_000, 0),
        Finisher(5, 800),
        Load("8", "kg", 2, "dumbbell"),
        90_000,
        announced=frozenset({"tempo"}),
    )


@pytest.mark.parametrize(
    ("line", "long"),
    [
        ("fire hydrants: 12-15", "{exercise: fire hydrants, reps: 12-15}"),
        (
            "fire hydrants: 2x12 per leg, left first @2-0-2-0 + 10 pulses every 0.8s, rest 1:30",
            "{exercise: fire hydrants, sets: 2, reps: 12, sides: 'per leg, left first',"
            " tempo: 2020, pulses: 10 every 0.8s, rest: 1:30}",
        ),
        ("plank: hold 45s", "{exercise: plank, hold: 0:45}"),
        ("plank: 1:30", "{exercise: plank, hold: 90}"),
        ("burpees: for 40s", "{exercise: burpees, for: 40}"),
        ("farmers march: 3 x 50 ft out and back", "{exercise: farmers march, sets: 3,"
         " carry: 50 ft out and back}"),
        ("lateral walk: 12 steps", "{exercise: lateral walk, steps: 12}"),
        ("glute bridge: 9, pause 3s at top", "{exercise: glute bridge, reps: 9, pause: 3s at top}"),
        ("dumbbell squat: 10, 20kg", "{exercise: dumbbell squat, reps: 10, load: 20kg}"),
        ("dumbbell squat: 10 rest 60s", "{exercise: dumbbell squat, reps: 10, rest: 60}"),
        ("dumbbell squat: 3 sets", "{exercise: dumbbell squat, sets: 3}"),
        ("dumbbell squat: 10", "{dumbbell squat: {reps: 10}}"),
        ("dumbbell squat", "{exercise: dumbbell squat}"),
    ],
)  # fmt: skip
def test_a_line_and_its_long_form_are_the_same(line: str, long: str) -> None:
    assert work(line) == work(long)


def test_the_words_of_one_item() -> None:
    own = work(
        "{exercise: plank, hold: 40s, cues: {form: Breathe., safety: Slowly.}, say_as: planks}"
    )
    usual = work("plank").exercise
    assert own.exercise.cues == usual.cues._replace(form=("Breathe.",), safety="Slowly.")
    assert own.exercise.said == "planks"
    assert work("{exercise: plank, cues: [Breathe.]}").exercise.cues.form == ("Breathe.",)


# --- Kinds of item -------------------------------------------------------------------------------


def test_rests_and_announcements() -> None:
    items = routine("  - plank\n  - rest: 1:30\n  - say: Grab your band.\n  - rest: 45\n").items
    assert items[1:] == (Rest(90_000), Announcement("Grab your band."), Rest(45_000))


def test_a_circuit() -> None:
    (item,) = routine(
        "  - circuit:\n      rounds: 3\n      rest: 60s\n      transition: 10s\n"
        "      exercises: [dumbbell squat, plank: 40s, {exercise: side lunges, sets: 2, reps: 8}]\n"
    ).items
    assert isinstance(item, Block)
    assert (item.rounds, item.rest, item.transition, item.kind) == (3, 60_000, 10_000, "circuit")
    assert [one.prescription.sets for one in works_in([item])] == [1, 1, 2]


def test_a_superset_has_the_sets_of_its_members() -> None:
    (item,) = routine("  - superset: [dumbbell squat: 3x10, plank: 3x 30s]\n").items
    assert isinstance(item, Block)
    assert (item.kind, item.rounds) == ("superset", 3)
    assert [one.prescription.sets for one in works_in([item])] == [3, 3]


def test_tabata() -> None:
    (item,) = routine("  - tabata: [burpees, mountain climbers]\n").items
    assert isinstance(item, Block)
    assert [work.exercise.key for work in works_in([item])] == ["burpees", "mountain-climbers"]
    assert (item.rounds, item.work, item.rest) == (8, 20_000, 10_000)
    (own,) = routine("  - tabata: {rounds: 4, work: 30s, rest: 15, exercises: burpees}\n").items
    assert isinstance(own, Block)
    assert (own.rounds, own.work, own.rest, len(own.items)) == (4, 30_000, 15_000, 1)


def test_emom() -> None:
    (item,) = routine("  - emom: {minutes: 10, exercises: [burpees: 5, dumbbell squat]}\n").items
    assert isinstance(item, Block)
    assert (item.rounds, item.every, item.turns) == (10, 60_000, True)
    assert [one.prescription.sets for one in works_in([item])] == [1, 1]


def test_warm_up_and_cool_down() -> None:
    text = "title: T\nwarm_up: [plank]\nexercises: [burpees]\ncool_down: [side lunges]\n"
    one = request(text).routine
    assert [len(part) for part in (one.warm_up, one.items, one.cool_down)] == [1, 1, 1]


# --- The top of a routine ------------------------------------------------------------------------

TOP = """
title: 2010
description: A description.
language: de
level: beginner
pace: brisk
coaching: off
count: off
tick: yes
beeps: no
units: metric
space: 6m
rate: 160
tempo: 3010
rest: {sets: 1:30, exercises: 90, sides: 0:06}
get_ready: 15
rounds: 010
volume: 80%
voice: de
exercises: [dumbbell squat]
"""


def test_everything_at_the_top() -> None:
    asked = request(TOP)
    how = asked.routine.how
    assert asked.routine.title == "2010"
    assert (asked.routine.language, asked.speech.language) == ("de", "de")
    assert (how.level, how.pace, how.coaching, how.count) == ("beginner", "brisk", "off", "off")
    assert (how.tick, how.beeps, how.units, how.space) == (True, False, "metric", 6_000)
    assert how.rests == Rests(90_000, 90_000, 6_000, 15_000)
    assert (how.rate, asked.speech.rate, asked.speech.volume) == (160, 160, 0.8)
    assert asked.routine.rounds == 10
    (item,) = asked.routine.items
    assert isinstance(item, Work)
    assert item.prescription.tempo == Tempo(3_000, 0, 1_000, 0)


def test_case_of_words_is_forgiven() -> None:
    assert (
        request("title: T\nlevel: Beginner\nexercises: [plank]\n").routine.how.level == "beginner"
    )


def test_one_duration_is_for_sets_and_exercises() -> None:
    rests = request("title: T\nrest: 45\nexercises: [plank]\n").routine.how.rests
    assert (rests.sets, rests.exercises, rests.sides) == (45_000, 45_000, None)


@pytest.mark.parametrize(
    ("written", "ms"),
    [("1:30", 90_000), ("0:45", 45_000), ("010", 10_000), ("45", 45_000), ("1m", 60_000)],
)
def test_yaml_has_no_traps(written: str, ms: int) -> None:
    assert routine(f"  - rest: {written}\n  - plank\n").items[0] == Rest(ms)


def test_words_that_yaml_takes_for_booleans_stay_words() -> None:
    one = request("title: no\ndescription: on\nexercises:\n  - say: yes\n  - plank\n").routine
    assert (one.title, one.description, one.items[0]) == ("no", "on", Announcement("yes"))


def test_anchors_and_merge_keys() -> None:
    one = routine(
        "  - &squat {exercise: dumbbell squat, sets: 3, reps: 8}\n"
        "  - *squat\n  - {<<: *squat, reps: 12}\n"
    )
    sets = [(item.prescription.sets, item.prescription.amount) for item in one.items]  # type: ignore[union-attr]
    assert sets == [(3, Reps(8, 8)), (3, Reps(8, 8)), (3, Reps(12, 12))]


def test_a_bom_and_the_line_ends_of_windows(tmp_path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes("\ufefftitle: Ü\r\nexercises:\r\n  - plank\r\n".encode())
    one = prepare_routine(str(path), PLAIN, Folders()).routine
    assert (one.key, one.title) == ("mine", "Ü")


# --- Own exercises -------------------------------------------------------------------------------

OWN = """
name: Wall Angel
aliases: [snow angel on a wall]
position: standing
kit: [wall, 2 wine bottles optional]
default: 2x10 per arm, right first, @2-0-2-1
starts: bottom
effort: down
step: 0.5s
speed: 0.9 m/s
turn: 2
category: mobility
muscles: [shoulders]
easier: plank
setup: Stand against a wall.
form: [Ribs down., Breathe.]
breathing: {effort: Breathe out., return: Breathe in.}
motivate: Good.
easier_cue: Half way is fine.
safety: Stop if it hurts.
languages:
  de: {name: Wandengel, form: Atmen.}
"""


def test_every_field_of_an_exercise(tmp_path) -> None:
    (tmp_path / "wall-angel.yaml").write_text(OWN, encoding="utf-8")
    one = prepare_routine(str(tmp_path / "wall-angel.yaml"), PLAIN, Folders()).routine
    (item,) = one.items
    assert isinstance(item, Work)
    exercise = item.exercise
    assert (one.key, one.title, exercise.key) == ("wall-angel", "Wall Angel", "wall-angel")
    assert exercise.kit == (Kit("wall"), Kit("wine-bottles", 2, True))
    assert exercise.limb == "arm"
    assert (exercise.effort, exercise.step, exercise.speed, exercise.turn) == (
        "down",
        500,
        900,
        2000,
    )
    assert exercise.cues == Cues(
        setup=("Stand against a wall.",),
        form=("Ribs down.", "Breathe."),
        breathing=("Breathe out.", "Breathe in."),
        motivate=("Good.",),
        easier_cue="Half way is fine.",
        safety="Stop if it hurts.",
    )
    assert item.prescription.sets == 2


def test_exercises_are_defined_in_a_routine() -> None:
    text = "title: T\ndefine:\n  Wall Angel!: {default: 12}\nexercises:\n  - wall angels: 2x10\n"
    (item,) = request(text).routine.items
    assert isinstance(item, Work)
    assert (item.exercise.key, item.exercise.name) == ("wall-angel", "Wall Angel!")


def test_what_is_defined_wins_over_the_catalogue() -> None:
    text = "title: T\ndefine:\n  plank: {default: 5s}\nexercises: [planks]\n"
    assert request(text).routine.items[0].prescription.amount == Hold(5_000, 5_000)  # type: ignore[union-attr]


def test_what_is_defined_and_not_used_is_checked_too() -> None:
    text = "title: T\ndefine:\n  hop: {default: often}\nexercises: [plank]\n"
    assert errors(text) == ["`often` is not understood"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wall-clock.yaml", "default: 5 per arm\n"),
        ("exercises/wall-clock.yml", "default: 5 per arm\n"),
        ("mine.yaml", "wall clock: {default: 5 per arm}\n"),
        ("mine.yaml", "define:\n  wall clock: {default: 5 per arm}\n"),
    ],
)
def test_the_users_folder_adds_exercises(tmp_path, name: str, text: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    folders = Folders(tmp_path)
    assert "wall-clock" in [exercise.key for exercise in list_exercises(folders)[0]]
    assert request(HEAD + "  - wall clocks\n", folders=folders).routine.items
    assert check_file(str(tmp_path / name), folders) == ()


def test_words_in_another_language() -> None:
    text = "title: T\nlanguage: de\ndefine:\n  angel:\n" + "".join(
        f"    {line}\n" for line in OWN.strip().splitlines()
    )
    exercise = request(text + "exercises: [angel]\n").routine.items[0].exercise  # type: ignore[union-attr]
    assert exercise.name == "Wandengel"
    assert exercise.cues == Cues(form=("Atmen.",))


def test_english_cues_are_not_read_by_a_voice_of_another_language(tmp_path) -> None:
    home = tmp_path / "home"
    (home / "catalogue").mkdir(parents=True)
    (home / "catalogue" / "hop.yaml").write_text("name: Hop\ndefault: 5\nform: Jump.\n")
    head = "title: T\nlanguage: de\nexercises: [hop]\n"
    exercise = request(head, folders=Folders(home=home)).routine.items[0].exercise  # type: ignore[union-attr]
    assert (exercise.name, exercise.cues) == ("Hop", Cues())


# --- Settings and flags --------------------------------------------------------------------------


def test_flags_win_over_the_routine_and_that_over_the_settings(tmp_path) -> None:
    (tmp_path / "settings.yaml").write_text(
        "rest: {sets: 10s, exercises: 11s, sides: 12s}\nlevel: beginner\npace: easy\nvoice: de\n"
        "engine: espeak-ng\nsounds: beeps\nmusic: /music\nmusic_level: -30\nduck: 20\n"
        "loudness: -16\nbitrate: 128\n"
    )
    asked = request(
        "title: T\nlevel: normal\nrest: {exercises: 21s}\nexercises: [plank]\n",
        Flags(level="advanced", rest_sides="32"),
        Folders(tmp_path),
    )
    assert (asked.routine.how.level, asked.routine.how.pace) == ("advanced", "easy")
    rests = asked.routine.how.rests
    assert (rests.sets, rests.exercises, rests.sides) == (10_000, 21_000, 32_000)
    assert (asked.speech.engine, asked.speech.voice) == ("espeak-ng", "de")
    assert asked.sound.sounds == str(tmp_path / "beeps")
    assert asked.sound.music == str(Path("/music"))
    assert (asked.sound.music_level, asked.sound.duck) == (-30, 20)
    assert (asked.sound.loudness, asked.sound.bitrate) == (-16, 128)


def test_a_mistake_in_the_settings_is_told(tmp_path) -> None:
    (tmp_path / "settings.yaml").write_text("levl: normal\n")
    (finding,) = check_file(str(tmp_path / "settings.yaml"), Folders(tmp_path))
    assert (finding.line, finding.column) == (1, 1)
    assert errors("title: T\nexercises: [plank]\n", folders=Folders(tmp_path)) == [
        "`levl` is no key of the settings file"
    ]


WORKS = "  - dumbbell squat: 3x8-10 @2-0-2-0 rest 60s\n  - fire hydrants: 12\n  - plank: 40s\n"


def prescriptions(flags: Flags, items: str = WORKS) -> list[Prescription]:
    return [item.prescription for item in routine(items, flags).items if isinstance(item, Work)]


def test_flags_for_amounts() -> None:
    assert [meant.sets for meant in prescriptions(Flags(sets=2))] == [2, 2, 2]
    amounts = [meant.amount for meant in prescriptions(Flags(reps="5-6"))]
    assert amounts == [Reps(5, 6), Reps(5, 6), Hold(40_000, 40_000)]
    assert routine(WORKS, Flags(rounds=3)).rounds == 3


def test_a_flag_for_the_tempo_touches_what_has_one() -> None:
    tempos = [meant.tempo for meant in prescriptions(Flags(tempo="1-1-1-1"))]
    usual = [meant.tempo for meant in prescriptions(PLAIN)]
    assert tempos == [Tempo(1_000, 1_000, 1_000, 1_000)] * 2 + [usual[2]]


def test_a_flag_for_the_first_side() -> None:
    assert prescriptions(Flags(first_side="right"))[1].sides == Sides("each", "right")


def test_flags_for_rests() -> None:
    how = routine(WORKS, Flags(rest="20s", get_ready="5")).how.rests
    assert (how.sets, how.exercises, how.sides, how.get_ready) == (20_000, 20_000, None, 5_000)
    assert how.kept == {"sets", "exercises"}
    how = routine(WORKS, Flags(rest="20s", rest_exercises="30s", rest_sides="3")).how.rests
    assert (how.sets, how.exercises, how.sides) == (20_000, 30_000, 3_000)
    assert prescriptions(Flags(rest="20s"))[0].rest is None
    assert prescriptions(Flags(rest_exercises="20s"))[0].rest == 60_000


def test_flags_keep_the_one_set_of_a_circuit() -> None:
    items = "  - circuit: {rounds: 2, exercises: [dumbbell squat: 10, plank]}\n"
    (item,) = routine(items, Flags(sets=4, reps="6")).items
    assert isinstance(item, Block)
    assert [one.prescription.sets for one in works_in([item])] == [1, 1]
    assert next(works_in([item])).prescription.amount == Reps(6, 6)


def keys(flags: Flags, name: str = "hip-dips") -> list[str]:
    items = prepare_routine(name, flags, Folders()).routine.items
    return [item.exercise.key for item in items if isinstance(item, Work)]


def test_only_skip_and_from() -> None:
    assert keys(Flags(only=("Side Lunge", "fire hydrant"))) == ["fire-hydrants", "side-lunges"]
    assert keys(Flags(skip=("side lunges",))) == [key for key in TEN if key != "side-lunges"]
    assert keys(Flags(begin_with="side lunges")) == list(TEN)[7:]
    assert keys(Flags(begin_with="side lunges", skip=("side lunges",))) == list(TEN)[8:]


MIXED = (
    "title: T\nwarm_up: [burpees]\nexercises:\n  - plank\n  - rest: 90s\n  - say: Hi.\n"
    "  - circuit: {exercises: [side lunges, dumbbell squat]}\n  - rest: 30s\n"
    "  - tabata: [burpees, plank]\ncool_down: [calf stretch]\n"
)


def test_choosing_reaches_into_circuits_and_leaves_no_rest_behind() -> None:
    one = request(MIXED, Flags(only=("dumbbell squat",))).routine
    assert not one.warm_up
    assert not one.cool_down
    (item,) = one.items
    assert isinstance(item, Block)
    assert [each.exercise.key for each in works_in([item])] == ["dumbbell-squat"]
    one = request(MIXED, Flags(skip=("burpees", "plank"))).routine
    assert not one.warm_up
    assert isinstance(one.items[0], Announcement)
    assert not any(isinstance(item, Rest) for item in one.items)
    assert [item.kind for item in one.items if isinstance(item, Block)] == ["circuit"]


def rests(flags: Flags) -> list[object]:
    """Names of the exercises, and lengths of the rests between and around them in seconds."""
    text = (
        "title: T\nexercises: [rest: 1s, squat: 5, rest: 2s, rest: 3s, plank: 20s, rest: 4s,"
        " wall sit: 20s, rest: 5s]\n"
    )
    return [
        item.lasts // 1_000 if isinstance(item, Rest) else item.exercise.key
        for item in request(text, flags).routine.items
        if isinstance(item, Rest | Work)
    ]


def test_a_rest_goes_with_the_work_on_either_side_and_no_other_does() -> None:
    assert rests(Flags(skip=("squat",))) == [1, "plank", 4, "wall-sit", 5]
    assert rests(Flags(skip=("plank",))) == [1, "bodyweight-squat", 2, 3, "wall-sit", 5]
    last = [1, "bodyweight-squat", 2, 3, "plank", 5]
    assert rests(Flags(skip=("wall sit",))) == last
    assert rests(Flags(skip=("plank", "wall sit"))) == [1, "bodyweight-squat", 5]
    assert rests(Flags(only=("squat", "plank"))) == ["bodyweight-squat", "plank"]


def test_who_begins_in_the_middle_has_warmed_up() -> None:
    one = request(MIXED, Flags(begin_with="side lunges")).routine
    assert not one.warm_up
    assert isinstance(one.items[0], Block)
    assert one.cool_down


def test_an_exercise_of_the_warm_up_alone() -> None:
    one = request(MIXED, Flags(only=("calf stretch",))).routine
    assert [item.exercise.key for item in one.items] == ["calf-stretch"]  # type: ignore[union-attr]
    assert not one.cool_down


def test_shuffling_is_repeatable_and_another_order() -> None:
    first = keys(Flags(shuffle=True, seed=7))
    assert first == keys(Flags(shuffle=True, seed=7))
    assert sorted(first) == sorted(TEN)
    assert all(keys(Flags(shuffle=True, seed=seed)) != list(TEN) for seed in range(5))
    assert len({tuple(keys(Flags(shuffle=True, seed=seed))) for seed in range(5)}) > 1


def test_rests_keep_their_places_when_shuffled() -> None:
    items = "  - plank\n  - rest: 30s\n  - burpees\n"
    one = routine(items, Flags(shuffle=True, seed=1)).items
    assert isinstance(one[1], Rest)
    assert one[0].exercise.key == "burpees"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("flags", "source", "message"),
    [
        (Flags(rest="5x"), "--rest", "`5x` is not a time"),
        (Flags(rest_sides="soon"), "--rest-sides", "`soon` is not a time"),
        (Flags(reps="15-12"), "--reps", "the low end must come first"),
        (Flags(reps="many"), "--reps", "not a number of reps"),
        (Flags(sets=51), "--sets", "from 1 to 50"),
        (Flags(rounds=0), "--rounds", "from 1 to 50"),
        (Flags(tempo="2-0"), "--tempo", "not a tempo"),
        (Flags(level="pro"), "--level", "is not one of"),
        (Flags(language="xx"), "--language", "is not one of"),
        (Flags(rate=1000), "--rate", "from 80 to 400"),
        (Flags(volume="loud"), "--volume", "is not a level"),
        (Flags(loudness=-3.0), "--loudness", "from -30 to -10"),
        (Flags(bitrate=100), "--bitrate", "is none of"),
        (Flags(space="1m"), "--space", "between 2 m"),
        (Flags(first_side="up"), "--first-side", "is not one of"),
        (Flags(only=("zumba",)), "--only", "Hip Dips has no exercise `zumba`"),
        (Flags(skip=("plank",)), "--skip", "Hip Dips has no exercise `plank`"),
        (Flags(begin_with="side lungse"), "--from", "has no exercise"),
        (Flags(skip=tuple(TEN)), "--skip", "no exercise is left"),
    ],
)
def test_each_refusal_names_the_flag(flags: Flags, source: str, message: str) -> None:
    with pytest.raises(RoutineError) as caught:
        prepare_routine("hip-dips", flags, Folders())
    (finding,) = caught.value.findings
    assert finding.source == source
    assert message in finding.message


@pytest.mark.parametrize(
    ("flags", "source"),
    [
        (Flags(rest="4s"), "--rest"),
        (Flags(rest_exercises="4s"), "--rest-exercises"),
        (Flags(tempo="9-9-9-9"), "--tempo"),
    ],
)
def test_a_doubt_about_a_flag_is_told_once_and_of_the_flag(flags: Flags, source: str) -> None:
    (doubt,) = prepare_routine("hip-dips", flags, Folders()).warnings
    assert doubt.source == source


def test_mistakes_of_flags_and_file_are_told_together() -> None:
    found = errors("title: T\nlevl: x\nexercises: [plank]\n", Flags(rest="5x", count="sideways"))
    assert len(found) == 3


# --- What is no routine --------------------------------------------------------------------------


def refusal(path: Path) -> str:
    (finding,) = check_file(str(path), Folders())
    return finding.message


def test_what_is_no_file_is_refused_at_once(tmp_path) -> None:
    assert refusal(tmp_path / "none.yaml") == "there is no such file"
    (tmp_path / "folder.yaml").mkdir()
    assert refusal(tmp_path / "folder.yaml") == "it is a folder"
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 1 MB" in refusal(large)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refusal(tmp_path / "pipe.yaml") == "it is a pipe, not a file"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch) -> None:
    def closed(self, *args):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "closed.yaml").write_text("title: T\n")
    monkeypatch.setattr(Path, "open", closed)
    assert refusal(tmp_path / "closed.yaml") == "it cannot be read: permission denied"


HOSTILE = {
    "brackets": "[" * 10_000,
    "braces": "{a: " * 10_000,
    "dashes": "- " * 400_000,
    "quotes": '"' + "\\" * 900_000,
    "a long plain text": "title: " + "x" * 900_000,
    "a long line": HEAD + "  - plank: " + "12 " * 200_000,
    "many names": HEAD + "".join(f"  - zumba {n}\n" for n in range(10_000)),
    "many items": HEAD + "  - zumba\n" * 50_000,
    "many lines that are wrong": HEAD + "  - plank: 12 per sde\n" * 20_000,
    "many keys": "".join(f"k{n}: x\n" for n in range(60_000)),
    "laughs": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 20)}]\n" for n in range(1, 20)),
    "many doubts": HEAD + "  - plank\n" * 10_000 + "  - zumba\n",
    "itself": "a: &a [*a]",
    "merges": "a: &a {x: 1}\n" + "b: {" + "<<: *a, " * 20_000 + "y: 1}",
    "too much": "#" * (LARGEST_FILE + 1),
    "surrogate": "title: \ud800\n",
    "nul": "title: \0\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_piped_in_is_refused(text: str) -> None:
    assert errors(text)
    assert len(errors(text)) <= 50


@settings(max_examples=60, deadline=None)
@given(st.text("abc: -[]{}&*!|>'\"%@`#?,\n\t<0123é", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        request(text)
        request(HEAD + "  - plank: " + text)
    except RoutineError as error:
        assert error.findings


# --- Long form, lists, schema --------------------------------------------------------------------

LONG = """
title: Everything
description: All kinds of item.
pace: brisk
count: down
tick: on
rest: {sets: 45s, sides: 6.5s}
get_ready: 7
rounds: 2
space: 20 ft
define:
  Wall Clock:
    name: Wall-Clock
    spoken: wall clock
    default: 2x5-7 per arm, right first, @2-0-1-1, last rep 5 pulses every 0.8s, 2kg, rest 20s
    kit: [wall, 2 wine bottles optional, 2 dumbbells]
    form: [One., Two.]
    safety: Slowly.
warm_up: [march in place]
exercises:
  - farmers march: 3 x 50-60 ft
  - wall clock
  - {exercise: wall clock, reps: 3, cues: {form: Three.}, say_as: clocks}
  - fire hydrants: 12-15 per side, last rep 10 pulses, with 2 kg
  - {exercise: plank, hold: 30-40s, cues: [Breathe.], say_as: planks}
  - lateral walk: 10-12 steps, right first
  - burpees: for 40s
  - rest: 1m30.5s
  - say: 'Note: breathe'
  - circuit: {rounds: 3, rest: 60s, transition: 10s, exercises: [plank, side lunges: 8]}
  - superset: {rest: 30s, exercises: [dumbbell squat, {exercise: plank, sets: 2, hold: 20}]}
  - tabata: {rounds: 4, exercises: [burpees, wall clock]}
  - emom: {minutes: 3, every: 90s, exercises: [burpees: 5]}
cool_down: [calf stretch: 1:05]
"""


@pytest.mark.parametrize("flags", [PLAIN, Flags(level="beginner", tempo="3-0-3-0", language="de")])
def test_the_long_form_reads_back_to_the_same_routine(flags: Flags) -> None:
    one = request(LONG, flags).routine
    again = request(dump_routine(one)).routine
    assert again == one
    assert dump_routine(again) == dump_routine(one)


@pytest.mark.parametrize("minutes", [11.0, 27.25, 60.0])
def test_the_long_form_of_a_fitted_routine_lasts_as_long(minutes: float) -> None:
    one = prepare_routine("hip-dips", Flags(minutes=minutes), Folders()).routine
    again = request(dump_routine(one)).routine
    assert again.lasts == one.lasts
    assert compile_routine(again, load_phrases("en")).lasts == one.lasts
    assert again.items == one.items


@pytest.mark.parametrize("path", sorted((HOME / "routines").glob("*.yaml")), ids=lambda p: p.stem)
def test_built_in_routines_in_long_form(path: Path, tmp_path) -> None:
    one = prepare_routine(path.stem, PLAIN, Folders()).routine
    saved = tmp_path / path.name
    saved.write_text(show_long_form(path.stem, PLAIN, Folders()), encoding="utf-8")
    assert prepare_routine(str(saved), PLAIN, Folders()).routine == one
    assert [finding.message for finding in check_file(str(saved), Folders())] == []


def test_exercises_in_long_form_read_back(tmp_path) -> None:
    for exercise in list_exercises(Folders())[0]:
        saved = tmp_path / f"{exercise.key}.yaml"
        saved.write_text(show_long_form(exercise.key, PLAIN, Folders()), encoding="utf-8")
    everything = list_exercises(Folders(home=tmp_path, user=None))
    assert everything == ((), ())
    again = list_exercises(Folders(home=_home_of(tmp_path)))
    assert again == list_exercises(Folders())


def _home_of(catalogue: Path) -> Path:
    home = catalogue.parent / "home"
    home.mkdir()
    catalogue.rename(home / "catalogue")
    return home


def test_show_knows_routines_and_exercises() -> None:
    assert show_long_form("Hip Dips", PLAIN, Folders()).startswith("title: Hip Dips\n")
    assert show_long_form("fire hydrant", PLAIN, Folders()).startswith("# fire-hydrants.yaml\n")
    with pytest.raises(RoutineError, match="did you mean `fire-hydrants`"):
        show_long_form("fire hydrnat", PLAIN, Folders())


def test_lists_hold_what_is_built_in_and_the_users_own(tmp_path) -> None:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "mine.yaml").write_text("title: Mine\nexercises: [plank]\n")
    (tmp_path / "top.yaml").write_text("title: Top\nexercises: [plank]\n")
    (tmp_path / "broken.yaml").write_text("title: [\n")
    found = [one.key for one in list_routines(Folders(tmp_path / "none"))[0]]
    assert "hip-dips" in found
    (tmp_path / "notes.yaml").write_text("buy: milk\n")
    found = [one.key for one in list_routines(Folders(tmp_path))[0]]
    assert {"hip-dips", "mine", "top"} <= set(found)
    assert found == sorted(found)
    asked = prepare_routine("top", PLAIN, Folders(tmp_path))
    assert asked.routine.title == "Top"
    assert [Path(warning.source).name for warning in asked.warnings] == [
        "broken.yaml",
        "notes.yaml",
    ]
    assert "notes" not in [exercise.key for exercise in list_exercises(Folders(tmp_path))[0]]


def test_what_a_list_leaves_out_is_told(tmp_path) -> None:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "mine.yaml").write_text("title: Mine\nexercises: [plonk]\n")
    (tmp_path / "broken.yaml").write_text("title: [\n")
    found, doubts = list_routines(Folders(tmp_path))
    assert "mine" not in [one.key for one in found]
    assert [Path(one.source).name for one in doubts if "plonk" in one.message] == ["mine.yaml"]
    _, doubts = list_exercises(Folders(tmp_path))
    assert {Path(one.source).name for one in doubts} == {"broken.yaml"}
    assert not any(one.fatal for one in doubts)


def test_settings_that_cannot_be_used_do_not_empty_the_list(tmp_path) -> None:
    (tmp_path / "settings.yaml").write_text("pcae: easy\n")
    with pytest.raises(RoutineError, match="did you mean `pace`"):
        list_routines(Folders(tmp_path))


def test_steps_of_each_leg_alternate_where_one_walks() -> None:
    assert work("lateral walk: 10 steps each leg").prescription.sides.order == "alternating"
    assert work("side lunges: 10 each leg").prescription.sides.order == "each"


def test_sets_of_a_superset_are_those_of_members_that_say_none() -> None:
    item = "  - superset: {sets: 3, exercises: [push-ups: 8, plank: 2x 20s, side lunges]}\n"
    (superset,) = routine(item).items
    assert isinstance(superset, Block)
    assert [work.prescription.sets for work in works_in([superset])] == [3, 2, 3]
    assert superset.rounds == 3


def plain(node: Node) -> object:
    """A tree as JSON has it, its scalars read as YAML 1.2 does."""
    if isinstance(node, Map):
        return {key.value: plain(value) for key, value in node.pairs}
    if isinstance(node, List):
        return [plain(one) for one in node.items]
    assert isinstance(node, Text)
    return node.value if not node.plain else _scalar(node.value)


def _scalar(text: str) -> object:
    known: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
    if text in known:
        return known[text]
    for kind in (int, float):
        if text.replace(".", "", 1).removeprefix("-").isdigit():
            try:
                return kind(text)
            except ValueError:
                continue
    return text


def data_of(text: str) -> object:
    from audioworkout.reading.source import read_text
    from audioworkout.reading.yaml_text import parse_yaml

    node = parse_yaml(*read_text("x", text))
    return None if node is None else plain(node)


VALIDATOR = jsonschema.Draft202012Validator(make_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema())


@pytest.mark.parametrize(
    "path", sorted((HOME / "routines").glob("*.yaml")), ids=lambda path: path.stem
)
def test_built_in_routines_are_valid(path: Path) -> None:
    VALIDATOR.validate(data_of(path.read_text(encoding="utf-8")))
    VALIDATOR.validate(data_of(show_long_form(path.stem, PLAIN, Folders())))


def test_built_in_exercises_are_valid() -> None:
    for path in sorted((HOME / "catalogue").glob("*.yaml")):
        VALIDATOR.validate(data_of(path.read_text(encoding="utf-8")))


def test_the_shipped_schema_is_the_one_of_the_reader() -> None:
    shipped = (HOME / "schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(), "audioworkout schema > src/audioworkout/schema.json"


@pytest.mark.parametrize(
    "text, valid",
    [
        ("wall angels: {default: 12}\nring rows: {default: 3x8, kit: [rings]}\n", True),
        ("define:\n  wall angels: {default: 12}\n", True),
        ("wall angels: {default: 12, plane: front}\n", False),
        ("define:\n  wall angels: {kit: [wall]}\n  couch stretch: 2 min\n  hop:\n", True),
        ("define:\n  wall angels: [12]\n", False),
        ("- plank\n- side lunges: 8\n", True),
        ("default: 12\nname: Wall Angels\n", True),
        ("name: Wall Angels\n", True),
        ("title: Just begun\n", False),
    ],
)
def test_the_schema_tells_files_as_the_reader_does(text: str, valid: bool) -> None:
    assert VALIDATOR.is_valid(data_of(text)) is valid


def test_everything_is_valid() -> None:
    VALIDATOR.validate(data_of(LONG))
    VALIDATOR.validate(data_of(TOP))
    VALIDATOR.validate(data_of(OWN))


STRUCTURAL = [
    "choices",
    "circuit-keys",
    "emom",
    "exercise-is-a-list",
    "exercises-empty",
    "exercises-not-a-list",
    "item-with-two-names",
    "keys-unknown",
    "languages",
    "not-a-mapping",
    "nothing-written",
]


@pytest.mark.parametrize("name", STRUCTURAL)
def test_what_the_reader_refuses_by_structure_the_schema_refuses(name: str) -> None:
    text = (HERE / "wrong" / f"{name}.yaml").read_text(encoding="utf-8")
    assert not VALIDATOR.is_valid(data_of(text))


def test_nothing_that_reading_imports_is_heavy() -> None:
    code = (
        "import sys; from audioworkout.preparing import prepare_routine;"
        "from audioworkout.reading import Folders;"
        "from audioworkout.model.request import Flags;"
        "prepare_routine('hip-dips', Flags(), Folders());"
        "print([name for name in ('numpy', 'pydub', 'jsonschema', 'typer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_slow_loader_reads_the_same(monkeypatch) -> None:
    """Where the C library is missing, PyYAML's own parser gives the same events."""
    from audioworkout.reading import yaml_text

    fast = request(LONG).routine
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    assert request(LONG).routine == fast


def test_timed_work_is_written_like_a_hold_in_its_field() -> None:
    assert work("{exercise: burpees, for: 30-40s}").prescription.amount == Timed(30_000, 40_000)


DOCS = HERE.parent / "docs" / "routines.md"


def test_the_documentation_can_be_read() -> None:
    pages = (DOCS, HERE.parent / "README.md")
    blocks = [page.read_text(encoding="utf-8").split("```yaml\n")[1:] for page in pages]
    texts = [block.split("```")[0] for block in chain.from_iterable(blocks)]
    assert len(texts) >= 7
    for text in texts:
        if text.startswith("# settings"):
            continue
        found = check_file("-", Folders(), text)
        assert [finding.message for finding in found] == [], text


def test_a_line_and_its_long_form_in_the_documentation_are_the_same() -> None:
    text = DOCS.read_text(encoding="utf-8").split("```yaml\ntitle: The same twice")[1]
    first, _, second = request("title: T" + text.split("```")[0]).routine.items
    assert first == second
