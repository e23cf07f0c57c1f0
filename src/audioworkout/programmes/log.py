"""`done.csv`: what a person reported, a line a session."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

from audioworkout.model.request import Page
from audioworkout.model.routine import SourceSpan
from audioworkout.names import did_you_mean
from audioworkout.programmes.model import FIGURES, LogEntry, LoggedResult, Programme
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.source import read_file

LOG_COLUMNS = ("date", "session", "result", "pain", "felt", "best", "failed")
RESULTS = ("done", "failed", "skipped")


def read_training_log(path: Path, programme: Programme) -> tuple[LogEntry, ...]:
    """The lines of a log, in order.

    Raises:
        RoutineError: It cannot be read, or a line of it is wrong; all that is wrong is told.
    """
    page, text = read_file(path)
    diagnostics = Diagnostics()
    labels = {position.label for position in programme.positions}
    rows = csv.DictReader(io.StringIO(text))
    entries = [_read_row(row, rows.line_num, page, labels, diagnostics) for row in rows]
    diagnostics.finish()
    return tuple(entry for entry in entries if entry is not None)


def format_log(entries: Iterable[LogEntry]) -> str:
    """A log as text, which `read_training_log` reads back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(LOG_COLUMNS)
    for entry in entries:
        figures = ["" if each is None else each for each in (entry.pain, entry.felt)]
        failed = "; ".join(entry.failed)
        day = entry.date.isoformat()
        writer.writerow([day, entry.session, entry.result, *figures, entry.best, failed])
    return out.getvalue()


def _read_row(
    row: dict[str, str], number: int, page: Page, labels: set[str], diagnostics: Diagnostics
) -> LogEntry | None:
    values = {name: (row.get(name) or "").strip() for name in LOG_COLUMNS}
    text = page.line(number)

    def report(name: str, message: str, hint: str) -> None:
        column = max(0, text.find(values[name])) if values[name] else 0
        span = SourceSpan(number, column + 1, max(1, len(values[name])))
        diagnostics.extend([page.diagnose(span, message, hint)])

    day = parse_date(values["date"])
    if day is None:
        report("date", f"`{values['date']}` is no date", "write it as `2026-01-31`")
    if values["session"] not in labels:
        hint = did_you_mean(values["session"], labels) or "sessions are called like `w3d2`"
        report("session", f"there is no session `{values['session']}`", hint)
    result = values["result"] or "done"
    if result not in RESULTS:
        report("result", f"`{result}` is no result", "write `done`, `failed` or `skipped`")
    figures: dict[str, int | None] = {}
    for name, (low, high) in FIGURES.items():
        figure = int(values[name]) if values[name].isdecimal() else None
        figures[name] = figure
        if values[name] and (figure is None or not low <= figure <= high):
            report(name, f"`{values[name]}` is no figure from {low} to {high}", "")
    if day is None:
        return None
    failed = tuple(each.strip() for each in values["failed"].split(";") if each.strip())
    return LogEntry(
        day,
        values["session"],
        cast(LoggedResult, result),
        figures["pain"],
        figures["felt"],
        values["best"],
        failed,
    )


def parse_date(text: str) -> date | None:
    """A date as `2026-01-31`; None if the text is something else.

    >>> parse_date("2026-01-31"), parse_date("31.1.2026")
    (datetime.date(2026, 1, 31), None)
    """
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
