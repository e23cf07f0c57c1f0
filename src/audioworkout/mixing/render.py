"""Renders samples: one island, or the whole mix block by block.

Faint noise is added everywhere, because headsets and speakers go to sleep in digital silence and
then lose the beginning of the next cue. Samples are mono at 48 kHz.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from audioworkout.dsp.arrays import Float32Array, FloatArray
from audioworkout.dsp.limiter import LOOK_AHEAD, limit_channel
from audioworkout.dsp.loudness import from_decibels
from audioworkout.mixing.islands import NOISE_FRAMES, Island, IslandPlan, samples_in
from audioworkout.model.timeline import PlayableClip
from audioworkout.units import FRAME, FULL_SCALE, Ms

NOISE = -60.0
"""Level of the keep-awake noise (dBFS rms)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Settings of a limiter.

    `ceiling` is the highest true peak of the mix (dBTP); coding to MP3 may raise peaks, which must
    not pass -1. `reach` is how long before and after a peak the gain moves (ms). `max_make_up` is
    the most gain given to a clip for what the limiter takes from it (dB).
    """

    ceiling: float
    reach: Ms
    max_make_up: float


VOICE_LIMIT = Limit(ceiling=-3.0, reach=LOOK_AHEAD, max_make_up=5.0)
_LOWER_FOR_FEW_BITS = ((32, 2.5), (40, 1.5))
"""Up to this bit rate (kbit/s) coding raises peaks by so much more (dB; measured)."""


def voice_limit(kbps: int | None) -> Limit:
    """The limiter for speech without music at a bit rate (kbit/s); None for a lossless file."""
    return replace(
        VOICE_LIMIT, ceiling=VOICE_LIMIT.ceiling - look_up_by_bitrate(_LOWER_FOR_FEW_BITS, kbps)
    )


def look_up_by_bitrate(table: Sequence[tuple[int, float]], kbps: int | None) -> float:
    """The value of the first row whose bit rate is not below `kbps`; 0 if there is none.

    >>> [look_up_by_bitrate(((32, 2.5), (40, 1.5)), kbps) for kbps in (32, 40, 48, None)]
    [2.5, 1.5, 0.0, 0.0]
    """
    return next((db for most, db in table if kbps is not None and kbps <= most), 0.0)


_SEED = 48_000


def keep_awake_noise(count: int) -> Float32Array:
    """The first `count` samples of the noise: white, always the same."""
    drawn = np.frombuffer(_draw_noise(), "<i2")
    factor = np.float32(math.sqrt(3) * from_decibels(NOISE) / FULL_SCALE)
    return np.resize(drawn[:count] * factor, count)


@lru_cache(maxsize=1)
def _draw_noise() -> bytes:
    """One period of the noise as uniformly distributed int16 samples.

    From Python's generator, which is guaranteed to give the same numbers in every version; numpy's
    is not.
    """
    return random.Random(_SEED).randbytes(2 * NOISE_FRAMES * FRAME)


def render_island(island: Island, limit: Limit | None = VOICE_LIMIT) -> Float32Array:
    """Samples of an island with the noise; shape (island.samples,), below full scale.

    With `limit` None they may exceed full scale; the caller limits them after adding music.
    """
    return place_in_frames(island, mix_clips(island, limit))


def mix_clips(island: Island, limit: Limit | None = VOICE_LIMIT) -> Float32Array:
    """The sum of an island's clips, from its first part's first sample: equal for equal shapes."""
    start = island.parts[0].at
    mix = np.zeros(max(part.at + part.clip.samples for part in island.parts) - start, np.float32)
    for part in island.parts:
        clip = samples_of(part.clip.audio) * np.float32(from_decibels(part.clip.gain / 100))
        mix[part.at - start :][: len(clip)] += clip
    return mix if limit is None else limit_channel(mix, limit.ceiling, limit.reach)


def place_in_frames(island: Island, sound: Float32Array) -> Float32Array:
    """The sum of an island's clips at its position in the frames, over the noise.

    Samples before the start or after the end of the island are cut off.
    """
    samples = keep_awake_noise(island.samples)
    start = island.parts[0].at
    inside = sound[max(0, -start) : island.samples - start]
    samples[max(0, start) :][: len(inside)] += inside
    return samples


def render_noise(frames: int) -> Float32Array:
    """The noise that fills a number of MP3 frames."""
    return keep_awake_noise(samples_in(frames))


def render_blocks(plan: IslandPlan, limit: Limit | None = VOICE_LIMIT) -> Iterator[Float32Array]:
    """The whole mix in order: a block for each island, and blocks of at most 12 s between them.

    Their lengths add up to `plan.samples`. No more than the longest island is in memory.
    """
    reached = 0
    for island in plan.islands:
        start = island.frame * FRAME
        yield from _quiet_block(start - reached)
        block = render_island(island, limit)[: plan.samples - start]
        yield block
        reached = start + len(block)
    yield from _quiet_block(plan.samples - reached)


def samples_of(clip: PlayableClip) -> Float32Array:
    """A clip's samples as floats, full scale being 1.0."""
    return np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)


def pcm_of(samples: FloatArray) -> bytes:
    """Samples as int16 little-endian, channels interleaved; clipped at full scale."""
    scaled = np.round(samples * np.asarray(FULL_SCALE, dtype=samples.dtype))
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()


def _quiet_block(count: int) -> Iterator[Float32Array]:
    period = NOISE_FRAMES * FRAME
    for done in range(0, count, period):
        yield keep_awake_noise(min(period, count - done))
