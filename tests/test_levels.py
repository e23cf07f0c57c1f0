"""Loudness that can be had is had, and what cannot is told; peaks stay low with few bits."""

import numpy as np
import pytest
import soundfile

from audioworkout.cli.main import run_program
from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.limiter import true_peak
from audioworkout.mixing import stereo
from audioworkout.mixing.levels import level_clips, level_clips_with_music
from audioworkout.mixing.render import VOICE_LIMIT, voice_limit
from audioworkout.mixing.stereo import MIX_LIMIT, mix_limit
from audioworkout.model.request import Sound
from audioworkout.units import RATE
from meters import loudness
from mixes import CLIPS, workout, write_mix
from songs import music_for, noise

ROUTINE = "title: Tiny\nget_ready: 5s\nexercises:\n  - squat: 4\n"


@pytest.mark.parametrize(("asked", "told"), [("-16", False), ("-10", True)])
def test_a_loudness_out_of_reach_is_told_with_one_within(
    tmp_path, monkeypatch, capsys, asked, told
):
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))
    routine = tmp_path / "tiny.yaml"
    routine.write_text(ROUTINE)
    assert (
        run_program(["build", str(routine), "-o", str(tmp_path / "t.mp3"), "--loudness", asked])
        == 0
    )
    warned = capsys.readouterr().err
    assert ("LUFS and not -10" in warned) == told
    assert ("--loudness -1" in warned) == told


@pytest.mark.parametrize(("asked", "bitrate"), [(-13.0, 32), (-13.0, 40), (-13.0, 96)])
def test_peaks_of_words_alone_stay_below_minus_one_with_few_bits(tmp_path, asked, bitrate):
    sound = Sound(loudness=asked, bitrate=bitrate)
    written = write_mix(tmp_path / "t.mp3", workout(30), sound=sound)
    heard, _ = soundfile.read(written.path)
    assert true_peak(heard) <= -1.0
    assert loudness(heard[:, None]) == pytest.approx(written.loudness, abs=0.5)


def test_the_ceiling_goes_down_with_loudness_and_bits():
    assert voice_limit(96) == voice_limit(None) == VOICE_LIMIT
    assert voice_limit(32).ceiling < voice_limit(40).ceiling < VOICE_LIMIT.ceiling

    assert mix_limit(-16.0, 160) == mix_limit(-23.0, None) == MIX_LIMIT
    assert mix_limit(-14.0, 160).ceiling == MIX_LIMIT.ceiling - 1
    assert mix_limit(-10.0, 160).ceiling == MIX_LIMIT.ceiling - 1.5
    assert mix_limit(-16.0, 32).ceiling == MIX_LIMIT.ceiling - 2.5


@pytest.mark.parametrize(("asked", "bitrate"), [(-12.0, 160), (-16.0, 32), (-16.0, 48)])
def test_peaks_stay_below_minus_one_where_coding_raises_them(tmp_path, asked, bitrate):
    sound = Sound(loudness=asked, bitrate=bitrate, music="song")
    score = workout(30)
    music = music_for(score, sound, noise(20))
    written = write_mix(tmp_path / "t.mp3", score, sound=sound, music=music)
    heard, _ = soundfile.read(written.path)
    assert max(map(true_peak, heard.T)) <= -1.0
    assert written.wanted == asked
    assert loudness(heard) == pytest.approx(written.loudness, abs=1.0)


def drums(seconds: float) -> np.ndarray:
    """Bursts of noise, two a second: nearly all of their loudness is in their peaks."""
    at = np.arange(round(seconds * RATE)) / RATE
    hits = np.random.default_rng(1).uniform(-1, 1, len(at)) * np.exp(-30 * (at % 0.5))
    return np.stack([hits, hits], 1).astype(np.float32)


@pytest.mark.parametrize("level", [-15.0, -16.0])
def test_what_the_limiter_takes_from_drums_is_given_back(tmp_path, level):
    sound = Sound(loudness=-14.0, music_level=level, music="song")
    score = workout(30)
    music = music_for(score, sound, drums(20))
    written = write_mix(tmp_path / "t.mp3", score, sound=sound, music=music)
    heard, _ = soundfile.read(written.path)
    assert loudness(heard) == pytest.approx(-14.0, abs=0.5)
    assert loudness(heard) == pytest.approx(written.loudness, abs=0.5)
    assert max(map(true_peak, heard.T)) <= -1.0


def levels_without_music(cache, kbps):
    return level_clips(workout(30), CLIPS, Sound(loudness=-13.0), 1.0, cache, kbps)


def levels_with_music(cache, kbps):
    sound = Sound(loudness=-12.0, music="song")
    score = workout(30)
    return level_clips_with_music(
        music_for(score, sound, noise(20)), score, CLIPS, sound, 1.0, cache, kbps
    )


@pytest.mark.parametrize("levels", [levels_without_music, levels_with_music])
def test_cached_levels_are_those_of_the_same_bit_rate(levels):
    cache = MemoryCache()
    many, few = levels(cache, 160), levels(cache, 32)
    assert few == levels(MemoryCache(), 32)
    assert few.clips != many.clips


def test_cached_levels_are_those_of_the_same_loudness():
    def levels(cache, loudness):
        return level_clips(workout(30), CLIPS, Sound(loudness=loudness), 1.0, cache)

    cache = MemoryCache()
    levels(cache, -19.2)
    assert levels(cache, -18.8) == levels(MemoryCache(), -18.8)
    assert levels(cache, -18.8).clips != levels(cache, -19.2).clips


def test_music_that_needs_no_limiter_is_not_listened_to_twice(monkeypatch):
    monkeypatch.setattr(stereo, "measure_mix", lambda *_: pytest.fail("mixed it once more"))
    sound = Sound(music="song")
    score = workout(30)
    levels = level_clips_with_music(
        music_for(score, sound, noise(20)), score, CLIPS, sound, 1.0, MemoryCache()
    )
    assert levels.loudness == pytest.approx(-16.0, abs=0.3)
