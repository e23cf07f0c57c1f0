"""Every line of a workout as a finished clip: from the store, or spoken now and kept.

A line spoken twice by one engine differs by some samples, so each is spoken once, in sorted order
by an engine just started, and its clip is kept whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from audioworkout.errors import VoiceError
from audioworkout.model.kept import Kept
from audioworkout.model.script import Line
from audioworkout.model.timeline import Clip, Sounding
from audioworkout.units import Ms
from audioworkout.voices import speakable
from audioworkout.voices.voice import Remarking, Voice, Warn
from audioworkout.voices.wavefile import (
    HEADER,
    clip_to_wave,
    facts_of,
    wave_name,
    wave_to_clip,
)

SHELF = "clips"
FINISH = 3
"""Raised when `finish` would make other clips of the same sound: kept ones are then made anew."""

Progress = Callable[[int, int], None]
"""Told how many of the missing lines are done, and how many they are."""


@dataclass(frozen=True)
class KeptClip:
    """A clip of which nothing has been read but what its file says of it.

    `load` gives its samples, and whether they are those that were measured: a clip that was lost
    is spoken again, which with some engines gives others, and some more or less.
    """

    length: Ms
    loudness: float
    digest: str
    samples: int
    load: Callable[[], tuple[bytes, bool]]
    hops: bytes = b""

    @cached_property
    def pcm(self) -> bytes:
        """As many samples as were measured."""
        size = 2 * self.samples
        return self._loaded[0][:size].ljust(size, b"\0")

    @property
    def faithful(self) -> bool:
        """Whether its samples are those that its name stands for."""
        return self._loaded[1]

    @cached_property
    def _loaded(self) -> tuple[bytes, bool]:
        return self.load()


def voice_lines(
    lines: Iterable[Line], voice: Voice, kept: Kept, progress: Progress = lambda done, of: None
) -> dict[Line, Sounding]:
    """A clip for every line.

    Neither the engine nor numpy is loaded unless a line is missing from `kept`.

    Raises:
        UsageError: A text has nothing that can be said, or is too long.
        VoiceError: The engine failed or gave silence.
    """
    names = clip_names(lines, voice)
    clips: dict[Line, Sounding] = dict(_kept_clips(names, voice, kept))
    missing = sorted(names.keys() - clips.keys())
    if missing:
        for line, clip in _spoken_clips(missing, voice, progress):
            kept.put(SHELF, names[line], clip_to_wave(clip))
            clips[line] = clip
    return clips


def voice_or_spare(
    lines: Sequence[Line],
    voice: Voice,
    spare: Voice | None,
    kept: Kept,
    progress: Progress = lambda done, of: None,
    warn: Warn = lambda message: None,
) -> tuple[Voice, dict[Line, Sounding]]:
    """Who spoke in the end, and a clip for every line: all by `voice`, else all by `spare`.

    A workout never changes its voice half-way because an engine failed there.

    Raises:
        UsageError: A text has nothing that can be said, or is too long.
        VoiceError: The engine failed, and so did the spare or there is none.
    """
    try:
        if isinstance(voice, Remarking):
            voice.remark(lines, warn)
        return voice, voice_lines(lines, voice, kept, progress)
    except VoiceError as error:
        if spare is None or spare == voice:
            raise
        warn(f"{error}; {spare.label} speaks instead")
        return spare, voice_lines(lines, spare, kept, progress)


def clip_names(lines: Iterable[Line], voice: Voice) -> dict[Line, str]:
    """The name under which each line's clip is kept: equal names, equal sound."""
    making = f"{FINISH}|{speakable.VERSION}|{voice.language}"
    return {
        line: wave_name(line.text, f"{voice.fingerprint(line)}|{making}|{line.quick}|{line.text}")
        for line in lines
    }


def _kept_clips(
    names: Mapping[Line, str], voice: Voice, kept: Kept
) -> Iterator[tuple[Line, KeptClip]]:
    for line, name in names.items():
        start = kept.peek(SHELF, name, HEADER)
        facts = None if start is None else facts_of(*start)
        if facts is not None:
            load = partial(_samples, line, name, facts.digest, voice, kept)
            yield line, KeptClip(*facts, load)


def _samples(line: Line, name: str, digest: str, voice: Voice, kept: Kept) -> tuple[bytes, bool]:
    """The samples of a kept clip; where it is damaged or gone by now, it is spoken again."""
    data = kept.get(SHELF, name)
    clip = None if data is None else wave_to_clip(data)
    if clip is not None:
        return clip.pcm, True
    [(_, clip)] = _spoken_clips([line], voice, lambda done, of: None)
    kept.put(SHELF, name, clip_to_wave(clip))
    return clip.pcm, clip.digest == digest


def _spoken_clips(
    missing: list[Line], voice: Voice, progress: Progress
) -> Iterator[tuple[Line, Clip]]:
    """Each missing line with its clip; different texts that sound alike are spoken once."""
    asked: dict[Line, list[Line]] = {}
    for line in missing:
        said = Line(speakable.speakable(line.text, voice.language), line.quick)
        asked.setdefault(said, []).append(line)
    done = 0
    for said, clip in _finished(sorted(asked), voice):
        for line in asked.pop(said):
            yield line, clip
            progress(done := done + 1, len(missing))
    if asked:
        raise VoiceError(f"{voice.label} left out {min(asked).text!r}")


def _finished(lines: list[Line], voice: Voice) -> Iterator[tuple[Line, Clip]]:
    for line, raw in voice.speak(lines):
        from audioworkout.voices.finish import finished  # loads numpy while the engine goes on

        clip = finished(raw)
        if clip is None:
            raise VoiceError(
                f"{voice.label} gave no sound for {line.text!r}",
                "Word it differently, or choose another voice with --voice.",
            )
        yield line, clip
