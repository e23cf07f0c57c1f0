"""A person's folder: sessions as MP3, feed, calendar, log and manifest.

`plan_folder` says what is to be built, `build_session` builds one, `finish_folder` writes the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from audioworkout.disk_cache import DiskCache, LayeredCache
from audioworkout.encoding import encode_ahead
from audioworkout.errors import OutputError
from audioworkout.files import is_file, write_atomic
from audioworkout.model.request import Request
from audioworkout.pipeline import Studio
from audioworkout.programmes.calendar_file import move_days, render_calendar
from audioworkout.programmes.course import Course, check_folder, describe_course
from audioworkout.programmes.folder_plan import (
    LOG,
    DueSession,
    FolderPlan,
    plan_folder,
    sample_digest,
)
from audioworkout.programmes.log import format_log, read_training_log
from audioworkout.programmes.model import LogEntry, Programme
from audioworkout.sharing.feed import render_feed
from audioworkout.sharing.manifest import (
    CALENDAR,
    MANIFEST,
    SessionFile,
    format_manifest,
)
from audioworkout.sharing.pages import summarize_workout
from audioworkout.sharing.site import FEED

OWN_CACHE = ".cache"
"""What a person's name sounds like, in that person's folder."""


class FolderChange(NamedTuple):
    """What was done: file names."""

    built: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def build_common(request: Request, studio: Studio) -> None:
    """Speak and encode what a session has in common for all, and store it in the studio's cache.

    Raises:
        UsageError: The voice, a sound or the music does not exist.
        BuildError: The engine or the encoder failed.
    """
    from audioworkout.publish import make_build_info, prepare_tag

    performance = studio.perform(request)
    mix = studio.mix(performance)
    encode_ahead(mix, cache=studio.cache)
    made = make_build_info(request, "", date.min)
    prepare_tag(performance.timeline, made, "set", studio.cache)()


def build_session(plan: FolderPlan, due: DueSession, studio: Studio) -> SessionFile:
    """Write the MP3 of a session.

    What a person's name is in stays in the person's folder; what all share is in the cache of the
    studio, or comes there by `build_common`.

    Raises:
        UsageError: The voice, a sound or the music does not exist.
        BuildError: The engine, the encoder or the disk failed; an older file is untouched.
    """
    from audioworkout.api import build_workout

    ensure_folder(plan.folder)
    own = replace(studio, cache=LayeredCache(own_cache(plan.folder), studio.cache))
    target = plan.folder / due.file
    built = build_workout(due.request, target, own, day=plan.course.member.start)
    summary = summarize_workout(built.timeline)
    return SessionFile(
        due.label,
        due.file,
        due.day,
        due.week,
        due.number,
        due.title,
        f"{summary} · {due.news}" if due.news else summary,
        built.timeline.duration_ms,
        target.stat().st_size,
        due.fingerprint,
        sample_digest(target),
    )


def own_cache(folder: Path) -> DiskCache:
    """What is stored for one person alone."""
    return DiskCache(folder / OWN_CACHE, None)


def ensure_folder(folder: Path) -> None:
    """Make a folder if it is absent.

    Raises:
        OutputError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {folder} cannot be made: {error.strerror}", "Choose another place with -o."
        ) from error


def finish_folder(plan: FolderPlan, files: Iterable[SessionFile]) -> FolderChange:
    """Write calendar, feed, log and manifest, and remove the files of sessions that are no more.

    Args:
        plan: What was to be done.
        files: The sessions that are there and right, built or kept.

    Raises:
        OutputError: A file could not be written; an older one is untouched.
    """
    ensure_folder(plan.folder)
    fresh = tuple(files)
    kept = {each.kept for each in plan.due}
    sessions = tuple(sorted((*plan.past, *fresh), key=lambda each: (each.number, each.label)))
    manifest = replace(
        plan.before,
        course=describe_course(plan.course),
        sessions=sessions,
        days=move_days(plan.before.days, plan.entries, plan.today),
    )
    calendar = render_calendar(manifest.title, manifest.token, plan.entries, manifest.days)
    log = plan.folder / LOG
    texts: dict[str, bytes] = {
        CALENDAR: calendar,
        FEED: render_feed(manifest.feed(plan.course.url)).encode(),
        **({} if is_file(log) else {LOG: format_log(()).encode()}),
        MANIFEST: format_manifest(manifest).encode(),
    }
    for name, data in texts.items():
        _write_changed(plan.folder / name, data)
    names = {each.file for each in sessions}
    removed = tuple(each.file for each in plan.before.sessions if each.file not in names)
    for name in removed:
        with suppress(OSError):  # open in a player, which is no fault of ours
            (plan.folder / name).unlink()
    return FolderChange(
        tuple(each.file for each in fresh if each not in kept),
        tuple(each.file for each in fresh if each in kept),
        removed,
    )


def _write_changed(path: Path, data: bytes) -> None:
    """Write a file unless it has this content."""
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    write_atomic(path, [data])


def build_folder(
    folder: Path,
    course: Course,
    today: date,
    studio: Studio,
    tell: Callable[[DueSession], None] = lambda due: None,
) -> FolderChange:
    """Bring a person's folder up to date: build what is due and missing, keep what is right.

    Args:
        folder: It is made if absent.
        course: Who does what.
        today: Sessions are due from then on for so many weeks.
        studio: Its cache stores what is not a person's own.
        tell: Called before each session that is built.

    Raises:
        UsageError: The programme, the log or a voice is wrong, or another programme is there.
        BuildError: The engine, the encoder or the disk failed; what was built before is kept.
    """
    check_folder(folder, course)
    plan = plan_folder(folder, course, today, studio)
    files = [each.kept for each in plan.due if each.kept is not None]
    try:
        for due in plan.missing:
            tell(due)
            build_common(due.common, studio)
            files.append(build_session(plan, due, studio))
    except BaseException:
        finish_folder(plan, files)
        raise
    return finish_folder(plan, files)


def add_entry(folder: Path, programme: Programme, entry: LogEntry) -> None:
    """Write what was reported into the log. A session reported twice on one day counts once.

    Raises:
        RoutineError: The log is wrong.
        OutputError: It could not be written.
    """
    path = folder / LOG
    entries = read_training_log(path, programme) if is_file(path) else ()
    same = (entry.date, entry.session)
    others = [each for each in entries if (each.date, each.session) != same]
    whole = sorted([*others, entry], key=lambda each: each.date)
    write_atomic(path, [format_log(whole).encode()])
