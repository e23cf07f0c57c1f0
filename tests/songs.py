"""Music for tests: noise in stereo, whose sides have nothing in common and so can be told from a
voice in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.meter import Hops, running_hops
from audioworkout.mixing.ducking import music_curve
from audioworkout.mixing.music_bed import Bed, Song
from audioworkout.mixing.songs import open_bed
from audioworkout.mixing.stereo import Music
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Timeline


def noise(seconds: float, rate: int = 48_000, channels: int = 2, seed: int = 1) -> np.ndarray:
    """Dull noise, as steady as noise can be; shape (samples, channels)."""
    count = round(seconds * rate)
    white = np.random.default_rng(seed).normal(0, 0.1, (count + 8, channels))
    return sum(white[n : n + count] for n in range(8)).astype(np.float32) / 3


def write(file: Path, samples: np.ndarray, rate: int = 48_000, **options: str) -> Path:
    soundfile.write(file, samples, rate, **options)
    return file


def song_of(samples: np.ndarray, name: str = "song") -> Song:
    """A song in memory, at 48 kHz."""

    def blocks() -> Iterator[np.ndarray]:
        return iter(np.array_split(samples, max(1, len(samples) // 10_007)))

    found = list(running_hops(blocks(), 48_000))
    hops = Hops(*(np.concatenate(each) for each in zip(*found, strict=True)))
    return Song(name, len(samples), hops, blocks)


def opened(
    *files: Path, sound: Sound | None = None, duration: int = 60_000, cache=None, told=None
) -> Bed:
    """Files as a bed; what is warned of goes to `told`."""
    return open_bed(
        files,
        sound or Sound(),
        duration,
        MemoryCache() if cache is None else cache,
        ([] if told is None else told).append,
        lambda done, total: None,
    )


def music_for(score: Timeline, sound: Sound, samples: np.ndarray) -> Music:
    return Music(Bed((song_of(samples),), sound.music_crossfade), music_curve(score, sound))
