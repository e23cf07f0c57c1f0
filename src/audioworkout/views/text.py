"""The timed script as text, which is also the form of the expected timelines in tests.

A heading for each chapter, then a line an event: when it begins, how long it sounds, what it is.
Sounds are in brackets. Words that did not fit follow at the end, each with a hint.
"""

from __future__ import annotations

from collections.abc import Iterator

from audioworkout.model.script import SpanKind
from audioworkout.model.timeline import Event, Span, Spoken, Timeline
from audioworkout.units import SECOND, Ms, format_clock, format_short_clock


def render(timeline: Timeline) -> str:
    """Lines of at most about 100 characters, each ending in a newline."""
    return "\n".join(_text_lines(timeline)) + "\n"


def _text_lines(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.title} · {format_short_clock(timeline.duration_ms)} · {timeline.voice}"
    spans, events = iter(timeline.spans), iter(timeline.events)
    span, event = next(spans, None), next(events, None)
    for mark in timeline.chapters:
        yield ""
        yield f"{format_clock(mark.start_ms)}  {mark.title}"
        while span and span.start_ms < mark.end_ms:
            yield _span_line(span)
            while event and event.start_ms < span.end_ms:
                yield _event_line(event)
                event = next(events, None)
            span = next(spans, None)
    if timeline.problems:
        yield ""
    for problem in timeline.problems:
        yield f"! {format_clock(problem.at_ms)}  {problem.what}, by {problem.by_ms} ms"
        yield f"    what would help: {problem.hint}"


NAMES: dict[SpanKind, str] = {
    "intro": "first words",
    "prepare": "get ready",
    "work": "work",
    "pulses": "pulses",
    "rest": "rest",
    "switch": "change of sides",
    "outro": "last words",
}


def _span_line(span: Span) -> str:
    name = NAMES[span.kind]
    if span.mode:
        if span.count and span.mode == "open":
            name += f", open, {span.count} counted"
        else:
            name += f", {_count(span.count, span.mode)}" if span.count else f", {span.mode}"
    elif span.count:
        name = _count(span.count, name)
    lasts = _format_length_column(span.end_ms - span.start_ms)
    return f"{format_clock(span.start_ms)}  {lasts:>7} -- {name} --"


def _count(count: int, noun: str) -> str:
    """`12 reps`, `1 rep`; the noun is a plural in `s`."""
    return f"{count} {noun.removesuffix('s') if count == 1 else noun}"


def _event_line(event: Event) -> str:
    what = event.line.text if isinstance(event, Spoken) else f"[{event.name}]"
    whose = f"  ({event.side})" if event.side else ""
    lasts = _format_length_column(event.end_ms - event.start_ms)
    return f"{format_clock(event.start_ms)}  {lasts:>7}    {what}{whose}"


def _format_length_column(ms: Ms) -> str:
    return f"{ms / SECOND:.3f}".rstrip("0").rstrip(".") + " s"
