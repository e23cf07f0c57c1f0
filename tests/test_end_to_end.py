"""The real thing, start to end: hip-dips from the command line, decoded by other people's code.

The words and beeps are looked for in the decoded sound where the script says they are.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioworkout.cli.main import run_program
from audioworkout.disk_cache import DiskCache, MemoryCache
from audioworkout.dsp.limiter import limit_channel
from audioworkout.dsp.loudness import clip_levels
from audioworkout.mixing.islands import SOFTER_COUNT, ClipSource
from audioworkout.mixing.levels import level_clips, level_clips_with_music
from audioworkout.mixing.render import VOICE_LIMIT
from audioworkout.mixing.stereo import MIX_LIMIT
from audioworkout.model.request import Flags
from audioworkout.model.script import Line
from audioworkout.model.timeline import Clip, Event, Spoken
from audioworkout.pipeline import Performance, Studio
from audioworkout.reading import Folders
from audioworkout.units import SAMPLES_PER_MS
from listening import Floats, find, onset, quietest, samples_of
from programs import run_audioworkout
from promises import keep_all
from songs import music_for, noise

ONSETS_WITHIN_MS = 10


@dataclass(frozen=True)
class Built:
    mp3: Path
    performance: Performance
    heard: Floats
    printed: str
    told: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, natural_default: None) -> Built:
    folder = tmp_path_factory.mktemp("home")
    done = run_audioworkout("build", "hip-dips", folder=folder)
    assert done.returncode == 0, done.stderr
    mp3 = folder / "output" / "hip-dips.mp3"
    studio = Studio(
        DiskCache(folder / "cache"),
        Folders(user=None),
        lambda stage, done, total: None,
        pytest.fail,
    )
    performance = studio.perform(studio.prepare("hip-dips", Flags()))
    heard, rate = soundfile.read(mp3, dtype="float32")
    assert rate == 48_000
    return Built(mp3, performance, heard, done.stdout, done.stderr)


def test_the_path_alone_is_on_standard_output(built: Built) -> None:
    assert built.printed == "output/hip-dips.mp3\n"
    assert "warning" not in built.told


def test_the_decoded_length_is_the_scripts_to_the_sample(built: Built) -> None:
    assert built.heard.shape == (built.performance.timeline.duration_ms * 48,)


def test_there_is_not_one_problem(built: Built) -> None:
    assert built.performance.timeline.problems == ()


def test_script_prints_the_timeline_of_the_mp3(built: Built) -> None:
    folder = built.mp3.parents[1]
    done = run_audioworkout("script", "hip-dips", "--format", "json", folder=folder)
    data = json.loads(done.stdout)
    keep_all(data)
    expected = [(event.start_ms, event.end_ms) for event in built.performance.timeline.events]
    assert [(event["start_ms"], event["end_ms"]) for event in data["events"]] == expected


def clip_of(event: Event, performance: Performance) -> Clip:
    clips = performance.clips
    return clips.lines[event.line] if isinstance(event, Spoken) else clips.sounds[event.name]


def without_words(heard: Floats, performance: Performance) -> Floats:
    """What is heard less the words, each taken away at the level it is found at."""
    rest = heard.copy()
    for event in performance.timeline.events:
        if isinstance(event, Spoken):
            clip = clip_of(event, performance)
            said, first = samples_of(clip), event.start_ms * 48 - clip.lead
            part = rest[first : first + len(said)]
            part -= said * float(np.dot(part, said) / np.dot(said, said))
    return rest


def test_every_word_is_where_the_script_says(built: Built) -> None:
    for event in built.performance.timeline.events:
        if isinstance(event, Spoken):
            found = find(clip_of(event, built.performance), built.heard, event.start_ms)
            assert abs(found.late) <= ONSETS_WITHIN_MS * 48, event
            assert found.alike > 0.9, event


def test_every_sound_is_where_the_script_says(built: Built) -> None:
    beeps = without_words(built.heard, built.performance)
    for event in built.performance.timeline.events:
        if not isinstance(event, Spoken):
            found = find(clip_of(event, built.performance), beeps, event.start_ms)
            assert abs(found.late) <= ONSETS_WITHIN_MS * 48, event
            assert found.alike > 0.7, event


def test_another_word_is_not_found_there(built: Built) -> None:
    """The instrument can tell: the wrong clip is not taken for the right one."""
    counts = [
        event
        for event in built.performance.timeline.events
        if isinstance(event, Spoken) and event.role == "count"
    ]
    for event, wrong in pairwise(counts):
        if event.line != wrong.line:
            clip = clip_of(wrong, built.performance)
            assert find(clip, built.heard, event.start_ms).alike < 0.8


def test_numbers_begin_to_sound_on_their_beat(built: Built) -> None:
    counts = [
        onset(built.heard, event.start_ms)
        for event in built.performance.timeline.events
        if isinstance(event, Spoken) and event.role == "count"
    ]
    assert len(counts) > 150
    late = np.abs(counts)
    assert np.median(late) <= 5
    assert np.quantile(late, 0.95) <= 15
    assert max(late) <= 20  # a soft beginning, as of "five", is heard a little early


def test_loudness_and_true_peak_by_another_meter(built: Built) -> None:
    """ffmpeg's ebur128 on what ffmpeg decodes: within 0.5 LU of -19, and at most -1 dBTP."""
    if not shutil.which("ffmpeg"):
        missing = "ffmpeg is not installed"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    words = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(built.mp3)]
    words += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    loudness = re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1]
    peak = re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1]
    assert float(loudness) == pytest.approx(-19.0, abs=0.5)
    assert float(peak) <= -1.0
    assert "error" not in told.lower()


