"""Running text without lines of their own for exercises: names and amounts within sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from audioworkout.importing.draft import Draft
from audioworkout.importing.facts import SentenceFacts
from audioworkout.importing.lines import Document
from audioworkout.importing.naming import ARTICLES, NameFinder, singular_of
from audioworkout.importing.outline import AMOUNT_FIELDS, Doubt, Evidence, Item, Trace
from audioworkout.importing.phrases import TAKEN, Fact
from audioworkout.importing.rules import ImportLanguage, fold_text

FEWEST_ITEMS = 3
"""Exercises with an amount that make running text a workout."""
FEWEST_FULL = 2
"""The same of exercises with sets and reps, and of known ones of which one has a plain amount."""
PLAIN_FIELDS = frozenset({"reps", "times", "hold", "sets"})
LONGEST_NAME_WORDS = 5
MOST_COUNTED_WORDS = 3
"""Words of an unknown name right behind a number."""
MOST_HEADING_NAME = 7
SHORTEST_NAME = 4
"""Letters of a name of one word; abbreviations like `DU` are words of other languages as well."""
NO_TEXT = ("a part of the page beside", "opens a part", "the caption", "an advertisement")
"""What is said of lines that are no text of the page."""
_DETERMINERS = "|".join(sorted(ARTICLES | {"a", "an", "ein", "eine", "un", "una", "une"}))
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAGE = frozenset({"rounds", "more_rounds", "rest_rounds", "rest_exercises", "each", "off", "work"})


_OF_COUNTED = re.compile(
    rf"{TAKEN}\s*(?:of|de|d'|von)\s+(?:(?:the|a|an|la|le|les|los|las|el)\s+)?$", re.IGNORECASE
)
"""An amount and the word between it and a name: `12 reps of`."""


_OF_BETWEEN = re.compile(rf"\s*(?:of|de|d'|von)\s+(?:(?:{_DETERMINERS})\s+)?", re.IGNORECASE)


class Mention(NamedTuple):
    """A name within a sentence, and where it stands in it."""

    name: str
    start: int
    end: int


def read_running_text(document: Document, traces: Sequence[Trace], draft: Draft) -> list[Trace]:
    """Add the items of a text that has none in lines of their own; give the traces anew.

    Names that no sentence gives an amount are left out: the text may only speak of them.
    """
    found = list(traces)
    open_item: Item | None = None
    kept: list[Item] = []
    days: dict[int, str] = {}  # titles of days by the place of their first item
    for n, line in enumerate(document.lines):
        if traces[n].role == "day":
            days[len(kept)] = traces[n].note
            open_item = None
        if traces[n].role in ("beside", "title") or traces[n].note.startswith(NO_TEXT):
            continue
        names = []
        for told in draft.names.facts_of_line(line.text):
            if told.not_now:
                open_item = None
                continue
            facts = list(told.facts)
            mentions = [
                one
                for one in find_mentions(told, draft.names)
                if not _is_short_form(one.name, kept)
            ]
            if open_item is not None and not told.about_all and len(mentions) < FEWEST_FULL:
                facts = rounds_as_sets(facts)
            page = [
                fact
                for fact in facts
                if fact.field in _PAGE
                or told.about_all
                or (open_item is None and fact.field == "rest_sets")
            ]
            if page:
                draft.add_page(page, line.number, told.source)
            own = [fact for fact in facts if fact not in page]
            evidence = Evidence(line.number, told.source)
            if not mentions and open_item is not None and own:
                open_item.facts += [fact for fact in own if fact.field != "count"]
                open_item.evidence.append(evidence)
            for place, mention in enumerate(mentions):
                open_item = Item(
                    draft.names.name(mention.name),
                    [evidence],
                    _mention_facts(place, mentions, own, told, draft.names),
                )
                kept.append(open_item)
                names.append(mention.name)
        if names:
            found[n] = traces[n]._replace(role="exercise", note=", ".join(names))
    told_items = [item for item in kept if item.has_amount]
    full = [item for item in told_items if {"sets", "reps"} <= {fact.field for fact in item.facts}]
    known = {item.name.exercise.key for item in told_items if item.name.exercise}
    plain = any(PLAIN_FIELDS & {fact.field for fact in item.facts} for item in told_items)
    enough = len(known) >= FEWEST_FULL and plain
    ordered = _are_ordered(told_items, draft.names)
    if not (len(told_items) >= FEWEST_ITEMS or len(full) >= FEWEST_FULL or enough or ordered):
        return list(traces)
    for place, item in enumerate(kept):
        if place in days:
            draft.open_day(days[place])
        if item.has_amount:
            reason = "it is told in running text"
            item.doubts += [Doubt(field, reason) for field in ("order", "amount")]
            draft.add_item(item)
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
        count >= FEWEST_FULL and names.language.has_phrase("orders", fold_text(text))
        for (_, text), count in sentences.items()
    )


def rounds_as_sets(facts: list[Fact]) -> list[Fact]:
    """`Aim for 12 on each leg, three times through`: rounds beside reps are sets of an exercise."""
    if not any(fact.field in ("reps", "hold", "time") for fact in facts):
        return facts
    return [fact._replace(field="sets") if fact.field == "rounds" else fact for fact in facts]


def find_mentions(told: SentenceFacts, names: NameFinder) -> Iterator[Mention]:
    """The names in a sentence, the longest ones first where they overlap.

    A name that the catalogue does not know counts right behind a number: `50 star jumps`. Of
    alternatives, `squats or lunges`, the first one is taken.
    """
    left = told.left if len(told.left) == len(told.source) else told.source
    words = list(_WORD.finditer(told.source))
    at = 0
    found = False
    if head := _heading_of(told.source, names):
        yield head
        found = True
        at = sum(word.start() < head.end for word in words)
    while at < len(words):
        mention = _mention_at(told, left, words, at, names)
        if mention is None:
            at += 1
            continue
        before = told.source[: mention.start].split()
        if found and before and fold_text(before[-1]) in names.language.lists["alternatives"]:
            at += 1
            continue
        found = True
        yield mention
        while at < len(words) and words[at].start() < mention.end:
            at += 1
    if not found and (introduced := _introduced(told, names)):
        yield introduced


def _heading_of(sentence: str, names: NameFinder) -> Mention | None:
    """The name that a sentence without a verb begins with: `Plank with leg lift, 2 x 5`."""
    match = re.match(r"\s*([^\W\d_][^.,;:()\d]*)", sentence)
    if match is None or not match[1][0].isupper():
        return None
    text = match[1].strip()
    name = names.name(text)
    if len(text.split()) > MOST_HEADING_NAME or not names.is_name(text) or not name.noun:
        return None
    words = fold_text(text).split()
    articles = names.language.articles | ARTICLES
    if words[0] in names.language.small or not articles.isdisjoint(words[1:]):
        return None
    single = len(words) == 1 and name.exercise is None
    return None if single else Mention(text, match.start(1), match.start(1) + len(text))


def _introduced(told: SentenceFacts, names: NameFinder) -> Mention | None:
    """The name that a sentence brings in: `The second exercise is the hip lift.`."""
    words = {fold_text(word[0]) for word in _WORD.finditer(told.source)}
    if "exercise" not in told.text or not words & names.language.lists["ordinals"]:
        return None
    found = None
    for match in re.finditer(
        rf"(?<!\w)(?:{_DETERMINERS})\s+(?=([^.,;:()]+))", told.source, re.IGNORECASE
    ):
        text = " ".join(match[1].split()[:LONGEST_NAME_WORDS])
        name = names.name(text)
        if names.is_name(text) and name.noun and "exercise" not in names.language.words_of(text):
            found = Mention(text, match.start(1), match.start(1) + len(text))
    return found


def _mention_at(
    told: SentenceFacts, left: str, words: list[re.Match[str]], at: int, names: NameFinder
) -> Mention | None:
    start = words[at].start()
    if fold_text(words[at][0]) in names.language.small:
        return None
    before = told.source[:start].split()
    number = bool(before) and names.language.words_of(before[-1]).isdigit()
    counted = number or re.search(r"\d\s*$", told.source[:start]) or left[:start].endswith(TAKEN)
    of_counted = not counted and "reps" in told.text and _OF_COUNTED.search(left[:start])
    for count in range(min(LONGEST_NAME_WORDS, len(words) - at), 0, -1):
        end = words[at + count - 1].end()
        text = told.source[start:end]
        if any(mark in text for mark in ".,;:()\n"):
            continue
        single = count == 1
        if names.knows(text):
            if single and (
                len(text) < SHORTEST_NAME
                or TAKEN in left[start:end]
                or not (number or _is_told(told, left, start, names.language.small))
            ):
                continue
            return Mention(text, start, end)
        if TAKEN in left[start:end]:
            continue
        if of_counted:
            if not single and names.is_name(text) and names.name(text).noun:
                return Mention(text, start, end)
        elif counted and count <= MOST_COUNTED_WORDS and names.has_noun(words[at + count - 1][0]):
            small = any(
                fold_text(word[0]) in names.language.small for word in words[at : at + count]
            )
            if not small and not names.is_label(text) and names.name(text).noun:
                return Mention(text, start, end)
        elif counted and count > 1 and _is_joined_name(words[at : at + count], names):
            return Mention(text, start, end)
    return None


def _is_joined_name(words: Sequence[re.Match[str]], names: NameFinder) -> bool:
    """Whether words are a noun and what a small word joins to it: `extensions de chevilles`."""
    joining = names.language.lists["within"]
    folded = [fold_text(word[0]) for word in words]
    if not names.has_noun(folded[0]) or folded[-1] in names.language.small:
        return False
    return all(
        one in joining or before in joining or one.startswith(("d'", "l'"))
        for before, one in pairwise(folded)
    )


def _is_told(told: SentenceFacts, left: str, start: int, small: Collection[str]) -> bool:
    """Whether a name of one word is that of an exercise: `press` and `run` are verbs as well.

    An amount or an article stands right in front of it, or the sentence tells of sets, reps or
    a hold.
    """
    if left[:start].rstrip().endswith(TAKEN):
        return True
    before = told.source[:start].split()
    if before and (before[-1].isdigit() or fold_text(before[-1]) in small):
        return True
    return any(fact.field in ("sets", "reps", "times", "hold") for fact in told.facts)


def _mention_facts(
    place: int,
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    told: SentenceFacts,
    names: NameFinder,
) -> list[Fact]:
    """The facts of a sentence that belong to one of its names.

    Of a sentence with one name all do; of several each has what stands nearest to it.
    """
    counts = _count_before(told, mentions[place], facts, names.language)
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
    told: SentenceFacts, mention: Mention, facts: Sequence[Fact], language: ImportLanguage
) -> list[Fact]:
    """The number right in front of a name, in figures or words: `12 squats`, `zwölf Crunches`."""
    start = told.offset + mention.start
    near = [fact for fact in facts if fact.field == "count" and 0 <= start - fact.end <= 1]
    match = re.search(r"(?<![\w.:-])(\d{1,3}|[^\W\d_]{3,})\s+$", told.source[: mention.start])
    count = language.words_of(match[1]) if match and match[1].isalpha() else match and match[1]
    if near or not match or not count or not count.isdigit():
        return near
    place = told.offset + match.start(1)
    return [Fact("count", count, 9, place, place + len(match[1]))]
