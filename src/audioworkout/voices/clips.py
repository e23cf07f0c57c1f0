"""Gets every line of a workout as a finished clip: from the cache, or spoken now and cached.

Some engines give slightly different samples when they speak a line again. So each line is spoken
once, in sorted order by a freshly started engine, and its clip is cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial

from audioworkout.audio_io.clip_files import (
    HEADER_SIZE,
    cache_file_name,
    clip_to_wave,
    parse_facts,
    wave_to_clip,
)
from audioworkout.errors import VoiceError
from audioworkout.model.cache import Cache
from audioworkout.model.callbacks import StepProgress, Warn
from audioworkout.model.script import Line
from audioworkout.model.timeline import Clip, PlayableClip
from audioworkout.normalizing import normalize
from audioworkout.units import Ms
from audioworkout.voices.voice import Preparing, Remarking, Voice

BUCKET = "clips"
FINISH = 5
"""To be raised when `make_clip` makes other clips of a sound; cached ones are then remade."""


@dataclass(frozen=True)
class CachedClip:
    """A cached clip of which only the measurements in the header of its file were read.

    `length` is in ms, `loudness` in LUFS, `lead` and `samples` are numbers of samples. `load`
    returns the samples, and whether they are the measured ones: a clip that is gone from the cache
    is spoken again, which with some engines gives slightly different samples.
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
        """The samples (int16, native byte order), cut or padded to the measured number."""
        size = 2 * self.samples
        return self._loaded[0][:size].ljust(size, b"\0")

    @property
    def faithful(self) -> bool:
        """False if the clip was re-synthesised and differs from `digest`.

        Do not cache anything made from it then.
        """
        return self._loaded[1]

    @cached_property
    def _loaded(self) -> tuple[bytes, bool]:
        return self.load()


def speak_lines(
    lines: Iterable[Line],
    voice: Voice,
    cache: Cache,
    progress: StepProgress = lambda done, of: None,
) -> dict[Line, PlayableClip]:
    """Get the clip of every line; the engine and numpy are loaded only if a line is not cached.

    Raises:
        UsageError: A text has nothing that can be spoken, or is too long.
        VoiceError: The engine failed or returned silence.
    """
    names = clip_names(lines, voice)
    clips: dict[Line, PlayableClip] = dict(_find_cached_clips(names, voice, cache))
    missing = sorted(names.keys() - clips.keys())
    if missing:
        for line, clip in _speak_missing(missing, voice, progress):
            cache.put(BUCKET, names[line], clip_to_wave(clip))
            clips[line] = clip
        if isinstance(voice, Preparing):
            cache.put(BUCKET, _marker_name(voice), b"has spoken\n")
    return clips


@contextmanager
def preload_voice(voice: Voice, cache: Cache) -> Iterator[None]:
    """A context in which a voice that never spoke here loads in the background.

    A voice that has spoken before has most of its lines cached, and seldom needs to be loaded.
    """
    if not isinstance(voice, Preparing) or cache.peek(BUCKET, _marker_name(voice), 0) is not None:
        yield
        return
    with suppress(VoiceError):  # `speak` will fail with the same error
        voice.prepare()
    import audioworkout.voices.clip_maker  # noqa: F401 - loads numpy while the voice loads

    try:
        yield
    finally:
        voice.release()


def _marker_name(voice: Voice) -> str:
    """Name of the cache entry that exists if the voice has spoken before."""
    return cache_file_name("voice", voice.fingerprint(Line(""))).replace(".wav", ".txt")


def speak_or_fall_back(
    lines: Sequence[Line],
    voice: Voice,
    spare: Callable[[], Voice | None],
    cache: Cache,
    progress: StepProgress = lambda done, of: None,
    warn: Warn = lambda message: None,
) -> tuple[Voice, dict[Line, PlayableClip]]:
    """Speak all lines with `voice`; if that fails, all of them with `spare`.

    A workout never changes its voice half-way because an engine failed. The spare voice is opened
    only if it is needed.

    Returns:
        The voice that spoke, and the clip of every line.

    Raises:
        UsageError: A text has nothing that can be spoken, or is too long.
        VoiceError: The engine failed, and the spare voice failed too or there is none.
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
    """The cache name of each line's clip: equal names mean equal sound."""
    making = f"{FINISH}|{normalize.NORMALIZING_VERSION}|{voice.language}"
    return {
        line: cache_file_name(
            line.text, f"{voice.fingerprint(line)}|{making}|{line.quick}|{_punctuate(line)}"
        )
        for line in lines
    }


def _punctuate(line: Line) -> str:
    """The text for the engine: a comma keeps its voice from falling within a list."""
    return f"{line.text}," if line.listed else line.text


def _find_cached_clips(
    names: Mapping[Line, str], voice: Voice, cache: Cache
) -> Iterator[tuple[Line, CachedClip]]:
    for line, name in names.items():
        start = cache.peek(BUCKET, name, HEADER_SIZE)
        facts = None if start is None else parse_facts(*start)
        if facts is not None:
            load = partial(_load_samples, line, name, facts.digest, voice, cache)
            yield line, CachedClip(*facts, load)


def _load_samples(
    line: Line, name: str, digest: str, voice: Voice, cache: Cache
) -> tuple[bytes, bool]:
    """Samples of a cached clip, and whether they match `digest`; spoken again if it is lost."""
    data = cache.get(BUCKET, name)
    clip = None if data is None else wave_to_clip(data)
    if clip is not None:
        return clip.pcm, True
    [(_, clip)] = _speak_missing([line], voice, lambda done, of: None)
    cache.put(BUCKET, name, clip_to_wave(clip))
    return clip.pcm, clip.digest == digest


def _speak_missing(
    missing: list[Line], voice: Voice, progress: StepProgress
) -> Iterator[tuple[Line, Clip]]:
    """Speak the missing lines; lines with the same normalized text are spoken once."""
    asked: dict[Line, list[Line]] = {}
    for line in missing:
        said = Line(normalize.normalize_text(_punctuate(line), voice.language), line.quick)
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
        # Imported here: other engines start with the first line, and work while numpy loads.
        from audioworkout.voices.clip_maker import make_clip

        clip = make_clip(raw)
        if clip is None:
            raise VoiceError(
                f"{voice.label} gave no sound for {line.text!r}",
                "Word it differently, or choose another voice with --voice.",
            )
        yield line, clip
