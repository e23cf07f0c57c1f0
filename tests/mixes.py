"""Clips with sharp onsets, and timelines made of them, for tests of mixing and encoding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.loudness import audible_extent, clip_loudness
from audioworkout.encoding import BuildResult, Track, write_mp3, write_tracks
from audioworkout.mixing.mix import Mix, make_mix
from audioworkout.mixing.stereo import Music
from audioworkout.model.cache import Cache
from audioworkout.model.request import Sound
from audioworkout.model.script import Context, Line, SoundName
from audioworkout.model.timeline import LEAD, Clip, Clips, Event, Sounded, Spoken, Timeline
from audioworkout.sounds import load_sounds
from audioworkout.units import RATE, SAMPLES_PER_MS

NOBODY = Context()
QUIET = np.zeros(LEAD * SAMPLES_PER_MS)


def clip_of(samples: np.ndarray) -> Clip:
    """A clip of samples that begin to sound at once."""
    pcm = np.round(np.concatenate([QUIET, samples]) * 32_767).astype("<i2")
    start, end = audible_extent(pcm)
    assert start in (0, len(QUIET)), "the samples do not begin to sound at once"
    length = -(-(end - start) // SAMPLES_PER_MS)
    return Clip(pcm.tobytes(), length, clip_loudness(pcm / 32_768))


def word(ms: int, seed: int, level: float = 0.4) -> Clip:
    """Something like a word: noise below 4 kHz in syllables, beginning from nothing at once."""
    count = ms * SAMPLES_PER_MS
    noise = np.random.default_rng(seed).normal(0, 1, count)
    dull = np.convolve(noise, np.hanning(13), "same")
    syllables = 0.6 + 0.4 * np.cos(2 * np.pi * 4 * np.arange(count) / RATE)
    fade = np.minimum(1, np.arange(count, 0, -1) / (20 * SAMPLES_PER_MS))
    wave = dull * syllables * fade
    wave[0] = np.abs(wave).max() / 3
    return clip_of(wave * level / np.abs(wave).max())


WORDS = {
    Line("one", quick=True): word(300, 1),
    Line("two", quick=True): word(420, 2, 0.1),
    Line("seventeen", quick=True): word(700, 3, 0.8),
    Line("Next: a longer sentence."): word(1_900, 4, 0.2),
}
CLIPS = Clips(WORDS, load_sounds())


def event(start: int, source: Line | SoundName, clips: Clips = CLIPS) -> Event:
    """A source at its moment, for as long as its clip sounds."""
    if isinstance(source, Line):
        role = "count" if source.quick else "form"
        return Spoken(start, start + clips.line(source), role, source, NOBODY)
    return Sounded(start, start + clips.sound(source), source, NOBODY)


def timeline(
    duration: int, *placed: tuple[int, Line | SoundName], clips: Clips = CLIPS
) -> Timeline:
    """A timeline of so many ms with sources at their moments."""
    events = tuple(event(start, source, clips) for start, source in sorted(placed, key=_start))
    return Timeline("t", "t", "en", "v", duration, (), (), events)


def _start(placed: tuple[int, Line | SoundName]) -> int:
    return placed[0]


def workout(seconds: int) -> Timeline:
    """Sentences, beeps, counts on a beat of 2.5 s, pulses with ticks: what a file is made of."""
    lines = tuple(WORDS)
    placed: list[tuple[int, Line | SoundName]] = []
    for start in range(1_500, seconds * 1_000 - 16_000, 16_000):
        placed += [(start, lines[3]), (start + 2_504, lines[3])]
        placed += [(start + 5_000 + 1_000 * n, "ready") for n in range(3)]
        placed += [(start + 8_000, "go"), (start + 8_000, "tick")]
        placed += [(start + 8_700 + 2_500 * n, lines[n]) for n in range(2)]
        placed += [(start + 13_000 + 1_000 * n, "pulse") for n in range(2)]
        placed += [(start + 13_100, lines[0]), (start + 14_000, lines[2]), (start + 15_000, "end")]
    return timeline(seconds * 1_000 + 7, *placed, (seconds * 1_000 - 4_000, "finish"))


def mix_of(
    score: Timeline,
    clips: Clips = CLIPS,
    sound: Sound | None = None,
    *,
    cache: Cache | None = None,
    music: Music | None = None,
    lossy: bool = True,
) -> Mix:
    """A timeline at its levels; nothing is kept unless a cache is given."""
    return make_mix(
        score,
        clips,
        Sound() if sound is None else sound,
        cache=MemoryCache() if cache is None else cache,
        music=music,
        lossy=lossy,
    )


def write_mix(
    target: Path,
    score: Timeline,
    clips: Clips = CLIPS,
    sound: Sound | None = None,
    *,
    cache: Cache | None = None,
    music: Music | None = None,
    **options: Any,
) -> BuildResult:
    """Mix a timeline and write it as an MP3; `options` are those of `write_mp3`."""
    cache = MemoryCache() if cache is None else cache
    mix = mix_of(score, clips, sound, cache=cache, music=music)
    return write_mp3(target, mix, cache=cache, **options)


def write_mix_tracks(
    tracks: Sequence[Track],
    score: Timeline,
    clips: Clips = CLIPS,
    sound: Sound | None = None,
    *,
    cache: Cache | None = None,
    music: Music | None = None,
) -> list[BuildResult]:
    """Mix a timeline and write stretches of it as MP3 files."""
    cache = MemoryCache() if cache is None else cache
    return write_tracks(tracks, mix_of(score, clips, sound, cache=cache, music=music), cache=cache)
