"""The timed script as JSON, version 1 (docs/timeline.md): the format other programs rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from audioworkout.model.exercise import MODE_OF, Amount
from audioworkout.model.script import Context
from audioworkout.model.timeline import Event, Mark, Problem, Span, Spoken, Timeline

TIMELINE_VERSION = 1

_PIECE = 200
"""Events in a piece of compact JSON."""
_NO_EVENTS = '"events":[]'
"""The empty list of events in JSON. It occurs once, because quotes in texts are escaped."""


def render(timeline: Timeline) -> str:
    """One JSON object, indented; times in whole ms."""
    return json.dumps(timeline_data(timeline), ensure_ascii=False, indent=1) + "\n"


def compact_json(timeline: Timeline) -> Iterator[str]:
    """The same without a space, piece by piece: three hours would take 5 MB at once."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    around = timeline_data(timeline._replace(events=()))
    before, after = encode(around).split(_NO_EVENTS)
    yield before + _NO_EVENTS[:-1]
    for at in range(0, len(timeline.events), _PIECE):
        events = list(map(_event_data, timeline.events[at : at + _PIECE]))
        yield f"{',' if at else ''}{encode(events)[1:-1]}"
    yield _NO_EVENTS[-1] + after


def timeline_data(timeline: Timeline) -> dict[str, Any]:
    """The same as plain lists and dicts."""
    return {
        "format": "audioworkout/timeline",
        "version": TIMELINE_VERSION,
        "title": timeline.title,
        "routine": timeline.routine,
        "language": timeline.language,
        "voice": timeline.voice,
        "duration_ms": timeline.duration_ms,
        "mood": timeline.mood,
        "kit": [*timeline.kit],
        "chapters": [_mark_data(mark) for mark in timeline.chapters],
        "spans": [_span_data(span) for span in timeline.spans],
        "events": [_event_data(event) for event in timeline.events],
        "problems": [_problem_data(problem) for problem in timeline.problems],
    }


def _mark_data(mark: Mark) -> dict[str, Any]:
    return {
        "title": mark.title,
        "start_ms": mark.start_ms,
        "end_ms": mark.end_ms,
        **_context_data(mark.context),
    }


def _span_data(span: Span) -> dict[str, Any]:
    return {
        "kind": span.kind,
        "mode": span.mode,
        "start_ms": span.start_ms,
        "end_ms": span.end_ms,
        **_context_data(span.context),
        "count": span.count,
    }


def _context_data(context: Context) -> dict[str, Any]:
    return {
        "exercise": context.exercise,
        "set": context.set,
        "sets": context.sets,
        "side": context.side,
        "round": context.round,
        "rounds": context.rounds,
        "name": context.name,
        "amount": context.amount and _amount_data(context.amount),
    }


def _amount_data(amount: Amount) -> dict[str, Any]:
    return {"mode": MODE_OF[type(amount)], **asdict(amount)}


def _event_data(event: Event) -> dict[str, Any]:
    if isinstance(event, Spoken):
        data: dict[str, Any] = {"kind": "say", "role": event.role, "text": event.line.text}
        if event.number is not None:
            data["number"] = event.number
        if event.source:
            data["source"] = event.source
        if event.line.listed:
            data["shape"] = "soft" if event.line.soft else "listed"
    else:
        data = {"kind": "sound", "name": event.name}
    return data | {
        "start_ms": event.start_ms,
        "end_ms": event.end_ms,
        "exercise": event.context.exercise,
        "set": event.context.set,
        "side": event.side or event.context.side,
    }


def _problem_data(problem: Problem) -> dict[str, Any]:
    return {
        "at_ms": problem.at_ms,
        "by_ms": problem.by_ms,
        "what": problem.what,
        "hint": problem.hint,
    }
