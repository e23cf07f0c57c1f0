"""All facts of a line: its sentences in plain form, read by the kinds of phrasing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from audioworkout.importing.phrases import TAKEN, Fact, Reading, read_phrases
from audioworkout.importing.plain_form import Sentence, make_sentences
from audioworkout.importing.rules import ImportLanguage, fold_text

_WORDS_WITHOUT_NUMBERS = re.compile(
    r"other|switch|alternating|both|per|max|pause|hold|left|right|tabata|amrap|emom|fortime|no |"
    r"odd|even|without|as many|until|you can"
)


_OF_EACH_EXERCISE = re.compile(r"(?:/|per|all) (?:(?:of|the|these|following) )*(?:\d+ )?exercise")
_LEVEL_FIELDS = {"each": "time", "work": "time"}
"""Fields that are of one kind where a sentence tells them for each level."""
_LEVEL_COUNTS = frozenset({"rounds", "sets", "reps", "times"})
_LEVEL_NUMBER = re.compile(r"(?: [^\W\d_]+){0,3}? (\d{1,2}(?:-\d{1,2})?)(?![\w-])")
FEWEST_OF_LEVELS = 2
"""Amounts of one kind in a sentence that speaks of beginners, which are those of levels."""
_OF_LIST = re.compile(
    r"^(?:(?:then|and|after) ,? ?)?(?:repeat |do )?(?:the )?whole\b|"
    r"\b(?:circuit|sequence|list|workout|routine|session|program|all exercise|it all|"
    r"all (?:(?:of )?(?:the|these|\d) )*exercise|all of (?:it|them|these|those)|them all|"
    r"everything|the lot)\b|exercise (?:list|sequence)"
)
"""Words of a sentence, in plain form, that speak of all exercises as one."""
_OF_ROUNDS = {"times": "rounds", "more": "more_rounds"}
_OF_SETS = {"rounds": "sets", "rounds_each": "sets", "rest_rounds": "rest_sets"}
_ROUNDS_OF_EACH = re.compile(
    r"per exercise [^\d.,;]{0,12}\d(?:-\d)? rounds|\d rounds (?:of|for|per) (?:per )?exercise"
)
_ONE_ROUND = re.compile(r"\b1 rounds\b(?= ?(?:[.,;:!-]|$|to\b))")
_OF_ONE_ROUND = frozenset({"rounds", "reps", "times", "count"})
_SMALL_TIMES = re.compile(r"(?<![\d.:-])[2-9] (?:x|times|trips?|passes|goes)(?![^\W\d])")
_SMALL_FIGURE = re.compile(r"(?<![\d.:-])[2-9](?![\d.:-]|\s?(?:s|min|kg|exercise)\b)")
_FEW = re.compile(r"[2-8](?:-\d)?|1-[2-4]|1")
_AMOUNTS = frozenset(
    {"reps", "hold", "distance", "steps", "breaths", "cal", "sets", "count", "list"}
)
"""Beside these `3 times` tells how often one exercise is done."""
MOST_WORDS_OF_COUNT = 6
KIND_OF_ROUNDS = 41
FREE_ROUNDS = "how often all is done is told in free words"
_COMPARES = re.compile(r"than|mas de|plus de|mehr als|seguid[oa]s sin")
"""Phrases that tell of a limit where they stand beside a rest, and not of what may be done."""
_PLACED_RESTS = frozenset({"rest_sets", "rest_exercises", "rest_rounds"})
LONGEST_REASON_QUOTE = 48
"""Characters of a sentence in a reason."""
_BRACKETS = re.compile(r"\([^()]*\)")


class SentenceFacts(NamedTuple):
    """What a sentence says, and to what it belongs."""

    facts: tuple[Fact, ...]
    text: str
    """The sentence in plain form."""
    source: str
    about_all: bool
    """It says so of every exercise of the page."""
    not_now: bool
    """It says what is to be done later, by others, or what studies found."""
    left: str
    """Characters of the source that were not taken, with marks for those that were."""
    left_plain: str = ""
    """The sentence in plain form, with the same marks."""
    offset: int = 0
    """Where the sentence begins in its line."""
    sentence: Sentence | None = None
    """The sentence with the places of its signs."""


def read_facts(line: str, language: ImportLanguage) -> list[SentenceFacts]:
    """The sentences of a line with what they say."""
    found: list[SentenceFacts] = []
    for n, sentence in enumerate(make_sentences(line, language)):
        folded = fold_text(sentence.source)
        reading = (
            read_phrases(sentence, n == 0)
            if _may_tell(sentence.text)
            else Reading((), sentence.text, sentence)
        )
        facts = _take_for_rounds(reading, found[-1].text if found else "")
        if language.has_phrase("one_exercise", folded):
            facts = tuple(
                fact._replace(field="times") if fact.field == "rounds" else fact for fact in facts
            )
        by_level = language.has_phrase("beginners", folded) and (
            _of_one_level(facts) or _of_named_level(facts, sentence, language)
        )
        facts = by_level or facts
        outside = _BRACKETS.sub("", _without_leeway(folded, facts, sentence.offset, language))
        now = () if by_level else _before_later(sentence, facts, language)
        found.append(
            SentenceFacts(
                now or facts,
                sentence.text,
                sentence.source,
                language.has_phrase("all", folded) or bool(_OF_EACH_EXERCISE.search(sentence.text)),
                (
                    _is_for_later(outside, facts, language)
                    and not (by_level or language.has_phrase("finished", folded))
                    and not now
                )
                or language.has_phrase("guideline", outside),
                reading.left_source(),
                reading.left,
                sentence.offset,
                sentence,
            )
        )
    return found


def _take_for_rounds(reading: Reading, before: str) -> tuple[Fact, ...]:
    """The facts of a sentence; of the list as a whole `3 times` tells rounds.

    `3 rounds per exercise` are its sets, and `do 3` behind `that is 1 round` are rounds.
    """
    facts, text = reading.facts, reading.sentence.text
    fields = {fact.field for fact in facts}
    if _ROUNDS_OF_EACH.search(text) and not fields & {"work", "off"}:
        return tuple(fact._replace(field=_OF_SETS.get(fact.field, fact.field)) for fact in facts)
    if _ONE_ROUND.search(text) or (
        _ONE_ROUND.search(before) and len(text.split()) <= MOST_WORDS_OF_COUNT
    ):
        other = _ONE_ROUND.sub(lambda one: " " * len(one[0]), text)
        figure = _SMALL_FIGURE.search(other) if len(re.findall(r"\d+", other)) == 1 else None
        others = tuple(fact for fact in facts if fact.field not in _OF_ONE_ROUND)
        return (*others, _free_rounds(reading, figure)) if figure else facts
    if fields & (_AMOUNTS | {"rounds", "more_rounds"}) or not _OF_LIST.search(text):
        return facts
    if not fields & set(_OF_ROUNDS):
        figure = _SMALL_TIMES.search(reading.left)
        return (*facts, _free_rounds(reading, figure)) if figure else facts
    return tuple(
        fact._replace(field=_OF_ROUNDS[fact.field], unsure=FREE_ROUNDS)
        if fact.field in _OF_ROUNDS and _FEW.fullmatch(fact.value)
        else fact
        for fact in facts
    )


def _free_rounds(reading: Reading, figure: re.Match[str]) -> Fact:
    sentence = reading.sentence
    start, end = sentence.starts[figure.start()], sentence.ends[figure.end() - 1]
    return Fact("rounds", figure[0].split()[0], KIND_OF_ROUNDS, start, end, FREE_ROUNDS)


def _without_leeway(
    folded: str, facts: Iterable[Fact], offset: int, language: ImportLanguage
) -> str:
    """A sentence without what is left open behind its amount: `20 s, or more if you can`."""
    found = language.phrases["or_more"].search(folded)
    if found is None or not any(fact.end - offset <= found.start() for fact in facts):
        return folded
    return folded[: found.start()]


def _before_later(
    sentence: Sentence, facts: tuple[Fact, ...], language: ImportLanguage
) -> tuple[Fact, ...]:
    """The facts in front of a clause that tells of later: `12 reps, later one leg at a time`."""
    folded = fold_text(sentence.source)
    found = language.phrases["later"].search(folded)
    if found is None or language.has_phrase("tales", folded):
        return ()
    joins = "|".join(map(re.escape, language.lists["joins"]))
    before = re.search(rf",?\s+(?:(?:{joins})\s+)*$", folded[: found.start()])
    if before is None or not before[0].strip():
        return ()
    return tuple(fact for fact in facts if fact.end <= sentence.offset + before.start())


def _of_one_level(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts of the level in the middle, where a sentence tells an amount for each; else none.

    `Work for 20 seconds as a beginner, 40 if you are fit, 60 if you want it hard.`
    """
    values = Counter(_LEVEL_FIELDS.get(fact.field, fact.field) for fact in facts)
    kind, count = values.most_common(1)[0] if values else ("", 0)
    several = [fact for fact in facts if _LEVEL_FIELDS.get(fact.field, fact.field) == kind]
    if count < FEWEST_OF_LEVELS or len({fact.value for fact in several}) < count:
        return ()
    chosen = several[count // 2] if count > FEWEST_OF_LEVELS else several[0]
    reason = f"the source tells {', '.join(fact.value for fact in several)} by level"
    kept = [one for one in facts if one not in several]
    return (*kept, chosen._replace(field=several[0].field, unsure=reason))


def _of_named_level(
    facts: tuple[Fact, ...], sentence: Sentence, language: ImportLanguage
) -> tuple[Fact, ...]:
    """The facts with the number that a level alone has: `Beginners do 2 rounds, intermediates 3`.

    None where the sentence tells more, or no such number.
    """
    level = language.phrases["experienced"].search(sentence.text)
    number = _LEVEL_NUMBER.match(sentence.text, level.end()) if level else None
    if number is None or len(facts) != 1 or facts[0].field not in _LEVEL_COUNTS:
        return ()
    reason = f"the source tells {facts[0].value} and {number[1]} by level"
    return (facts[0]._replace(value=number[1], unsure=reason),)


def _is_for_later(text: str, facts: Iterable[Fact], language: ImportLanguage) -> bool:
    """Whether a folded sentence tells what may be done; not `no more than 40 s between sets`."""
    match = language.phrases["later"].search(text)
    if match is None or not _COMPARES.fullmatch(match[0]):
        return match is not None
    return not any(fact.field in _PLACED_RESTS for fact in facts)


def _may_tell(text: str) -> bool:
    """Whether a sentence can have a fact at all, which keeps long articles quick."""
    return any(map(str.isdigit, text)) or bool(_WORDS_WITHOUT_NUMBERS.search(text))


def left_words(left: str) -> str:
    """What was not taken, each run of what was taken as one blank."""
    return " ".join(re.sub(f"[{TAKEN}]+", " ", left).split())


def all_facts(told: Iterable[SentenceFacts]) -> Iterator[Fact]:
    """Every fact of some sentences."""
    for one in told:
        yield from one.facts


def quote_sentence(told: SentenceFacts) -> str:
    """A sentence as a reason quotes it, cut where it is long."""
    text = told.source
    return (
        text
        if len(text) <= LONGEST_REASON_QUOTE
        else f"{text[: LONGEST_REASON_QUOTE - 1].rstrip()}…"
    )
