"""Routine -> plan: every bout of work in order, each with the pause before it, all lengths final.

A plan has no words: it is what `--minutes` and `list` calculate with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from audioworkout.compiler import timing
from audioworkout.errors import UsageError
from audioworkout.model.exercise import (
    Exercise,
    Hold,
    Kit,
    Open,
    Prescription,
    SetSpec,
    Side,
    Sides,
    Timed,
    opposite_side,
)
from audioworkout.model.items import (
    is_by_round,
    map_works,
    pause_is_none,
    rounds_of,
    turns_of,
    works_in,
)
from audioworkout.model.kit import combine_kit, kit_to_fetch, needed_kit
from audioworkout.model.routine import (
    RUNS_ON,
    Announcement,
    Block,
    How,
    Item,
    Rest,
    Routine,
    SourceSpan,
    Work,
)
from audioworkout.units import MINUTE, SECOND, Ms, format_duration, round_up

PauseKind = Literal["prepare", "rest", "switch"]


class IntervalError(UsageError):
    """The work of an interval does not fit into it.

    Attributes:
        place: Where that work was written; None where nobody knows.
    """

    def __init__(self, message: str, hint: str, place: SourceSpan | None) -> None:
        super().__init__(message, hint)
        self.place = place


class BlockRound(NamedTuple):
    """One round of a block: which of how many."""

    block: Block
    round: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Bout:
    """One work span with its pulses: one set of an exercise, on one side.

    `prescription` is final (level applied) and that of this set and side. `side` is None without
    sides and where they alternate. `set` counts from 1; `round` is None outside blocks and
    repeated routines.
    """

    exercise: Exercise
    prescription: Prescription
    side: Side | None = None
    set: int = 1
    sets: int = 1
    part: int = 0
    parts: int = 0
    """Its place within the set where that is a cluster or a drop set; 0 of 0 where it is whole."""
    side_turn: int = 0
    """Which turn of its exercise it is, from 1, where the sides take turns; else 0."""
    lighter: bool = False
    """A part of a drop set, done with less weight than the part before."""
    listed: tuple[SetSpec, ...] = ()
    """Every set of this exercise where they differ, for announcing them together."""
    entry: int = 0
    """Its number in that list, from 1."""
    round: int | None = None
    rounds: int | None = None
    turns: tuple[BlockRound, ...] = ()
    """The rounds of the blocks it stands in, the outermost first."""
    tasks: tuple[Item, ...] = ()
    """What is done in it at the listener's own pace, where that is more than one exercise's set:
    its `exercise` has then no key, unless there is only one."""
    place: SourceSpan | None = field(default=None, compare=False, repr=False)
    """Where it was written, for messages."""

    @property
    def pulses(self) -> int:
        """How many pulses finish it."""
        return self.prescription.finisher.pulses if self.prescription.finisher else 0

    @property
    def kit(self) -> tuple[Kit, ...]:
        """What is needed for it: by all of its tasks, or by its exercise and load."""
        works = self.works or (Work(self.exercise, self.prescription),)
        return combine_kit(
            kit for work in works for kit in needed_kit(work.exercise, work.prescription)
        )

    @property
    def works(self) -> tuple[Work, ...]:
        """The exercises that are done in it, with their amounts; empty for a usual set."""
        return tuple(works_in(self.tasks))


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
        IntervalError: The work of an interval does not fit into it.
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
            case Block():
                yield from _plan_block(item, how)


def _level_work(prescription: Prescription, how: How) -> Prescription:
    return prescription.map_amounts(lambda amount: timing.apply_level(amount, how.level))


def _plan_work(work: Work, how: How) -> Iterator[_PlannedBout]:
    for number in range(1, work.prescription.set_count + 1):
        yield from _plan_set(work, number, how)


def _plan_set(work: Work, number: int, how: How) -> Iterator[_PlannedBout]:
    """One set: all parts of it, each on both sides where they take turns set by set."""
    whole = _level_work(work.prescription, how)
    groups = whole.set_numbers
    group = groups[number - 1]
    for place, entry in enumerate(group, 1):
        prescription = whole.of_set(entry)
        bout = Bout(work.exercise, prescription, None, number, len(groups), place=work.place)
        if whole.by_set:
            parts = len(group) if len(group) > 1 else 0
            lighter = whole.by_set[entry - 1].lighter
            bout = replace(
                bout,
                part=place if parts else 0,
                parts=parts,
                lighter=lighter,
                listed=whole.by_set,
                entry=entry,
            )
        sides = list(_on_its_sides(bout, how))
        if entry > 1:
            pause = _rest_before_part(work, whole, number, place, how)
            fixed = place > 1 or whole.every is not None
            if whole.rest_exercise is not None and place == 1 and (rest := _asked(pause, how)):
                yield _recovery(whole.rest_exercise, rest)
                pause, fixed = 0, True
            sides[0] = sides[0]._replace(pause=pause, fixed=fixed)
        yield from sides


def _on_its_sides(bout: Bout, how: How) -> Iterator[_PlannedBout]:
    """The bout once, or on each of its sides with the pause between them; the first has none."""
    prescription = bout.prescription
    first = prescription.sides.first
    match prescription.sides.order:
        case "together" | "alternating":
            yield _PlannedBout(bout)
        case "one":
            yield _PlannedBout(_on_side(bout, first))
        case "each":
            switch = how.rests.sides
            yield _PlannedBout(_on_side(bout, first))
            yield _PlannedBout(
                _on_side(bout, opposite_side(first)),
                timing.default_switch(bout.exercise) if switch is None else switch,
            )


def _on_side(bout: Bout, side: Side) -> Bout:
    by_side = bout.prescription.by_side
    amount = by_side[side == "right"] if by_side else bout.prescription.amount
    return replace(bout, side=side, prescription=bout.prescription._replace(amount=amount))


def _rest_before_part(
    work: Work, whole: Prescription, number: int, place: int, how: How
) -> Ms | None:
    """The rest before part `place` of set `number`; None: the usual one between sets."""
    group = whole.set_numbers[number - 1]
    if place > 1:
        return _asked(whole.of_set(group[place - 2]).rest, how)
    before = whole.set_numbers[number - 2]
    if whole.every is None:
        return whole.of_set(before[-1]).rest
    rests = sum(_asked(whole.of_set(entry).rest, how) for entry in before[:-1])
    busy = rests + sum(_entry_lasts(work.exercise, whole.of_set(one), how) for one in before)
    pause = whole.every - busy
    if pause < SECOND:
        raise IntervalError(
            f"{work.exercise.name} takes {format_duration(busy)} and cannot begin again every "
            f"{format_duration(whole.every)}",
            "Give it a longer interval, or less to do in it.",
            work.place,
        )
    return pause


def _asked(rest: Ms | None, how: How) -> Ms:
    return _rest_between_sets(how) if rest is None else rest


def _entry_lasts(exercise: Exercise, prescription: Prescription, how: How) -> Ms:
    """Work on all sides of a set, and the pauses between them."""
    parts = _on_its_sides(Bout(exercise, prescription), how)
    return sum((part.pause or 0) + bout_length(part.bout, how) for part in parts)


def _recovery(exercise: Exercise, lasts: Ms) -> _PlannedBout:
    """An exercise done in place of a rest, for as long as that lasts: `60s walk`."""
    amount = Timed(lasts, lasts)
    prescription = Prescription(amount, tempo=exercise.prescription.tempo)
    return _PlannedBout(Bout(exercise, prescription), 0, fixed=True)


# -- blocks ---------------------------------------------------------------------------------------

Parts = Iterator[_PlannedBout | Rest | Announcement]


def _plan_block(block: Block, how: How) -> Parts:
    if block.own_pace:
        yield from _told_in(block.items)
        yield _plan_own_pace(
            block.items, BlockRound(block, 1, 1), _own_pace_window(block, how), how
        )
    elif block.every is not None:
        yield from _intervals(block, block.every, how)
    else:
        yield from _plan_rounds(block, how)


def _told_in(items: Iterable[Item]) -> Iterator[Announcement]:
    """What is said in a block that is one stretch of work: before it."""
    return (item for item in items if isinstance(item, Announcement))


def _plan_rounds(block: Block, how: How) -> Parts:
    """Every round of a block whose pauses are its own or the defaults."""
    turns = turns_of(block) if block.turns else [block.items]
    before: Work | None = None
    after: Ms | None = None
    for number in range(1, rounds_of(block) + 1):
        turn = BlockRound(block, number, rounds_of(block))
        first = True
        for item in turns[(number - 1) % len(turns)]:
            begun = False
            for part in _plan_member(block, item, number, (number - 1) // len(turns), how):
                if isinstance(part, _PlannedBout):
                    if not begun:
                        part = _with_pause(turn, part, before, item, first, after)
                    begun, first = True, False
                    after = _rest_after(part, block)
                yield _turned(part, turn)
            if begun:
                before = item if isinstance(item, Work) else None


def _rest_after(part: _PlannedBout, block: Block) -> Ms | None:
    """The rest that a member's line names: behind it where it has one set a round."""
    one = block.kind == "superset" or part.bout.sets == 1
    return part.bout.prescription.rest if one else None


