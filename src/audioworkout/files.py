"""What stands at a path, temporary files and folders, and files that are written whole or not.

Every path that a person or a setting names is looked at through these functions, every temporary
of this process is made, and what killed programs left of them is removed, in this module alone.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from audioworkout.errors import OutputError, UsageError

FILE_LEFT = 3_600
"""Seconds after which a temporary file that nothing was written to was left by a killed program."""
FOLDER_LEFT = 86_400
"""The same of a temporary folder: `play` needs a file in its own for as long as it plays."""

ELSEWHERE = "Choose another place with -o."
"""What works whatever keeps a file from being written."""

_TEMPORARY = re.compile(r"\.audioworkout-[0-9a-f]{16}\.tmp", re.ASCII)

_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})
"""Why nothing stands at a path: a name that no disk would take is nobody's."""
_DENIED = (errno.EACCES, errno.EPERM)
_CAUSES = {
    "ENOSPC": "The disk is full: make room.",
    "EDQUOT": "Your share of the disk is used up: make room.",
    "EACCES": "You may not write there, or another program has the file open.",
    "EPERM": "You may not write there.",
    "EROFS": "Nothing can be written there.",
    "ENOENT": "Make the folder first.",
    "ENOTDIR": "A file stands where a folder should be.",
    "ENAMETOOLONG": "Choose a shorter name.",
    "EFBIG": "The file system takes no file of this size.",
}
"""By the names of error numbers, because not every system has every number."""


def stat_path(path: Path, hint: str = "") -> os.stat_result | None:
    """What stands at a path, links followed; None where nothing does.

    Raises:
        UsageError: It may not be looked at; `hint` says what else works.
    """
    try:
        return path.stat()
    except ValueError:  # a NUL in it
        return None
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise unreadable(path, error, hint) from error


def is_file(path: Path, hint: str = "") -> bool:
    """Whether an ordinary file stands at a path.

    Raises:
        UsageError: It may not be looked at; `hint` says what else works.
    """
    status = stat_path(path, hint)
    return status is not None and stat.S_ISREG(status.st_mode)


def is_folder(path: Path, hint: str = "") -> bool:
    """Whether a folder stands at a path.

    Raises:
        UsageError: It may not be looked at; `hint` says what else works.
    """
    status = stat_path(path, hint)
    return status is not None and stat.S_ISDIR(status.st_mode)


def list_folder(folder: Path, hint: str = "") -> list[Path]:
    """What a folder holds, in order of name; nothing where there is no folder.

    Raises:
        UsageError: It may not be looked into; `hint` says what else works.
    """
    try:
        return sorted(folder.iterdir())
    except ValueError:  # a NUL in its name
        return []
    except OSError as error:
        if error.errno in _ABSENT:
            return []
        raise unreadable(folder, error, hint) from error


def unreadable(path: Path, error: OSError, hint: str = "") -> UsageError:
    """The error of a path that may not be read; `hint` says what else works."""
    allow = "Its owner can let you read it." if error.errno in _DENIED else ""
    return UsageError(f"{path} cannot be read: {_reason(error)}", f"{allow} {hint}".strip())


