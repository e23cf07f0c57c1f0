"""What a person's folder should hold, and what of it is there.

What exists and is right is kept: the fingerprint of a session is that of all it is made from.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from audioworkout import __version__
from audioworkout.errors import UsageError
from audioworkout.files import is_file
from audioworkout.model.request import Request, Speech
from audioworkout.model.script import Line
from audioworkout.pipeline import Studio
from audioworkout.programmes.calendar_file import CalendarEntry
from audioworkout.programmes.course import Course
from audioworkout.programmes.expansion import (
    ExpandedSession,
    KnownSessions,
    expand_unnamed,
    name_member,
)
from audioworkout.programmes.log import read_training_log
from audioworkout.programmes.model import WEEK, Programme
from audioworkout.programmes.reading import read_programme
from audioworkout.programmes.words import SessionWords
from audioworkout.sharing.manifest import (
    Manifest,
    SessionFile,
    read_manifest,
)
from audioworkout.tagging.labels import routine_digest
from audioworkout.text import short_digest

LOG = "done.csv"
LATE = timedelta(WEEK)
"""A session that was not reported stays due for so long."""
_SAMPLES, _SAMPLE_SIZE = 16, 4_096


@dataclass(slots=True)
class Known:
    """What was read for others in the same run, and need not be read again."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    sessions: KnownSessions = field(default_factory=KnownSessions)
    stages: dict[int, _Stage] = field(default_factory=dict)
    """By the `id` of a session in `sessions`, which lives as long."""
    voices: dict[Speech, str] = field(default_factory=dict)

    def programme(self, name: str, studio: Studio) -> Programme:
        """A programme, read once.

        Raises:
            RoutineError: It is wrong, or there is none.
        """
        if name not in self.programmes:
            self.programmes[name] = read_programme(name, studio.folders)
        return self.programmes[name]

    def voice(self, request: Request, studio: Studio) -> str:
        """A text that changes with the voice that a request asks for."""
        if request.speech not in self.voices:
            voice = studio.open_voice(request)
            self.voices[request.speech] = f"{voice.label} {voice.fingerprint(Line(''))}"
        return self.voices[request.speech]

    def stage(self, each: ExpandedSession, studio: Studio) -> _Stage:
        """A session from `sessions` as it is done, adapted once.

        Raises:
            RoutineError: A wish cannot be met, or the session is too long.
            UsageError: There is no such voice.
        """
        from audioworkout.preparing import adapt_request

        if id(each) not in self.stages:
            request = adapt_request(each.request)
            body = fingerprint_body(request, self.voice(request, studio))
            self.stages[id(each)] = _Stage(request, body)
        return self.stages[id(each)]


class _Stage(NamedTuple):
    """A session as it is for everybody who is at it, and the fingerprint of what is between."""

    request: Request
    body: str


class DueSession(NamedTuple):
    """A session that belongs into the folder now. `kept` is what is there already and is right."""

    label: str
    file: str
    day: date
    week: int
    number: int
    title: str
    news: str
    request: Request
    common: Request
    """The same as it is said to somebody without a name."""
    own: tuple[str, ...]
    """The sentences that name somebody."""
    body: str
    """A fingerprint of what is between first and last words."""
    fingerprint: str
    kept: SessionFile | None


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """What becomes of a folder. `past` are the files of sessions that are over."""

    folder: Path
    course: Course
    today: date
    before: Manifest
    due: tuple[DueSession, ...]
    past: tuple[SessionFile, ...]
    entries: tuple[CalendarEntry, ...]

    @property
    def missing(self) -> tuple[DueSession, ...]:
        """What is to be built."""
        return tuple(each for each in self.due if each.kept is None)


def plan_folder(
    folder: Path, course: Course, today: date, studio: Studio, known: Known | None = None
) -> FolderPlan:
    """Find out what a folder should hold, and what of it is there.

    Args:
        folder: It need not exist.
        course: Who does what.
        today: Sessions are due from then on for so many weeks.
        studio: Where exercises and voices are found.
        known: What was read for others; it grows.

    Raises:
        RoutineError: The programme, a session or the log is wrong.
        UsageError: There is no such voice.
    """
    known = known or Known()
    programme = known.programme(course.programme, studio)
    log = read_training_log(folder / LOG, programme) if is_file(folder / LOG) else ()
    member, flags = course.member, course.flags
    sessions = expand_unnamed(programme, member, log, today, studio.folders, flags, known.sessions)
    _check_weeks_asked(course, programme)
    title = programme.title_in(member.language or programme.language)
    before = read_manifest(folder) or Manifest(
        secrets.token_urlsafe(18), title, member.language or programme.language
    )
    files = {each.label: each for each in before.sessions}
    chosen = choose_due(sessions, course, today)
    due = tuple(
        _plan_session(
            each,
            name_member(programme, each, member.name),
            folder,
            files.get(each.session.label),
            known.stage(each, studio),
        )
        for each in chosen
    )
    labels = {each.label for each in due}
    over = {each.session.label for each in sessions if _is_over(each, today)}
    past = tuple(
        each
        for each in before.sessions
        if each.label not in labels and each.label in over and is_file(folder / each.file)
    )
    entries = tuple(map(_calendar_entry, sessions))
    now = replace(before, title=title, language=member.language or programme.language)
    return FolderPlan(folder, course, today, now, due, past, entries)


