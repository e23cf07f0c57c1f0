"""`list`, `show` and `new` in other languages: what they write is read as it was meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from audioworkout.cli import main
from audioworkout.languages import load_phrases
from audioworkout.languages.written import WRITTEN, load_written
from audioworkout.model.request import Flags, RoutineText
from audioworkout.notation import Wording, format_amount, format_line, parse_line
from audioworkout.preparing import examine_file, prepare_routine, show_long_form
from audioworkout.reading import Folders, list_exercises
from audioworkout.reading.amounts import partial_of_prescription
from audioworkout.reading.catalogue import yaml_files
from audioworkout.reading.vocabularies import load_vocabulary

FOLDERS = Folders(user=None)
BUILT_IN = [path.stem for path in yaml_files(FOLDERS.home / "routines")]
ALL_KINDS = (
    "band-lower-body",
    "bodyweight-emom",
    "couch-to-run",
    "dumbbell-push-pull",
    "hip-dips",
    "quiet-room",
    "tabata",
)
"""Routines that have all kinds of blocks and of work between them."""
OTHER_LINES = (
    "8 left, 10 right",
    "4x 50 total in 2 min",
    "3x 20 steps per leg, right first",
    "6 breaths, in 4 hold 7 out 8",
    "10, pause 2s at top",
    "10, pause 2s at bottom, rest 1m30s",
    "12 alternating, in all",
    "3x5+ in 40s",
    "5, 4s negative",
    "5, 2x8kg dumbbells",
    "8, RPE 8, easy",
    "3x10, every 1m30s",
    "left leg only",
    "5 @ 40kg, 5 @ 50kg",
    "3x8, 2 RIR, rest 1 min",
    "3x400 m, in 2 min",
    "2x hold 30s to 1 min",
    "hold 1 min to 2 min",
    "for 40s to 1 min",
    "for 1 min to 2 min",
    '10, "per leg, left first"',
)


@pytest.mark.parametrize("language", WRITTEN)
def test_lines_in_a_language_are_read_as_the_english_ones(language: str) -> None:
    wording, vocabulary = Wording(load_written(language).LINES), load_vocabulary(language)
    exercises, _ = list_exercises(FOLDERS)
    usual = {format_line(partial_of_prescription(each.prescription)) for each in exercises}
    for line in (*sorted(usual), *OTHER_LINES):
        written = wording.write_line(line)
        # Whose sides they are is the exercise's: an alternating leg is told by it alone.
        meant, found = parse_line(line), parse_line(written, vocabulary)
        assert replace(found, limb=None) == replace(meant, limb=None), written


def test_words_in_quotes_are_left_alone() -> None:
    assert (
        Wording(load_written("de").LINES).write_line('10 per leg, "per leg"')
        == '10 pro Bein, "per leg"'
    )


@pytest.mark.parametrize("language", WRITTEN)
def test_routines_in_long_form_are_read_back(language: str) -> None:
    for key in ALL_KINDS:
        meant = prepare_routine(key, Flags(language=language), FOLDERS).routine
        text = show_long_form(key, Flags(language=language), FOLDERS)
        found = prepare_routine(RoutineText(text, name=key), Flags(), FOLDERS)
        assert found.routine == meant, key
        assert found.warnings == (), key


def keys_in(node: object) -> set[str]:
    if isinstance(node, dict):
        return set(node).union(*(keys_in(value) for value in node.values()))
    return set().union(*map(keys_in, node)) if isinstance(node, list) else set()


@pytest.mark.parametrize("language", WRITTEN)
def test_long_forms_have_no_english_keys_and_names(language: str) -> None:
    tables = load_written(language)
    own = {
        one
        for text in (*tables.KEYS.values(), *tables.HEADINGS.values())
        for one in text.split("|")
    }
    exercises, _ = list_exercises(FOLDERS, language)
    names = {each.name for each in exercises}
    kinds = {"tabata", "emom", "repeat", "circuit"}  # so called everywhere
    exercise = tables.KEYS["exercise"].split("|")[0]
    for key in BUILT_IN:
        text = show_long_form(key, Flags(language=language), FOLDERS)
        assert keys_in(yaml.safe_load(text)) <= own | kinds, key
        shown = [line.partition(": ")[2] for line in text.splitlines() if f"- {exercise}: " in line]
        assert shown and set(shown) <= names, key


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.run_program(list(words)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "routine", "exercise"),
    [
        ("de", "Hüfte und Po", "plank  Unterarmstütz  2x 30s bis 45s halten  eine Matte"),
        ("es", "Cadera y glúteos", "plank  Plancha  2x aguantar 30s a 45s  una esterilla"),
        ("fr", "Hanches et fessiers", "plank  Planche  2x tenir 30s à 45s  un tapis"),
    ],
)
def test_lists_are_in_a_language(
    capsys: pytest.CaptureFixture[str], language: str, routine: str, exercise: str
) -> None:
    told = run(capsys, "list", "--language", language)
    lines = [
        "  ".join(filter(None, map(str.strip, line.split("  ")))) for line in told.splitlines()
    ]
    assert exercise in lines
    assert any(line.startswith("hip-dips  ") and routine in line for line in lines)


@pytest.mark.parametrize("language", WRITTEN)
def test_a_starter_is_read_in_its_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    path = tmp_path / "meine beine.yaml"
    assert run(capsys, "new", str(path), "--language", language).strip() == str(path)
    checked = examine_file(str(path), FOLDERS)
    assert checked.findings == ()
    english = tmp_path / "x.yaml"
    run(capsys, "new", str(english))
    meant = prepare_routine(str(english), Flags(language=language), FOLDERS).routine
    assert checked.request is not None
    assert checked.request.routine.language == language
    done = [item for item in checked.request.routine.items if hasattr(item, "exercise")]
    assert done == [item for item in meant.items if hasattr(item, "exercise")]


def test_a_copy_of_a_routine_is_in_its_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "hip.yaml"
    run(capsys, "new", str(path), "--from", "hip-dips", "--language", "de")
    assert "\nTitel: Hüfte und Po\n" in path.read_text(encoding="utf-8")


def test_an_unknown_language_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["list"], ["show", "plank"], ["show", "hip-dips"]):
        assert main.run_program([*command, "--language", "xx"]) == 2
        assert "xx" in capsys.readouterr().err


@pytest.mark.parametrize("language", WRITTEN)
def test_all_kit_has_a_name(language: str) -> None:
    templates = load_phrases(language).templates
    exercises, _ = list_exercises(FOLDERS)
    kit = {each.key for exercise in exercises for each in exercise.kit}
    assert {key for key in kit if f"kit.{key}.one" not in templates} == set()


@pytest.mark.parametrize("language", WRITTEN)
def test_a_usual_distance_in_feet_is_in_round_metres(language: str) -> None:
    request = prepare_routine(RoutineText("- farmers march\n"), Flags(language=language), FOLDERS)
    (work,) = request.routine.items
    assert format_amount(work.prescription.amount) == "20-30 m out and back"
    written = RoutineText("- farmers march: 50 ft out and back\n")
    (work,) = prepare_routine(written, Flags(language=language), FOLDERS).routine.items
    assert format_amount(work.prescription.amount) == "50 ft out and back"
    (work,) = prepare_routine(RoutineText("- farmers march\n"), Flags(), FOLDERS).routine.items
    assert format_amount(work.prescription.amount) == "50-100 ft out and back"
