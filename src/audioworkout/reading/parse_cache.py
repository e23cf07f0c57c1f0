"""Trees of YAML files, kept from one run to the next.

Most files are the same every time, and loading a YAML parser and parsing them takes longer than all
else that is done with a routine. A tree is kept as JSON, by its file's text; what is wrong with a
file is never kept.
"""

from __future__ import annotations

import json
from typing import Any

from audioworkout.model.cache import Cache
from audioworkout.model.request import Page
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.text import short_digest

SHELF = "trees"
FORM = "1"
"""Changes whenever the same text would become another tree: part of every name."""


def cached_tree(page: Page, text: str, cache: Cache | None) -> Node | None:
    """The tree of a YAML text, from `cache` or parsed and put there; None where it says nothing.

    Raises:
        RoutineError: As `yaml_text.parse_yaml`.
    """
    name = f"tree-{short_digest(f'{FORM} {text}'.encode())}.json"
    known = None if cache is None else _decode_tree(page, cache.get(SHELF, name))
    if known is not None:
        return known
    from audioworkout.reading.yaml_text import parse_yaml  # here: it brings the parser with it

    root = parse_yaml(page, text)
    if cache is not None and root is not None:
        cache.put(SHELF, name, json.dumps(_encode_node(root), separators=(",", ":")).encode())
    return root


def _decode_tree(page: Page, data: bytes | None) -> Node | None:
    """The tree that was kept; None where there is none, or something else."""
    try:
        return None if data is None else _decode_node(page, json.loads(data))
    except (TypeError, ValueError):
        return None


def _encode_node(node: Node) -> list[Any]:
    """A node as lists and texts: what it is, where it stands, and what it says."""
    where = (node.line, node.column, node.width)
    match node:
        case Text():
            return ["text", *where, node.value, node.plain]
        case List():
            return ["list", *where, *map(_encode_node, node.items)]
        case Map():
            return [
                "map",
                *where,
                *([_encode_node(key), _encode_node(value)] for key, value in node.pairs),
            ]


def _decode_node(page: Page, plain: list[Any]) -> Node:
    """The node that `_encode_node` was given."""
    kind, line, column, width, *said = plain
    match kind:
        case "text":
            return Text(page, line, column, width, *said)
        case "list":
            return List(page, line, column, width, tuple(_decode_node(page, item) for item in said))
    pairs = ((Text(page, *key[1:]), _decode_node(page, value)) for key, value in said)
    return Map(page, line, column, width, tuple(pairs))
