"""What a programme is: a calendar, and rules from which every session's routine is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from audioworkout.model.request import Diagnostic
from audioworkout.names import make_stem
from audioworkout.reading.nodes import List, Map, Node, Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""
MOST_WEEKS = 104
WEEK = 7

Figure = Literal["pain", "felt"]
"""What a person reports besides the result: how much it hurt, and how hard it felt."""
FIGURES: dict[Figure, tuple[int, int]] = {"pain": (0, 10), "felt": (1, 10)}
"""Lowest and highest figure."""
Answer = Literal["repeat", "step back"]
"""What a gate does with the tracks."""
LoggedResult = Literal["done", "failed", "skipped"]


class UnitValue(NamedTuple):
    """A number and the unit behind it; empty if there is none."""

    figure: Decimal
    unit: str = ""


class Position(NamedTuple):
    """The place of a session in its programme, both from 1."""

    week: int
    day: int

    @property
    def label(self) -> str:
        """What the commands and the log call it: `w3d2`."""
        return f"w{self.week}d{self.day}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days of sessions: days of the week (0 is Monday), or every so many days."""

    weekdays: tuple[int, ...] = ()
    interval: int = 1
    """Days from one session to the next; counts where there are no weekdays."""

    def next_day(self, after: date) -> date:
        """The day of the session after one on `after`."""
        if not self.weekdays:
            return after + timedelta(self.interval)
        return self.first_day(after + timedelta(1))

    def first_day(self, start: date) -> date:
        """The first day of training that is not before `start`."""
        if not self.weekdays:
            return start
        return min(start + timedelta((each - start.weekday()) % WEEK) for each in self.weekdays)

    def positions(self, weeks: int) -> tuple[Position, ...]:
        """Every session of so many weeks, in order."""
        if self.weekdays:
            days = range(1, len(self.weekdays) + 1)
            return tuple(Position(week, day) for week in range(1, weeks + 1) for day in days)
        found: list[Position] = []
        for offset in range(0, weeks * WEEK, self.interval):
            week = offset // WEEK + 1
            day = found[-1].day + 1 if found and found[-1].week == week else 1
            found.append(Position(week, day))
        return tuple(found)


class Cadence(NamedTuple):
    """After how many sessions of a track, or weeks with one, its value rises."""

    number: int = 1
    unit: Literal["session", "week"] = "session"


EACH_SESSION = Cadence()
NO_STEP = UnitValue(Decimal(0))


class FailRule(NamedTuple):
    """After so many failures in a row the value falls to `share` of itself."""

    after: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Progression:
    """A value that changes from session to session, and the line that uses it."""

    name: Text
    start: Text
    """A number with or without its unit, or `{member.squat}`."""
    line: Text | None = None
    step: UnitValue = NO_STEP
    cadence: Cadence = EACH_SESSION
    until: UnitValue | None = None
    """Where it stays: the highest value, or with a falling step the lowest."""
    fail: FailRule | None = None


class Deload(NamedTuple):
    """Weeks that are lighter on purpose."""

    weeks: frozenset[int]
    load: Decimal = Decimal(1)
    """Share of the values of tracks in kg or lb."""
    amount: Decimal = Decimal(1)
    """Share of the values of all other tracks."""
    sets: int = 0
    """Added to the sets of every track's line; negative."""


class Test(NamedTuple):
    """Sessions in which it is found out how much goes."""

    weeks: frozenset[int]
    day: int | Literal["first", "last", "every"]
    line: Text | None = None
    """Replaces the line of each track in it that has a value of the same name, or of `tracks`;
    None: what is done is what the plan says."""
    tracks: tuple[Text, ...] = ()


