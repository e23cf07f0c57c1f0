"""What is kept between builds: files with readable names on shelves, in one cache folder.

    <folder>/CACHEDIR.TAG
    <folder>/clips/next-wall-sit-1f3a9c2e40.wav
    <folder>/islands/...

Everything in it can be made again, so no fault of this folder ever ends a build: what cannot be
read is a miss, what cannot be written is a miss later. Several programs may use one folder at
once, and may be killed at any point: an entry appears whole (temporary name, then a rename), and
each bears a trailer by which a damaged or cut one is found.

Only a folder that is absent, empty or already ours is ever written to or cleaned, so that a
setting which names the wrong folder harms nothing.
"""

from __future__ import annotations

import os
import stat
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from audioworkout.files import is_temporary, replace_file, sweep_temporaries

GIGABYTE = 1_000_000_000
RECENT = 3_600
"""Seconds in which an entry just used is never evicted."""

SHELVES = frozenset({"cards", "clips", "islands", "levels", "music", "trees"})
"""All there are. What else lies in the folder is not ours: it is neither counted nor removed."""
LARGEST = 100_000_000
"""Bytes; no entry has as many, so a larger one is damaged and would fill the memory."""

TAG_NAME = "CACHEDIR.TAG"
TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# Kept by audioworkout between builds; it may be deleted at any time.\n"
    b"# About this file: https://bford.info/cachedir/\n"
)
_OURS = b"audioworkout"

_SIGNS = frozenset("/\\:\0")
"""Signs that steer a path on one system or another."""

_TRAILER = struct.Struct("<4sQI")
_MAGIC = b"AWk1"


class _CacheFile(NamedTuple):
    """One kept file as the cleaner sees it: when last used (s), size (bytes), where."""

    used: float
    size: int
    path: Path


class _NoEntryError(OSError):
    """Something stands where an entry should."""


