"""The picture of a workout: every span and event stands at its moment, whatever is written."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from audioworkout.audio_io.sound_files import measure_levels
from audioworkout.cards.chart import COLOR, MOST_PIXELS, SCALE, draw_chart
from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Timeline
from audioworkout.units import HOUR, MINUTE
from audioworkout.views.plot import render_plot_svg, render_strip
from audioworkout.views.plot.chart import (
    ACROSS,
    CHART_MARGIN,
    CHART_WIDTH,
    MOST_GRID_LINES,
    NARROWEST,
    Box,
    Chart,
    make_chart,
)
from samples import ALL, HYDRANT, SQUAT, Letters, routine

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = 6


def laid_out(*exercises, **fields) -> Timeline:
    return lay_out(
        compile_routine(routine(*exercises, **fields), load_phrases("en")), Letters(), "ruler"
    )


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return laid_out(*ALL)


def moment(x: float, timeline: Timeline) -> float:
    """What a place across the picture stands for (ms)."""
    return (x - CHART_MARGIN) / ACROSS * timeline.duration_ms


def bars(drawn: Chart) -> list[Box]:
    return sorted(drawn.boxes[:-LEGEND], key=lambda box: box.x)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_span_is_a_bar_at_its_moment(timeline: Timeline) -> None:
    found = bars(make_chart(timeline))
    assert [bar.kind for bar in found] == [span.kind for span in timeline.spans]
    for bar, span in zip(found, timeline.spans, strict=True):
        assert moment(bar.x, timeline) == pytest.approx(span.start_ms)
        lasts = moment(bar.x + bar.width, timeline) - span.start_ms
        assert lasts == pytest.approx(span.end_ms - span.start_ms) or bar.width == NARROWEST


def test_rows_are_exercises_in_order_with_their_amounts(timeline: Timeline) -> None:
    rows = [(text.text, text.more) for text in make_chart(timeline).texts if text.style == "name"]
    assert rows == [
        ("Introduction", ""),
        ("March", "2 × 75 ft out and back"),
        ("Hydrant", "12–15 reps each side + 10 pulses"),
        ("Squat", "3 × 8–10 reps"),
        ("Lunge", "8 reps each side"),
        ("Plank", "hold 40 s"),
        ("Band Walk", "10 steps each side"),
        ("Jumping Jacks", "30 s"),
        ("Finish", ""),
    ]


def test_left_is_drawn_above_right() -> None:
    left, right = (bar for bar in bars(make_chart(laid_out(HYDRANT))) if bar.kind == "work")
    assert left.y + left.height <= right.y


def test_lanes_have_a_tick_for_every_event(timeline: Timeline) -> None:
    lanes = [lines for lines in make_chart(timeline).lines if lines.style == "tick"]
    starts = sorted(moment(x, timeline) for lane in lanes for x, _, _ in lane.at)
    assert len(lanes) == 3
    assert starts == pytest.approx(sorted(event.start_ms for event in timeline.events))


def test_levels_are_drawn_where_given_and_cut_where_they_are_too_great(timeline: Timeline) -> None:
    assert all(lines.style != "level" for lines in make_chart(timeline).lines)
    level = make_chart(timeline, [0, 0.5, 7]).lines[-1]
    heights = [bottom - top for _, top, bottom in level.at]
    assert level.style == "level"
    assert heights == [1, 18, 36]


def test_labels_are_in_the_language_of_the_routine(timeline: Timeline) -> None:
    assert {"Arbeit", "Ansagen"} <= set(texts(render_plot_svg(timeline._replace(language="de"))))
    assert {"Work", "Words"} <= set(texts(render_plot_svg(timeline._replace(language="eo"))))


@given(st.text())
def test_any_title_and_name_is_text_in_a_well_formed_picture(name: str) -> None:
    hostile = laid_out(SQUAT._replace(name=name or "x"), title=name)
    root = ElementTree.fromstring(render_plot_svg(hostile).encode("utf-8"))
    assert root.get("role") == "img"
    tags = ("svg", "title", "desc", "style", "rect", "text", "tspan", "path")
    assert {element.tag for element in root.iter()} <= {f"{SVG}{tag}" for tag in tags}


def test_a_name_is_shown_as_written() -> None:
    svg = render_plot_svg(laid_out(SQUAT._replace(name='<b>Squat</b> & "co"\x00\ud800')))
    assert '<b>Squat</b> & "co"' in texts(svg)


def test_nothing_is_fetched(timeline: Timeline) -> None:
    svg = render_plot_svg(timeline).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"href|url\(|//|@import|@font-face", svg)


def test_it_has_a_size_of_its_own_where_it_is_an_image(timeline: Timeline) -> None:
    """Without one a browser shows an <img> 300 pixels wide."""
    root = ElementTree.fromstring(render_plot_svg(timeline))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("width") == str(CHART_WIDTH)


@given(st.integers(0, 8 * HOUR))
def test_grid_lines_stay_apart(duration: int) -> None:
    grid = make_chart(Timeline("t", "t", "en", "", duration, (), (), ())).lines[0]
    assert len(grid.at) <= (MOST_GRID_LINES if duration > MINUTE else 6) + 1


@given(st.text(max_size=90), st.integers(1, 8))
@settings(max_examples=30)
def test_everything_stands_on_the_sheet(name: str, sets: int) -> None:
    many = SQUAT._replace(name=name, prescription=SQUAT.prescription._replace(sets=sets))
    drawn = make_chart(laid_out(many, *ALL), [0.5] * 10)
    for box in drawn.boxes:
        assert box.x >= CHART_MARGIN
        assert box.x + box.width <= CHART_WIDTH - CHART_MARGIN + NARROWEST
        assert 0 < box.y < box.y + box.height < drawn.height
    for text in drawn.texts:
        assert CHART_MARGIN <= text.x <= CHART_WIDTH - CHART_MARGIN
        assert 0 < text.y < drawn.height


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_png_has_the_same_bars_in_the_same_places(timeline: Timeline) -> None:
    drawn = make_chart(timeline)
    image = opened(draw_chart(drawn))
    assert image.size == (SCALE * CHART_WIDTH, round(SCALE * drawn.height))
    wide = [box for box in drawn.boxes if box.kind == "work" and box.width > 6]
    for box in wide:
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        pixel = image.getpixel(tuple(round(SCALE * each) for each in middle))
        wanted = [int(COLOR["work"][at : at + 2], 16) for at in (1, 3, 5)]
        assert all(abs(one - two) < 8 for one, two in zip(pixel, wanted, strict=True))


def test_a_very_tall_chart_is_drawn_smaller(timeline: Timeline) -> None:
    tall = replace(make_chart(timeline), height=20_000.0)
    assert opened(draw_chart(tall)).size[1] == MOST_PIXELS


def test_levels_of_a_file_are_told_against_its_loudest_step(tmp_path: Path) -> None:
    loud = np.full((1_000, 2), 0.5)
    sound = np.concatenate([0 * loud, loud, loud / 2, 0 * loud])
    soundfile.write(tmp_path / "a.wav", sound, 48_000)
    assert measure_levels(tmp_path / "a.wav", 4) == pytest.approx([0, 1, 0.5, 0], abs=1e-3)
    soundfile.write(tmp_path / "b.wav", 0 * loud, 48_000)
    assert measure_levels(tmp_path / "b.wav", 3) == [0, 0, 0]


def test_strip_covers_the_whole_length(timeline: Timeline) -> None:
    root = ElementTree.fromstring(render_strip(timeline))
    ends = [0]
    for rect in root:
        assert int(rect.get("x")) == ends[-1]
        ends.append(ends[-1] + int(rect.get("width")))
    assert ends[-1] == timeline.duration_ms
    assert root.get("viewBox") == f"0 0 {timeline.duration_ms} 10"
