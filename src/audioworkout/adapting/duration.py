"""Fits a workout to a length: which changes are tried, in which order, and their limits.

The order is documented in docs/fitting.md: rests first, because they are the smallest change; then
amounts within their ranges, sets, rounds; last, exercises are left out from the end. Warm-up and
cool-down are never changed, and three exercises always remain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.model.exercise import Amount, Carry, Hold, Open, Timed
from audioworkout.model.items import (
    drop_items,
    exercises_in,
    has_work,
    is_by_round,
    map_works,
    replace_work,
    turns_of,
    with_rounds,
    works_in,
)
from audioworkout.model.lengths import TOLERANCE, LengthRange
from audioworkout.model.routine import Block, Item, Routine, Work
from audioworkout.units import MINUTE, SECOND, Ms, format_short_clock, round_to

MOST_FITTED_SETS = 6
MOST_FITTED_ROUNDS = 12
MOST_MINUTES = 60
"""The most minutes of an EMOM."""
LEAST_EXERCISES = 3

MeasureCandidate = Callable[[Routine], LengthRange]
"""Returns the length of a candidate, and the range that its rests allow."""
Beyond = Callable[[Routine], bool]
"""True if a candidate is past the target whatever its rests."""
Candidates = Iterator[tuple[Routine, list[str]]]
"""Changed routines, each with a description of its changes."""


def fit_to_length(
    routine: Routine, target: Ms, measure: MeasureCandidate
) -> tuple[Routine, tuple[str, ...]]:
    """The first change, in the documented order, after which rests can reach `target`.

    Args:
        routine: The routine to fit; its `lasts` becomes the target.
        target: Length of the whole workout, first and last words included (ms).
        measure: Returns length and range of a candidate.

    Returns:
        The routine, and descriptions of the changes for the person.

    Raises:
        WishErrors: No allowed change reaches the target; the error names the nearest length.
    """
    measured = cache(measure)
    first = nearest = measured(routine)
    ways = chain([(routine, [])], _candidates(routine, first, target, measured))
    for candidate, done in ways:
        space = measured(candidate)
        if space.contains(target):
            return candidate._replace(lasts=target), _describe_changes(done, space, target)
        nearest = min(nearest, space, key=lambda one: one.distance(target))
    raise _out_of_reach_error(nearest, target)


def _candidates(
    routine: Routine, now: LengthRange, target: Ms, measured: MeasureCandidate
) -> Candidates:
    """All allowed changes towards the target, in the documented order."""
    if target < now.shortest:
        return _shorter_candidates(routine, lambda one: measured(one).longest < target)
    return _longer_candidates(routine, lambda one: measured(one).shortest > target)


def _describe_changes(done: list[str], space: LengthRange, target: Ms) -> tuple[str, ...]:
    if abs(target - space.now) < TOLERANCE:
        return tuple(done)
    word = "longer" if target > space.now else "shorter"
    return (*done, f"rests made {word}, by {format_short_clock(abs(target - space.now))} in all")


def _out_of_reach_error(nearest: LengthRange, target: Ms) -> WishErrors:
    near = nearest.nearest(target)
    message = f"this routine cannot be made to last {format_short_clock(target)}"
    hint = (
        f"The nearest possible is {format_short_clock(near)} (--minutes {_format_minutes(near)})."
    )
    return WishErrors((WishError("length", message, hint),))


def _format_minutes(ms: Ms) -> str:
    """Minutes with so many digits that the length is exact to a second when they are typed.

    >>> _format_minutes(1_307_000), _format_minutes(1_500_000)
    ('21.78', '25')
    """
    return f"{ms / MINUTE:.2f}".rstrip("0").rstrip(".")


# -- means, in their order ------------------------------------------------------------------------


def _shorter_candidates(routine: Routine, beyond: Beyond) -> Candidates:
    """Shorter routines, the smallest change first.

    Exercises are left out after all other changes, first with the fewest rounds and sets, then with
    ever more: two rounds without one exercise may reach a length that neither all of two rounds nor
    one round can.
    """
    now = routine
    for percent in (75, 50, 25, 0):
        now = _with_amounts(routine, percent)
        yield now, [_describe_amount_range(percent)]
    done = [_describe_amount_range(0)]
    ways = [(now, done)]
    for word, at_last, step in (
        ("fewer sets", "one set of everything", _remove_set),
        ("fewer rounds", "as few rounds as may be", _remove_round),
    ):
        steps = list(_repeat_step(now, done, word, step))
        yield from steps
        if steps:
            now, done = steps[-1][0], [*done, at_last]
            ways += [*steps[:-1], (now, done)]
    for way, so_far in reversed(ways):
        yield from _take_until(beyond, _leave_out_exercises(way, so_far))


def _longer_candidates(routine: Routine, beyond: Beyond) -> Candidates:
    """Longer routines: more sets; at their limit one more round, again with all numbers of sets."""
    done = [_describe_amount_range(100)]
    for rounds in range(routine.rounds, MOST_FITTED_ROUNDS + 1):
        whole = _with_amounts(routine, 100)._replace(rounds=rounds)
        for now, turned in chain(
            [(whole, done)], _repeat_step(whole, done, "more rounds", _add_round)
        ):
            yield now, turned
            if beyond(now):
                break
            yield from _take_until(beyond, _repeat_step(now, turned, "more sets", _add_set))
        if beyond(whole):
            return
        done = [_describe_amount_range(100), "more rounds"]


def _take_until(beyond: Beyond, candidates: Candidates) -> Candidates:
    """Candidates up to the first one beyond the target; the ones after it are even farther away."""
    for candidate, done in candidates:
        yield candidate, done
        if beyond(candidate):
            return


def _describe_amount_range(percent: int) -> str:
    if percent == 0:
        return "amounts at the low end of their ranges"
    if percent == 100:
        return "amounts at the high end of their ranges"
    return f"amounts {percent} % into their ranges"


Step = Callable[[Routine], Routine | None]


def _repeat_step(routine: Routine, done: list[str], word: str, step: Step) -> Candidates:
    """Apply a step again and again, for as long as it is possible."""
    changes = done if word in done else [*done, word]
    now = step(routine)
    while now is not None:
        yield now, changes
        now = step(now)


def _with_amounts(routine: Routine, percent: int) -> Routine:
    def change(work: Work) -> Work:
        amounts = work.prescription.map_amounts(
            lambda amount: _amount_within_range(amount, percent)
        )
        return replace(work, prescription=amounts)

    return routine._replace(items=map_works(routine.items, change))


def _amount_within_range(amount: Amount, percent: int) -> Amount:
    """The amount with its upper end moved into the range; timed work is rounded to whole seconds.

    Open work has no range.
    """
    if isinstance(amount, Open):
        return amount
    grain = SECOND if isinstance(amount, Hold | Timed) else 1
    high = amount.low + round_to((amount.high - amount.low) * percent / 100, grain)
    if isinstance(amount, Carry):
        return replace(amount, low=high, high=high)
    return replace(amount, high=high)


def _works_with_sets(items: Iterable[Item]) -> Iterator[Work]:
    """The works whose sets may be changed: not in clocked blocks or at the listener's own pace."""
    for item in items:
        if isinstance(item, Work):
            yield item
        elif isinstance(item, Block) and not (item.clocked or item.own_pace):
            yield from (
                work for work in _works_with_sets(item.items) if not is_by_round(work, item)
            )


