"""Engines of other packages, held to what `voice.Engine` and `voice.Voice` promise.

Whatever goes wrong in one becomes a VoiceError that names it, so that the bundled voice can speak
instead; a fault in code of ours would be hidden by that, so our own engines are not wrapped. What
one prints on standard output, where results stand alone, goes to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from audioworkout.errors import UsageError, VoiceError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import espeak
from audioworkout.voices.voice import (
    Engine,
    Raw,
    Remarking,
    Voice,
    VoiceInfo,
    Warn,
    check_raw_sound,
)

Given = tuple[Line, Raw]

_INT16 = frozenset({"h", "B", "b", "c"})
"""How a buffer of int16 samples, or of plain bytes, describes what is in it (module `struct`)."""

_SIGNAL = 128
"""An exit status beyond it tells of a signal: whoever raised that wants the program to end."""


@dataclass(frozen=True, slots=True)
class PluginVoice:
    """A voice of another package; what is asked of it most often is asked once."""

    engine: str
    voice: Voice
    label: str
    language: str

    def fingerprint(self, line: Line) -> str:
        """The voice's own.

        Raises:
            VoiceError: It failed.
        """
        with guard(self.engine):
            return str(self.voice.fingerprint(line))

    def speak(self, lines: Sequence[Line]) -> Iterator[Given]:
        """What the voice gives, as far as it was asked for.

        Raises:
            VoiceError: It failed, or gave what is no sound, or a line twice or unasked.
        """
        left = set(lines)
        with guard(self.engine):
            given = iter(self.voice.speak(lines))
        try:
            while (one := self._next(given, left)) is not None:
                yield one  # not held: what is done with it meanwhile is not the engine's doing
        finally:
            with guard(self.engine):
                if isinstance(given, Generator):
                    given.close()

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """What the voice has to say, if it is one that has.

        Raises:
            VoiceError: It failed.
        """
        with guard(self.engine):
            if isinstance(self.voice, Remarking):
                self.voice.remark(lines, warn)

    def _next(self, given: Iterator[Given], left: set[Line]) -> Given | None:
        """The next line and its sound, taken from what is left; None behind the last one."""
        with guard(self.engine):
            for line, raw in given:
                if line not in left:
                    raise VoiceError(
                        f"the speech engine {self.engine!r} gave a line twice or unasked: {line!r}"
                    )
                left.remove(line)
                return line, check_raw_sound(self._plain(raw), line, repr(self.engine))
        return None

    def _plain(self, raw: Raw) -> Raw:
        """The samples as bytes, whatever buffer they came in."""
        pcm, rate = raw
        samples = memoryview(pcm)
        if samples.format not in _INT16 or samples.ndim != 1:
            raise VoiceError(
                f"the speech engine {self.engine!r} gave samples that are not int16, one after"
                f" another: {samples.ndim} dimensions of format {samples.format!r}"
            )
        return Raw(samples.tobytes(), int(rate))


@dataclass(frozen=True, slots=True)
class PluginEngine:
    """An engine of another package, by the name of its entry point and what imports it."""

    name: str
    load: Callable[[], object]

    def open_voice(self, speech: Speech, warn: Warn) -> Voice:
        """The voice asked for; where the engine does not work, the bundled one, and a warning.

        Raises:
            UsageError: There is no such voice, or it cannot speak as asked.
        """
        try:
            return self._opened(speech, warn)
        except VoiceError as error:
            plain = replace(speech, engine=None, voice=None, counts=None)
            spare = espeak.open_voice(plain, warn)
            warn(f"{error}; {spare.label} speaks instead")
            return spare

    def _opened(self, speech: Speech, warn: Warn) -> PluginVoice:
        engine = self._loaded()
        with guard(self.name):
            voice = engine.open_voice(speech, warn)
            label = "".join(filter(str.isprintable, str(voice.label)))
            return PluginVoice(self.name, voice, label, str(voice.language))

    def list_voices(self, own: Path | None) -> tuple[VoiceInfo, ...]:
        """Every voice.

        Raises:
            VoiceError: The engine failed.
        """
        engine = self._loaded()
        with guard(self.name):
            return tuple(map(_describe_voice, engine.list_voices(own)))

    def _loaded(self) -> Engine:
        with guard(self.name, "cannot be loaded"):
            return cast(Engine, self.load())


def _describe_voice(voice: VoiceInfo) -> VoiceInfo:
    languages: Iterable[object] = voice.languages
    return VoiceInfo(str(voice.name), tuple(map(str, languages)), str(voice.title))


@contextmanager
def guard(engine: str, what: str = "failed") -> Iterator[None]:
    """Where code of another package runs: its prints and its faults end here.

    A UsageError, which it may raise, and whatever means to end the program go through.

    Raises:
        VoiceError: Anything else was raised; that is its cause.
    """
    try:
        with redirect_stdout(sys.stderr):
            yield
    except (UsageError, VoiceError, KeyboardInterrupt):
        raise
    except BaseException as error:  # it may raise anything, and not all of that is an Exception
        if isinstance(error, SystemExit) and _is_signal_exit(error.code):
            raise
        why = f"{type(error).__name__}: {error}".rstrip(": ")
        raise VoiceError(
            f"the speech engine {engine!r} {what}: {why}", "Tell those who make that engine."
        ) from error


def _is_signal_exit(code: object) -> bool:
    return isinstance(code, int) and code > _SIGNAL
