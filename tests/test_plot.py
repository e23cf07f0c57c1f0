"""The picture of a workout: every span and event stands at its moment, whatever is written."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Timeline
from audioworkout.phrases import load
from audioworkout.units import HOUR, MINUTE
from audioworkout.views.plot import MOST_GRID_LINES, render, strip
from samples import ALL, HYDRANT, SQUAT, Letters, routine

SVG = "{http://www.w3.org/2000/svg}"


def laid_out(*exercises, **fields) -> Timeline:
    return lay_out(compile_routine(routine(*exercises, **fields), load("en")), Letters(), "ruler")


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return laid_out(*ALL)


def bars(svg: str) -> list[tuple[str, int, int]]:
    """Kind, start and length of every bar of the rows."""
    found = ElementTree.fromstring(svg).iterfind(f"{SVG}svg/{SVG}rect[@x]")
    return [(one.get("class"), int(one.get("x")), int(one.get("width"))) for one in found]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_span_is_a_bar_at_its_moment(timeline: Timeline) -> None:
    spans = [(span.kind, span.start_ms, span.end_ms - span.start_ms) for span in timeline.spans]
    assert sorted(bars(render(timeline)), key=lambda bar: bar[1]) == spans


def test_rows_are_exercises_in_order(timeline: Timeline) -> None:
    names = [exercise.name for exercise in ALL]
    assert [text for text in texts(render(timeline)) if text in names] == names


def test_left_is_drawn_above_right() -> None:
    svg = ElementTree.fromstring(render(laid_out(HYDRANT)))
    work = [bar for bar in svg.iterfind(f"{SVG}svg/{SVG}rect[@x]") if bar.get("class") == "work"]
    left, right = ((int(bar.get("y")), int(bar.get("height"))) for bar in work)
    assert left[0] + left[1] == right[0]


def test_lanes_have_a_tick_for_every_event(timeline: Timeline) -> None:
    lanes = re.findall(r'<path class="ticks" d="([^"]*)"', render(timeline))
    starts = sorted(int(at) for lane in lanes for at in re.findall(r"M(\d+) 0v8", lane))
    assert len(lanes) == 3
    assert starts == sorted(event.start_ms for event in timeline.events)


def test_levels_are_drawn_where_given_and_cut_where_they_are_too_great(timeline: Timeline) -> None:
    assert 'class="level"' not in render(timeline)
    found = re.findall(r'class="level".*? y="(.*?)" height="(.*?)"', render(timeline, [0, 0.5, 7]))
    assert found == [("8.00", "0.00"), ("4.00", "4.00"), ("0.00", "8.00")]


def test_labels_are_in_the_language_of_the_routine(timeline: Timeline) -> None:
    assert {"Arbeit", "Worte"} <= set(texts(render(replace(timeline, language="de"))))
    assert {"Work", "Words"} <= set(texts(render(replace(timeline, language="eo"))))


@given(st.text())
def test_any_title_and_name_is_text_in_a_well_formed_picture(name: str) -> None:
    hostile = laid_out(replace(SQUAT, name=name or "x"), title=name)
    root = ElementTree.fromstring(render(hostile).encode("utf-8"))
    assert root.get("role") == "img"
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "style", "rect", "text", "path", "g")
    }


def test_a_name_is_shown_as_written() -> None:
    svg = render(laid_out(replace(SQUAT, name='<b>Squat</b> & "co"\x00\ud800')))
    assert '<b>Squat</b> & "co"' in texts(svg)


def test_nothing_is_fetched(timeline: Timeline) -> None:
    svg = render(timeline).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"href|url\(|//|@import|@font-face", svg)


@given(st.integers(0, 8 * HOUR))
def test_grid_lines_stay_apart(duration: int) -> None:
    empty = Timeline("t", "t", "en", "", duration, (), (), ())
    labels = [text for text in texts(render(empty)) if re.fullmatch(r"[\d:]+", text)]
    assert len(labels) <= (MOST_GRID_LINES if duration > MINUTE else 6) + 1


def test_strip_covers_the_whole_length(timeline: Timeline) -> None:
    root = ElementTree.fromstring(strip(timeline))
    ends = [0]
    for rect in root:
        assert int(rect.get("x")) == ends[-1]
        ends.append(ends[-1] + int(rect.get("width")))
    assert ends[-1] == timeline.duration_ms
    assert root.get("viewBox") == f"0 0 {timeline.duration_ms} 10"
