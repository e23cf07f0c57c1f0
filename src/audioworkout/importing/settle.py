"""What only the whole source can tell: to what the last rounds and rests belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from audioworkout.importing.lines import Document
from audioworkout.importing.naming import singular_of
from audioworkout.importing.outline import (
    AMOUNT_FIELDS,
    BlockEntry,
    Doubt,
    Entry,
    Item,
    RestEntry,
    SourceWorkout,
    Trace,
)
from audioworkout.importing.phrases import Fact, expand_ladder
from audioworkout.importing.rules import fold_text

FEWEST_REPEATED = 2
"""Exercises of a list that stands in a source again."""
FEWEST_RUNGS = 4
"""Lines of one exercise that make a ladder."""
FEWEST_LEAD_WORDS = 4
"""Words of a sentence that brings in a list: `My last entry was this:`."""
LAST_HEADLINE = 3
"""Lines of a text among which the headline of a workout stands."""
FEWEST_OTHERS = 3
"""Exercises from which on a rest of the last one alone is taken for that of all."""


def settle_workouts(workouts: list[SourceWorkout], traces: Sequence[Trace] = ()) -> None:
    """Decide what only the whole source can tell. `traces`: what became of its lines."""
    for workout in workouts:
        _drop_repeated_lists(workout, traces)
    _drop_plain_lists(workouts)
    for workout in workouts:
        _join_rounds(workout)
        _join_ladders(workout)
        _wrap_falling(workout)
        _drop_empty_blocks(workout)
        _settle_rounds(workout)
        _settle_rest(workout)
        _spread_sides(workout)
        _close_clock(workout)
    _spread_last_rest(workouts)


def drop_title(workout: SourceWorkout, document: Document) -> None:
    """Drop an exercise that only the first line names, with no amount, where there are others."""
    if not document.lines or document.lines[0].value is not None:
        return
    _drop_headline(workout, document)
    items = workout.items()
    named = sum(item.line == document.lines[0].number for item in items)
    if named != 1 or len(items) < 2:
        return
    for entries in workout.sections.values():
        first = entries[0] if entries else None
        if (
            isinstance(first, Item)
            and first.line == document.lines[0].number
            and first.evidence[0].text == document.lines[0].text
            and (not first.has_amount or _tells_length_of_all(first, document, len(items)))
        ):
            del entries[0]
            return


def _drop_headline(workout: SourceWorkout, document: Document) -> None:
    """Drop what one of the first lines is taken for, if no word of it names an exercise.

    What was told below it of all exercises is kept for the workout.
    """
    items = workout.items()
    first = items[0] if len(items) > FEWEST_OTHERS else None
    top = {one.number for one in document.lines[:LAST_HEADLINE] if one.value is None}
    if first is None or first.name.noun or first.line not in top:
        return
    if any(fact.field in ("reps", "hold", "count", "sets") for fact in first.facts):
        return
    names = {"times": "rounds", "more": "more_rounds"}
    workout.facts += [
        fact._replace(field=names.get(fact.field, fact.field))
        for fact in first.facts
        if fact.field in names or fact.field == "rounds"
    ]
    for entries in workout.sections.values():
        entries[:] = [one for one in entries if one is not first]


def _tells_length_of_all(item: Item, document: Document, count: int) -> bool:
    """Whether a first line that stands apart tells how long all lasts: `10 MIN MOBILITY | ...`."""
    first, second = document.lines[:2]
    told = {one.field for one in item.facts} - {"time"}
    long = told.isdisjoint(AMOUNT_FIELDS) and "min" in fold_text(first.text)
    titled = first.text.upper() == first.text or first.mark == "heading" or " | " in first.text
    return (
        count > FEWEST_OTHERS
        and item.name.exercise is None
        and second.number > first.number + 1
        and long
        and titled
    )


def _join_ladders(workout: SourceWorkout) -> None:
    """Lines of one exercise whose reps go up or down evenly are a ladder: `1 burpee, 2 burpees`.

    In minutes of their own, `Minute 1: 1 burpee`, it is done by the clock.
    """
    entries = workout.sections["exercises"]
    joined: list[Entry] = []
    for key, group in groupby(entries, key=_key_of_rung):
        members = list(group)
        rungs = [one for one in members if isinstance(one, Item) and key]
        counts = [int(_plain_count(one)) for one in rungs]
        steps = {after - before for before, after in pairwise(counts)}
        if len(counts) < FEWEST_RUNGS or len(steps) > 1 or not all(steps):
            joined += members
            continue
        first = rungs[0]
        first.direct = ""
        first.facts = [Fact("list", "-".join(map(str, counts)), 46, 0, 0)]
        first.evidence += [one for rung in rungs[1:] for one in rung.evidence]
        first.doubts += [Doubt("amount", f"{len(rungs)} lines are taken for a ladder")]
        clock = all(one.minute for one in rungs)
        facts = [Fact("emom_minutes", str(len(rungs)), 44, 0, 0)]
        joined.append(BlockEntry(facts, [first], first.evidence[:1]) if clock else first)
    entries[:] = joined


def _join_rounds(workout: SourceWorkout) -> None:
    """Rounds that each have their line, `Round 1: 10 squats, 10 dips`, with reps that go evenly."""
    entries = workout.sections["exercises"]
    rounds = [one for one in entries if isinstance(one, BlockEntry) and not one.tells_rounds]
    lists = [[one for one in block.entries if isinstance(one, Item)] for block in rounds]
    keys = {tuple(item.key for item in items) for items in lists}
    counts = [{_plain_count(item) for item in items} for items in lists]
    if len(rounds) < FEWEST_OTHERS or len(keys) > 1 or any(len(one) != 1 for one in counts):
        return
    reps = [one.pop() for one in counts]
    if not all(reps):
        return
    first = rounds[0]
    first.told_together = False
    for item in lists[0]:
        item.direct = ""
        item.facts = [fact for fact in item.facts if fact.field not in ("count", "reps")]
        if len(set(reps)) == 1:
            item.facts.append(Fact("reps", reps[0], 46, 0, 0))
    same = Fact("rounds", str(len(reps)), 46, 0, 0)
    first.facts = [same if len(set(reps)) == 1 else Fact("list", "-".join(reps), 46, 0, 0)]
    first.evidence += [proof for one in rounds[1:] for proof in one.evidence]
    first.facts += [fact for one in rounds[1:] for fact in one.facts if "rest" in fact.field]
    entries[:] = [one for one in entries if one is first or one not in rounds]


def _wrap_falling(workout: SourceWorkout) -> None:
    """Exercises of equal reps that lose one a round are a ladder: `ten, then nine, down to one`."""
    end = workout.value("ladder_to")
    entries = workout.sections["exercises"]
    if len(entries) == 1 and isinstance(entries[0], BlockEntry) and not entries[0].tells_rounds:
        entries = entries[0].entries
    rungs = [one for one in entries if isinstance(one, Item)]
    counts = {
        fact.value
        for one in rungs
        for fact in one.facts
        if fact.field in ("count", "reps", "times")
    } | {one.direct.split()[0].rstrip(",") for one in rungs if one.direct}
    first = counts.pop() if len(counts) == 1 else ""
    if not end or not first.isdigit() or int(first) <= int(end) or len(rungs) < len(entries):
        return
    for rung in rungs:
        rung.direct = rung.direct.partition(" ")[2]
        rung.facts = [fact for fact in rung.facts if fact.field not in ("count", "reps", "times")]
    facts = [Fact("list", expand_ladder(f"{first}-{end}", 1), 447, 0, 0)]
    block = BlockEntry(facts, list(entries), rungs[0].evidence[:1])
    block.doubts.append(Doubt("rounds", "reps that go down from round to round, told in words"))
    workout.sections["exercises"] = [block]


def _key_of_rung(entry: Entry) -> str:
    """The exercise of an item that has nothing but a plain count; empty of other entries."""
    return entry.key if isinstance(entry, Item) and _plain_count(entry) else ""


def _plain_count(item: Item) -> str:
    """The count of an item of which no load, sides or sets are told; empty of others."""
    if item.direct:
        return item.direct if item.direct.isdigit() else ""
    counts = [fact.value for fact in item.facts if fact.field in ("count", "reps")]
    others = {fact.field for fact in item.facts} - {"count", "reps", "time", "rest_exercises"}
    return counts[0] if len(counts) == 1 and not others and counts[0].isdigit() else ""


def _drop_plain_lists(workouts: list[SourceWorkout]) -> None:
    """Drop days on which nothing has an amount, where other days have: `Monday: a walk`."""
    told = [one for one in workouts if _tells_amount(one)]
    if told and len(told) < len(workouts):
        workouts[:] = [one for one in workouts if one in told or len(one.items()) >= FEWEST_OTHERS]


def _drop_empty_blocks(workout: SourceWorkout) -> None:
    """Drop headings of blocks with nothing below them; the ledger tells what they said.

    Rounds below the exercises, `Repeat for 5 rounds`, are those of the ones above without sets.
    """
    for entries in workout.sections.values():
        last = entries[-1] if entries else None
        above = [one for one in entries[:-1] if isinstance(one, Item) and not one.has_sets]
        if (
            isinstance(last, BlockEntry)
            and not last.entries
            and last.value("rounds")
            and FEWEST_REPEATED <= len(above) == len(entries) - 1
        ):
            reason = "told below the exercises, and taken for all of them"
            last.doubts += [Doubt("rounds", reason), Doubt("rest_rounds", reason)]
            last.entries += above
            entries[:] = [last]
        entries[:] = [one for one in entries if not isinstance(one, BlockEntry) or one.entries]


def _drop_repeated_lists(workout: SourceWorkout, traces: Sequence[Trace]) -> None:
    """Drop the same list below a sentence that brings it in again: a log, another week."""
    entries = workout.sections["exercises"]
    leads = {
        one.line
        for one in traces
        if one.role not in ("block", "day", "section", "exercise")
        and one.text.rstrip().endswith(":")
        and len(one.text.split()) >= FEWEST_LEAD_WORDS
    }
    lists: list[list[Entry]] = [[]]
    last = 0
    for entry in entries:
        line = _line_of(entry) or last
        if lists[-1] and any(last < lead < line for lead in leads):
            lists.append([])
        lists[-1].append(entry)
        last = line
    kept = [one for one in lists[1:] if not _repeats_list(one, lists[0])]
    if len(kept) < len(lists) - 1:
        entries[:] = [entry for one in (lists[0], *kept) for entry in one]
        reason = "the list stands there again with other amounts, which are left out"
        workout.doubts.append(Doubt("order", reason))


def _line_of(entry: Entry) -> int:
    """The line of an entry or of the first one within it; 0 where none is known."""
    if isinstance(entry, Item):
        return entry.line
    if entry.evidence:
        return entry.evidence[0].line
    inner = entry.entries if isinstance(entry, BlockEntry) else []
    return _line_of(inner[0]) if inner else 0


def _repeats_list(entries: Sequence[Entry], first: Sequence[Entry]) -> bool:
    """Whether all exercises of a list are those of another one, in its order."""
    if not FEWEST_REPEATED <= len(entries) <= len(first):
        return False
    at = 0
    for entry in entries:
        while at < len(first) and not _names_same(entry, first[at]):
            at += 1
        if at == len(first):
            return False
        at += 1
    return True


def _names_same(entry: Entry, other: Entry) -> bool:
    """Whether two items are one exercise, or the words of one name are all in the other."""
    if not (isinstance(entry, Item) and isinstance(other, Item)):
        return False
    exercises = entry.name.exercise, other.name.exercise
    if None not in exercises and exercises[0] == exercises[1]:
        return True
    words, others = (
        [singular_of(word) for word in fold_text(one.name.text).split()] for one in (entry, other)
    )
    return words[-1:] == others[-1:] and (set(words) <= set(others) or set(others) <= set(words))


def _tells_amount(workout: SourceWorkout) -> bool:
    return bool(workout.facts) or any(item.has_amount or item.facts for item in workout.items())


def _settle_rounds(workout: SourceWorkout) -> None:
    """Rounds below the last exercise alone, where none has sets, are those of all exercises."""
    items = workout.items()
    told = [item for item in items if any(fact.field == "rounds" for fact in item.facts)]
    if not told or told != items[-1:]:
        return
    if any(fact.field == "sets" for item in items for fact in item.facts):
        return
    workout.facts += [fact for fact in told[0].facts if fact.field == "rounds"]
    told[0].facts = [fact for fact in told[0].facts if fact.field != "rounds"]


def _settle_rest(workout: SourceWorkout) -> None:
    """A rest between sets that the last exercise alone has is that of all, told as unsure."""
    items = workout.items()
    if len(items) < FEWEST_OTHERS or any("rest" in item.direct for item in items):
        return
    if any(fact.field == "rest_sets" for fact in workout.facts):
        return
    if any(fact.field.startswith("rest") for item in items[:-1] for fact in item.facts):
        return
    rests = [fact for fact in items[-1].facts if fact.field == "rest_sets"]
    if rests:
        items[-1].facts = [fact for fact in items[-1].facts if fact.field != "rest_sets"]
        workout.facts += rests
        workout.doubts.append(Doubt("rest", "told below the last exercise, and taken for all"))


def _close_clock(workout: SourceWorkout) -> None:
    """Exercises by the clock that leaves no gap, `0:00-1:00`, `1:00-1:45`, follow at once."""
    entries = workout.sections["exercises"]
    clocks = [_clock_of(one) for one in entries if isinstance(one, Item)]
    alone = all(isinstance(one, Item | RestEntry) for one in entries)
    if len(clocks) < FEWEST_OTHERS or not (alone and all(clocks)):
        return
    if any(fact.field == "rest_exercises" for fact in workout.facts):
        return
    pairs = pairwise(entries)
    gaps = [
        _clock_of(one).split("-")[1] != _clock_of(other).split("-")[0]
        for one, other in pairs
        if isinstance(one, Item) and isinstance(other, Item)
    ]
    if gaps and not any(gaps):
        workout.facts.append(Fact("rest_exercises", "0s", 25, 0, 0))
        workout.doubts.append(Doubt("rest_exercises", "the clock leaves no gap: taken for no rest"))


def _clock_of(entry: Entry) -> str:
    """The moments of a clock that an item lasts from and to; empty without them."""
    facts = entry.facts if isinstance(entry, Item) else []
    return next((fact.value for fact in facts if fact.field == "clock"), "")


def _spread_sides(workout: SourceWorkout) -> None:
    """Do all that is told of one side, then all of it again on the other, where the source says so.

    An exercise whose own sides are told is done once, as it says.
    """
    lists = [block.entries for block in workout.blocks() if block.value("whole_sides")]
    if not lists and workout.value("whole_sides"):
        main = workout.sections["exercises"]
        alone = main[0] if len(main) == 1 else None
        lists = [alone.entries if isinstance(alone, BlockEntry) else main]
    for entries in lists:
        doubled: list[Entry] = [
            one for one in entries if isinstance(one, Item) and not _has_sides(one)
        ]
        for side, ones in (("right", entries), ("left", doubled)):
            ones[:] = [
                replace(one, facts=[Fact("only", side, 38, 0, 0), *one.facts])
                if isinstance(one, Item) and not _has_sides(one)
                else one
                for one in ones
            ]
        entries += doubled


def _has_sides(item: Item) -> bool:
    return any(fact.field in ("sides", "alternating", "directions", "only") for fact in item.facts)


def _spread_last_rest(workouts: Sequence[SourceWorkout]) -> None:
    """A rest that only the last day tells is that of all days, told as unsure."""
    if not workouts:
        return
    rests = [fact for fact in workouts[-1].facts if fact.field.startswith("rest")]
    others = workouts[:-1]
    told = [fact for one in others for fact in one.facts]
    told += [fact for one in others for item in one.items() for fact in item.facts]
    if rests and not any(fact.field.startswith("rest") for fact in told):
        for one in others:
            one.facts += rests
            one.doubts.append(Doubt("rest", "told below the last day, and taken for all"))
