"""Times by the clock: from start to start, and the window of open work."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import (
    Atom,
    Parts,
    check_work_length,
    require_duration,
    take_listed_figures,
)
from audioworkout.notation.clauses.loads import is_tempo_figures, make_bare_weight
from audioworkout.notation.quantities import (
    LONGEST_DURATION,
    MOST_SETS,
    REST_NOUNS,
    TIME,
    take_duration,
    take_limited_duration,
)
from audioworkout.notation.tokens import Cursor, Trouble, number_of
from audioworkout.units import MINUTE, SECOND, Ms

FASTEST_PULSE: Ms = 300


def read_at_number(cursor: Cursor) -> Parts | None:
    """Behind `@`: a send-off `1:10`, or a weight without its unit, `60` or `225`."""
    mark, start = cursor.at, cursor.here.start
    if not cursor.take("@"):
        return None
    tempo = cursor.ahead(1).text in ("-", "/", "x") or (
        cursor.ahead(1).text == ":" and cursor.ahead(3).text == ":"
    )
    number = cursor.here
    if number.kind == "number" and not tempo and cursor.ahead(1).text == ":":
        found = take_limited_duration(
            cursor, bare=False, shortest=5 * SECOND, longest=LONGEST_DURATION
        )
        return {"at_time": found}
    if number.kind != "number" or tempo or is_tempo_figures(number):
        cursor.at = mark
        return None
    figures = take_listed_figures(cursor)
    if len(figures) > 1:
        listed = [make_bare_weight(cursor, start, one, at=False) for one in figures]
        return {
            "atoms": tuple(atom for one in listed for atom in one["atoms"]),
            "remarks": listed[0]["remarks"],
        }
    cursor.step()
    return make_bare_weight(cursor, start, number, at=True)


def read_interval(cursor: Cursor) -> Parts | None:
    """`every 0.8s` of pulses; `every 3:30`, `every minute`, `on 1:00` from start to start."""
    mark = cursor.at
    if (often := _read_minutes(cursor)) and (mark or _is_clear_start(cursor)):
        return often
    cursor.at = mark
    if (word := cursor.take("emom")) and cursor.here.kind == "number":
        minutes = cursor.here.text
        hint = f"write the reps, like `10 every minute`, or a block, `emom {minutes}: [...]`"
        raise Trouble(word.start, cursor.here.end, "of `emom` reps or minutes are meant", hint)
    minute = ("every minute on the minute", "on the minute", "every minute", "otm", "a minute")
    if word or cursor.phrases(*minute):
        return {"every": MINUTE}
    if short := _take_short_interval(cursor):
        return {"every": short}
    clock = cursor.ahead(1).text == ":" or cursor.ahead(2).text in TIME.keys() | {":"}
    if clock and cursor.take("on"):
        cursor.take("the")
        start = cursor.here.start
        found = take_duration(cursor, bare=False)
        if found is not None and cursor.here.text not in REST_NOUNS | {"and"}:
            check_work_length(found, start, cursor)
            return {"every": found}
    cursor.at = mark
    if cursor.take("every") or cursor.phrases("leave on", "leaving every"):
        return {"every": require_duration(cursor, FASTEST_PULSE, LONGEST_DURATION)}
    return None


def _read_minutes(cursor: Cursor) -> Parts | None:
    """`EMOM 10`, `every minute for 10 minutes`, `E2MOM 20 min` behind an amount: how often."""
    mark, start = cursor.at, cursor.here.start
    words = ("every minute on the minute", "every minute", "on the minute", "emom", "otm")
    every = MINUTE if cursor.phrases(*words) else _take_short_interval(cursor)
    cursor.take("for", "x")
    crossed = cursor.before.text == "x"
    number = cursor.number() if every else None
    unit = cursor.take("min", "mins", "minutes", "minute", "rounds", "sets") if number else None
    if number is None or (cursor.here.kind == "number" and not unit):
        cursor.at = mark
        return None
    counted = crossed or (unit is not None and unit.text in ("rounds", "sets"))
    sets = number_of(number) if counted else number_of(number) * MINUTE / every
    if sets % 1 or not 1 <= sets <= MOST_SETS:
        raise Trouble(start, cursor.before.end, "is no whole number of rounds")
    return {"every": every, "atoms": (Atom("sets", int(sets), start, cursor.before.end),)}


def _is_clear_start(cursor: Cursor) -> bool:
    """Whether `EMOM 10 min` before its amount is read: with its unit, and an amount behind it."""
    return cursor.before.text in ("min", "mins", "minutes", "rounds") and not cursor.over


def _take_short_interval(cursor: Cursor) -> Ms:
    """Take `E2MOM`, `E90S`, `e 3 mom`; 0 where there is none."""
    number, unit = cursor.ahead(1), cursor.ahead(2).text
    if cursor.here.text != "e" or number.kind != "number" or unit not in _SHORT_INTERVALS:
        return 0
    cursor.step()
    cursor.step()
    cursor.step()
    every = round(number_of(number) * _SHORT_INTERVALS[unit])
    if not FASTEST_PULSE <= every <= LONGEST_DURATION:
        raise Trouble(number.start, number.end, "is no time from start to start")
    return every


_SHORT_INTERVALS = {"mom": MINUTE, "s": SECOND, "m": MINUTE, "min": MINUTE}


def read_window(cursor: Cursor) -> Parts | None:
    """`in 60s`, `within 2 min`, `cap 10 min`, `time limit 60s`."""
    mark, start = cursor.at, cursor.here.start
    words = ("time cap", "time limit", "time limit", "cap", "within", "in under", "in")
    if cursor.phrases(*words):
        cursor.take(":", "of")
        found = take_duration(cursor, bare=False)
        if found is not None:
            check_work_length(found, start, cursor)
            return {"window": found}
    cursor.at = mark
    found = take_duration(cursor, bare=False)
    if found is not None and cursor.phrases("cap", "time cap", "limit"):
        check_work_length(found, start, cursor)
        return {"window": found}
    cursor.at = mark
    return None
