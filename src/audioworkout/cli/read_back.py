"""Reads a routine back in words and lengths, for `check -v`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.plan import Interval
from audioworkout.compiler.script import workout_length
from audioworkout.languages import load_phrases
from audioworkout.model.exercise import (
    Amount,
    Breaths,
    Carry,
    Hold,
    Open,
    Prescription,
    Reps,
    Steps,
    Timed,
)
from audioworkout.model.items import is_by_round, rounds_of
from audioworkout.model.request import Request
from audioworkout.model.routine import Block, Item, Rest, Work
from audioworkout.model.script import Chapter
from audioworkout.notation import (
    format_effort,
    format_finisher,
    format_load,
    format_phases,
    format_tempo,
)
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock

SEPARATOR = " · "


class _PlannedInterval(NamedTuple):
    """An interval of the plan, with the lengths it has in the script (ms)."""

    interval: Interval
    pause: Ms
    work: Ms


def read_back(request: Request) -> Iterator[str]:
    """Describe a request, a line for each item: `Plank · 3 holds of 30 s · 15 s rest · 2:00`.

    A length is from the first GO of an item to its last end, or all its intervals where a clock
    begins each; rests between items have their own lines.
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
    return len({interval.bout.exercise.key for interval in plan_routine(request.routine).intervals})


def _plan_intervals(request: Request) -> list[_PlannedInterval]:
    """The intervals of the plan, each with the lengths of its chapter in the script."""
    routine = request.routine
    script = compile_routine(routine, load_phrases(routine.language, request.phrases))
    intervals = plan_routine(routine).intervals
    return [
        _PlannedInterval(interval, *_chapter_lengths(chapter))
        for interval, chapter in zip(intervals, script.chapters[1:-1], strict=True)
    ]


def _chapter_lengths(chapter: Chapter) -> tuple[Ms, Ms]:
    work = sum(each.lasts for each in chapter.passages if each.kind in ("work", "pulses"))
    return sum(each.lasts for each in chapter.passages) - work, work


def _group_items(intervals: Iterable[_PlannedInterval]) -> Iterator[list[list[_PlannedInterval]]]:
    """Group intervals by item, in order of first occurrence, with a list for each round.

    Of `5 min easy, 20 min tempo, 5 min easy` the last part is an item of its own.
    """
    items: list[list[list[_PlannedInterval]]] = []
    latest: dict[object, list[list[_PlannedInterval]]] = {}
    before: tuple[object, ...] = ()
    for _, run in groupby(intervals, key=_item_and_round):
        found = list(run)
        bout = found[0].interval.bout
        rounds = latest.get(_item_of(bout))
        here = bout.place, bout.exercise.key, bout.round
        if rounds is None or (here == before and rounds[-1][0].interval.bout.round == bout.round):
            rounds = latest[_item_of(bout)] = []
            items.append(rounds)
        rounds.append(found)
        before = here
    yield from items


def _item_and_round(planned: _PlannedInterval) -> tuple[object, int | None]:
    bout = planned.interval.bout
    return _item_of(bout), bout.round


def _item_of(bout: Bout) -> object:
    """What all intervals of an item share: where it was written, and its exercise."""
    apart = () if bout.listed else bout.prescription.effort  # of `30s hard, 90s easy`
    return bout.place, bout.exercise.key, apart


def _describe_item(runs: list[list[_PlannedInterval]]) -> Iterator[str]:
    """Name, amounts, load, effort, tempo, notes, rests, rounds and length of an item."""
    intervals = [one for run in runs for one in run]
    bout = intervals[0].interval.bout
    if bout.tasks:
        yield from _describe_tasks(bout)
    else:
        yield bout.exercise.name
        yield _describe_sets(runs)
        yield from _describe_common([one.interval.bout for one in intervals])
    rests = [one.pause for run in runs for one in run[1:] if one.interval.kind == "rest"]
    if bout.prescription.every is not None and len(runs[0]) > 1:
        yield f"every {_format_with_unit(bout.prescription.every)}"
    elif rests:
        yield f"{_format_pauses(rests)} rest"
    block = bout.turns[-1].block if bout.turns else None
    every = block.every if block is not None else None
    if every is not None:
        yield f"every {_format_with_unit(every)}"
    if len(runs) > 1:
        yield f"{len(runs)} rounds"
    lasts = [_run_length(run) if every is None else every for run in runs]
    yield format_short_clock(sum(lasts))


