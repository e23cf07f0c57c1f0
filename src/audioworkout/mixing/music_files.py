"""Finds the files that `--music FILE_OR_FOLDER` names."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from audioworkout.audio_io.sound_files import SOUND_SUFFIXES
from audioworkout.errors import UsageError
from audioworkout.files import is_file, list_folder, stat_path

MORE_SUFFIXES = (".m4b", ".mp4", ".m4p", ".caf", ".au", ".webm", ".mka")
"""Other files that may hold music; those that cannot be read are reported when they are opened."""

_HINT = "--music names a file, or a folder with files of music in it."
_DIGITS = re.compile(r"(\d+)")


def find_music(path: Path) -> tuple[Path, ...]:
    """The file, or the files of the folder in natural order (`2` before `10`).

    They are not opened here. Subfolders are not searched.

    Raises:
        UsageError: The path does not exist, or the folder has no sound file, or cannot be read.
    """
    status = stat_path(path)
    if status is None:
        raise UsageError(f"there is no music at {path}", _HINT)
    if stat.S_ISREG(status.st_mode):
        return (path,)
    if not stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{path} is no sound file", _HINT)
    files = [each for each in list_folder(path) if _is_music(each)]
    if not files:
        endings = ", ".join(ending[1:] for ending in (*SOUND_SUFFIXES, *MORE_SUFFIXES))
        raise UsageError(
            f"there is no music in {path}",
            f"Files ending in {endings} are looked for, but not in folders within it.",
        )
    return tuple(sorted(files, key=_natural_order))


def _is_music(path: Path) -> bool:
    """True if the name ends as that of a sound file, and it is not a hidden file."""
    known = path.suffix.lower() in (*SOUND_SUFFIXES, *MORE_SUFFIXES)
    return known and not path.name.startswith(".") and is_file(path)


def _natural_order(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Natural order: digits compare as numbers, letters without regard to case."""
    parts = _DIGITS.split(path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
