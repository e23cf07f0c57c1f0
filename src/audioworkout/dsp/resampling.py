"""Sound of any rate brought to 48 kHz by soxr: block by block, or a whole clip at once.

soxr keeps every moment where it was (it takes its own delay out again) and holds no more than its
filter; beyond the ends of what it is given it hears silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from audioworkout.units import RATE

if TYPE_CHECKING:
    from soxr import ResampleStream

Floats = npt.NDArray[np.float32]
Samples = npt.NDArray[np.floating[Any]]

QUALITY = "HQ"
"""soxr's default: flat to 0.91 of the lower band limit, what is to be kept out 120 dB down. Nothing
here is finer than the 16 bits it ends in."""


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
        rate: Theirs, in hertz.

    Yields:
        Blocks of the same kind, together `resampled_length` of what came in. A moment stays where
        it was: there is no delay.
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
            stream = soxr.ResampleStream(rate, RATE, channels, dtype="float32", quality=QUALITY)
        came += len(block)
        wave = stream.resample_chunk(np.ascontiguousarray(block))
        made += len(wave)
        yield wave
    if stream is not None:
        rest = stream.resample_chunk(_silence(rate, channels), last=True)
        yield rest[: resampled_length(came, rate) - made]


def resample_clip(samples: Samples, rate: int) -> Samples:
    """One whole channel of shape (samples,) at 48 kHz; like `resample_blocks`."""
    if rate == RATE:
        return samples
    import soxr

    whole = np.concatenate([samples.astype(np.float32, copy=False), _silence(rate, 1)[:, 0]])
    wave: Floats = soxr.resample(whole, rate, RATE, quality=QUALITY)
    return wave[: resampled_length(len(samples), rate)]


def _silence(rate: int, channels: int) -> Floats:
    """What is put behind the end: soxr rounds its length, and this is one output sample more."""
    return np.zeros((-(-rate // RATE), channels), np.float32)