def softer(source: ClipSource) -> int:
    """What the middle numbers of a count are meant to be softer (hundredths of a dB)."""
    return SOFTER_COUNT if isinstance(source, Line) and source.soft else 0


def test_the_middle_of_a_count_is_softer_in_the_file(built: Built) -> None:
    """Decoded: the same words, full at the end of one set and soft in the middle of another."""
    events = [one for one in built.performance.timeline.events if isinstance(one, Spoken)]
    levels: dict[str, dict[bool, float]] = {}
    for one in events:
        if one.role == "count" and one.line.listed:
            start = one.start_ms * SAMPLES_PER_MS
            heard = built.heard[start : one.end_ms * SAMPLES_PER_MS]
            levels.setdefault(one.line.text, {})[one.line.soft] = clip_levels(heard).large
    both = [each for each in levels.values() if len(each) == 2]
    assert len(both) > 3
    for each in both:
        assert each[False] - each[True] == pytest.approx(1.5, abs=0.4)


@pytest.mark.parametrize("with_music", [False, True])
def test_words_and_beeps_are_alike_on_every_loudspeaker(built: Built, with_music: bool) -> None:
    """By our meter, after the limiter, each by itself: on large loudspeakers and on small."""
    performance = built.performance
    job = (performance.timeline, performance.clips, performance.request.sound, 1.0, MemoryCache())
    if with_music:
        music = music_for(performance.timeline, performance.request.sound, noise(60))
        levels, limit = level_clips_with_music(music, *job), MIX_LIMIT
    else:
        levels, limit = level_clips(*job), VOICE_LIMIT
    cues = [
        clip_levels(
            limit_channel(
                samples_of(clip.audio) * 10 ** ((clip.gain + softer(source)) / 2_000),
                limit.ceiling,
                limit.reach,
            )
        )
        for source, clip in levels.clips.items()
        if source not in ("tick", "pulse")
    ]
    assert len(cues) > 150
    for heard, most in (([cue.large for cue in cues], 3), ([cue.small for cue in cues], 2.5)):
        assert max(heard) - min(heard) < most


def test_never_digital_silence(built: Built) -> None:
    assert quietest(built.heard, 100) > -75
    zeros = np.flatnonzero(np.diff(np.flatnonzero(built.heard == 0)) == 1)
    assert len(zeros) < 48


def test_a_second_build_is_the_same_bytes_and_speaks_nothing(built: Built) -> None:
    folder = built.mp3.parents[1]
    before = built.mp3.read_bytes()
    done = run_audioworkout("build", "hip-dips", folder=folder)
    assert done.returncode == 0
    assert "Speaking" not in done.stderr
    assert built.mp3.read_bytes() == before


def test_nothing_is_left_beside_the_mp3(built: Built) -> None:
    assert [path.name for path in built.mp3.parent.iterdir()] == ["hip-dips.mp3"]


FIRST = """\
title: First
exercises:
  - squat: 2x6
  - fire hydrant: 5 per side, last rep 4 pulses
  - rest: 20s
  - plank: 20s
"""
OTHER = """\
title: Other
exercises:
  - 2 rounds:
      - jumping jacks: 15s
      - squat: 4
"""


@pytest.mark.skipif(sys.platform != "linux", reason="espeak-ng remembers its last line elsewhere")
def test_the_bytes_do_not_depend_on_what_was_kept(tmp_path, monkeypatch):
    """Not on other workouts built before, nor on what of the cache was lost."""
    monkeypatch.chdir(tmp_path)
    Path("first.yaml").write_text(FIRST)
    Path("other.yaml").write_text(OTHER)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))

    def built(cache: str, routine: str) -> bytes:
        monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / cache))
        words = ["build", routine, "-q", "--engine", "espeak", "-o", str(tmp_path / "a.mp3")]
        assert run_program(words) == 0
        return (tmp_path / "a.mp3").read_bytes()

    clean = built("one", "first.yaml")
    built("two", "other.yaml")
    assert built("two", "first.yaml") == clean
    for bucket, every in (("clips", 3), ("islands", 2), ("levels", 1)):
        for path in sorted((tmp_path / "two" / bucket).iterdir())[::every]:
            path.unlink()
    assert built("two", "first.yaml") == clean
