"""Encodes one sound in pieces at the same time, and joins the frames as if one encoder made them.

Each piece is encoded by a fresh encoder. The encoder of the piece before continues into it, so that
there are two versions of its first frames. The joint is the first frame from which the later piece
can be used:

* its window fits the one before (ISO/IEC 11172-3, 2.4.3.4: halves that overlap are both long or
  both short; the sound being the same, their time-domain aliasing cancels as usual), and
* the bytes that it keeps in the bit reservoir, that is in frames before it, are no more than the
  earlier piece left free there. These bytes are copied into the earlier piece's frames.

No encoder has to work without its reservoir. If there is no such frame to the end of a piece, the
encoder before has encoded all of it by then, and its frames are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audioworkout.encoding.frames import frame_size, main_data_start
from audioworkout.encoding.lame import make_encoder
from audioworkout.units import FRAME

WARM_UP = 8
"""Frames of a fresh encoder that are not used: they are encoded without the sound before them."""

_FEED_FRAMES = 8
"""Frames by which an encoder continues at a time. Of 270 joints at 32 to 160 kbit/s 230 were at the
first possible frame, the latest at frame 54."""
_MAX_CALL_FRAMES = 100
"""Frames passed to an encoder in one call: it allocates more than their size again."""

_GRANULE_BITS = 59
"""Bits of side information of one granule of one channel."""
_RESERVOIR_BITS = 9
_ENDS_SHORT = frozenset({1, 2})
_BEGINS_SHORT = frozenset({2, 3})
"""Block types: 0 long, 1 from long to short, 2 short, 3 from short to long."""


class Piece:
    """Some seconds of sound and their frames, with an encoder that can continue.

    Attributes:
        pcm: The sound: int16 samples at 48 kHz, channels interleaved.
        frames: The frames so far; the last ones come when the encoder continues or ends.
    """

    def __init__(self, pcm: bytes, kbps: int, channels: int) -> None:
        """A piece that is not encoded yet; all but the last piece are whole frames long."""
        self.pcm = pcm
        self.frames = bytearray()
        self.channels = channels
        self.size = frame_size(kbps)
        self.length = len(pcm) // (2 * channels * FRAME)
        self._encoder = make_encoder(kbps, channels)

    def encode(self) -> Piece:
        """Encode the piece and return it; to be called once, in any thread."""
        self.feed(self.pcm)
        return self

    def feed(self, pcm: bytes) -> None:
        """Encode the sound that follows."""
        step = _MAX_CALL_FRAMES * 2 * self.channels * FRAME
        for at in range(0, len(pcm), step):
            self.frames += self._encoder.encode(pcm[at : at + step])

    def finish(self) -> None:
        """Flush the encoder: the last frames are added."""
        self.frames += self._encoder.flush()

    def absorb(self, following: Piece) -> None:
        """Extend this piece by the following one, whose sound its encoder has encoded."""
        self.length += following.length

    def has_frame(self, frame: int) -> bool:
        """True if the frame is encoded."""
        return (frame + 1) * self.size <= len(self.frames)

    def reservoir(self, frame: int) -> int:
        """Number of bytes that a frame uses of the frames before it."""
        at = frame * self.size + 4
        return int.from_bytes(self.frames[at : at + 2], "big") >> 16 - _RESERVOIR_BITS

    def block_types(self, frame: int) -> list[int]:
        """Block types of a frame: both granules, in each the channels in turn."""
        at = frame * self.size
        side = self.frames[at + 4 : at + main_data_start(self.channels)]
        bits, count = int.from_bytes(side, "big"), 8 * len(side)
        granules = 2 * self.channels
        found = []
        for granule in range(granules):
            switching = count - (granules - granule) * _GRANULE_BITS + 33
            kind = bits >> count - switching - 3 & 7
            found.append(kind & 3 if kind & 4 else 0)
        return found


def join_pieces(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Frames of the whole sound, in several parts; without an Info frame.

    Args:
        pieces: In order, each encoded.
    """
    early: Piece | None = None
    begun = 0
    for late in pieces:
        if early is None:
            early = late
            continue
        joint = _find_joint(early, late)
        if joint is None:
            early.absorb(late)
            continue
        ending = early.frames[begun * early.size : (early.length + joint) * early.size]
        _copy_reservoir(ending, late, joint)
        yield bytes(ending)
        early, begun = late, joint
    if early is not None:
        early.finish()
        yield bytes(early.frames[begun * early.size :])


def _find_joint(early: Piece, late: Piece) -> int | None:
    """Index of the first frame of the later piece that can be used; None if there is none.

    The earlier piece's encoder continues as far as necessary, at most to the end of the later
    piece.
    """
    fed, step = 0, _FEED_FRAMES * 2 * late.channels * FRAME
    frame = WARM_UP
    while True:
        while not early.has_frame(early.length + frame) or not late.has_frame(frame):
            if fed >= len(late.pcm):
                return None
            early.feed(late.pcm[fed : fed + step])
            fed += step
        if _can_follow(early, late, frame):
            return frame
        frame += 1


def _can_follow(early: Piece, late: Piece, frame: int) -> bool:
    """True if a frame of the later piece can follow the earlier piece's frame before it."""
    place = early.length + frame
    if late.reservoir(frame) > early.reservoir(place):
        return False
    before = early.block_types(place - 1)[-early.channels :]
    after = late.block_types(frame)[: late.channels]
    return all(
        (first in _ENDS_SHORT) == (second in _BEGINS_SHORT)
        for first, second in zip(before, after, strict=True)
    )


def _copy_reservoir(ending: bytearray, piece: Piece, frame: int) -> None:
    """Copy the frame's bit-reservoir bytes (main_data) into the tail of the previous piece."""
    left, away = piece.reservoir(frame), 0
    while left:
        count = min(left, piece.size - main_data_start(piece.channels))
        at, end = len(ending) - away, frame * piece.size - away
        ending[at - count : at] = piece.frames[end - count : end]
        left, away = left - count, away + piece.size
