"""Words without an amount: notes in quotes, how often a day, and the signs between clauses."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import Parts, check_figures, take_figures
from audioworkout.notation.clauses.words import (
    ACTIVE_RESTS,
    EQUIPMENT,
    EQUIPMENT_KINDS,
    EQUIPMENT_LEADS,
    FREQUENCIES,
    KILOS,
    MACHINE_SETTINGS,
    MANNER_NOTES,
    MEASURE_LEADS,
    POUNDS,
    ROUND_WORDS,
    SET_WORDS,
    WATTS,
)
from audioworkout.notation.quantities import REPS, REST_NOUNS, TIME
from audioworkout.notation.tokens import Cursor, Token, Trouble


def read_slash(cursor: Cursor) -> Parts | None:
    """`/` between an amount and another clause: `12 reps/4 sets`, `30s hard / 90s rest`."""
    after = cursor.ahead(2).text
    if cursor.ahead(1).kind == "number" and (
        after in (*SET_WORDS, *ROUND_WORDS, *REPS) or _rest_follows(cursor)
    ):
        cursor.step()
        return {}
    timed = cursor.ahead(1).kind == "number" and after in TIME and not cursor.glued(1)
    if timed or cursor.ahead(1).text in REST_NOUNS or _is_load_or_effort(cursor):
        cursor.step()
        return {}
    return None


def _is_load_or_effort(cursor: Cursor) -> bool:
    """Whether `100kg`, `80%`, `RPE 7` or `@ 60` follows the sign here."""
    first, second = cursor.ahead(1), cursor.ahead(2).text
    if first.kind == "number":
        return second in POUNDS | KILOS | {"%", "rpe", "rir"}
    return first.text in ("rpe", "rir", "@", "tempo", "zone")


def _rest_follows(cursor: Cursor) -> bool:
    """Whether a number, its unit and a word for a rest follow the sign here."""
    return cursor.ahead(2).text in TIME and cursor.ahead(3).text in REST_NOUNS | {*ACTIVE_RESTS}


def read_equipment_note(cursor: Cursor) -> Parts | None:
    """`with red band`, `on a low box`, `light band`: what it is done with is said."""
    mark = cursor.at
    held = cursor.here.start
    lead: Token | None = None
    if cursor.phrases(*HOLDING_ON):
        lead = cursor.before._replace(text="against", start=held)
    lead = lead or cursor.take(*EQUIPMENT_LEADS)
    _ = lead or cursor.phrase("w /")
    cursor.take("a", "an", "the", "your")
    start = lead.start if lead and lead.text in ("against", "facing") else cursor.here.start
    while cursor.here.text in EQUIPMENT_KINDS and cursor.ahead(1).text in (
        EQUIPMENT | EQUIPMENT_KINDS | {"-"}
    ):
        cursor.step()
        cursor.take("-")
    if cursor.take(*EQUIPMENT) and cursor.here.text not in ("x", "-"):
        cursor.take(*EQUIPMENT)
        said = " ".join(cursor.since(start).split()).lower()
        return {"notes": (said,)}
    cursor.at = mark
    return None


HOLDING_ON = (
    *("hold on to", "hold onto", "holding on to", "holding onto", "lean on", "leaning on"),
    *("feet on", "hands on", "heels on", "back foot on", "rear foot on", "front foot on"),
    *("back against", "hands against", "elbows on", "knees on"),
)
"""Before a chair: said with it."""


def read_measure(cursor: Cursor) -> Parts | None:
    """`24 inch box`, `60 cm`, `12% incline`: a height or a slope is said."""
    mark = cursor.at
    cursor.take("@", *MEASURE_LEADS)
    cursor.take("a", "an", "the")
    slope = cursor.take("incline", "grade", *MACHINE_SETTINGS)
    if slope and (number := cursor.number()):
        percent = " percent" if cursor.take("%") else ""
        return {"notes": (f"{slope.text} {number.text}{percent}",)}
    number = None if slope else cursor.number()
    if number is None:
        cursor.at = mark
        return None
    if cursor.take("%"):
        if word := cursor.take("incline", "grade", "gradient"):
            return {"notes": (f"{number.text} percent {word.text}",)}
        cursor.at = mark
        return None
    if cursor.take(*WATTS) and cursor.here.text != "/":
        return {"notes": (f"{number.text} watts",)}
    if distance := cursor.take("k", "km", "mile", "mi"):
        if cursor.take("pace") and cursor.here.kind != "number":
            return {"notes": (f"{number.text} {distance.text} pace",)}
        cursor.at = mark
        return None
    cursor.take("-")
    unit = cursor.take("inch", "inches", "cm", "mm")
    short = None if unit else cursor.take("in", '"')
    cursor.take("-")
    cursor.take("high", "tall")
    kit = cursor.take(*EQUIPMENT)
    if unit or (short and (kit or cursor.here.text == ")")):
        name = unit.text if unit and unit.text in ("cm", "mm") else "inch" if kit else "inches"
        what = f" {kit.text}" if kit else ""
        return {"notes": (f"{number.text} {name}{what}",)}
    cursor.at = mark
    return None


def read_heart_rate(cursor: Cursor) -> Parts | None:
    """`HR 130-140`, `heart rate under 140`, `@ 150 bpm`: said as it is."""
    mark = cursor.at
    cursor.take("@")
    named = cursor.phrases("heart rate", "hr")
    cursor.take(":", "=", "of", "at")
    limit = cursor.take("under", "below", "over", "above", "<", ">", "max", "around")
    figures = take_figures(cursor)
    if not figures or not (cursor.take("bpm", "beats") or named) or cursor.here.text == "%":
        cursor.at = mark
        return None
    check_figures(cursor, figures, 40, 230, "a heart rate")
    said = _LIMITS.get(limit.text, limit.text) if limit else ""
    words = ("heart rate", said, figures.replace("-", " to "))
    return {"notes": (" ".join(word for word in words if word),)}


_LIMITS = {"<": "under", ">": "over", "max": "at most"}


def read_manner_note(cursor: Cursor) -> Parts | None:
    """`eyes closed`, `assisted`, `5 k pace`: words that are said as they are."""
    start = cursor.here.start
    if not cursor.phrases(*_LONGER_FIRST):
        return None
    said = " ".join(cursor.since(start).split()).lower()
    if said.startswith(("switch ", "change ")):
        _ = cursor.phrase("every minute") or cursor.phrases("halfway", "half way", "at half")
        said = " ".join(cursor.since(start).split()).lower()
        return {"notes": (said,), "together": None}  # the time is that of both sides
    return {"notes": (said,)}


_LONGER_FIRST = tuple(sorted(MANNER_NOTES, key=len, reverse=True))
NOTE_STARTS = frozenset(words.split()[0] for words in MANNER_NOTES)


def read_separator(cursor: Cursor) -> Parts | None:
    """`,`, `and`, `with`, brackets: between two clauses, of no meaning; `then` parts amounts."""
    if then := cursor.take("then"):
        return {"thens": (then.start,)}
    taken = cursor.take(",", "and", "with", "&", "(", ")", "[", "]", "|", "·", "-", "–")
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
    if word := cursor.take("hourly", "daily", "weekly"):
        return {"notes": (word.text,)}
    if hourly := cursor.phrases("every hour", "each hour", "every other day"):
        return {"notes": (hourly,)}
    number = cursor.number()
    times = cursor.take("x", "times", "time", "sessions") if number else None
    often = bool(number and times) or bool(cursor.take("twice", "once"))
    unit = cursor.take("reps", "rep", "steps") if number and not often else None
    if (often or number) and cursor.here.text + cursor.ahead(1).text != "everyhour":
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
