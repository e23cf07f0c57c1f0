"""A voice that hums for as long as its ruler says: for tests, documents and trying out a routine.

It measures without numpy and without an engine, the same on every computer. As a voice it gives a
hum of exactly the measured length, so that everything after it runs as it does for words.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.model.request import Speech
from audioworkout.model.script import Line, SoundName
from audioworkout.ruler import ruler_ms
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms
from audioworkout.voices.voice import Raw, VoiceInfo, Warn

SOUND_LENGTHS: Mapping[SoundName, Ms] = {
    "ready": 120,
    "go": 450,
    "tick": 35,
    "pulse": 30,
    "half": 280,
    "end": 400,
    "finish": 1_200,
}
"""The sounds' own lengths (docs/timing.md)."""

_VERSION = 2
_PERIOD = (8_000,) * 40 + (-8_000,) * 40
"""One turn of a 600 Hz square wave: every sample is above the trim threshold."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """A measure (`line`, `sound`) and a voice in one; `rate` in words a minute."""

    rate: int = 150
    language: str = "en"

    @property
    def label(self) -> str:
        """`ruler 150 wpm`."""
        return f"ruler {self.rate} wpm"

    def line(self, line: Line) -> Ms:
        """Length of a spoken line, from its letters."""
        return ruler_ms(line.text, line.rate(self.rate))

    def sound(self, name: SoundName) -> Ms:
        """Length of a sound."""
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
    """The ruler; it has one voice for every language and never warns."""
    return Ruler(speech.rate, speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """The one voice there is."""
    return (VoiceInfo("ruler", ("*",), "hums for as long as the words would take"),)
