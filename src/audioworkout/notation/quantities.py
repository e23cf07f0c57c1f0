"""Quantities with their units, as a cursor meets them: times, distances, ranges, tempo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Amount, Carry, Hold, Reps, Steps, Tempo, Timed
from audioworkout.notation.tokens import (
    Cursor,
    Token,
    Trouble,
    number_of,
    shorten,
)
from audioworkout.units import HOUR, MINUTE, SECOND, Ms, format_duration

_RANGE = re.compile(r"([0-9.]+)\s*[a-zA-Z]*\s*[-–—−]\s*([0-9.]+)(\s*[a-zA-Z]*)")
_PHASES = re.compile(r"[0-9x.]+(?:\s*[-–—−/:]\s*[0-9x.]+)*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-–—−/:]\s*")
_PHASE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?|\.[0-9]{1,3}|x")

MOST_REPS = 500
"""Repetitions or steps of one set."""
MOST_SETS = 50
MOST_ROUNDS = 50
LONGEST: Ms = 4 * HOUR
"""Of any one piece of work or pause."""
FARTHEST = 10_000
"""Feet or metres of a carry."""
SHORTEST_REP: Ms = 500
"""A rep in less time cannot be counted aloud: a spoken number takes half a second (measured)."""
LONGEST_PHASE: Ms = MINUTE

TIME: dict[str, Ms] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECOND),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
}
FEET = frozenset({"ft", "foot", "feet"})
METRES = frozenset({"m", "metre", "metres", "meter", "meters"})
REPS = frozenset({"rep", "reps", "repetition", "repetitions", "times"})
STEPS = frozenset({"step", "steps"})
DURATION_HINT = "write a time like `45s`, `1:30` or `2 min`"
TEMPO_HINT = "write down, pause, up, pause in seconds, like `2-0-2-0`, `2020` or `20X0`"

Lead = Literal["", "reps", "steps", "hold", "for", "carry"]
"""The kind of amount a word in front of it, or the name of a field, has settled."""


def duration(cursor: Cursor, *, bare: bool) -> Ms | None:
    """Take a time. `bare`: a number without a unit is seconds here, and `m` is minutes."""
    found = _clock(cursor) or _parts(cursor, bare)
    return round(found.value) if found else None


def limited_duration(cursor: Cursor, *, bare: bool, shortest: Ms, longest: Ms) -> Ms | None:
    """Take a time, and refuse one that nobody can mean here."""
    start = cursor.here.start
    found = duration(cursor, bare=bare)
    if found is None or shortest <= found <= longest:
        return found
    limit = f"longer than {limit_text(longest)}"
    if found < shortest:
        limit = f"shorter than {limit_text(shortest)}"
    raise Trouble(start, cursor.before.end, f"`{shorten(cursor.since(start))}` is {limit}")


def limit_text(ms: Ms) -> str:
    """A limit as people say it: `4 hours`, `10 min`, `0.3s`."""
    hours, rest = divmod(ms, HOUR)
    return format_duration(ms) if rest or hours < 2 else f"{hours} hours"


class Quantity(NamedTuple):
    """A number with its unit. Times are in ms.

    `factor` is what its unit makes of a number, for the other end of a range; 0: of several units.
    """

    value: float
    kind: Literal["bare", "time", "ft", "m", "reps", "steps"]
    factor: int = 1


class Span(NamedTuple):
    """A range of one kind, and where and how it was written."""

    low: float
    high: float
    kind: Literal["bare", "time", "ft", "m", "reps", "steps"]
    start: int
    end: int
    written: str


def span(cursor: Cursor, *, bare: bool) -> Span | None:
    """Take a quantity or a range of two: `12`, `12-15 reps`, `30-45s`, `50 to 100 feet`."""
    start = cursor.here.start
    low = quantity(cursor, bare)
    if low is None:
        return None
    high = _high_end(cursor, bare) or low
    end, written = cursor.before.end, cursor.since(start)
    low, high = _alike(low, high, start, end)
    return _in_order(Span(low.value, high.value, high.kind, start, end, written))


def _high_end(cursor: Cursor, bare: bool) -> Quantity | None:
    """Take `-15` or `to 15`."""
    mark = cursor.at
    found = quantity(cursor, bare) if cursor.take("-", "to") else None
    if found is None:
        cursor.at = mark
    return found


def _alike(low: Quantity, high: Quantity, start: int, end: int) -> tuple[Quantity, Quantity]:
    """Both ends in one unit: an end without one has the other's."""
    if low.kind == "bare" and high.factor:
        low = Quantity(low.value * high.factor, high.kind, high.factor)
    elif high.kind == "bare" and low.factor:
        high = Quantity(high.value * low.factor, low.kind, low.factor)
    if low.kind != high.kind:
        raise Trouble(start, end, "the two ends of a range need the same unit")
    return low, high


