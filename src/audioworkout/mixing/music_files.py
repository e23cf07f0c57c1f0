"""Which files are meant by `--music FILE_OR_FOLDER`."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from audioworkout.audio_io.sound_files import SUFFIXES
from audioworkout.errors import UsageError
from audioworkout.files import is_file, list_folder, stat_path

MORE_SUFFIXES = (".m4b", ".mp4", ".m4p", ".caf", ".au", ".webm", ".mka")
"""What else may hold music; what cannot be read is refused by its name when its turn comes."""

_HINT = "--music names a file, or a folder with files of music in it."
_DIGITS = re.compile(r"(\d+)")


def find_music(path: Path) -> tuple[Path, ...]:
    """The file, or those of the folder in the order of their names, `2` before `10`.

    Whether they are music is seen when they are read. Folders within a folder are not looked into.

    Raises:
        UsageError: There is nothing of this name, no sound file in the folder, or one of them may
            not be read.
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
        endings = ", ".join(ending[1:] for ending in (*SUFFIXES, *MORE_SUFFIXES))
        raise UsageError(
            f"there is no music in {path}",
            f"Files ending in {endings} are looked for, but not in folders within it.",
        )
    return tuple(sorted(files, key=_sort_key))


def _is_music(path: Path) -> bool:
    """By its ending; hidden files are what systems leave beside the real ones."""
    known = path.suffix.lower() in (*SUFFIXES, *MORE_SUFFIXES)
    return known and not path.name.startswith(".") and is_file(path)


def _sort_key(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Numbers in names count as numbers, capitals as small letters."""
    parts = _DIGITS.split(path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
