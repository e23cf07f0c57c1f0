"""Logs of apps: what was lifted, set by set, in the columns of Strong and Hevy.

A log prescribes nothing; the newest session of each workout is taken for what to do next time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from audioworkout.errors import UsageError
from audioworkout.importing.lines import Document
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import Doubt, Evidence, Item, SourceWorkout
from audioworkout.units import format_duration

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "start_time", "start time"),
    "workout": ("workout name", "title", "workout_name", "workout title"),
    "exercise": ("exercise name", "exercise_title", "exercise title"),
    "order": ("set order", "set_index", "set index"),
    "type": ("set_type", "set type"),
    "weight": ("weight", "weight (kg)", "weight (lbs)", "weight_kg", "weight_lbs", "weight_lb"),
    "reps": ("reps", "repetitions"),
    "distance": (
        "distance",
        "distance_km",
        "distance_miles",
        "distance (m)",
        "distance_meters",
        "distance (km)",
    ),
    "seconds": ("seconds", "duration_seconds", "duration (s)"),
    "rpe": ("rpe",),
    "unit": ("weight unit",),
}
"""What apps call their columns: Strong first, then Hevy."""
_MEASURED = ("weight", "reps", "seconds", "distance")
_NEEDED = ("date", "workout", "exercise")
_DATES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
    "%d %b %Y, %H:%M",
    "%d %B %Y, %H:%M",
    "%b %d, %Y, %I:%M %p",
    "%d/%m/%Y %H:%M",
)


class _Set(NamedTuple):
    """A set of a log: all cells as they were written, empty where there is nothing."""

    line: int
    cells: Mapping[str, str]

    def number(self, name: str) -> float:
        """A cell as a number; 0 where it holds none."""
        match = re.match(r"-?\d+(?:[.,]\d+)?", self.cells.get(name, "").strip())
        return float(match[0].replace(",", ".")) if match else 0.0


def log_columns(document: Document) -> dict[str, int] | None:
    """Where each column of a log stands; None where a spreadsheet is no log."""
    if document.kind != "spreadsheet" or not document.lines:
        return None
    head = [cell.strip().lower() for cell in document.lines[0].cells]
    found = {
        name: head.index(word) for name, words in _COLUMNS.items() for word in words if word in head
    }
    return found if all(name in found for name in _NEEDED) else None


def import_log(
    document: Document, columns: Mapping[str, int], names: NameFinder, day: str = ""
) -> list[SourceWorkout]:
    """The newest session of each workout name, or those of a day (`2024-05-06`).

    Raises:
        UsageError: Nothing was done on that day.
    """
    sessions: dict[tuple[str, str], list[_Set]] = {}
    for line in document.lines[1:]:
        cells = {
            name: line.cells[place] for name, place in columns.items() if place < len(line.cells)
        }
        if cells.get("exercise") and not _is_pause(cells):
            key = (cells.get("workout", ""), cells.get("date", ""))
            sessions.setdefault(key, []).append(_Set(line.number, cells))
    dated = {key: parse_log_date(key[1]) for key in sessions}
    if day:
        wanted = parse_log_date(day)
        chosen = [key for key, when in dated.items() if when.date() == wanted.date()]
        if not chosen:
            days = sorted({when.date().isoformat() for when in dated.values()}, reverse=True)
            raise UsageError(
                f"nothing was done on {day}", f"the newest days: {', '.join(days[:5])}"
            )
    else:
        newest: dict[str, tuple[str, str]] = {}
        for key in sorted(sessions, key=lambda one: dated[one]):
            newest[key[0]] = key
        chosen = list(newest.values())
    order = {key[0]: place for place, key in reversed(list(enumerate(sessions)))}
    head = document.lines[0].cells
    unit = "lb" if "weight" in columns and "lb" in head[columns["weight"]].lower() else "kg"
    named = "weight" in columns and bool(re.search("kg|lb", head[columns["weight"]].lower()))
    return [
        _session_workout(key, sessions[key], names, unit, sure=named or "unit" in columns)
        for key in sorted(chosen, key=lambda one: (order[one[0]], dated[one]))
    ]


def _is_pause(cells: Mapping[str, str]) -> bool:
    """Strong writes its rests as sets of their own; warm-up sets are no part of the work."""
    order, kind = cells.get("order", "").lower(), cells.get("type", "").lower()
    return "rest" in order or order == "w" or kind in ("warmup", "warm up")


def parse_log_date(text: str) -> datetime:
    """A date as apps write it; the earliest there is where it is none.

    >>> parse_log_date("2024-05-06 18:10:44").isoformat(), parse_log_date("6 May 2024, 18:10").hour
    ('2024-05-06T18:10:44', 18)
    """
    for form in _DATES:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return datetime.min


def _session_workout(
    key: tuple[str, str], sets: Sequence[_Set], names: NameFinder, unit: str, *, sure: bool
) -> SourceWorkout:
    workout = SourceWorkout(title=key[0])
    by_name: dict[str, list[_Set]] = {}
    for one in sets:
        by_name.setdefault(one.cells["exercise"], []).append(one)
    for name, done in by_name.items():
        evidence = [
            Evidence(
                one.line,
                f"{name}: {', '.join(one.cells[key] for key in _MEASURED if one.cells.get(key))}",
            )
            for one in done
        ]
        found = names.name(name)
        item = Item(found, evidence, direct=_line_of(done, unit))
        efforts = {one.cells.get("rpe", "").strip() for one in done}
        if item.direct and len(efforts) == 1 and (effort := efforts.pop()):
            item.direct += f", RPE {effort}"
        if not sure and any(one.number("weight") for one in done):
            item.doubts.append(Doubt("load", "the log does not name the unit: kilograms are taken"))
        if not item.direct:
            item.doubts.append(Doubt("amount", "the log has no reps, time or distance"))
        workout.sections["exercises"].append(item)
    return workout


def _line_of(sets: Sequence[_Set], unit: str) -> str:
    """The sets as a line: alike ones as `3x8 @ 60kg`, others one by one."""
    amounts = [amount for one in sets if (amount := _amount_of(one, unit))]
    if not amounts:
        return ""
    if len(set(amounts)) == 1:
        return (
            amounts[0]
            if len(amounts) == 1
            else f"{len(amounts)}x{amounts[0]}"
            if amounts[0][0].isdigit()
            else f"{len(amounts)}x {amounts[0]}"
        )
    return ", ".join(amounts)


def _amount_of(one: _Set, unit: str) -> str:
    reps, seconds, distance = one.number("reps"), one.number("seconds"), one.number("distance")
    weight = one.number("weight")
    own = one.cells.get("unit", "").strip().lower()
    unit = "lb" if own.startswith("lb") else "kg" if own.startswith("kg") else unit
    load = f" @ {weight:g}{unit}" if weight > 0 else ""
    if reps >= 1:
        return f"{reps:.0f}{load}"
    if distance > 0:
        return f"{distance:g} km{load}" if distance < 100 else f"{distance:g} m{load}"
    if seconds >= 1:
        return f"{format_duration(round(seconds) * 1000).replace(' ', '')}{load}"
    return ""
