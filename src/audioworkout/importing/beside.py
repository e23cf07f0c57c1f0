"""What stands beside the workout: comments, related articles, hints, advertisements, captions."""

from __future__ import annotations

import re

from audioworkout.importing.draft import Draft
from audioworkout.importing.heads import HeadFinder
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.openings import (
    LONGEST_HEAD,
    BesidePart,
    begins_with_any,
    beside_opening,
    day_opening,
    is_aside,
    is_dated,
    opens_recap,
    section_opening,
)
from audioworkout.importing.outline import LEVEL_LABELS, LineRole
from audioworkout.importing.rules import fold_text
from audioworkout.importing.whiteboard import read_counted_items

LONGEST_NOTICE = 200
"""Characters of a notice; in a longer paragraph only a sentence is one."""
SHORTEST_BROKEN = 45
"""Characters of a line whose sentence may go on in the next one."""
_BRACKETS = re.compile(r"\([^()]*\)")


class BesideReader:
    """Takes the lines that are no part of the workout, one after the other."""

    def __init__(self, draft: Draft, heads: HeadFinder) -> None:
        self.draft = draft
        self.heads = heads
        self.names = draft.names
        self.language = draft.names.language
        self.part: BesidePart | None = None
        """The part beside the workout that goes on."""
        self.skip_next = False
        """Whether a label stands above whose hint is the next line."""
        self.broken_line = -1
        """The number of a line of a hint whose sentence goes on in the next one."""
        self.example_next = False
        """Whether the line above brings in an example: `such as:`."""
        self.condition: SourceLine | None = None
        """The line whose list of alternatives goes on: `If you cannot run:`."""

    def read(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """Parts of the page beside the workout, up to the next heading of their level."""
        if is_dated(line.text, self.language):
            return "left out", "when the page was written"
        beside = beside_opening(line, self.language)
        if beside is not None and self._is_item_line(line):
            beside = None
        if beside is None and self.draft.has_entries and opens_recap(line.text, self.language):
            beside = BesidePart(2, short=False)
        if beside is None and self.part is not None and not self._ends_beside(line, self.part):
            return "left out", "a part of the page beside the workout"
        if beside is not None and (self.part is None or self.part.short):
            self.draft.close_block()
            self.part = beside
            return "left out", "opens a part beside the workout"
        if beside is not None:
            return "left out", "a part of the page beside the workout"
        self.part = None
        return None

    def _ends_beside(self, line: SourceLine, beside: BesidePart) -> bool:
        """Whether a line ends a part beside the workout: a heading, of a short one an exercise."""
        if line.mark == "heading" and line.level <= beside.level:
            return True
        if not beside.short:
            return False
        head = self.heads.head_of(line)
        heads = head is not None and head.name.noun and self.heads.is_strong(head.style)
        opens = section_opening(line.text, self.language) or day_opening(line.text, self.language)
        return heads or opens is not None or self._is_item_line(line)

    def read_hint(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """Hints below their label, advertisements, and hints that begin with it: `Tip: ...`."""
        if self.example_next:
            self.example_next = False
            return "beside", "an example of the line above"
        if self._is_alternative(line):
            return "beside", "in place of an exercise above"
        self.condition = line if self._opens_alternatives(line) else None
        self.example_next = self.draft.has_entries and self._ends_with_example(line.text)
        goes_on = line.mark == "text" and line.number == self.broken_line + 1
        if self.skip_next or goes_on:
            self.skip_next = False
            heads = line.mark in ("heading", "number")
            later = self.language.has_phrase("later", fold_text(line.text))
            told = self._is_item_line(line) or self._tells_seconds(line)
            if not heads and (later or not told):
                long = len(line.text) >= SHORTEST_BROKEN and line.text[-1] not in ".!?:"
                self.broken_line = line.number if long else -1
                return "beside", "belongs to the hint above"
        if self.language.has_phrase("captions", fold_text(line.text)):
            return "left out", "the caption of a picture"
        noise = len(line.text) <= LONGEST_NOTICE and self.language.has_phrase(
            "noise", fold_text(_BRACKETS.sub("", line.text))
        )
        if noise and not self._is_item_line(line):
            return "left out", "an advertisement or a notice"
        head, colon, behind = line.text.partition(":")
        if not is_aside(head, self.language) or self._names_level(line.text):
            return None
        if not colon and line.mark == "text" and len(head) < 4:
            return None
        if behind.strip():
            if self._tells_seconds(line):
                return None  # `Time: 40 seconds`; minutes may be those of the whole workout
        else:
            self.skip_next = True
        return "beside", "a hint, not what is to be done"

    def _opens_alternatives(self, line: SourceLine) -> bool:
        """Whether a line brings in what is done in place of exercises above."""
        opens = begins_with_any(fold_text(line.text), self.language.lists["conditions"])
        return opens and line.text.rstrip().endswith(":") and self.draft.has_entries

    def _is_alternative(self, line: SourceLine) -> bool:
        """Whether a line is an item of the list below a condition."""
        above = self.condition
        listed = above is not None and line.mark == "item"
        return listed and above is not None and (above.mark != "item" or line.level > above.level)

    def _ends_with_example(self, text: str) -> bool:
        """Whether a sentence brings in an example of what it explains, in the next line."""
        folded = fold_text(text).rstrip()
        return folded.endswith(":") and folded.rstrip(" :.,").endswith(
            tuple(f" {one}" for one in self.language.lists["examples"])
        )

    def _tells_seconds(self, line: SourceLine) -> bool:
        """Whether a line says how long to work: in seconds, or of each exercise."""
        facts = [fact for one in self.names.facts_of_line(line.text) for fact in one.facts]
        return any(
            fact.field == "each" or (fact.field == "time" and fact.value.endswith("s"))
            for fact in facts
        )

    def _is_item_line(self, line: SourceLine) -> bool:
        return len(line.text) < LONGEST_HEAD and bool(
            read_counted_items(line.text, self.names, False)
        )

    def _names_level(self, text: str) -> bool:
        """Whether a line under an exercise begins with a level: `Advanced: 4 x 12`."""
        head, _, behind = text.partition(":")
        folded = fold_text(head).strip()
        return (
            self.draft.item is not None
            and bool(behind.strip())
            and any(folded in self.language.labels[level] for level in LEVEL_LABELS)
            and any(one.facts for one in self.names.facts_of_line(behind.strip()))
        )
