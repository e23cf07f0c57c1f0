"""Quantities with their units, as a cursor meets them: times, distances, chains of them, tempo."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from audioworkout.model.exercise import (
    MM_PER_UNIT,
    Breaths,
    DistanceUnit,
    Hold,
    Open,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation.partial import BareCount, BareDistance, BareTime, RawAmount
from audioworkout.notation.tokens import Cursor, Token, Trouble, number_of, shorten
from audioworkout.units import HOUR, MINUTE, SECOND, Ms, format_duration

_PHASES = re.compile(r"[0-9x.]+(?:\s*[-–—−/:]\s*[0-9x.]+)*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-–—−/:]\s*")
_PHASE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?|\.[0-9]{1,3}|x")

MOST_REPS = 500
"""Repetitions or steps of one set."""
MOST_METRES = 50_000
"""A bare number up to here may be metres of what is run, rowed or swum."""
MOST_SETS = 50
MOST_ROUNDS = 50
LONGEST_DURATION: Ms = 4 * HOUR
"""Of any one piece of work or pause."""
FARTHEST_MM = 200_000_000
"""Of anything covered: 200 km."""
SHORTEST_REP: Ms = 500
"""A rep in less time cannot be counted aloud: a spoken number takes half a second (measured)."""
LONGEST_PHASE: Ms = MINUTE

TIME: dict[str, Ms] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "counts", '"'), SECOND),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "'"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
}
DISTANCES: dict[str, DistanceUnit] = {
    **dict.fromkeys(("ft", "foot", "feet"), "ft"),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("km", "kms", "k", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("mi", "mile", "miles"), "mi"),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), "yd"),
}
REPS = frozenset({"rep", "reps", "repetition", "repetitions", "times"})
STEPS = frozenset({"step", "steps"})
BREATHS = frozenset({"breath", "breaths"})
CALORIES = frozenset({"cal", "cals", "calorie", "calories", "kcal"})
REST_NOUNS = frozenset(
    {"rest", "rests", "recovery", "recoveries", "recover", "rec", "off", "break", "breaks"}
)
DURATION_HINT = "write a time like `45s`, `1:30` or `2 min`"
TEMPO_HINT = "write down, pause, up, pause in seconds, like `2-0-2-0`, `2020` or `20X0`"

Unit = Literal["bare", "time", "distance", "reps", "steps", "breaths", "cal"]


def take_duration(cursor: Cursor, *, bare: bool) -> Ms | None:
    """Take a time. `bare`: a number without a unit is seconds here, and `m` is minutes."""
    found = _take_clock_time(cursor) or _take_count(cursor) or _take_time_parts(cursor, bare)
    return round(found.value) if found else None


def take_limited_duration(cursor: Cursor, *, bare: bool, shortest: Ms, longest: Ms) -> Ms | None:
    """Take a time, and refuse one that nobody can mean here."""
    start = cursor.here.start
    found = take_duration(cursor, bare=bare)
    if found is None or shortest <= found <= longest:
        return found
    limit = f"longer than {format_limit(longest)}"
    if found < shortest:
        limit = f"shorter than {format_limit(shortest)}"
    raise Trouble(start, cursor.before.end, f"`{shorten(cursor.since(start))}` is {limit}")


def format_limit(ms: Ms) -> str:
    """A limit as people say it: `4 hours`, `10 min`, `0.3s`."""
    hours, rest = divmod(ms, HOUR)
    return format_duration(ms) if rest or hours < 2 else f"{hours} hours"


class Quantity(NamedTuple):
    """A number with its unit. Times are in ms.

    `factor` is what its unit makes of a number, for the other end of a range; 0: of several units.
    `figure` keeps the digits, `word` the unit as they were written.
    """

    value: float
    kind: Unit
    factor: int = 1
    figure: str = ""
    word: str = ""


def take_quantity(cursor: Cursor, *, bare: bool) -> Quantity | None:
    """Take one number with the unit behind it, if any. `bare`: as in `duration`."""
    found = _take_clock_time(cursor) or _take_count(cursor) or _take_time_parts(cursor, bare)
    if found:
        return found
    token = cursor.number()
    if token is None:
        return None
    value = number_of(token)
    if cursor.here.text == "'" and "back" in cursor.words and cursor.take("'"):
        return Quantity(value, "distance", 1, token.text, "ft")  # `50' out and back`
    word = cursor.here.text
    if word == "feet" and cursor.ahead(1).text in _OF_THE_FEET:
        return Quantity(value, "bare", 1, token.text)  # `8-12 feet elevated`
    if kind := _KINDS.get(word):
        cursor.step()
        return Quantity(value, kind, 1, token.text, word)
    if cursor.phrases("deep breaths", "slow breaths", "calm breaths", "full breaths"):
        return Quantity(value, "breaths", 1, token.text, "breaths")
    return Quantity(value, "bare", 1, token.text)


_KINDS: dict[str, Unit] = {
    **dict.fromkeys(DISTANCES, "distance"),
    **dict.fromkeys(STEPS, "steps"),
    **dict.fromkeys(REPS, "reps"),
    **dict.fromkeys(BREATHS, "breaths"),
    **dict.fromkeys(CALORIES, "cal"),
}
"""What a word behind a number makes of it."""
_OF_THE_FEET = ("elevated", "up", "raised", "together", "apart", "on")
"""Behind `feet` that are no unit."""


def _take_clock_time(cursor: Cursor) -> Quantity | None:
    """Take `1:30`, `1:05:00` or `:30`."""
    start = cursor.here.start
    if cursor.here.text == ":" and cursor.ahead(1).kind == "number" and cursor.glued(1):
        total = 0.0
    elif cursor.here.kind == "number" and cursor.ahead(1).text == ":":
        total = number_of(cursor.step())
    else:
        return None
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
    cursor.take("min", "mins", "minutes")
    return Quantity(total * SECOND, "time", 0)


def _take_count(cursor: Cursor) -> Quantity | None:
    """Take `a count of 5`, `a slow count of 5`: five seconds."""
    mark = cursor.at
    cursor.take("a", "the")
    cursor.take("slow")
    number = cursor.number() if cursor.phrase("count of") else None
    if number is None:
        cursor.at = mark
        return None
    return Quantity(number_of(number) * SECOND, "time", SECOND, number.text)


def _take_time_parts(cursor: Cursor, bare: bool) -> Quantity | None:
    """Take `90s`, `1m30s`, `2 min`, `1h 5 min`; with `bare` also `90`.

    `1 min 30s rest` is two times where a minute can be an amount: what is spaced and followed by a
    word for a rest is left.
    """
    total, last, parts, figure = 0.0, 0, 0, ""
    while cursor.here.kind == "number":
        factor = _get_time_unit(cursor, bare or parts > 0)
        if not factor or (last and factor >= last):
            break
        if parts and not bare and not cursor.glued() and cursor.ahead(2).text in REST_NOUNS:
            break
        figure = cursor.here.text
        total += number_of(cursor.step()) * factor
        cursor.step()
        last, parts = factor, parts + 1
    if parts:
        return Quantity(total, "time", last if parts == 1 else 0, figure)
    if bare and cursor.here.kind == "number" and not _is_other_unit(cursor.ahead(1)):
        figure = cursor.here.text
        return Quantity(number_of(cursor.step()) * SECOND, "time", SECOND, figure)
    return None


def _is_other_unit(token: Token) -> bool:
    """Whether a word makes the number before it something else than a time."""
    known = token.text in REPS | STEPS | BREATHS | CALORIES | {"-", "to", "/"}
    return known or token.text in DISTANCES


def _get_time_unit(cursor: Cursor, bare: bool) -> Ms:
    """What the word after the next number multiplies it with; 0 where it is no unit of time.

    `m` is minutes where only a time can stand, and in `1m30s`; else it is metres.
    """
    unit = cursor.ahead(1).text
    if unit == "m":
        glued = cursor.glued(1) and cursor.glued(2) and cursor.ahead(2).kind == "number"
        seconds = glued and TIME.get(cursor.ahead(3).text) == SECOND
        return MINUTE if bare or seconds else 0
    if unit in ("'", '"') and (not cursor.glued(1) or (unit == "'" and "back" in cursor.words)):
        return 0
    return TIME.get(unit, 0)


# --- Chains ------------------------------------------------------------------------------------


class Chain(NamedTuple):
    """Quantities joined by a sign, all in one unit, and where and how they were written."""

    links: tuple[Quantity, ...]
    joint: Literal["", "-", "to", "/", "+", ".."]
    start: int
    end: int
    written: str
    open: bool = False
    """`5+`: at least so many."""

    @property
    def kind(self) -> Unit:
        """The unit of every link."""
        return self.links[-1].kind

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers alone."""
        return tuple(link.value for link in self.links)

    def fault(self, message: str, hint: str = "", fix: str = "") -> Trouble:
        """A problem of the whole chain; `message` goes on behind what was written."""
        gap = "" if message.startswith(":") else " "
        text = f"`{shorten(self.written)}`{gap}{message}"
        return Trouble(self.start, self.end, text, hint, fix)


