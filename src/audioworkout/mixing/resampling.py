"""Sound of any usual rate brought to 48 kHz as it comes, block by block.

A polyphase filter as one matrix: at 44.1 kHz every 147 samples with their neighbours make 160, by
the same weights each time, so a block is a product of two matrices, which numpy hands to BLAS. In
one run over a minute of stereo it took 48 ms and soxr 45 ms, whose wheel is not needed therefore.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from audioworkout.units import RATE

Floats = npt.NDArray[np.float32]

LEAST_COMMON = 75
"""Rates whose greatest common divisor with 48 kHz is smaller are none that files are made at, and
would need matrices of many megabytes. 11,025 Hz has exactly this."""

_CROSSINGS = 32
"""Zero crossings of the sinc on either side."""
_BETA = 9.0
"""Of the Kaiser window: what is to be kept out is 90 dB down (J. F. Kaiser, 1974)."""
_ROWS = 4
"""Groups to a product: so few that BLAS keeps to one thread. In two it took three times the
processor's time, taken from the encoder beside it, and the last digits would depend on their
number."""
_EDGE = 0.92
"""Middle of the filter's slope, as a share of the lower of both limits."""


def is_usual(rate: int) -> bool:
    """Whether sound of this rate (hertz) can be brought to 48 kHz here.

    >>> [rate for rate in (8_000, 11_025, 44_056, 44_100, 96_000) if is_usual(rate)]
    [8000, 11025, 44100, 96000]
    """
    return rate > 0 and math.gcd(rate, RATE) >= LEAST_COMMON


def length_at_48_khz(samples: int, rate: int) -> int:
    """How many samples so many become; a last one that is not whole counts.

    >>> length_at_48_khz(44_100, 44_100), length_at_48_khz(1, 44_100)
    (48000, 2)
    """
    return -(-samples * RATE // rate)


def at_48_khz(blocks: Iterable[Floats], rate: int) -> Iterator[Floats]:
    """The same sound at 48 kHz.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Theirs, in hertz; `is_usual`.

    Yields:
        Blocks of the same kind, together `length_at_48_khz` of what came in. A moment stays where
        it was: there is no delay.
    """
    if rate == RATE:
        yield from blocks
        return
    came = made = 0
    held: Floats | None = None
    weights, reach = _weights(rate)
    step = rate // math.gcd(rate, RATE)
    for block in blocks:
        came += len(block)
        quiet = np.zeros((reach, block.shape[1]), np.float32)
        held = np.concatenate([quiet if held is None else held, block])
        wave, held = _products(held, weights, step, reach)
        made += len(wave)
        yield wave
    if held is not None:
        quiet = np.zeros((2 * reach + _ROWS * step, held.shape[1]), np.float32)
        wave, _ = _products(np.concatenate([held, quiet]), weights, step, reach)
        yield wave[: length_at_48_khz(came, rate) - made]


def _products(held: Floats, weights: Floats, step: int, reach: int) -> tuple[Floats, Floats]:
    """Every group of samples that is complete, as output; and what is left for the next time."""
    groups = max(0, (len(held) - 2 * reach) // step // _ROWS * _ROWS)
    wave = np.empty((groups * weights.shape[1], held.shape[1]), np.float32)
    for channel, samples in enumerate(np.ascontiguousarray(held.T)):
        if groups:
            every = np.lib.stride_tricks.sliding_window_view(samples, len(weights))
            windows = np.ascontiguousarray(every[::step][:groups])
            wave[:, channel] = (windows.reshape(-1, _ROWS, len(weights)) @ weights).ravel()
    return wave, held[groups * step :]


def _weights(rate: int) -> tuple[Floats, int]:
    """The matrix from a group of samples with `reach` neighbours on either side to its output."""
    common = math.gcd(rate, RATE)
    before, after = rate // common, RATE // common
    share = _EDGE * min(1.0, RATE / rate)
    reach = math.ceil(_CROSSINGS * max(1.0, rate / RATE))
    samples = np.arange(-reach, before + reach)[:, None]
    moments = np.arange(after)[None, :] * before / after
    away = moments - samples
    inside = np.clip(1 - np.square(away / reach), 0, None)
    weights = np.sinc(share * away) * np.i0(_BETA * np.sqrt(inside)) * (inside > 0)
    return (weights / weights.sum(axis=0)).astype(np.float32), reach
