"""Reads and adapts a routine, and checks its length: the first two of the seven steps.

Used by builds, `list`, `show` and `check` alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from audioworkout.adapting import adapt
from audioworkout.adapting.problems import WishError
from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.compiler.bouts import IntervalError
from audioworkout.compiler.script import measure_length
from audioworkout.files import stat_path, write_atomic
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.request import Diagnostic, Flags, Request, Source, Speech
from audioworkout.model.routine import Routine, SourceSpan
from audioworkout.model.timeline import Measure, Problem
from audioworkout.reading import (
    Diagnostics,
    Folders,
    RoutineError,
    check_source,
    find_usual_language,
    read_routine,
    read_routines,
)
from audioworkout.reading.mending import mend_text
from audioworkout.reading.routines import names_routine
from audioworkout.reading.sound_checks import CheckFile
from audioworkout.reading.voice_checks import FindVoice
from audioworkout.units import HOUR, format_clock, format_duration

LONGEST_WORKOUT = 4 * HOUR
"""Limit of the length of a workout."""

MOST_PASSES = 20
"""Most passes of reading and fixing a file, because a fix may reveal further errors."""

MeasureFor = Callable[[Speech], Measure]
"""Returns the measure whose pace of speech is assumed for a workout."""


def prepare_routine(
    name: Source, flags: Flags, folders: Folders, stdin: str | None = None
) -> Request:
    """Read a routine and adapt it to the flags and settings.

    Raises:
        RoutineError: Holds everything that is wrong with the files and the flags.
    """
    return adapt_request(read_routine(name, flags, folders, stdin))


def adapt_request(request: Request) -> Request:
    """Apply the wishes of a request; changes made for them are added to its notes.

    Raises:
        RoutineError: A wish cannot be met, or the workout is too long.
    """
    phrases = load_phrases(request.routine.language, request.phrases)
    try:
        routine, notes, errors = adapt(
            request.routine,
            request.wishes,
            lambda one, length: measure_length(one, length, phrases),
        )
    except IntervalError as error:
        raise _request_error(request, _diagnose_interval(request, error)) from error
    if errors:
        raise _request_error(request, *(_diagnose_wish(request, error) for error in errors))
    adapted = request._replace(routine=routine, notes=request.notes + notes)
    _check_workout_length(adapted)
    return adapted


def list_routines(
    folders: Folders, flags: Flags | None = None
) -> tuple[tuple[Routine, ...], tuple[Diagnostic, ...]]:
    """Every routine that can be found, adapted, in order of key, and why others are left out.

    Raises:
        RoutineError: The flags or the settings, with which every routine is read, are wrong.
    """
    requests, reported = read_routines(folders, flags or Flags())
    diagnostics = Diagnostics()
    found = []
    for request in requests:
        try:
            found.append(adapt_request(request).routine)
        except RoutineError as error:
            diagnostics.downgrade(error)
    return tuple(found), reported + diagnostics.told


def show_long_form(name: str, flags: Flags, folders: Folders, stdin: str | None = None) -> str:
    """A routine in its long form, adapted to the flags, or an exercise; as YAML.

    Raises:
        RoutineError: There is neither with this name, or it cannot be read.
    """
    from audioworkout.reading import dump  # imports YAML

    if names_routine(name, folders):
        return dump.dump_routine(prepare_routine(name, flags, folders, stdin).routine, folders)
    exercise = dump.find_exercise(name, flags, folders)
    return dump.dump_exercise(exercise, find_usual_language(flags, folders), folders)


class CheckedFile(NamedTuple):
    """The content of a file, with errors and warnings."""

    request: Request | None
    """The adapted request; None if the file is not a routine, or is wrong."""
    findings: tuple[Diagnostic, ...]


def examine_file(
    name: Source,
    folders: Folders,
    stdin: str | None = None,
    measure_for: MeasureFor | None = None,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> CheckedFile:
    """Read and check a file: a routine, exercises, settings or phrases.

    With `measure_for` also what would not fit into its slot if it were spoken so, with `find`
    which voices are not there, and with `checks` which music and sounds cannot be used.
    """
    diagnostics = Diagnostics()
    adapted = None
    try:
        request = check_source(name, folders, stdin, diagnostics, find, checks)
        diagnostics.finish()
        if request is not None:
            adapted = adapt_request(request)
            if measure_for is not None:
                diagnostics.extend(lint_layout(adapted, measure_for(request.speech)))
    except RoutineError as error:
        diagnostics.extend(error.findings)
    return CheckedFile(adapted, diagnostics.told)


def mend_file(name: str, examine: Callable[[str], CheckedFile]) -> tuple[Diagnostic, ...]:
    """Apply certain fixes to a file until there are none left.

    Everything else stays byte for byte. The file as it was lies beside it, `legs.yaml.bak`, until
    the new one is whole; where a fix turns out to mend nothing the old one comes back.

    Args:
        name: The file, as `examine` calls it.
        examine: Tells what is wrong with it now.

    Returns:
        What was mended, in the order in which it was done.

    Raises:
        OutputError: It cannot be written.
    """
    path = Path(name)
    original: bytes | None = None
    backup = path
    mended: list[Diagnostic] = []
    findings = _fixable(examine(name), name)
    for _ in range(MOST_PASSES):
        if not findings:
            break
        data = path.read_bytes()
        if original is None:
            original, backup = data, _free_backup(path)
            write_atomic(backup, [original])
        text, done = mend_text(data.decode("utf-8"), findings)
        write_atomic(path, [text.encode("utf-8")])
        findings = _fixable(examine(name), name)
        if set(findings).intersection(done):
            write_atomic(path, [original])
            mended.clear()
            break
        mended += done
    if original is not None:
        backup.unlink(missing_ok=True)
    return tuple(mended)


def _fixable(checked: CheckedFile, name: str) -> tuple[Diagnostic, ...]:
    """The findings of a file itself whose fix is certain."""
    return tuple(one for one in checked.findings if one.fix is not None and one.source == name)


def _free_backup(path: Path) -> Path:
    """Where a file is kept for as long as another is written: no file stands there yet."""
    plain = path.with_name(f"{path.name}.bak")
    others = (path.with_name(f"{path.name}.bak{number}") for number in count(2))
    return next(one for one in chain([plain], others) if stat_path(one) is None)


def _request_error(request: Request, *errors: Diagnostic) -> RoutineError:
    """Errors that adapting found, together with the warnings of reading, in order of place."""
    diagnostics = Diagnostics()
    diagnostics.extend((*request.warnings, *errors))
    return RoutineError(diagnostics.told)


def _diagnose_wish(request: Request, error: WishError) -> Diagnostic:
    place = request.wished_at[error.field]
    if error.value:
        place = place._replace(text=error.value, width=len(error.value))
    return place._replace(message=error.message, hint=error.hint)


def _diagnose_interval(request: Request, error: IntervalError) -> Diagnostic:
    return _diagnose_span(request, error.place, str(error), error.hint)


def _diagnose_span(
    request: Request, span: SourceSpan | None, message: str, hint: str
) -> Diagnostic:
    """A diagnostic about an item of the routine, or about all of it if the place is unknown."""
    if span is None:
        return request.wished_at["routine"]._replace(message=message, hint=hint)
    return request.page.diagnose(span, message, hint)


def _check_workout_length(request: Request) -> None:
    """Check that the workout is not too long, and that all work fits into its interval.

    Raises:
        RoutineError: It does not.
    """
    try:
        lasts = plan_routine(request.routine).lasts
    except IntervalError as error:
        raise _request_error(request, _diagnose_interval(request, error)) from error
    if lasts > LONGEST_WORKOUT:
        message = f"the whole workout lasts {format_duration(lasts)}"
        hint = f"at most {format_duration(LONGEST_WORKOUT)}: fewer rounds or sets, or shorter rests"
        raise _request_error(
            request, request.wished_at["rounds"]._replace(message=message, hint=hint)
        )


def lint_layout(request: Request, measure: Measure) -> Iterator[Diagnostic]:
    """Lines that do not fit at the pace of `measure`, each once, at its first occurrence."""
    reported: set[tuple[SourceSpan | None, str]] = set()
    for span, problem in _find_problems(request, measure):
        if (span, problem.what) not in reported:
            reported.add((span, problem.what))
            message = f"{problem.what}, by {problem.by_ms} ms, at {format_clock(problem.at_ms)}"
            yield _diagnose_span(request, span, message, problem.hint)._replace(fatal=False)


def _find_problems(
    request: Request, measure: Measure
) -> Iterator[tuple[SourceSpan | None, Problem]]:
    """Every problem, and the item it belongs to; None for the first and last words."""
    routine = request.routine
    script = compile_routine(routine, load_phrases(routine.language, request.phrases))
    timeline = lay_out(script, measure, "")
    # One chapter for each interval, between those of the introduction and the end.
    spans = (None, *(interval.bout.place for interval in plan_routine(routine).intervals), None)
    starts = [chapter.start_ms for chapter in timeline.chapters]
    for problem in timeline.problems:
        yield spans[bisect_right(starts, problem.at_ms) - 1], problem
