"""Reads `Wishes` from flags and settings, and reports errors in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from audioworkout.model.exercise import Exercise
from audioworkout.model.items import exercises_in
from audioworkout.model.kit import LOADS
from audioworkout.model.request import Diagnostic, Flags, WantedExercise, Wishes
from audioworkout.model.routine import Routine
from audioworkout.names import did_you_mean
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.diagnostics import Diagnostics, diagnostic_at
from audioworkout.reading.exercises import parse_kit
from audioworkout.reading.field_types import Values
from audioworkout.reading.fields import KITS
from audioworkout.reading.flags import flag_node
from audioworkout.reading.nodes import Node, Text
from audioworkout.units import MINUTE, round_to

AUTOMATIC = "auto"
"""`warm_up: auto`: the program chooses."""

WARM_UPS = (
    "march-in-place",
    "leg-swings",
    "arm-circles",
    "torso-twists",
    "hip-circles",
    "shoulder-rolls",
    "ankle-rocks",
    "wrist-circles",
    "cat-cow",
)
"""What a warm-up is chosen from: the first in any case, others by what is trained."""
COOL_DOWNS = (
    "quad-stretch",
    "chest-opener",
    "shoulder-stretch",
    "triceps-stretch",
    "calf-stretch",
    "side-bend-stretch",
    "forearm-stretch",
    "hip-flexor-stretch",
    "hamstring-stretch",
    "figure-four-stretch",
    "seated-figure-four",
    "spinal-twist",
    "childs-pose",
    "butterfly-stretch",
)
"""What a cool-down is chosen from, by what was trained."""

Layers = tuple[Values, Values]
"""Values of the flags, and the merged values of flags, routine and settings."""


def read_wishes(
    routine: Routine,
    flags: Flags,
    layers: Layers,
    catalogue: Catalogue,
    diagnostics: Diagnostics,
    where: Callable[[str], Node],
) -> Wishes:
    """Read the wishes; unknown equipment is reported to `diagnostics`."""
    asked, values = layers
    rests = asked.get("rest")
    equipment = _read_equipment(routine, layers, diagnostics, where)

    def wanted(name: str) -> WantedExercise:
        entry = catalogue.entry(name)
        return WantedExercise(name, entry.key if entry else "")

    def candidates(name: str, asked: bool, keys: tuple[str, ...]) -> tuple[Exercise, ...]:
        if not asked and not is_automatic(layers[1].get(name)):
            return ()
        return tuple(one for key in keys if (one := catalogue.named(key)) is not None)

    warm_up = candidates("warm_up", flags.warm_up, WARM_UPS)
    cool_down = candidates("cool_down", flags.cool_down, COOL_DOWNS)
    return Wishes(
        only=tuple(map(wanted, flags.only)),
        skip=tuple(map(wanted, flags.skip)),
        begin_with=wanted(flags.begin_with) if flags.begin_with else None,
        sets=asked.get("sets"),
        reps=asked.get("reps"),
        tempo=asked.get("tempo"),
        first_side=asked.get("first_side"),
        own_rests=rests is None or rests.sets is None,
        shuffle=values["seed"] if values.get("shuffle") else None,
        equipment=equipment,
        replacements=(
            {}
            if equipment is None
            else _load_replacements(
                (*exercises_in(routine.all_items), *warm_up, *cool_down), catalogue
            )
        ),
        length=round_to(values["minutes"] * MINUTE, 1) if "minutes" in values else None,
        warm_up=warm_up,
        cool_down=cool_down,
    )


def is_automatic(written: object) -> bool:
    """Whether a warm-up or cool-down is left to the program."""
    return isinstance(written, Text) and written.value.strip().lower() == AUTOMATIC


def locate_wishes(layers: Layers, where: Callable[[str], Node]) -> Mapping[str, Diagnostic]:
    """The places of wishes by field, for errors found in `adapting`."""
    kit, _ = _equipment_of(layers) or ("equipment", ())
    return {
        "length": diagnostic_at(where("minutes")),
        "equipment": diagnostic_at(where(kit)),
        "rounds": diagnostic_at(where("rounds")),
        **{name: diagnostic_at(flag_node(name, "")) for name in ("only", "skip", "begin_with")},
    }


def _equipment_of(layers: Layers) -> tuple[str, tuple[str, ...]] | None:
    """The key that gives the equipment, and its names; None if there is none.

    A flag overrides all keys of files.
    """
    for layer in layers:
        if layer.get("no_equipment"):
            return "no_equipment", ()
        if "equipment" in layer:
            return "equipment", layer["equipment"]
    return None


def _read_equipment(
    routine: Routine, layers: Layers, diagnostics: Diagnostics, where: Callable[[str], Node]
) -> frozenset[str] | None:
    """The keys of the available kit, which may be kit of the user's exercises."""
    found = _equipment_of(layers)
    if found is None:
        return None
    field, names = found
    known = {kit.key for exercise in exercises_in(routine.all_items) for kit in exercise.kit}
    known |= {*KITS, *LOADS}
    keys = {parse_kit(name).key: name for name in names}
    for key, name in keys.items():
        if key not in known:
            hint = did_you_mean(name, sorted(known)) or f"known: {', '.join(sorted(known))}"
            diagnostics.error(where(field), f"there is no equipment called `{name}`", hint)
    return frozenset(keys)


def _load_replacements(
    exercises: Iterable[Exercise], catalogue: Catalogue
) -> Mapping[str, Exercise]:
    """The exercises that may replace these, by key, with all further replacements."""
    found: dict[str, Exercise] = {}
    left = [exercise.without_kit for exercise in exercises]
    while left:
        name = left.pop()
        if name and name not in found and (exercise := catalogue.named(name)) is not None:
            found[name] = exercise
            left.append(exercise.without_kit)
    return found
