"""The plan as a list of buttons: every exercise with its amount, below it its sets and sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from audioworkout.model.timeline import Mark, Span, Timeline
from audioworkout.units import format_short_clock
from audioworkout.views.amounts import describe_amount, describe_sets_together
from audioworkout.views.grouping import subject
from audioworkout.views.markup import escape_markup
from audioworkout.views.screen_words import words_for


@dataclass(frozen=True, slots=True)
class ExerciseGroup:
    """Chapters of one exercise that follow each other, with their numbers."""

    name: str
    amount: str
    chapters: tuple[tuple[int, Mark], ...]

    @property
    def one_round(self) -> bool:
        """True if all of them are of the same round."""
        return len({mark.context.round for _, mark in self.chapters}) == 1


def render_outline(timeline: Timeline) -> str:
    """The list as HTML; a button's `data-chapter` is the number of the chapter it goes to."""
    words = words_for(timeline.language)
    numbers = iter(range(1, len(timeline.chapters) + 1))
    items = [
        _render_item(piece, str(next(numbers)) if piece.amount else "", words)
        for piece in group_by_exercise(timeline)
    ]
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def group_by_exercise(timeline: Timeline) -> Iterator[ExerciseGroup]:
    """The chapters grouped by exercise, in order; an exercise of a circuit comes back."""
    words = words_for(timeline.language)
    numbered = enumerate(timeline.chapters)
    starts = [span.start_ms for span in timeline.spans]
    for _, group in groupby(numbered, key=lambda pair: subject(pair[1])):
        chapters = tuple(group)
        name = chapters[0][1].context.name or chapters[0][1].title
        first, last = chapters[0][1], chapters[-1][1]
        spans = timeline.spans[
            bisect_left(starts, first.start_ms) : bisect_left(starts, last.end_ms)
        ]
        yield ExerciseGroup(name, _amount_text(spans, first, words), chapters)


def _amount_text(spans: Sequence[Span], first: Mark, words: Mapping[str, str]) -> str:
    """What one set on one side is: '15 reps · 10 pulses'; of sets that differ, each."""
    work = [span for span in spans if span.kind == "work"]
    if len({describe_amount(span, words) for span in work}) > 1:
        return describe_sets_together(work, words)
    once = (span for span in spans if span.start_ms < first.end_ms)
    return " · ".join(filter(None, (describe_amount(span, words) for span in once)))


def _render_item(piece: ExerciseGroup, place: str, words: Mapping[str, str]) -> str:
    number, mark = piece.chapters[0]
    several = len(piece.chapters) > 1
    group = ' data-group="yes"' if several else ""
    head = (
        f'<button type="button" data-chapter="{number}"{group}>'
        f'<span class="place">{place}</span> '
        f'<span class="called" dir="auto">{escape_markup(piece.name)}</span> '
        f'<span class="much">{escape_markup(_common_text(piece, words))}</span> '
        f'<span class="at">{format_short_clock(mark.start_ms)}</span></button>'
    )
    chips = _render_chips(piece, words) if several else ""
    return f'<li class="piece">{head}{chips}</li>'


def _common_text(piece: ExerciseGroup, words: Mapping[str, str]) -> str:
    """The amount and what all chapters of the piece have in common."""
    mark = piece.chapters[0][1]
    told = [piece.amount, _round_text(mark, words) if piece.one_round else ""]
    if len(piece.chapters) == 1:
        told.append(_set_and_side(mark, words))
    return " · ".join(filter(None, told))


def _render_chips(piece: ExerciseGroup, words: Mapping[str, str]) -> str:
    buttons = "".join(
        f'<button type="button" data-chapter="{number}">'
        f'<span class="unseen">{escape_markup(piece.name)}, </span>'
        f"{escape_markup(_chip_text(piece, mark, words))}</button>"
        for number, mark in piece.chapters
    )
    return f'<div class="chips">{buttons}</div>'


def _chip_text(piece: ExerciseGroup, mark: Mark, words: Mapping[str, str]) -> str:
    """The label that distinguishes a chapter from its neighbours."""
    told = ["" if piece.one_round else _round_text(mark, words), _set_and_side(mark, words)]
    return " · ".join(filter(None, told))


def _round_text(mark: Mark, words: Mapping[str, str]) -> str:
    context = mark.context
    several = context.round is not None and (context.rounds or context.round) > 1
    return words["round"].format(n=context.round) if several else ""


def _set_and_side(mark: Mark, words: Mapping[str, str]) -> str:
    """Set and side: 'Set 2 · Left'."""
    context = mark.context
    told = [words["set_alone"].format(n=context.set)] if (context.sets or 1) > 1 else []
    told += [words[context.side]] if context.side else []
    return " · ".join(told)