def take_chain(cursor: Cursor, *, bare: bool, joints: str = "-to/+..") -> Chain | None:
    """Take quantities: `12`, `12-15 reps`, `10-8-6`, `30/30`, `15+4+4`, `1..10`, `5+`."""
    start = cursor.here.start
    behind_x = cursor.at > 0 and cursor.before.text == "x"
    first = take_quantity(cursor, bare=bare)
    if first is None:
        return None
    links, joint, more = [first], "", False
    while True:
        mark = cursor.at
        sign = cursor.take("-", "to", "/", "+", "..")
        if sign is None or sign.text not in joints or (joint and sign.text != joint):
            cursor.at = mark
            break
        apart = sign.text == "+" and cursor.glued(-1) and not cursor.glued()
        goes_on = _chain_goes_on(cursor, sign.text) and not apart  # `8+ 60s rest` is at least eight
        found = take_quantity(cursor, bare=bare) if goes_on else None
        if found is None:
            more = sign.text == "+" and not joint and (apart or not _opens_finisher(cursor))
            cursor.at = mark + 1 if more else mark
            break
        if behind_x and not joint and found.kind == "time" and cursor.here.text in REST_NOUNS:
            cursor.at = mark  # `3 x 12 - 60 sec rest`: a dash between two clauses
            break
        joint = sign.text
        links += _repeat_link(cursor, found) if joint == "+" and not behind_x else [found]
    if joint in ("/", "-") and len(links) > 2 and cursor.here.text == "+" and cursor.glued():
        more = cursor.ahead(1).kind != "number"
        cursor.at += more  # `5/3/1+`: the last set is open
    if more and links[0].kind == "bare" and cursor.take(*REPS):
        links[0] = links[0]._replace(kind="reps")
    end, written = cursor.before.end, cursor.since(start)
    made = Chain(tuple(links), joint, start, end, written, more)  # type: ignore[arg-type]
    return made._replace(links=_share_unit(made))


