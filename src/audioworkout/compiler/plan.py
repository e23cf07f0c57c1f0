"""Routine -> plan: every bout of work in order, each with the pause before it, all lengths final.

A plan has no words: it is what `--minutes` and `list` calculate with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from audioworkout.compiler import timing
from audioworkout.errors import UsageError
from audioworkout.model.exercise import Exercise, Kit, Prescription, Side, Timed, other
from audioworkout.model.routine import (
    Announcement,
    Circuit,
    Emom,
    How,
    Item,
    Place,
    Rest,
    Routine,
    Tabata,
    Work,
)
from audioworkout.units import SECOND, Ms, duration_text

WEIGHTS = frozenset({"dumbbell", "kettlebell"})
"""Kit whose place another weight can take."""

PauseKind = Literal["prepare", "rest", "switch"]


class EmomError(UsageError):
    """The work of an EMOM does not fit into its minute.

    Attributes:
        place: Where that work was written; None where nobody knows.
    """

    def __init__(self, message: str, hint: str, place: Place | None) -> None:
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
    place: Place | None = field(default=None, compare=False, repr=False)
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


class Leg(NamedTuple):
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

    legs: tuple[Leg, ...]
    closing: tuple[str, ...]
    how: How
    last_rest: LastRest = LastRest()

    @property
    def lasts(self) -> Ms:
        """Length from the first pause to the end of the last rest, without first and last words."""
        legs = sum(leg.pause + bout_lasts(leg.bout, self.how) for leg in self.legs)
        return legs + self.last_rest.lasts


class _Next(NamedTuple):
    """A bout on its way into the plan; `pause` None: the default between it and the last."""

    bout: Bout
    pause: Ms | None = None
    base: Ms | None = None
    """What a default pause starts from, where it is not that between sets or exercises."""
    fixed: bool = False
    """The pause is no rest to be fitted: it follows from a clock (Tabata, EMOM), or lies within
    the warm-up or the cool-down."""


def bout_lasts(bout: Bout, how: How) -> Ms:
    """Length of a bout: its work span and its pulses span."""
    return timing.work_lasts(bout.exercise, bout.prescription, how) + timing.pulses_last(
        bout.prescription, how
    )


def plan(routine: Routine) -> Plan:
    """Lay out a routine's work and pauses.

    Raises:
        EmomError: The work of an EMOM does not fit into its minute.
    """
    how = routine.how
    main = [
        part
        for number in range(1, routine.rounds + 1)
        for part in _in_round(_items(routine.items, how), number, routine.rounds)
    ]
    warm_up, cool_down = _items(routine.warm_up, how), _items(routine.cool_down, how)
    return _join([*_as_it_is(warm_up), *main, *_as_it_is(cool_down)], how)


def _as_it_is(
    parts: Iterable[_Next | Rest | Announcement],
) -> Iterator[_Next | Rest | Announcement]:
    """Fix the pauses within the warm-up or the cool-down; the one before it is a usual rest."""
    first = True
    for part in parts:
        if isinstance(part, _Next):
            part = part if first else part._replace(fixed=True)
            first = False
        yield part


def _in_round(
    parts: Iterable[_Next | Rest | Announcement], number: int, rounds: int
) -> Iterator[_Next | Rest | Announcement]:
    """Number the rounds of a repeated routine; a circuit's own rounds inside it stand."""
    for part in parts:
        if rounds > 1 and isinstance(part, _Next) and part.bout.round is None:
            part = part._replace(bout=replace(part.bout, round=number, rounds=rounds))
        yield part


def _items(items: Iterable[Item], how: How) -> Iterator[_Next | Rest | Announcement]:
    for item in items:
        match item:
            case Rest() | Announcement():
                yield item
            case Work():
                yield from _work(item, how)
            case Circuit(kind="superset"):
                yield from _superset(item, how)
            case Circuit():
                yield from _circuit(item, how)
            case Tabata():
                yield from _tabata(item)
            case Emom():
                yield from _emom(item, how)


def _at_level(prescription: Prescription, how: How) -> Prescription:
    return prescription._replace(amount=timing.at_level(prescription.amount, how.level))


def _work(work: Work, how: How) -> Iterator[_Next]:
    for number in range(1, work.prescription.sets + 1):
        yield from _set(work, number, how)


def _set(work: Work, number: int, how: How) -> Iterator[_Next]:
    """One set: both sides of it where they take turns set by set."""
    prescription = _at_level(work.prescription, how)
    sets = prescription.sets
    bout = Bout(work.exercise, prescription, None, number, sets, place=work.place)
    between_sets = prescription.rest if number > 1 else None
    if prescription.sides.order != "each":
        yield _Next(bout, between_sets)
        return
    first = prescription.sides.first
    switch = how.rests.sides
    yield _Next(replace(bout, side=first), between_sets)
    yield _Next(
        replace(bout, side=other(first)),
        timing.switch_default(work.exercise) if switch is None else switch,
    )


