"""Times by the clock: from start to start, and the window of open work."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import Parts, check_work_length, require_duration
from audioworkout.notation.clauses.loads import is_tempo_figures, make_bare_weight
from audioworkout.notation.quantities import (
    LONGEST_DURATION,
    REST_NOUNS,
    TIME,
    take_duration,
    take_limited_duration,
)
from audioworkout.notation.tokens import Cursor, Trouble
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
    cursor.step()
    return make_bare_weight(cursor, start, number, at=True)


def read_interval(cursor: Cursor) -> Parts | None:
    """`every 0.8s` of pulses; `every 3:30`, `every minute`, `on 1:00` from start to start."""
    mark = cursor.at
    if (word := cursor.take("emom")) and cursor.here.kind == "number":
        hint = f"write the reps, like `10 every minute`, or `emom: {{minutes: {cursor.here.text}}}`"
        raise Trouble(word.start, cursor.here.end, "of `emom` reps or minutes are meant", hint)
    if word or cursor.phrases("every minute on the minute", "on the minute", "every minute"):
        return {"every": MINUTE}
    if cursor.take("on") and cursor.ahead(1).text in TIME.keys() | {":"}:
        cursor.take("the")
        found = take_duration(cursor, bare=False)
        if found is not None and cursor.here.text not in REST_NOUNS | {"and"}:
            return {"every": found}
    cursor.at = mark
    if cursor.take("every") or cursor.phrases("leave on", "leaving every"):
        return {"every": require_duration(cursor, FASTEST_PULSE, LONGEST_DURATION)}
    return None


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
