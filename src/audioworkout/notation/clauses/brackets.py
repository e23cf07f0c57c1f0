"""Amounts in brackets: `3x(1, 2, 3)`, `3x(6x 7s on 3s off)`."""

from __future__ import annotations

from collections.abc import Sequence

from audioworkout.model.exercise import Load
from audioworkout.notation.clauses.amounts import read_amounts
from audioworkout.notation.clauses.clause import Atom, Parts, require_whole_number
from audioworkout.notation.clauses.clocks import read_at_number, read_window
from audioworkout.notation.clauses.efforts import read_effort
from audioworkout.notation.clauses.loads import read_load
from audioworkout.notation.clauses.open_work import read_open_work
from audioworkout.notation.clauses.rests import read_rest, read_work_and_rest
from audioworkout.notation.partial import BareCount, BareTime, Entry, Pair
from audioworkout.notation.quantities import MOST_SETS, REST_NOUNS, make_raw_amount, take_chain
from audioworkout.notation.tokens import Cursor, Trouble, shorten
from audioworkout.units import SECOND, Ms


def read_bracket(cursor: Cursor) -> Parts | None:
    """`(1, 2, max)` or `(6x 7s on 3s off)` behind `3x`: the list comes so many times."""
    if not (cursor.at and cursor.before.text == "x" and cursor.here.text == "("):
        return None
    start = cursor.step().start
    entries: list[Entry] = []
    joint, more = "repeat", {}
    while not cursor.take(")"):
        if cursor.take(",", "-"):
            continue
        inner = 1
        if cursor.here.kind == "number" and cursor.ahead(1).text == "x":
            inner = require_whole_number(cursor.step(), MOST_SETS, "sets")
            cursor.step()
        if len(entries) == 1 and (active := _take_active_rest(cursor)) is not None:
            more = active
            continue
        if entries and (rest := _take_rest_within(cursor)) is not None:
            more = {"rest_within": rest}
            continue
        made = (
            read_work_and_rest(cursor)
            or read_open_work(cursor)
            or _read_loaded_amount(cursor)
            or read_amounts(cursor)
        )
        if made is None or set(made) - {"atoms", "rest"} or len(made.get("atoms", ())) != 1:
            written = shorten(cursor.since(start))
            message = f"`{written}` needs amounts and a bracket behind them"
            hint = "write amounts alone, like `3x(1, 2, 3)` or `3x(10, max)`"
            raise Trouble(start, max(cursor.here.end, cursor.before.end), message, hint)
        atom = made["atoms"][0]
        found = atom.value
        if atom.joint in ("+", "segments"):
            joint = atom.joint
        if len(found) == 1 and isinstance(found[0].amount, Pair):
            on, off = (
                _as_work_time(part) for part in (found[0].amount.left, found[0].amount.right)
            )
            found, made = (Entry(on),), {"rest": off.low}
        if "rest" in made:
            more["rest_within"] = made["rest"]
        while len(found) == 1 and cursor.here.text == "@":
            loaded = _take_beside(cursor, found[0])
            if loaded is None:
                break
            found = (loaded,)
        if window := read_window(cursor):
            if more.get("window", window["window"]) != window["window"]:
                raise Trouble(start, cursor.before.end, "the time is named twice")
            more |= window
        entries += [*found] * inner
    if _are_segments(entries):
        joint = "segments"
    if not entries or len(entries) > MOST_SETS:
        raise Trouble(start, cursor.before.end, f"a bracket holds 1 to {MOST_SETS} amounts")
    return {
        "atoms": (Atom("amount", tuple(entries), start, cursor.before.end, joint=joint),),
        **more,
    }


def _take_active_rest(cursor: Cursor) -> Parts | None:
    """Take `200m jog` behind the only work in the bracket; None where none stands here."""
    mark = cursor.at
    found = read_rest(cursor) or {}
    if "rest_exercise" in found and cursor.here.text == ")":
        return {name: part for name, part in found.items() if name != "remarks"}
    cursor.at = mark
    return None


def _take_rest_within(cursor: Cursor) -> Ms | None:
    """Take `60s rest` behind the amounts in the bracket; None where none stands here."""
    mark = cursor.at
    named = cursor.here.text in REST_NOUNS
    found = read_rest(cursor) or {}
    if set(found) - {"remarks"} == {"rest"} and (named or cursor.before.text in REST_NOUNS):
        rest: Ms = found["rest"]
        return rest
    cursor.at = mark
    return None


def _are_segments(entries: Sequence[Entry]) -> bool:
    """Whether times with different efforts run on: `(30s hard, 90s easy)`."""
    timed = all(isinstance(one.amount, BareTime) and one.effort for one in entries)
    return timed and len({one.effort for one in entries}) > 1


def _as_work_time(part: BareCount | BareTime) -> BareTime:
    if isinstance(part, BareTime):
        return part
    return BareTime(part.low * SECOND, part.high * SECOND)


def _read_loaded_amount(cursor: Cursor) -> Parts | None:
    """`100 free`, `5 @ 60kg` within brackets."""
    mark, start = cursor.at, cursor.here.start
    found = take_chain(cursor, bare=False, joints="-to")
    if found is None or len(found.links) > 2 or found.open:
        cursor.at = mark
        return None
    entry = _take_beside(cursor, Entry(make_raw_amount(found, found.links[0], found.links[-1])))
    if entry is None:
        cursor.at = mark
        return None
    return {"atoms": (Atom("amount", (entry,), start, cursor.before.end),)}


def _take_beside(cursor: Cursor, entry: Entry) -> Entry | None:
    """Take a load or an effort; the amount with it, or None where none stands here."""
    beside = read_load(cursor) or read_effort(cursor) or read_at_number(cursor)
    if beside is None or len(beside.get("atoms", ())) != 1:
        return None
    value = beside["atoms"][0].value
    if isinstance(value, Load):
        return entry._replace(load=value)
    return entry._replace(effort=(*entry.effort, value))
