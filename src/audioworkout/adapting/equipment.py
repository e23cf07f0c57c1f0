"""Adapts a routine to the available equipment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.model.exercise import Exercise, Timed
from audioworkout.model.items import exercises_in, map_works
from audioworkout.model.routine import Routine, Work

HOUSEHOLD = frozenset({"mat", "chair", "wall"})
"""Things that every home has in some form: an exercise is never left out because of them."""


def adapt_to_equipment(
    routine: Routine, equipment: frozenset[str], replacements: Mapping[str, Exercise]
) -> tuple[Routine, tuple[str, ...]]:
    """Replace or leave out the exercises that need equipment that is not available.

    Args:
        routine: The routine.
        equipment: Keys of the available equipment; empty for none.
        replacements: Exercises by key, in which `without_kit` is looked up.

    Returns:
        The routine, and descriptions of the changes for the person.

    Raises:
        WishErrors: No exercise can be done.
    """
    there = equipment | HOUSEHOLD
    notes: dict[str, None] = {}

    def change(work: Work) -> Work | None:
        exercise = work.exercise
        instead = _find_replacement(exercise, there, replacements)
        if instead is exercise:
            return work
        needs = _describe_missing(exercise, there)
        if instead is None:
            notes[f"left out: {exercise.name}, which needs {needs}"] = None
            return None
        notes[f"{instead.name} in place of {exercise.name}, which needs {needs}"] = None
        return _replace_exercise(work, instead)

    shaped = routine._replace(
        warm_up=map_works(routine.warm_up, change),
        items=map_works(routine.items, change),
        cool_down=map_works(routine.cool_down, change),
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
    """The exercise, or the first in its chain of replacements that can be done; else None."""
    seen: set[str] = set()
    now: Exercise | None = exercise
    while now is not None and now.key not in seen:
        if not _missing_kit(now, there):
            return now
        seen.add(now.key)
        now = replacements.get(now.without_kit)
    return None


def _replace_exercise(work: Work, instead: Exercise) -> Work:
    """Another exercise with the same sets and rest, and with the same amount if the kinds agree."""
    asked, own = work.prescription, instead.prescription
    meant = own._replace(sets=asked.sets, rest=asked.rest)
    if type(asked.amount) is type(own.amount) or isinstance(asked.amount, Timed):
        meant = meant._replace(amount=asked.amount, by_set=asked.by_set)
    return Work(instead, meant, work.place)
