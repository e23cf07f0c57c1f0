"""The workouts of a folder: MP3 files that carry a timeline in their tag."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from audioworkout import views
from audioworkout.model.timeline import Timeline
from audioworkout.tagging.labels import read_timeline
from audioworkout.text import short_digest

SAMPLES, SAMPLE_SIZE = 16, 4_096
"""The sound of a file is known by so many parts of it, each of so many bytes: other music, levels
or sounds change every part of it, and a folder of thousands of files is read in a moment."""


@dataclass(frozen=True)
class Workout:
    """One MP3 that can be shared.

    `modified` is in ns since 1970, `size` in bytes; `sound_start` is the byte behind the tag.
    """

    path: Path
    size: int
    modified: int
    timeline: Timeline
    sound_start: int = 0

    @property
    def stem(self) -> str:
        """The file's name without its ending: the name of everything that goes with it."""
        return self.path.stem

    @property
    def tag(self) -> str:
        """A text that changes whenever the file does."""
        return f"{self.modified:x}-{self.size:x}"

    @cached_property
    def guid(self) -> str:
        """A text by which a podcast player knows this very recording.

        An identical build has the same one, on any day; a recording with another timeline, or
        with other music, levels or sounds, has another.
        """
        timeline = views.render_view(self.timeline, "json").encode()
        return short_digest(timeline + b"".join(self._sound_samples()))

    def _sound_samples(self) -> Iterator[bytes]:
        """The length of the sound and parts of it; nothing of a file that has gone away."""
        length = self.size - self.sound_start
        yield length.to_bytes(8, "little")
        try:
            with self.open() as file:
                for number in range(SAMPLES):
                    file.seek(self.sound_start + length * number // SAMPLES)
                    yield file.read(SAMPLE_SIZE)
        except OSError:
            return

    def open(self) -> BinaryIO:
        """The file, opened for reading.

        Raises:
            OSError: It is gone, or a link has taken its place.
        """
        return open_plain(self.path)


class WorkoutFolder:
    """The workouts of one folder, each file's tag read once for as long as it does not change."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder` only, never below it, and at no link that may lead out of it."""
        self.folder = folder
        self._known: dict[tuple[str, int, int], Workout | None] = {}
        self._lock = threading.Lock()

    def workouts(self) -> list[Workout]:
        """What is there now, the newest first; empty where the folder cannot be read.

        A file that has not changed is the same object as before.
        """
        with self._lock:
            known = self._known
            self._known = {
                key: known[key] if key in known else _workout_of(path, key)
                for path, key in _plain_files(self.folder)
            }
            found = [workout for workout in self._known.values() if workout is not None]
        return sorted(found, key=lambda each: (-each.modified, each.stem))


def _plain_files(folder: Path) -> Iterator[tuple[Path, tuple[str, int, int]]]:
    """MP3 files in a folder, without links and hidden ones: name, time (ns) and size of each."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        try:
            if _is_mp3_entry(entry):
                status = entry.stat(follow_symlinks=False)
                yield Path(entry.path), (entry.name, status.st_mtime_ns, status.st_size)
        except OSError:
            continue  # it has gone since the folder was read


def _is_mp3_entry(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    shown = not name.startswith(".") and _is_text_name(name)
    return shown and name.lower().endswith(".mp3") and entry.is_file(follow_symlinks=False)


def _is_text_name(name: str) -> bool:
    """Whether a file's name can stand in an address: bytes that are no text cannot."""
    return name.isprintable() and name.encode("utf-8", "ignore").decode() == name


def _workout_of(path: Path, key: tuple[str, int, int]) -> Workout | None:
    """A file as a workout; None where it is none, or has gone."""
    _, modified, size = key
    try:
        with open_plain(path) as file:
            timeline = read_timeline(file)
            sound_start = file.tell()
    except OSError:
        return None
    return None if timeline is None else Workout(path, size, modified, timeline, sound_start)


def open_plain(path: Path) -> BinaryIO:
    """Open a file, refusing a link put in its place since it was looked at (where that is known).

    Raises:
        OSError: It cannot be opened, or is a link.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
