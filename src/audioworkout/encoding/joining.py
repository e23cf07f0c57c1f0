"""One sound encoded in pieces, at the same time, and joined as if one encoder had made it.

Each piece is encoded by a fresh encoder. The encoder of the piece before goes on into it, so that
of its first frames there are two versions, until one is found from which on the later piece can be
taken:

* its window fits to the one before (ISO/IEC 11172-3, 2.4.3.4: halves that overlap are both long
  or both short; the sound being the same, what each folds back cancels as always), and
* what it keeps in the bit reservoir, that is in frames before it, is no more than what the
  earlier piece left free there. Those bytes are copied into the earlier piece's frames.

No encoder has to do without its reservoir. Where nothing fits to the end of a piece, the encoder
before has encoded all of it by then, and its frames are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audioworkout.encoding.frames import frame_size, main_data_start
from audioworkout.encoding.lame import make_encoder
from audioworkout.units import FRAME

WARM = 8
"""Frames a fresh encoder has before a joint: its first ones know nothing of what was before."""

_AHEAD = 8
"""Frames an encoder goes on by at a time. Of 270 joints at 32 to 160 kbit/s 230 were at the first
frame that is tried, the latest at frame 54."""
_AT_ONCE = 100
"""Frames handed to an encoder in one go: it takes memory for more than the same again."""

_GRANULE_BITS = 59
"""Side information of one granule of one channel."""
_RESERVOIR_BITS = 9
_ENDS_SHORT = frozenset({1, 2})
_BEGINS_SHORT = frozenset({2, 3})
"""Block types: 0 long, 1 from long to short, 2 short, 3 from short to long."""


class Piece:
    """Some seconds of sound and their frames, from an encoder that can go on.

    Attributes:
        pcm: The sound: int16 samples at 48 kHz, those of two channels in turn.
        frames: What it has become so far; the last frames come when the encoder goes on or ends.
    """

    def __init__(self, pcm: bytes, kbps: int, channels: int) -> None:
        """A piece that is not encoded yet; all but the last one are whole frames long."""
        self.pcm = pcm
        self.frames = bytearray()
        self.channels = channels
        self.size = frame_size(kbps)
        self.length = len(pcm) // (2 * channels * FRAME)
        self._encoder = make_encoder(kbps, channels)

    def encode(self) -> Piece:
        """The same, encoded; to be called once, in any thread."""
        self.feed(self.pcm)
        return self

    def feed(self, pcm: bytes) -> None:
        """Encode what follows."""
        step = _AT_ONCE * 2 * self.channels * FRAME
        for at in range(0, len(pcm), step):
            self.frames += self._encoder.encode(pcm[at : at + step])

    def end(self) -> None:
        """Nothing follows: the last frames come."""
        self.frames += self._encoder.flush()

    def absorb(self, following: Piece) -> None:
        """Be both pieces, having gone on to the end of the other."""
        self.length += following.length

    def has(self, frame: int) -> bool:
        """Whether a frame is there."""
        return (frame + 1) * self.size <= len(self.frames)

    def reservoir(self, frame: int) -> int:
        """How many bytes of frames before it a frame uses."""
        at = frame * self.size + 4
        return int.from_bytes(self.frames[at : at + 2], "big") >> 16 - _RESERVOIR_BITS

    def windows(self, frame: int) -> list[int]:
        """Block types in a frame: both granules, in each the channels in turn."""
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
    """Frames of the whole, in parts; without an Info frame.

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
        early.end()
        yield bytes(early.frames[begun * early.size :])


def _find_joint(early: Piece, late: Piece) -> int | None:
    """The frame of the later piece from which on it is taken; None where there is none.

    The earlier one goes on as far as need be, in the end to the end of the later.
    """
    fed, step = 0, _AHEAD * 2 * late.channels * FRAME
    frame = WARM
    while True:
        while not early.has(early.length + frame) or not late.has(frame):
            if fed >= len(late.pcm):
                return None
            early.feed(late.pcm[fed : fed + step])
            fed += step
        if _can_follow(early, late, frame):
            return frame
        frame += 1


def _can_follow(early: Piece, late: Piece, frame: int) -> bool:
    """Whether a frame of the later piece can follow the earlier one's frame before it."""
    place = early.length + frame
    if late.reservoir(frame) > early.reservoir(place):
        return False
    before = early.windows(place - 1)[-early.channels :]
    after = late.windows(frame)[: late.channels]
    return all(
        (first in _ENDS_SHORT) == (second in _BEGINS_SHORT)
        for first, second in zip(before, after, strict=True)
    )


def _copy_reservoir(ending: bytearray, piece: Piece, frame: int) -> None:
    """Copy what a frame of the piece has in frames before it into those that will stand there."""
    left, away = piece.reservoir(frame), 0
    while left:
        count = min(left, piece.size - main_data_start(piece.channels))
        at, end = len(ending) - away, frame * piece.size - away
        ending[at - count : at] = piece.frames[end - count : end]
        left, away = left - count, away + piece.size
