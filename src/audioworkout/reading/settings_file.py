"""The settings file: what it says, and one setting of it changed with all else left as it is."""

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
    """Every setting of the file as it is written; a value of several lines in one.

    Raises:
        RoutineError: The file cannot be read or parsed.
    """
    path = folders.settings
    root = load_tree(path, folders) if has_own(path) else None
    pairs = root.pairs if isinstance(root, Map) else ()
    return {key.value: _format_node(value) for key, value in pairs}


def find_setting(name: str) -> str:
    """The key of a setting as a person writes it.

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
    """What a setting is, and what may stand in it."""
    field = next(field for field in SETTINGS if field.name == key)
    return f"{field.help} ({field.kind.what})"


def change_setting(text: str, key: str, value: str | None) -> str:
    r"""The text of a settings file with one setting changed; None takes it out.

    Comments, the order and every other byte stay.

    Args:
        text: The file, which is right YAML; empty where there is none.
        key: As `find_setting` gives it.
        value: As a person writes it; in quotes in the file where it would else mean something else.

    Raises:
        UsageError: The file is written so that this cannot be done.

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
    """The text with another value; a comment behind the key or the value stays."""
    colon = text.index(":", entry.key_end) + 1
    between = text[colon : max(entry.start, colon)]
    end = max(entry.end, colon)
    if "\n" in between:  # the value stood on lines of its own
        return f"{text[:colon]} {value}{between.splitlines()[0].rstrip()}{text[end:]}"
    return f"{text[:colon]}{between or ' '}{value}{text[end:]}"


def _quote_value(key: str, value: str) -> str:
    """A value so that YAML reads it as it was written."""
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
    """Refuse a change after which another setting says something else.

    Raises:
        UsageError: It would.
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
    """Refuse a wrong value; gives what is doubtful about it.

    Args:
        text: The settings file as it would be.
        key: What was changed in it.
        value: As it was given, for messages.
        folders: Where the person's own files lie.
        find: Finds voices, as in `check`.
        checks: Look at music and sounds, as in `check`.

    Raises:
        RoutineError: The value is wrong. What is wrong elsewhere in the file is not told.
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
    """A value in one line, for showing."""
    match node:
        case Text():
            return node.value
        case List():
            return f"[{', '.join(map(_format_node, node.items))}]"
        case Map():
            pairs = (f"{key.value}: {_format_node(value)}" for key, value in node.pairs)
            return f"{{{', '.join(pairs)}}}"
