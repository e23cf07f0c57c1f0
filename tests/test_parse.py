"""The way back from JSON: what was rendered is read again, and nothing else is believed."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Timeline
from audioworkout.sharing.site import Site
from audioworkout.sharing.workouts import SharedWorkout, WorkoutFolder
from audioworkout.views import render_view
from audioworkout.views.parse_json import (
    LARGEST_TIMELINE,
    LONGEST_TIMELINE,
    MOST_EVENTS,
    MOST_PARSED_CHAPTERS,
    MOST_SPANS,
    parse_timeline,
)
from samples import ALL, LUNGE, PLANK, Letters, circuit, routine

CIRCUIT = circuit(LUNGE, PLANK, rounds=2)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return lay_out(compile_routine(routine(*ALL, CIRCUIT), load_phrases("en")), Letters(), "ruler")


def test_what_was_written_is_read_back_whole(timeline):
    assert parse_timeline(render_view(timeline, "json")) == timeline


def broken(timeline, change) -> str:
    data = json.loads(render_view(timeline, "json"))
    change(data)
    return json.dumps(data)


WRONG = {
    "another format": lambda data: data.update(format="else"),
    "a later version": lambda data: data.update(version=2),
    "no events": lambda data: data.pop("events"),
    "no list": lambda data: data.update(spans=7),
    "a number for a title": lambda data: data.update(title=7),
    "a title without end": lambda data: data.update(title="x" * 10_000),
    "a day too long": lambda data: data.update(duration_ms=LONGEST_TIMELINE + 1),
    "true as a time": lambda data: data.update(duration_ms=True),
    "before the start": lambda data: data["spans"][0].update(start_ms=-1),
    "ends before it starts": lambda data: data["events"][3].update(end_ms=0),
    "an unknown sound": lambda data: data["events"][-1].update(kind="sound", name="gong"),
    "an unknown kind": lambda data: data["spans"][0].update(kind="dance"),
    "an unknown amount": lambda data: data["spans"][-2]["amount"].update(mode="juggle"),
    "an amount below nothing": lambda data: data["spans"][-2]["amount"].update(low=-1),
    "an amount without an end": lambda data: data["spans"][-2]["amount"].pop("high"),
    "half a chapter": lambda data: data["chapters"].append({"title": "x"}),
    "no length": lambda data: data.update(duration_ms=0, spans=[], chapters=[], events=[]),
    "ten million reps": lambda data: data["spans"][2].update(count=10_000_000),
    "more reps than there is time for": lambda data: data["spans"][2].update(
        count=500, end_ms=data["spans"][2]["start_ms"] + 500
    ),
    "a number of ten thousand digits": lambda data: data["spans"][2].update(set=10**4_000),
    "a set below nothing": lambda data: data["chapters"][1].update(sets=-1),
    "a name without end": lambda data: data["chapters"][1].update(name="x" * 301),
    "too many chapters": lambda data: data.update(chapters=data["chapters"] * MOST_PARSED_CHAPTERS),
    "too many spans": lambda data: data.update(spans=data["spans"] * MOST_SPANS),
    "too many events": lambda data: data.update(events=data["events"][:1] * (MOST_EVENTS + 1)),
    "spans in another order": lambda data: data["spans"].reverse(),
    "chapters that overlap": lambda data: data["chapters"].append(data["chapters"][0]),
    "events in another order": lambda data: data["events"].reverse(),
    "an event after the end": lambda data: data["events"][-1].update(
        end_ms=data["duration_ms"] + 1
    ),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_not_of_the_format_is_refused(timeline, change):
    with pytest.raises(ValueError):
        parse_timeline(broken(timeline, change))


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_any_json_is_a_timeline_or_a_value_error(data):
    with pytest.raises(ValueError):
        parse_timeline(json.dumps({"format": "audioworkout/timeline", "version": 1, "spans": data}))


def test_deep_json_is_refused_too():
    with pytest.raises(ValueError):
        parse_timeline("[" * 100_000)


def test_empty_events_without_end_are_refused_before_they_are_read():
    text = '{"format": "audioworkout/timeline", "version": 1, "events": [%s]}'
    with pytest.raises(ValueError, match="too long"):
        parse_timeline(text % ",".join(["{}"] * 1_000_000))
    with pytest.raises(ValueError, match="too long"):
        parse_timeline(" " * (LARGEST_TIMELINE + 1))


def test_half_a_character_is_replaced(timeline):
    read = parse_timeline(broken(timeline, lambda data: data.update(title="a \ud800 \udcff b")))
    assert read.title == "a ? ? b"


NUMBERS = st.integers(-1, 600) | st.sampled_from([-1, 0, 1, 500, 1_000, LONGEST_TIMELINE, 10**20])
TEXTS = st.text(st.characters(codec=None), max_size=400)
VALUES = st.none() | NUMBERS | TEXTS | st.booleans() | st.floats() | st.just([]) | st.just({})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.randoms(use_true_random=False), VALUES), min_size=1, max_size=4))
def test_whatever_is_accepted_can_be_shown(timeline, changes):
    """Values of a timeline are replaced: it is refused, or every view can be made of it."""
    data = json.loads(render_view(timeline, "json"))
    for random, value in changes:
        place = random.choice(["events", "spans", "chapters", "chapters", ""])
        target = random.choice(data[place]) if place else data
        key = random.choice(list(target))
        if isinstance(target[key], dict) and target[key]:
            target, key = target[key], random.choice(list(target[key]))
        if not isinstance(target[key], list):
            target[key] = value
    try:
        read = parse_timeline(json.dumps(data))
    except ValueError:
        return
    for view in ("text", "json", "lrc", "vtt", "cue", "chapters"):
        render_view(read, view).encode()
    shelf = SimpleNamespace(
        folder=Path("nowhere"), workouts=lambda: [SharedWorkout(Path("x.mp3"), 1, 1, read)]
    )
    site = Site(cast(WorkoutFolder, shelf), lambda face, size: repr(face).encode())
    files = dict(site.files("https://example.org/w/"))
    assert {"feed.xml", "x.html", "x.jpg"} <= files.keys()
    ElementTree.fromstring(files["feed.xml"])
