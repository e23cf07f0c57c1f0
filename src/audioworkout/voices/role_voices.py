"""Two voices in one workout: the coach's, and one for counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audioworkout.model.callbacks import Warn
from audioworkout.model.script import Line
from audioworkout.voices.voice import Raw, Remarking, Voice


class RoleVoices(NamedTuple):
    """A voice that combines two: `counts` speaks quick lines (counts, pulses, countdowns)."""

    coach: Voice
    counts: Voice

    @property
    def label(self) -> str:
        """`espeak-ng en-us 150 wpm, counts espeak-ng en-us+m3 150 wpm`."""
        return f"{self.coach.label}, counts {self.counts.label}"

    @property
    def language(self) -> str:
        """The language of the workout, which both voices speak."""
        return self.coach.language

    def fingerprint(self, line: Line) -> str:
        """That of the voice that speaks the line: clips are shared with other workouts."""
        return (self.counts if line.quick else self.coach).fingerprint(line)

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Each voice speaks all its lines at once; the coach begins."""
        for voice, part in self._parts(lines):
            if part:
                yield from voice.speak(part)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Pass the remarks of both voices about their lines."""
        for voice, part in self._parts(lines):
            if isinstance(voice, Remarking):
                voice.remark(part, warn)

    def _parts(self, lines: Sequence[Line]) -> tuple[tuple[Voice, list[Line]], ...]:
        return (
            (self.coach, [line for line in lines if not line.quick]),
            (self.counts, [line for line in lines if line.quick]),
        )
