"""The words on the picture of a chapter, few enough to be large on a lock screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Side
from audioworkout.model.script import SpanKind
from audioworkout.model.timeline import Mark, Span, Timeline
from audioworkout.views.amounts import Figures, amount_figures, format_length
from audioworkout.views.grouping import exercise_numbers
from audioworkout.views.screen_words import count_label, words_for

Kind = Literal["work", "frame", "cover"]


class CardContent(NamedTuple):
    """The words on one picture; equal contents share a picture. Empty texts leave a blank.

    `amount` is the large number (`12–15`, `0:40`), `unit` its unit, `more` further words. `sides`
    are the words for left and right; without a `side` both alternate.
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
    """Spans of the whole workout, each with its end in thousandths of the whole."""


def card_contents(timeline: Timeline, marks: Sequence[Mark]) -> list[CardContent]:
    """The content of every chapter's picture, in the language of the workout."""
    numbers = exercise_numbers(timeline.chapters)
    words = words_for(timeline.language)
    return [_chapter_content(timeline, mark, numbers, words) for mark in marks]


def cover_content(timeline: Timeline) -> CardContent:
    """The content of the cover: title, length, rhythm and number of exercises."""
    words = words_for(timeline.language)
    exercises = len(exercise_numbers(timeline.chapters))
    return CardContent(
        "cover",
        timeline.title,
        amount=str(max(1, round(timeline.duration_ms / 60_000))),
        unit=words["minutes"],
        more=count_label(words, "exercises", exercises) if exercises else "",
        rhythm=tuple((s.kind, s.end_ms * 1_000 // timeline.duration_ms) for s in timeline.spans),
    )


def _chapter_content(
    timeline: Timeline, mark: Mark, numbers: Mapping[str, int], words: Mapping[str, str]
) -> CardContent:
    context = mark.context
    if context.exercise is None and not context.name:
        return CardContent("frame", mark.title, amount=format_length(mark.end_ms - mark.start_ms))
    spans = [s for s in timeline.spans if mark.start_ms <= s.start_ms < mark.end_ms]
    work = next((span for span in spans if span.kind == "work"), None)
    amount = amount_figures(work, words) if work else Figures()
    more = (amount.more, _pulses_text(spans, words))
    return CardContent(
        "work",
        context.name or (context.exercise or "").replace("-", " ").title(),
        place=f"{numbers[context.exercise]}/{len(numbers)}" if context.exercise else "",
        amount=amount.number,
        unit=amount.unit,
        more=" ".join(filter(None, more)),
        set=context.set if (context.sets or 1) > 1 else None,
        sets=context.sets if (context.sets or 1) > 1 else None,
        note=_round_of_rounds(mark, words) or _set_text(mark, words),
        side=context.side,
        sides=(words["left"], words["right"]) if work and work.context.side else None,
    )


def _pulses_text(spans: Sequence[Span], words: Mapping[str, str]) -> str:
    count = next((span.count for span in spans if span.kind == "pulses"), None)
    return f"+ {count_label(words, 'pulses', count)}" if count else ""


def _round_of_rounds(mark: Mark, words: Mapping[str, str]) -> str:
    context = mark.context
    if (context.rounds or 1) == 1:
        return ""
    return words["rounds"].format(n=context.round, m=context.rounds)


def _set_text(mark: Mark, words: Mapping[str, str]) -> str:
    context = mark.context
    if (context.sets or 1) == 1 or context.set is None:
        return ""
    return words["set"].format(n=context.set, m=context.sets)