def _run_length(intervals: list[_PlannedInterval]) -> Ms:
    """From the first GO to the last end."""
    return sum(one.pause + one.work for one in intervals) - intervals[0].pause


def _describe_tasks(bout: Bout) -> Iterator[str]:
    """All that is done at one's own pace, and how it ends."""
    block = bout.turns[-1].block if bout.turns else None
    amount = bout.prescription.amount
    time = _format_with_unit(amount.window) if isinstance(amount, Open) else ""
    yield ", ".join(_describe_members(bout.tasks, block))
    if block is not None and block.kind == "amrap":
        yield f"as many rounds as you can in {time}"
    elif block is not None and block.kind == "for time":
        rounds = rounds_of(block)
        often = f"{rounds} rounds " if rounds > 1 else ""
        yield f"{often}for time, {time} at most"
    else:
        yield f"at your own pace in {time}"


def _describe_members(items: Iterable[Item], block: Block | None) -> Iterator[str]:
    """`10 reps Push-Up`; a block within another in brackets."""
    for item in items:
        if isinstance(item, Work):
            meant = item.prescription
            sets = 1 if block is not None and is_by_round(item, block) else meant.set_count
            facts = [
                *_describe_order(meant),
                *filter(None, (_format_extra(meant, extra) for extra in EXTRAS)),
            ]
            facts += [f"“{note}”" for note in meant.notes]
            amounts = _join_amounts([_describe_one_amount(one) for one in meant.amounts])
            many = f"{sets} sets of " if sets > 1 else ""
            more = f" ({', '.join(facts)})" if facts else ""
            yield f"{many}{amounts} {item.exercise.name}{more}"
        elif isinstance(item, Rest):
            yield f"rest {_format_with_unit(item.lasts)}"
        elif isinstance(item, Block):
            inside = ", ".join(_describe_members(item.items, item))
            yield f"{rounds_of(item)} rounds of ({inside})"


def _describe_order(meant: Prescription) -> Iterator[str]:
    """How the sides of a task take turns."""
    if meant.sides.order in ("each", "alternating"):
        yield "in all" if meant.sides.in_all else "each side"
    elif meant.sides.order == "one":
        yield f"{meant.sides.first} side"


def _describe_common(bouts: Sequence[Bout]) -> Iterator[str]:
    """What is alike in all sets: load, effort, tempo, pulses, notes."""
    meant = bouts[0].prescription
    for extra in EXTRAS:
        values = {_format_extra(bout.prescription, extra) for bout in bouts}
        if len(values) == 1:
            yield from filter(None, values)
    if any(isinstance(bout.prescription.amount, Reps) for bout in bouts):
        usual = bouts[0].exercise.prescription.tempo
        if meant.announced or meant.tempo != usual:
            yield f"tempo {format_tempo(meant.tempo).removeprefix('@')}"
    if isinstance(meant.amount, Breaths) and meant.amount.phases:
        yield format_phases(meant.amount.phases)
    finisher = bouts[-1].prescription.finisher
    if finisher:
        yield f"last rep {format_finisher(finisher)}"
    yield from (f"“{note}”" for note in meant.notes)


EXTRAS = ("load", "effort")
"""What a set may have beside its amount."""


def _format_extra(meant: Prescription, extra: str) -> str:
    """Load or effort of a set; empty without it."""
    if extra == "load":
        return format_load(meant.load) if meant.load else ""
    return ", ".join(map(format_effort, meant.effort))


