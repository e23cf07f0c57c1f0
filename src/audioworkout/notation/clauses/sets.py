"""How many sets: `3x`, `3 sets of`, `x 3`, `twice`, `10 rounds`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from audioworkout.notation.clauses.clause import Atom, Parts, make_remark, require_whole_number
from audioworkout.notation.clauses.loads import HEAVIEST, make_bare_weight
from audioworkout.notation.clauses.words import OPEN_WORDS, ROUND_WORDS, SET_WORDS, UNITS
from audioworkout.notation.partial import BareCount, Entry
from audioworkout.notation.quantities import MOST_REPS, MOST_SETS, REPS
from audioworkout.notation.tokens import Cursor, Token, Trouble, number_of


def read_sets(cursor: Cursor) -> Parts | None:
    """`3x`, `3 sets of`, `3-4 sets`, `x 3`, `twice`, `10 rounds`."""
    start, mark = cursor.here.start, cursor.at
    if cursor.phrases("in sets of", "as sets of", "in blocks of", "broken into sets of"):
        number = cursor.number()
        if number is None:
            hint = "write it like `50 in sets of 10`"
            raise Trouble(start, cursor.before.end, "a number must follow `sets of`", hint)
        cursor.take(*REPS)
        return {"in_sets_of": require_whole_number(number, MOST_REPS, "reps")}
    listed = cursor.ahead(2).kind == "number" and cursor.ahead(3).text in (",", "-", "/")
    if listed and cursor.phrases("sets of", "set of"):
        return {}  # `sets of 20, 15, 12`
    if word := cursor.take("twice", "thrice"):
        return {"atoms": (Atom("sets", 2 if word.text == "twice" else 3, start, word.end),)}
    if found := _take_repeats(cursor):
        return found
    if found := _take_reps_by_sets(cursor) or _take_weight_by_reps(cursor) or _take_singles(cursor):
        return found
    several = cursor.ahead(2).kind == "number" and cursor.ahead(3).text in SET_WORDS
    if cursor.here.kind == "number" and cursor.ahead(1).text == "x" and several:
        return None  # `10 x 3 sets`: reps come first
    behind = cursor.take("x", "for") if cursor.ahead(1).kind == "number" else None
    if behind and (cursor.at == 1 or not _ends_sets(cursor, behind.text)):
        cursor.at = mark
        return None
    number = cursor.number()
    if number is None or (cursor.at > 1 and not behind and cursor.tokens[mark - 1].text == "x"):
        cursor.at = mark
        return None
    high = _take_high_sets(cursor)
    word = cursor.take("x", *SET_WORDS, *ROUND_WORDS, "ladders")
    before = cursor.tokens[max(0, mark - 3) : mark]
    chained = [token.text if token.kind == "word" else token.kind for token in before]
    if not word and behind and chained == ["number", "x", "number"]:
        # `5x5x60`: sets, reps, and a weight.
        return make_bare_weight(cursor, start, number, at=False)
    if not word and behind:
        value = require_whole_number(number, MOST_REPS, "sets")
        return {"atoms": (Atom("sets", value, start, number.end),)}
    if not word:
        cursor.at = mark
        return None
    rounds = word.text in ROUND_WORDS
    end = cursor.before.end
    said = (
        make_remark(start, end, f"of `{cursor.since(start)}` the low end is taken") if high else {}
    )
    opened = word.text in SET_WORDS and cursor.here.text in (*OPEN_WORDS, "to", "till", "until")
    x = bool(cursor.take("of", "x")) or word.text == "x" or opened
    x = x and not cursor.over and cursor.here.text not in (",", ")")
    sets = require_whole_number(
        number, MOST_SETS if x or word.text in SET_WORDS else MOST_REPS, "sets"
    )
    kind: Literal["sets", "rounds"] = "rounds" if rounds and not x else "sets"
    if x and not said and sets >= MANY_SETS and _is_few_reps(cursor):
        reps = cursor.here.text
        message = f"`{sets}x{reps}` is taken as {sets} sets of {reps}"
        said = make_remark(start, cursor.here.end, message, f"the other way is `{reps}x{sets}`")
    return {"atoms": (Atom(kind, sets, start, end, False, x, word.text),), **said}


MANY_SETS = 12
FEW_REPS = 5
"""`12x3` may be twelve sets of three, as it is read, or three sets of twelve."""


def _is_few_reps(cursor: Cursor) -> bool:
    """Whether a bare number of at most `FEW_REPS` comes next."""
    number, after = cursor.here, cursor.ahead(1)
    bare = number.kind == "number" and after.text not in (*UNITS, "x", "-", "/", "+", "..", ":")
    return bare and number_of(number) <= FEW_REPS


def _take_reps_by_sets(cursor: Cursor) -> Parts | None:
    """Take `x12x3`: with `x` in front the larger number is the reps."""
    if cursor.here.text != "x":
        return None
    tokens = [cursor.ahead(n) for n in range(5)]
    shape = [token.text if token.kind == "word" else token.kind for token in tokens[:4]]
    if shape != ["x", "number", "x", "number"] or tokens[4].text in (*UNITS, "x"):
        return None
    if cursor.at and cursor.before.kind == "number":
        return None
    first, second = (require_whole_number(tokens[n], MOST_REPS, "reps") for n in (1, 3))
    reps, sets = max(first, second), min(first, second)
    for _ in range(4):
        cursor.step()
    start, end = tokens[0].start, tokens[3].end
    amount = Entry(BareCount(reps, reps))
    atoms = (Atom("sets", sets, start, end, x=True), Atom("amount", (amount,), start, end))
    message = f"taken as {sets} sets of {reps} reps"
    return {"atoms": atoms, **make_remark(start, end, message, f"write `{sets}x{reps}`")}


def _take_weight_by_reps(cursor: Cursor) -> Parts | None:
    """Take `135x` of `135x10` and all of `225x5x3`: more sets than anybody does are a weight."""
    number = cursor.here
    if not _is_factor(cursor.tokens, cursor.at) or not _has_weights(cursor):
        return None
    start = number.start
    cursor.step()
    cursor.step()
    weight = make_bare_weight(cursor, start, number, at=False, x=True)
    second, third = cursor.here, cursor.ahead(2)
    if cursor.ahead(1).text != "x" or third.kind != "number":
        return weight
    reps, sets = (require_whole_number(one, MOST_REPS, "reps") for one in (second, third))
    for _ in range(3):
        cursor.step()
    amount = Atom("amount", (Entry(BareCount(reps, reps)),), second.start, second.end)
    many = Atom("sets", sets, third.start, third.end)
    return weight | {"atoms": (*weight["atoms"], amount, many)}


def _is_factor(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands here that is the first of `135 x 10`."""
    if tokens[at].kind != "number" or tokens[at + 1].text != "x":
        return False
    before = tokens[at - 1].text if at else ""
    shape = [token.text if token.kind == "word" else token.kind for token in tokens[at : at + 3]]
    after = tokens[min(at + 3, len(tokens) - 1)].text
    timed = after in UNITS - REPS
    return shape == ["number", "x", "number"] and before not in ("x", "-", "/", ":") and not timed


