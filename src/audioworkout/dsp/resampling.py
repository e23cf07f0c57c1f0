"""Resamples sound to 48 kHz by soxr: block by block, or a whole clip at once.

soxr compensates the delay of its filter, and buffers no more than the filter's length. Sound is
silent before its start and after its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from audioworkout.dsp.arrays import Float32Array, FloatArray
from audioworkout.units import RATE

if TYPE_CHECKING:
    from soxr import ResampleStream

SOXR_QUALITY = "HQ"
"""soxr's default: flat to 0.91 of the lower Nyquist frequency, stop band at -120 dB. The output has
16 bits, which is coarser."""


def resampled_length(samples: int, rate: int) -> int:
    """Number of samples after resampling, rounded up.

    >>> resampled_length(44_100, 44_100), resampled_length(1, 44_100)
    (48000, 2)
    """
    return -(-samples * RATE // rate)


def resample_blocks(blocks: Iterable[Float32Array], rate: int) -> Iterator[Float32Array]:
    """Resample blocks to 48 kHz.

    Args:
        blocks: Samples of shape (samples, channels), of any lengths.
        rate: Their sample rate (Hz).

    Yields:
        Blocks of the same type, in total `resampled_length` samples, without a delay.
    """
    if rate == RATE:
        yield from blocks
        return
    stream: ResampleStream | None = None
    came = made = channels = 0
    for block in blocks:
        if stream is None:
            import soxr

            channels = block.shape[1]
            stream = soxr.ResampleStream(
                rate, RATE, channels, dtype="float32", quality=SOXR_QUALITY
            )
        came += len(block)
        wave = stream.resample_chunk(np.ascontiguousarray(block))
        made += len(wave)
        yield wave
    if stream is not None:
        rest = stream.resample_chunk(_silence(rate, channels), last=True)
        yield rest[: resampled_length(came, rate) - made]


def resample_clip(samples: FloatArray, rate: int) -> FloatArray:
    """Resample a whole channel of shape (samples,) to 48 kHz, as `resample_blocks` does."""
    if rate == RATE:
        return samples
    import soxr

    whole = np.concatenate([samples.astype(np.float32, copy=False), _silence(rate, 1)[:, 0]])
    wave: Float32Array = soxr.resample(whole, rate, RATE, quality=SOXR_QUALITY)
    return wave[: resampled_length(len(samples), rate)]


def _silence(rate: int, channels: int) -> Float32Array:
    """Silence to append: one more output sample, because soxr rounds the length."""
    return np.zeros((-(-rate // RATE), channels), np.float32)
