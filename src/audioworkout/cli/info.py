"""`list`, `show`, `new`: lists and prints routines and exercises, and creates routines."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Literal

import typer

from audioworkout.cli import completion
from audioworkout.cli.colors import is_tty, paint_for
from audioworkout.cli.inputs import read_standard_input
from audioworkout.cli.screen import Screen, print_result, terminal_columns
from audioworkout.cli.user_paths import find_user_paths, reading_folders
from audioworkout.errors import OutputError, UsageError
from audioworkout.model.exercise import Exercise, Kit
from audioworkout.model.request import Diagnostic, Flags
from audioworkout.model.routine import Routine

ListedKind = Literal["routines", "exercises"]
Row = tuple[str, ...]
OPTIONAL_FORM = "({})"


LanguageCode = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help="en, de, es or fr (default: that of the settings, else en).",
        autocompletion=completion.complete_languages,
    ),
]


def print_names(
    what: Annotated[
        ListedKind | None,
        typer.Argument(metavar="[routines|exercises]", help="Which of the two (default both)."),
    ] = None,
    *,
    language: LanguageCode = None,
) -> None:
    """Print what is built in and what your own folder adds, the key first.

    One line each; on a terminal, lines that are too long are wrapped in columns.
    """
    from audioworkout import preparing, reading
    from audioworkout.disk_cache import DiskCache

    flags = Flags(language=language)
    folders = reading_folders(DiskCache(find_user_paths().cache))
    usual = reading.find_usual_language(flags, folders)
    parts: list[list[Row]] = []
    doubts: list[Diagnostic] = []
    if what != "exercises":
        routines, told = preparing.list_routines(folders, flags)
        parts.append([format_routine(each) for each in routines])
        doubts += told
    if what != "routines":
        exercises, told = reading.list_exercises(folders, usual)
        parts.append([format_exercise(each, usual) for each in exercises])
        doubts += told
    Screen().findings(dict.fromkeys(doubts))
    print_result("\n".join(line for rows in parts for line in format_list(rows)))


def format_list(rows: Sequence[Row]) -> Iterator[str]:
    """Format rows for standard output, keys first: wrapped on a terminal, else one line each."""
    if not is_tty(sys.stdout):
        yield from align_columns(rows)
        return
    paint = paint_for(sys.stdout)
    for (key, *_), lines in zip(rows, wrap_columns(rows, terminal_columns()), strict=True):
        first, *others = lines
        yield paint(key, "key") + first.removeprefix(key)
        yield from others


def format_routine(routine: Routine) -> Row:
    """Key, length, title and kit of a routine."""
    from audioworkout.compiler import plan_routine
    from audioworkout.compiler.frame import collect_kit
    from audioworkout.compiler.script import workout_length
    from audioworkout.languages import load_phrases
    from audioworkout.units import format_short_clock

    lasts = format_short_clock(workout_length(routine, load_phrases(routine.language)))
    kit = bracket_optional_kit(collect_kit(plan_routine(routine)), routine.language)
    return (routine.key, lasts.rjust(len("1:00:00")), routine.title, kit)


def format_exercise(exercise: Exercise, language: str = "en") -> Row:
    """Key, default amount and kit of an exercise; in other languages its name after the key."""
    from audioworkout.languages.written import WRITTEN, load_written
    from audioworkout.notation import Wording, format_line
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
    line, kit = format_line(short), bracket_optional_kit(exercise.kit, language)
    if language not in WRITTEN:
        return (exercise.key, line, kit)
    line = Wording(load_written(language).LINES).write_line(line)
    return (exercise.key, exercise.name, line, kit)


def bracket_optional_kit(kit: Sequence[Kit], language: str = "en") -> str:
    """List kit, optional kit in brackets.

    >>> bracket_optional_kit([Kit("dumbbell", 2), Kit("loop-band", optional=True)])
    '2 dumbbells, (loop band)'
    >>> bracket_optional_kit([Kit("dumbbell", 2), Kit("loop-band", optional=True)], "de")
    '2 Kurzhanteln, (ein Miniband)'
    """
    labels = ((each, _kit_label(each, language)) for each in kit)
    return ", ".join(
        OPTIONAL_FORM.format(label) if each.optional else label for each, label in labels
    )


def _kit_label(kit: Kit, language: str) -> str:
    """`mat`, `2 dumbbells`; in other languages what is said, with the number in figures."""
    from audioworkout.languages import load_phrases

    phrases = load_phrases(language)
    key = phrases.form(f"kit.{kit.key}", kit.count)
    if language != "en" and key in phrases.templates:
        return phrases.part(key, n=str(kit.count))
    name = kit.key.replace("-", " ")
    return name if kit.count == 1 else f"{kit.count} {name}s"


def align_columns(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as lines with aligned columns.

    >>> list(align_columns([("plank", "40s", "mat"), ("side-lunges", "8-10", "")]))
    ['plank        40s   mat', 'side-lunges  8-10']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def wrap_columns(rows: Sequence[Row], width: int) -> Iterator[list[str]]:
    r"""Wrap each row to lines of at most `width` terminal columns.

    Cells of the widest columns except the first are wrapped between words. If that is not enough,
    all cells but the first are put below it, indented.

    >>> rows = [("plank", "40s", "mat"), ("side-lunges", "8-10 per side", "2 light dumbbells")]
    >>> for lines in wrap_columns(rows, 40):
    ...     print(*lines, sep="\n")
    plank        40s           mat
    side-lunges  8-10 per      2 light
                 side          dumbbells
    >>> for lines in wrap_columns(rows, 28):
    ...     print(*lines, sep="\n")
    plank
      40s  mat
    side-lunges
      8-10 per side
      2 light dumbbells
    """
    widths = _fit_widths(rows, width)
    for row in rows:
        if widths:
            cells = [_wrap_cell(cell, room) for cell, room in zip(row, widths, strict=True)]
            lines = zip_longest(*cells, fillvalue="")
            yield ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        else:
            key, *others = (cell.strip() for cell in row)
            yield [key, *(f"  {line}" for line in _pack_cells(others, width - 2))]


def _pack_cells(cells: Sequence[str], width: int) -> list[str]:
    """Put as many cells in a line as fit."""
    lines: list[str] = []
    for cell in filter(None, cells):
        joined = f"{lines[-1]}  {cell}" if lines else cell
        if lines and len(joined) <= width:
            lines[-1] = joined
        else:
            lines += _wrap_cell(cell, width)
    return lines


def _fit_widths(rows: Sequence[Row], width: int) -> list[int]:
    """Widths of columns that fit, the widest made narrower; none if words would have to break."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    longest_words = [
        max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns
    ]
    least = [
        widths[0],
        *(min(own, max(word, 12)) for own, word in zip(widths[1:], longest_words[1:], strict=True)),
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        room = [own - smallest for own, smallest in zip(widths, least, strict=True)]
        if not any(room):
            return []
        widest = max((n for n, spare in enumerate(room) if spare), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _wrap_cell(text: str, width: int) -> list[str]:
    """Wrap a text between words only; its leading white space is kept."""
    if len(text) <= width:
        return [text]
    return wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def print_long_form(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="An exercise, a built-in routine, a file, or - for standard input.",
            autocompletion=completion.complete_names,
        ),
    ],
    *,
    language: LanguageCode = None,
) -> None:
    """Print an exercise or a whole routine, complete, as YAML that can be saved and built."""
    print_result(long_form_of(name, language))


