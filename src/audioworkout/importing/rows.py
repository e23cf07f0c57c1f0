"""Rows of tables as items: with a head that names the columns, or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from audioworkout.importing.draft import Draft
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import AMOUNT_FIELDS, Doubt, Evidence, Item, LineRole
from audioworkout.importing.rules import fold_text
from audioworkout.importing.tables import columns_of, fields_of_head, levels_of, row_facts
from audioworkout.importing.whiteboard import read_counted_items

HEAD_OF_TABLE = "the head of a table"
OF_TABLE = "a row:"
"""What is said of rows whose columns are known, so that nothing of them is left unread."""
_LETTER_CELL = re.compile(r"[A-H][1-4]")
"""The place of an exercise in a superset, in a column of its own."""
LONGEST_AMOUNT_CELL = 40
"""Characters of a cell that tells an amount; a longer one is a remark."""
LEAST_ALIKE = 0.6
"""The share of the cells of a column that tell what it holds."""
FEWEST_ALIKE = 2


def _find_heads(lines: Sequence[SourceLine], names: NameFinder) -> list[tuple[int, dict[int, str]]]:
    """The heads of tables whose columns are told by what stands in them, and what they hold.

    `Station | Übung | Umfang` above `1 | Kniebeuge | 15 Wdh.`: a column of names, one of amounts.
    """
    found = []
    for is_row, group in groupby(lines, key=lambda line: line.mark == "row"):
        head, *body = list(group)
        told = columns_of(head.cells, names.language) if is_row else {}
        if not is_row or len(body) < FEWEST_ALIKE or any(re.search(r"\d", c) for c in head.cells):
            continue
        fields = told or fields_of_head(head.cells, names.language)
        columns = _columns_by_cells(head.cells, body, fields, names)
        if "name" not in columns.values():
            continue
        if columns != told and levels_of(head.cells, told, names.language) == {}:
            found.append((head.number, columns))
    return found


def _columns_by_cells(
    head: Sequence[str], body: Sequence[SourceLine], told: dict[int, str], names: NameFinder
) -> dict[int, str]:
    """The columns of a table: those that its head tells, and others by their cells."""
    columns = dict(told)
    cells = {n: [row.cells[n] for row in body if n < len(row.cells)] for n in range(len(head))}
    name = next((n for n, field in columns.items() if field == "name"), None)
    if name is not None and all(re.fullmatch(r"\d*", one.strip()) for one in cells[name]):
        del columns[name]  # `Station`: a number
        name = None
    if name is None:
        likely = [n for n in cells if n not in columns and _are_mostly(cells[n], names.has_noun)]
        if not likely:
            return dict(told)
        columns[likely[0]] = "name"
    if not {"sets", "reps", "time", "distance", "amount"} & set(columns.values()):
        for n in cells:
            if n not in columns and _are_mostly(cells[n], lambda one: _holds_amount(one, names)):
                columns[n] = "reps"
                break
        else:
            return dict(told)
    return columns


def _are_mostly(cells: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    """Whether most cells of a column are of a kind."""
    count = sum(is_one(cell) for cell in cells)
    return count >= FEWEST_ALIKE and count >= LEAST_ALIKE * len(cells)


def _holds_amount(cell: str, names: NameFinder) -> bool:
    """Whether a cell says how much is done, and little else."""
    facts = [fact for one in names.facts_of_line(cell) for fact in one.facts]
    few = len(cell) <= LONGEST_AMOUNT_CELL and bool(re.search(r"\d", cell))
    return few and any(fact.field in AMOUNT_FIELDS for fact in facts)


class TableRowReader:
    """Adds the rows of tables to a draft, one after the other."""

    def __init__(self, draft: Draft, lines: Sequence[SourceLine]) -> None:
        self.draft = draft
        self.names = draft.names
        self.heads = dict(_find_heads(lines, draft.names))
        """The columns of tables whose heads alone do not tell them, by the lines of these."""
        self.columns: dict[int, str] = {}
        """What the columns of the table hold that goes on."""
        self.levels: dict[int, str] = {}
        """The columns of that table that tell the amounts for levels."""
        self.row_day = ""
        """The day of the row above."""

    def read(self, line: SourceLine) -> tuple[LineRole, str] | None:
        """What a row of a table is; None of a line that is none."""
        if line.mark != "row":
            self.columns = {}
            return None
        columns = self.heads.get(line.number) or columns_of(line.cells, self.names.language)
        if columns:
            self.columns = columns
            self.levels = levels_of(line.cells, columns, self.names.language)
            self.draft.close_item()
            return "section", HEAD_OF_TABLE
        if not self.columns:
            items = [
                one for cell in line.cells for one in read_counted_items(cell, self.names, True)
            ]
            if items:
                self.draft.add_reads(items, line)
                return "exercise", ""
            told = any(one.facts for one in self.names.facts_of_line(line.cells[0]))
            return None if told else self._read_bare_row(line)
        row = row_facts(line.cells, self.columns, self.names.language)
        name = self.names.name(row.name)
        schedule = name.exercise is None and (
            self.names.language.has_phrase("titles", fold_text(row.name))
            or not (name.noun or row.facts or self.levels)
        )
        bare = set(self.columns.values()) <= {"name", "day"} and not self.levels
        schedule = schedule or bare
        if not row.name or not self.names.is_name(row.name) or schedule:
            return "left out", "a row without an exercise"
        self.draft.close_item()
        if row.day and row.day != self.row_day:
            self.draft.open_day(row.day)
        self.row_day = row.day
        letters = (
            cell.strip()
            for n, cell in enumerate(line.cells)
            if n not in self.columns and _LETTER_CELL.fullmatch(cell.strip())
        )
        item = Item(
            self.names.name(row.name),
            [Evidence(line.number, line.text)],
            row.facts,
            letter=next(letters, ""),
        )
        for index, level in self.levels.items():
            cell = line.cells[index] if index < len(line.cells) else ""
            if facts := [fact for one in self.names.facts_of_line(cell) for fact in one.facts]:
                item.levels[level] = facts
        if row.unread:
            item.doubts.append(Doubt("amount", f"its note says more: {row.unread[:40]}"))
        self.draft.add_item(item)
        self.draft.item = None
        return "exercise", f"{OF_TABLE} {row.name}"

    def _read_bare_row(self, line: SourceLine) -> tuple[LineRole, str]:
        """A row of a table without a head: a name in its first cell, amounts in others."""
        name = self.names.name(line.cells[0])
        facts = [
            fact
            for cell in line.cells[1:]
            for one in self.names.facts_of_line(cell)
            for fact in one.facts
        ]
        if not name.noun or not self.names.is_name(line.cells[0]) or not facts:
            return "left out", "a row without a head"
        self.draft.close_item()
        self.draft.add_item(Item(name, [Evidence(line.number, line.text)], facts))
        self.draft.close_item()
        return "exercise", name.text
