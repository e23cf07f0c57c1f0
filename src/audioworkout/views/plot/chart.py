"""Computes the layout of the picture of a workout: boxes, texts and ticks.

The picture is `CHART_WIDTH` units wide and as high as its rows need. Time runs from left to right,
and an exercise has a row. Drawing is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audioworkout.model.script import SpanKind
from audioworkout.model.timeline import Event, Span, Spoken, Timeline
from audioworkout.text import cut_to_length
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock
from audioworkout.views.amounts import describe_amount, describe_sets_together
from audioworkout.views.screen_words import count_label, language_for, words_for

CHART_WIDTH = 1_000
CHART_MARGIN = 24
ACROSS = CHART_WIDTH - 2 * CHART_MARGIN
TOP = 104
ROW = 38
LANE = 32
WAVE = 44
"""Height of the band that shows the loudness."""
BAR, HALF, THIN = 13, 6, 3
"""Heights of a bar: of work, of work on one side, of pauses."""
TICK = 9
NARROWEST = 1.0
"""A shorter span is drawn as wide as this, to be visible."""
LETTER_WIDTH, LARGE_LETTER = 8.5, 13.0
"""How wide a letter is about, and a letter of a name where the picture is small."""
LONGEST_CHART_TEXT = 60
"""Letters of a title or name; more would run over the edge."""

MOST_GRID_LINES = 8
GRID_STEPS: tuple[Ms, ...] = tuple(n * MINUTE for n in (1, 2, 5, 10, 15, 30, 60))

CHART_COLORS: Mapping[str, tuple[str, str]] = {
    "paper": ("#fbfaf7", "#12110f"),
    "ink": ("#1b1a17", "#f4f1ea"),
    "soft": ("#5e5b54", "#a8a398"),
    "line": ("#e4e0d8", "#2f2c27"),
    "work": ("#c2410c", "#ff8a5b"),
    "pulses": ("#86198f", "#e38bf0"),
    "rest": ("#5aa39c", "#3f8f86"),
    "ready": ("#c28a1a", "#d9a441"),
    "quiet": ("#a9abc4", "#5d6080"),
}
"""The colour of each element on a light and on a dark background."""

COLOR_OF: Mapping[SpanKind, str] = {
    "work": "work",
    "pulses": "pulses",
    "rest": "rest",
    "switch": "ready",
    "prepare": "ready",
    "intro": "quiet",
    "outro": "quiet",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with soft corners, its colour that of a kind of span."""

    kind: SpanKind
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChartText:
    """A line of text standing on `y`; `more` goes on in the style of what is read second."""

    x: float
    y: float
    text: str
    style: Literal["title", "name", "soft"] = "soft"
    anchor: Literal["start", "middle", "end"] = "start"
    more: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Upright lines, each from its top to its bottom."""

    style: Literal["grid", "tick", "level"]
    at: tuple[tuple[float, float, float], ...]
    """Horizontal position, top and bottom."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture. `summary` and `told` describe it in words."""

    title: str
    summary: str
    told: str
    language: str
    height: float
    boxes: tuple[Box, ...]
    texts: tuple[ChartText, ...]
    lines: tuple[Lines, ...]


