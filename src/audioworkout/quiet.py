"""Libraries that write notes to standard error by themselves, kept from people's eyes.

libmpg123 tells there of every odd byte in an MP3, whatever it is asked, and a system's sound
library of every device it does not find; what matters of it comes as errors.
"""

from __future__ import annotations

import os
import sys
import threading

_STDERR = 2


class _QuietStderr:
    """Standard error turned to nowhere for as long as any thread is inside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._kept = -1

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._kept = _turn_away() if _may_turn_away() else -1
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._kept >= 0:
                os.dup2(self._kept, _STDERR)
                os.close(self._kept)


def _may_turn_away() -> bool:
    """Whether nothing of what this program says to people is lost meanwhile.

    The command line writes by a descriptor of its own; another program that has this module may
    not, and then nothing is done while other threads run.
    """
    try:
        own = sys.stderr is None or sys.stderr.fileno() != _STDERR
    except (OSError, ValueError):  # it writes to no file
        own = True
    return own or threading.active_count() == 1


def _turn_away() -> int:
    """Turn standard error to nowhere; gives a descriptor of where it led, or -1 if it is closed."""
    try:
        cache = os.dup(_STDERR)
    except OSError:
        return -1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        os.close(cache)
        return -1
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    return cache


quiet_stderr = _QuietStderr()
"""The only one: the descriptor is one for the whole process, so the threads inside are counted."""
