"""MP3 frames as bytes: their size, their check, and the frame that describes the file.

Everything here is MPEG-1 layer III, mono or stereo, 48 kHz, constant bit rate: a frame is 24 ms
and, having no padding byte at this rate, always the same number of bytes.
"""

from __future__ import annotations

from audioworkout.errors import UsageError
from audioworkout.units import BITRATES, FRAME, RATE

DELAY = 576
"""Samples by which the encoder delays the sound."""

_SIDE_INFO = {1: 17, 2: 32}
_MONO, _STEREO, _JOINT = 0xC4, 0x04, 0x44
_MOST_JOINT = 128
"""Up to this bit rate LAME codes two channels by what they share (kbit/s; a test asks it)."""
_FRAMES_AND_BYTES = 3
_CONSTANT = 1
_FROM_48_KHZ = 2 << 6
_LAME_MODE = {1: 0, 2: 1}


def check_bitrate(kbps: int) -> None:
    """Refuse what the format does not have.

    Raises:
        UsageError: It is not one of `BITRATES`.
    """
    if kbps not in BITRATES:
        allowed = ", ".join(map(str, BITRATES))
        raise UsageError(
            f"an MP3 cannot have a constant bit rate of {kbps} kbit/s",
            f"Choose one of {allowed}.",
        )


def frame_size(kbps: int) -> int:
    """Size of every frame.

    >>> frame_size(96)
    288
    """
    return FRAME // 8 * kbps * 1_000 // RATE


def main_data_start(channels: int) -> int:
    """Where in a frame, after its header and side information, its data begin (bytes).

    >>> main_data_start(1), main_data_start(2)
    (21, 36)
    """
    return 4 + _SIDE_INFO[channels]


def frame_header(kbps: int, channels: int = 1) -> bytes:
    """The four bytes every frame begins with; the last half-byte but one may differ in stereo.

    >>> frame_header(96).hex(), frame_header(160, 2).hex()
    ('fffb74c4', 'fffba404')
    """
    mode = _MONO if channels == 1 else _JOINT if kbps <= _MOST_JOINT else _STEREO
    return bytes((0xFF, 0xFB, (BITRATES.index(kbps) + 1) << 4 | 0x04, mode))


def is_self_contained(data: bytes, kbps: int, frames: int) -> bool:
    """Whether these are exactly so many whole frames, the first needing none before it.

    A frame may use bytes of those before it (the bit reservoir); nine bits after its header say
    how far back it reaches. Where the first reaches back to nothing, the run can stand anywhere.
    """
    size, start = frame_size(kbps), frame_header(kbps)
    return (
        len(data) == frames * size
        and all(data[at::size] == data[at : at + 1] * frames for at in range(len(start)))
        and data.startswith(start)
        and data[4] == 0
        and data[5] < 0x80
    )


def info_frame(kbps: int, frames: int, samples: int, channels: int = 1) -> bytes:
    """The frame in front, silent, which tells players the exact length of what follows.

    After the `Info` mark, frames and bytes of the file, no table for seeking (with a constant bit
    rate it only makes seeking coarser); then LAME's extension, of which players use the samples
    to drop at both ends. Its two checksums are left at 0: nothing but LAME's own tools reads them.

    Args:
        kbps: Bit rate.
        frames: Frames that follow.
        samples: How many samples are to remain after decoding.
        channels: 1 or 2.
    """
    size = frame_size(kbps)
    total = (frames + 1) * size
    padding = frames * FRAME - DELAY - samples
    parts = (
        frame_header(kbps, channels),
        bytes(_SIDE_INFO[channels]),
        b"Info",
        _FRAMES_AND_BYTES.to_bytes(4, "big"),
        frames.to_bytes(4, "big"),
        total.to_bytes(4, "big"),
        _lame_extension(kbps, padding, total, channels),
    )
    return b"".join(parts).ljust(size, b"\0")


def _lame_extension(kbps: int, padding: int, total: int, channels: int) -> bytes:
    """36 bytes: version, method, low-pass, gains, rate, delays, source, length, checksums."""
    parts = (
        b"LAME4.0".ljust(9),
        bytes((_CONSTANT, 0)),
        bytes(8),
        bytes((0, min(kbps, 255))),
        (DELAY << 12 | padding).to_bytes(3, "big"),
        bytes((_FROM_48_KHZ | _LAME_MODE[channels] << 2, 0, 0, 0)),
        total.to_bytes(4, "big"),
        bytes(4),
    )
    return b"".join(parts)
