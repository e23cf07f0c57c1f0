"""Prints results on standard output, and messages and progress on standard error."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TextIO

from audioworkout.cli.colors import is_terminal, paint_for
from audioworkout.errors import OutputError
from audioworkout.text import escape_controls
from audioworkout.units import format_clock

if TYPE_CHECKING:
    from audioworkout.model.request import Diagnostic
    from audioworkout.model.timeline import Problem

PROGRESS_EVERY = 0.1
"""Seconds between two drawings of the progress line."""
PLAIN_LINE = 10.0
"""Seconds between two plain lines of progress without a terminal."""
MOST_SHOWN = 10
"""Most problems that are printed one by one."""
SETTLED = 1.0
"""Seconds after which the estimate of the time left is shown."""


def print_result(text: str) -> None:
    """Write a result to standard output and flush it, in any encoding.

    A character that the encoding lacks becomes `?`; undecodable bytes of file names are written
    unchanged.

    Raises:
        OutputError: It cannot be written (a full disk).
        BrokenPipeError: The reader has closed the pipe.
    """
    if sys.stdout is None:  # closed by the caller, who does not want the result
        return
    line = text if text.endswith("\n") else text + "\n"
    try:
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(line)
        else:
            sys.stdout.flush()
            buffer.write(encode_text(line, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise OutputError(f"standard output cannot be written: {error.strerror}") from error


def encode_text(text: str, encoding: str) -> bytes:
    """Encode `text`; never fails."""
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "replace")


def silence_stdout() -> None:
    """Discard buffered output, so that the interpreter does not fail to flush it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class Screen:
    """Messages and progress on standard error.

    On a terminal progress is one line, drawn again and again; elsewhere plain lines, few of them.
    """

    def __init__(
        self,
        quiet: bool = False,
        stream: TextIO | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to `stream` (None: standard error); if `quiet`, only errors."""
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._now = now
        self._live = is_terminal(self._stream)
        self._paint = paint_for(self._stream)
        self._stage = ""
        self._began = self._shown = 0.0
        self._drawn = 0

    def error(self, text: str, hint: str = "") -> None:
        """Print an error and its hint."""
        self._line(format_with_hint(text, hint), "error")

    def warn(self, text: str, hint: str = "") -> None:
        """Print a warning and its hint, unless quiet."""
        if not self._quiet:
            self._line(format_with_hint(text, hint), "warning")

    def note(self, text: str) -> None:
        """Print a note, unless quiet."""
        if not self._quiet:
            self._line(text)

    def block(self, text: str) -> None:
        """Print lines unchanged, if there are any, unless quiet."""
        if text:
            self.note(text.rstrip("\n"))

    def findings(self, findings: Iterable[Diagnostic]) -> None:
        """Print errors and warnings about user input; if quiet, only errors."""
        from audioworkout.reading import format_diagnostics

        told = [one for one in findings if one.fatal or not self._quiet]
        self._write(format_diagnostics(told, self._paint))

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` pieces of a stage's work are done.

        Args:
            stage: What is being done, as a heading: `Speaking`.
            done: From 0 to `total`.
            total: If it is 0, nothing is shown.
        """
        if self._quiet or not total or self._stream is None:
            return
        now = self._now()
        if stage != self._stage:
            self._stage, self._began, self._shown = stage, now, now if not self._live else 0.0
        if done < total and now - self._shown < (PROGRESS_EVERY if self._live else PLAIN_LINE):
            return
        self._shown = now
        text = f"{stage} {done} of {total}{format_time_left(done, total, now - self._began)}"
        self._draw(text) if self._live else self._line(text)
        if done == total:
            self._erase()

    def _line(self, text: str, kind: Literal["error", "warning"] | None = None) -> None:
        label = self._paint(f"{kind}: ", kind) if kind else ""
        self._write(f"{label}{escape_controls(text)}\n")

    def _write(self, text: str) -> None:
        """Write a text without control characters, except those of colours."""
        if text and self._stream is not None:
            self._erase()
            self._stream.write(text)
            self._stream.flush()

    def _draw(self, text: str) -> None:
        room = terminal_columns() - 1
        text = escape_controls(text)[:room]
        self._stream.write("\r" + text.ljust(min(self._drawn, room)))
        self._stream.flush()
        self._drawn = len(text)

    def _erase(self) -> None:
        if self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()
            self._drawn = 0


def format_with_hint(text: str, hint: str) -> str:
    """A message and, indented below it, its hint if it has one.

    >>> print(format_with_hint("error: no such voice", "There are en-us and de."))
    error: no such voice
      There are en-us and de.
    """
    return text + "\n  " + hint.replace("\n", "\n  ") if hint else text


def format_problems(problems: Sequence[Problem]) -> Iterator[str]:
    """Messages of problems with their hints; beyond `MOST_SHOWN` they are only counted."""
    for problem in problems[:MOST_SHOWN]:
        text = f"at {format_clock(problem.at_ms)}: {problem.what}, by {problem.by_ms} ms"
        yield format_with_hint(text, problem.hint)
    if len(problems) > MOST_SHOWN:
        more = f"{len(problems) - MOST_SHOWN} more like these"
        yield format_with_hint(more, "`audioworkout script` lists them all.")


def terminal_columns() -> int:
    """Width of the terminal in columns; 80 if there is none."""
    return shutil.get_terminal_size().columns


def format_time_left(done: int, total: int, elapsed: float) -> str:
    """The estimated time left, as the end of a line; empty while there is no estimate.

    >>> format_time_left(20, 80, 5.0)
    ', about 15 s left'
    >>> format_time_left(20, 80, 0.5)
    ''
    """
    if not 0 < done < total or elapsed < SETTLED:
        return ""
    return f", about {elapsed / done * (total - done):.0f} s left"
