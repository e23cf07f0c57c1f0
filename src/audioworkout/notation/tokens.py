"""The words and signs of a line, and a cursor that walks over them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from audioworkout.errors import UsageError

_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s.])", re.ASCII
)
_SAME = str.maketrans("×✕–—−‐‑;\u00a0", "xx-----, ")
LONGEST = 300
"""Characters a line may have; nobody means more, and every line is read in no time."""


class NotationProblem(NamedTuple):
    """What is wrong with `text[start:end]`, and what would work."""

    start: int
    end: int
    message: str
    hint: str = ""


class NotationError(UsageError):
    """A line or a value that cannot be read.

    Attributes:
        problems: Everything that is wrong, in order; never empty.
    """

    def __init__(self, problems: tuple[NotationProblem, ...]) -> None:
        super().__init__(problems[0].message, problems[0].hint)
        self.problems = problems


class Trouble(Exception):  # noqa: N818 - never leaves this package: NotationError does
    """One clause cannot be read. `fix` is what might stand in place of `start:end`."""

    def __init__(self, start: int, end: int, message: str, hint: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.problem = NotationProblem(start, end, message, hint)
        self.fix = fix


class Token(NamedTuple):
    """One word, number or sign, in lower case and plain signs; `start:end` as it was written."""

    kind: Literal["number", "word", "sign", "end"]
    text: str
    start: int
    end: int


class Cursor:
    """Walks over the tokens of a text; taking something that is not there moves nothing."""

    def __init__(self, text: str) -> None:
        """Cut `text` into tokens; raise Trouble where it is too long to be meant."""
        if len(text) > LONGEST:
            raise Trouble(0, len(text), f"longer than {LONGEST} characters")
        self.text = text
        self.tokens = [*_tokens(text), Token("end", "", len(text), len(text))]
        self.at = 0

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
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def step(self) -> Token:
        """Take the next token, whatever it is."""
        token = self.here
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, *choices: str) -> Token | None:
        """Take the next token if it is one of `choices`."""
        return self.step() if self.here.text in choices and not self.over else None

    def number(self) -> Token | None:
        """Take a number."""
        return self.step() if self.here.kind == "number" else None

    def phrase(self, words: str) -> bool:
        """Take all these words, or none."""
        wanted = words.split()
        if [token.text for token in self.tokens[self.at : self.at + len(wanted)]] != wanted:
            return False
        self.at += len(wanted)
        return True

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


def _tokens(text: str) -> list[Token]:
    """Every token in order; full stops that belong to no number are passed over."""
    return [
        Token(match.lastgroup, match[0].casefold(), match.start(), match.end())  # type: ignore[arg-type]  # the group's names are the kinds
        for match in _TOKEN.finditer(text.translate(_SAME))
    ]
