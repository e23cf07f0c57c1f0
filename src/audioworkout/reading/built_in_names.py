"""The names of the built-in exercises: tables that every routine of a process looks up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from audioworkout.files import list_folder, stat_path
from audioworkout.model.exercise import Exercise
from audioworkout.names import make_stem
from audioworkout.reading.translations import find_names


class BuiltInNames:
    """The files of the built-in exercises by their names.

    Each table is made when it is first asked for; it is the same for all routines, so nobody may
    change it.

    Attributes:
        paths: The files in order.
        exercises: What was read of them, by key and language; it grows.
    """

    def __init__(self, folder: Path) -> None:
        self.exercises: dict[tuple[str, str], Exercise | None] = {}
        self.paths = tuple(path for path in list_folder(folder) if path.suffix == ".yaml")

    @cached_property
    def by_stem(self) -> dict[str, Path]:
        """The files by the stems of their keys; none is opened."""
        return {make_stem(path.stem): path for path in self.paths}

    @cached_property
    def written(self) -> Sequence[tuple[Path, str]]:
        """Every name and alias, with its file; all files are opened."""
        return [
            (path, name)
            for path in self.paths
            for name in find_names(path.read_text(encoding="utf-8"))
        ]

    @cached_property
    def by_alias(self) -> dict[str, Path]:
        """The files by the stems of their names and aliases; of two files the first counts."""
        found: dict[str, Path] = {}
        for path, name in self.written:
            found.setdefault(make_stem(name), path)
        return found

    @cached_property
    def key_words(self) -> frozenset[str]:
        """The words that keys are made of."""
        return frozenset(word for path in self.paths for word in path.stem.split("-"))


def load_built_in_names(folder: Path) -> BuiltInNames:
    """The tables of a folder, made once for as long as no file is added to it or removed.

    Raises:
        UsageError: The folder cannot be read.
    """
    status = stat_path(folder)
    return _make_name_tables(folder, status.st_mtime_ns if status else 0)


@lru_cache(maxsize=2)
def _make_name_tables(folder: Path, changed: int) -> BuiltInNames:
    return BuiltInNames(folder)
