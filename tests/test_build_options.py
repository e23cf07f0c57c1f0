"""Files that lie beside the MP3, read by libraries that are not ours."""

from __future__ import annotations

import io
import itertools

import cueparser
import pylrc
import pytest
import webvtt

from audioworkout import views
from audioworkout.cli.build_options import spell_options, tell_options, unused_music_options
from audioworkout.cli.options import Options
from audioworkout.model.request import Request, Sound
from audioworkout.model.timeline import Spoken
from audioworkout.views import cue
from samples import SQUAT, routine
from shared import TIMELINE

SAID = [event for event in TIMELINE.events if isinstance(event, Spoken)]


def test_lyrics_tell_every_sentence_when_it_begins():
    lyrics = pylrc.parse(views.render_view(TIMELINE, "lrc"))
    assert (lyrics.title, lyrics.artist) == (TIMELINE.title, "audioworkout")
    told = {(round(line.time * 100), line.text) for line in lyrics}
    assert {(event.start_ms // 10, event.line.text) for event in SAID} <= told
    times = [line.time for line in lyrics]
    assert times == sorted(times)


def test_captions_tell_every_sentence_from_beginning_to_end():
    captions = webvtt.from_buffer(io.StringIO(views.render_view(TIMELINE, "vtt"))).captions
    assert [(each.text, each.start) for each in captions] == [
        (event.line.text, stamp(event.start_ms)) for event in SAID
    ]
    assert all(one.end <= two.start for one, two in itertools.pairwise(captions))


def stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1_000 % 60:02}.{ms % 1_000:03}"


def test_a_cue_sheet_has_a_track_for_every_chapter():
    sheet = cueparser.CueSheet()
    sheet.setOutputFormat("%title%", "%title%")
    sheet.setData(cue.render(TIMELINE, "legs.mp3"))
    sheet.parse()
    assert (sheet.title, sheet.file, sheet.aformat) == (TIMELINE.title, "legs.mp3", "MP3")
    assert [track.title for track in sheet.tracks] == [mark.title for mark in TIMELINE.chapters]
    for track, mark in zip(sheet.tracks, TIMELINE.chapters, strict=True):
        minutes, seconds, frames = map(int, track.offset.split(":"))
        at = (minutes * 60 + seconds) * 1_000 + frames * 1_000 / 75
        assert 0 <= mark.start_ms - at < 1_000 / 75


@pytest.mark.parametrize("name", ["lrc", "vtt", "cue", "json", "chapters"])
def test_every_file_is_plain_text_in_utf_8(name):
    text = views.render_view(TIMELINE, name)
    assert "\0" not in text
    assert text.encode()


def test_a_file_that_is_passed_on_tells_nobody_its_makers_folders():
    given = Options(
        sounds="/home/me/beeps",
        music="/home/me/music",
        voice=["/home/me/en.onnx", "counts=C:\\me\\numbers"],
        rest="45s",
        quiet=True,
    )
    assert spell_options(given) == "--rest 45s --voice en.onnx --voice counts=numbers --music music"
    assert spell_options(Options(voice=["/home/a=b/en.onnx"])) == "--voice en.onnx"
    assert spell_options(Options(music="/")) == "--music /"
    assert spell_options(Options()) == ""


@pytest.mark.parametrize(
    ("options", "sound", "told"),
    [
        (Options(), Sound(), ""),
        (Options(shuffle=True), Sound(music_seed=8), "--shuffle --seed 8"),
        (Options(shuffle=True, seed=3), Sound(music_seed=3), "--shuffle --seed 3"),
        (Options(music_shuffle=True), Sound(music_seed=8), "--seed 8 --music-shuffle"),
        (Options(), Sound(music_shuffle=True, music_seed=8), "--seed 8"),
    ],
)
def test_a_seed_that_was_drawn_is_told(options, sound, told):
    request = Request(routine(SQUAT), sound=sound)
    assert tell_options(options, request) == told


def test_options_for_music_without_any_are_named():
    given = Options(music_level=-20, music_rest=0, music_shuffle=True, duck=0, rest="45s")
    named = ["--music-level", "--music-rest", "--music-shuffle", "--duck"]
    assert unused_music_options(Request(routine(SQUAT)), given) == named
    assert unused_music_options(Request(routine(SQUAT), sound=Sound(music="a.mp3")), given) == []
    assert unused_music_options(Request(routine(SQUAT)), Options(rest="45s")) == []
