"""A partial prescription as a line in its one canonical spelling, which reads back to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audioworkout.model.exercise import (
    Amount,
    BreathPhases,
    Breaths,
    Carry,
    Distance,
    Effort,
    Finisher,
    Hold,
    Load,
    Open,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation.clauses.efforts import MOST_RESERVE
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Entry,
    Group,
    Limb,
    Order,
    Pair,
    PartialPrescription,
    RawAmount,
    Rounds,
    Sided,
)
from audioworkout.units import SECOND, Ms, format_duration


def format_line(partial: PartialPrescription) -> str:
    """The line in its one canonical spelling; reads back to an equal `PartialPrescription`.

    >>> from audioworkout.notation import parse_line
    >>> format_line(parse_line("3 sets of 8–10 @2020 REST 60 secs ea leg"))
    '3x8-10 per leg, @2-0-2-0, rest 1 min'
    """
    return ", ".join(clause for clause in _format_clauses(partial) if clause)


def _format_clauses(partial: PartialPrescription) -> Iterator[str]:
    sides = _format_sides(partial)
    front = _format_repeaters(partial)
    front = front or ", ".join(_format_group(group) for group in partial.groups)
    if partial.sets is not None:
        front = f"{partial.sets} sets"
    apart = not front or partial.sets is not None or len(partial.groups) > 1
    apart = apart or len(partial.groups[0].entries) > 1
    yield front if apart else f"{front} {sides}".strip()
    if apart:
        yield sides
    if partial.total:
        yield "total"
    if partial.in_all:
        yield "in all"
    if partial.first and partial.order != "one":
        yield f"{partial.first} first"
    yield partial.directions
    if partial.phases:
        yield format_phases(partial.phases)
    if partial.tempo:
        yield f"@{format_tempo(partial.tempo)}"
    for ms, form in (
        (partial.down, "{} negative"),
        (partial.up, "{} concentric"),
        (partial.pause_top, "pause {} at top"),
        (partial.pause_bottom, "pause {} at bottom"),
        (partial.pause, "pause {}"),
        (partial.hold, "hold {}"),
    ):
        if ms is not None:
            yield form.format(format_duration(ms))
    if partial.finisher:
        yield f"last rep {format_finisher(partial.finisher)}"
    if partial.load:
        yield format_load(partial.load)
    yield from map(format_effort, partial.effort)
    yield from (f'"{note}"' for note in partial.notes)
    yield from _format_times(partial)


def _format_times(partial: PartialPrescription) -> Iterator[str]:
    """Windows, starts and rests."""
    if partial.drop_set:
        yield "drop set"
    if partial.window is not None:
        yield f"in {format_duration(partial.window)}"
    if partial.every is not None:
        yield f"every {format_duration(partial.every)}"
    if partial.at_time is not None:
        yield f"@ {_format_clock_time(partial.at_time)}"
    name = f" {partial.rest_exercise}" if partial.rest_exercise else " rest"
    if partial.rest_within is not None and partial.rest is not None:
        within, rest = format_duration(partial.rest_within), format_duration(partial.rest)
        joined = any(group.form != "each" for group in partial.groups)
        yield f"rest {within}, {rest}" if joined else f"rest {within}, rest {rest}"
    elif partial.rest is not None:
        rest = format_duration(partial.rest)
        yield f"{rest}{name}" if partial.rest_exercise else f"rest {rest}"
    if partial.rests:
        yield f"{'-'.join(map(format_duration, partial.rests))}{name}"
    if partial.rest_distance is not None:
        distance = _format_bare_distance(partial.rest_distance)
        yield f"{distance}{name}" if partial.rest_exercise else f"rest {distance}"


def _format_repeaters(partial: PartialPrescription) -> str:
    """`3x(6x 7s on 3s off)` without a rest between the sets; empty where it is none."""
    if partial.rest_within is None or partial.rest is not None or len(partial.groups) != 1:
        return ""
    ((entry, *others), times, form) = partial.groups[0]
    if form != "repeat" or {*others} - {entry} or not isinstance(entry.amount, BareTime):
        return ""
    on, off = format_duration(entry.amount.low), format_duration(partial.rest_within)
    return f"{times}x({len(others) + 1}x {on} on {off} off)"


def _format_group(group: Group) -> str:
    """Amounts with their number of sets: `3x8`, `12, 10, 8`, `3x(1, 2, 3)`, `15+4+4`."""
    entries = [*map(_format_entry, group.entries)]
    front = "" if group.times is None else f"{group.times}x"
    if len(entries) == 1:
        return f"{front}{_add_space(entries[0]) if front else entries[0]}"
    if group.form == "plus":
        return f"{front}{'+'.join(entries)}"
    if group.form == "repeat":
        return f"{front}({', '.join(_compress_entries(entries))})"
    times = [one for one in group.entries if isinstance(one.amount, BareTime)]
    # Of two times with a comma the second is the rest.
    joined = (" then " if len(times) == len(entries) == 2 else ", ").join(entries)
    return f"{front}{_add_space(joined)}" if front else joined


def _compress_entries(entries: Sequence[str]) -> Iterator[str]:
    """`6x7s` for the same amount several times in a row."""
    for text, same in groupby(entries):
        count = len([*same])
        yield text if count == 1 else f"{count}x{_add_space(text)}"


def _format_entry(entry: Entry) -> str:
    """An amount with its load and efforts behind `@`."""
    beside = [*([format_load(entry.load)] if entry.load else [])]
    beside += map(format_effort, entry.effort)
    # A weight without its unit has the sign already.
    return " @ ".join((format_raw(entry.amount), *(one.removeprefix("@") for one in beside)))


def _add_space(amount: str) -> str:
    """A word does not stand right behind the x."""
    return amount if amount[0].isdigit() else f" {amount}"


def format_raw(amount: RawAmount) -> str:
    """An amount as a line has it, settled or not."""
    match amount:
        case BareCount(1, high) if high > 1:
            return f"1 to {high}"  # `1-10` is a ladder
        case BareCount(low, high):
            return _format_range(low, high)
        case BareTime(low, high):
            return _format_times_range(low, high)
        case BareDistance():
            return _format_bare_distance(amount)
        case Rounds(count):
            return f"{count} rounds"
        case Pair(left, right):
            return f"{_format_side_of_pair(left)}/{_format_side_of_pair(right)}"
        case Sided(left, right, first):
            sides = [f"{format_raw(left)} left", f"{format_raw(right)} right"]
            return " / ".join(sides if first == "left" else sides[::-1])
        case Reps(low, high):
            return f"{_format_range(low, high)} reps"
        case _:
            return format_amount(amount)


def _format_side_of_pair(amount: RawAmount) -> str:
    """A time in one unit: `1 min/90s` would be a minute and a half."""
    if isinstance(amount, BareTime):
        return f"{_format_seconds(amount.low)}s"
    return format_raw(amount)


def format_amount(amount: Amount) -> str:
    """An amount with its unit: `8-10`, `10 steps`, `hold 40s`, `for 40s`, `50 ft out and back`."""
    match amount:
        case Reps(low, high):
            return _format_range(low, high)
        case Steps(low, high):
            return f"{_format_range(low, high)} steps"
        case Hold(low, high):
            return f"hold {_format_times_range(low, high)}"
        case Timed(low, high):
            return f"for {_format_times_range(low, high)}"
        case Carry(low, high, unit, back):
            return f"{_format_range(low, high)} {unit} {'out and back' if back else 'one way'}"
        case Breaths(low, high):
            return f"{_format_range(low, high)} {'breath' if high == 1 else 'breaths'}"
        case Open():
            return format_open(amount)
    raise TypeError(amount)


def format_open(amount: Open) -> str:
    """What ends open work, without its window: `max`, `5+`, `50 total`, `20 cal`, `400 m`."""
    if amount.at_least:
        return f"{amount.at_least}+"
    if amount.total:
        return f"{amount.total} total"
    if amount.calories:
        return f"{amount.calories} cal"
    if amount.distance:
        return format_distance(amount.distance)
    return "max"


def format_distance(distance: Distance) -> str:
    """`400 m`, `1.5 km`."""
    return f"{distance.figure} {distance.unit}"


def _format_bare_distance(distance: BareDistance) -> str:
    """A mere `m` and `metres` are told apart: the one may be minutes."""
    low, high = distance.low, distance.high
    unit = "metres" if distance.unit == "m" and not distance.minutes else distance.unit
    return f"{low if low == high else f'{low}-{high}'} {unit}"


def format_tempo(tempo: Tempo) -> str:
    """Four phases in seconds: `2-0-1-0.5`."""
    return "-".join(_format_seconds(ms) for ms in (tempo.down, tempo.bottom, tempo.up, tempo.top))


def format_phases(phases: BreathPhases) -> str:
    """The phases of a breath in seconds: `in 4 hold 7 out 8`."""
    full = f" hold {_format_seconds(phases.hold_full)}" if phases.hold_full else ""
    empty = f" hold {_format_seconds(phases.hold_empty)}" if phases.hold_empty else ""
    return f"in {_format_seconds(phases.inhale)}{full} out {_format_seconds(phases.exhale)}{empty}"


def format_finisher(finisher: Finisher) -> str:
    """Pulses, and their pace where it is not one a second: `10 pulses every 0.8s`."""
    every = "" if finisher.every == SECOND else f" every {format_duration(finisher.every)}"
    return f"{finisher.pulses} {'pulse' if finisher.pulses == 1 else 'pulses'}{every}"


def format_load(load: Load) -> str:
    """What is lifted: `2x8kg dumbbells`, `20lb`, `+10kg`, `@ 60` without a unit."""
    if not load.unit:
        return f"@{load.weight}"
    count = f"{load.count}x" if load.count > 1 else ""
    kit = f" {load.kit.replace('-', ' ')}{'s' if load.count > 1 else ''}" if load.kit else ""
    return f"{'+' if load.added else ''}{count}{load.weight}{load.unit}{kit}"


def format_effort(effort: Effort) -> str:
    """`RPE 8`, `2 RIR`, `80%`, `zone 2`, `rate 20`, `5:00/km`, `easy`."""
    figure = effort.figure
    reserve = float(figure.split("-")[0]) if effort.kind == "rir" else 0
    forms = {
        "rpe": f"RPE {figure}",
        "rir": f"RIR {figure}" if reserve > MOST_RESERVE else f"{figure} RIR",
        "percent": f"{figure}%",
        "zone": f"zone {figure}",
        "rate": f"rate {figure}",
        "pace": f"{figure}/{effort.unit}",
    }
    return forms.get(effort.kind, figure)


def format_order(order: Order, limb: Limb | None = None) -> str:
    """How the sides take turns: `per leg`, `alternating arms`, `both sides together`."""
    if order == "together":
        return "both sides together"
    if order == "both":
        return "both sides"
    if order == "each":
        return f"per {limb or 'side'}"
    if order == "each alternating":
        return f"per {limb or 'side'} alternating"
    return f"alternating {limb}s" if limb else "alternating"


def _format_sides(partial: PartialPrescription) -> str:
    if partial.order is None:
        return ""
    if partial.order == "one":
        return f"{partial.first} {partial.limb or 'side'} only"
    if partial.order == "each" and partial.each_alone:
        return "each"
    return format_order(partial.order, partial.limb)


def _format_range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


def _format_times_range(low: Ms, high: Ms) -> str:
    both = format_duration(low), format_duration(high)
    return both[0] if low == high else f"{both[0]} to {both[1]}"


def _format_seconds(ms: Ms) -> str:
    return f"{ms / SECOND:.3f}".rstrip("0").rstrip(".") or "0"


def _format_clock_time(ms: Ms) -> str:
    minutes, rest = divmod(ms, 60 * SECOND)
    seconds = f"{rest / SECOND:06.3f}".rstrip("0").rstrip(".")
    return f"{minutes}:{seconds}"
