"""A voice that hums for the estimated length of each line: for tests, documents and try-outs.

It needs neither numpy nor an engine, and is the same on every computer. The hum is exactly as long
as the estimate, so that all later steps run as they do for words.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, SoundName
from audioworkout.ruler import ruler_ms
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms
from audioworkout.voices.voice import Raw, VoiceInfo

SOUND_LENGTHS: Mapping[SoundName, Ms] = {
    "ready": 120,
    "go": 450,
    "tick": 35,
    "pulse": 30,
    "half": 280,
    "end": 400,
    "finish": 1_200,
}
"""Lengths of the sound cues (ms; docs/timing.md)."""

_VERSION = 2
_PERIOD = (8_000,) * 40 + (-8_000,) * 40
"""One period of a 600 Hz square wave: every sample is above the trim threshold."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Both a measure (`line`, `sound`) and a voice; `rate` is in words a minute."""

    rate: int = 150
    language: str = "en"

    @property
    def label(self) -> str:
        """`ruler 150 wpm`."""
        return f"ruler {self.rate} wpm"

    def line(self, line: Line) -> Ms:
        """Length of a spoken line (ms), estimated from its letters."""
        return ruler_ms(line.text, line.rate(self.rate))

    def sound(self, name: SoundName) -> Ms:
        """Length of a sound cue (ms)."""
        return SOUND_LENGTHS[name]

    def fingerprint(self, line: Line) -> str:
        """Its version and rate."""
        return f"ruler {_VERSION} rate {self.rate}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """A hum for each line, as long as `line` says."""
        period = struct.pack(f"={len(_PERIOD)}h", *_PERIOD)
        for line in lines:
            size = self.line(line) * SAMPLES_PER_MS * 2
            yield line, Raw((period * (size // len(period) + 1))[:size], RATE)


def open_voice(speech: Speech, warn: Warn) -> Ruler:
    """Open the ruler, which has one voice for every language."""
    return Ruler(speech.rate, speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """The ruler's only voice."""
    return (VoiceInfo("ruler", ("*",), "hums for as long as the words would take"),)
