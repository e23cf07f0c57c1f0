"""A pyttsx3 driver for Piper's neural voices.

It runs in the worker process only (Piper has an espeak-ng of its own, which must not be loaded
beside ours), and imports only two small modules of this program, so that the worker starts fast.
Piper itself is imported when a voice is loaded.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.voices.file_driver import FileDriver, Proxy, create_wave
from audioworkout.voices.fixed_noise import with_fixed_noise

if TYPE_CHECKING:
    from piper import PiperVoice, SynthesisConfig

USUAL_RATE = 150
"""Words a minute at which `PHONEME` was measured."""

PHONEME = 70.0
"""Mean length of a phoneme (ms), pauses included, when espeak-ng's English voice says `SAMPLE`."""

SAMPLE = (
    "Next, dumbbell squat. Ten reps, three sets.",
    "Keep your back flat, and breathe out as you lift.",
    "Rest, forty-five seconds.",
)
"""The text by which a voice's pace is measured, in every language: only its length matters."""

_SCALES = (1.0, 0.7)
"""Length scales, relative to the voice's own, at which its pace is measured."""


def buildDriver(proxy: Proxy) -> PiperDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry point of every pyttsx3 driver."""
    return PiperDriver(proxy)


class PiperDriver(FileDriver):
    """Speaks into WAV files: int16, mono, at the model's own rate."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(proxy)
        self._voice: PiperVoice | None = None
        self._pace: Pace | None = None

    def select_voice(self, identifier: str) -> None:
        """Load a model and measure its pace; `identifier` is `PATH#SPEAKER`, the speaker a number.

        Raises:
            OSError: A file cannot be read.
            Exception: Whatever Piper and onnxruntime raise for files that are not a voice.
        """
        path, _, speaker = identifier.rpartition("#")
        self._voice = load_voice(Path(path))
        self._pace = measure_pace(self._voice, int(speaker))

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
        with create_wave(filename, self._voice.config.sample_rate) as file:
            settings = synthesis_config(self._voice, speaker, scale)
            for chunk in self._voice.synthesize(text, settings):
                file.writeframes(chunk.audio_int16_bytes)
        self._proxy.notify("finished-utterance", completed=True)


class Pace(NamedTuple):
    """Mean length of a phoneme (ms): `fixed`, plus `stretched` times the length scale."""

    fixed: float
    stretched: float

    def scale(self, rate: float) -> float:
        """The length scale, relative to the voice's own, for a rate (words a minute).

        >>> Pace(0.0, 140.0).scale(150) == PHONEME / 140
        True
        """
        return max(0.1, (PHONEME * USUAL_RATE / rate - self.fixed) / self.stretched)


def load_voice(path: Path) -> PiperVoice:
    """Load a voice whose noise is fixed, so that the same text gives the same samples.

    Raises:
        OSError: One of its two files cannot be read.
        Exception: Whatever Piper and onnxruntime raise for files that are not a voice.
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
    """Measure how fast a voice speaks, because no model file says so.

    Raises:
        RuntimeError: The voice is silent.
    """
    phonemes = sum(len(part) for text in SAMPLE for part in voice.phonemize(text))
    slow, fast = (
        sum(audible_ms(voice, text, synthesis_config(voice, speaker, scale)) for text in SAMPLE)
        / phonemes
        for scale in _SCALES
    )
    stretched = (slow - fast) / (_SCALES[0] - _SCALES[1])
    if stretched <= 0:
        raise RuntimeError("the voice is silent")
    return Pace(slow - stretched * _SCALES[0], stretched)


def audible_ms(voice: PiperVoice, text: str, how: SynthesisConfig) -> float:
    """Length of a text (ms) from the first to the last sample within 45 dB of the highest."""
    import numpy as np

    chunks = list(voice.synthesize(text, how))
    if not chunks:
        return 0.0
    heights = np.abs(np.concatenate([chunk.audio_float_array for chunk in chunks]))
    audible = np.flatnonzero(heights > heights.max() * 10 ** (-45 / 20))
    return 1_000 * float(audible[-1] + 1 - audible[0]) / chunks[0].sample_rate


def synthesis_config(voice: PiperVoice, speaker: int, scale: float) -> SynthesisConfig:
    """Piper's settings for a speaker, at `scale` times the voice's own lengths."""
    from piper import SynthesisConfig

    return SynthesisConfig(speaker_id=speaker, length_scale=voice.config.length_scale * scale)
