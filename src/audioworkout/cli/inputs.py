"""Reads standard input."""

from __future__ import annotations

import sys

from audioworkout.cli.screen import Screen
from audioworkout.errors import UsageError


def read_standard_input(routine: str) -> str | None:
    """The text of standard input, if that is the routine.

    Raises:
        UsageError: It is not UTF-8.
    """
    if routine != "-" or sys.stdin is None:
        return None
    if sys.stdin.isatty():
        Screen().note("Reading the routine from the keyboard; Ctrl-D ends it.")
    from audioworkout.reading.source import LARGEST_FILE

    # One byte more than is accepted, so that reading tells the limit.
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"standard input is not UTF-8 text (byte {error.start + 1})",
            "Save the routine as UTF-8 and pipe it in again.",
        ) from error
