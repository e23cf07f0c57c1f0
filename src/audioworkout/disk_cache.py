"""The cache on disk: files with readable names in buckets, in one cache folder.

    <folder>/CACHEDIR.TAG
    <folder>/clips/next-wall-sit-1f3a9c2e40.wav
    <folder>/islands/...

Everything in it can be made again, so no fault of this folder ever ends a build: an entry that
cannot be read is a miss, one that cannot be written is a miss in the next build. Several programs
may use one folder at once, and may be killed at any moment: an entry appears whole (temporary name,
then a rename), and ends with a trailer that shows damage and truncation.

Only a folder that does not exist, is empty or has our tag is written to or cleaned, so that a
setting that names the wrong folder does no harm.
"""

from __future__ import annotations

import os
import stat
import struct
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from audioworkout.files import is_temporary, replace_file, sweep_temporaries
from audioworkout.model.cache import Cache
from audioworkout.text import short_digest

GIGABYTE = 1_000_000_000
RECENT = 3_600
"""Seconds; an entry used within this time is never evicted."""

BUCKETS = frozenset({"cards", "clips", "islands", "levels", "music", "trees"})
"""The names of all buckets. Other folders are not ours: they are neither counted nor removed."""
LARGEST_ENTRY = 100_000_000
"""Bytes; no entry of ours is as large, so a larger file is damaged and is not read into memory."""

TAG_NAME = "CACHEDIR.TAG"
TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# Kept by audioworkout between builds; it may be deleted at any time.\n"
    b"# About this file: https://bford.info/cachedir/\n"
)
_OURS = b"audioworkout"

_SIGNS = frozenset("/\\:\0")
"""Characters with a meaning in paths on one system or another."""

_TRAILER = struct.Struct("<4sQI")
_MAGIC = b"AWk1"


class _CacheFile(NamedTuple):
    """A cached file for eviction: when it was last used (s), its size (bytes), its path."""

    used: float
    size: int
    path: Path


class _NoEntryError(OSError):
    """The path is not an ordinary file of the size of an entry."""


