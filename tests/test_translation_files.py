"""Finding exercises by their names in other languages, and reading their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.reading.catalogue import Catalogue, Folders
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.nodes import Map
from audioworkout.reading.translations import Translations

GERMAN = """# German
plank:
  name: Unterarmstütz
  aliases: [Brett, Skipping]
  breathing: Atme ruhig weiter.
push-up:
  name: Liegestütz
  aliases:
    - Liegestütze
  form: [Ellbogen nah am Körper.]
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A small home with two exercises that have German words, and one that has none."""
    catalogue = tmp_path / "catalogue"
    (catalogue / "languages").mkdir(parents=True)
    for key, default in (("plank", "hold 30s"), ("push-up", "10"), ("rope-skipping", "60s")):
        aliases = "aliases: [skipping]\n" if key == "rope-skipping" else ""
        text = f"name: {key.title()}\n{aliases}default: {default}\nform: [Slowly.]\n"
        (catalogue / f"{key}.yaml").write_text(text, encoding="utf-8")
    (catalogue / "languages" / "de.yaml").write_text(GERMAN, encoding="utf-8")
    return Folders(home=tmp_path)


def catalogue(folders: Folders, language: str) -> Catalogue:
    return Catalogue(folders, Diagnostics(), language)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("name", ["Liegestütze", "liegestutz", "push up"])
def test_a_name_of_any_language_is_understood_in_every_routine(folders, language, name):
    found = catalogue(folders, language).named(name)
    assert found is not None
    assert found.key == "push-up"
    assert catalogue(folders, language).knows(name)


@pytest.mark.parametrize(
    ("language", "key"), [("de", "plank"), ("en", "rope-skipping"), ("fr", "rope-skipping")]
)
def test_of_two_the_language_of_the_routine_wins_then_english(folders, language, key):
    found = catalogue(folders, language).named("skipping")
    assert found is not None
    assert found.key == key


def test_the_words_are_those_of_the_language(folders):
    plank = catalogue(folders, "de").named("plank")
    assert plank is not None
    assert (plank.name, plank.cues.form) == ("Unterarmstütz", ())
    assert plank.cues.breathing == ("Atme ruhig weiter.",)
    skipping = catalogue(folders, "de").named("rope skipping")
    assert skipping is not None
    assert (skipping.name, skipping.cues.form) == ("Rope-Skipping", ())


def test_a_misspelt_name_is_looked_for_in_the_language_of_the_routine(folders):
    assert catalogue(folders, "de").misspelt("Unterarmstürz") == ("Unterarmstütz",)


def test_an_entry_tells_the_line_it_stands_in(folders):
    words = Translations(folders.translations("de"), None)
    assert words.keys == ("plank", "push-up")
    entry = words.find_words("push-up")
    assert isinstance(entry, Map)
    assert [key.line for key, _ in entry.pairs] == [7, 8, 10]
    assert words.find_words("sit-up") is None


def test_a_language_without_a_file_has_no_words(folders):
    assert Translations(folders.translations("fr"), None).keys == ()
