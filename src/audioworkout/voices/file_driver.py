"""The part that all our pyttsx3 drivers share: they write files, one command after the other.

Imports nothing of this program, so that the worker process starts fast.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Proxy(Protocol):
    """The methods of the object that pyttsx3 passes to a driver."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        """False: the next command in the queue may run."""

    def notify(self, topic: str, **kwargs: object) -> None:
        """Call the listeners of `topic`."""


class FileDriver:
    """The interface that pyttsx3's dummy driver documents, except `save_to_file`.

    Each utterance is complete before the next command, so there is nothing to stop or wait for.
    """

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._properties: dict[str, object] = {"voice": "", "rate": 150, "volume": 1.0}

    def select_voice(self, identifier: str) -> None:
        """Load the voice with this identifier; whatever the engine raises stops the job."""
        raise NotImplementedError

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (an identifier) or `rate` (words a minute); KeyError for others."""
        if name == "voice":
            self.select_voice(str(value))
        elif name not in self._properties:
            raise KeyError(name)
        self._properties[name] = value

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """The current `voice`, `rate` (words a minute) or `volume`; KeyError for others."""
        return self._properties[name]

    def say(self, text: str) -> None:
        """Not supported: these drivers have no sound output."""
        raise RuntimeError("this driver speaks into files only")

    def stop(self) -> None:
        """Does nothing: no other call can be made during an utterance."""

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Run everything queued; the last command in the queue is `endLoop`."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Does nothing: no utterance is running."""

    def destroy(self) -> None:
        """Does nothing: there is nothing to release."""


@contextmanager
def create_wave(filename: str, rate: int) -> Iterator[wave.Wave_write]:
    """A new WAV file to write int16 samples into: mono, at `rate` (Hz); closed after the context.

    Raises:
        OSError: The file cannot be created.
    """
    with wave.open(filename, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        yield file
