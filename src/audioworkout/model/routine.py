"""What the person asked for: items in order and how they are to be led. All checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Exercise, Prescription
from audioworkout.units import Ms

Level = Literal["beginner", "normal", "advanced"]
Pace = Literal["easy", "normal", "brisk"]
Coaching = Literal["full", "brief", "off"]
Count = Literal["up", "down", "off"]
Units = Literal["metric", "imperial"]


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
    """A sentence of the person's own (`say:`), spoken at the start of the next pause."""

    text: str


class Circuit(NamedTuple):
    """Exercises one after the other, the whole several times.

    `kind` superset: rounds are the sets of its members. None as a pause means the default.
    """

    works: tuple[Work, ...]
    rounds: int = 1
    rest: Ms | None = None
    transition: Ms | None = None
    kind: Literal["circuit", "superset"] = "circuit"


@dataclass(frozen=True, slots=True)
class Tabata:
    """Short work and shorter pauses, the exercises taking turns: 8 x 20 s on, 10 s off."""

    exercises: tuple[Exercise, ...]
    rounds: int = 8
    work: Ms = 20_000
    off: Ms = 10_000
    place: SourceSpan | None = field(default=None, compare=False, repr=False)


class Emom(NamedTuple):
    """Every minute on the minute: the next exercise begins with each new minute."""

    works: tuple[Work, ...]
    minutes: int
    every: Ms = 60_000


Item = Work | Rest | Announcement | Circuit | Tabata | Emom


def drop_items(items: Sequence[Item], left: Sequence[Item | None]) -> tuple[Item, ...]:
    """What is left of some items, without the rests that have lost the work on one of their sides.

    A rest that stands before or after all work stays for as long as any work does.

    Args:
        items: The items as they were.
        left: What became of each; None where it is gone.
    """
    works = [n for n, item in enumerate(items) if not isinstance(item, Rest | Announcement)]

    def is_needed(place: int) -> bool:
        before = [n for n in works if n < place]
        after = [n for n in works if n > place]
        if before and after and left[before[-1]] is None:
            return False
        return any(left[n] is not None for n in after or before)

    return tuple(
        item
        for n, item in enumerate(left)
        if item is not None and (not isinstance(item, Rest) or is_needed(n))
    )


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
