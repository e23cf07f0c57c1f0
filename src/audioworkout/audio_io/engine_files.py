"""Reads the files that speech engines write: WAV, and on macOS AIFF, both uncompressed.

The standard library lost its AIFF reader in Python 3.13, and the little of the format that occurs
here is not worth another library.
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
"""How AIFF-C names its uncompressed orders of bytes."""


class EngineSound(NamedTuple):
    """What an engine's file holds: 16-bit mono in native order, and its sample rate (Hz)."""

    pcm: bytes
    rate: int


def read_engine_file(path: Path) -> EngineSound:
    """The samples of a 16-bit file, its channels mixed to one.

    Raises:
        VoiceError: There is no such file, or it is nothing that an engine should have written.
    """
    try:
        data = path.read_bytes()
        return _read_aiff(data) if data[:4] == b"FORM" else _read_wave(path)
    except (
        OSError,
        EOFError,
        wave.Error,
        struct.error,
        LookupError,
        ArithmeticError,
        ValueError,
    ) as error:
        raise VoiceError(f"the speech engine left no sound that can be read: {error}") from error


def _read_wave(path: Path) -> EngineSound:
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{8 * file.getsampwidth()} bits a sample")
        pcm = file.readframes(file.getnframes())
        mono = _mix_to_mono(pcm, file.getnchannels(), sys.byteorder == "big")
        return EngineSound(mono, file.getframerate())


def _read_aiff(data: bytes) -> EngineSound:
    """AIFF and AIFF-C: a COMM chunk says what the SSND chunk holds."""
    chunks = dict(_split_chunks(data))
    common = chunks[b"COMM"]
    channels, _, bits, exponent, mantissa = struct.unpack_from(">hIhHQ", common)
    order = common[18:22] or b"NONE"
    if bits != 16 or channels < 1 or not (order in _BIG or order == _LITTLE):
        raise ValueError(f"{channels} channels of {bits} bits in the order {order!r}")
    rate = round(mantissa * 2.0 ** (exponent - 16_383 - 63))  # an 80-bit float
    offset = struct.unpack_from(">I", chunks[b"SSND"])[0]
    pcm = chunks[b"SSND"][8 + offset :]
    foreign = (order == _LITTLE) != (sys.byteorder == "little")
    return EngineSound(_mix_to_mono(pcm, channels, foreign), rate)


def _split_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of every chunk; each begins at an even place."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from(">4sI", data, at)
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _mix_to_mono(pcm: bytes, channels: int, swap: bool) -> bytes:
    """Samples in this computer's order, the mean of their channels."""
    whole = len(pcm) // (2 * channels) * 2 * channels
    samples = array("h", pcm[:whole])
    if swap:
        samples.byteswap()
    if channels > 1:
        frames = zip(*(samples[channel::channels] for channel in range(channels)), strict=True)
        samples = array("h", (sum(frame) // channels for frame in frames))
    return samples.tobytes()
