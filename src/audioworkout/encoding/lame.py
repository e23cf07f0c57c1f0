"""LAME, through lameenc: the one place that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from audioworkout.errors import BuildError
from audioworkout.units import RATE

QUALITY = 7
"""LAME's algorithm quality, 0 most careful to 9 fastest.

Ten minutes of speech and beeps at 96 kbit/s: at 2, 5 and 7 the signal-to-noise ratio was 23.9, 27.8
and 35.8 dB, the noise before onsets -62.4, -63.0 and -64.3 dBFS, the time 2.0, 1.1 and 0.7. The
careful ones shape noise for music; for one voice, and for onsets, 7 is better as well as faster.
"""

_SCALES = ((256, 1.0), (224, 0.98), (192, 0.97), (0, 0.95))


def scale(kbps: int) -> float:
    """What LAME multiplies sound with at this bit rate, to be divided out before.

    Its presets make low bit rates softer to leave room for coding noise, and lameenc has no
    setting against it. Measured with sines; a test measures it again.
    """
    return next(factor for least, factor in _SCALES if kbps >= least)


def encoded(
    blocks: Iterable[bytes], kbps: int, channels: int, quality: int = QUALITY
) -> Iterator[bytes]:
    """MP3 frames of int16 samples at 48 kHz, from a fresh encoder; it writes no Info frame.

    Safe in several threads at once: every call has its own encoder, which releases the
    interpreter while it works.

    Args:
        blocks: The samples, in blocks of any lengths; those of two channels in turn.
        kbps: Bit rate.
        channels: 1 or 2.
        quality: LAME's.

    Yields:
        A few frames at a time, each whole or not: together they are all there are.
    """
    encoder = _lameenc().Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(kbps)
    encoder.set_quality(quality)
    for pcm in blocks:
        yield bytes(encoder.encode(pcm))
    yield bytes(encoder.flush())


def fingerprint() -> str:
    """A text that changes when the encoder does.

    Size and time of the library's file: asking the installed packages for its version would cost
    30 ms, half of what a build needs in which everything is kept.
    """
    origin = Path(_lameenc().__file__ or "")
    about = origin.stat()
    return f"{origin.name} {about.st_size} {about.st_mtime_ns} q{QUALITY}"


def _lameenc() -> ModuleType:
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
