"""Everything that can go wrong, with its exit status (docs/cli.md lists them).

An error says what happened and, in `hint`, what would work. Only the command line catches these,
prints them and exits; below it they are raised and never printed.
"""

from __future__ import annotations


class WorkoutError(Exception):
    """Something a person can understand and mend. `str(error)` is the message, without a full stop.

    Attributes:
        hint: What would work, as a sentence; empty where the message says it all.
        exit_code: The process's exit status.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BuildError(WorkoutError):
    """The workout could not be built: engine, disk or encoder (exit status 1)."""


class VoiceError(BuildError):
    """A speech engine failed, hung or gave silence."""


class OutputError(BuildError):
    """A file could not be written whole; an older one is untouched."""


class UsageError(WorkoutError):
    """The command line or a routine is wrong (exit status 2)."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A routine, an exercise, a voice or a field that does not exist."""


class DoesNotFitError(WorkoutError):
    """`--strict` was given and a cue did not fit (exit status 3)."""

    exit_code = 3
