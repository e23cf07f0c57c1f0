"""`members.csv`: a row a person, with all that can be wrong in it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.languages import LANGUAGES
from audioworkout.model.request import Diagnostic, Flags
from audioworkout.names import did_you_mean
from audioworkout.programmes.log import parse_date
from audioworkout.programmes.model import Member
from audioworkout.reading import Diagnostics
from audioworkout.reading.diagnostics import RoutineError
from audioworkout.reading.flags import read_flags
from audioworkout.reading.source import refuse_file

if TYPE_CHECKING:
    import _csv

REQUIRED = ("id", "programme", "start")
OPTIONAL_COLUMNS = ("name", "language", "level", "kit", "voice", "music")
_ALL_COLUMNS = ", ".join((*REQUIRED, *OPTIONAL_COLUMNS))
VALUE = "member."
"""How the name of a column begins that holds a value of the programme, as `member.squat`."""
LONGEST_PERSON_NAME = 60
"""Characters: what is longer is no name, and would be spoken in every session."""
_DELIMITERS = (",", ";", "\t")
_DECLARED = re.compile(r"sep=(.)", re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""
_DAY_FIRST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", re.ASCII)


class MemberRow(NamedTuple):
    """A person who can be served. `line` counts from 1; `columns` are where the cells begin."""

    id: str
    programme: str
    member: Member
    line: int
    columns: Mapping[str, int]


class MemberList(NamedTuple):
    """The rows that are right, and what is wrong with the others.

    No finding shows a row as it was written, lest a name get into a log.
    """

    rows: tuple[MemberRow, ...]
    findings: tuple[Diagnostic, ...]
    refused: Mapping[int, tuple[str, Diagnostic]]
    """By line, the id (empty if there is none) and the first thing that is wrong."""


def read_members(path: Path) -> MemberList:
    """Everybody in a file.

    Raises:
        RoutineError: It cannot be read, or is no table of members.
    """
    text, doubts = _read_member_text(path)
    lines = list(io.StringIO(text, newline=""))
    declared = _DECLARED.fullmatch(lines[0].strip()) if lines else None
    first = 1 if declared else 0
    head = lines[first].rstrip("\r\n") if len(lines) > first else ""
    delimiter = declared[1] if declared else max(_DELIMITERS, key=head.count)
    reader = csv.reader(lines[first:], delimiter=delimiter)
    table = _MemberTable(str(path), path.parent, _read_header(reader), delimiter, {})
    _check_header(table, head, first + 1)
    rows: list[MemberRow] = []
    findings = [*doubts]
    refused: dict[int, tuple[str, Diagnostic]] = {}
    known: dict[str, int] = {}
    for line, cells in _number_rows(table, reader, first):
        places = _cell_columns(lines[line - 1], delimiter)
        row = _RowReader(table, cells, line, places)
        read = row.read(known)
        if isinstance(read, MemberRow):
            rows.append(read)
        else:
            findings += read
            refused[line] = (row.values.get("id", ""), read[0])
    return MemberList(tuple(rows), tuple(findings), refused)


class _MemberTable(NamedTuple):
    """What all rows have in common: `header` holds the columns' names, `source` what messages say.

    Relative paths in cells are meant from `folder`. `checked` grows: what is wrong with a cell's
    text, by column and text, for few texts stand in many rows.
    """

    source: str
    folder: Path
    header: Sequence[str]
    delimiter: str
    checked: dict[tuple[str, str], Sequence[Diagnostic]]


def _read_member_text(path: Path) -> tuple[str, list[Diagnostic]]:
    """A file's text without a byte order mark, and what is doubtful about it.

    Spreadsheets of Western Europe save CSV as Windows-1252 unless they are asked for UTF-8.

    Raises:
        RoutineError: It is not there, or no text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse_file(str(path), "there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not possible"
        raise refuse_file(str(path), f"it cannot be read: {reason.lower()}") from None
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), []
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise refuse_file(str(path), "it is not UTF-8", "save it as CSV UTF-8") from None
    message = "it is not UTF-8, and was read as Windows-1252"
    hint = "look at a name with an accent, or save it as CSV UTF-8"
    return text, [_finding(str(path), 1, 1, 1, message, hint)._replace(fatal=False)]


def _read_header(reader: Iterator[list[str]]) -> list[str]:
    """The names of the columns in small letters; what a spreadsheet left empty behind them goes."""
    header = [name.strip().lower() for name in next(reader, [])]
    while header and not header[-1]:
        header.pop()
    return header


