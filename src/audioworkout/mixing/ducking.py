"""The level of the music at each moment, computed from the timeline.

A **curve** is piecewise linear, in LUFS: one level during work and one during rests, lowered
(ducked) before a cue and raised again after it, faded in and out. It is not driven by the signal of
the voice, as a compressor's side chain is, so it is never late.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audioworkout.model.request import Sound
from audioworkout.model.timeline import Event, Sounded, Span, Timeline
from audioworkout.units import Ms

DOWN: Ms = 300
"""Length of the fall before a cue; the music is down when the cue begins."""
UP: Ms = 700
"""Length of the rise after the end of a cue."""
HOLD: Ms = 1_500
"""Between cues closer than this the music stays down; short rises would be more disturbing."""
CHANGE: Ms = 1_000
"""Length of the change between the levels of work and rest, from the start of the new span."""
FADE_IN: Ms = 1_000
FADE_OUT: Ms = 3_000
"""The time between the last word and the end of the file."""
FADED = -60.0
"""Level at which fades begin and end (dB)."""

_BUSY = frozenset({"work", "pulses"})


@dataclass(frozen=True, slots=True)
class Curve:
    """Levels (dB) at moments (ms, ascending), linear in between, constant before and after."""

    moments: tuple[Ms, ...]
    levels: tuple[float, ...]

    def level_at(self, moment: Ms) -> float:
        """The level at a moment (dB)."""
        after = bisect_right(self.moments, moment)
        if after == 0 or after == len(self.moments):
            return self.levels[min(after, len(self.levels) - 1)]
        start, end = self.moments[after - 1 : after + 1]
        low, high = self.levels[after - 1 : after + 1]
        return low + (high - low) * (moment - start) / (end - start)

    def __add__(self, other: Curve) -> Curve:
        """The sum of two curves."""
        moments = tuple(sorted({*self.moments, *other.moments}))
        return Curve(moments, tuple(self.level_at(each) + other.level_at(each) for each in moments))

    def with_gain(self, db: float) -> Curve:
        """The same curve, `db` higher."""
        return Curve(self.moments, tuple(level + db for level in self.levels))


def music_curve(timeline: Timeline, sound: Sound) -> Curve:
    """The loudness of the music at each moment of the timeline (LUFS)."""
    rest = sound.music_level if sound.music_rest is None else sound.music_rest
    return (
        _level_points(timeline.spans, sound.music_level, rest)
        + _duck_points(timeline.events, sound.duck)
        + _fade_points(timeline.duration_ms)
    )


def _make_curve(points: Iterable[tuple[Ms, float]]) -> Curve:
    """A curve from points in order; of several points at one moment the last counts."""
    moments, levels = zip(*dict(points).items(), strict=True)
    return Curve(moments, levels)


def _level_points(spans: Sequence[Span], work: float, rest: float) -> Curve:
    """The levels during work and during everything else, introduction and end included (dB)."""
    level = work if not spans or spans[0].kind in _BUSY else rest
    points = [(0, level)]
    for span in spans:
        wanted = work if span.kind in _BUSY else rest
        if wanted != level:
            points += [(span.start_ms, level), (min(span.start_ms + CHANGE, span.end_ms), wanted)]
        level = wanted
    return _make_curve(points)


def _duck_points(events: Iterable[Event], duck: float) -> Curve:
    """Lowered by `duck` dB during every cue."""
    points = [(-DOWN, 0.0)]
    for start, end in _join_cues(events):
        points += [(start - DOWN, 0.0), (start, -duck), (end, -duck), (end + UP, 0.0)]
    return _make_curve(points)


def _join_cues(events: Iterable[Event]) -> Iterator[tuple[Ms, Ms]]:
    """Start and end of groups of cues with less than `HOLD` between them (ms).

    Ticks are not cues: one on every rep would make the music pump.
    """
    start: Ms | None = None
    end: Ms = 0
    for event in events:
        if isinstance(event, Sounded) and event.name == "tick":
            continue
        if start is not None and event.start_ms - end >= HOLD:
            yield start, end
            start = None
        start = event.start_ms if start is None else start
        end = max(end, event.end_ms)
    if start is not None:
        yield start, end


def _fade_points(duration: Ms) -> Curve:
    fade_in, fade_out = min(FADE_IN, duration // 3), min(FADE_OUT, duration // 3)
    return _make_curve([(0, FADED), (fade_in, 0.0), (duration - fade_out, 0.0), (duration, FADED)])
