"""How much a set is, in figures: on cards, on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from audioworkout.model.exercise import Carry, Hold, Reps, Steps, Timed
from audioworkout.model.timeline import Span
from audioworkout.units import MINUTE, SECOND, Ms, short_clock
from audioworkout.views.words import counted


class Figures(NamedTuple):
    """`12–15` `reps` `each side`; what there is nothing to say of is empty."""

    number: str = ""
    unit: str = ""
    more: str = ""


def figures(work: Span, words: Mapping[str, str]) -> Figures:
    """What is to be done in a span of work: once on its side, or as often on each."""
    match work.about.amount:
        case Reps(low, high):
            return Figures(span_of(low, high), _noun(words, "reps", high), _sides(work, words))
        case Steps(low, high):
            return Figures(span_of(low, high), _noun(words, "steps", high), _sides(work, words))
        case Hold(low, high):
            return Figures(lengths(low, high), words["hold"].format(n="").strip())
        case Timed(low, high):
            return Figures(lengths(low, high))
        case Carry(low, high, unit, back):
            return Figures(span_of(low, high), unit, words["out_and_back"] if back else "")
        case None:
            return Figures()


def told(span: Span, words: Mapping[str, str]) -> str:
    """How much a span is, in a few words; empty for pauses and first and last words.

    '12–15 reps', '10 steps each side', 'hold 40 s', '50 ft out and back', '10 pulses'.
    """
    if span.kind == "pulses":
        return counted(words, "pulses", span.count or 0)
    if span.kind != "work":
        return ""
    found = figures(span, words)
    if span.mode == "hold":
        return words["hold"].format(n=found.number)
    return " ".join(filter(None, (found.number, found.unit, found.more)))


def span_of(low: int, high: int) -> str:
    """One figure or two.

    >>> span_of(12, 15), span_of(10, 10)
    ('12–15', '10')
    """
    return str(high) if low == high else f"{low}–{high}"


def length(ms: Ms) -> str:
    """A length for reading at a glance.

    >>> length(45_000), length(75_000), length(60_000), length(500)
    ('45 s', '1:15', '1:00', '1 s')
    """
    return f"{_seconds(ms)} s" if ms < MINUTE else short_clock(ms)


def lengths(low: Ms, high: Ms) -> str:
    """One length or two.

    >>> lengths(30_000, 45_000), lengths(45_000, 90_000), lengths(40_000, 40_000)
    ('30–45 s', '0:45–1:30', '40 s')
    """
    if low == high:
        return length(high)
    if high < MINUTE:
        return f"{_seconds(low)}–{_seconds(high)} s"
    return f"{short_clock(low)}–{short_clock(high)}"


def _seconds(ms: Ms) -> int:
    return max(1, (ms + SECOND // 2) // SECOND)


def _noun(words: Mapping[str, str], key: str, count: int) -> str:
    """What is counted, without the number."""
    return words[f"{key}.{'one' if count == 1 else 'other'}"].format(n="").strip()


def _sides(work: Span, words: Mapping[str, str]) -> str:
    """Whether both sides are in one span, by turns: then it has twice as many as are asked for."""
    amount = work.about.amount
    both = isinstance(amount, Reps | Steps) and work.count == 2 * amount.high
    return words["each_side"] if both else ""
