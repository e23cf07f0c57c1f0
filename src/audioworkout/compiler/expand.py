"""Items of a routine -> bouts in order, each with the pause that its line or block gives it.

A line becomes its sets, their parts and their sides. A block becomes its rounds: by rests, by a
clock (EMOM, intervals), or one span at the listener's own pace (AMRAP, for time).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audioworkout.compiler import timing
from audioworkout.compiler.bouts import (
    BlockRound,
    Bout,
    IntervalError,
    PlannedBout,
    bout_length,
    rest_between_sets,
)
from audioworkout.model.exercise import (
    Exercise,
    Hold,
    Open,
    Prescription,
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
from audioworkout.model.routine import Announcement, Block, How, Item, Rest, Work
from audioworkout.units import MINUTE, SECOND, Ms, format_duration, round_up

PlanParts = Iterator[PlannedBout | Rest | Announcement]


def plan_items(items: Iterable[Item], how: How) -> PlanParts:
    """The bouts of items, with the rests and announcements among them as they are."""
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


def _plan_work(work: Work, how: How) -> Iterator[PlannedBout]:
    for number in range(1, work.prescription.set_count + 1):
        yield from _plan_set(work, number, how)


def _plan_set(work: Work, number: int, how: How) -> Iterator[PlannedBout]:
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


def _on_its_sides(bout: Bout, how: How) -> Iterator[PlannedBout]:
    """The bout once, or on each of its sides with the pause between them; the first has none."""
    prescription = bout.prescription
    first = prescription.sides.first
    match prescription.sides.order:
        case "together" | "alternating":
            yield PlannedBout(bout)
        case "one":
            yield PlannedBout(_on_side(bout, first))
        case "each":
            switch = how.rests.sides
            yield PlannedBout(_on_side(bout, first))
            yield PlannedBout(
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
    return rest_between_sets(how) if rest is None else rest


def _entry_lasts(exercise: Exercise, prescription: Prescription, how: How) -> Ms:
    """Work on all sides of a set, and the pauses between them."""
    parts = _on_its_sides(Bout(exercise, prescription), how)
    return sum((part.pause or 0) + bout_length(part.bout, how) for part in parts)


def _recovery(exercise: Exercise, lasts: Ms) -> PlannedBout:
    """An exercise done in place of a rest, for as long as that lasts: `60s walk`."""
    amount = Timed(lasts, lasts)
    prescription = Prescription(amount, tempo=exercise.prescription.tempo)
    return PlannedBout(Bout(exercise, prescription), 0, fixed=True)


# -- blocks ---------------------------------------------------------------------------------------


def _plan_block(block: Block, how: How) -> PlanParts:
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
    """The announcements of a block that is one span of work: they are made before it."""
    return (item for item in items if isinstance(item, Announcement))


def _plan_rounds(block: Block, how: How) -> PlanParts:
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
                if isinstance(part, PlannedBout):
                    if not begun:
                        part = _with_pause(turn, part, before, item, first, after)
                    begun, first = True, False
                    after = _rest_after(part, block)
                yield _turned(part, turn)
            if begun:
                before = item if isinstance(item, Work) else None


def _rest_after(part: PlannedBout, block: Block) -> Ms | None:
    """The rest that a member's line names: behind it where it has one set a round."""
    one = block.kind == "superset" or part.bout.sets == 1
    return part.bout.prescription.rest if one else None


def _plan_member(block: Block, item: Item, number: int, times: int, how: How) -> PlanParts:
    """What a member does in a round; `times` it has had its turn before."""
    if not isinstance(item, Work):
        yield from plan_items([item], how)
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
    part: PlannedBout,
    before: Work | None,
    item: Item,
    first: bool,
    after: Ms | None,
) -> PlannedBout:
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
    part: PlannedBout | Rest | Announcement, turn: BlockRound
) -> PlannedBout | Rest | Announcement:
    """Add to a part the round it stands in; a block inside keeps its own count."""
    if not isinstance(part, PlannedBout):
        return part
    bout = replace(part.bout, turns=(turn, *part.bout.turns))
    if bout.round is None and turn.block.kind != "superset":
        bout = replace(bout, round=turn.round, rounds=turn.rounds)
    return part._replace(bout=bout)


def _intervals(block: Block, every: Ms, how: How) -> PlanParts:
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
) -> list[PlannedBout]:
    """The work of one round: one exercise at its beat, or several at the listener's own pace."""
    one = doing[0]
    if len(doing) > 1 or not isinstance(one, Work):
        return [_plan_own_pace(items, turn, every, how)]
    parts = [_turned(part, turn) for part in _plan_work(one, how)]
    works = [part for part in parts if isinstance(part, PlannedBout)]
    for place, part in enumerate(works):
        amount = part.bout.prescription.amount
        if isinstance(amount, Open) and amount.window > every:
            meant = part.bout.prescription._replace(amount=replace(amount, window=every))
            part = part._replace(bout=replace(part.bout, prescription=meant))
        pause = part.pause if part.pause is not None or not place else rest_between_sets(how)
        works[place] = part._replace(pause=pause)
    return works


# -- at one's own pace ----------------------------------------------------------------------------


def _plan_own_pace(items: tuple[Item, ...], turn: BlockRound, window: Ms, how: How) -> PlannedBout:
    """One stretch of work that holds several exercises, or the same one again and again."""
    at_level = map_works(items, lambda work: _work_at_level(work, how))
    works = list(works_in(items))
    keys = {work.exercise.key for work in works}
    first = works[0].exercise
    exercise = first if len(keys) == 1 else Exercise("", "", Prescription(Open(window)))
    exercise = exercise._replace(position=first.position)
    return PlannedBout(
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
