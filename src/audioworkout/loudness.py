"""How loud sound is: loudness after ITU-R BS.1770-4, true peak, and a limiter that keeps below it.

Samples are one-dimensional float arrays at 48 kHz, mono, full scale being 1.0. Loudness is in LUFS
(one channel of weight 1), true peak in dBTP.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from audioworkout.units import SAMPLES_PER_MS, Ms, round_up

Samples = npt.NDArray[np.floating[Any]]
Floats = npt.NDArray[np.float64]

SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Numerators and denominators of the two biquads at 48 kHz (BS.1770-4, annex 1, tables 1 and 2)."""

OFFSET = -0.691
"""What BS.1770 adds so that a 997 Hz sine at 0 dBFS reads -3.01 LUFS."""
SILENCE = -70.0
"""The absolute gate: quieter blocks do not count (LUFS)."""
RELATIVE_GATE = -10.0
"""Blocks this far below the mean of the others do not count either (LU)."""
HOP: Ms = 100
"""Blocks are 400 ms long and begin every 100 ms."""
HOPS = 4

AUDIBLE = -45.0
"""Where a clip begins and ends to sound: its samples above this, in dB below its peak."""

_DECAY = 4_096
"""Samples after which the filters' response has died away (0.995 to this power is 1e-9)."""
_BLOCK = 4 * _DECAY
"""Samples filtered at once, the decay included; of twice or half the size it takes longer."""
_OVERSAMPLING = 4
_HALF_TAPS = 16
"""Half the length of the interpolating filter, in samples; twice what the standard asks for."""
LOOK_AHEAD: Ms = 5
"""The limiter moves over this long before a peak, and as long after it."""


def decibels(ratio: float) -> float:
    """An amplitude ratio in dB; minus infinity for 0.

    >>> round(decibels(0.5), 2), decibels(0.0)
    (-6.02, -inf)
    """
    return 20 * math.log10(ratio) if ratio > 0 else -math.inf


def amplitude(db: float) -> float:
    """The amplitude ratio of so many dB.

    >>> round(amplitude(-6.0206), 4)
    0.5
    """
    return float(10 ** (db / 20))


