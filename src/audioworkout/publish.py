"""Writes a workout as files: the MP3 with its tag and pictures, sidecar files, single tracks."""

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
from audioworkout.encoding.sound_formats import MP3, SOUND_FORMATS, check_format, is_mp3_name
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
"""Formats of files beside an MP3, and the endings of their names."""

_FOR_TAGS = (views.FORMATS["lrc"], "encodings.utf_16_le")
"""Modules that making a tag imports."""

LONGEST_TRACK_NAME = 60
"""Most characters of a track's file name before its ending; car radios show even fewer."""


class OutputOptions(NamedTuple):
    """Which files are written, and how chapters are grouped."""

    chapters: Grouping = "set"
    formats: tuple[str, ...] = ()
    """Files beside the sound file: keys of `ENDINGS`."""
    split: bool = False
    """Also write every chapter as its own MP3."""


class BuiltWorkout(NamedTuple):
    """A written workout: its files and contents."""

    path: Path
    timeline: Timeline
    written: BuildResult
    beside: tuple[Path, ...] = ()
    """The files beside it; the playlist of single tracks comes last."""


def check_target(target: Path, output: OutputOptions) -> None:
    """Refuse, before the work, a file that cannot be written or has an unknown ending.

    Raises:
        UsageError: The target or a file beside it is no ordinary file, or the ending is unknown.
        OutputError: The folder is missing or not writable.
    """
    check_output(target)
    check_format(target)
    check_sidecars(target, output.formats)


def refuse_problems(problems: Sequence[Problem]) -> None:
    """Refuse a workout with problems.

    Raises:
        DoesNotFitError: Something does not fit.
    """
    count = len(problems)
    if count:
        raise DoesNotFitError(
            f"{count} {'cue does' if count == 1 else 'cues do'} not fit",
            "Make room as told above, or leave --strict out.",
        )


def make_build_info(request: Request, options: str, day: date) -> BuildInfo:
    """Describe how a file is made, for its tag; `options` as typed."""
    return BuildInfo(__version__, day, options, routine_digest(request.routine))


def write_workout(
    studio: Studio,
    performance: Performance,
    target: Path,
    made: BuildInfo,
    output: OutputOptions,
    stage_done: Callable[[str], None] = lambda stage: None,
) -> BuiltWorkout:
    """Mix and write a workout, with the files wanted beside it.

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
    # Pictures are drawn in a thread while the levels are found and the sound is encoded.
    tag = None
    if is_mp3_name(target):
        tag = run_in_thread(prepare_tag(performance.timeline, made, output.chapters, studio.cache))
    mix = studio.mix(performance, lossy=tag is not None)
    stage_done("levels")
    if tag is not None:
        written = studio.encode_mp3(mix, target, tag)
    else:
        written = studio.encode_sound(mix, target, text_tags(mix.timeline, made))
    stage_done("pictures, mixing and encoding")
    beside = write_sidecars(performance.timeline, target, output.formats)
    if output.split:
        tracks = mix if tag is not None else studio.mix(performance)
        beside.append(write_split(studio, tracks, target, made, output.chapters))
    stage_done("files beside")
    return BuiltWorkout(target, performance.timeline, written, tuple(beside))


def refuse_music_as_target(target: Path, music: Sequence[Path]) -> None:
    """Refuse to overwrite the music that plays in a workout.

    Raises:
        UsageError: The target is one of the files.
    """
    if is_file(target) and any(target.samefile(file) for file in music):
        raise UsageError(
            f"{target} is the music itself, and would be replaced", "Name another file with -o."
        )


def write_split(studio: Studio, mix: Mix, target: Path, made: BuildInfo, by: Grouping) -> Path:
    """Write every chapter as its own MP3 beside `target`; returns the path of their playlist.

    Raises:
        BuildError: The encoder or the disk failed.
    """
    folder = target.with_name(f"{target.stem} tracks")
    studio.encode_tracks(mix, plan_tracks(mix.timeline, folder, made, by, studio.cache))
    return write_playlist(mix.timeline, folder, by)


def prepare_tag(
    timeline: Timeline, made: BuildInfo, by: Grouping, cache: Cache
) -> Callable[[], bytes]:
    """Make the function that returns the tag, with a picture for every chapter.

    The function imports nothing, so it can run in a thread. Cached pictures are not drawn again.
    """
    chapters = group_chapters(timeline, by)
    pictures = prepare_cards([cover_content(timeline), *card_contents(timeline, chapters)], cache)
    load_modules(*_FOR_TAGS)

    def make() -> bytes:
        first, *others = pictures()
        return make_tag(timeline, made, chapters, others, first)

    return make


def check_sidecars(target: Path, formats: Iterable[str]) -> None:
    """Refuse, before the work, a file beside an MP3 that cannot be written.

    Raises:
        UsageError: A folder, a device or a pipe has the file's name.
        OutputError: The folder is missing or not writable.
    """
    for name in formats:
        check_output(sidecar_path(target, name))


def write_sidecars(timeline: Timeline, target: Path, formats: Iterable[str]) -> list[Path]:
    """Write files in these formats beside an MP3, each atomically; returns their paths.

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
    """Path of the file of a format beside an MP3 or another sound file.

    >>> sidecar_path(Path("output/hip-dips.mp3"), "lrc").as_posix()
    'output/hip-dips.lrc'
    """
    is_sound = target.suffix.lower() in (MP3, *SOUND_FORMATS)
    return target.with_name((target.stem if is_sound else target.name) + ENDINGS[name])


def plan_tracks(
    timeline: Timeline, folder: Path, made: BuildInfo, by: Grouping, cache: Cache
) -> list[Track]:
    """Plan every chapter as its own track in a folder, which is created if absent.

    Args:
        timeline: The timeline of the workout.
        folder: The folder of the tracks.
        made: How they were made.
        by: One track for each set or each exercise; `none`: a single track.
        cache: The cache of pictures.

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
    """The chapters, or the whole as one."""
    whole = Mark(timeline.title, 0, timeline.duration_ms, timeline.chapters[0].context)
    return group_chapters(timeline, by) or (whole,)


def write_playlist(timeline: Timeline, folder: Path, by: Grouping) -> Path:
    """Write a playlist of the tracks in a folder; returns its path.

    Call it last: tracks that only an older playlist of this folder names are then removed, so that
    players do not continue with them.

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
    """Remove a track of an older build, but nothing outside this folder and no other files."""
    path = folder / name
    if path.parent == folder and path.suffix == ".mp3" and name[:2].isdigit():
        with contextlib.suppress(OSError):  # it is open in a player, which is not an error
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
    """Make a text valid as part of a file name on any system.

    >>> file_name("3/10: Curtsy?  Lunge."), file_name("…")
    ('3-10- Curtsy- Lunge', '…')
    """
    plain = "".join(
        "-" if each in '<>:"/\\|?*' or unicodedata.category(each)[0] == "C" else each
        for each in text
    )
    return " ".join(plain.split())[:LONGEST_TRACK_NAME].strip(" .") or "track"


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
