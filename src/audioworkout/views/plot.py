"""Timeline -> SVG: the whole workout at a glance, and the thin strip one scrubs along.

Across, a unit is a millisecond: the bars stand in an inner drawing that is stretched to the width
there is, while text keeps its size. So one file is readable on a wall and on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audioworkout.model.script import SpanKind
from audioworkout.model.timeline import Event, Span, Spoken, Timeline
from audioworkout.units import MINUTE, SECOND, Ms, short_clock
from audioworkout.views.markup import escaped
from audioworkout.views.words import counted, language_for, words_for

STYLE = """
text { font: 500 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
       fill: var(--ink); }
.soft { fill: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
.title { font-size: 17px; font-weight: 650; }
svg { --paper: #fbfaf7; --ink: #1b1a17; --soft: #5e5b54; --line: #e4e0d8; --work: #c2410c;
      --pulses: #86198f; --rest: #5aa39c; --ready: #c28a1a; --quiet: #a9abc4; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #12110f; --ink: #f4f1ea; --soft: #a8a398; --line: #2f2c27; --work: #ff8a5b;
        --pulses: #e38bf0; --rest: #3f8f86; --ready: #d9a441; --quiet: #5d6080; }
}
.paper { fill: var(--paper); }
.grid { stroke: var(--line); vector-effect: non-scaling-stroke; fill: none; }
.ticks { stroke: var(--soft); vector-effect: non-scaling-stroke; fill: none; }
.level { fill: var(--soft); opacity: .45; }
.work { fill: var(--work); } .pulses { fill: var(--pulses); }
.rest { fill: var(--rest); } .switch, .prepare { fill: var(--ready); }
.intro, .outro { fill: var(--quiet); }
.narrow { display: none; }
@media (max-width: 700px) { .wide { display: none; } .narrow { display: inline; } }
""".strip()
"""Colours of the states are told in the legend too, and no two states share height and colour."""

TOP = 78
ROW = 30
LANE = 26
LEGEND = 82
LEFT, ACROSS = 1.5, 97.0
"""The drawing begins at so many percent of the width and takes so many."""

MOST_GRID_LINES = 7
GRID_STEPS: tuple[Ms, ...] = tuple(n * MINUTE for n in (1, 2, 5, 10, 15, 30, 60))


def render(timeline: Timeline, levels: Sequence[float] | None = None) -> str:
    """A whole SVG document, as wide as the room it is given.

    Args:
        timeline: What is drawn: a row an exercise, then lanes for words, counts and sounds.
        levels: Loudness of the sound in equal steps over the whole length, 0 (silent) to 1; drawn
            as a band where given. Values outside are cut.
    """
    words = words_for(timeline.language)
    rows = _rows(timeline, words)
    lanes = _lanes(timeline.events, words)
    bottom = TOP + ROW * len(rows) + 8
    lanes_end = bottom + LANE * (len(lanes) + bool(levels))
    height = lanes_end + LEGEND
    scale = _Scale(max(timeline.duration_ms, 1))
    parts = [
        *_head(timeline, words, height),
        *_grid(scale, lanes_end, timeline.duration_ms),
        *_bars(scale, rows),
        *_labels(scale, rows),
        *_events(scale, lanes, bottom),
        *(_band(levels, bottom + LANE * len(lanes), words["loudness"]) if levels else ()),
        *_legend(words, lanes_end + 24),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def strip(timeline: Timeline) -> str:
    """One line of coloured stretches for a page to lay a slider on; styled by that page."""
    bars = "".join(_rect(span, 0, 10) for span in timeline.spans)
    return (
        f'<svg viewBox="0 0 {timeline.duration_ms} 10" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{bars}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From moments to places across the picture; `duration` is at least 1 ms."""

    duration: Ms

    def percent(self, at: Ms) -> str:
        """Where a moment stands on the page, as an SVG length."""
        return f"{LEFT + ACROSS * at / self.duration:.3f}%"

    def box(self, y: int, height: int, content: str) -> str:
        """A drawing in milliseconds across and pixels down, stretched to the width."""
        return (
            f'<svg x="{LEFT}%" width="{ACROSS}%" y="{y}" height="{height}" '
            f'viewBox="0 0 {self.duration} {height}" preserveAspectRatio="none">{content}</svg>'
        )


Row = tuple[str, list[Span]]


def _rows(timeline: Timeline, words: Mapping[str, str]) -> list[Row]:
    """The spans of each exercise under its name, in order of first appearance."""
    rows: dict[str, Row] = {}
    for span in timeline.spans:
        key = span.about.exercise or span.kind
        name = span.about.name or span.about.exercise or words[span.kind]
        rows.setdefault(key, (name, []))[1].append(span)
    return list(rows.values())


def _lanes(events: Iterable[Event], words: Mapping[str, str]) -> list[tuple[str, list[Ms]]]:
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
    return [(words["cues"], cues), (words["counts"], counts), (words["sounds"], sounds)]


def _head(timeline: Timeline, words: Mapping[str, str], height: int) -> Iterator[str]:
    exercises = len({span.about.exercise for span in timeline.spans if span.about.exercise})
    summary = f"{short_clock(timeline.duration_ms)} · {counted(words, 'exercises', exercises)}"
    told = "; ".join(mark.title for mark in timeline.chapters)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}" role="img" '
        f'aria-labelledby="title desc" xml:lang="{language_for(timeline.language)}">'
    )
    yield f'<title id="title">{escaped(timeline.title)}</title>'
    yield f'<desc id="desc">{escaped(f"{summary}. {told}")}</desc>'
    yield f"<style>{STYLE}</style>"
    yield '<rect class="paper" width="100%" height="100%"/>'
    yield f'<text class="title" x="{LEFT}%" y="30">{escaped(timeline.title)}</text>'
    yield f'<text class="soft" x="{LEFT}%" y="50">{escaped(summary)}</text>'


