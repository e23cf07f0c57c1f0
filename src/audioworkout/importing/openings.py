"""What a line opens: a day, a section, a block, or a part of the page beside the workout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from audioworkout.importing.facts import read_facts
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.outline import LEVEL_LABELS, SectionName
from audioworkout.importing.rules import ImportLanguage, fold_text, load_import_language

LONGEST_HEAD = 90
"""Characters of a line that may head something."""
LONGEST_LABEL = 40
LONGEST_DAY = 160
MOST_SECTION_WORDS = 5
MOST_BESIDE_WORDS = 6
"""Words of a line that names a part beside the workout by its first ones."""
_NUMBER_BEHIND = re.compile(
    r"\s*(?:#|n[°ºo]\.?|nr\.?|num\.?)?\s*(\d{1,2}|[a-f])\s*[:.)–—-]\s*(?=\S)"
)
_DAY_NUMBER = re.compile(
    r"\s*(\d{1,2}|[A-Ea-e])\b(?!\s*(?:x|%|min|sec|reps|sets|days?))\s*[^\w\s(\[/&+,'\"]*\s*"
)
_NUMBER_WORD = re.compile(r"\s+([^\W\d_]{3,})\s*(?:$|[:.)–—-]\s*)")
"""`Day one`, `Tag zwei: Beine`"""
_COLON = re.compile(r"^\s*:(?!\d\d)|:\s*$")
"""A colon that parts a label from what stands behind it, and begins no time as `:30` does."""
_LENGTH_BEHIND = re.compile(
    r"(?<=[^\W\d_])\s+\d+(?:\s?[-–]\s?\d+)?\s?(?:min[a-z]*|mn|['′’])\.?$", re.I
)
"""How long a section lasts, behind its name: `Stretching 5 min`."""
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(?:19|20)\d\d\b")
_TIMES_BEHIND = re.compile(r"(?<=[^\W\d_])\s+[x×]\s?\d{1,2}$")
"""How often it is done: `Main part x3`."""
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


class Opening(NamedTuple):
    """A part that a line opens, and what stands behind its name."""

    name: str
    behind: str


def day_opening(text: str, language: ImportLanguage) -> Opening | None:
    """The day or workout that a line names: `Day 2: Legs`, `Monday`, `Workout A`."""
    folded = fold_text(text)
    if (dated := _dated_opening(text, folded, language)) is not None:
        return dated
    if len(text) > LONGEST_DAY:
        return None
    for word in _longest_first(language.labels["weekday"]):
        behind = text[len(word) :]
        if folded.startswith(word) and re.match(r"\s*(?:,?\s*\d[\d./-]+$|[:–—(-]|$)", behind):
            return Opening(text[: len(word)], behind.strip(" :–—-()"))
    for word in _longest_first(language.lists["day_ends"]):
        head = folded.strip(" :")
        plain = re.fullmatch(r"(?:[^\W\d_]+[ /&+-]+){0,2}[^\W\d_]+", head)
        named = head.endswith(word) or head.startswith(f"{word} ")
        if plain and named and head != word and head not in language.labels["day"]:
            return Opening(text.strip(" :"), "")
    for word in _longest_first(language.labels["day"]):
        behind = text[len(word) :]
        told = _NUMBER_WORD.match(behind) if folded.startswith(f"{word} ") else None
        if told is not None and language.words_of(told[1]).isdigit():
            return Opening(text[: len(word) + told.end(1)], behind[told.end() :].strip())
        if folded.startswith(word) and (numbered := _DAY_NUMBER.match(behind)):
            name = text[: len(word) + numbered.end(1)].strip()
            return Opening(name, behind[numbered.end() :].strip())
    return _phase_opening(text, folded, language)


def _dated_opening(text: str, folded: str, language: ImportLanguage) -> Opening | None:
    """A day by its date or its place: `Monday December 1:`, `2. Mai – Beine`, `Third day: 3 dips`.

    Days in a row are one: `Days 1 and 2: 20 s`.
    """
    if len(folded) != len(text):
        return None
    found = _dated_pattern(language.code).match(folded)
    return Opening(found[0].strip(), text[found.end() :].strip(" :–—-")) if found else None


@cache
def _dated_pattern(code: str) -> re.Pattern[str]:
    """How a line begins that names a day by its date or its place, folded."""
    language = load_import_language(code)
    weekdays, months, ordinals, days, joins = (
        "|".join(map(re.escape, _longest_first(words)))
        for words in (
            language.labels["weekday"],
            language.lists["months"],
            language.lists["ordinals"],
            language.labels["calendar_day"],
            language.lists["joins"],
        )
    )
    number = r"\d{1,2}(?:st|nd|rd|th|er)?\.?"
    date = rf"(?:{months})\.? {number}|{number} (?:de )?(?:{months})\.?"
    return re.compile(
        rf"(?:(?:{weekdays})\W{{1,3}})?(?:{date})(?=\s*(?::|\s[–—-]\s|$))|"
        rf"(?:[^\W\d_]{{2,3}} )?(?:the )?(?:{ordinals}) (?:{days})(?=\s*(?::|\s[–—-]\s|$))|"
        rf"(?:{days})s? \d{{1,2}} ?(?:-|–|&|to|bis|a|à|{joins}) ?\d{{1,2}}(?=\s*(?::|$))",
    )


def _phase_opening(text: str, folded: str, language: ImportLanguage) -> Opening | None:
    """A phase of a recovery as a workout, where its weeks are told: `Phase 2 (weeks 3 to 6)`."""
    for word in language.labels["phase"]:
        numbered = _DAY_NUMBER.match(text[len(word) :]) if folded.startswith(word) else None
        if numbered is not None:
            end = len(word) + numbered.end(1)
            behind = re.findall(r"[^\W\d_]+", folded[end:])
            if any(language.words_of(one) == "week" for one in behind):
                return Opening(text[:end].strip(), text[end:].strip(" :–—-()"))
    return None


def find_workout_headings(lines: Sequence[SourceLine], language: ImportLanguage) -> frozenset[int]:
    """Numbers of headings of one level that each name a workout: `Chest workout (Monday)`."""
    found: dict[object, list[SourceLine]] = {}
    for line in lines:
        if line.mark == "heading":
            words = fold_text(_BRACKETS.sub("", line.text)).strip(" .:").split()
            named = 1 < len(words) <= MOST_SECTION_WORDS and words[-1] in language.lists["workouts"]
            if named:
                found.setdefault(line.level, []).append(line)
    found |= _find_split_headings(lines, language)
    several = [group for group in found.values() if len({fold_text(one.text) for one in group}) > 1]
    return frozenset(line.number for group in several for line in group)


def _find_split_headings(
    lines: Sequence[SourceLine], language: ImportLanguage
) -> dict[object, list[SourceLine]]:
    """Lines of one style that each name a part of a split, as `Push`, `Pull` and `Legs` do.

    Muscles alone may be parts of one workout: one line must name a part of a split, or the text
    speak of one (`2er-Split`) and tell no days.
    """
    found: dict[object, list[SourceLine]] = {}
    strong = set()
    told = any("split" in fold_text(line.text) for line in lines) and not any(
        day_opening(line.text, language) for line in lines
    )
    for line in lines:
        ends = line.text.rstrip().endswith(":")
        if not ends and line.mark not in ("heading", "bold") and not (told and line.mark == "text"):
            continue
        folded = fold_text(_BRACKETS.sub("", line.text)).strip(" .:")
        parts = re.split(r"\s*[&+/,]\s*", folded)
        if all(one in language.lists["splits"] | language.lists["muscles"] for one in parts):
            found.setdefault((line.mark, line.level, ends), []).append(line)
            if told or any(one in language.lists["splits"] for one in parts):
                strong.add((line.mark, line.level, ends))
    return {style: group for style, group in found.items() if style in strong}


def section_opening(
    text: str, language: ImportLanguage, *, within: bool = False, heading: bool = False
) -> tuple[SectionName, Opening] | None:
    """The section that a line names: `Warm-up`, `2. Cool-down (5 min)`, `Warm-up & mobility`.

    `within`: of a few words one may name it: `Warm-up options`. `heading`: the line is one.
    """
    if len(text) > LONGEST_HEAD:
        return None
    head = re.split(r":(?!\d\d)|\s(?=:\d\d)", text, maxsplit=1)[0]
    head = _TIMES_BEHIND.sub("", head)
    head = _LENGTH_BEHIND.sub("", re.sub(r"\s*[(\[–—].*$|\s-\s.*$", "", head))
    folded = fold_text(head).strip(" .!")
    bare = re.sub(r"^(?:\d+|[a-h])[.):]\s*", "", folded)
    bare = re.sub(r"^(?:the|la|le|les|der|das|die|el|los)\s+", "", bare)
    sections: tuple[tuple[str, SectionName], ...] = (
        ("warm_up", "warm_up"),
        ("cool_down", "cool_down"),
        ("main", "exercises"),
    )
    for label, section in sections:
        if bare in language.labels[label] or folded in language.labels[label]:
            return section, Opening(head.strip(), _COLON.sub("", text[len(head) :]).strip())
    if found := _section_of_parts(bare, language, heading):
        return found, Opening(head.strip(), text[len(head) :].strip(" :()"))
    few = within and len(bare.split()) <= MOST_SECTION_WORDS
    for label, section in sections[:2] if few else ():
        if any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", bare) for word in language.labels[label]
        ):
            return section, Opening(head.strip(), text[len(head) :].strip(" :()"))
    return None


def section_of_line(
    text: str, names: Sequence[str], language: ImportLanguage
) -> SectionName | None:
    """The section that a line alone tells of its exercises: `To warm up, jog for 5 minutes`."""
    folded = fold_text(text).strip()
    labels: tuple[SectionName, ...] = ("warm_up", "cool_down")
    for label in labels:
        begins = begins_with_any(folded, language.lists[f"{label}_starts"])
        if begins or all(fold_text(one) in language.labels[label] for one in names):
            return label
    return None


def _section_of_parts(folded: str, language: ImportLanguage, heading: bool) -> SectionName | None:
    """The section of several names in one: `cool-down and stretches`.

    Each must name one; in a heading the first alone: `warm-up & mobility`.
    """
    if not 1 < len(folded.split()) <= MOST_SECTION_WORDS:
        return None
    joins = "|".join(map(re.escape, _longest_first(language.lists["joins"])))
    first, *others = re.split(rf"\s*[&+/,]\s*|\s(?:{joins})\s", folded)
    if not others:
        return None
    named = language.labels["warm_up"], language.labels["cool_down"]
    if not heading and not all(any(one in words for words in named) for one in others):
        return None
    return "warm_up" if first in named[0] else "cool_down" if first in named[1] else None


def block_label(text: str, language: ImportLanguage) -> str:
    """`superset` or `block` where a line begins with such a word; else empty.

    An ordinal may stand in front of it: `Premier groupe :`.
    """
    folded = fold_text(text).strip()
    first, _, rest = folded.partition(" ")
    folded = rest if first in language.lists["ordinals"] else folded
    for label in ("superset", "block"):
        for word in _longest_first(language.labels[label]):
            behind = folded[len(word) :]
            if folded.startswith(word) and re.match(
                r"\s*(?:[#:(–—-]|\d{1,2}\b(?!\s*\w)|(?:\d{1,2}|[a-h])\s*[x×*]\s*\d|\d{1,2}\s*[:(–—-]|[a-h]\b(?!\s*\w)|$)",
                behind,
            ):
                return label
            if folded.startswith(word) and label == "superset" and not behind[:1].isalpha():
                return label
    return ""


class BesidePart(NamedTuple):
    """A part of a page beside the workout.

    `level`: of the heading that ends it. `short`: the next exercise ends it as well.
    """

    level: int
    short: bool


def beside_opening(line: SourceLine, language: ImportLanguage) -> BesidePart | None:
    """The part beside the workout that a line heads: comments, related articles, a shop."""
    folded = re.sub(r"\s*\(\d+\)$|^\d+\s+", "", fold_text(line.text).strip(" :.-–!?"))
    level = {"heading": line.level, "bold": 99}.get(line.mark, 2)
    if folded in language.labels["stop_short"]:
        return BesidePart(level, short=True)
    few = len(folded.split()) <= MOST_BESIDE_WORDS
    starts = few and begins_with_any(folded, language.lists["stop_starts"])
    heads = few and line.mark == "heading" and line.level > 1
    starts = starts or (heads and begins_with_any(folded, language.lists["beside_heads"]))
    return BesidePart(level, short=False) if starts or folded in language.labels["stop"] else None


def is_dated(text: str, language: ImportLanguage) -> bool:
    """Whether a line tells when the page was written: `Updated 3-5-25`."""
    return (
        len(text) <= LONGEST_LABEL
        and bool(re.search(r"\d", text))
        and _DATE.search(text) is not None
        and begins_with_any(fold_text(text), language.lists["dated"])
    )


def opens_recap(text: str, language: ImportLanguage) -> bool:
    """Whether a line below a workout heads what is only told of it again: `Movements`."""
    folded = fold_text(text).strip(" :.-–!?")
    return len(folded.split()) <= 6 and begins_with_any(folded, language.lists["recaps"])


def begins_with_any(folded: str, phrases: Iterable[str]) -> bool:
    """Whether a text begins with one of some phrases as whole words."""
    return any(
        folded.startswith(one) and not folded[len(one) : len(one) + 1].isalnum() for one in phrases
    )


def is_aside(head: str, language: ImportLanguage) -> bool:
    """Whether words before a colon name a hint: `Tip`, `Easier (later)`, `Variante mit Ball`."""
    bare = _BRACKETS.sub("", head)
    folded = fold_text(bare).strip(" *_-–.!?")
    return len(bare) <= LONGEST_LABEL and (
        folded in language.labels["aside"]
        or begins_with_any(folded, language.labels["aside_starts"])
    )


def without_asides(text: str, language: ImportLanguage) -> str:
    """A text without hints in brackets, and without the sentences from a hint's label on."""
    if ":" not in text:
        return text
    text = _BRACKETS.sub(
        lambda one: (
            "" if is_aside(one[1].partition(":")[0], language) and ":" in one[1] else one[0]
        ),
        text,
    )
    for match in re.finditer(r"(?<=[.!?;])\s+([^.!?:;]{2,40}):", text):
        if is_aside(match[1], language) and not _names_length(
            match[1], text[match.end() :], language
        ):
            return text[: match.start()].strip()
    return text