def k_weighted(samples: Samples) -> Floats:
    """The samples through the K filter (head and low end), same length.

    Done on the spectrum, for numpy has no recursive filter: block by block, the response of each
    running on into the next, which is short enough for that.
    """
    step = _BLOCK - _DECAY
    blocks = np.zeros((round_up(len(samples), step) // step, step))
    blocks.ravel()[: len(samples)] = samples
    zeros = np.fft.rfft(np.convolve(SHELF[0], HIGH_PASS[0]), _BLOCK)
    poles = np.fft.rfft(np.convolve(SHELF[1], HIGH_PASS[1]), _BLOCK)
    weighted = np.fft.irfft(np.fft.rfft(blocks, _BLOCK) * (zeros / poles), _BLOCK)
    weighted[1:, :_DECAY] += weighted[:-1, step:]
    flat: Floats = weighted[:, :step].ravel()
    return flat[: len(samples)]


def energies(squares: Floats, step: Ms) -> Floats:
    """Sums of squared samples over each whole `step` ms; a rest at the end is left out."""
    size = step * SAMPLES_PER_MS
    whole = len(squares) // size
    sums: Floats = squares[: whole * size].reshape(whole, size).sum(axis=1)
    return sums


def gated(hops: Floats) -> float:
    """Integrated loudness (LUFS) of a programme given as its energy in each 100 ms.

    The two gates of BS.1770-4. Minus infinity where nothing passes the first, or where the
    programme is shorter than one block of 400 ms.
    """
    if len(hops) < HOPS:
        return -math.inf
    blocks = np.convolve(hops, np.ones(HOPS), "valid") / (HOPS * HOP * SAMPLES_PER_MS)
    loud = blocks[blocks > mean_square(SILENCE)]
    if not loud.size:
        return -math.inf
    gate = float(loud.mean()) * 10 ** (RELATIVE_GATE / 10)
    return _lufs(float(loud[loud > gate].mean()))


def integrated_loudness(samples: Samples) -> float:
    """Gated loudness of a whole programme (LUFS); minus infinity for silence."""
    return gated(energies(np.square(k_weighted(samples)), HOP))


def clip_loudness(samples: Samples) -> float:
    """Loudness of one clip (LUFS); minus infinity for silence.

    As a programme where it lasts 400 ms or more; a shorter one, which the standard does not cover,
    is measured as one block of its own length.
    """
    squares = np.square(k_weighted(samples))
    whole = np.pad(squares, (0, -len(squares) % SAMPLES_PER_MS))
    return loudness_of_energies(energies(whole, 1), len(samples))


def loudness_of_energies(each_ms: Floats, samples: int) -> float:
    """Loudness of a clip (LUFS) of so many samples, given as its K-weighted energy in each ms."""
    if samples >= HOPS * HOP * SAMPLES_PER_MS:
        whole = samples // (HOP * SAMPLES_PER_MS)
        return gated(each_ms[: whole * HOP].reshape(whole, HOP).sum(axis=1))
    return _lufs(float(each_ms.sum()) / samples) if samples else -math.inf


def extent(samples: Samples) -> tuple[int, int]:
    """Index of the first audible sample, and of the one after the last; (0, 0) for silence."""
    magnitude = np.abs(samples, dtype=np.result_type(samples, np.float32))
    audible = np.flatnonzero(magnitude > magnitude.max(initial=0.0) * amplitude(AUDIBLE))
    return (int(audible[0]), int(audible[-1]) + 1) if audible.size else (0, 0)


def true_peak(samples: Samples) -> float:
    """The highest point of the wave between and at the samples, four times oversampled (dBTP)."""
    return decibels(float(wave_peaks(samples).max(initial=0.0)))


def limited(samples: Samples, ceiling: float, reach: Ms = LOOK_AHEAD) -> npt.NDArray[np.float32]:
    """The samples with their true peaks brought down to `ceiling` (dBTP), same length.

    Looks ahead: the gain glides down `reach` ms before a peak and back after it. What is already
    below the ceiling comes back unchanged.
    """
    highest = amplitude(ceiling)
    span = reach * SAMPLES_PER_MS
    out = np.array(samples, dtype=np.float32)
    # Between samples a wave rises to twice their height only in artful cases.
    loud = np.flatnonzero(np.abs(out) > highest / 2)
    for start, end in _stretches(loud, 2 * span + _HALF_TAPS, len(out)):
        peaks = wave_peaks(out[start:end])
        if peaks.max() > highest:
            out[start:end] *= limiter_gain(peaks, highest, span)
    return out


def _stretches(places: npt.NDArray[np.intp], margin: int, count: int) -> Iterator[tuple[int, int]]:
    """Start and end of what lies within `margin` of these places (in order), of `count` in all."""
    if not places.size:
        return
    gaps = np.flatnonzero(np.diff(places) > 2 * margin)
    firsts = [int(places[0]), *places[gaps + 1].tolist()]
    lasts = [*places[gaps].tolist(), int(places[-1])]
    for first, last in zip(firsts, lasts, strict=True):
        yield max(0, first - margin), min(count, last + margin + 1)


def limiter_gain(peaks: Samples, highest: float, reach: int) -> Floats:
    """The factor that keeps each of `peaks` at or below `highest`, changing smoothly.

    It begins to move `reach` values before a peak and is back as many after it: the least factor
    wanted nearby, averaged twice over half of that neighbourhood.
    """
    wanted = highest / np.maximum(peaks, highest)
    around = _within(1.0, wanted, 2 * reach, 2 * reach)
    least = _least(around, 2 * reach + 1)
    return _mean(_mean(least, reach + 1), reach + 1)


def _least(values: Samples, width: int) -> Samples:
    """The least of every `width` neighbours; `width - 1` values fewer (van Herk's method)."""
    count = len(values) - width + 1
    padded = _within(np.inf, values, 0, -len(values) % width).reshape(-1, width)
    so_far = np.minimum.accumulate(padded, axis=1).ravel()
    to_come = np.minimum.accumulate(padded[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.minimum(to_come[:count], so_far[width - 1 : width - 1 + count])


def _mean(values: Samples, width: int) -> Floats:
    """The mean of every `width` neighbours; `width - 1` values fewer."""
    sums = np.cumsum(_within(0.0, values, 1, 0), dtype=np.float64)
    return (sums[width:] - sums[:-width]) / width


def _within(fill: float, values: Samples, before: int, after: int) -> Samples:
    """The values with so many of `fill` around them; `np.pad` takes ten times as long for a few."""
    wide: Samples = np.full(before + len(values) + after, fill, dtype=values.dtype)
    wide[before : before + len(values)] = values
    return wide


def wave_peaks(samples: Samples) -> Samples:
    """For each sample the highest magnitude from it up to the next one, between them included."""
    if not len(samples):
        return np.zeros(0)
    wave = np.asarray(samples, dtype=np.result_type(samples, np.float32))
    padded = _within(0.0, wave, _HALF_TAPS - 1, _HALF_TAPS)
    highest: Samples = np.abs(wave)
    for phase in range(1, _OVERSAMPLING):
        taps = _between(phase / _OVERSAMPLING).astype(wave.dtype)
        np.maximum(highest, np.abs(np.convolve(padded, taps, "valid")), out=highest)
    return highest


def _between(fraction: float) -> Floats:
    """Windowed-sinc taps for the value `fraction` of the way from one sample to the next.

    Made for `np.convolve`, which turns them round.
    """
    at = np.arange(_HALF_TAPS, -_HALF_TAPS, -1) - fraction
    window: Floats = np.cos(np.pi * at / (2 * _HALF_TAPS + 1)) ** 2
    taps: Floats = np.sinc(at) * window
    return taps


def _lufs(mean_square: float) -> float:
    return OFFSET + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def mean_square(lufs: float) -> float:
    """The mean of squared K-weighted samples that reads so many LUFS."""
    return float(10 ** ((lufs - OFFSET) / 10))
