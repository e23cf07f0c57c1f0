"""Reads uncompressed files without numpy: WAV, and the AIFF that engines write on macOS.

Python 3.13 removed the AIFF reader from the standard library; the part of the format that is used
here is too small for a library.
"""

from __future__ import annotations

import struct
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from audioworkout.errors import VoiceError

_BIG = frozenset({b"NONE", b"twos"})
_LITTLE = b"sowt"
"""The names of uncompressed byte orders in AIFF-C."""


class EngineSound(NamedTuple):
    """Sound of a file: 16-bit mono samples in native byte order, and the rate (Hz)."""

    pcm: bytes
    rate: int


def read_engine_file(path: Path) -> EngineSound:
    """Read a 16-bit sound file and mix its channels to one.

    Raises:
        VoiceError: The file does not exist or is not a sound file that engines write.
    """
    try:
        data = path.read_bytes()
        return _read_aiff(data) if data[:4] == b"FORM" else read_wave(path)
    except (OSError, struct.error, LookupError, ArithmeticError, ValueError) as error:
        raise VoiceError(f"the speech engine left no sound that can be read: {error}") from error


def read_wave(path: Path) -> EngineSound:
    """Read a 16-bit WAV file and mix its channels to one.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not such a file.
    """
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2:
                raise ValueError(f"{8 * file.getsampwidth()} bits a sample")
            pcm = file.readframes(file.getnframes())
            mono = _mix_to_mono(pcm, file.getnchannels(), sys.byteorder == "big")
            return EngineSound(mono, file.getframerate())
    except (EOFError, wave.Error) as error:
        raise ValueError(str(error) or "it is cut off") from error


def _read_aiff(data: bytes) -> EngineSound:
    """Read AIFF or AIFF-C: the COMM chunk describes what the SSND chunk holds."""
    chunks = dict(_split_chunks(data))
    common = chunks[b"COMM"]
    channels, _, bits, exponent, mantissa = struct.unpack_from(">hIhHQ", common)
    order = common[18:22] or b"NONE"
    if bits != 16 or channels < 1 or not (order in _BIG or order == _LITTLE):
        raise ValueError(f"{channels} channels of {bits} bits in the order {order!r}")
    rate = round(mantissa * 2.0 ** (exponent - 16_383 - 63))  # an 80-bit float
    offset = struct.unpack_from(">I", chunks[b"SSND"])[0]
    pcm = chunks[b"SSND"][8 + offset :]
    swap = (order == _LITTLE) != (sys.byteorder == "little")
    return EngineSound(_mix_to_mono(pcm, channels, swap), rate)


def _split_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of every chunk; chunks begin at even offsets."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from(">4sI", data, at)
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _mix_to_mono(pcm: bytes, channels: int, swap: bool) -> bytes:
    """Convert samples to native byte order, and average the channels."""
    whole = len(pcm) // (2 * channels) * 2 * channels
    samples = array("h", pcm[:whole])
    if swap:
        samples.byteswap()
    if channels > 1:
        frames = zip(*(samples[channel::channels] for channel in range(channels)), strict=True)
        samples = array("h", (sum(frame) // channels for frame in frames))
    return samples.tobytes()
