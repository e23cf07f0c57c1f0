"""Voice-guided audio workouts: from exercise definitions to one MP3 that coaches every count.

The names of `audioworkout.api` are to be had here too, and loaded when one is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audioworkout.api import CheckedFile as CheckedFile
    from audioworkout.api import Diagnostic as Diagnostic
    from audioworkout.api import Flags as Flags
    from audioworkout.api import Request as Request
    from audioworkout.api import RoutineError as RoutineError
    from audioworkout.api import RoutineText as RoutineText
    from audioworkout.api import Studio as Studio
    from audioworkout.api import Timeline as Timeline
    from audioworkout.api import build_workout as build_workout
    from audioworkout.api import check_workout as check_workout
    from audioworkout.api import make_studio as make_studio
    from audioworkout.api import read_workout as read_workout
    from audioworkout.api import render_view as render_view
    from audioworkout.api import script_workout as script_workout

__version__ = "0.1.0"

WORKER = "--speech-worker"
"""The only word of a command line that turns the program into its own speech worker.

A frozen program has no Python beside it to run `voices.worker` with; it starts itself.
"""


def __getattr__(name: str) -> object:
    """A name of the interface for programs: importing this package alone loads nothing."""
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    api = import_module("audioworkout.api")
    if name not in api.__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(api, name)
