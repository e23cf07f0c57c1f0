"""Draws a timeline as SVG: the whole workout at a glance.

The picture is self-contained, without fonts or scripts. It follows the viewer's light or dark
scheme. If it is shown small, as on a phone, letters become larger and details are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioworkout.model.timeline import Timeline
from audioworkout.views.markup import escape_markup
from audioworkout.views.plot.chart import (
    CHART_COLORS,
    CHART_WIDTH,
    COLOR_OF,
    Box,
    Chart,
    ChartText,
    Lines,
    make_chart,
)

RADIUS = 2
LEVELS = 480
"""Steps in which loudness is drawn: a line every two units, so that they stay apart."""
SMALL_WIDTH = 620
"""Pixels of width below which letters grow."""


def _plot_style() -> str:
    def scheme(dark: bool) -> str:
        return " ".join(f"--{name}: {pair[dark]};" for name, pair in CHART_COLORS.items())

    fills = " ".join(f".{kind} {{ fill: var(--{name}); }}" for kind, name in COLOR_OF.items())
    return f"""
svg {{ {scheme(False)} max-width: 100%; height: auto; }}
@media (prefers-color-scheme: dark) {{ svg {{ {scheme(True)} }} }}
text {{ font: 15px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }}
text, .ink {{ fill: var(--ink); }}
.soft, .more {{ fill: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }}
.name {{ font-weight: 600; }}
.title {{ font-size: 26px; font-weight: 700; letter-spacing: -.01em; }}
.paper {{ fill: var(--paper); }}
path {{ fill: none; }}
.grid {{ stroke: var(--line); }}
.tick {{ stroke: var(--soft); }}
.level {{ stroke: var(--work); stroke-width: 1.2; stroke-linecap: round; opacity: .75; }}
{fills}
@media (max-width: {SMALL_WIDTH}px) {{
  text {{ font-size: 22px; }} .title {{ font-size: 34px; }} .more {{ display: none; }}
}}
""".strip()


def render_plot_svg(timeline: Timeline, levels: Sequence[float] = ()) -> str:
    """A whole SVG document, 1,000 pixels wide where there is room.

    Args:
        timeline: What is drawn.
        levels: Loudness of the sound in equal steps over the whole length, 0 (silent) to 1; drawn
            as a band where given.
    """
    return "\n".join(_render_parts(make_chart(timeline, levels))) + "\n"


def render_strip(timeline: Timeline) -> str:
    """One line of coloured stretches for a page to lay a slider on; styled by that page."""
    bars = "".join(
        f'<rect class="{span.kind}" x="{span.start_ms}" width="{span.end_ms - span.start_ms}" '
        'y="0" height="10"/>'
        for span in timeline.spans
    )
    return (
        f'<svg viewBox="0 0 {timeline.duration_ms} 10" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{bars}</svg>'
    )


def _render_parts(drawn: Chart) -> Iterator[str]:
    height = _trim_number(drawn.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CHART_WIDTH}" height="{height}" '
        f'viewBox="0 0 {CHART_WIDTH} {height}" role="img" '
        f'aria-labelledby="title desc" xml:lang="{drawn.language}">'
    )
    yield f'<title id="title">{escape_markup(drawn.title)}</title>'
    yield f'<desc id="desc">{escape_markup(f"{drawn.summary}. {drawn.told}")}</desc>'
    yield f"<style>{_plot_style()}</style>"
    yield '<rect class="paper" width="100%" height="100%"/>'
    yield from map(_render_lines, drawn.lines)
    yield from map(_render_box, drawn.boxes)
    yield from map(_render_text, drawn.texts)
    yield "</svg>"


def _render_box(box: Box) -> str:
    return (
        f'<rect class="{box.kind}" x="{_trim_number(box.x)}" y="{_trim_number(box.y)}" '
        f'width="{_trim_number(box.width)}" height="{_trim_number(box.height)}" rx="{RADIUS}"/>'
    )


def _render_text(text: ChartText) -> str:
    more = f'<tspan class="more" dx="8">{escape_markup(text.more)}</tspan>' if text.more else ""
    return (
        f'<text class="{text.style}" x="{_trim_number(text.x)}" y="{_trim_number(text.y)}" '
        f'text-anchor="{text.anchor}">{escape_markup(text.text)}{more}</text>'
    )


def _render_lines(lines: Lines) -> str:
    d = "".join(
        f"M{_trim_number(x)} {_trim_number(top)}V{_trim_number(bottom)}"
        for x, top, bottom in lines.at
    )
    return f'<path class="{lines.style}" d="{d}"/>'


def _trim_number(value: float) -> str:
    """A number with at most two decimals; a hundredth of a unit is invisible.

    >>> _trim_number(24.0), _trim_number(0.125), _trim_number(100)
    ('24', '0.12', '100')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
