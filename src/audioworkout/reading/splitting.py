"""Splits an item in one text into its name and its line: `3x10 push-ups`, `plank 40s, rest 60s`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from audioworkout.names import LONGEST_COMPARED as LONGEST_NAME
from audioworkout.names import is_slip
from audioworkout.notation import NAME_WORDS, VOCABULARY, Words, reads_as_line
from audioworkout.reading.misspelling import TRAINING_WORDS

MOST_SPLIT_WORDS = 40
"""Items of more words are not split."""
LONGEST_KNOWN = 8
"""Most words of a name that is searched for in an item."""

SHORTEST_SLIP = 4
"""Fewest letters of a word that may be misspelt."""

_EDGE = " \t,;:–—-`"
_TIMES = re.compile(
    r"^[x×](?=\s*(?:\d++(?!\s*[x×*]\s*\d)|(?:amrap|max|failure|me)\b))", re.IGNORECASE
)
"""A leading `x` of `push-ups x10`; that of `x12x3` says that the reps come first."""
_OF = re.compile(r"\s+of$", re.IGNORECASE)
"""Behind an amount before a name: `2 minutes of jumping jacks`."""
_QUOTES = ('""', "''", "“”", "«»", "„“")


class Parts(NamedTuple):
    """The name within an item and the line around it."""

    name: str
    line: str
    quoted: bool = False


def split_known(
    text: str, known: Callable[[str], bool], vocabulary: Words | None = None
) -> Parts | None:
    """Find the longest known name of an item whose other words are a valid line; None without one.

    A name at the start may have a line without an amount: `push-ups slow`.
    """
    words = _words(text)
    for start, end in _runs(len(words)):
        name = _cut(text, words, start, end)
        if not known(name):
            continue
        line = _join_around(text, words, start, end)
        if line and reads_as_line(line, start > 0, vocabulary):
            return Parts(name, line)
    return None


def split_unknown(text: str, vocabulary: Words | None = None) -> Parts | None:
    """Split an unknown name from the amount at either end of the item.

    There may be another clause with a figure at the other end: `3x10 zercher squat rest 60s`.
    """
    words = _words(text)
    count = len(words)
    front = _longest(lambda n: _cut(text, words, 0, n), count - 1, vocabulary)
    back = _longest(lambda n: _cut(text, words, count - n, count), count - 1, vocabulary)
    if not front and not back:
        return None
    if front >= back:
        start, end = front, count
        most = count - 1 - start
        end -= _longest(lambda n: _clause(text, words, start, n), most, vocabulary, sized=False)
    else:
        start, end = 0, count - back
        if _is_held_name(text, words[end:]) and reads_as_line(_cut(text, words, end + 1, count)):
            end += 1  # `arch hold 30s`: the hold is part of the name
    if start and text[slice(*words[start])].lower() == "of":
        start += 1
    name = _cut(text, words, start, end)
    line = _join_around(text, words, start, end)
    if not name or len(name) > LONGEST_NAME or not reads_as_line(line, vocabulary=vocabulary):
        return None
    quoted = len(name) > 2 and name[0] + name[-1] in _QUOTES
    return Parts(name[1:-1], line, True) if quoted else Parts(name, line)


def _is_held_name(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether `hold` and an amount are next: behind an unknown name it may end the name."""
    return len(words) > 1 and text[slice(*words[0])].lower() == "hold"


def known_within(text: str, known: Callable[[str], bool]) -> Parts | None:
    """The longest known name in an item, and all text around it."""
    words = _words(text)
    for start, end in _runs(len(words)):
        name = _cut(text, words, start, end)
        if known(name):
            return Parts(name, _join_around(text, words, start, end))
    return None


def move_word_to_name(
    name: str, line: str, known: Callable[[str], bool], vocabulary: Words | None = None
) -> Parts | None:
    """Give a line's word to the name if it belongs there: `3x5 negative` of `pull up`.

    None if the line can be read, or no longer name is known.
    """
    if reads_as_line(line, False, vocabulary):
        return None
    words = _words(line)
    for start, end in words:
        word = line[start:end].strip(f"{_EDGE}()")
        rest = f"{line[:start]}{line[end:]}".strip(_EDGE)
        for longer in (f"{word} {name}", f"{name} {word}"):
            if word.isalpha() and known(longer) and reads_as_line(rest, vocabulary=vocabulary):
                return Parts(longer, rest)
    return None


