"""The requested workout: the items in order and how they are led. Everything is validated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Exercise, Prescription
from audioworkout.units import Ms

Level = Literal["beginner", "normal", "advanced"]
Pace = Literal["easy", "normal", "brisk"]
Coaching = Literal["full", "brief", "off"]
Count = Literal["up", "down", "last5", "off"]
Mood = Literal["calm", "plain", "lively"]
Units = Literal["metric", "imperial"]


RUNS_ON: Ms = 3_000
"""A rest of this length or less leaves no time for speech: what comes next is said in the work
before it."""


class SourceSpan(NamedTuple):
    """A place in the file: line and column from 1, and width in characters."""

    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Work:
    """One exercise with its whole amount: all its sets and sides."""

    exercise: Exercise
    prescription: Prescription
    place: SourceSpan | None = field(default=None, compare=False, repr=False)
    """For messages; not compared: two equal works may be in different places."""


class Rest(NamedTuple):
    """A pause of exactly this many ms instead of the default one."""

    lasts: Ms


class Announcement(NamedTuple):
    """The user's own sentence (`say:`), spoken at the start of the next pause.

    `spoken` is False of a note (`note:`), which is only shown.
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
"""The type of a block; it gives the defaults of fields that were not written (docs/routines.md)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Items that are done several times, or against a clock. All lengths in ms.

    A member whose listed sets (`by_set`) are as many as the rounds does one of them in each round.
    The rounds of a superset are the sets of its members. A pause of None means the default.
    """

    kind: BlockKind
    items: tuple[Item, ...]
    rounds: int = 1
    minutes: Ms | None = None
    """Length of an AMRAP."""
    every: Ms | None = None
    """Start of one round to the start of the next; the rest is what the work leaves of it."""
    cap: Ms | None = None
    """Time limit of a block done for time; None: estimated."""
    work: Ms | None = None
    """Length of the work of members without an amount of their own, which have it already."""
    rest: Ms | None = None
    """Pause between two rounds."""
    transition: Ms | None = None
    """Pause between two exercises."""
    turns: bool = False
    """Members take turns: each round is one member's."""
    place: SourceSpan | None = field(default=None, compare=False, repr=False)

    @property
    def own_pace(self) -> bool:
        """True if the whole block is one span of work that the listener paces and ends."""
        return self.kind in ("amrap", "for time")

    @property
    def clocked(self) -> bool:
        """True if a clock determines its pauses, so that fitting leaves them unchanged."""
        return self.every is not None or (self.work is not None and self.kind in _CLOCKS)


_CLOCKS: frozenset[BlockKind] = frozenset({"tabata", "intervals", "repeat"})

Item = Work | Rest | Announcement | Block


class Rests(NamedTuple):
    """Requested pauses (ms), which are exact; None means the default."""

    sets: Ms | None = None
    exercises: Ms | None = None
    sides: Ms | None = None
    get_ready: Ms | None = None
    kept: frozenset[Literal["sets", "exercises"]] = frozenset()
    """Rests that do not change when a workout is fitted to a length: those given by flags."""


DEFAULT_RESTS = Rests()


@dataclass(frozen=True, slots=True)
class How:
    """How the workout is led. It changes the coaching and the pauses, never the amounts."""

    level: Level = "normal"
    pace: Pace = "normal"
    coaching: Coaching = "full"
    count: Count = "up"
    mood: Mood = "lively"
    """`calm`: soft bells, no countdown, longer pauses between sentences, one closing sentence.
    `plain`: nothing that cheers. `lively`: both, and words that cheer."""
    seed: int | None = None
    """Which of several wordings are chosen (`--seed`); None: the routine's own choice."""
    count_shape: bool = True
    """The numbers of a set are spoken as a list: the middle ones softer, only the last falls."""
    tick: bool | None = None
    """A tick on every rep; None: on reps without a spoken number."""
    beeps: bool = True
    rests: Rests = DEFAULT_RESTS
    units: Units | None = None
    """Units in which distances are said; None: as written."""
    space: Ms | None = None
    """Length of the room in millimetres, to divide carries into laps; None: unlimited."""
    rate: int = 150
    """Words a minute of coaching; counts are a tenth faster."""


class Routine(NamedTuple):
    """A whole workout, resolved and checked: later steps do not check it again."""

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
    opening: tuple[str, ...] = ()
    """Sentences that are said first, in place of the title; only the first words depend on them."""
    closing: tuple[str, ...] = ()
    """Sentences that are said last; only the last words depend on them."""
    lasts: Ms | None = None
    """The requested length (`--minutes`); None: as long as it takes."""

    @property
    def all_items(self) -> tuple[Item, ...]:
        """Warm-up, main part and cool-down together."""
        return (*self.warm_up, *self.items, *self.cool_down)
