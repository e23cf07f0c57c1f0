"""The plan as a list of buttons: every exercise with its amount, beneath it its sets and sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from audioworkout.model.timeline import Mark, Span, Timeline
from audioworkout.units import short_clock
from audioworkout.views.amounts import told
from audioworkout.views.markup import escaped
from audioworkout.views.words import words_for


@dataclass(frozen=True, slots=True)
class Piece:
    """Chapters of one exercise that follow each other, with their numbers."""

    name: str
    amount: str
    chapters: tuple[tuple[int, Mark], ...]

    @property
    def one_round(self) -> bool:
        """Whether all of them are of the same round."""
        return len({mark.about.round for _, mark in self.chapters}) == 1


def plan(timeline: Timeline) -> str:
    """The list as HTML; a button's `data-chapter` is the number of the chapter it goes to."""
    words = words_for(timeline.language)
    numbers = iter(range(1, len(timeline.chapters) + 1))
    items = [
        _item(piece, str(next(numbers)) if piece.amount else "", words)
        for piece in pieces(timeline)
    ]
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def pieces(timeline: Timeline) -> Iterator[Piece]:
    """The chapters grouped by exercise, in order; an exercise of a circuit comes back."""
    words = words_for(timeline.language)
    numbered = enumerate(timeline.chapters)
    starts = [span.start_ms for span in timeline.spans]
    for exercise, group in groupby(numbered, key=lambda pair: pair[1].about.exercise):
        chapters = tuple(group)
        name = chapters[0][1].about.name if exercise else chapters[0][1].title
        first = chapters[0][1]
        inside = slice(bisect_left(starts, first.start_ms), bisect_left(starts, first.end_ms))
        yield Piece(name, _amount(timeline.spans[inside], words), chapters)


def _amount(spans: Sequence[Span], words: Mapping[str, str]) -> str:
    """What one set on one side is: '15 reps · 10 pulses'."""
    return " · ".join(filter(None, (told(span, words) for span in spans)))


def _item(piece: Piece, place: str, words: Mapping[str, str]) -> str:
    number, mark = piece.chapters[0]
    several = len(piece.chapters) > 1
    group = ' data-group="yes"' if several else ""
    head = (
        f'<button type="button" data-chapter="{number}"{group}>'
        f'<span class="place">{place}</span> '
        f'<span class="called" dir="auto">{escaped(piece.name)}</span> '
        f'<span class="much">{escaped(_much(piece, words))}</span> '
        f'<span class="at">{short_clock(mark.start_ms)}</span></button>'
    )
    chips = _chips(piece, words) if several else ""
    return f'<li class="piece">{head}{chips}</li>'


def _much(piece: Piece, words: Mapping[str, str]) -> str:
    """The amount and what all chapters of the piece have in common."""
    mark = piece.chapters[0][1]
    told = [piece.amount, _round(mark, words) if piece.one_round else ""]
    if len(piece.chapters) == 1:
        told.append(_part(mark, words))
    return " · ".join(filter(None, told))


def _chips(piece: Piece, words: Mapping[str, str]) -> str:
    buttons = "".join(
        f'<button type="button" data-chapter="{number}">'
        f'<span class="unseen">{escaped(piece.name)}, </span>'
        f"{escaped(_chip(piece, mark, words))}</button>"
        for number, mark in piece.chapters
    )
    return f'<div class="chips">{buttons}</div>'


def _chip(piece: Piece, mark: Mark, words: Mapping[str, str]) -> str:
    """What tells a chapter from its neighbours."""
    told = ["" if piece.one_round else _round(mark, words), _part(mark, words)]
    return " · ".join(filter(None, told))


def _round(mark: Mark, words: Mapping[str, str]) -> str:
    about = mark.about
    several = about.round is not None and (about.rounds or about.round) > 1
    return words["round"].format(n=about.round) if several else ""


def _part(mark: Mark, words: Mapping[str, str]) -> str:
    """Set and side: 'Set 2 · Left'."""
    about = mark.about
    told = [words["set_alone"].format(n=about.set)] if (about.sets or 1) > 1 else []
    told += [words[about.side]] if about.side else []
    return " · ".join(told)