def _repeat_link(cursor: Cursor, found: Quantity) -> list[Quantity]:
    """`3x5` behind `15 +` of a rest-pause set: three times five."""
    often = found.kind == "bare" and 1 < found.value <= MOST_SETS and not found.value % 1
    if not (often and cursor.here.text == "x" and cursor.ahead(1).kind == "number"):
        return [found]
    cursor.step()
    number = cursor.step()
    return [Quantity(number_of(number), "bare", 1, number.text)] * int(found.value)


AFTERWARDS = frozenset(
    ("pulse", "pulses", "partial", "partials", "kg", "kgs", "lb", "lbs", "#", "half", "halves")
)
"""Behind `+ 10`: it is then no further number of reps."""


def _chain_goes_on(cursor: Cursor, sign: str) -> bool:
    """Whether what follows a sign is the next link, not a clause of its own."""
    if cursor.here.text == ":" and sign != "-":
        return True
    if cursor.here.kind != "number":
        return False
    if sign == "/" and (_is_other_clause(cursor) or _is_rest_behind_reps(cursor)):
        return False
    if sign != "+":
        return cursor.ahead(1).text not in ("kg", "lb", "lbs", "#")
    return cursor.ahead(1).text not in AFTERWARDS


def _is_other_clause(cursor: Cursor) -> bool:
    """Whether `4 sets` or `30s rest` stands behind a slash: a clause of its own."""
    after = cursor.ahead(1).text
    return after in ("set", "sets", "round", "rounds") or (
        after in TIME and cursor.ahead(2).text in REST_NOUNS and cursor.ahead(2).text != "off"
    )


