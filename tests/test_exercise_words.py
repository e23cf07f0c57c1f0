"""Exercise files in German, Spanish and French: what `show` writes is read as the same exercise."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from audioworkout import api
from audioworkout.languages.exercise_files import CHOICES, load_exercise_words
from audioworkout.languages.written import WRITTEN
from audioworkout.model.exercise import Exercise
from audioworkout.model.items import exercises_in
from audioworkout.model.request import Flags, RoutineText
from audioworkout.names import make_key
from audioworkout.preparing import examine_file, prepare_routine, show_long_form
from audioworkout.reading import Folders
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.dump import dump_exercise
from audioworkout.reading.exercise_words import translate_exercise
from audioworkout.reading.fields import CATEGORIES, EXERCISE, KITS
from audioworkout.reading.nodes import Map, key_of
from audioworkout.reading.source import read_text
from audioworkout.reading.yaml_text import parse_yaml

NAMES = ("easier", "harder", "without_kit", "counted")


@cache
def catalogue_in(language: str) -> Catalogue:
    return Catalogue(Folders(), Diagnostics(), language)


def read_back(text: str, language: str) -> Exercise:
    """The exercise of a file in a language, read as a user's own."""
    page, text = read_text("own.yaml", text)
    root = translate_exercise(parse_yaml(page, text))
    diagnostics = Diagnostics()
    from audioworkout.reading.exercises import read_exercise

    found = read_exercise("own", root, diagnostics, language, own=True)
    diagnostics.finish()
    assert found is not None
    return found


def without_keys(exercise: Exercise) -> Exercise:
    """An exercise whose neighbours are keys again, and that lacks what a file does not hold."""
    catalogue = catalogue_in("de")
    keys = {}
    for field in NAMES:
        name = getattr(exercise, field)
        entry = catalogue.entry(name) if name else None
        keys[field] = entry.key if entry else name
    return exercise._replace(key="", **keys)


@pytest.mark.parametrize("language", WRITTEN)
def test_every_exercise_reads_back(language: str) -> None:
    catalogue = catalogue_in(language)
    differing = [
        exercise.key
        for exercise in catalogue.all()
        if without_keys(read_back(dump_exercise(exercise, language, Folders()), language))
        != without_keys(exercise)
    ]
    assert differing == []


@pytest.mark.parametrize("language", WRITTEN)
def test_a_shown_exercise_has_no_english_key(language: str) -> None:
    text = show_long_form("curtsy-lunge", Flags(language=language), Folders())
    keys = re.findall(r"^ *([^\W\d][\w -]*):", text, re.M)
    english = {field.name for field in EXERCISE} | {"effort", "return"}
    assert len(keys) > 15
    assert {key for key in keys if key.replace(" ", "_") in english} <= {
        "effort",
        "muscles",
        "position",
    }


@pytest.mark.parametrize("language", WRITTEN)
def test_every_key_value_and_kit_has_words(language: str) -> None:
    words = load_exercise_words(language)
    named = {field.name for field in EXERCISE} | {"with effort", "on return"}
    assert set(words.KEYS) == named
    assert set(words.VALUES) == {*CHOICES, "muscles"}
    assert set(words.VALUES["category"]) == set(CATEGORIES)
    assert set(words.KIT) >= set(KITS)
    muscles = {one for each in catalogue_in("en").all() for one in each.muscles}
    assert set(words.VALUES["muscles"]) == muscles


@pytest.mark.parametrize("language", WRITTEN)
def test_words_of_a_table_mean_one_thing(language: str) -> None:
    words = load_exercise_words(language)
    keys = {meant: one for meant, one in words.KEYS.items() if meant not in BREATH}
    for table in (keys, words.KIT, *words.VALUES.values()):
        # The plural of a thing may be its singular.
        spelt = [{make_key(one) for one in written.split("|")} for written in table.values()]
        assert sum(map(len, spelt)) == len(set().union(*spelt)), table


BREATH = ("with effort", "on return")


def test_a_shown_exercise_can_be_built(tmp_path: Path) -> None:
    path = tmp_path / "Seitstütz.yaml"
    path.write_text(show_long_form("side-plank", Flags(language="de"), Folders()), "utf-8")
    found = examine_file(str(path), Folders())
    assert found.findings == ()
    assert found.request is not None
    assert found.request.routine.language == "de"


def test_an_exercise_file_in_spanish_is_found_in_the_users_folder(tmp_path: Path) -> None:
    (tmp_path / "puente.yaml").write_text(
        "nombre: Puente de la abuela\npor defecto: 3x12, descanso 30 s\nposición: boca arriba\n"
        "material: [esterilla, banda si quieres]\ntécnica: Sube despacio.\n",
        "utf-8",
    )
    request = prepare_routine(
        RoutineText("ejercicios: [puente de la abuela]"), Flags(), Folders(tmp_path)
    )
    (exercise,) = exercises_in(request.routine.items)
    assert (exercise.position, [kit.key for kit in exercise.kit]) == ("back", ["mat", "band"])
    assert exercise.prescription.sets == 3
    assert exercise.cues.form == ("Sube despacio.",)


@pytest.mark.parametrize(
    ("language", "line"),
    [("de", "Geräte: Matte, Kurzhanteln"), ("es", "material: mancuernas y colchoneta"),
     ("fr", "matériel: [tapis, haltères]")],
)  # fmt: skip
def test_equipment_is_named_in_the_language(language: str, line: str) -> None:
    if language == "es":
        line = "material: [mancuernas, colchoneta]"
    item = {"de": "Übungen: [Klimmzüge, Crunches]", "es": "ejercicios: [dominadas, crunch]"}
    text = f"{line}\n{item.get(language, 'exercices: [tractions, crunchs]')}"
    request = prepare_routine(RoutineText(text), Flags(), Folders())
    kit = {one.key for each in exercises_in(request.routine.items) for one in each.kit}
    assert "pull-up-bar" not in kit


def test_definitions_in_a_routine_have_keys_of_its_language() -> None:
    text = """
Übungen:
  - Turmspringen: 2 Sätze
Eigene Übungen:
  Turmspringen:
    Standard: 8 Wdh. je Seite
    Lage: Rückenlage
    Technik: Bleib lang.
"""
    studio = api.make_studio()
    workout = api.read_workout(RoutineText(text), Flags(engine="ruler"), studio)
    (exercise,) = exercises_in(workout.routine.items)
    assert exercise.position == "back"
    assert exercise.cues.form == ("Bleib lang.",)


def test_keys_keep_their_place_for_messages() -> None:
    page, text = read_text("x.yaml", "Name: X\nStandard: 10\nMuskeln: [Gesäß]\n")
    root = translate_exercise(parse_yaml(page, text))
    assert isinstance(root, Map)
    assert [(key_of(key), key.line) for key, _ in root.pairs] == [
        ("name", 1),
        ("default", 2),
        ("muscles", 3),
    ]
