"""How hard it is to be: `RPE 8`, `2 RIR`, `80%`, `zone 2`, `5:00/km`, `easy`."""

from __future__ import annotations

from audioworkout.model.exercise import Effort
from audioworkout.notation.clauses.clause import (
    Atom,
    Parts,
    check_figures,
    follows_x,
    take_figures,
    take_listed_figures,
)
from audioworkout.notation.clauses.loads import is_tempo_figures
from audioworkout.notation.clauses.words import EFFORT_FORMS, EFFORT_WORDS, OPEN_WORDS, UNITS
from audioworkout.notation.quantities import DISTANCES, take_duration
from audioworkout.notation.tokens import Cursor, Trouble
from audioworkout.units import MINUTE, SECOND, Ms

MOST_RESERVE = 5
"""Of `8 RIR 2` the reps come first: nobody leaves more than five in reserve."""


def read_effort(cursor: Cursor) -> Parts | None:
    """`RPE 8`, `2 RIR`, `80%`, `zone 2`, `rate 20`, `5:00/km`, `easy`; with `@` or without."""
    mark, start = cursor.at, cursor.here.start
    at = bool(cursor.take("@", "at"))
    tempo = at and is_tempo_figures(cursor.here)
    if not tempo and (listed := _take_listed_percents(cursor, start, signed=at)):
        return {"atoms": listed}
    if at and not tempo and (listed := _take_listed_rpe(cursor, start)):
        return {"atoms": listed}
    found = None if tempo else take_effort(cursor)
    if found is None and at and not tempo:
        found = _take_bare_rpe(cursor)
    if found is None:
        cursor.at = mark
        return None
    end = cursor.before.end
    leads = cursor.here.text == "x" and (
        cursor.ahead(1).kind == "number" or cursor.ahead(1).text in OPEN_WORDS
    )
    x = bool(cursor.take("x")) if leads and found.kind != "word" else False
    if leads and found.figure == "bodyweight":
        cursor.step()  # `BW x 8, 8, 6`
    return {"atoms": (Atom("effort", found, start, end, at, x),)}


def _take_listed_percents(cursor: Cursor, start: int, *, signed: bool) -> tuple[Atom, ...]:
    """`75/85/95%`, and behind `@` also `65-75-85%`: one for each set; empty where it is none."""
    mark = cursor.at
    numbers: list[str] = []
    signs: set[str] = set()
    while number := cursor.number():
        numbers.append(number.text)
        if cursor.ahead(1).text in ("/", "-"):
            cursor.take("%")
        sign = cursor.take("/", "-", ",") if signed else cursor.take("/")
        if sign is None:
            break
        signs.add(sign.text)
    listed = len(signs) == 1 and (len(numbers) > 2 or signs == {"/"}) and len(numbers) > 1
    if not (listed and cursor.take("%")):
        cursor.at = mark
        return ()
    for figures in numbers:
        check_figures(cursor, figures, 1, 200, "percent")
    end = cursor.before.end
    return tuple(Atom("effort", Effort("percent", one), start, end) for one in numbers)


def _take_listed_rpe(cursor: Cursor, start: int) -> tuple[Atom, ...]:
    """`7, 8, 9` behind `@`: an RPE for each set; empty where it is none."""
    mark = cursor.at
    figures = [number.text for number in take_listed_figures(cursor)]
    if not figures or not all(1 <= float(one) <= 10 for one in figures):
        cursor.at = mark
        return ()
    end = cursor.before.end
    return tuple(Atom("effort", Effort("rpe", one), start, end) for one in figures)


def take_effort(cursor: Cursor) -> Effort | None:
    """Take one effort of any kind; None, and nothing taken, where none stands here."""
    if cursor.here.kind == "number" and not _may_be_effort(cursor):
        return None
    for read in (
        _take_percent,
        _take_rpe,
        _take_reserve,
        _take_zone,
        _take_rate,
        _take_pace,
        take_manner,
    ):
        mark = cursor.at
        found = read(cursor)
        if found is not None:
            return found
        cursor.at = mark
    return None


def _may_be_effort(cursor: Cursor) -> bool:
    """Whether a word stands behind a number or a range that makes an effort of it."""
    after = cursor.ahead(1).text
    if after in ("-", "to"):
        after = cursor.ahead(3).text
    return after in _BEHIND_NUMBERS


_BEHIND_NUMBERS = frozenset(
    ("%", "rpe", "rir", "rep", "reps", "in", "left", "spm", "rpm", ":", "min", "/")
)
"""What stands behind the number of an effort or the first one of a pace."""


def _take_percent(cursor: Cursor) -> Effort | None:
    """`80%`, `%85`, `50-75% of max`."""
    if cursor.take("%"):
        figures = take_figures(cursor)
    else:
        number = cursor.number()
        if number is None:
            return None
        cursor.take("%")
        mark = cursor.at
        high = cursor.number() if cursor.before.text != "x" and cursor.take("-", "to") else None
        if high is None:
            cursor.at = mark
        figures = f"{number.text}-{high.text}" if high else number.text
        if not (cursor.take("%") or cursor.before.text == "%"):
            return None
    if not figures:
        return None
    cursor.take("of")
    cursor.take("my", "your")
    measures = ("max", "ftp", "effort", "hrmax", "mhr", "hrr", "rm", "css", "vdot")
    _ = cursor.phrases("1 rm", "max hr", "max heart rate") or cursor.take(*measures)
    check_figures(cursor, figures, 1, 200, "percent")
    return Effort("percent", figures)


def _take_rpe(cursor: Cursor) -> Effort | None:
    """`RPE 8`, `8 RPE`."""
    figures = ""
    if cursor.take("rpe"):
        cursor.take("@", ":", "of")
        figures = take_figures(cursor)
    elif not follows_x(cursor) and (figures := take_figures(cursor)):
        figures = figures if cursor.take("rpe") and not _rpe_follows(cursor) else ""
    if not figures:
        return None
    check_figures(cursor, figures, 1, 10, "RPE")
    return Effort("rpe", figures)


