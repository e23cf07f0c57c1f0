"""The amounts of a line and its sets, each by itself, as the exercise decides them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from audioworkout.model.exercise import (
    USUAL_BREATH,
    Amount,
    Breaths,
    Distance,
    Effort,
    Hold,
    Load,
    Open,
    Reps,
    SetSpec,
    Timed,
)
from audioworkout.notation import LONGEST_DURATION, MOST_REPS, MOST_SETS, Entry, Group
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Pair,
    RawAmount,
    Rounds,
    Sided,
)
from audioworkout.notation.values import make_carry
from audioworkout.reading.resolution import LineResolution, is_counted
from audioworkout.units import MINUTE, SECOND, Ms, round_up

MAX_WINDOW: Ms = MINUTE
"""Of `max`, where no window is written."""
WINDOW_STEP: Ms = 5 * SECOND
CALORIE: Ms = 4 * SECOND
PLENTY = 1.15
"""How much longer the window of a distance is than the distance takes at the usual pace."""
LEAST_METRES = 25
"""A bare number of what is run, rowed or swum is metres from here on."""
SPRINT_METRES = 60
"""Below it `m` may also have been minutes."""
SHORTEST_DISTANCE: Ms = 5 * SECOND
"""Metres that would last less than this, and have no sets, were minutes."""
STILL: Ms = 10 * MINUTE
"""Metres of what stays in its place were minutes up to here; beyond it nobody means them."""
DROP_REST: Ms = 10 * SECOND
"""The rest before the part of a drop set that `drop set` adds: time to take less weight."""


def resolve_amount(
    line: LineResolution, raw: RawAmount, sets: bool = False, effort: Sequence[Effort] = ()
) -> Amount:
    """One amount, decided. `sets`: it has a number of sets; `effort`: its own."""
    match raw:
        case BareCount(low, high):
            return _resolve_bare_count(line, low, high)
        case BareTime(low, high):
            return _resolve_bare_time(line, low, high)
        case BareDistance():
            return _resolve_distance(line, raw, sets, effort)
        case Rounds(count):
            return _resolve_count(line, count, count)
        case Pair(left, _) | Sided(left, _):
            return resolve_amount(line, left)
        case Reps(low, high):
            return _resolve_count(line, low, high)
        case Timed(low, _) | Hold(low, _):
            if line.phases is not None:
                return _fit_breaths(line, low)
            return raw
        case Breaths(low, high, every):
            length = line.breath if every == USUAL_BREATH else every
            return Breaths(low, high, length, line.phases)
        case Open():
            return _resolve_open_work(line, raw)
        case _:
            return raw


def _resolve_count(line: LineResolution, low: int, high: int) -> Amount:
    if line.window is not None:
        return Open(line.window, total=high)
    if line.phases is not None or line.exercise.timed == "breaths":
        return Breaths(low, high, line.breath, line.phases or line.default_phases)
    if line.partial.total and not line.has_sides:
        beat = line.tempo.beat
        return Open(estimate_window(line, high * beat * 2), total=high)
    return Reps(low, high)


def _resolve_bare_count(line: LineResolution, low: int, high: int) -> Amount:
    if not line.is_self_paced:
        if high > MOST_REPS:
            line.fail(f"`{high}` is more than {MOST_REPS} reps", "")
            return Reps(1, 1)
        return _resolve_count(line, low, high)
    if low >= LEAST_METRES:
        return _resolve_distance(line, BareDistance(f"{low}", f"{high}", "m"), True)
    name = line.exercise.name
    line.fail(f"{name} is no number of reps: `{low}` of what?", f"write `{low} min` or `{low} km`")
    return Reps(low, high)


def _resolve_bare_time(line: LineResolution, low: Ms, high: Ms) -> Amount:
    if line.phases is not None or line.exercise.timed == "breaths":
        return _fit_breaths(line, low)
    if line.exercise.timed == "hold":
        return Hold(low, high)
    return Timed(low, high)


def _fit_breaths(line: LineResolution, length: Ms) -> Breaths:
    """As many whole breaths as fit best."""
    phases = line.phases or line.default_phases
    count = max(1, round(length / (phases.lasts if phases else line.breath)))
    return Breaths(count, count, line.breath, phases)


def _resolve_distance(
    line: LineResolution, raw: BareDistance, sets: bool, effort: Sequence[Effort] = ()
) -> Amount:
    """Carried, at one's own pace, or minutes after all."""
    distance = Distance(raw.low, raw.unit)
    lasts = distance.mm * SECOND // max(1, line.exercise.speed)
    minutes = float(raw.low) * MINUTE
    goes = bool(line.exercise.travels)
    still = not goes and minutes <= STILL
    unlikely = raw.minutes and not sets and (still or (goes and lasts < SHORTEST_DISTANCE))
    if unlikely and minutes <= LONGEST_DURATION and minutes % SECOND == 0:
        message = f"`{raw.low} m` is taken as minutes"
        line.warn(message, f"write `{raw.low} min`{f', or `{raw.low} metres`' if goes else ''}")
        return _resolve_bare_time(line, int(minutes), round(float(raw.high) * MINUTE))
    if not goes:
        name = line.exercise.name
        hint = "write reps or a time, like `12` or `40s`"
        hint = f"for minutes write `{raw.low} min`" if raw.minutes else hint
        line.fail(f"{name} covers no distance", hint)
        return Reps(1, 1)
    if line.exercise.travels == "carry":
        return _resolve_carry(line, raw)
    if raw.minutes and distance.mm < SPRINT_METRES * 1_000:
        message = f"`{raw.low} m` is taken as metres"
        line.warn(message, f"for minutes write `{raw.low} min`")
    if raw.low != raw.high:
        message = f"of `{raw.low}-{raw.high} {raw.unit}` the low end is taken"
        line.warn(message, "")
    pace = _time_by_pace((*effort, *line.effort), distance)
    window = line.window or pace or estimate_window(line, round(lasts * PLENTY))
    return Open(window, distance=distance)


