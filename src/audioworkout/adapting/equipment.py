"""Fitting a routine to the equipment at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.model.exercise import Exercise
from audioworkout.model.items import exercises_in
from audioworkout.model.routine import (
    Announcement,
    Circuit,
    Emom,
    Item,
    Rest,
    Routine,
    Tabata,
    Work,
    drop_items,
)

HOUSEHOLD = frozenset({"mat", "chair", "wall"})
"""What every home has in one form or another: never a reason to leave an exercise out."""


def adapt_to_equipment(
    routine: Routine, equipment: frozenset[str], replacements: Mapping[str, Exercise]
) -> tuple[Routine, tuple[str, ...]]:
    """The routine without what cannot be done: replaced by what its exercise names, or left out.

    Args:
        routine: What is to be done.
        equipment: Keys of what there is; nothing for a home without equipment.
        replacements: Exercises by key, in which `without_kit` is looked up.

    Returns:
        The routine, and what was done to it, for the person to know.

    Raises:
        WishErrors: Nothing at all could be done.
    """
    there = equipment | HOUSEHOLD
    notes: dict[str, None] = {}

    def change(exercise: Exercise) -> Exercise | None:
        instead = _find_replacement(exercise, there, replacements)
        if instead is None:
            notes[
                f"left out: {exercise.name}, which needs {_describe_missing(exercise, there)}"
            ] = None
        elif instead is not exercise:
            needs = _describe_missing(exercise, there)
            notes[f"{instead.name} in place of {exercise.name}, which needs {needs}"] = None
        return instead

    shaped = routine._replace(
        warm_up=_map_exercises(routine.warm_up, change),
        items=_map_exercises(routine.items, change),
        cool_down=_map_exercises(routine.cool_down, change),
    )
    if not any(exercises_in(shaped.items)):
        message = "nothing of this routine can be done with it"
        raise WishErrors((WishError("equipment", message, _kit_hint(routine, there)),))
    return shaped, tuple(notes)


def _all_exercises(routine: Routine) -> Iterator[Exercise]:
    yield from exercises_in((*routine.warm_up, *routine.items, *routine.cool_down))


def _missing_kit(exercise: Exercise, there: frozenset[str]) -> list[str]:
    return [kit.key for kit in exercise.kit if not kit.optional and kit.key not in there]


def _describe_missing(exercise: Exercise, there: frozenset[str]) -> str:
    return " and ".join(key.replace("-", " ") for key in _missing_kit(exercise, there))


def _kit_hint(routine: Routine, there: frozenset[str]) -> str:
    needed = sorted(
        {key for exercise in _all_exercises(routine) for key in _missing_kit(exercise, there)}
    )
    return f"it needs {', '.join(key.replace('-', ' ') for key in needed)}"


def _find_replacement(
    exercise: Exercise, there: frozenset[str], replacements: Mapping[str, Exercise]
) -> Exercise | None:
    """The exercise, or the first in its chain of replacements that can be done here."""
    seen: set[str] = set()
    now: Exercise | None = exercise
    while now is not None and now.key not in seen:
        if not _missing_kit(now, there):
            return now
        seen.add(now.key)
        now = replacements.get(now.without_kit)
    return None


Change = Callable[[Exercise], Exercise | None]


def _map_exercises(items: tuple[Item, ...], change: Change) -> tuple[Item, ...]:
    """The items with every exercise changed; a group that has lost all of its own is gone."""
    return drop_items(items, [_changed(item, change) for item in items])


def _changed(item: Item, change: Change) -> Item | None:
    match item:
        case Work():
            return next(_map_works((item,), change), None)
        case Circuit() | Emom():
            works = tuple(_map_works(item.works, change))
            return item._replace(works=works) if works else None
        case Tabata():
            found = (change(exercise) for exercise in item.exercises)
            exercises = tuple(one for one in found if one is not None)
            return replace(item, exercises=exercises) if exercises else None
        case Rest() | Announcement():
            return item


def _map_works(works: tuple[Work, ...], change: Change) -> Iterator[Work]:
    for work in works:
        instead = change(work.exercise)
        if instead is work.exercise:
            yield work
        elif instead is not None:
            yield _replace_exercise(work, instead)


def _replace_exercise(work: Work, instead: Exercise) -> Work:
    """Another exercise for the same sets and rest, and the same amount if it is of that kind."""
    asked, own = work.prescription, instead.prescription
    same_kind = type(asked.amount) is type(own.amount)
    amount = asked.amount if same_kind else own.amount
    meant = own._replace(amount=amount, sets=asked.sets, rest=asked.rest)
    return Work(instead, meant, work.place)
