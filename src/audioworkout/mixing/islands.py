"""Groups clips into islands of sound, and gives each clip its gain.

An **island** is a group of clips whose MP3 frames touch or overlap. It is rendered and encoded by
itself, so two islands with the same clips at the same distances and gains are the same bytes
wherever they are in a file. This module is pure Python: it finds islands and their cache keys
without reading a sample.
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

ClipSource = Line | SoundName
"""What a clip is the sound of: a line of speech, or a sound cue."""

Millibels = int
"""A gain in hundredths of a dB; whole numbers, so that equal gains give equal keys."""

CODEC_DELAY = 1_152
"""Samples of delay and padding for which an encoder needs frames besides the sound (measured)."""

NOISE_FRAMES = 500
"""MP3 frames of keep-awake noise that are encoded once (12 s) and repeated."""

QUIETEST_CLIP = -70.0
"""A clip below this loudness (LUFS) counts as silence and gets no gain."""

SOFTER_COUNT: Millibels = 150
"""How much softer the middle numbers of a set are than its first and its last three."""

MIX = "8"
"""Changes whenever the same parts would be rendered to other samples: part of every key."""


class GainedClip(NamedTuple):
    """A clip, the digest of its samples, and its gain."""

    audio: PlayableClip
    digest: str
    gain: Millibels

    @property
    def samples(self) -> int:
        """Number of samples, with the quiet edges."""
        return self.audio.samples


class GainSolution(NamedTuple):
    """The gain of every source, and the integrated loudness of the mix with them (LUFS).

    `common` is the part of the gains that all clips share, `music_gain` the gain of the music.
    """

    gains: Mapping[ClipSource, Millibels]
    common: Millibels
    music_gain: Millibels
    loudness: float


class IslandPart(NamedTuple):
    """A clip and the position of its first sample, in samples from the start of the island.

    Negative if the clip begins before the file does.
    """

    at: int
    clip: GainedClip


class Island(NamedTuple):
    """Clips that are rendered and encoded together.

    `frame` is the index of its first MP3 frame in the file, `frames` their number. It begins one
    frame before its first clip, because an encoder's first frame has the worst quality.
    """

    frame: int
    frames: int
    parts: tuple[IslandPart, ...]

    @property
    def samples(self) -> int:
        """Number of samples to render: as many as its frames can hold."""
        return samples_in(self.frames)

    @property
    def key(self) -> str:
        """Cache key of its samples: equal for equal islands anywhere in any file."""
        return short_digest(f"{MIX} {self.frames} {self.parts[0].at} {self.shape}".encode())

    @property
    def faithful(self) -> bool:
        """False if a clip was re-synthesised and differs from its digest.

        Do not cache the island then.
        """
        return all(part.clip.audio.faithful for part in self.parts)

    @property
    def shape(self) -> str:
        """Its clips, gains and distances, independent of its position in its first frames."""
        start = self.parts[0].at
        parts = (f"{part.at - start} {part.clip.digest} {part.clip.gain}" for part in self.parts)
        return "\n".join(parts)


class NoiseFrames(NamedTuple):
    """A number of MP3 frames that hold keep-awake noise only."""

    frames: int


class IslandPlan(NamedTuple):
    """A whole file: its length in samples, and its islands in order; they do not overlap."""

    samples: int
    islands: tuple[Island, ...]

    @property
    def frames(self) -> int:
        """Number of MP3 frames in the file, without the Info frame."""
        return frames_for(self.samples)

    @property
    def pieces(self) -> Iterator[Island | NoiseFrames]:
        """Islands and the gaps between them, in order; `frames` frames in total."""
        reached = 0
        for island in self.islands:
            if island.frame > reached:
                yield NoiseFrames(island.frame - reached)
            yield island
            reached = island.frame + island.frames
        if reached < self.frames:
            yield NoiseFrames(self.frames - reached)


def frames_for(samples: int) -> int:
    """Number of MP3 frames that a fresh encoder makes of a number of samples.

    >>> frames_for(1), frames_for(1152), frames_for(1153)
    (2, 2, 3)
    """
    return -(-(samples + CODEC_DELAY) // FRAME)


def samples_in(frames: int) -> int:
    """The most samples that a fresh encoder puts into a number of frames.

    >>> samples_in(2), frames_for(samples_in(500))
    (1152, 500)
    """
    return frames * FRAME - CODEC_DELAY


def event_source(event: Event) -> ClipSource:
    """The source of an event's sound."""
    return event.line if isinstance(event, Spoken) else event.name


