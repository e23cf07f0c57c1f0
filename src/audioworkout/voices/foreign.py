"""Engines of other packages, held to what `voice.Engine` and `voice.Voice` promise.

Whatever goes wrong in one becomes a VoiceError that names it, so that the bundled voice can speak
instead; a fault in code of ours would be hidden by that, so our own engines are not wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audioworkout.errors import VoiceError, WorkoutError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices.voice import Engine, Raw, Remarking, Voice, VoiceInfo, Warn

RATES = range(4_000, 384_001)
"""Samples a second (hertz) that speech comes in: from half a telephone's to a studio's most."""


@dataclass(frozen=True, slots=True)
class ForeignVoice:
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
        with blamed_on(self.engine):
            return str(self.voice.fingerprint(line))

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """What the voice gives, as far as it was asked for.

        Raises:
            VoiceError: It failed, or gave what is no sound, or a line twice or unasked.
        """
        left = set(lines)
        with blamed_on(self.engine):
            for line, raw in self.voice.speak(lines):
                if line not in left:
                    raise VoiceError(
                        f"the speech engine {self.engine!r} gave a line twice or unasked: {line!r}"
                    )
                left.remove(line)
                yield line, self._checked(raw)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """What the voice has to say, if it is one that has.

        Raises:
            VoiceError: It failed.
        """
        with blamed_on(self.engine):
            if isinstance(self.voice, Remarking):
                self.voice.remark(lines, warn)

    def _checked(self, raw: Raw) -> Raw:
        pcm, rate = raw
        if int(rate) not in RATES:
            raise VoiceError(
                f"the speech engine {self.engine!r} gave sound of {rate} samples a second"
            )
        return Raw(memoryview(pcm).tobytes(), int(rate))


@dataclass(frozen=True, slots=True)
class ForeignEngine:
    """An engine of another package, by the name of its entry point."""

    name: str
    engine: Engine

    def open_voice(self, speech: Speech, warn: Warn) -> ForeignVoice:
        """The voice asked for.

        Raises:
            UnknownNameError: There is no such voice.
            VoiceError: The engine failed.
        """
        with blamed_on(self.name):
            voice = self.engine.open_voice(speech, warn)
            return ForeignVoice(self.name, voice, str(voice.label), str(voice.language))

    def list_voices(self, own: Path | None) -> tuple[VoiceInfo, ...]:
        """Every voice.

        Raises:
            VoiceError: The engine failed.
        """
        with blamed_on(self.name):
            return tuple(
                VoiceInfo(str(voice.name), tuple(map(str, voice.languages)), str(voice.title))
                for voice in self.engine.list_voices(own)
            )


@contextmanager
def blamed_on(engine: str) -> Iterator[None]:
    """Where a fault of another package ends; errors of ours, which it may raise, go through.

    Raises:
        VoiceError: Anything else was raised; that is its cause.
    """
    try:
        yield
    except WorkoutError:
        raise
    except (Exception, SystemExit) as error:  # it may raise anything, and must not end the program
        why = f"{type(error).__name__}: {error}".rstrip(": ")
        raise VoiceError(
            f"the speech engine {engine!r} failed: {why}", "Tell those who make that engine."
        ) from error
