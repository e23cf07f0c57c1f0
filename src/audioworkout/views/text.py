"""The timed script as text, which is also the form of the expected timelines in tests.

A heading for each chapter, then a line an event: when it begins, how long it sounds, what it is.
Sounds are in brackets. Labels are in the language of the workout. Words that did not fit follow at
the end, each with a hint, in English as all findings are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioworkout.model.timeline import Event, Span, Spoken, Timeline
from audioworkout.units import SECOND, Ms, format_clock, format_short_clock
from audioworkout.views.screen_words import count_label, words_for


def render(timeline: Timeline) -> str:
    """Lines of at most about 100 characters, each ending in a newline."""
    return "\n".join(_text_lines(timeline)) + "\n"


def _text_lines(timeline: Timeline) -> Iterator[str]:
    words = words_for(timeline.language)
    yield f"{timeline.title} · {format_short_clock(timeline.duration_ms)} · {timeline.voice}"
    spans, events = iter(timeline.spans), iter(timeline.events)
    span, event = next(spans, None), next(events, None)
    for mark in timeline.chapters:
        yield ""
        yield f"{format_clock(mark.start_ms)}  {mark.title}"
        while span and span.start_ms < mark.end_ms:
            yield _span_line(span, words)
            while event and event.start_ms < span.end_ms:
                yield _event_line(event, words)
                event = next(events, None)
            span = next(spans, None)
    if timeline.problems:
        yield ""
    for problem in timeline.problems:
        yield f"! {format_clock(problem.at_ms)}  {problem.what}, by {problem.by_ms} ms"
        yield f"    what would help: {problem.hint}"


def _span_line(span: Span, words: Mapping[str, str]) -> str:
    lasts = _format_length_column(span.end_ms - span.start_ms)
    return f"{format_clock(span.start_ms)}  {lasts:>7} -- {_span_label(span, words)} --"


def _span_label(span: Span, words: Mapping[str, str]) -> str:
    """`work, 12 reps`, `work, carry`, `work, open, 5 counted`, `10 pulses`, `rest`."""
    name = words[f"span.{span.kind}"]
    if not span.mode:
        counted = span.count and f"{span.kind}.other" in words
        return count_label(words, span.kind, span.count or 0) if counted else name
    if span.count and f"{span.mode}.other" in words:
        return f"{name}, {count_label(words, span.mode, span.count)}"
    told = [name, words[f"mode.{span.mode}"]]
    told += [words["mode.counted"].format(n=span.count)] if span.count else []
    return ", ".join(told)


def _event_line(event: Event, words: Mapping[str, str]) -> str:
    sound = "" if isinstance(event, Spoken) else words[f"sound.{event.name}"]
    what = event.line.text if isinstance(event, Spoken) else f"[{sound}]"
    whose = f"  ({words[event.side].lower()})" if event.side else ""
    lasts = _format_length_column(event.end_ms - event.start_ms)
    return f"{format_clock(event.start_ms)}  {lasts:>7}    {what}{whose}"


def _format_length_column(ms: Ms) -> str:
    return f"{ms / SECOND:.3f}".rstrip("0").rstrip(".") + " s"
