"""Stereo with music: everything sounds, so everything is encoded, while the next is being mixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from audioworkout.ahead import ahead
from audioworkout.encoding.frames import frame_bytes
from audioworkout.encoding.lame import encoded, scale
from audioworkout.errors import BuildError
from audioworkout.mixing.plan import frames_for

if TYPE_CHECKING:
    from audioworkout.mixing.stereo import Floats

CHANNELS = 2

Heard = Callable[[int], None]
"""Told how many samples more were taken to be encoded."""


def stream(blocks: Iterable[Floats], samples: int, kbps: int, heard: Heard) -> Iterator[bytes]:
    """MP3 frames of a stereo mix, from one encoder: `frames_for(samples)` of them, in pieces.

    Blocks are mixed in another thread than they are encoded in.

    Args:
        blocks: Shape (samples, 2), together `samples` long.
        samples: How many there are.
        kbps: Bit rate.
        heard: Told of every block.

    Raises:
        BuildError: The encoder is missing or gave something else than it should.
    """
    size = 0
    with closing(ahead(_next_of(_pcm(blocks, kbps)))) as mixed:
        for data in encoded(_told(mixed, heard), kbps, CHANNELS):
            size += len(data)
            yield data
    due = frames_for(samples)
    if size != due * frame_bytes(kbps):
        raise BuildError(
            f"the MP3 encoder gave {size} bytes where {due} whole frames were due",
            "Another version of lameenc may be installed than this program was made for.",
        )


def _pcm(blocks: Iterable[Floats], kbps: int) -> Iterator[bytes]:
    from audioworkout.mixing.render import pcm_of

    for block in blocks:
        yield pcm_of(block / block.dtype.type(scale(kbps)))


def _next_of(pcm: Iterator[bytes]) -> Iterator[Callable[[], bytes | None]]:
    return repeat(partial(next, pcm, None))


def _told(mixed: Iterable[bytes | None], heard: Heard) -> Iterator[bytes]:
    for pcm in mixed:
        if pcm is None:
            return
        heard(len(pcm) // (2 * CHANNELS))
        yield pcm


def lengths(borders: Sequence[tuple[int, int]]) -> list[int]:
    """Lengths of stretches and of what lies before each, in turn.

    >>> lengths([(0, 5), (5, 7), (10, 11)])
    [0, 5, 0, 2, 3, 1]
    """
    found, reached = [], 0
    for start, end in borders:
        found += [start - reached, end - start]
        reached = end
    return found
