"""A pyttsx3 driver for Piper's neural voices.

It implements the interface that pyttsx3's own dummy driver documents. Runs in the worker process
only (Piper carries an espeak-ng of its own, which must not meet ours), and imports nothing of this
program, so that the worker starts fast. Piper itself is imported with the voice.
"""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from piper import PiperVoice, SynthesisConfig

OWN_PACE = 150
"""Words a minute that stand for a voice's own pace."""

_SEED = 1
"""Voices vary their speech by chance; with a seed the same lines sound the same every time."""


class Proxy(Protocol):
    """What pyttsx3 hands a driver."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        """False: the next command of the queue may run."""

    def notify(self, topic: str, **kwargs: object) -> None:
        """Report what happened to whoever is connected to `topic`."""


def buildDriver(proxy: Proxy) -> PiperDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry of every pyttsx3 driver."""
    return PiperDriver(proxy)


class PiperDriver:
    """Speaks into WAV files: int16, mono, at the model's own rate."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._voice: PiperVoice | None = None
        self._properties: dict[str, object] = {"voice": "", "rate": OWN_PACE, "volume": 1.0}

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (`PATH#SPEAKER`, the speaker a number) or `rate` (words a minute).

        Raises:
            KeyError: There is no such property.
            Exception: Whatever Piper and onnxruntime raise for files that are no voice.
        """
        if name == "voice":
            self._voice = _load_model(str(value).rpartition("#")[0])
        elif name not in self._properties:
            raise KeyError(name)
        self._properties[name] = value

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """`voice`, `rate` or `volume` as set; KeyError for others."""
        return self._properties[name]

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak `text` into a WAV file.

        Raises:
            RuntimeError: No voice was set.
            OSError: The file cannot be written.
        """
        if self._voice is None:
            raise RuntimeError("no voice was set")
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._voice.config.sample_rate)
            for chunk in self._voice.synthesize(text, self._manner(self._voice)):
                file.writeframes(chunk.audio_int16_bytes)
        self._proxy.notify("finished-utterance", completed=True)

    def _manner(self, voice: PiperVoice) -> SynthesisConfig:
        """Slower or faster than the voice's own pace, and which of its speakers."""
        from piper import SynthesisConfig

        speaker = str(self._properties["voice"]).rpartition("#")[2]
        slower = OWN_PACE / float(str(self._properties["rate"]))
        return SynthesisConfig(
            speaker_id=int(speaker), length_scale=voice.config.length_scale * slower
        )

    def say(self, text: str) -> None:
        """Not possible: this driver has no loudspeaker."""
        raise RuntimeError("this driver speaks into files only")

    def stop(self) -> None:
        """Nothing to stop: an utterance ends before anything else can be asked."""

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Run everything queued; in synchronous mode that is one call."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Nothing is left running."""

    def destroy(self) -> None:
        """Nothing to free."""


def _load_model(path: str) -> PiperVoice:
    import onnxruntime
    from piper import PiperVoice

    onnxruntime.set_seed(_SEED)  # holds for models loaded from now on
    return PiperVoice.load(path)
