"""A person's own voices by name: files and folders in the folder `voices` beside the settings."""

from __future__ import annotations

from pathlib import Path


def found_in(folder: str | None, name: str) -> Path | None:
    """What a folder holds under a name, in whatever case it is written; None if nothing.

    Where two differ by case alone, the one that is written as asked counts.
    """
    if not folder or not name:
        return None
    place = Path(folder, name)
    try:
        beside = sorted(place.parent.iterdir())
    except (OSError, ValueError):
        return None
    like = [one for one in beside if one.name.casefold() == place.name.casefold()]
    return place if place in like else next(iter(like), None)


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
