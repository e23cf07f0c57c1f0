"""What people write in each language: the words of prescriptions, headings, keys and values.

A module for each language but English, with tables of the same names; `load_written` chooses one.
They hold data alone: `notation.vocabulary` reads lines with them. Of English, whose words are the
notation's own, only the `COMMON` ones stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

WRITTEN = ("de", "es", "fr")
"""The languages that have such a module."""


class WrittenWords(Protocol):
    """The tables of one language.

    In all but `NUMBERS` the English word comes first, then what stands for it in this language,
    `|` between several. A `#` is a number.
    """

    NUMBERS: Mapping[str, int]
    """Words for whole numbers."""
    ONES: tuple[str, ...]
    """Articles that are a one before a unit."""
    COMMON: str
    """Frequent words, a blank between them, that tell this language from others."""
    UNITS: Mapping[str, str]
    """Nouns behind a number or a word like `each`: they are replaced first, so that `PHRASES` are
    written with one word for each."""
    PHRASES: Mapping[str, str]
    """Words and phrases of prescription lines; an empty English text drops them."""
    LINES: Mapping[str, str]
    """What our own lines (`notation.format_line`) are written as, one text for each: the way back
    from English. A `#` is a number with its unit, or a range of them."""
    HEADINGS: Mapping[str, str]
    """Words of headings of blocks, besides `PHRASES`."""
    KEYS: Mapping[str, str]
    """Keys of a routine, of its blocks and items."""
    VALUES: Mapping[str, str]
    """Words that are the whole value of a key."""


NEUTRAL = (
    "x s sec min h m km kg cm rep reps max rm level cadence rpe rir amrap emom tabata superset"
)
"""Words that are written in every language, a blank between them."""


def load_common_words(code: str) -> frozenset[str]:
    """The frequent words of a language: of `WRITTEN`, or `en`."""
    words: str = import_module(f"audioworkout.languages.written.{code}").COMMON
    return frozenset(words.split())


def load_written(code: str) -> WrittenWords:
    """The tables of a language of `WRITTEN`; imported when they are first wanted."""
    return cast(WrittenWords, import_module(f"audioworkout.languages.written.{code}"))