def _circuit(circuit: Circuit, how: How) -> Iterator[_Next]:
    for number in range(1, circuit.rounds + 1):
        for place, work in enumerate(circuit.works):
            first, *others = _work(work, how)
            if place:
                first = first._replace(pause=circuit.transition, base=timing.TRANSITION)
            elif number > 1:
                first = first._replace(pause=circuit.rest)
            yield _rounded(first, number, circuit.rounds)
            yield from (_rounded(part, number, circuit.rounds) for part in others)


def _superset(superset: Circuit, how: How) -> Iterator[_Next]:
    sets = max(work.prescription.sets for work in superset.works)
    for number in range(1, sets + 1):
        members = [work for work in superset.works if work.prescription.sets >= number]
        for place, work in enumerate(members):
            first, *others = _set(work, number, how)
            if place:
                yield first._replace(pause=superset.transition, base=timing.SUPERSET_TRANSITION)
            elif number > 1:
                pause = superset.rest if superset.rest is not None else first.pause
                pause = pause if pause is not None else how.rests.sets
                yield first._replace(pause=pause, base=timing.BETWEEN_SETS)
            else:
                yield first
            yield from others


def _tabata(tabata: Tabata) -> Iterator[_Next]:
    amount = Timed(tabata.work, tabata.work)
    for number in range(1, tabata.rounds + 1):
        exercise = tabata.exercises[(number - 1) % len(tabata.exercises)]
        prescription = exercise.prescription._replace(
            amount=amount, sets=1, finisher=None, rest=None
        )
        rounds = tabata.rounds
        bout = Bout(exercise, prescription, None, 1, 1, number, rounds, place=tabata.place)
        yield _Next(bout, tabata.off if number > 1 else None, fixed=number > 1)


def _emom(emom: Emom, how: How) -> Iterator[_Next]:
    pause: Ms | None = None
    for minute in range(1, emom.minutes + 1):
        work = emom.works[(minute - 1) % len(emom.works)]
        parts = [_rounded(part, minute, emom.minutes, True) for part in _work(work, how)]
        pauses = [_between_sets(how) if part.pause is None else part.pause for part in parts[1:]]
        yield parts[0]._replace(pause=pause, fixed=pause is not None)
        for part, before in zip(parts[1:], pauses, strict=True):
            yield part._replace(pause=before, fixed=True)
        busy = sum(pauses) + sum(bout_lasts(part.bout, how) for part in parts)
        pause = emom.every - busy
        if pause < SECOND:
            raise EmomError(
                f"{work.exercise.name} takes {duration_text(busy)} and does not fit into the "
                f"{duration_text(emom.every)} of its EMOM",
                "Give it fewer reps, a quicker tempo or a minute of its own.",
                work.place,
            )


def _rounded(part: _Next, number: int, rounds: int, minutes: bool = False) -> _Next:
    return part._replace(bout=replace(part.bout, round=number, rounds=rounds, minutes=minutes))


def _join(parts: Iterable[_Next | Rest | Announcement], how: How) -> Plan:
    """Give every bout its pause: the one asked for, or the default between it and the last.

    Of announcements after the last bout, those that a rest follows are made in that rest.
    """
    legs: list[Leg] = []
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
            pause = own_rest if own_rest is not None else _pause(before, part, how)
            kind = _kind(before, part.bout)
            flexible = kind == "rest" and own_rest is None and not _is_kept(part, before, how)
            known = part.bout.exercise.key in done
            legs.append(Leg(pause, kind, part.bout, tuple(notes), flexible, known))
            done.add(part.bout.exercise.key)
            notes, own_rest, before_rest = [], None, 0
    if not own_rest:
        return Plan(tuple(legs), tuple(notes), how)
    last_rest = LastRest(own_rest, tuple(notes[:before_rest]))
    return Plan(tuple(legs), tuple(notes[before_rest:]), how, last_rest)


def _kind(before: Bout | None, bout: Bout) -> PauseKind:
    if before is None:
        return "prepare"
    return "switch" if same_set(before, bout) else "rest"


def same_set(before: Bout, bout: Bout) -> bool:
    """Whether `bout` is the other side of the same set."""
    return bout.side is not None and before == replace(bout, side=other(bout.side))


def _is_kept(part: _Next, before: Bout | None, how: How) -> bool:
    if part.fixed:
        return True
    another_set = before is not None and before.exercise == part.bout.exercise
    return ("sets" if another_set else "exercises") in how.rests.kept


def _between_sets(how: How) -> Ms:
    asked = how.rests.sets
    return timing.rest_default(timing.BETWEEN_SETS, 0, how) if asked is None else asked


def _pause(before: Bout | None, part: _Next, how: How) -> Ms:
    if before is None:
        return timing.GET_READY if how.rests.get_ready is None else how.rests.get_ready
    if part.pause is not None:
        return part.pause
    bout = part.bout
    if before.exercise == bout.exercise and bout.set > 1:
        return _between_sets(how)
    if part.base == timing.TRANSITION:
        change = timing.extra(before.exercise, bout.exercise)
        base = timing.TRANSITION_WITH_CHANGE if change else timing.TRANSITION
        return timing.rest_default(base, 0, how)
    if part.base is None and how.rests.exercises is not None:
        return how.rests.exercises
    base = part.base or timing.BETWEEN_EXERCISES
    return timing.rest_default(base, timing.extra(before.exercise, bout.exercise), how)
