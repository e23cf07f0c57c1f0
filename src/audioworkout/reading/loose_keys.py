"""The top of a file as people write it: `workout:` for `exercises:`, names of exercises as keys."""

from __future__ import annotations

from audioworkout.notation import reads_as_line
from audioworkout.reading.headings import read_heading
from audioworkout.reading.nodes import List, Map, Node, Text, key_of
from audioworkout.reading.outline import is_stretching
from audioworkout.reading.vocabularies import fold_key, load_item_keys

ITEMS = ("workout", "main", "main_set", "main_workout", "session", "items", "training", "routine")
"""What people call the exercises of a workout."""
_ALIASES = {
    **dict.fromkeys(ITEMS, "exercises"),
    "name": "title",
    "warmup": "warm_up",
    **dict.fromkeys(("cooldown", "stretching", "stretches", "stretch"), "cool_down"),
}


_ITEM_ALIASES = {
    "weight": "load",
    "repetitions": "reps",
    **dict.fromkeys(("rest_seconds", "rest_time", "rest_sec"), "rest"),
    **dict.fromkeys(("name", "movement"), "exercise"),
    "note": "notes",
}
"""What people and other programs call the fields of an item."""


def rename_item_keys(node: Map, held: bool) -> Map:
    """An item under the keys of the long form; one with a single key stays as it is.

    `held`: a `duration` of what is held is a hold, else work.
    """
    taken = {key_of(key) for key, _ in node.pairs}
    if len(node.pairs) < 2 and not taken & {"weight", "repetitions"}:
        return node
    pairs = []
    for key, value in node.pairs:
        meant = _ITEM_ALIASES.get(key_of(key))
        if key_of(key) in ("duration", "duration_seconds", "seconds"):
            meant = "hold" if held else "for"
        if meant is not None and meant not in taken:
            taken.add(meant)
            key = key._replace(value=meant)
        pairs.append((key, value))
    return node._replace(pairs=tuple(pairs))


def holds_items(root: Map) -> bool:
    """Whether a mapping is a routine by one of its keys: `exercises`, or what people call it.

    Words of every language count, as the language of a routine is not known yet.
    """
    if any(key_of(key) in ("exercises", *ITEMS) for key, _ in root.pairs):
        return True
    foreign = load_item_keys()["exercises"]
    return any(fold_key(key.value) in foreign for key, _ in root.pairs)


def rename_keys(root: Map, known: frozenset[str]) -> Map:
    """A routine under the keys that are known; what cannot be placed stays as it is.

    Args:
        root: What a file says.
        known: Every key of a routine.
    """
    root = _with_items(root, known)
    if not holds_items(root):
        return root
    taken = {key_of(key) for key, _ in root.pairs}
    pairs = []
    for key, value in root.pairs:
        meant = _ALIASES.get(key_of(key))
        if meant is not None and meant not in taken:
            taken.add(meant)
            key, value = key._replace(value=meant), keep_stretching(key, value)
        pairs.append((key, value))
    return root._replace(pairs=tuple(pairs))


def keep_stretching(key: Text, items: Node) -> Node:
    """The items of a cool-down, as one part where its key says that they are stretches alone."""
    if not isinstance(items, List) or not is_stretching(key.value):
        return items
    place = (key.page, key.line, key.column, key.width)
    return items._replace(items=(Map(*place, ((key, items),)),))


def _with_items(root: Map, known: frozenset[str]) -> Map:
    """A file without exercises whose own keys are items, or whose only key is its title."""
    names = known | _ALIASES.keys()
    others = [pair for pair in root.pairs if key_of(pair[0]) not in names]
    if holds_items(root) or not others:
        return root
    kept = tuple(pair for pair in root.pairs if pair not in others)
    first, value = others[0]
    place = (first.page, first.line, first.column, first.width)
    if len(others) == 1 and isinstance(value, List) and read_heading(first.value) is None:
        if not {key_of(key) for key, _ in kept} <= {"warm_up", "warmup", "cool_down", "cooldown"}:
            return root
        titled = (Text(*place, "title"), first)
        return root._replace(pairs=(titled, *kept, (Text(*place, "exercises"), value)))
    if not all(_is_item(key, value) for key, value in others):
        return root
    items = tuple(Map(*place, (pair,)) for pair in others)
    return root._replace(pairs=(*kept, (Text(*place, "exercises"), List(*place, items))))


def _is_item(key: Text, value: Node) -> bool:
    """Whether a key with what stands behind it is an item: `squats: 3x10`, `3 rounds: [...]`."""
    if isinstance(value, Text):
        return reads_as_line(value.value)
    return read_heading(key.value) is not None
