"""Lines to workouts: which heads an exercise, which tells its amount, which is no part of it."""

from __future__ import annotations

import re

from audioworkout.importing.beside import BesideReader
from audioworkout.importing.block_headings import BlockHeadingReader
from audioworkout.importing.calendars import CalendarReader
from audioworkout.importing.draft import Draft
from audioworkout.importing.heads import Head, HeadFinder, style_of
from audioworkout.importing.item_lines import ItemLineReader
from audioworkout.importing.ledger import doubt_unread
from audioworkout.importing.levels import LevelReader
from audioworkout.importing.lines import Document, SourceLine
from audioworkout.importing.lists import (
    read_shared_row,
)
from audioworkout.importing.naming import NameFinder, Read
from audioworkout.importing.openings import (
    Opening,
    begins_with_any,
    day_opening,
    find_workout_headings,
    section_opening,
    without_asides,
)
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    Evidence,
    Item,
    LineRole,
    Outline,
    Trace,
)
from audioworkout.importing.page_facts import Found, PageFactReader
from audioworkout.importing.prose import read_counted_mentions, read_running_text
from audioworkout.importing.rows import TableRowReader
from audioworkout.importing.rules import ImportLanguage, fold_text
from audioworkout.importing.settle import drop_title, settle_workouts
from audioworkout.importing.single import read_single_exercise
from audioworkout.importing.structure import doubt_groups
from audioworkout.importing.weeks import OF_LATER_WEEK, OF_OTHER_LEVEL, WeekReader
from audioworkout.importing.whiteboard import LONGEST_ITEM, find_lettered_days, read_counted_items

MINUTES_OF_TITLE = re.compile(r"(?<!\w)(?:in|en|dans) \d{1,2} ?min", re.IGNORECASE)
"""How long the whole takes, in a title: `Abs in 5 minutes`."""
LINES_AHEAD = 6
"""Lines below a name in which its amount is looked for."""
HEAD_FIELDS = frozenset({"load", "weight", "percent", "rpe", "sides", "alternating", "directions"})
"""Fields that may stand in a line that names an exercise without its amount."""
MOST_ITEMS = 1000
"""Items after which a source is not read on: it is a library, and refused."""
FEW_ITEMS = 3
"""Where lines hold no more items, the sentences are looked at for others."""
MOST_WORDS_VARIANT = 3
"""Words behind a name that say which kind of it is done, and describe nothing: `wide grip`."""


def read_outline(document: Document, names: NameFinder) -> Outline:
    """Everything that the lines of a document say."""
    return RoleReader(document, names).read()


