"""The fields of programme files: what may stand in each, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from audioworkout.languages import LANGUAGES
from audioworkout.names import join_choices, nearest_names
from audioworkout.programmes.blanks import parse_quantity
from audioworkout.programmes.model import FIGURES, MOST_WEEKS, WEEKDAYS, Cadence, Schedule
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import (
    SCALAR,
    SCALARS,
    Field,
    Fields,
    FieldType,
    Schema,
    choice_type,
    integer_type,
    list_type,
    read_text_value,
    sentence_type,
)
from audioworkout.reading.nodes import List, Node, Text
from audioworkout.text import cut_to_length

LONGEST_INTERVAL = 14
"""Days from one session to the next, at most."""


def _parsed_type(parse: Callable[[str], Any], what: str, schema: Schema | None = None) -> FieldType:
    """A text of which `parse` makes a value, or None where it is something else."""

    def read(node: Node, diagnostics: Diagnostics) -> Any | None:  # noqa: ANN401 - what `parse` gives
        text = read_text_value(node, diagnostics, what.split(", like")[0])
        found = None if text is None else parse(text.strip())
        if text is not None and found is None:
            diagnostics.error(node, f"`{cut_to_length(text, 40)}` is not {what}")
        return found

    return FieldType(what, read, schema or {"type": ["string", "number"]})


def _parse_percent(text: str) -> Decimal | None:
    quantity = parse_quantity(text.removesuffix("%"))
    if quantity is None or quantity.unit or not 0 < quantity.figure <= 100:
        return None
    return quantity.figure / 100 if text.endswith("%") or quantity.figure > 1 else quantity.figure


def _parse_cadence(text: str) -> Cadence | None:
    match = re.fullmatch(r"(?:(\d{1,2})\s+)?(session|week)s?", text.lower())
    if match is None or match[1] == "0":
        return None
    return Cadence(int(match[1] or 1), "week" if match[2] == "week" else "session")


def parse_weeks_key(text: str) -> tuple[int, ...] | None:
    """`5`, `3-4`: the weeks of a key or a field."""
    match = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", text)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(range(first, last + 1)) if 1 <= first <= last <= MOST_WEEKS else None


def _parse_test_day(text: str) -> int | str | None:
    if text.isdigit():
        return int(text) or None
    return text.lower() if text.lower() in ("first", "last", "every") else None


_QUANTITY = _parsed_type(parse_quantity, "a number with or without its unit, like `2.5kg`")
_PERCENT = _parsed_type(_parse_percent, "a share, like `70%`")
_CADENCE = _parsed_type(_parse_cadence, "how often, like `session`, `3 sessions` or `2 weeks`")
_WEEK_NUMBERS = list_type(
    _parsed_type(parse_weeks_key, "a week, like `5` or `3-4`"), "a week or a list of them"
)
_TEST_DAY = _parsed_type(_parse_test_day, "`first`, `last`, `every` or the number of a day")
_ANSWER = _parsed_type(
    lambda text: text.lower() if text.lower() in ("repeat", "step back") else None,
    "`repeat` or `step back`",
    {"enum": ["repeat", "step back"]},
)
_CHANGE = _parsed_type(
    lambda text: int(text) if re.fullmatch(r"-\d{1,2}", text) else None,
    "a number of sets less, like `-2`",
)


def _read_node(node: Node, diagnostics: Diagnostics) -> Node:
    return node


def _read_line(node: Node, diagnostics: Diagnostics) -> Text | None:
    text = read_text_value(node, diagnostics, "a text")
    return node if text is not None and isinstance(node, Text) else None


def _read_schedule(node: Node, diagnostics: Diagnostics) -> Schedule | None:
    """Days of the week, or the days from one session to the next."""
    if isinstance(node, Text):
        text = node.value.lower().strip()
        match = re.fullmatch(r"(\d{1,2})?\s*(?:d|days?)", text)
        if text in ("day", "daily"):
            return Schedule(interval=1)
        if match and 1 <= int(match[1] or 1) <= LONGEST_INTERVAL:
            return Schedule(interval=int(match[1] or 1))
    days = [_read_weekday(part, diagnostics) for part in items_of(node)]
    if None in days or not days:
        return None
    found = tuple(sorted(day for day in days if day is not None))
    if len(set(found)) < len(found):
        diagnostics.error(node, "a day of the week stands here twice", "keep one of them")
        return None
    return Schedule(weekdays=found)


def _read_weekday(node: Node, diagnostics: Diagnostics) -> int | None:
    text = read_text_value(node, diagnostics, "a day of the week")
    if text is None:
        return None
    short = text.lower().strip()[:3]
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    if short in WEEKDAYS and names[WEEKDAYS.index(short)].startswith(text.lower().strip()):
        return WEEKDAYS.index(short)
    near = nearest_names(text, (*WEEKDAYS, *names))
    hint = f"did you mean {join_choices(near)}?" if near else EVERY.what
    message = f"`{cut_to_length(text, 40)}` is no day of the week and no number of days"
    diagnostics.error(node, message, hint)
    return None


LINE_WITH_BLANKS = FieldType(
    "a prescription line with blanks, like `5x5 {kg}kg`", _read_line, SCALAR
)
START = FieldType("a number, or a blank like `{member.squat}`", _read_line, SCALAR)
EVERY = FieldType("days, like `[mon, wed, fri]`, `1d` or `2 days`", _read_schedule, SCALARS)


def items_of(node: Node) -> tuple[Node, ...]:
    """The items of a list, or what stands there alone as the only one."""
    return node.items if isinstance(node, List) else (node,)


def _read_names(node: Node, diagnostics: Diagnostics) -> tuple[Text, ...]:
    parts = items_of(node)
    return tuple(one for part in parts if (one := _read_line(part, diagnostics)) is not None)


def _any_node(what: str, schema: Schema) -> FieldType:
    return FieldType(what, _read_node, schema)


FAIL: Fields = (
    Field("after", integer_type(1, 20), "failures in a row", required=True),
    Field("to", _PERCENT, "what is left of the value then", required=True),
)
TRACK: Fields = (
    Field("line", LINE_WITH_BLANKS, "what is done; its blank (`{kg}`, `{s}`, `{n}`) is the value"),
    Field("start", START, "the first value", required=True),
    Field("step", _QUANTITY, "added each time; left out: 0"),
    Field("every", _CADENCE, "after how many sessions of it, or weeks; left out: each session"),
    Field("until", _QUANTITY, "where it stays"),
    Field(
        "fail",
        _any_node("a rule, like `{after: 3, to: 90%}`", {"$ref": "#/$defs/fail"}),
        "what becomes of a value that failed; left out: it stays",
    ),
)
DELOAD: Fields = (
    Field("week", _WEEK_NUMBERS, "in which weeks", required=True),
    Field("load", _PERCENT, "share of what is in kg or lb"),
    Field("amount", _PERCENT, "share of all other values"),
    Field("sets", _CHANGE, "so many sets less, at least one remaining"),
)
TEST: Fields = (
    Field("week", _WEEK_NUMBERS, "in which weeks", required=True),
    Field("day", _TEST_DAY, "on which day of it; left out: the last"),
    Field(
        "line",
        LINE_WITH_BLANKS,
        "what is done in place of a track's line; left out: what the plan or the track says",
    ),
    Field(
        "tracks",
        FieldType("a list of tracks", _read_names, SCALARS),
        "of which tracks; left out: of all whose line has the same blank",
    ),
)
GATE: Fields = (
    Field("ask", choice_type(tuple(FIGURES)), "what is reported after a session", required=True),
    Field("at_most", integer_type(0, 10), "up to which figure values may rise", required=True),
    Field("else", _ANSWER, "what happens above; left out: repeat"),
    Field("twice", _ANSWER, "the second time in a row"),
)
PROGRAMME: Fields = (
    Field("programme", sentence_type(80), "what it is called", required=True),
    Field(
        "titles",
        _any_node("titles by language, like `{de: Zehn Kilometer}`", {"$ref": "#/$defs/titles"}),
        "what it is called in other languages",
    ),
    Field("description", sentence_type(2_000, spoken=False), "what it is good for"),
    Field("language", choice_type(tuple(LANGUAGES)), "who leads speaks this language"),
    Field("every", EVERY, "the days of training", required=True),
    Field("weeks", integer_type(1, MOST_WEEKS), "how many; left out: as many as the plan has"),
    Field(
        "routine",
        _any_node("keys of a routine, with blanks", {"type": "object"}),
        "what all sessions have in common",
    ),
    Field(
        "plan",
        _any_node("weeks, like `1: 8 x (run 60s, walk 90s)`", {"$ref": "#/$defs/plan"}),
        "`{plan}`: a row a week, or a list with a row a day",
    ),
    Field(
        "days",
        _any_node("days, like `A: [back squat, plank]`", {"$ref": "#/$defs/days"}),
        "`{day}`: days that take turns, session by session",
    ),
    Field(
        "tracks",
        _any_node("tracks by name", {"$ref": "#/$defs/tracks"}),
        "values that rise from session to session",
    ),
    Field("deload", _any_node("weeks that are lighter", {"$ref": "#/$defs/deload"}), "on purpose"),
    Field("test", _any_node("sessions that are tests", {"$ref": "#/$defs/test"}), "how much goes"),
    Field(
        "gate",
        _any_node("what must be reported", {"$ref": "#/$defs/gate"}),
        "values rise only where it was reported and was low",
    ),
    Field(
        "member",
        _any_node("values by name, like `{squat: 20kg}`", {"$ref": "#/$defs/member"}),
        "`{member.squat}`: what it is where a member does not say",
    ),
)
"""The keys of a programme."""
