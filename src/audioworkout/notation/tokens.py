"""The words and signs of a line, and a cursor that walks over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, Protocol

from audioworkout.errors import UsageError

ONES = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        ),
        1,
    )
}
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBER_WORDS = ONES | TENS
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}

_DIVIDED = (
    r"(?i:min|mins|mn|minut(?:es?|en|os?)|h|hr|hrs|std|hours?|stunden?|horas?|heures?"
    r"|mi|miles?|km)\b"
)
_WHOLE_UNITS = r"(?:m|metres?|meters?|ft|feet|yd|yds|yards?|steps|reps|kg|lbs?)\b"
_FINE_UNITS = rf"(?:kg|kgs|kilos?|lbs?|pounds|km|m|h|{_DIVIDED}|%)"
_TOKEN = re.compile(
    r"(?P<quote>(?<![0-9])\"[^\"]{1,120}\"|(?<![\w])'[^']{2,120}'(?!\w))"
    rf"|(?P<fraction>(?:[0-9]+\s+)?(?:1/2|1/3|2/3|1/4|3/4)(?=\s*{_DIVIDED})|[0-9]*[½¼¾])"
    rf"|(?P<thousands>[0-9]{{1,3}},[0-9]{{3}}(?=\s*{_WHOLE_UNITS}))"
    r"|(?P<comma>(?<![0-9],)(?<!\()[0-9]+,(?:[0-9](?![0-9)])"
    rf"|[0-9]{{2,3}}(?=\s*(?:-\s*[0-9,.]+\s*)?{_FINE_UNITS}))(?!,[0-9]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?|(?<![.0-9])\.[0-9]+)"
    r"|(?P<half>(?i:half\s+(?:an?\s+)?(?=(?:minute|min|hour)\b)))"
    r"|(?P<dots>\.\.+|…)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[^\s.])"
)
_SAME = str.maketrans("×✕*–—−‐‑;\u00a0`’′″“”„«»", 'xxx-----,  \'\'""""""')
_WITH_X = frozenset({"s", "sec", "secs", "kg", "lb", "lbs", "rep", "reps", "min", "m", "set"})
LONGEST_NOTATION = 300
"""Characters a line may have; nobody means more, and every line is read in no time."""


class NotationProblem(NamedTuple):
    """What is wrong with `text[start:end]`, and what would work."""

    start: int
    end: int
    message: str
    hint: str = ""
    fix: str | None = None
    """What certainly belongs in place of the part; None where nobody can know."""


class NotationError(UsageError):
    """A line or a value that cannot be read.

    Attributes:
        problems: Everything that is wrong, in order; never empty.
    """

    def __init__(self, problems: tuple[NotationProblem, ...]) -> None:
        super().__init__(problems[0].message, problems[0].hint)
        self.problems = problems


class Trouble(Exception):  # noqa: N818 - never leaves this package: NotationError does
    """One clause cannot be read. `fix` is what might stand in place of `start:end`.

    `certain`: nothing else can have been meant, as long as the line can then be read.
    """

    def __init__(
        self,
        start: int,
        end: int,
        message: str,
        hint: str = "",
        fix: str = "",
        certain: bool = False,
    ) -> None:
        super().__init__(message)
        self.problem = NotationProblem(start, end, message, hint)
        self.fix = fix
        self.certain = certain


class Token(NamedTuple):
    """One word, number or sign, in lower case and plain signs; `start:end` as it was written.

    The text of a number is its value in figures (`1/2` is `0.5`), that of a quote its words.
    """

    kind: Literal["number", "word", "sign", "quote", "end"]
    text: str
    start: int
    end: int


class Words(Protocol):
    """The words of a language, as a cursor needs them (`notation.vocabulary`)."""

    spellings: tuple[str, ...]
    """Words as they are written, to mend misspelt ones."""

    def translate(self, tokens: Iterable[Token]) -> list[Token]:
        """The tokens with words of this language replaced by English ones."""


class Cursor:
    """Walks over the tokens of a text; taking something that is not there moves nothing."""

    def __init__(self, text: str, vocabulary: Words | None = None) -> None:
        """Cut `text` into tokens; raise Trouble where it is too long to be meant.

        `vocabulary`: of the language it is written in; None: English alone.
        """
        if len(text) > LONGEST_NOTATION:
            raise Trouble(0, len(text), f"longer than {LONGEST_NOTATION} characters")
        self.text = text
        self.vocabulary = vocabulary
        tokens = [*split_tokens(text)]
        if any(token.text == "-" for token in tokens):
            tokens = [*_drop_hyphens(tokens)]
        if vocabulary is not None:
            tokens = vocabulary.translate(tokens)
        self.tokens = [*tokens, Token("end", "", len(text), len(text))]
        self.at = 0
        self.words = frozenset(token.text for token in self.tokens)
        self.number_readers: tuple[Any, ...] | None = None
        """Readers of clauses that may begin with a number here; worked out when first needed."""

    @property
    def here(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.at]

    @property
    def before(self) -> Token:
        """The token read last; before the first one, the end, which is no word."""
        return self.tokens[self.at - 1]

    @property
    def over(self) -> bool:
        """Whether everything is read."""
        return self.here.kind == "end"

    def ahead(self, count: int) -> Token:
        """The token `count` after the next one, or the end."""
        at = self.at + count
        return self.tokens[at] if at < len(self.tokens) else self.tokens[-1]

    def step(self) -> Token:
        """Take the next token, whatever it is."""
        token = self.here
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, *choices: str) -> Token | None:
        """Take the next token if it is one of `choices`."""
        token = self.tokens[self.at]
        if token.text not in choices or token.kind == "end":
            return None
        self.at += 1
        return token

    def number(self) -> Token | None:
        """Take a number."""
        token = self.tokens[self.at]
        if token.kind != "number":
            return None
        self.at += 1
        return token

    def phrase(self, words: str) -> bool:
        """Take all these words, or none."""
        if not words.startswith(self.tokens[self.at].text):
            return False
        wanted = words.split()
        if [token.text for token in self.tokens[self.at : self.at + len(wanted)]] != wanted:
            return False
        self.at += len(wanted)
        return True

    def phrases(self, *choices: str) -> str:
        """Take the first of these phrases that stands here; empty where none does."""
        text = self.tokens[self.at].text
        for one in choices:
            if one.startswith(text) and self.phrase(one):
                return one
        return ""

    def glued(self, count: int = 0) -> bool:
        """Whether there is no space before the token `count` after the next one."""
        return self.ahead(count).start == self.tokens[self.at + count - 1].end

    def pass_over(self, end: int) -> None:
        """Take every token that starts before a place in the text."""
        while not self.over and self.here.start < end:
            self.step()

    def since(self, start: int) -> str:
        """The text from a place to the end of what was read."""
        return self.text[start : self.before.end]


def number_of(token: Token) -> float:
    """The value of a number token; raise Trouble where it has more digits than anybody means."""
    if len(token.text) > 9:
        raise Trouble(token.start, token.end, f"{shorten(token.text)} is far too large")
    return float(token.text)


def shorten(text: str, longest: int = 40) -> str:
    """A text for showing in a message, cut where it is long."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def split_tokens(text: str) -> Iterator[Token]:
    """Every token in order; full stops that belong to no number are passed over."""
    plain = text.translate(_SAME)
    for match in _TOKEN.finditer(plain):
        kind, written, start = match.lastgroup, match[0], match.start()
        if kind == "word":
            yield from _split_word(plain, written.casefold(), start, match.end())
        elif kind == "sign":
            yield Token("sign", written, start, match.end())
        elif kind == "dots":
            yield Token("sign", "..", start, match.end())
        elif kind == "quote":
            yield Token("quote", " ".join(text[start + 1 : match.end() - 1].split()), *match.span())
        else:
            yield Token("number", _format_number(kind or "", written), start, match.end())


