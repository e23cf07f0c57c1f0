"""Fitting a workout to a length: which means are used, in which order, and how far each goes.

The order is documented in docs/fitting.md: rests first, because they are the cheapest; then the
amounts inside their ranges, sets, rounds; last, exercises are left out from the end. Warm-up and
cool-down are never touched, and three exercises always remain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from audioworkout.compiler.plan import Leg, Plan
from audioworkout.errors import UsageError
from audioworkout.model.exercise import (
    Amount,
    Carry,
    Hold,
    Reps,
    Steps,
    Timed,
)
from audioworkout.model.routine import (
    Circuit,
    Emom,
    Item,
    Routine,
    Tabata,
    Work,
    drop_items,
)
from audioworkout.units import MINUTE, SECOND, Ms, round_to, short_clock

SHORTEST_PERCENT, LONGEST_PERCENT = 50, 200
"""How far a rest may be changed."""

LEAST_REST: Ms = 15 * SECOND
"""No rest is made shorter than this, which the words for a new exercise need."""

MOST_SETS = 6
MOST_ROUNDS = 12
MOST_MINUTES = 60
"""Of an EMOM."""
LEAST_EXERCISES = 3

TOLERANCE: Ms = SECOND


class Room(NamedTuple):
    """How long a workout is, and between what its rests can make it (ms)."""

    now: Ms
    shortest: Ms
    longest: Ms

    def holds(self, target: Ms) -> bool:
        """Whether rests alone can reach the target."""
        return self.shortest - TOLERANCE < target < self.longest + TOLERANCE

    def nearest(self, target: Ms) -> Ms:
        """The length within that is nearest to the target."""
        return min(max(target, self.shortest), self.longest)

    def misses(self, target: Ms) -> Ms:
        """By how much the target lies outside."""
        return abs(target - self.nearest(target))


class Fitted(NamedTuple):
    """A routine that reaches its length, and what was done for it, in words."""

    routine: Routine
    done: tuple[str, ...]


Measured = Callable[[Routine], Room]
Beyond = Callable[[Routine], bool]
"""Whether a candidate, whatever its rests, lies on the far side of the target."""
Candidates = Iterator[tuple[Routine, list[str]]]
"""Changed routines, each with what was done, in words."""


def room(plan: Plan, words: Ms) -> Room:
    """What the rests of a plan can do; `words` is the length of the first and last words."""
    fixed = words + plan.lasts - sum(leg.pause for leg in plan.legs if leg.flexible)
    bounds = [_bounds(leg.pause) for leg in plan.legs if leg.flexible]
    return Room(
        words + plan.lasts,
        fixed + sum(low for low, _ in bounds),
        fixed + sum(high for _, high in bounds),
    )


def _bounds(pause: Ms) -> tuple[Ms, Ms]:
    low = max(pause * SHORTEST_PERCENT // 100, LEAST_REST)
    return min(pause, low), pause * LONGEST_PERCENT // 100


def stretch(plan: Plan, words: Ms, target: Ms) -> Plan:
    """The plan with its flexible rests changed so that everything lasts `target`.

    Rests stay whole seconds and keep their proportions; the workout ends within half a second of
    the target where its rests can reach it, else as near as they can.
    """
    space = room(plan, words)
    spare = space.nearest(target) - space.now
    legs: list[Leg] = []
    given = reach = 0
    whole = sum(_reach(leg.pause, spare) for leg in plan.legs if leg.flexible)
    for leg in plan.legs:
        if leg.flexible and whole:
            # What this and all rests before it take is rounded together, so nothing adds up.
            reach += _reach(leg.pause, spare)
            so_far = round_to(spare * reach / whole, SECOND)
            leg = leg._replace(pause=leg.pause + so_far - given)
            given = so_far
        legs.append(leg)
    return plan._replace(legs=tuple(legs))


def _reach(pause: Ms, spare: Ms) -> Ms:
    """How far a rest can go in the direction needed."""
    low, high = _bounds(pause)
    return high - pause if spare > 0 else pause - low


def fit(routine: Routine, target: Ms, measured: Measured) -> Fitted:
    """The first change, in the documented order, after which rests can reach `target`.

    Args:
        routine: What to fit; its `lasts` becomes the target.
        target: Length of the whole workout, first and last words included (ms).
        measured: Length and room of a candidate.

    Raises:
        UsageError: No allowed change reaches the target; the nearest possible length is named.
    """
    measured = cache(measured)
    first = nearest = measured(routine)
    ways = chain([(routine, [])], _ways(routine, first, target, measured))
    for candidate, done in ways:
        space = measured(candidate)
        if space.holds(target):
            return Fitted(candidate._replace(lasts=target), _told(done, space, target))
        nearest = min(nearest, space, key=lambda one: one.misses(target))
    raise _out_of_reach(nearest, target)


def _ways(routine: Routine, now: Room, target: Ms, measured: Measured) -> Candidates:
    """Everything that may bring a routine nearer to its target, in the documented order."""
    if target < now.shortest:
        return _shorter(routine, lambda one: measured(one).longest < target)
    return _longer(routine, lambda one: measured(one).shortest > target)


def _told(done: list[str], space: Room, target: Ms) -> tuple[str, ...]:
    if abs(target - space.now) < TOLERANCE:
        return tuple(done)
    word = "longer" if target > space.now else "shorter"
    return (*done, f"rests made {word}, by {short_clock(abs(target - space.now))} in all")


def _out_of_reach(nearest: Room, target: Ms) -> UsageError:
    near = nearest.nearest(target)
    return UsageError(
        f"this routine cannot be made to last {short_clock(target)}",
        f"The nearest possible is {short_clock(near)} (--minutes {_minutes(near)}).",
    )


def _minutes(ms: Ms) -> str:
    """Minutes so exact that they are within a second when they are typed.

    >>> _minutes(1_307_000), _minutes(1_500_000)
    ('21.78', '25')
    """
    return f"{ms / MINUTE:.2f}".rstrip("0").rstrip(".")


# -- means, in their order ------------------------------------------------------------------------


def _shorter(routine: Routine, beyond: Beyond) -> Candidates:
    """Least first. Leaving out begins where all else has ended, then with ever more rounds, sets.

    Two rounds without one exercise may reach what neither all of two rounds nor of one can.
    """
    now = routine
    for percent in (75, 50, 25, 0):
        now = _with_amounts(routine, percent)
        yield now, [_amounts_told(percent)]
    done = [_amounts_told(0)]
    ways = [(now, done)]
    for word, at_last, step in (
        ("fewer sets", "one set of everything", _less_sets),
        ("fewer rounds", "as few rounds as may be", _less_rounds),
    ):
        steps = list(_each(now, done, word, step))
        yield from steps
        if steps:
            now, done = steps[-1][0], [*done, at_last]
            ways += [*steps[:-1], (now, done)]
    for way, so_far in reversed(ways):
        yield from _until(beyond, _leaving_out(way, so_far))


def _longer(routine: Routine, beyond: Beyond) -> Candidates:
    """More sets; where those have an end, one round more, and sets again from where they began."""
    done = [_amounts_told(100)]
    for rounds in range(routine.rounds, MOST_ROUNDS + 1):
        whole = _with_amounts(routine, 100)._replace(rounds=rounds)
        for now, turned in chain([(whole, done)], _each(whole, done, "more rounds", _more_turns)):
            yield now, turned
            if beyond(now):
                break
            yield from _until(beyond, _each(now, turned, "more sets", _more_sets))
        if beyond(whole):
            return
        done = [_amounts_told(100), "more rounds"]


def _until(beyond: Beyond, candidates: Candidates) -> Candidates:
    """Candidates up to the first that lies beyond the target: those after it lie farther."""
    for candidate, done in candidates:
        yield candidate, done
        if beyond(candidate):
            return


def _amounts_told(percent: int) -> str:
    if percent == 0:
        return "amounts at the low end of their ranges"
    if percent == 100:
        return "amounts at the high end of their ranges"
    return f"amounts {percent} % into their ranges"


Step = Callable[[Routine], Routine | None]


def _each(routine: Routine, done: list[str], word: str, step: Step) -> Candidates:
    """One step after the other, for as long as there is one."""
    told = done if word in done else [*done, word]
    now = step(routine)
    while now is not None:
        yield now, told
        now = step(now)


def _with_amounts(routine: Routine, percent: int) -> Routine:
    def change(work: Work) -> Work:
        amount = _inside(work.prescription.amount, percent)
        return replace(work, prescription=work.prescription._replace(amount=amount))

    return routine._replace(items=tuple(_changed(item, change) for item in routine.items))


def _inside(amount: Amount, percent: int) -> Amount:
    """The amount with its high end moved into the range; of timed work to whole seconds."""
    grain = SECOND if isinstance(amount, Hold | Timed) else 1
    high = amount.low + round_to((amount.high - amount.low) * percent / 100, grain)
    match amount:
        case Reps(low):
            return Reps(low, high)
        case Steps(low):
            return Steps(low, high)
        case Hold(low):
            return Hold(low, high)
        case Timed(low):
            return Timed(low, high)
        case Carry(_, _, unit, back):
            return Carry(high, high, unit, back)


def _changed(item: Item, change: Callable[[Work], Work]) -> Item:
    match item:
        case Work():
            return change(item)
        case Circuit(works) | Emom(works):
            return item._replace(works=tuple(map(change, works)))
        case _:
            return item


def _works(item: Item) -> tuple[Work, ...]:
    """The works of an item whose sets may be changed."""
    match item:
        case Work():
            return (item,)
        case Circuit():
            return item.works
        case _:
            return ()


def _sets(work: Work, sets: int) -> Work:
    return replace(work, prescription=work.prescription._replace(sets=sets))


def _with_sets(routine: Routine, old: Work, new: Work) -> Routine:
    """The routine with one work exchanged: that very one, not its equals."""
    return routine._replace(
        items=tuple(
            _changed(item, lambda work: new if work is old else work) for item in routine.items
        ),
    )


def _less_sets(routine: Routine) -> Routine | None:
    """One set less where there are most, of several the last."""
    works = [work for item in routine.items for work in _works(item)]
    most = max((work.prescription.sets for work in works), default=1)
    if most == 1:
        return None
    work = [work for work in works if work.prescription.sets == most][-1]
    return _with_sets(routine, work, _sets(work, most - 1))


def _more_sets(routine: Routine) -> Routine | None:
    """One set more where there are fewest, of several the first."""
    works = [work for item in routine.items for work in _works(item)]
    fewest = min((work.prescription.sets for work in works), default=MOST_SETS)
    if fewest >= MOST_SETS:
        return None
    work = next(work for work in works if work.prescription.sets == fewest)
    return _with_sets(routine, work, _sets(work, fewest + 1))


def _more_turns(routine: Routine) -> Routine | None:
    return _with_rounds(routine, 1)


def _less_rounds(routine: Routine) -> Routine | None:
    if routine.rounds > 1:
        return routine._replace(rounds=routine.rounds - 1)
    return _with_rounds(routine, -1)


def _with_rounds(routine: Routine, by: int) -> Routine | None:
    """One round more or less of the last group that allows it."""
    for place in range(len(routine.items) - 1, -1, -1):
        changed = _turned(routine.items[place], by)
        if changed is not None:
            items = (*routine.items[:place], changed, *routine.items[place + 1 :])
            return routine._replace(items=items)
    return None


def _turned(item: Item, by: int) -> Item | None:
    """A group with one round (one minute) more or less; None where it has no more to give.

    Where exercises take turns, each keeps its turn: fewer would leave some out unseen.
    """
    match item:
        case Circuit(rounds=rounds, kind="circuit") if 1 <= rounds + by <= MOST_ROUNDS:
            return item._replace(rounds=rounds + by)
        case Emom(works, minutes) if len(works) <= minutes + by <= MOST_MINUTES:
            return item._replace(minutes=minutes + by)
        case Tabata(exercises, rounds) if len(exercises) <= rounds + by <= MOST_ROUNDS:
            return replace(item, rounds=rounds + by)
    return None


def _leaving_out(routine: Routine, done: list[str]) -> Candidates:
    """Without the last exercise, the last two, ... as long as three are left."""
    left_out: list[str] = []
    now: Routine | None = routine
    while now is not None:
        now, name = _without_last(now)
        if now is None or _exercises(now) < LEAST_EXERCISES:
            return
        left_out.append(name)
        yield now, [*done, "left out: " + ", ".join(left_out)]


def _exercises(routine: Routine) -> int:
    return len({name for item in routine.items for name in _names(item)})


def _names(item: Item) -> tuple[str, ...]:
    if isinstance(item, Tabata):
        return tuple(exercise.name for exercise in item.exercises)
    works = item.works if isinstance(item, Emom) else _works(item)
    return tuple(work.exercise.name for work in works)


def _without_last(routine: Routine) -> tuple[Routine | None, str]:
    """The routine without its last exercise (in a circuit: that circuit without its last)."""
    places = [place for place, item in enumerate(routine.items) if _names(item)]
    if not places:
        return None, ""
    last = routine.items[places[-1]]
    left = [
        _shortened(last) if place == places[-1] else item
        for place, item in enumerate(routine.items)
    ]
    return routine._replace(items=drop_items(routine.items, left)), _names(last)[-1]


def _shortened(item: Item) -> Item | None:
    """A group without its last exercise; None where it has no other."""
    match item:
        case Circuit(works) | Emom(works) if len(works) > 1:
            return item._replace(works=works[:-1])
        case Tabata(exercises) if len(exercises) > 1:
            return replace(item, exercises=exercises[:-1])
        case _:
            return None
