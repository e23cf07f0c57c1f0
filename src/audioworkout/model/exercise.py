"""What an exercise is, and how much of it: amounts, tempo, sides, finisher.

Every length is in whole milliseconds; every amount is a range `low..high` whose ends are equal
where one figure was written.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from audioworkout.units import Ms

Side = Literal["left", "right"]
Mode = Literal["reps", "hold", "carry", "steps", "for"]
Position = Literal[
    "standing",
    "squat",
    "kneeling",
    "hands-and-knees",
    "plank",
    "back",
    "front",
    "side",
    "sitting",
    "hanging",
]
FLOOR: frozenset[Position] = frozenset(
    {"kneeling", "hands-and-knees", "plank", "back", "front", "side", "sitting"}
)
"""Positions one gets down to; changing to or from them takes time (docs/timing.md)."""


def opposite_side(side: Side) -> Side:
    """The opposite side."""
    return "right" if side == "left" else "left"


class Tempo(NamedTuple):
    """One rep in four phases, always written down-pause-up-pause (ms)."""

    down: Ms
    bottom: Ms
    up: Ms
    top: Ms

    @property
    def beat(self) -> Ms:
        """How long one rep lasts."""
        return self.down + self.bottom + self.up + self.top


@dataclass(frozen=True, slots=True)
class _Range:
    """From `low` to `high`; equal to another only if that is of the same kind."""

    low: int
    high: int


class Reps(_Range):
    """So many repetitions; for each side where there are sides."""

    __slots__ = ()


class Steps(_Range):
    """So many steps; with each leg where there are sides."""

    __slots__ = ()


class Hold(_Range):
    """A position held for so long (ms); counted down at its end."""

    __slots__ = ()


class Timed(_Range):
    """Work for so long (ms), as many reps as possible: `for 40s`, `amrap 40s`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Carry:
    """A distance walked, in whole feet or metres."""

    low: int
    high: int
    unit: Literal["ft", "m"]
    back: bool
    """True: out, a turn, and back; the distance is that of one way."""


Amount = Reps | Steps | Hold | Timed | Carry

MODE_OF: dict[type[Reps | Steps | Hold | Timed | Carry], Mode] = {
    Reps: "reps",
    Steps: "steps",
    Hold: "hold",
    Timed: "for",
    Carry: "carry",
}
"""The `mode` of a work span for each kind of amount."""


def has_tempo(amount: Amount) -> bool:
    """Whether reps are done, so that a tempo means something."""
    return isinstance(amount, Reps | Timed)


class Sides(NamedTuple):
    """How the two sides take turns.

    `together`: no sides. `each`: a whole set on one side, a change, the same on the other.
    `alternating`: rep by rep within one set.
    """

    order: Literal["together", "each", "alternating"] = "together"
    first: Side = "left"


class Finisher(NamedTuple):
    """Pulses at the top of the last rep: how many, and one every so many ms."""

    pulses: int
    every: Ms = 1_000


@dataclass(frozen=True, slots=True)
class Load:
    """What is lifted, as announced: `2x8kg dumbbells` is count 2, weight 8, unit kg.

    `weight` keeps the digits as written (`7.5`). `kit` is empty where no word was given.
    """

    weight: str
    unit: Literal["kg", "lb"]
    count: int = 1
    kit: str = ""


class Prescription(NamedTuple):
    """How much of an exercise, complete: nothing is left to a default but a rest of None.

    `rest` is the one between this exercise's sets (None: the workout's own). `amount` counts per
    side where there are sides. Pauses and squeezes are already part of `tempo`.
    """

    amount: Amount
    sets: int = 1
    sides: Sides = Sides()
    tempo: Tempo = Tempo(2_000, 0, 2_000, 0)
    finisher: Finisher | None = None
    load: Load | None = None
    rest: Ms | None = None


MID_SET_WORDS = 7
"""Longer lines are not said while someone is working."""


class Cues(NamedTuple):
    """What a coach says about an exercise, in the workout's language.

    Each is a whole sentence. `form` and `motivate` lines of `MID_SET_WORDS` or fewer may also be
    said within a set; `safety` is said once, before the first set, and never gives way.
    """

    setup: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    motivate: tuple[str, ...] = ()
    safety: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """One thing to have at hand: its key (`dumbbell`) and how many."""

    key: str
    count: int = 1
    optional: bool = False


class Exercise(NamedTuple):
    """One entry of the catalogue, in the workout's language."""

    key: str
    """Lower case, words joined by hyphens: `fire-hydrants`."""
    name: str
    """As written in lists and chapters: `Fire Hydrants`."""
    prescription: Prescription
    """The default amount."""
    spoken: str = ""
    """As spoken, where the written name would be misread; empty: the name."""
    position: Position = "standing"
    kit: tuple[Kit, ...] = ()
    starts: Literal["top", "bottom"] = "top"
    """Where a rep begins: a squat at the top, a bridge on the floor."""
    effort: Literal["up", "down"] = "up"
    """The phase at whose end the number is spoken."""
    limb: Literal["leg", "arm", "side"] = "side"
    """How its sides are called: left leg, left arm, left side."""
    speed: int = 1_100
    """Walking speed of a carry in mm/s; loaded walking 1,100, a march with high knees 700."""
    turn: Ms = 3_000
    """How long turning round takes at the end of a carry."""
    step: Ms = 1_000
    """How long one step takes."""
    cues: Cues = Cues()
    muscles: tuple[str, ...] = ()
    easier: str = ""
    """Key of an easier variant, or empty."""
    harder: str = ""
    """Key of a harder variant, or empty."""
    without_kit: str = ""
    """Key of what replaces it without its kit, or empty."""
    category: str = ""

    @property
    def said(self) -> str:
        """The name as it is spoken."""
        return self.spoken or self.name
