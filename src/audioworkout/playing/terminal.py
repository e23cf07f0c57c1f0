"""The person's side of the terminal: the one place that imports blessed, which knows terminals."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TextIO

from audioworkout.errors import BuildError
from audioworkout.playing.board import TerminalRoom

if TYPE_CHECKING:
    import blessed

Key = Literal["toggle", "back", "forward", "previous", "next", "quit"]

KEYS: dict[str, Key] = {
    " ": "toggle",
    "q": "quit",
    "Q": "quit",
    "p": "previous",
    "n": "next",
    "KEY_LEFT": "back",
    "KEY_RIGHT": "forward",
    "KEY_UP": "previous",
    "KEY_DOWN": "next",
}
"""Characters, and blessed's names of keys that send none."""

_ESCAPE = 0.05
"""Seconds after an escape character in which the rest of a key's sequence comes."""


class Terminal:
    """A screen to draw on and keys to read, as long as `opened` lasts."""

    def __init__(self, term: blessed.Terminal, screen: TextIO, color: bool) -> None:
        """Keys and sequences are those of `term`; all that is shown goes to `screen`.

        `color` is whether the person wants any; none are drawn where the terminal has none.
        """
        self._term = term
        self._screen = screen
        self._color = color and term.number_of_colors > 0
        self._drawn: tuple[TerminalRoom, Sequence[str]] | None = None

    @property
    def room(self) -> TerminalRoom:
        """How much there is now: people turn phones and draw windows."""
        columns, rows = os.get_terminal_size(self._screen.fileno())
        return TerminalRoom(columns or 80, rows or 24, self._color)

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines and nothing else; the same ones in the same room again cost nothing."""
        if self._drawn == (self.room, lines):
            return
        self._drawn = self.room, lines
        term = self._term
        text = f"{term.clear_eol}\r\n".join(lines)
        self._write(f"{term.home}{text}{term.clear_eol}{term.clear_eos}")

    def pressed(self, seconds: float) -> list[Key]:
        """The keys pressed since; waits for the first at most so long. Unknown ones are nothing."""
        found: list[Key] = []
        key = self._term.inkey(timeout=seconds, esc_delay=_ESCAPE)
        while key:
            name = str(key.name if key.is_sequence else key)
            if name in KEYS:
                found.append(KEYS[name])
            key = self._term.inkey(timeout=0, esc_delay=_ESCAPE)
        return found

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The terminal to itself; whatever ends it, the person's own screen and keys come back."""
        term = self._term
        with _no_suspending(), term.cbreak():
            self._write(f"{term.enter_fullscreen}{term.hide_cursor}{term.clear}")
            try:
                yield
            finally:
                self._write(f"{term.normal_cursor}{term.exit_fullscreen}")

    def _write(self, text: str) -> None:
        self._screen.write(text)
        self._screen.flush()


def find_terminal(screen: TextIO, color: bool = True) -> Terminal | None:
    """The terminal that standard error writes to and standard input reads from.

    Args:
        screen: Standard error. blessed is given the one that the process began with, the only
            one it reads keys for; but what decoders print there is swallowed now and then, and
            what is shown must not be.
        color: Whether the person wants any.

    Returns:
        None if text cannot be placed on it (`TERM=dumb`, or a kind that is not known here).

    Raises:
        BuildError: blessed is not installed.
    """
    try:
        import blessed
    except ImportError as error:
        raise BuildError(
            "nothing is installed that could draw the player here",
            '`pip install "audioworkout[play]"` adds it; `audioworkout page` plays in a browser.',
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of kinds of terminal that are not known
        term = blessed.Terminal(stream=sys.__stderr__)
    return Terminal(term, screen, color) if term.home and term.clear_eol else None


@contextmanager
def _no_suspending() -> Iterator[None]:
    """Ctrl-Z does nothing: it would leave the screen as it is."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
