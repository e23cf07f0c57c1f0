"""Cuts a section of a timeline: the events that sound in one track of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioworkout.mixing.islands import ClipSource, GainedClip, event_source, first_sample_of
from audioworkout.model.timeline import Event, Timeline
from audioworkout.units import SAMPLES_PER_MS, Ms


def cut_excerpt(
    timeline: Timeline, clips: Mapping[ClipSource, GainedClip], start: Ms, end: Ms
) -> Timeline:
    """The events that sound between `start` and `end`, as a timeline that begins at `start`.

    A sound that crosses an edge is in both excerpts: played one after the other they give the whole
    again. Its event may begin before 0 or end after the excerpt, which `plan_islands` allows.
    Chapters and spans are left out.
    """
    events = tuple(_move_events(timeline, clips, start, end))
    return timeline._replace(duration_ms=end - start, chapters=(), spans=(), events=events)


def _move_events(
    timeline: Timeline, clips: Mapping[ClipSource, GainedClip], start: Ms, end: Ms
) -> Iterator[Event]:
    for event in timeline.events:
        clip = clips[event_source(event)].audio
        first = first_sample_of(event.start_ms, clip)
        last = first + clip.samples
        if first < end * SAMPLES_PER_MS and last > start * SAMPLES_PER_MS:
            yield event._replace(start_ms=event.start_ms - start, end_ms=event.end_ms - start)
