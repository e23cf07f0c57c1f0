"""A stretch of a timeline as a timeline of its own: what sounds in one track of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioworkout.mixing.islands import GainedClip, Source, event_source, first_sample_of
from audioworkout.model.timeline import Event, Timeline
from audioworkout.units import SAMPLES_PER_MS, Ms


def cut_excerpt(
    timeline: Timeline, takes: Mapping[Source, GainedClip], start: Ms, end: Ms
) -> Timeline:
    """Everything of which a sample is heard from `start` to `end`, moved so that `start` is 0.

    A sound that fades across an edge is in both excerpts: played one after the other they are the
    whole again. Its event may begin before 0 or end after the excerpt does, which a plan allows.
    Chapters and spans are left out.
    """
    events = tuple(_move_events(timeline, takes, start, end))
    return timeline._replace(duration_ms=end - start, chapters=(), spans=(), events=events)


def _move_events(
    timeline: Timeline, takes: Mapping[Source, GainedClip], start: Ms, end: Ms
) -> Iterator[Event]:
    for event in timeline.events:
        clip = takes[event_source(event)].clip
        first = first_sample_of(event.start_ms, clip)
        last = first + clip.samples
        if first < end * SAMPLES_PER_MS and last > start * SAMPLES_PER_MS:
            yield event._replace(start_ms=event.start_ms - start, end_ms=event.end_ms - start)
