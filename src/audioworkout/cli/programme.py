"""`programme`: weeks of training that expand into routines."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from audioworkout.cli.colors import paint_for
from audioworkout.cli.options import make_option
from audioworkout.cli.screen import print_result
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audioworkout.programmes.expansion import ExpandedSession
    from audioworkout.programmes.model import LogEntry, Member, Programme

WHO, BUILD, DONE, BUILD_DONE = "Who", "For build", "For done", "For build and done"

Action = Literal["list", "show", "check", "expand", "build", "done", "schema"]


def use_programme(
    action: Annotated[
        Action,
        typer.Argument(
            metavar="list|show|check|expand|build|done|schema",
            help="list: what there is. show: its sessions, each with day, length and what is new."
            " check: what is wrong or doubtful, every week compiled. expand: sessions as routines."
            " build: a folder for a person. done: what was done, into such a folder."
            " schema: the JSON Schema of programme files.",
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|FILE|FOLDER]... [SESSION]",
            help="A built-in programme, or a file of your own; for check several of them. For done"
            " the folder and a session, as in w3d2; for expand a session may follow.",
        ),
    ] = None,
    *,
    start: Annotated[
        str | None,
        make_option(WHO, "DATE", "First day, as in 2026-01-31 (default today).", "--start"),
    ] = None,
    person: Annotated[
        str, make_option(WHO, "NAME", "Who is greeted (default nobody).", "--name")
    ] = "",
    language: Annotated[
        str | None, make_option(WHO, "CODE", "Language of the coach, as in de.", "--language")
    ] = None,
    level: Annotated[
        str | None, make_option(WHO, "LEVEL", "beginner, normal or advanced.", "--level")
    ] = None,
    equipment: Annotated[
        str | None, make_option(WHO, "LIST", "What there is to train with.", "--equipment")
    ] = None,
    member: Annotated[
        list[str] | None,
        make_option(
            WHO, "KEY=VALUE", "A value, as in squat=60kg. Can be given several times.", "--member"
        ),
    ] = None,
    log: Annotated[
        Path | None,
        make_option(WHO, "FILE", "For show and expand: what was done so far (done.csv).", "--log"),
    ] = None,
    output: Annotated[
        Path | None, make_option(BUILD, "FOLDER", "The person's folder.", "--output", "-o")
    ] = None,
    weeks: Annotated[
        str | None, make_option(BUILD, "N-M", "These weeks, as in 1-2.", "--weeks")
    ] = None,
    weeks_ahead: Annotated[
        int,
        make_option(
            BUILD,
            "N",
            "What is due in so many weeks (default 2).",
            "--weeks-ahead",
            least=1,
            most=104,
        ),
    ] = 2,
    url: Annotated[
        str | None, make_option(BUILD, "BASE", "The address the folder has on the web.", "--url")
    ] = None,
    engine: Annotated[str | None, make_option(BUILD, "NAME", "Who speaks.", "--engine")] = None,
    voice: Annotated[str | None, make_option(BUILD, "NAME", "The voice.", "--voice")] = None,
    music: Annotated[
        str | None, make_option(BUILD, "PATH", "What plays beneath.", "--music")
    ] = None,
    bitrate: Annotated[
        int | None, make_option(BUILD, "KBPS", "Of the files, as with `build`.", "--bitrate")
    ] = None,
    failed: Annotated[
        list[str] | None,
        make_option(
            DONE, "WHAT", "An exercise that failed, or all. Can be given several times.", "--failed"
        ),
    ] = None,
    skipped: Annotated[bool, make_option(DONE, None, "It was left out.", "--skipped")] = False,
    pain: Annotated[
        int | None,
        make_option(DONE, "0-10", "How much it hurt.", "--pain", least=0, most=10),
    ] = None,
    felt: Annotated[
        int | None,
        make_option(DONE, "1-10", "How hard it was.", "--felt", least=1, most=10),
    ] = None,
    best: Annotated[str, make_option(DONE, "TEXT", "The result of a test.", "--best")] = "",
    today: Annotated[
        str | None,
        make_option(BUILD_DONE, "DATE", "Another day than today, as in 2026-01-31.", "--today"),
    ] = None,
) -> None:
    """Follow a programme of weeks: list, show, check or expand it, build a person's folder."""
    named = names or []
    if action == "list":
        print_result("\n".join(list_programmes()))
        return
    if action == "schema":
        from audioworkout.programmes.schema import programme_schema_text

        print_result(programme_schema_text())
        return
    most = {"check": len(named), "expand": 2, "done": 2}.get(action, 1)
    if len(named) > most:
        raise UsageError(
            f"`programme {action}` cannot use {named[most]!r}",
            f"It takes {'one name' if most == 1 else 'a name and a session'}.",
        )
    if not named:
        what = "a folder and a session" if action == "done" else "a programme"
        raise UsageError(
            f"`programme {action}` needs {what}", "`audioworkout programme list` tells them."
        )
    name, session = named[0], named[1] if len(named) > 1 else None
    if action == "check":
        check_programmes(named)
        return
    if action == "done":
        from audioworkout.cli.programme_folder import Report, report_session

        report = Report(session, today, skipped, tuple(failed or ()), pain, felt, best)
        report_session(Path(name), report)
        return
    who = make_member(start, person, language, member)
    where = str(Path(music).resolve()) if music else None
    who = replace(who, level=level, equipment=equipment, voice=voice, music=where)
    if action == "build":
        from audioworkout.cli.programme_folder import BuildWishes, build_person

        wishes = BuildWishes(engine, bitrate, weeks, weeks_ahead, url, today)
        build_person(name, who, output, wishes)
        return
    sessions = expand_for(name, who, log)
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


