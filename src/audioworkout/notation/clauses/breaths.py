"""The phases of a breath: `in 4, hold 7, out 8`."""

from __future__ import annotations

from audioworkout.model.exercise import BreathPhases
from audioworkout.notation.clauses.clause import Parts
from audioworkout.notation.clauses.words import BREATH_PARTS
from audioworkout.notation.quantities import take_duration
from audioworkout.notation.tokens import Cursor, Trouble
from audioworkout.units import MINUTE, SECOND, Ms


def read_breath_phases(cursor: Cursor) -> Parts | None:
    """`in 4, hold 7, out 8`, `5.5 in 5.5 out`: the phases of a breath, in seconds."""
    mark, start = cursor.at, cursor.here.start
    found: list[tuple[str, Ms]] = []
    last = mark
    while one := _take_breath_phase(cursor):
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


def _take_breath_phase(cursor: Cursor) -> tuple[str, Ms] | None:
    """Take `in 4`, `4 s in`, `breathe out for 6`."""
    mark = cursor.at
    cursor.take("breathe")
    if word := cursor.take(*BREATH_PARTS):
        _pass_nose(cursor)
        cursor.take("for")
        if (found := take_duration(cursor, bare=True)) is not None:
            return BREATH_PARTS[word.text], found
    else:
        found = take_duration(cursor, bare=True)
        if found is not None and found >= MINUTE and cursor.ahead(1).kind == "number":
            cursor.at = mark  # `5 min in 4 out 6`: how long, before the phases
            return None
        if found is not None and (word := cursor.take(*BREATH_PARTS)):
            _pass_nose(cursor)
            return BREATH_PARTS[word.text], found
    cursor.at = mark
    return None


def _pass_nose(cursor: Cursor) -> None:
    """Pass over `through the nose`, which every cue of breathing says by itself."""
    if cursor.take("through"):
        cursor.take("the", "your", "pursed")
        cursor.take("nose", "mouth", "lips", "nostrils")
