"""The words of exercise files in each language: keys, the words of their values, and kit.

A module for each language but English, with tables of the same names. They hold data alone:
`reading.exercise_words` reads and writes files with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

CHOICES = ("category", "position", "starts", "effort", "limb", "timed", "travels")
"""Keys whose value is one of a few words."""


class ExerciseWords(Protocol):
    """The tables of one language.

    The English word comes first, then what stands for it, `|` between several; the first of them
    is what is written.
    """

    KEYS: Mapping[str, str]
    """Keys of an exercise, with the two parts of `breathing` (`with effort`, `on return`)."""
    VALUES: Mapping[str, Mapping[str, str]]
    """The words of values, by their key: those of `CHOICES`, and `muscles`."""
    KIT: Mapping[str, str]
    """Kit: one of it first, then several."""
    OPTIONAL: str
    """What follows kit that may be left out."""


def load_exercise_words(code: str) -> ExerciseWords:
    """The tables of a language of `WRITTEN`; imported when they are first wanted."""
    return cast(ExerciseWords, import_module(f"audioworkout.languages.exercise_files.{code}"))
