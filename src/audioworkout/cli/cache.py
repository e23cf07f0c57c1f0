"""`cache`: what is kept between builds, where, how much of it, and away with it."""

from typing import Annotated

import typer

from audioworkout.cli.look import columns
from audioworkout.cli.places import places
from audioworkout.cli.screen import Screen, emit


def cache(
    clear: Annotated[
        bool, typer.Option("--clear", help="Remove it all; the next build makes it again.")
    ] = False,
) -> None:
    """Print where clips and encoded sound are kept between builds, and how large that is."""
    from audioworkout.store import Store

    store = Store(places().cache, look_only=True)
    if clear:
        store.clear()
    emit("\n".join([str(store.folder), *columns(rows(store.usage(), store.limit_bytes))]))
    if store.problem:
        Screen().warn(f"nothing is kept: {store.problem}")


def rows(usage: dict[str, tuple[int, int]], limit: int) -> list[tuple[str, str, str]]:
    """What lies on each shelf, and in all.

    >>> for row in rows({"clips": (165, 22_400_000), "islands": (1, 2_000)}, 10**9):
    ...     print(*row, sep=" | ")
    clips | 165 files | 22.4 MB
    islands | 1 file | 0.0 MB
    all | 166 files | 22.4 MB of 1000.0 MB at most
    """
    count = sum(files for files, _ in usage.values())
    size = sum(taken for _, taken in usage.values())
    parts = [(shelf, counted(files), megabytes(taken)) for shelf, (files, taken) in usage.items()]
    return [*parts, ("all", counted(count), f"{megabytes(size)} of {megabytes(limit)} at most")]


def counted(files: int) -> str:
    """`1 file`, `2 files`."""
    return f"{files} file" if files == 1 else f"{files} files"


def megabytes(size: int) -> str:
    """Bytes as people read them: `22.4 MB`."""
    return f"{size / 1e6:.1f} MB"