def _rpe_follows(cursor: Cursor) -> bool:
    """Whether `7` of `12 RPE 7` comes next: then the number before is no effort."""
    number, after = cursor.here, cursor.ahead(1).text
    if number.kind != "number" or after in UNITS or after == "x":
        return False
    return len(number.text) < 4 and 1 <= float(number.text) <= 10


def _take_reserve(cursor: Cursor) -> Effort | None:
    """`2 RIR`, `RIR 2`, `2 in reserve`, `leave two in the tank`."""
    if cursor.take("rir"):
        cursor.take("@", ":", "of")
        figures = take_figures(cursor)
    else:
        if follows_x(cursor):
            return None  # `3x8 RIR 2`
        opened = cursor.take("leave", "leaving", "keep")
        figures = take_figures(cursor)
        if figures:
            cursor.take("reps", "rep")
        words = ("rir", "in reserve", "in the tank", "left in the tank")
        many = len(figures) < 9 and figures and float(figures.split("-")[0]) > MOST_RESERVE
        if not figures or many or not (cursor.phrases(*words) or (opened and cursor.take("left"))):
            return None
    if not figures:
        return None
    check_figures(cursor, figures, 0, 10, "a number of reps in reserve")
    return Effort("rir", figures)


def _take_zone(cursor: Cursor) -> Effort | None:
    """`zone 2`, `Z2`."""
    if not cursor.take("zone", "z"):
        return None
    figures = take_figures(cursor)
    if not figures:
        return None
    check_figures(cursor, figures, 1, 7, "a zone")
    return Effort("zone", figures)


def _take_rate(cursor: Cursor) -> Effort | None:
    """`rate 20`, `r20`, `20 spm`, `90 rpm`; but `R 30s` is the right side."""
    if cursor.here.text == "r" and (not cursor.glued(1) or cursor.ahead(2).text in UNITS):
        return None
    if cursor.take("rate", "r", "cadence"):
        figures = take_figures(cursor)
        _ = figures and cursor.take("spm", "rpm")
    else:
        figures = take_figures(cursor)
        if not figures or not cursor.take("spm", "rpm"):
            return None
    if not figures:
        return None
    check_figures(cursor, figures, 5, 250, "a rate")
    return Effort("rate", figures)


def _take_pace(cursor: Cursor) -> Effort | None:
    """`5:00/km`, `pace 2:05 per 500 m`, `5:00 min/km`, `9:30/mi`."""
    named = cursor.take("pace")
    cursor.take("of", ":")
    if cursor.here.kind != "number" or cursor.ahead(1).text not in (":", "min", "/"):
        return None
    start = cursor.at
    time = take_duration(cursor, bare=False)
    if time is None and cursor.ahead(1).text == "/" and cursor.ahead(2).text in ("km", "mi"):
        return None
    end = cursor.at
    if time is None or not (cursor.take("/") or cursor.take("per")):
        return None
    number = cursor.number()
    unit = cursor.take(*DISTANCES)
    if unit is None or (number is None and DISTANCES[unit.text] in ("m", "ft")):
        return None
    if not 60 * SECOND // 3 <= time <= 60 * MINUTE:
        raise Trouble(cursor.tokens[start].start, cursor.before.end, "is no pace that can be kept")
    figure = cursor.text[cursor.tokens[start].start : cursor.tokens[end - 1].end]
    short = DISTANCES[unit.text]
    _ = named or cursor.take("pace")
    return Effort("pace", _format_pace(time, figure), f"{number.text} {short}" if number else short)


def _format_pace(ms: Ms, figure: str) -> str:
    """A pace as people write it: `5:00`."""
    if ":" in figure:
        return figure.split()[0]
    minutes, rest = divmod(ms, MINUTE)
    return f"{minutes}:{rest // SECOND:02}"


def take_manner(cursor: Cursor) -> Effort | None:
    """`easy`, `hard`, `slow`, `BW`, `all out`, `max effort`; but `tempo 2-0-2-0` is none."""
    if cursor.here.text not in _MANNERS:
        return None
    if cursor.here.text == "tempo" and (
        cursor.ahead(1).kind == "number" or cursor.ahead(1).text in (":", "of", "x")
    ):
        return None
    if cursor.phrases("all out", "max effort", "maximum effort", "full effort"):
        return Effort("word", "all out")
    if cursor.phrases("body weight", "no weight"):
        return Effort("word", "bodyweight")
    word = cursor.take(*EFFORT_WORDS, *EFFORT_FORMS)
    if word is None:
        return None
    cursor.take("pace", "effort", "weight", "intensity", "reps")
    return Effort("word", EFFORT_FORMS.get(word.text, word.text))


_MANNERS = frozenset((*EFFORT_WORDS, *EFFORT_FORMS, "all", "max", "maximum", "full", "body", "no"))
"""Words that `take_manner` may begin with."""


def _take_bare_rpe(cursor: Cursor) -> Effort | None:
    """Behind `@`: `8`, `8.5`, `7-8`, where neither a tempo, a time nor a unit goes on."""
    mark, start = cursor.at, cursor.here.start
    figures = take_figures(cursor)
    known = cursor.here.text in UNITS or cursor.here.text in ("-", "/", ":", "x")
    numbers = [float(one) for one in figures.split("-")] if figures and len(figures) < 12 else []
    if known or not numbers or not all(1 <= one <= 10 for one in numbers):
        cursor.at = mark
        return None
    if "/" in cursor.since(start):
        cursor.at = mark
        return None
    return Effort("rpe", figures)
