"""Reads the catalogue's translations: `catalogue/languages/<language>.yaml`.

Such a file has an entry for each exercise, by its key. Parsing all of it would take longer than
all other work on a routine, so it is split at its keys, and only the needed entries are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from audioworkout.files import is_file
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


class Translations:
    """The words of the built-in exercises in one language; none if there is no file of it."""

    def __init__(self, path: Path, cache: Cache | None) -> None:
        self._cache = cache
        self._page: Page | None = None
        self._entries: dict[str, tuple[int, str]] = {}  # line and text by key
        if is_file(path):
            self._page, text = read_file(path)
            line = 0
            for part in _ENTRY.split(text):
                self._entries[part.partition(":")[0]] = line, part
                line += part.count("\n")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the exercises that have words, in the order of the file."""
        return tuple(
            key for key, (_, text) in self._entries.items() if text.startswith(f"{key}:\n")
        )

    def find_words(self, key: str) -> Node | None:
        """The fields of an exercise in this language; None if it has none."""
        if self._page is None or key not in self._entries:
            return None
        line, text = self._entries[key]
        root = cached_tree(self._page, "\n" * line + text, self._cache)
        return root.pairs[0][1] if isinstance(root, Map) else None

    def names_of(self, key: str) -> tuple[str, ...]:
        """The name and the aliases of an exercise in this language."""
        return tuple(find_names(self._entries[key][1])) if key in self._entries else ()

    def keys_by_stem(self) -> dict[str, str]:
        """The keys of the exercises by the stems of all their names; of two, the first counts."""
        found: dict[str, str] = {}
        for key in self.keys:
            for name in self.names_of(key):
                found.setdefault(make_stem(name), key)
        return found
