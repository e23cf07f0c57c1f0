"""Loudness and true peak of sound too long to be held at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import wave_peaks
from audioworkout.dsp.loudness import HOP, gated_loudness, hop_energies, to_decibels
from audioworkout.units import RATE, SECOND

Floats = npt.NDArray[np.float32]

_STRETCH = 1_024
"""True peaks are looked for in stretches of so many samples, in few of which one can be."""
_MARGIN = 16
"""Samples before and behind a stretch that its interpolation reaches to."""
_HIDDEN = 0.5
"""A wave rises to twice its samples' height only in artful cases."""


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What a meter says of a file: integrated loudness (LUFS), true peak (dBTP), samples."""

    loudness: float
    true_peak: float
    samples: int


def read_meter(blocks: Iterable[Floats]) -> MeterReading:
    """Loudness and true peak of blocks of shape (samples, channels) at 48 kHz."""
    peak = PeakMeter()
    counted = _CountedBlocks(blocks)
    energies = np.concatenate([np.zeros(0), *running_energies(map(peak.heard, counted), RATE)])
    return MeterReading(gated_loudness(energies), to_decibels(peak.highest), counted.samples)


class _CountedBlocks:
    """Blocks, and how many samples they were in the end."""

    def __init__(self, blocks: Iterable[Floats]) -> None:
        self._blocks = blocks
        self.samples = 0

    def __iter__(self) -> Iterator[Floats]:
        for block in self._blocks:
            self.samples += len(block)
            yield block


class Hops(NamedTuple):
    """Of each 100 ms in order: K-weighted energy, summed over channels, and the highest sample.

    Energies are as `loudness.hop_energies` gives them, for `loudness.gated`.
    """

    energies: npt.NDArray[np.float64]
    peaks: Floats


def running_energies(blocks: Iterable[Floats], rate: int) -> Iterator[npt.NDArray[np.float64]]:
    """The energies of `running_hops`."""
    return (hops.energies for hops in running_hops(blocks, rate))


def running_hops(blocks: Iterable[Floats], rate: int) -> Iterator[Hops]:
    """What is heard in each 100 ms, some of them at a time; a shorter end is left out.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Theirs (hertz).
    """
    size = rate * HOP // SECOND
    held: Floats | None = None
    for block in blocks:
        held = block if held is None else np.concatenate([held, block])
        whole = len(held) // size * size
        channels = np.ascontiguousarray(held[:whole].T)
        energies = np.sum([hop_energies(samples, rate) for samples in channels], axis=0)
        peaks = np.abs(held[:whole]).reshape(-1, size * held.shape[1]).max(axis=1)
        yield Hops(energies, peaks)
        held = held[whole:]


class PeakMeter:
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
