"""One sound encoded in pieces, at the same time, and joined as if one encoder had made it.

Each piece is encoded by a fresh encoder and goes on a little into the next, so that for some frames
there are two versions of the same sound. From one of those on the later piece is taken, where

* its window fits to the one before (ISO/IEC 11172-3, 2.4.3.4: halves that overlap are both long
  or both short; the sound being the same, what each folds back cancels as always), and
* what it keeps in the bit reservoir, that is in frames before it, is no more than what the
  earlier piece left free there. Those bytes are copied into the earlier piece's frames.

Nothing is encoded twice but the overlap, and no encoder has to do without its reservoir.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audioworkout.encoding.frames import data_start, frame_bytes

EVERY = 750
"""A piece begins every so many frames: 18 s."""
WARM = 8
"""Frames a fresh encoder has before a joint: its first ones know nothing of what was before."""
OVERLAP = 32
"""So many frames the pieces have in common. Of 112 joints at 64 to 320 kbit/s 107 were at the first
frame that is tried, the latest at frame 18."""

_GRANULE_BITS = 59
"""Side information of one granule of one channel."""
_RESERVOIR_BITS = 9


def joined(
    pieces: Iterable[bytes], kbps: int, channels: int, every: int = EVERY
) -> Iterator[bytes]:
    """Frames of the whole, in parts.

    Args:
        pieces: MP3 frames of each piece in order, without an Info frame. Each begins `every` frames
            after the one before, which goes on for `OVERLAP` frames more; the last one ends
            with the sound.
        kbps: Bit rate.
        channels: 1 or 2.
        every: Frames from one beginning to the next.
    """
    size = frame_bytes(kbps)
    before, begun = b"", 0
    for piece in pieces:
        if before:
            joint = _joint(before[every * size :], piece, size, channels)
            ending = bytearray(before[begun * size : (every + joint) * size])
            _lend(ending, piece, joint, size, channels)
            yield bytes(ending)
            begun = joint
        before = piece
    yield before[begun * size :]


def _joint(early: bytes, late: bytes, size: int, channels: int) -> int:
    """The frame of both from which on the later version is taken.

    Where none fits in every respect, one is taken whose window does not; the first of all, which
    borrows nothing, can always be read.
    """
    frames = range(WARM, OVERLAP)
    places = [frame * size for frame in frames if frame * size < min(len(early), len(late))]
    readable = [at for at in places if _reservoir(late, at) <= _reservoir(early, at)]
    fitting = [at for at in readable if _fits(early, late, at, size, channels)]
    return next(iter(fitting or readable or [0])) // size


def _fits(early: bytes, late: bytes, at: int, size: int, channels: int) -> bool:
    """Whether the windows on both sides of a joint overlap as they should, in every channel."""
    before = _windows(early, at - size, channels)[-channels:]
    after = _windows(late, at, channels)[:channels]
    return all(
        (first in _ENDS_SHORT) == (second in _BEGINS_SHORT)
        for first, second in zip(before, after, strict=True)
    )


_ENDS_SHORT = frozenset({1, 2})
_BEGINS_SHORT = frozenset({2, 3})
"""Block types: 0 long, 1 from long to short, 2 short, 3 from short to long."""


def _windows(data: bytes, at: int, channels: int) -> list[int]:
    """Block types of the frame that begins there: both granules, in each the channels in turn."""
    side = data[at + 4 : at + data_start(channels)]
    bits = int.from_bytes(side, "big")
    first = 8 * len(side) - 2 * channels * _GRANULE_BITS
    found = []
    for granule in range(2 * channels):
        switching = first + granule * _GRANULE_BITS + 33
        three = bits >> (8 * len(side) - switching - 3) & 7
        found.append(three & 3 if three & 4 else 0)
    return found


def _reservoir(data: bytes, at: int) -> int:
    """How many bytes of frames before it the frame that begins there uses."""
    return int.from_bytes(data[at + 4 : at + 6], "big") >> 16 - _RESERVOIR_BITS


def _lend(ending: bytearray, piece: bytes, frame: int, size: int, channels: int) -> None:
    """Copy what a frame of the piece has in frames before it into those that will stand there."""
    left, away = _reservoir(piece, frame * size), 0
    while left:
        count = min(left, size - data_start(channels))
        at, end = len(ending) - away, frame * size - away
        ending[at - count : at] = piece[end - count : end]
        left, away = left - count, away + size
