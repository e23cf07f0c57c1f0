"""Sound of any rate made ready to be a clip: 48 kHz, its onset exactly where mixing expects it.

Samples are one-dimensional arrays; lengths are in samples unless they say ms.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import audible_extent, onset
from audioworkout.dsp.resampling import is_usual_rate, resample_all
from audioworkout.model.timeline import LEAD
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

Samples = npt.NDArray[np.floating[Any]]

SOFT: Ms = 50
"""So much at most is kept of what is softer than where a clip is heard to begin."""
FADE: Ms = 7
"""A clip's end fades over this: engines stop dead, which clicks."""


class Trimmed(NamedTuple):
    """Samples of a clip, and how many of them come before it is heard to begin."""

    samples: Samples
    lead: int

    @property
    def length(self) -> Ms:
        """How long it sounds from there on, rounded up."""
        return -(-(len(self.samples) - self.lead) // SAMPLES_PER_MS)


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


def trim_clip(samples: Samples) -> Trimmed:
    """From `LEAD` before the first audible sample to the last, which are faded in and out.

    Of a beginning that is audible but too soft to be taken for one, such as the breath of an "f",
    no more than `SOFT` is kept.
    """
    begin, end = audible_extent(samples)
    fall = min(FADE * SAMPLES_PER_MS, (end - begin) // 2)
    quiet = LEAD * SAMPLES_PER_MS
    around = pad_values(samples, quiet, 0)[: end + quiet]
    around[len(around) - fall :] *= np.cos(np.linspace(0, np.pi / 2, fall)) ** 2
    heard, (first, _) = onset(around), audible_extent(around)
    start = max(first, heard - SOFT * SAMPLES_PER_MS) - quiet
    whole = around[start:]
    whole[:quiet] *= np.linspace(0, 1, quiet)
    return Trimmed(whole, heard - start)
