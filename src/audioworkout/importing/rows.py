"""Rows of tables as items: with a head that names the columns, or without."""

from __future__ import annotations

from audioworkout.importing.draft import Draft
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.outline import Doubt, Evidence, Item, LineRole
from audioworkout.importing.rules import fold_text
from audioworkout.importing.tables import columns_of, levels_of, row_facts
from audioworkout.importing.whiteboard import read_counted_items

HEAD_OF_TABLE = "the head of a table"
OF_TABLE = "a row:"
"""What is said of rows whose columns are known, so that nothing of them is left unread."""


class TableRowReader:
    """Adds the rows of tables to a draft, one after the other."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.names = draft.names
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
        columns = columns_of(line.cells, self.names.language)
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
        item = Item(self.names.name(row.name), [Evidence(line.number, line.text)], row.facts)
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
