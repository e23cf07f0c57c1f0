"""Sound of any rate made ready to be a clip: 48 kHz, its onset exactly where mixing expects it.

Samples are one-dimensional arrays; lengths are in samples unless they say ms.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import audible_extent
from audioworkout.dsp.resampling import is_usual_rate, resample_all
from audioworkout.model.timeline import LEAD
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

Samples = npt.NDArray[np.floating[Any]]

TAIL: Ms = 30
"""Kept after the last audible sample, fading out (docs/timing.md)."""


def resample_clip(samples: Samples, rate: int) -> Samples:
    """The same sound at 48 kHz; `rate` in hertz."""
    if is_usual_rate(rate):
        return resample_all(samples.astype(np.float32, copy=False), rate)
    return _resample_by_spectrum(samples, rate)


def _resample_by_spectrum(samples: Samples, rate: int) -> Samples:
    """The same for any rate, in more time.

    The spectrum is cut or continued with nothing, so the band below the lower of both limits is
    exact but for its last twentieth, which fades out lest every attack ring. The sound should
    begin and end in quiet, for a spectrum has no ends.
    """
    common = math.gcd(rate, RATE)
    blocks = -(-len(samples) // (rate // common))
    blocks += -blocks % 16  # sizes without large prime factors are many times faster
    before, after = blocks * (rate // common), blocks * (RATE // common)
    spectrum = np.fft.rfft(samples, before)[: min(before, after) // 2 + 1]
    fading = len(spectrum) // 20
    if fading:
        spectrum[-fading:] *= np.cos(np.linspace(0, np.pi / 2, fading)) ** 2
    wave: Samples = np.fft.irfft(spectrum, after) * (after / before)
    return wave[: len(samples) * RATE // rate]


def trim_clip(samples: Samples) -> tuple[Samples, int]:
    """From `LEAD` before the first audible sample to `TAIL` after the last, and the length between.

    Only what is below the threshold is faded, so that the onset is found where it was put.
    """
    start, end = audible_extent(samples)
    lead, tail = LEAD * SAMPLES_PER_MS, TAIL * SAMPLES_PER_MS
    around = pad_values(samples, lead, tail)[start : end + lead + tail]
    around[:lead] *= np.linspace(0, 1, lead)
    around[-tail:] *= np.linspace(1, 0, tail)
    return around, end - start
