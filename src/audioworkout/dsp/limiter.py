"""True peaks, and a limiter that keeps sound below a ceiling.

Samples are at 48 kHz, full scale being 1.0: one channel of shape (samples,), or several of shape
(samples, channels), which are limited alike. Peaks are in dBTP. Everything is done in steps of half
a millisecond, of which only those near a peak are looked at closely.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.loudness import Floats, Samples, from_decibels, to_decibels
from audioworkout.units import SAMPLES_PER_MS, Ms, round_up

STEP = 24
"""Samples in a step."""
LOOK_AHEAD: Ms = 5
"""The limiter moves over this long before a peak, and as long after it."""

_RAMP = np.arange(STEP, dtype=np.float32) / STEP
"""The way from one step to the next."""
_OVERSAMPLING = 4
_HALF_TAPS = 16
"""Half the length of the interpolating filter, in samples; twice what the standard asks for."""
_HIDDEN = 0.5
"""Where samples stay below this share of the ceiling, the wave between them stays below it too, but
for artful cases: of white noise at 0.7 one in two thousand rises above it, at 0.5 none in six."""


def true_peak(samples: Samples) -> float:
    """The highest point of the wave between and at the samples, four times oversampled (dBTP)."""
    return to_decibels(float(wave_peaks(samples).max(initial=0.0)))


def limit_channel(
    samples: Samples, ceiling: float, reach: Ms = LOOK_AHEAD
) -> npt.NDArray[np.float32]:
    """One channel with its true peaks brought down to `ceiling` (dBTP), same length.

    Looks ahead: the gain glides down `reach` ms before a peak and back after it. What is already
    below the ceiling comes back unchanged.
    """
    count = len(samples)
    out = np.zeros(round_up(count, STEP), dtype=np.float32)
    out[:count] = samples
    gain = limiter_factors(out[:, None], from_decibels(ceiling), reach)
    return (out if gain is None else out * gain)[:count]


def limiter_factors(samples: Samples, highest: float, reach: Ms) -> npt.NDArray[np.float32] | None:
    """The factor for each sample that keeps every channel's wave at or below `highest`.

    None where none is needed. The gain is found for every step, and lies on straight lines between.

    Args:
        samples: Shape (samples, channels); their number is a multiple of `STEP`.
        highest: An amplitude.
        reach: How long before a peak the gain begins to move, and after it is back (ms).
    """
    tops = np.abs(samples).reshape(-1, STEP * samples.shape[1]).max(axis=1)
    near = np.flatnonzero(tops > _HIDDEN * highest)
    if not near.size:
        return None
    tops[near] = _true_peaks_at(samples, near)
    if tops.max() <= highest:
        return None
    edges = np.maximum(pad_values(tops, 1, 0), pad_values(tops, 0, 1))
    gains = smooth_gain(edges, highest, reach * SAMPLES_PER_MS // STEP).astype(np.float32)
    between: Samples = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * _RAMP
    return between.astype(np.float32, copy=False).ravel()


def _true_peaks_at(samples: Samples, near: npt.NDArray[np.intp]) -> Samples:
    """True peaks of the loudest channel in steps by their number, all of them looked at as one."""
    around = STEP * near[:, None] + np.arange(-_HALF_TAPS, STEP + _HALF_TAPS)
    pieces = samples[np.clip(around, 0, len(samples) - 1)]
    pieces[(around < 0) | (around >= len(samples))] = 0
    peaks = [wave_peaks(pieces[:, :, channel].ravel()) for channel in range(samples.shape[1])]
    each = np.max(peaks, axis=0).reshape(len(near), -1)[:, _HALF_TAPS : _HALF_TAPS + STEP]
    highest: Samples = each.max(axis=1)
    return highest


def smooth_gain(peaks: Samples, highest: float, reach: int) -> Samples:
    """The factor that keeps each of `peaks` at or below `highest`, changing smoothly.

    It begins to move `reach` values before a peak and is back as many after it: the least factor
    wanted nearby, averaged twice over half of that neighbourhood.
    """
    wanted = highest / np.maximum(peaks, peaks.dtype.type(highest))
    around = pad_values(wanted, 2 * reach, 2 * reach, 1.0)
    least = _running_minimum(around, 2 * reach + 1)
    return _running_mean(_running_mean(least, reach + 1), reach + 1)


def _running_minimum(values: Samples, width: int) -> Samples:
    """The least of every `width` neighbours; `width - 1` values fewer (van Herk's method)."""
    count = len(values) - width + 1
    whole = pad_values(values, 0, -len(values) % width, np.inf).reshape(-1, width)
    so_far = np.minimum.accumulate(whole, axis=1).ravel()
    to_come = np.minimum.accumulate(whole[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.minimum(to_come[:count], so_far[width - 1 : width - 1 + count])


def _running_mean(values: Samples, width: int) -> Samples:
    """The mean of every `width` neighbours; `width - 1` values fewer."""
    sums = np.cumsum(pad_values(values, 1, 0), dtype=np.float64)
    return ((sums[width:] - sums[:-width]) / width).astype(values.dtype)


def pad_values(values: Samples, before: int, after: int, fill: float = 0.0) -> Samples:
    """The values with so many of `fill` around them; `np.pad` takes ten times as long for a few."""
    wide: Samples = np.full(before + len(values) + after, fill, dtype=values.dtype)
    wide[before : before + len(values)] = values
    return wide


def wave_peaks(samples: Samples) -> Samples:
    """For each sample the highest magnitude from it up to the next one, between them included."""
    if not len(samples):
        return np.zeros(0)
    wave = np.asarray(samples, dtype=np.result_type(samples, np.float32))
    around = pad_values(wave, _HALF_TAPS - 1, _HALF_TAPS)
    highest: Samples = np.abs(wave)
    for phase in range(1, _OVERSAMPLING):
        taps = _interpolation_taps(phase / _OVERSAMPLING).astype(wave.dtype)
        np.maximum(highest, np.abs(np.convolve(around, taps, "valid")), out=highest)
    return highest


@lru_cache(maxsize=_OVERSAMPLING)
def _interpolation_taps(fraction: float) -> Floats:
    """Windowed-sinc taps for the value `fraction` of the way from one sample to the next.

    Made for `np.convolve`, which turns them round.
    """
    at = np.arange(_HALF_TAPS, -_HALF_TAPS, -1) - fraction
    window: Floats = np.cos(np.pi * at / (2 * _HALF_TAPS + 1)) ** 2
    taps: Floats = np.sinc(at) * window
    return taps
