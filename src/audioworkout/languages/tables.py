"""The types of the tables that every language fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol


class NormalizationTable(NamedTuple):
    """What signs are called in one language.

    `times` stands between two numbers, `often` after one. `units` gives for each unit the words for
    exactly one of it, and for any other number: a prime and a double one are feet and inches in
    English, minutes and seconds elsewhere. `rates` are the nouns that may follow a slash, as in `12
    reps/side`. `signs` are replaced wherever they stand, `shorts` (abbreviations, lower case) where
    they are a word; `single` gives the singular of what an abbreviation stands for. `point` divides
    decimals, and where thousands are `spaced` a space groups figures.
    """

    to: str
    times: str
    often: str
    out_of: str
    per: str
    either: str
    with_half: str
    point: str
    units: Mapping[str, tuple[str, str]]
    rates: Mapping[str, str]
    fractions: Mapping[str, str]
    signs: Mapping[str, str]
    shorts: Mapping[str, str]
    single: Mapping[str, str]
    spaced: bool


class Language(Protocol):
    """What the module of a language holds: what is said, how numbers and lists are made."""

    PHRASES: Mapping[str, str]
    """Templates of everything that is spoken, by key."""
    DECIMAL: str
    """What stands between whole numbers and decimals in words."""
    DISCLAIMER: str
    ID3_CODE: bytes
    ESPEAK_VOICE: tuple[str, str]
    number: Callable[[int], str]
    counted: Callable[[int, str], str]
    singular: Callable[[float], bool]
    listed: Callable[[Sequence[str]], str]
    plural: Callable[[str, int], str]
