"""What one prescription line says, and how it is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

from audioworkout.model.exercise import (
    Amount,
    Carry,
    Finisher,
    Hold,
    Load,
    Reps,
    Side,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.units import SECOND, Ms, format_duration

Order = Literal["together", "each", "alternating"]
Limb = Literal["leg", "arm"]


class Written(NamedTuple):
    """A prescription line, part by part; None where the line does not name the part.

    `limb` is the word used for a side, None for `side` itself; there is none without `order`.
    Times are in ms.
    """

    sets: int | None = None
    amount: Amount | None = None
    order: Order | None = None
    limb: Limb | None = None
    first: Side | None = None
    tempo: Tempo | None = None
    pause_top: Ms | None = None
    pause_bottom: Ms | None = None
    finisher: Finisher | None = None
    load: Load | None = None
    rest: Ms | None = None


def write(written: Written) -> str:
    """The line in its one canonical spelling; reads back to an equal `Written`.

    >>> from audioworkout.notation import parse
    >>> write(parse("3 sets of 8–10 @2020 REST 60 secs ea leg"))
    '3x8-10 per leg, @2-0-2-0, rest 1 min'
    """
    rest = written.rest
    clauses = (
        _front(written),
        written.first and f"{written.first} first",
        written.tempo and f"@{write_tempo(written.tempo)}",
        _pause(written.pause_top, "top"),
        _pause(written.pause_bottom, "bottom"),
        written.finisher and f"last rep {write_finisher(written.finisher)}",
        written.load and write_load(written.load),
        rest is not None and f"rest {format_duration(rest)}",
    )
    return ", ".join(clause for clause in clauses if clause)


def write_amount(amount: Amount) -> str:
    """An amount with its unit: `8-10`, `10 steps`, `hold 40s`, `for 40s`, `50 ft out and back`."""
    match amount:
        case Reps(low, high):
            return _range(low, high)
        case Steps(low, high):
            return f"{_range(low, high)} steps"
        case Hold(low, high):
            return f"hold {_times(low, high)}"
        case Timed(low, high):
            return f"for {_times(low, high)}"
        case Carry(low, high, unit, back):
            return f"{_range(low, high)} {unit} {'out and back' if back else 'one way'}"


def write_tempo(tempo: Tempo) -> str:
    """Four phases in seconds: `2-0-1-0.5`."""
    return "-".join(_seconds(ms) for ms in (tempo.down, tempo.bottom, tempo.up, tempo.top))


def write_finisher(finisher: Finisher) -> str:
    """Pulses, and their pace where it is not one a second: `10 pulses every 0.8s`."""
    every = "" if finisher.every == SECOND else f" every {format_duration(finisher.every)}"
    return f"{finisher.pulses} {'pulse' if finisher.pulses == 1 else 'pulses'}{every}"


def write_load(load: Load) -> str:
    """What is lifted: `2x8kg dumbbells`, `20lb`."""
    count = f"{load.count}x" if load.count > 1 else ""
    kit = f" {load.kit.replace('-', ' ')}{'s' if load.count > 1 else ''}" if load.kit else ""
    return f"{count}{load.weight}{load.unit}{kit}"


def write_order(order: Order, limb: Limb | None = None) -> str:
    """How the sides take turns: `per leg`, `alternating arms`, `both sides together`."""
    if order == "together":
        return "both sides together"
    if order == "each":
        return f"per {limb or 'side'}"
    return f"alternating {limb}s" if limb else "alternating"


def _front(written: Written) -> str:
    """Sets, amount and sides, which stand together without commas."""
    amount = write_amount(written.amount) if written.amount else ""
    sides = write_order(written.order, written.limb) if written.order else ""
    if written.sets is None:
        return f"{amount} {sides}".strip()
    if amount:
        return f"{written.sets}x{_apart(amount)} {sides}".strip()
    return f"{written.sets} sets, {sides}".rstrip(", ")


def _apart(amount: str) -> str:
    """A word does not stand right behind the x."""
    return amount if amount[0].isdigit() else f" {amount}"


def _pause(ms: Ms | None, where: str) -> str:
    return "" if ms is None else f"pause {format_duration(ms)} at {where}"


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


def _times(low: Ms, high: Ms) -> str:
    both = format_duration(low), format_duration(high)
    return both[0] if low == high else f"{both[0]} to {both[1]}"


def _seconds(ms: Ms) -> str:
    return f"{ms / SECOND:.3f}".rstrip("0").rstrip(".")
