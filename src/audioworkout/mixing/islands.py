"""Which clips sound together and where: islands of sound, and the levels they are mixed at.

An **island** is a run of clips whose MP3 frames touch. It is rendered and encoded by itself, so two
islands with the same clips at the same distances and levels are the same bytes wherever they stand.
This module is pure Python: it finds the islands and their keys without looking at a sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from audioworkout.dsp.tones import VOICE_LEVEL
from audioworkout.model.script import Line, SoundName
from audioworkout.model.timeline import Clips, Event, PlayableClip, Spoken, Timeline
from audioworkout.text import short_digest
from audioworkout.units import FRAME, SAMPLES_PER_MS, Ms

Source = Line | SoundName
"""What a clip is the sound of."""

Millibels = int
"""A gain in hundredths of a dB: a whole number, so that equal levels are equal keys."""

CODEC_DELAY = 1_152
"""So many samples more than the sound has does an encoder need frames for (M)."""

NOISE_FRAMES = 500
"""Keep-awake noise is encoded once, in so many MP3 frames (12 s), and repeats after them."""

QUIETEST = -70.0
"""A clip below this (LUFS) is silence, and no gain makes it speech."""

MIX = "8"
"""Changes whenever the same parts would be rendered to other samples: part of every key."""


class GainedClip(NamedTuple):
    """A clip as it is mixed: its sound, a name for that sound, and its gain."""

    clip: PlayableClip
    digest: str
    gain: Millibels

    @property
    def samples(self) -> int:
        """Length of the clip with its quiet edges, in samples."""
        return self.clip.samples


class GainSolution(NamedTuple):
    """The gain of every source, and the integrated loudness of the whole with them (LUFS).

    `common` is the part of the gain that all share, `beneath` the gain of what sounds besides.
    """

    gains: Mapping[Source, Millibels]
    common: Millibels
    beneath: Millibels
    loudness: float


class IslandPart(NamedTuple):
    """A take and where its first sample lies: samples from the start of the island.

    Negative where the clip begins before the file does.
    """

    at: int
    take: GainedClip


class Island(NamedTuple):
    """Parts that are rendered and encoded as one.

    `frame` is the MP3 frame of the file it begins at, `frames` how many frames it takes once
    encoded. It is begun one frame early, because an encoder's first frame is its worst.
    """

    frame: int
    frames: int
    parts: tuple[IslandPart, ...]

    @property
    def samples(self) -> int:
        """Samples to render: as many as its frames can carry."""
        return samples_in(self.frames)

    @property
    def key(self) -> str:
        """A name for its samples: equal for equal islands anywhere in any file."""
        return _short_digest(f"{MIX} {self.frames} {self.parts[0].at} {self.shape}".encode())

    @property
    def faithful(self) -> bool:
        """Whether it is, once rendered, what its key stands for: no clip of it was lost."""
        return all(part.take.clip.faithful for part in self.parts)

    @property
    def shape(self) -> str:
        """What sounds in it, wherever in its first frames that begins."""
        start = self.parts[0].at
        parts = (f"{part.at - start} {part.take.digest} {part.take.gain}" for part in self.parts)
        return "\n".join(parts)


class Gap(NamedTuple):
    """So many MP3 frames of nothing but keep-awake noise."""

    frames: int


class IslandPlan(NamedTuple):
    """A whole file: its length in samples, its islands in order, apart from each other."""

    samples: int
    islands: tuple[Island, ...]

    @property
    def frames(self) -> int:
        """MP3 frames of the file, without the one that describes it."""
        return frames_for(self.samples)

    @property
    def pieces(self) -> Iterator[Island | Gap]:
        """Islands and the gaps around them, in order; together exactly `frames` frames."""
        reached = 0
        for island in self.islands:
            if island.frame > reached:
                yield Gap(island.frame - reached)
            yield island
            reached = island.frame + island.frames
        if reached < self.frames:
            yield Gap(self.frames - reached)


def frames_for(samples: int) -> int:
    """MP3 frames a fresh encoder makes of so many samples.

    >>> frames_for(1), frames_for(1152), frames_for(1153)
    (2, 2, 3)
    """
    return -(-(samples + CODEC_DELAY) // FRAME)


def samples_in(frames: int) -> int:
    """The most samples a fresh encoder puts into so many frames.

    >>> samples_in(2), frames_for(samples_in(500))
    (1152, 500)
    """
    return frames * FRAME - CODEC_DELAY


def event_source(event: Event) -> Source:
    """What sounds in an event."""
    return event.line if isinstance(event, Spoken) else event.name


def gain_clips(timeline: Timeline, clips: Clips, volume: float = 1.0) -> dict[Source, GainedClip]:
    """Every clip the timeline uses, levelled against the others.

    Speech is brought to the level the sounds were made for, times `volume`; sounds stay as they
    are. The gains of `programme` come on top.
    """
    sources = dict.fromkeys(map(event_source, timeline.events))
    return {source: _gain_clip(source, clips, volume) for source in sources}


def with_gains(
    takes: Mapping[Source, GainedClip], gains: Mapping[Source, Millibels]
) -> dict[Source, GainedClip]:
    """The same takes, each by its gain."""
    return {
        source: GainedClip(take.clip, take.digest, take.gain + gains[source])
        for source, take in takes.items()
    }


def plan_islands(timeline: Timeline, takes: Mapping[Source, GainedClip]) -> IslandPlan:
    """Group the events into islands.

    Events are in order of the moments at which they are heard, clips in that of their first
    samples: a clip that begins softly leads.
    """
    total = timeline.duration_ms * SAMPLES_PER_MS
    islands: list[Island] = []
    run: list[IslandPart] = []
    end = 0
    heard = ((event, takes[event_source(event)]) for event in timeline.events)
    laid = ((first_sample_of(event.start_ms, take.clip), take) for event, take in heard)
    for at, take in sorted(laid, key=itemgetter(0)):
        if run and _first_frame_of(at) >= _end_frame_of(run[0].at, end):
            islands.append(_make_island(run, end))
            run, end = [], 0
        run.append(IslandPart(at, take))
        end = max(end, min(at + take.samples, total))
    if run:
        islands.append(_make_island(run, end))
    return IslandPlan(total, tuple(islands))


def schedule_key(timeline: Timeline, takes: Mapping[Source, GainedClip]) -> str:
    """A name for the whole programme's loudness: every moment, clip and level."""
    events = (f"{e.start_ms} {takes[event_source(e)].digest}" for e in timeline.events)
    levels = (f"{take.digest} {take.gain} {take.clip.loudness!r}" for take in takes.values())
    return _short_digest("\n".join((MIX, str(timeline.duration_ms), *events, *levels)).encode())