def _check_weeks_asked(course: Course, programme: Programme) -> None:
    """Refuse weeks of which the programme has none.

    Raises:
        UsageError: It has none of them.
    """
    if course.weeks is not None and course.weeks[0] > programme.weeks:
        raise UsageError(
            f"{programme.title} has no week {course.weeks[0]}",
            f"It has {programme.weeks} weeks.",
        )


def choose_due(
    sessions: Sequence[ExpandedSession], course: Course, today: date
) -> tuple[ExpandedSession, ...]:
    """The sessions that are to be built: those of the weeks asked for, or of the next weeks.

    A programme that begins later counts from its first day. What was reported is over.
    """
    if course.weeks is not None:
        first, last = course.weeks
        return tuple(each for each in sessions if first <= each.session.position.week <= last)
    begins = max(today, sessions[0].session.date)
    end = begins + timedelta(course.weeks_ahead * WEEK)
    return tuple(
        each
        for each in sessions
        if each.session.entry is None and today - LATE <= each.session.date < end
    )


def _is_over(each: ExpandedSession, today: date) -> bool:
    return each.session.entry is not None or each.session.date < today - LATE


def _plan_session(
    unnamed: ExpandedSession,
    named: ExpandedSession,
    folder: Path,
    file: SessionFile | None,
    stage: _Stage,
) -> DueSession:
    session, request = unnamed.session, stage.request
    words, body = named.words, stage.body
    if request.wishes.length is not None:  # first words are a part of the length: it is fitted anew
        from audioworkout.preparing import adapt_request

        request = adapt_request(named.request)
        body = fingerprint_body(request, body)
    shared = unnamed.words
    # Sentences start on frames, wherever they are: those of all are encoded alike behind any name.
    common = _with_words(request, shared.opening, shared.closing)
    pairs = zip(words.opening, shared.opening, strict=True)
    own = (
        *(text for text, other in pairs if text != other),
        *words.closing[len(shared.closing) :],
    )
    fingerprint = fingerprint_words(body, words)
    kept = file if file and file.fingerprint == fingerprint and _is_whole(folder, file) else None
    if kept is not None:
        kept = kept._replace(day=session.date)
    return DueSession(
        session.label,
        unnamed.file_name,
        session.date,
        session.position.week,
        session.number + 1,
        unnamed.title,
        _tell_news(unnamed),
        _with_words(request, words.opening, words.closing),
        common,
        own,
        body,
        fingerprint,
        kept,
    )


def _with_words(request: Request, opening: tuple[str, ...], closing: tuple[str, ...]) -> Request:
    return request._replace(routine=request.routine._replace(opening=opening, closing=closing))


def _tell_news(unnamed: ExpandedSession) -> str:
    """What a session says of itself, after the two sentences that tell which it is."""
    return " ".join(unnamed.words.opening[2:])


def _calendar_entry(unnamed: ExpandedSession) -> CalendarEntry:
    session = unnamed.session
    return CalendarEntry(session.label, session.date, unnamed.title, _tell_news(unnamed))


def fingerprint_body(request: Request, voice: str = "") -> str:
    """A text that changes whenever the sound between first and last words would, or its tag.

    Of music the path, size and time count.
    """
    # A sentence there must be: who greets in own words is levelled and timed in another way.
    silent = _with_words(request, ("",), ())
    parts = [
        __version__,
        routine_digest(silent.routine),
        repr(request.speech),
        repr(request.sound),
        repr(sorted(request.phrases.items())),
        voice,
        *_describe_files(request.sound.music),
        *_describe_files(request.sound.sounds),
    ]
    return short_digest("\n".join(parts).encode("utf-8", "backslashreplace"))


def fingerprint_words(body: str, words: SessionWords) -> str:
    """The fingerprint of a whole session: of its body, and of first and last words."""
    return short_digest(f"{body} {words!r}".encode("utf-8", "backslashreplace"))


def _describe_files(name: str | None) -> Iterable[str]:
    if name:
        path = Path(name)
        for each in sorted(path.iterdir()) if path.is_dir() else [path]:
            with suppress(OSError):
                status = each.stat()
                yield f"{each.name} {status.st_size} {status.st_mtime_ns}"


def _is_whole(folder: Path, file: SessionFile) -> bool:
    path = folder / file.file
    with suppress(OSError):
        return path.stat().st_size == file.size and sample_digest(path) == file.sound
    return False


def sample_digest(path: Path) -> str:
    """A text that changes with a file, from some parts of it: other sound changes every part.

    Raises:
        OSError: It cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        parts = []
        for number in range(_SAMPLES):
            file.seek(max(0, size - _SAMPLE_SIZE) * number // (_SAMPLES - 1))
            parts.append(file.read(_SAMPLE_SIZE))
    return short_digest(b"".join([size.to_bytes(8, "little"), *parts]))
