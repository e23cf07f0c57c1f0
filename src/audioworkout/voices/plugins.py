"""Runs engines of other packages, and checks what `voice.Engine` and `voice.Voice` promise.

Every failure becomes a VoiceError with the engine's name, so that the bundled voice can speak
instead. Our own engines are not wrapped, because this would hide faults of our code. Prints to
standard output, which is for results only, go to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from audioworkout.errors import UsageError, VoiceError
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import espeak
from audioworkout.voices.voice import (
    Engine,
    Raw,
    Remarking,
    Voice,
    VoiceInfo,
    check_raw_sound,
)

Given = tuple[Line, Raw]

_INT16 = frozenset({"h", "B", "b", "c"})
"""Buffer formats of int16 samples or plain bytes (module `struct`)."""

_SIGNAL = 128
"""A higher exit status means a signal: the program is to end."""


@dataclass(frozen=True, slots=True)
class PluginVoice:
    """A voice of another package; its label and language are read once."""

    engine: str
    voice: Voice
    label: str
    language: str

    def fingerprint(self, line: Line) -> str:
        """The voice's fingerprint.

        Raises:
            VoiceError: It failed.
        """
        with guard(self.engine):
            return str(self.voice.fingerprint(line))

    def speak(self, lines: Sequence[Line]) -> Iterator[Given]:
        """The voice's sound for the requested lines.

        Raises:
            VoiceError: It failed, or returned invalid sound, or a line twice or unasked.
        """
        left = set(lines)
        with guard(self.engine):
            given = iter(self.voice.speak(lines))
        try:
            while (one := self._next_sound(given, left)) is not None:
                yield one  # outside `guard`: errors of the consumer are not the engine's
        finally:
            with guard(self.engine):
                if isinstance(given, Generator):
                    given.close()

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Pass the voice's remarks, if it has any.

        Raises:
            VoiceError: It failed.
        """
        with guard(self.engine):
            if isinstance(self.voice, Remarking):
                self.voice.remark(lines, warn)

    def _next_sound(self, given: Iterator[Given], left: set[Line]) -> Given | None:
        """The next line and its sound, which is removed from `left`; None after the last one."""
        with guard(self.engine):
            for line, raw in given:
                if line not in left:
                    raise VoiceError(
                        f"the speech engine {self.engine!r} gave a line twice or unasked: {line!r}"
                    )
                left.remove(line)
                return line, check_raw_sound(self._copy_samples(raw), line, repr(self.engine))
        return None

    def _copy_samples(self, raw: Raw) -> Raw:
        """The samples as bytes, from any kind of buffer."""
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
    """An engine of another package: the name of its entry point, and the function that loads it."""

    name: str
    load: Callable[[], object]

    def open_voice(self, speech: Speech, warn: Warn) -> Voice:
        """Open the requested voice; if the engine fails, the bundled one, with a warning.

        Raises:
            UsageError: There is no such voice, or it does not support the settings.
        """
        try:
            return self._open_plugin(speech, warn)
        except VoiceError as error:
            plain = speech._replace(engine=None, voice=None, counts=None)
            spare = espeak.open_voice(plain, warn)
            warn(f"{error}; {spare.label} speaks instead")
            return spare

    def _open_plugin(self, speech: Speech, warn: Warn) -> PluginVoice:
        engine = self._load_engine()
        with guard(self.name):
            voice = engine.open_voice(speech, warn)
            label = "".join(filter(str.isprintable, str(voice.label)))
            return PluginVoice(self.name, voice, label, str(voice.language))

    def list_voices(self, own: Path | None) -> tuple[VoiceInfo, ...]:
        """Every voice of the engine.

        Raises:
            VoiceError: The engine failed.
        """
        engine = self._load_engine()
        with guard(self.name):
            return tuple(map(_copy_voice_info, engine.list_voices(own)))

    def _load_engine(self) -> Engine:
        with guard(self.name, "cannot be loaded"):
            return cast(Engine, self.load())


def _copy_voice_info(voice: VoiceInfo) -> VoiceInfo:
    languages: Iterable[object] = voice.languages
    return VoiceInfo(str(voice.name), tuple(map(str, languages)), str(voice.title))


@contextmanager
def guard(engine: str, what: str = "failed") -> Iterator[None]:
    """A context for code of another package: redirects its prints, converts its errors.

    UsageError, and exceptions that end the program, pass unchanged.

    Raises:
        VoiceError: Anything else was raised; that is its cause.
    """
    try:
        with redirect_stdout(sys.stderr):
            yield
    except (UsageError, VoiceError, KeyboardInterrupt):
        raise
    except BaseException as error:  # plugins may raise anything, not only Exceptions
        if isinstance(error, SystemExit) and _is_signal_exit(error.code):
            raise
        why = f"{type(error).__name__}: {error}".rstrip(": ")
        raise VoiceError(
            f"the speech engine {engine!r} {what}: {why}", "Tell those who make that engine."
        ) from error


def _is_signal_exit(code: object) -> bool:
    return isinstance(code, int) and code > _SIGNAL
