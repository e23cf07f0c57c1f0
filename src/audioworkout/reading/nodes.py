"""The syntax tree of a YAML file: texts, lists and maps with their places.

A scalar is kept as text: `1:30`, `010`, `no` and `12-15` are not converted. Only a field that needs
a number parses one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from audioworkout.model.request import Page


class Text(NamedTuple):
    """A scalar. `plain`: written without quotes."""

    page: Page
    line: int
    column: int
    width: int
    value: str
    plain: bool = True

    @property
    def empty(self) -> bool:
        """True if there is no value: `key:` alone, `~` or `null`."""
        return self.plain and self.value in ("", "~", "null", "Null", "NULL")

    def place_of(self, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and width of `value[start:end]`; those of the node if it was folded."""
        behind = self.page.line(self.line)[self.column - 1 :] if self.line else ""
        for quotes in (0, 1):
            if behind.startswith(self.value, quotes):
                return self.line, self.column + quotes + start, max(1, end - start)
        return self.line, self.column, self.width


class List(NamedTuple):
    """A sequence."""

    page: Page
    line: int
    column: int
    width: int
    items: tuple[Node, ...]


class Map(NamedTuple):
    """A mapping in the order of the file; each key occurs once."""

    page: Page
    line: int
    column: int
    width: int
    pairs: tuple[tuple[Text, Node], ...]

    def get(self, name: str) -> Node | None:
        """The value of a key, in any case; None if it is absent."""
        return next((value for key, value in self.pairs if key_of(key) == name), None)


Node = Text | List | Map
"""A node of the tree; `line` and `column` count from 1, and are 0 for the value of a flag."""


def cut_text(text: Text, start: int, end: int | None) -> Text:
    """A part of a scalar, without blanks around it, at its own place."""
    value = text.value[start:end]
    start += len(value) - len(value.lstrip())
    value = value.strip()
    line, column, width = text.place_of(start, start + len(value))
    return Text(text.page, line, column, width, value)


def join_places(node: Node, items: Iterable[Node]) -> List:
    """Nodes as a list that stands where another node does."""
    return List(*node[:4], tuple(items))


def key_of(key: Text) -> str:
    """The name of the field that a key means: `Cool down` and `cool-down` are `cool_down`."""
    return "_".join(key.value.lower().replace("-", " ").split())


def describe_node(node: Node) -> str:
    """The kind of a node, for a message."""
    if isinstance(node, Text):
        return "nothing" if node.empty else "a text"
    return "a list" if isinstance(node, List) else "a mapping"
