"""A person's own sentences: `phrases/<language>.yaml` in their folder (docs/languages.md)."""

from __future__ import annotations

from audioworkout.reading.catalogue import Folders, has_own, tree_of
from audioworkout.reading.findings import Desk
from audioworkout.reading.tree import Map, Node, Text


def own_sentences(folders: Folders, language: str, desk: Desk) -> dict[str, str]:
    """Their sentences by key; none where there is no such file.

    The desk is told of keys that do not exist and of blanks that do not match.
    """
    path = folders.phrases / f"{language}.yaml" if folders.phrases else None
    if not has_own(path):
        return {}
    return check_sentences(tree_of(path, folders), language, desk)


def check_sentences(root: Node, language: str, desk: Desk) -> dict[str, str]:
    """The sentences of a phrase file by key, the desk told of what is wrong with them."""
    from audioworkout.phrases.own import faults  # here: hardly anybody has such a file

    if not isinstance(root, Map):
        desk.wrong(root, "a phrase file is a mapping of key to sentence", "see docs/languages.md")
        return {}
    nodes = {key.value: value for key, value in root.pairs}
    written: dict[object, object] = {
        key: node.value for key, node in nodes.items() if isinstance(node, Text)
    }
    for key in nodes.keys() - written.keys():
        desk.wrong(nodes[key], f"`{key}` needs one sentence")
    for fault in faults(language, written):
        desk.wrong(nodes.get(fault.key, root), fault.message, fault.hint)
    return {str(key): str(sentence) for key, sentence in written.items()}
