"""A pyttsx3 driver for Piper's neural voices.

It implements the interface that pyttsx3's own dummy driver documents. Runs in the worker process
only (Piper carries an espeak-ng of its own, which must not meet ours), and imports nothing of this
program but its neighbour, so that the worker starts fast. Piper is imported with the voice.
"""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from audioworkout.voices.fixed_noise import with_fixed_noise

if TYPE_CHECKING:
    from piper import PiperVoice, SynthesisConfig

USUAL = 150
"""Words a minute at which `PHONEME` was measured."""

PHONEME = 70.0
"""Milliseconds a phoneme, pauses included, of espeak-ng's English voice saying `SAMPLE`."""

SAMPLE = (
    "Next, dumbbell squat. Ten reps, three sets.",
    "Keep your back flat, and breathe out as you lift.",
    "Rest, forty-five seconds.",
)
"""What a voice says to find out its pace. Others than English ones say it in their own way."""

_SCALES = (1.0, 0.7)
"""Lengths of sounds, against the voice's own, at which its pace is measured."""


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
        self._pace: Pace | None = None
        self._properties: dict[str, object] = {"voice": "", "rate": USUAL, "volume": 1.0}

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (`PATH#SPEAKER`, the speaker a number) or `rate` (words a minute).

        Raises:
            KeyError: There is no such property.
            Exception: Whatever Piper and onnxruntime raise for files that are no voice.
        """
        if name == "voice":
            path, _, speaker = str(value).rpartition("#")
            self._voice = load_voice(Path(path))
            self._pace = measure_pace(self._voice, int(speaker))
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
        if self._voice is None or self._pace is None:
            raise RuntimeError("no voice was set")
        speaker = int(str(self._properties["voice"]).rpartition("#")[2])
        scale = self._pace.scale(float(str(self._properties["rate"])))
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._voice.config.sample_rate)
            for chunk in self._voice.synthesize(text, manner(self._voice, speaker, scale)):
                file.writeframes(chunk.audio_int16_bytes)
        self._proxy.notify("finished-utterance", completed=True)

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


class Pace(NamedTuple):
    """How long a voice takes for a phoneme (ms): `fixed`, and `stretched` by its length scale."""

    fixed: float
    stretched: float

    def scale(self, rate: float) -> float:
        """The length scale, against the voice's own, for a rate (words a minute).

        >>> Pace(0.0, 140.0).scale(150) == PHONEME / 140
        True
        """
        return max(0.1, (PHONEME * USUAL / rate - self.fixed) / self.stretched)


def load_voice(path: Path) -> PiperVoice:
    """A voice that sounds the same every time.

    Raises:
        OSError: One of its two files cannot be read.
        Exception: Whatever Piper and onnxruntime raise for files that are no voice.
    """
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    described = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        with_fixed_noise(path.read_bytes()), options, providers=["CPUExecutionProvider"]
    )
    return PiperVoice(session=session, config=PiperConfig.from_dict(described))


def measure_pace(voice: PiperVoice, speaker: int) -> Pace:
    """How fast a voice speaks; no model tells.

    Raises:
        RuntimeError: It is silent.
    """
    phonemes = sum(len(part) for text in SAMPLE for part in voice.phonemize(text))
    slow, fast = (
        sum(audible_ms(voice, text, manner(voice, speaker, scale)) for text in SAMPLE) / phonemes
        for scale in _SCALES
    )
    stretched = (slow - fast) / (_SCALES[0] - _SCALES[1])
    if stretched <= 0:
        raise RuntimeError("the voice is silent")
    return Pace(slow - stretched * _SCALES[0], stretched)


def audible_ms(voice: PiperVoice, text: str, how: SynthesisConfig) -> float:
    """How long a text sounds, from the first to the last sample above -45 dB of the highest."""
    import numpy as np

    chunks = list(voice.synthesize(text, how))
    if not chunks:
        return 0.0
    heights = np.abs(np.concatenate([chunk.audio_float_array for chunk in chunks]))
    audible = np.flatnonzero(heights > heights.max() * 10 ** (-45 / 20))
    return 1_000 * float(audible[-1] + 1 - audible[0]) / chunks[0].sample_rate


def manner(voice: PiperVoice, speaker: int, scale: float) -> SynthesisConfig:
    """Which of its speakers, and how much slower than its own pace (1.0)."""
    from piper import SynthesisConfig

    return SynthesisConfig(speaker_id=speaker, length_scale=voice.config.length_scale * scale)
