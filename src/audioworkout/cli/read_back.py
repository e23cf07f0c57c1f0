"""Reads a routine back in words and lengths, for `check -v`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.compiler.plan import Bout, Interval
from audioworkout.compiler.script import workout_length
from audioworkout.languages import load_phrases
from audioworkout.model.exercise import Breaths, Carry, Hold, Open, Reps, Steps, Timed
from audioworkout.model.request import Request
from audioworkout.model.script import Chapter
from audioworkout.notation import format_finisher, format_load, format_tempo
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock

SEPARATOR = " · "


class _PlannedInterval(NamedTuple):
    """An interval of the plan, with the lengths it has in the script (ms)."""

    interval: Interval
    pause: Ms
    work: Ms


def read_back(request: Request) -> Iterator[str]:
    """Describe a request, a line for each item: `Plank · 3 holds of 30 s · 15 s rest · 2:00`.

    A length is from the first GO of an item to its last end; rests between items have their own
    lines.
    """
    items = list(_group_items(_plan_intervals(request)))
    for number, runs in enumerate(items):
        first = runs[0][0]
        yield from (f"say “{note}”" for note in first.interval.notes)
        if number and first.pause:
            yield SEPARATOR.join(["rest", _format_with_unit(first.pause)])
        yield SEPARATOR.join(_describe_item(runs))
    plan = plan_routine(request.routine)
    yield from (f"say “{note}”" for note in plan.last_rest.notes)
    if plan.last_rest.lasts:
        yield SEPARATOR.join(["rest", _format_with_unit(plan.last_rest.lasts)])
    yield from (f"say “{note}”" for note in plan.closing)


def routine_length(request: Request) -> Ms:
    """Length of the whole workout."""
    routine = request.routine
    return workout_length(routine, load_phrases(routine.language, request.phrases))


def count_planned_exercises(request: Request) -> int:
    """How many different exercises are done."""
    return len({leg.bout.exercise.key for leg in plan_routine(request.routine).legs})


def _plan_intervals(request: Request) -> list[_PlannedInterval]:
    """The intervals of the plan, each with the lengths of its chapter in the script."""
    routine = request.routine
    script = compile_routine(routine, load_phrases(routine.language, request.phrases))
    legs = plan_routine(routine).legs
    return [
        _PlannedInterval(leg, *_chapter_lengths(chapter))
        for leg, chapter in zip(legs, script.chapters[1:-1], strict=True)
    ]


def _chapter_lengths(chapter: Chapter) -> tuple[Ms, Ms]:
    work = sum(each.lasts for each in chapter.passages if each.kind in ("work", "pulses"))
    return sum(each.lasts for each in chapter.passages) - work, work


def _group_items(intervals: Iterable[_PlannedInterval]) -> Iterator[list[list[_PlannedInterval]]]:
    """Group intervals by item, in order of first occurrence, with a list for each round."""
    items: dict[object, list[list[_PlannedInterval]]] = {}
    for _, run in groupby(intervals, key=_item_and_round):
        found = list(run)
        items.setdefault(_item_of(found[0].interval.bout), []).append(found)
    yield from items.values()


def _item_and_round(planned: _PlannedInterval) -> tuple[object, int | None]:
    bout = planned.interval.bout
    return _item_of(bout), bout.round


def _item_of(bout: Bout) -> object:
    """What all intervals of an item share: where it was written, and its exercise."""
    return bout.place, bout.exercise.key


def _describe_item(runs: list[list[_PlannedInterval]]) -> Iterator[str]:
    """Name, amount, load, tempo, rests, rounds and length of an item."""
    intervals = runs[0]
    bout = intervals[0].interval.bout
    yield _name_of(bout)
    yield _describe_sets(intervals)
    if bout.prescription.load:
        yield format_load(bout.prescription.load)
    if isinstance(bout.prescription.amount, Reps):
        usual = bout.exercise.prescription.tempo
        if bout.prescription.tempo != usual:
            yield f"tempo {format_tempo(bout.prescription.tempo).removeprefix('@')}"
    if bout.prescription.finisher:
        yield f"last rep {format_finisher(bout.prescription.finisher)}"
    rests = [planned.pause for planned in intervals[1:] if planned.interval.kind == "rest"]
    if rests:
        yield f"{_format_pauses(rests)} rest"
    if len(runs) > 1:
        yield f"{len(runs)} rounds"
    yield format_short_clock(sum(_run_length(run) for run in runs))


def _name_of(bout: Bout) -> str:
    """The name of the exercise; for several at the listener's own pace, all names."""
    return bout.exercise.name or ", ".join(work.exercise.name for work in bout.works)