def _has_weights(cursor: Cursor) -> bool:
    """Whether one of the numbers before an `x` is too large for sets: then all are weights."""
    tokens = cursor.tokens
    return any(
        token.kind == "number"
        and MOST_SETS < number_of(token) <= HEAVIEST
        and _is_factor(tokens, at)
        for at, token in enumerate(tokens)
    )


def _take_repeats(cursor: Cursor) -> Parts | None:
    """Take `repeat 3 times`, `repeat x3`, `x 3 times`: so many sets in all."""
    mark, start = cursor.at, cursor.here.start
    if _follows_reps(cursor) and cursor.ahead(1).text == "times":
        sets = require_whole_number(cursor.step(), MOST_SETS, "sets")
        cursor.step()
        return {"atoms": (Atom("sets", sets, start, cursor.before.end),)}
    named = cursor.take("repeat", "repeated", "repeats")
    if named and (word := cursor.take("twice", "thrice")):
        many = 2 if word.text == "twice" else 3
        return {"atoms": (Atom("sets", many, start, word.end),)}
    crossed = cursor.take("x")
    number = cursor.number() if named or (crossed and mark) else None
    times = cursor.take("times", "time", "x") if number else None
    if number is None or not (named or (times and times.text != "x")):
        cursor.at = mark
        return None
    sets = require_whole_number(number, MOST_SETS, "sets")
    return {"atoms": (Atom("sets", sets, start, cursor.before.end),)}


def _follows_reps(cursor: Cursor) -> bool:
    """Whether a number of reps stands before the number here: `10 reps 3 times`."""
    at = cursor.at - 1
    while at > 0 and cursor.tokens[at].text == ",":
        at -= 1
    token = cursor.tokens[at]
    reps = at >= 0 and (token.text in REPS - {"times"} or token.kind == "number")
    return cursor.at > 0 and reps and cursor.here.kind == "number"


def _take_singles(cursor: Cursor) -> Parts | None:
    """Take `5 singles`: five sets of one."""
    if cursor.here.kind != "number" or cursor.ahead(1).text not in _SINGLES:
        return None
    number, word = cursor.step(), cursor.step()
    sets, reps = require_whole_number(number, MOST_SETS, "sets"), _SINGLES[word.text]
    start, end = number.start, word.end
    amount = Entry(BareCount(reps, reps))
    atoms = (Atom("sets", sets, start, end, x=True), Atom("amount", (amount,), start, end))
    return {"atoms": atoms}


_SINGLES = {"singles": 1, "doubles": 2, "triples": 3}


def _ends_sets(cursor: Cursor, word: str) -> bool:
    """Whether the number behind `x` or `for` is one of sets: `30s x 3`, `10 x 3 sets`."""
    after = cursor.ahead(1).text
    if word == "for":
        return after in SET_WORDS + ROUND_WORDS
    return (after not in UNITS and after not in ("x", ":")) or after in SET_WORDS + ROUND_WORDS


def _take_high_sets(cursor: Cursor) -> Token | None:
    """Take `-4` of `3-4 sets`, `3-4 x`."""
    mark = cursor.at
    number = cursor.number() if cursor.take("-", "to") else None
    if number and cursor.here.text in ("x", *SET_WORDS, *ROUND_WORDS):
        return number
    cursor.at = mark
    return None
