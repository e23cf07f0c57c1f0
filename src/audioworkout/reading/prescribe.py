"""From what a line says and what its exercise is to a complete prescription. Pure.

The notation leaves open what only the exercise can decide: a bare time (a hold or work), a distance
(carried or at one's own pace), a pair like `30/30`, `10x5s`. All of that is decided here, and what
could have been meant otherwise is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from audioworkout.model.exercise import (
    USUAL_BREATH,
    Amount,
    Distance,
    Exercise,
    Hold,
    Open,
    Prescription,
    Reps,
    SetSpec,
    Sides,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation import SHORTEST_REP, PartialPrescription
from audioworkout.reading.ambiguities import settle_ambiguities
from audioworkout.reading.resolution import LineResolution, Remark
from audioworkout.reading.set_amounts import WINDOW_STEP, resolve_sets
from audioworkout.units import SECOND, Ms, format_duration, round_up

IN_ALL_REPS = 10
"""An even bare number of what alternates, from here on, may as well count both sides."""


class Prescribed(NamedTuple):
    """What a line comes to; the prescription is whole even where there are errors."""

    prescription: Prescription
    warnings: tuple[Remark, ...] = ()
    errors: tuple[Remark, ...] = ()


def prescribe(
    partial: PartialPrescription,
    exercise: Exercise,
    default: Prescription,
    *,
    breath: Ms = USUAL_BREATH,
    between: Exercise | None = None,
) -> Prescribed:
    """What a line prescribes of an exercise.

    A line with an amount replaces sets, finisher, load and rest; one without changes only what it
    names. Sides, tempo and pauses that it does not name come from the default either way.

    Args:
        partial: What the line says.
        exercise: What is done.
        default: Its default prescription, as the workout changes it.
        breath: Length of a calm breath where the line has no phases (ms).
        between: What `partial.rest_exercise` names.
    """
    line = LineResolution(partial, exercise, default, breath, between)
    settle_ambiguities(line)
    line.tempo = _resolve_tempo(line)
    meant = _resolve_without_sides(line, resolve_sets(line))
    meant = _resolve_sides(line, meant)
    if line.by_side is not None:
        meant = meant._replace(by_side=line.by_side)
    _check_prescription(line, meant)
    return Prescribed(meant, tuple(line.warnings), tuple(line.errors))


def _resolve_tempo(line: LineResolution) -> Tempo:
    """The default's, or the written one; a phase or a pause replaces that of its name."""
    partial = line.partial
    tempo = partial.tempo or line.default.tempo
    slow = any(one.kind == "word" and one.figure == "slow" for one in line.effort)
    if slow and partial.tempo is None:
        tempo = tempo._replace(down=tempo.down * 2, up=tempo.up * 2)
    down, up, bottom = partial.down, partial.up, partial.pause_bottom
    if partial.pause is not None:
        place = "bottom" if line.exercise.starts == "top" else "top"
        text = format_duration(partial.pause)
        if place == "bottom":
            bottom = partial.pause if bottom is None else bottom
        else:
            line.pause_top = partial.pause if line.pause_top is None else line.pause_top
        other = "top" if place == "bottom" else "bottom"
        message = f"taken as a pause at the {place}"
        line.warn(message, f"write `pause {text} at {place}` or `at {other}`")
    return Tempo(
        tempo.down if down is None else down,
        tempo.bottom if bottom is None else bottom,
        tempo.up if up is None else up,
        tempo.top if line.pause_top is None else line.pause_top,
    )


def _find_announced_phases(line: LineResolution) -> frozenset[Literal["tempo", "top", "bottom"]]:
    """What of the tempo the line has written, or the default has as a pause."""
    partial = line.partial
    if partial.tempo or partial.down is not None or partial.up is not None:
        return frozenset({"tempo"})
    said: set[Literal["tempo", "top", "bottom"]] = set(line.default.announced)
    if line.pause_top is not None:
        said.add("top")
    if partial.pause_bottom is not None or (
        partial.pause is not None and line.exercise.starts == "top"
    ):
        said.add("bottom")
    return frozenset(said)


def _resolve_without_sides(line: LineResolution, specs: list[SetSpec]) -> Prescription:
    """The prescription without its sides."""
    partial, default = line.partial, line.default
    base = default
    sets = partial.sets or default.sets
    by_set: tuple[SetSpec, ...] = default.by_set
    if specs:
        base = Prescription(specs[0].amount, sides=default.sides)
        sets = len(specs)
        by_set = () if _are_equal_sets(specs) else tuple(specs)
        if not by_set:
            base = base._replace(load=specs[0].load, effort=specs[0].effort)
    elif partial.sets and by_set:
        by_set = default.with_sets(partial.sets).by_set
    rest = line.rest if line.rest is not None else _time_rest_distance(line)
    if by_set and any(spec.parts for spec in by_set) and line.rest_within is None:
        rest = None  # it stands within the parts
    return base._replace(
        sets=sets * (2 if line.is_doubled and not specs else 1),
        tempo=line.tempo,
        finisher=partial.finisher or base.finisher,
        load=partial.load or base.load,
        rest=base.rest if rest is None else rest,
        effort=line.effort or base.effort,
        notes=line.notes or base.notes,
        by_set=by_set,
        announced=_find_announced_phases(line),
        every=line.every or base.every,
        rest_exercise=line.between or base.rest_exercise,
    )


