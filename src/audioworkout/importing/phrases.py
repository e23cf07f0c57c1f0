"""From a sentence in plain form to the facts in it, by the kinds of phrasing in `kinds.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audioworkout.importing.plain_form import Sentence
from audioworkout.importing.rest_places import find_rests
from audioworkout.importing.rules import Kind, load_kind_words, load_kinds

TAKEN = "\0"
"""Stands in a sentence for what a kind has taken."""
BARE_COUNT = 9
"""The kind of a number alone in front of a name or behind it."""
WORDS = frozenset({"side", "where"})
"""Groups that are only parts of what a kind gives."""


class Fact(NamedTuple):
    """One thing that a source says of an amount: `reps` is `8-12`."""

    field: str
    value: str
    kind: int
    start: int
    end: int
    """Characters of the line."""
    unsure: str = ""


class Reading(NamedTuple):
    """The facts of a sentence, and what is left of it."""

    facts: tuple[Fact, ...]
    left: str
    """The plain form, with `TAKEN` for every character that a kind has taken."""
    sentence: Sentence

    def left_source(self) -> str:
        """The characters of the source that no kind has taken, as they were written."""
        return "".join(self._left_pieces())

    def _left_pieces(self) -> Iterator[str]:
        sentence = self.sentence
        taken = bytearray(len(sentence.source))
        for n, sign in enumerate(self.left):
            if sign == TAKEN and sentence.text[n] != " ":
                for place in range(sentence.starts[n], sentence.ends[n]):
                    taken[place - sentence.offset] = 1
        for n, sign in enumerate(sentence.source):
            yield TAKEN if taken[n] else sign


def read_phrases(sentence: Sentence, line_start: bool = True) -> Reading:
    """All facts of a sentence.

    `line_start`: the sentence begins a line, so that a number in front may be an amount.
    """
    text = sentence.text
    facts: list[Fact] = []
    present = {word for word in load_kind_words() if word in text}
    for kind in load_kinds():
        if kind.whole_line and not line_start:
            continue
        if kind.needed and kind.needed.isdisjoint(present):
            continue
        if kind.when and not kind.when.search(sentence.text):
            continue
        if kind.reads_rests:
            for rest in [*find_rests(text)]:
                start, end = rest.spans[0][0], rest.spans[-1][1]
                where = sentence.starts[start], sentence.ends[end - 1]
                facts.append(Fact(rest.field, rest.value, kind.number, *where, rest.unsure))
                for first, last in rest.spans:
                    text = text[:first] + TAKEN * (last - first) + text[last:]
            continue
        at = 0
        while match := kind.pattern.search(text, at):
            if match.end() == match.start():
                at = match.end() + 1
                if at > len(text):
                    break
                continue
            if kind.number == BARE_COUNT and _is_small_word(match, sentence):
                at = match.end()
                continue
            facts += _facts_of(kind, match, sentence)
            text = _take(text, match)
            at = match.end()
    return Reading(tuple(facts), text, sentence)


def _is_small_word(match: re.Match[str], sentence: Sentence) -> bool:
    """Whether a bare number is the word for one or two, which tells what is used: `Two arms`."""
    start, end = sentence.starts[match.start()], sentence.ends[match.end() - 1]
    source = sentence.source[start - sentence.offset : end - sentence.offset]
    return not any(map(str.isdigit, source)) and match[0].strip(" \0").split()[-1] in ("1", "2")


def _facts_of(kind: Kind, match: re.Match[str], sentence: Sentence) -> Iterator[Fact]:
    start = sentence.starts[match.start()]
    end = sentence.ends[match.end() - 1]
    groups: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value is not None and not name.startswith("gap"):
            groups[re.sub(r"__\d+$", "", name)] = value.strip(" \0")
    used = {one for text in kind.gives.values() for one in re.findall(r"{(\w+)}", text)}
    for name, value in groups.items():
        if name not in used and name not in kind.gives and name not in WORDS:
            yield Fact(name, value, kind.number, start, end, kind.unsure)
    for name, text in kind.gives.items():
        filled = re.sub(r"{(\w+)}", lambda m: groups.get(m.group(1), _default(m.group(1))), text)
        if name == "ladder":
            name, filled = "list", expand_ladder(filled, 1)
        yield Fact(name, filled, kind.number, start, end, kind.unsure)


def expand_ladder(ends: str, step: int) -> str:
    """The rungs between two ends.

    >>> expand_ladder("5-1", 1), expand_ladder("2-10", 2)
    ('5-4-3-2-1', '2-4-6-8-10')
    """
    first, last = map(int, ends.split("-"))
    way = step if first <= last else -step
    return "-".join(map(str, range(first, last + way // step, way)))


def _default(name: str) -> str:
    if name == "ladder_to":
        return "1"
    return "side" if name == "side" else "top" if name == "where" else ""


def _take(text: str, match: re.Match[str]) -> str:
    """The text with all characters of a match but its gaps marked as taken."""
    signs = list(text)
    keep = [
        match.span(name) for name in match.groupdict() if name.startswith("gap") and match[name]
    ]
    for place in range(match.start(), match.end()):
        if not any(start <= place < end for start, end in keep):
            signs[place] = TAKEN
    return "".join(signs)
