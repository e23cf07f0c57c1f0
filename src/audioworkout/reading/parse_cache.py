"""Caches the trees of YAML files between runs.

Most files do not change between runs, and importing and running a YAML parser takes longer than
all other work on a routine. A tree is cached as JSON under a digest of its text. Errors are not
cached.
"""

from __future__ import annotations

import json
from typing import Any

from audioworkout.model.cache import Cache
from audioworkout.model.request import Page
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.text import short_digest

BUCKET = "trees"
TREE_VERSION = "1"
"""Version of the tree's form, in all cache keys. Change it if equal texts give other trees."""


def cached_tree(page: Page, text: str, cache: Cache | None) -> Node | None:
    """The tree of a YAML text, from `cache`, or parsed and stored there; None if it is empty.

    Raises:
        RoutineError: As `yaml_text.parse_yaml`.
    """
    name = f"tree-{short_digest(f'{TREE_VERSION} {text}'.encode())}.json"
    known = None if cache is None else _decode_tree(page, cache.get(BUCKET, name))
    if known is not None:
        return known
    from audioworkout.reading.yaml_text import parse_yaml  # it imports the parser

    root = parse_yaml(page, text)
    if cache is not None and root is not None:
        cache.put(BUCKET, name, json.dumps(_encode_node(root), separators=(",", ":")).encode())
    return root


def _decode_tree(page: Page, data: bytes | None) -> Node | None:
    """Decode a cached tree; None if it is missing or has another form."""
    try:
        return None if data is None else _decode_node(page, json.loads(data))
    except (TypeError, ValueError):
        return None


def _encode_node(node: Node) -> list[Any]:
    """A node as JSON data: its kind, place and content."""
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
    """The inverse of `_encode_node`."""
    kind, line, column, width, *said = plain
    match kind:
        case "text":
            return Text(page, line, column, width, *said)
        case "list":
            return List(page, line, column, width, tuple(_decode_node(page, item) for item in said))
    pairs = ((Text(page, *key[1:]), _decode_node(page, value)) for key, value in said)
    return Map(page, line, column, width, tuple(pairs))
