"""How much is to be done, in sentences: sets, amounts, sides, loads, efforts and notes.

Whatever was written in a prescription is said here. The first set of an exercise is announced with
all its sets; the others with what is different in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, FORM, REST, Coach
from audioworkout.model.exercise import Amount, Open, Reps, SetSpec
from audioworkout.model.script import Role, Say

LONGEST_LIST = 8
"""Of more sets than these only the first is told; each is announced when it is due."""

LADDER_FROM = 4
"""So many sets or more that rise or fall by the same step are told as a ladder."""


def prescription(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """Everything that was prescribed, before an exercise that is new."""
    said = [announce_amount(coach, bout, role), *_rests_of_parts(coach, bout, role)]
    said += sides(coach, bout, role)
    if bout.pulses:
        pulses = coach.phrases.many("pulses", bout.pulses)
        said.append(coach.say("finisher", role, pulses=pulses))
    return [*said, *_how(coach, bout, role, yields=0)]


def prescription_again(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """The same of an exercise that was announced before, as far as there is room."""
    if bout.set > 1 or bout.part > 1:
        said = [set_now(coach, bout)]
    else:
        said = [announce_amount(coach, bout, role, yields=REST)]
    return [*said, *sides(coach, bout, role), *_how(coach, bout, role, yields=AGAIN)]


def announce_amount(coach: Coach, bout: Bout, role: Role, yields: int = 0) -> Say:
    """How many sets of how much: 'Three sets: twelve, ten, eight.'."""
    sets = coach.phrases.many("sets", bout.sets)
    if bout.parts:
        return _in_parts(coach, bout, sets, role, yields)
    amounts = [one.amount for one in bout.listed]
    if len(set(amounts)) > 1:
        return _list_amounts(coach, bout, amounts, sets, role, yields)
    told = coach.amount(bout)
    if bout.sets == 1:
        return coach.say("amount", role, yields=yields, amount=told)
    return coach.say("sets", role, yields=yields, sets=sets, amount=told)


def _list_amounts(
    coach: Coach, bout: Bout, amounts: Sequence[Amount], sets: str, role: Role, yields: int
) -> Say:
    if ends := _find_ladder(amounts):
        key = "sets.ladder" if ends.top is None else "sets.pyramid"
        if ends.step > 1:
            key = "sets.ladder.by"
        low = coach.phrases.number(ends.first)
        high = coach.around(bout, coach.phrases.number(ends.last if ends.top is None else ends.top))
        step = coach.phrases.number(ends.step)
        return coach.say(key, role, yields=yields, sets=sets, low=low, high=high, n=step)
    if len(amounts) > LONGEST_LIST:
        return coach.say("sets.many", role, yields=yields, sets=sets, amount=coach.amount(bout))
    told = coach.around_all(bout, amounts)
    return coach.say("sets.list", role, yields=yields, sets=sets, list=told)


class _Ladder(NamedTuple):
    """Sets that rise or fall by the same number of reps: up to `top` and back if there is one."""

    first: int
    last: int
    step: int
    top: int | None = None


def _find_ladder(amounts: Sequence[Amount]) -> _Ladder | None:
    """The ladder that some sets are; one that turns round goes by single reps."""
    reps = [one.high for one in amounts if isinstance(one, Reps) and one.low == one.high]
    if len(reps) != len(amounts) or len(reps) < LADDER_FROM:
        return None
    steps = [two - one for one, two in pairwise(reps)]
    turn = len(steps) // 2
    there, back = steps[0], -steps[0]
    if there and set(steps) == {there}:
        return _Ladder(reps[0], reps[-1], abs(there))
    if abs(there) == 1 and steps == [there] * turn + [back] * turn:
        return _Ladder(reps[0], reps[-1], 1, reps[turn])
    return None


def _in_parts(coach: Coach, bout: Bout, sets: str, role: Role, yields: int) -> Say:
    """A cluster or a drop set: what one set of it consists of."""
    parts = bout.listed[bout.entry - 1 : bout.entry - 1 + bout.parts]
    told = coach.around_all(bout, [one.amount for one in parts])
    if bout.sets > 1:
        return coach.say("sets.parts", role, yields=yields, sets=sets, list=told)
    if any(one.lighter for one in parts):
        return coach.say("parts.lighter", role, yields=yields, list=told)
    number = coach.phrases.counted(bout.parts, "parts")
    return coach.say("parts", role, yields=yields, n=number, list=told)


def _rests_of_parts(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """How long the rests within a cluster are, and those between its sets."""
    parts = bout.listed[bout.entry - 1 : bout.entry - 1 + bout.parts]
    within = {part.rest for part in parts[:-1]}
    if len(within) != 1 or None in within or not all(within):
        return []
    short = coach.phrases.duration(within.pop() or 0)
    long = parts[-1].rest
    if bout.sets == 1 or not long:
        return [coach.say("parts.rest", role, within=short)]
    return [coach.say("parts.rests", role, within=short, between=coach.phrases.duration(long))]


def sides(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """Which side begins, or that there is but one."""
    keys = {"each": "side_first", "alternating": "alternating", "one": "side_only"}
    order = bout.prescription.sides.order
    if bout.side_turn:
        key = "side_first" if bout.side_turn == 1 else "side_now"
        return [coach.say(key, role, side=coach.side(bout))]
    return [coach.say(keys[order], role, side=coach.side(bout))] if order in keys else []


def _how(coach: Coach, bout: Bout, role: Role, yields: int) -> list[Say]:
    """Load, effort, send-off, the person's words in quotes, and how long there is."""
    prescribed = bout.prescription
    said = load(coach, bout, role)
    said += announce_efforts(coach, bout, role, yields)
    if prescribed.every is not None and bout.sets > 1:
        every = coach.phrases.duration(prescribed.every)
        said.append(coach.say("every", role, yields=yields, duration=every))
    said += [
        Say(coach.phrases.note(note), role, yields=yields, source="note")
        for note in prescribed.notes
    ]
    if isinstance(prescribed.amount, Open) and coach.talks:
        window = coach.phrases.duration(prescribed.amount.window)
        said.append(coach.say("window", role, yields=FORM, duration=window))
    return said