class DiskCache:
    """Implements `Cache` on disk.

    Attributes:
        problem: Why nothing can be stored, or None; callers may warn. A folder that cannot be used
            is reported at once, a full disk only after a `put`.
    """

    def __init__(
        self,
        folder: Path,
        limit_bytes: int | None = GIGABYTE,
        now: Callable[[], float] = time.time,
        look_only: bool = False,
    ) -> None:
        """Store at most about `limit_bytes` in `folder`; evict the entries used longest ago.

        Args:
            folder: The cache folder, absolute; it need not exist.
            limit_bytes: Size beyond which old entries are evicted. Entries used within the last
                hour stay, so a running build can exceed it. None: somebody else sees to it.
            now: The clock that file times are compared with (seconds).
            look_only: Do not create the folder before the first `put`.
        """
        self.folder = folder
        self._root = str(folder)
        self.limit_bytes = limit_bytes
        self.problem: str | None = None
        self._now = now
        self._total: int | None = None if limit_bytes is not None else 0
        self._evict_above = limit_bytes
        self._claim(look_only)

    def get(self, bucket: str, name: str) -> bytes | None:
        """The bytes stored under this name, whole and undamaged; None if there are none.

        A damaged entry is removed, so that it is made again.
        """
        path = self._path(bucket, name)
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

    def peek(self, bucket: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and its size; None if there is no entry.

        The content is not checked: `get` finds damage.
        """
        path = self._path(bucket, name)
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

    def put(self, bucket: str, name: str, data: bytes) -> None:
        """Store `data`. A full disk or a folder that cannot be written to is not an error."""
        path = self._path(bucket, name)
        if self.problem is not None:
            return
        if self._total is None and not self._begin():
            return
        try:
            try:
                _write_entry(path, data, _make_trailer(data))
            except FileNotFoundError:
                (self.folder / bucket).mkdir(exist_ok=True)
                _write_entry(path, data, _make_trailer(data))
        except OSError as error:
            if not os.path.exists(path):  # noqa: PTH110 - fails on no folder; on Windows a file being read cannot be replaced
                self.problem = f"cannot keep {path}: {error.strerror or error}"
            return
        self._total = (self._total or 0) + len(data) + _TRAILER.size
        if self._evict_above is not None and self._total > self._evict_above:
            self.trim()

    def trim(self) -> None:
        """Remove the entries used longest ago if all together are larger than the limit."""
        if self.limit_bytes is None:
            return
        self._total = self._evict(self.limit_bytes)
        self._evict_above = max(self.limit_bytes, self._total + self.limit_bytes // 10)

    def size(self) -> int:
        """Bytes taken by all entries."""
        return sum(file.size for file in self._files())

    def usage(self) -> dict[str, tuple[int, int]]:
        """Number of entries and bytes of every bucket that is not empty, by its name."""
        usage: dict[str, tuple[int, int]] = {}
        for file in sorted(self._files(), key=lambda file: file.path):
            count, size = usage.get(file.path.parent.name, (0, 0))
            usage[file.path.parent.name] = (count + 1, size + file.size)
        return usage

    def names(self) -> set[tuple[str, str]]:
        """Bucket and name of every entry."""
        return {(file.path.parent.name, file.path.name) for file in self._files()}

    def clear(self) -> None:
        """Remove every entry; entries that cannot be removed stay.

        A running build is not disturbed: the entry it is writing stays, and it makes missing
        entries again.
        """
        for file in self._files():
            _remove_entry(file.path)
        self._sweep()
        self._total = None

    def _path(self, bucket: str, name: str) -> str:
        """The path of an entry, as a str.

        A build asks for five hundred entries, and making `Path` objects of their names takes as
        long as reading them.

        Raises:
            ValueError: The bucket or the name is not a plain file name, which is a mistake in this
                program.
        """
        for part in (bucket, name):
            if not part or part[0] == "." or not _SIGNS.isdisjoint(part):
                raise ValueError(f"not a plain name: {part!r}")
        return f"{self._root}/{bucket}/{name}"

    def _touch(self, path: str, used: float) -> None:
        """Set the time of last use of an entry, at most every quarter of an hour."""
        now = self._now()
        if abs(now - used) < RECENT / 4:
            return
        try:
            os.utime(path, (now, now))
        except OSError:
            return  # a read-only cache can still be read

    def _begin(self) -> bool:
        """Prepare the folder for the first `put`; true if entries can be stored."""
        self._claim()
        self._sweep()
        self._total = self.size()
        return self.problem is None

    def _claim(self, look_only: bool = False) -> None:
        """Create the folder and its tag, or set `problem`; with `look_only` nothing is created."""
        try:
            if look_only and not self.folder.exists():
                return
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._is_ours():
                # Check again: another program may have written the tag in the meantime.
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

    def _buckets(self) -> list[Path]:
        """The folders of the buckets; none if the cache folder is not ours."""
        try:
            if not self._is_ours():
                return []
        except OSError:
            return []
        return [
            Path(entry.path)
            for entry in _list_entries(self.folder)
            if entry.name in BUCKETS and entry.is_dir(follow_symlinks=False)
        ]

    def _files(self) -> list[_CacheFile]:
        """Every entry of every bucket."""
        return [
            file
            for bucket in self._buckets()
            for entry in _list_entries(bucket)
            if not is_temporary(entry.name)
            if (file := _stat_entry(entry)) is not None
        ]

    def _sweep(self) -> None:
        """Remove temporary files of killed programs, from the buckets and the cache folder."""
        for folder in (self.folder, *self._buckets()):
            sweep_temporaries(folder, self._now())

    def _evict(self, limit: int) -> int:
        """Remove the entries used longest ago, down to 90 % of the limit; returns the size then."""
        files = self._files()
        total = sum(file.size for file in files)
        if total <= limit:
            return total
        for file in sorted(filter(self._is_old, files), key=self._rank):
            if total <= limit * 9 // 10:
                break
            _remove_entry(file.path)
            total -= file.size
        return total

    def _is_old(self, file: _CacheFile) -> bool:
        """True if it may be evicted; a time in the future counts as old (the clock was wrong)."""
        return abs(self._now() - file.used) > RECENT

    def _rank(self, file: _CacheFile) -> tuple[bool, _CacheFile]:
        """Sort key of eviction: times in the future first, then the longest unused."""
        return file.used <= self._now(), file


class MemoryCache:
    """Implements `Cache` in memory: for tests, and where nothing can be stored on disk."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], bytes] = {}

    def get(self, bucket: str, name: str) -> bytes | None:
        """The bytes stored under this name; None if there are none."""
        return self.entries.get((bucket, name))

    def peek(self, bucket: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and its size; None if there is no entry."""
        data = self.entries.get((bucket, name))
        return None if data is None else (data[:count], len(data))

    def put(self, bucket: str, name: str, data: bytes) -> None:
        """Store `data` for as long as this object lives."""
        self.entries[bucket, name] = data


class RecentCache:
    """Implements `Cache` by another, of which what was read or stored last stays in memory.

    For processes that read the same entries again and again, in any number of threads.
    """

    def __init__(self, below: Cache, most_bytes: int) -> None:
        """Hold at most `most_bytes` of entries; what was used longest ago goes first."""
        self._below = below
        self._most = most_bytes
        self._size = 0
        self._entries: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, bucket: str, name: str) -> bytes | None:
        """The bytes stored under this name, whole and undamaged; None if there are none."""
        with self._lock:
            data = self._entries.get((bucket, name))
            if data is not None:
                self._entries.move_to_end((bucket, name))
                return data
        data = self._below.get(bucket, name)
        if data is not None:
            self._hold(bucket, name, data)
        return data

    def peek(self, bucket: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and its size; None if there is no entry."""
        data = self.get(bucket, name)
        return None if data is None else (data[:count], len(data))

    def put(self, bucket: str, name: str, data: bytes) -> None:
        """Store `data`, below too."""
        self._below.put(bucket, name, data)
        self._hold(bucket, name, data)

    def _hold(self, bucket: str, name: str, data: bytes) -> None:
        with self._lock:
            before = self._entries.pop((bucket, name), b"")
            self._entries[bucket, name] = data
            self._size += len(data) - len(before)
            while self._size > self._most:
                self._size -= len(self._entries.popitem(last=False)[1])


class LayeredCache:
    """Implements `Cache` by two others: what the user's words make, and what all share.

    Both are read; everything is stored in `own`, whose names tell nothing, but for pictures, on
    which no person's words stand. So once `common` holds what is said to everybody, the user's name
    is in `own` alone.
    """

    def __init__(self, own: DiskCache, common: Cache) -> None:
        """Look into `own` once: nobody else writes to it as long as this object lives."""
        self._own = own
        self._common = common
        self._names = own.names()

    def get(self, bucket: str, name: str) -> bytes | None:
        """The bytes stored under this name; None if there are none."""
        hidden = self._find_own(bucket, name)
        data = self._own.get(bucket, hidden) if hidden else None
        return self._common.get(bucket, name) if data is None else data

    def peek(self, bucket: str, name: str, count: int) -> tuple[bytes, int] | None:
        """The first `count` bytes of an entry, and its size; None if there is no entry."""
        hidden = self._find_own(bucket, name)
        found = self._own.peek(bucket, hidden, count) if hidden else None
        return self._common.peek(bucket, name, count) if found is None else found

    def put(self, bucket: str, name: str, data: bytes) -> None:
        """Store `data` where it belongs."""
        if bucket == "cards":
            self._common.put(bucket, name, data)
        else:
            hidden = _hide_name(name)
            self._own.put(bucket, hidden, data)
            self._names.add((bucket, hidden))

    def _find_own(self, bucket: str, name: str) -> str:
        """The name that an entry has in `own`; empty if it is not there."""
        hidden = _hide_name(name)
        return hidden if (bucket, hidden) in self._names else ""


def _hide_name(name: str) -> str:
    """A name that tells nothing of the words that it was made from."""
    return f"{short_digest(name.encode())}{os.path.splitext(name)[1]}"  # noqa: PTH122 - a name alone


def _make_trailer(data: bytes) -> bytes:
    return _TRAILER.pack(_MAGIC, len(data), zlib.crc32(data))


def _write_entry(path: str, *parts: bytes) -> None:
    """Write a file under a temporary name, then rename it: it appears whole or not at all.

    It is not forced to the disk (no fsync): after a power cut the trailer shows a half-written
    entry.

    Raises:
        OSError: It cannot be written; no temporary file remains.
    """
    with replace_file(Path(path)) as file:
        file.writelines(parts)


def _open_entry(path: str, flags: int) -> int:
    """Open a path without blocking, should it be a named pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _check_entry(status: os.stat_result) -> None:
    """Check that an open file can be an entry.

    Raises:
        _NoEntryError: It is not an ordinary file, or too large.
    """
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_ENTRY:
        raise _NoEntryError("no file of ours")


def _remove_entry(path: Path) -> None:
    """Remove a file, or an empty folder in its place; errors are ignored.

    Another program may have removed it, or hold it open.
    """
    for remove in (path.unlink, path.rmdir):
        try:
            remove()
        except OSError:
            continue
        return


def _has_foreign_files(folder: Path) -> bool:
    """True if the folder holds files that do not come from an interrupted start of this cache.

    Such a start leaves nothing or, after a power cut, an empty tag beside our buckets.
    """
    entries = [entry for entry in _list_entries(folder) if not is_temporary(entry.name)]
    if not any(entry.name == TAG_NAME and _is_empty_entry(entry) for entry in entries):
        return bool(entries)
    return not {entry.name for entry in entries} <= {TAG_NAME, *BUCKETS}


def _is_empty_entry(entry: os.DirEntry[str]) -> bool:
    file = _stat_entry(entry)
    return file is not None and file.size == 0


def _list_entries(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder; none if it does not exist or cannot be read."""
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
