"""A line of the notation beside the exercise it is about: what is known, and what is told."""

from __future__ import annotations

from audioworkout.model.exercise import (
    Amount,
    BreathPhases,
    Breaths,
    Exercise,
    Prescription,
    Reps,
    Steps,
)
from audioworkout.notation import Entry, Group, PartialPrescription
from audioworkout.units import Ms

Remark = tuple[str, str]
"""A message and a hint."""


class LineResolution:
    """One line and its exercise. The attributes begin as the line has them and are then settled.

    Attributes:
        partial: What the line says.
        exercise: What is done.
        default: Its default prescription, as the workout changes it.
        breath: Length of a calm breath where the line has no phases (ms).
        between: What is done in the rests, if the line names it.
        by_side: Amounts for left and right, where they differ.
        is_doubled: `each direction` asks for every set twice, one each way.
        warnings: What was taken one way and could have been meant in another.
        errors: What the line and the exercise contradict each other in.
    """

    def __init__(
        self,
        partial: PartialPrescription,
        exercise: Exercise,
        default: Prescription,
        breath: Ms,
        between: Exercise | None,
    ) -> None:
        self.partial = partial
        self.exercise = exercise
        self.default = default
        self.breath = breath
        self.between = between
        self.warnings: list[Remark] = []
        self.errors: list[Remark] = []
        self.rest = partial.rest
        self.rest_within = partial.rest_within
        self.effort = partial.effort
        self.notes = partial.notes
        self.pause_top = partial.pause_top
        self.every = partial.every
        self.phases = partial.phases
        self.by_side: tuple[Amount, Amount] | None = None
        self.order: str | None = partial.order
        self.first = partial.first
        self.groups = partial.groups
        self.window = partial.window
        self.tempo = default.tempo
        self.is_doubled = bool(partial.directions) and not self.directions_are_sides

    def warn(self, message: str, hint: str) -> None:
        """Tell how something ambiguous was taken."""
        self.warnings.append((message, hint))

    def fail(self, message: str, hint: str) -> None:
        """Tell of a contradiction; the line is resolved to its end all the same."""
        self.errors.append((message, hint))

    def set_single_group(self, entry: Entry, times: int | None) -> None:
        """Make one amount, so many times, the only one of the line."""
        self.groups = (Group((entry,), times),)

    @property
    def is_self_paced(self) -> bool:
        """True for what is run, rowed, ridden or swum."""
        return self.exercise.travels == "own pace"

    @property
    def names_rests(self) -> bool:
        """True if the line has rests as well, so that a time behind `@` is that of the work."""
        partial = self.partial
        return partial.rest is not None or bool(partial.rests) or partial.rest_distance is not None

    @property
    def directions_are_sides(self) -> bool:
        """True if `each way` of what has sides is each side; a circle is drawn both ways round."""
        sided = self.default.sides.order != "together" and self.order is None
        words = self.partial.directions
        return bool(words) and sided and "circle" not in self.exercise.key and "clock" not in words

    @property
    def has_sides(self) -> bool:
        """True if `total` counts both sides."""
        order = self.order or self.default.sides.order
        return order not in ("together", "one")

    @property
    def default_phases(self) -> BreathPhases | None:
        """The phases of a breath that the exercise has of its own."""
        own = self.default.amount
        return own.phases if isinstance(own, Breaths) else None


def is_counted(exercise: Exercise) -> bool:
    """True if the exercise is usually done for a number of reps."""
    return isinstance(exercise.prescription.amount, Reps | Steps)
