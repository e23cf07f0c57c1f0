"""Stereo with music: everything sounds, so everything is encoded.

In pieces of some seconds, two at a time, while the next is being mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from audioworkout.ahead import ahead
from audioworkout.encoding.frames import frame_bytes
from audioworkout.encoding.joining import EVERY, OVERLAP, joined
from audioworkout.encoding.lame import encoded, scale
from audioworkout.errors import BuildError
from audioworkout.mixing.plan import frames_for
from audioworkout.units import FRAME

if TYPE_CHECKING:
    from audioworkout.mixing.stereo import Floats

CHANNELS = 2
WORKERS = 2

_FRAME_BYTES = 2 * CHANNELS * FRAME
"""Of a frame's samples, before it is encoded."""
_AT_ONCE = 100 * _FRAME_BYTES
"""Handed to the encoder in one go: it takes memory for more than the same again."""

Heard = Callable[[int], None]
"""Told how many samples more have become frames."""


def stream(blocks: Iterable[Floats], samples: int, kbps: int, heard: Heard) -> Iterator[bytes]:
    """MP3 frames of a stereo mix: `frames_for(samples)` of them, in parts.

    Args:
        blocks: Shape (samples, 2), together `samples` long.
        samples: How many there are.
        kbps: Bit rate.
        heard: Told of every part.

    Raises:
        BuildError: The encoder is missing or gave something else than it should.
    """
    size = 0
    calls = (partial(_encode, pcm, kbps) for pcm in _pieces(_pcm(blocks, kbps)))
    with closing(ahead(calls, WORKERS)) as pieces:
        for data in joined(pieces, kbps, CHANNELS):
            size += len(data)
            heard(len(data) // frame_bytes(kbps) * FRAME)
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


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same in pieces, each going on into the next."""
    whole = (EVERY + OVERLAP) * _FRAME_BYTES
    held = bytearray()
    for block in blocks:
        held += block
        if len(held) >= whole:
            yield bytes(held[:whole])
            del held[: EVERY * _FRAME_BYTES]
    yield bytes(held)


def _encode(pcm: bytes, kbps: int) -> bytes:
    blocks = (pcm[at : at + _AT_ONCE] for at in range(0, len(pcm), _AT_ONCE))
    return b"".join(encoded(blocks, kbps, CHANNELS))


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
