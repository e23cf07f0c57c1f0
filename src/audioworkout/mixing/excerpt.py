"""A stretch of a timeline as a timeline of its own: what sounds in one track of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioworkout.mixing.plan import Source, Take, first_sample, source_of
from audioworkout.model.timeline import Event, Timeline
from audioworkout.units import SAMPLES_PER_MS, Ms


def excerpt(timeline: Timeline, takes: Mapping[Source, Take], start: Ms, end: Ms) -> Timeline:
    """Everything of which a sample is heard from `start` to `end`, moved so that `start` is 0.

    A sound that fades across an edge is in both excerpts: played one after the other they are the
    whole again. Its event may begin before 0 or end after the excerpt does, which a plan allows.
    Chapters and spans are left out.
    """
    events = tuple(_moved(timeline, takes, start, end))
    return timeline._replace(duration_ms=end - start, chapters=(), spans=(), events=events)


def _moved(timeline: Timeline, takes: Mapping[Source, Take], start: Ms, end: Ms) -> Iterator[Event]:
    for event in timeline.events:
        first = first_sample(event.start_ms)
        last = first + takes[source_of(event)].samples
        if first < end * SAMPLES_PER_MS and last > start * SAMPLES_PER_MS:
            yield event._replace(start_ms=event.start_ms - start, end_ms=event.end_ms - start)
