"""LAME, through lameenc: the one place that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol

from audioworkout.errors import BuildError
from audioworkout.units import RATE


class Encoder(Protocol):
    """What of lameenc's encoder is used."""

    def silence(self) -> None:
        """Print nothing."""

    def set_channels(self, channels: int) -> None:
        """1 or 2."""

    def set_in_sample_rate(self, rate: int) -> None:
        """Of the samples (hertz)."""

    def set_out_sample_rate(self, rate: int) -> None:
        """Of the MP3 (hertz)."""

    def set_bit_rate(self, kbps: int) -> None:
        """Constant (kbit/s)."""

    def set_quality(self, quality: int) -> None:
        """0 to 9."""

    def encode(self, pcm: bytes) -> bytearray:
        """Frames as they become ready."""
        ...

    def flush(self) -> bytearray:
        """The last ones. An encoder serves once."""
        ...


QUALITY = 7
"""LAME's algorithm quality, 0 most careful to 9 fastest.

Ten minutes of speech and beeps at 96 kbit/s: at 2, 5 and 7 the signal-to-noise ratio was 23.9, 27.8
and 35.8 dB, the noise before onsets -62.4, -63.0 and -64.3 dBFS, the time 2.0, 1.1 and 0.7. The
careful ones shape noise for music; for one voice, and for onsets, 7 is better as well as faster.
"""

_SCALES = ((256, 1.0), (224, 0.98), (192, 0.97), (0, 0.95))


def encoder_gain(kbps: int) -> float:
    """What LAME multiplies sound with at this bit rate, to be divided out before.

    Its presets make low bit rates softer to leave room for coding noise, and lameenc has no
    setting against it. Measured with sines; a test measures it again.
    """
    return next(factor for least, factor in _SCALES if kbps >= least)


def make_encoder(kbps: int, channels: int, quality: int = QUALITY) -> Encoder:
    """A fresh encoder of int16 samples at 48 kHz, those of two channels in turn.

    It writes no Info frame, and releases the interpreter while it works.
    """
    made: Encoder = _import_lameenc().Encoder()
    made.silence()
    made.set_channels(channels)
    made.set_in_sample_rate(RATE)
    made.set_out_sample_rate(RATE)
    made.set_bit_rate(kbps)
    made.set_quality(quality)
    return made


def encode_blocks(
    blocks: Iterable[bytes], kbps: int, channels: int, quality: int = QUALITY
) -> Iterator[bytes]:
    """MP3 frames of samples in blocks of any lengths, from a fresh encoder; a few at a time."""
    ours = make_encoder(kbps, channels, quality)
    for pcm in blocks:
        yield bytes(ours.encode(pcm))
    yield bytes(ours.flush())


def encoder_fingerprint() -> str:
    """A text that changes when the encoder does.

    Size and time of the library's file: asking the installed packages for its version would cost
    30 ms, half of what a build needs in which everything is kept.
    """
    origin = Path(_import_lameenc().__file__ or "")
    context = origin.stat()
    return f"{origin.name} {context.st_size} {context.st_mtime_ns} q{QUALITY}"


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
