"""What holds no workout is refused, by evidence: what is prescribed, and to whom.

A workout prescribes: exercises with amounts stand in lists or below headings, or the reader is told
to do them. A tale, a report, a study or a review tells amounts of others, of the past, or of what
may be; a recipe or a manual has orders and amounts, and no word of training.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audioworkout.errors import UsageError
from audioworkout.importing.lines import Document
from audioworkout.importing.naming import Name, NameFinder
from audioworkout.importing.openings import begins_with_any
from audioworkout.importing.outline import BlockEntry, Item, SourceWorkout, Trace
from audioworkout.importing.rules import ImportLanguage, fold_text

FEWEST_NAMES = 2
LEAST_NOUNS = 0.3
"""Names found, and the share of them with a word of training, that make a page a workout."""
FEWEST_LISTED = 3
"""Exercises without an amount that make a page a workout, where all have a word of training."""
LEAST_LISTED = 0.5
"""The share of the lines that they are, or of them that are described."""
FEWEST_RESULTS = 3
"""How often each name comes in a table of results."""
FEWEST_GOALS = 2
MOST_LEAD_WORDS = 6
"""Goals at the beginning of lines that make a page a guideline, and words of such a beginning."""
LINES_OF_GOAL = 3
"""A line with a goal and those below it, in which a workout would name an exercise."""
FEW_LINES = 3
"""Lines of a source that may hold nothing but one exercise of any name."""
MOST_EXERCISES = 300
"""More exercises are a list of a library, not workouts."""
FEWEST_OTHER_WORDS = 2
"""Words of other subjects, each counted once, that make a page one about something else."""
MOST_PRESCRIBED = 3
"""Exercises that are prescribed; with more of them it is a workout, whatever else it tells."""
PRESCRIBING = frozenset(("sets", "reps", "hold", "breaths", "list", "sides"))
MOST_IN_TALES = 0.6
"""The share of amounts that are told of others, and of prices, up to which it is a workout."""
FEWEST_TALES = 2
"""Lines of a page about one exercise that make it a report."""
FEWEST_KNOWN = 2
"""Exercises of the catalogue that are training without a word of it."""
LONGEST_TALE = 80
"""Words of a paragraph that one word may make a tale; in a longer one its sentence counts."""
SHORTEST_SENTENCE = 6
"""Words of a sentence that may tell of somebody; fewer are a line of a list."""
FIRST_HOUR = 6
"""Lines that begin at this hour or later are those of a timetable."""
_PLAIN_DIRECT = re.compile(r"\d ?x|reps|hold|\d ?(?:s|min)\b")
"""An amount that is no mere number of things: `1 banana` may be an ingredient."""
_PRICE = re.compile(r"[£€$]\s?\d|\d\s?(?:€|£|\$|(?:euros?|dollars?)\b)", re.IGNORECASE)
_HOUR = re.compile(r"\W*(\d{1,2})[:.h]\d\d(?![\d:])")
_NEEDS = "it needs exercises with amounts, like `Squats: 3 x 12`; see --explain"


class NoWorkoutError(UsageError):
    """A source that holds nothing to be done (exit status 2). `traces`: what its lines are."""

    traces: tuple[Trace, ...] = ()


def list_items(workouts: list[SourceWorkout]) -> list[Item]:
    """The items of all workouts in order."""
    return [item for one in workouts for item in one.items()]


def refuse_count(workouts: list[SourceWorkout], document: Document) -> None:
    """Refuse a source without text, and one with more exercises than a workout can have."""
    if not document.lines:
        raise NoWorkoutError("there is no text in it", "a scan without text must be typed first")
    count = len(list_items(workouts))
    if count > MOST_EXERCISES:
        raise NoWorkoutError(
            f"it holds more than {MOST_EXERCISES} exercises",
            "import one workout at a time: cut the others out of the text",
        )
    if not count and document.kind != "login":
        raise NoWorkoutError("there is no workout in it", _NEEDS)


def refuse_no_workout(workouts: list[SourceWorkout], document: Document, names: NameFinder) -> None:
    """Refuse a text that prescribes too little to be a workout.

    Raises:
        NoWorkoutError: It holds none, and why.
    """
    language = names.language
    items = list_items(workouts)
    nouns = sum(item.name.noun or _is_trained(item) for item in items)
    amounts = sum(item.has_amount for item in items)
    if document.kind == "login" and len(items) < FEWEST_NAMES:
        raise NoWorkoutError(
            "the page asks for a name and a password",
            "save the page while logged in, and import that file",
        )
    few = len(items) < FEWEST_NAMES and not _is_plain_single(items, document)
    page_amounts = any(
        any(not fact.field.startswith("rest") for fact in one.facts)
        or any(isinstance(entry, BlockEntry) for entry in one.sections["exercises"])
        for one in workouts
    )
    if any(_are_results(one.items()) for one in workouts):
        raise NoWorkoutError(
            "the same names with a figure each are results, and no workout", _NEEDS
        )
    if few or nouns < LEAST_NOUNS * len(items):
        found = f"; found only: {items[0].name.text}" if len(items) == 1 else ""
        raise NoWorkoutError(f"there is no workout in it{found}", _NEEDS)
    if not (amounts or page_amounts or _are_listed(items, document, language)):
        raise NoWorkoutError("it names exercises, and no amount of any", _NEEDS)
    _refuse_tale(items, document, language)
    if len(items) == 1:
        _refuse_report(document, language)
    _refuse_goals(items, document, names)
    _refuse_other_lists(items)
    _refuse_other_subject(items, document, names)


def _are_listed(items: Sequence[Item], document: Document, language: ImportLanguage) -> bool:
    """Whether exercises without an amount are a list of what to do: little else, or described."""
    nouns = sum(item.name.noun for item in items)
    if len(items) < FEWEST_LISTED or (len(items) == FEWEST_LISTED and nouns < len(items)):
        return False
    steps = language.lists["positions"] | language.lists["step_verbs"]
    described = sum(
        any(begins_with_any(sentence.strip(), steps) for sentence in item.told) for item in items
    )
    lines = len({item.line for item in items})
    return lines >= LEAST_LISTED * len(document.lines) or described >= LEAST_LISTED * len(items)


def _refuse_tale(items: Sequence[Item], document: Document, language: ImportLanguage) -> None:
    """Refuse amounts that are told of others, of the past, or of what may be."""
    paragraphs = {line.number: line.text for line in document.lines}
    counted = [item for item in items if item.has_amount]
    told = [item for item in counted if _is_told_of_others(item, paragraphs, language)]
    prices = sum(bool(_PRICE.search(text)) for text in paragraphs.values())
    if (
        told
        and len(told) + prices > MOST_IN_TALES * (len(counted) + prices)
        and len(counted) - len(told) <= MOST_PRESCRIBED
    ):
        text = told[0].evidence[0].text
        raise NoWorkoutError(f"it tells what others do, or what was done: `{text[:60]}`", _NEEDS)


def _refuse_report(document: Document, language: ImportLanguage) -> None:
    """Refuse a page about one exercise of which more lines tell of it than say how to do it."""
    lines = [fold_text(line.text) for line in document.lines]
    tales = sum(language.has_phrase("tales", line) for line in lines)
    orders = sum(
        begins_with_any(line, language.lists["positions"]) or orders_something(line, language)
        for line in lines
    )
    if tales >= FEWEST_TALES and tales > orders:
        raise NoWorkoutError("it tells of one exercise, and not to do it", _NEEDS)


def _refuse_goals(items: Sequence[Item], document: Document, names: NameFinder) -> None:
    """Refuse a guideline: sets and reps for goals (`Strength: 3-5 reps`), and few exercises."""
    of_items = {
        item.line
        for item in items
        if not names.language.has_phrase("goals", fold_text(item.name.text))
    }
    goals: set[str] = set()
    for at, line in enumerate(document.lines):
        lead = line.text.split(":", 1)[0]
        found = names.language.phrases["goals"].findall(fold_text(lead))
        near = document.lines[at : at + LINES_OF_GOAL]
        if (
            found
            and len(lead.split()) <= MOST_LEAD_WORDS
            and of_items.isdisjoint(one.number for one in near)
            and any(_tells_sets(one.text, names) for one in near)
        ):
            goals.update(found)
    if len(goals) >= FEWEST_GOALS and _count_prescribed(items) <= len(goals):
        told = ", ".join(f"`{goal}`" for goal in sorted(goals)[:3])
        raise NoWorkoutError(f"it tells amounts by goal ({told}), and no workout", _NEEDS)


def _tells_sets(text: str, names: NameFinder) -> bool:
    return any(
        fact.field in ("sets", "reps") for told in names.facts_of_line(text) for fact in told.facts
    )


def _count_prescribed(items: Sequence[Item]) -> int:
    """How many of the exercises have a word of training and an amount of training."""
    return sum(
        item.name.noun and not _list_fact_fields(item).isdisjoint(PRESCRIBING) for item in items
    )


def _is_told_of_others(item: Item, paragraphs: dict[int, str], language: ImportLanguage) -> bool:
    """Whether all that gives an item its amount are sentences of a tale, and none is an order."""
    tale = False
    for one in item.evidence:
        paragraph = paragraphs.get(one.line, one.text)
        sentence = one.text if len(paragraph.split()) > LONGEST_TALE else paragraph
        if len(one.text.split()) < SHORTEST_SENTENCE and one.text == paragraph:
            return False
        folded = fold_text(one.text)
        told = language.has_phrase("tales", folded)
        introduced = not told and language.has_phrase("introduces", folded)
        if introduced or orders_something(folded, language):
            return False
        tale = tale or told or language.has_phrase("tales", fold_text(sentence))
    return tale


def orders_something(text: str, language: ImportLanguage) -> bool:
    """Whether a folded sentence says to do something, and not that somebody `can do` it."""
    found = language.phrases["orders"].search(text)
    before = text[: found.start()].split() if found else []
    others = language.lists["clause_words"] | language.lists["tales"]
    return found is not None and not (before and before[-1] in others)


def _refuse_other_lists(items: Sequence[Item]) -> None:
    """Refuse lists whose lines have prices, or begin with a time of day."""
    lines = [item.evidence[0].text for item in items]
    if 2 * sum(bool(_PRICE.search(line)) for line in lines) >= len(lines):
        raise NoWorkoutError("its lines tell prices, and no workout", _NEEDS)
    hours = [int(found[1]) for found in map(_HOUR.match, lines) if found]
    if 2 * len(hours) > len(lines) and min(hours) >= FIRST_HOUR:
        raise NoWorkoutError("its lines tell times of day, and no workout", _NEEDS)


def _refuse_other_subject(items: Sequence[Item], document: Document, names: NameFinder) -> None:
    """Refuse a text with words of another subject, or with no word of training.

    Exercises that are prescribed, or known ones, make it a workout all the same.
    """
    language = names.language
    lines = [fold_text(line.text) for line in document.lines]
    pattern = language.phrases["other_subjects"]
    words = {word for line in lines for word in pattern.findall(line)}
    if len(words) >= FEWEST_OTHER_WORDS and _count_prescribed(items) < MOST_PRESCRIBED:
        told = ", ".join(f"`{word}`" for word in sorted(words)[:3])
        raise NoWorkoutError(f"it is about something else: it says {told}", _NEEDS)
    known = {item.key for item in items if _is_kind_of_known(item.name, names)}
    if len(known) >= FEWEST_KNOWN and 2 * len(known) >= len({item.key for item in items}):
        return
    if known and len(items) >= FEWEST_LISTED and all(item.key in known for item in items):
        return  # one exercise on each day of a calendar
    if len(lines) <= FEW_LINES or any(_is_plain_amount(item) for item in items):
        return
    if not any(language.has_phrase("training", line) for line in lines):
        raise NoWorkoutError("no word of it is about training", _NEEDS)


def _is_kind_of_known(name: Name, names: NameFinder) -> bool:
    """Whether a name is known, or what tells it apart stands beside a known one: `static row`."""
    words = name.text.split()
    first = names.language.noun_first
    parts = (words[:-n] if first else words[n:] for n in range(1, len(words)))
    return name.exercise is not None or any(names.knows(" ".join(part)) for part in parts)


def _is_plain_amount(item: Item) -> bool:
    """Whether sets of reps are told of an item, as of nothing but exercises: `3x10`."""
    return {"sets", "reps"} <= _list_fact_fields(item) or bool(re.match(r"\d+ ?x ?\d", item.direct))


def _are_results(items: list[Item]) -> bool:
    """Whether names come again and again with a large figure alone behind each: what was lifted."""
    bare = [
        item
        for item in items
        if re.search(r"[^\W\d]\D*[ :]\d+(?:[.,]\d+)?$", item.evidence[0].text)
        and (item.direct.strip().replace(".", "").isdigit() or {"count"} == _list_fact_fields(item))
    ]
    heavy = any(re.search(r"\d{3}$", item.evidence[0].text) for item in bare)
    counts = Counter(item.key for item in bare)
    return heavy and 2 * len(bare) > len(items) and min(counts.values()) >= FEWEST_RESULTS


def _list_fact_fields(item: Item) -> set[str]:
    return {fact.field for fact in item.facts}


def _is_trained(item: Item) -> bool:
    """Whether what is told of an item is only told of exercises, whatever it is called."""
    return any(
        fact.field in ("reps", "sets", "times", "hold", "breaths", "sides")
        or (fact.field == "time" and fact.value.endswith("s"))
        for fact in item.facts
    )


def _is_plain_single(items: list[Item], document: Document) -> bool:
    """Whether the one exercise of a source is known by name, and its amount told; or all there is.

    A leaflet of one exercise is a workout; a sentence about one in an article is none.
    """
    if not items or not items[0].has_amount:
        return False
    if len(document.lines) <= FEW_LINES:
        return True
    item = items[0]
    fields = {fact.field for fact in item.facts}
    plain = fields & {"reps", "hold", "times", "list", "max"}
    full = bool(plain) and len(fields & {"reps", "hold", "times", "sets", "switch", "sides"}) > 1
    if item.name.exercise is None:
        return item.name.noun and full
    return bool(plain) or bool(_PLAIN_DIRECT.search(item.direct))
