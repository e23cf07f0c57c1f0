"""What is written in each language: lines, headings, keys and values, each compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from audioworkout.languages.written import WRITTEN, load_written
from audioworkout.notation import Vocabulary, fold_letters

ITEM_LISTS = ("warm_up", "exercises", "cool_down")
"""Keys of a routine that hold items."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=len(WRITTEN) + 1)  # English is asked for too
def load_vocabulary(language: str) -> Vocabulary | None:
    """The words of prescription lines in a language; None for English, which needs none."""
    if language not in WRITTEN:
        return None
    tables = load_written(language)
    return Vocabulary(tables.NUMBERS, tables.UNITS, tables.PHRASES, tables.ONES)


@lru_cache(maxsize=len(WRITTEN))
def load_headings(language: str) -> Vocabulary:
    """The words of a language's headings of blocks."""
    vocabulary = load_vocabulary(language)
    assert vocabulary is not None, "English has no vocabulary"
    return vocabulary.extend(load_written(language).HEADINGS)


@lru_cache(maxsize=len(WRITTEN))
def load_keys(language: str) -> dict[str, str]:
    """English keys by those of a language, as `fold_key` makes them."""
    return _invert_table(load_written(language).KEYS)


@lru_cache(maxsize=len(WRITTEN))
def load_values(language: str) -> dict[str, str]:
    """English words by those that are the whole value of a key in a language."""
    return _invert_table(load_written(language).VALUES)


@lru_cache(maxsize=1)
def load_item_keys() -> dict[str, frozenset[str]]:
    """How each of `ITEM_LISTS` is called in any language, as `fold_key` makes it."""
    return {
        key: frozenset(
            (
                fold_key(key),
                *(fold_key(one) for code in WRITTEN for one in _split_key_words(key, code)),
            )
        )
        for key in ITEM_LISTS
    }


@lru_cache(maxsize=len(WRITTEN))
def load_words(language: str) -> frozenset[str]:
    """Every word of a language's tables in lower case, with its accents and without."""
    tables = load_written(language)
    texts = [*tables.NUMBERS, tables.COMMON]
    for table in (tables.UNITS, tables.PHRASES, tables.HEADINGS, tables.KEYS):
        texts += table.values()
    written = " ".join(texts).casefold()
    found = _WORD.findall(f"{written} {fold_letters(written)}")
    return frozenset(word for word in found if len(word) > 1)


def fold_key(text: str) -> str:
    """A key in plain letters, without case, hyphens and underscores."""
    return " ".join(fold_letters(text).replace("-", " ").replace("_", " ").split())


def first_spellings(table: Mapping[str, str]) -> dict[str, str]:
    """English words and what is written for them first."""
    return {meant: written.split("|")[0] for meant, written in table.items()}


def _split_key_words(key: str, language: str) -> list[str]:
    return load_written(language).KEYS[key].split("|")


def _invert_table(table: Mapping[str, str]) -> dict[str, str]:
    return {fold_key(one): meant for meant, written in table.items() for one in written.split("|")}
