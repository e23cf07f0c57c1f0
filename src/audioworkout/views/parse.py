"""The way back: JSON of the timeline format -> Timeline, as far as a player needs it.

What is read may come from anybody's MP3, so nothing is believed: whatever is not as the format
says is a ValueError, and no text is longer than a sensible one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, cast, get_args

from audioworkout.model.exercise import Amount, Carry, Hold, Mode, Reps, Side, Steps, Timed
from audioworkout.model.script import QUICK, About, Line, Role, SoundName, SpanKind
from audioworkout.model.timeline import Event, Mark, Sounded, Span, Spoken, Timeline
from audioworkout.units import HOUR, Ms
from audioworkout.views.json import VERSION

LONGEST_TEXT = 2_000
LONGEST: Ms = 24 * HOUR

Data = Mapping[str, Any]


def parse(text: str) -> Timeline:
    """The timeline that `views.json` rendered; its problems are left out.

    Raises:
        ValueError: The text is not JSON, not of this format, or not of a version known here.
    """
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(data, dict) or data.get("format") != "audioworkout/timeline":
        raise ValueError("not a timeline")
    if data.get("version") != VERSION:
        raise ValueError(f"version {data.get('version')!r}, and {VERSION} is known")
    try:
        return _timeline(data)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a whole timeline: {error!r}") from error


def _timeline(data: Data) -> Timeline:
    spans = tuple(_span(each) for each in data["spans"])
    return Timeline(
        _text(data["title"]),
        _text(data["routine"]),
        _text(data["language"]),
        _text(data["voice"]),
        _moment(data["duration_ms"]),
        tuple(_mark(each) for each in data["chapters"]),
        spans,
        tuple(_events(data["events"], spans)),
    )


def _mark(data: Data) -> Mark:
    return Mark(_text(data["title"]), *_from_to(data), _about(data))


def _span(data: Data) -> Span:
    return Span(
        cast(SpanKind, _one_of(SpanKind, data["kind"])),
        *_from_to(data),
        _about(data),
        cast(Mode | None, _one_of(Mode, data.get("mode"), None)),
        _number(data.get("count")),
    )


def _events(events: Iterable[Data], spans: Sequence[Span]) -> Iterator[Event]:
    """Events with what their span is about; they come in order of start, so that one pass does."""
    place = 0
    for data in events:
        start, end = _from_to(data)
        while place + 1 < len(spans) and start >= spans[place + 1].start_ms:
            place += 1
        yield _event(data, start, end, spans[place].about if spans else About())


def _event(data: Data, start: Ms, end: Ms, about: About) -> Event:
    side = _side(data)
    own = None if side == about.side else side
    if data["kind"] == "sound":
        name = cast(SoundName, _one_of(SoundName, data["name"]))
        return Sounded(start, end, name, about, own)
    role = cast(Role, _one_of(Role, data["role"]))
    line = Line(_text(data["text"]), role in QUICK)
    return Spoken(start, end, role, line, about, _number(data.get("number")), own)


def _about(data: Data) -> About:
    return About(
        exercise=_text(data["exercise"]) if data["exercise"] is not None else None,
        set=_number(data["set"]),
        sets=_number(data["sets"]),
        side=_side(data),
        round=_number(data.get("round")),
        rounds=_number(data.get("rounds")),
        name=_text(data.get("name", "")),
        amount=_amount(data.get("amount")),
    )


def _amount(data: Data | None) -> Amount | None:
    if data is None:
        return None
    low, high = _least(data["low"]), _least(data["high"])
    match data["mode"]:
        case "reps":
            return Reps(low, high)
        case "steps":
            return Steps(low, high)
        case "hold":
            return Hold(low, high)
        case "for":
            return Timed(low, high)
        case "carry":
            unit = cast(Literal["ft", "m"], _one_of(Literal["ft", "m"], data["unit"]))
            return Carry(low, high, unit, data["back"] is True)
    raise ValueError(f"{data['mode']!r} is no amount")


def _side(data: Data) -> Side | None:
    return cast(Side | None, _one_of(Side, data.get("side"), None))


def _from_to(data: Data) -> tuple[Ms, Ms]:
    start, end = _moment(data["start_ms"]), _moment(data["end_ms"])
    if end < start:
        raise ValueError(f"it ends at {end} ms, before it starts at {start} ms")
    return start, end


def _moment(value: object) -> Ms:
    moment = _least(value)
    if moment > LONGEST:
        raise ValueError(f"{value!r} is too late")
    return moment


def _least(value: object) -> int:
    """A number that is there, and not below zero."""
    number = _number(value)
    if number is None or number < 0:
        raise ValueError(f"{value!r} is too little")
    return number


def _number(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"{value!r} is no number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError("a text is missing or too long")
    return value


def _one_of(choices: object, value: object, *more: object) -> object:
    if value not in (*get_args(choices), *more):
        raise ValueError(f"{value!r} is not known")
    return value
