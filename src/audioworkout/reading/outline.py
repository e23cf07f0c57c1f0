"""What people write around items: numbers, letters of supersets, sections, pauses and pairs.

All of it works on what a file says; what an item means is none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from audioworkout.reading.nodes import List, Map, Node, Text, cut_text

Knows = Callable[[str], bool]
"""Whether there is an exercise of a name."""

_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")
_LABEL = re.compile(
    r"\s*(?:(?P<letter>[A-H])(?P<place>[1-9])?|(?P<number>[1-9])(?P<part>[a-e]))"
    r"(?:[.):](?=\s|$)|(?=\s|$))\s*"
)
_SECTIONS = (
    r"warm[\s-]?ups?|cool[\s-]?downs?|main(?:\s+(?:set|part|work|workout|lifts?))?|work-?\s?out"
    r"|finishers?|strength|conditioning|cardio|metcon|wod|accessor(?:y|ies)|skills?|activation"
    r"|mobility|prehab|stretching|core|buy[\s-]?in|cash[\s-]?out|session|exercises"
    r"|(?:part|section|block)\s+(?:\d|[a-h]|one|two|three|four)"
)
_SECTION = re.compile(rf"\s*({_SECTIONS})\s*", re.IGNORECASE)
REST_WORDS = r"(?:water\s+break|drinks?\s+break|breather|recovery|recover|rest|break|pause)"
"""What people call a pause between two items."""
_REST = re.compile(REST_WORDS, re.IGNORECASE)
_TIME = r"\d[\d.,:]*\s*[a-z\"']*"
_RESTED = re.compile(
    rf"{REST_WORDS}\s+(?:for\s+)?(?P<after>\W*\d.*)|(?P<before>{_TIME})\s+(?:of\s+)?{REST_WORDS}",
    re.IGNORECASE,
)
_USUAL_REST = re.compile(
    rf"(?:(?P<before>{_TIME})\s+)?(?:of\s+)?rests?\s+(?:time\s+)?(?:between|btw|b/w)\s+"
    rf"(?:all\s+|each\s+|the\s+)?(?P<what>sets?|exercises?)(?:\s*[:=]?\s*(?P<after>{_TIME}))?",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\s*[,;]?\s*[x×]\s*(?P<n>\d{1,2})(?:\s*(?:rounds?|times|sets?))?\s*", re.I)
_APART = re.compile(r"\s*(?:[,;/&+]|\band\b|\bthen\b)\s*", re.IGNORECASE)


class Label(NamedTuple):
    """`A1`: the superset it stands in, and the item behind it; `alone`: a letter without number."""

    superset: str
    item: Node
    alone: bool


def strip_number(node: Node) -> Node:
    """An item without the number of a list before it: `1. squats 3x10`."""
    key, value = _first_text(node)
    if key is None:
        return node
    match = _NUMBER.match(key.value)
    return node if match is None else _with_first(node, cut_text(key, match.end(), None), value)


def read_label(node: Node) -> Label | None:
    """What stands behind a letter like `A1:` or `A.`; None where there is none."""
    key, value = _first_text(node)
    match = _LABEL.match(key.value) if key is not None else None
    if key is None or match is None:
        return None
    superset = match["letter"] or match["number"]
    alone = not (match["place"] or match["part"])
    signed = match[0].strip()[-1] in ".):"
    if match.end() == len(key.value):
        if value is None:
            return None
        return Label(superset, value, alone)
    if alone and not signed:
        return None  # `A squat` is a name
    return Label(superset, _with_first(node, cut_text(key, match.end(), None), value), alone)


def read_section(text: str) -> str:
    """The name of a part of a workout, `Warm-up`; empty where a text is none."""
    match = _SECTION.fullmatch(text)
    return match[1] if match else ""


def is_rest(text: str) -> bool:
    """Whether a text is a word for a pause and no more."""
    return bool(_REST.fullmatch(text.strip()))


def rest_within(node: Text) -> Text | None:
    """The time in `break 2 min`, `60s of rest`; None where it is no pause."""
    match = _RESTED.fullmatch(node.value.strip())
    if match is None:
        return None
    offset = len(node.value) - len(node.value.lstrip())
    start, end = match.span("after" if match["after"] else "before")
    return cut_text(node, start + offset, end + offset)


def usual_rest(node: Node) -> tuple[str, Text] | None:
    """`sets` or `exercises` and the time of `rest between sets: 60s`; None where it is none."""
    key, value = _first_text(node)
    match = _USUAL_REST.fullmatch(key.value.strip()) if key is not None else None
    if key is None or match is None:
        return None
    what = "sets" if match["what"].lower().startswith("set") else "exercises"
    if isinstance(value, Text):
        return what, value
    for part in ("before", "after"):
        if match[part]:
            offset = len(key.value) - len(key.value.lstrip())
            start, end = match.span(part)
            return what, cut_text(key, start + offset, end + offset)
    return None


class Several(NamedTuple):
    """Items in one text; `times`: how often all of them come, 0 where that is not said."""

    items: tuple[Text, ...]
    times: int


def split_items(node: Text, is_item: Callable[[str], bool]) -> Several | None:
    """`run 1 min, walk 1 min x 10`: the items of a text, each a name with its amount."""
    text, times = node.value, 0
    tail = re.search(_TIMES.pattern + "$", text, re.IGNORECASE)
    if tail and tail.start():
        text, times = text[: tail.start()], int(tail["n"])
    parts: list[tuple[int, int]] = []
    at = 0
    for sign in (*_APART.finditer(text), None):
        end = sign.start() if sign else len(text)
        if text[at:end].strip():
            parts.append((at, end))
        at = sign.end() if sign else end
    parts = [*_join_clauses(text, parts, is_item)]
    if len(parts) < 2 or not all(is_item(text[start:end]) for start, end in parts):
        return None
    return Several(tuple(cut_text(node, start, end) for start, end in parts), times)


def _join_clauses(
    text: str, parts: list[tuple[int, int]], is_item: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Parts that are no item by themselves joined to the one before: `10 push-ups, slow`."""
    kept: tuple[int, int] | None = None
    for start, end in parts:
        if kept is not None and not is_item(text[start:end]) and is_item(text[kept[0] : end]):
            kept = kept[0], end
            continue
        if kept is not None:
            yield kept
        kept = start, end
    if kept is not None:
        yield kept


def list_mapping(node: Map) -> List:
    """A mapping of names to amounts as a list of items."""
    place = (node.page, node.line, node.column, node.width)
    return List(
        *place,
        tuple(
            Map(key.page, key.line, key.column, key.width, ((key, value),))
            for key, value in node.pairs
        ),
    )


def _first_text(node: Node) -> tuple[Text | None, Node | None]:
    """The text or the only key of an item, and what stands behind it."""
    if isinstance(node, Text):
        return node, None
    if isinstance(node, Map) and len(node.pairs) == 1:
        return node.pairs[0]
    return None, None


def _with_first(node: Node, key: Text, value: Node | None) -> Node:
    """The item with another text or key."""
    key = key._replace(plain=node.plain) if isinstance(node, Text) else key
    if value is None:
        return key
    return Map(node.page, node.line, node.column, node.width, ((key, value),))
