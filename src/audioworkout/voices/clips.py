"""Every line of a workout as a finished clip: from the store, or spoken now and kept.

A line spoken twice by one engine differs by some samples, so each is spoken once, in sorted order
by an engine just started, and its clip is kept whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial

from audioworkout.audio_io.clip_files import (
    HEADER,
    cache_file_name,
    clip_to_wave,
    parse_facts,
    wave_to_clip,
)
from audioworkout.errors import VoiceError
from audioworkout.model.cache import Cache
from audioworkout.model.script import Line
from audioworkout.model.timeline import Clip, PlayableClip
from audioworkout.normalizing import normalize
from audioworkout.units import Ms
from audioworkout.voices.voice import Preparing, Remarking, Voice, Warn

SHELF = "clips"
FINISH = 5
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
    lead: int
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


def speak_lines(
    lines: Iterable[Line], voice: Voice, cache: Cache, progress: Progress = lambda done, of: None
) -> dict[Line, PlayableClip]:
    """A clip for every line.

    Neither the engine nor numpy is loaded unless a line is missing from `kept`.

    Raises:
        UsageError: A text has nothing that can be said, or is too long.
        VoiceError: The engine failed or gave silence.
    """
    names = clip_names(lines, voice)
    clips: dict[Line, PlayableClip] = dict(_kept_clips(names, voice, cache))
    missing = sorted(names.keys() - clips.keys())
    if missing:
        for line, clip in _spoken_clips(missing, voice, progress):
            cache.put(SHELF, names[line], clip_to_wave(clip))
            clips[line] = clip
        if isinstance(voice, Preparing):
            cache.put(SHELF, _mark_of(voice), b"has spoken\n")
    return clips


@contextmanager
def prepared(voice: Voice, cache: Cache) -> Iterator[None]:
    """Have a voice that never spoke here load while the lines are found that it is to speak.

    One that did has most of its lines kept, and seldom needs to be loaded.
    """
    if not isinstance(voice, Preparing) or cache.peek(SHELF, _mark_of(voice), 0) is not None:
        yield
        return
    with suppress(VoiceError):  # `speak` will fail likewise, and tell
        voice.prepare()
    try:
        yield
    finally:
        voice.release()


def _mark_of(voice: Voice) -> str:
    """The name of an entry that tells that a voice has spoken."""
    return cache_file_name("voice", voice.fingerprint(Line(""))).replace(".wav", ".txt")


def voice_or_spare(
    lines: Sequence[Line],
    voice: Voice,
    spare: Callable[[], Voice | None],
    cache: Cache,
    progress: Progress = lambda done, of: None,
    warn: Warn = lambda message: None,
) -> tuple[Voice, dict[Line, PlayableClip]]:
    """Who spoke in the end, and a clip for every line: all by `voice`, else all by `spare`.

    A workout never changes its voice half-way because an engine failed there. The spare is opened
    only if it is needed.

    Raises:
        UsageError: A text has nothing that can be said, or is too long.
        VoiceError: The engine failed, and so did the spare or there is none.
    """
    try:
        if isinstance(voice, Remarking):
            voice.remark(lines, warn)
        return voice, speak_lines(lines, voice, cache, progress)
    except VoiceError as error:
        other = spare()
        if other is None or other == voice:
            raise
        warn(f"{error}; {other.label} speaks instead")
        return other, speak_lines(lines, other, cache, progress)


def clip_names(lines: Iterable[Line], voice: Voice) -> dict[Line, str]:
    """The name under which each line's clip is kept: equal names, equal sound."""
    making = f"{FINISH}|{normalize.VERSION}|{voice.language}"
    return {
        line: cache_file_name(
            line.text, f"{voice.fingerprint(line)}|{making}|{line.quick}|{line.text}"
        )
        for line in lines
    }


def _kept_clips(
    names: Mapping[Line, str], voice: Voice, cache: Cache
) -> Iterator[tuple[Line, KeptClip]]:
    for line, name in names.items():
        start = cache.peek(SHELF, name, HEADER)
        facts = None if start is None else parse_facts(*start)
        if facts is not None:
            load = partial(_load_samples, line, name, facts.digest, voice, cache)
            yield line, KeptClip(*facts, load)


def _load_samples(
    line: Line, name: str, digest: str, voice: Voice, cache: Cache
) -> tuple[bytes, bool]:
    """The samples of a kept clip; where it is damaged or gone by now, it is spoken again."""
    data = cache.get(SHELF, name)
    clip = None if data is None else wave_to_clip(data)
    if clip is not None:
        return clip.pcm, True
    [(_, clip)] = _spoken_clips([line], voice, lambda done, of: None)
    cache.put(SHELF, name, clip_to_wave(clip))
    return clip.pcm, clip.digest == digest


def _spoken_clips(
    missing: list[Line], voice: Voice, progress: Progress
) -> Iterator[tuple[Line, Clip]]:
    """Each missing line with its clip; different texts that sound alike are spoken once."""
    asked: dict[Line, list[Line]] = {}
    for line in missing:
        said = Line(normalize.normalize_text(line.text, voice.language), line.quick)
        asked.setdefault(said, []).append(line)
    done = 0
    for said, clip in _make_clips(sorted(asked), voice):
        for line in asked.pop(said):
            yield line, clip
            progress(done := done + 1, len(missing))
    if asked:
        raise VoiceError(f"{voice.label} left out {min(asked).text!r}")


def _make_clips(lines: list[Line], voice: Voice) -> Iterator[tuple[Line, Clip]]:
    for line, raw in voice.speak(lines):
        from audioworkout.voices.clip_maker import make_clip  # loads numpy while the engine goes on

        clip = make_clip(raw)
        if clip is None:
            raise VoiceError(
                f"{voice.label} gave no sound for {line.text!r}",
                "Word it differently, or choose another voice with --voice.",
            )
        yield line, clip