def check_output(target: Path, elsewhere: str = ELSEWHERE) -> None:
    """Find out before the work, not after it, that a file cannot be written.

    Args:
        target: Where it would go.
        elsewhere: How to name another place, as a sentence.

    Raises:
        UsageError: A folder, a device or a pipe stands there.
        OutputError: Its folder is missing or closed, or its name is impossible.
    """
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = 0
    except (OSError, ValueError) as error:
        raise _failure(target, error, elsewhere) from error
    if stat.S_ISDIR(mode):
        raise UsageError(f"{target} is a folder", f"Name a file in it. {elsewhere}")
    if mode and not stat.S_ISREG(mode):
        raise UsageError(f"{target} is not an ordinary file", elsewhere)
    folder = _follow(target).parent
    if not is_folder(folder):
        raise OutputError(f"there is no folder {folder}", f"Make it first. {elsewhere}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"the folder {folder} takes no files", elsewhere)


def write_atomic(
    target: Path, pieces: Iterable[bytes | memoryview], elsewhere: str = ELSEWHERE
) -> None:
    """Write the pieces to `target`, replacing an older file only when the new one is complete.

    Raises:
        UsageError: A folder, a device or a pipe stands there.
        OutputError: It could not be written; the message says where and why.
    """
    with atomic_file(target, elsewhere) as file:
        file.writelines(pieces)


@contextmanager
def atomic_file(target: Path, elsewhere: str = ELSEWHERE) -> Iterator[BinaryIO]:
    """A new file to be written, which replaces `target` in one step at the end of the context.

    Its `name` is its path, in the same folder, for writers that want one. It is brought to the
    disk first. Whatever goes wrong, Ctrl-C included, it is removed and an older file stays as it
    was; what replaces it has its permissions. A link is followed, not replaced. Of several writers
    of one target the last one wins.

    Args:
        target: What is replaced.
        elsewhere: How to name another place, as a sentence, where this one takes no file.

    Raises:
        UsageError: A folder, a device or a pipe stands there.
        OutputError: It could not be written; the message says where and why.
    """
    check_output(target, elsewhere)
    real = _follow(target)
    try:
        with replace_file(real) as file:
            sweep_temporaries(real.parent, os.fstat(file.fileno()).st_mtime)
            yield file
            file.flush()
            os.fsync(file.fileno())
            with suppress(OSError):  # there is no older one, or it has no modes
                Path(file.name).chmod(stat.S_IMODE(real.stat().st_mode))
    except OSError as error:
        raise _failure(target, error, elsewhere) from error


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """A new temporary file beside `path`, which takes its place at the end of the context.

    After any error it is removed. It is not brought to the disk: a power cut may leave half of it.

    Raises:
        OSError: It could not be made, written, or put in place.
    """
    temporary = path.with_name(_random_name())
    try:
        # Exclusively, so that it is nobody else's; with the permissions that files usually have.
        with open(temporary, "xb", opener=_open_no_link) as file:
            yield file
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # what went wrong before is what is to be told
            temporary.unlink()
        raise


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder for passing files that nobody else may look into; gone after the context.

    Files that cannot be removed stay, and are removed by a later call.

    Raises:
        OutputError: There is no room for one.
    """
    import shutil  # here: a build in which everything is kept needs neither
    from tempfile import gettempdir

    try:
        folder = Path(gettempdir(), _random_name())
        folder.mkdir(0o700)
        sweep_temporaries(folder.parent, folder.stat().st_mtime)
    except OSError as error:
        raise OutputError(
            f"there is no folder for passing files: {_reason(error)}",
            "Make room on the disk, or set TMPDIR to a folder that takes files.",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_temporary(name: str) -> bool:
    """Whether this is the name of a temporary file or folder of this program."""
    return _TEMPORARY.fullmatch(name) is not None


def sweep_temporaries(folder: Path, now: float) -> None:
    """Remove the temporaries that killed programs left in a folder, which their age tells.

    Process numbers tell nothing: containers and computers that share a folder each have their own.
    What cannot be looked at or removed stays.

    Args:
        folder: Looked into, but not below.
        now: The time (s) by the clock of that file system: the age of a file just made there.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name):
                with suppress(OSError):
                    _remove_left(entry, now)


def _remove_left(entry: os.DirEntry[str], now: float) -> None:
    # Far in the future is old, too: the clock was wrong, and nobody knows when it was.
    age = abs(now - entry.stat(follow_symlinks=False).st_mtime)
    if entry.is_dir(follow_symlinks=False):
        if age > FOLDER_LEFT:
            import shutil

            shutil.rmtree(entry.path, ignore_errors=True)
    elif age > FILE_LEFT:
        Path(entry.path).unlink()


def _random_name() -> str:
    return f".audioworkout-{os.urandom(8).hex()}.tmp"


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _follow(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _failure(target: Path, error: OSError | ValueError, elsewhere: str) -> OutputError:
    cause = _CAUSES.get(errno.errorcode.get(getattr(error, "errno", None) or 0, ""), "")
    return OutputError(
        f"could not write {target}: {_reason(error)}", f"{cause} {elsewhere}".strip()
    )


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
