"""True peaks, and a limiter that keeps sound below a ceiling.

Samples are at 48 kHz, full scale being 1.0: one channel of shape (samples,), or several of shape
(samples, channels), which get the same gain. Peaks are in dBTP. The gain is computed in steps of
half a millisecond; only steps near a peak are oversampled.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.arrays import Float32Array, Float64Array, FloatArray
from audioworkout.dsp.loudness import from_decibels, to_decibels
from audioworkout.units import SAMPLES_PER_MS, Ms, round_up

LIMITER_STEP = 24
"""Samples in a step."""
LOOK_AHEAD: Ms = 5
"""The gain moves over this long before a peak, and over as long after it."""

_RAMP = np.arange(LIMITER_STEP, dtype=np.float32) / LIMITER_STEP
"""Interpolation weights from one step to the next."""
_OVERSAMPLING = 4
_HALF_TAPS = 16
"""Half the length of the interpolating filter, in samples; twice what the standard asks for."""
_HIDDEN = 0.5
"""Where samples are below this share of the ceiling, the wave between them is below the ceiling
too, except in constructed cases: of white noise at 0.7 one in two thousand exceeds it, at 0.5 none
in six thousand."""


def true_peak(samples: FloatArray) -> float:
    """The true peak, by four times oversampling (dBTP)."""
    return to_decibels(float(wave_peaks(samples).max(initial=0.0)))


def limit_channel(samples: FloatArray, ceiling: float, reach: Ms = LOOK_AHEAD) -> Float32Array:
    """One channel with its true peaks limited to `ceiling` (dBTP), of the same length.

    The gain falls during `reach` ms before a peak and returns after it. Sound that is already below
    the ceiling is returned unchanged.
    """
    count = len(samples)
    out = np.zeros(round_up(count, LIMITER_STEP), dtype=np.float32)
    out[:count] = samples
    gain = limiter_factors(out[:, None], from_decibels(ceiling), reach)
    return (out if gain is None else out * gain)[:count]


def limiter_factors(samples: FloatArray, highest: float, reach: Ms) -> Float32Array | None:
    """The factor for each sample that keeps every channel's wave at or below `highest`.

    None if no limiting is needed. The gain is computed for every step and linear in between.

    Args:
        samples: Shape (samples, channels); their number is a multiple of `LIMITER_STEP`.
        highest: An amplitude.
        reach: How long before a peak the gain begins to move, and after it has returned (ms).
    """
    tops = np.abs(samples).reshape(-1, LIMITER_STEP * samples.shape[1]).max(axis=1)
    near = np.flatnonzero(tops > _HIDDEN * highest)
    if not near.size:
        return None
    tops[near] = _true_peaks_at(samples, near)
    if tops.max() <= highest:
        return None
    edges = np.maximum(pad_values(tops, 1, 0), pad_values(tops, 0, 1))
    gains = smooth_gain(edges, highest, reach * SAMPLES_PER_MS // LIMITER_STEP).astype(np.float32)
    between: FloatArray = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * _RAMP
    return between.astype(np.float32, copy=False).ravel()


def _true_peaks_at(samples: FloatArray, near: npt.NDArray[np.intp]) -> FloatArray:
    """True peaks of the loudest channel in the steps `near`, joined into one array."""
    around = LIMITER_STEP * near[:, None] + np.arange(-_HALF_TAPS, LIMITER_STEP + _HALF_TAPS)
    pieces = samples[np.clip(around, 0, len(samples) - 1)]
    pieces[(around < 0) | (around >= len(samples))] = 0
    peaks = [wave_peaks(pieces[:, :, channel].ravel()) for channel in range(samples.shape[1])]
    each = np.max(peaks, axis=0).reshape(len(near), -1)[:, _HALF_TAPS : _HALF_TAPS + LIMITER_STEP]
    highest: FloatArray = each.max(axis=1)
    return highest


def smooth_gain(peaks: FloatArray, highest: float, reach: int) -> FloatArray:
    """The factor that keeps each of `peaks` at or below `highest`, changing smoothly.

    It moves during `reach` values before a peak and as many after it: the minimum of the necessary
    factors nearby, averaged twice over half of that range.
    """
    wanted = highest / np.maximum(peaks, peaks.dtype.type(highest))
    around = pad_values(wanted, 2 * reach, 2 * reach, 1.0)
    least = _running_minimum(around, 2 * reach + 1)
    return _running_mean(_running_mean(least, reach + 1), reach + 1)


def _running_minimum(values: FloatArray, width: int) -> FloatArray:
    """Minimum of every `width` neighbours; `width - 1` values fewer (van Herk's method)."""
    count = len(values) - width + 1
    whole = pad_values(values, 0, -len(values) % width, np.inf).reshape(-1, width)
    so_far = np.minimum.accumulate(whole, axis=1).ravel()
    to_come = np.minimum.accumulate(whole[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.minimum(to_come[:count], so_far[width - 1 : width - 1 + count])


def _running_mean(values: FloatArray, width: int) -> FloatArray:
    """Mean of every `width` neighbours; `width - 1` values fewer."""
    sums = np.cumsum(pad_values(values, 1, 0), dtype=np.float64)
    return ((sums[width:] - sums[:-width]) / width).astype(values.dtype)


def pad_values(values: FloatArray, before: int, after: int, fill: float = 0.0) -> FloatArray:
    """The values with `before` and `after` times `fill` around them, faster than `np.pad`."""
    wide: FloatArray = np.full(before + len(values) + after, fill, dtype=values.dtype)
    wide[before : before + len(values)] = values
    return wide


def wave_peaks(samples: FloatArray) -> FloatArray:
    """For each sample, the highest magnitude of the wave from it up to the next sample."""
    if not len(samples):
        return np.zeros(0)
    wave = np.asarray(samples, dtype=np.result_type(samples, np.float32))
    around = pad_values(wave, _HALF_TAPS - 1, _HALF_TAPS)
    highest: FloatArray = np.abs(wave)
    for phase in range(1, _OVERSAMPLING):
        taps = _interpolation_taps(phase / _OVERSAMPLING).astype(wave.dtype)
        np.maximum(highest, np.abs(np.convolve(around, taps, "valid")), out=highest)
    return highest


@lru_cache(maxsize=_OVERSAMPLING)
def _interpolation_taps(fraction: float) -> Float64Array:
    """Windowed-sinc taps for the value `fraction` of the way from one sample to the next.

    In reverse order, as `np.convolve` needs them.
    """
    at = np.arange(_HALF_TAPS, -_HALF_TAPS, -1) - fraction
    window: Float64Array = np.cos(np.pi * at / (2 * _HALF_TAPS + 1)) ** 2
    taps: Float64Array = np.sinc(at) * window
    return taps
