"""Makes a clip of an engine's sound: resampled to 48 kHz, levelled, trimmed, its onset located.

Samples are float32 arrays of shape (samples,): finer than 16 bits, and twice as fast as float64.
Lengths are in samples unless they say ms.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from audioworkout.dsp.arrays import Float64Array, FloatArray
from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import (
    SMALL_SPEAKER_CUTOFF,
    ClipLevels,
    audible_extent,
    clip_levels,
    from_decibels,
    high_pass,
)
from audioworkout.dsp.resampling import resample_clip
from audioworkout.dsp.trimming import Trimmed, trim_clip
from audioworkout.model.timeline import Clip
from audioworkout.units import RATE, Ms
from audioworkout.voices.voice import Raw

CLIP_PEAK = -1.0
"""Level of a clip's highest sample (dBFS): high enough for rounding, and nothing clips."""

SILENT_CLIP = 33
"""Sound whose highest sample is not above this counts as silence (of 32,767: -60 dBFS)."""

TRIM_MARGIN: Ms = 50
"""Quiet around the audible part while resampling, for the filter's ringing."""

SMALL_SHARE = 0.53
"""Weight of the loudness on a small loudspeaker in the loudness by which words are matched."""
OVER_BEEPS = 0.3
"""Words are louder than beeps by this (LU), because small loudspeakers play beeps in full."""
MOST_BELOW = 4.4
"""Maximum loss of a clip's loudness on a small loudspeaker (LU).

With the three values above, words of espeak-ng, Piper and the natural voice and the beeps are
within 2.5 LU of each other on large and on small loudspeakers (docs/lab/listening.md).
"""
_PASSES = 3
"""Maximum number of times the low end is lowered; each pass leaves about a tenth of the error."""


def make_clip(raw: Raw) -> Clip | None:
    """Make the clip of an engine's sound; None if it is silent."""
    ints = np.frombuffer(raw.pcm[: len(raw.pcm) // 2 * 2], dtype=np.int16)
    samples = ints.astype(np.float32)
    if np.abs(samples).max(initial=0) <= SILENT_CLIP:
        return None
    samples = resample_clip(_crop_audible(samples, raw.rate), raw.rate)
    clip, levels = _trim_and_measure(samples)
    for _ in range(_PASSES):
        if levels.below <= MOST_BELOW + 0.05 or not np.isfinite(levels.below):
            break
        samples = lower_bass(samples, levels.below)
        clip, levels = _trim_and_measure(samples)
    return Clip(
        pcm=clip.samples.astype("<i2").tobytes(),
        length=clip.length,
        loudness=speech_loudness(levels),
        lead=clip.lead,
        hops=levels.hops.tobytes(),
    )


def speech_loudness(levels: ClipLevels) -> float:
    """The loudness by which words are matched to each other and to the beeps (LUFS).

    It lies between the loudness on a large and on a small loudspeaker. Matched on a large one
    alone, "six", "fifteen" and a beep would differ by 6 LU on a small one.
    """
    return levels.large - SMALL_SHARE * levels.below - OVER_BEEPS


def lower_bass(samples: FloatArray, below: float) -> FloatArray:
    """Lower the bass until a small loudspeaker loses at most `MOST_BELOW` of the loudness.

    The phase does not change.

    Args:
        samples: Shape (samples,).
        below: The loss now (LU).
    """
    left = (from_decibels(MOST_BELOW) ** 2 - 1) / (from_decibels(below) ** 2 - 1)
    size = 1 << (len(samples) + RATE // 100).bit_length()
    passed = _energy_on_small_speaker(size)
    gains = np.sqrt(passed + left * (1 - passed)).astype(np.float32)
    lowered: FloatArray = np.fft.irfft(np.fft.rfft(samples, size) * gains, size)[: len(samples)]
    return lowered


@lru_cache(maxsize=8)
def _energy_on_small_speaker(size: int) -> Float64Array:
    """The part of the energy at each frequency that a small loudspeaker plays."""
    return high_pass(np.fft.rfftfreq(size, 1 / RATE), SMALL_SPEAKER_CUTOFF)


def _trim_and_measure(samples: FloatArray) -> tuple[Trimmed, ClipLevels]:
    """The trimmed clip, its samples rounded to whole numbers, and its levels."""
    clip = trim_clip(samples)
    clip = clip._replace(samples=level_to_peak(clip.samples))
    return clip, clip_levels(clip.samples.astype(np.float32) / np.float32(32_768))


def _crop_audible(samples: FloatArray, rate: int) -> FloatArray:
    """The audible part with `TRIM_MARGIN` of sound or silence on either side.

    Engines add up to half a second of silence at the end, which need not be resampled.
    """
    start, end = audible_extent(samples)
    margin = rate * TRIM_MARGIN // 1_000
    return pad_values(samples, margin, margin)[start : end + 2 * margin]


def level_to_peak(samples: FloatArray) -> FloatArray:
    """Scale to a peak of `CLIP_PEAK` and round for int16; mixing matches clips to each other."""
    gain = from_decibels(CLIP_PEAK) * 32_767 / float(np.abs(samples).max())
    level: FloatArray = np.rint(samples * gain)
    return level
