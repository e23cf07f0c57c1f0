"""What stands on the picture of a chapter: a few words, big enough for a lock screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Side
from audioworkout.model.script import SpanKind
from audioworkout.model.timeline import Mark, Span, Timeline
from audioworkout.views.amounts import Figures, figures, length
from audioworkout.views.grouping import places
from audioworkout.views.words import counted, words_for

Kind = Literal["work", "frame", "cover"]


class Face(NamedTuple):
    """The words on one picture; equal faces are one picture. Empty texts leave their place empty.

    `amount` is the number read first (`12–15`, `0:40`), `unit` what it counts, `more` what else
    there is. `sides` are the words for left and right; without a `side` both come in turn.
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
    rhythm: tuple[tuple[SpanKind, int], ...] = ()
    """Of a whole workout: its spans, each by where it ends, in thousandths of the whole."""


def faces(timeline: Timeline, marks: Sequence[Mark]) -> list[Face]:
    """The face of every chapter, in the language of the workout."""
    numbers = places(timeline.chapters)
    words = words_for(timeline.language)
    return [_face(timeline, mark, numbers, words) for mark in marks]


def cover(timeline: Timeline) -> Face:
    """The face of the whole workout: its title, length and rhythm, how many exercises."""
    words = words_for(timeline.language)
    exercises = len(places(timeline.chapters))
    return Face(
        "cover",
        timeline.title,
        amount=str(max(1, round(timeline.duration_ms / 60_000))),
        unit=words["minutes"],
        more=counted(words, "exercises", exercises) if exercises else "",
        rhythm=tuple((s.kind, s.end_ms * 1_000 // timeline.duration_ms) for s in timeline.spans),
    )


def _face(
    timeline: Timeline, mark: Mark, numbers: Mapping[str, int], words: Mapping[str, str]
) -> Face:
    about = mark.about
    if about.exercise is None:
        return Face("frame", mark.title, amount=length(mark.end_ms - mark.start_ms))
    spans = [s for s in timeline.spans if mark.start_ms <= s.start_ms < mark.end_ms]
    work = next((span for span in spans if span.kind == "work"), None)
    amount = figures(work, words) if work else Figures()
    more = (amount.more, _pulses(spans, words))
    return Face(
        "work",
        about.name or about.exercise.replace("-", " ").title(),
        place=f"{numbers[about.exercise]}/{len(numbers)}",
        amount=amount.number,
        unit=amount.unit,
        more=" ".join(filter(None, more)),
        set=about.set if (about.sets or 1) > 1 else None,
        sets=about.sets if (about.sets or 1) > 1 else None,
        note=_round(mark, words) or _set(mark, words),
        side=about.side,
        sides=(words["left"], words["right"]) if work and work.about.side else None,
    )


def _pulses(spans: Sequence[Span], words: Mapping[str, str]) -> str:
    count = next((span.count for span in spans if span.kind == "pulses"), None)
    return f"+ {counted(words, 'pulses', count)}" if count else ""


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
