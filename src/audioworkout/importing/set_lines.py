"""One line of the notation for sets that a source tells one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from audioworkout.importing.plain_form import plain_tokens
from audioworkout.importing.rules import ImportLanguage
from audioworkout.notation import (
    Group,
    NotationError,
    PartialPrescription,
    format_line,
    parse_line,
)
from audioworkout.units import Ms

_LOAD = r"(?P<load>\+?\d+(?:\.\d+)? ?(?:kg|lb|%))(?: of)?(?: 1 ?rm| max)?"
_REPS = r"(?P<reps>\d{1,3}(?:-\d{1,3})?)(?: ?(?:reps|times))?(?P<more> ?\+(?: ?(?:amrap|max))?)?"
_SETS = r"(?:(?P<sets>\d{1,2}) ?(?:sets)? ?(?:x|of) ?)?"
_LOADED_SET = (
    re.compile(rf"{_LOAD} ?(?:x|/|for|:)? ?{_SETS}{_REPS}"),
    re.compile(rf"{_SETS}{_REPS} ?(?:@|x|/|\(|at|with)? ?{_LOAD}\)?"),
)
"""A set as people write it, in plain form: `60kg x 5`, `12 reps @ 135lb`, `3 x 5 at 75 %`."""


def find_loaded_sets(text: str, language: ImportLanguage) -> list[str]:
    """The sets that a text tells with their loads, each in the notation; none of any other text.

    >>> from audioworkout.importing.rules import load_import_language
    >>> find_loaded_sets("60 kg × 5, 75% x 3+", load_import_language("en"))
    ['5 @ 60kg', '3+ @ 75%']
    """
    if "%" not in text and not any(map(str.isalpha, text)):
        return []
    plain = " ".join(token.plain for token in plain_tokens(text.rstrip(" .;,"), language))
    found = []
    for part in re.split(r" ?[,;] ", plain):
        match = next((one for form in _LOADED_SET if (one := form.fullmatch(part.strip()))), None)
        if match is None:
            return []
        sets = f"{match['sets']}x" if match["sets"] else ""
        more = "+" if match["more"] else ""
        found.append(f"{sets}{match['reps']}{more} @ {match['load'].replace(' ', '')}")
    return found


def join_told_sets(sets: Sequence[str]) -> str:
    """One line of sets in the notation; empty where one of them does not read."""
    read = [read_set(one) for one in sets]
    return join_sets([one for one in read if one is not None]) if all(read) else ""


@lru_cache(maxsize=1024)  # a log says the same again and again
def read_set(text: str) -> PartialPrescription | None:
    """A set as the notation reads it, `8 @ 60kg`, `3x5 80%`; None where it does not.

    A load and an effort stand beside the amount that they are of, for other sets may have others.
    """
    try:
        read = parse_line(text)
    except NotationError:
        return None
    if len(read.groups) != 1 or len(read.groups[0].entries) != 1:
        return None
    entry = read.groups[0].entries[0]
    entry = entry._replace(load=read.load or entry.load, effort=read.effort or entry.effort)
    group = read.groups[0]._replace(entries=(entry,))
    return PartialPrescription(groups=(group,), window=read.window)


def join_sets(sets: Sequence[PartialPrescription], rest: Ms | None = None) -> str:
    """The line of sets in their order, with the rest between them; empty of no sets.

    >>> join_sets([read_set("8 @ 60kg"), read_set("8 @ 60kg"), read_set("60 kg x 6")])
    '2x8 @ 60kg, 1x6 @ 60kg'
    """
    groups = [group for one in sets for group in one.groups]
    if not groups:
        return ""
    runs = [
        Group(entries, sum(one.times or 1 for one in same))
        for entries, same in groupby(groups, key=lambda one: one.entries)
    ]
    if all(run.times == 1 for run in runs):
        runs = [Group(tuple(entry for run in runs for entry in run.entries))]
    windows = {one.window for one in sets}
    return format_line(
        PartialPrescription(
            groups=tuple(runs),
            window=windows.pop() if len(windows) == 1 else None,
            rest=rest,
        )
    )
