"""Formats amounts of sets in figures, for cards, the page and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from audioworkout.model.exercise import (
    BreathPhases,
    Breaths,
    Carry,
    Hold,
    Open,
    Reps,
    Steps,
    Timed,
)
from audioworkout.model.timeline import Span
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock
from audioworkout.views.screen_words import count_label

MOST_TOLD = 8
"""Most unequal sets that are listed."""


class Figures(NamedTuple):
    """`12–15` `reps` `each side`; any of them may be empty."""

    number: str = ""
    unit: str = ""
    more: str = ""


def amount_figures(work: Span, words: Mapping[str, str]) -> Figures:
    """The amount of a span of work, on its side or on each side."""
    match work.context.amount:
        case Reps(low, high):
            return Figures(
                format_number_range(low, high),
                _counted_noun(words, "reps", high),
                _sides_factor(work, words),
            )
        case Steps(low, high):
            return Figures(
                format_number_range(low, high),
                _counted_noun(words, "steps", high),
                _sides_factor(work, words),
            )
        case Hold(low, high):
            return Figures(format_lengths(low, high), words["hold"].format(n="").strip())
        case Timed(low, high):
            return Figures(format_lengths(low, high))
        case Carry(low, high, unit, back):
            return Figures(
                format_number_range(low, high),
                unit_label(words, unit),
                words["out_and_back"] if back else "",
            )
        case Breaths(low, high, _, phases):
            return Figures(
                format_number_range(low, high),
                _counted_noun(words, "breaths", high),
                _format_breath(phases),
            )
        case Open() as amount:
            return _open_figures(amount, words)
        case None:
            return Figures()


def _open_figures(amount: Open, words: Mapping[str, str]) -> Figures:
    """`400` `m`, `20` `cal`, `50` `in all`, `5+` `reps`, `max`."""
    if amount.distance:
        distance = amount.distance
        return Figures(_localize_figure(distance.figure, words), unit_label(words, distance.unit))
    if amount.calories:
        return Figures(str(amount.calories), words["calories"])
    if amount.total:
        return Figures(
            str(amount.total), _counted_noun(words, "reps", amount.total), words["in_all"]
        )
    if amount.at_least:
        return Figures(f"{amount.at_least}+", words["reps.other"].format(n="").strip())
    return Figures(words["max"])


def unit_label(words: Mapping[str, str], unit: str) -> str:
    """A unit of distance as a language writes it; metric ones are the same in all."""
    return words.get(f"unit.{unit}", unit)


def _localize_figure(figure: str, words: Mapping[str, str]) -> str:
    """A figure with the decimal sign of a language: `1.5`, `1,5`."""
    return figure.replace(".", words["decimal"])


def _format_breath(phases: BreathPhases | None) -> str:
    """The phases of a breath in seconds, without phases of length 0: `4-7-8`."""
    return "-".join(f"{ms / SECOND:g}" for ms in phases or () if ms)


def describe_amount(span: Span, words: Mapping[str, str]) -> str:
    """How much a span is, in a few words; empty for pauses and first and last words.

    '12–15 reps', '10 steps each side', 'hold 40 s', '50 ft out and back', '10 pulses'.
    """
    if span.kind == "pulses":
        return count_label(words, "pulses", span.count or 0)
    if span.kind != "work":
        return ""
    found = amount_figures(span, words)
    if span.mode == "hold":
        return words["hold"].format(n=found.number)
    return _join_present((found.number, found.unit, found.more))


def describe_sets_together(work: Sequence[Span], words: Mapping[str, str]) -> str:
    """The amounts of the sets of an exercise, equal sides once: '3 × 8–10 reps', '12, 10, 8 reps'.

    If the sides differ, both: '8 / 10 reps'.
    """
    if not work:
        return ""
    first = [span for span in work if span.context.side == work[0].context.side]
    others = {
        describe_amount(span, words) for span in work if span.context.side != work[0].context.side
    }
    amounts = [describe_amount(span, words) for span in first]
    if len(set(amounts)) == 1 and others <= set(amounts):
        once = _describe_each_side(first[0], words) if others else amounts[0]
        return f"{len(amounts)} × {once}" if len(amounts) > 1 and once else once
    if len(set(amounts)) == 1 and len(others) == 1:
        figure = amount_figures(first[0], words)
        other = next(
            amount_figures(span, words) for span in work if describe_amount(span, words) in others
        )
        return _join_present((f"{figure.number} / {other.number}", figure.unit))
    return _describe_unequal_sets(first, words)


def _describe_each_side(span: Span, words: Mapping[str, str]) -> str:
    """An amount for both sides; the verb of a hold is around it: '20 s pro Seite halten'."""
    if span.mode == "hold":
        number = amount_figures(span, words).number
        return words["hold"].format(n=f"{number} {words['each_side']}")
    return _join_present((describe_amount(span, words), words["each_side"]))


def _describe_unequal_sets(work: Sequence[Span], words: Mapping[str, str]) -> str:
    """The unequal sets of the first round; the unit is named once."""
    once = [span for span in work if span.context.round == work[0].context.round]
    counted = len({span.mode for span in once}) == 1 and once[0].mode in ("reps", "steps")
    each = [
        amount_figures(s, words).number if counted else describe_amount(s, words)
        for s in once[:MOST_TOLD]
    ]
    more = ["…"] if len(once) > MOST_TOLD else []
    noun = words[f"{once[0].mode}.other"].format(n="").strip() if counted else ""
    return _join_present((", ".join([*each, *more]), noun))


def _join_present(parts: Iterable[str]) -> str:
    return " ".join(filter(None, parts))


def format_number_range(low: int, high: int) -> str:
    """A number or a range.

    >>> format_number_range(12, 15), format_number_range(10, 10)
    ('12–15', '10')
    """
    return str(high) if low == high else f"{low}–{high}"


def format_length(ms: Ms) -> str:
    """A length in a short form.

    >>> format_length(45_000), format_length(75_000), format_length(60_000), format_length(500)
    ('45 s', '1:15', '1:00', '1 s')
    """
    return f"{_round_to_seconds(ms)} s" if ms < MINUTE else format_short_clock(ms)


def format_lengths(low: Ms, high: Ms) -> str:
    """A length or a range of lengths.

    >>> (format_lengths(30_000, 45_000), format_lengths(45_000, 90_000),
    ...  format_lengths(40_000, 40_000))
    ('30–45 s', '0:45–1:30', '40 s')
    """
    if low == high:
        return format_length(high)
    if high < MINUTE:
        return f"{_round_to_seconds(low)}–{_round_to_seconds(high)} s"
    return f"{format_short_clock(low)}–{format_short_clock(high)}"


def _round_to_seconds(ms: Ms) -> int:
    return max(1, (ms + SECOND // 2) // SECOND)


def _counted_noun(words: Mapping[str, str], key: str, count: int) -> str:
    """The noun of a count, without the number."""
    return words[f"{key}.{'one' if count == 1 else 'other'}"].format(n="").strip()


def _sides_factor(work: Span, words: Mapping[str, str]) -> str:
    """`each side` if a span alternates sides and so has twice the number of its amount."""
    amount = work.context.amount
    both = isinstance(amount, Reps | Steps) and work.count == 2 * amount.high
    return words["each_side"] if both else ""
