"""A source as lines: every reader of a kind of file makes them, and all that follows reads them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from audioworkout.importing.plain_form import PLAIN_UNITS
from audioworkout.importing.rules import fold_text, load_plain_words

Mark = Literal["heading", "bold", "number", "item", "row", "text"]
"""What a line was marked as in its source: a heading, bold alone, a numbered or marked item of a
list, a row of a table, or nothing of the kind."""

MOST_LINES = 10_000
"""Lines of a source that are looked at."""
LONGEST_LINE = 4_000
"""Characters of a line that are looked at."""


class SourceLine(NamedTuple):
    """A line of a source.

    `number`: where it stands in the source, from 1. `level`: of a heading 1 to 6, of an item how
    deep it is nested. `value`: the number of a numbered one. `cells`: of a row of a table.
    """

    number: int
    text: str
    mark: Mark = "text"
    level: int = 0
    value: int | None = None
    cells: tuple[str, ...] = ()


class Document(NamedTuple):
    """The lines of a source, and what it says about itself.

    `title` is empty where it names none; so is `language` (a code of two letters).
    """

    lines: tuple[SourceLine, ...]
    title: str = ""
    language: str = ""
    kind: str = "text"


_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BOLD_START = re.compile(r"(\*\*|__)([^*_.!?:]{3,60})(?:[.]\1|\1[.])\s+(?=\S)")
"""A name in bold with a full stop, in front of its description."""
_BOLD = re.compile(r"(?:\*\*|__)([^*_]+?)(?:\*\*|__)[:.]?$")
_NUMBERED = re.compile(
    r"\(?(\d{1,2})(?:(?<!\d\d)[º°][.)]?-?\s+|[.)][-–º°]?(?=\s|[A-Za-zÀ-ÿ])\s*(?!%)|\s?[-–:]\s+(?![\d%\s]))(.+)"
)
_NUMBER_SIGN = re.compile(
    r"(?:#|no\.?|nr\.?|n[º°]|núm\.?)\s?(\d{1,2})(?:\s?[.):–-])?\s+(?=[^\W\d_])(.+)", re.IGNORECASE
)
"""A number with a sign or a word in front of it: `#1 Squat`, `No. 2: Lunge`, `Nr. 3 Plank`."""
_ITEM = re.compile(
    r"(?:[★☆✪🔥💡👉]\s*)?(?:[-*+★☆·–—→]\s+|[•●◦▪‣○■□☐✓✔►▶➤]\s*|[°º](?=\s*[^\W\d_]))(.*)"
)
_TIGHT_ITEM = re.compile(r"^-{1,3}(?=[^\W_])(?!\d+\s*$)")
"""The mark of an item with no blank behind it: `-30 squats`."""
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+")
_LONE_MARK = re.compile(r"[-*•●–]|(\d{1,2})[.)]")
_MARKS_AGAIN = re.compile(r"^(?:[-*+•]\s+)+")
_TASK = re.compile(r"^(?:[-*+] )?\[[ xX✓✔]?\]\s+(?=\w)")
"""The box of a task that is ticked off."""
_MARK_BEHIND = frozenset((" -", " •"))
"""The mark of the next item, which text extraction left at the end of a line."""
_KEYCAP = re.compile(r"(\d)️?⃣\s*(.*)")
_PICTURES = re.compile(r"^(?:[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\s*)+(?=\w)")
_RULE = re.compile(r"[-=*_~#\s|:+]{3,}$")
_ARROWS = re.compile(r"\s*(?:[→⇒➔➜➡▶]\ufe0f?|👉)+\s*(?=\S)")
_EMOJI = re.compile(r"\s*[\u2600-\u26ff\u2b50\ufe0f\u200d\U0001f000-\U0001faff]+\s*")
"""Pictures within a line, as messages have them."""
_ESCAPED = re.compile(r"\\([-.()\[\]#*_!+>|~])")
"""A sign that Markdown would read, and a backslash that keeps it: `1\\. Squat`."""
_FRONT_MATTER = re.compile(r"\s*---[ \t\r]*\n((?:.*\n){1,60}?)---[ \t\r]*(?:\n|$)")
_FRONT_FIELD = re.compile(r"(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t\r]*$", re.MULTILINE)
_FRONT_KEYS = frozenset(
    {"title", "layout", "date", "lang", "language", "slug", "tags", "description"}
)
"""Fields one of which tells the front matter of a page from lines between two rules."""


def split_plain_text(text: str) -> tuple[SourceLine, ...]:
    """The lines of plain text or Markdown, with their marks taken off."""
    found = []
    mark = ""
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], 1):
        if raw.lstrip().startswith("```"):
            continue
        if _LONE_MARK.fullmatch(raw.strip()):
            mark = raw.strip()  # that of an item whose text stands in the next line
            continue
        line = read_marks(f"{mark} {raw.lstrip()}" if mark else raw, number)
        if line is not None:
            ends = line.text[-2:] in _MARK_BEHIND
            found.append(line._replace(text=line.text[:-2].rstrip()) if ends else line)
            mark = "-" if ends else ""
    return mark_steps(number_lines(_mark_underlined(found, text)))


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""What a Markdown text says of itself between `---` at its top, and the text without it.

    The lines of the front matter are left blank, so that those below keep their numbers.

    >>> split_front_matter("---\ntitle: Hips\nlang: en\n---\nSquats")
    ({'title': 'Hips', 'lang': 'en'}, '\n\n\n\nSquats')
    """
    front = _FRONT_MATTER.match(text)
    fields = dict(_FRONT_FIELD.findall(front[1])) if front is not None else {}
    if front is None or _FRONT_KEYS.isdisjoint(fields):
        return {}, text
    return fields, "\n" * front[0].count("\n") + text[front.end() :]


