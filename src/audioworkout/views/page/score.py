"""Timeline -> Score: for every span what the page shows, so that its script only has to look up.

A **scene** is a span as a person sees it: headline, details, what comes next. A **beat** is a rep,
a step or a pulse: when it begins, when its number is heard, and which side works.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audioworkout.model.exercise import Breaths, Reps, Steps
from audioworkout.model.script import Context
from audioworkout.model.timeline import Event, Sounded, Span, Spoken, Timeline
from audioworkout.units import Ms
from audioworkout.views.amounts import amount_figures, describe_amount, format_length
from audioworkout.views.grouping import exercise_numbers
from audioworkout.views.screen_words import words_for


@dataclass(frozen=True, slots=True)
class Beat:
    """One rep, step or pulse. `heard_ms` is when `number` is said or sounded."""

    begins_ms: Ms
    heard_ms: Ms
    number: int
    side: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A span as it is shown. Pauses show the exercise they lead to.

    `ready_ms` is when the beeps into the work begin, or the end. `first` is the number shown
    before any is heard. `of` is shown below the number. `after` is what follows: during work
    the pause, during a pause what follows the work that follows it. `mode` is that of a work span,
    else empty. `progress` is the number of the exercise (`Exercise 3 of 10`), or empty. `breath`
    has the phases of each breath (ms: in, hold, out, hold), empty if none is led.
    """

    kind: str
    start_ms: Ms
    end_ms: Ms
    ready_ms: Ms
    label: str
    name: str
    side: str
    details: tuple[str, ...]
    after: str
    chapter: int
    first: int
    of: str
    beats: tuple[Beat, ...]
    mode: str
    progress: str
    breath: tuple[Ms, ...]


INHALE = 0.4
"""Share of breathing in within a calm breath without phases; breathing out takes longer."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that are being said."""

    start_ms: Ms
    end_ms: Ms
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """The data by which the page follows the sound."""

    scenes: tuple[Scene, ...]
    captions: tuple[Caption, ...]


def make_score(timeline: Timeline) -> Score:
    """The scenes and captions of a timeline, in order."""
    words = words_for(timeline.language)
    starts = [mark.start_ms for mark in timeline.chapters]
    numbers = exercise_numbers(timeline.chapters)
    scenes = tuple(
        _make_scene(
            timeline, words, place, inside, max(0, bisect_right(starts, span.start_ms) - 1), numbers
        )
        for place, (span, inside) in enumerate(
            zip(timeline.spans, _events_by_span(timeline), strict=True)
        )
    )
    return Score(scenes, tuple(_make_captions(timeline.events)))


def _events_by_span(timeline: Timeline) -> Iterator[list[Event]]:
    """The events of every span; both are in order, so that one pass does."""
    events = iter(timeline.events)
    event = next(events, None)
    for span in timeline.spans:
        inside = []
        while event and event.start_ms < span.end_ms:
            inside.append(event)
            event = next(events, None)
        yield inside


def _make_scene(
    timeline: Timeline,
    words: Mapping[str, str],
    place: int,
    events: Sequence[Event],
    chapter: int,
    numbers: Mapping[str, int],
) -> Scene:
    span = timeline.spans[place]
    work = _work_ahead(timeline.spans, place)
    beats = tuple(make_beats(span, events, words))
    falling = len(beats) > 1 and beats[0].number > beats[-1].number
    most = max((beat.number for beat in beats), default=0)
    follows = place + (1 if work is span else 2)
    return Scene(
        kind=span.kind,
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        ready_ms=_ready_moments(span, events),
        label=words[span.kind],
        name=span.context.name or (timeline.title if work is span else words[work.kind]),
        side=words[span.context.side] if span.context.side else "",
        details=tuple(scene_details(span.context, work, words)),
        after=_next_text(timeline.spans[follows : follows + 2], words),
        chapter=chapter,
        first=most if falling else 0,
        of="" if falling or not most else words["of"].format(n=_count_text(span, most, words)),
        beats=beats,
        mode=span.mode or "",
        progress=_progress_text(work, numbers, words),
        breath=_breath_phases(span),
    )


