"""The clauses of a prescription line: a table of small readers, each for one of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any

from audioworkout.model.exercise import Hold, Load, Timed
from audioworkout.notation.quantities import (
    DURATION_HINT,
    FEET,
    METRES,
    MOST_REPS,
    MOST_SETS,
    REPS,
    STEPS,
    TIME,
    WAYS,
    Lead,
    amount_of,
    duration,
    limited_duration,
    phases,
    way,
)
from audioworkout.notation.tokens import Cursor, Token, Trouble, number_of, shorten
from audioworkout.notation.written import Limb
from audioworkout.units import SECOND, Ms

KITS = (
    "dumbbell",
    "kettlebell",
    "barbell",
    "bar",
    "plate",
    "backpack",
    "bag",
    "sandbag",
    "bottle",
    "vest",
    "ball",
)
"""What a weight may be; a plural s is forgiven."""
HEAVIEST = 1_000
"""Kilograms or pounds of one weight."""
SLOWEST_PULSE: Ms = 5 * SECOND
FASTEST_PULSE: Ms = 300
LONGEST_PAUSE: Ms = 60 * SECOND

_CHAIN = re.compile(r"[0-9]+(?:[-–—−][0-9x]+){2,}", re.IGNORECASE)

PAUSE_HINT = "write `pause 1s at top` or `pause 1s at bottom`"

Parts = dict[str, Any]
"""What is read so far, by the name of each part."""
Clause = Callable[[Cursor], Parts | None]
"""Takes one clause; None, and nothing taken, where it does not begin here."""

_LIMBS: dict[str, Limb | None] = {
    **dict.fromkeys(("side", "sides"), None),
    **dict.fromkeys(("leg", "legs", "foot", "feet", "knee", "knees"), "leg"),
    **dict.fromkeys(("arm", "arms", "hand", "hands"), "arm"),
}
_POUNDS = frozenset({"lb", "lbs", "pound", "pounds"})
_KILOS = frozenset({"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"})
_PAUSES = ("pause", "hold", "squeeze")
_LEADS: dict[str, Lead] = {
    "hold": "hold",
    "for": "for",
    "amrap": "for",
    "carry": "carry",
    "walk": "carry",
}


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


def _comma(cursor: Cursor) -> Parts | None:
    """`,`, `and`, `with`, brackets: between two clauses, of no meaning."""
    return {} if cursor.take(",", "and", "with", "&", "(", ")") else None


def load_clause(cursor: Cursor) -> Parts | None:
    """`20kg`, `2x8kg dumbbells`, `with 20 lb`, `@ 60 kg`; but `3x10x60kg` is ten reps."""
    mark = cursor.at
    after_sets = cursor.before.text == "x"
    _ = cursor.take("with", "at", "@", "x", "using") or cursor.phrase("w /")
    weight = cursor.number()
    count = weight if weight and not after_sets and cursor.take("x") else None
    weight = cursor.number() if count else weight
    unit = _weight_unit(cursor) if weight else ""
    if not weight or not unit:
        cursor.at = mark
        return None
    if not 0 < number_of(weight) <= HEAVIEST:
        message = f"a load is more than 0 and at most {HEAVIEST} {unit}"
        raise Trouble(weight.start, weight.end, message)
    kit, many = _kit(cursor)
    pieces = whole_number(count, 10, "weights") if count else 2 if many else 1
    return {"load": Load(weight.text, "kg" if unit == "kg" else "lb", pieces, kit)}


def _weight_unit(cursor: Cursor) -> str:
    """Take `kg` or `lb`."""
    if cursor.take(*_KILOS):
        return "kg"
    return "lb" if cursor.take(*_POUNDS) else ""


def _kit(cursor: Cursor) -> tuple[str, bool]:
    """Take what the weight is: in the singular, and whether it was a plural."""
    plurals = {f"{kit}s": kit for kit in KITS}
    token = cursor.take(*KITS, *plurals)
    return (plurals.get(token.text, token.text), token.text in plurals) if token else ("", False)


def _tempo(cursor: Cursor) -> Parts | None:
    """`@2-0-2-0`, `tempo 20X0`."""
    if not cursor.take("@", "tempo"):
        return None
    cursor.take(":")
    return {"tempo": phases(cursor)}


def _finisher(cursor: Cursor) -> Parts | None:
    """`last rep 10 pulses`, `then 10 pulses`, `+ 10 pulses`; their pace is a clause of its own."""
    mark, start = cursor.at, cursor.here.start
    opened = _finisher_opens(cursor)
    number = cursor.number()
    if number and cursor.take("pulse", "pulses"):
        _ = cursor.phrase("at the top") or cursor.phrase("at top")
        return {"pulses": whole_number(number, MOST_REPS, "pulses")}
    if opened:
        written = shorten(cursor.since(start))
        message = f"pulses must follow `{written}`"
        raise Trouble(start, cursor.before.end, message, "write `last rep 10 pulses`")
    cursor.at = mark
    return None


def _finisher_opens(cursor: Cursor) -> bool:
    """Take the words that lead to a finisher."""
    for words in ("on the last rep", "on last rep", "the last rep", "last rep"):
        if cursor.phrase(words):
            cursor.take(",", ":")
            return True
    return bool(cursor.take("then", "+", "plus"))


def every_clause(cursor: Cursor) -> Parts | None:
    """`every 0.8s`."""
    if not cursor.take("every"):
        return None
    return {"every": _needed(cursor, FASTEST_PULSE, SLOWEST_PULSE)}


def _rest(cursor: Cursor) -> Parts | None:
    """`rest 60s`, `60s rest`."""
    mark = cursor.at
    if cursor.take("rest"):
        cursor.take(":", "of", "for")
        return {"rest": _needed(cursor, 0, 4 * 3_600 * SECOND)}
    found = duration(cursor, bare=False)
    if found is not None and cursor.take("rest"):
        return {"rest": found}
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
    duration(cursor, bare=True)
    raise Trouble(word.start, cursor.before.end, "a pause has a length and a place", PAUSE_HINT)


def _pause_after(cursor: Cursor) -> Parts | None:
    """`2s hold at the bottom`."""
    mark = cursor.at
    found = duration(cursor, bare=False)
    if found is not None and cursor.take(*_PAUSES) and (where := _place(cursor)):
        return {f"pause_{where}": found}
    cursor.at = mark
    return None


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
            return token.text
    cursor.at = mark
    return ""


def _each(cursor: Cursor) -> Parts | None:
    """`per side`, `each leg`, `/arm`, `each`."""
    mark = cursor.at
    cursor.take("on", "with", "for")
    word = cursor.take("per", "/", "each", "ea", "a")
    limb = cursor.take(*_LIMBS) if word else None
    if limb or (word and word.text in ("each", "ea")):
        return {"each": _LIMBS[limb.text] if limb else None}
    if word and word.text in ("per", "/"):
        message = f"`side`, `leg` or `arm` must follow `{word.text}`"
        gap = "" if word.text == "/" else " "
        fix = f"{word.text}{gap}{nearest_word(cursor.here.text) or 'side'}"
        raise Trouble(word.start, cursor.here.end, message, fix=fix)
    cursor.at = mark
    return None


def _alternating(cursor: Cursor) -> Parts | None:
    """`alternating`, `alternating legs`."""
    if not cursor.take("alternating", "alternate", "alternately", "alt"):
        return None
    limb = cursor.take(*_LIMBS)
    return {"alternating": _LIMBS[limb.text] if limb else None}


def _together(cursor: Cursor) -> Parts | None:
    """`both sides together`, `both legs`, `no sides`, `together`."""
    mark = cursor.at
    both = cursor.take("both", "no")
    if both and not cursor.take(*_LIMBS):
        cursor.at = mark
        return None
    return {"together": None} if cursor.take("together") or both else None


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
    message = f"`{side.text}` alone does not say which side begins"
    raise Trouble(side.start, side.end, message, fix=f"{side.text} first")


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


def _sets(cursor: Cursor) -> Parts | None:
    """`3x`, `3 sets of`, `3 sets`."""
    if cursor.here.kind != "number" or cursor.ahead(1).text not in ("x", "set", "sets"):
        return None
    if cursor.before.text == "x":
        return None
    number, word = cursor.step(), cursor.step()
    sets = whole_number(number, MOST_SETS, "sets")
    if word.text != "x":
        cursor.take("of", "x")
    elif cursor.over:
        message = f"an amount must follow `{cursor.since(number.start)}`"
        hint = f"write `{sets}x12` or `{sets}x 40s`"
        raise Trouble(number.start, word.end, message, hint)
    return {"sets": sets}


def _amount(cursor: Cursor) -> Parts | None:
    """`12-15 reps`, `hold 40s`, `for 40s`, `40s amrap`, `50 ft`, `10 steps`."""
    word = cursor.take(*_LEADS)
    lead = _LEADS[word.text] if word else ""
    _no_chain(cursor)
    found = amount_of(cursor, lead)
    if found is not None:
        as_many = isinstance(found, Hold) and not word and cursor.take("amrap")
        return {"amount": Timed(found.low, found.high) if as_many else found}
    if not word:
        return None
    what, hint = "a time", DURATION_HINT
    if lead == "carry":
        what, hint = "a distance", "write `50 ft` or `15 m`"
    end = max(cursor.before.end, cursor.here.end)
    raise Trouble(word.start, end, f"{what} must follow `{word.text}`", hint)


def _no_chain(cursor: Cursor) -> None:
    """Refuse three numbers or more in a chain: `21-15-9`, or a tempo without its sign."""
    chain = _CHAIN.match(cursor.text, cursor.here.start)
    if chain is not None:
        cursor.pass_over(chain.end())
        message = f"`{shorten(chain[0])}` is neither a number nor a range"
        raise Trouble(*chain.span(), message, "a tempo begins with `@`, like `@2-0-2-0`")


CLAUSES: tuple[Clause, ...] = (
    load_clause,
    _tempo,
    _finisher,
    every_clause,
    _rest,
    _pause,
    _each,
    _alternating,
    _together,
    _first,
    _way,
    _sets,
    _amount,
    _comma,
)
"""In the order in which they are tried: the more particular before the more general."""

SIDES_CLAUSES: tuple[Clause, ...] = (_each, _alternating, _together, _first, _comma)
PAUSE_CLAUSES: tuple[Clause, ...] = (_pause, _placed_time, _comma)
"""What may stand in the fields `sides` and `pause`."""

VOCABULARY: tuple[str, ...] = (
    *TIME,
    *FEET,
    *METRES,
    *REPS,
    *STEPS,
    *_LIMBS,
    *_POUNDS,
    *_KILOS,
    *_LEADS,
    *_PAUSES,
    *KITS,
    *(f"{kit}s" for kit in KITS),
    *(word for words in WAYS for word in words.split()),
    *("x", "sets", "set", "of", "per", "each", "alternating", "both", "together"),
    *("left", "right", "first", "then", "last", "pulses", "pulse", "every", "tempo", "rest"),
    *("at", "the", "top", "bottom", "with", "to"),
)
"""Every word a line may have, for mending misspelt ones."""


_ADVICE: dict[str, tuple[str, ...]] = {
    "write the distance in `ft` or `m`": ("km", "mile", "miles", "yd", "yds", "yard", "yards"),
    "write units as letters: `50 ft`, `2 min`, `40s`": ("'", '"', "’", "”", "′", "″"),
    "as many as possible needs a time: `amrap 40s`": ("max", "failure", "possible"),
    "the coach can say it: `- say: Leave two in reserve.`": ("rpe", "rir", "%"),
    "write `3 sets of 12`; several exercises in rounds are a circuit": ("round", "rounds"),
    "write numbers as figures": (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "fifteen", "twenty", "thirty"),
    ),
}
_ADVISED = {word: advice for advice, words in _ADVICE.items() for word in words}


def advice_on(word: str) -> str:
    """What works in place of a word that people use and this notation has not; else empty."""
    return _ADVISED.get(word, "")


def nearest_word(word: str) -> str:
    """The word of this notation that a misspelt one may stand for; empty where it is one."""
    if word in VOCABULARY:
        return ""
    return next(iter(difflib.get_close_matches(word, VOCABULARY, n=1, cutoff=0.6)), "")
