"""Routine -> plan: every bout of work in order, each with the pause before it, all lengths final.

A plan has no words: it is what `--minutes` and `list` calculate with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from audioworkout.compiler import timing
from audioworkout.compiler.bouts import Bout, PlannedBout, Stage, bout_length, rest_between_sets
from audioworkout.compiler.expand import PlanParts, plan_items
from audioworkout.model.exercise import Kit, opposite_side
from audioworkout.model.kit import combine_kit, kit_to_fetch
from audioworkout.model.routine import RUNS_ON, Announcement, How, Rest, Routine
from audioworkout.units import Ms

PauseKind = Literal["prepare", "rest", "switch"]


class Interval(NamedTuple):
    """A bout, the pause before it and what the person wants said in that pause.

    `flexible`: a rest that may be longer or shorter when the workout is fitted to a length.
    `known`: the exercise was done before and need not be explained again.
    `fetch`: the kit that is needed, or optional, for the first time in it, or in what runs on from
    it without a pause.
    """

    pause: Ms
    kind: PauseKind
    bout: Bout
    notes: tuple[str, ...] = ()
    flexible: bool = False
    known: bool = False
    fetch: tuple[Kit, ...] = ()


class LastRest(NamedTuple):
    """A rest that no work follows, and what is to be said in it. 0 ms: there is none."""

    lasts: Ms = 0
    notes: tuple[str, ...] = ()


class Plan(NamedTuple):
    """The whole workout without words. `closing`: what is to be said among the last words."""

    intervals: tuple[Interval, ...]
    closing: tuple[str, ...]
    how: How
    last_rest: LastRest = LastRest()

    @property
    def lasts(self) -> Ms:
        """Length from the first pause to the end of the last rest, without first and last words."""
        intervals = sum(
            interval.pause + bout_length(interval.bout, self.how) for interval in self.intervals
        )
        return intervals + self.last_rest.lasts


def plan_routine(routine: Routine) -> Plan:
    """Lay out a routine's work and pauses.

    Raises:
        IntervalError: The work of an interval does not fit into it.
    """
    how = routine.how
    main = [
        part
        for number in range(1, routine.rounds + 1)
        for part in _number_round(plan_items(routine.items, how), number, routine.rounds)
    ]
    warm_up, cool_down = plan_items(routine.warm_up, how), plan_items(routine.cool_down, how)
    parts = [*_plan_stage(warm_up, "warm-up"), *main, *_plan_stage(cool_down, "cool-down")]
    return _join_parts(parts, how)


def _plan_stage(parts: PlanParts, stage: Stage) -> PlanParts:
    """The warm-up or the cool-down: the pauses in it are fixed; the one before it is a rest."""
    first = True
    for part in parts:
        if isinstance(part, PlannedBout):
            bout = replace(part.bout, stage=stage)
            part = part._replace(bout=bout, fixed=part.fixed if first else True)
            first = False
        yield part


def _number_round(
    parts: Iterable[PlannedBout | Rest | Announcement], number: int, rounds: int
) -> PlanParts:
    """Number the rounds of a repeated routine; a circuit's own rounds inside it stand."""
    for part in parts:
        if rounds > 1 and isinstance(part, PlannedBout) and part.bout.round is None:
            part = part._replace(bout=replace(part.bout, round=number, rounds=rounds))
        yield part


class _Gathered(NamedTuple):
    """A planned bout with what was written before it: a rest, and notes."""

    part: PlannedBout
    own_rest: Ms | None
    notes: tuple[str, ...]

    @property
    def runs_on(self) -> bool:
        """Whether the pause that was asked for leaves no time to fetch anything."""
        asked = self.part.pause if self.own_rest is None else self.own_rest
        return asked is not None and asked <= RUNS_ON


