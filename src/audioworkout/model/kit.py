"""What kit is needed for an exercise and its loads, and what of it has to be fetched.

Used for what is said, for the length of rests, and for replacements.
"""

from __future__ import annotations

from collections.abc import Iterable

from audioworkout.model.exercise import Exercise, Kit, Prescription

LOADS = (
    "dumbbell",
    "kettlebell",
    "barbell",
    "bar",
    "plate",
    "backpack",
    "bag",
    "sandbag",
    "bottle",
    "vest",
    "ball",
)
"""What a load may be."""
_KEYS = {"ball": "medicine-ball", "bar": "barbell"}
"""Loads that the catalogue calls otherwise."""
WEIGHTS = (frozenset(LOADS) | {*_KEYS.values()}) - {"vest"}
"""Kit whose place another weight can take; a vest is worn beside all of them."""


def needed_kit(exercise: Exercise, prescription: Prescription) -> tuple[Kit, ...]:
    """The kit of an exercise with these loads, optional things included and last.

    A weight that a load names takes the place of the exercise's usual one; a vest, or a weight for
    what is usually done without, is added.
    """
    named = load_kit(prescription)
    if not named:
        return exercise.kit
    replaced = WEIGHTS if any(kit.key in WEIGHTS for kit in named) else frozenset[str]()
    return combine_kit([*named, *(kit for kit in exercise.kit if kit.key not in replaced)])


def load_kit(prescription: Prescription) -> tuple[Kit, ...]:
    """The kit that the loads of all sets name."""
    loads = (prescription.load, *(one.load for one in prescription.by_set))
    return tuple(
        Kit(_KEYS.get(load.kit, load.kit), load.count) for load in loads if load and load.kit
    )


def combine_kit(kit: Iterable[Kit]) -> tuple[Kit, ...]:
    """Each thing once, as many as the most demanding needs; optional things last.

    A thing that one exercise needs is not optional because another can do without it.
    """
    found: dict[str, Kit] = {}
    for one in kit:
        had = found.get(one.key, one)
        found[one.key] = Kit(one.key, max(had.count, one.count), had.optional and one.optional)
    return tuple(sorted(found.values(), key=lambda one: one.optional))


def kit_to_fetch(needed: Iterable[Kit], at_hand: Iterable[Kit]) -> tuple[Kit, ...]:
    """What of the needed kit was not fetched before, or not as many of it.

    What was only offered before is not at hand; what is at hand is not offered again.
    """
    there = {kit.key: kit for kit in at_hand}

    def is_there(kit: Kit) -> bool:
        had = there.get(kit.key)
        if had is None or (had.optional and not kit.optional):
            return False
        return kit.optional or had.count >= kit.count

    return tuple(kit for kit in needed if not is_there(kit))
