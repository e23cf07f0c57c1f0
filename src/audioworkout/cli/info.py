"""`check`, `list`, `show`, `new`, `voices`: looking at what there is, and beginning one's own."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import typer

from audioworkout.cli import completion
from audioworkout.cli.inputs import read_standard_input
from audioworkout.cli.screen import Screen, print_result
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import OutputError, UsageError
from audioworkout.model.exercise import Exercise, Kit
from audioworkout.model.request import Diagnostic, Flags, Speech
from audioworkout.model.routine import Routine

What = Literal["routines", "exercises"]
Row = tuple[str, ...]
OPTIONAL = "({})"


def check_files(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Routine files, or - for standard input."),
    ],
) -> None:
    """Say everything that is wrong or doubtful in routine files, and nothing when all is well."""
    checked = [report_file(file) for file in files]
    screen = Screen()
    for text, _ in checked:
        screen.block(text)
    if any(fatal for _, fatal in checked):
        raise typer.Exit(UsageError.exit_code)


def report_file(file: str) -> tuple[str, bool]:
    """What there is to say about a file, and whether any of it would stop a build.

    Whether words fit is told by the ruler, whose pace few voices fall behind. Voices are opened,
    which starts no engine but the system's own.
    """
    from audioworkout.preparing import check_file
    from audioworkout.reading import format_diagnostics
    from audioworkout.voices.engines import open_voice
    from audioworkout.voices.ruler import Ruler

    def ruler(speech: Speech) -> Ruler:
        return Ruler(speech.rate)

    findings = check_file(file, reading_folders(), read_standard_input(file), ruler, open_voice)
    return format_diagnostics(findings), any(finding.fatal for finding in findings)


def list_names(
    what: Annotated[
        What | None,
        typer.Argument(metavar="[routines|exercises]", help="Which of the two (default both)."),
    ] = None,
) -> None:
    """Print what is built in and what your own folder adds, a line each, the key first."""
    from audioworkout import preparing, reading

    parts: list[list[Row]] = []
    doubts: list[Diagnostic] = []
    if what != "exercises":
        routines, told = preparing.list_routines(reading_folders())
        parts.append([format_routine(each) for each in routines])
        doubts += told
    if what != "routines":
        exercises, told = reading.list_exercises(reading_folders())
        parts.append([format_exercise(each) for each in exercises])
        doubts += told
    Screen().block(reading.format_diagnostics(dict.fromkeys(doubts)))
    print_result("\n".join(line for rows in parts for line in align_columns(rows)))


def format_routine(routine: Routine) -> Row:
    """Key, length, title and what kit is needed."""
    from audioworkout.compiler import plan_routine
    from audioworkout.compiler.frame import collect_kit
    from audioworkout.compiler.script import workout_length
    from audioworkout.languages import load_phrases
    from audioworkout.units import format_short_clock

    lasts = format_short_clock(workout_length(routine, load_phrases(routine.language)))
    kit = collect_kit(plan_routine(routine))
    return (routine.key, lasts.rjust(len("1:00:00")), routine.title, format_kit(kit))


def format_exercise(exercise: Exercise) -> Row:
    """Key, default amount and what kit is needed."""
    from audioworkout.notation import format_line
    from audioworkout.reading.amounts import partial_of_prescription

    usual = exercise.prescription
    partial = partial_of_prescription(usual)
    together = usual.sides.order == "together"
    short = replace(
        partial,
        order=None if together else partial.order,
        limb=exercise.limb if not together and exercise.limb != "side" else None,
        first=None,
        tempo=None,
        pause_top=None,
        pause_bottom=None,
        rest=None,
    )
    return (exercise.key, format_line(short), format_kit(exercise.kit))


def format_kit(kit: Sequence[Kit]) -> str:
    """What to have at hand, in brackets what one can do without.

    >>> format_kit([Kit("dumbbell", 2), Kit("loop-band", optional=True)])
    '2 dumbbells, (loop band)'
    """
    return ", ".join(
        OPTIONAL.format(_kit_label(each)) if each.optional else _kit_label(each) for each in kit
    )


def _kit_label(kit: Kit) -> str:
    name = kit.key.replace("-", " ")
    return name if kit.count == 1 else f"{kit.count} {name}s"


def align_columns(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as lines whose parts stand below each other.

    >>> list(align_columns([("plank", "40s", "mat"), ("side-lunges", "8-10", "")]))
    ['plank        40s   mat', 'side-lunges  8-10']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def print_long_form(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="An exercise, a built-in routine, a file, or - for standard input.",
            autocompletion=completion.complete_names,
        ),
    ],
) -> None:
    """Print an exercise or a whole routine, complete, as YAML that can be saved and built."""
    print_result(long_form_of(name))


def long_form_of(name: str) -> str:
    """An exercise or a routine in its long form."""
    from audioworkout.preparing import show_long_form

    return show_long_form(name, Flags(), reading_folders(), read_standard_input(name))


def create_routine(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; it must not exist yet.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ROUTINE",
            help="Begin with a copy of this routine in its long form.",
            autocompletion=completion.complete_routines,
        ),
    ] = None,
) -> None:
    """Write a commented starter routine and print its path."""
    path = Path(file)
    text = starter_text(path) if source is None else long_form_of(source)
    write_new_file(
        path, f"# yaml-language-server: $schema={shipped_schema_path().as_uri()}\n{text}"
    )
    print_result(file)


def shipped_schema_path() -> Path:
    """The JSON Schema as it lies on this computer: an editor reads it from there."""
    import audioworkout

    return Path(audioworkout.__file__).resolve().with_name("schema.json")


def print_schema() -> None:
    """Print the JSON Schema of routine and exercise files, for editors."""
    from audioworkout.reading.json_schema import schema_text

    print_result(schema_text())


def starter_text(path: Path) -> str:
    """A routine with comments, its title made of the file's name."""
    text = resources.files("audioworkout.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    words = "".join(each if each.isalnum() else " " for each in path.stem).split()
    title = " ".join(words).capitalize() or "My workout"
    return text.replace("FILE", path.name).replace("TITLE", f'"{title}"')


def write_new_file(path: Path, text: str) -> None:
    """Write a file that must not exist yet.

    Raises:
        UsageError: It exists.
        OutputError: It cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already", "Name another file, or remove it.") from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error


def list_all_voices() -> None:
    """Print every engine and voice that works here, a line each; the default one is marked."""
    from audioworkout.voices.engines import list_voices, open_voice

    default = open_voice(Speech()).label
    rows = [
        (
            engine,
            escape_controls(voice.name),
            escape_controls(" ".join(voice.languages)),
            "default" if default.startswith(f"{engine} {voice.name} ") else "",
            escape_controls(voice.title),
        )
        for engine, voices in list_voices(reading_folders().voices, Screen().warn)
        for voice in voices
    ]
    print_result("\n".join(align_columns(rows)))


def escape_controls(text: str) -> str:
    r"""A name without what would steer a terminal; bytes of a file's name that are no text stay.

    >>> escape_controls("an\x1b[31mna\n")
    'an[31mna'
    """
    return "".join(each for each in text if each.isprintable() or "\udc80" <= each <= "\udcff")