def _replace_sets(routine: Routine, work: Work, sets: int) -> Routine:
    new = replace(work, prescription=work.prescription.with_sets(sets))
    return routine._replace(items=replace_work(routine.items, work, new))


def _remove_set(routine: Routine) -> Routine | None:
    """One set less of the work with the most sets; of several, the last."""
    works = list(_works_with_sets(routine.items))
    most = max((work.prescription.set_count for work in works), default=1)
    if most == 1:
        return None
    work = [work for work in works if work.prescription.set_count == most][-1]
    return _replace_sets(routine, work, most - 1)


def _add_set(routine: Routine) -> Routine | None:
    """One set more of the work with the fewest sets; of several, the first."""
    # Sets that were listed one by one stay as they are.
    works = [work for work in _works_with_sets(routine.items) if not work.prescription.by_set]
    fewest = min((work.prescription.set_count for work in works), default=MOST_FITTED_SETS)
    if fewest >= MOST_FITTED_SETS:
        return None
    work = next(work for work in works if work.prescription.set_count == fewest)
    return _replace_sets(routine, work, fewest + 1)


def _add_round(routine: Routine) -> Routine | None:
    return _change_rounds(routine, 1)


def _remove_round(routine: Routine) -> Routine | None:
    if routine.rounds > 1:
        return routine._replace(rounds=routine.rounds - 1)
    return _change_rounds(routine, -1)