def split_levels(text: str, language: ImportLanguage) -> list[str]:
    """`Beginner: 2 x 8 / Advanced: 3 x 12` as two texts."""
    if ":" not in text:
        return [text]
    parts = _level_pattern(language.code).split(text)
    return [part.strip(" /|;,·") for part in parts if part.strip()]


@cache
def _level_pattern(code: str) -> re.Pattern[str]:
    """What stands in front of a level and its colon."""
    labels = load_import_language(code).labels
    words = [word for one in LEVEL_LABELS for word in labels[one]]
    options = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:^|[/|;,·]\s*)(?=(?:{options})\s?:)", re.IGNORECASE)


def _names_length(label: str, behind: str, language: ImportLanguage) -> bool:
    """Whether `Time:` or the like tells how long one exercise lasts, and not the whole: seconds."""
    if fold_text(label).strip() not in language.lists["lengths"]:
        return False
    told = read_facts(behind, language)
    return bool(told) and any(
        fact.field == "time" and fact.value.endswith("s") for fact in told[0].facts
    )


def numbered_behind(text: str, words: frozenset[str]) -> str:
    """What stands behind `Exercise 1:`, `Übung 3 -`; empty where a line begins otherwise."""
    folded = fold_text(text)
    for word in _longest_first(words):
        if folded.startswith(word) and (match := _NUMBER_BEHIND.match(folded[len(word) :])):
            # Folding may change the length, so the rest is counted from the end.
            return text[len(text) - (len(folded) - len(word) - match.end()) :].strip()
    return ""


@lru_cache(maxsize=512)
def _longest_first(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda one: (-len(one), one)))
