"""Units of time and of samples for the whole program.

Time is a whole number of milliseconds everywhere; samples appear only in mixing. At 48 kHz a
millisecond is exactly 48 samples and an MP3 frame of 1,152 samples is exactly 24 ms, so no
conversion rounds.
"""

from __future__ import annotations

from math import floor

Ms = int
"""A time or a length in whole milliseconds."""

SECOND: Ms = 1_000
MINUTE: Ms = 60_000
HOUR: Ms = 3_600_000

RATE = 48_000
"""Sample rate of everything that is mixed and encoded (Hz)."""

RATES = range(4_000, 384_001)
"""Sample rates that can be read (Hz), lowest and highest."""

SAMPLES_PER_MS = RATE // 1_000

FULL_SCALE = 32_768
"""What is 1.0 in samples of 16 bits."""

FRAME = 1_152
"""Samples in one MPEG-1 layer III frame: 24 ms at 48 kHz."""

BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""What MPEG-1 layer III allows (kbit/s; ISO/IEC 11172-3, table of bitrate_index)."""

GRID: Ms = 24
"""Words whose start may move start on this grid, that of MP3 frames; beats never move.

An island of sound that moves by multiples of it has the same position in its frames, so it is
encoded once, however often it is repeated and whatever changes before it."""
FINE_GRID: Ms = 4
"""The grid if there is no room to wait for the next frame."""


def round_up(value: int, step: int) -> int:
    """The smallest multiple of `step` that is not below `value`.

    >>> round_up(22_001, 1_000), round_up(22_000, 1_000)
    (23000, 22000)
    """
    return -(-value // step) * step


def round_to(value: float, step: int) -> int:
    """The multiple of `step` nearest to `value`; halves go up.

    >>> round_to(58_500, 5_000), round_to(57_500, 5_000), round_to(-1_700, 1_000)
    (60000, 60000, -2000)
    """
    return floor(value / step + 0.5) * step


def format_clock(ms: Ms) -> str:
    """A moment as `mm:ss.mmm`, with hours in front if there are any.

    >>> format_clock(66_190), format_clock(3_723_004)
    ('01:06.190', '1:02:03.004')
    """
    seconds, thousandths = divmod(ms, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    front = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{front}:{seconds:02}.{thousandths:03}"


def format_short_clock(ms: Ms) -> str:
    """A length as on a watch, to the nearest second.

    >>> format_short_clock(1_650_000), format_short_clock(59_600), format_short_clock(3_600_000)
    ('27:30', '1:00', '1:00:00')
    """
    seconds = (ms + SECOND // 2) // SECOND
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def format_duration(ms: Ms) -> str:
    """A length in the notation of routine files, which reads it back as the same length.

    >>> [format_duration(ms) for ms in (45_000, 90_000, 120_000, 1_500)]
    ['45s', '1m30s', '2 min', '1.5s']
    """
    minutes, rest = divmod(ms, MINUTE)
    seconds = f"{rest / SECOND:.3f}".rstrip("0").rstrip(".")
    if not minutes:
        return f"{seconds}s"
    return f"{minutes}m{seconds}s" if rest else f"{minutes} min"
