"""Parses the JSON of a timeline, as far as a player needs it.

The input may come from any MP3 and is not trusted: what does not follow the format is a ValueError.
Lists, numbers and texts have bounds above the longest workout that this program makes, so that
processing a timeline takes seconds at most.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, cast, get_args

from audioworkout.model.exercise import (
    Amount,
    BreathPhases,
    Breaths,
    Carry,
    Distance,
    DistanceUnit,
    Hold,
    Mode,
    Open,
    Reps,
    Side,
    Steps,
    Timed,
)
from audioworkout.model.script import QUICK, Context, Line, Role, SoundName, SpanKind
from audioworkout.model.timeline import Event, Mark, Sounded, Span, Spoken, Timeline
from audioworkout.units import HOUR, Ms
from audioworkout.views.json import TIMELINE_VERSION

LONGEST_TIMELINE: Ms = 5 * HOUR
"""Of a whole workout: work and pauses take four hours at most; first and last words come on top."""
LARGEST_TIMELINE = 16_000_000
"""Characters of JSON."""
LONGEST_STRING = 2_000
LONGEST_DISTANCE = 1_000_000
LONGEST_TITLE = 300
"""Characters of what is said, and of a title, name or key."""
MOST_PARSED_CHAPTERS = 10_000
MOST_KIT = 100
MOST_SPANS = 20_000
MOST_EVENTS = 100_000
MOST_OBJECTS = 400_000
"""Lists and objects of JSON: an empty one takes thirty times the memory of its two characters."""
MOST_COUNTED = 1_000
"""Reps, steps or pulses of a span: 500 on each side."""
SHORTEST_BEAT: Ms = 200
"""A pulse takes 300 ms at least, a rep 400."""
LARGEST_SET_NUMBER = 10_000
"""The greatest number of a set or round; minutes of an EMOM are rounds."""

JsonObject = Mapping[str, Any]


def parse_timeline(text: str) -> Timeline:
    """The timeline that `views.json` rendered; its problems are left out.

    Raises:
        ValueError: The text is not JSON, not of this format, not of a version known here, or longer
            than any workout.
    """
    if len(text) > LARGEST_TIMELINE or text.count("{") + text.count("[") > MOST_OBJECTS:
        raise ValueError("too long")
    try:
        return _timeline_of(json.loads(text))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a whole timeline: {error!r}") from error


def _timeline_of(data: object) -> Timeline:
    if not isinstance(data, dict) or data.get("format") != "audioworkout/timeline":
        raise ValueError("not a timeline")
    if data.get("version") != TIMELINE_VERSION:
        raise ValueError(f"version {data.get('version')!r}, and {TIMELINE_VERSION} is known")
    duration = _require_number(data["duration_ms"])
    if not (duration and data["spans"] and data["chapters"]):
        raise ValueError("there is nothing in it")
    spans = tuple(map(_parse_span, _require_list(data["spans"], MOST_SPANS)))
    chapters = tuple(map(_parse_mark, _require_list(data["chapters"], MOST_PARSED_CHAPTERS)))
    events = tuple(_parse_events(_require_list(data["events"], MOST_EVENTS), spans))
    _check_order(spans, duration)
    _check_order(chapters, duration)
    if any(after.start_ms < before.start_ms for before, after in pairwise(events)):
        raise ValueError("events are not in order")
    if any(event.end_ms > duration for event in events):
        raise ValueError("an event ends after the whole")
    return Timeline(
        _read_title(data["title"]),
        _read_title(data["routine"]),
        _read_title(data["language"]),
        _read_title(data["voice"]),
        duration,
        chapters,
        spans,
        events,
        kit=tuple(map(_read_title, _require_list(data.get("kit", []), MOST_KIT))),
        mood=_read_title(data.get("mood", "lively")),
    )


def _check_order(parts: Sequence[Span | Mark], duration: Ms) -> None:
    """Refuse spans or chapters that overlap or end after the whole."""
    end = 0
    for part in parts:
        if part.start_ms < end:
            raise ValueError(f"what starts at {part.start_ms} ms overlaps what was before")
        end = part.end_ms
    if end > duration:
        raise ValueError(f"{end} ms is after the end")


def _require_list(value: object, most: int) -> Sequence[JsonObject]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"no list, or one of more than {most}")
    return value


def _parse_mark(data: JsonObject) -> Mark:
    return Mark(_read_title(data["title"]), *_parse_moments(data), _parse_context(data))


def _parse_span(data: JsonObject) -> Span:
    start, end = _parse_moments(data)
    count = _read_number(data.get("count"), MOST_COUNTED)
    if count and count * SHORTEST_BEAT > end - start:
        raise ValueError(f"{count} in {end - start} ms are too many")
    return Span(
        cast(SpanKind, _parse_choice(SpanKind, data["kind"])),
        start,
        end,
        _parse_context(data),
        cast(Mode | None, _parse_choice(Mode, data.get("mode"), None)),
        count,
    )


def _parse_events(events: Iterable[JsonObject], spans: Sequence[Span]) -> Iterator[Event]:
    """Events with what their span is about; they come in order of start, so that one pass does."""
    place = 0
    for data in events:
        start, end = _parse_moments(data)
        while place + 1 < len(spans) and start >= spans[place + 1].start_ms:
            place += 1
        yield _parse_event(data, start, end, spans[place].context if spans else Context())


def _parse_event(data: JsonObject, start: Ms, end: Ms, context: Context) -> Event:
    side = _parse_side(data)
    own = None if side == context.side else side
    if data["kind"] == "sound":
        name = cast(SoundName, _parse_choice(SoundName, data["name"]))
        return Sounded(start, end, name, context, own)
    role = cast(Role, _parse_choice(Role, data["role"]))
    shape = data.get("shape", "")
    line = Line(_parse_text(data["text"]), role in QUICK, bool(shape), shape == "soft")
    number = _read_number(data.get("number"), MOST_COUNTED)
    source = _parse_text(data.get("source", ""))
    return Spoken(start, end, role, line, context, number, own, source)


def _parse_context(data: JsonObject) -> Context:
    return Context(
        exercise=_read_title(data["exercise"]) if data["exercise"] is not None else None,
        set=_read_number(data["set"], LARGEST_SET_NUMBER),
        sets=_read_number(data["sets"], LARGEST_SET_NUMBER),
        side=_parse_side(data),
        round=_read_number(data.get("round"), LARGEST_SET_NUMBER),
        rounds=_read_number(data.get("rounds"), LARGEST_SET_NUMBER),
        name=_read_title(data.get("name", "")),
        amount=_read_amount(data.get("amount")),
    )


def _read_amount(data: JsonObject | None) -> Amount | None:
    if data is None:
        return None
    mode = data["mode"]
    if mode == "open":
        return _read_open(data)
    low, high = _require_number(data["low"]), _require_number(data["high"])
    match mode:
        case "reps":
            return Reps(low, high)
        case "steps":
            return Steps(low, high)
        case "hold":
            return Hold(low, high)
        case "for":
            return Timed(low, high)
        case "carry":
            unit = cast(Literal["ft", "m"], _parse_choice(Literal["ft", "m"], data["unit"]))
            return Carry(low, high, unit, data["back"] is True)
        case "breaths":
            phases = data.get("phases")
            parts = phases and BreathPhases(*map(_require_number, phases))
            return Breaths(low, high, _require_number(data["every"]), parts or None)
    raise ValueError(f"{mode!r} is no amount")


def _read_open(data: JsonObject) -> Open:
    distance = data.get("distance")
    return Open(
        _require_number(data["window"]),
        _require_number(data.get("at_least", 0)),
        _require_number(data.get("total", 0)),
        distance and _read_distance(distance),
        _require_number(data.get("calories", 0)),
    )


def _read_distance(data: JsonObject) -> Distance:
    unit = cast(DistanceUnit, _parse_choice(DistanceUnit, data["unit"]))
    figure = _parse_text(data["figure"])
    if not 0 < float(figure) < LONGEST_DISTANCE:
        raise ValueError(f"{figure!r} is no distance")
    return Distance(figure, unit)


def _parse_side(data: JsonObject) -> Side | None:
    return cast(Side | None, _parse_choice(Side, data.get("side"), None))


def _parse_moments(data: JsonObject) -> tuple[Ms, Ms]:
    start, end = _require_number(data["start_ms"]), _require_number(data["end_ms"])
    if end < start:
        raise ValueError(f"it ends at {end} ms, before it starts at {start} ms")
    return start, end


def _require_number(value: object) -> int:
    """A number that must be present."""
    number = _read_number(value, LONGEST_TIMELINE)
    if number is None:
        raise ValueError("a number is missing")
    return number


def _read_number(value: object, most: int) -> int | None:
    """A number from 0 to `most`, or none."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"no number, or none from 0 to {most}")
    return value


def _read_title(value: object) -> str:
    return _parse_text(value, LONGEST_TITLE)


def _parse_text(value: object, longest: int = LONGEST_STRING) -> str:
    """A text that can be encoded; lone surrogates are replaced."""
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("a text is missing or too long")
    return value.encode("utf-8", "replace").decode()


def _parse_choice(choices: object, value: object, *more: object) -> object:
    if value not in (*get_args(choices), *more):
        raise ValueError(f"{value!r} is not known")
    return value
