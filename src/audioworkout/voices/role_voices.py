"""Two voices in one workout: one coaches, the other counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioworkout.model.script import Line
from audioworkout.voices.voice import Raw, Remarking, Voice, Warn


@dataclass(frozen=True, slots=True)
class Cast:
    """A voice made of two: `counts` speaks quick lines (counts, pulses, countdowns)."""

    coach: Voice
    counts: Voice

    @property
    def label(self) -> str:
        """`espeak-ng en-us 150 wpm, counts espeak-ng en-us+m3 150 wpm`."""
        return f"{self.coach.label}, counts {self.counts.label}"

    @property
    def language(self) -> str:
        """Both speak the workout's language."""
        return self.coach.language

    def fingerprint(self, line: Line) -> str:
        """That of whoever speaks the line: clips are shared with workouts of one voice."""
        return (self.counts if line.quick else self.coach).fingerprint(line)

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Each voice speaks its lines in one go; the coach begins."""
        for voice, part in self._parts(lines):
            if part:
                yield from voice.speak(part)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """What either has to say about its own lines."""
        for voice, part in self._parts(lines):
            if isinstance(voice, Remarking):
                voice.remark(part, warn)

    def _parts(self, lines: Sequence[Line]) -> tuple[tuple[Voice, list[Line]], ...]:
        return (
            (self.coach, [line for line in lines if not line.quick]),
            (self.counts, [line for line in lines if line.quick]),
        )
