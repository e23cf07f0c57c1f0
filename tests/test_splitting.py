"""Items as people write them, and exercises that nobody knows."""

from __future__ import annotations

import pytest

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.model.items import works_in
from audioworkout.model.request import Flags, Request
from audioworkout.model.routine import Announcement
from audioworkout.names import make_spelling
from audioworkout.reading import Folders, RoutineError
from audioworkout.reading.catalogue import Catalogue, load_tree, yaml_files
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.dump import dump_routine
from audioworkout.reading.misspelling import Misspellings
from audioworkout.reading.nodes import List, Map, Text
from audioworkout.reading.routines import read_routine


def read(text: str, **flags: bool) -> Request:
    return read_routine("-", Flags(**flags), Folders(), text)  # type: ignore[arg-type]


def items(text: str) -> tuple[object, ...]:
    return read(text).routine.items


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("3x10 push-ups", "push up: 3x10"),
        ("push-ups 3x10", "push up: 3x10"),
        ("push-ups - 3x10", "push up: 3x10"),
        ("12 push ups", "push up: 12"),
        ("push ups x 12", "push up: 12"),
        ("3 sets of 10 push-ups with 60s rest", "push up: 3x10, rest 60s"),
        ("10 side lunges per side", "side lunges: 10 per side"),
        ("60s plank", "plank: 60s"),
        ("2x12 push ups: rest 60s", "push up: 2x12, rest 60s"),
        ("3x10 zercher squat, rest 60s", "zercher squat: 3x10, rest 60s"),
        ("zercher squat 3x10", "zercher squat: 3x10"),
        ("wall sit 30s x 3", "wall sit: 3x30s"),
        ("rest 90s", "rest: 90s"),
        ("90s rest", "rest: 90s"),
        ("say Grab a band", "say: Grab a band"),
        ("3 x (10 push ups, 20 squats)", "repeat 3 times: [push up: 10, squat: 20]"),
    ],
)
def test_a_name_may_stand_first_or_last(written: str, line: str) -> None:
    assert items(f"- {written}\n- plank\n") == items(f"- {line}\n- plank\n")


def test_the_members_of_a_block_may_stand_in_one_text() -> None:
    assert items("- 3 rounds: 10 push ups, 20 squats\n") == items(
        "- 3 rounds: [push up: 10, squat: 20]\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- 90/90 flow: 3x10\n", "`90/90 flow` is neither an exercise known here"),
        ("- fire hydrnats: 10\n", "there is no exercise `fire hydrnats`"),
        ("- Glute brigde 3x10\n", "there is no exercise `Glute brigde`"),
        ("- rset: 60s\n- plank\n", "there is no exercise `rset`"),
        ("- 3x10 push ups rset 60s\n", "`rset` is not understood"),
    ],
)
def test_what_is_misspelt_is_told_once(text: str, message: str) -> None:
    with pytest.raises(RoutineError) as caught:
        read(text)
    (finding,) = (one for one in caught.value.findings if one.fatal and one.line == 1)
    assert finding.message.startswith(message)
    assert finding.hint


@pytest.mark.parametrize("name", ["TRX zercher row", "Kniebeuge für Anfänger", "ruck", "深蹲"])
def test_an_unknown_exercise_is_called_as_it_is_written(name: str) -> None:
    request = read(f"- {name}: 3x10\n- {name}: 5\n")
    first, second = works_in(request.routine.items)
    assert first.exercise.name == first.exercise.said == second.exercise.name == name
    (warning,) = (one for one in request.warnings if "catalogue" in one.message)
    assert f": {{{name}: 3x10}}" in warning.hint


def test_strict_wants_every_exercise_known() -> None:
    with pytest.raises(RoutineError, match="`zumba` is not in the catalogue"):
        read("- zumba: 5 min\n", strict=True)


def test_names_that_differ_in_signs_are_two() -> None:
    request = read("- über: 5\n- uber: 6\n- C+ press: 5\n- C press: 5\n")
    found = [(one.exercise.key, one.exercise.name) for one in works_in(request.routine.items)]
    assert found == [
        ("uber", "über"),
        ("uber-2", "uber"),
        ("c-press", "C+ press"),
        ("c-press-2", "C press"),
    ]


def test_defined_names_that_differ_in_signs_are_two() -> None:
    request = read(
        "define: {push-up+: 5, über: 6, uber: 7}\nexercises: [push up, push-up+, Uber, Über]\n"
    )
    found = [one.exercise.name for one in works_in(request.routine.items)]
    assert found == ["Push-Up", "push-up+", "uber", "über"]


@pytest.mark.parametrize(
    ("define", "line"),
    [
        ("stretch: 2 min", "stretch: hold 2 min"),
        ("stretch: {}", "stretch: hold 30s"),
        ("stretch:", "stretch: hold 30s"),
        ("zumba:", "zumba: 10"),
    ],
)
def test_a_definition_may_be_a_line_or_nothing(define: str, line: str) -> None:
    name = define.partition(":")[0]
    (work,) = works_in(read(f"define:\n  {define}\nexercises: [{name}]\n").routine.items)
    (other,) = works_in(read(f"- {line}\n").routine.items)
    assert work.prescription.amount == other.prescription.amount


def test_keys_are_read_without_case_and_a_title_may_be_missing() -> None:
    request = read(
        "Warm-Up: [plank]\nExercises: [{Exercise: plank, Sets: 2}]\nCool Down: [plank]\n"
    )
    routine = request.routine
    assert routine.title == "Workout"
    assert routine.warm_up and routine.cool_down
    with pytest.raises(RoutineError, match="a second time"):
        read("title: A\nTitle: B\nexercises: [plank]\n")


def test_the_files_of_the_catalogue_are_known_by_all_their_names() -> None:
    folders = Folders()
    catalogue = Catalogue(folders, Diagnostics())
    for path in yaml_files(folders.built_in):
        root = load_tree(path, folders)
        assert isinstance(root, Map)
        aliases = root.get("aliases")
        for name in (root.get("name"), *(aliases.items if isinstance(aliases, List) else ())):
            if isinstance(name, Text):
                assert catalogue.knows(name.value), name.value


def test_no_name_of_the_catalogue_is_a_misspelling_of_another() -> None:
    keys = Catalogue(Folders(), Diagnostics()).keys()
    near = Misspellings(keys)
    assert not [key for key in keys if near.find(key)]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("fire hydrnats", "fire-hydrants"),
        ("bulgarain splt squat", "bulgarian-split-squat"),
        ("hip hinge", ""),
        ("ruck", ""),
        ("side bend", ""),
    ],
)
def test_one_letter_off_is_misspelt(name: str, meant: str) -> None:
    near = Misspellings(["fire-hydrants", "bulgarian-split-squat", "run", "hip-hike", "side-band"])
    assert near.find(name) == ((meant,) if meant else ())


def test_signs_make_another_spelling() -> None:
    assert make_spelling("Fire-Hydrants") == make_spelling("fire hydrant")
    assert make_spelling("über") != make_spelling("uber")


def test_a_note_is_kept_and_not_spoken() -> None:
    request = read("- plank: 20s\n- note: Film this.\n- note Or not.\n- plank: 30s\n")
    assert request.routine.items[1:3] == (
        Announcement("Film this.", spoken=False),
        Announcement("Or not.", spoken=False),
    )
    assert "note: Film this." in dump_routine(request.routine)
    script = compile_routine(request.routine, load_phrases("en"))
    assert "Film" not in repr(script)
