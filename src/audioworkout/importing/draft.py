"""An outline while it is made: a workout, a section, a block and an item are open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import Name, NameFinder, Read, singular_of
from audioworkout.importing.outline import (
    OWN_PACE,
    BlockEntry,
    Doubt,
    Entry,
    Evidence,
    Item,
    LineRole,
    RestEntry,
    SectionName,
    SourceWorkout,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import fold_text
from audioworkout.reading.splitting import known_within

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
FEWEST_TOLD = 3
"""Exercises with an amount before the first day, from which on they are a workout of their own."""
MOST_WORDS_PLAIN = 4
"""Words of a name; a longer line below one may say it in other words."""
MOST_WORDS_SURE = 5
"""Words of an unknown name; a longer one may hold words that are none of it."""


class Draft:
    """Everything that was found so far."""

    def __init__(self, title: str, names: NameFinder) -> None:
        self.names = names
        self.workouts = [SourceWorkout(title=title)]
        self.section: SectionName = "exercises"
        self.block: BlockEntry | None = None
        self.item: Item | None = None
        self.count = 0
        """Items so far."""
        self.details = 0
        """Lines of description that the open item has."""
        self.again = False
        """Whether the open item is described again, below a list that tells its amount."""
        self._days = 0
        self._common: list[Fact] = []
        """What was said of all before the first day."""

    @property
    def workout(self) -> SourceWorkout:
        """The open workout."""
        return self.workouts[-1]

    @property
    def entries(self) -> list[Entry]:
        """Where the next item goes."""
        if self.block is not None:
            return self.block.entries
        return self.workout.sections[self.section]

    @property
    def has_entries(self) -> bool:
        """Whether anything was found in the open workout."""
        return any(self.workout.sections.values())

    # --- parts ---

    def open_day(self, title: str) -> None:
        """Open a workout; what was said of all before the first one holds for each."""
        self.open_section("exercises")
        self._days += 1
        sections = self.workout.sections
        if self._days == 1:
            self._common = list(self.workout.facts)
        if self._days == 1 and self._is_preface(self.workout):
            sections |= {"exercises": [], "cool_down": []}
        else:
            self.workouts.append(SourceWorkout(facts=list(self._common)))
        self.workout.title = title

    @staticmethod
    def _is_preface(workout: SourceWorkout) -> bool:
        """Whether what stands before the first day is no workout: aims, rules, an overview."""
        sections = replace(workout, sections=workout.sections | {"warm_up": []})
        told = [item for item in sections.items() if item.name.noun and item.has_amount]
        return len(told) < FEWEST_TOLD

    def open_section(self, name: SectionName) -> None:
        """Open a section of the workout; a block that waits for its exercises stays open."""
        waits = name == self.section and self.block is not None and not self.block.entries
        if waits:
            self.item = None
            return
        self.close_block()
        self.section = name

    def open_block(self, facts: list[Fact], line: SourceLine) -> None:
        """Open a block in the section."""
        self.close_block()
        self.block = BlockEntry(facts, [], [Evidence(line.number, line.text)])
        self.workout.sections[self.section].append(self.block)

    def wrap_entries(self, facts: list[Fact], line: SourceLine) -> None:
        """Put what stands so far in the section, behind its last block, in a block of its own."""
        self.close_block()
        entries = self.workout.sections[self.section]
        count = 0
        while count < len(entries) and not isinstance(entries[-1 - count], BlockEntry):
            count += 1
        start = len(entries) - count
        block = BlockEntry(facts, entries[start:], [Evidence(line.number, line.text)])
        entries[start:] = [block]

    def close_block(self) -> None:
        """What follows stands behind the block."""
        self.close_item()
        self.block = None

    def close_item(self) -> None:
        """What follows is not told of the item."""
        self.item = None
        self.details = 0
        self.again = False

    # --- items ---

    def add_reads(
        self, reads: Iterable[Read], line: SourceLine, section: SectionName | None = None
    ) -> None:
        """Add the items of a line; those of a `section` of their own where no other is open."""
        ends = section == "cool_down" or self.block is None
        alone = section is not None and self.section == "exercises" and ends
        if section is not None and alone:
            self.open_section(section)
        for read in reads:
            item = Item(
                self.names.name(read.name),
                [Evidence(line.number, line.text)],
                list(read.facts),
                read.direct,
                read.letter,
                read.minute,
            )
            if read.doubt:
                item.doubts.append(Doubt("name", read.doubt))
            if read.amount_doubt:
                item.doubts.append(Doubt("amount", read.amount_doubt))
            self.add_item(item)
        if alone:
            self.open_section("exercises")

    def add_item(self, item: Item) -> None:
        """Add an item, in the block of its letter where it has one."""
        if item.letter:
            self._open_letter(item.letter)
        elif self.block is not None and self._stands_behind(self.block, item):
            self.block = None
        if self.section == "cool_down":
            item.name = self.names.name_stretch(item.name)
        name = item.name
        if not name.noun:
            item.doubts.append(Doubt("name", "no word of it is one that exercises are named with"))
        elif name.dropped:
            item.doubts.append(Doubt("name", f"`{name.dropped}` is left out of it"))
        elif name.exercise is None and len(name.text.split()) >= MOST_WORDS_SURE:
            item.doubts.append(Doubt("name", "so long a name may hold words that are none of it"))
        elif name.exercise is None and (known := known_within(name.text, self.names.knows)):
            item.doubts.append(Doubt("name", f"the catalogue has only `{known.name}`"))
        self.entries.append(item)
        self.count += 1
        self.item = item
        self.details = 0
        self.again = False

    def reopen_item(self, name: Name, line: SourceLine) -> bool:
        """Open an item of the last block again that a heading below it names: its description."""
        last = self.entries[-1] if self.entries and self.block is None else self.block
        if not isinstance(last, BlockEntry) or not last.told_together:
            return False
        for item in last.entries:
            if isinstance(item, Item) and _means_same(item.name, name):
                self.item, self.details = item, 0
                self.add_evidence(line)
                return True
        return False

    def reopen_told(self, name: Name, line: SourceLine) -> bool:
        """Open an item of the section again that has its amount: a line heads how it is done."""
        for entry in self.workout.sections[self.section]:
            for item in entry.entries if isinstance(entry, BlockEntry) else (entry,):
                if (
                    isinstance(item, Item)
                    and item.has_amount
                    and _means_same(item.name, name)
                    and not differ_in_brackets(item.evidence[0].text, line.text)
                ):
                    self.item, self.details, self.again = item, 1, True
                    return True
        return False

    def reopen_last(self, name: Name, line: SourceLine) -> bool:
        """Open the last item again where a line repeats its name: the caption of a picture."""
        last = self.entries[-1] if self.entries else None
        if not isinstance(last, Item) or not _means_same(last.name, name):
            return False
        if differ_in_brackets(last.evidence[0].text, line.text):
            return False
        self.item = last
        return True

    def _open_letter(self, letter: str) -> None:
        """A1 and A2 are a superset: the block of their letter is opened, or goes on."""
        if self.block is not None:
            if self.block.letter == letter[0]:
                return
            if not self.block.letter and self.block.facts:
                return
        self.block = None
        if len(letter) > 1:
            self.block = BlockEntry(letter=letter[0])
            self.workout.sections[self.section].append(self.block)

    @staticmethod
    def _stands_behind(block: BlockEntry, item: Item) -> bool:
        """Whether an item is none of the open block's.

        Sets of its own have no place in rounds or under a clock, where the items so far have none.
        """
        if block.letter:
            return True
        if block.value("tabata") and item.has_amount:
            return True
        members = [one for one in block.entries if isinstance(one, Item)]
        timed = any(block.value(one) for one in ("rounds", "sets", "work", *OWN_PACE))
        return (
            timed
            and not block.value("superset")
            and bool(members)
            and item.has_sets
            and not any(one.has_sets for one in members)
        )

    def add_evidence(self, line: SourceLine) -> None:
        """Keep a line as evidence of the open item."""
        assert self.item is not None
        self.item.evidence.append(Evidence(line.number, line.text))

    def add_sentence(self, source: str, line: SourceLine, first: bool) -> None:
        """Keep a sentence as evidence: with its line, or behind the last one.

        `first`: the sentence stands in a line of its own, not behind a name.
        """
        assert self.item is not None
        evidence = self.item.evidence
        if first and line.number not in [one.line for one in evidence]:
            evidence.append(Evidence(line.number, source))
        elif source not in evidence[-1].text:
            evidence[-1] = evidence[-1]._replace(text=f"{evidence[-1].text} {source}")

    def is_same(self, read: Read) -> bool:
        """Whether a line names the open item again, to say how much of it."""
        if self.item is None or self.item.has_amount:
            return False
        return _means_same(self.names.name(read.name), self.item.name)

    def is_subtitle(self, name: Name, behind: str, line: SourceLine) -> bool:
        """Whether a line right below a name says it in other words: no known name, and longer."""
        item = self.item
        return (
            item is not None
            and line.mark == "text"
            and not behind
            and item.line == line.number - 1
            and not item.has_amount
            and name.exercise is None
            and len(name.text.split()) >= MOST_WORDS_PLAIN
        )

    # --- rests ---

    def add_rests(
        self, facts: list[Fact], line: SourceLine, *, strong: bool, of_each: bool, closes: bool
    ) -> tuple[LineRole, str]:
        """Add a line that tells rests alone, where it belongs.

        `strong`: exercises are headed by headings or numbers, so that lines below tell of them.
        `of_each`: it tells of each block. `closes`: it stands apart below the last exercise.
        """
        facts = [self._as_rest_of_rounds(fact) for fact in facts]
        note = ", ".join(f"{fact.field} {fact.value}" for fact in facts)
        wide = [fact for fact in facts if fact.field in ("rest_rounds", "rest_exercises")]
        if wide:
            if self.block is not None and not self._is_own_pace(self.block) and not of_each:
                self.block.facts += facts
                self.block.evidence.append(Evidence(line.number, line.text))
                if self.block.entries:
                    self.close_item()
                return "rest", note
            self.add_page(facts, line.number, line.text)
            return "page", note
        fact = facts[0]
        if closes:
            self.add_page(facts, line.number, line.text)
            return "page", note
        if self.item is not None and self._rests_of_item(self.item, strong):
            self.item.facts += facts
            self.add_evidence(line)
            return "rest", "of the exercise above"
        if not self.entries and self.block is not None:
            self.block.facts += facts
            return "rest", note
        if fact.field == "rest_sets" or not self.entries:
            self.add_page(facts, line.number, line.text)
            return "page", note
        self.close_item()
        if self.block is not None and self._is_own_pace(self.block):
            self.block = None
        self.entries.append(RestEntry(fact.value, [Evidence(line.number, line.text)]))
        return "rest", note

    def _as_rest_of_rounds(self, fact: Fact) -> Fact:
        """A rest between sets below exercises that have none in a block of sets: of its rounds."""
        block = self.block
        if fact.field != "rest_sets" or block is None or block.letter or block.value("superset"):
            return fact
        members = [one for one in block.entries if isinstance(one, Item)]
        counted = bool(members) and bool(block.value("rounds") or block.value("sets"))
        if not counted or any(one.has_sets for one in members):
            return fact
        return fact._replace(field="rest_rounds")

    def _rests_of_item(self, item: Item, strong: bool) -> bool:
        if strong and (self.details or item.has_amount):
            return True
        in_sets = item.has_sets and (self.block is None or bool(self.block.letter))
        return in_sets and not any(one.field.startswith("rest") for one in item.facts)

    @staticmethod
    def _is_own_pace(block: BlockEntry) -> bool:
        return any(block.value(one) for one in OWN_PACE)

    # --- the whole ---

    def add_page(self, facts: list[Fact], number: int, text: str) -> None:
        """Keep facts of all exercises; of each field the first one holds."""
        kept = {fact.field for fact in self.workout.facts}
        self.workout.facts += [fact for fact in facts if fact.field not in kept]
        self.workout.evidence.append(Evidence(number, text))


def _means_same(name: Name, other: Name) -> bool:
    """Whether two names are those of one exercise."""
    if name.side != other.side:
        return False
    if name.exercise is not None and other.exercise is not None:
        return name.exercise.key == other.exercise.key
    return _stem(name.text) == _stem(other.text)


def _stem(text: str) -> list[str]:
    """The words of a name in the singular."""
    return [singular_of(word) for word in fold_text(text).split()]


def differ_in_brackets(text: str, other: str) -> bool:
    """Whether two lines tell by their brackets that one name stands for two exercises.

    >>> differ_in_brackets("Leg lift (lying)", "Leg lift (seated)")
    True
    >>> differ_in_brackets("Leg lift (lying)", "Leg lift")
    False
    """
    words, others = (fold_text(" ".join(_BRACKETS.findall(one))) for one in (text, other))
    return bool(words and others) and words != others
