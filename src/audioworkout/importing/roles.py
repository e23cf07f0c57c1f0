"""Lines to workouts: which heads an exercise, which tells its amount, which is no part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from audioworkout.importing.facts import SentenceFacts, left_words, read_facts
from audioworkout.importing.lines import Document, SourceLine
from audioworkout.importing.naming import Name, NameFinder, singular_of
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    BlockEntry,
    Doubt,
    Entry,
    Evidence,
    Item,
    Outline,
    RestEntry,
    Role,
    SectionName,
    SourceWorkout,
    Trace,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import ImportLanguage, fold_text
from audioworkout.importing.tables import columns_of, row_facts
from audioworkout.importing.whiteboard import Read, letter_of, read_counted_items, read_sentences

BLOCK_FIELDS = frozenset(
    {"rounds", "rounds_each", "more_rounds", "amrap", "emom", "emom_minutes", "tabata", "fortime"}
)
"""Fields that make a heading of a block."""
SCOPE_OF_ALL = frozenset(
    {"rounds", "more_rounds", "rest_rounds", "rest_exercises", "each", "off", "work"}
)
"""Fields that never belong to one exercise."""
HEADINGS = ("exercise", "heading", "number", "bold")
LONGEST_HEAD = 90
"""Characters of a line that may head something."""


class Style(NamedTuple):
    """How a line is marked: lines of one style are alike on a page."""

    mark: str
    level: int


class RoleReader:
    """Goes through the lines once; what is open is a workout, a section, a block and an item."""

    def __init__(self, document: Document, names: NameFinder) -> None:
        self.document = document
        self.names = names
        self.language: ImportLanguage = names.language
        self.workouts = [SourceWorkout(title=document.title)]
        self.traces: list[Trace] = []
        self.section: SectionName = "exercises"
        self.block: BlockEntry | None = None
        self.item: Item | None = None
        self.stopped_at: int | None = None
        self.skip_next = False
        self.columns: dict[int, str] = {}
        self.days = 0
        self.details = 0
        self.last: SourceLine | None = None
        self.apart = True
        self.bullets = 0
        self.styles = self._count_styles()

    # --- the styles of the page ---

    def _count_styles(self) -> dict[Style, tuple[int, int]]:
        """Of each style, how many lines are names with a noun, and how many may be names at all."""
        good: Counter[Style] = Counter()
        likely: Counter[Style] = Counter()
        for line in self.document.lines:
            head = self._head_of(line)
            if head is None:
                continue
            style, name = head
            likely[style] += 1
            good[style] += name.noun
        return {style: (good[style], likely[style]) for style in likely}

    def _head_of(self, line: SourceLine) -> tuple[Style, Name] | None:
        """The style and the name of a line that may head an exercise."""
        text, style = line.text, Style(line.mark, line.level if line.mark in ("heading",) else 0)
        if line.mark == "row" or len(text) > LONGEST_HEAD * 4:
            return None
        if match := self._numbered_word(text, "exercise"):
            return (
                (Style("exercise", 0), self.names.name(match))
                if self.names.is_name(match)
                else None
            )
        head = head_text(text)
        if not self.names.is_name(head):
            return None
        if style.mark in ("heading", "bold") and line.value is not None:
            style = Style(f"{style.mark} number", 0)
        return style, self.names.name(head)

    def _numbered_word(self, text: str, label: str) -> str:
        """What stands behind `Exercise 1:`, `Übung 3 -`; empty where a line begins otherwise."""
        folded = fold_text(text)
        for word in self.language.labels[label]:
            if folded.startswith(word) and (
                match := re.match(
                    r"\s*(?:#|no\.?|nr\.?)?\s*(\d{1,2}|[a-f])\s*[:.)–—-]\s*(?=\S)",
                    folded[len(word) :],
                )
            ):
                return text[len(word) + match.end() :].strip()
        return ""

    def _is_strong(self, style: Style) -> bool:
        good, likely = self.styles.get(style, (0, 0))
        return good >= 2 and good >= 0.3 * likely

    @property
    def has_strong(self) -> bool:
        """Whether exercises are headed by numbers or headings, so that bare lines are none."""
        return any(
            self._is_strong(style) for style in self.styles if style.mark not in ("text", "item")
        )

    # --- the lines ---

    def read(self) -> Outline:
        """Everything that the lines say."""
        strong = self.has_strong
        lines = self.document.lines
        for n, line in enumerate(lines):
            role, note = self._read_line(line, lines[n + 1 : n + 4], strong)
            self.traces.append(Trace(line.number, line.text, role, note))
        if not any(one.items() for one in self.workouts):
            self._read_running_text()
        workouts = [one for one in self.workouts if one.items()]
        return Outline(self.document.title, workouts, self.traces)

    def _read_running_text(self) -> None:
        """Items within sentences, of a text that has none in lines of their own."""
        for n, line in enumerate(self.document.lines):
            if self.traces[n].role == "left out" and self.traces[n].note:
                continue
            found = read_sentences(line.text, self.names)
            if found:
                self._add_items(found, line)
                names = ", ".join(one.name for one in found)
                self.traces[n] = self.traces[n]._replace(role="exercise", note=names)

    def _read_line(
        self, line: SourceLine, following: tuple[SourceLine, ...], strong: bool
    ) -> tuple[Role, str]:
        text = line.text
        folded = fold_text(text).strip(" :.-–!")
        self.apart = self.last is None or line.number > self.last.number + 1
        if self._ends_item(line):
            self._close_item()
        self.last = line
        if self.stopped_at is not None and not (
            line.mark in ("heading",)
            and line.level <= self.stopped_at
            and not self._is_stop(folded)
        ):
            return "left out", "a part of the page beside the workout"
        self.stopped_at = None
        if self._is_stop(folded):
            self._close_item()
            self.block = None
            self.stopped_at = (
                line.level if line.mark == "heading" else 99 if line.mark == "bold" else 2
            )
            return "left out", "opens a part beside the workout"
        if line.mark == "row":
            return self._read_row(line)
        self.columns = {}
        if self.skip_next:
            self.skip_next = False
            if line.mark not in ("heading", "number") and not self._is_item_line(line):
                return "beside", "belongs to the hint above"
        if self.language.has_phrase("noise", fold_text(text)) and not self._is_item_line(line):
            return "left out", "an advertisement or a notice"
        for read in (
            self._read_day,
            self._read_section,
            self._read_level,
            self._read_aside,
            self._read_block,
            self._read_items_line,
        ):
            found = read(line)
            if found is not None:
                return found
        found = self._read_heading(line, following, strong)
        if found is not None:
            return found
        return self._read_prose(line)

    def _ends_item(self, line: SourceLine) -> bool:
        """Whether a paragraph stands apart from the marked steps of the exercise above it."""
        if self.item is None or self.last is None:
            self.bullets = 0
            return False
        if line.mark == "item" or (
            line.mark == "number" and not self._is_strong(Style("number", 0))
        ):
            self.bullets += 1
            return False
        apart = line.mark == "text" and line.number > self.last.number + 1 and self.bullets > 1
        if line.mark != "text":
            self.bullets = 0
        return apart

    def _is_stop(self, folded: str) -> bool:
        stop = self.language.labels["stop"]
        bare = re.sub(r"\s*\(\d+\)$|^\d+\s+", "", folded)
        return bare in stop

    def _is_item_line(self, line: SourceLine) -> bool:
        return bool(
            len(line.text) < LONGEST_HEAD and read_counted_items(line.text, self.names, False)
        )

    # --- days, sections, blocks ---

    def _read_day(self, line: SourceLine) -> tuple[Role, str] | None:
        rest = self._day_rest(line)
        if rest is None:
            return None
        title, behind = rest
        self._close_item()
        self.block = None
        self.section = "exercises"
        self.days += 1
        old = self.workouts[-1]
        if old.items() or self.days > 1:
            self.workouts.append(
                SourceWorkout(
                    facts=list(self.workouts[0].facts)
                    if self.days > 1 and not self.workouts[0].items()
                    else []
                )
            )
        self.workouts[-1].title = title
        if behind:
            items = read_counted_items(behind, self.names, True)
            if items:
                self._add_items(items, line)
            else:
                found = self._read_block(line._replace(text=behind))
                if found is None:
                    self.workouts[-1].title = f"{title}: {behind}"[:80]
        return "day", title

    def _day_rest(self, line: SourceLine) -> tuple[str, str] | None:
        """The name of a day and what stands behind it; None where a line names none."""
        if len(line.text) > 160:
            return None
        folded = fold_text(line.text)
        for word in sorted(self.language.labels["day"], key=len, reverse=True):
            if not folded.startswith(word):
                continue
            rest = line.text[len(word) :]
            numbered = re.match(
                r"\s*(\d{1,2}|[A-Ea-e])\b(?!\s*(?:x|%|min|sec|reps|sets|days?))\s*[:.)–—-]*\s*",
                rest,
            )
            weekday = word.endswith(
                ("day", "tag", "woch", "nes", "tes", "les", "ves", "di", "ado", "ngo", "abend")
            ) and word not in ("day", "tag")
            if numbered:
                return line.text[: len(word) + numbered.end(1)].strip(), rest[
                    numbered.end() :
                ].strip()
            if weekday and re.match(r"\s*(?:[:–—-]|$)", rest):
                return line.text[: len(word)], rest.lstrip(" :–—-")
        return None

    def _read_section(self, line: SourceLine) -> tuple[Role, str] | None:
        """A heading like `Warm-up`, with or without facts or items behind it."""
        if len(line.text) > LONGEST_HEAD:
            return None
        head, colon, _ = line.text.partition(":")
        head = re.sub(r"\s*[(\[–—].*$|\s-\s.*$", "", head)
        folded = fold_text(head).strip(" .!")
        bare = re.sub(r"^(?:the|la|le|der|das|die|el)\s+|^\d+[.)]\s*", "", folded)
        for name in ("warm_up", "cool_down", "main"):
            if bare not in self.language.labels[name] and folded not in self.language.labels[name]:
                continue
            section: SectionName = "exercises" if name == "main" else name  # type: ignore[assignment]
            self._close_item()
            self.block = None
            self.section = section
            rest = line.text[len(head) :].strip(" :")
            if rest:
                items = read_counted_items(rest.strip(" ()"), self.names, True) if colon else []
                if items:
                    self._add_items(items, line)
                else:
                    self._open_block(rest, line)
            return "section", name
        return None

    def _read_block(self, line: SourceLine) -> tuple[Role, str] | None:
        if len(line.text) > 140:
            return None
        told = read_facts(line.text, self.language)
        fields = {fact.field for one in told for fact in one.facts}
        superset = re.match(
            r"\s*(superset|supersatz|superserie|biserie|tri-?set|giant set|circuit|zirkel|circuito|"
            r"block|bloque|bloc)\b",
            fold_text(line.text),
        )
        if not fields & BLOCK_FIELDS and not superset:
            return None
        left = left_words(" ".join(one.left for one in told))
        short = len(re.findall(r"[^\W\d_]{2,}", left)) <= 6
        if not short and not line.text.rstrip().endswith(":"):
            return None
        if len(told) > 1 and len(left.split()) > 8:
            return None
        if (
            "tabata" in fields
            or "emom" in fields
            or "amrap" in fields
            or "fortime" in fields
            or "rounds" in fields
            or superset
        ):
            behind = line.text.partition(":")[2].strip()
            if behind and (items := read_counted_items(behind, self.names, True)):
                self._close_item()
                self._open_block(line.text.partition(":")[0], line)
                self._add_items(items, line)
                return "block", "with its items"
            items = read_counted_items(left.strip(" :.,–-()"), self.names, False)
            sentence = bool(re.search(r"[.!]\s*$", line.text)) and line.mark in ("text", "item")
            if (
                sentence
                and self.workouts[-1].items()
                and "rounds" in fields
                and not line.text.rstrip().endswith(":")
            ):
                return None
            self._close_item()
            self._open_block(line.text, line)
            name = self.names.name(left)
            if ("tabata" in fields or "emom" in fields) and name.exercise is not None:
                self._add_items([Read(name.text, "", [], "")], line)
            return "block", line.text
        return None

    def _open_block(self, text: str, line: SourceLine) -> None:
        facts = [fact for one in read_facts(text, self.language) for fact in one.facts]
        superset = re.match(r"\s*(superset|supersatz|superserie|biserie)\b", fold_text(text))
        if superset:
            facts.append(Fact("superset", "superset", 42, 0, 0))
        fields = {fact.field for fact in facts}
        if not fields & (BLOCK_FIELDS | {"superset", "sets", "work"}):
            self.workouts[-1].facts += facts
            return
        self.block = BlockEntry(facts, [], [Evidence(line.number, line.text)])
        self.workouts[-1].sections[self.section].append(self.block)

    def _read_level(self, line: SourceLine) -> tuple[Role, str] | None:
        """`Beginner: 2 x 8` under an exercise, and `Week 1: 3 x 10`."""
        head, colon, behind = line.text.partition(":")
        if self.item is None or not colon or not behind.strip() or len(head) > 40:
            return None
        folded = fold_text(head).strip()
        told = [fact for one in read_facts(behind.strip(), self.language) for fact in one.facts]
        if not told:
            return None
        for level in ("beginner", "normal", "advanced"):
            if folded in self.language.labels[level]:
                self.item.levels[level] = told
                self._add_evidence(line)
                return "amount", level
        if any(
            re.fullmatch(rf"{word}s? \d[\d –-]*", folded) for word in self.language.labels["week"]
        ):
            if not self.item.weeks:
                self.item.weeks = told
                self._add_evidence(line)
            return "amount", "of a week"
        return None

    def _read_aside(self, line: SourceLine) -> tuple[Role, str] | None:
        """A hint that begins with its label: `Tip: ...`, `Make it easier: ...`."""
        head, colon, behind = line.text.partition(":")
        folded = fold_text(head).strip(" *_-–.!?")
        if len(head) > 40:
            return None
        if folded not in self.language.labels["aside"]:
            if (
                not colon
                and line.mark in ("bold", "heading")
                and folded in self.language.labels["aside"]
            ):
                pass
            return None
        if not colon and line.mark == "text" and not line.text.isupper() and len(folded) < 4:
            return None
        if behind.strip():
            told = read_facts(line.text, self.language)
            if self._is_amount_label(told):
                return None
        else:
            self.skip_next = True
        return "beside", "a hint, not what is to be done"

    @staticmethod
    def _is_amount_label(told: list[SentenceFacts]) -> bool:
        """`Time: 40 seconds` is an amount, `Time: 25 minutes` may be the whole workout's."""
        fields = [fact for one in told for fact in one.facts]
        return any(fact.field == "time" and fact.value.endswith("s") for fact in fields)

    # --- rows ---

    def _read_row(self, line: SourceLine) -> tuple[Role, str]:
        columns = columns_of(line.cells, self.language)
        if columns:
            self.columns = columns
            self._close_item()
            return "section", "the head of a table"
        if not self.columns:
            items = [
                one for cell in line.cells for one in read_counted_items(cell, self.names, True)
            ]
            if items:
                self._add_items(items, line)
                return "exercise", ""
            return "left out", "a row without a head"
        row = row_facts(line.cells, self.columns, self.language)
        if not row.name or not self.names.is_name(row.name):
            return "left out", "a row without an exercise"
        self._close_item()
        item = Item(self.names.name(row.name), [Evidence(line.number, line.text)], row.facts)
        self._add_item(item)
        self.item = None
        return "exercise", row.name

    # --- items ---

    def _read_items_line(self, line: SourceLine) -> tuple[Role, str] | None:
        text = line.text
        if len(text) > 200:
            return None
        prefixed = self._numbered_word(text, "exercise")
        if self.language.has_phrase("later", fold_text(text)) and not prefixed:
            return None
        items = read_counted_items(prefixed or text, self.names, True)
        if items:
            if len(items) == 1 and self.item is not None and self._is_same(items[0], self.item):
                self.item.facts += items[0].facts
                if items[0].direct and not self.item.has_amount:
                    self.item.direct = items[0].direct
                self._add_evidence(line)
                return "amount", "of the exercise above"
            if self._is_step(line) and not prefixed:
                return None
            self._close_item()
            self._add_items(items, line)
            return "exercise", ", ".join(one.name for one in items)
        told = read_facts(text, self.language)
        left = left_words("".join(one.left for one in told)).strip(" .,;:()-–•|/&@")
        facts = [fact for one in told for fact in one.facts if not one.not_now]
        if facts and not left and {fact.field for fact in facts} <= {"rest"}:
            return self._read_rest(facts[0], line)
        return None

    def _is_step(self, line: SourceLine) -> bool:
        """Whether a line is a sentence of the description of the exercise above it."""
        if self.item is None or not self.has_strong or not re.search(r"[.!]\s*$", line.text):
            return False
        style = Style(line.mark, line.level if line.mark == "heading" else 0)
        return line.mark in ("text", "item") or not self._is_strong(style)

    def _read_rest(self, fact: Fact, line: SourceLine) -> tuple[Role, str]:
        here = self._entries()
        if self.item is not None and (self.details or self.item.has_amount) and self.has_strong:
            self.item.facts.append(fact)
            self._add_evidence(line)
            return "rest", "of the exercise above"
        if not here and self.block is None:
            self.workouts[-1].facts.append(fact)
            self.workouts[-1].evidence.append(Evidence(line.number, line.text))
            return "page", "rest"
        self._close_item()
        if self.block is not None and self._is_own_pace(self.block):
            self.block = None
        self._entries().append(RestEntry(fact.value, [Evidence(line.number, line.text)]))
        return "rest", fact.value

    @staticmethod
    def _is_own_pace(block: BlockEntry) -> bool:
        """Whether a block has no rests within it, so that a rest below it stands behind it."""
        return any(block.value(one) for one in ("amrap", "fortime", "tabata", "emom"))

    def _is_same(self, read: Read, item: Item) -> bool:
        name = self.names.name(read.name)
        if name.exercise is not None and item.name.exercise is not None:
            same = name.exercise.key == item.name.exercise.key
        else:
            same = fold_text(name.text) == fold_text(item.name.text)
        return same and not item.has_amount

    def _add_items(self, items: Iterable[Read], line: SourceLine) -> None:
        for read in items:
            item = Item(
                self.names.name(read.name),
                [Evidence(line.number, line.text)],
                list(read.facts),
                read.direct,
                read.letter,
                read.minute,
            )
            if read.doubt:
                item.doubts.append(Doubt("name", read.doubt))
            self._add_item(item)

    def _add_item(self, item: Item) -> None:
        if item.letter:
            self._letter_block(item)
        elif self.block is not None and (
            self.block.letter or (self.block.value("tabata") and item.has_amount)
        ):
            self.block = None  # the clock of a Tabata says how much: what says it itself is beside
        self._entries().append(item)
        self.item = item
        self.details = 0

    def _letter_block(self, item: Item) -> None:
        """A1 and A2 are a superset: the block of their letter is opened, or goes on."""
        letter = item.letter[0]
        if self.block is not None and self.block.letter == letter:
            return
        if self.block is not None and not self.block.letter and self.block.facts:
            return
        self.block = None
        if len(item.letter) > 1:
            self.block = BlockEntry(letter=letter)
            self.workouts[-1].sections[self.section].append(self.block)

    def _entries(self) -> list[Entry]:
        if self.block is not None:
            return self.block.entries
        return self.workouts[-1].sections[self.section]

    def _close_item(self) -> None:
        self.item = None
        self.details = 0

    def _add_evidence(self, line: SourceLine) -> None:
        assert self.item is not None
        self.item.evidence.append(Evidence(line.number, line.text))

    # --- headings and prose ---

    def _read_heading(
        self, line: SourceLine, following: tuple[SourceLine, ...], strong: bool
    ) -> tuple[Role, str] | None:
        """A line that names an exercise, with what is said of it behind a colon or below."""
        text = line.text
        prefixed = self._numbered_word(text, "exercise")
        letter, bare = letter_of(text)
        head = head_text(prefixed or bare)
        found = self._head_of(line)
        if not self.names.is_name(head):
            if line.mark in ("heading", "bold") and self.item is not None:
                self._close_item()
                return "section", ""
            return None
        name = self.names.name(head)
        style = (
            Style("exercise", 0)
            if prefixed
            else found[0]
            if found
            else Style(line.mark, line.level)
        )
        behind = (prefixed or bare)[len(head) :].lstrip(" :–—-|")
        if not self._heads_exercise(name, style, line, behind, following, strong, letter):
            if line.mark in ("heading",) or (line.mark == "bold" and not behind):
                self._close_item()
                self.block = None if line.mark == "heading" else self.block
                if line.mark == "heading" and line.level == 1 and not self.workouts[-1].title:
                    return "title", ""
                return "section", "a heading of something else"
            return None
        self._close_item()
        item = Item(name, [Evidence(line.number, text)], letter=letter)
        if not name.noun:
            item.doubts.append(Doubt("name", "no word of it is one that exercises are named with"))
        self._add_item(item)
        if behind:
            self._read_description(behind, line, first=False)
        return "exercise", name.text

    def _heads_exercise(
        self,
        name: Name,
        style: Style,
        line: SourceLine,
        behind: str,
        following: tuple[SourceLine, ...],
        strong: bool,
        letter: str,
    ) -> bool:
        if (
            style.mark == "heading"
            and style.level == 1
            and fold_text(line.text) == fold_text(self.document.title)
        ):
            return False
        if letter:
            return name.noun
        if style.mark not in ("text", "item"):
            if not self._is_strong(style):
                return name.exercise is not None and bool(following) and not strong
            if name.noun:
                return not (
                    self.styles[style][1] > 3
                    and self._is_title(line.text)
                    and name.exercise is None
                )
            return (
                self._tells_amount(following)
                or style.mark == "exercise"
                or style.mark.endswith("number")
            )
        if behind and ":" in line.text:
            # `Name: description`
            tells = self._tells_amount((line._replace(text=behind),))
            return tells or (name.noun and not strong and self._is_strong(style))
        if strong and self.section == "exercises" and self.block is None:
            return False
        if style.mark == "item":
            return (
                name.noun and self._mostly_names(style) and (self.item is None or not self.details)
            )
        if line.text.rstrip().endswith(":") and not name.noun:
            return False
        if name.noun:
            return (
                name.exercise is not None or self._is_strong(style) or self._tells_amount(following)
            ) and not self._is_title(line.text)
        return self._tells_amount(following[:1]) and self._is_strong(style)

    def _mostly_names(self, style: Style) -> bool:
        good, likely = self.styles.get(style, (0, 0))
        return good >= 2 and good >= 0.5 * likely

    @staticmethod
    def _is_title(text: str) -> bool:
        """Whether a line is about exercises and none itself: `10 Moves to Tone Your Thighs`."""
        return bool(
            re.search(
                r"\b(?:exercises?|moves?|workouts?|ways|tips|routine|plan|program(?:me)?|challenge|benefits|"
                r"übungen|workout|trainingsplan|programm|ejercicios|rutina|entrenamiento|exercices|"
                r"programme|entraînement|séance|stretches for|why|how|what)\b",
                text,
                re.IGNORECASE,
            )
        )

    def _tells_amount(self, lines: tuple[SourceLine, ...]) -> bool:
        """Whether the next lines say how much."""
        for line in lines:
            if line.mark == "heading":
                return False
            for one in read_facts(line.text, self.language):
                if not (one.not_now or one.about_all) and any(
                    fact.field in AMOUNT_FIELDS - {"count", "distance"} for fact in one.facts
                ):
                    return True
        return False

    def _read_prose(self, line: SourceLine) -> tuple[Role, str]:
        return self._read_description(line.text, line, first=True)

    def _read_description(self, text: str, line: SourceLine, first: bool) -> tuple[Role, str]:
        """Sentences below an exercise, or between them."""
        taken: list[str] = []
        role: Role = "description" if self.item is not None else "left out"
        for told in read_facts(text, self.language):
            if self.item is not None:
                self.item.told.append(told.text)
            if told.not_now or not told.facts:
                continue
            everywhere = [
                fact
                for fact in told.facts
                if fact.field in SCOPE_OF_ALL or told.about_all or self.item is None
            ]
            if self._closes_list(told, line):
                everywhere = list(told.facts)
            own = [fact for fact in told.facts if fact not in everywhere]
            own = [fact for fact in own if fact.field != "count" or self._counts_name(told)]
            if not _is_order(told):
                own = [fact for fact in own if fact.field not in ("sides", "first")]
            if everywhere and self._add_page_facts(everywhere, told, line):
                taken += [fact.field for fact in everywhere]
                role = "page" if not own else role
            if own and self.item is not None:
                self._add_own_facts(own, told)
                if first and line.number not in [one.line for one in self.item.evidence]:
                    self._add_evidence(line._replace(text=told.source))
                elif first or not self.item.evidence[-1].text.endswith(told.source):
                    last = self.item.evidence[-1]
                    if told.source not in last.text:
                        self.item.evidence[-1] = last._replace(text=f"{last.text} {told.source}")
                taken += [fact.field for fact in own]
                role = "amount"
        self.details += 1
        return role, ", ".join(dict.fromkeys(taken))

    def _closes_list(self, told: SentenceFacts, line: SourceLine) -> bool:
        """Whether a rest stands apart below the last exercise, and none has one of its own."""
        if self.item is None or not self.apart or not self.details:
            return False
        others = [one for one in self.workouts[-1].items() if one is not self.item]
        return (
            len(others) > 1
            and {fact.field for fact in told.facts} <= {"rest_sets", "rest"}
            and not any(fact.field.startswith("rest") for one in others for fact in one.facts)
        )

    def _counts_name(self, told: SentenceFacts) -> bool:
        """Whether a sentence begins with a number of what the exercise is called: `8 circles`."""
        assert self.item is not None
        words = [singular_of(word) for word in re.findall(r"[^\W\d_]+", fold_text(told.source))]
        name = {
            singular_of(word) for word in re.findall(r"[^\W\d_]+", fold_text(self.item.name.text))
        }
        return bool(words) and words[0] in name

    def _add_own_facts(self, facts: list[Fact], told: SentenceFacts) -> None:
        """The facts of a sentence; of each field the first one that the description has counts."""
        assert self.item is not None
        self.item.facts += facts

    def _add_page_facts(self, facts: list[Fact], told: SentenceFacts, line: SourceLine) -> bool:
        """Keep facts about all exercises.

        Of a sentence that does not say so itself only rounds, rests and amounts in sets are.
        """
        workout = self.workouts[-1]
        fields = {fact.field for fact in facts}
        if self.item is None and not told.about_all:
            plain = {
                "rounds",
                "more_rounds",
                "rest_rounds",
                "rest_exercises",
                "rest_sets",
                "each",
                "off",
                "work",
                "rest",
            }
            if "sets" in fields and fields & {"reps", "time", "hold"}:
                plain |= {"sets", "reps", "time", "hold", "sides"}
            if "reps" in fields and not workout.items():
                plain |= {"reps"}
            if "sets" in fields and not workout.items():
                plain |= {"sets"}
            facts = [fact for fact in facts if fact.field in plain]
            facts = [
                fact
                for fact in facts
                if not (fact.field == "rest" and workout.items() and "rounds" not in fields)
            ]
        if not facts:
            return False
        kept = {fact.field for fact in workout.facts}
        workout.facts += [fact for fact in facts if fact.field not in kept]
        workout.evidence.append(Evidence(line.number, told.source))
        return True


def _is_order(told: SentenceFacts) -> bool:
    """Whether a sentence says how much or how often, so that `each leg` in it is about sides."""
    fields = {fact.field for fact in told.facts}
    words = told.text.split()
    return (
        bool(fields & AMOUNT_FIELDS)
        or len(words) < 6
        or bool({"repeat", "do", "switch"} & set(words))
    )


def head_text(text: str) -> str:
    """The part of a line that may be a name: before a colon or a dash."""
    head = re.split(r":(?!\d)|\s[–—-]\s|\s\|\s", text, maxsplit=1)[0]
    return head.strip()
