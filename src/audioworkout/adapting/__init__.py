"""What flags and settings make of a routine: selection, equipment, scaling and duration.

A step of its own between reading and compiling. Everything here is pure: wishes in, a routine and
notes out. A wish is one field of `Wishes` and one function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from audioworkout.adapting.duration import fit_to_length
from audioworkout.adapting.equipment import adapt_to_equipment
from audioworkout.adapting.problems import WishError, WishErrors
from audioworkout.adapting.selection import scale, select, shuffle_items
from audioworkout.model.lengths import LengthRange
from audioworkout.model.request import Wishes
from audioworkout.model.routine import Routine
from audioworkout.units import Ms

Measure = Callable[[Routine, Ms], LengthRange]
"""Gives the length of a routine that is to last so long, and what its rests can make of it."""


class Adapted(NamedTuple):
    """What will be done, what was changed for it (for the person to know), and what cannot be."""

    routine: Routine
    notes: tuple[str, ...] = ()
    errors: tuple[WishError, ...] = ()


def adapt(routine: Routine, wishes: Wishes, measure: Measure) -> Adapted:
    """Do what is wished, in a fixed order: select, scale, shuffle, equipment, duration.

    Args:
        routine: What was written.
        wishes: What was asked of it.
        measure: The compiler's measure; called only where a length is wished for.
    """
    notes: tuple[str, ...] = ()
    try:
        routine = scale(select(routine, wishes), wishes)
        if wishes.shuffle is not None:
            routine = shuffle_items(routine, wishes.shuffle)
        if wishes.equipment is not None:
            routine, told = adapt_to_equipment(routine, wishes.equipment, wishes.replacements)
            notes += told
        if (length := wishes.length) is not None:
            routine, told = fit_to_length(routine, length, lambda one: measure(one, length))
            notes += told
    except WishErrors as problems:
        return Adapted(routine, notes, problems.errors)
    return Adapted(routine, notes)
