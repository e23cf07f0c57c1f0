"""How a rep is done: its tempo, and pauses at its top or bottom."""

from __future__ import annotations

import re

from audioworkout.model.exercise import Tempo
from audioworkout.notation.clauses.clause import Parts, make_remark
from audioworkout.notation.clauses.words import DOWN, PAUSE_WORDS, UP
from audioworkout.notation.quantities import take_duration, take_limited_duration, take_tempo
from audioworkout.notation.tokens import Cursor, Trouble
from audioworkout.units import SECOND, Ms, format_duration

LONGEST_PAUSE: Ms = 60 * SECOND
LONGEST_TOP_HOLD: Ms = 15 * SECOND
"""`10 reps, hold 5s` is a pause in every rep; a longer one would be a hold of its own."""
PAUSE_HINT = "write `pause 1s at top` or `pause 1s at bottom`"


def read_tempo_clause(cursor: Cursor) -> Parts | None:
    """`@2-0-2-0`, `tempo 20X0`, `5s negative`, `3 s down, 1 s up`."""
    mark, start = cursor.at, cursor.here.start
    if cursor.take("@") or (cursor.take("tempo") and cursor.here.kind != "end"):
        cursor.take(":", "of")
        tempo = take_tempo(cursor)
        cursor.take("tempo")
        return {"tempo": tempo}
    cursor.at = mark
    found = take_duration(cursor, bare=False)
    word = cursor.take(*DOWN, *UP) if found is not None else None
    if found is not None and word:
        cursor.take("phase", "part")
        if found > LONGEST_PAUSE:
            raise Trouble(start, cursor.before.end, "a phase of a rep is at most a minute")
        return {"down" if word.text in DOWN else "up": found}
    cursor.at = mark
    word = cursor.take(*DOWN, *UP)
    cursor.take("slowly")
    lead = cursor.take("for", "over", "in") if word else None
    found = take_duration(cursor, bare=lead is not None) if word else None
    if word and found is not None and found <= LONGEST_PAUSE:
        return {"down" if word.text in DOWN else "up": found}
    cursor.at = mark
    return None


def read_unsigned_tempo(cursor: Cursor) -> Parts | None:
    """`30X0`, `3-0-1-0` without `@`; `slow negative`."""
    start = cursor.here.start
    if bare := _take_bare_tempo(cursor):
        return {"tempo": bare}
    if slow := cursor.phrases(*SLOW_WAYS_DOWN):
        text = format_duration(SLOW_DOWN)
        message = f"`{slow}` is taken as {text} down"
        return {"down": SLOW_DOWN} | make_remark(
            start, cursor.before.end, message, f"write `{text} negative`"
        )
    return None


SLOW_WAYS_DOWN = (
    *("slow on the way down", "slowly on the way down", "slow way down", "lower slowly"),
    *(f"slow {word}" for word in DOWN),
)
SLOW_DOWN: Ms = 3 * SECOND
"""Of `slow negative`, which names no time."""
_BARE_TEMPO = re.compile(
    r"\d[0-3]X[0-3](?![\dxX])|\d[0-3]x0(?![\dxX])"
    r"|\d(?:[-/]\d){2}[-/](?:\d|[xX])(?![\dxX/-])"
)
"""A tempo without `@`: `30X0`, `3-0-1-0`."""


def _take_bare_tempo(cursor: Cursor) -> Tempo | None:
    """Take `30X0` or `3-1-1-0` without a sign before it.

    Only what can be nothing else: of figures one is 0, and `31X1`, which may be sets and reps, is
    one where the line has an `x` besides.
    """
    number = cursor.here
    match = _BARE_TEMPO.match(cursor.text, number.start) if number.kind == "number" else None
    if match is None or (cursor.at and cursor.before.text in ("x", "-", "/")):
        return None
    phases = match[0].lower()
    crosses = sum(token.text == "x" for token in cursor.tokens)
    alike = len(_BARE_TEMPO.findall(cursor.text))
    if phases[2] == "x":
        sure = phases[-1] == "0" or (crosses > 1 and alike == 1)
    else:
        sure = bool({"0", "x"} & set(phases))
    if not sure:
        return None
    found = take_tempo(cursor)
    cursor.take("tempo")
    return found


def read_pause(cursor: Cursor) -> Parts | None:
    """`pause 1s at top`, `squeeze 2s`, `2s hold at the bottom`; but `hold 40s` is an amount."""
    mark = cursor.at
    word = cursor.take(*PAUSE_WORDS)
    if not word:
        return _read_pause_after_time(cursor)
    if cursor.here.text == "and" and cursor.ahead(1).text in PAUSE_WORDS:
        cursor.step()  # `squeeze and hold 5s`
        cursor.step()
    cursor.take("for", "of")
    usual = "top" if word.text == "squeeze" else ""
    found = _take_placed_time(cursor, usual)
    if found:
        return found
    if word.text == "hold":
        cursor.at = mark
        return None
    length = take_limited_duration(cursor, bare=True, shortest=100, longest=LONGEST_PAUSE)
    if length is None:
        raise Trouble(word.start, cursor.before.end, "a pause has a length and a place", PAUSE_HINT)
    return {"pause": length}


def _read_pause_after_time(cursor: Cursor) -> Parts | None:
    """`2s hold at the bottom`, `2s pause`, `3s squeeze`."""
    mark, start = cursor.at, cursor.here.start
    found = take_duration(cursor, bare=False)
    word = cursor.take(*PAUSE_WORDS) if found is not None else None
    if found is not None and word:
        where = _take_place(cursor) or ("top" if word.text == "squeeze" else "")
        alone = word.text == "pause" or bool(where)
        named = cursor.before.text in ("top", "bottom", "rep")
        if named or (alone and cursor.here.kind != "number"):
            if found > LONGEST_PAUSE:
                message = "a pause within a rep is at most a minute"
                raise Trouble(start, cursor.before.end, message)
            return {f"pause_{where}" if where else "pause": found}
    cursor.at = mark
    return None


def read_placed_time(cursor: Cursor) -> Parts | None:
    """`1s at top`."""
    return _take_placed_time(cursor)


def _take_placed_time(cursor: Cursor, usual: str = "") -> Parts | None:
    """`1s at top`; `usual` is the place where none is named."""
    mark, start = cursor.at, cursor.here.start
    found = take_duration(cursor, bare=True)
    where = _take_place(cursor) or usual if found is not None else ""
    if found is None or not where:
        cursor.at = mark
        return None
    if found > LONGEST_PAUSE:
        raise Trouble(start, cursor.before.end, "a pause within a rep is at most a minute")
    return {f"pause_{where}": found}


def _take_place(cursor: Cursor) -> str:
    """Take `at the top` or `at bottom`; empty where there is none."""
    mark = cursor.at
    if cursor.take("at", "on", "in"):
        cursor.take("the")
        if token := cursor.take("top", "bottom"):
            cursor.phrase("of each rep")
            return token.text
    cursor.at = mark
    return ""