def _plan_member(block: Block, item: Item, number: int, times: int, how: How) -> Parts:
    """What a member does in a round; `times` it has had its turn before."""
    if not isinstance(item, Work):
        yield from _plan_items([item], how)
    elif block.kind == "superset":
        if number <= item.prescription.set_count:
            yield from _plan_set(item, number, how)
    else:
        if is_by_round(item, block):
            one = item.prescription.of_set(number)._replace(sets=1)
            item = replace(item, prescription=one)
        if item.prescription.sides.order == "each" and _takes_turns(block, item):
            # One side a turn: the clock leaves no time for both.
            sides = item.prescription.sides
            side = opposite_side(sides.first) if times % 2 else sides.first
            one = item.prescription._replace(sides=Sides("one", side))
            item = replace(item, prescription=one)
            for part in _plan_work(item, how):
                yield part._replace(bout=replace(part.bout, side=side, side_turn=times + 1))
        else:
            yield from _plan_work(item, how)


def _takes_turns(block: Block, work: Work) -> bool:
    """Whether the sides of a member take turns, interval by interval."""
    amount = work.prescription.amount
    timed = isinstance(amount, Hold | Timed) and amount.high == block.work
    return block.turns or (block.kind == "intervals" and timed)


def _with_pause(
    turn: BlockRound,
    part: _PlannedBout,
    before: Work | None,
    item: Item,
    first: bool,
    after: Ms | None,
) -> _PlannedBout:
    """The first work of a member with the pause before it; `first`: of its round."""
    block = turn.block
    if first and turn.round == 1:
        return part
    superset = block.kind == "superset"
    pause = block.rest if first else block.transition
    if after is not None:
        pause = after
    elif superset and first and pause is None:
        pause = part.pause  # the rest between its own sets
    if pause is not None:
        return part._replace(pause=pause, fixed=block.clocked)
    if _member_runs_on(block, before, item):
        return part._replace(pause=0, fixed=True)
    if first:
        return part._replace(base=timing.BETWEEN_SETS if superset else None)
    return part._replace(base=timing.SUPERSET_TRANSITION if superset else timing.TRANSITION)


