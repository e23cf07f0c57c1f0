"""`page` and `plot`: write a workout as a web page or as a picture."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from audioworkout.cli import completion
from audioworkout.cli.build import build_to
from audioworkout.cli.options import FILE_PANEL, Options, make_option
from audioworkout.cli.screen import print_result
from audioworkout.errors import OutputError, UsageError

if TYPE_CHECKING:
    from audioworkout.model.timeline import Timeline

PageSource = Annotated[
    str,
    typer.Argument(
        metavar="[ROUTINE|MP3]",
        help="A routine as for build (default hip-dips), or an MP3 that was made by it.",
        autocompletion=completion.complete_routines,
        show_default=False,
    ),
]


def names_mp3(what: str) -> bool:
    """True if an argument is an MP3, and not a routine."""
    return what.lower().endswith(".mp3")


def find_or_build_mp3(what: str, options: Options, output: Path | None = None) -> Path:
    """Find the MP3; a routine is built first, which is quick if everything is cached.

    Raises:
        UsageError: It is a sound file of another kind, or options are given with an MP3.
    """
    from audioworkout.audio_io.sound_files import SOUND_SUFFIXES

    if not names_mp3(what):
        if what.lower().endswith(SOUND_SUFFIXES):
            raise UsageError(f"{what} does not say what is in it", "Name an MP3, or the routine.")
        return build_to(what, output, options).path
    if replace(options, quiet=False, verbose=False) != Options():
        raise UsageError(
            f"{what} is made already, and cannot be made otherwise", "Name its routine instead."
        )
    return Path(what)


@contextmanager
def temporary_mp3(what: str, options: Options) -> Iterator[Path]:
    """Find the MP3; one that has to be built is removed when the context ends.

    Raises:
        OutputError: The system's temporary folder has no space for it.
    """
    from audioworkout.files import temporary_folder

    with temporary_folder() as folder:
        try:
            sound = find_or_build_mp3(what, options, folder / "workout.mp3")
        except OutputError as error:
            hint = "Make room there, or name another folder for passing files in TMPDIR."
            raise OutputError(str(error), hint) from error
        yield sound


def read_mp3_timeline(path: Path) -> Timeline:
    """The timeline in the tag of an MP3.

    Raises:
        UsageError: The file does not exist, cannot be read, or was not made by this program.
    """
    from audioworkout.tagging.labels import read_timeline

    try:
        with path.open("rb") as file:
            timeline = read_timeline(file)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", "`audioworkout build` writes one."
        ) from error
    if timeline is None:
        raise UsageError(
            f"{path} does not say what is in it", "Only files made by `audioworkout build` do."
        )
    return timeline


def write_page(
    what: PageSource = "hip-dips",
    *,
    output: Annotated[
        Path | None,
        make_option(
            FILE_PANEL, "FILE", "Where the page goes (default: beside the MP3).", "--output", "-o"
        ),
    ] = None,
    alone: Annotated[
        bool,
        make_option(
            FILE_PANEL, None, "One file with the sound in it, to send to somebody.", "--alone"
        ),
    ] = False,
    options: Options,
) -> None:
    """Write a web page that plays a workout and shows what to do, and print its path.

    A routine is built first; its MP3 lies beside the page.
    """
    from audioworkout.files import atomic_file
    from audioworkout.views.page import render_page, write_page_with_sound

    if output is not None:
        check_view_target(output, ".html", ".htm")
    sound = find_or_build_mp3(what, options)
    timeline = read_mp3_timeline(sound)
    target = sound.with_suffix(".html") if output is None else output
    with atomic_file(target) as file:
        out = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        if alone:
            write_page_with_sound(out, timeline, sound)
        else:
            out.write(render_page(timeline, relative_address(target, sound)))
        out.detach()  # flush the file to the disk before it is closed
    print_result(str(target))


def relative_address(page: Path, sound: Path) -> str:
    """The URL of the sound in a page: relative if possible, else a file URL.

    >>> relative_address(Path("output/hip dips.html"), Path("output/hip dips.mp3"))
    'hip%20dips.mp3'
    """
    try:
        way = Path(os.path.relpath(sound, page.parent))
    except ValueError:  # another drive
        return sound.resolve().as_uri()
    return quote(way.as_posix())


def write_plot(
    what: PageSource = "hip-dips",
    *,
    output: Annotated[
        Path | None,
        make_option(
            FILE_PANEL,
            "FILE",
            "Where the picture goes: .svg or .png (default: SVG is printed).",
            "--output",
            "-o",
        ),
    ] = None,
    options: Options,
) -> None:
    """Draw a workout on a line of time: work, rests, sides, words, sounds and their loudness."""
    from audioworkout.audio_io.sound_files import measure_levels
    from audioworkout.files import write_atomic
    from audioworkout.views.plot import LEVELS, render_plot_svg

    if output is not None:
        check_view_target(output, ".svg", ".png")
    with temporary_mp3(what, options) as sound:
        timeline = read_mp3_timeline(sound)
        levels = measure_levels(sound, LEVELS)
    if output is None:
        print_result(render_plot_svg(timeline, levels))
    else:
        write_atomic(output, [render_plot(timeline, levels, output.suffix.lower())])
        print_result(str(output))


def render_plot(timeline: Timeline, levels: Sequence[float], ending: str) -> bytes:
    """Render the plot for a file with this ending."""
    if ending == ".png":
        from audioworkout.cards.chart import draw_chart
        from audioworkout.views.plot.chart import make_chart

        return draw_chart(make_chart(timeline, levels))
    from audioworkout.views.plot import render_plot_svg

    return render_plot_svg(timeline, levels).encode("utf-8", "replace")


def check_view_target(output: Path, *endings: str) -> None:
    """Refuse a target before the work is done.

    Raises:
        UsageError: It is a folder or a device, or its ending is that of another kind of file.
        OutputError: Its folder is missing or not writable, or its name is invalid.
    """
    from audioworkout.files import check_output

    if output.suffix.lower() not in endings:
        raise UsageError(
            f"{output} is named as another kind of file", f"Let it end in {' or '.join(endings)}."
        )
    check_output(output)
