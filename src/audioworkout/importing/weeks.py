"""Plans of several weeks: the first week is read, and what later weeks change is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from audioworkout.importing.draft import Draft
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.outline import Doubt, LineRole, SourceWorkout
from audioworkout.importing.rules import ImportLanguage, fold_text
from audioworkout.importing.whiteboard import read_counted_items

OF_LATER_WEEK = "of a later week"
OF_OTHER_LEVEL = "of another level"
"""What is said of lines that are left out for it."""

LONGEST_WEEK_TITLE = 60
"""Characters behind the number of a week that may be its title: `Week 1: find your feet`."""
FEWEST_SENTENCE_WORDS = 8
"""Words of a sentence that stands apart below the last week, and tells of the whole plan."""
_NUMBER = re.compile(r"\s*(\d{1,2})\s*(?:(?:[-–—&+/]|\w{1,3})\s*\d{1,2})?(?!\s*[x×%]|\w)")
_NUMBERED = re.compile(r"(\d{1,2})\.?\s*(?:st|nd|rd|th|re|ere|er|eme|e|a|o|ª|º)?\s+")
_WORD = re.compile(r"\s*([^\W\d_]+)")
_BEHIND = re.compile(r"\s*(?:$|[:,.;|(\[–—-]\s*)")


class Week(NamedTuple):
    """The week that a line names. `number` is 0 where it is told by an ordinal: `Next week`."""

    number: int
    behind: str


def week_opening(line: SourceLine, language: ImportLanguage) -> Week | None:
    """The week that a line begins with: `Week 2: more`, `Weeks 1-2`, `2. Woche`, `First week`."""
    folded = fold_text(line.text)
    if len(folded) != len(line.text):
        return None
    for word in sorted(language.labels["week"], key=len, reverse=True):
        plural = rf"(?:{re.escape(word)}(?:s|n)?)(?!\w)"
        number, end = _number_in_front(line, folded, plural, language)
        if not end and (label := re.match(plural, folded)):
            number, end = _number_behind(folded, label.end(), language)
        if end and (behind := _BEHIND.match(folded, end)):
            return Week(number, line.text[behind.end() :].strip(" )]"))
    return None


def _number_in_front(
    line: SourceLine, folded: str, label: str, language: ImportLanguage
) -> tuple[int, int]:
    """The number of `2. Woche`, `1st week`, and where the label ends; 0 and 0 of others."""
    if line.mark in ("number", "item") and line.value and (found := re.match(label, folded)):
        return (line.value, found.end()) if not _NUMBER.match(folded, found.end()) else (0, 0)
    if (match := _NUMBERED.match(folded)) and (found := re.match(label, folded[match.end() :])):
        return int(match[1]), match.end() + found.end()
    first = _WORD.match(folded)
    if first and first[1] in language.lists["ordinals"]:
        found = re.match(rf"\s+{label}", folded[first.end() :])
        return 0, first.end() + found.end() if found else 0
    return 0, 0


def _number_behind(folded: str, at: int, language: ImportLanguage) -> tuple[int, int]:
    """The number of `Week 2`, `Weeks 1-2`, `Week two`, and where it ends; 0 and 0 of others."""
    if match := _NUMBER.match(folded, at):
        return int(match[1]), match.end()
    word = _WORD.match(folded, at)
    value = language.words_of(word[1]) if word else ""
    return (int(value), word.end()) if word and value.isdigit() else (0, 0)


class WeekReader:
    """Reads the first week of a plan, and leaves out the lines of later ones."""

    def __init__(self, draft: Draft, lines: Sequence[SourceLine]) -> None:
        self.draft = draft
        self.names = draft.names
        self.opened: dict[int, Week] = {}
        """The weeks that lines begin with, by the numbers of the lines."""
        for line in lines:
            week = week_opening(line, self.names.language)
            if week is not None:
                number = week.number or len(self.opened) + 1
                self.opened[line.number] = week._replace(number=number)
        numbers = {week.number for week in self.opened.values()}
        if len(numbers) < 2:
            self.opened = {}
        self.first = min(numbers, default=0)
        self.count = len(numbers)
        self.later = frozenset(self._find_later(lines))
        """Numbers of the lines below the headings of later weeks, and of these."""
        self.left_out = False
        """Whether anything was left out."""

    def read(self, line: SourceLine) -> tuple[SourceLine, tuple[LineRole, str] | None]:
        """What becomes of a line that names a week; of the first one what stands behind is read."""
        week = self.opened.get(line.number)
        if line.number in self.later:
            self.draft.close_block()
        elif week is None or self._tells_amount(week.behind):
            return line, None
        elif week.number == self.first and any(map(str.isdigit, week.behind)):
            return line._replace(text=week.behind), None
        elif week.number == self.first:
            self.draft.close_block()
            return line, ("section", "the first week")
        self.left_out = True
        return line, ("left out", OF_LATER_WEEK)

    def _tells_amount(self, behind: str) -> bool:
        """Whether words behind a week say how much of the open exercise: `Week 1: 3 x 10`."""
        item = self.draft.item
        facts = [fact for one in self.names.facts_of_line(behind) for fact in one.facts]
        waits = item is not None and (bool(item.weeks) or not item.has_amount)
        return waits and bool(facts) and not read_counted_items(behind, self.names, True)

    def doubt_later(self, workouts: Sequence[SourceWorkout]) -> None:
        """Tell that of several weeks only the first was read."""
        if self.left_out:
            reason = f"of {self.count} weeks this is the first"
            for workout in workouts:
                workout.doubts.append(Doubt("weeks", reason))

    def _find_later(self, lines: Sequence[SourceLine]) -> list[int]:
        found: list[int] = []
        heading: SourceLine | None = None
        above: SourceLine | None = None
        for line in lines:
            week = self.opened.get(line.number)
            if week is not None:
                titled = line.mark in ("heading", "bold") or len(week.behind) <= LONGEST_WEEK_TITLE
                later = titled and week.number > self.first
                heading = line if later and not any(map(str.isdigit, week.behind)) else None
            elif heading is not None and _ends_week(line, heading, above):
                heading = None
            if heading is not None:
                found.append(line.number)
            above = line
        return found


def _ends_week(line: SourceLine, heading: SourceLine, above: SourceLine | None) -> bool:
    """Whether a line stands below the weeks, and belongs to none: a heading, a closing sentence."""
    if line.mark == "heading":
        return heading.mark != "heading" or line.level <= heading.level
    apart = above is not None and line.number > above.number + 1
    told = above is not None and above is not heading and above.text[-1] not in ".!?:"
    sentence = line.mark == "text" and line.text.rstrip().endswith((".", "!"))
    return apart and told and sentence and len(line.text.split()) >= FEWEST_SENTENCE_WORDS
