"""What workers do: speak lines, encode what all share, join a person's sessions.

Each is a plain function of its job, gives failures as values, and tells nothing on the way: names
of people are in jobs, and must get into no log. So jobs have no readable `repr`, which schedulers
write into theirs.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from audioworkout.batch.report import Outcome
from audioworkout.disk_cache import DiskCache, LayeredCache, MemoryCache, RecentCache
from audioworkout.errors import WorkoutError
from audioworkout.model.cache import Cache
from audioworkout.model.request import Request
from audioworkout.model.script import Line
from audioworkout.pipeline import Studio
from audioworkout.programmes.folder import build_common, build_session, finish_folder, own_cache
from audioworkout.programmes.folder_plan import DueSession, FolderPlan
from audioworkout.reading import Folders
from audioworkout.voices import clips
from audioworkout.voices.voice import Voice

CACHE_LIMIT = 50_000_000_000
"""Bytes that what all share may take; what was used longest ago goes first."""
RECENT_BYTES = 50_000_000
"""Of this, what a worker read last stays in its memory: some sessions of an hour."""
NAME_HINT = "Write the name as it sounds, or choose another voice."


class Failure(NamedTuple):
    """Why something could not be made."""

    error: str
    hint: str = ""


class SharedFolders(NamedTuple):
    """Folders that every worker sees under the same path."""

    cache: Path
    config: Path | None

    def studio(self) -> Studio:
        """The pipeline with these folders, which tells nothing."""
        store = DiskCache(self.cache, None)
        folders = Folders(user=self.config, cache=store)
        return Studio(store, folders, lambda stage, done, total: None, lambda text: None)

    def trim(self) -> None:
        """Remove what was used longest ago where all together is too large."""
        DiskCache(self.cache, CACHE_LIMIT).trim()


@dataclass(frozen=True, repr=False, slots=True)
class VoiceJob:
    """Lines to be spoken by one voice.

    `own` are the folders of the people who alone have a line; none: it is said to all.
    """

    shared: SharedFolders
    request: Request
    """Any that has this voice."""
    lines: tuple[Line, ...]
    own: tuple[tuple[Path, ...], ...]


@dataclass(frozen=True, repr=False, slots=True)
class BodyJob:
    """A session as it is for everybody, with all first and last words that name nobody."""

    shared: SharedFolders
    requests: tuple[Request, ...]


@dataclass(frozen=True, repr=False, slots=True)
class JoinJob:
    """The missing sessions of a person. `failed` are those that cannot be made, by label."""

    shared: SharedFolders
    plan: FolderPlan
    failed: Mapping[str, Failure]


class SessionResult(NamedTuple):
    """What became of a session."""

    label: str
    result: Outcome
    seconds: float = 0.0
    failure: Failure = Failure("")


def speak_chunk(job: VoiceJob) -> dict[int, Failure]:
    """Speak lines and store them where they belong; gives the failures by the line's number."""
    studio = job.shared.studio()
    try:
        voice = studio.open_voice(job.request)
    except Exception as error:
        return dict.fromkeys(range(len(job.lines)), describe_error(error))
    missing = [number for number in range(len(job.lines)) if not _is_stored(job, number, voice)]
    fresh = MemoryCache()
    try:
        clips.speak_lines([job.lines[number] for number in missing], voice, fresh)
    except Exception:  # which line it was is found out below
        failed = _speak_singly(job, missing, voice, fresh)
    else:
        failed = {}
    names = clips.clip_names(job.lines, voice)
    for number in missing:
        data = fresh.get(clips.BUCKET, names[job.lines[number]])
        if data is not None:
            for cache in _caches_of(job, number):
                cache.put(clips.BUCKET, names[job.lines[number]], data)
    return failed


def _speak_singly(
    job: VoiceJob, missing: list[int], voice: Voice, fresh: MemoryCache
) -> dict[int, Failure]:
    """Speak each line that is not spoken yet by itself; gives the failures."""
    failed = {}
    for number in missing:
        line = job.lines[number]
        try:
            clips.speak_lines([line], voice, fresh)
        except Exception as error:
            failed[number] = (
                Failure(f"{voice.label} cannot speak a sentence with the name", NAME_HINT)
                if job.own[number]
                else describe_error(error)
            )
    return failed


def _caches_of(job: VoiceJob, number: int) -> list[Cache]:
    common = DiskCache(job.shared.cache, None)
    folders = job.own[number]
    return [LayeredCache(own_cache(folder), common) for folder in folders] or [common]


def _is_stored(job: VoiceJob, number: int, voice: Voice) -> bool:
    line = job.lines[number]
    name = clips.clip_names([line], voice)[line]
    return all(each.peek(clips.BUCKET, name, 0) for each in _caches_of(job, number))


def encode_body(job: BodyJob) -> Failure | None:
    """Encode what a session has in common for everybody, and store it."""
    studio = job.shared.studio()
    try:
        for request in job.requests:
            build_common(request, studio)
    except Exception as error:
        return describe_error(error)
    return None


@lru_cache(maxsize=1)
def _open_joining_studio(shared: SharedFolders) -> Studio:
    """The studio in which a worker joins: what all share is read once, and not by each person."""
    studio = shared.studio()
    return replace(studio, cache=RecentCache(studio.cache, RECENT_BYTES))


def join_sessions(job: JoinJob) -> list[SessionResult]:
    """Write a person's missing sessions, and the folder's other files."""
    studio = _open_joining_studio(job.shared)
    plan = job.plan
    name = plan.course.member.name
    files = [due.kept for due in plan.due if due.kept is not None]
    results = [SessionResult(due.label, "kept") for due in plan.due if due.kept is not None]
    for due in plan.missing:
        if due.label in job.failed:
            results.append(SessionResult(due.label, "failed", 0.0, job.failed[due.label]))
            continue
        began = time.perf_counter()
        try:
            files.append(build_session(plan, due, studio))
        except Exception as error:
            failure = describe_error(error, name)
            results.append(SessionResult(due.label, "failed", time.perf_counter() - began, failure))
        else:
            results.append(SessionResult(due.label, "built", time.perf_counter() - began))
    try:
        finish_folder(plan, files)
    except Exception as error:
        failure = describe_error(error, name)
        return [
            each if each.result == "failed" else SessionResult(each.label, "failed", 0.0, failure)
            for each in results
        ]
    return sorted(results, key=lambda each: _number_of_task(plan.due, each.label))


def _number_of_task(due: tuple[DueSession, ...], label: str) -> int:
    return next(each.number for each in due if each.label == label)


def describe_error(error: Exception, private: str = "") -> Failure:
    """An error as text, without what is private in it."""
    hint = error.hint if isinstance(error, WorkoutError) else ""
    text = str(error)
    if not isinstance(error, WorkoutError):
        text = f"something unforeseen went wrong ({type(error).__name__}: {text})"
    if private:
        text, hint = (each.replace(private, "...") for each in (text, hint))
    return Failure(text, hint)
