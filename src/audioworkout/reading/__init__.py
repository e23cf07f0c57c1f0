"""Words in: YAML files, the catalogue and flags, read into a checked `Request`.

Everything a person wrote is checked here and nowhere else, and everything wrong is told at once,
each with its line and column and with what would work.
"""

from audioworkout.reading.catalogue import Folders
from audioworkout.reading.findings import RoutineError, render
from audioworkout.reading.routines import check, list_exercises, list_routines, read
from audioworkout.reading.speakers import voice_error

__all__ = [
    "Folders",
    "RoutineError",
    "check",
    "list_exercises",
    "list_routines",
    "read",
    "render",
    "voice_error",
]
