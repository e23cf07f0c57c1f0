"""`check`, `list`, `show`, `new`, `voices`: looking at what there is, and beginning one's own."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import typer

from audioworkout.cli import names
from audioworkout.cli.inputs import standard_input
from audioworkout.cli.places import folders
from audioworkout.cli.screen import Screen, emit
from audioworkout.errors import OutputError, UsageError
from audioworkout.model.exercise import Exercise, Kit
from audioworkout.model.request import Finding, Flags, Speech
from audioworkout.model.routine import Routine

What = Literal["routines", "exercises"]
Row = tuple[str, ...]
OPTIONAL = "({})"


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Routine files, or - for standard input."),
    ],
) -> None:
    """Say everything that is wrong or doubtful in routine files, and nothing when all is well."""
    checked = [told(file) for file in files]
    screen = Screen()
    for text, _ in checked:
        screen.block(text)
    if any(fatal for _, fatal in checked):
        raise typer.Exit(UsageError.exit_code)


def told(file: str) -> tuple[str, bool]:
    """What there is to say about a file, and whether any of it would stop a build.

    Whether words fit is told by the ruler, whose pace few voices fall behind. Voices are opened,
    which starts no engine but the system's own.
    """
    from audioworkout import reading
    from audioworkout.voices.engines import open_voice
    from audioworkout.voices.ruler import Ruler

    def ruler(speech: Speech) -> Ruler:
        return Ruler(speech.rate)

    findings = reading.check(file, folders(), standard_input(file), ruler, open_voice)
    return reading.render(findings), any(finding.fatal for finding in findings)


def list_(
    what: Annotated[
        What | None,
        typer.Argument(metavar="[routines|exercises]", help="Which of the two (default both)."),
    ] = None,
) -> None:
    """Print what is built in and what your own folder adds, a line each, the key first."""
    from audioworkout import reading

    parts: list[list[Row]] = []
    doubts: list[Finding] = []
    if what != "exercises":
        routines, told = reading.list_routines(folders())
        parts.append([routine_row(each) for each in routines])
        doubts += told
    if what != "routines":
        exercises, told = reading.list_exercises(folders())
        parts.append([exercise_row(each) for each in exercises])
        doubts += told
    Screen().block(reading.render(dict.fromkeys(doubts)))
    emit("\n".join(line for rows in parts for line in columns(rows)))


def routine_row(routine: Routine) -> Row:
    """Key, length, title and what kit is needed."""
    from audioworkout.compiler import plan
    from audioworkout.compiler.frame import kit_needed
    from audioworkout.compiler.script import workout_lasts
    from audioworkout.phrases import load
    from audioworkout.units import short_clock

    lasts = short_clock(workout_lasts(routine, load(routine.language)))
    kit = kit_needed([leg.bout for leg in plan(routine).legs])
    return (routine.key, lasts.rjust(len("1:00:00")), routine.title, kit_text(kit))


def exercise_row(exercise: Exercise) -> Row:
    """Key, default amount and what kit is needed."""
    from audioworkout.notation import Written, write

    usual = exercise.prescription
    sides = None if usual.sides.order == "together" else usual.sides.order
    limb = exercise.limb if sides and exercise.limb != "side" else None
    sets = usual.sets if usual.sets > 1 else None
    written = Written(
        sets=sets, amount=usual.amount, order=sides, limb=limb, finisher=usual.finisher
    )
    return (exercise.key, write(written), kit_text(exercise.kit))


def kit_text(kit: Sequence[Kit]) -> str:
    """What to have at hand, in brackets what one can do without.

    >>> kit_text([Kit("dumbbell", 2), Kit("loop-band", optional=True)])
    '2 dumbbells, (loop band)'
    """
    return ", ".join(
        OPTIONAL.format(_counted(each)) if each.optional else _counted(each) for each in kit
    )


def _counted(kit: Kit) -> str:
    name = kit.key.replace("-", " ")
    return name if kit.count == 1 else f"{kit.count} {name}s"


def columns(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as lines whose parts stand below each other.

    >>> list(columns([("plank", "40s", "mat"), ("side-lunges", "8-10", "")]))
    ['plank        40s   mat', 'side-lunges  8-10']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="An exercise, a built-in routine, a file, or - for standard input.",
            autocompletion=names.everything,
        ),
    ],
) -> None:
    """Print an exercise or a whole routine, complete, as YAML that can be saved and built."""
    emit(shown(name))


def shown(name: str) -> str:
    """An exercise or a routine in its long form."""
    from audioworkout.reading.longform import show

    return show(name, Flags(), folders(), standard_input(name))


def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; it must not exist yet.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ROUTINE",
            help="Begin with a copy of this routine in its long form.",
            autocompletion=names.routines,
        ),
    ] = None,
) -> None:
    """Write a commented starter routine and print its path."""
    path = Path(file)
    text = starter(path) if source is None else shown(source)
    write_new(path, f"# yaml-language-server: $schema={shipped_schema().as_uri()}\n{text}")
    emit(file)


def shipped_schema() -> Path:
    """The JSON Schema as it lies on this computer: an editor reads it from there."""
    import audioworkout

    return Path(audioworkout.__file__).resolve().with_name("schema.json")


def schema() -> None:
    """Print the JSON Schema of routine and exercise files, for editors."""
    from audioworkout.reading.schemas import schema_text

    emit(schema_text())


def starter(path: Path) -> str:
    """A routine with comments, its title made of the file's name."""
    text = resources.files("audioworkout.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    words = "".join(each if each.isalnum() else " " for each in path.stem).split()
    title = " ".join(words).capitalize() or "My workout"
    return text.replace("FILE", path.name).replace("TITLE", f'"{title}"')


def write_new(path: Path, text: str) -> None:
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


def voices() -> None:
    """Print every engine and voice that works here, a line each; the default one is marked."""
    from audioworkout.voices.engines import list_voices, open_voice

    default = open_voice(Speech()).label
    rows = [
        (
            engine,
            unsteering(voice.name),
            unsteering(" ".join(voice.languages)),
            "default" if default.startswith(f"{engine} {voice.name} ") else "",
            unsteering(voice.title),
        )
        for engine, voices in list_voices(folders().voices, Screen().warn)
        for voice in voices
    ]
    emit("\n".join(columns(rows)))


def unsteering(text: str) -> str:
    r"""A name without what would steer a terminal; bytes of a file's name that are no text stay.

    >>> unsteering("an\x1b[31mna\n")
    'an[31mna'
    """
    return "".join(each for each in text if each.isprintable() or "\udc80" <= each <= "\udcff")
