"""`programme build` and `programme done`: the user's folder, and what was done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.cli.course_options import choose_day
from audioworkout.cli.screen import Screen, print_result
from audioworkout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audioworkout.programmes.course import Course
    from audioworkout.programmes.folder import FolderChange
    from audioworkout.programmes.folder_plan import DueSession
    from audioworkout.programmes.model import LogEntry, LoggedResult, Member, Programme

_WEEKS = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?", re.ASCII)
WHOLE_SESSION = "all"
"""The value of `--failed` for a session in which no exercise was completed."""


class BuildWishes(NamedTuple):
    """The options of `programme build` besides the user's, as typed."""

    engine: str | None = None
    bitrate: int | None = None
    weeks: str | None = None
    weeks_ahead: int = 2
    url: str | None = None
    today: str | None = None


class Report(NamedTuple):
    """What `programme done` was told, as typed."""

    session: str | None
    today: str | None = None
    skipped: bool = False
    failed: Sequence[str] = ()
    pain: int | None = None
    felt: int | None = None
    best: str = ""


def build_person(name: str, member: Member, output: Path | None, wishes: BuildWishes) -> None:
    """Build the user's folder, and print its path.

    Raises:
        UsageError: An option is wrong, or the folder holds another programme.
    """
    from audioworkout.cli.serve import base_address
    from audioworkout.programmes.course import Course

    if output is None:
        raise UsageError("`programme build` needs a folder", "Name one with -o.")
    course = Course(
        name_programme(name),
        member,
        wishes.engine,
        wishes.bitrate,
        base_address(wishes.url) if wishes.url else "",
        wishes.weeks_ahead,
        parse_weeks(wishes.weeks),
    )
    update_folder(output, course, choose_day("--today", wishes.today))


def report_session(folder: Path, report: Report) -> None:
    """Write what was done into the log of a folder, and rebuild what it changes.

    Raises:
        UsageError: There is no programme in the folder, or no such session or exercise in it.
    """
    from audioworkout.cli.user_paths import reading_folders
    from audioworkout.programmes.course import read_course
    from audioworkout.programmes.folder import add_entry
    from audioworkout.programmes.reading import read_programme

    course = read_course(folder)
    today = choose_day("--today", report.today)
    programme = read_programme(course.programme, reading_folders())
    add_entry(folder, programme, make_entry(programme, report, today))
    update_folder(folder, course, today)


def make_entry(programme: Programme, report: Report, today: date) -> LogEntry:
    """The line of the log that a report makes.

    Raises:
        UsageError: There is no such session, or nothing of that name is in it.
    """
    from audioworkout.names import did_you_mean, make_stem
    from audioworkout.programmes.model import LogEntry, iterate_tracks

    labels = [position.label for position in programme.positions]
    label = (report.session or "").lower()
    if label not in labels:
        near = did_you_mean(label, labels) if label else ""
        raise UsageError(
            f"there is no session {report.session}" if label else "which session was it",
            near or f"They are {labels[0]} to {labels[-1]}.",
        )
    if report.skipped and report.failed:
        raise UsageError("a session that was left out cannot have failed", "Leave one of them out.")
    inside = {
        make_stem(track.name.value): track.name.value
        for track in iterate_tracks(programme, labels.index(label))
    }
    failed = []
    for name in report.failed:
        if name.lower() == WHOLE_SESSION:
            continue
        if make_stem(name) not in inside:
            near = did_you_mean(name, inside.values())
            known = ", ".join([*inside.values(), WHOLE_SESSION])
            raise UsageError(f"{label} has no {name} that could fail", near or f"It has {known}.")
        failed.append(inside[make_stem(name)])
    if WHOLE_SESSION in map(str.lower, report.failed):
        failed = []
    result: LoggedResult = "skipped" if report.skipped else "failed" if report.failed else "done"
    return LogEntry(today, label, result, report.pain, report.felt, report.best, tuple(failed))


def update_folder(folder: Path, course: Course, today: date) -> None:
    """Build what is due and missing, note what was built, and print the folder."""
    from audioworkout.cli.build import open_studio, warn_about_cache
    from audioworkout.programmes.folder import build_folder

    screen = Screen()
    studio = open_studio(screen)

    def tell(due: DueSession) -> None:
        screen.note(f"Building {due.file}: {due.title}, {due.day.isoformat()}")

    change = build_folder(folder, course, today, studio, tell)
    screen.note(summarize_change(change))
    if not (change.built or change.kept):
        screen.note("A --start of today begins it anew; --weeks 1-2 builds weeks of any day.")
    if not course.url:
        screen.note(
            f"`audioworkout serve {folder} --lan` shows it to a phone; --url makes its feed fit for"
            " a web server."
        )
    warn_about_cache(studio, screen)
    print_result(str(folder))


def summarize_change(change: FolderChange) -> str:
    """Summarize a change in one line.

    >>> from audioworkout.programmes.folder import FolderChange
    >>> summarize_change(FolderChange(("w01d03.mp3",), ("w01d02.mp3",), ()))
    '1 built, 1 kept'
    """
    counts = {"built": change.built, "kept": change.kept, "removed": change.removed}
    told = [f"{len(files)} {what}" for what, files in counts.items() if files]
    return ", ".join(told) or "nothing is due"


def name_programme(name: str) -> str:
    """The name of a built-in programme, or the absolute path of a file: the folder may be moved."""
    path = Path(name)
    return str(path.resolve()) if path.suffix.lower() in (".yaml", ".yml") else name


def parse_weeks(text: str | None) -> tuple[int, int] | None:
    """First and last week of `1-2` or `3`.

    Raises:
        UsageError: It is none.
    """
    if text is None:
        return None
    match = _WEEKS.fullmatch(text.strip())
    first = int(match[1]) if match else 0
    last = int(match[2] or match[1]) if match else 0
    if not 1 <= first <= last:
        raise UsageError(f"--weeks cannot be {text!r}", "Write it as 1-2.")
    return first, last