def check_programmes(names: "Sequence[str]") -> None:
    """Print what is wrong or doubtful in programmes.

    Raises:
        typer.Exit: Something is wrong.
    """
    from audioworkout.cli.colors import is_tty
    from audioworkout.programmes.checking import check_programme
    from audioworkout.reading import format_diagnostics
    from audioworkout.voices.ruler import Ruler

    fatal = False
    for name in names:
        checked = check_programme(name, reading_folders(), lambda speech: Ruler(speech.rate))
        if checked.findings:
            told = format_diagnostics(checked.findings, paint_for(sys.stdout))
            print_result(told.rstrip("\n"))
        elif is_tty(sys.stdout):
            print_result(f"{name}: {len(checked.sessions)} sessions, nothing to mend")
        fatal |= any(finding.fatal for finding in checked.findings)
    if fatal:
        raise typer.Exit(UsageError.exit_code)


def make_member(
    start: str | None, name: str, language: str | None, values: "Sequence[str] | None"
) -> "Member":
    """Who trains, as the options say.

    Raises:
        UsageError: A date or a value is none, or there is no such language.
    """
    from audioworkout.languages import LANGUAGES
    from audioworkout.programmes.model import Member

    day = choose_day("--start", start)
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"--language cannot be {language!r}", f"There are {', '.join(LANGUAGES)}.")
    own = {}
    for each in values or ():
        key, equals, value = each.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise UsageError(f"--member cannot be {each!r}", "Write it as squat=60kg.")
        own[key.strip()] = value.strip()
    return Member(day, name, language, values=own)


def choose_day(option: str, text: str | None) -> date:
    """The day that an option names; today where it is left out.

    Raises:
        UsageError: It is no date.
    """
    from audioworkout.programmes.log import parse_date

    day = date.today() if text is None else parse_date(text)
    if day is None:
        raise UsageError(f"{option} cannot be {text!r}", "Write it as 2026-01-31.")
    return day


def expand_for(name: str, member: "Member", log: Path | None) -> "tuple[ExpandedSession, ...]":
    """Every session of a programme for a member."""
    from audioworkout.programmes.expansion import expand_programme
    from audioworkout.programmes.log import read_training_log
    from audioworkout.programmes.reading import read_programme

    folders = reading_folders()
    programme: Programme = read_programme(name, folders)
    entries: Sequence[LogEntry] = read_training_log(log, programme) if log is not None else ()
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