def split_raw_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of a text that has a syntax of its own, as they stand there."""
    lines = enumerate(text.splitlines()[:MOST_LINES], 1)
    return tuple(SourceLine(n, line.strip()[:LONGEST_LINE]) for n, line in lines if line.strip())


_LETTERED = re.compile(r"(\d{1,2})[a-f][).]?\s(?=[^\W\d_])")
_LEADING = re.compile(r"(\d{1,2})\s?(?!\d|[A-Da-d][\s).:])(?=[^\W\d_])(.*)")
_DASHED = re.compile(r"(\d{1,2})\s?[-–—:=]\s(?=\S)(.+)")
_COUNTED = re.compile(r"\d+\s*([^\W\d_]+|×)")
FEWEST_NUMBERED = 3
"""Lines that count up from 1 are numbered; fewer may be amounts by chance."""


def number_lines(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """Lines whose numbers count up from 1 through the page, `1 Hip Thrust`, as numbered ones."""
    found: dict[int, re.Match[str]] = {}
    lettered_lines = 0
    wanted = 1
    for place, line in enumerate(lines):
        lettered = _LETTERED.match(line.text)
        if lettered and int(lettered[1]) in (wanted - 1, wanted):
            wanted = int(lettered[1]) + 1  # `1a` and `1b` are both number one
            lettered_lines += 1
            continue
        match = _LEADING.match(line.text) if line.mark in ("text", "bold", "heading") else None
        if match and int(match[1]) == wanted and not _begins_with_amount(line.text):
            found[place] = match
            wanted += 1
    if len(found) + lettered_lines < FEWEST_NUMBERED:
        return _number_counted(lines)
    names = {match[2].strip().lower().rstrip("s") for match in found.values()}
    if len(found) > 1 and len(names) == 1:
        return lines  # `1 burpee`, `2 burpees`, `3 burpees`: a ladder
    return tuple(
        line._replace(
            text=found[place][2].strip(),
            value=int(found[place][1]),
            mark="number" if line.mark == "text" else line.mark,
        )
        if place in found
        else line
        for place, line in enumerate(lines)
    )


def _number_counted(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """Lines one below the other whose numbers and a dash stand before amounts: `2 - 15 squats`."""
    found: dict[int, SourceLine] = {}
    for place, line in enumerate(lines):
        match = _DASHED.match(line.text) if line.mark == "text" else None
        if match:
            line = line._replace(text=match[2], value=int(match[1]), mark="number")
        above = found.get(place - 1)
        if line.mark == "number" and line.value == (above.value or 0 if above else 0) + 1:
            found[place] = line
    runs = [n for n in found if n - 1 not in found]
    counted = {
        place
        for start in runs
        if start + FEWEST_NUMBERED - 1 in found
        for place in range(start, len(lines))
        if all(one in found for one in range(start, place + 1))
    }
    return tuple(found[n] if n in counted else line for n, line in enumerate(lines))


def _begins_with_amount(text: str) -> bool:
    """Whether the number that a line begins with has a unit of any language: `3 Sätze`."""
    match = _COUNTED.match(text)
    units = PLAIN_UNITS | {"x", "to", "or", "cal"}
    return match is not None and fold_text(match[1]) in load_plain_words(units)


def mark_steps(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """Numbered steps below numbered exercises as items of a list.

    Exercises go on counting from 1, and the number below each is 1 again: `1. Plank`,
    `1. Lie down`, `2. Lift up`, `2. Squat`, `1. Stand`.
    """
    places = [n for n, line in enumerate(lines) if line.mark == "number"]
    outer: set[int] = set()
    wanted = 1
    for place, following in pairwise(places):
        if lines[place].value == wanted and lines[following].value == 1:
            outer.add(place)
            wanted += 1
    if len(outer) < 2:
        return lines
    return tuple(
        line._replace(mark="item") if n in places and n not in outer else line
        for n, line in enumerate(lines)
    )


def read_marks(raw: str, number: int) -> SourceLine | None:
    """A line of text with its mark; None of one that says nothing: a rule, a picture alone."""
    line = _split_mark(raw, number)
    return line if line is not None and line.text else None


def _split_mark(raw: str, number: int) -> SourceLine | None:
    text = " ".join(raw[:LONGEST_LINE].replace("\u00ad", "").replace("\u200b", "").split())
    if not text or _RULE.match(text):
        return None
    text = _ESCAPED.sub(r"\1", text)
    indent = len(raw) - len(raw.lstrip())
    text = _BOLD_START.sub(r"\2: ", text) if _BOLD_START.match(text) else text
    if match := _HEADING.match(text):
        return _with_number(SourceLine(number, _plain(match[2]), "heading", len(match[1])))
    if match := _BOLD.match(text):
        return _with_number(SourceLine(number, _plain(match[1]), "bold", 7))
    if text.count("|") > 2 or (text.count("|") == 2 and " | " in text):
        cells = tuple(_plain(cell.strip()) for cell in text.strip("|").split("|"))
        return SourceLine(number, " | ".join(cells), "row", cells=cells)
    if "\t" in raw.strip() and len(raw.strip().split("\t")) > 2:
        cells = tuple(" ".join(cell.split()) for cell in raw.strip().split("\t"))
        return SourceLine(number, " | ".join(cells), "row", cells=cells)
    if match := _KEYCAP.match(text):
        return SourceLine(number, _plain(match[2]), "number", indent, int(match[1]))
    if match := _ITEM.match(_TIGHT_ITEM.sub("- ", _TASK.sub("- ", text))):
        text = _MARKS_AGAIN.sub("", match[1])
        return _with_number(SourceLine(number, _plain(text), "item", indent))
    if match := _NUMBERED.match(text) or _NUMBER_SIGN.match(text):
        return SourceLine(number, _plain(match[2]), "number", indent, int(match[1]))
    return SourceLine(number, _plain(text), "text", indent)


def _with_number(line: SourceLine) -> SourceLine:
    """A heading or item with the number in front of it taken off: `### 3. Plank`."""
    match = _NUMBERED.match(line.text) or _NUMBER_SIGN.match(line.text) or _KEYCAP.match(line.text)
    return line._replace(text=match[2].strip(), value=int(match[1])) if match else line


def _plain(text: str) -> str:
    """Without Markdown's marks and links, addresses, and pictures in front of a text."""
    text = _PICTURES.sub("", text) or text
    if not text.isascii():
        text = _EMOJI.sub(" ", _ARROWS.sub(" - ", text)).strip()
    if "*" in text or "_" in text or "`" in text:
        text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
        text = re.sub(r"(?<![\w*])[*_]([^*_\s][^*_]*)[*_](?![\w*])", r"\1", text)
    if "](" in text:
        text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return _ADDRESS.sub("", text).strip() if "://" in text or "www." in text else text.strip()


def _mark_underlined(lines: list[SourceLine], text: str) -> tuple[SourceLine, ...]:
    """Lines that are underlined with `===` or `---` as headings."""
    raw = text.splitlines()
    under = {
        n
        for n in range(1, min(len(raw), MOST_LINES))
        if re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", raw[n]) and raw[n - 1].strip()
    }
    return tuple(
        line._replace(mark="heading", level=2)
        if line.number in under and line.mark == "text"
        else line
        for line in lines
    )
