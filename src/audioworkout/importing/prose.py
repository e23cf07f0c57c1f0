"""Running text without lines of their own for exercises: names and amounts within sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from audioworkout.importing.draft import Draft
from audioworkout.importing.facts import SentenceFacts
from audioworkout.importing.lines import Document
from audioworkout.importing.mentions import DETERMINERS, Mention, find_mentions, find_number_before
from audioworkout.importing.naming import LONGEST_NAME, NameFinder, Read, singular_of
from audioworkout.importing.openings import begins_with_any
from audioworkout.importing.outline import AMOUNT_FIELDS, Doubt, Evidence, Item, Trace
from audioworkout.importing.phrases import Fact
from audioworkout.importing.refusals import orders_something
from audioworkout.importing.rules import fold_text
from audioworkout.importing.weeks import OF_LATER_WEEK, OF_OTHER_LEVEL

FEWEST_ITEMS = 3
"""Exercises with an amount that make running text a workout."""
FEWEST_FULL = 2
"""The same of exercises with sets and reps, and of known ones of which one has a plain amount."""
PLAIN_FIELDS = frozenset({"reps", "times", "hold", "sets"})
NO_TEXT = (
    "a part of the page beside",
    "opens a part",
    "the caption",
    "an advertisement",
    OF_LATER_WEEK,
    OF_OTHER_LEVEL,
)
"""What is said of lines that are no text of the page."""
_PAGE = frozenset(
    {"rounds", "more_rounds", "rest_rounds", "rest_exercises", "each", "off", "work", "ladder_to"}
)
_OF_BETWEEN = re.compile(rf"\s*(?:of|de|d'|von)\s+(?:(?:{DETERMINERS})\s+)?", re.IGNORECASE)
_PAGE_AMOUNTS = frozenset({"work", "each", "reps", "time", "hold", "sets"})
"""Fields one of which, told of all exercises, is the amount of those that have none."""


def read_running_text(document: Document, traces: Sequence[Trace], draft: Draft) -> list[Trace]:
    """Add the items of a text that has none in lines of their own; give the traces anew.

    Names that no sentence gives an amount are left out: the text may only speak of them. Where an
    amount is told of all exercises, those count that a sentence brings in. An amount is in doubt
    where its sentence names other exercises too and it is no number in front of the name, or where
    another sentence tells it.
    """
    reader = _SentenceReader(draft)
    found = list(traces)
    days: dict[int, str] = {}  # titles of days by the place of their first item
    for n, line in enumerate(document.lines):
        if traces[n].role == "day":
            days[len(reader.kept)] = traces[n].note
            reader.days.append(line.number)
            reader.open_item = None
        if traces[n].role in ("beside", "title") or traces[n].note.startswith(NO_TEXT):
            continue
        names = reader.read_line(line.number, line.text, line.mark == "item")
        if names:
            found[n] = traces[n]._replace(role="exercise", note=", ".join(names))
    items = reader.items_of_workout()
    if not items:
        return list(traces)
    if draft.workout.value("rounds"):
        reason = "told in running text: which exercises are repeated is not"
        draft.workout.doubts += [Doubt(field, reason) for field in ("rounds", "rest_rounds")]
    for place, kept in enumerate(reader.kept):
        if place in days:
            draft.open_day(days[place])
        if any(kept is item for item in items):
            reason = "it is told in running text"
            counted = [fact.field for fact in kept.facts] == ["count"]
            shared = sum(kept.evidence[0] in one.evidence for one in reader.kept) > 1
            unsure = not counted and (shared or len(kept.evidence) > 1)
            fields = ("order", "amount") if unsure else ("order",)
            kept.doubts += [Doubt(field, reason) for field in fields]
            draft.add_item(kept)
    return found


def _is_short_form(name: str, items: Sequence[Item]) -> bool:
    """Whether a name is the last word of a longer one before it, which it means: `five squats`."""
    words = [singular_of(word) for word in fold_text(name).split()]
    return len(words) == 1 and any(
        item.has_amount
        and [singular_of(one) for one in fold_text(item.name.text).split()][-1:] == words
        and len(item.name.text.split()) > 1
        for item in items
    )


def _are_ordered(items: Sequence[Item], names: NameFinder) -> bool:
    """Whether a sentence orders several exercises: `Start with 20 swings, then 20 squats`."""
    sentences = Counter((item.evidence[0].line, item.evidence[0].text) for item in items)
    return any(
        count >= FEWEST_FULL and orders_something(fold_text(text), names.language)
        for (_, text), count in sentences.items()
    )


def read_counted_mentions(text: str, names: NameFinder) -> list[Read]:
    """The exercises with amounts of a line that brings them in: `To finish: 50 crunches`.

    Empty of a line that does not begin so, of several sentences with amounts, and of what is for
    later.
    """
    told = [one for one in names.facts_of_line(text) if not one.not_now]
    language = names.language
    starts = language.lists["verbs"] | language.lists["introduces"] | language.labels["behind"]
    told_of = [one for one in told if {fact.field for fact in one.facts} & AMOUNT_FIELDS]
    if not begins_with_any(fold_text(text).strip(), starts):
        return []
    if len(told_of) != 1 or told_of[0].about_all:
        return []
    mentions = list(find_mentions(told_of[0], names))
    found = [
        (one.name, facts_of_mention(place, mentions, told_of[0].facts, told_of[0], names))
        for place, one in enumerate(mentions)
    ]
    return [
        Read(name, "", facts, "")
        for name, facts in found
        if any(fact.field in AMOUNT_FIELDS for fact in facts)
    ]


class _SentenceReader:
    """Goes through the sentences of a text; those behind a name may tell of it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.names = draft.names
        self.kept: list[Item] = []
        self.brought_in: list[Item] = []
        """Items that a sentence brings in without an amount of their own."""
        self.open_item: Item | None = None
        self.last_facts: list[Fact] = []
        """Amounts of the last item that had some: `the same time`."""
        self.days: list[int] = []
        """Numbers of the lines that open a day."""

    def read_line(self, number: int, text: str, listed: bool) -> list[str]:
        """Keep the items of a paragraph; the names in it.

        A name that stands in a sentence of its own may be told of below, but none in a long item
        of a list (`listed`).
        """
        found: list[str] = []
        told = self.names.facts_of_line(text)
        stays = len(told) == 1 and (not listed or len(text) <= LONGEST_NAME)
        for one in told:
            if one.not_now or self.names.language.has_phrase("noise", fold_text(one.source)):
                self.open_item = None
                continue
            names = self._read_sentence(number, one)
            found += names
            stays = stays or (bool(names) and self._brings_in(one))
        if self.open_item is not None and not self.open_item.has_amount and not stays:
            self.open_item = None  # the paragraph only speaks of it
        return found

    def _read_sentence(self, number: int, told: SentenceFacts) -> list[str]:
        facts = list(told.facts)
        mentions = [
            one
            for one in find_mentions(told, self.names)
            if not _is_short_form(one.name, self.kept)
        ]
        if self.open_item is not None and not told.about_all and len(mentions) < FEWEST_FULL:
            facts = rounds_as_sets(facts)
        if len(mentions) == 1 and not told.about_all and "times through" in told.text:
            facts = [
                fact._replace(field="times") if fact.field == "rounds" else fact for fact in facts
            ]
        page = [
            fact
            for fact in facts
            if fact.field in _PAGE
            or (told.about_all and not mentions)
            or (self.open_item is None and fact.field == "rest_sets")
        ]
        if page:
            self.draft.add_page(page, number, told.source)
        own = [fact for fact in facts if fact not in page]
        evidence = Evidence(number, told.source)
        item = self.open_item
        if not mentions and item is not None:
            if not own and not item.has_amount and self._says_same(told):
                own = self.last_facts
            if own:
                item.facts += [fact for fact in own if fact.field != "count"]
                item.evidence.append(evidence)
                self.last_facts = list(item.facts)
        items = [
            Item(
                self.names.name(mention.name),
                [evidence],
                facts_of_mention(place, mentions, own, told, self.names),
            )
            for place, mention in enumerate(mentions)
        ]
        self.kept += items
        if items:
            self.open_item = items[-1]
            self.last_facts = list(items[-1].facts) or self.last_facts
            if self._brings_in(told):
                listed = len(items) > 1 and "exercise" in told.text
                self.brought_in += items if listed else items[:1]
        return [mention.name for mention in mentions]

    def _says_same(self, told: SentenceFacts) -> bool:
        return self.names.language.has_phrase("same_amount", fold_text(told.source))

    def _brings_in(self, told: SentenceFacts) -> bool:
        """Whether a sentence says that its exercises come now: `Next is the squat`."""
        return self.names.language.has_phrase("introduces", fold_text(told.source))

    def items_of_workout(self) -> list[Item]:
        """The items, where they are enough for a workout; else none."""
        items = self._without_later_mentions([item for item in self.kept if item.has_amount])
        full = [item for item in items if {"sets", "reps"} <= {fact.field for fact in item.facts}]
        known = {item.name.exercise.key for item in items if item.name.exercise}
        plain = any(PLAIN_FIELDS & {fact.field for fact in item.facts} for item in items)
        if (
            len(items) >= FEWEST_ITEMS
            or len(full) >= FEWEST_FULL
            or _are_ordered(items, self.names)
            or (len(known) >= FEWEST_FULL and plain)
        ):
            return items
        told_of_all = {fact.field for fact in self.draft.workout.facts} & _PAGE_AMOUNTS
        first: dict[str, Item] = {}
        for item in self.brought_in:
            known_key = item.name.exercise.key if item.name.exercise else ""
            first.setdefault(known_key or fold_text(item.name.text), item)
        return list(first.values()) if told_of_all and len(first) >= FEWEST_FULL else []

    def _without_later_mentions(self, items: list[Item]) -> list[Item]:
        """The items without those that a later paragraph of the same day only speaks of again.

        The first paragraph tells of several exercises, so that it is the workout.
        """
        sizes = Counter(item.line for item in items)
        first: dict[tuple[int, str], int] = {}
        kept = []
        for item in items:
            line = first.setdefault((bisect_right(self.days, item.line), item.key), item.line)
            if line == item.line or sizes[line] < FEWEST_ITEMS:
                kept.append(item)
        return kept