def gain_clips(
    timeline: Timeline, clips: Clips, volume: float = 1.0
) -> dict[ClipSource, GainedClip]:
    """Every clip that the timeline uses, with the gain that matches it to the others.

    Speech gets the level that sound cues were made for, times `volume`; sound cues keep their
    level. The gains of `solve_gains` are added later.
    """
    sources = dict.fromkeys(map(event_source, timeline.events))
    return {source: _gain_clip(source, clips, volume) for source in sources}


def with_gains(
    clips: Mapping[ClipSource, GainedClip], gains: Mapping[ClipSource, Millibels]
) -> dict[ClipSource, GainedClip]:
    """The same clips with `gains` added to theirs."""
    return {
        source: GainedClip(clip.audio, clip.digest, clip.gain + gains[source])
        for source, clip in clips.items()
    }


def plan_islands(timeline: Timeline, clips: Mapping[ClipSource, GainedClip]) -> IslandPlan:
    """Group the events into islands.

    Events are in order of the moments at which they are heard, clips in that of their first
    samples: a clip that begins softly leads.
    """
    total = timeline.duration_ms * SAMPLES_PER_MS
    islands: list[Island] = []
    run: list[IslandPart] = []
    end = 0
    heard = ((event, clips[event_source(event)]) for event in timeline.events)
    placed = ((first_sample_of(event.start_ms, clip.audio), clip) for event, clip in heard)
    for at, clip in sorted(placed, key=itemgetter(0)):
        if run and _first_frame_of(at) >= _end_frame_of(run[0].at, end):
            islands.append(_make_island(run, end))
            run, end = [], 0
        run.append(IslandPart(at, clip))
        end = max(end, min(at + clip.samples, total))
    if run:
        islands.append(_make_island(run, end))
    return IslandPlan(total, tuple(islands))


def schedule_key(timeline: Timeline, clips: Mapping[ClipSource, GainedClip]) -> str:
    """Cache key of the loudness of a mix: every moment, clip and gain."""
    events = (f"{e.start_ms} {clips[event_source(e)].digest}" for e in timeline.events)
    levels = (f"{clip.digest} {clip.gain} {clip.audio.loudness!r}" for clip in clips.values())
    return short_digest("\n".join((MIX, str(timeline.duration_ms), *events, *levels)).encode())


def first_sample_of(start: Ms, clip: PlayableClip) -> int:
    """Where a clip's first sample is laid so that it is heard to begin at `start` ms."""
    return start * SAMPLES_PER_MS - clip.lead


def _gain_clip(source: ClipSource, clips: Clips, volume: float) -> GainedClip:
    if isinstance(source, Line):
        clip = clips.lines[source]
        softer = SOFTER_COUNT if source.soft else 0
        return GainedClip(clip, clip.digest, _speech_gain(clip.loudness, volume) - softer)
    clip = clips.sounds[source]
    return GainedClip(clip, clip.digest, 0)


def _speech_gain(loudness: float, volume: float) -> Millibels:
    """The gain to the common level, rounded to 0.1 dB; 0 for silence, such as the ruler's clips."""
    if loudness < QUIETEST_CLIP or volume <= 0:
        return 0
    return 10 * round(10 * (VOICE_LEVEL - loudness + 20 * math.log10(volume)))


def _first_frame_of(at: int) -> int:
    return max(0, max(0, at) // FRAME - 1)


def _end_frame_of(at: int, end: int) -> int:
    """Index of the frame after an island that lasts from sample `at` to sample `end`."""
    first = _first_frame_of(at)
    return first + frames_for(end - first * FRAME)


def _make_island(run: list[IslandPart], end: int) -> Island:
    frame = _first_frame_of(run[0].at)
    parts = tuple(IslandPart(part.at - frame * FRAME, part.clip) for part in run)
    return Island(frame, _end_frame_of(run[0].at, end) - frame, parts)
