"""`programme`: weeks of training that expand into routines."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout.cli.colors import paint_for
from audioworkout.cli.course_options import (
    COURSE_PANEL,
    MEMBER_PANEL,
    BaseAddress,
    CourseBitrate,
    CourseEngine,
    CourseFolder,
    FirstDay,
    MemberKit,
    MemberLanguage,
    MemberLevel,
    MemberName,
    MemberValues,
    Today,
    WeeksAhead,
    choose_day,
)
from audioworkout.cli.options import make_option
from audioworkout.cli.screen import Screen, print_result
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audioworkout.programmes.expansion import ExpandedSession
    from audioworkout.programmes.model import Member, Programme

REPORT_PANEL = "What was done"

ProgrammeName = Annotated[
    str, typer.Argument(metavar="NAME", help="A built-in programme, or a file of your own.")
]
LogFile = Annotated[
    Path | None, make_option(MEMBER_PANEL, "FILE", "What was done so far (done.csv).", "--log")
]


def print_programmes() -> None:
    """Print the programmes that are built in and that your own folder adds, the key first."""
    print_result("\n".join(list_programmes()))


def show_programme(
    name: ProgrammeName,
    *,
    start: FirstDay = None,
    person: MemberName = "",
    language: MemberLanguage = None,
    level: MemberLevel = None,
    equipment: MemberKit = None,
    member: MemberValues = None,
    log: LogFile = None,
) -> None:
    """Print every session: its day, its length and what is new."""
    who = make_member(start, person, language, level, equipment, member)
    programme = find_programme(name)
    print_result("\n".join(show_sessions(expand_for(programme, who, log))))
    if programme.gate is not None and log is None:
        Screen().note(
            f"Nothing rises before `{programme.gate.ask}` is reported: `programme done` does it,"
            " and --log reads what was."
        )


def expand_sessions(
    name: ProgrammeName,
    session: Annotated[
        str | None,
        typer.Argument(metavar="[SESSION]", help="As in w3d2; left out, all of them."),
    ] = None,
    *,
    start: FirstDay = None,
    person: MemberName = "",
    language: MemberLanguage = None,
    level: MemberLevel = None,
    equipment: MemberKit = None,
    member: MemberValues = None,
    log: LogFile = None,
) -> None:
    """Print sessions as routine files (YAML)."""
    who = make_member(start, person, language, level, equipment, member)
    print_result(
        join_routines(choose_sessions(expand_for(find_programme(name), who, log), session))
    )


def check_programmes(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="Built-in programmes, or files of your own."),
    ],
) -> None:
    """Say everything that is wrong or doubtful; every session is compiled."""
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


def build_programme(
    name: ProgrammeName,
    *,
    output: CourseFolder = None,
    weeks: Annotated[
        str | None,
        make_option(
            COURSE_PANEL, "N-M", "These weeks, as in 1-2, whenever they are due.", "--weeks"
        ),
    ] = None,
    weeks_ahead: WeeksAhead = 2,
    url: BaseAddress = None,
    engine: CourseEngine = None,
    voice: Annotated[str | None, make_option(COURSE_PANEL, "NAME", "The voice.", "--voice")] = None,
    music: Annotated[
        Path | None, make_option(COURSE_PANEL, "PATH", "What plays beneath.", "--music")
    ] = None,
    bitrate: CourseBitrate = None,
    today: Today = None,
    start: FirstDay = None,
    person: MemberName = "",
    language: MemberLanguage = None,
    level: MemberLevel = None,
    equipment: MemberKit = None,
    member: MemberValues = None,
) -> None:
    """Build a person's folder: the sessions of the next weeks, a feed and a calendar."""
    from audioworkout.cli.programme_folder import BuildWishes, build_person

    who = make_member(start, person, language, level, equipment, member)
    who = replace(who, voice=voice, music=str(music.resolve()) if music else None)
    wishes = BuildWishes(engine, bitrate, weeks, weeks_ahead, url, today)
    build_person(name, who, output, wishes)


