"""Checks that the voices named by a routine or the settings exist.

The caller hands in the function that finds a voice, so that `reading` does not depend on engines.
Only voices named in a file are looked up, so other routines are not slower to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audioworkout.errors import UsageError, WorkoutError
from audioworkout.model.request import Diagnostic, Request, Speech
from audioworkout.reading.catalogue import Folders, has_own, load_tree
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, diagnostic_at
from audioworkout.reading.field_types import Values
from audioworkout.reading.nodes import Map, Node, Text

FindVoice = Callable[[Speech, Callable[[str], None]], object]
"""Finds the requested voice, and may warn.

It raises a UsageError if the voice does not exist, another WorkoutError if it does not work here.
"""


def check_voices(
    speech: Speech, root: Node, folders: Folders, find: FindVoice, diagnostics: Diagnostics
) -> None:
    """Report every voice that does not exist; `root` is the routine, or the settings."""
    for role, part in _requested_roles(speech):
        warnings: list[str] = []
        error = _voice_fault(part, find, warnings.append)
        for warning in warnings:
            diagnostics.warn(_node_of_role(role, root, folders), warning)
        if error is not None:
            tell = diagnostics.error if isinstance(error, UsageError) else diagnostics.warn
            tell(_node_of_role(role, root, folders), str(error), error.hint)


def locate_voices(
    speech: Speech, asked: Values, root: Node, folders: Folders
) -> dict[str, Diagnostic]:
    """The places where files name the voices of a workout, by role; `asked` is given by flags."""
    named = asked.get("voice", {})
    if "engine" in asked:  # it put the voices of files aside
        return {}
    return {
        role: diagnostic_at(_node_of_role(role, root, folders))
        for role, _ in _requested_roles(speech)
        if role not in named
    }


def voice_error(request: Request, find: FindVoice) -> RoutineError | None:
    """The errors of voices that files name; None if only flags name voices, or all exist."""
    findings = [
        request.voices_at[role]._replace(message=str(error), hint=error.hint)
        for role, part in _requested_roles(request.speech)
        if role in request.voices_at
        and isinstance(error := _voice_fault(part, find, lambda message: None), UsageError)
    ]
    return RoutineError(tuple(findings)) if findings else None


def _voice_fault(part: Speech, find: FindVoice, warn: Callable[[str], None]) -> WorkoutError | None:
    try:
        find(part, warn)
    except WorkoutError as error:
        return error
    return None


def _requested_roles(speech: Speech) -> Iterator[tuple[str, Speech]]:
    """The request for the voice of each role that has one."""
    if speech.voice is not None or speech.engine is not None:
        yield "coach", speech._replace(counts=None)
    if speech.counts is not None:
        yield "counts", speech._replace(engine=None, voice=speech.counts, counts=None)


def _node_of_role(role: str, root: Node, folders: Folders) -> Node:
    """The place where the voice of a role is named: in the routine, else in the settings."""
    return _voice_node(root, role) or _in_settings(role, folders) or root


def _in_settings(role: str, folders: Folders) -> Node | None:
    """The place where the settings name a voice, or its engine."""
    settings = load_settings_tree(folders)
    return _voice_node(settings, role) or value_of(settings, "engine")


def load_settings_tree(folders: Folders) -> Node | None:
    """The tree of the settings file; None if there is none."""
    path = folders.settings
    return load_tree(path, folders) if has_own(path) else None


def _voice_node(root: Node | None, role: str) -> Node | None:
    voice = value_of(root, "voice")
    return value_of(voice, role) if isinstance(voice, Map) else voice


def value_of(node: Node | None, key: str) -> Node | None:
    """The value of a key; None if it has none."""
    found = node.get(key) if isinstance(node, Map) else None
    return None if isinstance(found, Text) and found.empty else found
