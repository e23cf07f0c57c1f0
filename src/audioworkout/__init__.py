"""Voice-guided audio workouts: from exercise definitions to one MP3 that coaches every count.

The names of `audioworkout.api` are to be had here too, and loaded when one is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = (
    "CheckedFile",
    "Diagnostic",
    "Flags",
    "Request",
    "RoutineError",
    "RoutineText",
    "Studio",
    "Timeline",
    "build_workout",
    "check_workout",
    "make_studio",
    "read_workout",
    "render_view",
    "script_workout",
)

if TYPE_CHECKING:
    from audioworkout.api import (
        CheckedFile,
        Diagnostic,
        Flags,
        Request,
        RoutineError,
        RoutineText,
        Studio,
        Timeline,
        build_workout,
        check_workout,
        make_studio,
        read_workout,
        render_view,
        script_workout,
    )

__version__ = "0.1.0"

WORKER = "--speech-worker"
"""The only word of a command line that turns the program into its own speech worker.

A frozen program has no Python beside it to run `voices.worker` with; it starts itself.
"""


def __getattr__(name: str) -> object:
    """A name of `audioworkout.api`, which is imported when the first of them is used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("audioworkout.api"), name)
