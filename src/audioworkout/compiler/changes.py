"""Work that runs on into other work: the change is announced before it comes, and when it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audioworkout.compiler import announce, tasks
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, REST, ROOM_PERCENT, Coach
from audioworkout.compiler.marks import GO_TONE
from audioworkout.compiler.plan import Interval
from audioworkout.model.exercise import Hold, Reps, Steps, Timed
from audioworkout.model.routine import RUNS_ON
from audioworkout.model.script import BETWEEN, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

SWITCH_RUNS_ON: Ms = SECOND
"""A change of sides that is shorter than this leaves no time for a word."""

NOTICE: Ms = 10 * SECOND
"""A change is announced this long before it."""
SOON: Ms = 6 * SECOND
"""The same, where there is no room ten seconds before."""
EARLIEST: Ms = 20 * SECOND
COUNTDOWN: Ms = 3 * SECOND


def runs_on(interval: Interval) -> bool:
    """Whether there is no pause before it in which it could be announced."""
    if interval.kind == "switch":
        return interval.pause < SWITCH_RUNS_ON
    return interval.kind == "rest" and interval.pause <= RUNS_ON


def announce_next(
    coach: Coach, passages: Sequence[Passage], interval: Interval, before: Bout, told: bool
) -> list[Passage]:
    """Work (and its pulses) with what comes next named in its last seconds, and ready beeps.

    Args:
        coach: Who speaks.
        passages: The work, and its pulses.
        interval: What comes next.
        before: What is done in the passages.
        told: The amount of what comes next is known.
    """
    *first, last = passages
    if coach.how.beeps and not interval.pause:
        last = _with_ready(last)
    if interval.pause and _is_the_same(interval.bout, before):
        return [*first, last]
    at_ten, soon = _notice_words(coach, interval, before, told)
    for place, passage in reversed(list(enumerate((*first, last)))):
        notice = _Notice(coach, at_ten, soon, passage.lasts)
        if found := notice.put_in(list(passage.slots)):
            noticed = replace(passage, slots=tuple(found))
            return [*first[:place], noticed, *[*first, last][place + 1 :]]
    squeezed = _Notice(coach, at_ten, soon, last.lasts).squeezed(list(last.slots))
    return [*first, replace(last, slots=tuple(squeezed))]


def _notice_words(
    coach: Coach, interval: Interval, before: Bout, told: bool
) -> tuple[Say | None, Say]:
    """The notice ten seconds ahead (None where the coach does not talk), and a shorter one."""
    name = _name(coach, interval, before)
    ten = coach.phrases.duration(NOTICE)
    if _goes_on(interval.bout, before):
        amount = coach.amount(interval.bout)
        at_ten = coach.say("then.more", "announce", duration=ten, amount=amount)
    else:
        how_long = f", {coach.amount(interval.bout)}" if _is_new_length(interval, told) else ""
        at_ten = coach.say("then", "announce", duration=ten, name=name + how_long)
    soon = coach.say("then.soon", "announce", short=("again",), name=name)
    return at_ten if coach.talks else None, soon


def _with_ready(passage: Passage) -> Passage:
    """Add ready beeps to the last three seconds, in place of the spoken countdown."""
    lasts = passage.lasts
    count = max(0, min(3, (lasts - GO_TONE) // SECOND))
    ready = (SoundCue(lasts - n * SECOND, "ready") for n in range(count, 0, -1))
    slots = _without_countdown(list(passage.slots), lasts)
    return replace(passage, slots=tuple(slots), sound_cues=(*passage.sound_cues, *ready))


def _is_new_length(interval: Interval, told: bool) -> bool:
    """Whether the length of what comes next has to be told: only the first time."""
    return not told and not interval.bout.tasks and _is_timed(interval.bout)


def tells_length(passages: Sequence[Passage]) -> bool:
    """Whether work ends with a notice ten seconds ahead, which tells how long the next one is."""
    items = (item for passage in passages for slot in passage.slots for item in slot.items)
    return any(isinstance(item, Say) and item.source in ("then", "then.more") for item in items)


def then_new(intervals: Sequence[Interval]) -> list[Bout]:
    """What is new of the work that runs on without a pause from the first of some intervals."""
    found: list[Bout] = []
    seen = {
        intervals[0].bout.exercise.key,
        *(work.exercise.key for work in intervals[0].bout.works),
    }
    for interval in takewhile(runs_on, intervals[1:]):
        keys = {work.exercise.key for work in interval.bout.works} or {interval.bout.exercise.key}
        if not interval.known and not keys <= seen:
            found.append(interval.bout)
        seen |= keys
    return found


def _without_countdown(slots: list[Slot], lasts: Ms) -> list[Slot]:
    """The slots without the numbers of the last three seconds, which beeps replace."""
    left: list[Slot] = []
    at = 0
    for slot in slots:
        items = slot.items
        if at >= lasts - COUNTDOWN:
            items = tuple(
                item for item in items if isinstance(item, Gap) or item.role != "countdown"
            )
        left.append(slot._replace(items=items))
        at += slot.lasts
    return left


class _Notice:
    """Looks for the place of a notice among the slots of a passage."""

    def __init__(self, coach: Coach, at_ten: Say | None, soon: Say, lasts: Ms) -> None:
        self.coach = coach
        self.at_ten = at_ten
        self.soon = soon
        self.lasts = lasts

    def put_in(self, slots: list[Slot]) -> list[Slot] | None:
        """Put the notice into the best slot: before the countdown if possible.

        None where there is no room for it.
        """
        for closing in (COUNTDOWN, 0):
            for say in filter(None, (self.at_ten, self.soon, self._shortest())):
                ten = say is self.at_ten
                target = self.lasts - (NOTICE if ten else SOON)
                found = self._places(slots, say, closing, target)
                if found:
                    place, at = min(found, key=lambda one: abs(one[1] - target))
                    if not ten or (at == target and target >= NOTICE):
                        return self._with(slots, place, at, say)
        return None

    def _shortest(self) -> Say:
        return self.soon._replace(text=self.soon.shorter[-1], shorter=())

    def _places(self, slots: list[Slot], say: Say, closing: Ms, target: Ms) -> list[tuple[int, Ms]]:
        """Find the slots with room for the notice, each with the moment nearest to the target."""
        needed = self.coach.lasts([say]) * ROOM_PERCENT // 100 + BETWEEN
        found = []
        start = 0
        for place, slot in enumerate(slots):
            end = start + slot.lasts
            required = _required_items(slot)
            free = start + self.coach.lasts(required) * ROOM_PERCENT // 100
            free += BETWEEN if any(isinstance(item, Say) for item in required) else 0
            earliest = max(free, self.lasts - EARLIEST)
            latest = min(end, self.lasts - closing) - needed
            if earliest <= latest:
                found.append((place, max(earliest, min(latest, target))))
            start = end
        return found

    def _with(self, slots: list[Slot], place: int, at: Ms, say: Say) -> list[Slot]:
        start = sum(slot.lasts for slot in slots[:place])
        slot, required = slots[place], _required_items(slots[place])
        say = say._replace(after=BETWEEN)
        if (
            any(isinstance(item, Say) and item.number is not None for item in required)
            or at == start
        ):
            put = [slot._replace(items=(*required, say))]
        else:
            put = [Slot(at - start, required), Slot(start + slot.lasts - at, (say,))]
        return [*slots[:place], *put, *slots[place + 1 :]]

    def squeezed(self, slots: list[Slot]) -> list[Slot]:
        """Put the notice where there is most room, though it does not fit: layout reports it."""
        starts = [sum(slot.lasts for slot in slots[:n]) for n in range(len(slots))]
        near = [n for n, start in enumerate(starts) if start >= self.lasts - EARLIEST]
        place = max(
            near or [len(slots) - 1],
            key=lambda n: slots[n].lasts - self.coach.lasts(_required_items(slots[n])),
        )
        slot = slots[place]
        say = self._shortest()._replace(after=BETWEEN)
        put = slot._replace(items=(*_required_items(slot), say))
        return [*slots[:place], put, *slots[place + 1 :]]


def _required_items(slot: Slot) -> tuple[Say | Gap, ...]:
    """The items of a slot that stay beside a notice: numbers, and what may not be left out."""
    return tuple(
        item
        for item in slot.items
        if isinstance(item, Gap)
        or item.number is not None
        or (not item.yields and not (item.role == "countdown" and item.number is None))
    )


def name_now(
    coach: Coach, passage: Passage, interval: Interval, before: Bout, told: bool
) -> Passage:
    """Work that runs on, with its name at its beginning; `told`: its amount is known."""
    first, *others = passage.slots
    tone = Gap(GO_TONE if coach.how.beeps else BETWEEN)
    name = coach.say("again", "announce", yields=AGAIN, name=_name(coach, interval, before))
    said = [
        *([] if _is_another_set(interval.bout, before) else [name]),
        *_more(coach, interval, before, told),
        *(Say(text, "announce", source="say") for text in interval.notes),
    ]
    go = [item for item in first.items if isinstance(item, Gap) or _is_beat(item)]
    free = [item for item in first.items if isinstance(item, Say) and not _is_beat(item)]
    spoken = [*said[:-1], said[-1]._replace(after=BETWEEN)]
    return replace(passage, slots=(first._replace(items=(*go, tone, *spoken, *free)), *others))


def _goes_on(bout: Bout, before: Bout) -> bool:
    """Whether the same exercise goes on for another length: a walk after the last of the walks."""
    same = bout.exercise.key == before.exercise.key and bout.side == before.side
    longer = bout.prescription.amount != before.prescription.amount
    same = same and bout.prescription.effort == before.prescription.effort
    return same and longer and _is_timed(bout) and not _is_another_set(bout, before)


def _is_timed(bout: Bout) -> bool:
    return isinstance(bout.prescription.amount, Timed | Hold)


def _is_the_same(bout: Bout, before: Bout) -> bool:
    """Whether it repeats what was done before: `6 x 7s on, 3s off`."""
    same = bout.exercise.key == before.exercise.key and bout.side == before.side
    same = same and bout.prescription == before.prescription and not bout.tasks
    return same and (bout.set, bout.part) == (before.set, before.part)


def _is_another_set(bout: Bout, before: Bout) -> bool:
    """Whether it is another set or part of the same exercise, and not its other side."""
    same = bout.exercise.key == before.exercise.key and not bout.tasks
    return same and (bout.set, bout.part) != (before.set, before.part)


def _is_beat(say: Say) -> bool:
    """Whether it belongs to an exact moment, like 'Go' or a number."""
    return say.role == "countdown" or say.number is not None


def _more(coach: Coach, interval: Interval, before: Bout, told: bool) -> list[Say]:
    """Which round it is, and what is to be done in it."""
    bout = interval.bout
    if bout.tasks:
        return [one._replace(yields=AGAIN) for one in tasks.told(coach, bout, "announce")]
    if _is_another_set(bout, before):
        return [one._replace(yields=AGAIN) for one in announce.next_set(coach, bout)]
    said: list[Say] = []
    if not told and bout.exercise.key != before.exercise.key:
        counted = isinstance(bout.prescription.amount, Reps | Steps)
        said.append(
            announce.announce_amount(coach, bout, "announce", yields=REST if counted else AGAIN)
        )
        said += [one._replace(yields=REST) for one in announce.load(coach, bout, "announce")]
    return [*said, *_say_rounds_left(coach, bout, before)]


def _say_rounds_left(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    """How far one is in the rounds of a block: 'One done, seven to go.'."""
    if not bout.turns or bout.turns[-1].rounds == 1:
        return []
    turn = bout.turns[-1]
    block, phrases = turn.block, coach.phrases
    inside = bool(before.turns) and before.turns[-1] == turn
    pair = len(block.items) == 2 and not block.turns
    done, left = phrases.number(turn.round), turn.rounds - turn.round
    if pair and inside and turn.rounds > 2:
        key = "done_to_go" if left else "all_done"
        number = phrases.number(left)
        return [coach.say(key, "announce", yields=AGAIN, done=done, left=number)]
    if pair and not left and not inside:
        return [coach.say("last_one", "announce", yields=AGAIN)]
    if pair or inside or block.turns or block.kind == "superset" or _is_the_same(bout, before):
        return []
    key = "round" if left else "round.last"
    total = phrases.number(turn.rounds)
    return [coach.say(key, "announce", yields=AGAIN, n=done, m=total)]


def _name(coach: Coach, interval: Interval, before: Bout) -> str:
    """Name what comes next in as few words as tell it from what is done now."""
    bout, phrases = interval.bout, coach.phrases
    by_clock = bool(bout.tasks) and bout.turns[-1].block.every is not None
    if bout.round is not None and (by_clock or _is_the_same(bout, before)):
        return phrases.part("round.next", n=phrases.number(bout.round))
    efforts = [phrases.effort(one).rstrip(".") for one in bout.prescription.effort]
    how = "".join(f", {one[:1].lower()}{one[1:]}" for one in efforts)
    if before.exercise.key != bout.exercise.key:
        return coach.said(bout) + how
    if bout.side is not None and bout.side != before.side:
        return coach.side(bout)
    if bout.part > 1:
        return announce.part_in_few(coach, bout)
    if bout.set > 1:
        other = bout.prescription.effort != before.prescription.effort
        return phrases.part("set.next", n=phrases.number(bout.set)) + (how if other else "")
    return coach.said(bout) + how
