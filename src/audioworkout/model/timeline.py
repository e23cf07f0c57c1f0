"""When everything sounds: the output of layout, from which the MP3 and all views are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple, Protocol

from audioworkout.model.exercise import Mode, Side
from audioworkout.model.script import Context, Line, Role, SoundName, SpanKind
from audioworkout.text import short_digest
from audioworkout.units import SAMPLES_PER_MS, Ms


class Measure(Protocol):
    """Lengths of speech and sounds. Implemented by real clips, the ruler and tables in tests."""

    def line(self, line: Line) -> Ms:
        """Length of a spoken line from its onset to its last audible sample, rounded up (ms)."""
        ...

    def sound(self, name: SoundName) -> Ms:
        """Length of a sound cue (ms)."""
        ...


class PlayableClip(Protocol):
    """A clip as layout and mixing use it.

    Only `pcm` may be slow: the samples of a cached clip are read when they are first used, which
    does not happen in a build with everything cached.
    """

    @property
    def pcm(self) -> bytes:
        """Its samples."""
        ...

    @property
    def length(self) -> Ms:
        """How long it sounds."""
        ...

    @property
    def loudness(self) -> float:
        """How loud it is against other clips (LUFS)."""
        ...

    @property
    def samples(self) -> int:
        """How many samples it has, the quiet at its edges included."""
        ...

    @property
    def lead(self) -> int:
        """How many of them come before it is heard to begin."""
        ...

    @property
    def digest(self) -> str:
        """Digest of its samples, from `digest_samples`."""
        ...

    @property
    def faithful(self) -> bool:
        """False if the clip was re-synthesised and differs from `digest`.

        Do not cache anything made from it then.
        """
        ...

    @property
    def hops(self) -> bytes:
        """Its energy in each 100 ms (`loudness.clip_hops`) if it was just measured; else empty."""
        ...


LEAD: Ms = 10
"""Quiet kept in front of a clip's first audible sample, so that no attack is cut."""


def digest_samples(pcm: bytes) -> str:
    """32 figures and letters, equal for equal samples."""
    return short_digest(pcm)


@dataclass(frozen=True)
class Clip:
    """Sound ready to be placed: a spoken line or a beep.

    `pcm` is int16 little-endian mono at 48 kHz; its onset, where it is heard to begin (the first
    sample above -30 dB of its peak), lies `lead` samples after its first. `length` runs from the
    onset to the last audible sample (above -45 dB, before that is faded), rounded up. `loudness` is
    that by which it is matched to others, in LUFS (`finish.speech_loudness`).
    `hops` is what that was found from, for whoever goes on measuring: it takes as long as all
    else about a clip, and is not kept with it.
    """

    pcm: bytes
    length: Ms
    loudness: float
    lead: int = LEAD * SAMPLES_PER_MS
    hops: bytes = field(default=b"", compare=False, repr=False)
    faithful: ClassVar[bool] = True

    @property
    def samples(self) -> int:
        """How many samples it has."""
        return len(self.pcm) // 2

    @cached_property
    def digest(self) -> str:
        """A name for its samples."""
        return digest_samples(self.pcm)


class Clips(NamedTuple):
    """Every clip of a workout; measures their lengths. A missing line is a KeyError."""

    lines: Mapping[Line, PlayableClip]
    sounds: Mapping[SoundName, PlayableClip]

    def line(self, line: Line) -> Ms:
        """Length of a spoken line."""
        return self.lines[line].length

    def sound(self, name: SoundName) -> Ms:
        """Length of a sound."""
        return self.sounds[name].length


class Spoken(NamedTuple):
    """A line that is said. `end_ms - start_ms` is the length of its clip."""

    start_ms: Ms
    end_ms: Ms
    role: Role
    line: Line
    context: Context
    number: int | None = None
    side: Side | None = None
    source: str = ""
    """Key of the phrase, or the kind of cue: tells which rule of coaching said it."""


class Sounded(NamedTuple):
    """A sound cue that is played."""

    start_ms: Ms
    end_ms: Ms
    name: SoundName
    context: Context
    side: Side | None = None


Event = Spoken | Sounded


@dataclass(frozen=True, slots=True)
class Span:
    """A time range of one kind; spans are adjacent and cover the whole file."""

    kind: SpanKind
    start_ms: Ms
    end_ms: Ms
    context: Context
    mode: Mode | None = None
    count: int | None = None


class Mark(NamedTuple):
    """A chapter: its title, start and end."""

    title: str
    start_ms: Ms
    end_ms: Ms
    context: Context


class Problem(NamedTuple):
    """Words that did not fit: where, by how many ms, and a hint."""

    at_ms: Ms
    by_ms: Ms
    what: str
    hint: str


class Timeline(NamedTuple):
    """Every event with its moment, in order of start; its JSON is described in docs/timeline.md."""

    title: str
    routine: str
    language: str
    voice: str
    duration_ms: Ms
    chapters: tuple[Mark, ...]
    spans: tuple[Span, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...] = ()
    kit: tuple[str, ...] = ()
    """What to have at hand, each thing in the words of the language."""
    mood: str = "lively"