def _describe_sets(runs: list[list[_PlannedInterval]]) -> str:
    """`3 sets of 8-10 reps each side`, `3 holds of 30 s`, `3 sets of 12, 10 and 8 reps`.

    Of several rounds the amount of each, where they differ.
    """
    by_run = [[one.interval.bout for one in run] for run in runs]
    rounds = [_describe_each_set(bouts, by_run) for bouts in by_run]
    first = by_run[0]
    sides = _describe_sides(first)
    if any(each != rounds[0] for each in rounds):
        return f"{_join_amounts([amount for each in rounds for amount in each])}{sides}"
    amounts = rounds[0]
    held = isinstance(first[0].prescription.amount, Hold)
    if len(amounts) == 1:
        return f"{'hold of ' if held else ''}{amounts[0]}{sides}"
    return f"{len(amounts)} {'holds' if held else 'sets'} of {_join_amounts(amounts)}{sides}"


def _describe_each_set(bouts: Sequence[Bout], runs: Iterable[Sequence[Bout]]) -> list[str]:
    """The amount of each set, with the load and effort that not all sets of all runs share."""
    own = [
        extra
        for extra in EXTRAS
        if len({_format_extra(bout.prescription, extra) for run in runs for bout in run}) > 1
    ]
    sets: dict[tuple[int, int, int], list[Bout]] = {}
    for number, bout in enumerate(bouts):
        alone = 0 if bout.side else number  # stretches of one piece of work are all its first set
        sets.setdefault((bout.set, bout.part, alone), []).append(bout)
    return [_describe_set(same, own) for same in sets.values()]


def _describe_set(sides: Sequence[Bout], own: Sequence[str]) -> str:
    """One set: its amount, or that of each side where they differ, and what only it has."""
    first = sides[0]
    text = _describe_one_amount(first.prescription.amount)
    if _differ_by_side(sides):
        told = (f"{_describe_one_amount(one.prescription.amount)} {one.side}" for one in sides)
        text = ", ".join(told)
    beside = [*filter(None, (_format_extra(first.prescription, extra) for extra in own))]
    beside += ["less weight"] if first.lighter else []
    return " @ ".join([text, *(one.removeprefix("@") for one in beside)])


def _differ_by_side(bouts: Sequence[Bout]) -> bool:
    """Whether the sides of a set have amounts of their own."""
    return len({bout.prescription.amount for bout in bouts if bout.set == bouts[0].set}) > 1 and (
        len({bout.side for bout in bouts}) > 1 and bouts[0].prescription.by_side is not None
    )


def _join_amounts(amounts: Sequence[str]) -> str:
    """`12, 10 and 8 reps`; what is alike is told once."""
    if len(set(amounts)) == 1:
        return amounts[0]
    parts = [amount.partition(" ") for amount in amounts]
    units = {unit.removesuffix("s") for _, _, unit in parts}
    if len(units) == 1 and all(figure.replace("-", "").isdigit() for figure, _, _ in parts):
        unit = max((unit for _, _, unit in parts), key=len)
        amounts = [*(figure for figure, _, _ in parts[:-1]), f"{parts[-1][0]} {unit}"]
    return f"{', '.join(amounts[:-1])} and {amounts[-1]}"


def _describe_one_amount(amount: Amount) -> str:
    match amount:
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
        case Open():
            return _describe_open(amount)


def _describe_open(amount: Open) -> str:
    """`400 m in 2:20 at most`, `as many as you can in 1 min`."""
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


def _describe_sides(bouts: Sequence[Bout]) -> str:
    sides = list(dict.fromkeys(bout.side for bout in bouts if bout.side))
    meant = bouts[0].prescription
    if meant.sides.order == "alternating":
        return " in all, alternating" if meant.sides.in_all else " each side, alternating"
    if len(sides) > 1:
        return "" if _differ_by_side(bouts) else " each side"
    return f", {sides[0]} side" if sides else ""


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
    """A length in words: `30 s`, `1:30`, `2 min`.

    >>> [_format_with_unit(ms) for ms in (30_000, 1_500, 90_000, 120_000)]
    ['30 s', '1.5 s', '1:30', '2 min']
    """
    if ms < MINUTE:
        return f"{ms / SECOND:g} s"
    if ms % MINUTE:
        return format_short_clock(ms)
    return f"{ms // MINUTE} min"
