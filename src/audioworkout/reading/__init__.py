"""Words in: YAML files, the catalogue and flags, read into a checked `Request`.

Everything a person wrote is checked here and nowhere else, and everything wrong is told at once,
each with its line and column and with what would work.
"""

from audioworkout.reading.catalogue import Folders
from audioworkout.reading.diagnostics import RoutineError, format_diagnostics
from audioworkout.reading.routines import check_file, list_exercises, list_routines, read_routine
from audioworkout.reading.voice_checks import voice_error

__all__ = [
    "Folders",
    "RoutineError",
    "check_file",
    "format_diagnostics",
    "list_exercises",
    "list_routines",
    "read_routine",
    "voice_error",
]
