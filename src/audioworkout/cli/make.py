"""`build` and `script`: from a routine to its MP3, or to its timed script."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout import views
from audioworkout.cli import beside, names
from audioworkout.cli.inputs import standard_input
from audioworkout.cli.options import FILE, Options, option
from audioworkout.cli.screen import Screen, emit, problem_lines
from audioworkout.cli.verbose import Stages, account
from audioworkout.errors import DoesNotFitError, OutputError, UsageError
from audioworkout.views import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audioworkout.encoding import Written
    from audioworkout.labels import Made
    from audioworkout.mixing.stereo import Music
    from audioworkout.model.request import Grouping, Request
    from audioworkout.model.timeline import Timeline
    from audioworkout.pipeline import Performance, Studio

RoutineName = Annotated[
    str,
    typer.Argument(
        metavar="[ROUTINE]",
        help="A built-in routine (default hip-dips), a file, or - for standard input.",
        autocompletion=names.routines,
        show_default=False,
    ),
]
LOUDNESS_WITHIN = 0.5
"""A file may be so far from the loudness that was asked for (LU)."""

Output = Annotated[
    Path | None,
    option(
        FILE,
        "FILE",
        "Where the MP3 goes (default output/<routine>.mp3); replaces an older one. Ending in .wav,"
        " .flac, .ogg, .opus or .m4a it is such a file.",
        "--output",
        "-o",
    ),
]
Format = Annotated[
    str,
    option(
        FILE,
        "FORMAT",
        f"One of {', '.join(FORMATS)} (default text).",
        "--format",
        complete=names.formats,
    ),
]


def build(
    routine: RoutineName = "hip-dips",
    *,
    output: Output = None,
    chapters: beside.Chapters = "set",
    split: beside.Split = False,
    lrc: beside.Lrc = False,
    vtt: beside.Vtt = False,
    cue: beside.Cue = False,
    json: beside.Json = False,
    chapters_json: beside.ChaptersJson = False,
    everything: beside.All = False,
    options: Options,
) -> None:
    """Write a workout as one MP3 and print its path."""
    by = beside.grouping(chapters)
    formats = beside.formats(
        everything, lrc=lrc, vtt=vtt, cue=cue, json=json, chapters=chapters_json
    )
    emit(str(build_to(routine, output, options, by, formats, split)))


def build_to(
    routine: str,
    output: Path | None,
    options: Options,
    by: Grouping = "set",
    formats: Sequence[str] = (),
    split: bool = False,
) -> Path:
    """Write a workout as one MP3, and beside it what else is wanted; gives the path of the MP3."""
    from audioworkout.formats import check_format
    from audioworkout.publish import check_beside, write_beside, write_split

    screen = Screen(options.quiet)
    stages = Stages()
    studio = open_studio(screen)
    request = read(studio, routine, options, screen)
    target = target_of(output, "workout" if routine == "-" else request.routine.key)
    check_format(target)
    check_beside(target, formats)
    stages.done("reading")
    performance = studio.perform(request)
    check_not_music(target, performance.music)
    timeline = performance.timeline
    tell_problems(timeline, screen, options.strict)
    stages.done("speech and layout")
    made = beside.made_of(request, options, today())
    music = studio.music(performance)
    stages.done("listening to music")
    written = write(studio, performance, target, music, made, by)
    stages.done("pictures, mixing and encoding")
    tell_loudness(written, screen)
    for path in write_beside(timeline, target, formats):
        screen.note(f"Wrote {path}")
    if split:
        folder = target.with_name(f"{target.stem} tracks")
        playlist = write_split(performance, folder, made, by, studio.store, screen.progress, music)
        screen.note(f"Wrote {playlist}")
    stages.done("files beside")
    if options.verbose:
        screen.block(account(written, stages))
    tell_unkept(studio, screen)
    return target


def write(
    studio: Studio,
    performance: Performance,
    target: Path,
    music: Music | None,
    made: Made,
    by: Grouping,
) -> Written:
    """Write the one file, of the kind its name ends in, with what such a file can say of itself."""
    from audioworkout.ahead import begun
    from audioworkout.formats import is_mp3, write_sound
    from audioworkout.labels import texts_of
    from audioworkout.publish import prepare_tag

    timeline, kept = performance.timeline, studio.store
    if is_mp3(target):
        tag = begun(prepare_tag(timeline, made, by, kept))
        return studio.build(performance, target, tag, music)
    texts = texts_of(timeline, made)
    return write_sound(performance, target, texts, music, kept, studio.progress)


def script(
    routine: RoutineName = "hip-dips", *, format_name: Format = "text", options: Options
) -> None:
    """Print the timed script of a workout: everything that is said and sounded, and when."""
    if format_name not in FORMATS:
        raise UsageError(f"there is no format {format_name!r}", f"There are {', '.join(FORMATS)}.")
    screen = Screen(options.quiet)
    studio = open_studio(screen)
    timeline = studio.perform(read(studio, routine, options, screen)).timeline
    emit(views.render(timeline, format_name))
    tell_problems(timeline, screen, options.strict)


def open_studio(screen: Screen) -> Studio:
    """The pipeline with this computer's folders, telling its progress on `screen`."""
    from audioworkout.cli.places import folders, places
    from audioworkout.pipeline import Studio
    from audioworkout.store import Store

    store = Store(places().cache)
    return Studio(store, folders(store), screen.progress, screen.warn)


