"""How many sets: `3x`, `3 sets of`, `x 3`, `twice`, `10 rounds`."""

from __future__ import annotations

from typing import Literal

from audioworkout.notation.clauses.clause import Atom, Parts, make_remark, require_whole_number
from audioworkout.notation.clauses.loads import make_bare_weight
from audioworkout.notation.clauses.words import ROUND_WORDS, SET_WORDS, UNITS
from audioworkout.notation.quantities import MOST_REPS, MOST_SETS
from audioworkout.notation.tokens import Cursor, Token


def read_sets(cursor: Cursor) -> Parts | None:
    """`3x`, `3 sets of`, `3-4 sets`, `x 3`, `twice`, `10 rounds`."""
    start, mark = cursor.here.start, cursor.at
    if word := cursor.take("twice", "thrice"):
        return {"atoms": (Atom("sets", 2 if word.text == "twice" else 3, start, word.end),)}
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
    word = cursor.take("x", *SET_WORDS, *ROUND_WORDS)
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
    x = bool(cursor.take("of", "x")) or word.text == "x"
    x = x and not cursor.over and cursor.here.text not in (",", ")")
    sets = require_whole_number(
        number, MOST_SETS if x or word.text in SET_WORDS else MOST_REPS, "sets"
    )
    kind: Literal["sets", "rounds"] = "rounds" if rounds and not x else "sets"
    return {"atoms": (Atom(kind, sets, start, end, False, x, word.text),), **said}


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
