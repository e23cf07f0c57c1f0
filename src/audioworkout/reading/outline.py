"""What people write around items: numbers, letters of supersets, sections and pauses.

All of it works on what a file says; what an item means is none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from audioworkout.notation.clauses.rests import FREE_RESTS
from audioworkout.reading.nodes import List, Map, Node, Text, cut_text

_MINUTE = r"(?:odd|even)(?:\s+min(?:ute)?s?)?|min(?:ute)?s?\s+\d{1,2}"
_NUMBER = re.compile(rf"\s*(?:\d{{1,2}}[.)]|(?:{_MINUTE})\s*[:–-]?)\s+(?=\S)", re.IGNORECASE)
_NAMED_MINUTE = re.compile(rf"\s*(?:{_MINUTE})\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?:(?P<letter>[A-H])(?P<place>[1-9])?|(?P<number>[1-9])(?P<part>[a-e]))"
    r"(?:[.):](?=\s|$)|(?=\s|$))\s*"
)
_STRETCHING = r"stretch(?:ing|es)?|dehn(?:en|ung|übungen)|estira(?:r|mientos?)|[ée]tire(?:r|ments?)"
_SECTIONS = (
    r"warm[\s-]?ups?|cool[\s-]?downs?|main(?:\s+(?:set|part|work|workout|lifts?))?|work-?\s?out"
    r"|finishers?|strength|conditioning|cardio|metcon|wod|accessor(?:y|ies)|skills?|activation"
    r"|mobility|prehab|core|buy[\s-]?in|cash[\s-]?out|session|exercises"
    r"|(?:part|section|block)\s+(?:\d|[a-h]|one|two|three|four)"
    rf"|{_STRETCHING}"
)
_STRETCHES = ("{} stretch", "{} dehnen", "estiramiento de {}", "étirement des {}", "étirement {}")
"""How the stretch of a muscle is called, in every language."""
_SECTION = re.compile(rf"\s*({_SECTIONS})\s*", re.IGNORECASE)
REST_WORDS = r"(?:water\s+break|drinks?\s+break|breather|recovery|recover|rest|break|pause)"
"""What people call a pause between two items."""
_REST = re.compile(REST_WORDS, re.IGNORECASE)
_TIME = r"(?:\d[\d.,:]*\s*(?:-|–|to)\s*)?\d[\d.,:]*\s*[a-z\"']*"
_RESTED = re.compile(
    rf"{REST_WORDS}\s+(?:for\s+)?(?P<after>\W*\d.*)|(?P<before>{_TIME})\s+(?:of\s+)?{REST_WORDS}",
    re.IGNORECASE,
)
_USUAL_REST = re.compile(
    rf"(?:(?P<before>{_TIME})\s+)?(?:of\s+)?rests?\s+(?:time\s+)?(?:between|btw|b/w)\s+"
    rf"(?:all\s+|each\s+|the\s+)?(?P<what>sets?|exercises?)(?:\s*[:=]?\s*(?P<after>{_TIME}))?",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """`A1`: the superset it stands in, and the item behind it; `alone`: a letter without number."""

    superset: str
    item: Node
    alone: bool


def strip_number(node: Node) -> Node:
    """An item without a number of a list or a minute before it: `1. squats 3x10`, `odd: squats`."""
    key, value = _first_text(node)
    if key is None:
        return node
    if value is not None and _NAMED_MINUTE.fullmatch(key.value):
        return value
    match = _NUMBER.match(key.value)
    return node if match is None else _with_first(node, cut_text(key, match.end(), None), value)


def split_quoted(node: Node) -> Node:
    """An item that is quoted for the sake of its colon: `"3 rounds: 5 push-ups, 10 squats"`."""
    if not isinstance(node, Text) or node.plain or ": " not in node.value:
        return node
    at = node.value.index(": ")
    pair = cut_text(node, 0, at), cut_text(node, at + 2, None)
    return Map(node.page, node.line, node.column, node.width, (pair,))


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


def is_stretching(section: str) -> bool:
    """Whether a part of a workout has stretches alone."""
    return bool(re.fullmatch(_STRETCHING, section, re.IGNORECASE))


def name_stretch(node: Node, knows: Callable[[str], bool], *, of_known: bool) -> Node:
    """`calves: 30s` among stretches as the stretch of it, where there is one.

    `of_known`: also where the name alone is another exercise, as `gemelos` is a calf raise.
    """
    key, value = _first_text(node)
    match = re.match(r"[^\d(]*[^\W\d]", key.value) if key is not None else None
    if key is None or match is None or (not of_known and knows(match[0])):
        return node
    name = find_stretch(match[0], knows)
    behind = key.value[match.end() :]
    return _with_first(node, key._replace(value=f"{name}{behind}"), value) if name else node


def find_stretch(muscle: str, knows: Callable[[str], bool]) -> str:
    """The name of the exercise that stretches a muscle; empty where none is known."""
    named = (form.format(muscle) for form in _STRETCHES)
    return next((one for one in named if knows(one)), "")


def is_rest(text: str) -> bool:
    """Whether a text is a word for a pause, or a pause of any length, and no more."""
    plain = " ".join(text.lower().split())
    return bool(_REST.fullmatch(plain)) or plain in FREE_RESTS


def rest_within(node: Text) -> Text | None:
    """The time in `break 2 min`, `60s of rest`, `rest 2-3 min`; None where it is no pause."""
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
