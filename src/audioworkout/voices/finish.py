"""Raw sound made into a clip: 48 kHz, level, trimmed, its onset exactly where mixing expects it.

Samples are one-dimensional arrays; lengths are in samples unless they say ms.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from audioworkout.loudness import amplitude, clip_loudness, extent
from audioworkout.model.timeline import LEAD, Clip
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms
from audioworkout.voices.voice import Raw

TAIL: Ms = 30
"""Kept after the last audible sample, fading out (docs/timing.md)."""

PEAK = -1.0
"""Where a clip's highest sample lies (dBFS): nothing clips, nothing is lost to rounding."""

SILENT = 33
"""Highest sample of sound that counts as none (of 32,767: -60 dBFS)."""

MARGIN: Ms = 50
"""Raw sound kept around the audible part while resampling."""

Ints = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float64]


def finished(raw: Raw) -> Clip | None:
    """The clip made of `raw`; None if there is no sound in it."""
    ints = np.frombuffer(raw.pcm[: len(raw.pcm) // 2 * 2], dtype=np.int16)
    samples = ints.astype(np.float64)
    if np.abs(samples).max(initial=0) <= SILENT:
        return None
    pcm, length = trimmed(levelled(resampled(_cropped(samples, raw.rate), raw.rate)))
    return Clip(
        pcm=pcm.astype("<i2").tobytes(),
        length=-(-length // SAMPLES_PER_MS),
        loudness=clip_loudness(pcm.astype(np.float32) / 32_768),
    )


def _cropped(samples: Floats, rate: int) -> Floats:
    """The audible part with `MARGIN` on either side, of quiet where there is no more.

    Engines end with up to half a second of silence, which need not be resampled.
    """
    start, end = extent(samples)
    margin = rate * MARGIN // 1_000
    return np.pad(samples, margin)[start : end + 2 * margin]


def resampled(samples: Floats, rate: int) -> Floats:
    """The same sound at 48 kHz, by way of its spectrum; `rate` in hertz.

    The spectrum is cut or continued with nothing, so the band below the lower of both limits is
    exact but for its last twentieth, which fades out lest every attack ring. The sound should
    begin and end in quiet, for a spectrum has no ends.
    """
    if rate == RATE:
        return samples
    common = math.gcd(rate, RATE)
    blocks = -(-len(samples) // (rate // common))
    blocks += -blocks % 16  # sizes without large prime factors are many times faster
    before, after = blocks * (rate // common), blocks * (RATE // common)
    spectrum = np.fft.rfft(samples, before)[: min(before, after) // 2 + 1]
    fading = len(spectrum) // 20
    if fading:
        spectrum[-fading:] *= np.cos(np.linspace(0, np.pi / 2, fading)) ** 2
    wave: Floats = np.fft.irfft(spectrum, after) * (after / before)
    return wave[: len(samples) * RATE // rate]


def levelled(samples: Floats) -> Floats:
    """Whole numbers for int16, the highest at `PEAK`. Clips are matched to each other in mixing."""
    gain = amplitude(PEAK) * 32_767 / float(np.abs(samples).max())
    level: Floats = np.rint(samples * gain)
    return level


def trimmed(samples: Floats) -> tuple[Ints, int]:
    """From `LEAD` before the first audible sample to `TAIL` after the last, and the length between.

    Only what is below the threshold is faded, so that the onset is found where it was put.
    """
    start, end = extent(samples)
    lead, tail = LEAD * SAMPLES_PER_MS, TAIL * SAMPLES_PER_MS
    around = np.pad(samples, (lead, tail))[start : end + lead + tail]
    around[:lead] *= np.linspace(0, 1, lead)
    around[-tail:] *= np.linspace(1, 0, tail)
    return around.astype(np.int16), end - start
