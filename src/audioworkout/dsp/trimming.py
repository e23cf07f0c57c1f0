"""Trims sound to clips whose onset is exactly where mixing expects it.

Samples are one-dimensional arrays; lengths are in samples unless they say ms.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from audioworkout.dsp.arrays import FloatArray
from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import audible_extent, onset
from audioworkout.model.timeline import LEAD
from audioworkout.units import SAMPLES_PER_MS, Ms

SOFT_LEAD: Ms = 50
"""Most sound kept before the onset of a clip (ms)."""
FADE: Ms = 7
"""Length of the fade at a clip's end (ms), because engines may end abruptly, which clicks."""


class Trimmed(NamedTuple):
    """Samples of a clip, and the number of them before its onset."""

    samples: FloatArray
    lead: int

    @property
    def length(self) -> Ms:
        """Length from the onset to the end, rounded up (ms)."""
        return -(-(len(self.samples) - self.lead) // SAMPLES_PER_MS)


def trim_clip(samples: FloatArray) -> Trimmed:
    """Cut from `LEAD` before the first audible sample to the last one, with fades.

    No more than `SOFT_LEAD` is kept of an audible but soft beginning, such as the breath of an "f".
    """
    begin, end = audible_extent(samples)
    fall = min(FADE * SAMPLES_PER_MS, (end - begin) // 2)
    quiet = LEAD * SAMPLES_PER_MS
    around = pad_values(samples, quiet, 0)[: end + quiet]
    around[len(around) - fall :] *= np.cos(np.linspace(0, np.pi / 2, fall)) ** 2
    heard, (first, _) = onset(around), audible_extent(around)
    start = max(first, heard - SOFT_LEAD * SAMPLES_PER_MS) - quiet
    whole = around[start:]
    whole[:quiet] *= np.linspace(0, 1, quiet)
    return Trimmed(whole, heard - start)
