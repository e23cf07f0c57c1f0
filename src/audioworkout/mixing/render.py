"""Samples: one island, or the whole mix block by block.

Beneath everything lies faint noise, because headsets and speakers fall asleep in digital silence
and swallow the next cue. Samples are mono at 48 kHz.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import LOOK_AHEAD, limit_channel
from audioworkout.dsp.loudness import Samples, from_decibels
from audioworkout.mixing.islands import NOISE_FRAMES, Island, IslandPlan, samples_in
from audioworkout.model.timeline import PlayableClip
from audioworkout.units import FRAME, Ms

Floats = npt.NDArray[np.float32]

NOISE = -60.0
"""Level of the keep-awake noise (dBFS rms)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How hard words are limited.

    `ceiling` is the true peak of what is mixed (dBTP): an MP3's may lie above it, and must not pass
    -1. `reach` is how long before and after a peak the gain moves (ms). `most_trim` is what is
    given back at most to a clip the limiter takes loudness from (dB).
    """

    ceiling: float
    reach: Ms
    most_trim: float


ALONE = Limit(ceiling=-3.0, reach=LOOK_AHEAD, most_trim=5.0)
CEILING = ALONE.ceiling
_LOWER_FOR_FEW_BITS = ((32, 2.5), (40, 1.5))
"""Up to so many kbit/s coding raises peaks by so much more (dB; M)."""


def voice_limit(kbps: int | None) -> Limit:
    """The limiter for words without music at a bit rate; None where nothing is lost."""
    return replace(ALONE, ceiling=ALONE.ceiling - look_up_by_bitrate(_LOWER_FOR_FEW_BITS, kbps))


def look_up_by_bitrate(table: Sequence[tuple[int, float]], kbps: int | None) -> float:
    """What a table of bit rates and dB says of a bit rate (kbit/s): that of the first not below it.

    >>> [look_up_by_bitrate(((32, 2.5), (40, 1.5)), kbps) for kbps in (32, 40, 48, None)]
    [2.5, 1.5, 0.0, 0.0]
    """
    return next((db for most, db in table if kbps is not None and kbps <= most), 0.0)


FULL_SCALE = 32_768
_SEED = 48_000


def keep_awake_noise(count: int) -> Floats:
    """The first so many samples of the noise: white, the same every time."""
    drawn = np.frombuffer(_draw_noise(), "<i2")
    factor = np.float32(math.sqrt(3) * from_decibels(NOISE) / FULL_SCALE)
    return np.resize(drawn[:count] * factor, count)


@lru_cache(maxsize=1)
def _draw_noise() -> bytes:
    """A period of the noise as int16, of even distribution over all values.

    From Python's generator, whose numbers are promised to stay the same; numpy's are not.
    """
    return random.Random(_SEED).randbytes(2 * NOISE_FRAMES * FRAME)


def render_island(island: Island, limit: Limit | None = ALONE) -> Floats:
    """Samples of an island, noise included; shape (island.samples,), below full scale.

    With no `limit` they may pass it: that is left to whoever adds something to them.
    """
    return place_in_frames(island, mix_clips(island, limit))


def mix_clips(island: Island, limit: Limit | None = ALONE) -> Floats:
    """What sounds in an island, from its first part's first sample: the same for equal shapes."""
    start = island.parts[0].at
    mix = np.zeros(max(part.at + part.take.samples for part in island.parts) - start, np.float32)
    for part in island.parts:
        clip = samples_of(part.take.clip) * np.float32(from_decibels(part.take.gain / 100))
        mix[part.at - start :][: len(clip)] += clip
    return mix if limit is None else limit_channel(mix, limit.ceiling, limit.reach)


def place_in_frames(island: Island, sound: Floats) -> Floats:
    """What sounds in an island laid where it begins, noise beneath it.

    What would lie before the file's beginning or behind its end is left out.
    """
    samples = keep_awake_noise(island.samples)
    start = island.parts[0].at
    heard = sound[max(0, -start) : island.samples - start]
    samples[max(0, start) :][: len(heard)] += heard
    return samples


def render_noise(frames: int) -> Floats:
    """The noise that fills so many MP3 frames."""
    return keep_awake_noise(samples_in(frames))


def render_blocks(plan: IslandPlan, limit: Limit | None = ALONE) -> Iterator[Floats]:
    """The whole mix in order, in blocks of at most 12 s where nothing sounds.

    Their lengths add up to `plan.samples`. Memory is that of the longest island.
    """
    reached = 0
    for island in plan.islands:
        start = island.frame * FRAME
        yield from _quiet_block(start - reached)
        block = render_island(island, limit)[: plan.samples - start]
        yield block
        reached = start + len(block)
    yield from _quiet_block(plan.samples - reached)


def samples_of(clip: PlayableClip) -> Floats:
    """A clip's samples as floats, full scale being 1.0."""
    return np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)


def pcm_of(samples: Samples) -> bytes:
    """Samples as int16 little-endian, channels in turn; what passes full scale is cut off."""
    scaled = np.round(samples * np.asarray(FULL_SCALE, dtype=samples.dtype))
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()


def _quiet_block(count: int) -> Iterator[Floats]:
    period = NOISE_FRAMES * FRAME
    for done in range(0, count, period):
        yield keep_awake_noise(min(period, count - done))
