"""What one prescription line says, part by part, before its exercise is known.

An amount whose meaning only the exercise can settle is kept as it was written: a bare number, a
bare time, a distance, a pair like `30/30`. `reading.prescribe` makes a `Prescription` of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.model.exercise import (
    AmountRange,
    BreathPhases,
    Breaths,
    Carry,
    DistanceUnit,
    Effort,
    Finisher,
    Hold,
    Load,
    Open,
    Reps,
    Side,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation.tokens import NotationProblem
from audioworkout.units import Ms

Order = Literal["together", "each", "alternating", "each alternating", "one", "both"]
"""`alternating` counts both sides in all, `each alternating` each of them; `both`: `both sides`,
which is each side of what has sides, and else together."""
Limb = Literal["leg", "arm"]


class BareCount(AmountRange):
    """A number without a unit: reps, or metres of what is run, rowed or swum."""

    __slots__ = ()


class BareTime(AmountRange):
    """A time without `hold` or `for` (ms): a hold or work, as the exercise is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class BareDistance:
    """A distance without a way: carried, or covered at one's own pace.

    Both figures are as written. `minutes`: the unit was a mere `m`, which may be minutes.
    """

    low: str
    high: str
    unit: DistanceUnit
    minutes: bool = False


@dataclass(frozen=True, slots=True)
class Rounds:
    """`10 rounds`, `4 cycles` without another amount: reps of what is counted, else sets."""

    count: int


@dataclass(frozen=True, slots=True)
class Pair:
    """`5/5`, `30/30`, `40s/20s`: each side, or work and rest."""

    left: BareCount | BareTime
    right: BareCount | BareTime


@dataclass(frozen=True, slots=True)
class Sided:
    """`8 left, 10 right`: an amount for each side, which may differ."""

    left: BareCount | BareTime
    right: BareCount | BareTime
    first: Side = "left"


RawAmount = (
    BareCount
    | BareTime
    | BareDistance
    | Rounds
    | Pair
    | Sided
    | Reps
    | Steps
    | Hold
    | Timed
    | Carry
    | Breaths
    | Open
)
"""An `Open` with a window of 0 takes the window of the line, or one that is worked out."""


class Entry(NamedTuple):
    """One amount of a line with the load and efforts written beside it."""

    amount: RawAmount
    load: Load | None = None
    effort: tuple[Effort, ...] = ()


class Group(NamedTuple):
    """Amounts that belong together: `3x8`, `12, 10, 8`, `3x(1, 2, 3)`, `15+4+4`.

    `form` says what `times` does to more than one entry: `each`: it is only their number;
    `repeat`: the list comes so many times; `plus`: the entries are parts of one set.
    """

    entries: tuple[Entry, ...]
    times: int | None = None
    form: Literal["each", "repeat", "plus"] = "each"


@dataclass(frozen=True, slots=True)
class PartialPrescription:
    """A prescription line; None and empty where the line does not name the part. Times in ms.

    `limb` is the word used for a side, None for `side` itself. `sets` stands alone: with amounts it
    is part of the groups.
    """

    groups: tuple[Group, ...] = ()
    sets: int | None = None
    order: Order | None = None
    limb: Limb | None = None
    each_alone: bool = False
    """`each` without `side` or a limb: of what has no sides it is each set."""
    first: Side | None = None
    in_all: bool = False
    total: bool = False
    """`50 total`: open work, or in all where sides alternate."""
    directions: str = ""
    """`each direction`: twice, once each way; the words as they were written."""
    tempo: Tempo | None = None
    down: Ms | None = None
    """`5s negative`: this phase alone."""
    up: Ms | None = None
    pause_top: Ms | None = None
    pause_bottom: Ms | None = None
    pause: Ms | None = None
    """A pause whose place was not named."""
    hold: Ms | None = None
    """`10 reps, hold 5s`: a pause at the top of each, or so many holds."""
    finisher: Finisher | None = None
    load: Load | None = None
    effort: tuple[Effort, ...] = ()
    notes: tuple[str, ...] = ()
    phases: BreathPhases | None = None
    rest: Ms | None = None
    rest_within: Ms | None = None
    """Within a cluster, where the line has two rests."""
    rests: tuple[Ms, ...] = ()
    """One after each set: `2-2-1 min rest`."""
    rest_distance: BareDistance | None = None
    """`200m jog`: the rest is as long as that takes."""
    rest_exercise: str | None = None
    every: Ms | None = None
    at_time: Ms | None = None
    """`@ 1:10`: a pace for a kilometre where something is paced by it, else a send-off."""
    window: Ms | None = None
    drop_set: bool = False
    remarks: tuple[NotationProblem, ...] = field(default=(), compare=False)
    """What was understood and could have been meant otherwise."""

    @property
    def has_amount(self) -> bool:
        """Whether the line says how much."""
        return bool(self.groups)