def make_chart(timeline: Timeline, levels: Sequence[float] = ()) -> Chart:
    """The picture of a workout.

    Args:
        timeline: What is drawn: a row for each exercise, then lanes for words, counts and sounds.
        levels: Loudness of the sound in equal steps over the whole length, 0 (silent) to 1; drawn
            as a band where given. Values outside are cut.
    """
    words = words_for(timeline.language)
    scale = _Scale(max(timeline.duration_ms, 1))
    rows = _exercise_rows(timeline, words)
    lanes = _event_lanes(timeline.events, words)
    below = TOP + ROW * len(rows) + 22
    band = below + LANE * len(lanes)
    bottom = band + (WAVE if levels else 0)
    grid, axis = _minute_grid(scale, timeline.duration_ms, bottom)
    entries = list(_chart_legend(words, bottom + 26))
    exercises = len({span.context.exercise for span in timeline.spans if span.context.exercise})
    summary = (
        f"{format_short_clock(timeline.duration_ms)} · {count_label(words, 'exercises', exercises)}"
    )
    return Chart(
        title=timeline.title,
        summary=summary,
        told="; ".join(mark.title for mark in timeline.chapters),
        language=language_for(timeline.language),
        height=bottom + 90,
        boxes=(*_span_bars(scale, rows), *(box for box, _ in entries)),
        texts=(
            ChartText(CHART_MARGIN, 42, cut_to_length(timeline.title, LONGEST_CHART_TEXT), "title"),
            ChartText(CHART_MARGIN, 66, summary),
            *axis,
            *_row_labels(scale, rows),
            *(ChartText(CHART_MARGIN, below + LANE * n, lane.name) for n, lane in enumerate(lanes)),
            *([ChartText(CHART_MARGIN, band, words["loudness"])] if levels else ()),
            *(text for _, text in entries),
        ),
        lines=(
            grid,
            *(_lane_ticks(scale, lane, below + LANE * n + 6) for n, lane in enumerate(lanes)),
            *([_loudness_wave(levels, band + 8)] if levels else ()),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From moments to places across the sheet; `duration` is at least 1 ms."""

    duration: Ms

    def x(self, at: Ms) -> float:
        return CHART_MARGIN + ACROSS * at / self.duration

    def width(self, lasts: Ms) -> float:
        return max(ACROSS * lasts / self.duration, NARROWEST)


@dataclass(frozen=True, slots=True)
class _ChartRow:
    name: str
    amount: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    moments: tuple[Ms, ...]


def _exercise_rows(timeline: Timeline, words: Mapping[str, str]) -> list[_ChartRow]:
    """The spans of each exercise under its name, in order of first appearance."""
    rows: dict[str, list[Span]] = {}
    for span in timeline.spans:
        rows.setdefault(span.context.exercise or span.context.name or span.kind, []).append(span)
    return [_make_row(spans, words) for spans in rows.values()]


def _make_row(spans: Sequence[Span], words: Mapping[str, str]) -> _ChartRow:
    context = spans[0].context
    name = cut_to_length(
        context.name or context.exercise or words[spans[0].kind], LONGEST_CHART_TEXT
    )
    each = describe_sets_together([span for span in spans if span.kind == "work"], words)
    pulses = next((describe_amount(span, words) for span in spans if span.kind == "pulses"), "")
    return _ChartRow(name, " + ".join(filter(None, (each, pulses))), tuple(spans))


def _event_lanes(events: Iterable[Event], words: Mapping[str, str]) -> list[_Lane]:
    """Moments of words, counts and sounds."""
    cues: list[Ms] = []
    counts: list[Ms] = []
    sounds: list[Ms] = []
    for event in events:
        if not isinstance(event, Spoken):
            sounds.append(event.start_ms)
        elif event.number is None:
            cues.append(event.start_ms)
        else:
            counts.append(event.start_ms)
    named = (("cues", cues), ("counts", counts), ("sounds", sounds))
    return [_Lane(words[key], tuple(moments)) for key, moments in named]


def _minute_grid(scale: _Scale, duration: Ms, bottom: float) -> tuple[Lines, list[ChartText]]:
    """Lines at whole minutes that stay apart, and their times."""
    step = next((s for s in GRID_STEPS if duration // s <= MOST_GRID_LINES), GRID_STEPS[-1])
    moments = range(0, duration, step if duration > MINUTE else 10 * SECOND)
    lines = Lines("grid", tuple((scale.x(at), TOP - 8, bottom) for at in moments))
    texts = [
        ChartText(scale.x(at), TOP - 14, format_short_clock(at), anchor="middle")
        for at in list(moments)[1:]
    ]
    return lines, texts


def _span_bars(scale: _Scale, rows: Sequence[_ChartRow]) -> Iterator[Box]:
    for number, row in enumerate(rows):
        y = TOP + ROW * number + 20
        for span in row.spans:
            down, height = _bar_place(span)
            width = scale.width(span.end_ms - span.start_ms)
            yield Box(span.kind, scale.x(span.start_ms), y + down, width, height)


def _bar_place(span: Span) -> tuple[int, int]:
    """Top and height of a bar: pauses are thin; left is the upper half and right the lower."""
    if span.kind not in ("work", "pulses"):
        return (BAR - THIN) // 2, THIN
    match span.context.side:
        case "left":
            return 0, HALF
        case "right":
            return BAR - HALF, HALF
        case None:
            return 0, BAR


def _row_labels(scale: _Scale, rows: Sequence[_ChartRow]) -> Iterator[ChartText]:
    """A name is above the start of its row; without room there, it ends at the end of the row."""
    for number, row in enumerate(rows):
        start = scale.x(row.spans[0].start_ms)
        room = max(LARGE_LETTER * len(row.name), LETTER_WIDTH * len(f"{row.name} {row.amount}"))
        late = start + room > CHART_WIDTH - CHART_MARGIN
        x = scale.x(row.spans[-1].end_ms) if late else start
        y = TOP + ROW * number + 14
        yield ChartText(x, y, row.name, "name", "end" if late else "start", row.amount)


def _lane_ticks(scale: _Scale, lane: _Lane, y: float) -> Lines:
    return Lines("tick", tuple((scale.x(at), y, y + TICK) for at in lane.moments))


def _loudness_wave(levels: Sequence[float], y: float) -> Lines:
    """Loudness as lines around the middle of a band."""
    middle, most = y + (WAVE - 8) / 2, (WAVE - 8) / 2
    step = ACROSS / len(levels)
    heights = [max(0.5, most * min(max(level, 0.0), 1.0)) for level in levels]
    return Lines(
        "level",
        tuple(
            (CHART_MARGIN + step * (n + 0.5), middle - high, middle + high)
            for n, high in enumerate(heights)
        ),
    )


def _chart_legend(words: Mapping[str, str], y: float) -> Iterator[tuple[Box, ChartText]]:
    """What colours and heights mean, in two rows."""
    middle = (BAR - THIN) // 2
    entries: list[tuple[str, SpanKind, int, int]] = [
        (words["work"], "work", 0, BAR),
        (f"{words['work']}: {words['left'].lower()}", "work", 0, HALF),
        (f"{words['work']}: {words['right'].lower()}", "work", BAR - HALF, HALF),
        (words["pulses"], "pulses", 0, BAR),
        (words["rest"], "rest", middle, THIN),
        (words["switch"], "switch", middle, THIN),
    ]
    for number, (name, kind, down, height) in enumerate(entries):
        row, column = divmod(number, 3)
        x, top = CHART_MARGIN + ACROSS * column / 3, y + 28 * row
        yield Box(kind, x, top + down, 22, height), ChartText(x + 32, top + 12, name)
