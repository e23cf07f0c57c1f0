"""What follows the last rep: pulses, or a drop set."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import Parts, require_whole_number
from audioworkout.notation.quantities import MOST_REPS
from audioworkout.notation.tokens import Cursor, Trouble, shorten
from audioworkout.units import SECOND, Ms

SLOWEST_PULSE: Ms = 5 * SECOND


def read_drop_set(cursor: Cursor) -> Parts | None:
    """`+ drop set`, `then a dropset`, `drop set on the last set`."""
    mark = cursor.at
    _ = cursor.take("+", "plus", "then", "with", "and")
    cursor.take("a", "one", "1")
    if cursor.phrases("last set drop set", "last set dropset", "drop set", "drop sets") or (
        cursor.take("dropset", "dropsets")
    ):
        _ = cursor.phrases("on the last set", "on last set", "last set", "at the end")
        return {"drop_set": True}
    cursor.at = mark
    return None


def read_finisher(cursor: Cursor) -> Parts | None:
    """`last rep 10 pulses`, `then 10 pulses`, `+ 10 pulses`; their pace is a clause of its own."""
    mark, start = cursor.at, cursor.here.start
    opened = _take_finisher_lead(cursor)
    number = cursor.number()
    if number and cursor.take("pulse", "pulses"):
        _ = cursor.phrase("at the top") or cursor.phrase("at top")
        return {"pulses": require_whole_number(number, MOST_REPS, "pulses")}
    if number and opened and cursor.take("partial", "partials"):
        cursor.take("reps")
        return {"notes": (f"then {number.text} partials",)}
    if opened == "rep":
        written = shorten(cursor.since(start))
        message = f"pulses must follow `{written}`"
        raise Trouble(start, cursor.before.end, message, "write `last rep 10 pulses`")
    cursor.at = mark
    return None


def _take_finisher_lead(cursor: Cursor) -> str:
    """Take the words that lead to a finisher; `rep` where they lead to nothing else."""
    for words in ("on the last rep", "on last rep", "the last rep", "last rep"):
        if cursor.phrase(words):
            cursor.take(",", ":")
            return "rep"
    return "sign" if cursor.take("then", "+", "plus") else ""
