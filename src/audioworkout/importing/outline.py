"""What is found in a source: items with their evidence, in blocks, sections and workouts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audioworkout.importing.facts import SentenceFacts
from audioworkout.importing.naming import Name
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import fold_text

_SETS_IN_NOTATION = re.compile(
    r"(?:[2-9]|1\d)\s*(?:x|sets\b)|\d+(?:, \d+(?![\d ]*(?:kg|lb)))+|\d+(?:-\d+){2,}"
)
SectionName = Literal["warm_up", "exercises", "cool_down"]
LineRole = Literal[
    "title",
    "day",
    "section",
    "block",
    "exercise",
    "amount",
    "rest",
    "page",
    "description",
    "beside",
    "left out",
]


class Doubt(NamedTuple):
    """A field of an item that is a guess, and why."""

    field: str
    reason: str


class Evidence(NamedTuple):
    """A line of the source that something was read from."""

    line: int
    text: str


@dataclass
class Item:
    """An exercise as the source tells of it. `direct`: its line is notation as it stands."""

    name: Name
    evidence: list[Evidence]
    facts: list[Fact] = field(default_factory=list)
    direct: str = ""
    letter: str = ""
    minute: str = ""
    levels: dict[str, list[Fact]] = field(default_factory=dict)
    weeks: list[Fact] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    """Sets that lines below it tell one by one, in the notation."""
    doubts: list[Doubt] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Sentences of its description, in plain form."""
    sentences: list[SentenceFacts] = field(default_factory=list)
    """All sentences in whose scope it stands, its own line's too (`ledger`)."""

    @property
    def line(self) -> int:
        """Where it was first named."""
        return self.evidence[0].line

    @property
    def key(self) -> str:
        """What tells it from others: the exercise of the catalogue, or its name."""
        return self.name.exercise.key if self.name.exercise else fold_text(self.name.text)

    @property
    def has_amount(self) -> bool:
        """Whether the source says how much of it."""
        return bool(self.direct or self.levels or self.weeks) or any(
            fact.field in AMOUNT_FIELDS or fact.field == "more" for fact in self.facts
        )

    @property
    def has_sets(self) -> bool:
        """Whether the source says in how many sets it is done."""
        return any(fact.field in ("sets", "list") for fact in self.facts) or bool(
            _SETS_IN_NOTATION.match(self.direct)
        )


LEVEL_LABELS = ("beginner", "normal", "advanced")
"""Levels, as the labels of a language name them."""
AMOUNT_FIELDS = frozenset(
    {
        "reps",
        "times",
        "count",
        "hold",
        "held_for",
        "time",
        "distance",
        "steps",
        "breaths",
        "cal",
        "max",
        "list",
        "first_two",
        "sets",
        "clock",
    }
)


OWN_PACE = ("every", "amrap", "amrap_minutes", "fortime", "tabata", "emom", "emom_minutes")
"""Fields of blocks that have no rests within them, so that a rest below stands behind them."""
MAKES_BLOCK = frozenset(
    {
        "rounds",
        "list",
        "more_rounds",
        "rounds_each",
        "tabata_rounds",
        "sets",
        "work",
        "off",
        "superset",
        *OWN_PACE,
    }
)
"""What makes a heading more than that of a group: `Block A: back`."""


@dataclass
class RestEntry:
    """A rest as a line of its own. `lasts` is empty for a whole turn: a minute of an EMOM."""

    lasts: str
    evidence: list[Evidence]


@dataclass
class BlockEntry:
    """Items under one heading that says how they are done: rounds, a clock, a superset."""

    facts: list[Fact] = field(default_factory=list)
    entries: list[Item | RestEntry | BlockEntry] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    letter: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    told_together: bool = False
    """Its items stand in one line, so that headings below may describe them."""

    def value(self, name: str) -> str:
        """The first value of a field; empty without one."""
        return next((fact.value for fact in self.facts if fact.field == name), "")

    @property
    def tells_rounds(self) -> bool:
        """Whether it says itself how often, or under which clock, it is done."""
        return any(fact.field in MAKES_BLOCK for fact in self.facts)

    @property
    def is_mere_group(self) -> bool:
        """Whether it only says what its exercises have in common: `Block A: back`."""
        return not (self.letter or self.told_together or self.tells_rounds)


Entry = Item | RestEntry | BlockEntry


@dataclass
class SourceWorkout:
    """One workout of a source. `facts` are what it says of all its exercises."""

    title: str = ""
    sections: dict[SectionName, list[Entry]] = field(
        default_factory=lambda: {"warm_up": [], "exercises": [], "cool_down": []}
    )
    facts: list[Fact] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The first value of a field that is told of the whole; empty without one."""
        return next((fact.value for fact in self.facts if fact.field == name), "")

    def blocks(self) -> list[BlockEntry]:
        """Every block in order."""
        return [
            entry
            for entries in self.sections.values()
            for entry in entries
            if isinstance(entry, BlockEntry)
        ]

    def items(self) -> list[Item]:
        """Every item in order, those of blocks too."""
        return [
            item
            for entries in self.sections.values()
            for entry in entries
            for item in (entry.entries if isinstance(entry, BlockEntry) else [entry])
            if isinstance(item, Item)
        ]


class Trace(NamedTuple):
    """What became of a line of the source (`--explain`)."""

    line: int
    text: str
    role: LineRole
    note: str = ""


class Outline(NamedTuple):
    """All that was found in a source."""

    title: str
    workouts: list[SourceWorkout]
    traces: list[Trace]
