"""The level of the music at each moment, computed from the timeline.

A **curve** is piecewise linear, in LUFS: one level during work and one during rests, lowered
(ducked) before a cue and raised again after it, faded in and out. Words lower it further than
numbers and beeps, which are short and expected; within a counted set it stays down, because a rise
between two numbers is heard as pumping. It is not driven by the signal of
the voice, as a compressor's side chain is, so it is never late.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audioworkout.model.request import Sound
from audioworkout.model.script import QUICK
from audioworkout.model.timeline import Event, Sounded, Span, Spoken, Timeline
from audioworkout.units import Ms

DUCK_FALL: Ms = 300
"""Length of the fall before a cue; the music is down when the cue begins."""
DUCK_RISE: Ms = 700
"""Length of the rise after the end of a cue."""
HOLD: Ms = 1_500
"""Between cues closer than this the music stays down; short rises would be more disturbing."""
COUNT_DUCK = 6.0
"""How far the music goes down at most beneath numbers, beeps and pulses (dB)."""
CHANGE: Ms = 1_000
"""Length of the change between the levels of work and rest, from the start of the new span."""
MUSIC_FADE_IN: Ms = 1_000
MUSIC_FADE_OUT: Ms = 3_000
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
    shallow = min(sound.duck, COUNT_DUCK)
    return (
        _level_points(timeline.spans, sound.music_level, rest)
        + _duck_points(_join_cues(_cue_times(timeline)), shallow)
        + _duck_points(_join_cues(_word_times(timeline.events)), sound.duck - shallow)
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


def _duck_points(cues: Iterable[tuple[Ms, Ms]], duck: float) -> Curve:
    """Lowered by `duck` dB from the start to the end of each of `cues`, which are in order."""
    points = [(-DUCK_FALL, 0.0)]
    for start, end in cues:
        points += [(start - DUCK_FALL, 0.0), (start, -duck), (end, -duck), (end + DUCK_RISE, 0.0)]
    return _make_curve(points)


def _cue_times(timeline: Timeline) -> list[tuple[Ms, Ms]]:
    """Start and end of every cue and of every counted set, from its first number to its last (ms).

    Ticks are not cues: one on every rep would make the music pump.
    """
    cues = [
        (event.start_ms, event.end_ms)
        for event in timeline.events
        if not (isinstance(event, Sounded) and event.name == "tick")
    ]
    numbers = deque(event for event in timeline.events if _is_counted_number(event))
    for span in timeline.spans:
        counted: list[Event] = []
        while numbers and numbers[0].start_ms < span.end_ms:
            counted.append(numbers.popleft())
        if span.kind in _BUSY and counted:
            cues.append((counted[0].start_ms, counted[-1].end_ms))
    return sorted(cues)


def _word_times(events: Iterable[Event]) -> Iterator[tuple[Ms, Ms]]:
    """Start and end of everything that is said and is no number (ms)."""
    for event in events:
        if isinstance(event, Spoken) and event.role not in QUICK:
            yield event.start_ms, event.end_ms


def _is_counted_number(event: Event) -> bool:
    return isinstance(event, Spoken) and event.role in ("count", "pulse")


def _join_cues(cues: Iterable[tuple[Ms, Ms]]) -> Iterator[tuple[Ms, Ms]]:
    """Start and end of groups of cues with less than `HOLD` between them (ms)."""
    start: Ms | None = None
    end: Ms = 0
    for cue_start, cue_end in cues:
        if start is not None and cue_start - end >= HOLD:
            yield start, end
            start = None
        start = cue_start if start is None else start
        end = max(end, cue_end)
    if start is not None:
        yield start, end


def _fade_points(duration: Ms) -> Curve:
    fade_in, fade_out = min(MUSIC_FADE_IN, duration // 3), min(MUSIC_FADE_OUT, duration // 3)
    return _make_curve([(0, FADED), (fade_in, 0.0), (duration - fade_out, 0.0), (duration, FADED)])