def _in_order(found: Span) -> Span:
    """Refuse a range whose high end comes first."""
    if found.low <= found.high:
        return found
    match = _RANGE.fullmatch(found.written)
    fix = f"{match[2]}-{match[1]}{match[3]}" if match else ""
    message = f"`{found.written}`: the low end must come first"
    raise Trouble(found.start, found.end, message, fix and f"write `{fix}`", fix)


def quantity(cursor: Cursor, bare: bool) -> Quantity | None:
    """Take one number with the unit behind it, if any."""
    found = _clock(cursor) or _parts(cursor, bare)
    if found:
        return found
    token = cursor.number()
    if token is None:
        return None
    value = number_of(token)
    if cursor.take(*FEET):
        return Quantity(value, "ft")
    if cursor.take(*METRES):
        return Quantity(value, "m")
    if cursor.take(*STEPS):
        return Quantity(value, "steps")
    if cursor.take(*REPS):
        return Quantity(value, "reps")
    return Quantity(value, "bare")


def _clock(cursor: Cursor) -> Quantity | None:
    """Take `1:30` or `1:05:00`."""
    if cursor.here.kind != "number" or cursor.ahead(1).text != ":":
        return None
    start, total = cursor.here.start, number_of(cursor.step())
    while cursor.take(":"):
        token = cursor.number()
        if token is None or number_of(token) >= 60 or len(token.text.split(".")[0]) != 2:
            raise Trouble(
                start,
                cursor.before.end,
                f"`{cursor.since(start)}` is not a time",
                "write minutes and two digits of seconds, like `1:30`",
            )
        total = total * 60 + number_of(token)
    return Quantity(total * SECOND, "time", 0)


def _parts(cursor: Cursor, bare: bool) -> Quantity | None:
    """Take `90s`, `1m30s`, `2 min`, `1h 5 min`; with `bare` also `90`."""
    total, last, parts = 0.0, 0, 0
    while cursor.here.kind == "number":
        factor = _time_unit(cursor, bare)
        if not factor or (last and factor >= last):
            break
        total += number_of(cursor.step()) * factor
        cursor.step()
        last, parts = factor, parts + 1
    if parts:
        return Quantity(total, "time", last if parts == 1 else 0)
    if bare and cursor.here.kind == "number" and not _other_unit(cursor.ahead(1)):
        return Quantity(number_of(cursor.step()) * SECOND, "time", SECOND)
    return None


def _other_unit(token: Token) -> bool:
    """Whether a word makes the number before it something else than a time."""
    return token.text in FEET | METRES | REPS | STEPS | {"-", "to"}


def _time_unit(cursor: Cursor, bare: bool) -> Ms:
    """What the word after the next number multiplies it with; 0 where it is no unit of time.

    `m` is minutes where only a time can stand, and in `1m30s`; else it is metres.
    """
    unit = cursor.ahead(1).text
    if unit == "m":
        seconds = cursor.ahead(2).kind == "number" and TIME.get(cursor.ahead(3).text) == SECOND
        return MINUTE if bare or seconds else 0
    return TIME.get(unit, 0)


def amount_of(cursor: Cursor, lead: Lead = "") -> Amount | None:
    """Take an amount; None where none begins here, or it is of another kind than `lead`."""
    found = span(cursor, bare=lead in ("hold", "for"))
    if found is None:
        return None
    kind: Lead = _KIND.get(found.kind) or lead or "reps"
    if lead == "for" and found.kind == "time":
        kind = "for"
    return _BUILD[kind](found) if lead in ("", kind) else None


_KIND: dict[str, Lead] = {
    "time": "hold",
    "ft": "carry",
    "m": "carry",
    "reps": "reps",
    "steps": "steps",
}