class DiskCache:
    """Implements `Cache` on disk.

    Attributes:
        problem: Why nothing can be kept, or None; callers may warn. A folder that cannot be used
            shows at once, a full disk only when something was `put`.
    """

    def __init__(
        self,
        folder: Path,
        limit_bytes: int = GIGABYTE,
        now: Callable[[], float] = time.time,
        look_only: bool = False,
    ) -> None:
        """Keep at most about `limit_bytes` in `folder`, evicting what was used longest ago.

        Args:
            folder: The cache folder, absolute; it need not exist.
            limit_bytes: Size beyond which old entries go. What was used within the last hour
                stays, so a running build can exceed it.
            now: The time in seconds, as files are stamped with it.
            look_only: Make nothing until something is `put`.
        """
        self.folder = folder
        self._root = str(folder)
        self.limit_bytes = limit_bytes
        self.problem: str | None = None
        self._now = now
        self._total: int | None = None
        self._evict_above = limit_bytes
        self._claim(look_only)

    def get(self, shelf: str, name: str) -> bytes | None:
        """The bytes kept under this name, whole and undamaged, or None.

        A damaged entry is removed, so that it is made again.
        """
        path = self._path(shelf, name)
        try:
            with open(path, "rb", buffering=0, opener=_open_entry) as file:
                status = os.fstat(file.fileno())
                _check_entry(status)
                whole = file.read(status.st_size + 1)
        except (_NoEntryError, IsADirectoryError):
            _remove_entry(Path(path))
            return None
        except OSError:
            return None
        data = whole[: max(0, status.st_size - _TRAILER.size)]
        if whole[len(data) :] != _make_trailer(data):
            _remove_entry(Path(path))
            return None
        self._touch(path, status.st_mtime)
        return data

    def peek(self, shelf: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and how many it has; None where there is none.

        What is read is not checked: damage shows when the whole is asked for.
        """
        path = self._path(shelf, name)
        try:
            with open(path, "rb", buffering=0, opener=_open_entry) as file:
                status = os.fstat(file.fileno())
                _check_entry(status)
                size = max(0, status.st_size - _TRAILER.size)
                data = file.read(min(count, size))
        except (_NoEntryError, IsADirectoryError):
            _remove_entry(Path(path))
            return None
        except OSError:
            return None
        self._touch(path, status.st_mtime)
        return data, size

    def put(self, shelf: str, name: str, data: bytes) -> None:
        """Keep `data`. A full disk or a folder that cannot be written is not an error."""
        path = self._path(shelf, name)
        if self.problem is not None:
            return
        if self._total is None and not self._begin():
            return
        try:
            try:
                _write_entry(path, data, _make_trailer(data))
            except FileNotFoundError:
                (self.folder / shelf).mkdir(exist_ok=True)
                _write_entry(path, data, _make_trailer(data))
        except OSError as error:
            if not os.path.exists(path):  # noqa: PTH110 - fails on no folder; on Windows a file being read cannot be replaced
                self.problem = f"cannot keep {path}: {error.strerror or error}"
            return
        self._total = (self._total or 0) + len(data) + _TRAILER.size
        if self._total > self._evict_above:
            self._total = self._evict()
            self._evict_above = max(self.limit_bytes, self._total + self.limit_bytes // 10)

    def size(self) -> int:
        """Bytes taken by all entries."""
        return sum(file.size for file in self._files())

    def usage(self) -> dict[str, tuple[int, int]]:
        """Entries and bytes of every shelf that holds any, by name."""
        usage: dict[str, tuple[int, int]] = {}
        for file in sorted(self._files(), key=lambda file: file.path):
            count, size = usage.get(file.path.parent.name, (0, 0))
            usage[file.path.parent.name] = (count + 1, size + file.size)
        return usage

    def clear(self) -> None:
        """Remove every entry; what cannot be removed stays.

        A running build goes on: what it is just writing stays, what it misses it makes again.
        """
        for file in self._files():
            _remove_entry(file.path)
        self._sweep()
        self._total = None

    def _path(self, shelf: str, name: str) -> str:
        """Where an entry lies. Names come from this program: a bad one is a mistake in it.

        A text and no Path: a build asks for five hundred entries, and making paths of their names
        takes as long as reading them.
        """
        for part in (shelf, name):
            if not part or part[0] == "." or not _SIGNS.isdisjoint(part):
                raise ValueError(f"not a plain name: {part!r}")
        return f"{self._root}/{shelf}/{name}"

    def _touch(self, path: str, used: float) -> None:
        """Note that an entry was used; once in a quarter of an hour is exact enough."""
        now = self._now()
        if abs(now - used) < RECENT / 4:
            return
        try:
            os.utime(path, (now, now))
        except OSError:
            return  # a cache that is read-only is still worth reading

    def _begin(self) -> bool:
        """Before the first `put`: whether anything can be kept."""
        self._claim()
        self._sweep()
        self._total = self.size()
        return self.problem is None

    def _claim(self, look_only: bool = False) -> None:
        """Make the folder ours, or note why it cannot be; one to be looked at need not be there."""
        try:
            if look_only and not self.folder.exists():
                return
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._is_ours():
                # Asked again, because another program may have made it ours in between.
                if _has_foreign_files(self.folder) and not self._is_ours():
                    self.problem = f"{self.folder} holds other files, so nothing is kept in it"
                    return
                if not look_only:
                    _write_entry(f"{self._root}/{TAG_NAME}", TAG)
        except OSError as error:
            self.problem = f"cannot use {self.folder}: {error.strerror or error}"
            return
        if not os.access(self.folder, os.W_OK):
            self.problem = f"{self.folder} cannot be written to"

    def _is_ours(self) -> bool:
        try:
            with open(f"{self._root}/{TAG_NAME}", "rb", opener=_open_entry) as file:
                _check_entry(os.fstat(file.fileno()))
                return _OURS in file.read(len(TAG))
        except FileNotFoundError:
            return False

    def _shelves(self) -> list[Path]:
        """The shelves there are; none where the folder is not ours."""
        try:
            if not self._is_ours():
                return []
        except OSError:
            return []
        return [
            Path(entry.path)
            for entry in _scan_folder(self.folder)
            if entry.name in SHELVES and entry.is_dir(follow_symlinks=False)
        ]

    def _files(self) -> list[_CacheFile]:
        """Every entry on every shelf."""
        return [
            file
            for shelf in self._shelves()
            for entry in _scan_folder(shelf)
            if not is_temporary(entry.name)
            if (file := _stat_entry(entry)) is not None
        ]

    def _sweep(self) -> None:
        """Remove what killed programs left half-written, on the shelves and beside them."""
        for folder in (self.folder, *self._shelves()):
            sweep_temporaries(folder, self._now())

    def _evict(self) -> int:
        """Remove entries, longest unused first, to nine tenths of the limit; the size then."""
        files = self._files()
        total = sum(file.size for file in files)
        for file in sorted(filter(self._is_old, files), key=self._rank):
            if total <= self.limit_bytes * 9 // 10:
                break
            _remove_entry(file.path)
            total -= file.size
        return total

    def _is_old(self, file: _CacheFile) -> bool:
        """Far in the future is old, too: the clock was wrong, and nobody knows when it was."""
        return abs(self._now() - file.used) > RECENT

    def _rank(self, file: _CacheFile) -> tuple[bool, _CacheFile]:
        """Whose time is wrong goes first, then what was used longest ago."""
        return file.used <= self._now(), file


class MemoryCache:
    """Implements `Cache` in memory: for tests, and where nothing can be kept on disk."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], bytes] = {}

    def get(self, shelf: str, name: str) -> bytes | None:
        """The bytes kept under this name, or None."""
        return self.entries.get((shelf, name))

    def peek(self, shelf: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and how many it has; None where there is none."""
        data = self.entries.get((shelf, name))
        return None if data is None else (data[:count], len(data))

    def put(self, shelf: str, name: str, data: bytes) -> None:
        """Keep `data` for as long as this object lives."""
        self.entries[shelf, name] = data


def _make_trailer(data: bytes) -> bytes:
    return _TRAILER.pack(_MAGIC, len(data), zlib.crc32(data))


def _write_entry(path: str, *parts: bytes) -> None:
    """Write a file under a temporary name and move it into place: it appears whole or not at all.

    Nothing is forced to the disk: after a power cut the trailer tells a half-written entry.

    Raises:
        OSError: Nothing is left behind.
    """
    with replace_file(Path(path)) as file:
        file.writelines(parts)


def _open_entry(path: str, flags: int) -> int:
    """Open what may be no file: of a pipe nobody is to wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _check_entry(status: os.stat_result) -> None:
    """Refuse to read what was not written here.

    Raises:
        _NoEntryError: It is no ordinary file, or too large to be one of ours.
    """
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        raise _NoEntryError("no file of ours")


def _remove_entry(path: Path) -> None:
    """Remove a file, or an empty folder in its place, if that is possible.

    Another program may have done it, or hold it open.
    """
    for remove in (path.unlink, path.rmdir):
        try:
            remove()
        except OSError:
            continue
        return


def _has_foreign_files(folder: Path) -> bool:
    """Whether there is anything but what a store, killed while it began, leaves behind.

    That is nothing or, after a power cut, a tag without a word in it beside our shelves.
    """
    entries = [entry for entry in _scan_folder(folder) if not is_temporary(entry.name)]
    if not any(entry.name == TAG_NAME and _is_empty_entry(entry) for entry in entries):
        return bool(entries)
    return not {entry.name for entry in entries} <= {TAG_NAME, *SHELVES}


def _is_empty_entry(entry: os.DirEntry[str]) -> bool:
    file = _stat_entry(entry)
    return file is not None and file.size == 0


def _scan_folder(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder; none if it is gone or cannot be read."""
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def _stat_entry(entry: os.DirEntry[str]) -> _CacheFile | None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return _CacheFile(status.st_mtime, status.st_size, Path(entry.path))
