"""Logs of apps: what was lifted, set by set, as a table (Strong, Hevy) or as a shared text.

A log prescribes nothing; the newest session of each workout is taken for what to do next time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise, zip_longest
from typing import NamedTuple

from audioworkout.errors import UsageError
from audioworkout.importing.lines import Document, SourceLine
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import BlockEntry, Doubt, Evidence, Item, SourceWorkout
from audioworkout.importing.rules import LANGUAGES, fold_text, load_app_words, load_import_language
from audioworkout.importing.set_lines import join_sets, read_set
from audioworkout.notation import PartialPrescription
from audioworkout.units import SECOND, format_duration

FEWEST_SHARED = 2
"""Sets in a text that make it a shared workout."""
LONGEST_IN_KM = 100
"""A distance without a unit is in kilometres below this figure, else in metres."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m)?", re.IGNORECASE)
_APP_ADDRESS = re.compile(r"strong\.app|hevy\.com|@hevyapp", re.IGNORECASE)
_SHARED = re.compile(r"(?:(?P<word>[^\W\d_]+) )?(?P<mark>[A-Z]?)(?P<order>\d{1,2}): (?P<done>.+)")
"""A set of a shared text: `Set 1: 20 kg × 8 @ 8 [Failure]`, `W1: 10 kg × 5`."""
_TAG = re.compile(r"[\[(]([^\[\]()]*)[\])]")
Columns = Mapping[str, Sequence[int]]
"""Of each field, with its unit, the places of its columns."""


class LoggedSet(NamedTuple):
    """A set as it was done. `amount`: as the notation reads it, or None where it does not.

    `rest`: seconds; the line is that of a rest and of no set.
    """

    exercise: str
    evidence: Evidence
    amount: PartialPrescription | None = None
    superset: str = ""
    unit_told: bool = True
    rest: int = 0


class _LoggedSession(NamedTuple):
    """The sets of a workout that was done at one time."""

    workout: str
    when: datetime
    sets: list[LoggedSet]


# --- tables ---


def log_columns(document: Document) -> Columns | None:
    """Where each column of a log stands; None of a table that is none.

    A log has the day and the exercise of each set, and a plan how many sets there are to be.
    """
    if document.kind != "spreadsheet" or not document.lines:
        return None
    heads = [fold_text(cell).strip() for cell in document.lines[0].cells]
    fields = {word: field for field, words in load_app_words("columns").items() for word in words}
    found: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        if head in fields:
            found.setdefault(fields[head], []).append(place)
    if "workout" not in found and set(load_app_words("marks")["plan"]) & set(heads):
        return None
    measured = any(field.split()[0] in ("reps", "seconds", "distance", "time") for field in found)
    return found if measured and {"date", "exercise"} <= set(found) else None


def import_log(
    document: Document, columns: Columns, names: NameFinder, day: str = ""
) -> list[SourceWorkout]:
    """The newest session of each workout of a table, or those of a day (`2024-05-06`).

    Raises:
        UsageError: Nothing was done on that day.
    """
    rows: dict[tuple[str, str], list[_LogRow]] = {}
    for line in document.lines[1:]:
        row = _LogRow(line, columns)
        if row.text("exercise"):
            rows.setdefault((row.text("workout"), row.text("date")), []).append(row)
    dated = {key: parse_log_date(key[1]) for key in rows}
    sessions = [
        _LoggedSession(key[0], dated[key], [one for row in rows[key] for one in _logged_sets(row)])
        for key in _newest_sessions(dated, day)
    ]
    return [_make_workout(one, names) for one in sessions]


def _newest_sessions(dated: Mapping[tuple[str, str], datetime], day: str) -> list[tuple[str, str]]:
    """Of each workout the newest session, in the order in which the log first names them.

    `dated`: sessions by the name of their workout and their date as it was written.
    """
    wanted = parse_log_date(day) if day else datetime.min
    if wanted != datetime.min:
        chosen = [key for key, when in dated.items() if when.date() == wanted.date()]
        if not chosen:
            days = sorted({when.date().isoformat() for when in dated.values()}, reverse=True)
            raise UsageError(
                f"nothing was done on {day}", f"the newest days: {', '.join(days[:5])}"
            )
        return chosen
    newest: dict[str, tuple[str, str]] = {}
    for key, when in dated.items():
        if key[0] not in newest or when >= dated[newest[key[0]]]:
            newest[key[0]] = key
    return list(newest.values())


