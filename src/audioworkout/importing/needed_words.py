"""What a sentence must have for a kind of phrasing to be in it, found out from its pattern.

A sentence has few of some hundred kinds. To look for a word in it takes a thirtieth of the time of
a search with a pattern, so that most patterns need not be tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ANY_DIGIT = frozenset("0123456789")
_PIECES = re.compile(
    r"(?P<slot><[A-Z](?::\w+)?>)|(?P<beside>\(\?<?[=!])|(?P<open>\((?:\?:|\?P<\w+>)?(?!\?))|"
    r"(?P<close>\))|(?P<bar>\|)|(?P<many>(?:[?*+]|\{[\d,]+\})\??)|(?P<letter>[^\W\d_])|"
    r"(?P<other>\[(?:\\.|[^\]\\])*\]|\(\?P=\w+\)|\\.|.)",
    re.DOTALL,
)
_MAY_BE_NONE = ("?", "*", "{0")

_Needs = frozenset[str]
"""Texts of which there must be one; empty: nothing is known."""


def find_needed_words(pattern: str) -> _Needs:
    """Texts of which each sentence has one that a pattern of `kinds.toml` matches.

    Empty where nothing is known of it. A number is each of the digits.

    >>> sorted(find_needed_words("(?:rest|pause) for <T>|no (?:long )?breaks?"))
    ['break', 'pause', 'rest']
    >>> sorted(find_needed_words("<N> ?(?:x)?"))[:3]
    ['0', '1', '2']
    """
    groups = [_PatternGroup()]
    for piece in _PIECES.finditer(pattern):
        match piece.lastgroup:
            case "open" | "beside":
                groups.append(_PatternGroup(beside=piece.lastgroup == "beside"))
            case "close":
                needs = groups.pop().needs()
                groups[-1].add(needs)
            case "bar":
                groups[-1].branches.append([])
            case "many" if piece[0].startswith(_MAY_BE_NONE):
                groups[-1].drop_last()
            case "letter":
                groups[-1].add(piece[0])
            case kind:
                figure = kind == "slot" or piece[0] == r"\d"
                groups[-1].add(ANY_DIGIT if figure else frozenset())
    return groups[0].needs()


class _PatternGroup:
    """A group of a pattern while it is read: its branches, each of letters and of needs."""

    def __init__(self, *, beside: bool = False) -> None:
        self.beside = beside
        self.branches: list[list[str | _Needs]] = [[]]

    def add(self, part: str | _Needs) -> None:
        self.branches[-1].append(part)

    def drop_last(self) -> None:
        """What need not be there parts the letters around it."""
        self.branches[-1][-1:] = [frozenset()]

    def needs(self) -> _Needs:
        found = [_strongest(branch) for branch in self.branches]
        return frozenset().union(*found) if all(found) and not self.beside else frozenset()


def _strongest(branch: Sequence[str | _Needs]) -> _Needs:
    """What of a branch is found most seldom: the longest words before figures."""
    options: list[_Needs] = []
    letters = ""
    for part in (*branch, frozenset[str]()):
        if isinstance(part, str):
            letters += part
            continue
        options += [frozenset({letters})] if letters else []
        options += [part] if part else []
        letters = ""
    return max(
        options, key=lambda one: min(map(len, one)) - (one == ANY_DIGIT), default=frozenset()
    )
