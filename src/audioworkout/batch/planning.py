"""From the rows of a table to jobs: what has to be spoken, encoded and joined, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from audioworkout.batch.members import MemberRow, place_finding
from audioworkout.batch.report import PEOPLE
from audioworkout.batch.tasks import BodyJob, Failure, JoinJob, SharedFolders, VoiceJob
from audioworkout.compiler import compile_routine
from audioworkout.errors import WorkoutError
from audioworkout.languages import load_phrases
from audioworkout.model.request import Diagnostic, Request, Speech
from audioworkout.model.script import Line
from audioworkout.programmes.course import WEEKS_AHEAD, Course, check_folder
from audioworkout.programmes.folder_plan import DueSession, FolderPlan, Known, plan_folder
from audioworkout.reading import RoutineError
from audioworkout.text import short_digest

LINES_A_JOB = 48
"""An engine is started for every job: it takes as long as a dozen lines."""


@dataclass(frozen=True, slots=True)
class BatchWishes:
    """What everybody has in common."""

    output: Path
    today: date
    engine: str | None = None
    bitrate: int | None = None
    url: str = ""
    weeks_ahead: int = WEEKS_AHEAD


@dataclass(slots=True)
class Body:
    """A session as it is for everybody, and everything that is said in it.

    `requests` differ in their first and last words, by which they are known: they depend on the
    days of a programme.
    """

    requests: dict[tuple[tuple[str, ...], ...], Request] = field(default_factory=dict)
    lines: set[Line] = field(default_factory=set)

    @property
    def speech(self) -> Speech:
        """The voice of all."""
        return next(iter(self.requests.values())).speech


@dataclass(slots=True)
class Person:
    """One person's plan; `own` are the lines with the name, by session."""

    row: MemberRow
    plan: FolderPlan
    own: dict[str, frozenset[Line]] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """Everything that is to be done. `refused` are people whose row or programme is wrong."""

    people: list[Person] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    refused: list[tuple[MemberRow, Diagnostic]] = field(default_factory=list)
    doubts: list[Diagnostic] = field(default_factory=list)
    """About people of whom nothing is due."""

    def voice_jobs(self, shared: SharedFolders) -> Iterator[VoiceJob]:
        """Every distinct line once, in jobs of one voice each, whoever has need of it."""
        requests: dict[Speech, Request] = {}
        owners: dict[Speech, dict[Line, list[Path]]] = {}
        for body in self.bodies.values():
            requests.setdefault(body.speech, next(iter(body.requests.values())))
            known = owners.setdefault(body.speech, {})
            known.update({line: [] for line in body.lines if line not in known})
        for person in self.people:
            for due in person.plan.missing:
                known = owners[due.request.speech]
                for line in person.own[due.label]:
                    folders = known.setdefault(line, [])
                    if person.plan.folder not in folders:
                        folders.append(person.plan.folder)
        for speech, lines in owners.items():
            ordered = sorted(lines)
            for first in range(0, len(ordered), LINES_A_JOB):
                chunk = tuple(ordered[first : first + LINES_A_JOB])
                own = tuple(tuple(lines[line]) for line in chunk)
                yield VoiceJob(shared, requests[speech], chunk, own)

    def body_jobs(
        self, shared: SharedFolders, failed: Mapping[Speech, Mapping[Line, Failure]]
    ) -> dict[str, BodyJob]:
        """The job of every distinct session whose lines could all be spoken, by its key."""
        return {
            key: BodyJob(shared, tuple(body.requests.values()))
            for key, body in self.bodies.items()
            if not body.lines & failed.get(body.speech, {}).keys()
        }

    def join_job(
        self,
        person: Person,
        shared: SharedFolders,
        unspoken: Mapping[Speech, Mapping[Line, Failure]],
        unencoded: Mapping[str, Failure],
    ) -> JoinJob:
        """The job of a person, with the sessions that cannot be made."""
        failed = {}
        for due in person.plan.missing:
            known = unspoken.get(due.request.speech, {})
            lines = (person.own[due.label] | self.bodies[due.body].lines) & known.keys()
            if lines:
                failed[due.label] = known[min(lines)]
            elif due.body in unencoded:
                failed[due.label] = unencoded[due.body]
        return JoinJob(shared, person.plan, failed)


def plan_batch(
    rows: Sequence[MemberRow],
    tokens: Mapping[str, str],
    wishes: BatchWishes,
    shared: SharedFolders,
    source: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Batch:
    """Read every person's programme and find out what is missing in each folder.

    Args:
        rows: From `read_members`.
        tokens: The random name of each person's folder, by id.
        wishes: What everybody has in common.
        shared: The folders that all workers see.
        source: What messages call the table.
        progress: Called after every row.
    """
    studio, known, batch = shared.studio(), Known(), Batch()
    for done, row in enumerate(rows, 1):
        token = tokens[row.id]
        folder = wishes.output / PEOPLE / token
        course = Course(
            row.programme,
            row.member,
            wishes.engine,
            wishes.bitrate,
            f"{wishes.url}{token}/" if wishes.url else "",
            wishes.weeks_ahead,
        )
        try:
            check_folder(folder, course)
            plan = plan_folder(folder, course, wishes.today, studio, known)
            person = Person(row, plan)
            for due in plan.missing:
                _add_session(batch, person, due)
        except RoutineError as error:
            batch.refused.append((row, place_finding(source, row, error.findings[0])))
        except WorkoutError as error:
            place = row.columns.get("voice", 1)
            finding = Diagnostic(source, row.line, place, 1, "", str(error), error.hint)
            batch.refused.append((row, finding))
        else:
            batch.people.append(person)
            if not plan.due:
                batch.doubts.append(_tell_nothing_due(source, row, plan))
        progress(done, len(rows))
    return batch


def _tell_nothing_due(source: str, row: MemberRow, plan: FolderPlan) -> Diagnostic:
    last = max(entry.day for entry in plan.entries)
    message = f"nothing is due: the last session is that of {last.isoformat()}"
    hint = "write another `start`, or take the row out"
    column = row.columns.get("start", 1)
    return Diagnostic(source, row.line, column, 1, "", message, hint, fatal=False)


def _add_session(batch: Batch, person: Person, due: DueSession) -> None:
    """Note a missing session: what all share of it, and which lines have the name."""
    routine = due.common.routine
    body = batch.bodies.setdefault(due.body, Body())
    variant = (routine.opening, routine.closing)
    if variant not in body.requests:
        body.requests[variant] = due.common
        body.lines.update(_lines_of(due.common))
    phrases = load_phrases(routine.language, due.request.phrases)
    person.own[due.label] = frozenset(Line(phrases.note(text)) for text in due.own)


def _lines_of(request: Request) -> Iterable[Line]:
    phrases = load_phrases(request.routine.language, request.phrases)
    return compile_routine(request.routine, phrases).lines


def job_key(kind: str, *parts: str) -> str:
    """The key of a job for the scheduler: equal for equal input, and it tells nothing."""
    return f"{kind}-{short_digest(chr(10).join(parts).encode('utf-8', 'backslashreplace'))}"