def _time_rest_distance(line: LineResolution) -> Ms | None:
    """`200m jog`: as long as that takes at the usual pace, rounded up to 5 s."""
    raw = line.partial.rest_distance
    if raw is None:
        return None
    speed = (line.between or line.exercise).speed
    return round_up(Distance(raw.low, raw.unit).mm * SECOND // speed, WINDOW_STEP)


def _resolve_sides(line: LineResolution, meant: Prescription) -> Prescription:
    """How the sides take turns, and whether the amount counts both."""
    partial, own = line.partial, line.default.sides
    first = line.first or own.first
    has = own.order != "together"
    order = line.order
    steps = isinstance(meant.amount, Steps)
    in_all = partial.in_all or (partial.total and line.has_sides)
    sides = own._replace(first=first)
    if partial.has_amount:
        sides = sides._replace(in_all=False)
    timed = isinstance(meant.amount, Open) and meant.amount.total and partial.window is not None
    match order:
        case None if timed and own.order == "each" and not partial.in_all:
            sides = Sides("together", first)  # `100 reps in 5 min`: nobody does it twice
        case "one":
            sides = Sides("one", first)
        case "together":
            sides = Sides("together", first)
        case "both":
            sides = _resolve_both_sides(line, sides, has)
        case "alternating":
            sides = Sides("alternating", first, partial.has_amount)
        case "each alternating":
            sides = Sides("alternating", first)
            meant = _double_times(line, meant)
        case "each" if own.order == "alternating" and isinstance(meant.amount, Timed):
            sides = Sides("alternating", first)
            meant = _double_times(line, meant)
        case "each" if partial.each_alone and not has and meant.sets > 1:
            sides = Sides("together", first)  # `4 sets, 6 reps each`
        case "each":
            walked = steps and own.order == "alternating"
            # Nobody walks ten steps on one leg: `each leg` says how many.
            sides = Sides("alternating" if walked else "each", first)
        case _:
            if partial.has_amount and steps and has:
                sides = Sides("alternating", first, True)
                _warn_about_steps(line, meant.amount)
    if in_all and sides.order != "together":
        if order is None and own.order == "each" and not steps:
            return _halve_total(line, meant, sides)
        sides = sides._replace(order="alternating", in_all=True)
    if sides.order == "alternating" and isinstance(meant.amount, Timed | Hold):
        sides = sides._replace(in_all=True)  # time is never counted for each side
    _warn_about_total(line, meant, sides)
    return meant._replace(sides=sides)


def _double_times(line: LineResolution, meant: Prescription) -> Prescription:
    """`30s per side` of what alternates is one stretch of a minute."""
    if not line.partial.has_amount:
        return meant

    def double(amount: Amount) -> Amount:
        if not isinstance(amount, Timed | Hold):
            return amount
        return type(amount)(2 * amount.low, 2 * amount.high)

    return meant.map_amounts(double)


def _resolve_both_sides(line: LineResolution, sides: Sides, has: bool) -> Sides:
    """`both sides`: each of them where the exercise has sides."""
    if not has:
        return Sides("together", sides.first)
    hint = "write `per side`, or `both sides together` to leave none out"
    line.warn("`both sides` is taken as each side", hint)
    return sides


def _halve_total(line: LineResolution, meant: Prescription, sides: Sides) -> Prescription:
    """`20 in all` where a whole side follows the other: half for each."""
    amount = meant.amount
    if isinstance(amount, Reps):
        more, less = (amount.high + 1) // 2, max(1, amount.high // 2)
        both = (Reps(more, more), Reps(less, less))
        ordered = both if sides.first == "left" else both[::-1]
        if more != less:
            line.by_side = ordered
        meant = meant._replace(amount=ordered[0])
    return meant._replace(sides=sides)


def _warn_about_steps(line: LineResolution, amount: Amount) -> None:
    if isinstance(amount, Steps):
        text = f"{amount.low}" if amount.low == amount.high else f"{amount.low}-{amount.high}"
        message = f"{text} steps are taken as both legs together"
        line.warn(message, f"for each leg write `{text} steps per leg`")


def _warn_about_total(line: LineResolution, meant: Prescription, sides: Sides) -> None:
    """A bare number of what alternates: a side or in all, both are usual."""
    named = line.partial.order or line.partial.in_all or line.partial.total
    if named or not line.partial.has_amount or meant.by_set:
        return
    amount = meant.amount
    if sides.order != "alternating" or sides.in_all or not isinstance(amount, Reps):
        return
    text = f"{amount.low}"
    if amount.low == amount.high >= IN_ALL_REPS and amount.low % 2 == 0:
        hint = f"write `{text} per side`, or `{text} in all`"
        line.warn(f"{text} is taken as the number for each side", hint)


def _check_prescription(line: LineResolution, meant: Prescription) -> None:
    """What can only be seen when a line and its exercise have come together."""
    amounts = meant.amounts
    if meant.finisher and not all(isinstance(one, Reps) for one in amounts):
        line.fail("pulses follow reps, and here are none", "give it reps, like `12`")
    if meant.paced and meant.tempo.beat < SHORTEST_REP:
        beat = format_duration(meant.tempo.beat)
        message = f"a rep of {beat} is too short to be counted"
        line.fail(message, "give it a longer tempo, like `10 @1-0-1-0`")
    if meant.every is not None and line.partial.rest is not None:
        message = "a rest and a time from start to start contradict each other"
        line.fail(message, "the rest is what remains: leave it out")
    timed = [one for one in amounts if isinstance(one, Hold | Timed)]
    if any(isinstance(one, Timed) for one in amounts) and any(
        isinstance(one, Reps) for one in amounts
    ):
        line.fail("the amount is named twice", "write two items")
    if line.window is not None and timed and not line.phases:
        line.fail("the time is named twice", "write one of them")


def _are_equal_sets(specs: Sequence[SetSpec]) -> bool:
    """True if all sets are the same and stand for themselves."""
    return all(spec == specs[0] for spec in specs) and specs[0].parts == 0 and specs[0].rest is None
