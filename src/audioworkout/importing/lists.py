"""Lists that name what is done by an order or in a row, where single lines would not tell so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audioworkout.importing.facts import SentenceFacts, left_words
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import NameFinder, Read
from audioworkout.importing.openings import LONGEST_HEAD
from audioworkout.importing.outline import AMOUNT_FIELDS
from audioworkout.importing.phrases import TAKEN, Fact
from audioworkout.importing.rules import fold_text

FEWEST_ORDERS = 3
"""Lines of a list from which on their amounts tell that each of them is to be done."""
LEAST_ORDERS = 0.6
"""The share of lines of such a list that tell an amount and what it is of."""
FEWEST_IN_ROW = 3
"""Names in a line, `Deadlift – Row – Squat`, that make it a list of exercises."""
LONGEST_ORDER = 110
"""Characters of an order; a longer line describes something."""
MOST_ORDER_WORDS = 8
"""Words of what an order says to do, as the exercise is called by."""
_ROW = re.compile(r"\s+[–—>→+|/•-]+\s+")
"""Signs between the names in a row."""
_LISTED = re.compile(rf"{_ROW.pattern}|,\s+|;\s+|\s*/\s*")
"""Signs between the names behind an amount that they share."""
MOST_SHARED_WORDS = 3
"""Words between such an amount and its colon: `10 reps of each:`."""
_BRACKETS = re.compile(r"\([^()]*\)")
_EACH = re.compile(r"\d ?\w* per(?: exercise)?\W*$")
"""An amount of each at the end of a sentence in plain form: `30s per`."""
_PIECE = re.compile(rf"[{TAKEN},;:.(]+")
ORDER_AMOUNTS = AMOUNT_FIELDS - {"count", "sets"}


def find_orders(lines: Sequence[SourceLine], names: NameFinder) -> frozenset[int]:
    """Numbers of the lines of lists most of whose items are an order with its amount.

    `1. Tilt the head to the left 20 seconds.`, `2. Open the chest, 20 seconds.`: the steps of one
    exercise have an amount in one or two lines only, which says nothing but to hold or to repeat.
    """
    found: set[int] = set()
    for group in _lists_of(lines):
        orders = [line for line in group if read_order(line.text, names) is not None]
        if len(orders) >= FEWEST_ORDERS and len(orders) >= LEAST_ORDERS * len(group):
            found |= {line.number for line in orders}
    return frozenset(found)


def _lists_of(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """The items of each list: lines in a row with the same mark."""
    group: list[SourceLine] = []
    for line in lines:
        if group and (line.mark != group[-1].mark or line.level != group[-1].level):
            yield group
            group = []
        if line.mark in ("number", "item"):
            group.append(line)
    if group:
        yield group


def read_order(text: str, names: NameFinder) -> Read | None:
    """What an order says to do and how much of it; None of other lines.

    Its name are the words in front of the amount, or of the first comma.
    """
    if len(text) > LONGEST_ORDER:
        return None
    told = [one for one in names.facts_of_line(text) if one.facts]
    if len(told) != 1 or told[0].not_now or told[0].about_all:
        return None
    facts = list(told[0].facts)
    if not any(fact.field in ORDER_AMOUNTS for fact in facts):
        return None
    if any(fact.field.startswith("rest") for fact in facts):
        return None
    name = _name_of_order(told[0], names)
    return Read(name, "", facts, "") if name else None


def _name_of_order(told: SentenceFacts, names: NameFinder) -> str:
    if told.left.startswith(TAKEN):
        return ""
    first = names.clean(_PIECE.split(told.left, maxsplit=1)[0])
    words = re.findall(r"[^\W\d_]+", first)
    if not 1 < len(words) <= MOST_ORDER_WORDS and not names.name(first).noun:
        return ""
    if names.language.has_phrase("goals", fold_text(first)) or re.search(r"\d", first):
        return ""
    return first if names.may_be_named(first) else ""


def read_name_row(text: str, names: NameFinder) -> list[Read]:
    """The exercises that stand in a row in one line: `Deadlift – Row – Squat`; empty of others."""
    if len(text) > 2 * LONGEST_HEAD or re.search(r"[.!?:]\s*$", text):
        return []
    parts = re.split(r",\s+", text)
    if len(parts) > FEWEST_IN_ROW and all(
        names.name(one).exercise for one in parts[:FEWEST_IN_ROW]
    ):
        return _read_named_parts(parts, [], names)
    return _read_named_parts(_ROW.split(text), [], names)


def read_shared_row(text: str, names: NameFinder) -> list[Read]:
    """Exercises that share the amount in front of them or behind; empty of other lines.

    `10 each: squats, lunges and dips`, `30 s of butt kicks, high knees and skips`, and
    `Cardio: star jumps, skips and jogging (30 s each)`.
    """
    if len(text) > 2 * LONGEST_HEAD:
        return []
    shared = _split_shared_amount(text, names) or _split_amount_behind(text, names)
    if shared is None:
        return []
    facts, row = shared
    joined = names.language.joined
    return _read_named_parts(
        [one for part in _LISTED.split(row) for one in joined.split(part)], facts, names
    )


def _read_named_parts(texts: Sequence[str], facts: Sequence[Fact], names: NameFinder) -> list[Read]:
    """Items of texts that are all names of exercises; empty where one is none, or few are there.

    Where they share an amount, half of them have a word of training.
    """
    parts = [part for part in texts if part.strip()]
    if len(parts) < FEWEST_IN_ROW or any(re.match(r"\W*\d", part) for part in parts):
        return []  # `50 squats, 40 crunches and 30 lunges` have amounts of their own
    found = [names.name(part) for part in parts]
    trained = sum(name.noun for name in found)
    if not all(map(names.is_name, parts)) or trained < len(parts) * (0.5 if facts else 1):
        return []
    return [Read(name.text, "", list(facts), "") for name in found]


def _split_shared_amount(text: str, names: NameFinder) -> tuple[list[Fact], str] | None:
    """The amount that a line of names begins with, and the names; None where it has none."""
    told = _only_sentence(text, names)
    if told is None:
        return None
    facts = [fact for fact in told.facts if fact.field in ORDER_AMOUNTS | {"count", "sets"}]
    end = max((fact.end for fact in facts), default=0)
    head, colon, behind = text[end:].partition(":")
    known = len(facts) == len(told.facts) and TAKEN not in told.left[end:]
    if not facts or not known:
        return None
    if not colon:
        before = left_words(told.left[:end]).split()
        begins = all(names.language.words_of(word) in ("do", "per") for word in before)
        return (facts, text[end:].strip(" .")) if begins and "," in text[end:] else None
    return (facts, behind) if len(head.split()) <= MOST_SHARED_WORDS else None


def _split_amount_behind(text: str, names: NameFinder) -> tuple[list[Fact], str] | None:
    """The amount of each that a line of names ends with, and the names; None where it has none."""
    told = _only_sentence(text.rstrip(". "), names)
    start = min((fact.start for fact in told.facts), default=0) if told is not None else 0
    if told is None or not start:
        return None
    row = told.left[:start].rstrip(" (:–—-,")
    behind = " ".join(_PIECE.sub(" ", told.left[start:]).strip(" )").split())
    each = names.language.words_of(behind) == "per" or _EACH.search(told.text)
    if not each or len(behind.split()) > MOST_SHARED_WORDS or TAKEN in row:
        return None
    facts = [fact for fact in told.facts if fact.field not in ("sides", "each")]
    return (facts, row.rpartition(":")[2]) if facts else None


def _only_sentence(text: str, names: NameFinder) -> SentenceFacts | None:
    """The one sentence of a text, with what it says; None of several, and of what is for later."""
    told = names.facts_of_line(text)
    single = len(told) == 1 and not told[0].not_now and len(told[0].left) == len(text)
    return told[0] if single else None


def read_listed_item(text: str, names: NameFinder) -> Read | None:
    """An amount and a name of any words, as `40 clocks` among other exercises; None of others."""
    told = names.facts_of_line(text.strip().rstrip("."))
    if len(told) != 1 or told[0].not_now or told[0].about_all or len(text) > LONGEST_HEAD:
        return None
    facts = list(told[0].facts)
    name = names.clean(left_words(_BRACKETS.sub(" ", told[0].left)))
    words = re.findall(r"[^\W\d_]+", name)
    if re.search(r"[\d:.!?]", name) or not 0 < len(words) <= MOST_ORDER_WORDS:
        return None
    plain = {names.language.words_of(word) for word in words}
    if plain & {"rest", "exercise"} or names.begins_step(name) or not names.is_name(name):
        return None
    amount = any(fact.field in AMOUNT_FIELDS for fact in facts)
    return Read(name, "", facts, "") if amount else None
