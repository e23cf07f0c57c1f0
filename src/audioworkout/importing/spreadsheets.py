"""Spreadsheets as documents: comma, semicolon or tab between the cells."""

from __future__ import annotations

import csv
import io

from audioworkout.importing.lines import Document, SourceLine

_SIGNS = (";", "\t", ",")
MOST_ROWS = 200_000
"""Rows that are read: a log has one for each set of many years."""
LOOKED_AT = 10
"""Rows of a text from which it is told whether it is a spreadsheet."""


def read_spreadsheet(text: str) -> Document | None:
    """The rows of a text that is a spreadsheet; None of any other text."""
    sign = _separator_of(text)
    if sign is None:
        return None
    lines = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for row in reader:
            cells = tuple(" ".join(cell.split()) for cell in row)
            if any(cells):
                lines.append(SourceLine(reader.line_num, " | ".join(cells), "row", cells=cells))
            if len(lines) >= MOST_ROWS:
                break
    except csv.Error:
        return None
    return Document(tuple(lines), kind="spreadsheet")


def _separator_of(text: str) -> str | None:
    """The sign between cells: the one that every one of the first rows has equally often."""
    head = "\n".join(text.splitlines()[: LOOKED_AT * 3])
    for sign in _SIGNS:
        try:
            rows = [row for row in csv.reader(io.StringIO(head), delimiter=sign) if any(row)]
        except csv.Error:
            continue
        rows = rows[:LOOKED_AT]
        widths = {len(row) for row in rows}
        even = len(rows) > 1 and max(widths) - min(widths) <= 1
        wide = even and min(widths) > 1
        if wide and sign == "," and _is_told_in_lines(rows):
            continue
        if wide and (sign != "," or (min(widths) > 2 and all(len(one) < 60 for one in rows[0]))):
            return sign
    return None


def _is_told_in_lines(rows: list[list[str]]) -> bool:
    """Whether commas part the words of lines, `Squats 3 sets, 10 reps each, 1 min rest`.

    A blank stands behind each, and the first line has figures, as no head of a table has.
    """
    blanks = all(cell.startswith(" ") for row in rows for cell in row[1:])
    return blanks and any(map(str.isdigit, "".join(rows[0])))
