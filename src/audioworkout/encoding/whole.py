"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audioworkout.errors import OutputError

_PART = re.compile(r"\.(?P<name>.+)\.(?P<process>[1-9][0-9]*)\.part", re.ASCII | re.DOTALL)
"""The name of a temporary file, beside the one it becomes."""

_ELSEWHERE = "Choose another place with -o."
_HINTS = {
    "ENOSPC": "The disk is full: make room, or choose another place with -o.",
    "EDQUOT": "Your share of the disk is used up: make room, or choose another place with -o.",
    "EACCES": "Close what has the file open, or choose another place with -o.",
    "EROFS": "Nothing can be written there: choose another place with -o.",
    "ENOENT": "Make the folder first, or choose another place with -o.",
    "ENOTDIR": "A file stands where a folder should be: choose another place with -o.",
    "EISDIR": "Name a file in that folder with -o.",
    "ENAMETOOLONG": "Choose a shorter name with -o.",
    "EFBIG": "The file system takes no file of this size: choose another place with -o.",
}
"""By the names of error numbers, because not every system has every number."""


def write_whole(target: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write the pieces to `target`, replacing an older file only when the new one is complete.

    Raises:
        OutputError: It could not be written; the message says where and why.
    """
    # Opened by name, not by tempfile, so that the file's permissions are the usual ones.
    with appearing(target) as temporary, temporary.open("wb") as file:
        file.writelines(pieces)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A name to write a file under; at the end of the context it takes the name of `target`.

    It lies in the same folder, is brought to the disk, and takes the name in one step. Whatever
    goes wrong, Ctrl-C included, the temporary file is removed and an older file stays as it was;
    what replaces it has its permissions. A link is followed, not replaced.

    Raises:
        OutputError: It could not be written; the message says where and why.
    """
    real = Path(os.path.realpath(target))
    temporary = real.with_name(f".{real.name[:64]}.{os.getpid()}.part")
    _sweep(real)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        with suppress(OSError):  # there is no older one, or it has no modes
            shutil.copymode(real, temporary)
        temporary.replace(real)
    except OSError as error:
        raise _failure(target, error) from error
    finally:
        with suppress(OSError):  # what went wrong before is what is to be told
            temporary.unlink()


def _sweep(real: Path) -> None:
    """Remove what programs that were killed left of this file."""
    with suppress(OSError):  # a folder that cannot be listed may still take a file
        for path in real.parent.iterdir():
            match = _PART.fullmatch(path.name)
            if match and match["name"] == real.name[:64] and _is_left(int(match["process"])):
                path.unlink()


def _is_left(process: int) -> bool:
    """Whether the process that wrote a temporary file is no more.

    Windows has no harmless way to ask (`os.kill` ends what it is asked about): there they stay.
    """
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # of which no process has such a number
        return True
    except PermissionError:  # it is another person's
        return False
    return False


def check_folder(target: Path) -> None:
    """Find out before the work, not after it, that a file cannot stand there.

    Raises:
        OutputError: The folder is missing, or `target` is itself a folder.
    """
    if os.path.isdir(target):  # noqa: PTH112 - unlike pathlib's it fails on no name
        raise _failure(target, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not os.path.isdir(target.parent):  # noqa: PTH112 - as above
        raise _failure(target, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def _failure(target: Path, error: OSError) -> OutputError:
    name = errno.errorcode.get(error.errno or 0, "")
    why = error.strerror or str(error)
    return OutputError(f"could not write {target}: {why}", _HINTS.get(name, _ELSEWHERE))
