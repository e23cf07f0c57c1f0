"""Routine -> plan: every bout of work in order, each with the pause before it, all lengths final.

A plan has no words: it is what `--minutes` and `list` calculate with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from audioworkout.compiler import timing
from audioworkout.errors import UsageError
from audioworkout.model.exercise import Exercise, Kit, Prescription, Side, Timed, opposite_side
from audioworkout.model.routine import (
    Announcement,
    Circuit,
    Emom,
    How,
    Item,
    Rest,
    Routine,
    SourceSpan,
    Tabata,
    Work,
)
from audioworkout.units import SECOND, Ms, format_duration

WEIGHTS = frozenset({"dumbbell", "kettlebell"})
"""Kit whose place another weight can take."""

PauseKind = Literal["prepare", "rest", "switch"]


class EmomError(UsageError):
    """The work of an EMOM does not fit into its minute.

    Attributes:
        place: Where that work was written; None where nobody knows.
    """

    def __init__(self, message: str, hint: str, place: SourceSpan | None) -> None:
        super().__init__(message, hint)
        self.place = place


@dataclass(frozen=True, slots=True)
class Bout:
    """One work span with its pulses: one set of an exercise, on one side.

    `prescription` is final (level applied). `side` is None without sides and where they
    alternate. `set` counts from 1; `round` is None outside circuits and repeated routines.
    """

    exercise: Exercise
    prescription: Prescription
    side: Side | None = None
    set: int = 1
    sets: int = 1
    round: int | None = None
    rounds: int | None = None
    minutes: bool = False
    """Its rounds are the minutes of an EMOM."""
    place: SourceSpan | None = field(default=None, compare=False, repr=False)
    """Where it was written, for messages."""

    @property
    def pulses(self) -> int:
        """How many pulses finish it."""
        return self.prescription.finisher.pulses if self.prescription.finisher else 0

    @property
    def kit(self) -> tuple[Kit, ...]:
        """What is needed: a kettlebell its load names stands in place of the usual dumbbells."""
        usual, load = self.exercise.kit, self.prescription.load
        others = tuple(kit for kit in usual if kit.key not in WEIGHTS)
        if load is None or not load.kit or others == usual:
            return usual
        return (Kit(load.kit, load.count), *others)


class Interval(NamedTuple):
    """A bout, the pause before it and what the person wants said in that pause.

    `flexible`: a rest that may be longer or shorter when the workout is fitted to a length.
    `known`: the exercise was done before and need not be explained again.
    """

    pause: Ms
    kind: PauseKind
    bout: Bout
    notes: tuple[str, ...] = ()
    flexible: bool = False
    known: bool = False


class LastRest(NamedTuple):
    """A rest that no work follows, and what is to be said in it. 0 ms: there is none."""

    lasts: Ms = 0
    notes: tuple[str, ...] = ()


class Plan(NamedTuple):
    """The whole workout without words. `closing`: what is to be said among the last words."""

    legs: tuple[Interval, ...]
    closing: tuple[str, ...]
    how: How
    last_rest: LastRest = LastRest()

    @property
    def lasts(self) -> Ms:
        """Length from the first pause to the end of the last rest, without first and last words."""
        legs = sum(leg.pause + bout_length(leg.bout, self.how) for leg in self.legs)
        return legs + self.last_rest.lasts


class _PlannedBout(NamedTuple):
    """A bout on its way into the plan; `pause` None: the default between it and the last."""

    bout: Bout
    pause: Ms | None = None
    base: Ms | None = None
    """What a default pause starts from, where it is not that between sets or exercises."""
    fixed: bool = False
    """The pause is no rest to be fitted: it follows from a clock (Tabata, EMOM), or lies within
    the warm-up or the cool-down."""


def bout_length(bout: Bout, how: How) -> Ms:
    """Length of a bout: its work span and its pulses span."""
    return timing.work_length(bout.exercise, bout.prescription, how) + timing.pulses_length(
        bout.prescription, how
    )


def plan_routine(routine: Routine) -> Plan:
    """Lay out a routine's work and pauses.

    Raises:
        EmomError: The work of an EMOM does not fit into its minute.
    """
    how = routine.how
    main = [
        part
        for number in range(1, routine.rounds + 1)
        for part in _number_round(_plan_items(routine.items, how), number, routine.rounds)
    ]
    warm_up, cool_down = _plan_items(routine.warm_up, how), _plan_items(routine.cool_down, how)
    return _join_parts([*_fix_pauses(warm_up), *main, *_fix_pauses(cool_down)], how)


def _fix_pauses(
    parts: Iterable[_PlannedBout | Rest | Announcement],
) -> Iterator[_PlannedBout | Rest | Announcement]:
    """Fix the pauses within the warm-up or the cool-down; the one before it is a usual rest."""
    first = True
    for part in parts:
        if isinstance(part, _PlannedBout):
            part = part if first else part._replace(fixed=True)
            first = False
        yield part


def _number_round(
    parts: Iterable[_PlannedBout | Rest | Announcement], number: int, rounds: int
) -> Iterator[_PlannedBout | Rest | Announcement]:
    """Number the rounds of a repeated routine; a circuit's own rounds inside it stand."""
    for part in parts:
        if rounds > 1 and isinstance(part, _PlannedBout) and part.bout.round is None:
            part = part._replace(bout=replace(part.bout, round=number, rounds=rounds))
        yield part


