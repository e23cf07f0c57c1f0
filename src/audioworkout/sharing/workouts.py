"""The workouts of a folder: MP3 files that carry a timeline in their tag."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from audioworkout import views
from audioworkout.model.timeline import Timeline
from audioworkout.sharing.manifest import (
    Manifest,
    SessionFile,
    publish_time,
    read_manifest,
    session_guid,
)
from audioworkout.tagging.labels import read_timeline
from audioworkout.text import short_digest

SAMPLES, SAMPLE_SIZE = 16, 4_096
"""The sound of a file is known by so many parts of it, each of so many bytes: other music, levels
or sounds change every part of it, and a folder of thousands of files is read in a moment."""


@dataclass(frozen=True)
class SharedWorkout:
    """One MP3 that can be shared.

    `modified` is in ns since 1970, `size` in bytes; `sound_start` is the byte behind the tag.
    """

    path: Path
    size: int
    modified: int
    timeline: Timeline
    sound_start: int = 0
    session: SessionFile | None = None
    """What it is in a person's programme; None: in none."""
    token: str = ""
    """Of that person's addresses."""

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
        if self.session is not None:
            return session_guid(self.token, self.session)
        timeline = views.render_view(self.timeline, "json").encode()
        return short_digest(timeline + b"".join(self._sound_samples()))

    @property
    def published(self) -> int:
        """When it appears, in ns since 1970: a session on its day, others when they are built."""
        return self.modified if self.session is None else publish_time(self.session)

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
    """The workouts of one folder, each file's tag read once for as long as it does not change.

    In a person's folder they are the sessions of the manifest, each from its day on.
    """

    def __init__(self, folder: Path, today: Callable[[], date] = date.today) -> None:
        """Look into `folder` only, never below it, and at no link that may lead out of it."""
        self.folder = folder
        self._today = today
        self._known: dict[Hashable, SharedWorkout | None] = {}
        self._lock = threading.Lock()

    def workouts(self) -> list[SharedWorkout]:
        """What is there now, the newest first; empty where the folder cannot be read.

        A file that has not changed is the same object as before.
        """
        manifest = read_manifest(self.folder)
        with self._lock:
            known, self._known = self._known, {}
            for path, key in _plain_files(self.folder):
                session = None if manifest is None else _session_of(manifest, path.name)
                if manifest is not None and (session is None or session.day > self._today()):
                    continue
                whole = (key, session)
                token = "" if manifest is None else manifest.token
                if whole not in known:
                    known[whole] = _workout_of(path, key, session, token)
                self._known[whole] = known[whole]
            found = [workout for workout in self._known.values() if workout is not None]
        return sorted(found, key=lambda each: (-each.published, each.stem))


def _session_of(manifest: Manifest, name: str) -> SessionFile | None:
    return next((each for each in manifest.sessions if each.file == name), None)


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


def _workout_of(
    path: Path, key: tuple[str, int, int], session: SessionFile | None, token: str
) -> SharedWorkout | None:
    """A file as a workout; None where it is none, or has gone."""
    _, modified, size = key
    try:
        with open_plain(path) as file:
            timeline = read_timeline(file)
            sound_start = file.tell()
    except OSError:
        return None
    if timeline is None:
        return None
    return SharedWorkout(path, size, modified, timeline, sound_start, session, token)


def open_plain(path: Path) -> BinaryIO:
    """Open a file, refusing a link put in its place since it was looked at (where that is known).

    Raises:
        OSError: It cannot be opened, or is a link.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
