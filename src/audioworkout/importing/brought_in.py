"""Paragraphs that bring their exercise in, `Next is the squat. Stand tall.`: heading and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import ARTICLES
from audioworkout.importing.rules import ImportLanguage, fold_text, load_import_language

FEWEST_BROUGHT_IN = 3
"""Paragraphs of a page that bring an exercise in, from which on their first sentences head them."""
MOST_WORDS_BROUGHT_IN = 5
MARKS_OF_HEADS = frozenset({"heading", "number", "bold", "row"})
"""Marks of lines that head exercises by themselves."""


class _BroughtIn(NamedTuple):
    """The name that a paragraph brings in, and what follows it."""

    name: str
    behind: str


def head_paragraphs(lines: Sequence[SourceLine], language: ImportLanguage) -> Iterator[SourceLine]:
    """The lines, with the name that a paragraph brings in as a heading above the rest of it.

    Only where several paragraphs do so, each with another name, and more than lines that are
    marked as headings.
    """
    found = {
        place: parts
        for place, line in enumerate(lines)
        if line.mark == "text" and (parts := _parts_of(line.text, language))
    }
    names = {fold_text(parts.name) for parts in found.values()}
    marked = sum(line.mark in MARKS_OF_HEADS for line in lines)
    heads = len(names) >= FEWEST_BROUGHT_IN and len(names) > marked // 2
    for place, line in enumerate(lines):
        if heads and place in found:
            name, behind = found[place]
            yield line._replace(text=name, mark="bold")
            if behind:
                yield line._replace(text=behind)
        else:
            yield line


def _parts_of(text: str, language: ImportLanguage) -> _BroughtIn | None:
    signs = [(sign, place) for place, one in enumerate(text) for sign in fold_text(one)]
    match = _lead_pattern(language.code).match("".join(sign for sign, _ in signs))
    if match is None:
        return None
    words = match["name"].split()
    stops = language.lists["clause_words"] | language.lists["side_words"]
    if len(words) > MOST_WORDS_BROUGHT_IN or not stops.isdisjoint(words):
        return None
    start, end = (signs[place][1] for place in (match.start("name"), match.end("name") - 1))
    name = text[start : end + 1].strip()
    return _BroughtIn(name[:1].upper() + name[1:], text[signs[match.end() - 1][1] + 1 :].strip())


@cache
def _lead_pattern(code: str) -> re.Pattern[str]:
    """How a sentence begins that brings an exercise in, up to its end, folded."""
    language = load_import_language(code)
    lists = language.lists
    articles = "|".join(map(re.escape, ARTICLES | language.articles | language.small))
    leads = sorted(lists["introduces"] | lists["leads"], key=len, reverse=True)
    begin, verbs, ends = (
        "|".join(map(re.escape, one)) for one in (leads, lists["lead_verbs"], lists["lead_ends"])
    )
    return re.compile(
        rf"(?:[^\W\d_]+,? ){{0,2}}?(?:{begin})(?: (?:{verbs}))?(?: ?[,:])? (?:(?:{articles}) |l')?"
        rf"(?P<name>[^\W\d_][^.!?:;,()\d–—]{{2,45}}?)(?: (?:{ends}))?"
        r"(?:[.!:]+(?=\s|$)|\s[–—-]\s)"
    )
