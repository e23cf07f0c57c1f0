"""Errors of adapting: wishes that a routine cannot meet."""

from __future__ import annotations

from typing import NamedTuple


class WishError(NamedTuple):
    """A wish that cannot be met: its field in `Wishes`, what is wrong, and what would work.

    `value` is the wrong value if the wish has several.
    """

    field: str
    message: str
    hint: str = ""
    value: str = ""


class WishErrors(Exception):  # noqa: N818 - several errors in one
    """Wishes that cannot be met. Never raised outside `adapting`: `adapt` returns the values."""

    def __init__(self, errors: tuple[WishError, ...]) -> None:
        super().__init__(errors)
        self.errors = errors
