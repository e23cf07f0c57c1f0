"""What a line or a sentence tells of all exercises: their rests, rounds, sets and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audioworkout.importing.compose import subtract_clock
from audioworkout.importing.draft import Draft
from audioworkout.importing.facts import SentenceFacts, left_words
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.mentions import find_number_before
from audioworkout.importing.naming import NameFinder, singular_of
from audioworkout.importing.openings import LONGEST_HEAD
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    LEVEL_LABELS,
    Evidence,
    Item,
    LineRole,
    RestEntry,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.prose import rounds_as_sets
from audioworkout.importing.rules import fold_text

SCOPE_OF_ALL = frozenset(
    {
        "rounds",
        "more_rounds",
        "rest_rounds",
        "rest_exercises",
        "each",
        "off",
        "work",
        "whole_sides",
        "ladder_to",
    }
)
"""Fields that never belong to one exercise."""
OF_THE_LIST = re.compile(
    r"circuit|through (?:the|all|this)|\ball\b|whole|entire|sequence|list|workout|"
    r"(?:per|all|of) (?:the )?exercise"
)
"""Words of a sentence, in plain form, whose rounds are those of all exercises."""
_OF_EACH = re.compile(r"\bper \d")
"""An amount of each, in front of which no exercise stands: `30 s each`, in the order of German."""
_IN_TURNS = re.compile(r"\bcircuit\b|back[ -]to[ -]back")
"""Words of a sentence whose sets are rounds of all exercises."""
REST_LABELS = {
    "exercise": "rest_exercises",
    "sets": "rest_sets",
    "rounds": "rest_rounds",
    "circuit": "rest_rounds",
}
"""Below a label of rests, of what they are."""
FEWEST_LEVELS = 2
FEW_WORDS_OF_REST = 8
"""Words beside a rest that is told plainly; a longer sentence may tell a story of one."""
REST_LABEL = re.compile(rf"({'|'.join(REST_LABELS)}) ?[:=-]? ?\d")
AMOUNTS_OF_ALL = frozenset({"each", "work", "time", "hold", "reps", "list"})
"""Amounts that may be told once for all exercises."""
PAGE_LABELS = frozenset({"sets", "reps", "each", "rest_sets", "rest_exercises", "rest_rounds"})
"""What a line of facts tells of all exercises."""
PER_EXERCISE = re.compile(r"(?:/|\bper) exercise\b")
OF_EACH_WORDS = re.compile(r"[\0\s/.,:;()|-]|\b(?:per|exercise|sets)\b")
"""What stands beside the facts of a line that tells them of all: `3 sets / exercise`."""
HOW_FIELDS = frozenset(
    {"sides", "first", "switch", "alternating", "directions", "pause", "down", "where"}
)
"""Fields that the second description of an exercise may add to it."""
REST_ROLES = frozenset({"rest", "rest_sets", "rest_rounds", "rest_exercises"})
SAID_OF_ALL = SCOPE_OF_ALL | {"rest_sets", "rest"}
"""Fields of a sentence between exercises that are told of all, though it does not say so."""
MOST_LINES_APART = 2
"""Lines from one of all exercises to the next one, as in a list of rules."""
MOST_WORDS_ORDER = 6
"""A shorter sentence with a side in it is an order: `Both sides.`"""

_WORD = re.compile(r"[^\W\d_]+")

Found = tuple[LineRole, str]
"""The role of a line, and what to say of it."""


class PageFactReader:
    """Adds to a draft what is told of all its exercises, or of all above.

    `strong`: the exercises have headings or numbers of their own.
    """

    def __init__(self, draft: Draft, names: NameFinder, *, strong: bool) -> None:
        self.draft = draft
        self.names = names
        self.language = names.language
        self.strong = strong
        self._following: tuple[SourceLine, ...] = ()
        self._apart = True
        self._rests_follow = False
        """Whether a label of rests stands above: `Rest`, and below it `Sets: 60 s`."""
        self._all_line = -MOST_LINES_APART
        """The last line with a sentence that tells of all exercises."""
        self._of_all_line = -1
        """The last line that told something of all exercises and nothing else."""

    def begin_line(self, following: tuple[SourceLine, ...], *, apart: bool) -> None:
        """Tell of the line that is read next: the lines below it, and whether it stands apart."""
        self._following, self._apart = following, apart

    def read_rest_labels(self, line: SourceLine) -> Found | None:
        """`Rest` above `Exercises: 2 min` and `Sets: 60 s`: rests between exercises and sets."""
        found = self._label_of_rest(line)
        if self._rests_follow and found is not None:
            self.draft.add_page([found], line.number, line.text)
            return "page", found.field
        told = self.names.facts_of_line(line.text)
        self._rests_follow = (
            len(told) == 1
            and told[0].text.strip(" :.") == "rest"
            and bool(self._following)
            and self._label_of_rest(self._following[0]) is not None
        )
        return ("section", "heads rests") if self._rests_follow else None

    def _label_of_rest(self, line: SourceLine) -> Fact | None:
        told = self.names.facts_of_line(line.text)
        match = REST_LABEL.match(told[0].text) if len(told) == 1 else None
        times = [fact for fact in told[0].facts if fact.field in ("time", "each")] if match else []
        if match is None or not times:
            return None
        return times[0]._replace(field=REST_LABELS[match[1]])

    def read_all_label(self, line: SourceLine) -> Found | None:
        """`3 sets per exercise` in a line of its own, and a line of facts right below it."""
        told = self.names.facts_of_line(line.text)
        facts = [fact for one in told for fact in one.facts]
        if not facts or any(one.not_now for one in told):
            return None
        left = OF_EACH_WORDS.sub(" ", " ".join(one.left_plain for one in told))
        follows = self.draft.item is None and line.number == self._of_all_line + 1
        fields = {fact.field for fact in facts}
        if left.strip() or not fields <= PAGE_LABELS:
            return None
        of_each = all(one.about_all or PER_EXERCISE.search(one.text) for one in told)
        if not (of_each or follows):
            return None
        self.draft.close_item()
        self.draft.add_page(facts, line.number, line.text)
        self._of_all_line = line.number
        return "page", ", ".join(sorted(fields))

    def read_levels(self, line: SourceLine) -> Found | None:
        """`Beginner: 2 rounds. Advanced: 4 rounds.` of all exercises: the middle one is taken."""
        told: dict[str, list[Fact]] = {}
        others: list[str] = []
        for part in re.split(r"(?<=[.;|])\s+|\s/\s", line.text):
            label, colon, behind = part.partition(":")
            level = next(
                (
                    one
                    for one in LEVEL_LABELS
                    if colon and fold_text(label).strip() in self.language.labels[one]
                ),
                "",
            )
            facts = [fact for one in self.names.facts_of_line(behind) for fact in one.facts]
            if level and facts:
                told[level] = facts
            elif not level:
                others.append(part)
        if len(told) < FEWEST_LEVELS or self.draft.item is not None:
            return None
        level = "normal" if "normal" in told else next(iter(told))
        reason = f"of several levels `{level}` is taken"
        facts = [fact._replace(unsure=reason) for fact in told[level]]
        self.draft.add_page(facts, line.number, line.text)
        for one in self.names.facts_of_line(" ".join(others)):
            if not one.not_now:
                self.add_page_facts(self.part_facts(one)[0], one, line)
        return "page", "levels"

    def read_rests(self, line: SourceLine) -> Found | None:
        """A line that says nothing but how long to rest."""
        facts = self.find_only_facts(line) or self._facts_without_rest(line)
        clocks = [fact for fact in facts if fact.field == "clock"]
        if clocks and self.language.words_of(line.text.split()[-1]).startswith("rest"):
            self.draft.close_item()
            lasts = subtract_clock(clocks[0].value)
            self.draft.entries.append(RestEntry(lasts, [Evidence(line.number, line.text)]))
            return "rest", lasts
        if not facts or not {fact.field for fact in facts} <= REST_ROLES:
            return None
        told = self.names.facts_of_line(line.text)
        return self.draft.add_rests(
            facts,
            line,
            strong=self.strong,
            of_each=bool(re.search(r"(?:per|all) (?:superset|circuit|pair|block)", told[0].text)),
            closes=self._closes_list(told[0]),
        )

    def read_rounds(self, line: SourceLine) -> Found | None:
        """`Rest 60 s and repeat 3 times.` below a list of items: rounds of them all."""
        facts = self.find_only_facts(line)
        told = self.names.facts_of_line(line.text)
        each = any(re.search(r"\bper\b", one.text) for one in told)
        if not facts or not self._stands_below_list(each=each):
            return None
        names = {"times": "rounds", "more": "more_rounds", "sets": "rounds", "rounds": "rounds"}
        rounds = [fact._replace(field=names[fact.field]) for fact in facts if fact.field in names]
        placed = {fact.field for fact in facts} >= {"rest_rounds", "rest_exercises"}
        rests = [
            fact if placed else fact._replace(field="rest_rounds")
            for fact in facts
            if fact.field in REST_ROLES
        ]
        waits = not any(item.has_amount for item in self.draft.workout.items())
        amounts = [one for one in facts if one.field in AMOUNTS_OF_ALL] if each and waits else []
        if not rounds or len(rounds) + len(rests) + len(amounts) < len(facts):
            return None
        self._add_rounds([*rounds[:1], *rests[: 2 if placed else 1], *amounts], line)
        return "page", "rounds"

    def part_facts(self, told: SentenceFacts) -> tuple[list[Fact], list[Fact]]:
        """The facts of a sentence that are told of all exercises, and those of the open one."""
        told = told._replace(facts=tuple(_with_rounds_of_rest(told.facts)))
        item = self.draft.item
        fields = {fact.field for fact in told.facts}
        of_one = self.language.has_phrase("one_exercise", fold_text(told.source))
        if item is not None and self.strong and "switch" in fields and not fields & AMOUNT_FIELDS:
            of_one = True  # `Do it all 5 times, then do the other side.`
            told = told._replace(
                facts=tuple(
                    one._replace(field="times") if one.field == "rounds" else one
                    for one in told.facts
                )
            )
        if item is None or (told.about_all and not of_one) or self._closes_list(told):
            return list(told.facts), []
        scope = SCOPE_OF_ALL
        facts = told.facts
        of_list = _tells_of_list(told, item)
        if of_list and self._tells_whole_alone(told):
            of_list = False
            facts = tuple(
                fact._replace(field="times") if fact.field == "rounds" else fact for fact in facts
            )
        if not (of_one or of_list) and self.strong and self.draft.block is None:
            scope = scope - {"rounds"}
        holds = {fact.field for fact in item.facts} & AMOUNT_FIELDS == {"hold"}
        if not of_list and (not item.has_amount or holds):
            facts = tuple(rounds_as_sets(list(facts)))
        everywhere = [fact for fact in facts if fact.field in scope]
        own = [
            fact
            for fact in facts
            if fact.field not in scope
            and (fact.field != "count" or self._count_of_name(told, item))
            and (fact.field not in ("sides", "first") or _is_order(told))
            and (fact.field != "cal" or len(told.text.split()) < MOST_WORDS_ORDER)
            and (not self.draft.again or fact.field in HOW_FIELDS)
        ]
        if self._tells_of_section(told):
            own = [fact for fact in own if fact.field != "time"]
        if not item.has_amount and not any(fact.field in AMOUNT_FIELDS for fact in told.facts):
            own += self._count_of_name(told, item)
        return everywhere, own

    def _tells_whole_alone(self, told: SentenceFacts) -> bool:
        """Whether `the whole five times` ends a paragraph on a headed exercise."""
        found = {match[0] for match in OF_THE_LIST.finditer(told.text)}
        return self.strong and self.draft.block is None and told.offset > 0 and found == {"whole"}

    def _tells_of_section(self, told: SentenceFacts) -> bool:
        """Whether a sentence of the main part speaks of the warm-up or the end: `Warm up first`."""
        labels = self.language.labels["warm_up"] | self.language.labels["cool_down"]
        words = re.findall(r"[^\W\d_]+", fold_text(told.source))
        return self.draft.section == "exercises" and not labels.isdisjoint(words)

    def _count_of_name(self, told: SentenceFacts, item: Item) -> list[Fact]:
        """The number that a sentence has in front of what the exercise is called by.

        `8 circles to the left`, `Finish with 20 calf raises.`
        """
        name = {singular_of(word) for word in _WORD.findall(fold_text(item.name.text))}
        for word in _WORD.finditer(told.source):
            if singular_of(fold_text(word[0])) in name:
                number = find_number_before(told, word.start(), self.names)
                if number is not None:
                    value, start, end = number
                    return [Fact("count", value, 9, told.offset + start, told.offset + end)]
        return []

    def add_page_facts(
        self, facts: list[Fact], told: SentenceFacts, line: SourceLine
    ) -> list[Fact]:
        """Keep facts about all exercises, in the open block where it has none of them yet.

        Of a sentence that does not say so itself only rounds, rests and amounts in sets are.
        """
        draft = self.draft
        fields = {fact.field for fact in facts}
        if told.about_all:
            self._all_line = line.number
        elif draft.item is None and 0 < line.number - self._all_line <= MOST_LINES_APART:
            told = told._replace(about_all=True)
        if "sets" in fields and not fields & {"reps", "rounds"} and _IN_TURNS.search(told.text):
            facts = [
                fact._replace(field="rounds") if fact.field == "sets" else fact for fact in facts
            ]
            fields = {fact.field for fact in facts}
        if draft.item is None and not (told.about_all or _OF_EACH.search(told.text)):
            plain = set(SAID_OF_ALL)
            none_yet = not draft.has_entries
            if "sets" in fields and fields & {"reps", "time", "hold"}:
                plain |= {"sets", "reps", "time", "hold", "sides"}
            elif none_yet or re.search(r"reps ?/ ?sets", told.text):
                plain |= {"sets", "reps"}
                if self.find_only_facts(line):
                    plain |= {"time", "hold", "sides"}
            facts = [
                fact
                for fact in facts
                if fact.field in plain and (fact.field != "rest" or none_yet or "rounds" in fields)
            ]
        if not facts:
            return []
        if not told.about_all:
            reason = "told once, and taken for all"
            short = len(left_words(told.left).split()) <= FEW_WORDS_OF_REST
            facts = [
                fact
                if short and fact.field in REST_ROLES
                else fact._replace(unsure=fact.unsure or reason)
                for fact in facts
            ]
        block = draft.block
        scope = {fact.field for fact in facts} & SCOPE_OF_ALL
        of_block = block is not None and (not block.letter or "rest_rounds" in scope)
        if block is not None and of_block and scope and not told.about_all:
            known = {fact.field for fact in block.facts}
            block.facts += [fact for fact in facts if fact.field not in known]
            block.evidence.append(Evidence(line.number, told.source))
        else:
            draft.add_page(facts, line.number, told.source)
        return facts

    def _stands_below_list(self, *, each: bool) -> bool:
        """Whether a line of facts alone tells of all items above it, and not of the last one.

        `each`: it says so itself.
        """
        draft = self.draft
        items = [one for one in draft.entries if isinstance(one, Item)]
        if draft.details or len(items) < 2:
            return False
        if draft.item is None:
            return isinstance(draft.entries[-1], RestEntry)
        told = [*draft.workout.facts, *(draft.block.facts if draft.block is not None else ())]
        shared = any(fact.field in AMOUNTS_OF_ALL for fact in told)
        own = (self._apart or shared or each) and not any(item.has_amount for item in items)
        last = not self.strong or self._ends_list_of_lines(items)
        return own or (draft.item.has_amount and last)

    def _ends_list_of_lines(self, items: Sequence[Item]) -> bool:
        """Whether the exercises above have their amounts in their own lines, and no more follow."""
        return all(item.has_amount and len(item.evidence) == 1 for item in items) and not any(
            one.mark in ("number", "heading") for one in self._following
        )

    def _closes_list(self, told: SentenceFacts) -> bool:
        """Whether a rest stands apart below the last exercise, and none has one of its own."""
        draft = self.draft
        if draft.item is None or not self._apart:
            return False
        if not draft.details and not all(one.has_sets for one in draft.workout.items()):
            return False
        if not told.facts or not {fact.field for fact in told.facts} <= {"rest_sets", "rest"}:
            return False
        others = [one for one in draft.workout.items() if one is not draft.item]
        return len(others) > 1 and not any(
            fact.field.startswith("rest") for one in others for fact in one.facts
        )

    def _add_rounds(self, facts: list[Fact], line: SourceLine) -> None:
        block = self.draft.block
        if block is not None and block.entries and not block.value("rounds"):
            block.facts += facts
            block.evidence.append(Evidence(line.number, line.text))
            self.draft.close_block()
        else:
            self.draft.add_page(facts, line.number, line.text)

    def _facts_without_rest(self, line: SourceLine) -> list[Fact]:
        """The facts of a line without its last word, where that is a rest: `1:55-2:10 Rest`."""
        text, _, last = line.text.rpartition(" ")
        if not text or not self.language.words_of(last).startswith("rest"):
            return []
        facts = self.find_only_facts(line._replace(text=text))
        return facts if any(fact.field == "clock" for fact in facts) else []

    def find_only_facts(self, line: SourceLine) -> list[Fact]:
        """The facts of a line that has no other words; empty of any other."""
        if len(line.text) > LONGEST_HEAD:
            return []
        told = self.names.facts_of_line(line.text)
        left = left_words("".join(one.left for one in told))
        words = [
            one for one in re.findall(r"[^\W_]+", left) if fold_text(one) not in self.language.small
        ]
        if words or any(one.not_now for one in told):
            return []
        return [fact for one in told for fact in one.facts]


def _with_rounds_of_rest(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Facts of a sentence; how often is that of rounds beside a rest between them."""
    fields = {fact.field for fact in facts}
    names = {"times": "rounds", "more": "more_rounds"} if "rest_rounds" in fields else {}
    for fact in facts:
        yield fact._replace(field=names.get(fact.field, fact.field))


def _tells_of_list(told: SentenceFacts, item: Item) -> bool:
    """Whether a sentence speaks of all exercises; not `12 reps, twice through` of one."""
    found = {match[0] for match in OF_THE_LIST.finditer(told.text)}
    own = bool({fact.field for fact in told.facts} & AMOUNT_FIELDS) and not item.has_amount
    return bool(found - {"through"} if own else found)


def _is_order(told: SentenceFacts) -> bool:
    """Whether a sentence says how much or how often, so that `each leg` in it is about sides."""
    fields = {fact.field for fact in told.facts}
    words = told.text.split()
    return (
        bool(fields & AMOUNT_FIELDS)
        or len(words) < MOST_WORDS_ORDER
        or bool({"repeat", "do", "switch"} & set(words))
    )
