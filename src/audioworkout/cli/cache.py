"""`manage_cache`: shows the size and place of the cache, and empties it."""

from typing import Annotated

import typer

from audioworkout.cli.info import align_columns
from audioworkout.cli.screen import Screen, print_result
from audioworkout.cli.user_paths import find_user_paths


def manage_cache(
    clear: Annotated[
        bool, typer.Option("--clear", help="Remove it all; the next build makes it again.")
    ] = False,
) -> None:
    """Print where clips and encoded sound are kept between builds, and how large that is."""
    from audioworkout.disk_cache import GIGABYTE, DiskCache

    store = DiskCache(find_user_paths().cache, GIGABYTE, look_only=True)
    if clear:
        store.clear()
    print_result(
        "\n".join([str(store.folder), *align_columns(usage_rows(store.usage(), GIGABYTE))])
    )
    if store.problem:
        Screen().warn(f"nothing is kept: {store.problem}")


def usage_rows(usage: dict[str, tuple[int, int]], limit: int) -> list[tuple[str, str, str]]:
    """Number and size of the entries of each bucket, and of all.

    >>> for row in usage_rows({"clips": (165, 22_400_000), "islands": (1, 2_000)}, 10**9):
    ...     print(*row, sep=" | ")
    clips | 165 files | 22.4 MB
    islands | 1 file | 0.0 MB
    all | 166 files | 22.4 MB of 1000.0 MB at most
    """
    count = sum(files for files, _ in usage.values())
    size = sum(taken for _, taken in usage.values())
    parts = [
        (bucket, count_files(files), format_megabytes(taken))
        for bucket, (files, taken) in usage.items()
    ]
    return [
        *parts,
        (
            "all",
            count_files(count),
            f"{format_megabytes(size)} of {format_megabytes(limit)} at most",
        ),
    ]


def count_files(files: int) -> str:
    """`1 file`, `2 files`."""
    return f"{files} file" if files == 1 else f"{files} files"


def format_megabytes(size: int) -> str:
    """A number of bytes in megabytes: `22.4 MB`."""
    return f"{size / 1e6:.1f} MB"
