"""The way back from JSON: what was rendered is read again, and nothing else is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.layout import lay_out
from audioworkout.model.routine import Circuit, Work
from audioworkout.model.timeline import Timeline
from audioworkout.phrases import load
from audioworkout.views import render
from audioworkout.views.parse import LONGEST, parse
from samples import ALL, LUNGE, PLANK, Letters, routine

CIRCUIT = Circuit(tuple(Work(each, each.prescription) for each in (LUNGE, PLANK)), rounds=2)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return lay_out(compile_routine(routine(*ALL, CIRCUIT), load("en")), Letters(), "ruler")


def test_what_was_written_is_read_back_whole(timeline):
    assert parse(render(timeline, "json")) == timeline


def broken(timeline, change) -> str:
    data = json.loads(render(timeline, "json"))
    change(data)
    return json.dumps(data)


WRONG = {
    "another format": lambda data: data.update(format="else"),
    "a later version": lambda data: data.update(version=2),
    "no events": lambda data: data.pop("events"),
    "no list": lambda data: data.update(spans=7),
    "a number for a title": lambda data: data.update(title=7),
    "a title without end": lambda data: data.update(title="x" * 10_000),
    "a day too long": lambda data: data.update(duration_ms=LONGEST + 1),
    "true as a time": lambda data: data.update(duration_ms=True),
    "before the start": lambda data: data["spans"][0].update(start_ms=-1),
    "ends before it starts": lambda data: data["events"][3].update(end_ms=0),
    "an unknown sound": lambda data: data["events"][-1].update(kind="sound", name="gong"),
    "an unknown kind": lambda data: data["spans"][0].update(kind="dance"),
    "an unknown amount": lambda data: data["spans"][-2]["amount"].update(mode="juggle"),
    "an amount below nothing": lambda data: data["spans"][-2]["amount"].update(low=-1),
    "an amount without an end": lambda data: data["spans"][-2]["amount"].pop("high"),
    "half a chapter": lambda data: data["chapters"].append({"title": "x"}),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_not_of_the_format_is_refused(timeline, change):
    with pytest.raises(ValueError):
        parse(broken(timeline, change))


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_any_json_is_a_timeline_or_a_value_error(data):
    with pytest.raises(ValueError):
        parse(json.dumps({"format": "audioworkout/timeline", "version": 1, "spans": data}))


def test_deep_json_is_refused_too():
    with pytest.raises(ValueError):
        parse("[" * 100_000)
