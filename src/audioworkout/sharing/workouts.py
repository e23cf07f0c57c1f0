"""The workouts of a folder: MP3 files that carry a timeline in their tag."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audioworkout.labels import read_timeline
from audioworkout.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Workout:
    """One MP3 that can be shared. `modified` is in ns since 1970, `size` in bytes."""

    path: Path
    size: int
    modified: int
    timeline: Timeline

    @property
    def stem(self) -> str:
        """The file's name without its ending: the name of everything that goes with it."""
        return self.path.stem

    @property
    def tag(self) -> str:
        """A text that changes whenever the file does."""
        return f"{self.modified:x}-{self.size:x}"

    def open(self) -> BinaryIO:
        """The file, opened for reading.

        Raises:
            OSError: It is gone, or a link has taken its place.
        """
        return open_plain(self.path)


class Shelf:
    """The workouts of one folder, each file's tag read once for as long as it does not change."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder` only, never below it, and at no link that may lead out of it."""
        self.folder = folder
        self._known: dict[tuple[str, int, int], Timeline | None] = {}

    def workouts(self) -> list[Workout]:
        """What is there now, the newest first; empty where the folder cannot be read."""
        return sorted(self._found(), key=lambda each: (-each.modified, each.stem))

    def _found(self) -> Iterator[Workout]:
        known: dict[tuple[str, int, int], Timeline | None] = {}
        for entry in _plain_files(self.folder):
            status = entry.stat(follow_symlinks=False)
            key = (entry.name, status.st_mtime_ns, status.st_size)
            timeline = self._known[key] if key in self._known else _timeline_of(Path(entry.path))
            known[key] = timeline
            if timeline is not None:
                yield Workout(Path(entry.path), status.st_size, status.st_mtime_ns, timeline)
        self._known = known


def _plain_files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """MP3 files in a folder, without links and hidden ones."""
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if _is_sound(entry))
    except OSError:
        return


def _is_sound(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    shown = not name.startswith(".") and _is_text(name)
    return shown and name.lower().endswith(".mp3") and entry.is_file(follow_symlinks=False)


def _is_text(name: str) -> bool:
    """Whether a file's name can stand in an address: bytes that are no text cannot."""
    return name.isprintable() and name.encode("utf-8", "ignore").decode() == name


def _timeline_of(path: Path) -> Timeline | None:
    try:
        with open_plain(path) as file:
            return read_timeline(file)
    except OSError:
        return None


def open_plain(path: Path) -> BinaryIO:
    """Open a file, refusing a link put in its place since it was looked at (where that is known).

    Raises:
        OSError: It cannot be opened, or is a link.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