def _run_length(intervals: list[_PlannedInterval]) -> Ms:
    """Length from the first GO to the last end (ms)."""
    return sum(planned.pause + planned.work for planned in intervals) - intervals[0].pause


def _describe_sets(intervals: list[_PlannedInterval]) -> str:
    """`3 sets of 8-10 reps, each side`, `3 holds of 30 s`, `12, 10 and 8 reps`."""
    bouts = [planned.interval.bout for planned in intervals]
    first = bouts[0]
    by_set = {bout.set: bout for bout in bouts}
    amounts = [_describe_bout_amount(bout) for bout in by_set.values()]
    sides = _describe_sides(bouts)
    if len(set(amounts)) > 1:
        return f"{len(amounts)} sets of {', '.join(amounts[:-1])} and {amounts[-1]}{sides}"
    if len(amounts) == 1:
        held = "hold of " if isinstance(first.prescription.amount, Hold) else ""
        return f"{held}{amounts[0]}{sides}"
    what = "holds" if isinstance(first.prescription.amount, Hold) else "sets"
    return f"{len(amounts)} {what} of {amounts[0]}{sides}"


def _describe_bout_amount(bout: Bout) -> str:
    match bout.prescription.amount:
        case Reps(low, high):
            return _format_count(low, high, "rep")
        case Steps(low, high):
            return _format_count(low, high, "step")
        case Hold(low, high):
            return _format_length_range(low, high)
        case Timed(low, high):
            return f"{_format_length_range(low, high)} of work"
        case Carry(low, high, unit, back):
            way = ", out and back" if back else ""
            return f"{low if low == high else f'{low}-{high}'} {unit}{way}"
        case Breaths(low, high):
            return _format_count(low, high, "breath")
        case Open() as amount:
            return _describe_open(amount)


def _describe_open(amount: Open) -> str:
    """`400 m in 2:20 at most`, `as many as you can in 60 s`."""
    within = f"in {_format_with_unit(amount.window)}"
    if amount.distance:
        return f"{amount.distance.figure} {amount.distance.unit} {within} at most"
    if amount.calories:
        return f"{amount.calories} calories {within} at most"
    if amount.total:
        return f"{amount.total} reps in all {within} at most"
    if amount.at_least:
        return f"{amount.at_least} reps and more {within}"
    return f"as many as you can {within}"


def _describe_sides(bouts: list[Bout]) -> str:
    sides = list(dict.fromkeys(bout.side for bout in bouts if bout.side))
    if bouts[0].prescription.sides.order == "alternating":
        return " each side, alternating"
    return " each side" if len(sides) > 1 else f", {sides[0]} side" if sides else ""


def _format_count(low: int, high: int, noun: str) -> str:
    number = str(low) if low == high else f"{low}-{high}"
    return f"{number} {noun}" if high == 1 else f"{number} {noun}s"


def _format_length_range(low: Ms, high: Ms) -> str:
    return (
        _format_with_unit(low)
        if low == high
        else f"{_format_with_unit(low)} to {_format_with_unit(high)}"
    )


def _format_pauses(pauses: list[Ms]) -> str:
    return _format_length_range(min(pauses), max(pauses))


def _format_with_unit(ms: Ms) -> str:
    """A length in words: `30 s`, `1:30 min`, `2 min`.

    >>> _seconds(30_000), _seconds(1_500), _seconds(90_000), _seconds(120_000)
    ('30 s', '1.5 s', '1:30 min', '2 min')
    """
    if ms < MINUTE:
        return f"{ms / SECOND:g} s"
    if ms % MINUTE:
        return f"{format_short_clock(ms)} min"
    return f"{ms // MINUTE} min"