def _member_runs_on(block: Block, before: Work | None, item: Item) -> bool:
    if before is None or not isinstance(item, Work):
        return block.kind in ("repeat", "intervals")
    return pause_is_none(block, before, item)


def _turned(
    part: _PlannedBout | Rest | Announcement, turn: BlockRound
) -> _PlannedBout | Rest | Announcement:
    """A part with the round it stands in; those of a block inside count its own."""
    if not isinstance(part, _PlannedBout):
        return part
    bout = replace(part.bout, turns=(turn, *part.bout.turns))
    if bout.round is None and turn.block.kind != "superset":
        bout = replace(bout, round=turn.round, rounds=turn.rounds)
    return part._replace(bout=bout)


def _intervals(block: Block, every: Ms, how: How) -> Parts:
    """Rounds that begin at fixed times; what the work leaves of one is rest."""
    turns = turns_of(block) if block.turns else [block.items]
    pause: Ms | None = None
    for number in range(1, block.rounds + 1):
        items = tuple(
            _in_its_round(item, block, number) for item in turns[(number - 1) % len(turns)]
        )
        turn = BlockRound(block, number, block.rounds)
        yield from _told_in(items)
        doing: list[Item] = [i for i in items if not isinstance(i, Announcement | Rest)]
        if not doing:
            pause = (pause or 0) + every
            continue
        parts = _interval(items, doing, turn, every, how)
        yield parts[0]._replace(pause=pause, fixed=pause is not None)
        yield from (part._replace(fixed=True) for part in parts[1:])
        busy = sum((part.pause or 0) for part in parts[1:])
        busy += sum(bout_length(part.bout, how) for part in parts)
        pause = every - busy
        if pause < 0:
            work = next(works_in(doing))
            raise IntervalError(
                f"{work.exercise.name} takes {format_duration(busy)} and does not fit into the "
                f"{format_duration(every)} of its {_interval_name(block)}",
                "Give it fewer reps, a quicker tempo or an interval of its own.",
                work.place,
            )


def _interval_name(block: Block) -> str:
    return "EMOM" if block.kind == "emom" else "interval"


def _in_its_round(item: Item, block: Block, number: int) -> Item:
    """A member with the amount of this round."""
    if not isinstance(item, Work) or not is_by_round(item, block):
        return item
    return replace(item, prescription=item.prescription.of_set(number)._replace(sets=1))