def _change_rounds(routine: Routine, by: int) -> Routine | None:
    """One round more or less of the last block that allows it."""
    for place in range(len(routine.items) - 1, -1, -1):
        changed = _change_block_rounds(routine.items[place], by)
        if changed is not None:
            items = (*routine.items[:place], changed, *routine.items[place + 1 :])
            return routine._replace(items=items)
    return None


def _change_block_rounds(item: Item, by: int) -> Item | None:
    """A block with one round (or minute) more or less; None if that is not possible.

    Inner blocks are changed first. If members take turns, there are at least as many rounds as
    members, so that none is left out.
    """
    if not isinstance(item, Block) or item.own_pace:
        return None
    for place in range(len(item.items) - 1, -1, -1):
        changed = None if item.every else _change_block_rounds(item.items[place], by)
        if changed is not None:
            return replace(item, items=(*item.items[:place], changed, *item.items[place + 1 :]))
    least = len(turns_of(item)) if item.turns else 1
    most = MOST_MINUTES * MINUTE // item.every if item.every else MOST_FITTED_ROUNDS
    if item.kind != "superset" and least <= item.rounds + by <= most:
        return with_rounds(item, item.rounds + by)
    return None


def _leave_out_exercises(routine: Routine, done: list[str]) -> Candidates:
    """Without the last exercise, the last two, and so on, while three are left."""
    left_out: list[str] = []
    now: Routine | None = routine
    while now is not None:
        now, name = _drop_last_exercise(now)
        if now is None or _count_exercises(now) < LEAST_EXERCISES:
            return
        left_out.append(name)
        yield now, [*done, "left out: " + ", ".join(left_out)]


def _count_exercises(routine: Routine) -> int:
    return len({exercise.name for exercise in exercises_in(routine.items)})


def _drop_last_exercise(routine: Routine) -> tuple[Routine | None, str]:
    """The routine without its last exercise; a block at the listener's own pace goes as a whole."""
    items, name = _cut_last(routine.items)
    return (routine._replace(items=items), name) if name else (None, "")


def _cut_last(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], str]:
    """Items without their last exercise, and its name; an empty name if there is none."""
    places = [place for place, item in enumerate(items) if has_work(item)]
    if not places:
        return items, ""
    last = items[places[-1]]
    shorter, name = _cut_item(last)
    left = [shorter if place == places[-1] else item for place, item in enumerate(items)]
    return drop_items(items, left), name


def _cut_item(item: Item) -> tuple[Item | None, str]:
    """An item without its last exercise (None if it has no other), and the exercise's name."""
    if isinstance(item, Work):
        return None, item.exercise.name
    assert isinstance(item, Block)
    several = len(list(works_in([item]))) > 1
    if several and not item.own_pace and (item.every is None or item.turns):
        left, name = _cut_last(item.items)
        return replace(item, items=left), name
    return None, ", ".join(exercise.name for exercise in exercises_in([item]))
