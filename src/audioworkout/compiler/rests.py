"""The rests of a plan made longer or shorter, so that the whole lasts as long as it should."""

from __future__ import annotations

from audioworkout.compiler.plan import Interval, Plan
from audioworkout.model.lengths import LengthRange
from audioworkout.units import SECOND, Ms, round_to

SHORTEST_PERCENT, LONGEST_PERCENT = 50, 200
"""How far a rest may be changed."""

LEAST_REST: Ms = 15 * SECOND
"""No rest is made shorter than this, which the words for a new exercise need."""


def length_range(plan: Plan, words: Ms) -> LengthRange:
    """What the rests of a plan can do; `words` is the length of the first and last words."""
    fixed = (
        words + plan.lasts - sum(interval.pause for interval in plan.intervals if interval.flexible)
    )
    bounds = [_rest_bounds(interval.pause) for interval in plan.intervals if interval.flexible]
    return LengthRange(
        words + plan.lasts,
        fixed + sum(low for low, _ in bounds),
        fixed + sum(high for _, high in bounds),
    )


def _rest_bounds(pause: Ms) -> tuple[Ms, Ms]:
    low = max(pause * SHORTEST_PERCENT // 100, LEAST_REST)
    return min(pause, low), pause * LONGEST_PERCENT // 100


def stretch_rests(plan: Plan, words: Ms, target: Ms) -> Plan:
    """The plan with its flexible rests changed so that everything lasts `target`.

    Rests stay whole seconds and keep their proportions; the workout ends within half a second of
    the target where its rests can reach it, else as near as they can.
    """
    space = length_range(plan, words)
    spare = space.nearest(target) - space.now
    intervals: list[Interval] = []
    given = reach = 0
    whole = sum(
        _rest_reach(interval.pause, spare) for interval in plan.intervals if interval.flexible
    )
    for interval in plan.intervals:
        if interval.flexible and whole:
            # What this and all rests before it take is rounded together, so nothing adds up.
            reach += _rest_reach(interval.pause, spare)
            so_far = round_to(spare * reach / whole, SECOND)
            interval = interval._replace(pause=interval.pause + so_far - given)
            given = so_far
        intervals.append(interval)
    return plan._replace(intervals=tuple(intervals))


def _rest_reach(pause: Ms, spare: Ms) -> Ms:
    """How far a rest can go in the direction needed."""
    low, high = _rest_bounds(pause)
    return high - pause if spare > 0 else pause - low
