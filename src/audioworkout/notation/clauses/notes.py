"""Words without an amount: notes in quotes, how often a day, and the signs between clauses."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import Parts
from audioworkout.notation.clauses.words import FREQUENCIES
from audioworkout.notation.tokens import Cursor, Trouble


def read_separator(cursor: Cursor) -> Parts | None:
    """`,`, `and`, `with`, brackets: between two clauses, of no meaning."""
    taken = cursor.take(",", "and", "with", "&", "(", ")", "[", "]", "|", "·", "-", "–", "then")
    return {} if taken or cursor.phrase("w /") else None


def read_note(cursor: Cursor) -> Parts | None:
    """`"yellow band"`: words to be said as they are."""
    if cursor.here.kind != "quote":
        return None
    token = cursor.step()
    if not any(map(str.isalnum, token.text)):
        raise Trouble(token.start, token.end, "a note has nothing in it that can be spoken")
    return {"notes": (token.text,)}


def read_frequency(cursor: Cursor) -> Parts | None:
    """`3 times a day`, `2x/day`, `twice daily`: said, not done; but `100 a day` is an error."""
    mark, start = cursor.at, cursor.here.start
    number = cursor.number()
    times = cursor.take("x", "times", "time", "sessions") if number else None
    often = bool(number and times) or bool(cursor.take("twice", "once"))
    unit = cursor.take("reps", "rep", "steps") if number and not often else None
    if often or number:
        day = cursor.take("daily", "weekly")
        if not day and cursor.take("a", "per", "/", "each", "every", "throughout", "over"):
            cursor.take("the", "a")
            day = cursor.take(*FREQUENCIES)
        if day and often:
            times_a = f"{number.text} times a" if number else f"{cursor.text[start:].split()[0]} a"
            return {"notes": (f"{times_a} {_DAYS.get(day.text, day.text)}".lower(),)}
        if day and (number or unit):
            message = f"`{cursor.since(start)}` is spread over a {day.text.removesuffix('ly')}"
            hint = "a workout is done at once: write the amount of one time, like `3x10`"
            raise Trouble(start, cursor.before.end, message, hint)
    cursor.at = mark
    return None


_DAYS = {"daily": "day", "weekly": "week"}
