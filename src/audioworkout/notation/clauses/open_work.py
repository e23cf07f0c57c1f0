"""Work that ends when the listener is done: `max`, `AMRAP`, `to failure`."""

from __future__ import annotations

from audioworkout.model.exercise import Effort, Open
from audioworkout.notation.clauses.clause import Atom, Parts
from audioworkout.notation.clauses.words import ACTIVE_RESTS, DOWN, PAUSE_WORDS, UNITS, UP
from audioworkout.notation.partial import Entry, RawAmount
from audioworkout.notation.quantities import CALORIES, REPS, REST_NOUNS, make_raw_amount, take_chain
from audioworkout.notation.tokens import Cursor, Trouble


def read_open_work(cursor: Cursor) -> Parts | None:
    """`max`, `AMRAP`, `to failure`, `max cal`, `as many reps as possible`."""
    mark, start = cursor.at, cursor.here.start
    if _take_last_set(cursor):
        return {"last_open": True}
    if (gathered := _take_accumulated(cursor)) is not None:
        return gathered
    found = cursor.phrases(
        *("as many reps as possible", "as many as possible", "as many reps as you can"),
        *("as many as you can", "as many good reps as possible", "as many good reps as you can"),
        *("to muscular failure", "to failure", "till failure", "until failure", "failure"),
        *("to exhaustion", "as long as possible", "as long as you can"),
        *("max", "maximum", "amrap", "amsap", "amap", "amgrap", "me"),
    )
    if not found:
        return None
    if cursor.take("reps", "rep", "hold", "effort", "time", "set", "distance", "metres", "meters"):
        pass
    elif cursor.take(*CALORIES):
        return {"atoms": (Atom("amount", (Entry(Open(0)),), start, cursor.before.end),)} | {
            "notes": ("calories",)
        }
    elif "failure" not in found and (amount := _take_timed_open(cursor)) is not None:
        return {"atoms": (Atom("amount", (Entry(amount),), start, cursor.before.end),)}
    elif found in ("amrap", "amsap", "amgrap") and _is_bare_number(cursor):
        figure = cursor.step().text
        hint = f"write `amrap {figure} min` or `amrap {figure}s`"
        raise Trouble(start, cursor.before.end, f"`{found} {figure}` needs a unit of time", hint)
    elif found in ("max", "maximum") and _is_bare_number(cursor):
        cursor.at = mark
        return None
    kind = Open(0)
    if reserve := _take_reps_left(cursor):
        work = Atom("amount", (Entry(kind),), start, reserve.start, joint="open")
        return {"atoms": (work, reserve)}
    return {"atoms": (Atom("amount", (Entry(kind),), start, cursor.before.end, joint="open"),)}


def _take_accumulated(cursor: Cursor) -> Parts | None:
    """Take `accumulate 60s`, `accumulate 50 reps`: in as many parts as it takes."""
    start, mark = cursor.here.start, cursor.at
    if not cursor.take("accumulate", "accumulated", "collect"):
        return None
    found = take_chain(cursor, bare=False, joints="")
    if found is None or found.kind not in ("time", "bare", "reps"):
        cursor.at = mark
        return None
    end = cursor.before.end
    _ = cursor.phrases("in total", "total", "in all")
    low = found.links[0]
    if found.kind != "time":
        amount = make_raw_amount(found, low, low)
        return {"atoms": (Atom("amount", (Entry(amount),), start, end),), "total": True}
    window = round(low.value) * PARTS_TAKE
    said = " ".join(cursor.text[start:end].split())
    return {"atoms": (Atom("amount", (Entry(Open(window)),), start, end),), "notes": (said,)}


PARTS_TAKE = 2
"""How many times as long work takes in parts as at one go: `accumulate 60s`."""


def _take_last_set(cursor: Cursor) -> bool:
    """Take `last set AMRAP`, `AMRAP on the last set`."""
    mark = cursor.at
    cursor.take("on", "the")
    cursor.take("the")
    last = cursor.phrase("last set")
    _ = last and cursor.take(":", "is", "to", "-")
    opened = cursor.phrases(
        "as many as possible", "to failure", "failure", "max reps", "max", "amrap"
    )
    _ = opened and cursor.take("reps")
    last = last or (
        bool(opened) and bool(cursor.phrases("last set", "on last set", "on the last set"))
    )
    if last and opened:
        return True
    cursor.at = mark
    return False


def _take_reps_left(cursor: Cursor) -> Atom | None:
    """Take `-1` behind `max`: one rep is left in reserve."""
    mark = cursor.at
    sign = cursor.take("-", "minus")
    number = cursor.number() if sign else None
    if sign and number and number.text in tuple("12345") and cursor.here.text not in UNITS | {"x"}:
        return Atom("effort", Effort("rir", number.text), sign.start, number.end)
    cursor.at = mark
    return None


def _is_bare_number(cursor: Cursor) -> bool:
    """Whether `20` or `20 reps` comes next and nothing that makes another clause of it."""
    after = cursor.ahead(1)
    often = cursor.ahead(2).text in ("a", "per", "/", "each")
    return cursor.here.kind == "number" and (
        (after.text in REPS and not often) or after.kind == "end"
    )


def _take_timed_open(cursor: Cursor) -> RawAmount | None:
    """Take `40s` behind `amrap`: timed work."""
    mark = cursor.at
    cursor.take(",")
    cursor.take("for")
    other = cursor.here.kind not in ("number",) and cursor.here.text != ":"
    found = None if other else take_chain(cursor, bare=False, joints="-to")
    clauses = REST_NOUNS | {*PAUSE_WORDS, *DOWN, *UP, *ACTIVE_RESTS, "on", "cap", "between"}
    falling = found is not None and found.values[0] > found.values[-1]
    if found is None or found.kind != "time" or falling or cursor.here.text in clauses:
        cursor.at = mark
        return None
    return make_raw_amount(found, found.links[0], found.links[-1], "for")
