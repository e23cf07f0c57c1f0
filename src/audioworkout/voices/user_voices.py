"""The user's own voices by name: files and folders in the folder `voices` beside the settings."""

from __future__ import annotations

from pathlib import Path

from audioworkout.errors import UsageError
from audioworkout.files import is_file, list_folder


def find_in_folder(folder: str | None, name: str) -> Path | None:
    """The entry of a folder with this name, ignoring case; None if there is none.

    Of two names that differ in case only, the exact one is used.

    Raises:
        UsageError: The folder cannot be read.
    """
    if not folder or not name:
        return None
    place = Path(folder, name)
    beside = list_folder(place.parent)
    like = [one for one in beside if one.name.casefold() == place.name.casefold()]
    return place if place in like else next(iter(like), None)


def is_ordinary_file(path: Path) -> bool:
    """True if the path is an ordinary file: not a folder, a pipe or a dangling link.

    Also true if access is denied, so that the file is reported instead of ignored.
    """
    try:
        return is_file(path)
    except UsageError:
        return True
