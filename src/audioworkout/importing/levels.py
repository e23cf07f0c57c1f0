"""Amounts by level or by week: `Beginner: 2 x 8`, `Week 1: 3 x 10`, `Advanced: 4 rounds`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audioworkout.importing.draft import Draft
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.openings import day_opening, section_opening, split_levels
from audioworkout.importing.outline import LEVEL_LABELS, Doubt
from audioworkout.importing.page_facts import Found
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import fold_text
from audioworkout.importing.weeks import week_opening

LONGEST_LEVEL = 40
"""Characters in front of the colon of a level."""
OF_ALL = frozenset({"rounds", "more_rounds", "rest_rounds", "rest_exercises"})
"""What a level tells of all exercises, whatever stands above it."""
WITHOUT_ITEM = OF_ALL | {"sets", "rest_sets", "each", "work", "off"}
"""What it tells of them where no exercise is open."""
FEWEST_HEADED = 2
"""Levels with lines of their own."""
MOST_LEVEL_WORDS = 3
LEVEL_WORDS = frozenset({"level", "version", "option", "plan", "program", "programme"})
"""Words behind a level in the line that heads it."""
REASON = "the source has levels; this is the {} one"


class Level(NamedTuple):
    """A level that a line names, and what it tells for it."""

    name: str
    facts: list[Fact]


class LevelReader:
    """Keeps amounts by level with the exercise above, or with the whole workout."""

    def __init__(self, draft: Draft, names: NameFinder, lines: Sequence[SourceLine] = ()) -> None:
        self.draft = draft
        self.names = names
        self.language = names.language
        self._told: dict[str, list[Fact]] = {}
        """What the levels of the whole workout tell, as far as they were read."""
        self._headed = self._find_headed(lines)
        named = set(self._headed.values())
        self._taken = "normal" if "normal" in named else "beginner"
        self._open = ""
        """The level whose lines go on."""

    def read(self, line: SourceLine) -> Found | None:
        """A line that begins with a level or a week and tells an amount behind its colon."""
        head, colon, behind = line.text.partition(":")
        if not colon or not behind.strip() or len(head) > LONGEST_LEVEL:
            return None
        folded = fold_text(head).strip(" *-–—•")
        told = [fact for one in self.names.facts_of_line(behind.strip()) for fact in one.facts]
        level = self._level_of(folded)
        if level and not told and behind.strip().isdigit():
            told = [Fact("count", behind.strip(), 9, 0, 0)]
        if not told:
            return None
        if level and self._is_of_all(told):
            self._keep_for_all(Level(level, told), line)
            return "page", level
        item = self.draft.item
        if level and item is not None:
            item.levels[level] = told
            self.draft.add_evidence(line)
            return "amount", level
        return self._read_week(told, line)

    def _level_of(self, folded: str) -> str:
        """The level that a folded text names; empty of others."""
        return next((one for one in LEVEL_LABELS if folded in self.language.labels[one]), "")

    def leaves_out(self, line: SourceLine) -> bool:
        """Whether the next line is of a level that is not taken, where each has lines of its own.

        `Beginner` in a line alone heads them, down to the next level, heading or part.
        """
        level = self._heading_of_level(line)
        if level:
            self._open = level
        elif self._open and (line.mark == "heading" or self._opens_part(line)):
            self._open = ""
        other = bool(self._open) and self._open != self._taken
        if level and not other:
            reason = REASON.format(level)
            self.draft.workout.doubts += [Doubt(one, reason) for one in ("amount", "sets")]
        return other

    def _heading_of_level(self, line: SourceLine) -> str:
        words = fold_text(line.text).strip(" :*-–—•").split()
        if len(self._headed) < FEWEST_HEADED or not words or len(words) > MOST_LEVEL_WORDS:
            return ""
        return self._headed.get(line.number, "")

    def _find_headed(self, lines: Sequence[SourceLine]) -> dict[int, str]:
        """The lines that are a level and nothing else, as `Beginner` or `Level 2 workout:`."""
        found = {}
        ends = self.language.lists["workouts"] | self.language.labels["block"] | LEVEL_WORDS
        for line in lines:
            words = fold_text(line.text).strip(" :*-–—•").split()
            if not words or len(words) > MOST_LEVEL_WORDS or line.mark == "row":
                continue
            shorter = " ".join(words[:-1]) if words[-1] in ends else ""
            level = self._level_of(" ".join(words)) or self._level_of(shorter)
            if level:
                found[line.number] = level
        several = len(set(found.values())) > 1 and len(set(found.values())) == len(found)
        return found if several else {}

    def _opens_part(self, line: SourceLine) -> bool:
        """Whether a line opens a day or a section, which is told of every level."""
        opens = section_opening(line.text, self.language) or day_opening(line.text, self.language)
        return opens is not None

    def read_several(self, line: SourceLine) -> list[str]:
        """The parts of a line that tells several levels; empty of others."""
        parts = split_levels(line.text, self.language)
        return parts if len(parts) > 1 and self.draft.item is not None else []

    def _is_of_all(self, told: list[Fact]) -> bool:
        fields = {fact.field for fact in told}
        return fields <= (OF_ALL if self.draft.item is not None else WITHOUT_ITEM)

    def _keep_for_all(self, level: Level, line: SourceLine) -> None:
        """Tell the whole workout what the level in the middle tells, as soon as it is read."""
        workout = self.draft.workout
        self._told[level.name] = level.facts
        name = "normal" if "normal" in self._told else next(iter(self._told))
        fields = {fact.field for facts in self._told.values() for fact in facts}
        workout.facts = [fact for fact in workout.facts if fact.field not in fields]
        reason = REASON.format(name)
        facts = [fact._replace(unsure=reason) for fact in self._told[name]]
        workout.doubts = [one for one in workout.doubts if one.field not in fields]
        workout.doubts += [Doubt(fact.field, reason) for fact in facts]
        self.draft.add_page(facts, line.number, line.text)

    def _read_week(self, told: list[Fact], line: SourceLine) -> Found | None:
        item = self.draft.item
        if item is None or week_opening(line, self.language) is None:
            return None
        if not item.weeks:
            item.weeks = told
            self.draft.add_evidence(line)
        return "amount", "of a week"
