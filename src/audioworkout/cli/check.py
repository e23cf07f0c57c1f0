"""`check`: reports errors and warnings in files, and reads routines back."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from audioworkout.cli.colors import is_tty, paint_for
from audioworkout.cli.inputs import read_standard_input
from audioworkout.cli.screen import print_result
from audioworkout.cli.user_paths import find_user_paths
from audioworkout.errors import UsageError
from audioworkout.model.request import RoutineText
from audioworkout.preparing import CheckedFile
from audioworkout.text import escape_controls


def check_files(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Routine files, or - for standard input."),
    ],
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Read every item back, in words and time.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write what is certain into the files, and tell of it.")
    ] = False,
) -> None:
    """Say everything that is wrong or doubtful in routine files.

    On a terminal one line tells of a file that is well; elsewhere nothing does.
    """
    fatal = False
    for file in files:
        if fix:
            print_mended(file)
        checked = check_one(file)
        if lines := "".join(f"{line}\n" for line in report_file(file, checked, verbose)):
            print_result(lines)
        fatal |= any(finding.fatal for finding in checked.findings)
    if fatal:
        raise typer.Exit(UsageError.exit_code)


def print_mended(file: str) -> None:
    """Apply the certain fixes to a file, and print each changed line.

    Raises:
        UsageError: It is standard input.
    """
    from audioworkout.preparing import mend_file

    if file == "-":
        raise UsageError("--fix cannot mend standard input", "Name a file.")
    paint = paint_for(sys.stdout)
    for finding in mend_file(file, check_one):
        place = escape_controls(f"{file}:{finding.line}:{finding.column}: ")
        told = (
            f"{paint(place, 'place')}{paint('mended: ', 'good')}{escape_controls(finding.message)}"
        )
        print_result(f"{told}\n    {escape_controls(finding.mended)}\n")


def check_one(file: str) -> CheckedFile:
    """Check a file, or standard input."""
    from audioworkout.api import check_workout, make_studio

    piped = read_standard_input(file)
    source = file if piped is None else RoutineText(piped, shown="standard input")
    return check_workout(source, make_studio(config=find_user_paths().config))


def _is_article(file: str) -> bool:
    """Whether a file that is no routine is a page or prose, which `import` reads."""
    from audioworkout.errors import WorkoutError
    from audioworkout.importing.charset import decode_bytes, is_text
    from audioworkout.importing.documents import read_source_file, reads_as_article

    try:
        data = read_source_file(Path(file)).data
    except WorkoutError:
        return False
    return is_text(data) and reads_as_article(decode_bytes(data, ""))


def report_file(file: str, checked: CheckedFile, verbose: bool) -> Iterator[str]:
    """Print the report on a file: its errors and warnings, or that it has none; its items."""
    from audioworkout.cli.read_back import count_planned_exercises, read_back, routine_length
    from audioworkout.reading import format_diagnostics
    from audioworkout.units import format_short_clock

    paint = paint_for(sys.stdout)
    if told := format_diagnostics(checked.findings, paint).rstrip("\n"):
        yield told
    if any(finding.fatal for finding in checked.findings) and _is_article(file):
        yield "    it reads like an article: `audioworkout import` makes a routine file of it"
    name = escape_controls("standard input" if file == "-" else file)
    facts = []
    if checked.request is not None:
        count = count_planned_exercises(checked.request)
        facts = [
            format_short_clock(routine_length(checked.request)),
            f"{count} {'exercise' if count == 1 else 'exercises'}",
        ]
    if not checked.findings and (is_tty(sys.stdout)):
        well = paint("nothing to mend", "good")
        yield f"{paint(name, 'place')}: {', '.join([*facts, well])}"
    elif verbose and facts:
        yield f"{paint(name, 'place')}: {', '.join(facts)}"
    if verbose and checked.request is not None:
        for line in read_back(checked.request):
            name, *others = line.split(" · ")
            yield f"  {' · '.join([paint(escape_controls(name), 'key'), *others])}"