def _grid(scale: _Scale, bottom: int, duration: Ms) -> Iterator[str]:
    step = next((s for s in GRID_STEPS if duration // s <= MOST_GRID_LINES), GRID_STEPS[-1])
    moments = range(0, duration, step if duration > MINUTE else 10 * SECOND)
    lines = "".join(f"M{at} 0V{bottom - TOP}" for at in moments)
    yield scale.box(TOP, bottom - TOP, f'<path class="grid" d="{lines}"/>')
    for at in list(moments)[1:]:
        yield (
            f'<text class="soft" text-anchor="middle" x="{scale.percent(at)}" y="{TOP - 8}">'
            f"{short_clock(at)}</text>"
        )


BAR = 10
THIN = 3


def _bars(scale: _Scale, rows: Sequence[Row]) -> Iterator[str]:
    content = "".join(
        _rect(span, *_place(span, ROW * number + ROW - BAR - 2))
        for number, (_, spans) in enumerate(rows)
        for span in spans
    )
    yield scale.box(TOP, max(ROW * len(rows), 1), content)


def _place(span: Span, y: int) -> tuple[int, int]:
    """Top and height of a bar: pauses are thin; left is the upper half and right the lower."""
    kind: SpanKind = span.kind
    if kind not in ("work", "pulses"):
        return y + (BAR - THIN) // 2, THIN
    match span.about.side:
        case "left":
            return y, BAR // 2
        case "right":
            return y + BAR // 2, BAR // 2
        case None:
            return y, BAR


def _rect(span: Span, y: int, height: int) -> str:
    return (
        f'<rect class="{span.kind}" x="{span.start_ms}" width="{span.end_ms - span.start_ms}" '
        f'y="{y}" height="{height}"/>'
    )


def _labels(scale: _Scale, rows: Sequence[Row]) -> Iterator[str]:
    """A name stands above where its row begins; towards the end it runs to the left instead."""
    for number, (name, spans) in enumerate(rows):
        late = spans[0].start_ms > scale.duration * 0.55
        at, anchor = (spans[-1].end_ms, "end") if late else (spans[0].start_ms, "start")
        yield (
            f'<text text-anchor="{anchor}" x="{scale.percent(at)}" y="{TOP + ROW * number + 14}">'
            f"{escaped(name)}</text>"
        )


def _events(scale: _Scale, lanes: Sequence[tuple[str, Sequence[Ms]]], top: int) -> Iterator[str]:
    for number, (name, moments) in enumerate(lanes):
        y = top + LANE * number
        d = "".join(f"M{at} 0v8" for at in moments)
        yield f'<text class="soft" x="{LEFT}%" y="{y + 10}">{escaped(name)}</text>'
        yield scale.box(y + 12, 8, f'<path class="ticks" d="{d}"/>')


def _band(levels: Sequence[float], top: int, name: str) -> Iterator[str]:
    """Loudness as bars upward from the bottom of a lane."""
    bars = "".join(
        f'<rect class="level" x="{n}" width="1" y="{8 - 8 * _within(level):.2f}" '
        f'height="{8 * _within(level):.2f}"/>'
        for n, level in enumerate(levels)
    )
    yield f'<text class="soft" x="{LEFT}%" y="{top + 10}">{escaped(name)}</text>'
    yield (
        f'<svg x="{LEFT}%" width="{ACROSS}%" y="{top + 12}" height="8" '
        f'viewBox="0 0 {len(levels)} 8" preserveAspectRatio="none">{bars}</svg>'
    )


def _within(level: float) -> float:
    return min(max(level, 0.0), 1.0)


def _legend(words: Mapping[str, str], y: int) -> Iterator[str]:
    """What the colours and heights mean: in one row, and for narrow pictures in three."""
    entries = [
        (words["work"], "work", 0, BAR),
        (f"{words['work']}: {words['left'].lower()}", "work", 0, BAR // 2),
        (f"{words['work']}: {words['right'].lower()}", "work", BAR // 2, BAR // 2),
        (words["pulses"], "pulses", 0, BAR),
        (words["rest"], "rest", (BAR - THIN) // 2, THIN),
        (words["switch"], "switch", (BAR - THIN) // 2, THIN),
    ]
    for kind, columns in (("wide", 6), ("narrow", 2)):
        yield f'<g class="{kind}">'
        for number, entry in enumerate(entries):
            row, column = divmod(number, columns)
            yield _entry(*entry, x=LEFT + ACROSS * column / columns, y=y + 20 * row)
        yield "</g>"


def _entry(name: str, kind: str, down: int, height: int, *, x: float, y: int) -> str:
    return (
        f'<svg x="{x:.2f}%" y="{y}" overflow="visible"><rect class="{kind}" y="{down}" width="18" '
        f'height="{height}"/><text class="soft" x="26" y="10">{escaped(name)}</text></svg>'
    )
