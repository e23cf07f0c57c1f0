"""Timeline -> Score: for every span what the page shows, so that its script only has to look up.

A **scene** is a span as a person sees it: headline, details, what comes next. A **beat** is a rep,
a step or a pulse: when it begins, when its number is heard, and which side works.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audioworkout.model.script import About
from audioworkout.model.timeline import Event, Sounded, Span, Spoken, Timeline
from audioworkout.units import Ms
from audioworkout.views.amounts import figures, length, told
from audioworkout.views.words import words_for


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

    `ready_ms` is when the beeps into the work begin, or the end. `first` is the number that stands
    before any is heard. `of` is written beneath the number. `after` tells what follows: during work
    the pause, during a pause what follows the work that follows it.
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


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that are being said."""

    start_ms: Ms
    end_ms: Ms
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Everything the page follows the sound by."""

    scenes: tuple[Scene, ...]
    captions: tuple[Caption, ...]


def score(timeline: Timeline) -> Score:
    """The scenes and captions of a timeline, in order."""
    words = words_for(timeline.language)
    starts = [mark.start_ms for mark in timeline.chapters]
    scenes = tuple(
        _scene(timeline, words, place, inside, max(0, bisect_right(starts, span.start_ms) - 1))
        for place, (span, inside) in enumerate(zip(timeline.spans, _by_span(timeline), strict=True))
    )
    return Score(scenes, tuple(_captions(timeline.events)))


def _by_span(timeline: Timeline) -> Iterator[list[Event]]:
    """The events of every span; both are in order, so that one pass does."""
    events = iter(timeline.events)
    event = next(events, None)
    for span in timeline.spans:
        inside = []
        while event and event.start_ms < span.end_ms:
            inside.append(event)
            event = next(events, None)
        yield inside


def _scene(
    timeline: Timeline,
    words: Mapping[str, str],
    place: int,
    events: Sequence[Event],
    chapter: int,
) -> Scene:
    span = timeline.spans[place]
    work = _work_of(timeline.spans, place)
    beats = tuple(beats_of(span, events, words))
    falling = len(beats) > 1 and beats[0].number > beats[-1].number
    most = max((beat.number for beat in beats), default=0)
    follows = place + (1 if work is span else 2)
    return Scene(
        kind=span.kind,
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        ready_ms=_ready(span, events),
        label=words[span.kind],
        name=span.about.name or (timeline.title if work is span else words[work.kind]),
        side=words[span.about.side] if span.about.side else "",
        details=tuple(details(span.about, work, words)),
        after=_after(timeline.spans[follows : follows + 2], words),
        chapter=chapter,
        first=most if falling else 0,
        of="" if falling or not most else words["of"].format(n=_most(span, most, words)),
        beats=beats,
    )


def _most(span: Span, most: int, words: Mapping[str, str]) -> str:
    """How many there are to be: '12–15' where the last ones are free."""
    return (figures(span, words).number if span.kind == "work" else "") or str(most)


def _work_of(spans: Sequence[Span], place: int) -> Span:
    """The work a pause leads to; any other span is its own."""
    if spans[place].kind in ("rest", "switch", "prepare") and place + 1 < len(spans):
        return spans[place + 1]
    return spans[place]


def _ready(span: Span, events: Sequence[Event]) -> Ms:
    rings = (e.start_ms for e in events if isinstance(e, Sounded) and e.name == "ready")
    return next(rings, span.end_ms)


def details(about: About, work: Span, words: Mapping[str, str]) -> Iterator[str]:
    """Set, round and amount, each where there is one to tell."""
    if about.set and (about.sets or 1) > 1:
        yield words["set"].format(n=about.set, m=about.sets)
    if about.round and (about.rounds or about.round) > 1:
        key = "rounds" if about.rounds else "round"
        yield words[key].format(n=about.round, m=about.rounds)
    if amount := told(work, words):
        yield amount


def _after(spans: Sequence[Span], words: Mapping[str, str]) -> str:
    """What the first of these spans is, in a line."""
    if not spans:
        return ""
    span = spans[0]
    match span.kind:
        case "rest" | "switch" | "prepare":
            pause = f"{words[span.kind]} {length(span.end_ms - span.start_ms)}"
            follows = _called(span.about, words) or _after(spans[1:], words)
            return words["then"].format(a=pause, b=follows)
        case "work":
            return _called(span.about, words)
        case "pulses":
            return told(span, words)
        case "intro" | "outro":
            return words[span.kind]


def _called(about: About, words: Mapping[str, str]) -> str:
    """An exercise in a few words: 'Squat, set 2 of 3'; that it is the first set goes unsaid."""
    if about.side:
        return f"{about.name}, {words[about.side].lower()}"
    if (about.set or 1) > 1:
        return f"{about.name}, {words['set'].format(n=about.set, m=about.sets).lower()}"
    return about.name


def beats_of(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """The beats of a span; none where nothing is counted."""
    if not span.count:
        return
    counts = [e for e in events if isinstance(e, Spoken) and e.role == "count"]
    if span.kind == "pulses":
        yield from _pulses(span, events, words)
    elif len(counts) == span.count:
        yield from _counted(span, counts, words)
    else:
        yield from _uncounted(span, events, words)


def _side(span: Span, event: Event | None, words: Mapping[str, str]) -> str:
    side = (event.side if event else None) or span.about.side
    return words[side] if side else ""


def _counted(span: Span, counts: Sequence[Spoken], words: Mapping[str, str]) -> Iterator[Beat]:
    """Numbers are on an exact grid; a number is heard near the end of its rep."""
    beat = counts[1].start_ms - counts[0].start_ms if len(counts) > 1 else 0
    for place, event in enumerate(counts):
        begins = span.start_ms + place * beat
        yield Beat(begins, event.start_ms, event.number or place + 1, _side(span, event, words))


def _uncounted(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """No number is spoken: a rep is shown when it begins, by its tick or by an even division."""
    ticks = [e for e in events if isinstance(e, Sounded) and e.name == "tick"]
    n = span.count or 0
    even = (span.end_ms - span.start_ms) // n
    for place in range(n):
        tick = ticks[place] if len(ticks) == n else None
        at = tick.start_ms if tick else span.start_ms + place * even
        yield Beat(at, at, _number(place, tick), _side(span, tick, words))


def _number(place: int, tick: Event | None) -> int:
    """Counts are for each side where sides alternate, which a tick tells by having a side."""
    return place // 2 + 1 if tick and tick.side else place + 1


def _pulses(span: Span, events: Sequence[Event], words: Mapping[str, str]) -> Iterator[Beat]:
    """Every pulse sounds, not every one is said; those that are tell whether it counts down."""
    said = {e.start_ms: e.number for e in events if isinstance(e, Spoken) and e.role == "pulse"}
    rings = [e.start_ms for e in events if isinstance(e, Sounded) and e.name == "pulse"]
    up = all(said.get(at) in (None, place) for place, at in enumerate(rings, 1))
    for place, at in enumerate(rings, 1):
        number = place if up else len(rings) + 1 - place
        yield Beat(at, at, number, _side(span, None, words))


def _captions(events: Sequence[Event]) -> Iterator[Caption]:
    """Everything said but numbers, which are shown large."""
    for event in events:
        if isinstance(event, Spoken) and event.number is None:
            yield Caption(event.start_ms, event.end_ms, event.line.text)
