"""Draws on the terminal and reads keys: the only module that imports blessed."""

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
"""Keys by their characters, or by blessed's names if they send none."""

_ESCAPE = 0.05
"""Seconds within which the rest of a key's escape sequence arrives."""


class Terminal:
    """A screen to draw on and keys to read within the context of `opened`."""

    def __init__(self, term: blessed.Terminal, screen: TextIO, color: bool) -> None:
        """Use keys and sequences of `term`; write to `screen`.

        `color`: the user wants colours; they are used if the terminal has any.
        """
        self._term = term
        self._screen = screen
        self._color = color and term.number_of_colors > 0
        self._drawn: tuple[TerminalRoom, Sequence[str]] | None = None

    @property
    def room(self) -> TerminalRoom:
        """The current size, which may change at any time."""
        columns, rows = os.get_terminal_size(self._screen.fileno())
        return TerminalRoom(columns or 80, rows or 24, self._color)

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines only; nothing is written if neither lines nor size have changed."""
        if self._drawn == (self.room, lines):
            return
        self._drawn = self.room, lines
        term = self._term
        text = f"{term.clear_eol}\r\n".join(lines)
        self._write(f"{term.home}{text}{term.clear_eol}{term.clear_eos}")

    def pressed(self, seconds: float) -> list[Key]:
        """The keys pressed since the last call; waits at most `seconds`; ignores unknown keys."""
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
        """Take over the terminal; screen and keyboard mode are restored at the end, always."""
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
        color: True if the user wants colours.

    Returns:
        None if text cannot be positioned on it (`TERM=dumb`, or an unknown kind).

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
        warnings.simplefilter("ignore")  # of unknown kinds of terminal
        term = blessed.Terminal(stream=sys.__stderr__)
    return Terminal(term, screen, color) if term.home and term.clear_eol else None


@contextmanager
def _no_suspending() -> Iterator[None]:
    """Disable Ctrl-Z, which would not restore the screen."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
