"""The prescription line: clauses in any order, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audioworkout.model.exercise import Carry, Finisher, Load, Side
from audioworkout.notation.clauses import (
    CLAUSES,
    PAUSE_CLAUSES,
    PAUSE_HINT,
    SIDES_CLAUSES,
    Clause,
    Parts,
    advice_on,
    every_clause,
    load_clause,
    nearest_word,
    whole_number,
)
from audioworkout.notation.quantities import MOST_REPS
from audioworkout.notation.tokens import (
    LONGEST,
    Cursor,
    NotationError,
    NotationProblem,
    Trouble,
    shorten,
)
from audioworkout.notation.values import whole
from audioworkout.notation.written import Limb, Order, Written
from audioworkout.units import SECOND, Ms

LINE_HINT = "a line is read like `3x8-10 per side, @2-0-2-0, rest 60s`"
SIDES_HINT = "write `per side`, `alternating` or `both sides together`, with `left first` if wanted"

_CALLED = {
    "sets": "the sets are",
    "amount": "the amount is",
    "back": "the way is",
    "each": "the sides are",
    "alternating": "the sides are",
    "together": "the sides are",
    "first": "the first side is",
    "tempo": "the tempo is",
    "pause_top": "the pause at the top is",
    "pause_bottom": "the pause at the bottom is",
    "pulses": "the pulses are",
    "every": "the pace of the pulses is",
    "load": "the load is",
    "rest": "the rest is",
}
"""What every part is called where it is named twice."""


def parse(text: str) -> Written:
    """Read one prescription line.

    >>> parse("3x8-10 per side @2-0-2-0 rest 60s").sets
    3

    Raises:
        NotationError: With everything that cannot be read, each at its exact place.
    """
    return _finished(_all(text, CLAUSES))


def parse_sides(text: str) -> tuple[Order | None, Side | None, Limb | None]:
    """How sides take turns and which begins; None where the text does not say.

    >>> parse_sides("per leg, right first"), parse_sides("alternating")
    (('each', 'right', 'leg'), ('alternating', None, None))

    Raises:
        NotationError: It says something else.
    """
    written = _finished(_all(text, SIDES_CLAUSES, SIDES_HINT))
    return written.order, written.first, written.limb


def parse_pause(text: str) -> tuple[Ms | None, Ms | None]:
    """Pauses at the top and at the bottom: `1s at top`, `1s at top, 2s at bottom`.

    >>> parse_pause("1s at top"), parse_pause("pause 2 at bottom")
    ((1000, None), (None, 2000))

    Raises:
        NotationError: It is no pause, or does not say where.
    """
    parts = _all(text, PAUSE_CLAUSES, PAUSE_HINT)
    return parts.get("pause_top"), parts.get("pause_bottom")


def parse_load(text: str) -> Load:
    """What is lifted: `20kg`, `2x8kg dumbbells`.

    >>> parse_load("2x8kg dumbbells")
    Load(weight='8', unit='kg', count=2, kit='dumbbell')

    Raises:
        NotationError: It is no weight with its unit.
    """

    def read(cursor: Cursor) -> Load | None:
        found = load_clause(cursor)
        return found["load"] if found else None

    return whole(text, read, "a load", "write `20kg`, `20 lb` or `2x8kg dumbbells`")


def parse_finisher(text: str) -> Finisher:
    """Pulses of a last rep: `10`, `10 pulses`, `10 every 0.8s`.

    >>> parse_finisher("10 every 0.8s")
    Finisher(pulses=10, every=800)

    Raises:
        NotationError: It is no number of pulses.
    """

    def read(cursor: Cursor) -> Finisher | None:
        number = cursor.number()
        if number is None:
            return None
        cursor.take("pulse", "pulses")
        pace = every_clause(cursor)
        return Finisher(
            whole_number(number, MOST_REPS, "pulses"), pace["every"] if pace else SECOND
        )

    return whole(text, read, "a number of pulses", "write `10` or `10 every 0.8s`")


def _all(text: str, clauses: tuple[Clause, ...], hint: str = LINE_HINT) -> Parts:
    """Every part of a text, or everything that is wrong with it."""
    try:
        parts, troubles = _read(Cursor(text), clauses)
    except Trouble as trouble:
        raise NotationError((trouble.problem,)) from None
    if troubles:
        many = len(troubles)
        raise NotationError(tuple(_advised(text, one, clauses, hint, many) for one in troubles))
    return parts


def _read(cursor: Cursor, clauses: tuple[Clause, ...]) -> tuple[Parts, list[Trouble]]:
    """Every clause, and every trouble, in order."""
    parts: Parts = {}
    troubles: list[Trouble] = []
    while not cursor.over:
        start = cursor.here.start
        try:
            found = _one(cursor, clauses)
            if found is None:
                raise _not_understood(cursor, clauses)
            _put(parts, found, start, cursor)
        except Trouble as trouble:
            troubles.append(trouble)
            _skip(cursor)
    troubles.extend(_contradictions(parts, cursor.text))
    return parts, troubles


def _skip(cursor: Cursor) -> None:
    """Go on behind the next comma, so that one mistake is told once."""
    while not cursor.over and cursor.step().text != ",":
        pass


def _one(cursor: Cursor, clauses: tuple[Clause, ...]) -> Parts | None:
    """Take one clause, the first of the table that begins here."""
    return next((found for clause in clauses if (found := clause(cursor)) is not None), None)


def _put(parts: Parts, found: Parts, start: int, cursor: Cursor) -> None:
    """Add what a clause said, unless it has been said before."""
    for part, value in found.items():
        if part in parts:
            hint = _second_amount(cursor.since(start)) if part == "amount" else ""
            raise Trouble(start, cursor.before.end, f"{_CALLED[part]} named twice", hint)
        parts[part] = value


def _second_amount(written: str) -> str:
    """What a second amount may have been meant for."""
    if "hold" in written.lower():
        return f"a pause says where: `{written} at top`"
    if written.isdigit():
        return "all sets have one amount; give what differs an item of its own"
    return "rests, pauses and loads say what they are: `rest 60s`, `pause 1s at top`, `20kg`"


def _not_understood(cursor: Cursor, clauses: tuple[Clause, ...]) -> Trouble:
    """Pass over all words up to where a clause begins again; one trouble for them all."""
    start, mended, changed, advice = cursor.here.start, "", False, ""
    while not cursor.over and not _begins(cursor, clauses):
        word = cursor.step()
        advice = advice or advice_on(word.text)
        near = nearest_word(word.text)
        changed = changed or bool(near)
        mended += near or cursor.text[word.start : word.end]
        mended += " " if cursor.here.start > word.end else ""
    written = shorten(cursor.since(start))
    fix = mended.rstrip() if changed else ""
    return Trouble(start, cursor.before.end, f"`{written}` is not understood", advice, fix)


def _begins(cursor: Cursor, clauses: tuple[Clause, ...]) -> bool:
    """Whether a clause begins here, right or wrong; nothing is taken."""
    mark = cursor.at
    try:
        return _one(cursor, clauses) is not None
    except Trouble:
        return True
    finally:
        cursor.at = mark


def _advised(
    text: str, trouble: Trouble, clauses: tuple[Clause, ...], hint: str, troubles: int
) -> NotationProblem:
    """The problem with a hint: its own, or what its fix makes of the line where that helps."""
    problem = trouble.problem
    if trouble.fix and not problem.hint:
        mended = text[: problem.start] + trouble.fix + text[problem.end :]
        # Mended it may be longer than a line may be, and then it is of no help.
        left = len(_read(Cursor(mended), clauses)[1]) if len(mended) <= LONGEST else troubles
        if left < troubles:
            better = trouble.fix if left else mended.strip()
            return problem._replace(hint=f"did you mean `{better}`?")
    unclear = problem.message.endswith("understood")
    return problem._replace(hint=problem.hint or (hint if unclear else ""))


def _contradictions(parts: Mapping[str, Any], text: str) -> Iterator[Trouble]:
    """What can only be seen when the whole line is read."""
    if "back" in parts and not isinstance(parts.get("amount"), Carry):
        hint = "write the distance, like `50 ft out and back`"
        yield Trouble(0, len(text), "a way there and back needs a distance", hint)
    if "every" in parts and "pulses" not in parts:
        yield Trouble(0, len(text), "`every` belongs to pulses", "write `10 pulses every 0.8s`")
    if "together" in parts and ("each" in parts or "alternating" in parts):
        yield Trouble(0, len(text), "the sides cannot be both together and apart", SIDES_HINT)


def _finished(parts: Parts) -> Written:
    """The parts as they are handed on."""
    amount = parts.get("amount")
    if isinstance(amount, Carry):
        amount = replace(amount, back=parts.get("back", False))
    pulses = parts.get("pulses")
    return Written(
        sets=parts.get("sets"),
        amount=amount,
        order=next((one for one in _ORDERS if one in parts), None),
        limb=parts.get("alternating") or parts.get("each"),
        first=parts.get("first"),
        tempo=parts.get("tempo"),
        pause_top=parts.get("pause_top"),
        pause_bottom=parts.get("pause_bottom"),
        finisher=Finisher(pulses, parts.get("every", SECOND)) if pulses else None,
        load=parts.get("load"),
        rest=parts.get("rest"),
    )


_ORDERS: tuple[Order, ...] = ("alternating", "each", "together")
"""`10 steps each leg alternating` alternates."""