class Gate(NamedTuple):
    """Nothing rises unless what is asked for was reported, and was low enough."""

    ask: Figure
    at_most: int
    otherwise: Answer = "repeat"
    twice: Answer = "repeat"
    """The same the second time in a row, and from then on."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as it was written, checked as far as it can be without a member."""

    key: str
    title: str
    schedule: Schedule
    weeks: int
    root: Node
    """The whole file, for messages."""
    description: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title in other languages, by code."""
    language: str = "en"
    routine: Map | None = None
    """Keys of a routine with blanks."""
    rows: Mapping[int, tuple[Node, ...]] = field(default_factory=dict)
    """A plan's rows by week: one for all days, or one a day."""
    days: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    """Names and items of the days that take turns."""
    tracks: tuple[Progression, ...] = ()
    deload: Deload | None = None
    test: Test | None = None
    gate: Gate | None = None
    member: Mapping[str, str] = field(default_factory=dict)
    """Values of a member who does not say, by name."""
    folder: Path | None = None
    """Where the files lie that it names."""
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def positions(self) -> tuple[Position, ...]:
        """Every session, in order; a plan whose last week has fewer rows than days ends there."""
        found = self.schedule.positions(self.weeks)
        last = len(self.rows.get(self.weeks, ()))
        return tuple(one for one in found if last < 2 or one < (self.weeks, last + 1))

    def title_in(self, language: str) -> str:
        """The title as it is said in a language."""
        return self.titles.get(language, self.title)

    def day_of(self, number: int) -> tuple[str, tuple[Node, ...]] | None:
        """Name and items of the day that a session has, by the session's number from 0."""
        return self.days[number % len(self.days)] if self.days else None


@dataclass(frozen=True, slots=True)
class Member:
    """Who trains. Empty or None: what the programme or the settings say."""

    start: date
    name: str = ""
    language: str | None = None
    level: str | None = None
    equipment: str | None = None
    voice: str | None = None
    music: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What `{member.squat}` stands for, by name."""


class LogEntry(NamedTuple):
    """One line of `done.csv`."""

    date: date
    session: str
    """The label of a position."""
    result: LoggedResult = "done"
    pain: int | None = None
    felt: int | None = None
    best: str = ""
    failed: tuple[str, ...] = ()
    """Tracks that failed; empty: all of a session whose result is `failed`."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a member: its day, and what the rules make of it."""

    number: int
    """From 0, in the order of the programme."""
    position: Position
    date: date
    values: Mapping[str, Decimal] = field(default_factory=dict)
    """Of every track that is in it, by the track's name."""
    deload: bool = False
    test: bool = False
    again: bool = False
    """The whole session is the last one once more."""
    back: bool = False
    """It is easier than the last one: a step back, or a return after a pause."""
    held: tuple[str, ...] = ()
    """Tracks that failed and stay where they were."""
    lowered: tuple[str, ...] = ()
    """Tracks that failed too often and were made easier."""
    entry: LogEntry | None = field(default=None)
    """What was reported of it; None: nothing."""

    @property
    def label(self) -> str:
        """`w3d2`."""
        return self.position.label


def iterate_tracks(programme: Programme, number: int) -> Iterator[Progression]:
    """The tracks that are in a session, by its number from 0."""
    day = programme.day_of(number)
    if day is None:
        yield from programme.tracks
        return
    named = {make_stem(item.value) for item in day[1] if isinstance(item, Text)}
    common = (programme.routine,) if programme.routine else ()
    written = " ".join(text.value for text in texts_within_all((*day[1], *common)))
    for track in programme.tracks:
        if make_stem(track.name.value) in named or f"{{{track.name.value}}}" in written:
            yield track


def texts_within(node: Node) -> Iterator[Text]:
    """Every text of a tree in order, keys included."""
    match node:
        case Text():
            yield node
        case Map():
            for pair in node.pairs:
                yield from texts_within_all(pair)
        case List():
            yield from texts_within_all(node.items)


def texts_within_all(nodes: Iterable[Node]) -> Iterator[Text]:
    """Every text of several trees in order, keys included."""
    for node in nodes:
        yield from texts_within(node)
