"""Texts as they are shown and named: columns, cuts, control characters, short digests."""

from __future__ import annotations

import hashlib
from unicodedata import combining, east_asian_width


def text_columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide letters two, marks on letters none.

    >>> text_columns("abc"), text_columns("深蹲"), text_columns("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )


def cut_to_columns(text: str, width: int) -> str:
    r"""A text that takes at most so many columns; what would steer the terminal is left out.

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
    """A text of at most so many characters; what is cut off is an ellipsis.

    >>> cut_to_length("Step Up to a Chair", 10), cut_to_length("Step Up", 10)
    ('Step Up t…', 'Step Up')
    """
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def escape_controls(text: str) -> str:
    r"""`text` without what would steer a terminal: control characters are shown, not obeyed.

    >>> escape_controls("no \x1b[31mred")
    'no \\x1b[31mred'
    """
    return "".join(
        each if each.isprintable() or each in "\n\t" else repr(each)[1:-1] for each in text
    )


def mask_controls(text: str) -> str:
    r"""The same, each control character being one sign, so that columns stay.

    >>> mask_controls("no \x1b[31mred")
    'no �[31mred'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else "�" for each in text)


def short_digest(data: bytes) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of `data`: the name of what is cached."""
    return hashlib.sha256(data).hexdigest()[:32]
