"""Where the sound is: read by the speaker in its own thread, moved by the person in another."""

from __future__ import annotations

from threading import Lock
from typing import Protocol

from audioworkout.errors import UsageError
from audioworkout.units import SAMPLES_PER_MS, Ms


class SampleSource(Protocol):
    """A sound that can be read from anywhere: int16 little-endian at 48 kHz, channels in turn."""

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    def read(self, count: int) -> bytes:
        """The next so many samples; fewer at the end, none after it."""
        ...

    def seek(self, sample: int) -> None:
        """Go on reading at this sample."""
        ...


class Deck:
    """A sound with a place in it; safe to use from several threads.

    Attributes:
        lasts: Length of the sound (ms).
        channels: 1 or 2.
        fault: Why it ended before its end; None while nothing is wrong.
    """

    def __init__(self, samples: SampleSource, lasts: Ms) -> None:
        """Begin at the beginning, playing."""
        self.fault: UsageError | None = None
        self.lasts = lasts
        self.channels = samples.channels
        self._samples = samples
        self._place = 0
        self._paused = False
        self._lock = Lock()

    @property
    def at(self) -> Ms:
        """The moment that is handed to the speaker next (ms)."""
        return self._place // SAMPLES_PER_MS

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused

    @property
    def over(self) -> bool:
        """Whether the end is reached."""
        return self.at >= self.lasts

    def take(self, count: int) -> bytes:
        """The next so many samples, filled up with silence where it stands still or has ended.

        Where they cannot be read it has ended, with a `fault`: the sound system's thread, which
        asks for them, has nobody to tell.
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
        """Go to a moment; beyond either end it is that end."""
        with self._lock:
            self._place = min(max(ms, 0), self.lasts) * SAMPLES_PER_MS
            self._samples.seek(self._place)

    def toggle(self) -> None:
        """Stand still, or go on."""
        with self._lock:
            self._paused = not self._paused
