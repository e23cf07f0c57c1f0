"""Lines as people write them mean what their plain spelling means, and survive `show`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audioworkout.model.items import works_in
from audioworkout.model.request import Flags, RoutineText
from audioworkout.model.routine import Routine
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError
from audioworkout.reading.dump import dump_routine

WHITEBOARD = Path(__file__).parent / "whiteboard"


def load_cases(language: str) -> list[dict[str, Any]]:
    text = (WHITEBOARD / f"{language}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read_text(text: str) -> Routine:
    return prepare_routine(RoutineText(text, shown="t.yaml"), Flags(), Folders()).routine


def assert_shown_the_same(routine: Routine) -> None:
    shown = dump_routine(routine, Folders())
    assert read_text(shown) == routine, shown


@pytest.mark.parametrize("case", load_cases("en"), ids=lambda case: case["id"])
def test_a_line_is_the_workout_of_its_plain_spelling(case: dict[str, Any]) -> None:
    routine = read_text(case["yaml"])
    assert routine.items == read_text(case["same"]).items
    assert_shown_the_same(routine)


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_what_is_read_survives_show(language: str) -> None:
    for case in load_cases(language):
        assert_shown_the_same(read_text(case["yaml"]))


REFUSED = (
    ("push ups: 1-5", "may be a ladder or a range", "1..5"),
    ("push ups: 1 to 5", "may be a ladder or a range", "1..5"),
    ("push ups: 3x1-10", "may be a ladder or a range", "1..10"),
    ("russian twist 30 (20 each side)", "not the amount", "20 in all"),
    ('step ups 3x10/leg 24"', "may be inches or seconds", "24 inch"),
    ("water break", "nothing says how long", "rest: 60s"),
    ("push ups: 3x10 (rset)", "not understood", "rest"),
    ("push ups: 5 sets of 3, 2, 1", "3 amounts stand behind 5 sets", "5x(3, 2, 1)"),
    ("10/5: [squat, plank]", "there is no exercise `10/5`", "an item is"),
    ("burpees: AMRAP 10", "needs a unit of time", "amrap 10 min"),
)


@pytest.mark.parametrize(("item", "message", "hint"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_may_be_two_workouts_is_refused(item: str, message: str, hint: str) -> None:
    with pytest.raises(RoutineError) as caught:
        read_text(f"exercises:\n  - {item}\n  - plank: 20s\n")
    told = str(caught.value)
    assert message in told
    assert hint in told


@pytest.mark.parametrize(
    "text",
    [
        "name: T\nworkout:\n  - squat: 3x10\n  - plank: 20s\n",
        "T:\n  - squat: 3x10\n  - plank: 20s\n",
        "title: T\nsquat: 3x10\nplank: 20s\n",
        "title: T\nexercises:\n  squat: 3x10\n  plank: 20s\n",
        "title: T\nmain:\n  - 1. squat 3x10\n  - 2. plank 20s\n",
        "title: T\nexercises: squat 3x10, plank 20s\n",
    ],
)
def test_the_top_of_a_file_may_be_loose(text: str) -> None:
    plain = read_text("title: T\nexercises:\n  - squat: 3x10\n  - plank: 20s\n")
    assert (read_text(text).title, read_text(text).items) == (plain.title, plain.items)


def test_the_rest_between_all_exercises_may_be_an_item() -> None:
    routine = read_text(
        "exercises:\n  - rest between exercises: 30s\n  - squat: 10\n  - plank: 20s\n"
    )
    assert (routine.how.rests.exercises, len(routine.items)) == (30_000, 2)


@pytest.mark.parametrize(
    "end",
    [
        "Cool down: calf stretch 30s, quad stretch 1 min\n",
        "stretching: [calf stretch: 30s, quad stretch: 1 min]\n",
        "Stretch:\n  - calf stretch 30s\n  - quad stretch 1 min\n",
    ],
)
def test_the_end_of_a_workout_is_its_cool_down(end: str) -> None:
    routine = read_text(f"squat: 10\nplank: 20s\n{end}")
    assert len(routine.items) == 2
    assert [str(work.exercise.key) for work in works_in(routine.cool_down)] == [
        "calf-stretch",
        "quad-stretch",
    ]


def test_stretch_alone_is_an_exercise_and_with_items_a_heading() -> None:
    alone, section = (
        read_text(f"- squat: 10\n- {item}\n")
        for item in ("stretch", "Stretch: [calf stretch: 30s]")
    )
    assert [work.exercise.name for work in works_in(alone.items)] == ["Bodyweight Squat", "stretch"]
    assert [work.exercise.key for work in works_in(section.items)][1:] == ["calf-stretch"]


@pytest.mark.parametrize(
    "part",
    [
        *("Stretching: [calves: 30s]", "Dehnen: [Waden: 30s]", "estiramientos: [gemelos: 30 s]"),
        *("étirements: [mollets 30 s]", "Cool down: [calves: 30s]", "Stretch: [calf stretch: 30s]"),
    ],
)
def test_a_muscle_among_stretches_is_stretched(part: str) -> None:
    routine = read_text(f"- squat: 10\n- {part}\n")
    assert [work.exercise.key for work in works_in(routine.items)][1:] == ["calf-stretch"]


def test_elsewhere_its_name_is_what_it_was() -> None:
    routine = read_text("exercises: [gemelos: 30s]\ncool_down: [hamstrings: 30s, burpees: 5]\n")
    keys = [work.exercise.key for work in works_in((*routine.items, *routine.cool_down))]
    assert keys == ["calf-raise", "hamstring-stretch", "burpees"]


def test_a_band_has_many_names() -> None:
    plain = read_text("- band row: 3x12\n- band pull apart: 10\n").items
    assert read_text("- Theraband rows: 3x12\n- 10 tubing pull-aparts\n").items == plain
