"""Access to paths, temporary files and folders, and atomic writing.

All paths that a person or a setting names are examined through these functions. This module alone
makes temporary files, and removes those that killed programs left behind.
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
"""Age in seconds after which an unchanged temporary file was left behind by a killed program."""
FOLDER_LEFT = 86_400
"""The same for a temporary folder: `play` needs a file in its own for as long as it plays."""

ELSEWHERE = "Choose another place with -o."
"""A hint that helps whatever prevents writing."""

_TEMPORARY = re.compile(r"\.audioworkout-[0-9a-f]{16}\.tmp", re.ASCII)

_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})
"""Errors that mean that a path does not exist; impossible names included."""
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors because of which a file cannot grow."""
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
"""By the names of error numbers, because not every system defines every number."""


def stat_path(path: Path, hint: str = "") -> os.stat_result | None:
    """The status of a path, links followed; None if it does not exist.

    Raises:
        UsageError: Access is denied; `hint` says what else works.
    """
    try:
        return path.stat()
    except ValueError:  # the path contains NUL
        return None
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise unreadable(path, error, hint) from error


def is_file(path: Path, hint: str = "") -> bool:
    """True if the path is an ordinary file.

    Raises:
        UsageError: Access is denied; `hint` says what else works.
    """
    status = stat_path(path, hint)
    return status is not None and stat.S_ISREG(status.st_mode)


def is_folder(path: Path, hint: str = "") -> bool:
    """True if the path is a folder.

    Raises:
        UsageError: Access is denied; `hint` says what else works.
    """
    status = stat_path(path, hint)
    return status is not None and stat.S_ISDIR(status.st_mode)


def list_folder(folder: Path, hint: str = "") -> list[Path]:
    """The entries of a folder in order of name; empty if there is no such folder.

    Raises:
        UsageError: Access is denied; `hint` says what else works.
    """
    try:
        return sorted(folder.iterdir())
    except ValueError:  # the name contains NUL
        return []
    except OSError as error:
        if error.errno in _ABSENT:
            return []
        raise unreadable(folder, error, hint) from error


def unreadable(path: Path, error: OSError, hint: str = "") -> UsageError:
    """The error for a path that cannot be read; `hint` says what else works."""
    allow = "Its owner can let you read it." if error.errno in _DENIED else ""
    return UsageError(
        f"{path} cannot be read: {_describe_os_error(error)}", f"{allow} {hint}".strip()
    )


def check_output(target: Path, elsewhere: str = ELSEWHERE) -> None:
    """Check, before the work instead of after it, that a file can be written.

    Args:
        target: Path of the file.
        elsewhere: How to choose another path, as a sentence.

    Raises:
        UsageError: The path is a folder, a device or a pipe.
        OutputError: Its folder does not exist or is not writable, or its name is impossible.
    """
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = 0
    except (OSError, ValueError) as error:
        raise _write_error(target, error, elsewhere) from error
    if stat.S_ISDIR(mode):
        raise UsageError(f"{target} is a folder", f"Name a file in it. {elsewhere}")
    if mode and not stat.S_ISREG(mode):
        raise UsageError(f"{target} is not an ordinary file", elsewhere)
    folder = _resolve_link(target).parent
    if not is_folder(folder):
        raise OutputError(f"there is no folder {folder}", f"Make it first. {elsewhere}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"the folder {folder} takes no files", elsewhere)


def write_atomic(
    target: Path, pieces: Iterable[bytes | memoryview], elsewhere: str = ELSEWHERE
) -> None:
    """Write the pieces to `target`, replacing an older file only when the new one is complete.

    Raises:
        UsageError: The path is a folder, a device or a pipe.
        OutputError: It could not be written; the message says where and why.
    """
    with atomic_file(target, elsewhere) as file:
        file.writelines(pieces)


@contextmanager
def atomic_file(target: Path, elsewhere: str = ELSEWHERE) -> Iterator[BinaryIO]:
    """A new file to be written, which replaces `target` in one step at the end of the context.

    Its `name` is its path, in the same folder, for writers that need one. It is synchronised to the
    disk before the replacement. After any failure, Ctrl-C included, it is removed and an older file
    stays unchanged; the new file has the permissions of the old one. A link is followed, not
    replaced. Of several writers of one target the last one wins.

    Args:
        target: Path of the file that is replaced.
        elsewhere: How to choose another path, as a sentence.

    Raises:
        UsageError: The path is a folder, a device or a pipe.
        OutputError: It could not be written; the message says where and why.
    """
    check_output(target, elsewhere)
    real = _resolve_link(target)
    try:
        with replace_file(real) as file:
            sweep_temporaries(real.parent, os.fstat(file.fileno()).st_mtime)
            yield file
            file.flush()
            os.fsync(file.fileno())
            with suppress(OSError):  # no older file, or a file system without modes
                Path(file.name).chmod(stat.S_IMODE(real.stat().st_mode))
    except OSError as error:
        raise _write_error(target, error, elsewhere) from error


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """A new temporary file beside `path`, which replaces it at the end of the context.

    After any error it is removed. It is not synchronised to the disk: after a power cut it may be
    incomplete.

    Raises:
        OSError: It could not be created, written, or renamed.
    """
    temporary = path.with_name(_random_name())
    try:
        # Exclusive creation, so that no other program has it; with the usual permissions of files.
        with open(temporary, "xb", opener=_open_no_link) as file:
            yield file
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # the first error is the one to report
            temporary.unlink()
        raise


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new private folder for intermediate files; removed after the context.

    Files that cannot be removed stay, and are removed by a later call.

    Raises:
        OutputError: It could not be created.
    """
    import shutil  # imported here, because a build with everything cached needs neither
    from tempfile import gettempdir

    try:
        folder = Path(gettempdir(), _random_name())
        folder.mkdir(0o700)
        sweep_temporaries(folder.parent, folder.stat().st_mtime)
    except OSError as error:
        raise OutputError(
            f"there is no folder for passing files: {_describe_os_error(error)}",
            "Make room on the disk, or set TMPDIR to a folder that takes files.",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_temporary(name: str) -> bool:
    """True if this is the name of a temporary file or folder of this program."""
    return _TEMPORARY.fullmatch(name) is not None


def sweep_temporaries(folder: Path, now: float) -> None:
    """Remove temporaries that killed programs left in a folder, recognised by their age.

    Process numbers cannot be used: containers and computers that share a folder each have their
    own. Entries that cannot be read or removed stay.

    Args:
        folder: Folder to sweep; subfolders are not.
        now: The time (s) by the clock of that file system: that of a file just made there.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name):
                with suppress(OSError):
                    _remove_left(entry, now)


def _remove_left(entry: os.DirEntry[str], now: float) -> None:
    # A time in the future counts as old: the clock was wrong.
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


def _resolve_link(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _write_error(target: Path, error: OSError | ValueError, elsewhere: str) -> OutputError:
    cause = _CAUSES.get(errno.errorcode.get(getattr(error, "errno", None) or 0, ""), "")
    return OutputError(
        f"could not write {target}: {_describe_os_error(error)}", f"{cause} {elsewhere}".strip()
    )


def _describe_os_error(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
