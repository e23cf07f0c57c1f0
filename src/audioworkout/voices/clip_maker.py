"""Raw sound made into a clip: 48 kHz, level, trimmed, its onset exactly where mixing expects it.

Samples are one-dimensional arrays in single precision, which is finer than 16 bits and takes half
the time; lengths are in samples unless they say ms.
"""

from __future__ import annotations

import numpy as np

from audioworkout.dsp.arrays import FloatArray
from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import (
    audible_extent,
    clip_hops,
    from_decibels,
    hops_loudness,
)
from audioworkout.dsp.trimming import resample_clip, trim_clip
from audioworkout.model.timeline import Clip
from audioworkout.units import SAMPLES_PER_MS, Ms
from audioworkout.voices.voice import Raw

PEAK = -1.0
"""Where a clip's highest sample lies (dBFS): nothing clips, nothing is lost to rounding."""

SILENT = 33
"""Highest sample of sound that counts as none (of 32,767: -60 dBFS)."""

MARGIN: Ms = 50
"""Raw sound kept around the audible part while resampling."""


def make_clip(raw: Raw) -> Clip | None:
    """The clip made of `raw`; None if there is no sound in it."""
    ints = np.frombuffer(raw.pcm[: len(raw.pcm) // 2 * 2], dtype=np.int16)
    samples = ints.astype(np.float32)
    if np.abs(samples).max(initial=0) <= SILENT:
        return None
    whole, length = trim_clip(
        level_to_peak(resample_clip(_crop_audible(samples, raw.rate), raw.rate))
    )
    pcm = whole.astype("<i2")
    hops = clip_hops(pcm.astype(np.float32) / np.float32(32_768))
    return Clip(
        pcm=pcm.tobytes(),
        length=-(-length // SAMPLES_PER_MS),
        loudness=hops_loudness(hops, len(pcm)),
        hops=hops.tobytes(),
    )


def _crop_audible(samples: FloatArray, rate: int) -> FloatArray:
    """The audible part with `MARGIN` on either side, of quiet where there is no more.

    Engines end with up to half a second of silence, which need not be resampled.
    """
    start, end = audible_extent(samples)
    margin = rate * MARGIN // 1_000
    return pad_values(samples, margin, margin)[start : end + 2 * margin]


def level_to_peak(samples: FloatArray) -> FloatArray:
    """Whole numbers for int16, the highest at `PEAK`. Clips are matched to each other in mixing."""
    gain = from_decibels(PEAK) * 32_767 / float(np.abs(samples).max())
    level: FloatArray = np.rint(samples * gain)
    return level
