"""Reads the settings file, and changes one setting without touching the rest of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.model.request import Diagnostic, Page
from audioworkout.names import did_you_mean
from audioworkout.reading.catalogue import Folders, has_own, load_tree
from audioworkout.reading.diagnostics import Diagnostics, RoutineError
from audioworkout.reading.fields import SETTINGS
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.reading.routines import check_settings
from audioworkout.reading.sound_checks import CheckFile
from audioworkout.reading.source import read_text
from audioworkout.reading.voice_checks import FindVoice
from audioworkout.reading.yaml_text import KeyRange, locate_entries, parse_yaml

_BY_HAND = "Change it in the file itself."


def read_settings_texts(folders: Folders) -> dict[str, str]:
    """The settings of the file as text; a value of several lines is joined to one.

    Raises:
        RoutineError: The file cannot be read or parsed.
    """
    path = folders.settings
    root = load_tree(path, folders) if has_own(path) else None
    pairs = root.pairs if isinstance(root, Map) else ()
    return {key.value: _format_node(value) for key, value in pairs}


def find_setting(name: str) -> str:
    """Find the key of a setting from the name that a user typed.

    Raises:
        UnknownNameError: There is no such setting.
    """
    key = name.strip().lower().replace("-", "_")
    known = [field.name for field in SETTINGS]
    if key not in known:
        hint = did_you_mean(name, known) or f"There are {', '.join(known)}."
        raise UnknownNameError(f"there is no setting `{name}`", hint)
    return key


def describe_setting(key: str) -> str:
    """A description of a setting and its possible values."""
    field = next(field for field in SETTINGS if field.name == key)
    return f"{field.help} ({field.kind.what})"


def change_setting(text: str, key: str, value: str | None) -> str:
    r"""Change one setting in the text of a settings file; None removes it.

    Comments, order and all other bytes stay as they are.

    Args:
        text: The file's text, which is valid YAML; empty if there is no file.
        key: As `find_setting` gives it.
        value: As the user typed it; it is quoted in the file where YAML needs it.

    Raises:
        UsageError: The file's form does not allow the change.

    >>> change_setting("rest: 45s  # short\nrate: 140\n", "rest", "1 min")
    'rest: 1 min  # short\nrate: 140\n'
    >>> change_setting("rest: 45s  # short\nrate: 140\n", "rest", None)
    'rate: 140\n'
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    entries = locate_entries(body)
    if entries is None:
        raise UsageError("the settings file is no plain list of `key: value` lines", _BY_HAND)
    ending = "\r\n" if "\r\n" in body else "\n"
    entry = entries.get(key)
    if value is None:
        changed = body if entry is None else _cut_entry(body, entry)
    elif entry is None:
        gap = ending if body and not body.endswith("\n") else ""
        changed = f"{body}{gap}{key}: {_quote_value(key, value)}{ending}"
    else:
        changed = _replace_value(body, entry, _quote_value(key, value))
    _check_others_stay(body, changed, key)
    return mark + changed


def _cut_entry(text: str, entry: KeyRange) -> str:
    """The text without an entry and the rest of its last line."""
    start = text.rfind("\n", 0, entry.key_start) + 1
    end = text.find("\n", max(entry.end, entry.key_end))
    return text[:start] + ("" if end < 0 else text[end + 1 :])


def _replace_value(text: str, entry: KeyRange, value: str) -> str:
    """Replace a value; a comment after the key or the value stays."""
    colon = text.index(":", entry.key_end) + 1
    between = text[colon : max(entry.start, colon)]
    end = max(entry.end, colon)
    if "\n" in between:  # the value was on lines of its own
        return f"{text[:colon]} {value}{between.splitlines()[0].rstrip()}{text[end:]}"
    return f"{text[:colon]}{between or ' '}{value}{text[end:]}"


def _quote_value(key: str, value: str) -> str:
    """Quote a value if YAML would not read it as it was typed."""
    try:
        root = _parse_settings(f"{key}: {value}\n")
    except RoutineError:
        root = None
    said = root.pairs[0][1] if isinstance(root, Map) and len(root.pairs) == 1 else None
    plain = isinstance(said, Text) and said.value == value.strip() and "\n" not in value
    return (
        value.strip()
        if plain or isinstance(said, List | Map)
        else json.dumps(value, ensure_ascii=False)
    )


def _check_others_stay(before: str, after: str, key: str) -> None:
    """Refuse a change that would alter another setting.

    Raises:
        UsageError: Another setting would change.
    """
    try:
        same = _other_values(before, key) == _other_values(after, key)
    except RoutineError:
        same = False
    if not same:
        raise UsageError(f"`{key}` cannot be changed without changing others", _BY_HAND)


def _other_values(text: str, key: str) -> dict[str, str]:
    root = _parse_settings(text)
    pairs = root.pairs if isinstance(root, Map) else ()
    return {name.value: _format_node(value) for name, value in pairs if name.value != key}


def _parse_settings(text: str) -> Node | None:
    return parse_yaml(*read_text("settings", text))


def check_setting(
    text: str,
    key: str,
    value: str,
    folders: Folders,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """Refuse a wrong value; returns warnings about it.

    Args:
        text: The text of the changed settings file.
        key: The changed setting.
        value: As the user typed it, for messages.
        folders: The user's folders.
        find: Finds voices, as in `check`.
        checks: Look at music and sounds, as in `check`.

    Raises:
        RoutineError: The value is wrong. Errors elsewhere in the file are not reported.
    """
    root = _parse_settings(text)
    own = [pair for pair in root.pairs if pair[0].value == key] if isinstance(root, Map) else []
    if not own or (isinstance(own[0][1], Text) and own[0][1].empty):
        raise UsageError(
            f"`{key}` is given no value", f"--unset takes it out: {describe_setting(key)}"
        )
    name, node = own[0]
    diagnostics = Diagnostics()
    alone = Map(name.page, name.line, name.column, name.width, ((name, node),))
    check_settings(alone, folders, diagnostics, find, checks)
    shown = Page(f"settings {key}", (value,))
    told = tuple(
        one._replace(source=shown.name, line=0, column=0, width=0, text=value)
        for one in diagnostics.told
    )
    if diagnostics.fatal:
        raise RoutineError(told)
    return told


def _format_node(node: Node) -> str:
    """A value in one line, for display."""
    match node:
        case Text():
            return node.value
        case List():
            return f"[{', '.join(map(_format_node, node.items))}]"
        case Map():
            pairs = (f"{key.value}: {_format_node(value)}" for key, value in node.pairs)
            return f"{{{', '.join(pairs)}}}"
