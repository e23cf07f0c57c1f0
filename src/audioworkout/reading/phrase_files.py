"""Reads the user's phrases: `phrases/<language>.yaml` in their folder (docs/languages.md)."""

from __future__ import annotations

from audioworkout.reading.catalogue import Folders, has_own, load_tree
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.nodes import Map, Node, Text


def load_user_phrases(folders: Folders, language: str, diagnostics: Diagnostics) -> dict[str, str]:
    """Load the user's phrases by key; none if there is no file.

    Unknown keys and wrong placeholders are reported.
    """
    path = folders.phrases / f"{language}.yaml" if folders.phrases else None
    if not has_own(path):
        return {}
    return check_user_phrases(load_tree(path, folders), language, diagnostics)


def check_user_phrases(root: Node, language: str, diagnostics: Diagnostics) -> dict[str, str]:
    """The phrases of a file by key; errors in them are reported."""
    # Imported here, because few users have such a file.
    from audioworkout.languages.phrase_faults import find_faults

    if not isinstance(root, Map):
        diagnostics.error(
            root, "a phrase file is a mapping of key to sentence", "see docs/languages.md"
        )
        return {}
    nodes = {key.value: value for key, value in root.pairs}
    written: dict[object, object] = {
        key: node.value for key, node in nodes.items() if isinstance(node, Text)
    }
    for key in nodes.keys() - written.keys():
        diagnostics.error(nodes[key], f"`{key}` needs one sentence")
    for fault in find_faults(language, written):
        diagnostics.error(nodes.get(fault.key, root), fault.message, fault.hint)
    return {str(key): str(sentence) for key, sentence in written.items()}