def _format_number(kind: str, written: str) -> str:
    """The value of a number in plain figures."""
    if kind == "thousands":
        return written.replace(",", "")
    if kind == "comma":
        return written.replace(",", ".")
    if kind == "half":
        return "0.5"
    if kind != "fraction":
        return written
    if written[-1] in _HALVES:
        return f"{written[:-1] or 0}{_HALVES[written[-1]]}"
    *whole, part = written.split()
    above, below = part.split("/")
    return f"{int(whole[0] if whole else 0) + int(above) / int(below):.4g}"


def _split_word(plain: str, word: str, start: int, end: int) -> Iterator[Token]:
    """A word; an `x` glued to what it stands between is cut off, a number word is a number."""
    after_number = start > 0 and (plain[start - 1].isdigit() or plain[start - 1] in ")%")
    if word[0] == "x" and len(word) > 1 and after_number:
        yield Token("word", "x", start, start + 1)
        word, start = word[1:], start + 1
    if word in ("a", "an") and _ONE_UNIT.match(plain, end) and not _OFTEN.search(plain, 0, start):
        yield Token("number", "1", start, end)
    elif word[-1] == "x" and word[:-1] in _WITH_X and plain[end : end + 1].isdigit():
        yield Token("word", word[:-1], start, end - 1)
        yield Token("word", "x", end - 1, end)
    elif word in NUMBER_WORDS and not (word == "one" and _ONE_OF.match(plain, end)):
        yield Token("number", str(NUMBER_WORDS[word]), start, end)
    else:
        yield Token("word", word, start, end)


_ONE_OF = re.compile(r"[\s-]+(?:way|side|leg|arm|hand|foot|at)\b", re.IGNORECASE)
"""Behind `one`, which is then no number."""
_ONE_UNIT = re.compile(r"\s+(?:minute|hour)\b", re.IGNORECASE)
"""Behind `a`, which is then a number."""
_OFTEN = re.compile(r"(?:\d|reps?|times|strokes)\s*$", re.IGNORECASE)
"""Before `a` of `20 reps a minute`, which is then none."""
_UNITS = """
second seconds sec secs minute minutes min mins hour hours m meter meters metre metres km mile miles
foot feet ft yard yards yd rep reps breath breaths step steps cal calorie calories kg lb lbs pound
pounds
"""
_HYPHENED = frozenset(_UNITS.split())
"""Units that a hyphen joins to their number: `30-second plank`."""


def _drop_hyphens(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens without hyphens that only join a unit to its number."""
    held: list[Token] = []  # a number, or a number and the hyphen glued to it
    for token in tokens:
        if len(held) == 2:
            joined = token.text in _HYPHENED and token.start == held[1].end
            yield from held[: 1 if joined else 2]
            held = []
        elif len(held) == 1:
            if token.text == "-" and token.start == held[0].end:
                held.append(token)
                continue
            yield held.pop()
        if token.kind == "number":
            held.append(token)
        else:
            yield token
    yield from held
