"""One line of the notation for sets that a source tells one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from audioworkout.notation import (
    Group,
    NotationError,
    PartialPrescription,
    format_line,
    parse_line,
)
from audioworkout.units import Ms


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
