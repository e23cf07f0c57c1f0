"""Reads flags with the field types of the fields that they replace."""

from __future__ import annotations

from typing import Any

from audioworkout import notation
from audioworkout.model.request import Flags, Page
from audioworkout.model.routine import Rests
from audioworkout.notation import MOST_ROUNDS, MOST_SETS
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import (
    PAUSE,
    VOICE,
    VOICES,
    FieldType,
    Values,
    integer_type,
    name_type,
    notation_type,
)
from audioworkout.reading.fields import LEADING, SETTINGS
from audioworkout.reading.nodes import Text

FLAG_TYPES: dict[str, FieldType] = {
    **{field.name: field.kind for field in (*LEADING, *SETTINGS) if field.kind is not VOICE},
    "rounds": integer_type(1, MOST_ROUNDS),
    "sets": integer_type(1, MOST_SETS),
    "reps": notation_type(notation.parse_range, "a number of reps, like `12` or `8-10`"),
    "rest": PAUSE,
    "rest_exercises": PAUSE,
    "rest_sides": PAUSE,
}
"""Field types of the flags with a value, by their name in `Flags`."""
ONLY_ON = frozenset({"shuffle", "no_equipment", "music_shuffle"})
"""Flags without an opposite: if they are not given, the file's value holds."""
_CALLED = {"begin_with": "--from"}


def read_flags(flags: Flags, diagnostics: Diagnostics) -> Values:
    """The values of the given flags, by the name of the field that each replaces.

    All flags of pauses are merged into one `Rests` under `rest`.
    """
    values: Values = _read_voices(flags.voice, diagnostics)
    for name, kind in FLAG_TYPES.items():
        given = getattr(flags, name)
        if given is not None and not (given is False and name in ONLY_ON):
            found = (
                given if isinstance(given, bool) else kind.read(flag_node(name, given), diagnostics)
            )
            if found is not None:
                values[name] = found
    return _merge_rest_flags(values)


def _read_voices(given: tuple[str, ...], diagnostics: Diagnostics) -> Values:
    """`--voice NAME` and `--voice ROLE=NAME`; a later one wins over an earlier one.

    Without a role before its `=`, the value may be a file name with a `=` in it.
    """
    voices: Values = {}
    for text in given:
        node = flag_node("voice", text)
        role, sign, name = text.partition("=")
        role = role.strip().lower()
        if sign and role in (field.name for field in VOICES):
            one = name_type("voice", f"write `{role}=NAME`")
            voices |= {role: one.read(node._replace(value=name), diagnostics)}
        else:
            voices |= VOICE.read(node, diagnostics) or {}
    return {"voice": voices} if voices else {}


def flag_node(name: str, given: object) -> Text:
    """The value of a flag as a node, for messages; its line is 0."""
    text = f"{given:g}" if isinstance(given, float) else str(given)
    return Text(Page(option_name(name), (text,)), 0, 0, len(text), text, plain=False)


def option_name(name: str) -> str:
    """The option of a field of `Flags`: `rest_sides` is `--rest-sides`."""
    return _CALLED.get(name, f"--{name.replace('_', '-')}")


def _merge_rest_flags(values: Values) -> Values:
    """Merge `--rest`, which is for sets and exercises, with the more specific flags, which win."""
    both: Any = values.pop("rest", None)
    exercises = values.pop("rest_exercises", both)
    sides = values.pop("rest_sides", None)
    rests = Rests(sets=both, exercises=exercises, sides=sides)
    return values if rests == Rests() else {**values, "rest": rests}


def layer_rests(above: Rests, below: Rests) -> Rests:
    """Merge the pauses of two layers; the upper one wins."""
    return below._replace(
        sets=below.sets if above.sets is None else above.sets,
        exercises=below.exercises if above.exercises is None else above.exercises,
        sides=below.sides if above.sides is None else above.sides,
    )
