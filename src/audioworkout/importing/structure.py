"""Doubts about how exercises belong together: rounds, clocks and the ends of blocks.

The ledger asks of each sentence what became of it. Here it is asked of each exercise what in the
source says that it is done once, or in the block in which it stands; where nothing does, its rounds
and their rests are a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import BlockEntry, Doubt, Entry, Item, SourceWorkout, Trace
from audioworkout.importing.phrases import Fact

FEWEST_IN_LIST = 2
"""Exercises one below the other with the amount in front, which are a list as on a whiteboard."""
_COUNTED = re.compile(r"\W*\d")
"""How a line begins that has the amount in front of the exercise."""
_TELLS_GROUP = re.compile(
    r"(?<![x×+] )\b(?:circuits?|amrap|emom|tabata|fortime|intervals|hiit|superset|giant sets?|"
    r"as many rounds|(?:max|most) rounds|for quality)\b"
)
"""Words, in plain form, of exercises that are done in turns or against a clock."""
_OPENS_PART = re.compile(r"\S+\s.*:\s*$")
"""How a line ends that may open another part of a workout."""
LEAST_IN_SETS = 1 / 3
"""Share of the exercises with sets of their own from which on they are hardly a circuit."""
MOST_IN_CIRCUIT = 12
_GROUP_FIELDS = ("rounds", "rest_rounds")


def doubt_groups(
    workouts: Sequence[SourceWorkout], traces: Sequence[Trace], names: NameFinder
) -> None:
    """Mark the rounds of exercises where nothing says that they are done so."""
    for workout, own in zip(workouts, _traces_by_workout(workouts, traces), strict=True):
        for item in _listed_items(workout):
            _doubt_group(item, "the source does not say how often this list is done")
        alone = [item for item in _items_alone(workout) if not item.has_sets]
        told = _find_told_group(own, workout, names) if alone else None
        for item in alone if told is not None else ():
            reason = f"line {told} tells of rounds or a clock, and no block has taken it"
            _doubt_group(item, reason)
        _doubt_counts(workout.facts, workout.doubts)
        ends = [one.line for one in own if _may_open_part(one)]
        for block in workout.blocks():
            _doubt_counts(block.facts, block.doubts)
            _doubt_end(block, ends)
        _doubt_circuit(workout)
        _doubt_below_rounds(workout, names)


def _traces_by_workout(
    workouts: Sequence[SourceWorkout], traces: Sequence[Trace]
) -> Iterator[list[Trace]]:
    """The lines of each workout: up to the first exercise of the next one."""
    starts = [min((item.line for item in one.items()), default=0) for one in workouts]
    for n, start in enumerate(starts):
        first = start if n else 0
        end = min((one for one in starts[n + 1 :] if one > start), default=10**9)
        yield [one for one in traces if first <= one.line < end]


def _items_alone(workout: SourceWorkout) -> list[Item]:
    """The exercises that stand in no block, where the rounds of all make none of them."""
    if not workout.blocks() and _is_one_block(workout):
        return []
    found: list[Item] = []
    for entry in _main_entries(workout):
        if isinstance(entry, Item):
            found.append(entry)
        elif isinstance(entry, BlockEntry) and entry.is_mere_group:
            found += [one for one in entry.entries if isinstance(one, Item)]
    return found


def _main_entries(workout: SourceWorkout) -> list[Entry]:
    """The entries of the workout proper; where it has none, of what it has."""
    sections = workout.sections
    return sections["exercises"] or sections["warm_up"] or sections["cool_down"]


def _is_one_block(workout: SourceWorkout) -> bool:
    """Whether what is told of all exercises makes one block of them."""
    value = workout.value
    return bool(value("rounds") or value("more_rounds") or (value("each") and value("off")))


def _listed_items(workout: SourceWorkout) -> Iterator[Item]:
    """Exercises of lists with the amount in front, of which no sets and no rounds are told."""
    if workout.value("sets") or _is_one_block(workout):
        return
    run: list[Item] = []
    for entry in [*_main_entries(workout), None]:
        if isinstance(entry, Item) and _has_amount_in_front(entry):
            run.append(entry)
            continue
        if len(run) >= FEWEST_IN_LIST:
            yield from run
        run = []


def _has_amount_in_front(item: Item) -> bool:
    """Whether an exercise has its amount in front, no sets, and no time on a clock."""
    if item.has_sets or any(fact.field == "clock" for fact in item.facts):
        return False
    return item.has_amount and bool(_COUNTED.match(item.evidence[0].text))


def _find_told_group(
    traces: Iterable[Trace], workout: SourceWorkout, names: NameFinder
) -> int | None:
    """The first line that speaks of turns or a clock, and is that of no block."""
    of_blocks = {
        proof.line
        for block in workout.blocks()
        if not block.is_mere_group
        for proof in block.evidence
    }
    for one in traces:
        if one.role == "beside" or one.line in of_blocks:
            continue
        for told in names.facts_of_line(one.text):
            if not told.not_now and _TELLS_GROUP.search(told.text):
                return one.line
    return None


def _doubt_counts(facts: Sequence[Fact], doubts: list[Doubt]) -> None:
    """Doubt rounds of which two counts are told: `3 rounds on Monday, 4 rounds on Friday`."""
    counts = {fact.value for fact in facts if fact.field == "rounds"}
    if len(counts) > 1:
        reason = f"told as {' and '.join(sorted(counts))} rounds"
        doubts.append(Doubt("rounds", reason))


def _doubt_circuit(workout: SourceWorkout) -> None:
    """Doubt rounds of all exercises where many have sets, or there are very many, and in prose."""
    if workout.blocks() or not _is_one_block(workout):
        return
    items = [one for one in _main_entries(workout) if isinstance(one, Item)]
    in_sets = sum(one.has_sets for one in items)
    if in_sets >= LEAST_IN_SETS * len(items):
        reason = "rounds of all exercises, though some have sets of their own"
    elif any(doubt.field == "order" for one in items for doubt in one.doubts):
        reason = "where the rounds begin and end is told in running text"
    elif len(items) > MOST_IN_CIRCUIT:
        reason = f"rounds of {len(items)} exercises, which are many for a circuit"
    else:
        return
    workout.doubts += [Doubt(field, reason) for field in _GROUP_FIELDS]


def _doubt_below_rounds(workout: SourceWorkout, names: NameFinder) -> None:
    """Doubt exercises below the line that tells the rounds of those above it: a cool-down."""
    if workout.blocks() or not workout.value("rounds"):
        return
    told = [
        proof.line
        for proof in workout.evidence
        for one in names.facts_of_line(proof.text)
        if any(fact.field == "rounds" for fact in one.facts)
    ]
    items = [one for one in _main_entries(workout) if isinstance(one, Item)]
    if told and sum(one.line < told[0] for one in items) >= FEWEST_IN_LIST:
        for item in items:
            if item.line > told[0]:
                _doubt_group(item, f"it stands below line {told[0]}, which tells the rounds")


def _may_open_part(trace: Trace) -> bool:
    """Whether a line between exercises may head other ones: `Skill work afterwards:`."""
    between = trace.role in ("description", "left out", "amount")
    return between and bool(_OPENS_PART.match(trace.text))


def _doubt_end(block: BlockEntry, ends: Sequence[int]) -> None:
    """Doubt the exercises of a block below a line that may open another part."""
    items = [one for one in block.entries if isinstance(one, Item)]
    first = items[0].line if items else 0
    for item in items[1:]:
        end = bisect_left(ends, item.line) - 1
        if end >= 0 and ends[end] > first:
            _doubt_group(item, f"line {ends[end]} may end the block above it")


def _doubt_group(item: Item, reason: str) -> None:
    known = {doubt.field for doubt in item.doubts}
    item.doubts += [Doubt(field, reason) for field in _GROUP_FIELDS if field not in known]
