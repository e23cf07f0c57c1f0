"""A sound with a position, read by the speaker's thread and moved by the user's keys in another."""

from __future__ import annotations

from threading import Lock
from typing import Protocol

from audioworkout.errors import UsageError
from audioworkout.units import SAMPLES_PER_MS, Ms


class SampleSource(Protocol):
    """A seekable sound: int16 little-endian at 48 kHz, channels interleaved."""

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    def read(self, count: int) -> bytes:
        """The next `count` samples of each channel; fewer at the end, none after it."""
        ...

    def seek(self, sample: int) -> None:
        """Continue to read at this sample."""
        ...


class Deck:
    """A sound with a position; thread-safe.

    Attributes:
        lasts: Length of the sound (ms).
        channels: 1 or 2.
        fault: Why the sound ended early; None if there was no error.
    """

    def __init__(self, samples: SampleSource, lasts: Ms) -> None:
        """Start at the beginning, not paused."""
        self.fault: UsageError | None = None
        self.lasts = lasts
        self.channels = samples.channels
        self._samples = samples
        self._place = 0
        self._paused = False
        self._lock = Lock()

    @property
    def at(self) -> Ms:
        """The position of the next samples for the speaker (ms)."""
        return self._place // SAMPLES_PER_MS

    @property
    def paused(self) -> bool:
        """True if it is paused."""
        return self._paused

    @property
    def over(self) -> bool:
        """True if the end is reached."""
        return self.at >= self.lasts

    def take(self, count: int) -> bytes:
        """The next samples, padded with silence if it is paused or has ended.

        If they cannot be read, it ends with a `fault`, because the sound system's thread, which
        calls this, cannot handle errors.
        """
        size = 2 * self.channels
        with self._lock:
            try:
                data = b"" if self._paused else self._samples.read(count)
            except UsageError as error:
                data, self.fault = b"", error
            self._place += len(data) // size
            if not data and not self._paused:
                self._place = self.lasts * SAMPLES_PER_MS
        return data.ljust(count * size, b"\0")

    def go(self, ms: Ms) -> None:
        """Move to a moment, at most to either end (ms)."""
        with self._lock:
            self._place = min(max(ms, 0), self.lasts) * SAMPLES_PER_MS
            self._samples.seek(self._place)

    def toggle(self) -> None:
        """Pause or resume."""
        with self._lock:
            self._paused = not self._paused
