"""The protocols of voices and engines, which engines here and in other packages implement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from audioworkout.errors import VoiceError
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.units import RATES

LIST_HINT = "`audioworkout voices` lists all."

A_CHARACTER = 1.0
"""Longest time for a character (s). Digits with commas between them take longest: half of this by
espeak-ng at 80 words a minute, the slowest rate that is allowed."""
BESIDE_THEM = 10.0
"""Longest silence before and after the words, together (s)."""


class Raw(NamedTuple):
    """Sound from an engine: int16 samples (native byte order, mono) at `rate` Hz."""

    pcm: bytes
    rate: int


def check_raw_sound(raw: Raw, line: Line, engine: str) -> Raw:
    """Return the sound of a line if it can be speech; anything else could fill the memory later.

    Raises:
        VoiceError: Its rate is outside `RATES`, or it is far longer than its text.
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
    """A voice in a list: `name` is the argument of `--voice`."""

    name: str
    languages: tuple[str, ...]
    title: str = ""


class Voice(Protocol):
    """A voice. Opening one is cheap: its engine starts with the first `speak`."""

    @property
    def label(self) -> str:
        """Engine, voice and rate as shown to people: `espeak-ng en-us 150 wpm`."""
        ...

    @property
    def language(self) -> str:
        """The language of the texts, which decides how symbols and digits are read."""
        ...

    def fingerprint(self, line: Line) -> str:
        """Everything but the text that the sound depends on: engine, versions, voice, rates.

        Voices with equal fingerprints share cached clips. Must not start the engine. Most voices
        return the same fingerprint for every line.
        """
        ...

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line once, in any order; the texts are normalized and not empty.

        Quick lines (`Line.quick`) are spoken a tenth faster.

        Raises:
            VoiceError: The engine is missing, failed, crashed or hung.
        """
        ...


@runtime_checkable
class Remarking(Protocol):
    """A voice with warnings about the lines that it will speak; most voices have none."""

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Warn about these lines, which are as written (not normalized)."""
        ...


@runtime_checkable
class Preparing(Protocol):
    """A voice that takes long to load, and can do so before its lines are known."""

    def prepare(self) -> None:
        """Start to load what the next `speak` needs."""
        ...

    def release(self) -> None:
        """Undo `prepare` if nothing was spoken since."""
        ...


class Engine(Protocol):
    """A module or object that opens voices; entry points of `audioworkout.voices` name one."""

    def open_voice(self, speech: Speech, warn: Warn) -> Voice:
        """Open the requested voice, or this engine's best for the language.

        Raises:
            UnknownNameError: There is no such voice; the hint names the nearest.
            VoiceError: The engine does not work here.
        """
        ...

    def list_voices(self, own: Path | None) -> Sequence[VoiceInfo]:
        """Every voice that works here; none if the engine does not work.

        `own` is the folder with the user's own voices, or None.
        """
        ...