def _number_rows(
    table: _MemberTable, reader: _csv.Reader, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, with the number of its first line.

    Raises:
        RoutineError: A cell is far too long.
    """
    end = skipped + reader.line_num
    try:
        for cells in reader:
            line, end = end + 1, skipped + reader.line_num
            if any(map(str.strip, cells)):
                yield line, cells
    except csv.Error:
        told = "a cell is far too long"
        hint = "is a quotation mark not closed?"
        raise RoutineError((_finding(table.source, end + 1, 1, 1, told, hint),)) from None


def _check_header(table: _MemberTable, head: str, line: int) -> None:
    """Check the names of the columns.

    Raises:
        RoutineError: One is missing, twice there or unknown.
    """
    findings = []

    def report(column: int, width: int, message: str, hint: str) -> None:
        findings.append(_finding(table.source, line, column, width, message, hint))

    if not table.header:
        report(1, 1, "there is no table in it", f"the first line names the columns: {_ALL_COLUMNS}")
        raise RoutineError(tuple(findings))
    for name, column in zip(table.header, _cell_columns(head, table.delimiter), strict=False):
        known = name in (*REQUIRED, *OPTIONAL_COLUMNS) or (name.startswith(VALUE) and name != VALUE)
        if not known:
            near = did_you_mean(name, (*REQUIRED, *OPTIONAL_COLUMNS))
            hint = near or f"a value of the programme is called `{VALUE}{name or 'squat'}`"
            report(column, len(name), f"there is no column `{name}`", hint)
        elif table.header.count(name) > 1:
            report(column, len(name), f"the column `{name}` is there twice", "leave one")
    for name in REQUIRED:
        if name not in table.header:
            hint = f"the first line names the columns: {_ALL_COLUMNS}"
            report(1, 1, f"the column `{name}` is missing", hint)
    if findings:
        raise RoutineError(tuple(findings))


class _RowReader:
    """One row, cell by cell."""

    def __init__(
        self,
        table: _MemberTable,
        cells: Sequence[str],
        line: int,
        places: Sequence[int],
    ) -> None:
        self._table = table
        self._cells = cells
        self._line = line
        self._findings: list[Diagnostic] = []
        self.values = {name: cell.strip() for name, cell in zip(table.header, cells, strict=False)}
        self.columns = dict(zip(table.header, places, strict=False))

    def read(self, known: dict[str, int]) -> MemberRow | list[Diagnostic]:
        """The member of the row, or what is wrong; `known` are the lines of ids so far."""
        self._check_cells()
        start = self._read_start()
        self._check_id(known)
        self._check_name()
        self._check_choice("language", LANGUAGES)
        if not self.values.get("programme"):
            self._report(
                "programme", "nobody says which programme", "`audioworkout programme list`"
            )
        self._check_flags("level", Flags(level=self._get("level")))
        self._check_flags("kit", Flags(equipment=self._get("kit")))
        voice = self._get("voice")
        self._check_flags("voice", Flags(voice=(voice,) if voice else ()))
        music = self._find_music()
        if self._findings or start is None:
            return self._findings
        values = {
            name.removeprefix(VALUE): value
            for name, value in self.values.items()
            if name.startswith(VALUE) and value
        }
        member = Member(
            start,
            self.values.get("name", ""),
            self._get("language"),
            self._get("level"),
            self._get("kit"),
            voice,
            music,
            values,
        )
        return MemberRow(
            self.values["id"], self._name_programme(), member, self._line, self.columns
        )

    def _check_cells(self) -> None:
        count, most = len(self._cells), len(self._table.header)
        if any(cell.strip() for cell in self._cells[most:]):
            told = f"the row has {count} cells and the first line {most}"
            hint = f"put a text with `{self._table.delimiter}` in it into quotation marks"
            self._report("id", told, hint)
        for name, cell in self.values.items():
            if "\n" in cell or "\r" in cell:
                self._report(name, "a line ends in this cell", "is a quotation mark not closed?")

    def _get(self, name: str) -> str | None:
        return self.values.get(name) or None

    def _read_start(self) -> date | None:
        text = self.values.get("start", "")
        start = _parse_start(text, self._table.delimiter)
        if start is None:
            told = f"`{text}` is no date" if text else "nobody says when it starts"
            self._report("start", told, "write it as `2026-01-31`")
        return start

    def _check_id(self, known: dict[str, int]) -> None:
        name = self.values.get("id", "")
        if not name:
            self._report("id", "the row has no id", "give each person one that stays")
        elif name in known:
            message = f"the id `{name}` is that of line {known[name]} too"
            self._report("id", message, "give each person one of their own")
        else:
            known[name] = self._line

    def _check_name(self) -> None:
        name = self.values.get("name", "")
        if len(name) > LONGEST_PERSON_NAME:
            told = f"the name is longer than {LONGEST_PERSON_NAME} characters"
            self._report("name", told, "write what the person is called by")
        elif not all(map(str.isprintable, name)) or (name and not any(map(str.isalnum, name))):
            self._report("name", "the name cannot be spoken", "write it in letters")

    def _check_choice(self, column: str, choices: Sequence[str] | Mapping[str, object]) -> None:
        value = self.values.get(column, "")
        if value and value not in choices:
            near = did_you_mean(value, choices)
            self._report(
                column, f"there is no {column} `{value}`", near or f"there are {', '.join(choices)}"
            )

    def _check_flags(self, column: str, flags: Flags) -> None:
        """Check a cell as the option of the same meaning is checked."""
        key = (column, self.values.get(column, ""))
        if not key[1]:
            return
        if key not in self._table.checked:
            diagnostics = Diagnostics()
            read_flags(flags, diagnostics)
            self._table.checked[key] = diagnostics.told
        for one in self._table.checked[key]:
            self._report(column, one.message, one.hint)

    def _find_music(self) -> str | None:
        """The path of the music; a relative one is meant from the folder of the table."""
        music = self._get("music")
        if music is None:
            return None
        path = self._table.folder / music
        if not path.exists():
            self._report("music", f"there is no `{music}`", "name a file, or a folder of files")
        return str(path.resolve())

    def _name_programme(self) -> str:
        """A built-in name, or the path of a file, which is meant from the folder of the table."""
        name = self.values["programme"]
        if name.lower().endswith((".yaml", ".yml")):
            return str((self._table.folder / name).resolve())
        return name

    def _report(self, column: str, message: str, hint: str) -> None:
        place = self.columns.get(column, 1)
        width = len(self.values.get(column, ""))
        self._findings.append(_finding(self._table.source, self._line, place, width, message, hint))


def _parse_start(text: str, delimiter: str) -> date | None:
    """A date as `2026-01-31`, or as a spreadsheet writes it where the day comes first.

    Points are always behind the day. `5/1/2026` is another day in America than elsewhere; a table
    with semicolons is from where numbers have a comma, and the day comes first.

    >>> _parse_start("31.1.2026", ","), _parse_start("5/1/2026", ","), _parse_start("5/1/2026", ";")
    (datetime.date(2026, 1, 31), None, datetime.date(2026, 1, 5))
    """
    match = _DAY_FIRST.fullmatch(text)
    if match is None or (match[2] == "/" and delimiter != ";"):
        return parse_date(text)
    return parse_date(f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}")


def place_finding(source: str, row: MemberRow, finding: Diagnostic) -> Diagnostic:
    """What is wrong with a person's programme, told at the cell that it comes from."""
    member = row.member
    cells: dict[str, str | None] = {
        "level": member.level,
        "kit": member.equipment,
        "voice": member.voice,
        **{f"{VALUE}{name}": value for name, value in member.values.items()},
    }
    guilty = (name for name, value in cells.items() if value and f"`{value}`" in finding.message)
    column = row.columns.get(next(guilty, "programme"), 1)
    message = finding.message
    if finding.source != row.programme and finding.line:
        message += f" ({Path(finding.source).name}:{finding.line})"
    return _finding(source, row.line, column, 1, message, finding.hint)


def _finding(
    source: str, line: int, column: int, width: int, message: str, hint: str
) -> Diagnostic:
    return Diagnostic(source, line, column, max(1, width), "", message, hint)


def _cell_columns(line: str, delimiter: str) -> list[int]:
    """The column at which each cell of a line begins, from 1.

    >>> _cell_columns('7,"Ann, the first",knee', ",")
    [1, 3, 20]
    """
    return list(_find_columns(line, delimiter))


def _find_columns(line: str, delimiter: str) -> Iterator[int]:
    yield 1
    quoted = False
    for column, letter in enumerate(line, 1):
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            yield column + 1