def report_done(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="What `programme build` has made.")
    ],
    session: Annotated[
        str | None, typer.Argument(metavar="SESSION", help="What was done, as in w3d2.")
    ] = None,
    *,
    failed: Annotated[
        list[str] | None,
        make_option(
            REPORT_PANEL,
            "WHAT",
            "An exercise that failed, or all. Can be given several times.",
            "--failed",
        ),
    ] = None,
    skipped: Annotated[
        bool, make_option(REPORT_PANEL, None, "It was left out.", "--skipped")
    ] = False,
    pain: Annotated[
        int | None,
        make_option(REPORT_PANEL, "0-10", "How much it hurt.", "--pain", least=0, most=10),
    ] = None,
    felt: Annotated[
        int | None,
        make_option(REPORT_PANEL, "1-10", "How hard it was.", "--felt", least=1, most=10),
    ] = None,
    best: Annotated[str, make_option(REPORT_PANEL, "TEXT", "The result of a test.", "--best")] = "",
    today: Today = None,
) -> None:
    """Log what was done, and rebuild the sessions that it changes."""
    from audioworkout.cli.programme_folder import Report, report_session

    report = Report(session, today, skipped, tuple(failed or ()), pain, felt, best)
    report_session(folder, report)


def print_programme_schema() -> None:
    """Print the JSON Schema of programme files, for editors."""
    from audioworkout.programmes.schema import programme_schema_text

    print_result(programme_schema_text())


ACTIONS: dict[str, Callable[..., None]] = {
    "list": print_programmes,
    "show": show_programme,
    "check": check_programmes,
    "expand": expand_sessions,
    "build": build_programme,
    "done": report_done,
    "schema": print_programme_schema,
}
"""Every command of the group, with its function."""


def list_programmes() -> "Sequence[str]":
    """One line for each programme: key, weeks, sessions, title."""
    from audioworkout.cli.info import align_columns
    from audioworkout.programmes.reading import programme_files, read_programme

    folders = reading_folders()
    rows = []
    for key in programme_files(folders):
        programme = read_programme(key, folders)
        count = len(programme.positions)
        rows.append((key, f"{programme.weeks} weeks", f"{count} sessions", programme.title))
    return list(align_columns(rows))


def make_member(
    start: str | None,
    name: str,
    language: str | None,
    level: str | None,
    equipment: str | None,
    values: "Sequence[str] | None",
) -> "Member":
    """Who trains, as the options say.

    Raises:
        UsageError: A date or a value is none, or there is no such language, level or equipment.
    """
    from audioworkout.languages import LANGUAGES
    from audioworkout.model.request import Flags
    from audioworkout.programmes.model import Member
    from audioworkout.reading import Diagnostics
    from audioworkout.reading.flags import read_flags

    day = choose_day("--start", start)
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"--language cannot be {language!r}", f"There are {', '.join(LANGUAGES)}.")
    own = {}
    for each in values or ():
        key, equals, value = each.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise UsageError(f"--member cannot be {each!r}", "Write it as squat=60kg.")
        own[key.strip()] = value.strip()
    diagnostics = Diagnostics()
    read_flags(Flags(level=level, equipment=equipment), diagnostics)
    diagnostics.finish()
    return Member(day, name, language, level, equipment, values=own)


def find_programme(name: str) -> "Programme":
    """A built-in programme, or one of the user's own.

    Raises:
        RoutineError: It is not there, or something in it is wrong.
    """
    from audioworkout.programmes.reading import read_programme

    return read_programme(name, reading_folders())


def expand_for(
    programme: "Programme", member: "Member", log: Path | None
) -> "tuple[ExpandedSession, ...]":
    """Every session of a programme for a member."""
    from audioworkout.programmes.expansion import expand_programme
    from audioworkout.programmes.log import read_training_log

    entries = read_training_log(log, programme) if log is not None else ()
    return expand_programme(programme, member, entries, folders=reading_folders())


def show_sessions(sessions: "Sequence[ExpandedSession]") -> "Sequence[str]":
    """One line for each session: label, day, length, and what is new in it."""
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
    """The session with a label; all of them if none is given.

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
    """Format sessions as YAML: a single routine, or one document for each."""
    if len(sessions) == 1:
        return sessions[0].text
    return "".join(f"--- # {each.file_name}\n{each.text}" for each in sessions)
