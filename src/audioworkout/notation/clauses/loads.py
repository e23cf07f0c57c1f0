"""What is lifted: `20kg`, `2x8kg dumbbells`, `@ 60`."""

from __future__ import annotations

from audioworkout.model.exercise import Load
from audioworkout.model.kit import LOADS
from audioworkout.notation.clauses.clause import (
    Atom,
    Parts,
    follows_x,
    make_remark,
    require_whole_number,
)
from audioworkout.notation.clauses.words import KILOS, OPEN_WORDS, POUNDS
from audioworkout.notation.partial import BareCount, Entry
from audioworkout.notation.quantities import MOST_REPS, REPS, TEMPO_HINT
from audioworkout.notation.tokens import Cursor, Token, Trouble, number_of, shorten

_KIT_SHORT = {"db": "dumbbell", "dbs": "dumbbell", "kb": "kettlebell", "kbs": "kettlebell"}
LARGEST_RPE = 10
"""A number without a unit up to here is an effort, not a weight."""
HEAVIEST = 1_000
"""Kilograms or pounds of one weight."""


def read_load(cursor: Cursor) -> Parts | None:
    """`20kg`, `2x8kg dumbbells`, `with 20 lb`, `@ 60 kg`, `+10kg`; but `3x10x60kg` is ten reps."""
    mark, start = cursor.at, cursor.here.start
    behind_x = follows_x(cursor)
    lead = cursor.take("with", "at", "@", "x", "using") or cursor.phrase("w /")
    signed = isinstance(lead, Token) and lead.text == "@"
    if listed := _take_listed_loads(cursor, start, any_sign=signed):
        return {"atoms": listed}
    added = bool(cursor.take("+", "plus"))
    added = bool(cursor.phrase("bw +") or cursor.phrase("bodyweight +")) or added
    weight = cursor.number()
    count = None
    unit_at = 4 if cursor.ahead(2).text in ("-", "to") else 2
    weighed = cursor.ahead(1).kind == "number" and cursor.ahead(unit_at).text in POUNDS | KILOS
    if weight and not behind_x and weighed and cursor.take("x"):
        count, weight = weight, cursor.number()
    high = _take_high_weight(cursor) if weight else None
    unit = _take_weight_unit(cursor) if weight else ""
    if not weight or not unit:
        cursor.at = mark
        return None
    for one in (weight, high or weight):
        if not 0 < number_of(one) <= HEAVIEST:
            message = f"a load is more than 0 and at most {HEAVIEST} {unit}"
            raise Trouble(one.start, one.end, message)
    kit, many = _take_kit(cursor)
    if not count and cursor.phrases("each hand", "per hand", "in each hand", "a hand", "/ hand"):
        many = True
    figures = f"{weight.text}-{high.text}" if high else weight.text
    reps: tuple[Atom, ...] = ()
    if count and not kit and (number_of(count) > 2 or _are_lifts(cursor)):
        # `5x60kg`: nobody takes five weights, so it is five reps.
        amount = BareCount(*[require_whole_number(count, MOST_REPS, "reps")] * 2)
        reps = (Atom("amount", (Entry(amount),), start, count.end),)
        count = None
    pieces = require_whole_number(count, 10, "weights") if count else 2 if many else 1
    load = Load(figures, "kg" if unit == "kg" else "lb", pieces, kit, added)
    at = bool(isinstance(lead, Token) and lead.text in ("@", "at", "x")) or bool(reps)
    end, x = cursor.before.end, bool(cursor.take("x", "for") if _leads_to_reps(cursor) else None)
    return {"atoms": (*reps, Atom("load", load, start, end, at, x))}


def _are_lifts(cursor: Cursor) -> bool:
    """Whether every number before an `x` and a weight is one of reps: `5 x 100 kg, 1 x 140 kg`.

    `2x8kg` alone is two weights; beside `5x100kg`, or where nothing else says how often, it is not.
    """
    tokens = cursor.tokens
    weighed = [
        at
        for at in range(len(tokens) - 3)
        if tokens[at].kind == tokens[at + 2].kind == "number"
        and tokens[at + 1].text == "x"
        and tokens[at + 3].text in POUNDS | KILOS
    ]
    return len(weighed) > 1 and any(number_of(tokens[at]) > 2 for at in weighed)