def first_sample_of(start: Ms, clip: PlayableClip) -> int:
    """Where a clip's first sample is laid so that it is heard to begin at `start` ms."""
    return start * SAMPLES_PER_MS - clip.lead


def _gain_clip(source: Source, clips: Clips, volume: float) -> GainedClip:
    if isinstance(source, Line):
        clip = clips.lines[source]
        return GainedClip(clip, clip.digest, _speech_gain(clip.loudness, volume))
    clip = clips.sounds[source]
    return GainedClip(clip, clip.digest, 0)


def _speech_gain(loudness: float, volume: float) -> Millibels:
    """To the common level, to a tenth of a dB; 0 for silence, which a ruler's clips are."""
    if loudness < QUIETEST or volume <= 0:
        return 0
    return 10 * round(10 * (VOICE_LEVEL - loudness + 20 * math.log10(volume)))


def _first_frame_of(at: int) -> int:
    return max(0, max(0, at) // FRAME - 1)


def _end_frame_of(at: int, end: int) -> int:
    """The frame after the last one of an island from sample `at` to sample `end`."""
    first = _first_frame_of(at)
    return first + frames_for(end - first * FRAME)


def _make_island(run: list[IslandPart], end: int) -> Island:
    frame = _first_frame_of(run[0].at)
    parts = tuple(IslandPart(part.at - frame * FRAME, part.take) for part in run)
    return Island(frame, _end_frame_of(run[0].at, end) - frame, parts)


def _short_digest(data: bytes) -> str:
    return short_digest(data)
