"""Which lines head an exercise: lines of one style are alike, so they are judged together."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from audioworkout.importing.lines import Document, SourceLine
from audioworkout.importing.naming import Name, NameFinder
from audioworkout.importing.openings import LONGEST_HEAD, numbered_behind
from audioworkout.importing.outline import AMOUNT_FIELDS
from audioworkout.importing.rules import fold_text
from audioworkout.importing.whiteboard import letter_of, read_counted_items

LEAST_NAMES = 0.3
"""The share of lines of a style that name an exercise, from which on the style heads exercises."""
_NO_AMOUNT = re.compile(r"[<>]|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\(?\d{1,2}/10\b")
"""What stands behind no exercise: a date, a bound, a mark out of ten."""
LONGEST_RUN = 7
"""Words at the beginning of a line among which a name is looked for."""
CLEAR_AMOUNTS = AMOUNT_FIELDS - {"count", "distance"}
"""Fields that a description rarely has by chance."""


class Style(NamedTuple):
    """How a line is marked."""

    mark: str
    level: int = 0


class Head(NamedTuple):
    """The part of a line that may name an exercise, and what stands behind it."""

    text: str
    behind: str
    style: Style
    letter: str
    name: Name


class HeadFinder:
    """Judges the lines of a document by how many of their style name an exercise."""

    def __init__(self, document: Document, names: NameFinder) -> None:
        self.title = fold_text(document.title)
        self.names = names
        self.language = names.language
        self.found: dict[Style, tuple[int, int]] = {}
        self.found = self._count_styles(document)

    def _count_styles(self, document: Document) -> dict[Style, tuple[int, int]]:
        """Of each style, how many lines have a word of training, and how many may be names."""
        good: Counter[Style] = Counter()
        likely: Counter[Style] = Counter()
        for line in document.lines:
            head = self.head_of(line)
            if head is not None:
                likely[head.style] += 1
                good[head.style] += head.name.noun
        return {style: (good[style], likely[style]) for style in likely}

    def head_of(self, line: SourceLine) -> Head | None:
        """The name that a line may begin with, whether it is an exercise or not."""
        longest = LONGEST_HEAD * (4 if line.mark == "text" else 16)
        if line.mark == "row" or len(line.text) > longest:
            return None
        numbered = self.numbered(line.text)
        letter, bare = letter_of(line.text)
        text = numbered or bare
        head = head_text(text)
        if not self.names.is_name(head):
            head = self._first_words(text, line, bool(numbered))
        if not head:
            return None
        style = Style("exercise") if numbered else style_of(line)
        behind = text[len(head) :].lstrip(" .:–—-|")
        return Head(head, behind, style, letter, self.names.name(head))

    def _first_words(self, text: str, line: SourceLine, numbered: bool) -> str:
        """A name with no colon or dash behind it: before brackets, a full stop, a sentence.

        `Step ups (on a box)`, `3. Plank. Hold it.`, `Exercise 1: Plank Lie on your front.`
        """
        bare = re.match(r"[^()\[\]]+(?=[(\[])", text)
        if bare and re.search(r"[)\]]\s*$", text) and self.names.is_name(bare[0]):
            return bare[0].strip()
        if line.mark not in ("number", "bold", "item") and not numbered:
            return ""
        first = re.match(r"[^.!?:]{3,40}(?=[.!]\s)", text)
        if first and self.names.is_name(first[0]) and self.names.name(first[0]).noun:
            return first[0]
        words = list(re.finditer(r"\S+", text))[:LONGEST_RUN] if numbered else []
        for word in reversed(words[:-1]):
            if self.names.name(text[: word.end()]).exercise is not None:
                return text[: word.end()]
        return ""

    def numbered(self, text: str) -> str:
        """What stands behind `Exercise 1:`."""
        return numbered_behind(text, self.language.labels["exercise"])

    def is_strong(self, style: Style) -> bool:
        """Whether lines of a style head exercises."""
        good, likely = self.found.get(style, (0, 0))
        return good >= 2 and good >= LEAST_NAMES * likely

    @property
    def has_strong(self) -> bool:
        """Whether exercises are headed by numbers or headings, so that bare lines are none."""
        return any(
            self.is_strong(style) for style in self.found if style.mark not in ("text", "item")
        )

    def is_exercise(
        self,
        head: Head,
        line: SourceLine,
        following: tuple[SourceLine, ...],
        *,
        inside: bool,
        described: bool,
    ) -> bool:
        """Whether a head is that of an exercise.

        `inside`: a block or another section than the main one is open, whose items may have a
        style of their own. `described`: a description of an exercise stands above.
        """
        name, style, strong = head.name, head.style, self.has_strong
        if _NO_AMOUNT.match(head.behind):
            return False
        if fold_text(line.text) == self.title and style.mark in ("heading", "text"):
            return False
        if head.letter:
            return name.noun
        if self._is_title(head.text) and name.exercise is None:
            return False
        if style.mark not in ("text", "item"):
            return self._is_marked_exercise(head, following)
        if head.behind and re.search(r":|\s[–—-]\s", line.text):
            tells = self.tells_amount((line._replace(text=head.behind),), whole=True)
            return (tells and (name.noun or self.is_strong(style))) or (
                name.noun and not strong and self.is_strong(style)
            )
        if strong and not inside:
            return False
        if style.mark == "item":
            return name.noun and self._mostly_names(style) and not described
        if not name.noun:
            return (
                not line.text.rstrip().endswith(":")
                and self.tells_amount(following[:1])
                and self.is_strong(style)
            )
        return name.exercise is not None or self.is_strong(style) or self.tells_amount(following)

    def _is_marked_exercise(self, head: Head, following: tuple[SourceLine, ...]) -> bool:
        """Of a heading, a bold or a numbered line."""
        name, style = head.name, head.style
        if not self.is_strong(style):
            return name.exercise is not None and bool(following) and not self.has_strong
        return (
            name.noun
            or self.tells_amount(following)
            or style.mark == "exercise"
            or style.mark.endswith("number")
        )

    def _mostly_names(self, style: Style) -> bool:
        good, likely = self.found.get(style, (0, 0))
        return good >= 2 and good >= 0.5 * likely

    def _is_title(self, text: str) -> bool:
        """Whether a line is about exercises and none itself: `10 Moves to Tone Your Thighs`."""
        return self.language.has_phrase("titles", fold_text(text))

    def tells_amount(self, lines: tuple[SourceLine, ...], whole: bool = False) -> bool:
        """Whether the next lines say how much, before another exercise is named.

        `whole`: the lines are what stands behind the name itself.
        """
        for line in lines:
            if line.mark == "heading" or (not whole and self._names_another(line)):
                return False
            for one in self.names.facts_of_line(line.text):
                if not (one.not_now or one.about_all) and any(
                    fact.field in CLEAR_AMOUNTS for fact in one.facts
                ):
                    return True
        return False

    def _names_another(self, line: SourceLine) -> bool:
        if len(line.text) > LONGEST_HEAD * 2 or line.text.rstrip().endswith((".", "!")):
            head = line.text.partition(":")
            return bool(head[1]) and self.names.is_name(head[0]) and self.names.name(head[0]).noun
        return bool(read_counted_items(line.text, self.names, True))


def style_of(line: SourceLine) -> Style:
    """How a line is marked; a heading or bold line with a number is a style of its own."""
    if line.mark in ("heading", "bold") and line.value is not None:
        return Style(f"{line.mark} number")
    return Style(line.mark, line.level if line.mark == "heading" else 0)


def head_text(text: str) -> str:
    """The part of a line that may be a name: before a colon, a dash or a bar."""
    return re.split(r"\s?:(?!\d)|\s[–—-]\s|\s\|\s", text, maxsplit=1)[0].strip()
