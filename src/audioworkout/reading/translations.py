"""Reads the catalogue's translations: `catalogue/languages/<language>.yaml`.

Such a file has an entry for each exercise, by its key. Parsing all of it would take longer than
all other work on a routine, so it is split at its keys, and only the needed entries are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from audioworkout.files import is_file, stat_path
from audioworkout.model.cache import Cache
from audioworkout.model.request import Page
from audioworkout.names import make_stem
from audioworkout.reading.nodes import Map, Node
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.source import read_file

_ENTRY = re.compile(r"^(?=[a-z0-9][a-z0-9-]*:$)", re.MULTILINE)
_NAMES = re.compile(r"^ {0,2}(?:name|aliases): *(\[[^\]]*\]|.*(?:\n *- .*)*)", re.MULTILINE)


def find_names(text: str) -> Iterator[str]:
    """Find the name and the aliases in the text of an exercise, without parsing all of it.

    >>> list(find_names("aliases: [press-up, 'floor press-up']"))
    ['press-up', 'floor press-up']
    """
    for names in _NAMES.findall(text):
        for name in re.split(r",|\n *- ", names.strip("[]")):
            if found := name.strip(" \n\"'"):
                yield found


class _Entries:
    """A file split at its keys: the line and the text of each entry."""

    def __init__(self, path: Path) -> None:
        self.page: Page | None = None
        self.texts: dict[str, tuple[int, str]] = {}
        if is_file(path):
            self.page, text = read_file(path)
            line = 0
            for part in _ENTRY.split(text):
                self.texts[part.partition(":")[0]] = line, part
                line += part.count("\n")

    def names_of(self, key: str) -> tuple[str, ...]:
        """The name and the aliases of an exercise; none if it has no entry."""
        return tuple(find_names(self.texts[key][1])) if key in self.texts else ()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the entries that are not empty, in order."""
        return tuple(key for key, (_, text) in self.texts.items() if text.startswith(f"{key}:\n"))

    @cached_property
    def by_stem(self) -> dict[str, str]:
        """The keys by the stems of all names; of two entries the first counts."""
        found: dict[str, str] = {}
        for key in self.keys:
            for name in self.names_of(key):
                found.setdefault(make_stem(name), key)
        return found


@lru_cache(maxsize=4)
def _split_file(path: Path, changed: int) -> _Entries:
    return _Entries(path)


class Translations:
    """The words of the built-in exercises in one language; none if there is no file of it.

    A file is read and split once, for as long as it does not change.
    """

    def __init__(self, path: Path, cache: Cache | None) -> None:
        self._cache = cache
        status = stat_path(path)
        self._entries = _split_file(path, status.st_mtime_ns if status else 0)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the exercises that have words, in the order of the file."""
        return self._entries.keys

    @property
    def keys_by_stem(self) -> Mapping[str, str]:
        """The keys of the exercises by the stems of all their names; of two, the first counts."""
        return self._entries.by_stem

    def find_words(self, key: str) -> Node | None:
        """The fields of an exercise in this language; None if it has none."""
        page = self._entries.page
        if page is None or key not in self._entries.texts:
            return None
        line, text = self._entries.texts[key]
        root = cached_tree(page, "\n" * line + text, self._cache)
        return root.pairs[0][1] if isinstance(root, Map) else None

    def names_of(self, key: str) -> tuple[str, ...]:
        """The name and the aliases of an exercise in this language."""
        return self._entries.names_of(key)
