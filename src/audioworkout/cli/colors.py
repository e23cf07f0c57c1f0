"""Colours on terminals: which streams support them, and how each part of a text is painted.

Only the sixteen colours of terminal themes are used, and no information is in colour alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Literal, TextIO

Style = Literal["error", "warning", "good", "key", "heading", "place", "caret"]
Paint = Callable[[str, Style], str]
"""A function that paints a text in a style; without a terminal it returns the text unchanged."""

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
    """True if `stream` is a terminal of any kind; None is a closed stream."""
    return stream is not None and stream.isatty()


def is_terminal(stream: TextIO | None) -> bool:
    """True if `stream` is a terminal on which a line can be redrawn."""
    return is_tty(stream) and os.environ.get("TERM") != "dumb"


def takes_color(stream: TextIO | None) -> bool:
    """True if text on `stream` may have colours: it is a terminal, and NO_COLOR is not set.

    The old console of Windows prints the codes, so there the terminal must identify itself.
    """
    if os.environ.get("NO_COLOR") or not is_terminal(stream):
        return False
    return sys.platform != "win32" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def paint_for(stream: TextIO | None) -> Paint:
    """The function that paints texts for `stream`."""
    return paint if takes_color(stream) else leave_plain


def paint(text: str, style: Style) -> str:
    r"""A text in a style, followed by a reset.

    >>> paint("error:", "error")
    '\x1b[1;31merror:\x1b[0m'
    """
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


def leave_plain(text: str, style: Style) -> str:
    """The text unchanged."""
    return text
