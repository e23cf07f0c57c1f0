"""A workout as files: the MP3 with its tag and pictures, what lies beside it, single tracks."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from audioworkout import __version__, views
from audioworkout.cards import draw_cards, prepare_cards
from audioworkout.encoding import BuildResult, Track
from audioworkout.encoding.sound_formats import FORMATS, MP3, check_format, is_mp3_name
from audioworkout.errors import DoesNotFitError, OutputError, UsageError
from audioworkout.files import check_output, is_file, write_atomic
from audioworkout.mixing.mix import Mix
from audioworkout.model.cache import Cache
from audioworkout.model.request import Grouping, Request
from audioworkout.model.timeline import Mark, Problem, Timeline
from audioworkout.pipeline import Performance, Studio
from audioworkout.prefetch import load_modules, run_in_thread
from audioworkout.tagging.labels import (
    BuildInfo,
    make_tag,
    make_track_tag,
    routine_digest,
    text_tags,
)
from audioworkout.views import cue, m3u
from audioworkout.views.card_content import card_contents, cover_content
from audioworkout.views.grouping import group_chapters
from audioworkout.views.screen_words import words_for

ENDINGS: dict[str, str] = {
    "lrc": ".lrc",
    "vtt": ".vtt",
    "cue": ".cue",
    "json": ".json",
    "chapters": ".chapters.json",
}
"""Formats that can lie beside an MP3, and how their files' names end."""

_FOR_TAGS = (views.FORMATS["lrc"], "encodings.utf_16_le")
"""What the making of a tag imports."""

LONGEST_NAME = 60
"""Characters of a track's file name before its ending: car radios show fewer still."""


class OutputOptions(NamedTuple):
    """What is written, and how it is divided."""

    chapters: Grouping = "set"
    formats: tuple[str, ...] = ()
    """Files beside the sound file: keys of `ENDINGS`."""
    split: bool = False
    """Write every chapter as an MP3 of its own too."""


class BuiltWorkout(NamedTuple):
    """A workout that has been written, and what is in it."""

    path: Path
    timeline: Timeline
    written: BuildResult
    beside: tuple[Path, ...] = ()
    """The files beside it; the playlist of single tracks is the last."""


def check_target(target: Path, output: OutputOptions) -> None:
    """Find out before the work that a file cannot be written, or that its kind is unknown.

    Raises:
        UsageError: The target or a file beside it is a folder or a device, or nothing is known of
            files that end so.
        OutputError: The folder is missing or closed.
    """
    check_output(target)
    check_format(target)
    check_sidecars(target, output.formats)


def refuse_problems(problems: Sequence[Problem]) -> None:
    """Refuse a workout in which something does not fit.

    Raises:
        DoesNotFitError: Something does not.
    """
    count = len(problems)
    if count:
        raise DoesNotFitError(
            f"{count} {'cue does' if count == 1 else 'cues do'} not fit",
            "Make room as told above, or leave --strict out.",
        )


def make_build_info(request: Request, options: str, day: date) -> BuildInfo:
    """How a file is made, to be told in its tag; `options` as they would be typed."""
    return BuildInfo(__version__, day, options, routine_digest(request.routine))


def write_workout(
    studio: Studio,
    performance: Performance,
    target: Path,
    made: BuildInfo,
    output: OutputOptions,
    stage_done: Callable[[str], None] = lambda stage: None,
) -> BuiltWorkout:
    """Mix and write a workout, with what is wanted beside it.

    Args:
        studio: Cache and callbacks.
        performance: From `Studio.perform`.
        target: Path of the file; checked with `check_target`.
        made: How it is made.
        output: What is written.
        stage_done: Called with the name of each stage at its end.

    Raises:
        UsageError: The target is the music itself.
        BuildError: The encoder or the disk failed; an older file is untouched.
    """
    refuse_music_as_target(target, performance.music)
    mix = studio.mix(performance, lossy=is_mp3_name(target))
    stage_done("levels")
    written = write_sound_file(studio, mix, target, made, output.chapters)
    stage_done("pictures, mixing and encoding")
    beside = write_sidecars(performance.timeline, target, output.formats)
    if output.split:
        tracks = mix if is_mp3_name(target) else studio.mix(performance)
        beside.append(write_split(studio, tracks, target, made, output.chapters))
    stage_done("files beside")
    return BuiltWorkout(target, performance.timeline, written, tuple(beside))


def refuse_music_as_target(target: Path, music: Sequence[Path]) -> None:
    """Refuse to put a workout in the place of the music that plays in it.

    Raises:
        UsageError: The target is one of the files.
    """
    if is_file(target) and any(target.samefile(file) for file in music):
        raise UsageError(
            f"{target} is the music itself, and would be replaced", "Name another file with -o."
        )


def write_sound_file(
    studio: Studio, mix: Mix, target: Path, made: BuildInfo, by: Grouping
) -> BuildResult:
    """Write the one file, of the kind its name ends in, with what such a file can say of itself.

    Raises:
        BuildError: The encoder or the disk failed; an older file is untouched.
    """
    if is_mp3_name(target):
        tag = run_in_thread(prepare_tag(mix.timeline, made, by, studio.cache))
        return studio.encode_mp3(mix, target, tag)
    return studio.encode_sound(mix, target, text_tags(mix.timeline, made))


def write_split(studio: Studio, mix: Mix, target: Path, made: BuildInfo, by: Grouping) -> Path:
    """Write every chapter as an MP3 of its own beside `target`; gives their playlist's path.

    Raises:
        BuildError: The encoder or the disk failed.
    """
    folder = target.with_name(f"{target.stem} tracks")
    studio.encode_tracks(mix, plan_tracks(mix.timeline, folder, made, by, studio.cache))
    return write_playlist(mix.timeline, folder, by)


