"""The computer's own voices on macOS and Windows, through pyttsx3's drivers.

The drivers may hang, crash, or report success without a file, so each line is supervised in a
separate process. If they do not work, the bundled espeak-ng speaks instead, with a warning: at once
if the engine does not start, through `clips.speak_or_fall_back` if it fails later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.errors import UnknownNameError, VoiceError
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, quick_rate
from audioworkout.names import did_you_mean
from audioworkout.voices import espeak
from audioworkout.voices.process import Driver, DriverVoices, list_driver_voices, speak_in_worker
from audioworkout.voices.voice import LIST_HINT, Raw, Voice, VoiceInfo

HINT = "Use the bundled voices: --engine espeak-ng."

CLEAR_VOICES = frozenset(
    {"samantha", "alex", "daniel", "anna", "mónica", "jorge", "thomas", "amélie", "alice"}
)
"""macOS voices to prefer if the user's default voice does not speak the language: most of the
others at the start of its list are novelty voices."""


@dataclass(frozen=True, slots=True)
class System:
    """One of the computer's own voices; `identifier` is the driver's name for it."""

    driver: Driver
    name: str
    identifier: str
    rate: int
    language: str

    @property
    def label(self) -> str:
        """`system Samantha 150 wpm`."""
        return f"system {self.name} {self.rate} wpm"

    def fingerprint(self, line: Line) -> str:
        """Driver, pyttsx3, voice and rates. Updates of the system's voice cannot be seen in it."""
        rates = f"{self.rate} {quick_rate(self.rate)}"
        return f"{self.driver.name} pyttsx3 {espeak.PYTTSX3} {self.identifier} {rates}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line; a missing or unreadable file is a VoiceError."""
        return speak_in_worker(self.driver, self.identifier, self.rate, lines, HINT)


def open_voice(speech: Speech, warn: Warn, driver: Driver | None = None) -> Voice:
    """Open the requested system voice, or the best for the language; espeak-ng if none works.

    Starts the engine once to list its voices.

    Raises:
        UnknownNameError: No such voice, or this system has no usable voices.
    """
    driver = driver or _native_driver()
    try:
        return _choose_voice(driver, list_driver_voices(driver), speech)
    except VoiceError as error:
        spare = open_spare(speech, warn)
        warn(f"{error}; {spare.label} speaks instead")
        return spare


def open_spare(speech: Speech, warn: Warn) -> Voice:
    """The voice that speaks if the system's voices fail."""
    return espeak.open_voice(
        Speech(rate=speech.rate, volume=speech.volume, language=speech.language), warn
    )


def list_voices(own: Path | None = None, driver: Driver | None = None) -> tuple[VoiceInfo, ...]:
    """Every voice of the system; none if it has no engine or the engine does not work."""
    try:
        found = list_driver_voices(driver or _native_driver()).voices
    except (UnknownNameError, VoiceError):
        return ()
    return tuple(VoiceInfo(voice.name, voice.languages, voice.identifier) for voice in found)


def _native_driver() -> Driver:
    """The pyttsx3 driver of this operating system."""
    if sys.platform == "darwin":
        return Driver("nsss")
    if sys.platform == "win32":
        return Driver("sapi5")
    raise UnknownNameError(f"there is no engine `system` on {sys.platform}", HINT)


def _choose_voice(driver: Driver, has: DriverVoices, speech: Speech) -> System:
    by_preference = sorted(
        has.voices,
        key=lambda voice: (voice.identifier != has.current, voice.name.lower() not in CLEAR_VOICES),
    )
    for voice in by_preference:
        names = (voice.name.lower(), voice.identifier.lower())
        if speech.voice.lower() in names if speech.voice else speech.language in voice.primary:
            return System(driver, voice.name, voice.identifier, speech.rate, speech.language)
    if speech.voice is None:
        raise VoiceError(f"this system has no voice that speaks {speech.language!r}")
    raise UnknownNameError(
        f"this system has no voice called {speech.voice!r}",
        did_you_mean(speech.voice, [voice.name for voice in has.voices]) or LIST_HINT,
    )