def read(studio: Studio, routine: str, options: Options, screen: Screen) -> Request:
    """The request, its warnings told."""
    from audioworkout.reading import render

    request = studio.read(routine, options.flags(), standard_input(routine))
    if request.warnings:
        screen.block(render(request.warnings))
    for note in request.notes:
        screen.note(note)
    if idle := beside.without_music(request, options):
        screen.warn(f"{', '.join(idle)}: there is no music", "Name some with --music.")
    return request


def tell_loudness(written: Written, screen: Screen) -> None:
    """Say so where the loudness that was asked for cannot be had."""
    off = abs(written.loudness - written.wanted)
    if LOUDNESS_WITHIN < off < math.inf:
        screen.warn(
            f"the loudness is {written.loudness:.1f} LUFS and not {written.wanted:.1f}: more would"
            " only squash the words",
            f"--loudness {math.floor(written.loudness)} can be had.",
        )


def tell_unkept(studio: Studio, screen: Screen) -> None:
    """Warn if nothing of this build could be kept: the next one takes as long."""
    problem = getattr(studio.store, "problem", None)
    if problem:
        screen.warn(f"nothing is kept for the next build: {problem}")


def target_of(output: Path | None, name: str) -> Path:
    """Where the MP3 goes; the default folder is made.

    Raises:
        UsageError: It names a folder or a device.
        OutputError: Its folder does not exist, cannot be made or takes no files.
    """
    from audioworkout.files import check_output

    target = output if output is not None else Path("output", f"{name}.mp3")
    try:
        if output is None:
            target.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {target.parent} cannot be made: {error.strerror}",
            "Choose another place with -o.",
        ) from error
    check_output(target)
    return target


def check_not_music(target: Path, music: Sequence[Path]) -> None:
    """Refuse to put a workout in the place of the music that plays in it.

    Raises:
        UsageError: The target is one of the files.
    """
    from audioworkout.files import is_file

    if is_file(target) and any(target.samefile(file) for file in music):
        raise UsageError(
            f"{target} is the music itself, and would be replaced", "Name another file with -o."
        )


def tell_problems(timeline: Timeline, screen: Screen, strict: bool) -> None:
    """Tell what did not fit.

    Raises:
        DoesNotFitError: Something did not, and `strict` is wanted.
    """
    tell = screen.error if strict else screen.warn
    for line in problem_lines(timeline.problems):
        tell(line)
    count = len(timeline.problems)
    if strict and count:
        raise DoesNotFitError(
            f"{count} {'cue does' if count == 1 else 'cues do'} not fit",
            "Make room as told above, or leave --strict out.",
        )


def today() -> date:
    """The date written into the file: today, or SOURCE_DATE_EPOCH's for builds that repeat.

    Raises:
        UsageError: That variable is no moment (https://reproducible-builds.org wants that told).
    """
    from datetime import UTC, date, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, and should be seconds since 1970",
            "Set it to a whole number, or unset it.",
        ) from error