def _take_listed_loads(cursor: Cursor, start: int, *, any_sign: bool) -> tuple[Atom, ...]:
    """`85, 85, 80kg` or `60-70-80kg` behind `@`: a load for each set; else empty.

    Two with a stroke, `24/16 kg`, also without `@`, may be the loads of men and women: their joint
    is `/`, and the whole line decides. `any_sign`: they stand behind `@`.
    """
    mark = cursor.at
    if is_tempo_figures(cursor.here) or follows_x(cursor):
        return ()
    numbers: list[Token] = []
    signs: set[str] = set()
    first = ""
    while number := cursor.number():
        numbers.append(number)
        first = first or (_take_weight_unit(cursor) if cursor.ahead(1).text == "/" else "")
        sign = cursor.take(",", "/", "-") if any_sign else cursor.take("/")
        if sign is None:
            break
        signs.add(sign.text)
    unit = _take_weight_unit(cursor) if len(numbers) > 1 else ""
    if not unit or (len(numbers) == 2 and "-" in signs) or len(signs) > 1:
        cursor.at = mark
        return ()
    kit, _ = _take_kit(cursor)
    if first and first != unit:
        # `100kg/220lb`: the same weight twice.
        load = Load(numbers[0].text, "kg" if first == "kg" else "lb", 1, kit)
        return (Atom("load", load, start, cursor.before.end),)
    made = (Load(one.text, "kg" if unit == "kg" else "lb", 1, kit) for one in numbers)
    joint = "/" if len(numbers) == 2 and signs == {"/"} else ""
    return tuple(Atom("load", load, start, cursor.before.end, joint=joint) for load in made)


def _leads_to_reps(cursor: Cursor) -> bool:
    """Whether `x 7` or `for 5 reps` follows a load."""
    if cursor.ahead(1).kind != "number":
        return cursor.here.text == "x" and cursor.ahead(1).text in OPEN_WORDS
    return cursor.here.text == "x" or (cursor.here.text == "for" and cursor.ahead(2).text in REPS)


def _take_high_weight(cursor: Cursor) -> Token | None:
    """Take `-24` of `20-24kg`."""
    mark = cursor.at
    number = cursor.number() if cursor.take("-", "to") else None
    if number and cursor.here.text in POUNDS | KILOS:
        return number
    cursor.at = mark
    return None


def _take_weight_unit(cursor: Cursor) -> str:
    """Take `kg`, `lb` or `#`."""
    if cursor.take(*KILOS):
        return "kg"
    return "lb" if cursor.take(*POUNDS) else ""


def _take_kit(cursor: Cursor) -> tuple[str, bool]:
    """Take what the weight is: in the singular, and whether it was a plural."""
    if token := cursor.take(*_KIT_SHORT):
        return _KIT_SHORT[token.text], token.text.endswith("s")
    plurals = {f"{kit}s": kit for kit in LOADS}
    token = cursor.take(*LOADS, *plurals)
    return (plurals.get(token.text, token.text), token.text in plurals) if token else ("", False)


def is_tempo_figures(number: Token) -> bool:
    """`2020`: four figures are a tempo; a weight has three at most."""
    return len(number.text) == 4 and number.text.isdigit()


def make_bare_weight(
    cursor: Cursor, start: int, number: Token, *, at: bool, x: bool = False
) -> Parts:
    """A weight without a unit, told."""
    if not 0 < number_of(number) <= HEAVIEST:
        raise Trouble(number.start, number.end, f"`{shorten(number.text)}` is no tempo", TEMPO_HINT)
    hint = f"write the unit, `{number.text}kg` or `{number.text} lb`"
    if number_of(number) <= LARGEST_RPE:
        message = f"`{number.text}` may be a weight or an effort"
        raise Trouble(
            number.start, number.end, message, f"{hint}; an effort is `RPE {number.text}`"
        )
    if len(number.text) == 3 and number.text.isdigit() and not x:
        hint += f"; a tempo is written with signs, `@{'-'.join(number.text)}`"
    said = make_remark(start, cursor.before.end, f"`{number.text}` is taken as a weight", hint)
    load = Load(number.text, "")
    return {"atoms": (Atom("load", load, start, cursor.before.end, at, x),), **said}
