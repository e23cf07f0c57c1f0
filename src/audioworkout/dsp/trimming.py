"""Sound trimmed to be a clip: its onset exactly where mixing expects it.

Samples are one-dimensional arrays; lengths are in samples unless they say ms.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import pad_values
from audioworkout.dsp.loudness import audible_extent, onset
from audioworkout.model.timeline import LEAD
from audioworkout.units import SAMPLES_PER_MS, Ms

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
