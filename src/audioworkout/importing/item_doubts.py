"""The account of one exercise: its line against the sentences that tell of it.

It is made both ways. Each time, load, effort, tempo and word of sides in those sentences must be in
the line. What the line has must stand there plainly, and not in passing: `with a 5-10 lb weight`.
What does not agree is a doubt on that field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from audioworkout.importing.facts import SentenceFacts, left_words, quote_sentence
from audioworkout.importing.outline import AMOUNT_FIELDS, Doubt, Item
from audioworkout.importing.phrases import Fact
from audioworkout.model.exercise import Exercise
from audioworkout.notation import PartialPrescription

MOST_WORDS_BESIDE_LOAD = 3
"""Words that are left beside a load in a line that tells it plainly: `Weight: 20 kg each`."""
_FIELD_OF = (
    dict.fromkeys(("hold", "time", "pause", "breaths"), "pause")
    | dict.fromkeys(("reps", "times", "steps", "distance", "cal", "list", "first_two"), "amount")
    | dict.fromkeys(("sets", "more_sets"), "sets")
    | dict.fromkeys(("load", "weight"), "load")
    | dict.fromkeys(("rpe", "rir", "percent"), "effort")
    | dict.fromkeys(("tempo", "down"), "tempo")
)
"""Facts of a sentence, and the field that is in doubt where their figures are not in the line."""
_PASSING = {
    "load": "load",
    "weight": "load",
    "rpe": "effort",
    "rir": "effort",
    "percent": "effort",
    "switch": "sides",
    "alternating": "sides",
}
"""Facts that a sentence may have in passing, and their fields."""
_RESTS = frozenset({"rest", "rest_sets", "rest_rounds", "rest_exercises", "off"})
_LEFT = (
    ("pause", r"(?<![\w.:])\d+(?:-\d+)? ?(?:s|min)\b"),
    ("load", r"\b(?:kg|lb)\b|\d(?:kg|lb)\b"),
    ("effort", r"\d ?%|\brpe\b|\brir\b|\d ?/ ?10\b"),
)
"""Fields, and how what no rule has read speaks of them, in plain form."""
_TEMPO = re.compile(
    r"\btempo\b|\bcount of \d|\d+s (?:up|down|negative)|(?:lower|down|up) .{0,12}\d+s"
)
_SIDES = re.compile(
    r"(?<!in )\bper (?:side|leg|arm|direction)|\b(?:other|both) (?:side|leg|arm)|"
    r"\bswitch|\balternating|\bleft\b.*\bright\b|\bright\b.*\bleft\b"
)
_SIDES_IN_LINE = re.compile(r"\b(?:per|each|ea|alternating|only|left|right|side|leg|arm)\b|/")
_BARE_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w:/%°-]|[.,]\d)")
_DISTANCE = re.compile(r"\d (?:ft|m|yd|km|mi)\b")
"""On a way the legs change by themselves."""
_TIME = re.compile(
    r"(?P<minutes>\d+):(?P<seconds>\d\d)|(?P<m>\d+)m(?P<s>\d+)s|"
    r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))? ?(?P<unit>s|min|h)?"
)
_UNITS = {"min": 60, "h": 3600}
_ORDERS = re.compile(r"\b(?:repeat|switch|do)\b")
_AMOUNT_WORDS = re.compile(r"(?:hold|max|for|each|amrap|as|upto|to)\b")


def find_item_doubts(
    item: Item,
    own: Mapping[str, Fact],
    line: str,
    partial: PartialPrescription | None,
) -> Iterator[Doubt]:
    """The doubts on an item's fields. `own`: its facts; `partial`: its line as it reads."""
    for told in item.sentences:
        named = told.source in item.evidence[0].text
        if not told.about_all and (named or not told.not_now):
            for field in _find_unsaid(told, line, item.name.exercise):
                yield Doubt(field, f'its line does not say all of "{quote_sentence(told)}"')
    yield from _find_passing(item, own)
    yield from _find_guessed_words(item, own, line, partial)


