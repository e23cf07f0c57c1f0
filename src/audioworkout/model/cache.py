"""What is kept between builds, as the steps that use it see it."""

from __future__ import annotations

from typing import Protocol


class Cache(Protocol):
    """Bytes by shelf and name: spoken clips (`clips`), encoded islands (`islands`), small facts.

    A damaged or evicted entry reads as None; a failed write is not an error, only a miss later.
    """

    def get(self, shelf: str, name: str) -> bytes | None:
        """The bytes kept under this name, whole and undamaged, or None."""
        ...

    def peek(self, shelf: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and how many it has; None where there is none.

        A hundred entries are looked at so in the time a few take to be read. Whether it is whole
        only `get` finds out.
        """
        ...

    def put(self, shelf: str, name: str, data: bytes) -> None:
        """Keep `data`; another process may do the same at the same moment."""
        ...
