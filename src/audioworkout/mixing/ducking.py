"""How loud the music is at each moment: known from the timeline before anything sounds.

A **curve** is straight lines between moments, in LUFS. Whoever mixes by hand would draw the same: a
level for work and one for rests, down before somebody speaks, up again after, faded at both ends.
Nothing listens to the voice, so nothing is late.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audioworkout.model.request import Sound
from audioworkout.model.timeline import Event, Sounded, Span, Timeline
from audioworkout.units import Ms

DOWN: Ms = 300
"""The music goes down over this long, and is down when the cue begins."""
UP: Ms = 700
"""It comes up over this long, from the end of the cue."""
HOLD: Ms = 1_500
"""Between cues closer than this it stays down: up and down again would be worse than quiet."""
CHANGE: Ms = 1_000
"""From the level of work to that of rests, from the moment the one gives way to the other."""
FADE_IN: Ms = 1_000
FADE_OUT: Ms = 3_000
"""As long as the file goes on after the last word."""
FADED = -60.0
"""Where fades begin and end (dB)."""

_BUSY = frozenset({"work", "pulses"})


@dataclass(frozen=True, slots=True)
class Curve:
    """Levels (dB) at moments in order (ms); between them straight lines, outside the nearest."""

    moments: tuple[Ms, ...]
    levels: tuple[float, ...]

    def at(self, moment: Ms) -> float:
        """The level at a moment (dB)."""
        after = bisect_right(self.moments, moment)
        if after == 0 or after == len(self.moments):
            return self.levels[min(after, len(self.levels) - 1)]
        start, end = self.moments[after - 1 : after + 1]
        low, high = self.levels[after - 1 : after + 1]
        return low + (high - low) * (moment - start) / (end - start)

    def __add__(self, other: Curve) -> Curve:
        """Both together: their levels added up."""
        moments = tuple(sorted({*self.moments, *other.moments}))
        return Curve(moments, tuple(self.at(each) + other.at(each) for each in moments))

    def raised(self, db: float) -> Curve:
        """The same so much louder."""
        return Curve(self.moments, tuple(level + db for level in self.levels))


def music_curve(timeline: Timeline, sound: Sound) -> Curve:
    """The loudness the music has at each moment of the timeline (LUFS)."""
    rest = sound.music_level if sound.music_rest is None else sound.music_rest
    return (
        _level_points(timeline.spans, sound.music_level, rest)
        + _duck_points(timeline.events, sound.duck)
        + _fade_points(timeline.duration_ms)
    )


def _make_curve(points: Iterable[tuple[Ms, float]]) -> Curve:
    """From points in order; of several at one moment the last counts."""
    moments, levels = zip(*dict(points).items(), strict=True)
    return Curve(moments, levels)


def _level_points(spans: Sequence[Span], work: float, rest: float) -> Curve:
    """One level where work is done and one where it is not, introduction and end included."""
    level = work if not spans or spans[0].kind in _BUSY else rest
    points = [(0, level)]
    for span in spans:
        wanted = work if span.kind in _BUSY else rest
        if wanted != level:
            points += [(span.start_ms, level), (min(span.start_ms + CHANGE, span.end_ms), wanted)]
        level = wanted
    return _make_curve(points)


def _duck_points(events: Iterable[Event], duck: float) -> Curve:
    """Down by so many dB beneath every cue."""
    points = [(-DOWN, 0.0)]
    for start, end in _join_cues(events):
        points += [(start - DOWN, 0.0), (start, -duck), (end, -duck), (end + UP, 0.0)]
    return _make_curve(points)


def _join_cues(events: Iterable[Event]) -> Iterator[tuple[Ms, Ms]]:
    """Stretches with cues in them that are less than `HOLD` apart.

    Everything but ticks is a cue: a tick on every rep would pump the music up and down.
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
