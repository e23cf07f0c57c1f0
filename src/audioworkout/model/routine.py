"""What the person asked for: items in order and how they are to be led. All checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Exercise, Prescription
from audioworkout.units import Ms

Level = Literal["beginner", "normal", "advanced"]
Pace = Literal["easy", "normal", "brisk"]
Coaching = Literal["full", "brief", "off"]
Count = Literal["up", "down", "off"]
Units = Literal["metric", "imperial"]


RUNS_ON: Ms = 3_000
"""A rest up to this leaves no time for words: what comes next is said in the work before it."""


class SourceSpan(NamedTuple):
    """Where something stands in the file it was read from: all count from 1."""

    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Work:
    """One exercise with its whole amount: all its sets and sides."""

    exercise: Exercise
    prescription: Prescription
    place: SourceSpan | None = field(default=None, compare=False, repr=False)
    """For messages; two works that say the same in different places are equal."""


class Rest(NamedTuple):
    """A pause of exactly so many ms in place of the usual one."""

    lasts: Ms


class Announcement(NamedTuple):
    """A sentence of the person's own (`say:`), spoken at the start of the next pause.

    `spoken` is False of a note (`note:`), which is only kept and shown.
    """

    text: str
    spoken: bool = True


BlockKind = Literal[
    "circuit",
    "superset",
    "tabata",
    "emom",
    "amrap",
    "for time",
    "intervals",
    "rounds",
    "repeat",
    "every",
]
"""What a block was called; it settles the defaults of what was not written (docs/routines.md)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Items that are done several times, or against a clock. All lengths in ms.

    A member with as many sets of its own (`by_set`) as there are rounds does one of them a round.
    Of a superset the rounds are the sets of its members. None as a pause means the default.
    """

    kind: BlockKind
    items: tuple[Item, ...]
    rounds: int = 1
    minutes: Ms | None = None
    """Length of an AMRAP."""
    every: Ms | None = None
    """From the start of one round to the start of the next; what the work leaves of it is rest."""
    cap: Ms | None = None
    """The longest time for what is done for time; None: estimated."""
    work: Ms | None = None
    """Length of the work of members that name no amount; they have it as their amount already."""
    rest: Ms | None = None
    """Between two rounds."""
    transition: Ms | None = None
    """Between two exercises."""
    turns: bool = False
    """A round is one member's, and the next round the next one's."""
    place: SourceSpan | None = field(default=None, compare=False, repr=False)

    @property
    def own_pace(self) -> bool:
        """Whether the whole block is one stretch of work that the listener paces and ends."""
        return self.kind in ("amrap", "for time")

    @property
    def clocked(self) -> bool:
        """Whether its pauses follow from a clock, so that fitting to a length leaves them alone."""
        return self.every is not None or (self.work is not None and self.kind in _CLOCKS)


_CLOCKS: frozenset[BlockKind] = frozenset({"tabata", "intervals", "repeat"})

Item = Work | Rest | Announcement | Block


@dataclass(frozen=True, slots=True)
class Rests:
    """Pauses that were asked for, exact to the millisecond; None where the default applies."""

    sets: Ms | None = None
    exercises: Ms | None = None
    sides: Ms | None = None
    get_ready: Ms | None = None
    kept: frozenset[Literal["sets", "exercises"]] = frozenset()
    """Rests that stay as they are when a workout is fitted to a length: those given by flags."""


@dataclass(frozen=True, slots=True)
class How:
    """How the workout is led. Nothing here changes what was prescribed, only how it is done."""

    level: Level = "normal"
    pace: Pace = "normal"
    coaching: Coaching = "full"
    count: Count = "up"
    tick: bool | None = None
    """A tick on every rep; None: where no number is spoken."""
    beeps: bool = True
    rests: Rests = Rests()
    units: Units | None = None
    """How distances are said; None: as written."""
    space: Ms | None = None
    """Length of the room in millimetres, to turn carries into laps; None: as long as needed."""
    rate: int = 150
    """Words a minute of coaching; counts are a tenth faster."""


class Routine(NamedTuple):
    """A whole workout, resolved and checked: after this nobody checks again."""

    key: str
    """Built-in name, or the file's name without its ending."""
    title: str
    items: tuple[Item, ...]
    description: str = ""
    language: str = "en"
    warm_up: tuple[Item, ...] = ()
    cool_down: tuple[Item, ...] = ()
    rounds: int = 1
    how: How = How()
    lasts: Ms | None = None
    """The length that was asked for (`--minutes`); None: as long as it takes."""