def prepare_tag(
    timeline: Timeline, made: BuildInfo, by: Grouping, cache: Cache
) -> Callable[[], bytes]:
    """A call that gives the tag of the whole, with a picture for every chapter.

    It imports nothing, so that it may be made in a thread. Pictures that are kept are not drawn.
    """
    chapters = group_chapters(timeline, by)
    pictures = prepare_cards([cover_content(timeline), *card_contents(timeline, chapters)], cache)
    load_modules(*_FOR_TAGS)

    def make() -> bytes:
        first, *others = pictures()
        return make_tag(timeline, made, chapters, others, first)

    return make


def check_sidecars(target: Path, formats: Iterable[str]) -> None:
    """Find out before the work that a file beside an MP3 cannot stand there.

    Raises:
        UsageError: A folder, a device or a pipe has the file's name.
        OutputError: The folder is missing or closed.
    """
    for name in formats:
        check_output(sidecar_path(target, name))


def write_sidecars(timeline: Timeline, target: Path, formats: Iterable[str]) -> list[Path]:
    """Write files in these formats beside an MP3, each whole or not at all; gives their paths.

    Raises:
        OutputError: One could not be written; an older one is untouched.
    """
    written = []
    for name in formats:
        path = sidecar_path(target, name)
        text = (
            cue.render(timeline, target.name)
            if name == "cue"
            else views.render_view(timeline, name)
        )
        write_atomic(path, [text.encode("utf-8", "replace")])
        written.append(path)
    return written


def sidecar_path(target: Path, name: str) -> Path:
    """Where the file of a format lies beside an MP3, or a file of another kind.

    >>> sidecar_path(Path("output/hip-dips.mp3"), "lrc").as_posix()
    'output/hip-dips.lrc'
    """
    is_sound = target.suffix.lower() in (MP3, *FORMATS)
    return target.with_name((target.stem if is_sound else target.name) + ENDINGS[name])


def plan_tracks(
    timeline: Timeline, folder: Path, made: BuildInfo, by: Grouping, cache: Cache
) -> list[Track]:
    """Every chapter as a track of its own in a folder, which is made if absent.

    Args:
        timeline: When everything sounds.
        folder: Where the tracks go.
        made: How they were made.
        by: One track a set, or one an exercise; none makes one track of all.
        cache: What is kept between builds.

    Raises:
        OutputError: The folder could not be made.
    """
    marks = _track_marks(timeline, by)
    pictures = draw_cards(card_contents(timeline, marks), cache)
    _make_folder(folder)
    return [
        Track(
            folder / name,
            mark.start_ms,
            mark.end_ms,
            partial(make_track_tag, timeline, made, marks, number, picture),
        )
        for number, (name, mark, picture) in enumerate(
            zip(track_names(timeline, marks), marks, pictures, strict=True), 1
        )
    ]


def _track_marks(timeline: Timeline, by: Grouping) -> tuple[Mark, ...]:
    """Chapters, or the whole as one."""
    whole = Mark(timeline.title, 0, timeline.duration_ms, timeline.chapters[0].context)
    return group_chapters(timeline, by) or (whole,)


def write_playlist(timeline: Timeline, folder: Path, by: Grouping) -> Path:
    """Write a playlist of the tracks in a folder; gives its path.

    To be done last: tracks that an older playlist of this folder names and this does not are then
    removed, so that no player goes on to them.

    Raises:
        OutputError: It could not be written.
    """
    marks = _track_marks(timeline, by)
    names = track_names(timeline, marks)
    path = folder / f"{folder.name}.m3u8"
    before = m3u.parse_m3u(_read_playlist(path))
    entries = [
        m3u.PlaylistTrack(name, mark.end_ms - mark.start_ms, mark.title)
        for name, mark in zip(names, marks, strict=True)
    ]
    write_atomic(path, [m3u.render_m3u(timeline.title, entries).encode("utf-8", "replace")])
    for name in set(before) - set(names):
        _remove_track(folder, name)
    return path


def _remove_track(folder: Path, name: str) -> None:
    """Remove a track of an older build; nothing that is not a track right in this folder."""
    path = folder / name
    if path.parent == folder and path.suffix == ".mp3" and name[:2].isdigit():
        with contextlib.suppress(OSError):  # it is open in a player, which is no fault of ours
            path.unlink()


def track_names(timeline: Timeline, marks: Sequence[Mark]) -> list[str]:
    """File names in order of playing: `05 Fire Hydrants, Left.mp3`."""
    words = words_for(timeline.language)
    names = []
    for number, mark in enumerate(marks, 1):
        context = mark.context
        parts = [context.name or mark.title]
        if context.side:
            parts.append(words[context.side])
        if context.set and (context.sets or 1) > 1:
            parts.append(words["set"].format(n=context.set, m=context.sets))
        names.append(f"{number:02} {file_name(', '.join(parts))}.mp3")
    return names


def file_name(text: str) -> str:
    """A text as part of a file's name on any system.

    >>> file_name("3/10: Curtsy?  Lunge."), file_name("…")
    ('3-10- Curtsy- Lunge', '…')
    """
    plain = "".join(
        "-" if each in '<>:"/\\|?*' or unicodedata.category(each)[0] == "C" else each
        for each in text
    )
    return " ".join(plain.split())[:LONGEST_NAME].strip(" .") or "track"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {folder} cannot be made: {error.strerror}", "Choose another place with -o."
        ) from error


def _read_playlist(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
