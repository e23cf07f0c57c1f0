"""Helpers for texts: width in columns, cutting, control characters, short digests."""

from __future__ import annotations

import hashlib
from unicodedata import combining, east_asian_width


def text_columns(text: str) -> int:
    """Width of a text in terminal columns: wide letters have two, combining marks none.

    >>> text_columns("abc"), text_columns("深蹲"), text_columns("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )


def cut_to_columns(text: str, width: int) -> str:
    r"""Cut a text to at most `width` columns, without its control characters.

    >>> cut_to_columns("Fire Hydrants", 6), cut_to_columns("\x1b[31mred", 20)
    ('Fire …', '[31mred')
    >>> cut_to_columns("深蹲深蹲", 5)
    '深蹲…'
    """
    plain = "".join(each for each in text if each.isprintable())
    if text_columns(plain) <= width:
        return plain
    while plain and text_columns(plain) > width - 1:
        plain = plain[:-1]
    return plain + "…"


def cut_to_length(text: str, room: int) -> str:
    """Cut a text to at most `room` characters; an ellipsis shows the cut.

    >>> cut_to_length("Step Up to a Chair", 10), cut_to_length("Step Up", 10)
    ('Step Up t…', 'Step Up')
    """
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def escape_controls(text: str) -> str:
    r"""Escape control characters, so that a terminal shows them and does not obey them.

    >>> escape_controls("no \x1b[31mred")
    'no \\x1b[31mred'
    """
    return "".join(
        each if each.isprintable() or each in "\n\t" else repr(each)[1:-1] for each in text
    )


def mask_controls(text: str) -> str:
    r"""Replace each control character by one sign, so that columns stay aligned.

    >>> mask_controls("no \x1b[31mred")
    'no �[31mred'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else "�" for each in text)


def short_digest(data: bytes) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of `data`: the name of what is cached."""
    return hashlib.sha256(data).hexdigest()[:32]
