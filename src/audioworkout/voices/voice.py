"""What a voice and an engine are: the protocols that every engine here and elsewhere implements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from audioworkout.errors import VoiceError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.units import RATES

Warn = Callable[[str], None]
"""Tells the person something worth knowing; does not stop the build."""

LIST_HINT = "`audioworkout voices` lists all."

A_CHARACTER = 1.0
"""Seconds that a character takes at most. Figures with commas between them take longest: half of
that by espeak-ng at 80 words a minute, the slowest that can be asked for."""
BESIDE_THEM = 10.0
"""Seconds of silence before and after the words, at most."""


class Raw(NamedTuple):
    """Sound as an engine gave it: int16 samples (native byte order, mono) at `rate` hertz."""

    pcm: bytes
    rate: int


def check_raw_sound(raw: Raw, line: Line, engine: str) -> Raw:
    """The sound of a line, if it can be speech: what else is made of it would take all memory.

    Raises:
        VoiceError: Its rate is none of speech, or it is far longer than its text.
    """
    if raw.rate not in RATES:
        raise VoiceError(
            f"the speech engine {engine} gave sound of {raw.rate} samples a second, and speech has"
            f" {RATES.start} to {RATES.stop - 1}"
        )
    seconds = len(raw.pcm) / 2 / raw.rate
    if seconds > BESIDE_THEM + A_CHARACTER * len(line.text):
        raise VoiceError(
            f"the speech engine {engine} gave {seconds:.0f} seconds of sound for {line.text!r},"
            " which cannot take so long"
        )
    return raw


class VoiceInfo(NamedTuple):
    """One voice as it is listed: `name` is what `--voice` takes."""

    name: str
    languages: tuple[str, ...]
    title: str = ""


class Voice(Protocol):
    """Someone who speaks. Opening one is cheap: its engine starts with the first `speak`."""

    @property
    def label(self) -> str:
        """Engine, voice and rate as shown to people: `espeak-ng en-us 150 wpm`."""
        ...

    @property
    def language(self) -> str:
        """The language of the texts, which decides how signs and figures are read."""
        ...

    def fingerprint(self, line: Line) -> str:
        """Everything but the text that changes the sound of a line: engine, versions, voice, rates.

        Voices with the same fingerprint share their kept clips. Must not start the engine. Most
        voices say the same for every line.
        """
        ...

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line once, in any order; each is non-empty and fit for speech.

        Quick lines (`Line.quick`) are spoken a tenth faster.

        Raises:
            VoiceError: The engine is missing, failed, crashed or hung.
        """
        ...


@runtime_checkable
class Remarking(Protocol):
    """A voice that has something to say about the lines it is to speak: most have not."""

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Tell what a person should know of how these lines, as written, will be spoken."""
        ...


@runtime_checkable
class Preparing(Protocol):
    """A voice that takes its time to begin, and can do so before it is known what to say."""

    def prepare(self) -> None:
        """Begin to load what the next `speak` needs."""
        ...

    def release(self) -> None:
        """End what was begun, if nothing was spoken since."""
        ...


class Engine(Protocol):
    """A module (or object) that makes voices: what an entry point `audioworkout.voices` names."""

    def open_voice(self, speech: Speech, warn: Warn) -> Voice:
        """The voice asked for, or this engine's best for the language.

        Raises:
            UnknownNameError: There is no such voice; the hint names the nearest.
            VoiceError: The engine does not work here.
        """
        ...

    def list_voices(self, own: Path | None) -> Sequence[VoiceInfo]:
        """Every voice that works here; none where the engine does not work.

        `own` is the folder with the person's own voices, if there is one.
        """
        ...
