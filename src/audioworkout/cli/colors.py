"""Colour on terminals: which streams take it, and how each part of a text is painted.

Only the sixteen colours that every theme sets are used, and nothing is told by colour alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Literal, TextIO

Style = Literal["error", "warning", "good", "key", "heading", "place", "caret"]
Paint = Callable[[str, Style], str]
"""Gives a text in a style; a text that is written elsewhere than on a terminal stays as it is."""

_CODES: dict[Style, str] = {
    "error": "1;31",
    "warning": "1;33",
    "good": "32",
    "key": "36",
    "heading": "1",
    "place": "1",
    "caret": "32",
}
"""Parameters of `Select Graphic Rendition` (ECMA-48, 8.3.117)."""


def is_tty(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal of any kind; None is one that was closed."""
    return stream is not None and stream.isatty()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal on which a line can be drawn again."""
    return is_tty(stream) and os.environ.get("TERM") != "dumb"


def takes_color(stream: TextIO | None) -> bool:
    """Whether what is written to `stream` may have colours: a terminal, and no NO_COLOR set.

    Windows' old console shows the codes themselves: there only terminals that say what they are.
    """
    if os.environ.get("NO_COLOR") or not is_terminal(stream):
        return False
    return sys.platform != "win32" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def paint_for(stream: TextIO | None) -> Paint:
    """How texts are painted that will be written to `stream`."""
    return paint if takes_color(stream) else leave_plain


def paint(text: str, style: Style) -> str:
    r"""A text in a style, and the terminal's own afterwards.

    >>> paint("error:", "error")
    '\x1b[1;31merror:\x1b[0m'
    """
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


def leave_plain(text: str, style: Style) -> str:
    """The text as it is."""
    return text
