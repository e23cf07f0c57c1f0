"""The person's side of the terminal: keys as they are pressed, a screen that is put back after."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, TextIO

from audioworkout.playing.board import TerminalRoom

Key = Literal["toggle", "back", "forward", "previous", "next", "quit"]

KEYS: dict[str, Key] = {
    " ": "toggle",
    "q": "quit",
    "Q": "quit",
    "p": "previous",
    "n": "next",
    "\x1b[D": "back",
    "\x1b[C": "forward",
    "\x1b[A": "previous",
    "\x1b[B": "next",
    "\x1bOD": "back",
    "\x1bOC": "forward",
    "\x1bOA": "previous",
    "\x1bOB": "next",
    "\xe0K": "back",
    "\xe0M": "forward",
    "\xe0H": "previous",
    "\xe0P": "next",
}
"""What keys send: the last four on Windows, the four before where a terminal is in another mode."""

_BEGIN = "\x1b[?1049h\x1b[?25l\x1b[2J"
_END = "\x1b[?25h\x1b[?1049l"


class Terminal:
    """A screen to draw on and keys to read, as long as `opened` lasts."""

    def __init__(self, keys: TextIO, screen: TextIO, color: bool = True) -> None:
        """Keys come from one stream, pictures go to the other; both are terminals."""
        self._keys = keys
        self._screen = screen
        self._color = color
        self._drawn: Sequence[str] = ()

    @property
    def room(self) -> TerminalRoom:
        """How much there is now: people turn phones and draw windows."""
        try:
            size = os.get_terminal_size(self._screen.fileno())
        except OSError:
            size = shutil.get_terminal_size()
        return TerminalRoom(size.columns or 80, size.lines or 24, self._color)

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines and nothing else; the same ones again cost nothing."""
        if lines == self._drawn:
            return
        self._drawn = lines
        text = "\x1b[K\r\n".join(lines)
        self._screen.write(f"\x1b[H{text}\x1b[K\x1b[J")
        self._screen.flush()

    def pressed(self, seconds: float) -> list[Key]:
        """The keys pressed since; waits for the first at most so long. Unknown ones are nothing."""
        return parse_keys(_typed(self._keys, seconds))


def parse_keys(text: str) -> list[Key]:
    r"""Keys in what a terminal sent.

    >>> parse_keys(" \x1b[C\x1b[Cxq"), parse_keys("\x1b")
    (['toggle', 'forward', 'forward', 'quit'], [])
    """
    found: list[Key] = []
    at = 0
    while at < len(text):
        size = next((n for n in (3, 2, 1) if text[at : at + n] in KEYS), 0)
        if size:
            found.append(KEYS[text[at : at + size]])
        at += size or 1
    return found


@contextmanager
def open_terminal(keys: TextIO, screen: TextIO, color: bool = True) -> Iterator[Terminal]:
    """A terminal to itself; whatever ends it, the person's own screen and keys come back."""
    with _single_keys(keys):
        screen.write(_BEGIN)
        screen.flush()
        try:
            yield Terminal(keys, screen, color)
        finally:
            screen.write(_END)
            screen.flush()


if sys.platform == "win32":
    import msvcrt
    import time

    @contextmanager
    def _single_keys(keys: TextIO) -> Iterator[None]:
        yield

    def _typed(keys: TextIO, seconds: float) -> str:
        until = time.monotonic() + seconds
        while not msvcrt.kbhit() and time.monotonic() < until:
            time.sleep(0.01)
        text = ""
        while msvcrt.kbhit():
            text += msvcrt.getwch()
        return text

else:
    import select
    import termios

    @contextmanager
    def _single_keys(keys: TextIO) -> Iterator[None]:
        """Keys one by one and unseen. Ctrl-Z is off: it would leave the screen as it is."""
        number = keys.fileno()
        before = termios.tcgetattr(number)
        now = termios.tcgetattr(number)
        now[3] &= ~(termios.ICANON | termios.ECHO)
        now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
        now[6][termios.VSUSP] = b"\0"
        termios.tcsetattr(number, termios.TCSADRAIN, now)
        try:
            yield
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)

    def _typed(keys: TextIO, seconds: float) -> str:
        ready, _, _ = select.select([keys.fileno()], [], [], seconds)
        return os.read(keys.fileno(), 256).decode("utf-8", "replace") if ready else ""
