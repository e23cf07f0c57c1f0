"""Sound of any usual rate brought to 48 kHz: as it comes, block by block, or all at once.

A polyphase filter as products of matrices: at 44.1 kHz every 147 samples with their neighbours make
160, by the same weights each time. Each output hears few of those neighbours, so that the matrix is
cut into parts with hardly a zero in them, which numpy hands to BLAS. In one run over a minute of
stereo it took 51 ms and soxr 59 ms, whose wheel is not needed therefore.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import pad_values
from audioworkout.units import RATE, round_up

Floats = npt.NDArray[np.float32]

LEAST_COMMON = 75
"""Rates whose greatest common divisor with 48 kHz is smaller are none that files are made at, and
would need matrices of many megabytes. 11,025 Hz has exactly this."""

_CROSSINGS = 48
"""Zero crossings of the sinc on either side."""
_BETA = 9.0
"""Of the Kaiser window: what is to be kept out is 90 dB down (J. F. Kaiser, 1974)."""
_EDGE = 0.94
"""Middle of the filter's slope, as a share of the lower of both limits: with so many crossings it
is down just before that limit."""
_ROWS = 16
"""Groups to a product, always: the last digits of a sample must not depend on how it came."""
_MOST_WORK = 250_000
"""Multiplications in a product, so few that BLAS keeps to one thread. In two it took three times
the processor's time, taken from the encoder beside it, and the last digits would depend on their
number."""


class _FilterPart(NamedTuple):
    """Neighbouring outputs of a group: the samples they hear, and how much of each."""

    heard: slice
    made: slice
    weights: Floats


class _Filter(NamedTuple):
    """Every `step` samples, with `reach` neighbours on either side, make `outputs`."""

    step: int
    outputs: int
    reach: int
    parts: tuple[_FilterPart, ...]


def is_usual_rate(rate: int) -> bool:
    """Whether sound of this rate (hertz) can be brought to 48 kHz here.

    >>> [rate for rate in (8_000, 11_025, 44_056, 44_100, 96_000) if is_usual_rate(rate)]
    [8000, 11025, 44100, 96000]
    """
    return rate > 0 and math.gcd(rate, RATE) >= LEAST_COMMON


def resampled_length(samples: int, rate: int) -> int:
    """How many samples so many become; a last one that is not whole counts.

    >>> resampled_length(44_100, 44_100), resampled_length(1, 44_100)
    (48000, 2)
    """
    return -(-samples * RATE // rate)


def resample_blocks(blocks: Iterable[Floats], rate: int) -> Iterator[Floats]:
    """The same sound at 48 kHz.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Theirs, in hertz; `is_usual_rate`.

    Yields:
        Blocks of the same kind, together `resampled_length` of what came in. A moment stays where
        it was: there is no delay.
    """
    if rate == RATE:
        yield from blocks
        return
    came = made = 0
    held: Floats | None = None
    ours = _make_filter(rate)
    for block in blocks:
        came += len(block)
        quiet = np.zeros((ours.reach, block.shape[1]), np.float32)
        held = np.concatenate([quiet if held is None else held, block])
        wave = _resample_groups(held, ours)
        held = held[len(wave) // ours.outputs * ours.step :]
        made += len(wave)
        yield wave
    if held is not None:
        quiet = np.zeros((2 * ours.reach + _ROWS * ours.step, held.shape[1]), np.float32)
        wave = _resample_groups(np.concatenate([held, quiet]), ours)
        yield wave[: resampled_length(came, rate) - made]


def resample_all(samples: Floats, rate: int) -> Floats:
    """One whole channel of shape (samples,) at 48 kHz; like `resample_blocks`."""
    if rate == RATE:
        return samples
    ours = _make_filter(rate)
    whole = round_up(len(samples), _ROWS * ours.step) + 2 * ours.reach
    wave = _resample_channel(
        pad_values(samples, ours.reach, whole - len(samples) - ours.reach), ours
    )
    return wave[: resampled_length(len(samples), rate)]


def _resample_groups(held: Floats, ours: _Filter) -> Floats:
    """Every group of samples that is complete, as output; shape (samples, channels)."""
    return np.stack(
        [_resample_channel(samples, ours) for samples in np.ascontiguousarray(held.T)], axis=1
    )


def _resample_channel(samples: Floats, ours: _Filter) -> Floats:
    """The same for one channel."""
    groups = max(0, (len(samples) - 2 * ours.reach) // ours.step // _ROWS * _ROWS)
    made = np.empty((groups, ours.outputs), np.float32)
    if groups:
        every = np.lib.stride_tricks.sliding_window_view(samples, ours.step + 2 * ours.reach)
        windows = every[:: ours.step]
        for part in ours.parts:
            for at in range(0, groups, _ROWS):
                here = windows[at : at + _ROWS, part.heard]
                made[at : at + _ROWS, part.made] = here @ part.weights
    return made.ravel()


@lru_cache(maxsize=2)
def _make_filter(rate: int) -> _Filter:
    """The filter from a rate (hertz) to 48 kHz.

    A group is long beside what one output hears: only then does BLAS take windows that overlap as
    they lie, without a copy.
    """
    before, after, reach, weights = _filter_weights(rate)
    times = -(-4 * reach // before)
    whole = np.zeros((times * before + 2 * reach, times * after), np.float32)
    for number in range(times):
        rows, columns = number * before, number * after
        whole[rows : rows + len(weights), columns : columns + after] = weights
    size = max(1, min(64, _MOST_WORK // (_ROWS * 3 * reach)))
    parts = (_cut_filter(whole, first, size) for first in range(0, whole.shape[1], size))
    return _Filter(times * before, times * after, reach, tuple(parts))


def _cut_filter(whole: Floats, first: int, size: int) -> _FilterPart:
    """So many columns of a matrix from `first` on, without rows that are zero in all of them."""
    columns = slice(first, first + size)
    used = np.flatnonzero(whole[:, columns].any(axis=1))
    rows = slice(int(used[0]), int(used[-1]) + 1)
    return _FilterPart(rows, columns, np.ascontiguousarray(whole[rows, columns]))


def _filter_weights(rate: int) -> tuple[int, int, int, Floats]:
    """How many samples make how many, their neighbours that count, and the matrix from both."""
    common = math.gcd(rate, RATE)
    before, after = rate // common, RATE // common
    share = _EDGE * min(1.0, RATE / rate)
    reach = math.ceil(_CROSSINGS * max(1.0, rate / RATE))
    samples = np.arange(-reach, before + reach)[:, None]
    moments = np.arange(after)[None, :] * before / after
    away = moments - samples
    inside = np.clip(1 - np.square(away / reach), 0, None)
    weights = np.sinc(share * away) * np.i0(_BETA * np.sqrt(inside)) * (inside > 0)
    return before, after, reach, (weights / weights.sum(axis=0)).astype(np.float32)
