"""What an exercise is, and how much of it is done: amounts, tempo, sides, finisher.

Every length is in whole milliseconds; every amount is a range `low..high`, whose ends are equal if
one number was written.
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
"""Positions on the floor; changing to or from them takes time (docs/timing.md)."""


def opposite_side(side: Side) -> Side:
    """The opposite side."""
    return "right" if side == "left" else "left"


class Tempo(NamedTuple):
    """The four phases of one rep, always in the order down, pause, up, pause (ms)."""

    down: Ms
    bottom: Ms
    up: Ms
    top: Ms

    @property
    def beat(self) -> Ms:
        """Length of one rep."""
        return self.down + self.bottom + self.up + self.top


@dataclass(frozen=True, slots=True)
class AmountRange:
    """From `low` to `high`; only ranges of the same type can be equal."""

    low: int
    high: int


class Reps(AmountRange):
    """A number of repetitions; for each side if there are sides."""

    __slots__ = ()


class Steps(AmountRange):
    """A number of steps; with each leg if there are sides."""

    __slots__ = ()


class Hold(AmountRange):
    """A position held for a time (ms); the end is counted down."""

    __slots__ = ()


class Timed(AmountRange):
    """Work for a time (ms), as many reps as possible: `for 40s`, `amrap 40s`."""

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
    """A distance covered at one's own pace: running, rowing, cycling, swimming.

    `figure` has the digits as written (`1.5`).
    """

    figure: str
    unit: DistanceUnit

    @property
    def mm(self) -> int:
        """The distance in millimetres."""
        return round(float(self.figure) * MM_PER_UNIT[self.unit])


class BreathPhases(NamedTuple):
    """The four phases of one breath (ms): box breathing is 4-4-4-4, `4-7-8` has no second hold."""

    inhale: Ms
    hold_full: Ms
    exhale: Ms
    hold_empty: Ms = 0

    @property
    def lasts(self) -> Ms:
        """Length of one breath."""
        return sum(self)


USUAL_BREATH: Ms = 5_000
"""How long a calm breath lasts: twelve a minute."""


@dataclass(frozen=True, slots=True)
class Breaths:
    """A number of calm breaths; each lasts `every` ms, or its phases if they are said aloud."""

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
    """The order of the two sides.

    `together`: no sides. `each`: a whole set on one side, a change, the same on the other.
    `alternating`: rep by rep within one set. `one`: the side `first` alone.
    """

    order: Literal["together", "each", "alternating", "one"] = "together"
    first: Side = "left"
    in_all: bool = False
    """Of alternating work: the amount counts both sides together (of an odd one the first side has
    one more), not each of them."""


class Finisher(NamedTuple):
    """Pulses at the top of the last rep: their number, and the time from one to the next (ms)."""

    pulses: int
    every: Ms = 1_000


@dataclass(frozen=True, slots=True)
class Load:
    """The weight, as announced: `2x8kg dumbbells` is count 2, weight 8, unit kg.

    `weight` has the digits as written (`7.5`, `20-24`). `unit` is empty if none was written (`@
    60`), `kit` if no word was given. `added`: in addition to the body's own weight (`+10kg`).
    """

    weight: str
    unit: Literal["kg", "lb", ""]
    count: int = 1
    kit: str = ""
    added: bool = False


class Effort(NamedTuple):
    """How hard a set is, as announced; `figure` has the digits as written, perhaps a range (`7-8`).

    `rpe`: rate of perceived exertion, of ten. `rir`: reps in reserve. `percent`: of the one-rep
    maximum. `zone`: heart rate zone. `rate`: strokes or steps a minute. `pace`: time for a
    distance, `5:00` with `unit` `km` or `500 m`. `word`: a word such as easy, hard, slow, steady
    (`notation.EFFORT_WORDS`) or `all out`.
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
    """One set of a list of sets: `5 @ 40kg, 5 @ 50kg`. None and empty: as for the whole line.

    `rest` is the rest after this set. `part` of `parts`: its number in a cluster or a drop set,
    whose parts are one set for the listener; 0 of 0 for a set of its own. `lighter`: a part of a
    drop set, with less weight than the part before.
    """

    amount: Amount
    load: Load | None = None
    effort: tuple[Effort, ...] = ()
    rest: Ms | None = None
    part: int = 0
    parts: int = 0
    lighter: bool = False


class Prescription(NamedTuple):
    """How much of an exercise is done. It is complete: only a `rest` of None means a default.

    `rest` is between this exercise's sets (None: the workout's default). `amount` counts per side
    if there are sides. Pauses and squeezes are already part of `tempo`.
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
    one's); empty if all are alike."""
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
        """The numbers (from 1) in `by_set` of the parts of each set: a cluster is one set."""
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
        """The number of sets as the listener counts them."""
        return len(self.set_numbers)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amount of each set if they differ, else the only amount."""
        return tuple(spec.amount for spec in self.by_set) or (self.amount,)

    @property
    def paced(self) -> bool:
        """True if reps are done, so that a tempo applies."""
        return any(
            isinstance(one, Reps | Timed) or (isinstance(one, Open) and one.at_least > 0)
            for one in self.amounts
        )

    def of_set(self, number: int) -> Prescription:
        """The prescription of one set (from 1), with its own amount, load, effort and rest."""
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
        """The same with another number of sets; of listed sets, the last is repeated or dropped.

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
"""Longer cues (in words) are not said during a set."""


class Cues(NamedTuple):
    """What the coach says about an exercise, in the workout's language.

    Each is a whole sentence. `form` and `motivate` cues of `MID_SET_WORDS` or fewer may also be
    said during a set; `safety` is said once, before the first set, and is never left out.
    """

    setup: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    breathing: tuple[str, ...] = ()
    """Of reps: how to breathe with the effort, and on the way back. Of other work: one sentence."""
    motivate: tuple[str, ...] = ()
    easier_cue: str = ""
    """An easier way of doing it on the spot."""
    safety: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """A piece of equipment: its key (`dumbbell`) and how many are needed."""

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
    counted: str = ""
    """Key of what its name means where reps are written (`row: 10` is a row with weights), or
    empty."""

    @property
    def said(self) -> str:
        """The name as it is spoken."""
        return self.spoken or self.name
