"""Bouts: the work spans of a workout, each one set of an exercise on one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.compiler import timing
from audioworkout.errors import UsageError
from audioworkout.model.exercise import Exercise, Kit, Prescription, SetSpec, Side
from audioworkout.model.items import works_in
from audioworkout.model.kit import combine_kit, needed_kit
from audioworkout.model.routine import Block, How, Item, SourceSpan, Work
from audioworkout.units import Ms


class IntervalError(UsageError):
    """The work of an interval does not fit into it.

    Attributes:
        place: Where that work was written; None where nobody knows.
    """

    def __init__(self, message: str, hint: str, place: SourceSpan | None) -> None:
        super().__init__(message, hint)
        self.place = place


Stage = Literal["warm-up", "main", "cool-down"]
"""The part of a workout that a bout belongs to."""


class BlockRound(NamedTuple):
    """One round of a block: which of how many."""

    block: Block
    round: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Bout:
    """One work span with its pulses: one set of an exercise, on one side.

    `prescription` is final (level applied) and that of this set and side. `side` is None without
    sides and where they alternate. `set` counts from 1; `round` is None outside blocks and
    repeated routines.
    """

    exercise: Exercise
    prescription: Prescription
    side: Side | None = None
    set: int = 1
    sets: int = 1
    part: int = 0
    parts: int = 0
    """Its place within the set where that is a cluster or a drop set; 0 of 0 where it is whole."""
    side_turn: int = 0
    """Which turn of its exercise it is, from 1, where the sides take turns; else 0."""
    lighter: bool = False
    """A part of a drop set, done with less weight than the part before."""
    listed: tuple[SetSpec, ...] = ()
    """Every set of this exercise where they differ, for announcing them together."""
    entry: int = 0
    """Its number in that list, from 1."""
    round: int | None = None
    rounds: int | None = None
    turns: tuple[BlockRound, ...] = ()
    """The rounds of the blocks it stands in, the outermost first."""
    tasks: tuple[Item, ...] = ()
    """What is done in it at the listener's own pace, where that is more than one exercise's set:
    its `exercise` has then no key, unless there is only one."""
    stage: Stage = "main"
    place: SourceSpan | None = field(default=None, compare=False, repr=False)
    """Where it was written, for messages."""

    @property
    def pulses(self) -> int:
        """How many pulses finish it."""
        return self.prescription.finisher.pulses if self.prescription.finisher else 0

    @property
    def kit(self) -> tuple[Kit, ...]:
        """What is needed for it: by all of its tasks, or by its exercise and load."""
        works = self.works or (Work(self.exercise, self.prescription),)
        return combine_kit(
            kit for work in works for kit in needed_kit(work.exercise, work.prescription)
        )

    @property
    def works(self) -> tuple[Work, ...]:
        """The exercises that are done in it, with their amounts; empty for a usual set."""
        return tuple(works_in(self.tasks))


class PlannedBout(NamedTuple):
    """A bout before the pauses are final; `pause` None: the default between it and the last."""

    bout: Bout
    pause: Ms | None = None
    base: Ms | None = None
    """What a default pause starts from, where it is not that between sets or exercises."""
    fixed: bool = False
    """The pause is no rest to be fitted: it follows from a clock (Tabata, EMOM), or lies within
    the warm-up or the cool-down."""


def bout_length(bout: Bout, how: How) -> Ms:
    """Length of a bout: its work span and its pulses span."""
    return timing.work_length(bout.exercise, bout.prescription, how) + timing.pulses_length(
        bout.prescription, how
    )


def rest_between_sets(how: How) -> Ms:
    """The rest between two sets of an exercise: the one asked for, or the default at the level."""
    asked = how.rests.sets
    return timing.default_rest(timing.BETWEEN_SETS, 0, how) if asked is None else asked