def _is_rest_behind_reps(cursor: Cursor) -> bool:
    """Whether ` / 60s` stands behind a small bare number: `3x12 / 60s` is reps and a rest."""
    number, unit = cursor.here, cursor.ahead(1).text
    reps = cursor.ahead(-2)
    if TIME.get(unit, 0) == 0 or reps.kind != "number" or cursor.glued() or cursor.glued(-1):
        return False
    lasts = number_of(number) * TIME[unit]
    return lasts >= LEAST_SLASHED_REST and number_of(reps) <= MOST_SLASHED_REPS


LEAST_SLASHED_REST: Ms = 45 * SECOND
MOST_SLASHED_REPS = 30
"""`12 / 60s` with spaces: a time from here on is a rest behind reps up to here."""


def _opens_finisher(cursor: Cursor) -> bool:
    """Whether `+` leads to pulses or a load rather than saying `or more`."""
    return cursor.here.kind == "number" or cursor.here.text in ("drop", "dropset", "dropsets")


def _share_unit(found: Chain) -> tuple[Quantity, ...]:
    """All links in one unit: a link without one has that of the next link that has one."""
    unit = next((link for link in reversed(found.links) if link.kind != "bare"), None)
    if unit is None:
        return found.links
    links: list[Quantity] = []
    for link in reversed(found.links):
        if link.kind == "bare":
            if not unit.factor:
                raise found.fault(": every part needs its unit", "write `60-90s` or `1:00-1:30`")
            value = link.value * (unit.factor if unit.kind == "time" else 1)
            link = Quantity(value, unit.kind, unit.factor, link.figure, unit.word)
        elif link.kind != unit.kind or (link.word != unit.word and link.kind == "distance"):
            if link.kind != unit.kind or DISTANCES[link.word] != DISTANCES[unit.word]:
                raise found.fault(": the parts of a range or list need the same unit")
        else:
            unit = link
        links.append(link)
    return tuple(reversed(links))


def make_raw_amount(found: Chain, low: Quantity, high: Quantity, lead: str = "") -> RawAmount:
    """One amount of a chain; `lead` is the word in front or the field it stands in."""
    match lead, low.kind:
        case ("", "bare"):
            return BareCount(*require_counts(found, low, high, most=MOST_METRES))
        case ("" | "reps", "reps") | ("reps", "bare"):
            return Reps(*require_counts(found, low, high))
        case ("" | "steps", "steps") | ("steps", "bare"):
            return Steps(*require_counts(found, low, high, "steps"))
        case ("" | "breaths" | "hold" | "for", "breaths") | ("breaths", "bare"):
            return Breaths(*require_counts(found, low, high, "breaths"))
        case ("", "time"):
            return BareTime(*require_times(found, low, high))
        case ("hold", "time"):
            return Hold(*require_times(found, low, high))
        case ("for", "time"):
            return Timed(*require_times(found, low, high))
        case ("" | "carry" | "walk", "distance"):
            return make_distance(found, low, high)
        case ("", "cal"):
            if low.value != high.value:
                raise found.fault(": calories are one number, like `20 cal`")
            return Open(0, calories=require_counts(found, low, high, "calories")[0])
        case ("carry" | "walk", "bare"):
            hint = f"write `{found.written} ft` or `{found.written} m`"
            raise found.fault("needs a unit", hint)
    raise found.fault("is of another kind")


