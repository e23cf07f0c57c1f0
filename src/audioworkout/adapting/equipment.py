"""Fitting a routine to what there is: equipment at hand, and minutes to spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from audioworkout.adapting.selection import exercises_in
from audioworkout.compiler import plan_routine
from audioworkout.compiler.plan import EmomError
from audioworkout.compiler.script import fit_routine
from audioworkout.errors import UsageError
from audioworkout.languages import Phrases
from audioworkout.model.exercise import Exercise
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
from audioworkout.names import did_you_mean
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercises import parse_kit
from audioworkout.reading.fields import KITS
from audioworkout.reading.nodes import Node, node_at
from audioworkout.units import HOUR, MINUTE, format_duration, round_to

HOUSEHOLD = frozenset({"mat", "chair", "wall"})
"""What every home has in one form or another: never a reason to leave an exercise out."""

LONGEST = 4 * HOUR


class AdaptedRoutine(NamedTuple):
    """A routine that can be done here, and what was done to it, for the person to know."""

    routine: Routine
    notes: tuple[str, ...] = ()


def adapt_to_equipment(
    routine: Routine,
    names: tuple[str, ...],
    catalogue: Catalogue,
    diagnostics: Diagnostics,
    node: Node,
) -> AdaptedRoutine:
    """The routine without what cannot be done: replaced by what its exercise names, or left out.

    Args:
        routine: What is to be done.
        names: What there is; nothing for a home without equipment.
        catalogue: Where replacements are found.
        diagnostics: Told where nothing at all could be done, or a name means nothing.
        node: Where the equipment was named.
    """
    there = _known_kit(names, routine, diagnostics, node) | HOUSEHOLD
    notes: dict[str, None] = {}

    def change(exercise: Exercise) -> Exercise | None:
        instead = _find_replacement(exercise, there, catalogue)
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
        diagnostics.error(
            node, "nothing of this routine can be done with it", _kit_hint(routine, there)
        )
        return AdaptedRoutine(routine)
    return AdaptedRoutine(shaped, tuple(notes))


def _known_kit(
    names: tuple[str, ...], routine: Routine, diagnostics: Diagnostics, node: Node
) -> frozenset[str]:
    needed = {kit.key for exercise in _all_exercises(routine) for kit in exercise.kit}
    known = needed | set(KITS)
    there = {parse_kit(name).key: name for name in names}
    for key, name in there.items():
        if key not in known:
            hint = did_you_mean(name, sorted(known)) or f"known: {', '.join(sorted(known))}"
            diagnostics.error(node, f"there is no equipment called `{name}`", hint)
    return frozenset(there)


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
    exercise: Exercise, there: frozenset[str], catalogue: Catalogue
) -> Exercise | None:
    """The exercise, or the first in its chain of replacements that can be done here."""
    seen: set[str] = set()
    now: Exercise | None = exercise
    while now is not None and now.key not in seen:
        if not _missing_kit(now, there):
            return now
        seen.add(now.key)
        now = catalogue.named(now.without_kit) if now.without_kit else None
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


def fit_to_minutes(
    routine: Routine, minutes: float, phrases: Phrases, diagnostics: Diagnostics, node: Node
) -> AdaptedRoutine:
    """The routine fitted to a length (docs/fitting.md); the desk is told where that cannot be."""
    try:
        fitted = fit_routine(routine, round_to(minutes * MINUTE, 1), phrases)
    except UsageError as error:
        diagnostics.error(node, str(error), error.hint)
        return AdaptedRoutine(routine)
    return AdaptedRoutine(fitted.routine, fitted.done)


def check_length(routine: Routine, diagnostics: Diagnostics, node: Node, root: Node) -> None:
    """Tell the desk where a workout is too long, or the work of an EMOM too long for its minute.

    `node` is what makes the workout as long as it is, `root` the file in which its items stand.
    """
    try:
        lasts = plan_routine(routine).lasts
    except EmomError as error:
        diagnostics.error(
            node_at(root, error.place) if error.place else root, str(error), error.hint
        )
        return
    if lasts > LONGEST:
        diagnostics.error(
            node,
            f"the whole workout lasts {format_duration(lasts)}",
            f"at most {format_duration(LONGEST)}: fewer rounds or sets, or shorter rests",
        )
