"""The clauses of a prescription line: a table of small readers, each for one of them."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from audioworkout.model.exercise import BreathPhases, Effort, Load, Open
from audioworkout.model.kit import LOADS
from audioworkout.names import is_slip
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Entry,
    Limb,
    Pair,
    RawAmount,
    Sided,
)
from audioworkout.notation.quantities import (
    BREATHS,
    CALORIES,
    DISTANCES,
    DURATION_HINT,
    LONGEST,
    MOST_REPS,
    MOST_SETS,
    REPS,
    RESTS,
    STEPS,
    TEMPO_HINT,
    TIME,
    WAYS,
    Chain,
    Quantity,
    chain,
    counted,
    distance,
    duration,
    limited_duration,
    phases,
    quantity,
    raw_amount,
    timed,
    way,
)
from audioworkout.notation.tokens import (
    Cursor,
    NotationProblem,
    Token,
    Trouble,
    number_of,
    shorten,
)
from audioworkout.units import MINUTE, SECOND, Ms, format_duration

_KIT_SHORT = {"db": "dumbbell", "dbs": "dumbbell", "kb": "kettlebell", "kbs": "kettlebell"}
MOST_RESERVE = 5
"""Of `8 RIR 2` the reps come first: nobody leaves more than five in reserve."""
HEAVIEST = 1_000
"""Kilograms or pounds of one weight."""
SLOWEST_PULSE: Ms = 5 * SECOND
FASTEST_PULSE: Ms = 300
LONGEST_PAUSE: Ms = 60 * SECOND
LONGEST_TOP_HOLD: Ms = 15 * SECOND
"""`10 reps, hold 5s` is a pause in every rep; a longer one would be a hold of its own."""

PAUSE_HINT = "write `pause 1s at top` or `pause 1s at bottom`"

Parts = dict[str, Any]
"""What is read so far, by the name of each part."""
Reader = Callable[[Cursor], Parts | None]
"""Takes one clause; None, and nothing taken, where it does not begin here."""


class Clause(NamedTuple):
    """A reader, and what must be there for it to be tried at all: that keeps reading fast.

    `starts`: the words and signs it may begin with. `number`: it may also begin with a number (or
    with `:30`), if the line has any word of `needs`; with empty `needs` in every line.
    """

    read: Reader
    starts: frozenset[str] = frozenset()
    number: bool = False
    needs: frozenset[str] = frozenset()


class Table:
    """Clauses in the order in which they are tried, by what a line has and a clause begins with."""

    def __init__(self, *clauses: Clause) -> None:
        self.clauses = clauses
        self.by_word: dict[str, tuple[Reader, ...]] = {}
        for clause in clauses:
            for word in clause.starts:
                self.by_word[word] = (*self.by_word.get(word, ()), clause.read)

    def read(self, cursor: Cursor) -> Parts | None:
        """Take one clause, the first of the table that begins here."""
        token = cursor.here
        readers = self.by_word.get(token.text, ())
        if token.kind == "number" or token.text == ":":
            readers = self._of_numbers(cursor)
        elif token.kind == "quote":
            readers = self.by_word.get(QUOTE, ())
        for reader in readers:
            found = reader(cursor)
            if found is not None:
                return found
        return None

    def _of_numbers(self, cursor: Cursor) -> tuple[Reader, ...]:
        if cursor.number_readers is None:
            words = cursor.words
            cursor.number_readers = tuple(
                clause.read
                for clause in self.clauses
                if clause.number and (not clause.needs or clause.needs & words)
            )
        return cursor.number_readers


QUOTE = "“"
"""Stands for words in quotes in `Clause.starts`."""


class Atom(NamedTuple):
    """A piece of the amounts of a line, which only the whole line puts together.

    `at`: with `@` before it, so it belongs to the amount before. `x`: with `x` behind it (a number
    of sets, or a load before its reps). `bracket`: it stood in brackets behind an `x`.
    """

    kind: Literal["sets", "rounds", "amount", "load", "effort"]
    value: Any
    start: int
    end: int
    at: bool = False
    x: bool = False
    joint: str = ""


_LIMBS: dict[str, Limb | None] = {
    **dict.fromkeys(("side", "sides"), None),
    **dict.fromkeys(("leg", "legs", "foot", "feet", "knee", "knees"), "leg"),
    **dict.fromkeys(("arm", "arms", "hand", "hands", "elbow", "shoulder"), "arm"),
}
_SIDE_WORDS = {"left": "left", "right": "right", "l": "left", "r": "right"}
_POUNDS = frozenset({"lb", "lbs", "pound", "pounds", "#"})
_KILOS = frozenset({"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"})
_PAUSES = ("pause", "hold", "squeeze", "iso")
_LEADS = {
    "hold": "hold",
    "for": "for",
    "work": "for",
    "carry": "carry",
    "walk": "carry",
}
EFFORT_WORDS = (
    *("easy", "moderate", "hard", "light", "heavy", "slow", "fast", "steady", "relaxed"),
    *("gentle", "brisk", "sprint", "free", "kick", "ramp", "bodyweight", "explosive", "controlled"),
)
"""How a set is to be done, in a word; `slow` also lengthens the reps."""
_EFFORT_FORMS = {
    "bw": "bodyweight",
    "slowly": "slow",
    "gently": "gentle",
    "easily": "easy",
    "quick": "fast",
    "quickly": "fast",
    "freestyle": "free",
    "kicking": "kick",
    "medium": "moderate",
}
ACTIVE_RESTS = ("walk", "jog", "march", "run", "row", "swim", "bike", "plank")
"""What may fill a rest: `60s walk`."""


def whole_number(number: Token, most: int, what: str) -> int:
    """A number as a whole one from 1 to `most`."""
    value = number_of(number)
    if value % 1 or not 1 <= value <= most:
        message = f"`{number.text}`: {what} are a whole number from 1 to {most}"
        raise Trouble(number.start, number.end, message)
    return int(value)


def _needed(cursor: Cursor, shortest: Ms, longest: Ms) -> Ms:
    """Take the time that must follow the word just taken."""
    word = cursor.before
    found = limited_duration(cursor, bare=True, shortest=shortest, longest=longest)
    if found is None:
        message = f"a time must follow `{word.text}`"
        raise Trouble(word.start, cursor.here.end, message, DURATION_HINT)
    return found


def _remark(start: int, end: int, message: str, hint: str = "") -> Parts:
    return {"remarks": (NotationProblem(start, end, message, hint),)}


def _comma(cursor: Cursor) -> Parts | None:
    """`,`, `and`, `with`, brackets: between two clauses, of no meaning."""
    taken = cursor.take(",", "and", "with", "&", "(", ")", "[", "]", "|", "·", "-", "–", "then")
    return {} if taken or cursor.phrase("w /") else None


def _note(cursor: Cursor) -> Parts | None:
    """`"yellow band"`: words to be said as they are."""
    if cursor.here.kind != "quote":
        return None
    token = cursor.step()
    if not any(map(str.isalnum, token.text)):
        raise Trouble(token.start, token.end, "a note has nothing in it that can be spoken")
    return {"notes": (token.text,)}


def _frequency(cursor: Cursor) -> Parts | None:
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
            day = cursor.take(*_OFTEN)
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
_OFTEN = ("day", "week", "hour", "morning", "evening", "daily", "weekly")

_BREATH_PARTS = {
    **dict.fromkeys(("in", "inhale"), "in"),
    **dict.fromkeys(("out", "exhale"), "out"),
    **dict.fromkeys(("hold", "pause"), "hold"),
}


def _breath_phases(cursor: Cursor) -> Parts | None:
    """`in 4, hold 7, out 8`, `5.5 in 5.5 out`: the phases of a breath, in seconds."""
    mark, start = cursor.at, cursor.here.start
    found: list[tuple[str, Ms]] = []
    last = mark
    while one := _breath_phase(cursor):
        found.append(one)
        last = cursor.at
        cursor.take(",", "-", "/", "and")
    names = tuple(name for name, _ in found)
    cursor.at = last
    if names not in _BREATH_ORDERS:
        cursor.at = mark
        return None
    lengths = dict.fromkeys(("in", "full", "out", "empty"), 0)
    for (name, ms), place in zip(found, _BREATH_ORDERS[names], strict=True):
        if not 0 <= ms <= MINUTE:
            raise Trouble(start, cursor.before.end, f"a breath's `{name}` is at most a minute")
        lengths[place] = ms
    phased = BreathPhases(*lengths.values())
    if phased.lasts < 2 * SECOND:
        raise Trouble(start, cursor.before.end, "a breath lasts 2 s or more")
    return {"phases": phased}


_BREATH_ORDERS = {
    ("in", "out"): ("in", "out"),
    ("in", "hold", "out"): ("in", "full", "out"),
    ("in", "out", "hold"): ("in", "out", "empty"),
    ("in", "hold", "out", "hold"): ("in", "full", "out", "empty"),
}


def _breath_phase(cursor: Cursor) -> tuple[str, Ms] | None:
    """Take `in 4`, `4 s in`, `breathe out for 6`."""
    mark = cursor.at
    cursor.take("breathe")
    if word := cursor.take(*_BREATH_PARTS):
        cursor.take("for")
        if (found := duration(cursor, bare=True)) is not None:
            return _BREATH_PARTS[word.text], found
    else:
        found = duration(cursor, bare=True)
        if found is not None and (word := cursor.take(*_BREATH_PARTS)):
            return _BREATH_PARTS[word.text], found
    cursor.at = mark
    return None


# --- Loads and efforts -------------------------------------------------------------------------


def load_clause(cursor: Cursor) -> Parts | None:
    """`20kg`, `2x8kg dumbbells`, `with 20 lb`, `@ 60 kg`, `+10kg`; but `3x10x60kg` is ten reps."""
    mark, start = cursor.at, cursor.here.start
    behind_x = _behind_x(cursor)
    lead = cursor.take("with", "at", "@", "x", "using") or cursor.phrase("w /")
    if isinstance(lead, Token) and lead.text == "@" and (listed := _listed_loads(cursor, start)):
        return {"atoms": listed}
    added = bool(cursor.take("+", "plus"))
    added = bool(cursor.phrase("bw +") or cursor.phrase("bodyweight +")) or added
    weight = cursor.number()
    count = None
    weighed = cursor.ahead(1).kind == "number" and cursor.ahead(2).text in _POUNDS | _KILOS
    if weight and not behind_x and not added and weighed and cursor.take("x"):
        count, weight = weight, cursor.number()
    high = _high_weight(cursor) if weight and not count else None
    unit = _weight_unit(cursor) if weight else ""
    if not weight or not unit:
        cursor.at = mark
        return None
    for one in (weight, high or weight):
        if not 0 < number_of(one) <= HEAVIEST:
            message = f"a load is more than 0 and at most {HEAVIEST} {unit}"
            raise Trouble(one.start, one.end, message)
    kit, many = _kit(cursor)
    figures = f"{weight.text}-{high.text}" if high else weight.text
    reps: tuple[Atom, ...] = ()
    if count and not kit and number_of(count) > 2:
        # `5x60kg`: nobody takes five weights, so it is five reps.
        amount = BareCount(*[whole_number(count, MOST_REPS, "reps")] * 2)
        reps = (Atom("amount", (Entry(amount),), start, count.end),)
        count = None
    pieces = whole_number(count, 10, "weights") if count else 2 if many else 1
    load = Load(figures, "kg" if unit == "kg" else "lb", pieces, kit, added)
    at = bool(isinstance(lead, Token) and lead.text in ("@", "at", "x")) or bool(reps)
    end, x = cursor.before.end, bool(cursor.take("x", "for") if _leads_reps(cursor) else None)
    return {"atoms": (*reps, Atom("load", load, start, end, at, x))}


def _listed_loads(cursor: Cursor, start: int) -> tuple[Atom, ...]:
    """`85, 85, 80kg` behind `@`: a load for each set; empty where it is no such list."""
    mark = cursor.at
    if _is_tempo_figures(cursor.here):
        return ()
    numbers: list[Token] = []
    while number := cursor.number():
        numbers.append(number)
        if not (cursor.take(",", "/") or (len(numbers) > 1 and cursor.take("-"))):
            break
    unit = _weight_unit(cursor) if len(numbers) > 1 else ""
    if not unit:
        cursor.at = mark
        return ()
    made = (Load(one.text, "kg" if unit == "kg" else "lb") for one in numbers)
    return tuple(Atom("load", load, start, cursor.before.end) for load in made)


def _leads_reps(cursor: Cursor) -> bool:
    """Whether `x 7` or `for 5 reps` follows a load."""
    if cursor.ahead(1).kind != "number":
        return cursor.here.text == "x" and cursor.ahead(1).text in _OPEN_WORDS
    return cursor.here.text == "x" or (cursor.here.text == "for" and cursor.ahead(2).text in REPS)


def _high_weight(cursor: Cursor) -> Token | None:
    """Take `-24` of `20-24kg`."""
    mark = cursor.at
    number = cursor.number() if cursor.take("-", "to") else None
    if number and cursor.here.text in _POUNDS | _KILOS:
        return number
    cursor.at = mark
    return None


def _weight_unit(cursor: Cursor) -> str:
    """Take `kg`, `lb` or `#`."""
    if cursor.take(*_KILOS):
        return "kg"
    return "lb" if cursor.take(*_POUNDS) else ""


def _kit(cursor: Cursor) -> tuple[str, bool]:
    """Take what the weight is: in the singular, and whether it was a plural."""
    if token := cursor.take(*_KIT_SHORT):
        return _KIT_SHORT[token.text], token.text.endswith("s")
    plurals = {f"{kit}s": kit for kit in LOADS}
    token = cursor.take(*LOADS, *plurals)
    return (plurals.get(token.text, token.text), token.text in plurals) if token else ("", False)


def effort_clause(cursor: Cursor) -> Parts | None:
    """`RPE 8`, `2 RIR`, `80%`, `zone 2`, `rate 20`, `5:00/km`, `easy`; with `@` or without."""
    mark, start = cursor.at, cursor.here.start
    at = bool(cursor.take("@", "at"))
    tempo = at and _is_tempo_figures(cursor.here)
    found = None if tempo else _effort(cursor)
    if found is None and at and not tempo:
        found = _bare_rpe(cursor)
    if found is None:
        cursor.at = mark
        return None
    end = cursor.before.end
    leads = cursor.here.text == "x" and (
        cursor.ahead(1).kind == "number" or cursor.ahead(1).text in _OPEN_WORDS
    )
    x = bool(cursor.take("x")) if leads else False
    return {"atoms": (Atom("effort", found, start, end, at, x),)}


def _effort(cursor: Cursor) -> Effort | None:
    for read in (_percent, _rpe, _reserve, _zone, _rate, _pace, _manner):
        mark = cursor.at
        found = read(cursor)
        if found is not None:
            return found
        cursor.at = mark
    return None


def _figures(cursor: Cursor) -> str:
    """Take `8`, `7-8`, `7 to 8`; empty where no number stands."""
    number = cursor.number()
    if number is None:
        return ""
    mark = cursor.at
    high = cursor.number() if cursor.take("-", "to") else None
    if high is None:
        cursor.at = mark
        return number.text
    return f"{number.text}-{high.text}"


def _percent(cursor: Cursor) -> Effort | None:
    """`80%`, `%85`, `50-75% of max`."""
    if cursor.take("%"):
        figures = _figures(cursor)
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
    _ = cursor.phrase("1 rm") or cursor.phrase("rm") or cursor.take("max", "ftp", "effort")
    _in_limits(cursor, figures, 1, 200, "percent")
    return Effort("percent", figures)


def _behind_x(cursor: Cursor) -> bool:
    return cursor.at > 0 and cursor.before.text == "x"


def _in_limits(cursor: Cursor, figures: str, low: float, high: float, what: str) -> None:
    """Refuse figures that nobody can mean."""
    for one in figures.split("-"):
        if len(one) > 9 or not low <= float(one) <= high:
            message = f"`{shorten(figures)}`: {what} is from {low:g} to {high:g}"
            raise Trouble(cursor.before.start, cursor.before.end, message)


def _rpe(cursor: Cursor) -> Effort | None:
    """`RPE 8`, `8 RPE`."""
    figures = ""
    if cursor.take("rpe"):
        cursor.take("@", ":", "of")
        figures = _figures(cursor)
    elif not _behind_x(cursor) and (figures := _figures(cursor)):
        figures = figures if cursor.take("rpe") and not _effort_follows(cursor) else ""
    if not figures:
        return None
    _in_limits(cursor, figures, 1, 10, "RPE")
    return Effort("rpe", figures)


def _effort_follows(cursor: Cursor) -> bool:
    """Whether `7` of `12 RPE 7` comes next: then the number before is no effort."""
    number, after = cursor.here, cursor.ahead(1).text
    if number.kind != "number" or after in _UNITS or after == "x":
        return False
    return len(number.text) < 4 and 1 <= float(number.text) <= 10


def _reserve(cursor: Cursor) -> Effort | None:
    """`2 RIR`, `RIR 2`, `2 in reserve`, `leave two in the tank`."""
    if cursor.take("rir"):
        cursor.take("@", ":", "of")
        figures = _figures(cursor)
    else:
        if _behind_x(cursor):
            return None  # `3x8 RIR 2`
        opened = cursor.take("leave", "leaving", "keep")
        figures = _figures(cursor)
        if figures:
            cursor.take("reps", "rep")
        words = ("rir", "in reserve", "in the tank", "left in the tank")
        many = len(figures) < 9 and figures and float(figures.split("-")[0]) > MOST_RESERVE
        if not figures or many or not (cursor.phrases(*words) or (opened and cursor.take("left"))):
            return None
    if not figures:
        return None
    _in_limits(cursor, figures, 0, 10, "a number of reps in reserve")
    return Effort("rir", figures)


def _zone(cursor: Cursor) -> Effort | None:
    """`zone 2`, `Z2`."""
    if not cursor.take("zone", "z"):
        return None
    figures = _figures(cursor)
    if not figures:
        return None
    _in_limits(cursor, figures, 1, 7, "a zone")
    return Effort("zone", figures)


def _rate(cursor: Cursor) -> Effort | None:
    """`rate 20`, `r20`, `20 spm`, `90 rpm`."""
    if cursor.take("rate", "r", "cadence"):
        figures = _figures(cursor)
        _ = figures and cursor.take("spm", "rpm")
    else:
        figures = _figures(cursor)
        if not figures or not cursor.take("spm", "rpm"):
            return None
    if not figures:
        return None
    _in_limits(cursor, figures, 5, 250, "a rate")
    return Effort("rate", figures)


def _pace(cursor: Cursor) -> Effort | None:
    """`5:00/km`, `pace 2:05 per 500 m`, `5:00 min/km`, `9:30/mi`."""
    named = cursor.take("pace")
    cursor.take("of", ":")
    if cursor.here.kind != "number" or cursor.ahead(1).text not in (":", "min", "/"):
        return None
    start = cursor.at
    time = duration(cursor, bare=False)
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
    return Effort(
        "pace", _clock_figure(time, figure), f"{number.text} {short}" if number else short
    )


def _clock_figure(ms: Ms, figure: str) -> str:
    """A pace as people write it: `5:00`."""
    if ":" in figure:
        return figure.split()[0]
    minutes, rest = divmod(ms, MINUTE)
    return f"{minutes}:{rest // SECOND:02}"


def _manner(cursor: Cursor) -> Effort | None:
    """`easy`, `hard`, `slow`, `BW`, `all out`, `max effort`."""
    if cursor.phrases("all out", "max effort", "maximum effort", "full effort"):
        return Effort("word", "all out")
    if cursor.phrases("body weight", "no weight"):
        return Effort("word", "bodyweight")
    word = cursor.take(*EFFORT_WORDS, *_EFFORT_FORMS)
    if word is None:
        return None
    cursor.take("pace", "effort", "weight", "intensity", "reps")
    return Effort("word", _EFFORT_FORMS.get(word.text, word.text))


def _bare_rpe(cursor: Cursor) -> Effort | None:
    """Behind `@`: `8`, `8.5`, `7-8`, where neither a tempo, a time nor a unit goes on."""
    mark, start = cursor.at, cursor.here.start
    figures = _figures(cursor)
    known = cursor.here.text in _UNITS or cursor.here.text in ("-", "/", ":", "x")
    numbers = [float(one) for one in figures.split("-")] if figures and len(figures) < 12 else []
    if known or not numbers or not all(1 <= one <= 10 for one in numbers):
        cursor.at = mark
        return None
    if "/" in cursor.since(start):
        cursor.at = mark
        return None
    return Effort("rpe", figures)


def _at_number(cursor: Cursor) -> Parts | None:
    """Behind `@`: a send-off `1:10`, or a weight without its unit, `60` or `225`."""
    mark, start = cursor.at, cursor.here.start
    if not cursor.take("@"):
        return None
    tempo = cursor.ahead(1).text in ("-", "/", "x") or (
        cursor.ahead(1).text == ":" and cursor.ahead(3).text == ":"
    )
    number = cursor.here
    if number.kind == "number" and not tempo and cursor.ahead(1).text == ":":
        found = limited_duration(cursor, bare=False, shortest=5 * SECOND, longest=LONGEST)
        return {"at_time": found}
    if number.kind != "number" or tempo or _is_tempo_figures(number):
        cursor.at = mark
        return None
    cursor.step()
    return _bare_weight(cursor, start, number, at=True)


def _is_tempo_figures(number: Token) -> bool:
    """`2020`: four figures are a tempo; a weight has three at most."""
    return len(number.text) == 4 and number.text.isdigit()


def _bare_weight(cursor: Cursor, start: int, number: Token, *, at: bool) -> Parts:
    """A weight without a unit, told."""
    if not 0 < number_of(number) <= HEAVIEST:
        raise Trouble(number.start, number.end, f"`{shorten(number.text)}` is no tempo", TEMPO_HINT)
    hint = f"write the unit, `{number.text}kg` or `{number.text} lb`"
    if len(number.text) == 3 and number.text.isdigit():
        hint += f"; a tempo is written with signs, `@{'-'.join(number.text)}`"
    said = _remark(start, cursor.before.end, f"`{number.text}` is taken as a weight", hint)
    load = Load(number.text, "")
    return {"atoms": (Atom("load", load, start, cursor.before.end, at),), **said}


def _tempo(cursor: Cursor) -> Parts | None:
    """`@2-0-2-0`, `tempo 20X0`, `5s negative`, `3 s down, 1 s up`."""
    mark, start = cursor.at, cursor.here.start
    if cursor.take("@") or (cursor.take("tempo") and cursor.here.kind != "end"):
        cursor.take(":", "of")
        return {"tempo": phases(cursor)}
    cursor.at = mark
    found = duration(cursor, bare=False)
    word = cursor.take(*_DOWN, *_UP) if found is not None else None
    if found is not None and word:
        cursor.take("phase", "part")
        if found > LONGEST_PAUSE:
            raise Trouble(start, cursor.before.end, "a phase of a rep is at most a minute")
        return {"down" if word.text in _DOWN else "up": found}
    cursor.at = mark
    word = cursor.take(*_DOWN, *_UP)
    found = duration(cursor, bare=False) if word else None
    if word and found is not None and found <= LONGEST_PAUSE:
        return {"down" if word.text in _DOWN else "up": found}
    cursor.at = mark
    return None


_DOWN = ("negative", "negatives", "eccentric", "lowering", "down", "descent")
_UP = ("concentric", "up", "ascent")


def _drop_set(cursor: Cursor) -> Parts | None:
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


def _finisher(cursor: Cursor) -> Parts | None:
    """`last rep 10 pulses`, `then 10 pulses`, `+ 10 pulses`; their pace is a clause of its own."""
    mark, start = cursor.at, cursor.here.start
    opened = _finisher_opens(cursor)
    number = cursor.number()
    if number and cursor.take("pulse", "pulses"):
        _ = cursor.phrase("at the top") or cursor.phrase("at top")
        return {"pulses": whole_number(number, MOST_REPS, "pulses")}
    if opened == "rep":
        written = shorten(cursor.since(start))
        message = f"pulses must follow `{written}`"
        raise Trouble(start, cursor.before.end, message, "write `last rep 10 pulses`")
    cursor.at = mark
    return None


def _finisher_opens(cursor: Cursor) -> str:
    """Take the words that lead to a finisher; `rep` where they lead to nothing else."""
    for words in ("on the last rep", "on last rep", "the last rep", "last rep"):
        if cursor.phrase(words):
            cursor.take(",", ":")
            return "rep"
    return "sign" if cursor.take("then", "+", "plus") else ""


def every_clause(cursor: Cursor) -> Parts | None:
    """`every 0.8s` of pulses; `every 3:30`, `every minute`, `on 1:00` from start to start."""
    mark = cursor.at
    if (word := cursor.take("emom")) and cursor.here.kind == "number":
        hint = f"write the reps, like `10 every minute`, or `emom: {{minutes: {cursor.here.text}}}`"
        raise Trouble(word.start, cursor.here.end, "of `emom` reps or minutes are meant", hint)
    if word or cursor.phrases("every minute on the minute", "on the minute", "every minute"):
        return {"every": MINUTE}
    if cursor.take("on") and cursor.ahead(1).text in TIME.keys() | {":"}:
        cursor.take("the")
        found = duration(cursor, bare=False)
        if found is not None and cursor.here.text not in RESTS | {"and"}:
            return {"every": found}
    cursor.at = mark
    if cursor.take("every") or cursor.phrases("leave on", "leaving every"):
        return {"every": _needed(cursor, FASTEST_PULSE, LONGEST)}
    return None


# --- Times -------------------------------------------------------------------------------------


def _on_off(cursor: Cursor) -> Parts | None:
    """`45s on 15s off`, `20 s work, 10 s rest`, `work 40s`."""
    mark, start = cursor.at, cursor.here.start
    word = cursor.take("on", "work")
    found = duration(cursor, bare=False)
    if found is None or not (word or cursor.take("on", "work", "working")):
        cursor.at = mark
        return None
    _limit(found, start, cursor)
    end = cursor.before.end
    cursor.take(",", "/", "and", "-")
    rest = None
    after = cursor.at
    lead = cursor.take("off", "rest")
    rest = duration(cursor, bare=False)
    if rest is None or not (lead or cursor.take("off", "rest", "recovery")):
        cursor.at = after
        if word is None or word.text == "work":
            atoms = (Atom("amount", (Entry(BareTime(found, found)),), start, end),)
            return {"atoms": atoms}
        cursor.at = mark
        return None
    atoms = (Atom("amount", (Entry(BareTime(found, found)),), start, end),)
    return {"atoms": atoms, "rest": rest}


def _limit(found: Ms, start: int, cursor: Cursor) -> None:
    if not SECOND <= found <= LONGEST:
        written = shorten(cursor.since(start))
        raise Trouble(start, cursor.before.end, f"`{written}` is no time from 1 s to 4 hours")


def _rest(cursor: Cursor) -> Parts | None:
    """`rest 60s`, `60-90s rest between sets`, `2-2-1 min rest`, `60s walk`, `no rest`."""
    mark = cursor.at
    if cursor.phrases("no rest", "without rest", "no break"):
        _between(cursor)
        return {"rest": 0}
    if cursor.take(*(RESTS - {"off"})):
        cursor.take(":", "of", "for", "is", "=", "about")
        _between(cursor)
        cursor.take(":")
        found = _rest_time(cursor, bare=True)
        if found is None:
            word = cursor.before
            message = f"a time must follow `{word.text}`"
            raise Trouble(word.start, cursor.here.end, message, DURATION_HINT)
        _between(cursor)
        return found
    if _behind_x(cursor):
        return None
    cursor.take("with", "@")
    found = _spaced_rest(cursor) or _rest_time(cursor, bare=False)
    if found is not None:
        active = cursor.take(*ACTIVE_RESTS, *(f"{one}ing" for one in ACTIVE_RESTS), "easy")
        active = cursor.take(*ACTIVE_RESTS) if active and active.text == "easy" else active
        rests = cursor.take(*RESTS)
        if rests and not active and _time_follows(cursor):
            # `40s rest 60s`: the rest is behind the word, unless a comma parts them.
            cursor.at = mark
            return None
        if rests is None and active is None and "rest_split" not in found:
            rests = cursor.take("between") if cursor.here.text == "between" else None
        if (rests or active) and not ("rest_distance" in found and not active):
            if active:
                cursor.take("down", "back")
            _between(cursor)
            name = active.text.removesuffix("ing") if active else None
            return {**found, **({"rest_exercise": name} if name else {})}
    cursor.at = mark
    return None


def _time_follows(cursor: Cursor) -> bool:
    """Whether a time with its unit comes next, and no word for a rest behind it."""
    mark = cursor.at
    try:
        found = chain(cursor, bare=False, joints="-to")
        timed = found is not None and found.kind == "time"
        paused = cursor.here.text in _PAUSES and cursor.ahead(1).kind != "number"
        return timed and not paused and cursor.here.text not in RESTS | {"on", "off"}
    except Trouble:
        return False
    finally:
        cursor.at = mark


def _spaced_rest(cursor: Cursor) -> Parts | None:
    """`1 min 30s` before `rest`: 90 s, or an amount of a minute and 30 s of rest."""
    mark = cursor.at
    first = duration(cursor, bare=False)
    second = duration(cursor, bare=False) if cursor.here.kind == "number" else None
    if first is None or second is None or cursor.here.text not in RESTS:
        cursor.at = mark
        return None
    return {"rest_split": (first, second)}


def _rest_time(cursor: Cursor, *, bare: bool) -> Parts | None:
    """One time, a range of two (its middle), one for each set, or a distance."""
    start = cursor.here.start
    mark = cursor.at
    if not bare and cursor.here.kind != "number" and cursor.here.text != ":":
        return None
    found = chain(cursor, bare=bare, joints="-to/")
    if found is None or found.kind not in ("time", "distance"):
        cursor.at = mark
        return None
    if found.kind == "distance":
        link = found.links[0]
        return {"rest_distance": distance(found, link, link)} if len(found.links) == 1 else None
    values = [round(value) for value in found.values]
    if any(not 0 <= value <= LONGEST for value in values):
        raise found.fault("is longer than 4 hours")
    if len(values) == 1:
        return {"rest": values[0]}
    if len(values) == 2 and values[0] <= values[1] and found.joint in ("-", "to"):
        middle = (values[0] + values[1]) // 2
        said = f"of `{shorten(found.written)}` the middle is taken, {format_duration(middle)}"
        return {"rest": middle, **_remark(start, found.end, said)}
    if found.joint == "/":
        cursor.at = mark
        return None
    return {"rests": tuple(values)}


def _between(cursor: Cursor) -> None:
    """Take words that say where a rest stands: between sets, which it does anyway."""
    mark = cursor.at
    if cursor.take("between", "after", "per", "in"):
        between = cursor.before.text == "between" or cursor.take("between")
        cursor.take("each", "every", "the")
        words = ("sets", "set", "rounds", "round", "intervals", "interval", "efforts")
        if not (cursor.take(*words) or between):
            cursor.at = mark


def _window(cursor: Cursor) -> Parts | None:
    """`in 60s`, `within 2 min`, `cap 10 min`, `time limit 60s`."""
    mark, start = cursor.at, cursor.here.start
    words = ("time cap", "time limit", "time limit", "cap", "within", "in under", "in")
    if cursor.phrases(*words):
        cursor.take(":", "of")
        found = duration(cursor, bare=False)
        if found is not None:
            _limit(found, start, cursor)
            return {"window": found}
    cursor.at = mark
    found = duration(cursor, bare=False)
    if found is not None and cursor.phrases("cap", "time cap", "limit"):
        _limit(found, start, cursor)
        return {"window": found}
    cursor.at = mark
    return None


def _pause(cursor: Cursor) -> Parts | None:
    """`pause 1s at top`, `squeeze 2s`, `2s hold at the bottom`; but `hold 40s` is an amount."""
    mark = cursor.at
    word = cursor.take(*_PAUSES)
    if not word:
        return _pause_after(cursor)
    cursor.take("for", "of")
    usual = "top" if word.text == "squeeze" else ""
    found = _placed_time(cursor, usual)
    if found:
        return found
    if word.text == "hold":
        cursor.at = mark
        return None
    length = limited_duration(cursor, bare=True, shortest=100, longest=LONGEST_PAUSE)
    if length is None:
        raise Trouble(word.start, cursor.before.end, "a pause has a length and a place", PAUSE_HINT)
    return {"pause": length}


def _pause_after(cursor: Cursor) -> Parts | None:
    """`2s hold at the bottom`, `2s pause`, `3s squeeze`."""
    mark, start = cursor.at, cursor.here.start
    found = duration(cursor, bare=False)
    word = cursor.take(*_PAUSES) if found is not None else None
    if found is not None and word:
        where = _place(cursor) or ("top" if word.text == "squeeze" else "")
        alone = word.text == "pause" or bool(where)
        named = cursor.before.text in ("top", "bottom", "rep")
        if named or (alone and cursor.here.kind != "number"):
            if found > LONGEST_PAUSE:
                message = "a pause within a rep is at most a minute"
                raise Trouble(start, cursor.before.end, message)
            return {f"pause_{where}" if where else "pause": found}
    cursor.at = mark
    return None


def placed_time(cursor: Cursor) -> Parts | None:
    """`1s at top`."""
    return _placed_time(cursor)


def _placed_time(cursor: Cursor, usual: str = "") -> Parts | None:
    """`1s at top`; `usual` is the place where none is named."""
    mark, start = cursor.at, cursor.here.start
    found = duration(cursor, bare=True)
    where = _place(cursor) or usual if found is not None else ""
    if found is None or not where:
        cursor.at = mark
        return None
    if found > LONGEST_PAUSE:
        raise Trouble(start, cursor.before.end, "a pause within a rep is at most a minute")
    return {f"pause_{where}": found}


def _place(cursor: Cursor) -> str:
    """Take `at the top` or `at bottom`; empty where there is none."""
    mark = cursor.at
    if cursor.take("at", "on", "in"):
        cursor.take("the")
        if token := cursor.take("top", "bottom"):
            cursor.phrase("of each rep")
            return token.text
    cursor.at = mark
    return ""


# --- Sides -------------------------------------------------------------------------------------


def _sided(cursor: Cursor) -> Parts | None:
    """`8 left, 10 right`, `5L/5R`, `left 8, right 10`."""
    mark, start = cursor.at, cursor.here.start
    first = _one_side(cursor)
    if first:
        cursor.take(",", "/", "and", "+", "-", "then")
        second = _one_side(cursor)
        if second and {first[0], second[0]} == {"left", "right"}:
            both = {first[0]: first[1], second[0]: second[1]}
            amount = Sided(both["left"], both["right"], first[0])  # type: ignore[arg-type]
            return {"atoms": (Atom("amount", (Entry(amount),), start, cursor.before.end),)}
    cursor.at = mark
    return None


def _one_side(cursor: Cursor) -> tuple[str, BareCount | BareTime] | None:
    """Take `8 left`, `10 reps right leg`, `left 8`, `30s right`."""
    before = cursor.take(*_SIDE_WORDS)
    if before:
        cursor.take(*_LIMBS)
        cursor.take(":")
    found = chain(cursor, bare=False, joints="-to")
    if found is None or found.kind not in ("bare", "reps", "time") or len(found.links) > 2:
        return None
    cursor.take("on", "the", "with")
    after = None if before else cursor.take(*_SIDE_WORDS)
    word = before or after
    if word is None:
        return None
    _ = after and cursor.take(*_LIMBS)
    low, high = found.links[0], found.links[-1]
    if found.kind == "time":
        return _SIDE_WORDS[word.text], BareTime(*timed(found, low, high))
    return _SIDE_WORDS[word.text], BareCount(*counted(found, low, high))


def _each(cursor: Cursor) -> Parts | None:
    """`per side`, `each leg`, `/arm`, `each`, `each direction`."""
    mark, start = cursor.at, cursor.here.start
    cursor.take("on", "with", "for", "in")
    word = cursor.take("per", "/", "each", "ea", "a", "every")
    if word and cursor.take("direction", "directions", "way"):
        return {"directions": "each direction"}
    limb = cursor.take(*_LIMBS) if word else None
    if limb or (word and word.text in ("each", "ea")):
        return {"each": _LIMBS[limb.text] if limb else None}
    if word and word.text in ("per", "/"):
        message = f"`side`, `leg` or `arm` must follow `{word.text}`"
        gap = "" if word.text == "/" else " "
        near = nearest_word(cursor.here.text)
        fix = f"{word.text}{gap}{near or 'side'}"
        certain = bool(near) and is_slip(cursor.here.text, near)
        raise Trouble(word.start, cursor.here.end, message, fix=fix, certain=certain)
    cursor.at = mark
    pairs = ("forward and backward", "forwards and backwards", "forward and back", "both ways")
    more = ("both directions", "clockwise and counterclockwise", "in both directions")
    if cursor.phrases(*pairs, *more, "forward backward", "forward / backward"):
        return {"directions": " ".join(cursor.since(start).split())}
    return None


_ALTERNATING = ("alternating", "alternate", "alternately", "alternated", "alt")


def _alternating(cursor: Cursor) -> Parts | None:
    """`alternating`, `alternating legs`."""
    if not cursor.take(*_ALTERNATING):
        return None
    limb = cursor.take(*_LIMBS)
    return {"alternating": _LIMBS[limb.text] if limb else None}


def _together(cursor: Cursor) -> Parts | None:
    """`both sides together`, `both arms`, `no sides`, `together`; `both sides` may be each."""
    mark = cursor.at
    both = cursor.take("both", "no")
    limb = cursor.take(*_LIMBS) if both else None
    if both and not limb:
        cursor.at = mark
        return None
    if cursor.take("together") or (both and both.text == "no"):
        return {"together": None}
    if limb and _LIMBS[limb.text] == "arm":
        return {"together": None}
    return {"both": None} if limb else None


def _only(cursor: Cursor) -> Parts | None:
    """`left only`, `right side only`, `only the left leg`."""
    mark = cursor.at
    lead = cursor.take("only", "just")
    cursor.take("on", "with")
    cursor.take("the")
    side = cursor.take("left", "right")
    limb = cursor.take(*_LIMBS) if side else None
    if side and (lead or cursor.take("only", "alone")):
        return {"only": _LIMBS[limb.text] if limb else None, "first": side.text}
    cursor.at = mark
    return None


def _in_all(cursor: Cursor) -> Parts | None:
    """`in all`: both sides together; `total`: the same, or reps in as many parts as it takes."""
    if cursor.phrases("in all", "altogether", "all in all"):
        return {"in_all": True}
    if cursor.phrases("in total", "total reps", "total", "overall"):
        return {"total": True}
    return None


def _first(cursor: Cursor) -> Parts | None:
    """`left first`, `starting right`; `left, then right` also says that each side has its turn."""
    mark = cursor.at
    opened = bool(cursor.take("start", "starting"))
    _ = opened and (cursor.take("on", "with"), cursor.take("the"))
    side = cursor.take("left", "right")
    if not side:
        cursor.at = mark
        return None
    cursor.take(*_LIMBS)
    if _then_other(cursor, side.text):
        return {"first": side.text, "each": None}
    if cursor.take("first") or opened:
        return {"first": side.text}
    message = f"`{side.text}` alone does not say whether it is the only side or the first"
    hint = f"write `{side.text} only` or `{side.text} first`"
    raise Trouble(side.start, side.end, message, hint)


def _then_other(cursor: Cursor, first: str) -> bool:
    """Take `, then right` behind `left`."""
    mark = cursor.at
    cursor.take(",")
    if cursor.take("then") and cursor.take("right" if first == "left" else "left"):
        return True
    cursor.at = mark
    return False


def _way(cursor: Cursor) -> Parts | None:
    """`out and back`, `one way`."""
    found = way(cursor)
    return None if found is None else {"back": found}


# --- Sets and amounts --------------------------------------------------------------------------

_SET_WORDS = ("set", "sets")
_ROUND_WORDS = ("round", "rounds", "cycle", "cycles")
_OPEN_WORDS = ("max", "amrap", "failure", "maximum", "amsap")


def _sets(cursor: Cursor) -> Parts | None:
    """`3x`, `3 sets of`, `3-4 sets`, `x 3`, `twice`, `10 rounds`."""
    start, mark = cursor.here.start, cursor.at
    if word := cursor.take("twice", "thrice"):
        return {"atoms": (Atom("sets", 2 if word.text == "twice" else 3, start, word.end),)}
    several = cursor.ahead(2).kind == "number" and cursor.ahead(3).text in _SET_WORDS
    if cursor.here.kind == "number" and cursor.ahead(1).text == "x" and several:
        return None  # `10 x 3 sets`: reps come first
    behind = cursor.take("x", "for") if cursor.ahead(1).kind == "number" else None
    if behind and (cursor.at == 1 or not _trailing(cursor, behind.text)):
        cursor.at = mark
        return None
    number = cursor.number()
    if number is None or (cursor.at > 1 and not behind and cursor.tokens[mark - 1].text == "x"):
        cursor.at = mark
        return None
    high = _high_end(cursor)
    word = cursor.take("x", *_SET_WORDS, *_ROUND_WORDS)
    before = cursor.tokens[max(0, mark - 3) : mark]
    chained = [token.text if token.kind == "word" else token.kind for token in before]
    if not word and behind and chained == ["number", "x", "number"]:
        # `5x5x60`: sets, reps, and a weight.
        return _bare_weight(cursor, start, number, at=False)
    if not word and behind:
        value = whole_number(number, MOST_REPS, "sets")
        return {"atoms": (Atom("sets", value, start, number.end),)}
    if not word:
        cursor.at = mark
        return None
    rounds = word.text in _ROUND_WORDS
    end = cursor.before.end
    said = _remark(start, end, f"of `{cursor.since(start)}` the low end is taken") if high else {}
    x = bool(cursor.take("of", "x")) or word.text == "x"
    x = x and not cursor.over and cursor.here.text not in (",", ")")
    sets = whole_number(number, MOST_SETS if x or word.text in _SET_WORDS else MOST_REPS, "sets")
    kind: Literal["sets", "rounds"] = "rounds" if rounds and not x else "sets"
    return {"atoms": (Atom(kind, sets, start, end, False, x, word.text),), **said}


def _trailing(cursor: Cursor, word: str) -> bool:
    """Whether the number behind `x` or `for` is one of sets: `30s x 3`, `10 x 3 sets`."""
    after = cursor.ahead(1).text
    if word == "for":
        return after in _SET_WORDS + _ROUND_WORDS
    return (after not in _UNITS and after not in ("x", ":")) or after in _SET_WORDS + _ROUND_WORDS


def _high_end(cursor: Cursor) -> Token | None:
    """Take `-4` of `3-4 sets`, `3-4 x`."""
    mark = cursor.at
    number = cursor.number() if cursor.take("-", "to") else None
    if number and cursor.here.text in ("x", *_SET_WORDS, *_ROUND_WORDS):
        return number
    cursor.at = mark
    return None


def _bracket(cursor: Cursor) -> Parts | None:
    """`(1, 2, 3)` or `(6x 7s on 3s off)` behind `3x`: the list comes so many times."""
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
            inner = whole_number(cursor.step(), MOST_SETS, "sets")
            cursor.step()
        made = _on_off(cursor) or _effort_of_amount(cursor) or _amount(cursor)
        if made is None or set(made) - {"atoms", "rest"}:
            written = shorten(cursor.since(start))
            message = f"`{written}` needs amounts and a bracket behind them"
            raise Trouble(start, max(cursor.here.end, cursor.before.end), message, "`3x(1, 2, 3)`")
        atom = made["atoms"][0]
        found = atom.value
        if atom.joint == "+":
            joint = "+"
        if len(found) == 1 and isinstance(found[0].amount, Pair):
            on, off = (_as_time(part) for part in (found[0].amount.left, found[0].amount.right))
            found, made = (Entry(on),), {"rest": off.low}
        if "rest" in made:
            more = {"rest_within": made["rest"]}
        entries += [*found] * inner
    if not entries or len(entries) > MOST_SETS:
        raise Trouble(start, cursor.before.end, f"a bracket holds 1 to {MOST_SETS} amounts")
    return {
        "atoms": (Atom("amount", tuple(entries), start, cursor.before.end, joint=joint),),
        **more,
    }


def _as_time(part: BareCount | BareTime) -> BareTime:
    if isinstance(part, BareTime):
        return part
    return BareTime(part.low * SECOND, part.high * SECOND)


def _effort_of_amount(cursor: Cursor) -> Parts | None:
    """`100 free`, `5 @ 60kg` within brackets."""
    mark, start = cursor.at, cursor.here.start
    found = chain(cursor, bare=False, joints="-to")
    if found is None or len(found.links) > 2 or found.open:
        cursor.at = mark
        return None
    beside = load_clause(cursor) or effort_clause(cursor)
    if beside is None or len(beside["atoms"]) != 1:
        cursor.at = mark
        return None
    value = beside["atoms"][0].value
    entry = Entry(raw_amount(found, found.links[0], found.links[-1]))
    if isinstance(value, Load):
        entry = entry._replace(load=value)
    else:
        entry = entry._replace(effort=(value,))
    return {"atoms": (Atom("amount", (entry,), start, cursor.before.end),)}


def _open(cursor: Cursor) -> Parts | None:
    """`max`, `AMRAP`, `to failure`, `max cal`, `as many reps as possible`."""
    mark, start = cursor.at, cursor.here.start
    found = cursor.phrases(
        *("as many reps as possible", "as many as possible", "as many as you can"),
        *("to muscular failure", "to failure", "till failure", "until failure", "failure"),
        *("to exhaustion", "as long as possible", "as long as you can"),
        *("max", "maximum", "amrap", "amsap", "amgrap"),
    )
    if not found:
        return None
    if cursor.take("reps", "rep", "hold", "effort", "time", "set", "distance", "metres", "meters"):
        pass
    elif cursor.take(*CALORIES):
        return {"atoms": (Atom("amount", (Entry(Open(0)),), start, cursor.before.end),)} | {
            "notes": ("calories",)
        }
    elif "failure" not in found and (amount := _timed_open(cursor)) is not None:
        return {"atoms": (Atom("amount", (Entry(amount),), start, cursor.before.end),)}
    elif found in ("amrap", "amsap", "amgrap") and _bare_number(cursor):
        figure = cursor.step().text
        hint = f"write `amrap {figure} min` or `amrap {figure}s`"
        raise Trouble(start, cursor.before.end, f"`{found} {figure}` needs a unit of time", hint)
    elif found in ("max", "maximum") and _bare_number(cursor):
        cursor.at = mark
        return None
    kind = Open(0)
    return {"atoms": (Atom("amount", (Entry(kind),), start, cursor.before.end, joint="open"),)}


def _bare_number(cursor: Cursor) -> bool:
    """Whether `20` or `20 reps` comes next and nothing that makes another clause of it."""
    after = cursor.ahead(1)
    often = cursor.ahead(2).text in ("a", "per", "/", "each")
    return cursor.here.kind == "number" and (
        (after.text in REPS and not often) or after.kind == "end"
    )


def _timed_open(cursor: Cursor) -> RawAmount | None:
    """Take `40s` behind `amrap`: timed work."""
    mark = cursor.at
    cursor.take(",")
    cursor.take("for")
    other = cursor.here.kind not in ("number",) and cursor.here.text != ":"
    found = None if other else chain(cursor, bare=False, joints="-to")
    clauses = RESTS | {*_PAUSES, *_DOWN, *_UP, *ACTIVE_RESTS, "on", "cap"}
    if found is None or found.kind != "time" or cursor.here.text in clauses:
        cursor.at = mark
        return None
    return raw_amount(found, found.links[0], found.links[-1], "for")


def _amount(cursor: Cursor) -> Parts | None:
    """`12-15 reps`, `hold 40s`, `for 40s`, `10-8-6`, `30/30`, `15+4+4`, `1..10`, `400 m`."""
    mark, start = cursor.at, cursor.here.start
    up_to = cursor.phrases("up to", "at most", "max")
    ladder = cursor.take("ladder", "pyramid", "descending", "ascending")
    if ladder:
        cursor.take("ladder", "pyramid")
        cursor.take("of", ":", "from")
    word = None if ladder or up_to else cursor.take(*_LEADS)
    if word and word.text == "for" and cursor.phrase("time"):
        raise Trouble(start, cursor.before.end, "`for time` is a block", "see `for time:` in docs")
    lead = _LEADS[word.text] if word else ""
    if lead == "hold":
        cursor.take("for", ":", "of")
    found = chain(cursor, bare=lead in ("hold", "for"))
    if found is None:
        if not word and not up_to and not ladder:
            cursor.at = mark
            return None
        what, hint = "a time", DURATION_HINT
        if lead == "carry":
            what, hint = "a distance", "write `50 ft` or `15 m`"
        elif not word:
            what, hint = "a number", "write it like `up to 10` or `ladder 1-10`"
        last = cursor.before
        end = max(last.end, cursor.here.end)
        raise Trouble(last.start, end, f"{what} must follow `{last.text}`", hint)
    return _built(cursor, found, lead, start, ladder, up_to)


def _built(
    cursor: Cursor, found: Chain, lead: str, start: int, ladder: Token | None, up_to: str
) -> Parts:
    """What a chain is, by its sign and the words around it."""
    words = ("ladder", "pyramid") if not ladder else ()
    after = cursor.take(*words) if words else None
    down = cursor.phrases("down to", "up to") if len(found.links) == 1 and not lead else ""
    said: Parts = {}
    if down:
        end = quantity(cursor, bare=False)
        if end is None:
            raise found.fault("needs the other end of its ladder", "write `10..1`")
        found = found._replace(
            links=(found.links[0], end),
            joint="..",
            end=cursor.before.end,
            written=cursor.since(start),
        )
    cursor.take("ladder")
    name = ladder or after
    by = 1
    if found.joint == ".." and cursor.take("by"):
        step = cursor.number()
        if step is None:
            raise found.fault("needs a number behind `by`", "write `2..10 by 2`")
        by = whole_number(step, 100, "steps of a ladder")
    entries, joint = _entries(cursor, found, lead, name.text if name else "", by)
    if lead == "hold" and len(entries) == 1:
        joint = "hold"
    if not lead and found.kind == "time" and len(found.links) <= 2 and joint == "":
        if cursor.take("hold", "holds", "iso", "hang", "holding"):
            joint = "hold"
            entries = (Entry(raw_amount(found, found.links[0], found.links[-1], "hold")),)
        elif cursor.take("amrap", "max"):
            entries = (Entry(raw_amount(found, found.links[0], found.links[-1], "for")),)
    if up_to:
        said = {"notes": (f"{up_to} {found.written}",)}
    if found.joint == "to" and joint == "..":
        first, last = found.links[0].figure, found.links[-1].figure
        what = f"`{found.written}` is taken as a ladder, `{first}..{last}`"
        said = _remark(start, cursor.before.end, what)
    return {"atoms": (Atom("amount", entries, start, cursor.before.end, joint=joint),), **said}


def _entries(
    cursor: Cursor, found: Chain, lead: str, ladder: str, by: int
) -> tuple[tuple[Entry, ...], str]:
    """The amounts of a chain, and the sign that joins them; empty for one amount."""
    links, joint = found.links, found.joint
    if found.open:
        low = links[0]
        if low.kind not in ("bare", "reps"):
            raise found.fault(": `+` follows a number of reps", "write `5+`, or `max in 45s`")
        return (Entry(Open(0, at_least=counted(found, low, low)[0])),), ""
    falling = len(links) == 2 and links[0].value > links[1].value
    if ladder and len(links) > 2 and joint in ("-", "/"):
        return _listed(found, lead), "-"
    if joint == ".." or (ladder and len(links) == 2) or (joint == "to" and falling):
        return _ladder(found, by, pyramid=ladder == "pyramid"), ".."
    if ladder and len(links) == 1:
        raise found.fault("is one number, and a ladder has two ends", "write `1..10`")
    if len(links) == 1 or (len(links) == 2 and joint in ("-", "to") and not falling):
        entry = Entry(raw_amount(found, links[0], links[-1], lead), effort=_beside(cursor))
        return _efforts_go_on(cursor, entry)
    if len(links) == 2 and joint == "/":
        return (Entry(_pair(found)),), ""
    if joint == "+":
        if found.kind not in ("bare", "reps"):
            raise found.fault(": `+` joins numbers of reps")
        return _listed(found, lead), "+"
    if any(link.value == 0 for link in links):
        hint = "a tempo begins with `@`, like `@2-0-2-0`"
        raise found.fault("is neither a number nor a range", hint)
    return _listed(found, lead), "-"


def _beside(cursor: Cursor) -> tuple[Effort, ...]:
    """Take a word of effort before `/` and another amount: `100 free/50 kick`."""
    word = cursor.here
    goes_on = cursor.ahead(1).text == "/" and cursor.ahead(2).kind == "number"
    if not goes_on or word.text not in EFFORT_WORDS + tuple(_EFFORT_FORMS):
        return ()
    found = _manner(cursor)
    return (found,) if found else ()


def _efforts_go_on(cursor: Cursor, entry: Entry) -> tuple[tuple[Entry, ...], str]:
    """Take `/50 kick` behind `100 free`."""
    entries = [entry]
    while entries[-1].effort and cursor.take("/"):
        found = chain(cursor, bare=False, joints="-to")
        if found is None:
            break
        effort = _beside(cursor) or tuple(filter(None, (_manner(cursor),)))
        amount = raw_amount(found, found.links[0], found.links[-1])
        entries.append(Entry(amount, effort=effort))
    return tuple(entries), "-" if len(entries) > 1 else ""


def _listed(found: Chain, lead: str) -> tuple[Entry, ...]:
    if len(found.links) > MOST_SETS:
        raise found.fault(f"is a list of more than {MOST_SETS} sets")
    return tuple(Entry(raw_amount(found, link, link, lead)) for link in found.links)


def _ladder(found: Chain, by: int, *, pyramid: bool) -> tuple[Entry, ...]:
    """Every rung from each end to the next."""
    ends = list(found.links)
    if pyramid and len(ends) == 2:
        ends.append(ends[0])
    rungs: list[Quantity] = [ends[0]]
    counted(found, ends[0], max(ends, key=lambda link: link.value), most=10_000)
    for low, high in pairwise(ends):
        way = 1 if high.value >= low.value else -1
        if abs(high.value - low.value) / by > MOST_SETS:
            raise found.fault(f"is a ladder of more than {MOST_SETS} sets")
        value = low.value + way * by
        while (high.value - value) * way >= 0:
            rungs.append(low._replace(value=value, figure=f"{value:g}"))
            value += way * by
    if len(rungs) > MOST_SETS:
        raise found.fault(f"is a ladder of more than {MOST_SETS} sets")
    return tuple(Entry(raw_amount(found, rung, rung)) for rung in rungs)


def _pair(found: Chain) -> Pair:
    """`5/5`, `30/30s`."""
    left, right = found.links
    if found.kind == "time":
        return Pair(BareTime(*timed(found, left, left)), BareTime(*timed(found, right, right)))
    if found.kind not in ("bare", "reps"):
        hint = f"write the one that is yours, like `{found.written.split('/')[0]} {found.kind}`"
        raise found.fault("is two amounts", hint)
    return Pair(BareCount(*counted(found, left, left)), BareCount(*counted(found, right, right)))


def _clauses() -> dict[Reader, Clause]:
    """Every clause by its reader, in the order in which they are tried."""
    words = frozenset
    phases, times = words(_BREATH_PARTS), words(RESTS) | words(ACTIVE_RESTS)
    active = words(f"{one}ing" for one in ACTIVE_RESTS)
    sides, manner = words(_SIDE_WORDS), words(EFFORT_WORDS) | words(_EFFORT_FORMS)
    weights = _POUNDS | _KILOS
    efforts = words(
        ("%", "rpe", "rir", "reserve", "tank", "left", "spm", "rpm", "zone", "z", "rate", "r", "/")
    )
    made = (
        Clause(_note, words((QUOTE,))),
        Clause(_bracket, words("(")),
        Clause(_frequency, words(("twice", "once")), True, words(_OFTEN)),
        Clause(_breath_phases, phases | {"breathe"}, True, words(("out", "exhale"))),
        Clause(
            load_clause,
            words(("with", "at", "@", "x", "using", "w", "+", "plus", "bw", "bodyweight")),
            True,
            weights,
        ),
        Clause(
            effort_clause,
            manner
            | words(("@", "at", "%", "rpe", "rir", "leave", "leaving", "keep", "zone", "z", "rate"))
            | words(("r", "cadence", "pace", "all", "max", "maximum", "full", "body", "no")),
            True,
            efforts | {"per"},
        ),
        Clause(_at_number, words("@")),
        Clause(_tempo, words(("@", "tempo", *_DOWN, *_UP)), True, words((*_DOWN, *_UP))),
        Clause(
            _drop_set,
            words(("+", "plus", "then", "with", "and", "a", "last", "drop", "dropset", "dropsets")),
        ),
        Clause(
            _finisher,
            words(("on", "the", "last", "then", "+", "plus")),
            True,
            words(("pulse", "pulses")),
        ),
        Clause(every_clause, words(("every", "on", "emom", "leave", "leaving"))),
        Clause(_on_off, words(("on", "work")), True, words(("on", "work", "working"))),
        Clause(
            _rest,
            words(("no", "without", "with", "@")) | words(RESTS - {"off"}),
            True,
            times | active | {"between"},
        ),
        Clause(_window, words(("time", "cap", "within", "in")), True, words(("cap", "limit"))),
        Clause(_pause, words(_PAUSES), True, words(_PAUSES)),
        Clause(placed_time, words(()), True, words(("top", "bottom"))),
        Clause(_sided, sides, True, sides),
        Clause(
            _each,
            words(("on", "with", "for", "in", "per", "/", "each", "ea", "a", "every", "forward"))
            | words(("forwards", "both", "clockwise")),
        ),
        Clause(_alternating, words(_ALTERNATING)),
        Clause(_together, words(("both", "no", "together"))),
        Clause(_only, words(("only", "just", "on", "with", "the", "left", "right"))),
        Clause(_in_all, words(("in", "altogether", "all", "total", "overall"))),
        Clause(_first, words(("start", "starting", "left", "right"))),
        Clause(_way, words(("out", "there", "and", "one"))),
        Clause(_sets, words(("twice", "thrice", "x", "for")), True),
        Clause(
            _open, words(("as", "to", "till", "until", "failure", "amsap", "amgrap", *_OPEN_WORDS))
        ),
        Clause(
            _amount,
            words(("up", "at", "max", "ladder", "pyramid", "descending", "ascending", *_LEADS)),
            True,
        ),
        Clause(
            _comma, words((",", "and", "with", "&", "(", ")", "[", "]", "|", "·", "-", "then", "w"))
        ),
    )
    return {clause.read: clause for clause in made}


_ALL = _clauses()
CLAUSES = Table(*(clause for read, clause in _ALL.items() if read is not placed_time))
SIDES_CLAUSES = Table(
    *(_ALL[one] for one in (_each, _alternating, _together, _only, _in_all, _first, _comma))
)
PAUSE_CLAUSES = Table(*(_ALL[one] for one in (_pause, placed_time, _comma)))
EFFORT_CLAUSES = Table(_ALL[effort_clause], _ALL[_comma])
PHASES_CLAUSES = Table(_ALL[_breath_phases])
"""What may stand in a line, and in the fields `sides`, `pause`, `effort` and `phases`."""

_UNITS = frozenset(
    (*TIME, *DISTANCES, *REPS, *STEPS, *BREATHS, *CALORIES, *_POUNDS, *_KILOS, "%", "rpe", "rir")
)

VOCABULARY: tuple[str, ...] = (
    *(unit for unit in TIME if unit.isalpha()),
    *DISTANCES,
    *REPS,
    *STEPS,
    *BREATHS,
    *CALORIES,
    *_LIMBS,
    *(unit for unit in _POUNDS if unit.isalpha()),
    *_KILOS,
    *_LEADS,
    *_PAUSES,
    *RESTS,
    *LOADS,
    *(f"{kit}s" for kit in LOADS),
    *EFFORT_WORDS,
    *_EFFORT_FORMS,
    *_ROUND_WORDS,
    *_OPEN_WORDS,
    *(word for words in WAYS for word in words.split()),
    *("x", "sets", "set", "of", "per", "each", "alternating", "both", "together", "only", "total"),
    *("left", "right", "first", "then", "last", "pulses", "pulse", "every", "tempo", "ladder"),
    *("at", "the", "top", "bottom", "with", "to", "between", "direction", "negative", "zone"),
    *("rpe", "rir", "within", "twice", "pyramid", "all", "cap", "pace", "rate"),
)
"""Every word a line may have, for mending misspelt ones."""
_KNOWN = frozenset(VOCABULARY)


def nearest_word(word: str) -> str:
    """The word of this notation that a misspelt one may stand for; empty where it is one."""
    if word in _KNOWN or len(word) < 2 or not word.isascii():
        return ""
    near = difflib.get_close_matches(word, VOCABULARY, n=3, cutoff=0.7)
    return next((one for one in near if one[0] == word[0]), near[0] if near else "")


def distance_field(cursor: Cursor) -> BareDistance | None:
    """A distance alone, for fields."""
    found = chain(cursor, bare=False, joints="-to")
    if found is None or found.kind != "distance":
        return None
    return distance(found, found.links[0], found.links[-1])