_LINE_WORDS = """
for of x until till minute minutes min mins second seconds sec secs rep reps sets round rounds
ladder ladders pyramid descending ascending amrap emom me failure ss each per every rest repeat then
superset supersets wave cluster myo otm as needed a an the from to at by and or with total half
death one two three four five ten recovery break full alternating
"""
LINE_WORDS = frozenset(_LINE_WORDS.split())
"""Words that alone beside a known name are part of a line, not of another name."""
_NEVER_LAST = frozenset(
    ("then", "for", "of", "x", "until", "to", "from", "at", "per", "and", "or", "with")
)


def find_unread_words(name: str, known: Callable[[str], bool]) -> str:
    """The words of an unknown name that belong to a line that was not understood; else empty.

    >>> find_unread_words("plank hold for", lambda name: name == "plank")
    'hold for'
    >>> find_unread_words("plank jack", lambda name: name == "plank")
    ''
    """
    words = [word.lower().strip(_EDGE) for word in name.split()]
    if "up to" in " ".join(words):
        return "up to"
    if all(word in LINE_WORDS for word in words):
        return name
    parts = known_within(name, known)
    if parts is None:
        return name if words[-1] in _NEVER_LAST else ""
    around = [word.lower().strip(_EDGE) for word in re.split(r"[\s,/]+", parts.line)]
    rest = [word for word in around if word and word not in LINE_WORDS | {"hold", "max"}]
    unread = not rest and not {"hold", "max"}.issuperset(around)
    return parts.line.replace(",", "") if unread or words[-1] in _NEVER_LAST else ""


def is_misspelt(word: str) -> bool:
    """True if a word is a misspelt word of a line, and not a word of training: `rset`."""
    word = word.lower().strip(_EDGE)
    if len(word) < SHORTEST_SLIP or word in TRAINING_WORDS or word in VOCABULARY:
        return False
    return any(len(one) >= SHORTEST_SLIP and is_slip(word, one) for one in VOCABULARY)


def _words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word; none for a text that is too long for an item."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    return words if len(words) <= MOST_SPLIT_WORDS else []


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Every run of consecutive words except the whole, longer ones first, from the left."""
    for length in range(min(count - 1, LONGEST_KNOWN), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _cut(text: str, words: list[tuple[int, int]], start: int, end: int) -> str:
    return text[words[start][0] : words[end - 1][1]].strip(_EDGE) if start < end else ""


def _clause(text: str, words: list[tuple[int, int]], start: int, length: int) -> str:
    """The last words of a text if they have a figure or a side; else nothing."""
    found = _cut(text, words, len(words) - length, len(words))
    plain = re.search(r"\d|\b(?:per|each|both|alternating|side)\b", found, re.IGNORECASE)
    return found if plain else ""


def _join_around(text: str, words: list[tuple[int, int]], start: int, end: int) -> str:
    """Join the text before and after some words to one line."""
    before = _OF.sub("", _cut(text, words, 0, start))
    after = _cut(text, words, end, len(words))
    return _TIMES.sub("", ", ".join(part for part in (before, after) if part)).strip()


def _longest(
    cut: Callable[[int], str], most: int, vocabulary: Words | None, sized: bool = True
) -> int:
    """The greatest number of words for which `cut` gives a valid line; 0 if there is none."""
    for length in range(most, 0, -1):
        found = _TIMES.sub("", cut(length)).strip()
        if found and not _is_part_of_name(found) and reads_as_line(found, sized, vocabulary):
            return length
    return 0


def _is_part_of_name(line: str) -> bool:
    """Whether a line begins with a thing or a manner, as the end of a name does: `the wall 2 min`.

    With a word before it (`with a band`) it is a clause.
    """
    first = line.split()[0].lower().strip(_EDGE)
    return first in NAME_WORDS
