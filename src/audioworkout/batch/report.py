"""`report.csv` and `addresses.csv`: what became of every session, and where each person's are."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from audioworkout.errors import UsageError
from audioworkout.files import write_atomic
from audioworkout.names import did_you_mean

REPORT, ADDRESSES = "report.csv", "addresses.csv"
PEOPLE = "people"
"""The folder of the folders of people: what a web server shows."""
REPORT_COLUMNS = ("id", "session", "result", "seconds", "error", "hint")

Outcome = Literal["built", "kept", "failed"]


class ReportLine(NamedTuple):
    """What became of a session. `session` is empty where a whole row of the table is wrong."""

    id: str
    session: str
    result: Outcome
    seconds: float = 0.0
    error: str = ""
    hint: str = ""


def read_report(folder: Path) -> list[ReportLine]:
    """The report of the last run; empty if there is none."""
    rows = _read_rows(folder / REPORT)
    return [
        ReportLine(row[0], row[1], _result_of(row[2]), float(row[3] or 0), row[4], row[5])
        for row in rows
        if len(row) == len(REPORT_COLUMNS)
    ]


def _result_of(text: str) -> Outcome:
    return "built" if text == "built" else "kept" if text == "kept" else "failed"


def write_report(folder: Path, lines: Iterable[ReportLine]) -> None:
    """Write a report, in the order of the lines.

    Raises:
        OutputError: It could not be written; an older one is untouched.
    """
    rows = [
        (each.id, each.session, each.result, f"{each.seconds:.2f}", each.error, each.hint)
        for each in lines
    ]
    _write_rows(folder / REPORT, REPORT_COLUMNS, rows)


def read_addresses(folder: Path) -> dict[str, str]:
    """The random token of every person by id."""
    return {row[0]: row[1] for row in _read_rows(folder / ADDRESSES) if len(row) >= 2}


def give_addresses(folder: Path, ids: Iterable[str], url: str = "") -> dict[str, str]:
    """The token of every person; who has none gets one, and it is written down.

    Raises:
        OutputError: They could not be written.
    """
    known = read_addresses(folder)
    for each in ids:
        known.setdefault(each, secrets.token_urlsafe(18))
    _write_addresses(folder, known, url)
    return known


def _write_addresses(folder: Path, known: dict[str, str], url: str) -> None:
    rows = [(each, token, f"{url}{token}/feed.xml" if url else "") for each, token in known.items()]
    _write_rows(folder / ADDRESSES, ("id", "folder", "feed"), rows)


def forget_person(folder: Path, person: str) -> Path:
    """Remove a person's folder, address and lines of the report; gives the folder's path.

    Raises:
        UsageError: Nobody has this id.
        OutputError: A file could not be written.
    """
    import shutil

    known = read_addresses(folder)
    if person not in known:
        near = did_you_mean(person, known)
        raise UsageError(f"{folder} has nobody with the id {person}", near or "See addresses.csv.")
    own = folder / PEOPLE / known.pop(person)
    if own.exists():
        shutil.rmtree(own)
    lines = [each for each in read_report(folder) if each.id != person]
    write_report(folder, lines)
    rows = [row for row in _read_rows(folder / ADDRESSES) if row[0] != person]
    _write_rows(folder / ADDRESSES, ("id", "folder", "feed"), rows)
    return own


def _read_rows(path: Path) -> list[list[str]]:
    """The rows of a table of ours without its head; none where it cannot be read."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of ours, for the eyes of its owner alone."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    if not path.exists():
        path.touch(mode=0o600)
    write_atomic(path, [out.getvalue().encode("utf-8", "replace")])
