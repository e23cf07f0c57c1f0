"""Fitting a routine to what there is: equipment at hand, and minutes to spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from audioworkout.compiler import plan
from audioworkout.compiler.plan import EmomError
from audioworkout.compiler.script import fit_routine
from audioworkout.errors import UsageError
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
from audioworkout.phrases import Phrases
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.choosing import exercises_in
from audioworkout.reading.exercises import kit_of
from audioworkout.reading.fields import KITS
from audioworkout.reading.findings import Desk
from audioworkout.reading.tree import Node, placed
from audioworkout.units import HOUR, MINUTE, duration_text, round_to

HOUSEHOLD = frozenset({"mat", "chair", "wall"})
"""What every home has in one form or another: never a reason to leave an exercise out."""

LONGEST = 4 * HOUR


class Shaped(NamedTuple):
    """A routine that can be done here, and what was done to it, for the person to know."""

    routine: Routine
    notes: tuple[str, ...] = ()


def with_equipment(
    routine: Routine, names: tuple[str, ...], catalogue: Catalogue, desk: Desk, node: Node
) -> Shaped:
    """The routine without what cannot be done: replaced by what its exercise names, or left out.

    Args:
        routine: What is to be done.
        names: What there is; nothing for a home without equipment.
        catalogue: Where replacements are found.
        desk: Told where nothing at all could be done, or a name means nothing.
        node: Where the equipment was named.
    """
    there = _known(names, routine, desk, node) | HOUSEHOLD
    notes: dict[str, None] = {}

    def change(exercise: Exercise) -> Exercise | None:
        instead = _doable(exercise, there, catalogue)
        if instead is None:
            notes[f"left out: {exercise.name}, which needs {_needs(exercise, there)}"] = None
        elif instead is not exercise:
            needs = _needs(exercise, there)
            notes[f"{instead.name} in place of {exercise.name}, which needs {needs}"] = None
        return instead

    shaped = routine._replace(
        warm_up=_each(routine.warm_up, change),
        items=_each(routine.items, change),
        cool_down=_each(routine.cool_down, change),
    )
    if not any(exercises_in(shaped.items)):
        desk.wrong(node, "nothing of this routine can be done with it", _hint(routine, there))
        return Shaped(routine)
    return Shaped(shaped, tuple(notes))


def _known(names: tuple[str, ...], routine: Routine, desk: Desk, node: Node) -> frozenset[str]:
    needed = {kit.key for exercise in _all(routine) for kit in exercise.kit}
    known = needed | set(KITS)
    there = {kit_of(name).key: name for name in names}
    for key, name in there.items():
        if key not in known:
            hint = did_you_mean(name, sorted(known)) or f"known: {', '.join(sorted(known))}"
            desk.wrong(node, f"there is no equipment called `{name}`", hint)
    return frozenset(there)


def _all(routine: Routine) -> Iterator[Exercise]:
    yield from exercises_in((*routine.warm_up, *routine.items, *routine.cool_down))


def _missing(exercise: Exercise, there: frozenset[str]) -> list[str]:
    return [kit.key for kit in exercise.kit if not kit.optional and kit.key not in there]


def _needs(exercise: Exercise, there: frozenset[str]) -> str:
    return " and ".join(key.replace("-", " ") for key in _missing(exercise, there))


def _hint(routine: Routine, there: frozenset[str]) -> str:
    needed = sorted({key for exercise in _all(routine) for key in _missing(exercise, there)})
    return f"it needs {', '.join(key.replace('-', ' ') for key in needed)}"


def _doable(exercise: Exercise, there: frozenset[str], catalogue: Catalogue) -> Exercise | None:
    """The exercise, or the first in its chain of replacements that can be done here."""
    seen: set[str] = set()
    now: Exercise | None = exercise
    while now is not None and now.key not in seen:
        if not _missing(now, there):
            return now
        seen.add(now.key)
        now = catalogue.named(now.without_kit) if now.without_kit else None
    return None


Change = Callable[[Exercise], Exercise | None]


def _each(items: tuple[Item, ...], change: Change) -> tuple[Item, ...]:
    """The items with every exercise changed; a group that has lost all of its own is gone."""
    return drop_items(items, [_changed(item, change) for item in items])


def _changed(item: Item, change: Change) -> Item | None:
    match item:
        case Work():
            return next(_works((item,), change), None)
        case Circuit() | Emom():
            works = tuple(_works(item.works, change))
            return item._replace(works=works) if works else None
        case Tabata():
            found = (change(exercise) for exercise in item.exercises)
            exercises = tuple(one for one in found if one is not None)
            return replace(item, exercises=exercises) if exercises else None
        case Rest() | Announcement():
            return item


def _works(works: tuple[Work, ...], change: Change) -> Iterator[Work]:
    for work in works:
        instead = change(work.exercise)
        if instead is work.exercise:
            yield work
        elif instead is not None:
            yield _in_place_of(work, instead)


def _in_place_of(work: Work, instead: Exercise) -> Work:
    """Another exercise for the same sets and rest, and the same amount if it is of that kind."""
    asked, own = work.prescription, instead.prescription
    same_kind = type(asked.amount) is type(own.amount)
    amount = asked.amount if same_kind else own.amount
    meant = own._replace(amount=amount, sets=asked.sets, rest=asked.rest)
    return Work(instead, meant, work.place)


def with_minutes(
    routine: Routine, minutes: float, phrases: Phrases, desk: Desk, node: Node
) -> Shaped:
    """The routine fitted to a length (docs/fitting.md); the desk is told where that cannot be."""
    try:
        fitted = fit_routine(routine, round_to(minutes * MINUTE, 1), phrases)
    except UsageError as error:
        desk.wrong(node, str(error), error.hint)
        return Shaped(routine)
    return Shaped(fitted.routine, fitted.done)


def check_length(routine: Routine, desk: Desk, node: Node, root: Node) -> None:
    """Tell the desk where a workout is too long, or the work of an EMOM too long for its minute.

    `node` is what makes the workout as long as it is, `root` the file in which its items stand.
    """
    try:
        lasts = plan(routine).lasts
    except EmomError as error:
        desk.wrong(placed(root, error.place) if error.place else root, str(error), error.hint)
        return
    if lasts > LONGEST:
        desk.wrong(
            node,
            f"the whole workout lasts {duration_text(lasts)}",
            f"at most {duration_text(LONGEST)}: fewer rounds or sets, or shorter rests",
        )
