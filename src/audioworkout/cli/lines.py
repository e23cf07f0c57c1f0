"""`lines`: what is to be recorded for a voice of one's own, with the file names it must bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.cli import make
from audioworkout.cli.look import columns
from audioworkout.cli.options import Options
from audioworkout.cli.screen import Screen, emit

if TYPE_CHECKING:
    from audioworkout.model.request import Request
    from audioworkout.model.script import Line


def lines(routine: make.RoutineName = "hip-dips", *, options: Options) -> None:
    """Print every line a workout says, numbered, with its file name: record them, be the voice.

    With --voice FOLDER those that are there already are marked.
    """
    from audioworkout.voices.recorded import folder_of, takes_in, to_record

    screen = Screen(options.quiet)
    request = make.read(make.open_studio(screen), routine, options, screen)
    wanted = to_record(said(request), request.speech.language)
    folder = folder_of(request.speech)
    takes = takes_in(folder) if folder else {}
    emit("\n".join(columns(list(rows(wanted, takes)))))
    if folder:
        done = sum(1 for name in wanted if is_in(name, takes))
        screen.note(f"{done} of {len(wanted)} lines are in {folder}")


def said(request: Request) -> Iterable[Line]:
    """Every line in the order of the workout; counts only if they have no voice of their own."""
    from audioworkout.compiler import compile_routine
    from audioworkout.phrases import load

    routine = request.routine
    script = compile_routine(routine, load(routine.language, request.phrases))
    counts_too = request.speech.counts is None
    return [line for line in script.lines_in_order if counts_too or not line.quick]


def rows(wanted: Mapping[str, str], takes: Mapping[str, Path]) -> Iterator[tuple[str, ...]]:
    """Number, file name and text; between them a mark, if there are recordings."""
    for number, (name, text) in enumerate(wanted.items(), 1):
        mark = ("recorded" if is_in(name, takes) else "",) if takes else ()
        yield (str(number).rjust(len(str(len(wanted)))), *mark, name, text)


def is_in(name: str, takes: Mapping[str, Path]) -> bool:
    """Whether a line of this file name is recorded, whatever its file is called otherwise."""
    from audioworkout.voices.recorded import mark_of

    return mark_of(name) in takes
