"""What flags make of a routine: which exercises, how much of each, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from audioworkout.model.exercise import Exercise, Reps
from audioworkout.model.request import Flags
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
from audioworkout.names import did_you_mean, make_stem
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercises import has_tempo
from audioworkout.reading.field_types import Values
from audioworkout.reading.flags import flag_node

T = TypeVar("T", Work, Exercise)


def select(
    routine: Routine, flags: Flags, values: Values, catalogue: Catalogue, diagnostics: Diagnostics
) -> Routine:
    """The routine as the flags want it; `values` is what was read of them."""
    chosen = _select_exercises(routine, flags, catalogue, diagnostics)
    return chosen._replace(
        warm_up=_map_items(chosen.warm_up, lambda work: _apply_leading(work, values)),
        items=_map_items(
            chosen.items, lambda work: _apply_amounts(_apply_leading(work, values), values)
        ),
        cool_down=_map_items(chosen.cool_down, lambda work: _apply_leading(work, values)),
    )


def exercises_in(items: Iterable[Item]) -> Iterator[Exercise]:
    """Every exercise of some items, in order, as often as it is done."""
    for item in items:
        match item:
            case Work(exercise):
                yield exercise
            case Circuit(works) | Emom(works):
                yield from (work.exercise for work in works)
            case Tabata(exercises):
                yield from exercises
            case Rest() | Announcement():
                pass


def _apply_leading(work: Work, values: Values) -> Work:
    """How it is done: tempo, first side, rest between sets."""
    meant = work.prescription
    sides = meant.sides._replace(first=values.get("first_side", meant.sides.first))
    rests = values.get("rest")
    rest = None if rests is not None and rests.sets is not None else meant.rest
    tempo = values.get("tempo", meant.tempo) if has_tempo(meant.amount) else meant.tempo
    return replace(work, prescription=meant._replace(sides=sides, tempo=tempo, rest=rest))


def _apply_amounts(work: Work, values: Values) -> Work:
    """How much is done; reps touch only what is counted in reps."""
    meant = work.prescription._replace(sets=values.get("sets", work.prescription.sets))
    if "reps" in values and isinstance(meant.amount, Reps):
        meant = meant._replace(amount=Reps(*values["reps"]))
    return replace(work, prescription=meant)


def _map_items(items: tuple[Item, ...], change: Callable[[Work], Work]) -> tuple[Item, ...]:
    """Every item with each work in it changed; inside circuits one set stays one set."""

    def inside(work: Work) -> Work:
        changed = change(work)
        return replace(
            changed, prescription=changed.prescription._replace(sets=work.prescription.sets)
        )

    def one(item: Item) -> Item:
        match item:
            case Work():
                return change(item)
            case Circuit(works, kind="superset"):
                members = tuple(map(change, works))
                rounds = max(work.prescription.sets for work in members)
                return item._replace(works=members, rounds=rounds)
            case Circuit(works) | Emom(works):
                return item._replace(works=tuple(map(inside, works)))
        return item

    return tuple(map(one, items))


def _select_exercises(
    routine: Routine, flags: Flags, catalogue: Catalogue, diagnostics: Diagnostics
) -> Routine:
    """The routine with what `--only`, `--skip` and `--from` leave of it."""
    if not (flags.only or flags.skip or flags.begin_with):
        return routine
    known = list(exercises_in((*routine.warm_up, *routine.items, *routine.cool_down)))

    def keys(name: str, given: Iterable[str]) -> set[str]:
        return {_resolve_key(name, one, known, routine, catalogue, diagnostics) for one in given}

    only, skip = keys("only", flags.only), keys("skip", flags.skip)
    first = keys("begin_with", [flags.begin_with] if flags.begin_with else [])
    if "" in only | skip | first:
        return routine
    left = _start_from(routine, first.pop()) if first else routine
    left = _filter_exercises(
        left, lambda key: (not only or key in only) and key not in skip, bool(only)
    )
    if not any(exercises_in(left.items)):
        diagnostics.error(flag_node("only" if flags.only else "skip", ""), "no exercise is left")
        return routine
    return left


def _resolve_key(
    flag: str,
    name: str,
    known: list[Exercise],
    routine: Routine,
    catalogue: Catalogue,
    diagnostics: Diagnostics,
) -> str:
    """The key of an exercise of the routine; empty, and told, where it has none of that name."""
    stem, entry = make_stem(name), catalogue.entry(name)
    for exercise in known:
        names = map(make_stem, (exercise.key, exercise.name, exercise.said))
        if stem in names or (entry is not None and entry.key == exercise.key):
            return exercise.key
    names_known = list(dict.fromkeys(exercise.key for exercise in known))
    hint = did_you_mean(name, names_known) or f"it has {', '.join(names_known)}"
    diagnostics.error(flag_node(flag, name), f"{routine.title} has no exercise `{name}`", hint)
    return ""


def _start_from(routine: Routine, key: str) -> Routine:
    """The routine from the first item with this exercise on; who begins there has warmed up."""
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
    """The routine with the exercises that are kept; `bare`: without rests and announcements."""
    warm_up, items, cool_down = (
        _filter_items(part, keep, bare)
        for part in (routine.warm_up, routine.items, routine.cool_down)
    )
    if not any(exercises_in(items)):
        warm_up, items, cool_down = (), (*warm_up, *cool_down), ()
    return routine._replace(warm_up=warm_up, items=items, cool_down=cool_down)


def _filter_items(
    items: tuple[Item, ...], keep: Callable[[str], bool], bare: bool
) -> tuple[Item, ...]:
    left = drop_items(items, [_kept_of(item, keep) for item in items])
    return tuple(item for item in left if not (bare and isinstance(item, Rest | Announcement)))


def _kept_of(item: Item, keep: Callable[[str], bool]) -> Item | None:
    """What is kept of an item; None where nothing is."""
    match item:
        case Work(exercise):
            return item if keep(exercise.key) else None
        case Circuit(works) | Emom(works):
            left = tuple(work for work in works if keep(work.exercise.key))
            return item._replace(works=left) if left else None
        case Tabata(exercises):
            exercises = tuple(one for one in exercises if keep(one.key))
            return replace(item, exercises=exercises) if exercises else None
        case Rest() | Announcement():
            return item


def shuffle_items(routine: Routine, seed: int) -> Routine:
    """The exercises in another order; rests and announcements keep their places.

    The same seed gives the same order, on every computer.
    """
    import random  # here: most builds shuffle nothing

    places = [
        n for n, item in enumerate(routine.items) if not isinstance(item, Rest | Announcement)
    ]
    order = places[:]
    random.Random(seed).shuffle(order)
    if order == places:  # what comes out is to be another order
        order = order[1:] + order[:1]
    items = list(routine.items)
    for place, source in zip(places, order, strict=True):
        items[place] = routine.items[source]
    return routine._replace(items=tuple(items))