def _join_parts(parts: Iterable[PlannedBout | Rest | Announcement], how: How) -> Plan:
    """Give every bout its pause: the one asked for, or the default between it and the last.

    Of announcements after the last bout, those that a rest follows are made in that rest.
    """
    gathered: list[_Gathered] = []
    notes: list[str] = []
    before_rest = 0
    own_rest: Ms | None = None
    for part in parts:
        if isinstance(part, Announcement) and not part.spoken:
            continue
        if isinstance(part, Announcement):
            notes.append(part.text)
        elif isinstance(part, Rest):
            own_rest = (own_rest or 0) + part.lasts
            before_rest = len(notes)
        else:
            gathered.append(_Gathered(part, own_rest, tuple(notes)))
            notes, own_rest, before_rest = [], None, 0
    intervals = tuple(_space_bouts(gathered, how))
    if not own_rest:
        return Plan(intervals, tuple(notes), how)
    last_rest = LastRest(own_rest, tuple(notes[:before_rest]))
    return Plan(intervals, tuple(notes[before_rest:]), how, last_rest)


def _space_bouts(gathered: Sequence[_Gathered], how: How) -> Iterator[Interval]:
    before: Bout | None = None
    done: set[str] = set()
    for (part, own_rest, notes), fetch in zip(gathered, _fetched_before(gathered), strict=True):
        bout = part.bout
        pause = own_rest
        if pause is None:
            fetches = any(not kit.optional for kit in fetch)
            pause = _pause_before(before, part, how, fetches)
        kind = _pause_kind(before, bout)
        flexible = kind == "rest" and own_rest is None and not _is_fixed_rest(part, before, how)
        keys = {work.exercise.key for work in bout.works} or {bout.exercise.key}
        yield Interval(pause, kind, bout, notes, flexible, keys <= done, fetch)
        done |= keys
        before = bout


def _fetched_before(gathered: Sequence[_Gathered]) -> list[tuple[Kit, ...]]:
    """What is fetched in the pause before each bout: each thing once.

    What is needed in work that runs on is fetched before the first that it runs on from.
    """
    at_hand: tuple[Kit, ...] = ()
    found: list[tuple[Kit, ...]] = []
    first = 0
    for place, one in enumerate(gathered):
        needed = one.part.bout.kit
        new = kit_to_fetch(needed, at_hand)
        at_hand = combine_kit((*at_hand, *needed))
        found.append(())
        if not one.runs_on:
            first = place
        found[first] = combine_kit((*found[first], *new))
    return found


def _pause_kind(before: Bout | None, bout: Bout) -> PauseKind:
    if before is None:
        return "prepare"
    return "switch" if is_other_side(before, bout) else "rest"


def is_other_side(before: Bout, bout: Bout) -> bool:
    """Whether `bout` is the other side of the same set; each may have an amount of its own."""
    if bout.side is None or bout.prescription.sides.order != "each":
        return False
    alike = replace(before, side=bout.side, prescription=bout.prescription) == bout
    return alike and before.side == opposite_side(bout.side)


def _is_fixed_rest(part: PlannedBout, before: Bout | None, how: How) -> bool:
    if part.fixed:
        return True
    another_set = before is not None and before.exercise == part.bout.exercise
    return ("sets" if another_set else "exercises") in how.rests.kept


def _pause_before(before: Bout | None, part: PlannedBout, how: How, fetches: bool) -> Ms:
    if before is None:
        return timing.GET_READY if how.rests.get_ready is None else how.rests.get_ready
    if part.pause is not None:
        return part.pause
    bout = part.bout
    if before.exercise == bout.exercise and bout.set > 1:
        return rest_between_sets(how)
    if part.base == timing.BETWEEN_SETS and how.rests.sets is not None:
        return how.rests.sets
    if part.base == timing.TRANSITION:
        change = timing.change_time(before.exercise, bout.exercise, fetches)
        base = timing.TRANSITION_WITH_CHANGE if change else timing.TRANSITION
        return timing.default_rest(base, 0, how)
    if part.base is None and how.rests.exercises is not None:
        return how.rests.exercises
    base = part.base or timing.BETWEEN_EXERCISES
    change = timing.change_time(before.exercise, bout.exercise, fetches)
    return timing.default_rest(base, change, how)
