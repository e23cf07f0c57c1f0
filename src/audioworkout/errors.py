"""All errors, with their exit status (docs/cli.md lists them).

An error says what happened and, in `hint`, what would work. Only the command line catches errors,
prints them and exits; all other modules raise them.
"""

from __future__ import annotations


class WorkoutError(Exception):
    """An error that a person can understand and fix.

    Attributes:
        hint: What would work, as a sentence; empty if the message is enough. The message is
            `str(error)`, without a full stop.
        exit_code: The exit status of the process.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BuildError(WorkoutError):
    """The workout could not be built: engine, disk or encoder (exit status 1)."""


class VoiceError(BuildError):
    """A speech engine failed, did not answer, or returned silence."""


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