class _LogRow:
    """A row of a log by its fields."""

    def __init__(self, line: SourceLine, columns: Columns) -> None:
        self.line = line
        self.columns = columns

    def text(self, field: str) -> str:
        """The first cell of a field that holds something; empty without one."""
        cells = self.line.cells
        found = (cells[n].strip() for n in self.columns.get(field, ()) if n < len(cells))
        return next(filter(None, found), "")

    def measure(self, field: str, units: Sequence[str]) -> tuple[float, str]:
        """A figure and its unit, which its head or another cell tells; 0 where there is none."""
        for unit in units:
            if (figure := _to_number(self.text(f"{field} {unit}"))) != 0:
                return figure, unit
        told = fold_text(self.text(f"{field}_unit"))
        unit = next((one for one in units if told.startswith(one)), "")
        return _to_number(self.text(field)), unit


def _to_number(text: str) -> float:
    """The figure that a cell begins with; 0 where it holds none."""
    match = _NUMBER.match(text)
    return float(match[0].replace(",", ".")) if match else 0.0


def _logged_sets(row: _LogRow) -> Iterator[LoggedSet]:
    """The set of a row; none of one that warms up or has nothing in it."""
    marks = load_app_words("marks")
    kinds = {fold_text(row.text(field)) for field in ("order", "type", "notes")} - {""}
    told = [row.text(f) for f in row.columns if f.split()[0] in _MEASURED and row.text(f) != "0"]
    evidence = Evidence(row.line.number, f"{row.text('exercise')}: {', '.join(filter(None, told))}")
    seconds = round(_to_number(row.text("seconds"))) or _clock_seconds(row.text("time"))
    if kinds & set(marks["rest"]):
        yield LoggedSet(row.text("exercise"), evidence, rest=seconds)
        return
    if kinds & set(marks["warm_up"]):
        return
    weight, weight_unit = row.measure("weight", ("kg", "lb"))
    helped = any(word in fold_text(row.text("exercise")) for word in marks["assisted"])
    load = f" @ {weight:g}{weight_unit or 'kg'}" if weight > 0 and not helped else ""
    rpe = f" RPE {row.text('rpe')}" if row.text("rpe") else ""
    work = _write_work(row, seconds)
    amount = read_set(f"{work}{load}{rpe}") or read_set(f"{work}{load}") or read_set(work)
    yield LoggedSet(
        row.text("exercise"),
        evidence,
        amount if work else None,
        row.text("superset"),
        unit_told=not load or bool(weight_unit),
    )


_MEASURED = ("weight", "reps", "seconds", "distance", "time")


def _write_work(row: _LogRow, seconds: int) -> str:
    """The reps of a row, else its distance and time, in the notation."""
    reps = _to_number(row.text("reps"))
    if reps >= 1:
        return f"{reps:.0f}"
    lasts = format_duration(seconds * 1000).replace(" ", "") if seconds else ""
    distance, unit = row.measure("distance", ("mi", "km", "m", "yd", "ft"))
    if distance > 0:
        unit = unit or ("km" if distance < LONGEST_IN_KM else "m")
        return f"{distance:g} {unit}{f' in {lasts}' if lasts else ''}"
    return lasts


