"""The words of the built-in routines in other languages: `routines/languages/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from audioworkout.files import is_file
from audioworkout.reading.catalogue import Folders, load_tree
from audioworkout.reading.nodes import List, Map, Node, Text, key_of
from audioworkout.reading.vocabularies import ITEM_LISTS


def translate_built_in(root: Node, key: str, language: str, folders: Folders) -> Node:
    """A built-in routine with its title, description and sentences in a language.

    `key` is the name of its file. What has no words there stays English.
    """
    path = folders.home / "routines" / "languages" / f"{language}.yaml"
    words = load_tree(path, folders) if is_file(path) else None
    entries = {name.value: node for name, node in words.pairs} if isinstance(words, Map) else {}
    entry = entries.get(key)
    if not isinstance(root, Map) or not isinstance(entry, Map):
        return root
    said = entry.get("say")
    sentences = iter(said.items if isinstance(said, List) else ())
    pairs = []
    for name, value in root.pairs:
        if key_of(name) in ITEM_LISTS:
            value = _translate_sentences(value, sentences)
        elif isinstance(value, Text) and isinstance(own := entry.get(key_of(name)), Text):
            value = value._replace(value=own.value)
        pairs.append((name, value))
    return root._replace(pairs=tuple(pairs))


def _translate_sentences(node: Node, sentences: Iterator[Node]) -> Node:
    """Items with the sentence of every `say` replaced by the next one."""
    match node:
        case List():
            items = (_translate_sentences(item, sentences) for item in node.items)
            return node._replace(items=tuple(items))
        case Map():
            pairs = []
            for key, value in node.pairs:
                own = next(sentences, None) if key_of(key) == "say" else None
                if isinstance(own, Text) and isinstance(value, Text):
                    value = value._replace(value=own.value)
                pairs.append((key, _translate_sentences(value, sentences)))
            return node._replace(pairs=tuple(pairs))
    return node