def make_distance(found: Chain, low: Quantity, high: Quantity) -> BareDistance:
    """A distance in the unit it was written in."""
    unit = DISTANCES[low.word]
    for end in (low, high):
        if end.value <= 0 or end.value * MM_PER_UNIT[unit] > FARTHEST_MM:
            raise found.fault("is no distance from 1 m to 200 km")
    return BareDistance(_strip_zeros(low), _strip_zeros(high), unit, low.word == "m")


def _strip_zeros(link: Quantity) -> str:
    """The digits without zeros that say nothing."""
    return f"{link.value:.6g}" if link.value < 10**6 else f"{link.value:.0f}"


def require_counts(
    found: Chain, low: Quantity, high: Quantity, what: str = "reps", most: int = MOST_REPS
) -> tuple[int, int]:
    """Both ends as whole numbers from 1 to `most`."""
    if low.value % 1 or high.value % 1:
        hint = ""
        if "," in found.written:
            hint = f"a list has a space behind each comma: `{found.written.replace(',', ', ')}`"
        raise found.fault(f": {what} are whole numbers", hint)
    if min(low.value, high.value) < 1:
        raise found.fault(": at least 1 is needed")
    if high.value > most:
        raise found.fault(f"is more than {most} {what}")
    return int(low.value), int(high.value)


def require_times(found: Chain, low: Quantity, high: Quantity) -> tuple[Ms, Ms]:
    """Both ends as ms from one second to the longest."""
    if low.value < SECOND:
        raise found.fault("is shorter than a second")
    if high.value > LONGEST_DURATION:
        raise found.fault(f"is longer than {format_limit(LONGEST_DURATION)}")
    return round(low.value), round(high.value)


WAYS = {"out and back": True, "there and back": True, "and back": True, "one way": False}
"""How a carry returns; True: the same way back."""


def take_way_back(cursor: Cursor) -> bool | None:
    """Take `out and back` (True) or `one way` (False)."""
    return next((back for words, back in WAYS.items() if cursor.phrase(words)), None)


# --- Tempo -------------------------------------------------------------------------------------


def take_tempo(cursor: Cursor) -> Tempo:
    """Take the three or four phases of a tempo."""
    match = _PHASES.match(cursor.text, cursor.here.start)
    if match is None:
        word = cursor.before if cursor.over else cursor.here
        what = "a tempo is missing" if cursor.over else f"`{shorten(word.text)}` is not a tempo"
        raise Trouble(word.start, word.end, what, TEMPO_HINT)
    cursor.pass_over(match.end())
    lengths = _parse_phase_lengths(match[0].lower())
    if lengths is None:
        raise Trouble(*match.span(), f"`{shorten(match[0])}` is not a tempo", TEMPO_HINT)
    return _require_possible_tempo(Tempo(*lengths), *match.span())


def _parse_phase_lengths(written: str) -> tuple[Ms, Ms, Ms, Ms] | None:
    """The phases in ms: `2-0-2-0`, `4/2/1`, or one sign each: `20x0`."""
    signs = _BETWEEN.split(written)
    signs = list(written) if len(signs) == 1 else signs
    if len(signs) not in (3, 4) or not all(map(_PHASE.fullmatch, signs)):
        return None
    down, bottom, up, *top = (SECOND if one == "x" else round(float(one) * 1000) for one in signs)
    return down, bottom, up, top[0] if top else 0


def _require_possible_tempo(tempo: Tempo, start: int, end: int) -> Tempo:
    """Refuse a rep that cannot be counted, or that nobody does."""
    if tempo.beat < SHORTEST_REP:
        message = f"a rep of {format_duration(tempo.beat)} is too short to be counted"
        raise Trouble(start, end, message, f"make it {format_duration(SHORTEST_REP)} or more")
    longest = max(tempo.down, tempo.bottom, tempo.up, tempo.top)
    if longest > LONGEST_PHASE:
        raise Trouble(start, end, f"a phase of {format_duration(longest)} is longer than a minute")
    return tempo
