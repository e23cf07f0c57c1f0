"""The ledger of evidence: what the source says of a workout is in it, or is told as a doubt.

Once all is settled every sentence within a workout is gone through again. What it says is accounted
for where an item, a block or the workout has it. The rest, figures and words that no rule has read
and facts that found no place, is a doubt on the field that it speaks of: of the exercise, the block
or the workout in whose scope the sentence stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from audioworkout.importing.facts import SentenceFacts, left_words, quote_sentence
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.openings import without_asides
from audioworkout.importing.outline import (
    BlockEntry,
    Doubt,
    Evidence,
    Item,
    LineRole,
    RestEntry,
    SourceWorkout,
    Trace,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rows import HEAD_OF_TABLE, OF_TABLE
from audioworkout.importing.rules import ImportLanguage, fold_text

FARTHEST = 8
"""Lines below what an item was read from, in which something may still be said of it."""
FEW_WORDS = 4
"""Words beside what was read, in a line that says little more than how often: `Repeat 3 times`."""
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?![\w:/%°]|[.,]\d)")
"""A figure that may be an amount: no year, no price, no part of a name."""
_LABEL_NUMBER = re.compile(r"^\W*[^\W\d_]+\W{0,3}\d{1,2}(?!\d)")
"""`Circuit 2`, `Exercise 3`"""
_DAYS = re.compile(
    r"\b(?:day|days|week|weeks|month|night)s? (?:of |for )?rest\b|\brest (?:\w+ )?(?:day|week)s?\b|"
    r"\brest of (?!\d)"
)
"""A rest from training, not within it; and the rest of something."""
_QUANTITY = r"(?<![\w.,:/-])\d[\d.:-]*(?:s|m|m\d+s| min)?(?![\w/%°])"
_GROUPS = r"(?:rounds|circuits?|laps|sequence|superset)"
_BY_WEEK = re.compile(r"per (?:day|week|month)")
_LEFT = (
    ("rest_rounds", rf"\brest [^.;!?\d]{{0,12}}(?:between|after) [^.;!?]{{0,16}}{_GROUPS}"),
    ("rest_exercises", r"\brest [^.;!?\d]{0,12}(?:between|after) [^.;!?]{0,16}exercise"),
    ("rest", r"\brest [^.;!?\d]{0,12}(?:between|after) [^.;!?]{0,16}sets"),
    ("rest", rf"\brest ?[,:]?[^.,;!?\d]{{0,20}}{_QUANTITY}|{_QUANTITY}[^.,;!?\d]{{0,20}}\brest\b"),
    (
        "rounds",
        rf"\b{_GROUPS} ?[,:]?[^.,;!?\d]{{0,16}}{_QUANTITY}|{_QUANTITY} (?:\S+ ){{0,2}}{_GROUPS}\b",
    ),
)
"""Fields, and how what no rule has read speaks of them, in plain form."""
_BESIDE_FIGURES = (
    ("sets", r"sets"),
    ("sides", r"per (?:side|leg|arm)|other (?:side|leg|arm)|switch|alternating"),
    ("tempo", r"tempo"),
    ("pause", r"\b(?:hold|pause)\b.{0,24}\d|\bcount\b"),
    ("load", r"\d(?:kg|lb)\b"),
    ("amount", r"reps|times|repeat|\d ?(?:s|min)\b|hold|max"),
)
"""Fields of which a sentence speaks that has a figure which no rule has read."""
_STRUCTURE = {
    "rest": "rest",
    "rest_sets": "rest",
    "rest_rounds": "rest_rounds",
    "rest_exercises": "rest_exercises",
    "off": "rest_exercises",
} | dict.fromkeys(
    (
        "rounds",
        "more_rounds",
        "rounds_each",
        "tabata_rounds",
        "amrap",
        "amrap_minutes",
        "emom",
        "emom_minutes",
        "every",
        "span",
        "tabata",
        "fortime",
    ),
    "rounds",
)
"""Facts of more than one exercise, and the field that is in doubt where they found no place."""
_BETWEEN_EXERCISES = frozenset({"rest_exercises", "off"})
_OF_ALL = frozenset({"rest", "rest_rounds", "rest_exercises", "rounds", "sets"})
"""What a sentence outside exercises may tell of all of them."""
_AROUND = _OF_ALL - {"sets"}
"""What a hint may tell beside how to do an exercise."""
_REPEATS = frozenset({"times", "more"})
"""Facts outside exercises that tell how often all of them are done."""
_ALL = _OF_ALL | {field for field, _ in _BESIDE_FIGURES}
_WANTED: dict[LineRole, frozenset[str]] = {
    "exercise": _ALL,
    "amount": _ALL,
    "rest": _ALL,
    "page": _ALL,
    "description": _ALL,
    "block": _ALL,
    "section": _ALL,
    "left out": _OF_ALL,
    "beside": _AROUND,
}
"""Of lines of each role the fields that may be in doubt."""
_OF_ITEM = frozenset({"exercise", "amount", "rest", "description"})
"""Roles of lines that tell of the exercise above them."""
_RELATED = {"amount": ("amount", "sets"), "sets": ("amount", "sets")}
"""A doubt about a field says as much about these."""


class Scope(NamedTuple):
    """Where a line stands."""

    workout: SourceWorkout
    block: BlockEntry | None = None
    item: Item | None = None


def doubt_unread(
    workouts: Sequence[SourceWorkout], traces: Sequence[Trace], names: NameFinder
) -> None:
    """Mark the fields that sentences speak of which no rule has read, or nothing has used."""
    if not workouts:
        return
    scopes: dict[int, list[Scope]] = {}
    for line, one in _scopes_of(workouts):
        scopes.setdefault(line, []).append(one)
    _doubt_alternatives(traces, scopes, names)
    _doubt_places(workouts, names)
    kept = _facts_by_line(workouts)
    scope = Scope(workouts[0])
    for trace in traces:
        opened = scopes.get(trace.line, ())
        if opened:
            scope = opened[0]
        elif trace.role in ("day", "section", "block"):
            scope = Scope(scope.workout)
        if trace.role not in _WANTED or trace.note.endswith("beside the workout"):
            continue
        if trace.note.startswith((OF_TABLE, HEAD_OF_TABLE)):
            continue
        if scope.item is not None and trace.line > scope.item.evidence[-1].line + FARTHEST:
            continue
        for told in names.facts_of_line(without_asides(trace.text, names.language)):
            scope = _scope_of_sentence(opened, told, scope)
            shared = len(opened) > 1 and len(_find_named(opened, told)) > 1
            if scope.item is not None and not shared and trace.role in _OF_ITEM:
                scope.item.sentences.append(told)
            if told.not_now:
                continue
            used = [*kept.get(trace.line, ())]
            fields = dict.fromkeys(
                (
                    *_unused_fields(told, used, scope),
                    *_unread_fields(told, scope, trace.role, _direct_figures(opened)),
                    *_open_fields(told, names.language),
                )
            )
            for field in fields:
                if field in _WANTED[trace.role]:
                    _add_doubt(field, told, trace.line, scope)


def _doubt_places(workouts: Sequence[SourceWorkout], names: NameFinder) -> None:
    """Mark a rest of all exercises that is told between them: it may hold from there on."""
    for workout in workouts:
        lines = [item.line for item in workout.items()]
        kept = {fact.value for fact in workout.facts if fact.field in _BETWEEN_EXERCISES}
        for proof in workout.evidence:
            if not lines or not min(lines) < proof.line < max(lines):
                continue
            told = [fact for one in names.facts_of_line(proof.text) for fact in one.facts]
            if any(fact.field in _BETWEEN_EXERCISES and fact.value in kept for fact in told):
                reason = f"told of all in line {proof.line}, between exercises"
                workout.doubts.append(Doubt("rest_exercises", reason))
                break


def _doubt_alternatives(
    traces: Sequence[Trace], scopes: Mapping[int, Sequence[Scope]], names: NameFinder
) -> None:
    """Mark the items right below a condition: `If you are unable to run:`."""
    condition = 0
    for trace in traces:
        if trace.role not in ("exercise", "amount"):
            later = any(one.not_now for one in names.facts_of_line(trace.text))
            condition = trace.line if later and trace.text.rstrip().endswith(":") else 0
        for one in scopes.get(trace.line, ()) if condition else ():
            if one.item is not None:
                reason = f"it may stand instead of others, by line {condition}"
                one.item.doubts.append(Doubt("order", reason))


def _scope_of_sentence(opened: Sequence[Scope], told: SentenceFacts, scope: Scope) -> Scope:
    """The scope of a sentence in a line with several exercises: the last one it was read for."""
    return [scope, *_find_named(opened, told)][-1]


def _find_named(opened: Sequence[Scope], told: SentenceFacts) -> list[Scope]:
    """The scopes of the items of a line that a sentence was read for."""
    return [
        one for one in opened if one.item is not None and told.source in one.item.evidence[0].text
    ]


def _add_doubt(field: str, told: SentenceFacts, line: int, scope: Scope) -> None:
    """Mark a field of the exercise, the block or the workout."""
    reason = f'not all is understood of "{quote_sentence(told)}" in line {line}'
    fields: tuple[str, ...] = _RELATED.get(field, (field,))
    block = scope.block
    if field == "rounds" and block is None:
        fields = ("rounds", "rest_rounds")  # a block that is missing has its rests with it
    if field in _AROUND and block is not None:
        target = block.doubts
        if field in ("rest", "rest_exercises") and not (block.letter or block.value("superset")):
            fields = ("rest_rounds",)
    elif field in _AROUND - {"rest"} or scope.item is None:
        target = scope.workout.doubts
    else:
        target = scope.item.doubts
    for one in fields:
        if not any(doubt.field == one for doubt in target):
            target.append(Doubt(one, reason))


def _unused_fields(told: SentenceFacts, kept: Sequence[Fact], scope: Scope) -> Iterator[str]:
    """The fields of rests, rounds and sets that a sentence tells and nothing has kept."""
    values = {fact.value for fact in kept} | _around_values(scope)
    direct = scope.item.direct if scope.item is not None else ""
    few = len(left_words(told.left).split()) <= FEW_WORDS
    heading = scope.item is None and scope.block is not None and bool(scope.block.value("rounds"))
    for fact in told.facts:
        if fact.field == "sets" and heading:
            continue  # `Block 1 x3`
        field = _STRUCTURE.get(fact.field, "sets" if fact.field == "sets" else "")
        if fact.field in _REPEATS and scope.item is None and (told.about_all or few):
            field = "rounds"
        used = fact.value in values or _is_pause_of_rep(fact)
        if field and not used and not (direct and _has_figures(direct, fact.value)):
            yield field
            if fact.field == "tabata":
                yield "rest"


def _around_values(scope: Scope) -> set[str]:
    """What the workout and its blocks say of rests and rounds."""
    facts = [*scope.workout.facts]
    for block in scope.workout.blocks():
        facts += block.facts
    return {fact.value for fact in facts if fact.field in _STRUCTURE}


def _is_pause_of_rep(fact: Fact) -> bool:
    """Whether a pause is one within a rep."""
    return fact.field == "rest" and bool(re.fullmatch(r"[\d.-]*\b[1-5]s", fact.value))


def _has_figures(direct: str, value: str) -> bool:
    return set(re.findall(r"\d+", value)) <= set(re.findall(r"\d+", direct))


def _direct_figures(opened: Sequence[Scope]) -> set[str]:
    """The figures of a line that items of it have as notation."""
    lines = [one.item.direct for one in opened if one.item is not None] if len(opened) > 1 else []
    return {figure for line in lines for figure in re.findall(r"\d+", line)}


def _unread_fields(
    told: SentenceFacts, scope: Scope, role: LineRole, known: set[str]
) -> Iterator[str]:
    """The fields that what is left of a sentence speaks of: figures with a word of an amount.

    `known`: figures of the line that were read as notation.
    """
    left = _DAYS.sub(" ", told.left_plain)
    if role == "block":
        left = _LABEL_NUMBER.sub("", left)
    values = _around_values(scope)
    weekly = bool(_BY_WEEK.search(told.text))
    for field, pattern in _LEFT:
        found = re.search(pattern, left)
        if found and not weekly and not set(re.findall(r"\d[\d.:-]*\w*", found[0])) & values:
            yield field
    label = role in ("block", "exercise") and not told.offset
    figures = _LABEL_NUMBER.sub("", told.left) if label else told.left
    if all(figure in known for figure in _NUMBER.findall(figures)):
        return
    for field, pattern in _BESIDE_FIGURES:
        if re.search(pattern, told.text):
            yield field


def _open_fields(told: SentenceFacts, language: ImportLanguage) -> Iterator[str]:
    """The fields of which a sentence speaks without a figure: `rest as needed`."""
    folded = fold_text(told.source)
    fields = {_STRUCTURE.get(fact.field) for fact in told.facts}
    if not fields & {"rest", "rest_rounds", "rest_exercises"} and language.has_phrase(
        "open_rests", folded
    ):
        yield "rest"
    if "rounds" not in fields and language.has_phrase("open_rounds", folded):
        yield "rounds"


def _scopes_of(workouts: Sequence[SourceWorkout]) -> Iterator[tuple[int, Scope]]:
    """The scope that opens with a line: of an item, or of the heading of a block."""
    for workout in workouts:
        for entries in workout.sections.values():
            for entry in entries:
                if isinstance(entry, Item):
                    yield entry.line, Scope(workout, None, entry)
                elif isinstance(entry, BlockEntry):
                    if entry.evidence:
                        yield entry.evidence[0].line, Scope(workout, entry)
                    for one in entry.entries:
                        if isinstance(one, Item):
                            yield one.line, Scope(workout, entry, one)


def _facts_by_line(workouts: Sequence[SourceWorkout]) -> dict[int, list[Fact]]:
    """What items, blocks and workouts were read from each line."""
    found: dict[int, list[Fact]] = {}
    for workout in workouts:
        owners: list[tuple[list[Fact], list[Evidence]]] = [(workout.facts, workout.evidence)]
        owners += [(one.facts, one.evidence) for one in workout.blocks()]
        for item in workout.items():
            levels = [fact for level in item.levels.values() for fact in level]
            owners.append(([*item.facts, *levels, *item.weeks], item.evidence))
        for rest in _rests_of(workout):
            owners.append(([Fact("rest", rest.lasts, 54, 0, 0)], rest.evidence))
        for facts, evidence in owners:
            for proof in evidence:
                found.setdefault(proof.line, []).extend(facts)
    return found


def _rests_of(workout: SourceWorkout) -> Iterator[RestEntry]:
    for entries in workout.sections.values():
        for entry in entries:
            for one in entry.entries if isinstance(entry, BlockEntry) else [entry]:
                if isinstance(one, RestEntry):
                    yield one
