"""The long form of a routine in the words of its language: keys, names of exercises, lines.

The data is that of `reading.dump`; what is written here is read by `reading.localizing` to the same
routine. Definitions of exercises are written by `reading.exercise_words`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from audioworkout.languages.written import WRITTEN, load_written
from audioworkout.notation import Wording
from audioworkout.reading.vocabularies import first_spellings

_LINES = frozenset(
    (
        *("reps", "hold", "carry", "steps", "for", "breaths", "open", "by_side", "window"),
        *("phases", "sides", "pause", "pulses", "load", "effort", "rest", "every", "space"),
    )
)
"""Keys whose values are lines, or parts of them."""
_NAMES = ("exercise", "between")
_CHOICES = frozenset(("level", "pace", "coaching", "count", "mood", "units", "turns", "beeps"))
"""Keys whose values are one of a few words."""
_PARTS = ("warm_up", "exercises", "cool_down")

Data = dict[str, Any]


def localize_long_form(data: Data, language: str, name_of: Callable[[str], str]) -> Data:
    """The long form in a language; as it is for English and languages without such words.

    Args:
        data: From `dump.dump_routine`, keys and lines in English.
        language: A code.
        name_of: What an exercise is called, by its key.
    """
    return _LongFormWriter(language, name_of).write_map(data) if language in WRITTEN else data


class _LongFormWriter:
    """Writes mappings in the words of one language."""

    def __init__(self, language: str, name_of: Callable[[str], str]) -> None:
        tables = load_written(language)
        self._keys = first_spellings({**tables.HEADINGS, **tables.KEYS})
        self._values = first_spellings(tables.VALUES)
        self._wording = Wording(tables.LINES)
        self._name_of = name_of

    def write_map(self, data: Data) -> Data:
        """A mapping with its keys and values in the language."""
        return {self._keys.get(key, key): self._write_value(key, data[key]) for key in data}

    def _write_value(self, key: str, value: object) -> object:
        if key == "define":
            return value
        if isinstance(value, dict):
            return value if key == "cues" else self.write_map(value)
        if isinstance(value, list) and (key in _PARTS or key == "by_set"):
            return [self.write_map(one) for one in value]
        if isinstance(value, bool):
            return self._values["yes" if value else "no"]
        if not isinstance(value, str):
            return value
        if key in _NAMES:
            return self._name_of(value)
        if key in _CHOICES:
            return self._values.get(value, value)
        return self._wording.write_line(value) if key in _LINES else value
