"""Lines as their page showed them: lists, broken lines and tables that were flattened to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from audioworkout.importing.brought_in import head_paragraphs
from audioworkout.importing.lines import Document, SourceLine, mark_steps, number_lines
from audioworkout.importing.openings import day_opening
from audioworkout.importing.plain_form import TIME_UNITS, PlainToken, plain_tokens
from audioworkout.importing.rules import ImportLanguage, fold_text
from audioworkout.importing.tables import columns_of, field_of_column

FEWEST_COLUMNS = 2
"""Columns beside the names that make words of a line the head of a table."""
FEWEST_PARTS = 3
"""Numbers within a line that count up from 1, from which on it is a list run together."""
MOST_TITLED_WORDS = 7
"""Words of a line that names the exercise of the number above it."""
MOST_PENDING = 2
"""Lines of a row in front of its values."""
LONGEST_CELL = 60
"""Characters of the name in a row, and of a line that is a cell of its own."""
_PART = re.compile(r"(?:^|(?<=[\s:.]))(\d{1,2})[.)]\s*(?=[^\W\d_]|[*¡¿«\"“])")
_BULLET = re.compile(r"\s+[•●◦▪■✓✔►➤]\s*(?=\S)")
_CELL_BREAK = re.compile(r"(?:</?(?:br|li|ul|ol|p)\s*/?>|\s[•●◦▪]\s|;)+\s*", re.IGNORECASE)
SHORTEST_WRAPPED = 45
"""Characters of a line of running text that may be broken within a sentence."""
DAY_LEVEL = 3
"""The level of the heading that stands for a day of a table."""
FEWEST_ROWS = 2
FEWEST_CHAPTERS = 4
"""Lines with times that rise from 0:00, which are chapters of a video."""
FEWEST_PARTS_TIMED = 2
"""The same where one of them is its introduction."""
_DESCRIBED = re.compile(
    r"([^\W\d_][^:]{2,50}?\s(?:\d+ ?)?[x×] ?\d+(?:-\d+)?(?: [^\W\d_]+){0,3}):\s+"
    r"([^\W\d_]+(?:[ ,]+[^\W\d_]+){5}.*)"
)
"""A name with its sets or reps, a colon and a sentence."""
_SENTENCE_HEAD = re.compile(
    r"([^\W\d_][^.:;!?,()]{2,45})(?:\s*\([^()]{2,40}\))?(?=\.\s+[A-ZÀ-Þ¿¡0-9]\S*\s+\S+\s+\S)"
)
"""A few words that end in a full stop, in front of a sentence."""
MOST_HEAD_WORDS = 6
"""Words of a name that stands so."""
_CHAPTER = re.compile(
    r"\W{0,2}((\d{1,2}):(\d\d))\)?(?:\s*[-–—]\s*\d{1,2}:\d\d)?\W{0,3}(?=[^\W\d_])(.+)"
)
_SPAN = re.compile(r"\W{0,2}\d{1,2}:\d\d\s*[-–—]\s*\d")
_UNITS = frozenset({"reps", "sets", "per", "side", "leg", "arm", "max", "rounds", "x", "times"})
"""Words, in plain form, behind the figure of a cell."""
_LABELLED = frozenset({"sets", "reps", "time", "rest"})
"""Columns whose label may stand in front of a value in a row of two cells."""
_HEADS_LIST = frozenset({"rounds", "fortime", "amrap", "emom", "circuit", "superset", "tabata"})
"""Words of a line with a figure that tells how all below it is done: `3 rounds of`."""
_VERBS_OF_AMOUNTS = frozenset({"hold", "rest", "repeat", "do"})
"""Words, in plain form, behind which an amount stands."""
_OPEN_ENDED = frozenset({"max", "amrap"})
"""Words of a cell in place of a figure."""


def restore_layout(document: Document, language: ImportLanguage) -> Document:
    """The document with lists on lines of their own, broken lines whole, and tables as rows."""
    if document.kind not in ("text", "html", "pdf"):
        return document
    source = number_lines(document.lines) if document.kind == "html" else document.lines
    lines = tuple(split_run_together(source, language))
    if len(lines) != len(document.lines):
        lines = mark_steps(lines)
    lines = tuple(join_broken_lines(lines, language))
    lines = tuple(head_paragraphs(lines, language))
    lines = mark_sentence_heads(lines, language)
    lines = tuple(rebuild_tables(lines, language))
    lines = tuple(time_chapters(lines, language))
    return document._replace(lines=tuple(split_day_tables(lines, language)))


def mark_sentence_heads(
    lines: Sequence[SourceLine], language: ImportLanguage
) -> tuple[SourceLine, ...]:
    """Names that end in a full stop in front of their descriptions, with a colon in its place.

    `Child's pose (Balasana). Kneel down ...` in three paragraphs or more, half of which begin with
    a word of training.
    """
    heads = {
        n: match
        for n, line in enumerate(lines)
        if line.mark in ("text", "number") and (match := _SENTENCE_HEAD.match(line.text))
    }
    names = [re.findall(r"[^\W\d_]+", fold_text(match[1])) for match in heads.values()]
    few = [words for words in names if len(words) <= MOST_HEAD_WORDS]
    steps = language.lists["step_verbs"]
    nouns = sum(
        words[0] not in steps and any(one in language.nouns for one in words) for words in few
    )
    if nouns < FEWEST_PARTS or len(few) < len(names) or nouns < len(names) / 2:
        return tuple(lines)
    return tuple(
        line._replace(text=f"{heads[n][0]}:{line.text[heads[n].end() + 1 :]}")
        if n in heads
        else line
        for n, line in enumerate(lines)
    )


def time_chapters(lines: Sequence[SourceLine], language: ImportLanguage) -> Iterator[SourceLine]:
    """Chapters of a video, `0:40 Squats` above `1:25 Lunges`, with their ends: `0:40-1:25 Squats`.

    The first begins at 0:00; the last has no end, and keeps its name alone. What frames the
    exercises, `0:00 Intro`, is left out.
    """
    at = 0
    while at < len(lines):
        chapters = _chapters_from(lines, at)
        for n, (start, name) in enumerate(chapters):
            clock = f"{start}-{chapters[n + 1][0]} " if n + 1 < len(chapters) else ""
            if not _is_frame(name, language):
                yield lines[at + n]._replace(text=f"{clock}{name}")
        parts = [] if chapters else _chapters_from(lines, at, FEWEST_PARTS_TIMED)
        if any(_is_frame(name, language) for _, name in parts):
            at += len(parts)  # the parts of a video whose exercises stand above
            continue
        match = _CHAPTER.match(lines[at].text)
        if not chapters and not (match and _is_frame(match[4], language)):
            yield lines[at]
        at += len(chapters) or 1


def _is_frame(name: str, language: ImportLanguage) -> bool:
    """Whether a chapter of a video holds no exercise: `Intro`."""
    return fold_text(name).strip(" .!:()") in language.labels["frames"]


def _chapters_from(
    lines: Sequence[SourceLine], at: int, fewest: int = FEWEST_CHAPTERS
) -> list[tuple[str, str]]:
    """Start and name of each chapter of a video from a line on; empty without chapters."""
    found: list[tuple[str, str]] = []
    last = -1
    while at < len(lines) and (match := _CHAPTER.match(lines[at].text)):
        start = 60 * int(match[2]) + int(match[3])
        if _SPAN.match(lines[at].text) or start <= last or (not found and start):
            break
        found.append((match[1], match[4]))
        last = start
        at += 1
    return found if len(found) >= fewest else []


def split_run_together(
    lines: Sequence[SourceLine], language: ImportLanguage
) -> Iterator[SourceLine]:
    """A list within one line, `1. Squat: ... 2. Lunge: ...`, as a line for each of its parts."""
    for line in lines:
        parts = _numbered_parts(line) or _marked_parts(line) or _labelled_parts(line, language)
        for part in parts or [line]:
            yield from _described_parts(part)


def _numbered_parts(line: SourceLine) -> list[SourceLine]:
    first = line.value if line.mark == "number" and line.value else 0
    wanted, starts = first + 1, []
    for match in _PART.finditer(line.text):
        if int(match[1]) == wanted:
            starts.append(match)
            wanted += 1
    if len(starts) + bool(first) < FEWEST_PARTS:
        return []
    ends = [*(one.start() for one in starts[1:]), len(line.text)]
    parts = [
        line._replace(text=line.text[one.end() : end].strip(), mark="number", value=int(one[1]))
        for one, end in zip(starts, ends, strict=True)
    ]
    before = line.text[: starts[0].start()].strip()
    return [*([line._replace(text=before)] if before else []), *parts]


def _marked_parts(line: SourceLine) -> list[SourceLine]:
    parts = _BULLET.split(line.text) if line.mark in ("text", "item") else []
    if len(parts) < FEWEST_PARTS:
        return []
    first, *others = (line._replace(text=part.strip()) for part in parts)
    return [first, *(part._replace(mark="item") for part in others)]


def _labelled_parts(line: SourceLine, language: ImportLanguage) -> list[SourceLine]:
    """`Time: 40 min | Rest: 60 s` is no row of a table, but two lines; `Reps | 10` is one."""
    cells = [cell.strip() for cell in line.text.split(" | ")]
    is_label = field_of_column(cells[0], language) in _LABELLED
    if len(cells) == FEWEST_COLUMNS and is_label and re.search(r"\d", cells[1]):
        return [SourceLine(line.number, f"{cells[0]}: {cells[1]}")]
    labelled = sum(bool(re.match(r"[^\W\d_][^:]*:\s*\S", cell)) for cell in cells)
    if max(map(len, cells)) > LONGEST_CELL:
        return []
    if labelled < FEWEST_COLUMNS or 2 * labelled < len(cells):
        return []
    return [SourceLine(line.number, cell) for cell in cells if cell]


def _described_parts(line: SourceLine) -> list[SourceLine]:
    """`Box squats x 8 reps: Start standing ...` as two lines: the exercise, and how it is done."""
    match = _DESCRIBED.fullmatch(line.text)
    if match is None or line.mark not in ("text", "item", "number", "bold"):
        return [line]
    return [line._replace(text=match[1]), SourceLine(line.number, match[2])]


def join_broken_lines(
    lines: Sequence[SourceLine], language: ImportLanguage
) -> Iterator[SourceLine]:
    """Lines that end in a word that ends no sentence, `Hold for`, with the line behind them.

    `Exercise 1` and the name in the next line become `Exercise 1: Plank`.
    """
    open_line: SourceLine | None = None
    for line in lines:
        if open_line is not None and _names_numbered(open_line, line, language):
            label = open_line.text.rstrip(" .:")
            open_line = open_line._replace(text=f"{label}: {line.text}")
            continue
        if open_line is not None and _continues_line(open_line, line, language):
            open_line = line._replace(
                text=f"{open_line.text} {line.text}", mark=open_line.mark, value=open_line.value
            )
            continue
        if open_line is not None:
            yield open_line
        open_line = line
    if open_line is not None:
        yield open_line


def _names_numbered(line: SourceLine, following: SourceLine, language: ImportLanguage) -> bool:
    """Whether a line is a number alone, `Exercise 1`, whose exercise the following one names."""
    word, _, number = fold_text(line.text).rstrip(" .:").partition(" ")
    if word not in language.labels["exercise"] or not re.fullmatch(r"(?:n° ?)?\d{1,2}", number):
        return False
    text = fold_text(following.text)
    words = text.split()
    titled = following.mark in ("text", "bold", "heading") and len(words) <= MOST_TITLED_WORDS
    if not titled or re.search(r"\d|[.!?:;,]$", text) or len(text) > LONGEST_CELL:
        return False
    steps = language.lists["step_verbs"]
    orders = words[0] in steps or " ".join(words[:2]) in steps
    return not orders and not any(text in labels for labels in language.labels.values())


def _is_wrapped(text: str, following: str) -> bool:
    """Whether a sentence goes on in the next line; two lines with figures may be items of a list.

    >>> _is_wrapped("Lie down, pull one knee to the chest and keep", "the back flat.")
    True
    """
    figures = re.search(r"\d", text) and re.search(r"\d", following)
    return text[-1] not in ".!?:;" and following[0].islower() and not figures


def _continues_line(line: SourceLine, following: SourceLine, language: ImportLanguage) -> bool:
    """Whether a line goes on in the following one."""
    if following.mark != "text" or line.mark not in ("text", "item", "number"):
        return False
    if following.number > line.number + 1:
        return False  # a blank line stands between them
    if day_opening(line.text, language) is not None:
        return False  # `Day 2: Upper body A`
    if len(line.text) >= SHORTEST_WRAPPED and _is_wrapped(line.text, following.text):
        return True
    words = fold_text(line.text).split()
    if len(line.text) >= SHORTEST_WRAPPED and _parts_amount(words[-1], following.text, language):
        return True
    if len(words) < 2 or words[-1] not in language.lists["trailing"] or words[-1] == "x":
        return False
    if language.words_of(words[-1]) == "per" and re.search(r"\d", line.text):
        return False  # `Quad stretch 30 s each`
    return not _heads_list(line.text, following, language)


def _parts_amount(last: str, following: str, language: ImportLanguage) -> bool:
    """Whether a line breaks between an amount and its unit or its verb: `hold` and `5 seconds`."""
    plain, unit = language.words_of(last), language.words_of(following)
    number = plain.isdigit() or last.isdigit()
    return (plain in _VERBS_OF_AMOUNTS and following[:1].isdigit()) or (
        number and unit in (_UNITS | TIME_UNITS)
    )


def _heads_list(text: str, following: SourceLine, language: ImportLanguage) -> bool:
    """Whether a line that ends in `of` heads those below it: `10-9-8-7 of`, `3 rounds of`."""
    tokens = [one.plain for one in plain_tokens(text, language)]
    figures = sum(one[0].isdigit() for one in tokens)
    told = figures > 2 or (figures and not _HEADS_LIST.isdisjoint(tokens))
    rungs = any(one.count("-") > 1 for one in tokens)
    return bool(told or rungs) and len(following.text.split()) <= MOST_TITLED_WORDS


# --- tables ---


class _TableHead(NamedTuple):
    """The head of a table: its cells, the first one that of the names."""

    cells: tuple[str, ...]

    @property
    def values(self) -> int:
        return len(self.cells) - 1


def rebuild_tables(lines: Sequence[SourceLine], language: ImportLanguage) -> Iterator[SourceLine]:
    """Rows of tables that were flattened to text, as rows.

    `Exercise Sets Reps` above `Squat 3 10` is a table whose cells stand in a line; `Exercise`,
    `Sets`, `Reps`, `Squat`, `3`, `10`, each on its own, one whose cells are lines.
    """
    at = 0
    while at < len(lines):
        if (head := _head_in_line(lines[at], language)) is not None:
            rows, used = _rows_in_lines(lines[at + 1 :], head, language)
            used += 1
        elif (head := _head_in_cells(lines[at:], language)) is not None:
            rows, used = _rows_in_cells(lines[at + len(head.cells) :], head)
            used += len(head.cells)
        else:
            rows, used = [], 0
        if head is None or len(rows) < FEWEST_COLUMNS:
            yield lines[at]
            at += 1
            continue
        yield _row(lines[at], head.cells)
        yield from rows
        at += used


def _row(line: SourceLine, cells: Sequence[str]) -> SourceLine:
    return SourceLine(line.number, " | ".join(cells), "row", cells=tuple(cells))


def _column(words: Sequence[str], language: ImportLanguage) -> bool:
    """Whether words are those of a column of amounts."""
    return field_of_column(" ".join(words), language) not in ("", "name")


def _head_in_line(line: SourceLine, language: ImportLanguage) -> _TableHead | None:
    """The head of a table in one line: its last words are those of columns."""
    if line.mark not in ("text", "heading", "bold") or len(line.text) > 2 * LONGEST_CELL:
        return None
    if day_opening(line.text, language) is not None:
        return None  # `Day 4 - Rest day`
    if re.search(r"\d", line.text):
        return None  # `Push-up: 10 reps / 3 sets`
    words = line.text.replace("*", " ").split()
    cells: list[str] = []
    end = len(words)
    while end > 0:
        size = next(
            (n for n in (3, 2, 1) if n <= end and _column(words[end - n : end], language)), 0
        )
        if not size:
            break
        cells.insert(0, " ".join(words[end - size : end]))
        end -= size
    named = " ".join(words[:end])
    if len(cells) < FEWEST_COLUMNS or end > 4 or re.search(r"\d|:$", named):
        return None  # `Push-up: 10 reps / 3 sets` is a row by itself
    return _TableHead((named, *cells))


def _rows_in_lines(
    lines: Sequence[SourceLine], head: _TableHead, language: ImportLanguage
) -> tuple[list[SourceLine], int]:
    """The rows below a head, a line each, and how many lines they take."""
    rows: list[SourceLine] = []
    pending: list[SourceLine] = []
    used = 0
    for n, line in enumerate(lines, 1):
        if line.mark not in ("text", "number", "item"):
            break
        text = f"{line.value} {line.text}" if line.mark == "number" and pending else line.text
        name, values = split_values(text, language)
        if values and len(values) <= head.values:
            name = name or (pending[0].text if pending else "")
            if name and len(name) <= LONGEST_CELL:
                rows.append(_row(pending[0] if pending else line, (name, *values)))
                pending, used = [], n
                continue
        if values or len(pending) == MOST_PENDING or len(line.text) > 2 * LONGEST_CELL:
            break
        pending.append(line)
    return rows, used


def split_values(text: str, language: ImportLanguage) -> tuple[str, list[str]]:
    """The name in front of the figures that end a line, and each in plain form: `Row 3 8 to 10`."""
    tokens = plain_tokens(text, language)
    start = len(tokens)
    while start > 0 and _is_value(tokens[start - 1]):
        start -= 1
    while start < len(tokens) and tokens[start].plain in _UNITS - _OPEN_ENDED:
        start += 1
    groups: list[list[PlainToken]] = []
    for token in tokens[start:]:
        if token.plain[0].isdigit() or token.plain in _OPEN_ENDED or not groups:
            groups.append([token])
        else:
            groups[-1].append(token)
    name = text[: tokens[start].start].strip(" \t:-–—|,") if start < len(tokens) else text
    return name, [" ".join(token.plain for token in group) for group in groups]


def _is_value(token: PlainToken) -> bool:
    return token.plain[0].isdigit() or token.plain in _UNITS or token.plain in _OPEN_ENDED


def _head_in_cells(lines: Sequence[SourceLine], language: ImportLanguage) -> _TableHead | None:
    """The head of a table whose cells are lines: a name's column, then those of amounts."""
    cells: list[str] = []
    for line in lines[:8]:
        if line.mark == "row" or len(line.text) > LONGEST_CELL:
            break
        folded = fold_text(line.text).strip(" :*")
        names = folded in language.labels["columns_name"]
        if names if not cells else _column([line.text], language):
            cells.append(line.text)
        else:
            break
    return _TableHead(tuple(cells)) if len(cells) > FEWEST_COLUMNS else None


