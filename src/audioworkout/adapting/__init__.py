"""Applies flags and settings to a routine: selection, equipment, scaling and duration.

A step of its own between reading and compiling. Everything here is pure: a routine and wishes in, a
routine and notes out. A wish is one field of `Wishes` and one function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from audioworkout.adapting.duration import fit_to_length
from audioworkout.adapting.equipment import adapt_to_equipment
from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.adapting.selection import scale, select, shuffle_items
from audioworkout.adapting.warm_up import add_cool_down, add_warm_up
from audioworkout.model.lengths import LengthRange
from audioworkout.model.request import Wishes
from audioworkout.model.routine import Routine
from audioworkout.units import Ms

Measure = Callable[[Routine, Ms], LengthRange]
"""Called with a routine and its target length (ms); returns its length and the range that rests
allow."""


class Adapted(NamedTuple):
    """The routine to be done, notes about changes for the person, and wishes that cannot be met."""

    routine: Routine
    notes: tuple[str, ...] = ()
    errors: tuple[WishError, ...] = ()


def adapt(routine: Routine, wishes: Wishes, measure: Measure) -> Adapted:
    """Apply the wishes in a fixed order: select, scale, shuffle, warm-up, equipment, duration.

    Args:
        routine: The routine as written.
        wishes: What flags and settings ask for.
        measure: The compiler's measure; called only if a length is asked for.
    """
    notes: tuple[str, ...] = ()
    try:
        routine = scale(select(routine, wishes), wishes)
        if wishes.shuffle is not None:
            routine = shuffle_items(routine, wishes.shuffle)
        for candidates, add in ((wishes.warm_up, add_warm_up), (wishes.cool_down, add_cool_down)):
            if candidates:
                routine, note = add(routine, candidates)
                notes += (note,)
        if wishes.equipment is not None:
            routine, changes = adapt_to_equipment(routine, wishes.equipment, wishes.replacements)
            notes += changes
        if (length := wishes.length) is not None:
            routine, changes = fit_to_length(routine, length, lambda one: measure(one, length))
            notes += changes
    except WishErrors as problems:
        return Adapted(routine, notes, problems.errors)
    return Adapted(routine, notes)
