"""Encodes stereo files (with music): nothing is cached, all of the sound is encoded.

Pieces of some seconds are encoded, two at a time, while the next one is mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from audioworkout.encoding.frames import frame_size
from audioworkout.encoding.joining import Piece, join_pieces
from audioworkout.encoding.lame import encoder_gain
from audioworkout.errors import BuildError
from audioworkout.mixing.islands import frames_for
from audioworkout.prefetch import prefetch
from audioworkout.units import FRAME

if TYPE_CHECKING:
    from audioworkout.dsp.arrays import Float32Array

CHANNELS = 2
WORKERS = 2

PIECE_FRAMES = 750
"""Frames of a piece: 18 s."""

ReportSamples = Callable[[int], None]
"""Called with the number of samples that were encoded since the last call."""


def encode_stream(
    blocks: Iterable[Float32Array], samples: int, kbps: int, report: ReportSamples
) -> Iterator[bytes]:
    """MP3 frames of a stereo mix: `frames_for(samples)` of them, in several parts.

    Args:
        blocks: Shape (samples, 2), `samples` long in total.
        samples: Their number.
        kbps: Bit rate (kbit/s).
        report: Called after every part.

    Raises:
        BuildError: The encoder is missing, or its output has a wrong length.
    """
    size = 0
    calls = (piece.encode for piece in _encode_pieces(_pcm_blocks(blocks, kbps), kbps))
    with closing(prefetch(calls, WORKERS)) as pieces:
        for data in join_pieces(pieces):
            size += len(data)
            report(len(data) // frame_size(kbps) * FRAME)
            yield data
    due = frames_for(samples)
    if size != due * frame_size(kbps):
        raise BuildError(
            f"the MP3 encoder gave {size} bytes where {due} whole frames were due",
            "Another version of lameenc may be installed than this program was made for.",
        )


def _pcm_blocks(blocks: Iterable[Float32Array], kbps: int) -> Iterator[bytes]:
    from audioworkout.mixing.render import pcm_of

    for block in blocks:
        yield pcm_of(block / block.dtype.type(encoder_gain(kbps)))


def _encode_pieces(blocks: Iterable[bytes], kbps: int) -> Iterator[Piece]:
    whole = PIECE_FRAMES * 2 * CHANNELS * FRAME
    held = bytearray()
    for block in blocks:
        held += block
        if len(held) > whole:
            yield Piece(bytes(held[:whole]), kbps, CHANNELS)
            del held[:whole]
    yield Piece(bytes(held), kbps, CHANNELS)


def stretch_lengths(borders: Sequence[tuple[int, int]]) -> list[int]:
    """Lengths of the sections between `borders` and of the sound before each, alternating.

    >>> stretch_lengths([(0, 5), (5, 7), (10, 11)])
    [0, 5, 0, 2, 3, 1]
    """
    found, reached = [], 0
    for start, end in borders:
        found += [start - reached, end - start]
        reached = end
    return found
