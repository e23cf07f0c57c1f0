"""Doubts about what the source says and no rule has read: figures and words of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from audioworkout.importing.facts import SentenceFacts
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import BlockEntry, Doubt, Item, LineRole, SourceWorkout, Trace
from audioworkout.importing.rows import HEAD_OF_TABLE, OF_TABLE

FARTHEST = 8
"""Lines below what an item was read from, in which something may still be said of it."""
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w:/%°]|[.,]\d)")
"""A figure that may be an amount: no year, no price, no part of a name."""
_LABEL_NUMBER = re.compile(r"^\W*[^\W\d_]+\W{0,3}\d{1,2}(?!\d)")
"""`Circuit 2`, `Exercise 3`"""
_FIELDS = (
    ("rest_rounds", r"rest.*(?:rounds|circuit)|(?:rounds|circuit).*rest"),
    ("rest", r"rest"),
    ("rounds", r"rounds|circuit|tabata|amrap|emom"),
    ("sets", r"sets"),
    ("sides", r"per (?:side|leg|arm)|other (?:side|leg|arm)|switch|alternating"),
    ("tempo", r"tempo"),
    ("load", r"\d(?:kg|lb)\b"),
    ("amount", r"reps|times|\d ?(?:s|min)\b|hold|max"),
)
"""Of which field a sentence in plain form speaks."""
_READ: frozenset[LineRole] = frozenset(
    {"exercise", "amount", "rest", "page", "description", "block", "section", "left out"}
)
_STRUCTURE = frozenset({"rounds", "rest_rounds"})
"""Fields of more than one exercise, wherever they are told."""
_OF_ALL = frozenset({"rest_rounds", "rest", "rounds", "sets"})
"""What a sentence outside exercises may tell of all of them."""
_RELATED = {
    "rest_rounds": {"rest_rounds", "rest"},
    "rounds": {"rounds", "rest_rounds"},
    "amount": {"amount", "sets"},
}
"""A doubt about a field says as much about these."""


def doubt_unread(
    workouts: Sequence[SourceWorkout], traces: Sequence[Trace], names: NameFinder
) -> None:
    """Mark the fields that sentences speak of which no rule has read, or nothing has used.

    Below an exercise the doubt is the exercise's; above the first one it is the workout's.
    """
    owners = dict(_owners_of(workouts))
    workout: SourceWorkout | None = workouts[0] if workouts else None
    item: Item | None = None
    for trace in traces:
        if trace.line in owners:
            workout, item = owners[trace.line]
        if trace.role in ("day", "section", "block"):
            item = None
        if trace.role not in _READ or trace.note.endswith("beside the workout"):
            continue
        if trace.note.startswith((OF_TABLE, HEAD_OF_TABLE)):
            continue
        if item is not None and trace.line > item.evidence[-1].line + FARTHEST:
            continue
        for told in names.facts_of_line(trace.text):
            for field in unread_fields(told, trace.role):
                reason = (
                    f'not all is understood of "{_shorten_quote(told.source)}" in line {trace.line}'
                )
                own = item is not None and field not in _STRUCTURE
                targets = [item.doubts] if item and own else [workout.doubts] if workout else []
                if own and field == "rest" and workout and _is_in_block(workout, item):
                    targets.append(workout.doubts)
                for target, one in product(targets, sorted(_RELATED.get(field, {field}))):
                    if not any(doubt.field == one for doubt in target):
                        target.append(Doubt(one, reason))


def _is_in_block(workout: SourceWorkout, item: Item | None) -> bool:
    return any(
        one is item
        for entries in workout.sections.values()
        for entry in entries
        if isinstance(entry, BlockEntry)
        for one in entry.entries
    )


def unread_fields(told: SentenceFacts, role: LineRole) -> Iterator[str]:
    """The fields that a sentence speaks of, where a figure of it was not read or not used."""
    if told.not_now:
        return
    unused = role == "left out" and bool(told.facts)
    left = _LABEL_NUMBER.sub("", told.left) if role in ("block", "exercise") else told.left
    unread = bool(_NUMBER.search(left))
    if not (unused or unread):
        return
    for field, pattern in _FIELDS:
        if re.search(pattern, told.text) and (role != "left out" or field in _OF_ALL):
            yield field


def _owners_of(
    workouts: Sequence[SourceWorkout],
) -> Iterator[tuple[int, tuple[SourceWorkout, Item]]]:
    for workout in workouts:
        for item in workout.items():
            yield item.line, (workout, item)


def _shorten_quote(text: str) -> str:
    return text if len(text) <= 48 else f"{text[:47].rstrip()}…"
