"""Adapts a routine to the available equipment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.model.exercise import Exercise, Prescription, Timed
from audioworkout.model.items import map_works, works_in
from audioworkout.model.kit import needed_kit
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
        missing = _missing_kit(work.exercise, work.prescription, there)
        if not missing:
            return _without_offers(work, there)
        name, needs = work.exercise.name, _describe_kit(missing)
        instead = _find_replacement(work.exercise, there, replacements)
        if instead is None:
            notes[f"left out: {name}, which needs {needs}"] = None
            return None
        if instead is work.exercise:
            notes[f"{name} without its {needs}, which is not there"] = None
            return _without_offers(_without_load(work), there)
        notes[f"{instead.name} in place of {name}, which needs {needs}"] = None
        return _without_offers(_replace_exercise(work, instead), there)

    shaped = routine._replace(
        warm_up=map_works(routine.warm_up, change),
        items=map_works(routine.items, change),
        cool_down=map_works(routine.cool_down, change),
    )
    if not any(works_in(shaped.items)):
        message = "nothing of this routine can be done with it"
        raise WishErrors((WishError("equipment", message, _kit_hint(routine, there)),))
    return shaped, tuple(notes)


def _missing_kit(
    exercise: Exercise, prescription: Prescription, there: frozenset[str]
) -> list[str]:
    needed = needed_kit(exercise, prescription)
    return [kit.key for kit in needed if not kit.optional and kit.key not in there]


def _describe_kit(keys: Iterable[str]) -> str:
    return " and ".join(key.replace("-", " ") for key in keys)


def _kit_hint(routine: Routine, there: frozenset[str]) -> str:
    needed = sorted(
        {
            key
            for work in works_in(routine.all_items)
            for key in _missing_kit(work.exercise, work.prescription, there)
        }
    )
    return f"it needs {', '.join(key.replace('-', ' ') for key in needed)}"


def _without_offers(work: Work, there: frozenset[str]) -> Work:
    """The work without the optional kit that is not available, so that it is not offered."""
    kit = tuple(kit for kit in work.exercise.kit if not kit.optional or kit.key in there)
    if kit == work.exercise.kit:
        return work
    return replace(work, exercise=work.exercise._replace(kit=kit))


def _without_load(work: Work) -> Work:
    """The same work without its weights: what they are is not there."""
    meant = work.prescription
    by_set = tuple(one._replace(load=None) for one in meant.by_set)
    return replace(work, prescription=meant._replace(load=None, by_set=by_set))


def _find_replacement(
    exercise: Exercise, there: frozenset[str], replacements: Mapping[str, Exercise]
) -> Exercise | None:
    """The exercise, or the first in its chain of replacements that can be done; else None."""
    seen: set[str] = set()
    now: Exercise | None = exercise
    while now is not None and now.key not in seen:
        if not _missing_kit(now, now.prescription, there):
            return now
        seen.add(now.key)
        now = replacements.get(now.without_kit)
    return None


def _replace_exercise(work: Work, instead: Exercise) -> Work:
    """Another exercise for the same sets and rest, and the same amount if it is of that kind.

    Weights belong to the exercise that is replaced.
    """
    asked, own = work.prescription, instead.prescription
    meant = own._replace(sets=asked.sets, rest=asked.rest)
    if type(asked.amount) is type(own.amount) or isinstance(asked.amount, Timed):
        by_set = tuple(one._replace(load=None) for one in asked.by_set)
        meant = meant._replace(amount=asked.amount, by_set=by_set)
    return Work(instead, meant, work.place)
