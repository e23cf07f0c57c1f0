"""What stands on the picture of a chapter: a few words, big enough for a lock screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audioworkout.model.exercise import Side
from audioworkout.model.timeline import Mark, Span, Spoken, Timeline
from audioworkout.units import Ms
from audioworkout.views.grouping import places
from audioworkout.views.words import counted, length, words_for

Kind = Literal["work", "frame", "cover"]


@dataclass(frozen=True, slots=True)
class Face:
    """The words on one picture; equal faces are one picture. Empty texts leave their place empty.

    `amount` is the number one reads first (`12`, `2 × 10`, `0:40`), `unit` what it counts.
    `sides` are the words for left and right, empty where there are no sides.
    """

    kind: Kind
    name: str
    place: str = ""
    amount: str = ""
    unit: str = ""
    more: str = ""
    set: int | None = None
    sets: int | None = None
    note: str = ""
    side: Side | None = None
    sides: tuple[str, str] | None = None


def faces(timeline: Timeline, marks: Sequence[Mark]) -> list[Face]:
    """The face of every chapter, in the language of the workout."""
    numbers = places(timeline.chapters)
    words = words_for(timeline.language)
    return [_face(timeline, mark, numbers, words) for mark in marks]


def cover(timeline: Timeline) -> Face:
    """The face of the whole workout: its title, its length, how many exercises."""
    words = words_for(timeline.language)
    exercises = len(places(timeline.chapters))
    return Face(
        "cover",
        timeline.title,
        amount=str(max(1, round(timeline.duration_ms / 60_000))),
        unit=words["minutes"],
        more=counted(words, "exercises", exercises) if exercises else "",
    )


def _face(
    timeline: Timeline, mark: Mark, numbers: Mapping[str, int], words: Mapping[str, str]
) -> Face:
    about = mark.about
    if about.exercise is None:
        return Face("frame", mark.title, amount=length(mark.end_ms - mark.start_ms))
    spans = [s for s in timeline.spans if mark.start_ms <= s.start_ms < mark.end_ms]
    amount, unit = _amount(timeline, [s for s in spans if s.kind == "work"], words)
    return Face(
        "work",
        about.name or about.exercise.replace("-", " ").title(),
        place=f"{numbers[about.exercise]}/{len(numbers)}",
        amount=amount,
        unit=unit,
        more=_pulses([s for s in spans if s.kind == "pulses"], words),
        set=about.set if (about.sets or 1) > 1 else None,
        sets=about.sets if (about.sets or 1) > 1 else None,
        note=_round(mark, words) or _set(mark, words),
        side=about.side,
        sides=(words["left"], words["right"]) if about.side else None,
    )


def _amount(timeline: Timeline, work: Sequence[Span], words: Mapping[str, str]) -> tuple[str, str]:
    """How much there is to do in one set: a number and what it counts."""
    if not work:
        return "", ""
    span = work[0]
    if span.count is None or span.mode not in ("reps", "steps"):
        return length(span.end_ms - span.start_ms), ""
    number, unit = str(span.count), _noun(words, span.mode, span.count)
    if span.about.side is None and span.count % 2 == 0 and _takes_turns(timeline, span):
        number = f"2 × {span.count // 2}"
    return number, unit


def _takes_turns(timeline: Timeline, span: Span) -> bool:
    """Whether the counts of a set go from side to side."""
    return any(
        event.side for event in _within(timeline, span.start_ms, span.end_ms) if event.number
    )


def _within(timeline: Timeline, start: Ms, end: Ms) -> Iterable[Spoken]:
    return (
        event
        for event in timeline.events
        if isinstance(event, Spoken) and start <= event.start_ms < end
    )


def _pulses(pulses: Sequence[Span], words: Mapping[str, str]) -> str:
    count = pulses[0].count if pulses else None
    return f"+ {counted(words, 'pulses', count)}" if count else ""


def _noun(words: Mapping[str, str], mode: str, count: int) -> str:
    """What is counted, without the number."""
    return counted(words, mode, count).replace(str(count), "").strip()


def _round(mark: Mark, words: Mapping[str, str]) -> str:
    about = mark.about
    if (about.rounds or 1) == 1:
        return ""
    return words["rounds"].format(n=about.round, m=about.rounds)


def _set(mark: Mark, words: Mapping[str, str]) -> str:
    about = mark.about
    if (about.sets or 1) == 1 or about.set is None:
        return ""
    return words["set"].format(n=about.set, m=about.sets)
