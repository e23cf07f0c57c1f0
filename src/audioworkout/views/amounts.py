"""How much a set is, in figures: on cards, on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from audioworkout.model.exercise import Carry, Hold, Reps, Steps, Timed
from audioworkout.model.timeline import Span
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock
from audioworkout.views.screen_words import count_label


class Figures(NamedTuple):
    """`12–15` `reps` `each side`; what there is nothing to say of is empty."""

    number: str = ""
    unit: str = ""
    more: str = ""


def amount_figures(work: Span, words: Mapping[str, str]) -> Figures:
    """What is to be done in a span of work: once on its side, or as often on each."""
    match work.context.amount:
        case Reps(low, high):
            return Figures(
                format_range(low, high),
                _counted_noun(words, "reps", high),
                _sides_factor(work, words),
            )
        case Steps(low, high):
            return Figures(
                format_range(low, high),
                _counted_noun(words, "steps", high),
                _sides_factor(work, words),
            )
        case Hold(low, high):
            return Figures(format_lengths(low, high), words["hold"].format(n="").strip())
        case Timed(low, high):
            return Figures(format_lengths(low, high))
        case Carry(low, high, unit, back):
            return Figures(format_range(low, high), unit, words["out_and_back"] if back else "")
        case None:
            return Figures()


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
    return " ".join(filter(None, (found.number, found.unit, found.more)))


def format_range(low: int, high: int) -> str:
    """One figure or two.

    >>> format_range(12, 15), format_range(10, 10)
    ('12–15', '10')
    """
    return str(high) if low == high else f"{low}–{high}"


def format_length(ms: Ms) -> str:
    """A length for reading at a glance.

    >>> format_length(45_000), format_length(75_000), format_length(60_000), format_length(500)
    ('45 s', '1:15', '1:00', '1 s')
    """
    return f"{_format_seconds(ms)} s" if ms < MINUTE else format_short_clock(ms)


def format_lengths(low: Ms, high: Ms) -> str:
    """One length or two.

    >>> format_lengths(30_000, 45_000), format_lengths(45_000, 90_000),
    ... format_lengths(40_000, 40_000)
    ('30–45 s', '0:45–1:30', '40 s')
    """
    if low == high:
        return format_length(high)
    if high < MINUTE:
        return f"{_format_seconds(low)}–{_format_seconds(high)} s"
    return f"{format_short_clock(low)}–{format_short_clock(high)}"


def _format_seconds(ms: Ms) -> int:
    return max(1, (ms + SECOND // 2) // SECOND)


def _counted_noun(words: Mapping[str, str], key: str, count: int) -> str:
    """What is counted, without the number."""
    return words[f"{key}.{'one' if count == 1 else 'other'}"].format(n="").strip()


def _sides_factor(work: Span, words: Mapping[str, str]) -> str:
    """Whether both sides are in one span, by turns: then it has twice as many as are asked for."""
    amount = work.context.amount
    both = isinstance(amount, Reps | Steps) and work.count == 2 * amount.high
    return words["each_side"] if both else ""
