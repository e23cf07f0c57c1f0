"""Loudness and true peak of sound too long to be held at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audioworkout.loudness import HIGH_PASS, HOP, SHELF, decibels, gated, wave_peaks
from audioworkout.units import RATE, SAMPLES_PER_MS, SECOND

Floats = npt.NDArray[np.float32]

_STRETCH = 1_024
"""True peaks are looked for in stretches of so many samples, in few of which one can be."""
_MARGIN = 16
"""Samples before and behind a stretch that its interpolation reaches to."""
_HIDDEN = 0.5
"""A wave rises to twice its samples' height only in artful cases."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter says of a file: integrated loudness (LUFS), true peak (dBTP), samples."""

    loudness: float
    true_peak: float
    samples: int


def read_meter(blocks: Iterable[Floats]) -> Reading:
    """Loudness and true peak of blocks of shape (samples, channels) at 48 kHz."""
    peak = Peak()
    counted = _Counted(blocks)
    energies = np.concatenate([np.zeros(0), *hop_energies(map(peak.heard, counted), RATE)])
    return Reading(gated(energies), decibels(peak.highest), counted.samples)


class _Counted:
    """Blocks, and how many samples they were in the end."""

    def __init__(self, blocks: Iterable[Floats]) -> None:
        self._blocks = blocks
        self.samples = 0

    def __iter__(self) -> Iterator[Floats]:
        for block in self._blocks:
            self.samples += len(block)
            yield block


def hop_energies(blocks: Iterable[Floats], rate: int) -> Iterator[npt.NDArray[np.float64]]:
    """K-weighted energy in each 100 ms, summed over channels, as `loudness.gated` takes it.

    The filter is applied to the spectrum of each 100 ms by itself (Parseval): of the filter's
    response, far shorter than that, little reaches over an edge. A test compares it with the filter
    that runs on. Sound of another rate is weighed as it is: a frequency is a frequency.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Theirs (hertz).

    Yields:
        Energies in order, as sums over 4,800 samples; an end of less than 100 ms is left out.
    """
    size = rate * HOP // SECOND
    weights = _weights(size, rate)
    held: Floats | None = None
    for block in blocks:
        held = block if held is None else np.concatenate([held, block])
        whole = len(held) // size
        yield _energies(held[: whole * size], size, weights)
        held = held[whole * size :]


def _energies(samples: Floats, size: int, weights: Floats) -> npt.NDArray[np.float64]:
    total = np.zeros(len(samples) // size)
    for channel in range(samples.shape[1]):
        spectrum = np.fft.rfft(np.ascontiguousarray(samples[:, channel]).reshape(-1, size))
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        total += (power * weights).sum(axis=1)  # not @, which BLAS would do in several threads
    return total


def _weights(size: int, rate: int) -> Floats:
    """What each bin of a spectrum adds to the energy of 100 ms at 48 kHz."""
    hertz = np.arange(size // 2 + 1) * rate / size
    delay = np.exp(-2j * np.pi * np.minimum(hertz, RATE / 2) / RATE)
    response = np.ones(len(hertz), dtype=complex)
    for zeros, poles in (SHELF, HIGH_PASS):
        response *= np.polyval(zeros[::-1], delay) / np.polyval(poles[::-1], delay)
    twice = np.where((hertz == 0) | (2 * np.arange(len(hertz)) == size), 1.0, 2.0)
    heard = (hertz <= RATE / 2) * twice * np.square(np.abs(response))
    return (heard * HOP * SAMPLES_PER_MS / size**2).astype(np.float32)


class Peak:
    """The highest true peak of the blocks heard so far, as an amplitude in `highest`."""

    def __init__(self) -> None:
        self.highest = 0.0
        self._before: Floats | None = None

    def heard(self, block: Floats) -> Floats:
        """Listen to the next block, of shape (samples, channels); gives it back."""
        if self._before is None:
            self._before = np.zeros((2 * _MARGIN, block.shape[1]), np.float32)
        joined = np.concatenate([self._before, block])
        for samples in np.ascontiguousarray(joined.T):
            self._look(samples)
        self._before = joined[-2 * _MARGIN :]
        return block

    def _look(self, samples: Floats) -> None:
        """The margins at both ends only tell what lies between the samples within."""
        heights = np.abs(samples)
        tops = np.maximum.reduceat(heights, np.arange(0, len(heights), _STRETCH))
        self.highest = max(self.highest, float(tops.max()))
        for start in _STRETCH * np.flatnonzero(tops > _HIDDEN * self.highest):
            piece = samples[max(0, int(start) - _MARGIN) : int(start) + _STRETCH + _MARGIN]
            within = wave_peaks(piece)[_MARGIN:-_MARGIN]
            self.highest = max(self.highest, float(within.max(initial=0.0)))
