"""`build` and `script`: from a routine to its MP3, or to its timed script."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from audioworkout import views
from audioworkout.cli import build_options, completion
from audioworkout.cli.colors import is_tty
from audioworkout.cli.inputs import read_standard_input
from audioworkout.cli.options import FILE, Options, make_option
from audioworkout.cli.report import StageTimer, report_lines
from audioworkout.cli.screen import Screen, format_problems, print_result
from audioworkout.errors import DoesNotFitError, OutputError, UsageError
from audioworkout.units import format_short_clock
from audioworkout.views import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audioworkout.encoding import BuildResult
    from audioworkout.mixing.mix import Mix
    from audioworkout.model.request import Grouping, Request
    from audioworkout.model.timeline import Timeline
    from audioworkout.pipeline import Studio
    from audioworkout.tagging.labels import BuildInfo

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
"""A file may be so far from the loudness that was asked for (LU)."""

Output = Annotated[
    Path | None,
    make_option(
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
    make_option(
        FILE,
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


class FinishedBuild(NamedTuple):
    """An MP3 (or another sound file) that has been written, and what is in it."""

    path: Path
    timeline: Timeline
    written: BuildResult


def summarize_build(built: FinishedBuild, served: Path) -> str:
    """What was made, in one line, and how it gets to the phone.

    `served` is the folder that `audioworkout serve` shares when none is named.
    """
    import shlex  # here: few builds need it

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
) -> FinishedBuild:
    """Write a workout as one MP3, and beside it what else is wanted."""
    from audioworkout.encoding.sound_formats import check_format, is_mp3_name
    from audioworkout.publish import check_sidecars, write_sidecars

    screen = Screen(options.quiet)
    stages = StageTimer()
    studio = open_studio(screen)
    request = read_request(studio, routine, options, screen)
    target = choose_target(output, "workout" if routine == "-" else request.routine.key)
    check_format(target)
    check_sidecars(target, formats)
    stages.done("reading")
    performance = studio.perform(request)
    refuse_music_as_target(target, performance.music)
    timeline = performance.timeline
    report_problems(timeline, screen, options.strict)
    stages.done("speech and layout")
    made = build_options.make_build_info(request, options, build_date())
    mix = studio.mix(performance, lossy=is_mp3_name(target))
    stages.done("levels")
    written = write_output(studio, mix, target, made, by)
    stages.done("pictures, mixing and encoding")
    warn_about_loudness(written, screen)
    for path in write_sidecars(timeline, target, formats):
        screen.note(f"Wrote {path}")
    if split:
        tracks = mix if is_mp3_name(target) else studio.mix(performance)
        screen.note(f"Wrote {write_split(studio, tracks, target, made, by)}")
    stages.done("files beside")
    if options.verbose:
        screen.block(report_lines(written, stages))
    warn_about_cache(studio, screen)
    return FinishedBuild(target, timeline, written)


def write_output(
    studio: Studio, mix: Mix, target: Path, made: BuildInfo, by: Grouping
) -> BuildResult:
    """Write the one file, of the kind its name ends in, with what such a file can say of itself."""
    from audioworkout.encoding.sound_formats import is_mp3_name
    from audioworkout.prefetch import run_in_thread
    from audioworkout.publish import prepare_tag
    from audioworkout.tagging.labels import text_tags

    if is_mp3_name(target):
        tag = run_in_thread(prepare_tag(mix.timeline, made, by, studio.cache))
        return studio.encode_mp3(mix, target, tag)
    return studio.encode_sound(mix, target, text_tags(mix.timeline, made))


def write_split(studio: Studio, mix: Mix, target: Path, made: BuildInfo, by: Grouping) -> Path:
    """Write every chapter as an MP3 of its own beside `target`; gives their playlist's path."""
    from audioworkout.publish import plan_tracks, write_playlist

    folder = target.with_name(f"{target.stem} tracks")
    studio.encode_tracks(mix, plan_tracks(mix.timeline, folder, made, by, studio.cache))
    return write_playlist(mix.timeline, folder, by)


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
    """The pipeline with this computer's folders, telling its progress on `screen`."""
    from audioworkout.cli.user_paths import find_user_paths, reading_folders
    from audioworkout.disk_cache import DiskCache
    from audioworkout.pipeline import Studio

    cache = DiskCache(find_user_paths().cache)
    folders = reading_folders(cache)
    return Studio(cache, folders, screen.progress, screen.warn, screen.note)


def read_request(studio: Studio, routine: str, options: Options, screen: Screen) -> Request:
    """The request, its warnings told."""
    request = studio.prepare(routine, options.flags(), read_standard_input(routine))
    screen.findings(request.warnings)
    for note in request.notes:
        screen.note(note)
    if idle := build_options.unused_music_options(request, options):
        screen.warn(f"{', '.join(idle)}: there is no music", "Name some with --music.")
    return request


def warn_about_loudness(written: BuildResult, screen: Screen) -> None:
    """Say so where the loudness that was asked for cannot be had."""
    off = abs(written.loudness - written.wanted)
    if LOUDNESS_WITHIN < off < math.inf:
        screen.warn(
            f"the loudness is {written.loudness:.1f} LUFS and not {written.wanted:.1f}: more would"
            " only squash the words",
            f"--loudness {math.floor(written.loudness)} can be had.",
        )


def warn_about_cache(studio: Studio, screen: Screen) -> None:
    """Warn if nothing of this build could be kept: the next one takes as long."""
    problem = getattr(studio.cache, "problem", None)
    if problem:
        screen.warn(f"nothing is kept for the next build: {problem}")


def choose_target(output: Path | None, name: str) -> Path:
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


def refuse_music_as_target(target: Path, music: Sequence[Path]) -> None:
    """Refuse to put a workout in the place of the music that plays in it.

    Raises:
        UsageError: The target is one of the files.
    """
    from audioworkout.files import is_file

    if is_file(target) and any(target.samefile(file) for file in music):
        raise UsageError(
            f"{target} is the music itself, and would be replaced", "Name another file with -o."
        )


def report_problems(timeline: Timeline, screen: Screen, strict: bool) -> None:
    """Tell what did not fit.

    Raises:
        DoesNotFitError: Something did not, and `strict` is wanted.
    """
    tell = screen.error if strict else screen.warn
    for line in format_problems(timeline.problems):
        tell(line)
    count = len(timeline.problems)
    if strict and count:
        raise DoesNotFitError(
            f"{count} {'cue does' if count == 1 else 'cues do'} not fit",
            "Make room as told above, or leave --strict out.",
        )


def build_date() -> date:
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
