"""`build` and `script`: from a routine to its MP3, or to its timed script."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout import views
from audioworkout.cli import build_options, completion
from audioworkout.cli.colors import is_tty
from audioworkout.cli.inputs import read_standard_input
from audioworkout.cli.options import FILE_PANEL, Options, make_option
from audioworkout.cli.report import StageTimer, report_lines
from audioworkout.cli.screen import Screen, format_problems, print_result
from audioworkout.errors import OutputError, UsageError
from audioworkout.units import format_short_clock
from audioworkout.views import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audioworkout.encoding import BuildResult
    from audioworkout.model.request import Grouping, Request
    from audioworkout.model.timeline import Timeline
    from audioworkout.pipeline import Studio
    from audioworkout.publish import BuiltWorkout

RoutineName = Annotated[
    str,
    typer.Argument(
        metavar="[ROUTINE]",
        help="A built-in routine (default hip-dips), a file, or - for standard input.",
        autocompletion=completion.complete_routines,
        show_default=False,
    ),
]
LOUDNESS_WITHIN = 0.5
"""Greatest difference from the requested loudness that gives no warning (LU)."""

Output = Annotated[
    Path | None,
    make_option(
        FILE_PANEL,
        "FILE",
        "Where the MP3 goes (default output/<routine>.mp3); replaces an older one. Ending in .wav,"
        " .flac, .ogg, .opus or .m4a it is such a file.",
        "--output",
        "-o",
    ),
]
Format = Annotated[
    str,
    make_option(
        FILE_PANEL,
        "FORMAT",
        f"One of {', '.join(FORMATS)} (default text).",
        "--format",
        complete=completion.complete_formats,
    ),
]


def build_command(
    routine: RoutineName = "hip-dips",
    *,
    output: Output = None,
    chapters: build_options.Chapters = "set",
    split: build_options.Split = False,
    lrc: build_options.Lrc = False,
    vtt: build_options.Vtt = False,
    cue: build_options.Cue = False,
    json: build_options.Json = False,
    chapters_json: build_options.ChaptersJson = False,
    everything: build_options.All = False,
    options: Options,
) -> None:
    """Write a workout as one MP3 and print its path."""
    by = build_options.complete_grouping(chapters)
    formats = build_options.complete_sidecar_formats(
        everything, lrc=lrc, vtt=vtt, cue=cue, json=json, chapters=chapters_json
    )
    built = build_to(routine, output, options, by, formats, split)
    print_result(str(built.path))
    if options.verbose or is_tty(sys.stderr):
        Screen(options.quiet).note(summarize_build(built, Path("output")))


def summarize_build(built: BuiltWorkout, served: Path) -> str:
    """One line about the built file, and one on how to get it to a phone.

    `served` is the folder that `audioworkout serve` shares by default.
    """
    import shlex  # imported here, because few builds need it

    work = [span.context.exercise for span in built.timeline.spans if span.kind == "work"]
    count = len(set(work))
    folder = built.path.parent
    named = "" if folder.resolve() == served.resolve() else f" {shlex.quote(str(folder))}"
    return " · ".join(
        [
            format_short_clock(built.timeline.duration_ms),
            f"{count} {'exercise' if count == 1 else 'exercises'}",
            f"{built.written.size / 1e6:.1f} MB",
            f"to the phone: `audioworkout serve{named} --lan`, or copy it",
        ]
    )


def build_to(
    routine: str,
    output: Path | None,
    options: Options,
    by: Grouping = "set",
    formats: Sequence[str] = (),
    split: bool = False,
) -> BuiltWorkout:
    """Write a workout as one MP3, and the files wanted beside it."""
    from audioworkout.publish import OutputOptions, check_target, make_build_info, write_workout

    screen = Screen(options.quiet)
    stages = StageTimer()
    studio = open_studio(screen)
    request = read_request(studio, routine, options, screen)
    target = choose_target(output, "workout" if routine == "-" else request.routine.key)
    wanted = OutputOptions(by, tuple(formats), split)
    check_target(target, wanted)
    stages.done("reading")
    performance = studio.perform(request)
    report_problems(performance.timeline, screen, options.strict)
    stages.done("speech and layout")
    made = make_build_info(request, build_options.tell_options(options, request), build_date())
    built = write_workout(studio, performance, target, made, wanted, stages.done)
    warn_about_loudness(built.written, screen)
    for path in built.beside:
        screen.note(f"Wrote {path}")
    if options.verbose:
        screen.block(report_lines(built.written, stages))
    warn_about_cache(studio, screen)
    return built


def print_script(
    routine: RoutineName = "hip-dips", *, format_name: Format = "text", options: Options
) -> None:
    """Print the timed script of a workout: everything that is said and sounded, and when."""
    if format_name not in FORMATS:
        raise UsageError(f"there is no format {format_name!r}", f"There are {', '.join(FORMATS)}.")
    screen = Screen(options.quiet)
    studio = open_studio(screen)
    timeline = studio.perform(read_request(studio, routine, options, screen)).timeline
    print_result(views.render_view(timeline, format_name))
    report_problems(timeline, screen, options.strict)


def open_studio(screen: Screen) -> Studio:
    """The pipeline with this computer's folders; it reports progress on `screen`."""
    from audioworkout.cli.user_paths import find_user_paths, reading_folders
    from audioworkout.disk_cache import DiskCache
    from audioworkout.pipeline import Studio

    cache = DiskCache(find_user_paths().cache)
    folders = reading_folders(cache)
    return Studio(cache, folders, screen.progress, screen.warn, screen.note)


def read_request(studio: Studio, routine: str, options: Options, screen: Screen) -> Request:
    """Read the request and print its warnings."""
    request = studio.prepare(routine, options.flags(), read_standard_input(routine))
    screen.findings(request.warnings)
    for note in request.notes:
        screen.note(note)
    if idle := build_options.unused_music_options(request, options):
        screen.warn(f"{', '.join(idle)}: there is no music", "Name some with --music.")
    return request


def warn_about_loudness(written: BuildResult, screen: Screen) -> None:
    """Warn if the requested loudness is not reached."""
    off = abs(written.loudness - written.wanted)
    if LOUDNESS_WITHIN < off < math.inf:
        screen.warn(
            f"the loudness is {written.loudness:.1f} LUFS and not {written.wanted:.1f}: more would"
            " only squash the words",
            f"--loudness {math.floor(written.loudness)} can be had.",
        )


def warn_about_cache(studio: Studio, screen: Screen) -> None:
    """Warn if nothing of this build could be cached, so that the next one takes as long."""
    problem = getattr(studio.cache, "problem", None)
    if problem:
        screen.warn(f"nothing is kept for the next build: {problem}")


def choose_target(output: Path | None, name: str) -> Path:
    """The path of the MP3; the default folder is created if needed.

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


def report_problems(timeline: Timeline, screen: Screen, strict: bool) -> None:
    """Report what did not fit.

    Raises:
        DoesNotFitError: Something did not fit, and `strict` is set.
    """
    from audioworkout.publish import refuse_problems

    tell = screen.error if strict else screen.warn
    for line in format_problems(timeline.problems):
        tell(line)
    if strict:
        refuse_problems(timeline.problems)


def build_date() -> date:
    """The date written into the file: today, or that of SOURCE_DATE_EPOCH (reproducible builds).

    Raises:
        UsageError: SOURCE_DATE_EPOCH is invalid (to be reported, see https://reproducible-builds.org).
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
