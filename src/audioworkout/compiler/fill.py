"""The middle of a rest: what is said between its first and its last words, and when.

Words that are due (time left, water, how hard it should feel) get a place where there is room.
Where a rest would still be silent for too long, more are added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from audioworkout.compiler import rules
from audioworkout.compiler.coach import AGAIN, Coach
from audioworkout.compiler.marks import Marks
from audioworkout.model.script import Gap, Say
from audioworkout.units import SECOND, Ms, round_to

APART: Ms = 1_500
"""Quiet on either side of what is said in the middle of a rest."""
LEFT_GRID: Ms = 5 * SECOND
"""Time left is told in multiples of this."""
SPOKEN_PERCENT = 75
"""Of the ruler's length of words, what a quick voice takes of it: silence begins that early."""


class RestFiller(NamedTuple):
    """Something to say in the middle of a rest, once there is a place for it."""

    draw: Callable[[], list[Say]]
    """Chooses the words; what it chooses counts as said. No words: nothing new to say."""
    due: bool = True
    """Said wherever there is room; else only against silence."""


class _SilentStretch(NamedTuple):
    """A stretch without words: from the end of some words, by the ruler, to the next."""

    start: Ms
    end: Ms
    spoken: Ms
    """Length of the words before it."""

    @property
    def silent(self) -> Ms:
        """How long nobody speaks if the voice is quick."""
        return self.end - self.start + self.spoken * (100 - SPOKEN_PERCENT) // 100


class _Middle:
    """Keeps account of the marks in the middle of a rest, its gaps and its budget of words."""

    def __init__(self, coach: Coach, between: tuple[Ms, Ms], budget: Ms) -> None:
        self.coach = coach
        self.opening, self.late = between
        self.budget = budget
        self.marks: Marks = {}

    def gaps(self) -> list[_SilentStretch]:
        """The stretches without words, in order."""
        found, start, spoken = [], self.opening, self.opening
        for at in sorted(self.marks):
            found.append(_SilentStretch(start, at, spoken))
            spoken = self.coach.lasts(self.marks[at])
            start = at + spoken
        return [*found, _SilentStretch(start, self.late, spoken)]

    def put_at(self, at: Ms, say: Say) -> bool:
        """Put words at a moment, if there is room around it."""
        needed = self.coach.lasts([say])
        fits = any(
            gap.start + APART <= at and at + needed + APART <= gap.end for gap in self.gaps()
        )
        if not fits or needed > self.budget:
            return False
        self.marks[at] = (say,)
        self.budget -= needed
        return True

    def put_in(self, gap: _SilentStretch, filler: RestFiller) -> bool:
        """Draw words and put them in the middle of a gap, if they fit; else forget the draw."""
        wordings = self.coach.wordings
        remembered = dict(wordings.said)
        words = filler.draw()
        needed = self.coach.lasts(words)
        room = gap.end - gap.start - needed
        if words and room >= 2 * APART and needed <= self.budget:
            self.marks[round_to(gap.start + room // 2, 100)] = tuple(words)
            self.budget -= needed
            return True
        wordings.said = remembered
        return False


def fill_silence(
    coach: Coach,
    pause: Ms,
    between: tuple[Ms, Ms],
    first: tuple[Say | Gap, ...],
    fillers: Sequence[RestFiller],
    budget: Ms,
) -> Marks:
    """Words for the middle of a rest, by when they begin.

    Args:
        coach: Who speaks.
        pause: Length of the rest.
        between: When its first words end, and when its last words begin.
        first: What has its place there in any case, and has room.
        fillers: What there is to say, the most important first.
        budget: How much of it may be words.
    """
    middle = _Middle(coach, between, budget)
    if first:
        room = between[1] - between[0] - coach.lasts(first)
        middle.marks[round_to(between[0] + room // 2, 100)] = first
    if not coach.explains:
        return middle.marks
    if not coach.calm:
        for left in rules.TIME_LEFT_AT:
            if pause - left > between[0]:
                middle.put_at(pause - left, _time_left(coach, left))
    waiting = list(fillers)
    for filler in [one for one in waiting if one.due]:
        widest = max(middle.gaps(), key=lambda gap: gap.end - gap.start)
        if middle.put_in(widest, filler):
            waiting.remove(filler)
    _break_silence(middle, pause, waiting)
    return middle.marks


def _break_silence(middle: _Middle, pause: Ms, fillers: list[RestFiller]) -> None:
    """Add words until no silence is longer than it may be, or nothing has room."""
    while True:
        longest = max(middle.gaps(), key=lambda gap: gap.silent)
        if longest.silent <= rules.MOST_SILENCE:
            return
        for filler in fillers:
            if middle.put_in(longest, filler):
                fillers.remove(filler)
                break
        else:
            if not _tell_time_in(middle, pause, longest):
                return


def _tell_time_in(middle: _Middle, pause: Ms, gap: _SilentStretch) -> bool:
    """Tell the time left near the middle of a gap."""
    left = round_to(pause - (gap.start + gap.end) // 2, LEFT_GRID)
    say = _time_left(middle.coach, left)
    middle.budget = max(middle.budget, middle.coach.lasts([say]))
    return middle.put_at(pause - left, say)


def _time_left(coach: Coach, left: Ms) -> Say:
    duration = coach.phrases.duration(left)
    return coach.vary("rest.left", "rest", yields=AGAIN, duration=duration)
