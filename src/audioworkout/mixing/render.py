"""Samples: one island, or the whole mix block by block.

Beneath everything lies faint noise, because headsets and speakers fall asleep in digital silence
and swallow the next cue. Samples are mono at 48 kHz.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audioworkout.loudness import LOOK_AHEAD, Samples, amplitude, limited
from audioworkout.mixing.plan import NOISE_FRAMES, Island, Part, Plan, samples_in
from audioworkout.model.timeline import Sounding
from audioworkout.units import FRAME, Ms, round_up

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


ALONE = Limit(ceiling=-3.0, reach=LOOK_AHEAD, most_trim=3.0)
CEILING = ALONE.ceiling

FULL_SCALE = 32_768
_SEED = 48_000


def keep_awake(count: int) -> Floats:
    """The first so many samples of the noise: white, the same every time.

    From Python's generator, whose numbers are promised to stay the same, which numpy's are not.
    """
    drawn = round_up(2 * min(count, NOISE_FRAMES * FRAME), 4)  # the generator makes four at a time
    raw = random.Random(_SEED).randbytes(drawn)
    uniform = np.frombuffer(raw, "<i2").astype(np.float32)
    noise = uniform * np.float32(math.sqrt(3) * amplitude(NOISE) / FULL_SCALE)
    return np.resize(noise, count)


def render(island: Island, limit: Limit | None = ALONE) -> Floats:
    """Samples of an island, noise included; shape (island.samples,), below full scale.

    With no `limit` they may pass it: that is left to whoever adds something to them.
    """
    mix = np.zeros(island.samples, dtype=np.float32)
    for part in island.parts:
        _add(mix, part)
    if limit is not None:
        mix = limited(mix, limit.ceiling, limit.reach)
    return mix + keep_awake(len(mix))


def render_noise(frames: int) -> Floats:
    """The noise that fills so many MP3 frames."""
    return keep_awake(samples_in(frames))


def render_blocks(plan: Plan, limit: Limit | None = ALONE) -> Iterator[Floats]:
    """The whole mix in order, in blocks of at most 30 s where nothing sounds.

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


def _add(mix: Floats, part: Part) -> None:
    """Add a part where it lies; what lies outside the mix is left out."""
    begin, stop = max(0, part.at), min(len(mix), part.at + part.take.samples)
    if stop > begin:
        clip = samples_of(part.take.clip)[begin - part.at : stop - part.at]
        mix[begin:stop] += clip * np.float32(amplitude(part.take.gain / 100))


def _quiet(count: int) -> Iterator[Floats]:
    period = NOISE_FRAMES * FRAME
    for done in range(0, count, period):
        yield keep_awake(min(period, count - done))
