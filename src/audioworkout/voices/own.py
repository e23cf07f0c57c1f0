"""A person's own voices by name: files and folders in the folder `voices` beside the settings."""

from __future__ import annotations

import stat
from pathlib import Path


def found_in(folder: str | None, name: str) -> Path | None:
    """What a folder holds under a name, in whatever case it is written; None if nothing.

    Where two differ by case alone, the one that is written as asked counts.
    """
    if not folder or not name:
        return None
    place = Path(folder, name)
    beside = entries(place.parent)
    like = [one for one in beside if one.name.casefold() == place.name.casefold()]
    return place if place in like else next(iter(like), None)


def entries(folder: Path) -> list[Path]:
    """What a folder holds, by name; nothing where there is none, or none that can be read."""
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def is_file(path: Path) -> bool:
    """Whether a file is there; a name that no disk would take is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder is there; a name that no disk would take is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_ordinary(path: Path) -> bool:
    """Whether a file is there that can be read to its end: no folder, pipe or dangling link.

    One that may not be looked at counts, so that it is refused by its name and not overlooked.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except PermissionError:
        return True
    except OSError:
        return False
