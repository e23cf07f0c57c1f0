"""A warm-up and a cool-down that fit what is trained and the kit that is there.

Both are short: a warm-up is one exercise that makes warm and up to three that move what is trained;
a cool-down is up to three stretches of it. Each is done once, so that a routine that has neither
becomes a few minutes longer and nothing else of it changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from audioworkout.model.exercise import Exercise
from audioworkout.model.items import works_in
from audioworkout.model.routine import Item, Rest, Routine, Work
from audioworkout.units import SECOND, Ms

MOST_CHOSEN = 3
"""Exercises of a warm-up after the first, and of a cool-down."""
WARM_UP_REST: Ms = 28 * SECOND
"""Rest between two of them: long enough to tell how the next one is done."""
BEFORE_WORKOUT: Ms = 45 * SECOND

ON_FEET = frozenset({"standing", "squat", "hanging"})
"""Positions off the floor: a warm-up ends in them, and a cool-down begins with them."""


def add_warm_up(routine: Routine, candidates: Sequence[Exercise]) -> tuple[Routine, str]:
    """The routine with a warm-up, and a note of what it is.

    Args:
        routine: What is done, as scaled and selected.
        candidates: Exercises to choose from; the first makes warm and is always one of them.
    """
    if routine.warm_up:
        return routine, "the warm-up is the routine's own"
    first, *others = candidates
    chosen = choose_exercises(routine, others)
    chosen.sort(key=_is_on_floor, reverse=True)
    items = _once_each([first, *chosen])
    return routine._replace(warm_up=(*items, Rest(BEFORE_WORKOUT))), _describe("warm-up", items)


def add_cool_down(routine: Routine, candidates: Sequence[Exercise]) -> tuple[Routine, str]:
    """The routine with a cool-down, and a note of what it is; arguments as of `add_warm_up`."""
    if routine.cool_down:
        return routine, "the cool-down is the routine's own"
    chosen = choose_exercises(routine, candidates)
    chosen.sort(key=_is_on_floor)
    items = _once_each(chosen)
    rest = Rest(WARM_UP_REST)
    return routine._replace(cool_down=(rest, *items)), _describe("cool-down", items)


def choose_exercises(routine: Routine, candidates: Sequence[Exercise]) -> list[Exercise]:
    """Up to `MOST_CHOSEN` exercises for what is trained most, with no kit that is not there.

    One after the other: each time that which moves most of what no chosen one moves yet. Of equals
    the first candidate is chosen, so that the same routine always has the same.
    """
    trained = _trained_muscles(routine)
    there = _kit_of(routine)
    done = {work.exercise.key for work in works_in(routine.items)}
    left = [one for one in candidates if _needed(one) <= there and one.key not in done]
    chosen: list[Exercise] = []
    while left and len(chosen) < MOST_CHOSEN:
        best = max(left, key=lambda one: sum(trained[muscle] for muscle in one.muscles))
        if chosen and not any(trained[muscle] for muscle in best.muscles):
            break
        chosen.append(best)
        left.remove(best)
        for muscle in best.muscles:
            trained[muscle] = 0
    return chosen


def _trained_muscles(routine: Routine) -> Counter[str]:
    """How many sets each muscle is trained; the first muscle of an exercise counts twice."""
    found: Counter[str] = Counter()
    for work in works_in(routine.items):
        sets = work.prescription.sets
        for place, muscle in enumerate(work.exercise.muscles):
            found[muscle] += sets * (1 if place else 2)
    return found


def _kit_of(routine: Routine) -> frozenset[str]:
    """The kit that the workout needs in any case."""
    return frozenset(kit for work in works_in(routine.items) for kit in _needed(work.exercise))


def _needed(exercise: Exercise) -> frozenset[str]:
    return frozenset(kit.key for kit in exercise.kit if not kit.optional)


def _is_on_floor(exercise: Exercise) -> bool:
    return exercise.position not in ON_FEET


def _once_each(exercises: Iterable[Exercise]) -> tuple[Item, ...]:
    """One set of each, with rests between them."""
    items: list[Item] = []
    for exercise in exercises:
        if items:
            items.append(Rest(WARM_UP_REST))
        items.append(Work(exercise, exercise.prescription._replace(sets=1, by_set=())))
    return tuple(items)


def _describe(what: str, items: Iterable[Item]) -> str:
    names = ", ".join(work.exercise.name for work in works_in(items))
    return f"{what}: {names}"
