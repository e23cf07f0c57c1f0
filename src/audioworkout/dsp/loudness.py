"""Loudness after ITU-R BS.1770-4.

Samples are one-dimensional float arrays at 48 kHz, mono, full scale being 1.0. Loudness is in
LUFS (one channel of weight 1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.arrays import Float64Array, FloatArray
from audioworkout.units import RATE, SAMPLES_PER_MS, SECOND, Ms, round_up

SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Numerators and denominators of the two biquads at 48 kHz (BS.1770-4, annex 1, tables 1 and 2)."""

OFFSET = -0.691
"""Constant of BS.1770: with it a 997 Hz sine at 0 dBFS measures -3.01 LUFS."""
SILENCE = -70.0
"""The absolute gate: blocks below it are ignored (LUFS)."""
RELATIVE_GATE = -10.0
"""Blocks this far below the mean of the others do not count either (LU)."""
SMALL_SPEAKER_CUTOFF = 500.0
"""What lies below this a phone's loudspeaker hardly gives (hertz)."""
HOP: Ms = 100
"""Distance of blocks: they are 400 ms long (`HOPS` times this) and begin every 100 ms."""
HOPS = 4

AUDIBLE = -45.0
"""FloatArray above this are audible (dB, against the peak of their clip)."""
HEARD = -30.0
"""At the first sample above this a clip is heard to begin (dB, against its peak)."""


def to_decibels(ratio: float) -> float:
    """An amplitude ratio in dB; minus infinity for 0.

    >>> round(to_decibels(0.5), 2), to_decibels(0.0)
    (-6.02, -inf)
    """
    return 20 * math.log10(ratio) if ratio > 0 else -math.inf


def from_decibels(db: float) -> float:
    """The amplitude ratio of a value in dB.

    >>> round(from_decibels(-6.0206), 4)
    0.5
    """
    return float(10 ** (db / 20))


def hop_energies(samples: FloatArray, rate: int = RATE) -> Float64Array:
    """K-weighted energy in each whole 100 ms, as sums of 4,800 squared samples.

    The filter is applied to the spectrum of each 100 ms separately (Parseval's theorem): its
    impulse response is so much shorter that little energy crosses the edges. A test compares it
    with a continuous filter. Sound of another rate needs no resampling: weights depend on the
    frequency.

    Args:
        samples: One channel.
        rate: Sample rate (Hz).
    """
    return _energies(samples, rate, [None])[0]


def _energies(samples: FloatArray, rate: int, bands: Sequence[float | None]) -> list[Float64Array]:
    """The same for each of several bands: above so many hertz, or everything for None."""
    size = rate * HOP // SECOND
    whole = len(samples) // size
    spectrum = np.fft.rfft(samples[: whole * size].reshape(whole, size))
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    # Not by @, which BLAS would do in several threads.
    return [
        (power * _k_weights(size, rate, above)).sum(axis=1, dtype=np.float64) for above in bands
    ]


def high_pass(hertz: FloatArray, corner: float) -> Float64Array:
    """What a Butterworth filter of fourth order lets through of the energy at each frequency."""
    passed: Float64Array = 1 / (1 + (corner / np.maximum(hertz, 1e-9)) ** 8)
    return passed


