"""Views: every format shows the same events at the same moments."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Problem, Spoken, Timeline
from audioworkout.views import FORMATS, render_view
from audioworkout.views.json import compact_json, timeline_data
from samples import ALL, HYDRANT, SQUAT, Letters, routine


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return lay_out(compile_routine(routine(*ALL), load_phrases("en")), Letters(), "ruler")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_a_newline_and_is_the_same_twice(
    name: str, timeline: Timeline
) -> None:
    text = render_view(timeline, name)
    assert text.endswith("\n")
    assert text == render_view(timeline, name)


def test_text_has_a_line_for_every_event_and_span(timeline: Timeline) -> None:
    lines = render_view(timeline, "text").splitlines()
    stamped = [line for line in lines if re.match(r"\d\d:\d\d\.\d{3}  ", line)]
    parts = len(timeline.events) + len(timeline.spans) + len(timeline.chapters)
    assert len(stamped) == parts
    stamps = [line[:9] for line in stamped]
    assert stamps == sorted(stamps)
    assert max(map(len, lines)) <= 100


def test_text_tells_what_did_not_fit(timeline: Timeline) -> None:
    problem = Problem(61_500, 120, "'seventeen' does not fit", "a slower tempo")
    text = render_view(timeline._replace(problems=(problem,)), "text")
    assert text.endswith(
        "! 01:01.500  'seventeen' does not fit, by 120 ms\n    what would help: a slower tempo\n"
    )


@pytest.mark.parametrize("count", [0, 1, 200, 201, 450])
def test_compact_json_says_the_same_piece_by_piece(timeline: Timeline, count: int) -> None:
    some = (timeline.events * 450)[:count]
    odd = timeline._replace(title='"events":[] \\"events\\":[]', events=some)
    pieces = list(compact_json(odd))
    assert json.loads("".join(pieces)) == timeline_data(odd)
    assert len(pieces) == 2 + -(-count // 200)


def test_json_is_version_1_of_the_timeline_format(timeline: Timeline) -> None:
    data = json.loads(render_view(timeline, "json"))
    assert (data["format"], data["version"]) == ("audioworkout/timeline", 1)
    assert data["duration_ms"] == timeline.duration_ms
    assert set(data["spans"][0]) == {
        *("kind", "mode", "start_ms", "end_ms", "exercise", "set", "sets", "side", "round"),
        *("rounds", "name", "amount", "count"),
    }
    assert set(data["chapters"][0]) == {
        *("title", "start_ms", "end_ms", "exercise", "set", "sets", "side", "round", "rounds"),
        *("name", "amount"),
    }
    amounts = {each["exercise"]: each["amount"] for each in data["chapters"]}
    assert amounts[None] is None
    assert amounts["squat"] == {"mode": "reps", "low": 8, "high": 10}
    assert amounts["plank"] == {"mode": "hold", "low": 40_000, "high": 40_000}
    distance = {"mode": "carry", "low": 75, "high": 75, "unit": "ft", "back": True}
    assert amounts["march"] == distance
    say = next(event for event in data["events"] if event.get("role") == "count")
    assert set(say) == {
        *("kind", "role", "text", "number", "start_ms", "end_ms", "exercise", "set", "side"),
        "source",
        "shape",
    }
    sound = next(event for event in data["events"] if event["kind"] == "sound")
    assert {"kind", "name", "start_ms", "end_ms"} <= set(sound)


def test_lrc_has_every_spoken_line_in_order(timeline: Timeline) -> None:
    lines = re.findall(r"^\[(\d+):(\d\d\.\d\d)\](.*)$", render_view(timeline, "lrc"), re.M)
    times = [int(minutes) * 60 + float(seconds) for minutes, seconds, _ in lines]
    assert times == sorted(times)
    spoken = [event.line.text for event in timeline.events if isinstance(event, Spoken)]
    texts = [text for _, _, text in lines]
    assert [text for text in texts if text in set(spoken)] == spoken


def test_vtt_captions_follow_each_other(timeline: Timeline) -> None:
    text = render_view(timeline, "vtt")
    assert text.startswith("WEBVTT")
    stamp = r"(\d\d):(\d\d):(\d\d\.\d{3})"
    cues = re.findall(f"^{stamp} --> {stamp}$", text, re.M)
    seconds = [
        (int(a) * 3600 + int(b) * 60 + float(c), int(d) * 3600 + int(e) * 60 + float(f))
        for a, b, c, d, e, f in cues
    ]
    assert len(seconds) == sum(isinstance(event, Spoken) for event in timeline.events)
    assert all(start < end for start, end in seconds)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(seconds))


def test_vtt_escapes_what_would_be_markup() -> None:
    named = SQUAT._replace(name="Squat <deep> & slow")
    timeline = lay_out(compile_routine(routine(named), load_phrases("en")), Letters(), "")
    assert "Squat &lt;deep&gt; &amp; slow" in render_view(timeline, "vtt")


def test_cue_sheet_has_a_track_a_chapter(timeline: Timeline) -> None:
    text = render_view(timeline, "cue")
    assert text.count("TRACK") == len(timeline.chapters)
    assert 'FILE "test.mp3" MP3' in text


def test_cue_sheet_stops_at_99_tracks() -> None:
    many = routine(*(HYDRANT._replace(key=f"h{n}") for n in range(60)))
    timeline = lay_out(compile_routine(many, load_phrases("en")), Letters(), "")
    assert len(timeline.chapters) > 99
    assert render_view(timeline, "cue").count("TRACK") == 99