def _progress_text(work: Span, numbers: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Which exercise of how many this is; empty for first and last words, and for several."""
    number = numbers.get(work.context.exercise or "")
    return words["progress"].format(n=number, m=len(numbers)) if number else ""


def _breath_phases(span: Span) -> tuple[Ms, ...]:
    amount = span.context.amount
    if span.kind != "work" or not isinstance(amount, Breaths):
        return ()
    inhale = round(amount.every * INHALE)
    return tuple(amount.phases or (inhale, 0, amount.every - inhale, 0))


def _count_text(span: Span, most: int, words: Mapping[str, str]) -> str:
    """How many there are to be: '12–15' where the last ones are free; of two sides, on one."""
    amount = span.context.amount
    if isinstance(amount, Reps | Steps) and most < amount.high:
        return str(most)
    return (amount_figures(span, words).number if span.kind == "work" else "") or str(most)


def _work_ahead(spans: Sequence[Span], place: int) -> Span:
    """The work a pause leads to; any other span is its own."""
    if spans[place].kind in ("rest", "switch", "prepare") and place + 1 < len(spans):
        return spans[place + 1]
    return spans[place]


def _ready_moments(span: Span, events: Sequence[Event]) -> Ms:
    rings = (e.start_ms for e in events if isinstance(e, Sounded) and e.name == "ready")
    return next(rings, span.end_ms)


def scene_details(context: Context, work: Span, words: Mapping[str, str]) -> Iterator[str]:
    """Set, round and amount, as far as there are any."""
    if context.set and (context.sets or 1) > 1:
        yield words["set"].format(n=context.set, m=context.sets)
    if context.round and (context.rounds or context.round) > 1:
        key = "rounds" if context.rounds else "round"
        yield words[key].format(n=context.round, m=context.rounds)
    if amount := describe_amount(work, words):
        yield amount


def _next_text(spans: Sequence[Span], words: Mapping[str, str]) -> str:
    """What the first of these spans is, in a line."""
    if not spans:
        return ""
    span = spans[0]
    match span.kind:
        case "rest" | "switch" | "prepare":
            pause = f"{words[span.kind]} {format_length(span.end_ms - span.start_ms)}"
            follows = _exercise_text(span.context, words) or _next_text(spans[1:], words)
            return words["then"].format(a=pause, b=follows)
        case "work":
            return _exercise_text(span.context, words)
        case "pulses":
            return describe_amount(span, words)
        case "intro" | "outro":
            return words[span.kind]


def _exercise_text(context: Context, words: Mapping[str, str]) -> str:
    """An exercise in a few words: 'Squat, set 2 of 3'; that it is the first set goes unsaid."""
    if context.side:
        return f"{context.name}, {words[context.side].lower()}"
    if (context.set or 1) > 1:
        return f"{context.name}, {words['set_within'].format(n=context.set, m=context.sets)}"
    return context.name


def make_beats(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """The beats of a span; none where nothing is counted."""
    if not span.count:
        return
    counts = [e for e in events if isinstance(e, Spoken) and e.role == "count"]
    if span.kind == "pulses":
        yield from _pulse_beats(span, events, words)
    elif len(counts) == span.count:
        yield from _counted_beats(span, counts, words)
    else:
        yield from _silent_beats(span, events, words)


def _beat_side(span: Span, event: Event | None, words: Mapping[str, str]) -> str:
    side = (event.side if event else None) or span.context.side
    return words[side] if side else ""


def _counted_beats(
    span: Span, counts: Sequence[Spoken], words: Mapping[str, str]
) -> Iterator[Beat]:
    """Numbers are on an exact grid; a number is heard near the end of its rep."""
    beat = counts[1].start_ms - counts[0].start_ms if len(counts) > 1 else 0
    for place, event in enumerate(counts):
        begins = span.start_ms + place * beat
        yield Beat(
            begins, event.start_ms, event.number or place + 1, _beat_side(span, event, words)
        )


def _silent_beats(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """No number is spoken: a rep is shown when it begins, by its tick or by an even division."""
    ticks = [e for e in events if isinstance(e, Sounded) and e.name == "tick"]
    n = span.count or 0
    even = (span.end_ms - span.start_ms) // n
    for place in range(n):
        tick = ticks[place] if len(ticks) == n else None
        at = tick.start_ms if tick else span.start_ms + place * even
        yield Beat(at, at, _beat_number(place, tick), _beat_side(span, tick, words))


def _beat_number(place: int, tick: Event | None) -> int:
    """The number of a beat. If its tick has a side, sides alternate, and each is counted."""
    return place // 2 + 1 if tick and tick.side else place + 1


def _pulse_beats(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """Every pulse sounds, not every one is spoken; spoken numbers show if it counts down."""
    said = {e.start_ms: e.number for e in events if isinstance(e, Spoken) and e.role == "pulse"}
    rings = [e.start_ms for e in events if isinstance(e, Sounded) and e.name == "pulse"]
    up = all(said.get(at) in (None, place) for place, at in enumerate(rings, 1))
    for place, at in enumerate(rings, 1):
        number = place if up else len(rings) + 1 - place
        yield Beat(at, at, number, _beat_side(span, None, words))


def _make_captions(events: Sequence[Event]) -> Iterator[Caption]:
    """Everything said but numbers, which are shown large."""
    for event in events:
        if isinstance(event, Spoken) and event.number is None:
            yield Caption(event.start_ms, event.end_ms, event.line.text)