@lru_cache(maxsize=8)
def _k_weights(size: int, rate: int, above: float | None) -> npt.NDArray[np.float32]:
    """What each bin of a spectrum adds to the energy of 100 ms at 48 kHz."""
    hertz = np.arange(size // 2 + 1) * rate / size
    delay = np.exp(-2j * np.pi * np.minimum(hertz, RATE / 2) / RATE)
    response = np.ones(len(hertz), dtype=complex)
    for zeros, poles in (SHELF, HIGH_PASS):
        response *= np.polyval(zeros[::-1], delay) / np.polyval(poles[::-1], delay)
    twice = np.where((hertz == 0) | (2 * np.arange(len(hertz)) == size), 1.0, 2.0)
    passed = high_pass(hertz, above) if above is not None else 1.0
    heard = (hertz <= RATE / 2) * twice * np.square(np.abs(response)) * passed
    return (heard * HOP * SAMPLES_PER_MS / size**2).astype(np.float32)


def gated_loudness(hops: Float64Array) -> float:
    """Integrated loudness (LUFS) of a programme, from its energy in each 100 ms.

    With both gates of BS.1770-4. Minus infinity if nothing passes the absolute gate, or if the
    programme is shorter than one block of 400 ms.
    """
    if len(hops) < HOPS:
        return -math.inf
    blocks = block_mean_squares(hops)[: 1 - HOPS]
    return to_lufs(float(gated_mean_squares(blocks, np.zeros(len(blocks), np.intp), 1)[0]))


def block_mean_squares(hops: Float64Array) -> Float64Array:
    """Mean square of the 400 ms block that begins at each 100 ms; the last three exceed the end."""
    return np.convolve(hops, np.ones(HOPS))[HOPS - 1 :] / (HOPS * HOP * SAMPLES_PER_MS)


def gated_mean_squares(
    blocks: Float64Array, owners: npt.NDArray[np.intp], count: int
) -> Float64Array:
    """For each owner, the mean of its blocks that pass both gates of BS.1770-4; 0 if none do.

    Args:
        blocks: Mean squares.
        owners: The owner of each block, from 0: several clips are measured at once.
        count: Number of owners.
    """
    gate = np.full(count, from_lufs(SILENCE))
    means = np.zeros(count)
    for _ in range(2):
        loud = blocks > gate[owners]
        sums = np.bincount(owners[loud], weights=blocks[loud], minlength=count)
        means = sums / np.maximum(np.bincount(owners[loud], minlength=count), 1)
        gate = np.maximum(gate, means * 10 ** (RELATIVE_GATE / 10))
    return means


def integrated_loudness(samples: FloatArray) -> float:
    """Gated loudness of a whole programme (LUFS); minus infinity for silence."""
    return gated_loudness(hop_energies(samples))


def clip_loudness(samples: FloatArray) -> float:
    """Loudness of one clip (LUFS); minus infinity for silence.

    As for a programme if it lasts 400 ms or more; a shorter clip, which the standard does not
    define, is measured as one block of its own length.
    """
    return hops_loudness(clip_hops(samples), len(samples))


def clip_hops(samples: FloatArray) -> Float64Array:
    """K-weighted energy in each 100 ms of a clip, quiet being added to the last."""
    return hop_energies(_whole_hops(samples))


def _whole_hops(samples: FloatArray) -> FloatArray:
    whole = np.zeros(round_up(len(samples), HOP * SAMPLES_PER_MS), dtype=samples.dtype)
    whole[: len(samples)] = samples
    return whole


class ClipLevels(NamedTuple):
    """How loud a clip is (LUFS) on a large and on a small loudspeaker, and its `clip_hops`."""

    large: float
    small: float
    hops: Float64Array

    @property
    def below(self) -> float:
        """How much of its loudness a small loudspeaker leaves out (LU)."""
        return self.large - self.small


def clip_levels(samples: FloatArray) -> ClipLevels:
    """How loud one clip is, and on a small loudspeaker: above `SMALL_SPEAKER_CUTOFF`."""
    large, small = _energies(_whole_hops(samples), RATE, [None, SMALL_SPEAKER_CUTOFF])
    return ClipLevels(hops_loudness(large, len(samples)), hops_loudness(small, len(samples)), large)


def hops_loudness(hops: Float64Array, count: int) -> float:
    """The `clip_loudness` of a clip of `count` samples, from its `clip_hops`."""
    whole = count // (HOP * SAMPLES_PER_MS)
    return (
        gated_loudness(hops[:whole])
        if whole >= HOPS
        else to_lufs(float(hops.sum()) / max(1, count))
    )


def audible_extent(samples: FloatArray) -> tuple[int, int]:
    """Index of the first audible sample, and of the one after the last; (0, 0) for silence."""
    magnitude = np.abs(samples, dtype=np.result_type(samples, np.float32))
    audible = magnitude > magnitude.max(initial=0.0) * from_decibels(AUDIBLE)
    if not audible.any():
        return 0, 0
    return int(audible.argmax()), len(audible) - int(audible[::-1].argmax())


def onset(samples: FloatArray) -> int:
    """Index of the first sample of a clip at which it is heard to begin; 0 for silence."""
    magnitude = np.abs(samples, dtype=np.result_type(samples, np.float32))
    return int((magnitude > magnitude.max(initial=0.0) * from_decibels(HEARD)).argmax())


def to_lufs(mean_square: float) -> float:
    """The loudness of a mean of squared K-weighted samples; minus infinity for 0."""
    return OFFSET + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def from_lufs(lufs: float) -> float:
    """The mean of squared K-weighted samples that measures `lufs`."""
    return float(10 ** ((lufs - OFFSET) / 10))