def load(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """What is lifted in this set."""
    lifted = bout.prescription.load
    if lifted is None:
        return []
    key = "load" if lifted.unit else "load.at"
    return [coach.say(key, role, load=coach.phrases.load(lifted))]


def announce_efforts(coach: Coach, bout: Bout, role: Role, yields: int = 0) -> list[Say]:
    """How hard this set is to be."""
    return [
        Say(coach.phrases.effort(effort), role, yields=yields, source="effort")
        for effort in bout.prescription.effort
    ]


# -- another set ---------------------------------------------------------------------------------


def next_set(coach: Coach, bout: Bout) -> list[Say]:
    """Another set of the same exercise, or another part of the set: what is different in it."""
    said = [set_now(coach, bout)]
    if bout.side:
        said.append(coach.say("side_now", "announce", side=coach.side(bout)))
    here, before = _specs(bout)
    if here and before and here.effort != before.effort:
        said += announce_efforts(coach, bout, "announce")
    return said


def set_now(coach: Coach, bout: Bout) -> Say:
    """Which set comes: its number, and its amount where the sets differ: 'Set two, ten.'."""
    number = coach.phrases.number(bout.set)
    if bout.part > 1:
        return part_now(coach, bout)
    here, before = _specs(bout)
    if bout.parts or before is None or here is None or here[:2] == before[:2]:
        of = coach.phrases.number(bout.sets)
        key = "set.last" if bout.set == bout.sets else "set"
        return coach.say(key, "announce", short=("set.short",), n=number, m=of)
    key = "set.now.last" if bout.set == bout.sets else "set.now"
    return coach.say(key, "announce", n=number, amount=_different(coach, bout, here, before))


def part_now(coach: Coach, bout: Bout) -> Say:
    """Which part of a set comes and how much it is: 'Part two, four reps.'."""
    amount = coach.phrases.amount(bout.prescription.amount)
    lifted = bout.prescription.load
    if not bout.lighter:
        key = "part.last" if bout.part == bout.parts else "part"
        return coach.say(key, "announce", n=coach.phrases.number(bout.part), amount=amount)
    if lifted:
        said = coach.say("drop", "announce", load=coach.phrases.load(lifted), amount=amount)
    else:
        said = coach.say("drop.lighter", "announce", amount=amount)
    return said._replace(shorter=(coach.phrases.note(part_in_few(coach, bout)),))


def _different(coach: Coach, bout: Bout, here: SetSpec, before: SetSpec) -> str:
    """The amount of a set, with its load where that is another than the last one's.

    'Set four, four' would be heard as one number too many: there it is 'four reps'.
    """
    amount = bout.prescription.amount
    alone = isinstance(amount, Reps) and amount.high == bout.set
    told = coach.phrases.amount(amount) if alone else coach.phrases.brief_amount(amount)
    lifted = bout.prescription.load
    if lifted is None or here.load == before.load:
        return told
    return coach.phrases.part("with_load", load=coach.phrases.load(lifted), amount=told)


def _specs(bout: Bout) -> tuple[SetSpec | None, SetSpec | None]:
    """This set and the one before in a list of sets."""
    if bout.entry < 2:
        return None, None
    return bout.listed[bout.entry - 1], bout.listed[bout.entry - 2]


def part_in_few(coach: Coach, bout: Bout) -> str:
    """A part of a set as it is named while the part before lasts: 'fifteen kilos', 'part two'."""
    if not bout.lighter:
        return coach.phrases.part("part.next", n=coach.phrases.number(bout.part))
    lifted = bout.prescription.load
    return coach.phrases.load(lifted) if lifted else coach.phrases.part("drop.less")
