"""Voices that a routine or the settings name: whether there are such, told where it was written.

Reading knows no engine. Whoever asks for a check hands in what finds a voice, and only voices that
stand in a file are looked for: a routine that names none is checked as fast as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from audioworkout.errors import UsageError, WorkoutError
from audioworkout.model.request import Diagnostic, Request, Speech
from audioworkout.reading.catalogue import Folders, has_own, load_tree
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, diagnostic_at
from audioworkout.reading.field_types import Values
from audioworkout.reading.nodes import Map, Node, Text

FindVoice = Callable[[Speech, Callable[[str], None]], object]
"""Finds the voice asked for, and warns of what is odd about it.

It raises a UsageError where there is none such, another WorkoutError where it does not work here.
"""


def check_voices(
    speech: Speech, root: Node, folders: Folders, find: FindVoice, diagnostics: Diagnostics
) -> None:
    """Tell the desk of every voice that is not there; `root` is the routine, or the settings."""
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
    """Where files name the voices of a workout, by role; `asked` is what flags name themselves."""
    named = asked.get("voice", {})
    if "engine" in asked:  # it put the voices of files aside
        return {}
    return {
        role: diagnostic_at(_node_of_role(role, root, folders))
        for role, _ in _requested_roles(speech)
        if role not in named
    }


def voice_error(request: Request, find: FindVoice) -> RoutineError | None:
    """What is wrong with the voices of a request, where files name them; None of flags' voices."""
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
    """What is asked of the voice of each role for which something is named."""
    if speech.voice is not None or speech.engine is not None:
        yield "coach", replace(speech, counts=None)
    if speech.counts is not None:
        yield "counts", replace(speech, engine=None, voice=speech.counts, counts=None)


def _node_of_role(role: str, root: Node, folders: Folders) -> Node:
    """Where the voice of a role is named: in the routine, else in the settings."""
    return _voice_node(root, role) or _in_settings(role, folders) or root


def _in_settings(role: str, folders: Folders) -> Node | None:
    """Where the settings name a voice, or the engine that has none such."""
    settings = load_settings_tree(folders)
    return _voice_node(settings, role) or value_of(settings, "engine")


def load_settings_tree(folders: Folders) -> Node | None:
    """What the settings file says; None where there is none."""
    path = folders.settings
    return load_tree(path, folders) if has_own(path) else None


def _voice_node(root: Node | None, role: str) -> Node | None:
    voice = value_of(root, "voice")
    return value_of(voice, role) if isinstance(voice, Map) else voice


def value_of(node: Node | None, key: str) -> Node | None:
    """What stands behind a key; None where nothing does."""
    found = node.get(key) if isinstance(node, Map) else None
    return None if isinstance(found, Text) and found.empty else found
