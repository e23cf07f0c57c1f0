"""Plans by day: later weeks are left out, and days that tell an amount alone are named above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audioworkout.importing.draft import Draft
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.naming import Name, NameFinder
from audioworkout.importing.openings import LONGEST_HEAD, day_opening
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    Doubt,
    Evidence,
    Item,
    SourceWorkout,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import fold_text
from audioworkout.reading.splitting import known_within

DAYS_OF_WEEK = 7
FEWEST_DAYS = 4
"""Days of the first week, from which on higher numbers are those of later ones."""
FEWEST_EACH_DAY = 2
"""Exercises in front of the first day that are the same on every one."""


class CalendarReader:
    """Knows in which week the lines are, and what is done on the days of a calendar."""

    def __init__(self, draft: Draft, names: NameFinder, lines: Sequence[SourceLine]) -> None:
        self.draft = draft
        self.names = names
        self.language = names.language
        self._lines = lines
        words = "|".join(map(re.escape, self.language.labels["calendar_day"]))
        self._day = re.compile(rf"(?:{words})s?\s?(\d{{1,3}})\b(?!\s*(?:x|%))")
        self._later = False
        """Whether the days behind the first week go on."""
        self._days = 0
        self._listed: list[Item] = []
        """Exercises without an amount that stand in front of the first day."""

    def leaves_out(self, line: SourceLine) -> bool:
        """Whether the next line is of a day behind the first week."""
        day = self._day_of(fold_text(line.text).strip(" *"))
        if day > DAYS_OF_WEEK and self._days >= FEWEST_DAYS:
            self._later = True
        elif day and not self._later:
            self._days += 1
        if self._later:
            self.draft.close_block()
        return self._later and not self._tells_rests(line)

    def doubt_later(self, workouts: Sequence[SourceWorkout]) -> None:
        """Tell that of the days only those of the first week were read."""
        if self._later:
            for workout in workouts:
                workout.doubts.append(Doubt("weeks", f"days after day {DAYS_OF_WEEK} are left out"))

    def _tells_rests(self, line: SourceLine) -> bool:
        """Whether a line below the weeks tells the rests of them all."""
        facts = [fact for one in self.names.facts_of_line(line.text) for fact in one.facts]
        return bool(facts) and all(fact.field.startswith("rest_") for fact in facts)

    def begin_day(self) -> None:
        """Keep the exercises in front of the first day, which each one has."""
        if not self._listed:
            items = [one for one in self.draft.workout.items() if not one.has_amount]
            self._listed = items if len(items) >= FEWEST_EACH_DAY else []

    def read_amount(self, text: str, line: SourceLine) -> bool:
        """Add what a day tells the amount of and does not name: `Day 1: 20 seconds`, `Day 2 55`."""
        facts = self._only_amount(text)
        if not facts:
            return False
        above = [item.name for item in self._listed] or self._names_in_titles(line)
        for name in above:
            self.draft.add_item(Item(name, [Evidence(line.number, line.text)], list(facts)))
        return bool(above)

    def _only_amount(self, text: str) -> list[Fact]:
        """The facts of a text that tells an amount and nothing else."""
        if text.strip().isdigit():
            return [Fact("count", text.strip(), 9, 0, 0)]
        told = self.names.facts_of_line(text)
        left = re.findall(r"[^\W\d_]+", " ".join(one.left_plain for one in told))
        if any(one.not_now for one in told) or set(left) - {"per", "a", "day", "the", "for"}:
            return []
        facts = [fact for one in told for fact in one.facts]
        return facts if any(fact.field in AMOUNT_FIELDS for fact in facts) else []

    def _names_in_titles(self, line: SourceLine) -> list[Name]:
        """The exercise that the nearest title above names: `30 Day Squat Challenge`."""
        for above in reversed([one for one in self._lines if one.number < line.number]):
            folded = fold_text(above.text)
            if len(above.text) > LONGEST_HEAD or not self.language.has_phrase("titles", folded):
                continue
            found = known_within(f"{above.text} .", self.names.knows)
            if found is not None and day_opening(above.text, self.language) is None:
                return [self.names.name(found.name)]
        return []

    def _day_of(self, folded: str) -> int:
        """The number of the day that a line begins with; 0 without one."""
        found = self._day.match(folded)
        return int(found[1]) if found else 0