def _plan_items(items: Iterable[Item], how: How) -> Iterator[_PlannedBout | Rest | Announcement]:
    for item in items:
        match item:
            case Rest() | Announcement():
                yield item
            case Work():
                yield from _plan_work(item, how)
            case Circuit(kind="superset"):
                yield from _plan_superset(item, how)
            case Circuit():
                yield from _plan_circuit(item, how)
            case Tabata():
                yield from _plan_tabata(item)
            case Emom():
                yield from _plan_emom(item, how)


def _apply_level(prescription: Prescription, how: How) -> Prescription:
    return prescription._replace(amount=timing.apply_level(prescription.amount, how.level))


def _plan_work(work: Work, how: How) -> Iterator[_PlannedBout]:
    for number in range(1, work.prescription.sets + 1):
        yield from _plan_set(work, number, how)


def _plan_set(work: Work, number: int, how: How) -> Iterator[_PlannedBout]:
    """One set: both sides of it where they take turns set by set."""
    prescription = _apply_level(work.prescription, how)
    sets = prescription.sets
    bout = Bout(work.exercise, prescription, None, number, sets, place=work.place)
    between_sets = prescription.rest if number > 1 else None
    if prescription.sides.order != "each":
        yield _PlannedBout(bout, between_sets)
        return
    first = prescription.sides.first
    switch = how.rests.sides
    yield _PlannedBout(replace(bout, side=first), between_sets)
    yield _PlannedBout(
        replace(bout, side=opposite_side(first)),
        timing.default_switch(work.exercise) if switch is None else switch,
    )


def _plan_circuit(circuit: Circuit, how: How) -> Iterator[_PlannedBout]:
    for number in range(1, circuit.rounds + 1):
        for place, work in enumerate(circuit.works):
            first, *others = _plan_work(work, how)
            if place:
                first = first._replace(pause=circuit.transition, base=timing.TRANSITION)
            elif number > 1:
                first = first._replace(pause=circuit.rest)
            yield _with_round(first, number, circuit.rounds)
            yield from (_with_round(part, number, circuit.rounds) for part in others)


def _plan_superset(superset: Circuit, how: How) -> Iterator[_PlannedBout]:
    sets = max(work.prescription.sets for work in superset.works)
    for number in range(1, sets + 1):
        members = [work for work in superset.works if work.prescription.sets >= number]
        for place, work in enumerate(members):
            first, *others = _plan_set(work, number, how)
            if place:
                yield first._replace(pause=superset.transition, base=timing.SUPERSET_TRANSITION)
            elif number > 1:
                pause = superset.rest if superset.rest is not None else first.pause
                pause = pause if pause is not None else how.rests.sets
                yield first._replace(pause=pause, base=timing.BETWEEN_SETS)
            else:
                yield first
            yield from others


def _plan_tabata(tabata: Tabata) -> Iterator[_PlannedBout]:
    amount = Timed(tabata.work, tabata.work)
    for number in range(1, tabata.rounds + 1):
        exercise = tabata.exercises[(number - 1) % len(tabata.exercises)]
        prescription = exercise.prescription._replace(
            amount=amount, sets=1, finisher=None, rest=None
        )
        rounds = tabata.rounds
        bout = Bout(exercise, prescription, None, 1, 1, number, rounds, place=tabata.place)
        yield _PlannedBout(bout, tabata.off if number > 1 else None, fixed=number > 1)


