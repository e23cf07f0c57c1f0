"""Rows of tables and spreadsheets: which column is what, and what a cell says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audioworkout.importing.facts import read_facts
from audioworkout.importing.outline import LEVEL_LABELS
from audioworkout.importing.phrases import Fact
from audioworkout.importing.plain_form import plain_tokens
from audioworkout.importing.rules import ImportLanguage, fold_text, load_import_language

_FIELDS = (
    "name",
    "sets",
    "reps",
    "hold",
    "time",
    "rest",
    "load",
    "sides",
    "tempo",
    "day",
    "effort",
    "distance",
    "notes",
)
NOTED_FIELDS = frozenset(
    ("sides", "alternating", "directions", "tempo", "pause", "rpe", "rir", "percent")
)
"""Fields that are taken of a note beside the columns, where no column tells them."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?: ?- ?\d+(?:\.\d+)?)?")


_YES = frozenset({"yes", "y", "ja", "j", "si", "s", "oui", "o", "x", "✓", "✔"})
"""What stands in a column of sides where an exercise is done on each."""
_OPEN = frozenset({"max", "amrap"})
"""What stands in a cell in place of reps, in plain form."""


class TableRow(NamedTuple):
    """An exercise of a table, and what its cells say. `day`: to which part it belongs, if any."""

    name: str
    facts: list[Fact]
    day: str = ""
    unread: str = ""
    """A note with a figure that was not read."""


