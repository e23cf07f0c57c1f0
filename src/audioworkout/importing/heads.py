"""Which lines head an exercise: lines of one style are alike, so they are judged together."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from audioworkout.importing.lines import Document, SourceLine
from audioworkout.importing.naming import Name, NameFinder
from audioworkout.importing.openings import (
    LONGEST_HEAD,
    begins_with_any,
    is_aside,
    numbered_behind,
)
from audioworkout.importing.outline import AMOUNT_FIELDS
from audioworkout.importing.rules import fold_text
from audioworkout.importing.set_lines import find_loaded_sets
from audioworkout.importing.whiteboard import letter_of, read_counted_items

LEAST_NAMES = 0.3
"""The share of lines of a style that name an exercise, from which on the style heads exercises."""
HALF_NAMES = 0.5
"""The same share of the marked items of a list."""
NEARLY_ALL_NAMES = 0.8
"""The same of marked items below the description of an exercise, whose steps may name one."""
LONGEST_PREFIX = 40
"""Characters of a label before a colon."""
MOST_LABEL_WORDS = 4
"""Words of a label with no colon behind it."""
LONGEST_LONE = 60
"""Characters of a line without a mark that stands like a heading."""
MOST_TITLE_WORDS = 6
LONGEST_SMALL_WORD = 3
"""Letters of a word that has no capital in a title: `with`, `of`."""
LONGEST_AMOUNT_LINE = 30
"""Characters of a line that holds an amount alone."""
LINES_BELOW = 8
"""Lines below a heading in which its amount is looked for."""
LEAST_TOLD = 0.6
"""The share of lines of a style with an amount below, from which on the style heads exercises."""
BARE_HEADINGS = ("lone", "colon")
"""Styles of lines without a mark that stand like headings."""
UNMARKED = (*BARE_HEADINGS, "prefix")
"""The same, and a few words in front of a colon."""
FEWEST_BARE = 3
"""Lines without a mark that have an amount below, from which on their style heads exercises."""
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PREFIX = re.compile(r"[^:–—]{3,40}(?::|\s[–—-])\s+\S.{20}")
"""A few words, and a sentence behind their colon."""
_PREFIX_END = re.compile(r":|\s[–—-]\s")
_CAPITALS = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’/&-]+(?:\s+(?:[A-ZÀ-Þ]{2}[A-ZÀ-Þ'’/-]*|[A&]|\d+))*"
    r"(?=\s+(?:\([^()]*\):?\s*)?[A-ZÀ-Þ][a-zß-ÿ]+\s+[a-zß-ÿ])"
)
_NO_AMOUNT = re.compile(r"[<>]|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\(?\d{1,2}/10\b")
"""What stands behind no exercise: a date, a bound, a mark out of ten."""
MOST_VARIANT_WORDS = 2
"""Words behind the dash of a name that tell which kind of it is done."""
LONGEST_RUN = 7
"""Words at the beginning of a line among which a name is looked for."""
FEWEST_ESSAY_WORDS = 25
"""Words of a paragraph that tells of something; the steps of an exercise begin otherwise."""
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
        self.steps = _find_step_labels(document.lines, names.language.labels["exercise"])
        """Words that count the steps of several descriptions: `Step 1` comes again and again."""
        self.first = document.lines[0].number if document.lines else 0
        self.names = names
        self.language = names.language
        self.labels = self._find_labels(document)
        """What stands before a colon again and again, folded: `Hold:`, `Back exercise:`."""
        self.lone = find_lone_lines(document.lines)
        """Numbers of bare lines that stand like headings: short, apart, above longer text."""
        self.found: dict[Style, tuple[int, int]] = {}
        self.told: frozenset[Style] = frozenset()
        self.found = self._count_styles(document)
        self.told = self._find_told_styles(document)
        """Styles below most of whose lines an amount is told."""
        self.listed = self._find_name_lists(document.lines)
        """Numbers of items of lists that name exercises and nothing else."""

    def _find_labels(self, document: Document) -> frozenset[str]:
        """Words before colons that come again and are no name of what is done.

        What stands behind them may be one each time: `Exercise of the week: Plank`.
        """
        seen: Counter[str] = Counter()
        named: Counter[str] = Counter()
        for line in document.lines:
            head, colon, behind = line.text.partition(":")
            if len(head) > LONGEST_PREFIX or not (colon or len(head.split()) <= MOST_LABEL_WORDS):
                continue
            label = fold_text(head).strip(" *")
            seen[label] += 1
            named[label] += bool(behind) and self._names_exercise(behind)
        return frozenset(
            label
            for label, count in seen.items()
            if count > 1
            and re.search(r"[^\W\d_]{2}", label)
            and not self.names.knows(label)
            and (named[label] > 1 or not self.names.has_noun(label))
        )

    def _find_name_lists(self, lines: tuple[SourceLine, ...]) -> frozenset[int]:
        """Items of lists of bare names of which half have a word of training, and two are known."""
        found: set[int] = set()
        for (mark, _), group in groupby(lines, key=lambda one: (one.mark, one.level)):
            items = list(group)
            if mark != "item" or len(items) < FEWEST_BARE:
                continue
            names = [self.names.name(one.text) for one in items if self.names.is_name(one.text)]
            nouns = sum(name.noun for name in names)
            known = sum(name.exercise is not None for name in names)
            if len(names) == len(items) and known > 1 and nouns >= HALF_NAMES * len(items):
                found |= {one.number for one in items}
        return frozenset(found)

    def _names_exercise(self, text: str) -> bool:
        return self.names.is_name(text) and self.names.name(text).noun

    def is_part_label(self, text: str) -> bool:
        """Whether a line heads a part of a description: `How to do it`, or a label that recurs."""
        return self.is_part_of_description(text) or fold_text(text).strip(" *:") in self.labels

    def is_part_of_description(self, text: str) -> bool:
        """Whether a line heads a part of any description: `How to do it`, `Breathing`."""
        parts = self.language.labels["instructions"] | self.language.labels["details"]
        return fold_text(text).strip(" *:") in parts

    def _count_styles(self, document: Document) -> dict[Style, tuple[int, int]]:
        """Of each style, how many lines have a word of training, and how many may be names."""
        good: Counter[Style] = Counter()
        likely: Counter[Style] = Counter()
        for line in document.lines:
            head = self.head_of(line)
            if head is not None:
                style = style_of(line) if head.style.mark == "prefix" else head.style
                likely[style] += 1
                good[style] += head.name.noun
        return {style: (good[style], likely[style]) for style in likely}

    def _find_told_styles(self, document: Document) -> frozenset[Style]:
        """Styles of headings and numbers below most of whose lines an amount is told."""
        told: Counter[Style] = Counter()
        count: Counter[Style] = Counter()
        nouns: Counter[Style] = Counter()
        trained: Counter[Style] = Counter()
        open_style: Style | None = None
        below: list[SourceLine] = []
        for line in (*document.lines, None):
            style = self._style_of(line) if line is not None else None
            heads = style is not None and style.mark not in ("text", "item", "row")
            if line is not None and not heads:
                below.append(line)
                continue
            if open_style is not None:
                count[open_style] += 1
                told[open_style] += self.tells_amount(tuple(below[:LINES_BELOW]))
                trained[open_style] += any(map(self._trains, below[:LINES_BELOW]))
            open_style, below = style, []
            if line is not None and style is not None:
                nouns[style] += self.names.name(head_text(line.text)).noun
            if line is not None and style is not None and style.mark == "prefix":
                below.append(line._replace(text=_PREFIX_END.split(line.text, maxsplit=1)[1]))
        return frozenset(
            style
            for style in count
            if told[style] > 1
            and (
                style.mark not in UNMARKED
                or (
                    told[style] >= FEWEST_BARE
                    and nouns[style]
                    and (told[style] == count[style] or nouns[style] >= LEAST_NAMES * count[style])
                )
                or (style.mark == "lone" and trained[style] == count[style] >= FEWEST_BARE)
            )
            and told[style] >= LEAST_TOLD * count[style]
        )

    def _trains(self, line: SourceLine) -> bool:
        """Whether a line says to hold or to repeat, as no guideline does."""
        return any(
            fact.field in ("hold", "times")
            for one in self.names.facts_of_line(line.text)
            if not (one.not_now or one.about_all)
            for fact in one.facts
        )

    def head_of(self, line: SourceLine) -> Head | None:
        """The name that a line may begin with, whether it is an exercise or not."""
        colon = 0 < line.text.find(":") <= LONGEST_PREFIX
        far = line.mark != "text" or colon or _PREFIX.match(line.text) is not None
        longest = LONGEST_HEAD * (16 if far else 4)
        if line.mark == "row" or len(line.text) > longest:
            return None
        if self._is_number_alone(line.text):
            text = line.text.strip(" .:")
            return Head(text, "", Style("exercise"), "", Name(text, None, True))
        if self.steps and numbered_behind(line.text, self.steps):
            return None
        numbered = self.numbered(line.text)
        letter, bare = letter_of(line.text)
        text = self._without_label(numbered or bare)
        head = head_text(text)
        if line.mark != "text" and self._is_variant(text[len(head) :]):
            head = text
        style = Style("exercise") if numbered else self._style_of(line)
        if not self.names.is_name(head):
            told = style in self.told or style.mark == "exercise"
            loose = self._before_amount(head) if told and self.names.may_be_named(head) else ""
            head = self._first_words(text, line, bool(numbered)) or loose
        if not head or self.is_part_label(head) or self._counts_something(head):
            return None
        behind = text[len(head) :].lstrip(" .:–—-|")
        name = self.names.name(head)
        if not name.noun and (style in self.told or style.mark == "exercise"):
            name = name._replace(
                text=_BRACKETS.sub("", head).strip() or head
            )  # all of it is what the page calls the exercise by
        return Head(head, behind, style, letter, name)

    def _counts_something(self, text: str) -> bool:
        """Whether words begin with a time, `2 minutes of stretching`, and are no name."""
        told = self.names.facts_of_line(text) if text[0].isdigit() else []
        return any(fact.field == "time" for one in told for fact in one.facts)

    def _before_amount(self, text: str) -> str:
        """The words of a head in front of the first amount in it; all of it where it begins so."""
        facts = [fact for one in self.names.facts_of_line(text) for fact in one.facts]
        start = min((fact.start for fact in facts if fact.field in CLEAR_AMOUNTS), default=0)
        return text[:start].strip(" ,;(–-") or text

    def _is_number_alone(self, text: str) -> bool:
        """Whether a line calls an exercise by its number alone: `Exercise 3`."""
        word, _, number = text.rstrip(" .:").partition(" ")
        return number.isdigit() and self.language.words_of(word) == "exercise"

    def _style_of(self, line: SourceLine) -> Style:
        """How a line is marked; bare lines that stand like headings are styles of their own."""
        if line.number in self.lone:
            return Style("lone")
        if line.mark in ("text", "item") and _PREFIX.match(line.text):
            return (
                Style("prefix")
                if self._may_prefix(_PREFIX_END.split(line.text, maxsplit=1)[0])
                else style_of(line)
            )
        if line.mark == "text" and line.text.endswith(":"):
            return Style("colon")
        return style_of(line)

    def _may_prefix(self, text: str) -> bool:
        """Whether words before a colon may name an exercise: no label, no hint, no part."""
        return not (
            self.is_part_label(text) or self.names.is_label(text) or is_aside(text, self.language)
        )

    def _without_label(self, text: str) -> str:
        """A text without a label in front of a name: `Back exercise: Plank`."""
        head, _, behind = text.partition(":")
        if self.is_part_of_description(head):
            return text
        if fold_text(head).strip(" *") in self.labels and self._names_exercise(behind):
            return behind.strip()
        return text

    def _is_variant(self, behind: str) -> bool:
        """Whether a few words behind the dash of a name tell which kind it is: `– medium grip`."""
        match = re.fullmatch(r"\s+[–—-]\s+([^\W\d_][^\d.!?:,;()]*)", behind)
        words = fold_text(match[1]).split() if match else []
        other = self.language.lists["muscles"] | self.language.lists["side_words"]
        few = 0 < len(words) <= MOST_VARIANT_WORDS and other.isdisjoint(words)
        return (
            few
            and match is not None
            and not (
                self.names.is_label(match[1])
                or self.names.name(match[1]).noun
                or any(one.facts for one in self.names.facts_of_line(match[1]))
            )
        )

    def _first_words(self, text: str, line: SourceLine, numbered: bool) -> str:
        """A name with no colon or dash behind it: before brackets, a full stop, a sentence.

        `Step ups (on a box)`, `3. Plank. Hold it.`, `Exercise 1: Plank Lie on your front.`
        """
        if line.text.rstrip().endswith(":"):
            purpose = self.language.phrases["purposes"].search(fold_text(text))
            head = text[: purpose.start()].strip(" ,") if purpose else ""
            if head and self._names_exercise(head):
                return head
        bare = re.match(r"[^()\[\]]+(?=[(\[])", text)
        if bare and re.search(r"[)\]]\s*$", text) and self.names.is_name(bare[0]):
            return bare[0].strip()
        if capitals := self._capital_words(text):
            return capitals
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

    def _capital_words(self, text: str) -> str:
        """A name in capitals in front of a sentence: `SIDE PLANK Lie on your side.`."""
        match = _CAPITALS.match(text)
        name = match[0].strip() if match else ""
        return name if name and self.names.is_name(name) and self.names.name(name).noun else ""

    def numbered(self, text: str) -> str:
        """What stands behind `Exercise 1:`."""
        return numbered_behind(text, self.language.labels["exercise"] - self.steps)

    def is_strong(self, style: Style) -> bool:
        """Whether lines of a style head exercises."""
        good, likely = self.found.get(style, (0, 0))
        if style.mark == "exercise":
            return likely > 1  # each is called an exercise: `Exercise 1: Look up`
        return good >= 2 and good >= LEAST_NAMES * likely

    @property
    def has_strong(self) -> bool:
        """Whether exercises are headed by numbers or headings, so that bare lines are none."""
        return any(
            self.is_strong(style)
            for style in self.found
            if style.mark not in ("text", "item", "prefix")
        )

    @property
    def _is_bare(self) -> bool:
        """Whether bare lines alone head exercises, so that one may not look like the others."""
        strong = {style.mark for style in self.found if self.is_strong(style)}
        return strong <= {"text", "item", *UNMARKED}

    def is_exercise(
        self,
        head: Head,
        line: SourceLine,
        following: tuple[SourceLine, ...],
        *,
        inside: bool,
        described: bool,
        again: bool = False,
    ) -> bool:
        """Whether a head is that of an exercise.

        `inside`: a block or another section than the main one is open, whose items may have a
        style of their own. `described`: a description of an exercise stands above. `again`: it
        stands below the list of exercises, so that its marked lines are steps.
        """
        name, style, strong = head.name, head.style, self.has_strong
        told = style in self.told
        if style.mark == "prefix" or (
            style.mark in BARE_HEADINGS and not (told or self.is_strong(style))
        ):
            style = style_of(line)
        if _NO_AMOUNT.match(head.behind) or self.language.has_phrase(
            "guideline", fold_text(head.text)
        ):
            return False
        if fold_text(line.text) == self.title and style.mark in ("heading", "text", *BARE_HEADINGS):
            return False
        if head.letter:
            return name.noun
        if line.number == self.first and style.mark in ("text", *BARE_HEADINGS) and not name.noun:
            return False
        if self._is_title(head.text) and name.exercise is None:
            return False
        if style.mark not in ("text", "item"):
            return self._is_marked_exercise(head._replace(style=style), following)
        if head.behind and re.search(r":|\s[–—-]\s", line.text):
            tells = self.tells_amount((line._replace(text=head.behind),), whole=True)
            if not name.noun and ":" not in line.text[: len(head.text) + 2]:
                return False
            return (tells and (told or name.noun or self.is_strong(style))) or (
                name.noun and not strong and self.is_strong(style)
            )
        if strong and not inside:
            known = name.exercise is not None and line.text[-1] not in ".!?;"
            return known and self._is_bare and self.tells_amount(following[:1])
        if style.mark == "item":
            if again:
                return False
            if line.number in self.listed:
                return True
            if name.noun and self._has_amount_below(following):
                return True
            least = NEARLY_ALL_NAMES if described else HALF_NAMES
            return name.noun and self._mostly_names(style, least)
        if not name.noun:
            return (
                not line.text.rstrip().endswith(":")
                and self.tells_amount(following[:1])
                and self.is_strong(style)
            )
        return name.exercise is not None or self.is_strong(style) or self.tells_amount(following)

    def _has_amount_below(self, following: tuple[SourceLine, ...]) -> bool:
        """Whether the next line holds nothing but how much of it is done: `2 x 8-10`."""
        below = following[0] if following else None
        return (
            below is not None
            and below.mark == "text"
            and len(below.text) <= LONGEST_AMOUNT_LINE
            and self.tells_amount((below,))
        )

    def _is_marked_exercise(self, head: Head, following: tuple[SourceLine, ...]) -> bool:
        """Of a heading, a bold or a numbered line."""
        name, style = head.name, head.style
        told = style in self.told or self._tells_position(following)
        if style.mark in BARE_HEADINGS and not (name.noun or told):
            return False
        if not (name.noun or style.mark.endswith("number")) and self._heads_essay(following):
            return False
        if style in self.told and self.tells_amount(following):
            return name.noun or style.mark not in BARE_HEADINGS or self.tells_amount(following[:1])
        if not self.is_strong(style):
            return name.exercise is not None and bool(following) and not self.has_strong
        return (
            name.noun
            or self.tells_amount(following)
            or self._tells_position(following)
            or style.mark == "exercise"
            or style.mark.endswith("number")
        )

    def _heads_essay(self, following: tuple[SourceLine, ...]) -> bool:
        """Whether the next line is a paragraph that does not begin with what to do."""
        below = following[0] if following else None
        return (
            below is not None
            and below.mark == "text"
            and len(below.text.split()) >= FEWEST_ESSAY_WORDS
            and not self._tells_position(following)
            and not self.names.begins_step(below.text)
        )

    def _tells_position(self, following: tuple[SourceLine, ...]) -> bool:
        """Whether the next line begins as the description of an exercise: `Lie on your back`."""
        return (
            bool(following)
            and following[0].mark != "heading"
            and begins_with_any(fold_text(following[0].text), self.language.lists["positions"])
        )

    def _mostly_names(self, style: Style, least: float) -> bool:
        good, likely = self.found.get(style, (0, 0))
        return good >= 2 and good >= least * likely

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
            if find_loaded_sets(line.text, self.language):
                return True
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


def _find_step_labels(lines: tuple[SourceLine, ...], labels: frozenset[str]) -> frozenset[str]:
    """The labels whose numbers begin again at one."""
    firsts = Counter(
        word
        for line in lines
        if (word := fold_text(line.text).partition(" ")[0]) in labels
        and re.match(r"\S+ 1\s?[:.)–—-]", line.text)
    )
    return frozenset(word for word, count in firsts.items() if count > 1)


def find_lone_lines(lines: tuple[SourceLine, ...]) -> frozenset[int]:
    """Numbers of short lines without an end mark that stand like headings above running text.

    They stand apart, or are titles (`The Duck Walk`) right behind the end of a sentence.
    """
    return frozenset(
        line.number
        for before, line, following, next_one in zip(
            (None, *lines), lines, lines[1:], (*lines[2:], None), strict=False
        )
        if line.mark == "text"
        and following.mark in ("text", "item", "number")
        and len(line.text) <= LONGEST_LONE
        and line.text[-1] not in ".!?;,"
        and len(following.text) > len(line.text)
        and (
            following.text[-1] in ".!?:;"
            or len(following.text) > 2 * LONGEST_LONE
            or (
                len(following.text) > LONGEST_LONE / 2
                and next_one is not None
                and next_one.mark == "text"
                and next_one.number == following.number + 1
            )
        )
        and (
            before is None
            or before.number < line.number - 1
            or (before.text[-1] in ".!?" and _is_titled(line.text))
        )
    )


def _is_titled(text: str) -> bool:
    """Whether a few words are written as a title: all of them but the small ones in capitals."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= MOST_TITLE_WORDS and all(
        word[0].isupper() for word in words if len(word) > LONGEST_SMALL_WORD
    )


def style_of(line: SourceLine) -> Style:
    """How a line is marked; a heading or bold line with a number is a style of its own."""
    if line.mark in ("heading", "bold") and line.value is not None:
        return Style(f"{line.mark} number")
    return Style(line.mark, line.level if line.mark == "heading" else 0)


def head_text(text: str) -> str:
    """The part of a line that may be a name: before a colon, a dash or a bar."""
    return re.split(r"\s?:(?!\d)|\s[–—-]\s|[–—]\s|-\s+(?=\d)|\s\|\s", text, maxsplit=1)[0].strip()