def _interval(
    items: tuple[Item, ...], doing: list[Item], turn: BlockRound, every: Ms, how: How
) -> list[_PlannedBout]:
    """The work of one round: one exercise at its beat, or several at the listener's own pace."""
    one = doing[0]
    if len(doing) > 1 or not isinstance(one, Work):
        return [_plan_own_pace(items, turn, every, how)]
    parts = [_turned(part, turn) for part in _plan_work(one, how)]
    works = [part for part in parts if isinstance(part, _PlannedBout)]
    for place, part in enumerate(works):
        amount = part.bout.prescription.amount
        if isinstance(amount, Open) and amount.window > every:
            meant = part.bout.prescription._replace(amount=replace(amount, window=every))
            part = part._replace(bout=replace(part.bout, prescription=meant))
        pause = part.pause if part.pause is not None or not place else _rest_between_sets(how)
        works[place] = part._replace(pause=pause)
    return works


# -- at one's own pace ----------------------------------------------------------------------------


def _plan_own_pace(items: tuple[Item, ...], turn: BlockRound, window: Ms, how: How) -> _PlannedBout:
    """One stretch of work that holds several exercises, or the same one again and again."""
    at_level = map_works(items, lambda work: _work_at_level(work, how))
    works = list(works_in(items))
    keys = {work.exercise.key for work in works}
    first = works[0].exercise
    exercise = first if len(keys) == 1 else Exercise("", "", Prescription(Open(window)))
    exercise = exercise._replace(position=first.position)
    return _PlannedBout(
        Bout(
            exercise,
            Prescription(Open(window)),
            round=None if turn.block.own_pace else turn.round,
            rounds=None if turn.block.own_pace else turn.rounds,
            turns=(turn,),
            tasks=tuple(item for item in at_level if not isinstance(item, Announcement)),
            place=turn.block.place,
        )
    )


def _work_at_level(work: Work, how: How) -> Work:
    return replace(work, prescription=_level_work(work.prescription, how))


def _own_pace_window(block: Block, how: How) -> Ms:
    """How long a block at one's own pace lasts: what was written, or an estimate with room."""
    written = block.minutes if block.kind == "amrap" else block.cap
    if written is not None:
        return written
    return round_up(_estimate_needed(block, how), MINUTE)


def _estimate_needed(block: Block, how: How) -> Ms:
    """Time that a block takes at an easy pace."""
    rounds = block.minutes if block.kind == "amrap" else None
    if rounds is not None:
        return rounds
    return sum(
        _item_needs(_in_its_round(item, block, number), how)
        for number in range(1, rounds_of(block) + 1)
        for item in block.items
    )


def _item_needs(item: Item, how: How) -> Ms:
    match item:
        case Work():
            return timing.estimate_own_pace(item.exercise, _level_work(item.prescription, how), how)
        case Rest(lasts):
            return lasts
        case Block():
            return _estimate_needed(item, how)
        case _:
            return 0


class _Gathered(NamedTuple):
    """A bout on its way into the plan with what stands before it: a rest of its own, and notes."""

    part: _PlannedBout
    own_rest: Ms | None
    notes: tuple[str, ...]

    @property
    def runs_on(self) -> bool:
        """Whether the pause that was asked for leaves no time to fetch anything."""
        asked = self.part.pause if self.own_rest is None else self.own_rest
        return asked is not None and asked <= RUNS_ON


def _join_parts(parts: Iterable[_PlannedBout | Rest | Announcement], how: How) -> Plan:
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
    legs = tuple(_space_bouts(gathered, how))
    if not own_rest:
        return Plan(legs, tuple(notes), how)
    last_rest = LastRest(own_rest, tuple(notes[:before_rest]))
    return Plan(legs, tuple(notes[before_rest:]), how, last_rest)


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


def _is_fixed_rest(part: _PlannedBout, before: Bout | None, how: How) -> bool:
    if part.fixed:
        return True
    another_set = before is not None and before.exercise == part.bout.exercise
    return ("sets" if another_set else "exercises") in how.rests.kept


def _rest_between_sets(how: How) -> Ms:
    asked = how.rests.sets
    return timing.default_rest(timing.BETWEEN_SETS, 0, how) if asked is None else asked


def _pause_before(before: Bout | None, part: _PlannedBout, how: How, fetches: bool) -> Ms:
    if before is None:
        return timing.GET_READY if how.rests.get_ready is None else how.rests.get_ready
    if part.pause is not None:
        return part.pause
    bout = part.bout
    if before.exercise == bout.exercise and bout.set > 1:
        return _rest_between_sets(how)
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
