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

from audioworkout.limiting import LOOK_AHEAD, limited
from audioworkout.loudness import Samples, amplitude
from audioworkout.mixing.plan import NOISE_FRAMES, Island, Plan, samples_in
from audioworkout.model.timeline import Sounding
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


def alone(kbps: int | None) -> Limit:
    """The limiter for words without music at a bit rate; None where nothing is lost."""
    return replace(ALONE, ceiling=ALONE.ceiling - for_few_bits(_LOWER_FOR_FEW_BITS, kbps))


def for_few_bits(table: Sequence[tuple[int, float]], kbps: int | None) -> float:
    """What a table of bit rates and dB says of a bit rate (kbit/s): that of the first not below it.

    >>> [for_few_bits(((32, 2.5), (40, 1.5)), kbps) for kbps in (32, 40, 48, None)]
    [2.5, 1.5, 0.0, 0.0]
    """
    return next((db for most, db in table if kbps is not None and kbps <= most), 0.0)


FULL_SCALE = 32_768
_SEED = 48_000


def keep_awake(count: int) -> Floats:
    """The first so many samples of the noise: white, the same every time."""
    drawn = np.frombuffer(_drawn(), "<i2")
    factor = np.float32(math.sqrt(3) * amplitude(NOISE) / FULL_SCALE)
    return np.resize(drawn[:count] * factor, count)


@lru_cache(maxsize=1)
def _drawn() -> bytes:
    """A period of the noise as int16, of even distribution over all values.

    From Python's generator, whose numbers are promised to stay the same; numpy's are not.
    """
    return random.Random(_SEED).randbytes(2 * NOISE_FRAMES * FRAME)


def render(island: Island, limit: Limit | None = ALONE) -> Floats:
    """Samples of an island, noise included; shape (island.samples,), below full scale.

    With no `limit` they may pass it: that is left to whoever adds something to them.
    """
    return laid(island, mixed(island, limit))


def mixed(island: Island, limit: Limit | None = ALONE) -> Floats:
    """What sounds in an island, from its first part's first sample: the same for equal shapes."""
    start = island.parts[0].at
    mix = np.zeros(max(part.at + part.take.samples for part in island.parts) - start, np.float32)
    for part in island.parts:
        clip = samples_of(part.take.clip) * np.float32(amplitude(part.take.gain / 100))
        mix[part.at - start :][: len(clip)] += clip
    return mix if limit is None else limited(mix, limit.ceiling, limit.reach)


def laid(island: Island, sound: Floats) -> Floats:
    """What sounds in an island laid where it begins, noise beneath it.

    What would lie before the file's beginning or behind its end is left out.
    """
    samples = keep_awake(island.samples)
    start = island.parts[0].at
    heard = sound[max(0, -start) : island.samples - start]
    samples[max(0, start) :][: len(heard)] += heard
    return samples


def render_noise(frames: int) -> Floats:
    """The noise that fills so many MP3 frames."""
    return keep_awake(samples_in(frames))


def render_blocks(plan: Plan, limit: Limit | None = ALONE) -> Iterator[Floats]:
    """The whole mix in order, in blocks of at most 12 s where nothing sounds.

    Their lengths add up to `plan.samples`. Memory is that of the longest island.
    """
    reached = 0
    for island in plan.islands:
        start = island.frame * FRAME
        yield from _quiet(start - reached)
        block = render(island, limit)[: plan.samples - start]
        yield block
        reached = start + len(block)
    yield from _quiet(plan.samples - reached)


def samples_of(clip: Sounding) -> Floats:
    """A clip's samples as floats, full scale being 1.0."""
    return np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)


def pcm_of(samples: Samples) -> bytes:
    """Samples as int16 little-endian, channels in turn; what passes full scale is cut off."""
    scaled = np.round(samples * np.asarray(FULL_SCALE, dtype=samples.dtype))
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()


def _quiet(count: int) -> Iterator[Floats]:
    period = NOISE_FRAMES * FRAME
    for done in range(0, count, period):
        yield keep_awake(min(period, count - done))