def _plan_emom(emom: Emom, how: How) -> Iterator[_PlannedBout]:
    pause: Ms | None = None
    for minute in range(1, emom.minutes + 1):
        work = emom.works[(minute - 1) % len(emom.works)]
        parts = [_with_round(part, minute, emom.minutes, True) for part in _plan_work(work, how)]
        pauses = [
            _rest_between_sets(how) if part.pause is None else part.pause for part in parts[1:]
        ]
        yield parts[0]._replace(pause=pause, fixed=pause is not None)
        for part, before in zip(parts[1:], pauses, strict=True):
            yield part._replace(pause=before, fixed=True)
        busy = sum(pauses) + sum(bout_length(part.bout, how) for part in parts)
        pause = emom.every - busy
        if pause < SECOND:
            raise EmomError(
                f"{work.exercise.name} takes {format_duration(busy)} and does not fit into the "
                f"{format_duration(emom.every)} of its EMOM",
                "Give it fewer reps, a quicker tempo or a minute of its own.",
                work.place,
            )


def _with_round(
    part: _PlannedBout, number: int, rounds: int, minutes: bool = False
) -> _PlannedBout:
    return part._replace(bout=replace(part.bout, round=number, rounds=rounds, minutes=minutes))


def _join_parts(parts: Iterable[_PlannedBout | Rest | Announcement], how: How) -> Plan:
    """Give every bout its pause: the one asked for, or the default between it and the last.

    Of announcements after the last bout, those that a rest follows are made in that rest.
    """
    legs: list[Interval] = []
    notes: list[str] = []
    before_rest = 0
    done: set[str] = set()
    own_rest: Ms | None = None
    for part in parts:
        if isinstance(part, Announcement):
            notes.append(part.text)
        elif isinstance(part, Rest):
            own_rest = (own_rest or 0) + part.lasts
            before_rest = len(notes)
        else:
            before = legs[-1].bout if legs else None
            pause = own_rest if own_rest is not None else _pause_before(before, part, how)
            kind = _pause_kind(before, part.bout)
            flexible = kind == "rest" and own_rest is None and not _is_fixed_rest(part, before, how)
            known = part.bout.exercise.key in done
            legs.append(Interval(pause, kind, part.bout, tuple(notes), flexible, known))
            done.add(part.bout.exercise.key)
            notes, own_rest, before_rest = [], None, 0
    if not own_rest:
        return Plan(tuple(legs), tuple(notes), how)
    last_rest = LastRest(own_rest, tuple(notes[:before_rest]))
    return Plan(tuple(legs), tuple(notes[before_rest:]), how, last_rest)


def _pause_kind(before: Bout | None, bout: Bout) -> PauseKind:
    if before is None:
        return "prepare"
    return "switch" if is_other_side(before, bout) else "rest"


def is_other_side(before: Bout, bout: Bout) -> bool:
    """Whether `bout` is the other side of the same set."""
    return bout.side is not None and before == replace(bout, side=opposite_side(bout.side))


def _is_fixed_rest(part: _PlannedBout, before: Bout | None, how: How) -> bool:
    if part.fixed:
        return True
    another_set = before is not None and before.exercise == part.bout.exercise
    return ("sets" if another_set else "exercises") in how.rests.kept


def _rest_between_sets(how: How) -> Ms:
    asked = how.rests.sets
    return timing.default_rest(timing.BETWEEN_SETS, 0, how) if asked is None else asked


def _pause_before(before: Bout | None, part: _PlannedBout, how: How) -> Ms:
    if before is None:
        return timing.GET_READY if how.rests.get_ready is None else how.rests.get_ready
    if part.pause is not None:
        return part.pause
    bout = part.bout
    if before.exercise == bout.exercise and bout.set > 1:
        return _rest_between_sets(how)
    if part.base == timing.TRANSITION:
        change = timing.change_time(before.exercise, bout.exercise)
        base = timing.TRANSITION_WITH_CHANGE if change else timing.TRANSITION
        return timing.default_rest(base, 0, how)
    if part.base is None and how.rests.exercises is not None:
        return how.rests.exercises
    base = part.base or timing.BETWEEN_EXERCISES
    return timing.default_rest(base, timing.change_time(before.exercise, bout.exercise), how)
