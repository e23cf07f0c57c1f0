"""Applies flags to a routine: which exercises, how much of each, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.model.exercise import Exercise, Prescription, Reps
from audioworkout.model.items import (
    exercises_in,
    filter_works,
    map_items,
    map_works,
    rounds_of,
)
from audioworkout.model.request import WantedExercise, Wishes
from audioworkout.model.routine import Announcement, Block, Item, Rest, Routine, Work
from audioworkout.names import did_you_mean, make_stem


def scale(routine: Routine, wishes: Wishes) -> Routine:
    """The routine with the tempo, first side, rests, sets and reps of the wishes.

    Sets and reps do not apply to warm-up and cool-down.
    """

    def apply_manner(items: Iterable[Item]) -> tuple[Item, ...]:
        return map_works(items, lambda work: _apply_manner(work, wishes))

    return routine._replace(
        warm_up=apply_manner(routine.warm_up),
        items=_apply_amounts(apply_manner(routine.items), wishes),
        cool_down=apply_manner(routine.cool_down),
    )


def _apply_manner(work: Work, wishes: Wishes) -> Work:
    """Apply tempo, first side and rest between sets."""
    old = work.prescription
    sides = old.sides._replace(first=wishes.first_side or old.sides.first)
    rest = old.rest if wishes.own_rests else None
    tempo = wishes.tempo if wishes.tempo and old.paced else old.tempo
    return replace(work, prescription=old._replace(sides=sides, tempo=tempo, rest=rest))


def _apply_amounts(items: Iterable[Item], wishes: Wishes) -> tuple[Item, ...]:
    """Apply sets and reps; of blocks, only the sets of supersets are changed."""

    def change(item: Item) -> Item:
        if isinstance(item, Work):
            return replace(item, prescription=_with_reps(item.prescription, wishes.reps))
        if isinstance(item, Block) and item.kind == "superset":
            block = replace(item, items=_with_sets(item.items, wishes.sets))
            return replace(block, rounds=rounds_of(block))
        return item

    return _with_sets(map_items(items, change), wishes.sets)


def _with_sets(items: Iterable[Item], sets: int | None) -> tuple[Item, ...]:
    """The items with another number of sets; works inside blocks are not changed."""

    def change(item: Item) -> Item:
        if not isinstance(item, Work) or sets is None:
            return item
        return replace(item, prescription=item.prescription.with_sets(sets))

    return tuple(map(change, items))


def _with_reps(meant: Prescription, wanted: tuple[int, int] | None) -> Prescription:
    """The prescription with other reps; amounts of other kinds are not changed."""
    if wanted is None:
        return meant
    reps = Reps(*wanted)
    listed = tuple(
        one._replace(amount=reps) if isinstance(one.amount, Reps) else one for one in meant.by_set
    )
    if not isinstance(meant.amount, Reps):
        return meant._replace(by_set=listed)
    return meant._replace(amount=reps, by_set=listed, by_side=None)


def select(routine: Routine, wishes: Wishes) -> Routine:
    """The routine with the exercises that `--only`, `--skip` and `--from` leave.

    Raises:
        WishErrors: The routine has no exercise of this name, or none is left.
    """
    if not (wishes.only or wishes.skip or wishes.begin_with):
        return routine
    known = list(exercises_in(routine.all_items))
    errors: list[WishError] = []

    def find_keys(field: str, wanted: Iterable[WantedExercise]) -> set[str]:
        keys = set()
        for one in wanted:
            key = _find_key(one, known)
            if key is None:
                errors.append(_unknown_choice(field, one, known, routine.title))
            else:
                keys.add(key)
        return keys

    only, skip = find_keys("only", wishes.only), find_keys("skip", wishes.skip)
    first = find_keys("begin_with", (wishes.begin_with,) if wishes.begin_with else ())
    if errors:
        raise WishErrors(tuple(errors))
    left = _start_from(routine, first.pop()) if first else routine
    left = _filter_exercises(
        left, lambda key: (not only or key in only) and key not in skip, bool(only)
    )
    if not any(exercises_in(left.items)):
        raise WishErrors((WishError("only" if wishes.only else "skip", "no exercise is left"),))
    return left


def _find_key(wanted: WantedExercise, known: Iterable[Exercise]) -> str | None:
    """The key of the routine's exercise with this name; None if there is none."""
    stem = make_stem(wanted.name)
    for exercise in known:
        names = map(make_stem, (exercise.key, exercise.name, exercise.said))
        if stem in names or (wanted.key and wanted.key == exercise.key):
            return exercise.key
    return None


def _unknown_choice(
    field: str, wanted: WantedExercise, known: Iterable[Exercise], title: str
) -> WishError:
    names = list(dict.fromkeys(exercise.key for exercise in known))
    hint = did_you_mean(wanted.name, names) or f"it has {', '.join(names)}"
    return WishError(field, f"{title} has no exercise `{wanted.name}`", hint, wanted.name)


def _start_from(routine: Routine, key: str) -> Routine:
    """The routine from the first item with this exercise on; earlier parts are left out."""
    parts = (routine.warm_up, routine.items, routine.cool_down)
    places = [
        (part, place)
        for part, items in enumerate(parts)
        for place, item in enumerate(items)
        if any(exercise.key == key for exercise in exercises_in([item]))
    ]
    part, place = min(places)
    left = [
        items if n > part else items[place:] if n == part else () for n, items in enumerate(parts)
    ]
    return routine._replace(warm_up=left[0], items=left[1], cool_down=left[2])


def _filter_exercises(routine: Routine, keep: Callable[[str], bool], bare: bool) -> Routine:
    """The routine with the exercises to keep; `bare`: without rests and announcements."""
    warm_up, items, cool_down = (
        filter_works(part, lambda exercise: keep(exercise.key), bare)
        for part in (routine.warm_up, routine.items, routine.cool_down)
    )
    if not any(exercises_in(items)):
        warm_up, items, cool_down = (), (*warm_up, *cool_down), ()
    return routine._replace(warm_up=warm_up, items=items, cool_down=cool_down)


def shuffle_items(routine: Routine, seed: int) -> Routine:
    """The exercises in random order; rests and announcements keep their places.

    The same seed gives the same order on every computer.
    """
    import random  # imported here, because most builds do not shuffle

    places = [
        n for n, item in enumerate(routine.items) if not isinstance(item, Rest | Announcement)
    ]
    order = places[:]
    random.Random(seed).shuffle(order)
    if order == places:  # make sure that the order changes
        order = order[1:] + order[:1]
    items = list(routine.items)
    for place, source in zip(places, order, strict=True):
        items[place] = routine.items[source]
    return routine._replace(items=tuple(items))
