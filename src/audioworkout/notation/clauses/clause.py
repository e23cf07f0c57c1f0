"""What a clause is: a reader with the words it may begin with, and the table that tries them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from audioworkout.notation.quantities import (
    DURATION_HINT,
    LONGEST_DURATION,
    REPS,
    REST_NOUNS,
    take_limited_duration,
)
from audioworkout.notation.tokens import Cursor, NotationProblem, Token, Trouble, number_of, shorten
from audioworkout.units import SECOND, Ms

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


def require_whole_number(number: Token, most: int, what: str) -> int:
    """A number as a whole one from 1 to `most`."""
    value = number_of(number)
    if value % 1 or not 1 <= value <= most:
        message = f"`{number.text}`: {what} are a whole number from 1 to {most}"
        raise Trouble(number.start, number.end, message)
    return int(value)


def require_duration(cursor: Cursor, shortest: Ms, longest: Ms) -> Ms:
    """Take the time that must follow the word just taken."""
    word = cursor.before
    found = take_limited_duration(cursor, bare=True, shortest=shortest, longest=longest)
    if found is None:
        message = f"a time must follow `{word.text}`"
        raise Trouble(word.start, cursor.here.end, message, DURATION_HINT)
    return found


def make_remark(start: int, end: int, message: str, hint: str = "") -> Parts:
    """A part that says how something was understood; it becomes a warning of `check`."""
    return {"remarks": (NotationProblem(start, end, message, hint),)}


def take_figures(cursor: Cursor) -> str:
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


def take_listed_figures(cursor: Cursor) -> tuple[Token, ...]:
    """Take the bare numbers of `70, 75, 80` or `7/8/9`, one for each set; empty for one alone.

    A number with a unit, an `x` or an `@` behind it is none of the list, and then nothing is taken;
    nor where they are not as many as the sets before the `@`: in `5 @ 60, 5` the second is reps.
    """
    mark, numbers, signs = cursor.at, [], set()
    sets = _count_sets_before(cursor.tokens[: max(0, mark - 1)])
    while number := cursor.number():
        numbers.append(number)
        sign = cursor.take(",", "/")
        if cursor.here.kind != "number":
            cursor.at -= sign is not None
            break
        signs.add(sign.text if sign else ",")
    after = cursor.here
    ended = after.kind == "end" or after.text in (",", ")", "-") or after.text in REST_NOUNS
    if len(numbers) != sets or sets < 2 or len(signs) > 1 or not ended:
        cursor.at = mark
        return ()
    return tuple(numbers)


def _count_sets_before(before: Sequence[Token]) -> int:
    """How many sets the end of a text has: of `3x5` three, of `5, 5, 5` three as well."""
    at = len(before) - 1
    while at >= 0 and before[at].text in REPS:
        at -= 1
    count, signs = 0, set()
    while at >= 0 and before[at].kind == "number":
        if at and before[at - 1].text == "@":
            break  # the load of the sets before it
        count += 1
        at -= 1
        if at > 0 and before[at].text in (",", "-", "/") and before[at - 1].kind == "number":
            signs.add(before[at].text)
            at -= 1
    count = 1 if count == 2 and "-" in signs else count  # a range
    while at > 0 and before[at].text in ("x", "of", "set", "sets"):
        at -= 1
        if before[at].kind == "number" and count == 1:
            return int(number_of(before[at]))
    return count


def follows_x(cursor: Cursor) -> bool:
    """Whether the token read last is an `x`: what comes next is then an amount."""
    return cursor.at > 0 and cursor.before.text == "x"


def check_figures(cursor: Cursor, figures: str, low: float, high: float, what: str) -> None:
    """Refuse figures that nobody can mean."""
    for one in figures.split("-"):
        if len(one) > 9 or not low <= float(one) <= high:
            message = f"`{shorten(figures)}`: {what} is from {low:g} to {high:g}"
            raise Trouble(cursor.before.start, cursor.before.end, message)


def check_work_length(found: Ms, start: int, cursor: Cursor) -> None:
    """Raise Trouble where a time is shorter than a second or longer than `LONGEST_DURATION`."""
    if not SECOND <= found <= LONGEST_DURATION:
        written = shorten(cursor.since(start))
        raise Trouble(start, cursor.before.end, f"`{written}` is no time from 1 s to 4 hours")