def fields_of_head(cells: Sequence[str], language: ImportLanguage) -> dict[int, str]:
    """The field of each column that its head names, each field once."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        field = field_of_column(cell, language) or _first_field_of(cell, language)
        if field and field.split()[0] not in {one.split()[0] for one in found.values()}:
            found[index] = field
    return found


def columns_of(cells: Sequence[str], language: ImportLanguage) -> dict[int, str]:
    """The field of each column, of a row that heads a table; empty of any other row.

    A unit in the heading stays with the field: `load kg`, `rest min`.
    """
    found = fields_of_head(cells, language)
    fields = {one.split()[0] for one in found.values()}
    if "name" not in fields and len(fields) > 1 and 0 not in found:
        found[0] = "name"
        fields.add("name")
    if "name" in fields and levels_of(cells, found, language):
        return found
    return found if "name" in fields and len(fields) > 1 else {}


def levels_of(
    cells: Sequence[str], columns: Mapping[int, str], language: ImportLanguage
) -> dict[int, str]:
    """The level of each column that a head names none else for: `Beginner`, `Advanced`.

    Where there is one for each level, one of them may have a name of its own: `Starting out`.
    """
    left = [n for n, cell in enumerate(cells) if n not in columns and cell.strip()]
    named = {
        n: level
        for n in left
        for level in LEVEL_LABELS
        if fold_text(cells[n]).strip(" .:*") in language.labels[level]
    }
    complete = dict(zip(left, LEVEL_LABELS, strict=False))
    if len(left) == len(LEVEL_LABELS) and named.items() <= complete.items() and named:
        return complete
    return named


def field_of_column(cell: str, language: ImportLanguage) -> str:
    """The field that the head of a column names, in the language or in English; else empty."""
    return _field_of(cell, language) or _field_of(cell, load_import_language("en"))


def _field_of(cell: str, language: ImportLanguage) -> str:
    folded = fold_text(cell).strip(" .:*?")
    bare = re.sub(r"\s*[(\[].*$", "", folded).strip(" .")
    parts = [part.strip(" .") for part in re.split(r"\s*/\s*", bare)]
    if len(pair := re.split(r"\s+[x×]\s+", bare)) > 1:
        parts = [pair[-1]]  # `sets x reps`: its cells say which is which
    for field in _FIELDS:
        words = language.labels[f"columns_{field}"]
        named = field == "name" and not words.isdisjoint(parts)
        if folded in words or bare in words or parts[0] in words or named:
            unit = re.search(r"\b(kg|lbs?|min|sec|s)\b", folded)
            return f"{field} {unit[1]}" if unit else field
    return ""


def _first_field_of(cell: str, language: ImportLanguage) -> str:
    """The field whose word a heading begins with: `Rest between sets`, `Week 1`."""
    folded = fold_text(cell).strip(" .:*")
    if any(re.fullmatch(rf"{word} ?1", folded) for word in language.labels["week"]):
        return "amount"
    for field in _FIELDS:
        words = language.labels[f"columns_{field}"]
        if any(folded.startswith(f"{word} ") for word in words if len(word) > 2):
            return field
    return ""


def row_facts(
    cells: Sequence[str], columns: Mapping[int, str], language: ImportLanguage
) -> TableRow:
    """What a row says."""
    name, day, unread = "", "", ""
    facts: list[Fact] = []
    noted: list[Fact] = []
    for index, column in columns.items():
        cell = cells[index].strip() if index < len(cells) else ""
        field, _, unit = column.partition(" ")
        if not cell or cell in ("-", "–", "—", "/"):
            continue
        if field == "name":
            name = cell
        elif field == "day":
            day = cell
        elif field == "notes":
            told = read_facts(cell, language)
            new = [fact for one in told for fact in one.facts if fact.field in NOTED_FIELDS]
            noted += new
            if any(re.search(r"\d", one.left) for one in told) or len(new) < sum(
                len(one.facts) for one in told
            ):
                unread = cell
        else:
            facts += _cell_facts(field, unit, cell, language)
    kept = {fact.field for fact in facts}
    facts += [fact for fact in noted if fact.field not in kept]
    return TableRow(name, facts, day, unread)


def _cell_facts(field: str, unit: str, cell: str, language: ImportLanguage) -> list[Fact]:
    text = " ".join(token.plain for token in plain_tokens(cell, language))
    number = _NUMBER.fullmatch(text)
    plain = re.sub(r"\s", "", text)
    match field:
        case "reps" if number:
            return [_fact("reps", plain)]
        case "sets" if number:
            return [_fact("sets", plain)]
        case "rest" if number:
            return [_fact("rest", f"{plain} {'min' if unit == 'min' else 's'}")]
        case "hold" if number:
            return [_fact("held_for", f"{plain} {'min' if unit == 'min' else 's'}")]
        case "time" if number:
            return [_fact("time", f"{plain} {'min' if unit == 'min' else 's'}")]
        case "reps" if text in _OPEN:
            return [_fact("max", text)]
        case "load" if number and unit in ("kg", "lb", "lbs"):
            return [_fact("load", f"{plain}{unit.removesuffix('s')}")]
        case "load" if number:
            return [_fact("weight", plain.split("-")[0])]
        case "effort" if number:
            return [_fact("rpe", plain)]
        case "distance" if number:
            return [_fact("distance", f"{plain}m")]
        case "sides" if fold_text(cell).strip(" .") in _YES:
            return [_fact("sides", "per side")]
        case "tempo":
            return (
                [_fact("tempo", cell)] if re.fullmatch(r"[\dxX]([-/ ]?[\dxX]){2,3}", cell) else []
            )
    found = [fact for one in read_facts(cell, language) for fact in one.facts]
    return [fact._replace(field=_field_in(field, fact.field)) for fact in found]


def _field_in(column: str, field: str) -> str:
    """A time in the column of rests is a rest, a number in that of sets is sets."""
    if column == "rest" and field in ("time", "hold", "rest_sets"):
        return "rest"
    if column == "hold" and field in ("time", "hold"):
        return "held_for"
    bare = field in ("count", "times")
    if column == "sets" and (bare or field == "reps"):
        return "sets"
    if column == "time" and bare:
        return "time"
    return "reps" if bare else field


def _fact(field: str, value: str) -> Fact:
    return Fact(field, value, 0, 0, 0)
