"""What an exercise is, and how much of it: amounts, tempo, sides, finisher.

Every length is in whole milliseconds; every amount is a range `low..high` whose ends are equal
where one figure was written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from audioworkout.units import SECOND, Ms

Side = Literal["left", "right"]
Mode = Literal["reps", "hold", "carry", "steps", "for", "open", "breaths"]
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


DistanceUnit = Literal["m", "km", "mi", "yd", "ft"]
MM_PER_UNIT: dict[DistanceUnit, float] = {
    "m": 1_000,
    "km": 1_000_000,
    "mi": 1_609_344,
    "yd": 914.4,
    "ft": 304.8,
}
"""Millimetres (international yard and pound agreement of 1959)."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance covered at one's own pace: run, rowed, ridden, swum.

    `figure` keeps the digits as written (`1.5`).
    """

    figure: str
    unit: DistanceUnit

    @property
    def mm(self) -> int:
        """The distance in millimetres."""
        return round(float(self.figure) * MM_PER_UNIT[self.unit])


class BreathPhases(NamedTuple):
    """One breath in four phases (ms): box breathing is 4-4-4-4, `4-7-8` has no second hold."""

    inhale: Ms
    hold_full: Ms
    exhale: Ms
    hold_empty: Ms = 0

    @property
    def lasts(self) -> Ms:
        """How long one breath lasts."""
        return sum(self)


USUAL_BREATH: Ms = 5_000
"""How long a calm breath lasts: twelve a minute."""


@dataclass(frozen=True, slots=True)
class Breaths:
    """So many calm breaths; each lasts `every` ms, or its phases where they are led aloud."""

    low: int
    high: int
    every: Ms = USUAL_BREATH
    phases: BreathPhases | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Work that ends when the listener is done, in a window of fixed length.

    Only the start of what follows is exact. Level, pace and fitting never change a window.
    """

    window: Ms
    """Length of the work span, a multiple of 5 s unless it was written."""
    at_least: int = 0
    """Reps counted aloud at the exercise's beat before the rest is the listener's: `5+`."""
    total: int = 0
    """Reps to be done in as many parts as it takes: `50 total`."""
    distance: Distance | None = None
    calories: int = 0


Amount = Reps | Steps | Hold | Timed | Carry | Breaths | Open

MODE_OF: dict[type[Amount], Mode] = {
    Reps: "reps",
    Steps: "steps",
    Hold: "hold",
    Timed: "for",
    Carry: "carry",
    Breaths: "breaths",
    Open: "open",
}
"""The `mode` of a work span for each kind of amount."""


class Sides(NamedTuple):
    """How the two sides take turns.

    `together`: no sides. `each`: a whole set on one side, a change, the same on the other.
    `alternating`: rep by rep within one set. `one`: the side `first` alone.
    """

    order: Literal["together", "each", "alternating", "one"] = "together"
    first: Side = "left"
    in_all: bool = False
    """Of alternating work: the amount counts both sides together (of an odd one the first side has
    one more), not each of them."""


class Finisher(NamedTuple):
    """Pulses at the top of the last rep: how many, and one every so many ms."""

    pulses: int
    every: Ms = 1_000


