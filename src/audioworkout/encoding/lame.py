"""LAME, through lameenc: the only module that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol

from audioworkout.errors import BuildError
from audioworkout.units import RATE


class Encoder(Protocol):
    """The methods of lameenc's encoder that are used."""

    def silence(self) -> None:
        """Print nothing."""

    def set_channels(self, channels: int) -> None:
        """Set the number of channels: 1 or 2."""

    def set_in_sample_rate(self, rate: int) -> None:
        """Set the rate of the samples (Hz)."""

    def set_out_sample_rate(self, rate: int) -> None:
        """Set the rate of the MP3 (Hz)."""

    def set_bit_rate(self, kbps: int) -> None:
        """Set a constant bit rate (kbit/s)."""

    def set_quality(self, quality: int) -> None:
        """Set the algorithm quality: 0 (best) to 9 (fastest)."""

    def encode(self, pcm: bytes) -> bytearray:
        """The frames that are ready after these samples."""
        ...

    def flush(self) -> bytearray:
        """The last frames. The encoder cannot be used again."""
        ...


LAME_QUALITY = 7
"""LAME's algorithm quality, 0 most careful to 9 fastest.

Ten minutes of speech and beeps at 96 kbit/s: at 2, 5 and 7 the signal-to-noise ratio was 23.9, 27.8
and 35.8 dB, the noise before onsets -62.4, -63.0 and -64.3 dBFS, the time 2.0, 1.1 and 0.7. The
careful settings shape noise for music; for a single voice and its onsets 7 is better and faster."""

_SCALES = ((256, 1.0), (224, 0.98), (192, 0.97), (0, 0.95))


def encoder_gain(kbps: int) -> float:
    """The factor by which LAME scales sound at this bit rate; divide samples by it before encoding.

    LAME's presets make low bit rates softer to leave room for coding noise, and lameenc has no
    setting to prevent it. Measured with sines; a test measures it again.
    """
    return next(factor for least, factor in _SCALES if kbps >= least)


def make_encoder(kbps: int, channels: int, quality: int = LAME_QUALITY) -> Encoder:
    """A fresh encoder of int16 samples at 48 kHz, channels interleaved.

    It writes no Info frame, and releases the interpreter lock while it works.
    """
    encoder: Encoder = _import_lameenc().Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(kbps)
    encoder.set_quality(quality)
    return encoder


def encode_blocks(
    blocks: Iterable[bytes], kbps: int, channels: int, quality: int = LAME_QUALITY
) -> Iterator[bytes]:
    """MP3 frames of PCM in blocks of any lengths, from a fresh encoder; a few frames at a time."""
    encoder = make_encoder(kbps, channels, quality)
    for pcm in blocks:
        yield bytes(encoder.encode(pcm))
    yield bytes(encoder.flush())


def encoder_fingerprint() -> str:
    """A text that changes when another version of the encoder is installed.

    It holds size and time of the library's file: reading the version of the installed package would
    take 30 ms, half the time of a build in which everything is cached.
    """
    origin = Path(_import_lameenc().__file__ or "")
    context = origin.stat()
    return f"{origin.name} {context.st_size} {context.st_mtime_ns} q{LAME_QUALITY}"


def _import_lameenc() -> ModuleType:
    try:
        import lameenc
    except ImportError as error:
        raise BuildError(
            f"the MP3 encoder cannot be loaded: {error}",
            "Install it with `pip install lameenc`; there are wheels for CPython on Linux (glibc), "
            "macOS and Windows.",
        ) from error
    module: ModuleType = lameenc
    return module