def _resolve_carry(line: LineResolution, raw: BareDistance) -> Amount:
    if line.window is not None:
        return Open(line.window, distance=Distance(raw.low, raw.unit))
    return make_carry(raw, back=False)


def _time_by_pace(efforts: Sequence[Effort], distance: Distance) -> Ms | None:
    """How long a distance takes at the written pace, exactly."""
    for effort in efforts:
        if effort.kind == "pace":
            minutes, _, seconds = effort.figure.partition(":")
            time = int(minutes) * MINUTE + round(float(seconds or 0) * SECOND)
            figure, _, unit = effort.unit.rpartition(" ")
            whole = Distance(figure or "1", unit)  # type: ignore[arg-type]
            return round(time * distance.mm / whole.mm)
    return None


def _resolve_open_work(line: LineResolution, raw: Open) -> Open:
    """Open work with the window that was written, or one that is worked out."""
    if raw.window or line.window is not None:
        return _with_window(raw, raw.window or line.window or 0)
    beat = line.tempo.beat
    if raw.at_least:
        return _with_window(raw, estimate_window(line, raw.at_least * beat * 3 // 2))
    if raw.total:
        return _with_window(raw, estimate_window(line, raw.total * beat * 2))
    if raw.calories:
        return _with_window(raw, estimate_window(line, raw.calories * CALORIE))
    return _with_window(raw, estimate_window(line, MAX_WINDOW))


def estimate_window(line: LineResolution, ms: Ms) -> Ms:
    """A window for work that may last `ms`; it ends before the next send-off."""
    window = max(WINDOW_STEP, round_up(ms, WINDOW_STEP))
    if line.every is not None and window >= line.every:
        return max(WINDOW_STEP, (line.every - WINDOW_STEP) // WINDOW_STEP * WINDOW_STEP)
    return window


def resolve_sets(line: LineResolution) -> list[SetSpec]:
    """Every set by itself; empty if the line has no amount."""
    specs: list[SetSpec] = []
    for group in line.groups:
        specs += _resolve_group(line, group)
    if line.partial.drop_set:
        specs = _add_drop_set(line, specs)
    specs = _mark_drop_set(line, specs)
    for number, rest in enumerate(line.partial.rests[: len(specs)]):
        specs[number] = specs[number]._replace(rest=rest)
    if line.is_doubled:
        specs = [spec for spec in specs for _ in range(2)]
    if len(specs) > MOST_SETS:
        line.fail(f"{len(specs)} sets are more than {MOST_SETS}", "")
        specs = specs[:MOST_SETS]
    return specs


def _resolve_group(line: LineResolution, group: Group) -> list[SetSpec]:
    times = group.times or 1
    many = bool(group.times) or len(group.entries) > 1 or len(line.groups) > 1
    if len(group.entries) == 1 and isinstance(group.entries[0].amount, Rounds):
        return _resolve_rounds(line, group.entries[0].amount.count)
    entries = [_resolve_entry(line, entry, many) for entry in group.entries]
    if len(entries) == 1:
        return _open_last_set(line, group.entries[0], entries * times)
    if group.form == "plus":
        return _join_plus_parts(line, entries) * times
    if group.form == "each":
        return entries
    if line.rest_within is None:
        return entries * times
    return _divide_set(entries, line.rest_within, line.rest) * times


def _resolve_entry(line: LineResolution, entry: Entry, sets: bool) -> SetSpec:
    amount = resolve_amount(line, entry.amount, sets, entry.effort)
    return SetSpec(amount, entry.load, entry.effort)


def _resolve_rounds(line: LineResolution, count: int) -> list[SetSpec]:
    """`10 rounds`: reps of what is counted, sets of what is timed."""
    if is_counted(line.exercise) or line.exercise.timed == "breaths":
        return [SetSpec(_resolve_count(line, count, count))]
    return [SetSpec(line.default.amount)] * min(count, MOST_SETS)


def _open_last_set(line: LineResolution, entry: Entry, specs: list[SetSpec]) -> list[SetSpec]:
    """`3x8+`: only the last set is open."""
    amount = entry.amount
    if not (isinstance(amount, Open) and amount.at_least and len(specs) > 1):
        return specs
    before = _resolve_count(line, amount.at_least, amount.at_least)
    return [*(spec._replace(amount=before) for spec in specs[:-1]), specs[-1]]


def _join_plus_parts(line: LineResolution, entries: list[SetSpec]) -> list[SetSpec]:
    """`15+4+4`: rest-pause where there is a rest, else one set of them all."""
    within = line.rest if line.rest_within is None else line.rest_within
    if within is not None:
        return _divide_set(entries, within, None if line.rest_within is None else line.rest)
    counts = [spec.amount.high for spec in entries if isinstance(spec.amount, Reps)]
    line.notes = (*line.notes, " plus ".join(map(str, counts)))
    return [entries[0]._replace(amount=Reps(sum(counts), sum(counts)))]


def _add_drop_set(line: LineResolution, specs: list[SetSpec]) -> list[SetSpec]:
    """`3x10 + drop set`: behind the last set as many as possible with less weight."""
    if not specs:
        amount, sets = line.default.amount, line.partial.sets or line.default.sets
        specs = [SetSpec(amount)] * sets
    last = specs[-1]._replace(rest=DROP_REST, part=1, parts=2)
    lighter = SetSpec(Open(line.window or MAX_WINDOW), part=2, parts=2, lighter=True)
    return [*specs[:-1], last, lighter]


def _mark_drop_set(line: LineResolution, specs: list[SetSpec]) -> list[SetSpec]:
    """`10 @ 20kg, 8 @ 15kg, rest 0`: a drop set, its weights falling without a rest."""
    if len(specs) < 2 or line.rest is None or line.rest > DROP_REST or any(s.parts for s in specs):
        return specs
    weights = [_total_weight(spec.load) for spec in specs]
    falling = all(
        low is not None and high is not None and low > high for low, high in pairwise(weights)
    )
    if not falling:
        return specs
    made = _divide_set(specs, line.rest, None)
    return [made[0], *(spec._replace(lighter=True) for spec in made[1:])]


def _divide_set(entries: list[SetSpec], within: Ms, after: Ms | None) -> list[SetSpec]:
    """Parts of one set, with a short rest between them."""
    many = len(entries)
    return [
        spec._replace(rest=within if part < many else after, part=part, parts=many)
        for part, spec in enumerate(entries, 1)
    ]


def _with_window(amount: Open, window: Ms) -> Open:
    return Open(window, amount.at_least, amount.total, amount.distance, amount.calories)


def _total_weight(load: Load | None) -> float | None:
    return float(load.weight.split("-")[0]) * load.count if load else None
