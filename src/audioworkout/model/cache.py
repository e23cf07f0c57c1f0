"""The cache as the steps that use it see it."""

from __future__ import annotations

from typing import Protocol


class Cache(Protocol):
    """Bytes by bucket and name: spoken clips (`clips`), encoded islands (`islands`), measurements.

    A damaged or evicted entry reads as None; a failed write is not an error: the next `get` returns
    None.
    """

    def get(self, bucket: str, name: str) -> bytes | None:
        """The bytes stored under this name, whole and undamaged; None if there are none."""
        ...

    def peek(self, bucket: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and its size; None if there is no entry.

        Much faster than `get` (a hundred peeks take as long as a few reads), but it does not find
        damage.
        """
        ...

    def put(self, bucket: str, name: str, data: bytes) -> None:
        """Store `data`; another process may store the same at the same moment."""
        ...
