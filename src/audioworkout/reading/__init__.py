"""Reads YAML files, the catalogue and flags into a checked `Request`.

User input is validated here and nowhere else. All errors are reported at once, each with its line,
its column and a hint.
"""

from audioworkout.reading.catalogue import Folders
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, format_diagnostics
from audioworkout.reading.routines import (
    check_source,
    find_usual_language,
    list_exercises,
    read_routine,
    read_routines,
)
from audioworkout.reading.voice_checks import voice_error

__all__ = [
    "Diagnostics",
    "Folders",
    "RoutineError",
    "check_source",
    "find_usual_language",
    "format_diagnostics",
    "list_exercises",
    "read_routine",
    "read_routines",
    "voice_error",
]
