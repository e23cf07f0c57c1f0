"""Hides the messages that libraries write to standard error.

libmpg123 reports every unexpected byte of an MP3 there, and a system's sound library every missing
device; neither can be turned off. Real errors are returned as errors.
"""

from __future__ import annotations

import os
import sys
import threading

_STDERR = 2


class _QuietStderr:
    """Redirects standard error to the null device while any thread is inside the context."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._saved = -1

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._saved = _redirect_stderr() if _may_redirect() else -1
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._saved >= 0:
                os.dup2(self._saved, _STDERR)
                os.close(self._saved)


def _may_redirect() -> bool:
    """True if no message of this program can get lost in the meantime.

    The command line writes through a descriptor of its own; another program that uses this module
    may not, and then nothing is redirected while other threads run.
    """
    try:
        own = sys.stderr is None or sys.stderr.fileno() != _STDERR
    except (OSError, ValueError):  # it is not a file
        own = True
    return own or threading.active_count() == 1


def _redirect_stderr() -> int:
    """Redirect standard error to the null device.

    Returns:
        A descriptor of the original target; -1 if standard error is closed.
    """
    try:
        saved = os.dup(_STDERR)
    except OSError:
        return -1
    try:
        null = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        os.close(saved)
        return -1
    os.dup2(null, _STDERR)
    os.close(null)
    return saved


quiet_stderr = _QuietStderr()
"""The only instance: the descriptor belongs to the whole process, so threads inside are counted."""
