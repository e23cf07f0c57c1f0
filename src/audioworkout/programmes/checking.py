"""Everything that is wrong or doubtful in a programme: each session is expanded and compiled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from audioworkout.model.request import Diagnostic, Flags, Source
from audioworkout.preparing import MeasureFor, adapt_request, lint_layout
from audioworkout.programmes.blanks import find_blanks
from audioworkout.programmes.expansion import ExpandedSession, expand_programme, read_session
from audioworkout.programmes.model import Member, Programme, texts_within
from audioworkout.programmes.reading import read_programme
from audioworkout.reading import Diagnostics, Folders, RoutineError
from audioworkout.units import Ms

A_MONDAY = date(2026, 1, 5)
"""The first day of the member that a programme is checked with."""
EXAMPLE = "20"
"""What a value of a member is taken as where neither the programme nor anybody says."""


class CheckedProgramme(NamedTuple):
    """A programme, its sessions, and what there is to say about it."""

    programme: Programme | None
    """None where it cannot be read."""
    sessions: tuple[ExpandedSession, ...]
    findings: tuple[Diagnostic, ...]


def check_programme(
    name: Source | Path, folders: Folders, measure_for: MeasureFor | None = None
) -> CheckedProgramme:
    """Read a programme, expand every week of it, and compile each session.

    With `measure_for` also what would not fit into its slot if it were spoken so. What is found in
    several sessions is told once.
    """
    diagnostics = Diagnostics()
    programme = None
    sessions: tuple[ExpandedSession, ...] = ()
    try:
        programme = read_programme(name, folders)
        diagnostics.extend(programme.warnings)
        member = Member(A_MONDAY, values=_example_values(programme, diagnostics))
        sessions = expand_programme(programme, member, folders=folders)
        _check_sessions(sessions, folders, measure_for, diagnostics)
    except RoutineError as error:
        diagnostics.extend(error.findings)
    return CheckedProgramme(programme, sessions, diagnostics.told)


def session_length(expanded: ExpandedSession, folders: Folders) -> Ms:
    """How long a session lasts, first and last words included.

    Raises:
        RoutineError: It is no routine, or too long.
    """
    from audioworkout.compiler.script import workout_length
    from audioworkout.languages import load_phrases

    request = adapt_request(read_session(expanded, folders))
    routine = request.routine
    return workout_length(routine, load_phrases(routine.language, request.phrases))


def _check_sessions(
    sessions: tuple[ExpandedSession, ...],
    folders: Folders,
    measure_for: MeasureFor | None,
    diagnostics: Diagnostics,
) -> None:
    told: set[tuple[int, int, str]] = set()
    bodies: set[str] = set()
    for expanded in sessions:
        if expanded.body in bodies:
            continue
        bodies.add(expanded.body)
        findings: list[Diagnostic] = []
        try:
            request = adapt_request(read_session(expanded, folders, Flags()))
            findings += request.warnings
            if measure_for is not None:
                findings += lint_layout(request, measure_for(request.speech))
        except RoutineError as error:
            findings += error.findings
        for finding in findings:
            key = (finding.line, finding.column, finding.message.partition(", by ")[0])
            if key not in told:
                told.add(key)
                message = f"{finding.message} ({expanded.session.label})"
                diagnostics.extend([finding._replace(message=message)])


def _example_values(programme: Programme, diagnostics: Diagnostics) -> dict[str, str]:
    """Values for what nobody says; each is told."""
    found: dict[str, str] = {}
    for text in texts_within(programme.root):
        for name in find_blanks(text.value):
            key = name.removeprefix("member.")
            if key != name and key not in (*programme.member, *found):
                found[key] = EXAMPLE
                message = f"nobody says what `{{{name}}}` is where a member does not"
                diagnostics.warn(text, message, f"write `member: {{{key}: {EXAMPLE}}}`")
    return found
