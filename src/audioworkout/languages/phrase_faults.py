"""Checks a user's own sentences against the ones they replace.

A file of theirs maps keys to sentences (docs/languages.md lists them all). `reading` finds the file
and the place of each fault; what counts as a fault is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import NamedTuple

from audioworkout.languages import LANGUAGES
from audioworkout.languages.en import PHRASES
from audioworkout.names import did_you_mean, join_choices

_KIT = re.compile(r"kit\.[a-z0-9]+(?:-[a-z0-9]+)*\.(?:one|other)")
"""Kit may be added, because the user's own exercises may need it."""


class PhraseFault(NamedTuple):
    """What is wrong with the sentence of one key, and what would work."""

    key: str
    message: str
    hint: str = ""


def blanks_of(template: str) -> frozenset[str]:
    """The blanks of a sentence: `{n} of {m}` has n and m.

    Raises:
        ValueError: A brace is left open, or a blank is more than a name.
    """
    found = set()
    for _, blank, form, conversion in Formatter().parse(template):
        if blank is None:
            continue
        if form or conversion or not blank.isidentifier():
            raise ValueError(f"`{{{blank}}}` is no blank")
        found.add(blank)
    return frozenset(found)


def blanks_offered(key: str) -> frozenset[str]:
    """The blanks that a sentence may have: those of the English one.

    The singular may always say its number: some languages need it there.
    """
    if key in PHRASES and not key.endswith(".one"):
        return blanks_of(PHRASES[key]) | _SPARE.get(key, frozenset())
    return frozenset({"n"})


_SPARE = {"switch": frozenset({"way"}), "switch.over": frozenset({"way"})}
"""Blanks that are filled too where the English sentence has no use for them."""


def find_faults(language: str, own: Mapping[object, object]) -> tuple[PhraseFault, ...]:
    """Find everything wrong with a user's own sentences for `language`, in their order.

    If there is none, `own` can be given to `load_phrases`.
    """
    if language not in LANGUAGES:
        return (_unknown_language(language),)
    return tuple(
        fault for key, text in own.items() for fault in _faults_of_key(str(key), text, own)
    )


def _unknown_language(language: str) -> PhraseFault:
    known = join_choices(LANGUAGES)
    return PhraseFault(
        "", f"there are no sentences in a language `{language}`", f"Known are {known}."
    )


def _faults_of_key(key: str, text: object, own: Mapping[object, object]) -> Iterator[PhraseFault]:
    if key not in PHRASES and not _KIT.fullmatch(key):
        guess = did_you_mean(key, PHRASES)
        yield PhraseFault(key, f"there is no sentence `{key}`", _ask_sentence(guess) or _ALL_KEYS)
        return
    if not isinstance(text, str):
        yield PhraseFault(key, f"`{key}` must be a sentence", "Put it in quotation marks.")
        return
    if not any(character.isalnum() for character in text):
        yield PhraseFault(
            key, f"`{key}` is empty", "`coaching: off` leaves out what need not be said."
        )
        return
    yield from _blank_faults(key, text)
    if key not in PHRASES and (other := _partner_key(key)) not in own:
        yield PhraseFault(
            key, f"`{key}` needs `{other}` beside it", "One thing, and several of it."
        )


_ALL_KEYS = "docs/languages.md lists them all."


def _ask_sentence(question: str) -> str:
    return question[:1].upper() + question[1:]


def _partner_key(key: str) -> str:
    """The other form of a thing to have at hand."""
    name, _, form = key.rpartition(".")
    return f"{name}.{'other' if form == 'one' else 'one'}"


def _blank_faults(key: str, text: str) -> Iterator[PhraseFault]:
    may = sorted(blanks_offered(key))
    these = " and ".join(f"`{{{blank}}}`" for blank in may)
    hint = f"It may have {these}." if may else "It has no blanks."
    try:
        blanks = blanks_of(text)
    except ValueError:
        yield PhraseFault(key, f"`{key}` has a brace that belongs to no blank", hint)
        return
    for blank in sorted(blanks - set(may)):
        yield PhraseFault(key, f"`{key}` has no blank `{{{blank}}}`", hint)
