"""Headings that say how the items below them are done: rounds, a clock, a superset."""

from __future__ import annotations

import re

from audioworkout.importing.draft import Draft
from audioworkout.importing.facts import SentenceFacts, left_words
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import NameFinder, Read
from audioworkout.importing.openings import (
    LONGEST_HEAD,
    begins_with_any,
    block_label,
    numbered_behind,
)
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    OWN_PACE,
    BlockEntry,
    Evidence,
    LineRole,
    RestEntry,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.prose import read_counted_mentions
from audioworkout.importing.rules import fold_text
from audioworkout.importing.whiteboard import read_counted_items, read_shared_names

BLOCK_FIELDS = frozenset({"rounds", "rounds_each", "more_rounds", *OWN_PACE})
"""Fields that make a heading of a block."""
CLOCK_FIELDS = frozenset({"tabata", "work", "off", "on_s", "off_s", "tabata_rounds"})
"""Fields of a clock that may be told once for several blocks."""
RESTS_OF_BLOCK = frozenset({"rest", "rest_sets", "rest_rounds"})
"""Fields of a rest behind the items of a block."""
OWN_AMOUNT = frozenset({"reps", "times", "hold", "time"})
"""Fields of an exercise beside which rounds are its sets."""
LONGEST_BLOCK_HEAD = 140
MOST_WORDS_BLOCK = 6
"""Words of a block's heading beside what the kinds of phrasing take."""

_TIMES_OF_LABEL = re.compile(r"(?:x ?(\d{1,2})|(?<![\d-])(\d{1,2}) ?(?:x|times))\W*$")
"""How often a block is done, at the end of its heading in plain form: `Block 1 x3`, `(3x)`."""
_TIMES_ALONE = re.compile(r"\(?\d{1,2}(?:-\d{1,2})?\s?[x×]\)?")
_READ_OF_TIMES = frozenset({"rounds", "sets", "reps", "times", "count"})
"""What the kinds of phrasing make of them."""
_OF_THOSE_ABOVE = re.compile(r"\b(?:above|previous)\b")


