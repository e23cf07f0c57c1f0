"""Raw sound made into a clip: 48 kHz, level, trimmed, its onset exactly where mixing expects it.

Samples are one-dimensional arrays in single precision, which is finer than 16 bits and takes half
the time; lengths are in samples unless they say ms.
"""

from __future__ import annotations

import numpy as np

from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import (
    SMALL,
    ClipLevels,
    Samples,
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

PEAK = -1.0
"""Where a clip's highest sample lies (dBFS): nothing clips, nothing is lost to rounding."""

SILENT = 33
"""Highest sample of sound that counts as none (of 32,767: -60 dBFS)."""

MARGIN: Ms = 50
"""Raw sound kept around the audible part while resampling."""

SMALL_SHARE = 0.53
"""Share of the small loudspeaker in the loudness that words are matched by."""
OVER_BEEPS = 0.3
"""Words are so much louder than beeps, which small loudspeakers give in full (LU)."""
MOST_BELOW = 4.4
"""No more of a clip's loudness than this may lie where small loudspeakers give nothing (LU).

With this and the two above, words of espeak-ng, Piper and the natural voice and the beeps are
within 2.5 LU of each other on a large loudspeaker as on a small one (docs/listening.md).
"""
_PASSES = 3
"""Times the low end is lowered at most: each time a tenth of what is missing is left over."""


def make_clip(raw: Raw) -> Clip | None:
    """The clip made of `raw`; None if there is no sound in it."""
    ints = np.frombuffer(raw.pcm[: len(raw.pcm) // 2 * 2], dtype=np.int16)
    samples = ints.astype(np.float32)
    if np.abs(samples).max(initial=0) <= SILENT:
        return None
    samples = resample_clip(_crop_audible(samples, raw.rate), raw.rate)
    clip, levels = _measured(samples)
    for _ in range(_PASSES):
        if levels.below <= MOST_BELOW + 0.05 or not np.isfinite(levels.below):
            break
        samples = lightened(samples, levels.below)
        clip, levels = _measured(samples)
    return Clip(
        pcm=clip.samples.astype("<i2").tobytes(),
        length=clip.length,
        loudness=speech_loudness(levels),
        lead=clip.lead,
        hops=levels.hops.tobytes(),
    )


def speech_loudness(levels: ClipLevels) -> float:
    """The loudness by which words are matched to each other and to the beeps (LUFS).

    Between that on a large and that on a small loudspeaker, where six, fifteen and a beep would
    differ by 6 LU if they were matched on a large one alone.
    """
    return levels.large - SMALL_SHARE * levels.below - OVER_BEEPS


def lightened(samples: Samples, below: float) -> Samples:
    """Sound with so much of its loudness below `SMALL` (LU) as it is with `MOST_BELOW` there.

    What lies below is lowered, by some dB, and without a change of phase.
    """
    left = (from_decibels(MOST_BELOW) ** 2 - 1) / (from_decibels(below) ** 2 - 1)
    size = 1 << (len(samples) + RATE // 100).bit_length()
    passed = high_pass(np.fft.rfftfreq(size, 1 / RATE), SMALL)
    gains = np.sqrt(passed + left * (1 - passed)).astype(np.float32)
    lighter: Samples = np.fft.irfft(np.fft.rfft(samples, size) * gains, size)[: len(samples)]
    return lighter


def _measured(samples: Samples) -> tuple[Trimmed, ClipLevels]:
    """The clip of some sound, of whole numbers, and how loud it is."""
    clip = trim_clip(samples)
    clip = clip._replace(samples=level_to_peak(clip.samples))
    return clip, clip_levels(clip.samples.astype(np.float32) / np.float32(32_768))


def _crop_audible(samples: Samples, rate: int) -> Samples:
    """The audible part with `MARGIN` on either side, of quiet where there is no more.

    Engines end with up to half a second of silence, which need not be resampled.
    """
    start, end = audible_extent(samples)
    margin = rate * MARGIN // 1_000
    return pad_values(samples, margin, margin)[start : end + 2 * margin]


def level_to_peak(samples: Samples) -> Samples:
    """Whole numbers for int16, the highest at `PEAK`. Clips are matched to each other in mixing."""
    gain = from_decibels(PEAK) * 32_767 / float(np.abs(samples).max())
    level: Samples = np.rint(samples * gain)
    return level