def rounds_as_sets(facts: list[Fact]) -> list[Fact]:
    """`Aim for 12 on each leg, three times through`: rounds beside reps are sets of an exercise."""
    if not any(fact.field in ("reps", "times", "hold", "time") for fact in facts):
        return facts
    return [fact._replace(field="sets") if fact.field == "rounds" else fact for fact in facts]


def facts_of_mention(
    place: int,
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    told: SentenceFacts,
    names: NameFinder,
) -> list[Fact]:
    """The facts of a sentence that belong to one of its names.

    Of a sentence with one name all do; of several each has what stands nearest to it.
    """
    counts = _count_before(told, mentions[place], facts, names)
    others = [fact for fact in facts if fact.field != "count"]
    if len(mentions) > 1:
        others = [fact for fact in others if _nearest(fact, mentions, told) == place]
    return others if any(fact.field in AMOUNT_FIELDS for fact in others) else [*counts, *others]


def _nearest(fact: Fact, mentions: Sequence[Mention], told: SentenceFacts) -> int:
    """The place of the name that a fact stands nearest to, no comma or end of a clause between."""
    start, end = fact.start - told.offset, fact.end - told.offset

    def distance(mention: Mention) -> int:
        low, high = (end, mention.start) if end <= mention.start else (mention.end, start)
        between = told.source[max(0, low) : max(0, high)]
        if end <= mention.start and _OF_BETWEEN.fullmatch(between):
            return -1  # `five reps of the back squat` are of what follows
        return len(between) + 20 * len(re.findall(r"[,;:()]", between))

    return min(range(len(mentions)), key=lambda n: distance(mentions[n]))


def _count_before(
    told: SentenceFacts, mention: Mention, facts: Sequence[Fact], names: NameFinder
) -> list[Fact]:
    """The number right in front of a name."""
    start = told.offset + mention.start
    near = [fact for fact in facts if fact.field == "count" and 0 <= start - fact.end <= 1]
    number = find_number_before(told, mention.start, names)
    if near or number is None:
        return near
    value, start, end = number
    return [Fact("count", value, 9, told.offset + start, told.offset + end)]