def _find_unsaid(told: SentenceFacts, line: str, exercise: Exercise | None) -> Iterator[str]:
    """The fields of which a sentence says what the line does not."""
    shown = find_quantities(line)
    for fact in told.facts:
        field = _FIELD_OF.get(fact.field)
        if field and not find_quantities(fact.value) & shown:
            yield field
    for field, pattern in _LEFT:
        if re.search(pattern, told.left_plain):
            yield field
    left = {float(figure) for figure in _BARE_NUMBER.findall(told.left)}
    if any(
        fact.field in AMOUNT_FIELDS and find_quantities(fact.value) & left for fact in told.facts
    ):
        yield "sets"  # `10 circles forward, 10 back`
    told_fields = {fact.field for fact in told.facts}
    if (
        told_fields & AMOUNT_FIELDS
        and told_fields.isdisjoint(_RESTS)
        and re.search(r"\brest\b(?! of (?!\d)).{0,12}\d|\d\S* (?:\w+ ){0,2}rest\b", told.text)
        and "rest" not in line
    ):
        yield "rest"
    if _TEMPO.search(told.text) and not re.search("@|pause|negative", line):
        yield "tempo"
    sides = exercise.prescription.sides.order if exercise is not None else "together"
    if (
        sides == "together"
        and not _DISTANCE.search(line)
        and _SIDES.search(told.text)
        and not _SIDES_IN_LINE.search(line)
    ):
        yield "sides"
    if "alternating" in told.text and _SIDES_IN_LINE.search(line) and "alternating" not in line:
        yield "sides"


def _find_passing(item: Item, own: Mapping[str, Fact]) -> Iterator[Doubt]:
    """Doubts on what only a sentence says that tells of something else, or of the way to do it."""
    for field, of_line in _PASSING.items():
        fact = own.get(field)
        told = _find_sentence(fact, item.sentences) if fact is not None else None
        if told is None:
            continue
        named = told.source in item.evidence[0].text
        plain = {
            "load": named or len(left_words(told.left).split()) <= MOST_WORDS_BESIDE_LOAD,
            "effort": named and field != "percent",
            "sides": named
            if field == "alternating"
            else "sides" in own or _ORDERS.search(told.text),
        }
        if not plain[of_line]:
            yield Doubt(of_line, f'told in passing: "{quote_sentence(told)}"')


def _find_sentence(fact: Fact, sentences: Sequence[SentenceFacts]) -> SentenceFacts | None:
    """The first sentence that tells a fact, wherever in its line it stands."""
    wanted = fact.field, fact.value
    return next(
        (one for one in sentences if wanted in [(each.field, each.value) for each in one.facts]),
        None,
    )


def _find_guessed_words(
    item: Item, own: Mapping[str, Fact], line: str, partial: PartialPrescription | None
) -> Iterator[Doubt]:
    """Doubts on what single words were taken for: an effort, a note, a time that is held or not."""
    for effort in partial.effort if partial is not None else ():
        if effort.kind == "word" or (effort.kind == "percent" and "@" not in item.evidence[0].text):
            yield Doubt("effort", f"`{effort.figure}` is taken for an effort")
    if re.match(r"[^\W\d]", item.direct) and not _AMOUNT_WORDS.match(item.direct):
        yield Doubt("name", f"`{item.direct.split(',')[0]}` may be part of it")
    unknown = item.name.exercise is None and not item.direct
    if unknown and "time" in own and "hold" not in own and re.search(r"\b(?:hold|for) ", line):
        yield Doubt("amount", "whether the time is held is guessed by the name")


def find_quantities(text: str) -> set[float]:
    """The numbers of a text, and its times in seconds.

    >>> sorted(find_quantities("3x 1 min, rest 1:30"))
    [1.0, 3.0, 60.0, 90.0]
    """
    found: set[float] = set()
    for match in _TIME.finditer(text):
        if match["seconds"]:
            found.add(60.0 * int(match["minutes"]) + int(match["seconds"]))
        elif match["s"]:
            found.add(60.0 * int(match["m"]) + int(match["s"]))
        for value in filter(None, (match["low"], match["high"])):
            found |= {float(value), float(value) * _UNITS.get(match["unit"] or "", 1)}
    return found
