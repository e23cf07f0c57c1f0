"""Trees of YAML files, kept from one run to the next.

Most files are the same every time, and loading a YAML parser and parsing them takes longer than all
else that is done with a routine. A tree is kept as JSON, by its file's text; what is wrong with a
file is never kept.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from audioworkout.model.kept import Kept
from audioworkout.reading.tree import List, Map, Node, Page, Text

SHELF = "trees"
FORM = "1"
"""Changes whenever the same text would become another tree: part of every name."""


def tree(page: Page, text: str, kept: Kept | None) -> Node | None:
    """The tree of a YAML text, from `kept` or parsed and put there; None where it says nothing.

    Raises:
        RoutineError: As `syntax.parse`.
    """
    name = f"tree-{hashlib.sha256(f'{FORM} {text}'.encode()).hexdigest()[:32]}.json"
    known = None if kept is None else _read(page, kept.get(SHELF, name))
    if known is not None:
        return known
    from audioworkout.reading.syntax import parse  # here: it brings the parser with it

    root = parse(page, text)
    if kept is not None and root is not None:
        kept.put(SHELF, name, json.dumps(_plain(root), separators=(",", ":")).encode())
    return root


def _read(page: Page, data: bytes | None) -> Node | None:
    """The tree that was kept; None where there is none, or something else."""
    try:
        return None if data is None else _node(page, json.loads(data))
    except (TypeError, ValueError):
        return None


def _plain(node: Node) -> list[Any]:
    """A node as lists and texts: what it is, where it stands, and what it says."""
    where = (node.line, node.column, node.width)
    match node:
        case Text():
            return ["text", *where, node.value, node.plain]
        case List():
            return ["list", *where, *map(_plain, node.items)]
        case Map():
            return ["map", *where, *([_plain(key), _plain(value)] for key, value in node.pairs)]


def _node(page: Page, plain: list[Any]) -> Node:
    """The node that `_plain` was given."""
    kind, line, column, width, *said = plain
    match kind:
        case "text":
            return Text(page, line, column, width, *said)
        case "list":
            return List(page, line, column, width, tuple(_node(page, item) for item in said))
    pairs = ((Text(page, *key[1:]), _node(page, value)) for key, value in said)
    return Map(page, line, column, width, tuple(pairs))
