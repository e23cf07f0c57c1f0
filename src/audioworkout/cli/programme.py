"""`programme`: weeks of training that expand into routines."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from audioworkout.cli.colors import paint_for
from audioworkout.cli.screen import print_result
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audioworkout.programmes.expansion import ExpandedSession
    from audioworkout.programmes.model import LogEntry, Member, Programme

Action = Literal["list", "show", "check", "expand", "schema"]


def use_programme(
    action: Annotated[
        Action,
        typer.Argument(
            metavar="list|show|check|expand|schema",
            help="list: what there is. show: its sessions, each with day, length and what is new."
            " check: what is wrong or doubtful, every week compiled. expand: sessions as routines."
            " schema: the JSON Schema of programme files.",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A built-in programme, or a file of your own."),
    ] = None,
    session: Annotated[
        str | None,
        typer.Argument(metavar="[SESSION]", help="For expand: one session, as in w3d2."),
    ] = None,
    *,
    start: Annotated[
        str | None,
        typer.Option(
            "--start", metavar="DATE", help="First day, as in 2026-01-31 (default today)."
        ),
    ] = None,
    person: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Who is greeted (default nobody).")
    ] = "",
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Language of the coach, as in de."),
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            "--member",
            metavar="KEY=VALUE",
            help="A value of yours, as in squat=60kg. Can be given several times.",
        ),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option("--log", metavar="FILE", help="What was done so far (done.csv)."),
    ] = None,
) -> None:
    """Follow a programme of several weeks: list, show, check it, or expand it into routines."""
    if action == "list":
        print_result("\n".join(list_programmes()))
        return
    if action == "schema":
        from audioworkout.programmes.schema import programme_schema_text

        print_result(programme_schema_text())
        return
    if name is None:
        raise UsageError(
            f"`programme {action}` needs a programme", "`audioworkout programme list` tells them."
        )
    if action == "check":
        check_one_programme(name)
        return
    sessions = expand_for(name, make_member(start, person, language, member), log)
    if action == "show":
        print_result("\n".join(show_sessions(sessions)))
    else:
        print_result(join_routines(choose_sessions(sessions, session)))


def list_programmes() -> "Sequence[str]":
    """A line a programme: key, weeks, sessions, title."""
    from audioworkout.cli.info import align_columns
    from audioworkout.programmes.reading import programme_files, read_programme

    folders = reading_folders()
    rows = []
    for key in programme_files(folders):
        programme = read_programme(key, folders)
        count = len(programme.positions)
        rows.append((key, f"{programme.weeks} weeks", f"{count} sessions", programme.title))
    return list(align_columns(rows))


def check_one_programme(name: str) -> None:
    """Print what is wrong or doubtful in a programme.

    Raises:
        typer.Exit: Something is wrong.
    """
    from audioworkout.cli.colors import is_tty
    from audioworkout.programmes.checking import check_programme
    from audioworkout.reading import format_diagnostics
    from audioworkout.voices.ruler import Ruler

    checked = check_programme(name, reading_folders(), lambda speech: Ruler(speech.rate))
    if checked.findings:
        told = format_diagnostics(checked.findings, paint_for(sys.stdout))
        print_result(told.rstrip("\n"))
    elif is_tty(sys.stdout):
        print_result(f"{name}: {len(checked.sessions)} sessions, nothing to mend")
    if any(finding.fatal for finding in checked.findings):
        raise typer.Exit(UsageError.exit_code)


def make_member(
    start: str | None, name: str, language: str | None, values: "Sequence[str] | None"
) -> "Member":
    """Who trains, as the options say.

    Raises:
        UsageError: A date or a value is none, or there is no such language.
    """
    from audioworkout.languages import LANGUAGES
    from audioworkout.programmes.log import parse_date
    from audioworkout.programmes.model import Member

    day = date.today() if start is None else parse_date(start)
    if day is None:
        raise UsageError(f"--start cannot be {start!r}", "Write it as 2026-01-31.")
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"--language cannot be {language!r}", f"There are {', '.join(LANGUAGES)}.")
    own = {}
    for each in values or ():
        key, equals, value = each.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise UsageError(f"--member cannot be {each!r}", "Write it as squat=60kg.")
        own[key.strip()] = value.strip()
    return Member(day, name, language, values=own)


def expand_for(name: str, member: "Member", log: Path | None) -> "tuple[ExpandedSession, ...]":
    """Every session of a programme for a member."""
    from audioworkout.programmes.expansion import expand_programme
    from audioworkout.programmes.log import read_log
    from audioworkout.programmes.reading import read_programme

    folders = reading_folders()
    programme: Programme = read_programme(name, folders)
    entries: Sequence[LogEntry] = read_log(log, programme) if log is not None else ()
    return expand_programme(programme, member, entries, folders=folders)


def show_sessions(sessions: "Sequence[ExpandedSession]") -> "Sequence[str]":
    """A line a session: label, day, length, and what its first words say of it."""
    from audioworkout.cli.info import align_columns
    from audioworkout.programmes.checking import session_length
    from audioworkout.units import format_short_clock

    folders = reading_folders()
    rows = [
        (
            each.session.label,
            each.session.date.isoformat(),
            format_short_clock(session_length(each, folders)).rjust(len("1:00:00")),
            " ".join(each.words.opening[2:]),
        )
        for each in sessions
    ]
    return list(align_columns(rows))


def choose_sessions(
    sessions: "Sequence[ExpandedSession]", label: str | None
) -> "Sequence[ExpandedSession]":
    """The session of a label; all of them where none is named.

    Raises:
        UsageError: There is no such session.
    """
    from audioworkout.names import did_you_mean

    if label is None:
        return sessions
    known = {each.session.label: each for each in sessions}
    if label.lower() not in known:
        near = did_you_mean(label, known)
        last = sessions[-1].session.label
        raise UsageError(f"there is no session {label}", near or f"They are w1d1 to {last}.")
    return [known[label.lower()]]


def join_routines(sessions: "Sequence[ExpandedSession]") -> str:
    """Sessions as YAML: one routine alone, or a document each."""
    if len(sessions) == 1:
        return sessions[0].text
    return "".join(f"--- # {each.file_name}\n{each.text}" for each in sessions)
