"""Lines that hold an exercise and its amount, and those that tell its sets one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audioworkout.importing.draft import Draft
from audioworkout.importing.heads import HeadFinder, style_of
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.lists import (
    find_orders,
    read_listed_item,
    read_name_row,
    read_order,
    read_shared_row,
)
from audioworkout.importing.naming import Read
from audioworkout.importing.openings import LONGEST_HEAD, numbered_behind, section_of_line
from audioworkout.importing.page_facts import Found
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import fold_text
from audioworkout.importing.set_lines import find_loaded_sets, join_told_sets
from audioworkout.importing.whiteboard import LONGEST_ITEM, read_counted_items

_BRACKETS = re.compile(r"\([^()]*\)")
FEWEST_BESIDE = 2
"""Lines beside one of a list that are items, so that it is one as well."""
LONGEST_GAP_LISTED = 4
MOST_WORDS_COUNTED = 5
"""Words of a line that is an amount and a name, and no sentence."""


class ItemLineReader:
    """Adds to a draft the exercises of lines that say how much of them is done."""

    def __init__(self, draft: Draft, heads: HeadFinder, lines: Sequence[SourceLine]) -> None:
        self.draft = draft
        self.heads = heads
        self.names = draft.names
        self.language = draft.names.language
        self.strong = heads.has_strong
        self.orders = find_orders(lines, draft.names)
        """Numbers of items of lists that are orders with an amount: `Tilt the head, 20 s`."""
        self.above: SourceLine | None = None
        self.following: tuple[SourceLine, ...] = ()
        self.apart = True

    def begin_line(
        self, above: SourceLine | None, following: tuple[SourceLine, ...], *, apart: bool
    ) -> None:
        """Tell of the line that is read next: those around it, and whether it stands apart."""
        self.above, self.following, self.apart = above, following, apart

    def read(self, line: SourceLine) -> Found | None:
        """Lines that hold an exercise and its amount: `12 push-ups`, `Squat 3 x 8`."""
        text = line.text
        if len(text) > LONGEST_ITEM:
            return None
        numbered = self.heads.numbered(text)
        bare = _BRACKETS.sub("", text)
        if self.language.has_phrase("later", fold_text(bare)) and not numbered:
            return None
        head, _, behind = text.partition(":")
        if self.draft.item is not None and self.heads.is_part_label(head):
            items = self._read_labelled(head, behind)
        else:
            items = self._read_list_line(line, numbered or text)
            items = items if len(items) > 1 else self._read_behind(behind) or items
        if not items or (len(items) == 1 and items[0].name[0].isdigit()):
            return None  # `50 crunches and a plank` is no name
        if len(items) == 1 and self.draft.is_same(items[0]):
            assert self.draft.item is not None
            self.draft.item.facts += items[0].facts
            self.draft.item.direct = items[0].direct
            self.draft.add_evidence(line)
            return "amount", "of the exercise above"
        if self._heads_part(line, items):
            return None
        labelled = numbered or line.number in self.orders or self._is_known_with_amount(text, items)
        if not labelled and (self._is_step(line) or self._is_sentence_below(line, items)):
            return None
        self.draft.close_item()
        pair = len(items) > 1 and self.draft.block is None and self._is_superset(text)
        if pair:
            self.draft.open_block([Fact("superset", "superset", 42, 0, 0)], line)
        names = [one.name for one in items]
        self.draft.add_reads(items, line, section_of_line(text, names, self.language))
        if pair:
            self.draft.close_block()
        return "exercise", ", ".join(names)

    def _is_superset(self, text: str) -> bool:
        """Whether a line joins its exercises by the word: `Press 4x8 superset with raises 3x15`."""
        words = map(re.escape, self.language.labels["superset"])
        return bool(re.search(rf"(?<=\S )(?:{'|'.join(words)})(?!\w)", fold_text(text)))

    def _read_list_line(self, line: SourceLine, text: str) -> list[Read]:
        """The items of a line with amounts, of a row of names, or of a list of orders."""
        items = (
            read_shared_row(text, self.names)
            or read_counted_items(text, self.names, True)
            or read_name_row(text, self.names)
        )
        if line.number in self.orders and (not items or "," in items[0].name):
            order = read_order(text, self.names)
            return [order] if order is not None else items
        listed = None if items else read_listed_item(text, self.names)
        stretched = self.draft.section == "cool_down"
        if listed is not None and (
            self._stands_among_items(line) or (stretched and self.names.names_muscles(listed.name))
        ):
            return [listed]
        return items

    def _is_known_with_amount(self, text: str, items: list[Read]) -> bool:
        """Whether a line is a known name, a dash and its amount: `Squat - 3 sets of 5.`, say."""
        name = items[0].name
        known = self.names.name(name).exercise is not None
        behind = text[len(name) :].lstrip()[:1]
        return len(items) == 1 and known and text.startswith(name) and behind in (":", *"-–—")

    def _stands_among_items(self, line: SourceLine) -> bool:
        """Whether the lines above and below are items of the same list, with their amounts."""
        sized = {fact.field for one in self.names.facts_of_line(line.text) for fact in one.facts}
        near = [one for one in (self.above, *self.following[:2]) if one is not None]
        alike = [
            one
            for one in near
            if one.mark == line.mark and abs(one.number - line.number) <= LONGEST_GAP_LISTED
        ]
        counted = [one for one in alike if read_counted_items(one.text, self.names, True)]
        begins = self.above not in counted and not {"sets", "reps"} <= sized
        return not begins and len(counted) >= FEWEST_BESIDE and len(counted) >= len(near) - 1

    def _read_labelled(self, label: str, behind: str) -> list[Read]:
        """The items behind a label that recurs, `Core: leg raises 3 x 12`; none of a sentence."""
        if self.heads.is_part_of_description(label) or re.search(r"[.!]\s*$", behind):
            return []
        items = read_counted_items(behind.strip(), self.names, True)
        return items if all(self.names.name(one.name).noun for one in items) else []

    def _read_behind(self, behind: str) -> list[Read]:
        """Several items behind words of a place or the like: `On the bench: 12 dips, 10 steps`."""
        items = read_counted_items(behind.strip(), self.names, True) if behind.strip() else []
        known = all(self.names.name(one.name).noun for one in items)
        return items if len(items) > 1 and known else []

    def read_set(self, line: SourceLine) -> Found | None:
        """A line that tells sets of the exercise above with their loads: `Set 2: 60 kg x 8`."""
        item = self.draft.item
        if item is None or len(line.text) > LONGEST_HEAD or (item.has_amount and not item.sets):
            return None
        label, colon, behind = line.text.partition(":")
        text = numbered_behind(line.text, self.language.labels["set"])
        warm = bool(colon) and fold_text(label).strip() in self.language.labels["warm_up"]
        sets = find_loaded_sets(text or (behind if warm else line.text), self.language)
        if not sets:
            return None
        if warm:
            return "left out", "sets to warm up for the exercise above"
        item.sets += sets
        item.direct = join_told_sets(item.sets)
        self.draft.add_evidence(line)
        return "amount", "sets of the exercise above"

    def _heads_part(self, line: SourceLine, items: list[Read]) -> bool:
        """Whether a heading with minutes stands above other headings: `Core (5 min)`."""
        following = self.following[0] if self.following else None
        return (
            line.mark == "heading"
            and len(items) == 1
            and self.names.name(items[0].name).exercise is None
            and following is not None
            and following.mark in ("bold", "heading")
            and following.level > line.level
        )

    def _is_step(self, line: SourceLine) -> bool:
        """Whether a line is a sentence of the description of the exercise above it."""
        if self.draft.item is None or not self.strong or not re.search(r"[.!]\s*$", line.text):
            return False
        return line.mark in ("text", "item") or not self.heads.is_strong(style_of(line))

    def _is_sentence_below(self, line: SourceLine, items: list[Read]) -> bool:
        """Whether a full sentence below an exercise names nothing that is known.

        A figure and a name of a few words is none: `10 static chin-ups.`
        """
        if self.draft.item is None or not line.text.rstrip().endswith((".", "!")):
            return False
        names = [self.names.name(one.name) for one in items]
        few = len(line.text.split()) <= MOST_WORDS_COUNTED and line.text[0].isdigit()
        listed = self.apart and self.draft.item.has_amount and not self.names.begins_step(line.text)
        few = few or (listed and len(items) == 1 and line.text.startswith(items[0].name))
        if few and all(name.noun for name in names):
            return False
        return not any(self.names.name(one.name).exercise is not None for one in items)
