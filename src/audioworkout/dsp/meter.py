"""Measures sound block by block: loudness and true peak of any length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from audioworkout.dsp.arrays import Float32Array, Float64Array
from audioworkout.dsp.limiter import wave_peaks
from audioworkout.dsp.loudness import HOP, gated_loudness, hop_energies, to_decibels
from audioworkout.units import RATE, SECOND

_STRETCH = 1_024
"""Samples of a section that is searched for true peaks only if it can hold the highest one."""
_MARGIN = 16
"""Samples before and after a section that its interpolation needs."""
_HIDDEN = 0.5
"""The wave exceeds twice the height of its samples only in constructed cases."""


@dataclass(frozen=True, slots=True)
class MeterReading:
    """Measurements of a file: integrated loudness (LUFS), true peak (dBTP), number of samples."""

    loudness: float
    true_peak: float
    samples: int


def read_meter(blocks: Iterable[Float32Array]) -> MeterReading:
    """Loudness and true peak of blocks of shape (samples, channels) at 48 kHz."""
    peak = PeakMeter()
    counted = _CountedBlocks(blocks)
    energies = np.concatenate([np.zeros(0), *running_energies(map(peak.feed, counted), RATE)])
    return MeterReading(gated_loudness(energies), to_decibels(peak.highest), counted.samples)


class _CountedBlocks:
    """Iterates over blocks and counts their samples."""

    def __init__(self, blocks: Iterable[Float32Array]) -> None:
        self._blocks = blocks
        self.samples = 0

    def __iter__(self) -> Iterator[Float32Array]:
        for block in self._blocks:
            self.samples += len(block)
            yield block


class Hops(NamedTuple):
    """K-weighted energy, summed over channels, and highest sample of each 100 ms, in order.

    Energies have the unit of `loudness.hop_energies`.
    """

    energies: Float64Array
    peaks: Float32Array


def running_energies(blocks: Iterable[Float32Array], rate: int) -> Iterator[Float64Array]:
    """The energies of `running_hops`."""
    return (hops.energies for hops in running_hops(blocks, rate))


def running_hops(blocks: Iterable[Float32Array], rate: int) -> Iterator[Hops]:
    """Energy and peak of each whole 100 ms, some at a time; a shorter rest at the end is left out.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Their sample rate (Hz).
    """
    size = rate * HOP // SECOND
    held: Float32Array | None = None
    for block in blocks:
        held = block if held is None else np.concatenate([held, block])
        whole = len(held) // size * size
        channels = np.ascontiguousarray(held[:whole].T)
        energies = np.sum([hop_energies(samples, rate) for samples in channels], axis=0)
        peaks = np.abs(held[:whole]).reshape(-1, size * held.shape[1]).max(axis=1)
        yield Hops(energies, peaks)
        held = held[whole:]


class PeakMeter:
    """The highest true peak of the blocks fed so far, as an amplitude in `highest`."""

    def __init__(self) -> None:
        self.highest = 0.0
        self._before: Float32Array | None = None

    def feed(self, block: Float32Array) -> Float32Array:
        """Measure the next block, of shape (samples, channels), and return it."""
        if self._before is None:
            self._before = np.zeros((2 * _MARGIN, block.shape[1]), np.float32)
        joined = np.concatenate([self._before, block])
        for samples in np.ascontiguousarray(joined.T):
            self._update(samples)
        self._before = joined[-2 * _MARGIN :]
        return block

    def _update(self, samples: Float32Array) -> None:
        """Measure one channel; the margins at both ends are for interpolation only."""
        heights = np.abs(samples)
        tops = np.maximum.reduceat(heights, np.arange(0, len(heights), _STRETCH))
        self.highest = max(self.highest, float(tops.max()))
        for start in _STRETCH * np.flatnonzero(tops > _HIDDEN * self.highest):
            piece = samples[max(0, int(start) - _MARGIN) : int(start) + _STRETCH + _MARGIN]
            within = wave_peaks(piece)[_MARGIN:-_MARGIN]
            self.highest = max(self.highest, float(within.max(initial=0.0)))