@dataclass(frozen=True, slots=True)
class Load:
    """What is lifted, as announced: `2x8kg dumbbells` is count 2, weight 8, unit kg.

    `weight` keeps the digits as written (`7.5`, `20-24`). `unit` is empty where none was written
    (`@ 60`), `kit` where no word was given. `added`: on top of the body's own weight (`+10kg`).
    """

    weight: str
    unit: Literal["kg", "lb", ""]
    count: int = 1
    kit: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a set is to be, as announced; `figure` keeps the digits as written.

    `rpe`: rate of perceived exertion of ten. `rir`: reps in reserve. `percent`: of the most that
    can be lifted once. `zone`: heart rate zone. `rate`: strokes or steps a minute. `pace`: time for
    a distance, `5:00` with `unit` `km` or `500 m`. `word`: easy, hard, slow, steady and their like
    (`notation.EFFORT_WORDS`), `all out`. A figure may be a range, `7-8`.
    """

    kind: Literal["rpe", "rir", "percent", "zone", "rate", "pace", "word"]
    figure: str
    unit: str = ""

    @property
    def lasts(self) -> Ms:
        """The time of a pace: `5:00` is five minutes, `48` and `1:02.5` are seconds."""
        seconds = 0.0
        for part in self.figure.split(":"):
            seconds = 60 * seconds + float(part)
        return round(seconds * SECOND)


class SetSpec(NamedTuple):
    """What one set of a list is: `5 @ 40kg, 5 @ 50kg`. None and empty: as the whole line says.

    `rest` is the one after this set. `part` of `parts`: its place within a cluster or a drop set,
    whose parts are one set to the listener; 0 of 0 where it is a set of its own. `lighter`: a drop
    set's part, done with less weight than the part before.
    """

    amount: Amount
    load: Load | None = None
    effort: tuple[Effort, ...] = ()
    rest: Ms | None = None
    part: int = 0
    parts: int = 0
    lighter: bool = False


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
    effort: tuple[Effort, ...] = ()
    notes: tuple[str, ...] = ()
    """Words in quotes, said in the announcement: `"yellow band"`."""
    by_set: tuple[SetSpec, ...] = ()
    """Every set by itself where they differ (then `sets` is their number and `amount` the first
    one's); empty where all are alike."""
    by_side: tuple[Amount, Amount] | None = None
    """Amounts of the left and the right side where they differ: `8 left, 10 right`."""
    announced: frozenset[Literal["tempo", "top", "bottom"]] = frozenset()
    """What of the tempo was written for this item and must be said: the whole, or a pause."""
    every: Ms | None = None
    """From start to start of the sets (`every 3:30`); the rest is what remains of it."""
    rest_exercise: Exercise | None = None
    """What is done in the rests between the sets: `5x300 m, 60s walk`."""

    @property
    def set_numbers(self) -> tuple[tuple[int, ...], ...]:
        """The numbers (from 1) of what makes up each set: the parts of a cluster are one set."""
        if not self.by_set:
            return tuple((number,) for number in range(1, self.sets + 1))
        found: list[tuple[int, ...]] = []
        for number, one in enumerate(self.by_set, 1):
            if one.part > 1 and found:
                found[-1] += (number,)
            else:
                found.append((number,))
        return tuple(found)

    @property
    def set_count(self) -> int:
        """How many sets there are to the listener."""
        return len(self.set_numbers)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Every different place for an amount: of each set where they differ, else the only one."""
        return tuple(spec.amount for spec in self.by_set) or (self.amount,)

    @property
    def paced(self) -> bool:
        """Whether reps are done, so that a tempo means something."""
        return any(
            isinstance(one, Reps | Timed) or (isinstance(one, Open) and one.at_least > 0)
            for one in self.amounts
        )

    def of_set(self, number: int) -> Prescription:
        """The prescription of one set (from 1) with its own amount, load, effort and rest."""
        if not self.by_set:
            return self
        one = self.by_set[number - 1]
        return self._replace(
            amount=one.amount,
            load=one.load or self.load,
            effort=one.effort or self.effort,
            rest=self.rest if one.rest is None else one.rest,
            by_set=(),
        )

    def with_sets(self, sets: int) -> Prescription:
        """The same with another number of sets: of a list the last is repeated or left out.

        The parts of a cluster stay together: they are one set.
        """
        if not self.by_set:
            return self._replace(sets=sets)
        groups = self.set_numbers
        groups = groups[:sets] + groups[-1:] * (sets - len(groups))
        listed = tuple(self.by_set[number - 1] for group in groups for number in group)
        return self._replace(sets=len(listed), by_set=listed)

    def map_amounts(self, change: Callable[[Amount], Amount]) -> Prescription:
        """The same with every amount changed: of all sets, and of both sides."""
        by_side = self.by_side
        return self._replace(
            amount=change(self.amount),
            by_set=tuple(one._replace(amount=change(one.amount)) for one in self.by_set),
            by_side=by_side and (change(by_side[0]), change(by_side[1])),
        )


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
    """Speed in mm/s, of a carry or of what is run, rowed, ridden or swum: loaded walking 1,100, a
    march with high knees 700, a run of 6:00/km 2,778."""
    travels: Literal["carry", "own pace", ""] = "carry"
    """What a distance is: carried, with a turn; covered at one's own pace; or nothing at all."""
    timed: Literal["hold", "work", "breaths"] = "work"
    """What a bare time is: a position held, work, or calm breathing."""
    beat: Ms | None = None
    """How long a rep of quick work lasts (a jumping jack 1 s); None: as its tempo says."""
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