def _rows_in_cells(lines: Sequence[SourceLine], head: _TableHead) -> tuple[list[SourceLine], int]:
    """The rows below a head whose cells are lines, and how many lines they take."""
    rows: list[SourceLine] = []
    size = len(head.cells)
    for at in range(0, len(lines) - size + 1, size):
        group = lines[at : at + size]
        values = group[1:]
        if group[0].mark in ("row", "heading") or len(group[0].text) > LONGEST_CELL:
            break
        figures = sum(bool(re.search(r"\d|max|[-–—]$", fold_text(one.text))) for one in values)
        if figures < len(values) / 2 or any(len(one.text) > LONGEST_CELL for one in values):
            break
        rows.append(_row(group[0], [one.text for one in group]))
    return rows, len(rows) * size


# --- tables of days ---


def split_day_tables(lines: Sequence[SourceLine], language: ImportLanguage) -> Iterator[SourceLine]:
    """Tables with a column or a row for each day, as a heading for each day and lines below it.

    A table with columns of sets or repetitions stays: its rows are exercises.
    """
    for is_table, group in groupby(lines, key=lambda one: one.mark == "row"):
        rows = list(group)
        yield from (
            is_table and (_day_columns(rows, language) or _day_rows(rows, language))
        ) or rows


def _day_columns(rows: Sequence[SourceLine], language: ImportLanguage) -> list[SourceLine]:
    """The days of a table whose head names them: `| Monday | Wednesday |`; else empty."""
    head = rows[0].cells
    days = [n for n, cell in enumerate(head) if day_opening(cell, language) is not None]
    if len(days) < FEWEST_COLUMNS or len(rows) < FEWEST_ROWS or len(head) > len(days) + 1:
        return []
    named = 0 not in days and field_of_column(head[0], language) == "name"
    return [
        line
        for n in days
        for line in (
            SourceLine(rows[0].number, head[n], "heading", DAY_LEVEL),
            *(
                part
                for row in rows[1:]
                for part in _cell_lines(
                    row, row.cells[n] if n < len(row.cells) else "", row.cells[0] if named else ""
                )
            ),
        )
    ]


def _day_rows(rows: Sequence[SourceLine], language: ImportLanguage) -> list[SourceLine]:
    """The days of a table with a row for each, and all of it in one cell; else empty."""
    days = [row for row in rows if day_opening(row.cells[0], language) is not None]
    columns = set(columns_of(rows[0].cells, language).values())
    if len(days) < FEWEST_COLUMNS or columns - {"day", "name"}:
        return []
    if len(days) < len(rows) - 1 or any(len(row.cells) != FEWEST_COLUMNS for row in days):
        return []
    return [
        line
        for row in days
        for line in (
            SourceLine(row.number, row.cells[0], "heading", DAY_LEVEL),
            *_cell_lines(row, row.cells[1]),
        )
    ]


def _cell_lines(row: SourceLine, cell: str, name: str = "") -> Iterator[SourceLine]:
    """The lines within a cell of a table. `name`: of an exercise of which it is the amount."""
    if name:
        if re.search(r"\d", cell):
            yield SourceLine(row.number, f"{name}: {cell}", "text")
        return
    for part in _CELL_BREAK.split(cell):
        if re.search(r"\w", part):
            yield SourceLine(row.number, part.strip(), "text")