def _clock_seconds(text: str) -> int:
    """The seconds of a time as a clock shows it, `1:30`, `0:01:30`; 0 of another text."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return 0
    parts = [int(part) for part in match.groups()[:3] if part]
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))


def parse_log_date(text: str) -> datetime:
    """A date as apps write it in their languages; the earliest there is where it is none.

    >>> parse_log_date("2024-05-06 18:10:44").isoformat(), parse_log_date("6 mai 2024, 18:10").hour
    ('2024-05-06T18:10:44', 18)
    >>> parse_log_date("May 15, 2026, 7:26 PM").isoformat()
    '2026-05-15T19:26:00'
    """
    clock = _CLOCK.search(text)
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + 12 * (clock[4].lower() == "p")
    words = re.findall(r"\d+|[^\W\d_]+", fold_text(text[: clock.start()] if clock else text))
    figures = [int(word) for word in words if word.isdigit()]
    month = next(filter(None, map(_month_of, words)), 0)
    try:
        if month and len(figures) > 1:
            day, year = figures[:2]
        elif len(figures) > 2 and len(words[0]) == 4:
            year, month, day = figures[:3]
        else:
            day, month, year = figures[:3]
        return datetime.combine(date(year, month, day), datetime.min.time()).replace(
            hour=hour, minute=minute, second=second
        )
    except ValueError:
        return datetime.min


def _month_of(word: str) -> int:
    """The number of a month by how its name begins; 0 of another word."""
    months = load_app_words("months")
    return next((int(n) for n, begins in months.items() if word.startswith(tuple(begins))), 0)


# --- shared texts ---


def is_shared_log(text: str) -> bool:
    """Whether a text is a workout as Strong or Hevy share it.

    It has names, a line a set below each, and the moment of the workout, the app's address, or its
    marks of sets, `W1` and `[Failure]`; notes by hand may have the same sets.
    """
    found = [match for line in text.splitlines() if (match := _match_set(line))]
    of_app = (
        any(match["mark"] or "[" in match["done"] for match in found)
        or _APP_ADDRESS.search(text)
        or any(map(_is_moment, text.splitlines()))
    )
    if not of_app:
        return False
    return len(found) >= FEWEST_SHARED and all(map(_read_shared_set, found[:FEWEST_SHARED]))


def _match_set(line: str) -> re.Match[str] | None:
    """A line of a set: `Set 1: ...` with the word of any language, or a letter, `W1: ...`."""
    match = _SHARED.fullmatch(line.strip())
    if match is None or not match["word"]:
        return match if match and match["mark"] else None
    languages = map(load_import_language, LANGUAGES)
    return match if any(one.words_of(match["word"]) == "sets" for one in languages) else None


def _read_shared_set(match: re.Match[str]) -> PartialPrescription | None:
    """What was done, as the notation reads it: `20 kg × 8`, `5 km · 25:00`, `-20 kg × 8`."""
    done = re.sub(r"(?<=[^\W\d_]) ?[·-] ?(?=\d)", " in ", _TAG.sub("", match["done"]).strip())
    done = done.removesuffix(" reps")
    return read_set(re.sub(r"^-\d[\d.,]* ?(?:kg|lbs?) [×x] ", "", done))  # what helps is no load


def import_shared(document: Document, names: NameFinder) -> list[SourceWorkout]:
    """The workouts of a shared text, each under its title and the date below that."""
    warm_up = set(load_app_words("marks")["warm_up"])
    titles = {title.number for title, when in pairwise(document.lines) if _is_moment(when.text)}
    sessions = [_LoggedSession("", datetime.min, [])]
    name = ""
    for line, following in zip_longest(document.lines, document.lines[1:]):
        if line.number in titles:
            sessions.append(_LoggedSession(line.text, datetime.min, []))
        match = _match_set(line.text)
        if match is None:
            name = line.text if following and _match_set(following.text) else name
            continue
        tags = {fold_text(tag).strip() for tag in _TAG.findall(match["done"])}
        if name and match["mark"] != "W" and not tags & warm_up:
            evidence = Evidence(line.number, f"{name}: {line.text}")
            sessions[-1].sets.append(LoggedSet(name, evidence, _read_shared_set(match)))
    return [_make_workout(one, names) for one in sessions if one.sets]


def _is_moment(text: str) -> bool:
    """Whether a line is a date with a time of day: `Wednesday 13 August 2025 at 07:32`."""
    return bool(_CLOCK.search(text)) and bool(re.search(r"\b20\d\d\b", text))


# --- workouts ---


def _make_workout(session: _LoggedSession, names: NameFinder) -> SourceWorkout:
    """A session as a workout: its sets by exercise, supersets as blocks."""
    workout = SourceWorkout(title=session.workout)
    entries = workout.sections["exercises"]
    by_name: dict[str, list[LoggedSet]] = {}
    for one in session.sets:
        by_name.setdefault(one.exercise, []).append(one)
    block = BlockEntry()
    for name, sets in by_name.items():
        if all(one.rest for one in sets):
            continue
        item = _make_item(name, sets, names)
        superset = next((one.superset for one in sets if one.superset), "")
        if superset and superset == block.letter:
            block.entries.append(item)
        elif superset:
            block = BlockEntry(letter=superset, entries=[item])
            entries.append(block)
        else:
            entries.append(item)
    entries[:] = [
        one.entries[0] if isinstance(one, BlockEntry) and len(one.entries) == 1 else one
        for one in entries
    ]
    return workout


def _make_item(name: str, sets: Sequence[LoggedSet], names: NameFinder) -> Item:
    amounts = [one.amount for one in sets if one.amount is not None]
    rests = {one.rest for one in sets if one.rest}
    rest = rests.pop() * SECOND if len(rests) == 1 else None
    evidence = [one.evidence for one in sets if not one.rest]
    item = Item(names.name(name), evidence, direct=join_sets(amounts, rest))
    if not all(one.unit_told for one in sets):
        item.doubts.append(Doubt("load", "the log does not name the unit: kilograms are taken"))
    if len(amounts) < len(evidence):
        item.doubts.append(Doubt("amount", "sets without reps, a time or a distance are left out"))
    return item