class RoleReader:
    """Goes through the lines once; each step takes a line that is its own, or passes it on."""

    def __init__(self, document: Document, names: NameFinder) -> None:
        self.document = document
        self.names = names
        self.language: ImportLanguage = names.language
        self.heads = HeadFinder(document, names)
        self.draft = Draft(document.title, names)
        self.strong = self.heads.has_strong
        self.headed = find_workout_headings(document.lines, self.language)
        """Numbers of headings that each begin a workout: `Chest workout`, `Back workout`."""
        self.lettered = find_lettered_days(document.lines, names)
        self.traces: list[Trace] = []
        self.weeks = WeekReader(self.draft, document.lines)
        self.beside = BesideReader(self.draft, self.heads)
        self.rows = TableRowReader(self.draft, document.lines)
        self.blocks = BlockHeadingReader(self.draft, names)
        self.calendar = CalendarReader(self.draft, names, document.lines)
        self.levels = LevelReader(self.draft, names, document.lines)
        self.items = ItemLineReader(self.draft, self.heads, document.lines)
        self.page_facts = PageFactReader(self.draft, names, strong=self.strong)
        self.last: SourceLine | None = None
        self.above: SourceLine | None = None
        """The line in front of the one that is read."""
        self.apart = True
        self.following: tuple[SourceLine, ...] = ()
        """The next lines."""
        self.item_line: SourceLine | None = None
        """The line of the exercise that was added last."""
        self.described: Item | None = None
        """The exercise whose steps are counted."""
        self.bullets = 0

    def read(self) -> Outline:
        """Everything that the lines say."""
        for n, line in enumerate(lines := self.document.lines):
            if self.draft.count > MOST_ITEMS:
                break
            following = [
                one
                for one in lines[n + 1 : n + 10]
                if not self.language.has_phrase("captions", fold_text(one.text))
            ]
            count = self.draft.count
            other = OF_OTHER_LEVEL if self.levels.leaves_out(line) else ""
            if other := OF_LATER_WEEK if self.calendar.leaves_out(line) else other:
                self.traces.append(Trace(line.number, line.text, "left out", other))
                continue
            role, note = self._read_line(line, tuple(following[:LINES_AHEAD]))
            if self.draft.count > count:
                self.item_line = line
            self.traces.append(Trace(line.number, line.text, role, note))
        draft = self.draft
        items = [item for one in draft.workouts for item in one.items()]
        told = sum(item.has_amount for item in items)
        blocks = [
            one for day in draft.workouts for one in day.blocks() if one.entries and one.facts
        ]
        if not (self.strong or blocks) and told <= FEW_ITEMS:
            prose = Draft(self.document.title, self.names)
            traces = read_running_text(self.document, self.traces, prose)
            least = 2 * told if told == FEW_ITEMS else len(items) - (not told)
            if sum(len(one.items()) for one in prose.workouts) > max(least, 1):
                draft, self.traces = prose, traces
        drop_title(draft.workouts[0], self.document)
        found = [item for one in draft.workouts for item in one.items()]
        if len(found) < FEW_ITEMS and not any(item.has_amount and item.name.noun for item in found):
            single = read_single_exercise(self.document, self.traces, self.names)
            if single is not None:
                draft = Draft(self.document.title, self.names)
                draft.add_item(single)
        workouts = [one for one in draft.workouts if one.items()]
        self.weeks.doubt_later(workouts)
        self.calendar.doubt_later(workouts)
        settle_workouts(workouts, self.traces)
        now = [one for one in self.traces if one.note not in (OF_LATER_WEEK, OF_OTHER_LEVEL)]
        doubt_unread(workouts, now, self.names)
        doubt_groups(workouts, now, self.names)
        return Outline(self.document.title, workouts, self.traces)

    def _read_line(self, line: SourceLine, following: tuple[SourceLine, ...]) -> Found:
        self.apart = self.last is None or line.number > self.last.number + 1
        if self._ends_item(line) and not self._gives_amount(line):
            self.draft.close_item()
        self.above, self.last = self.last, line
        self.following = following
        self.items.begin_line(self.above, following, apart=self.apart)
        self.page_facts.begin_line(following, apart=self.apart)
        self.blocks.begin_line(following, apart=self.apart)
        line, found = self.weeks.read(line)
        if found is not None:
            return found
        found = self.beside.read(line) or self.rows.read(line) or self.beside.read_hint(line)
        if found is not None:
            return found
        line = line._replace(text=without_asides(line.text, self.language))
        for read in (
            self.items.read_set,
            self.blocks.read_minute_of_rest,
            self.page_facts.read_rest_labels,
            self.page_facts.read_all_label,
            self.page_facts.read_levels,
            self._read_day,
            self._read_section,
            self._read_part,
            self.blocks.read_end,
            self._read_level,
            self.blocks.read,
            self._read_title,
            self.items.read,
            self.page_facts.read_rests,
            self.page_facts.read_rounds,
        ):
            found = read(line)
            if found is not None:
                return found
        return (
            self._read_heading(line, following)
            or self._read_closing(line)
            or self._read_description(line.text, line, True)
        )

    def _ends_item(self, line: SourceLine) -> bool:
        """Whether a paragraph stands apart from the marked steps of the exercise above it."""
        if self.draft.item is None or self.last is None or self.draft.item is not self.described:
            self.described = self.draft.item
            self.bullets = 2 if self.last is not None and self.last.mark == "item" else 0
            if self.draft.item is None or self.last is None:
                return False
        if line.mark == "item" or (
            line.mark == "number" and not self.heads.is_strong(style_of(line))
        ):
            self.bullets += 1
            return False
        apart = line.mark == "text" and self.apart and self.bullets > 1
        if line.mark != "text":
            self.bullets = 0
        return apart

    def _gives_amount(self, line: SourceLine) -> bool:
        """Whether a line says how much of the exercise above it, of which nothing is told yet."""
        item = self.draft.item
        return (
            item is not None
            and not item.has_amount
            and any(
                fact.field in AMOUNT_FIELDS
                for told in self.names.facts_of_line(line.text)
                for fact in told.facts
                if not (told.not_now or told.about_all)
            )
        )

    # --- days, sections, blocks ---

    def _read_title(self, line: SourceLine) -> Found | None:
        """The heading of the whole page is no exercise, whatever it names: `Abs: 12 minutes`."""
        if line.mark == "heading" and fold_text(line.text) == self.heads.title:
            return "title", ""
        apart = bool(self.following) and self.following[0].number > line.number + 1
        if line.number == self.heads.first and apart and MINUTES_OF_TITLE.search(line.text):
            return "title", ""
        return None

    def _read_day(self, line: SourceLine) -> Found | None:
        opening = day_opening(line.text, self.language)
        if opening is None and line.number in self.headed:
            opening = Opening(line.text, "")
        if line.number in self.lettered:
            opening = Opening(line.text[0], line.text[2:].strip())
        if opening is None:
            return None
        self.calendar.begin_day()
        self.draft.open_day(opening.name)
        if opening.behind and not self.calendar.read_amount(opening.behind, line):
            items = read_shared_row(opening.behind, self.names)
            for text in (opening.behind, re.split(r"\s[–—-]\s", opening.behind)[0]):
                items = items or read_counted_items(text, self.names, True)
            behind = line._replace(text=opening.behind)
            name = self.names.name(opening.behind)
            if items:
                self.draft.add_reads(items, line)
            elif name.exercise is not None and self.heads.tells_amount(self.following):
                self.draft.add_item(Item(name, [Evidence(line.number, line.text)]))
            elif self.blocks.read(behind) is None and self._read_section(behind) is None:
                self.draft.workout.title = f"{opening.name}: {opening.behind}"[:80]
        return "day", opening.name

    def _read_section(self, line: SourceLine) -> Found | None:
        found = section_opening(
            line.text,
            self.language,
            within=self._is_plain_heading(line),
            heading=line.mark == "heading",
        )
        if found is None:
            return None
        section, opening = found
        if opening.behind and line.mark == "text" and not re.search(r"[:(]", line.text):
            facts = [fact for one in self.names.facts_of_line(line.text) for fact in one.facts]
            if self.names.name(opening.name).exercise and {fact.field for fact in facts} == {
                "time"
            }:
                self.draft.add_reads([Read(opening.name, "", facts, "")], line, section)
                return "exercise", opening.name
        self.draft.open_section(section)
        if section == "exercises" and opening.behind and (block := self.blocks.read(line)):
            return block
        if opening.behind:
            items = read_shared_row(opening.behind, self.names) or read_counted_items(
                opening.behind.strip(" ()"), self.names, True
            )
            if items:
                self.draft.add_reads(items, line)
            else:
                whole = self.blocks.names_block(line)
                self.blocks.open_block(line.text if whole else opening.behind, line)
        return "section", section

    def _read_part(self, line: SourceLine) -> Found | None:
        """A line that names a part of the workout, `Power phase`, which ends the warm-up."""
        if line.mark not in ("heading", "bold", "text") or not self.names.names_part(line.text):
            return None
        if self.page_facts.find_only_facts(line) or self.blocks.names_block(line):
            return None
        self.draft.open_section("exercises")
        return "section", "a part of the workout"

    def _is_plain_heading(self, line: SourceLine) -> bool:
        """Whether a line is a heading that names no exercise."""
        return line.mark == "heading" and line.value is None and not self.names.name(line.text).noun

    def _read_level(self, line: SourceLine) -> Found | None:
        """`Beginner: 2 x 8` under an exercise, and `Week 1: 3 x 10`."""
        if parts := self.levels.read_several(line):
            for part in parts:
                self.levels.read(line._replace(text=part.partition(".")[0]))
            self._read_description(parts[-1].partition(".")[2], line, False)
            return "amount", "levels"
        return self.levels.read(line)

    # --- headings and prose ---

    def _read_heading(self, line: SourceLine, following: tuple[SourceLine, ...]) -> Found | None:
        """A line that names an exercise, with what is said of it behind a colon or below."""
        draft = self.draft
        head = self.heads.head_of(line)
        if head is None:
            if line.mark not in ("heading", "bold") or draft.item is None:
                return None
            if self.page_facts.find_only_facts(line):
                return None  # `2 sets of 12 reps` as a heading below that of the exercise
            if self.heads.is_part_label(line.text):
                return "description", "heads a part of it"
            draft.close_item()
            return "section", ""
        told = head.style.mark != "exercise"
        if told and not self.apart and draft.is_subtitle(head.name, head.behind, line):
            return None
        if self._is_nested(line):
            return None
        if self._heads_again(head, line, following):
            return "description", "of an exercise above"
        inside = draft.section != "exercises" or draft.block is not None
        described = draft.item is not None and draft.details > 0
        if not self.heads.is_exercise(
            head, line, following, inside=inside, described=described, again=draft.again
        ):
            return self._read_other_heading(head, line)
        draft.close_item()
        if self._heads_group(head, line, following):
            return "section", "a heading of the exercises below it"
        if draft.reopen_item(head.name, line) or (
            not (head.behind or self._has_other_amount(following))
            and draft.reopen_last(head.name, line)
        ):
            return "description", "of an exercise above"
        loads = [
            fact
            for one in self.names.facts_of_line(head.text)
            for fact in one.facts
            if fact.field in HEAD_FIELDS
        ]
        evidence = [Evidence(line.number, line.text)]
        draft.add_item(Item(head.name, evidence, loads, letter=head.letter))
        if head.behind:
            self._read_description(head.behind, line, False)
        return "exercise", head.name.text

    def _read_closing(self, line: SourceLine) -> Found | None:
        """A line that brings exercises in, behind others: `To finish: 50 crunches`."""
        last = begins_with_any(fold_text(line.text), self.language.labels["behind"])
        if not ((self.apart or last) and line.mark == "text" and self.draft.has_entries):
            return None
        if self.strong or len(line.text) > LONGEST_ITEM:
            return None
        reads = read_counted_mentions(line.text, self.names)
        if not reads:
            return None
        self.draft.close_block()
        self.draft.add_reads(reads, line)
        return "exercise", ", ".join(one.name for one in reads)

    def _is_nested(self, line: SourceLine) -> bool:
        """Whether a line stands in a list within the item of a list that is the exercise above."""
        above = self.item_line
        return (
            self.draft.item is not None
            and above is not None
            and line.mark == "item"
            and above.mark in ("item", "number")
            and line.level > above.level
        )

    def _heads_group(self, head: Head, line: SourceLine, following: tuple[SourceLine, ...]) -> bool:
        """Whether a line names what the items below it have in common: `Triceps work`, `Push:`.

        It is no known exercise and has no amount, and the next line has one and another name.
        """
        if head.behind or head.letter or head.name.exercise is not None or not following:
            return False
        below = following[0]
        if line.mark == "number" or (line.mark == below.mark == "item" and line.text[-1] != ":"):
            return False
        if head.name.noun and re.search(r"[.!]\s*$", below.text):
            return False  # a sentence of its description
        reads = read_counted_items(below.text, self.names, True)
        return bool(reads) and not any(
            fold_text(head.name.text) in fold_text(read.name) for read in reads
        )

    def _has_other_amount(self, following: tuple[SourceLine, ...]) -> bool:
        """Whether the last exercise has its amount, and lines below tell one of an exercise."""
        last = self.draft.entries[-1] if self.draft.entries else None
        return isinstance(last, Item) and last.has_amount and self.heads.tells_amount(following)

    def _heads_again(self, head: Head, line: SourceLine, following: tuple[SourceLine, ...]) -> bool:
        """Whether a line only tells how an exercise is done whose amount stands above it."""
        if head.letter or self.heads.tells_amount((line, *following)):
            return False
        return self.draft.reopen_told(head.name, line)

    def _read_other_heading(self, head: Head, line: SourceLine) -> Found | None:
        if line.mark != "heading" and not (line.mark == "bold" and not head.behind):
            return None
        if line.mark == "heading":
            self.draft.close_block()
            if line.level == 1 and not self.draft.workout.title:
                return "title", ""
        self.draft.close_item()
        return "section", "a heading of something else"

    def _read_description(self, text: str, line: SourceLine, first: bool) -> Found:
        """Sentences below an exercise, or between them.

        `first`: the text is the whole line, not what stands behind a name in it.
        """
        draft = self.draft
        head, colon, behind = text.partition(":")
        ordered = bool(colon) and self._is_order_label(head) and behind.lstrip()[:1].isdigit()
        if ordered:
            text = behind.strip()
        taken: list[str] = []
        role: LineRole = "description" if draft.item is not None else "left out"
        for told in self.names.facts_of_line(text):
            if draft.item is not None:
                draft.item.told.append(told.text)
            if told.not_now or not (told.facts or draft.item is not None):
                continue
            everywhere, own = self.page_facts.part_facts(told)
            if ordered and draft.item is not None and not draft.item.has_amount:
                counts = [fact for fact in told.facts if fact.field == "count"]
                own += counts[: not {fact.field for fact in own} & AMOUNT_FIELDS]
            kept = self.page_facts.add_page_facts(everywhere, told, line) if everywhere else []
            if kept:
                taken += [fact.field for fact in kept]
                role = "page" if not own else role
            if own and draft.item is not None:
                draft.item.facts += own
                draft.add_sentence(told.source, line, first)
                taken += [fact.field for fact in own]
                role = "amount"
        draft.details += first or len(text.split()) > MOST_WORDS_VARIANT
        return role, ", ".join(dict.fromkeys(taken))

    def _is_order_label(self, text: str) -> bool:
        """Whether words before a colon announce what is done: `How to do it: 10 circles`."""
        return fold_text(text).strip(" *") in self.language.labels["instructions"]