class BlockHeadingReader:
    """Opens and ends the blocks of a draft."""

    def __init__(self, draft: Draft, names: NameFinder) -> None:
        self.draft = draft
        self.names = names
        self.language = names.language
        self._following: tuple[SourceLine, ...] = ()
        self._apart = False
        self._clock: list[Fact] = []
        """What was told of the clock of all blocks, above the first of them."""

    def begin_line(self, following: tuple[SourceLine, ...], *, apart: bool) -> None:
        """Tell of the lines below the one that is read next, and whether it stands apart."""
        self._following, self._apart = following, apart

    def read_minute_of_rest(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """`Min 3: rest` of an EMOM, which is a turn of its own."""
        block = self.draft.block
        if block is None or not (block.value("emom") or block.value("emom_minutes")):
            return None
        told = self.names.facts_of_line(line.text)
        minute = [fact for one in told for fact in one.facts if fact.field == "minute"]
        whole = bool(told) and told[0].text.strip(" :.-") == "rest"
        if not whole and (not minute or told[0].left_plain.strip(" \0:.-") != "rest"):
            return None
        self.draft.close_item()
        block.entries.append(RestEntry("", [Evidence(line.number, line.text)]))
        return "rest", "a minute of it"

    def read_end(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """A word that ends the block above it: `Cash-out: ...`; `Then` where it stands apart."""
        head, _, behind = line.text.partition(":")
        block = self.draft.block
        label = fold_text(head).strip(" .,*–-")
        if block is None or not block.entries:
            return None
        if self._apart and begins_with_any(label, self.language.labels["behind"]):
            counted = read_counted_items(line.text, self.names, True)
            if counted or read_counted_mentions(line.text, self.names):
                self.draft.close_block()
        if label not in self.language.labels["behind"]:
            return None
        if not (self._apart or behind.strip()):
            return None
        self.draft.close_block()
        return None if behind.strip() else ("section", "ends the block above it")

    def names_block(self, line: SourceLine) -> bool:
        """Whether a line says how the items below it are done, or begins as such a heading does."""
        told = self.names.facts_of_line(line.text)
        fields = {fact.field for one in told for fact in one.facts}
        return bool(fields & BLOCK_FIELDS or block_label(line.text, self.language))

    def read(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """A heading that says how the items below it are done: rounds, a clock, a superset."""
        text = line.text
        if len(text) > LONGEST_BLOCK_HEAD:
            return None
        told = self.names.facts_of_line(text)
        fields = {fact.field for one in told for fact in one.facts if not one.not_now}
        if fields == {"rounds"} and _OF_THOSE_ABOVE.search(told[0].text) and self._ends_list():
            self.draft.wrap_entries([fact for one in told for fact in one.facts], line)
            return "block", "of the exercises above"
        label = block_label(text, self.language)
        if self._tells_of_item(text, fields, label) or self._names_station(text):
            return None
        ladder = self._is_ladder(text, told, fields)
        sets_alone = fields == {"sets"} and (
            bool(re.match(r"\S+ \w+(?: \w+)?:$", text)) or self._heads_counted(told)
        )
        if not fields & BLOCK_FIELDS and not label and not sets_alone and not ladder:
            behind = numbered_behind(text, self.language.labels["set"])
            shared = read_shared_names(behind, self.names) if behind else []
            if not shared:
                return None
            label = "block"
        head, colon, behind = text.partition(":")
        items: list[Read] = []
        behind, rests = self._without_rest(behind)
        if colon and behind.strip():
            first = re.split(r"[.!]\s+", behind.strip(), maxsplit=1)[0]
            items = read_counted_items(behind.strip(), self.names, True)
            items = items or read_counted_items(first, self.names, True)
            items = items if len(items) > 1 else read_shared_names(behind, self.names) or items
            if len(items) == 1 and line.mark in ("heading", "bold"):
                items = []  # `Block A: Back and posture (20 min)`
        if not items and fields & {"rounds", "fortime"} and not label:
            head, items = self._items_behind(text, told[0])
            if len(items) == 1 and fields == {"rounds"} | fields and "fortime" not in fields:
                rounds = [one for one in told[0].facts if one.field == "rounds"]
                items[0].facts.extend(fact._replace(field="sets") for fact in rounds)
                self.draft.close_block()
                self.draft.add_reads(items, line)
                return "exercise", items[0].name
        if len(items) == 1 and not fields & BLOCK_FIELDS:
            self.draft.close_block()
            self.draft.add_reads(items, line)
            return "exercise", items[0].name
        if items and (label or len(head) <= LONGEST_HEAD):
            if label and self.draft.section == "warm_up" and self.draft.entries:
                self.draft.open_section("exercises")
            self.open_block(head, line, label)
            self.draft.add_reads(items, line)
            if self.draft.block is not None:
                self.draft.block.facts += rests
            self._add_rounds_behind(behind)
            return "block", "with its items"
        left = left_words(" ".join(one.left for one in told))
        ends = text.rstrip().endswith(":")
        sentence = bool(re.search(r"[.!]\s*$", text)) and line.mark in ("text", "item")
        if sentence and not label and not fields & set(OWN_PACE) - {"fortime"}:
            return None
        if not ends and len(re.findall(r"[^\W\d_]{2,}", left)) > MOST_WORDS_BLOCK:
            return None
        titled = label == "block" and line.mark in ("heading", "bold")
        mere = ladder and not self._words_beside_ladder(told)
        counted = not mere and bool(read_counted_items(text, self.names, True))
        if counted and not titled and not fields & BLOCK_FIELDS:
            return None
        if self._continues_block(fields, label):
            assert self.draft.block is not None
            self.draft.block.facts += [fact for one in told for fact in one.facts]
            self.draft.block.evidence.append(Evidence(line.number, text))
            return "block", text
        new = label or fields & set(OWN_PACE) or (self._apart and "rounds" in fields)
        if new and self.draft.section == "warm_up" and self.draft.entries:
            self.draft.open_section("exercises")
        self.open_block(text, line, "block" if ladder else "")
        name = self.names.name(left)
        numbered = numbered_behind(text, frozenset({"tabata"}))
        if numbered and self.names.is_name(numbered) and self.names.name(numbered).noun:
            self.draft.add_reads([Read(self.names.name(numbered).text, "", [], "")], line)
        elif fields & {"tabata", "emom", "emom_minutes"} and name.exercise is not None:
            self.draft.add_reads([Read(name.text, "", [], "")], line)
        return "block", text

    def _tells_of_item(self, text: str, fields: set[str], label: str) -> bool:
        """Whether a line tells rounds of the open exercise: `10 reps per leg, 3 rounds`, `10x`."""
        item = self.draft.item
        if fields == {"rounds"} and _TIMES_ALONE.fullmatch(text.strip()):
            return self._only_holds({"times"})
        return (
            item is not None
            and (not item.has_amount or self._only_holds(fields))
            and not label
            and fields <= {"rounds", "rest", "rest_sets", "sides", *OWN_AMOUNT}
            and bool(fields & OWN_AMOUNT)
        )

    def _only_holds(self, fields: set[str]) -> bool:
        """Whether reps stand below an exercise of which only a hold is told, `Hold it for 5 s.`."""
        item = self.draft.item
        told = {fact.field for fact in item.facts} & AMOUNT_FIELDS if item is not None else set()
        return told == {"hold"} and bool(fields & {"reps", "times"})

    def _heads_counted(self, told: list[SentenceFacts]) -> bool:
        """Whether a line says nothing but `3 sets` above a list of counted exercises."""
        below = self._following[0] if self._following else None
        item = self.draft.item
        if below is None or (item is not None and not item.has_amount):
            return False
        if left_words(" ".join(one.left for one in told)).strip(" :.") or not re.match(
            r"\W*\d", below.text
        ):
            return False
        counted = read_counted_items(below.text, self.names, True)
        return bool(counted) and not any(
            fact.field == "sets" for one in counted for fact in one.facts
        )

    def _is_ladder(self, text: str, told: list[SentenceFacts], fields: set[str]) -> bool:
        """Whether a line is nothing but reps from round to round: `21-15-9`, `Ladder: 10-8-6`."""
        item = self.draft.item
        waits = item is not None and not item.has_amount
        few = len(self._words_beside_ladder(told)) <= 1
        counts = re.findall(r"\d+", " ".join(fact.value for one in told for fact in one.facts))
        alone = "list" in fields <= {"list", "rest", "rest_exercises", "rest_rounds"}
        return alone and len(told) == 1 and few and len(counts) > 2 and not waits

    def _words_beside_ladder(self, told: list[SentenceFacts]) -> list[str]:
        """Words of a line that no kind has taken, but those of ladders: `Ladder up: 2-4-6 of`."""
        left = fold_text(" ".join(left_words(one.left) for one in told))
        known = self.language.lists["ladders"] | self.language.small
        return [word for word in re.findall(r"[^\W\d_]+", left) if word not in known]

    def _names_station(self, text: str) -> bool:
        """Whether a line calls an exercise a station: `Station 1: Rope skipping`."""
        behind = numbered_behind(text, self.language.labels["exercise"])
        return bool(behind) and self.names.is_name(behind) and self.names.name(behind).noun

    def _ends_list(self) -> bool:
        """Whether exercises without a block of their own stand above."""
        entries = self.draft.workout.sections[self.draft.section]
        return (
            self.draft.block is None and bool(entries) and not isinstance(entries[-1], BlockEntry)
        )

    def open_block(self, text: str, line: SourceLine, label: str = "") -> None:
        """Open a block, or keep what a section's heading says of all exercises."""
        facts = [fact for one in self.names.facts_of_line(text) for fact in one.facts]
        label = label or block_label(text, self.language)
        facts = self._with_times(facts, text, label)
        facts += self._clock_of_blocks(label, {fact.field for fact in facts})
        if label == "superset":
            facts.append(Fact("superset", "superset", 42, 0, 0))
        fields = {fact.field for fact in facts}
        if label or fields & (BLOCK_FIELDS | {"sets", "work"}):
            self.draft.open_block(facts, line)
        else:
            # The minutes of a section, `Warm-up (5 min)`, are those of all of it.
            self.draft.workout.facts += [
                fact for fact in facts if not (fact.field == "time" and "min" in fact.value)
            ]

    def _clock_of_blocks(self, label: str, fields: set[str]) -> list[Fact]:
        """The clock of blocks that is told once above them: `Tabata 20/10`, then `Block 1: ...`."""
        above = self.draft.block
        if above is not None and not above.entries and not above.letter:
            self._clock = [one for one in above.facts if one.field in CLOCK_FIELDS]
        own = label != "block" or fields & BLOCK_FIELDS
        return [] if own else list(self._clock)

    def _without_rest(self, text: str) -> tuple[str, list[Fact]]:
        """The items of a block without the rest behind them: `12 squats, 10 dips, 1 min rest`."""
        text = text.strip()
        told = self.names.facts_of_line(text)
        rests = [fact for one in told for fact in one.facts if fact.field in RESTS_OF_BLOCK]
        if len(told) != 1 or len(rests) != 1 or text[rests[0].end :].strip(" .!)"):
            return text, []
        before = self.language.ends.sub("", text[: rests[0].start].rstrip(" ,;(+–-"))
        return before.rstrip(" ,;("), [rests[0]._replace(field="rest_rounds")]

    def _with_times(self, facts: list[Fact], text: str, label: str) -> list[Fact]:
        """The facts of a block's heading; what stands behind its label are rounds: `Block 1 x3`."""
        found = _TIMES_OF_LABEL.search(self.names.facts_of_line(text)[-1].text) if label else None
        if found is None or {fact.field for fact in facts} & BLOCK_FIELDS - {"rounds"}:
            return facts
        rounds = Fact("rounds", found[1] or found[2], 42, 0, 0)
        return [rounds, *(one for one in facts if one.field not in _READ_OF_TIMES)]

    def _items_behind(self, text: str, told: SentenceFacts) -> tuple[str, list[Read]]:
        """`3 rounds for time 20 squats 10 burpees`: the heading, and the items behind it."""
        facts = [fact for fact in told.facts if fact.field in ("rounds", "fortime")]
        if not facts:
            return text, []
        start = min(fact.start for fact in facts)
        label, colon, between = text[:start].rpartition(":")
        labelled = bool(colon) and not between.strip() and not re.search(r"\d", label)
        if start > 0 and not labelled:
            before = read_counted_items(text[:start].strip(), self.names, True)
            whole = "fortime" in {fact.field for fact in facts} or len(before) == 1
            return text[start:], before if whole else []
        end = max(fact.end for fact in facts)
        behind = text[end:].strip(" ,:-–")
        return text[:end], read_counted_items(behind, self.names, True) if behind else []

    def _add_rounds_behind(self, text: str) -> None:
        """Add the rounds that stand behind the items of a block in its line."""
        block = self.draft.block
        told = self.names.facts_of_line(text)
        fields = {"times": "rounds", "more": "more_rounds", "rest": "rest_rounds"}
        fields |= {one: one for one in ("rounds", "more_rounds", "rest_rounds")}
        if block is not None:
            block.told_together = True
            block.facts += [
                fact._replace(field=fields[fact.field])
                for one in told[1:]
                for fact in one.facts
                if fact.field in fields
            ]
        self.draft.close_block()

    def _continues_block(self, fields: set[str], label: str) -> bool:
        """Whether a line says how the block is done that has just been opened: `3 rounds`."""
        block = self.draft.block
        return (
            block is not None
            and not block.entries
            and not block.letter
            and not label
            and not fields & {fact.field for fact in block.facts}
        )