def long_form_of(name: str, language: str | None) -> str:
    """An exercise or a routine in its long form."""
    from audioworkout.preparing import show_long_form

    flags = Flags(language=language)
    return show_long_form(name, flags, reading_folders(), read_standard_input(name))


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
    language: LanguageCode = None,
) -> None:
    """Write a commented starter routine and print its path."""
    from audioworkout import reading

    path = Path(file)
    usual = reading.find_usual_language(Flags(language=language), reading_folders())
    text = starter_text(path, usual) if source is None else long_form_of(source, language)
    write_new_file(
        path, f"# yaml-language-server: $schema={shipped_schema_path().as_uri()}\n{text}"
    )
    print_result(file)


def shipped_schema_path() -> Path:
    """The path of the installed JSON Schema, for editors."""
    import audioworkout

    return Path(audioworkout.__file__).resolve().with_name("schema.json")


def print_schema() -> None:
    """Print the JSON Schema of routine and exercise files, for editors."""
    from audioworkout.reading.json_schema import schema_text

    print_result(schema_text())


def starter_text(path: Path, language: str = "en") -> str:
    """A commented routine in a language, with a title made from the file's name."""
    from audioworkout.languages import load_screen_words

    name = "starter.yaml" if language == "en" else f"starter.{language}.yaml"
    text = resources.files("audioworkout.cli").joinpath(name).read_text(encoding="utf-8")
    words = "".join(each if each.isalnum() else " " for each in path.stem).split()
    title = " ".join(words).capitalize() or load_screen_words(language)["workout"]
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
