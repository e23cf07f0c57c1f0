"""Words in: YAML files, the catalogue and flags, read into a checked `Request`.

Everything a person wrote is checked here and nowhere else, and everything wrong is told at once,
each with its line and column and with what would work.
"""

from audioworkout.reading.catalogue import Folders
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, format_diagnostics
from audioworkout.reading.routines import (
    check_source,
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
    "format_diagnostics",
    "list_exercises",
    "read_routine",
    "read_routines",
    "voice_error",
]
