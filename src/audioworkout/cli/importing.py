"""`import`: converts an article, a leaflet, a whiteboard or a table to a routine file."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout.cli.screen import Screen, print_result, terminal_columns
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import UsageError
from audioworkout.reading.routines import STANDARD_INPUT
from audioworkout.text import text_columns

if TYPE_CHECKING:
    from audioworkout.importing import Imported, Source, Written
    from audioworkout.importing.outline import Trace


def import_workout(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A file, an address (https://...), or - for standard input."
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The routine file; several workouts get a number each (default standard output).",
        ),
    ] = None,
    build: Annotated[
        bool, typer.Option("--build", help="Build at once where nothing is unsure.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what became of each line of the source.")
    ] = False,
    day: Annotated[
        str,
        typer.Option(
            "--day",
            metavar="DAY",
            help="One workout of several, by number or name; of a log the date of a session.",
        ),
    ] = "",
    language: Annotated[
        str,
        typer.Option("--language", metavar="CODE", help="en, de, es or fr (default: found out)."),
    ] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help="beginner, normal or advanced, where the source has numbers for each.",
        ),
    ] = "",
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from this computer and its network as well."),
    ] = False,
) -> None:
    """Make a routine file of an article, a leaflet, a whiteboard or a table.

    A table on standard error says what was understood, from which line, and what is unsure.
    """
    from audioworkout.importing import ImportOptions, NoWorkoutError, import_document, read_document
    from audioworkout.importing.rules import LANGUAGES

    _check_choice("--language", language, LANGUAGES)
    _check_choice("--level", level, ("beginner", "normal", "advanced"))
    screen = Screen()
    found = fetch_source(source, allow_private, screen)
    document = read_document(found)
    options = ImportOptions(language, level, day, describe_origin(source))
    try:
        imported = import_document(document, reading_folders(), options)
    except NoWorkoutError as error:
        if explain:
            print_result("\n".join(trace_lines(error.traces)))
        raise
    if explain:
        print_result("\n".join(trace_lines(imported.traces)))
        return
    screen.block("\n".join(table_lines(imported.files)))
    paths = write_files(imported, output, build)
    if build:
        build_files(imported, paths)


def _check_choice(option: str, value: str, choices: Sequence[str]) -> None:
    if value and value not in choices:
        raise UsageError(f"`{option} {value}` is not known", f"one of {', '.join(choices)}")


def fetch_source(name: str, allow_private: bool, screen: Screen) -> "Source":
    """Load the bytes of a file, of a URL, or of standard input.

    Raises:
        UsageError: There is nothing that can be read.
    """
    from audioworkout.importing.documents import LARGEST_SOURCE, Source, read_source_file
    from audioworkout.importing.fetching import Fetcher, is_address

    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise UsageError("there is no standard input")
        if sys.stdin.isatty():
            screen.note("Reading the text from the keyboard; Ctrl-D ends it.")
        return Source("standard input", sys.stdin.buffer.read(LARGEST_SOURCE + 1))
    if is_address(name):
        import time

        screen.note(f"Fetching {name}")
        return Fetcher(time.monotonic, allow_private).fetch(name)
    return read_source_file(Path(name))


def describe_origin(source: str) -> str:
    """The origin of a file; for a URL with the date."""
    if source == STANDARD_INPUT:
        return "Imported from standard input"
    if "://" not in source:
        return f"Imported from {Path(source).name}"
    from datetime import date

    return f"Imported from {source} on {date.today().isoformat()}"


def table_lines(files: "Sequence[Written]") -> Iterator[str]:
    """The table of what was understood: exercise, amount, line and doubt."""
    for file in files:
        rows = [("exercise", "understood", "line", "unsure")]
        above: tuple[object, ...] = ()
        for row in file.rows:
            # What is told of a block is told with its first exercise.
            new = [one for one in row.doubts if all(one is not other for other in above)]
            unsure = "; ".join(f"{one.field}: {one.reason}" for one in new)
            above = row.doubts
            rows.append((row.name, row.understood, str(row.line), unsure))
        yield f"{file.title}: {len(file.rows)} exercises, {_count_doubts(file)}"
        yield from align_rows(rows, terminal_columns())
        for doubt in file.doubts:
            yield f"  unsure: {doubt.field}: {doubt.reason}"


def _count_doubts(file: "Written") -> str:
    count = len(file.doubts) + len({id(one) for row in file.rows for one in row.doubts})
    return f"{count} unsure {'field' if count == 1 else 'fields'}" if count else "nothing unsure"


def align_rows(rows: Sequence[tuple[str, ...]], columns: int) -> Iterator[str]:
    """Align the cells of rows; the last cell is not padded."""
    widths = [
        min(max(text_columns(row[n]) for row in rows), max(12, columns // 3))
        for n in range(len(rows[0]) - 1)
    ]
    for row in rows:
        cells = [
            cell + " " * (width - text_columns(cell))
            for cell, width in zip(row[:-1], widths, strict=True)
        ]
        yield f"  {'  '.join([*cells, row[-1]])}".rstrip()


def trace_lines(traces: "Sequence[Trace]") -> Iterator[str]:
    """A line about each line of the source: number, role, what was read from it, and its text."""
    for one in traces:
        note = f" ({one.note})" if one.note and one.note != one.text else ""
        yield f"{one.line:>5}  {one.role}{note}: {one.text[:100]}"


def write_files(imported: "Imported", output: Path | None, build: bool) -> list[Path]:
    """Write the files and print their paths; without `output`, print the content of a single file.

    Raises:
        UsageError: There are several files and no name for them.
        OutputError: One cannot be written; those before it are.
    """
    from audioworkout.files import check_output, write_atomic

    files = imported.files
    if output is None and not build:
        if len(files) > 1:
            titles = ", ".join(f"{n} {one.title}" for n, one in enumerate(files, 1))
            raise UsageError(
                f"there are {len(files)} workouts in it: {titles}",
                "-o FILE.yaml writes them all, --day 2 prints one",
            )
        print_result(files[0].text)
        return []
    first = output or Path("output/imported.yaml")
    if output is None:
        first.parent.mkdir(parents=True, exist_ok=True)
    paths = (
        [first]
        if len(files) == 1
        else [
            first.with_name(f"{first.stem}-{n}{first.suffix or '.yaml'}")
            for n in range(1, len(files) + 1)
        ]
    )
    for path in paths:
        check_output(path)
    for path, file in zip(paths, files, strict=True):
        write_atomic(path, [file.text.encode("utf-8")])
        print_result(str(path))
    return paths


def build_files(imported: "Imported", paths: Sequence[Path]) -> None:
    """Build every file without uncertain items.

    Raises:
        UsageError: An item is uncertain and must be checked first.
    """
    from audioworkout.cli.build import build_to
    from audioworkout.cli.options import Options

    unsure = [str(path) for path, file in zip(paths, imported.files, strict=True) if file.unsure]
    if unsure:
        raise UsageError(
            f"not built, because something in it is unsure: {', '.join(unsure)}",
            "look at its lines with `# ?`, then `audioworkout build` it",
        )
    for path in paths:
        print_result(str(build_to(str(path), None, Options()).path))
