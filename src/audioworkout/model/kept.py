"""What is kept between builds, as the steps that use it see it."""

from __future__ import annotations

from typing import Protocol


class Kept(Protocol):
    """Bytes by shelf and name: spoken clips (`clips`), encoded islands (`islands`), small facts.

    A damaged or evicted entry reads as None; a failed write is not an error, only a miss later.
    """

    def get(self, shelf: str, name: str) -> bytes | None:
        """The bytes kept under this name, whole and undamaged, or None."""
        ...

    def put(self, shelf: str, name: str, data: bytes) -> None:
        """Keep `data`; another process may do the same at the same moment."""
        ...
