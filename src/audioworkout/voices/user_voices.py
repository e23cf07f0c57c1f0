"""A person's own voices by name: files and folders in the folder `voices` beside the settings."""

from __future__ import annotations

from pathlib import Path

from audioworkout.errors import UsageError
from audioworkout.files import is_file, list_folder


def find_in_folder(folder: str | None, name: str) -> Path | None:
    """What a folder holds under a name, in whatever case it is written; None if nothing.

    Where two differ by case alone, the one that is written as asked counts.

    Raises:
        UsageError: The folder may not be looked into.
    """
    if not folder or not name:
        return None
    place = Path(folder, name)
    beside = list_folder(place.parent)
    like = [one for one in beside if one.name.casefold() == place.name.casefold()]
    return place if place in like else next(iter(like), None)


def is_ordinary_file(path: Path) -> bool:
    """Whether a file is there that can be read to its end: no folder, pipe or dangling link.

    One that may not be looked at counts, so that it is refused by its name and not overlooked.
    """
    try:
        return is_file(path)
    except UsageError:
        return True
