"""The arc of a workout: how far it is, where half of it lies, when there is water.

What belongs to the workout as a whole and not to one exercise is found here, for each interval of
the plan, without words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audioworkout.compiler import rules
from audioworkout.compiler.bouts import Bout, bout_length
from audioworkout.compiler.plan import Interval, Plan
from audioworkout.model.exercise import Hold, Timed
from audioworkout.model.routine import RUNS_ON
from audioworkout.units import MINUTE, Ms


class Moment(NamedTuple):
    """What an interval is in the workout as a whole."""

    start: Ms = 0
    """When its pause begins (ms from the start of the workout)."""
    place: int = 0
    """The number of the exercise that is new in it, from 1; 0 where none is or it is not told."""
    places: int = 0
    """How many exercises there are, warm-up and cool-down not counted."""
    last_exercise: bool = False
    """Nothing but this exercise follows."""
    last_set: bool = False
    """It begins the last set of the workout."""
    warns: bool = False
    """The two warnings are given in its pause."""
    water: bool = False
    left: Ms = 0
    """Half of the workout is over in its pause, and so much is left; 0: it is told elsewhere."""
    half_in_work: Ms | None = None
    """Half of the workout is over so long after GO, and is told there."""
    half_left: Ms = 0
    """What is left then."""


NO_MOMENT = Moment()
"""The moment of an interval that is compiled alone."""


def plan_arc(plan: Plan, intro: Ms, whole: Ms) -> list[Moment]:
    """What each interval of a plan is in the workout.

    Args:
        plan: The plan, its rests final.
        intro: Length of the first words.
        whole: Length of the whole workout.
    """
    starts = _starts(plan, intro)
    water = _water(plan.intervals, starts, whole)
    half = _half_rest(plan.intervals, starts, whole)
    warns = warning_rest(plan)
    keys = _exercise_keys(_main_part(plan.intervals))
    found: list[Moment] = []
    seen: dict[str, int] = {}
    for n, interval in enumerate(plan.intervals):
        key = interval.bout.exercise.key
        in_main = interval.bout.stage == "main"
        new = bool(key) and in_main and key not in seen
        if new:
            seen[key] = len(seen) + 1
        told = in_main and len(keys) >= rules.PLACES_FROM and not _is_by_turns(interval.bout)
        at = starts[n]
        in_work = _half_in_work(interval, at, plan, whole) if half is None else None
        found.append(
            Moment(
                at,
                seen[key] if new and told else 0,
                len(keys),
                told and _is_last_exercise(plan.intervals, n),
                _is_last_set(plan.intervals, n),
                n == warns,
                n in water,
                whole - at if n == half else 0,
                in_work,
                whole - whole // 2 if in_work is not None else 0,
            )
        )
    return found


def _is_by_turns(bout: Bout) -> bool:
    """Whether it alternates with others, as a run with walks: its place would say nothing."""
    return any(
        turn.rounds > 1 and turn.block.kind in ("repeat", "intervals") for turn in bout.turns
    )


def warning_rest(plan: Plan) -> int | None:
    """The first interval whose rest has room for the two warnings; None where there is none."""
    intervals, starts = plan.intervals, _starts(plan, 0)
    rests = (n for n, interval in enumerate(intervals) if n and interval.kind == "rest")
    first = next(
        (n for n in rests if intervals[n].pause >= _least_for_warnings(intervals, n)), None
    )
    return first if first is not None and starts[first] <= rules.WARN_BY else None


def _least_for_warnings(intervals: Sequence[Interval], n: int) -> Ms:
    """How long a rest has to be for the two warnings: shorter where little else is said."""
    another_set = (
        intervals[n].bout.set > 1 and intervals[n].bout.exercise == intervals[n - 1].bout.exercise
    )
    return rules.SPLIT_FROM if another_set else rules.WARN_FROM


def has_water(plan: Plan, intro: Ms, whole: Ms) -> bool:
    """Whether a sip of water is offered anywhere in the workout."""
    return bool(_water(plan.intervals, _starts(plan, intro), whole))


def _starts(plan: Plan, intro: Ms) -> list[Ms]:
    starts, now = [], intro
    for interval in plan.intervals:
        starts.append(now)
        now += interval.pause + bout_length(interval.bout, plan.how)
    return starts


def _exercise_keys(intervals: Sequence[Interval]) -> list[str]:
    return list(
        dict.fromkeys(
            interval.bout.exercise.key for interval in intervals if interval.bout.exercise.key
        )
    )


def _is_last_exercise(intervals: Sequence[Interval], n: int) -> bool:
    """Whether nothing else follows in the main part, and something else came before."""
    key = intervals[n].bout.exercise.key
    alone = all(one.bout.exercise.key == key for one in _main_part(intervals[n:]))
    return bool(key) and alone and n > 0 and intervals[n - 1].bout.exercise.key != key


def _is_last_set(intervals: Sequence[Interval], n: int) -> bool:
    """Whether the last set of the main part begins, of an exercise that has several."""
    bout, rest = intervals[n].bout, _main_part(intervals[n:])
    if not rest or bout.stage != "main":
        return False
    last = rest[-1].bout
    begins = bout.side in (None, bout.prescription.sides.first) and bout.part <= 1
    same = bout.exercise.key == last.exercise.key and bout.set == bout.sets > 1
    return begins and same and all(_is_same_set(interval.bout, bout) for interval in rest)


def _main_part(intervals: Sequence[Interval]) -> list[Interval]:
    """The intervals that are neither warm-up nor cool-down."""
    return [interval for interval in intervals if interval.bout.stage == "main"]


def _is_same_set(one: Bout, two: Bout) -> bool:
    return (one.exercise.key, one.set, one.round) == (two.exercise.key, two.set, two.round)


def _water(intervals: Sequence[Interval], starts: Sequence[Ms], whole: Ms) -> set[int]:
    """The intervals in whose rests water is offered: none in the last minutes."""
    found: set[int] = set()
    due = rules.WATER_FROM
    for n, interval in enumerate(intervals):
        at = starts[n]
        if (
            n
            and interval.kind == "rest"
            and interval.pause >= rules.WATER_REST
            and due <= at < whole - MINUTE
        ):
            found.add(n)
            due = at + rules.WATER_EVERY
    return found


def _half_rest(intervals: Sequence[Interval], starts: Sequence[Ms], whole: Ms) -> int | None:
    """The interval in whose rest half of the workout is told: the first after it."""
    if whole < rules.HALF_OF_MINUTES:
        return None
    rests = [
        n
        for n, interval in enumerate(intervals)
        if n
        and interval.kind == "rest"
        and interval.pause >= rules.SPLIT_FROM
        and not interval.bout.part > 1
    ]
    low, high = (
        whole * percent // 100 for percent in (rules.HALF_FROM_PERCENT, rules.HALF_TO_PERCENT)
    )
    inside = [n for n in rests if low <= starts[n] <= high]
    return min(inside, key=lambda n: abs(starts[n] - whole // 2), default=None)


def _half_in_work(interval: Interval, start: Ms, plan: Plan, whole: Ms) -> Ms | None:
    """When in the work of an interval half of the workout is over, if that is told there."""
    if whole < rules.HALF_OF_MINUTES:
        return None
    lasts = bout_length(interval.bout, plan.how)
    at = whole // 2 - start - interval.pause
    timed = isinstance(interval.bout.prescription.amount, Hold | Timed)
    if not timed or interval.bout.tasks or lasts < MINUTE or not RUNS_ON < at < lasts - RUNS_ON:
        return None
    return at
