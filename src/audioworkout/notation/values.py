"""Single values: durations, ranges, tempo. Fields and flags are read by the same rules as lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar, cast

from audioworkout.model.exercise import MM_PER_UNIT, Amount, Breaths, Carry, Tempo
from audioworkout.notation.partial import BareDistance
from audioworkout.notation.quantities import (
    DISTANCES,
    DURATION_HINT,
    LONGEST_DURATION,
    MOST_REPS,
    TEMPO_HINT,
    Chain,
    make_raw_amount,
    require_counts,
    take_chain,
    take_limited_duration,
    take_quantity,
    take_tempo,
    take_way_back,
)
from audioworkout.notation.tokens import Cursor, NotationError, Trouble, Words, shorten
from audioworkout.units import Ms

T = TypeVar("T")

Lead = Literal["reps", "steps", "hold", "for", "carry", "breaths"]
"""The kind of amount that the name of a field has settled."""


def parse_whole_text(
    text: str,
    read: Callable[[Cursor], T | None],
    what: str,
    hint: str = "",
    vocabulary: Words | None = None,
) -> T:
    """Read all of `text` with `read`; `vocabulary`: of the language it is written in.

    Raises:
        NotationError: It is not `what`, or something is left over.
    """
    try:
        cursor = Cursor(text, vocabulary)
        value = read(cursor)
        if value is None:
            raise Trouble(0, len(text), f"`{shorten(text)}` is not {what}", hint)
        if not cursor.over:
            rest = text[cursor.here.start :]
            message = f"`{shorten(text)}` is not {what}: `{shorten(rest)}` is left over"
            raise Trouble(cursor.here.start, len(text), message, hint)
    except Trouble as trouble:
        raise NotationError((trouble.problem,)) from None
    return value


def parse_duration(
    text: str, shortest: Ms = 0, longest: Ms = LONGEST_DURATION, vocabulary: Words | None = None
) -> Ms:
    """A length of time in ms. A bare number is seconds, `1:30` minutes and seconds.

    >>> [parse_duration(text) for text in ("45", "1:30", "1m30s", "2 min", "0.8s", "0:45")]
    [45000, 90000, 90000, 120000, 800, 45000]

    Raises:
        NotationError: It is no time, or outside of `shortest..longest`.
    """

    def read(cursor: Cursor) -> Ms | None:
        return take_limited_duration(cursor, bare=True, shortest=shortest, longest=longest)

    return parse_whole_text(text, read, "a time", DURATION_HINT, vocabulary)


def parse_duration_range(text: str, *, vocabulary: Words | None = None) -> tuple[Ms, Ms]:
    """A length of time or a range of two, as both ends in ms.

    >>> parse_duration_range("90s"), parse_duration_range("2-3 min")
    ((90000, 90000), (120000, 180000))

    Raises:
        NotationError: It is no time, no range, or longer than `LONGEST_DURATION`.
    """

    def read(cursor: Cursor) -> tuple[Ms, Ms] | None:
        mark = cursor.at
        lasts = take_limited_duration(cursor, bare=True, shortest=0, longest=LONGEST_DURATION)
        if lasts is not None and cursor.here.text not in ("-", "to"):
            return lasts, lasts
        cursor.at = mark
        found = take_chain(cursor, bare=True, joints="-to")
        if found is None or found.kind != "time" or len(found.links) != 2:
            cursor.at = mark
            return None
        low, high = (round(value) for value in found.values)
        if not low <= high <= LONGEST_DURATION:
            raise found.fault("is no range of times", DURATION_HINT)
        return low, high

    return parse_whole_text(text, read, "a time", DURATION_HINT, vocabulary)


def parse_tempo(text: str, vocabulary: Words | None = None) -> Tempo:
    """A tempo: down, pause, up, pause in seconds; X is one second.

    >>> parse_tempo("@20X0"), parse_tempo("4/2/1").beat
    (Tempo(down=2000, bottom=0, up=1000, top=0), 7000)

    Raises:
        NotationError: It has not three or four phases, or a rep would be too short or too long.
    """

    def read(cursor: Cursor) -> Tempo:
        cursor.take("@", "tempo")
        return take_tempo(cursor)

    return parse_whole_text(text, read, "a tempo", TEMPO_HINT, vocabulary)


def parse_range(
    text: str, what: str = "reps", most: int = MOST_REPS, vocabulary: Words | None = None
) -> tuple[int, int]:
    """A whole number or a range of them, as its two ends.

    >>> parse_range("12-15"), parse_range("10"), parse_range("12 to 15 reps")
    ((12, 15), (10, 10), (12, 15))

    Raises:
        NotationError: It is no range, the high end comes first, or it is outside of 1..`most`.
    """

    def read(cursor: Cursor) -> tuple[int, int] | None:
        found = _take_range(cursor, bare=False)
        if found is None or found.kind not in ("bare", "reps"):
            return None
        return require_counts(found, found.links[0], found.links[-1], what, most)

    hint = "write a number or a range, like `12` or `8-10`"
    return parse_whole_text(text, read, f"a number of {what}", hint, vocabulary)


def parse_length(text: str, vocabulary: Words | None = None) -> int:
    """The length of a room in mm, from 2 m to 1 km.

    >>> parse_length("6m"), parse_length("20 ft")
    (6000, 6096)

    Raises:
        NotationError: It is no length, or too short to walk in.
    """

    def read(cursor: Cursor) -> int | None:
        found = take_quantity(cursor, bare=False)
        if found is None or found.kind != "distance":
            return None
        length = round(found.value * MM_PER_UNIT[DISTANCES[found.word]])
        if not 2_000 <= length <= 1_000_000:
            raise Trouble(0, len(text), f"`{shorten(text)}` is not between 2 m and 1000 m")
        return length

    hint = "write a length like `6m` or `20 ft`"
    return parse_whole_text(text, read, "a length", hint, vocabulary)


def parse_amount(text: str, lead: Lead, vocabulary: Words | None = None) -> Amount:
    """An amount whose kind is settled by the field it stands in.

    >>> parse_amount("40", "hold"), parse_amount("50-100 ft out and back", "carry")
    (Hold(low=40000, high=40000), Carry(low=50, high=100, unit='ft', back=True))

    Raises:
        NotationError: It is not an amount of this kind.
    """

    def read(cursor: Cursor) -> object | None:
        cursor.take(lead)
        found = _take_range(cursor, bare=lead in ("hold", "for"))
        if found is None:
            return None
        try:
            amount = make_raw_amount(found, found.links[0], found.links[-1], lead)
        except Trouble as trouble:
            if trouble.problem.message.endswith("of another kind"):
                return None
            raise
        if isinstance(amount, BareDistance):
            return make_carry(amount, bool(take_way_back(cursor)))
        if isinstance(amount, Breaths) and cursor.take("every"):
            every = take_limited_duration(cursor, bare=True, shortest=2_000, longest=60_000)
            return Breaths(amount.low, amount.high, every or amount.every)
        return amount

    what, example = _AMOUNTS[lead]
    hint = f"write it like {example}"
    return cast("Amount", parse_whole_text(text, read, what, hint, vocabulary))


def _take_range(cursor: Cursor, *, bare: bool) -> Chain | None:
    """One quantity or a range of two, the low end first."""
    found = take_chain(cursor, bare=bare, joints="-to")
    if found is None:
        return None
    if len(found.links) > 2:
        raise found.fault("is neither a number nor a range")
    low, high = found.links[0], found.links[-1]
    if low.value > high.value:
        unit = found.written.rsplit(high.figure, 1)[-1]
        fix = f"{high.figure}-{low.figure}{unit}"
        raise found.fault(": the low end must come first", f"write `{fix}`", fix)
    return found


def make_carry(distance: BareDistance, back: bool) -> Carry:
    """A distance as a carry, in whole feet or metres."""
    unit: Literal["ft", "m"] = "ft" if distance.unit in ("ft", "yd") else "m"
    factor = MM_PER_UNIT[distance.unit] / MM_PER_UNIT[unit]
    low, high = (max(1, round(float(end) * factor)) for end in (distance.low, distance.high))
    return Carry(low, high, unit, back)


_AMOUNTS: dict[Lead, tuple[str, str]] = {
    "reps": ("a number of reps", "`12` or `8-10`"),
    "steps": ("a number of steps", "`10` or `10-12`"),
    "hold": ("a time", "`40s` or `1:30`"),
    "for": ("a time", "`40s` or `1:30`"),
    "carry": ("a distance", "`50 ft`, `15 m` or `50-100 ft out and back`"),
    "breaths": ("a number of breaths", "`5` or `5 every 4s`"),
}
