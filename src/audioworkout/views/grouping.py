"""Groups chapters for players: one for each set, one for each exercise, or none.

More than sixty chapters are hard to navigate on a phone during a workout, and an ID3 tag
counts its chapters in one byte, so there cannot be more than 255.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from audioworkout.model.request import Grouping
from audioworkout.model.script import TITLE_LENGTH, Context
from audioworkout.model.timeline import Mark, Timeline
from audioworkout.text import cut_to_length
from audioworkout.views.screen_words import words_for

CHAPTER_LIMIT = 60
"""Chapters in a file at most."""


def group_chapters(
    timeline: Timeline, by: Grouping = "set", most: int = CHAPTER_LIMIT
) -> tuple[Mark, ...]:
    """The chapters of a timeline as a player is shown them, in order and without gaps.

    Where there would be more than `most`, those of an exercise are put together, if that is still
    too many those of a round, and at last neighbours, as evenly as can be.

    Args:
        timeline: Where the chapters are.
        by: One chapter a set (and side), one an exercise, or none at all.
        most: The greatest number of chapters; at least 1.
    """
    if by == "none":
        return ()
    marks = timeline.chapters
    if by == "exercise" or len(marks) > most:
        marks = tuple(_merge_same_exercise(timeline))
    if len(marks) > most:
        marks = tuple(_by_round(timeline.language, marks))
    if len(marks) > most:
        marks = tuple(_group_by_number(marks, -(-len(marks) // most)))
    return marks


def exercise_numbers(marks: Iterable[Mark]) -> dict[str, int]:
    """The number of each exercise by its key, in order of first appearance, from 1."""
    found: dict[str, int] = {}
    for mark in marks:
        if mark.context.exercise is not None:
            found.setdefault(mark.context.exercise, len(found) + 1)
    return found


def subject(mark: Mark) -> tuple[str | None, str]:
    """What a chapter is about: an exercise, or by its name several at the listener's own pace."""
    return mark.context.exercise, mark.context.name or mark.title


def _merge_same_exercise(timeline: Timeline) -> Iterator[Mark]:
    """Merge consecutive chapters of the same exercise in the same round."""
    numbers = exercise_numbers(timeline.chapters)

    def same(mark: Mark) -> object:
        return (
            mark.context.exercise and (mark.context.exercise, mark.context.round)
        ) or mark.start_ms

    for _, run in groupby(timeline.chapters, same):
        marks = list(run)
        if len(marks) == 1:
            yield marks[0]
            continue
        context = _common_context(marks)
        place = f"{numbers[context.exercise or '']}/{len(numbers)}"
        yield _join_marks(marks, _group_title(timeline.language, place, context), context)


def _group_title(language: str, place: str, context: Context) -> str:
    """`3/10 Curtsy Lunge · Round 1 of 2`, the name cut where the whole would be too long."""
    tail = ""
    if (context.rounds or 1) > 1:
        tail = " · " + words_for(language)["rounds"].format(n=context.round, m=context.rounds)
    name = context.name or (context.exercise or "").replace("-", " ").title()
    return f"{place} {cut_to_length(name, TITLE_LENGTH - len(place) - 1 - len(tail))}{tail}"


def _common_context(marks: Sequence[Mark]) -> Context:
    """The context of several sets: the exercise, without set and side."""
    first = marks[0].context
    sides = {mark.context.side for mark in marks}
    return Context(
        exercise=first.exercise,
        sets=first.sets,
        side=first.side if len(sides) == 1 else None,
        round=first.round,
        rounds=first.rounds,
        name=first.name,
        amount=first.amount,
    )


def _by_round(language: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Merge consecutive chapters of the same round: `Run + Walk · Round 3 of 30`."""

    def same(mark: Mark) -> object:
        several = (mark.context.rounds or 1) > 1
        return (mark.context.round, mark.context.rounds) if several else mark.start_ms

    for _, run in groupby(marks, same):
        inside = list(run)
        context = inside[0].context
        names = list(dict.fromkeys(mark.context.name for mark in inside))
        if len(inside) == 1:
            yield inside[0]
            continue
        tail = " · " + words_for(language)["rounds"].format(n=context.round, m=context.rounds)
        title = cut_to_length(" + ".join(names), TITLE_LENGTH - len(tail)) + tail
        yield _join_marks(inside, title, context)


def _group_by_number(marks: Sequence[Mark], size: int) -> Iterator[Mark]:
    """Merge every `size` neighbours, named after the first."""
    for start in range(0, len(marks), size):
        run = marks[start : start + size]
        more = f" +{len(run) - 1}" if len(run) > 1 else ""
        title = cut_to_length(run[0].title, TITLE_LENGTH - len(more)) + more
        yield _join_marks(run, title, run[0].context)


def _join_marks(marks: Sequence[Mark], title: str, context: Context) -> Mark:
    return Mark(title, marks[0].start_ms, marks[-1].end_ms, context)