def _reps(found: Span) -> Amount:
    return Reps(*counted(found, "reps", MOST_REPS))


def _steps(found: Span) -> Amount:
    return Steps(*counted(found, "steps", MOST_REPS))


def _hold(found: Span) -> Amount:
    return Hold(*_timed(found))


def _for(found: Span) -> Amount:
    return Timed(*_timed(found))


def _carry(found: Span) -> Amount:
    if found.kind == "bare":
        raise Trouble(
            found.start,
            found.end,
            f"`{found.written}` needs a unit",
            f"write `{found.written} ft` or `{found.written} m`",
        )
    unit: Literal["ft", "m"] = "ft" if found.kind == "ft" else "m"
    return Carry(*counted(found, "feet" if unit == "ft" else "metres", FARTHEST), unit, False)


_BUILD: dict[Lead, Callable[[Span], Amount]] = {
    "reps": _reps,
    "steps": _steps,
    "hold": _hold,
    "for": _for,
    "carry": _carry,
}


def counted(found: Span, what: str, most: int) -> tuple[int, int]:
    """Both ends as whole numbers from 1 to `most`."""
    if found.low % 1 or found.high % 1:
        raise Trouble(found.start, found.end, f"`{found.written}`: {what} are whole numbers")
    if found.low < 1:
        raise Trouble(found.start, found.end, f"`{found.written}`: at least 1 is needed")
    if found.high > most:
        raise Trouble(
            found.start, found.end, f"`{shorten(found.written)}` is more than {most} {what}"
        )
    return int(found.low), int(found.high)


def _timed(found: Span) -> tuple[Ms, Ms]:
    """Both ends as ms from one second to the longest."""
    if found.low < SECOND:
        raise Trouble(found.start, found.end, f"`{found.written}` is shorter than a second")
    if found.high > LONGEST:
        message = f"`{shorten(found.written)}` is longer than {limit_text(LONGEST)}"
        raise Trouble(found.start, found.end, message)
    return round(found.low), round(found.high)


WAYS = {"out and back": True, "there and back": True, "and back": True, "one way": False}
"""How a carry returns; True: the same way back."""


def way(cursor: Cursor) -> bool | None:
    """Take `out and back` (True) or `one way` (False)."""
    return next((back for words, back in WAYS.items() if cursor.phrase(words)), None)


def phases(cursor: Cursor) -> Tempo:
    """Take the three or four phases of a tempo."""
    match = _PHASES.match(cursor.text, cursor.here.start)
    if match is None:
        word = cursor.before if cursor.over else cursor.here
        what = "a tempo is missing" if cursor.over else f"`{shorten(word.text)}` is not a tempo"
        raise Trouble(word.start, word.end, what, TEMPO_HINT)
    cursor.pass_over(match.end())
    lengths = _lengths(match[0].lower())
    if lengths is None:
        raise Trouble(*match.span(), f"`{shorten(match[0])}` is not a tempo", TEMPO_HINT)
    return _possible(Tempo(*lengths), *match.span())


def _lengths(written: str) -> tuple[Ms, Ms, Ms, Ms] | None:
    """The phases in ms: `2-0-2-0`, `4/2/1`, or one sign each: `20x0`."""
    signs = _BETWEEN.split(written)
    signs = list(written) if len(signs) == 1 else signs
    if len(signs) not in (3, 4) or not all(map(_PHASE.fullmatch, signs)):
        return None
    down, bottom, up, *top = (SECOND if one == "x" else round(float(one) * 1000) for one in signs)
    return down, bottom, up, top[0] if top else 0


def _possible(tempo: Tempo, start: int, end: int) -> Tempo:
    """Refuse a rep that cannot be counted, or that nobody does."""
    if tempo.beat < SHORTEST_REP:
        message = f"a rep of {format_duration(tempo.beat)} is too short to be counted"
        raise Trouble(start, end, message, f"make it {format_duration(SHORTEST_REP)} or more")
    longest = max(tempo.down, tempo.bottom, tempo.up, tempo.top)
    if longest > LONGEST_PHASE:
        raise Trouble(start, end, f"a phase of {format_duration(longest)} is longer than a minute")
    return tempo
