"""Passages of work: reps, steps, holds, timed work, carries, and the pulses that finish them.

A number stands at the start of its slot and the slot runs to the next number, so that a cue
between two numbers has all the room there is and can never touch either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from audioworkout.compiler import timing
from audioworkout.compiler.arc import NO_MOMENT, Moment
from audioworkout.compiler.coach import AGAIN, FORM, REST, Coach
from audioworkout.compiler.cues import FreeCues
from audioworkout.compiler.plan import Bout
from audioworkout.compiler.rules import (
    EVERY_MINUTE_TO,
    FREE_CUE_EVERY,
    LATER_CUES_PERCENT,
    LEFT_FROM,
)
from audioworkout.model.exercise import (
    MODE_OF,
    BreathPhases,
    Breaths,
    Carry,
    Hold,
    Open,
    Reps,
    Side,
    Steps,
    Timed,
    opposite_side,
)
from audioworkout.model.script import BETWEEN, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import MINUTE, SECOND, Ms, round_to

SHORTEST_COUNT: Ms = SECOND
LONG_NUMBERS = 30
SHORTEST_LONG_COUNT: Ms = 1_200
"""Every rep is counted on a beat of a second or more; with numbers above thirty, of 1.2 s."""

FIRST_NUMBER: Ms = SECOND
SLOW_REP: Ms = 2 * SECOND
"""Where a rep lasts so long or longer, no number begins earlier than `FIRST_NUMBER` after GO."""

COUNT_DOWN_FROM: Ms = 15 * SECOND
"""Timed work and carries of this length or longer end with three, two, one; holds always do."""

LAST_FIVE = 5
"""`--count last5` counts so many reps down."""

LAST_THREE_FROM = 8
"""'Last three' is said in sets of so many reps or more."""

RULER_PERCENT = 90
"""Of the ruler's length of a number, voices take less in all but a few cases."""

HALF_FROM: Ms = 30 * SECOND
TEN_SECONDS: Ms = 10 * SECOND
TEN_SECONDS_FROM: Ms = 30 * SECOND
GO_TONE: Ms = 450
"""Length of the GO tone; words after it follow it."""
HALF_MINUTE: Ms = 30 * SECOND
HALF_TONE: Ms = 300
"""Length of the half-way tones; the words follow them."""

FIRST_CUE: Ms = 5 * SECOND
FIRST_CUE_LATE: Ms = 9 * SECOND
LATE_FROM: Ms = 45 * SECOND
CUES_IN_WORK = 5
LONG_CUE_EVERY: Ms = 30 * SECOND
"""In timed work free cues begin so long after GO, in longer work later: it may run on from other
work, and begins with its name. In every set there are about so many of them at
most; in long work one comes no less often than this."""
CUE_APART: Ms = 4 * SECOND
"""A free cue keeps this distance from the marks of timed work."""
CALM_LAST_BREATH: Ms = 6 * SECOND
"""In calm holds the last breath is announced so long before the end, in place of a countdown."""
NOTICE_KEPT: Ms = 20 * SECOND
"""The last seconds of work are kept for what comes next."""
HALF_APART: Ms = 15 * SECOND
"""The minutes left are not told nearer to half way than this."""

MARKS_APART: Ms = 3 * SECOND
"""Marks of timed work closer than this are one too many."""

Marks = dict[Ms, tuple[Say | Gap, ...]]


def compile_work(coach: Coach, bout: Bout, moment: Moment = NO_MOMENT) -> Passage:
    """One set on one side, from GO to its end; `moment` is its place in the workout."""
    match bout.prescription.amount:
        case Reps() | Steps() as amount:
            return _compile_counted(coach, bout, amount)
        case Hold() | Timed() as amount:
            return _compile_timed(coach, bout, amount, moment)
        case Carry() as amount:
            return _compile_carry(coach, bout, amount)
        case Open() as amount:
            return _plan_open_work(coach, bout, amount)
        case Breaths() as amount:
            return _breaths(coach, bout, amount)


def _after_tone(coach: Coach) -> tuple[Gap, ...]:
    return (Gap(GO_TONE),) if coach.how.beeps else ()


# -- reps and steps ------------------------------------------------------------------------------


def _compile_counted(coach: Coach, bout: Bout, amount: Reps | Steps) -> Passage:
    grid = _count_grid(coach, bout, amount.high)
    marks = _count_marks(coach, bout, grid, amount.high)
    sparse = _is_too_quick(grid.beat, amount.high)
    for place, cue in _cues_between_counts(coach, bout, amount, grid).items():
        at = grid.offset + (place - 1) * grid.beat
        if sparse and cue.yields >= FORM:
            # Behind the number before it, whose room it would cut short.
            at = max((mark for mark in marks if mark <= at), default=at)
        marks[at] = (*marks.get(at, ()), cue._replace(after=BETWEEN))
    ticks = _ticks(coach, bout, grid, amount.high)
    return work_passage(coach, bout, slots_between(marks, grid.lasts), ticks, grid.count)


def _count_marks(coach: Coach, bout: Bout, grid: timing.BeatGrid, highest: int) -> Marks:
    """'Go', and the numbers of the reps: all, the last five, or on a quick beat those that fit."""
    if coach.how.count == "last5":
        return _last_five_marks(coach, bout, grid)
    sparse = _is_too_quick(grid.beat, highest)
    brief = not sparse and _needs_brief_numbers(coach, highest, grid.beat)
    marks: Marks = {0: go_words(coach)}
    for place in range(1, grid.count + 1):
        said = _count_words(coach, bout, highest, place, grid.count, brief)
        if said and (not sparse or _is_fifth(said, place, grid.count)):
            if sparse:  # what does not fit even so gives way to its tick
                said = tuple(one._replace(yields=REST) for one in said)
            # A number at the very start takes the place of 'Go': it would be late behind it.
            marks[grid.offset + (place - 1) * grid.beat] = said
    return marks


def _last_five_marks(coach: Coach, bout: Bout, grid: timing.BeatGrid) -> Marks:
    """'Go', and the last five reps counted down, on a beat that has room for them."""
    marks: Marks = {0: go_words(coach)}
    step = max(1, -(-SHORTEST_COUNT // grid.beat))
    for left in range(min(LAST_FIVE, grid.count), 0, -1):
        if (left - 1) % step == 0:
            place = grid.count - left + 1
            side = _side_of_rep(bout, place)
            word = Say(coach.phrases.number(left), "count", left, side, source="count")
            marks[grid.offset + (place - 1) * grid.beat] = (word,)
    return marks


def _ticks(coach: Coach, bout: Bout, grid: timing.BeatGrid, highest: int) -> tuple[SoundCue, ...]:
    """A tick on every rep, as asked for, and where not every number is spoken."""
    unheard = coach.how.tick is None and _is_too_quick(grid.beat, highest)
    if not coach.ticks and not unheard:
        return ()
    return tuple(
        SoundCue(n * grid.beat, "tick", _side_of_rep(bout, n + 1)) for n in range(grid.count)
    )


def _is_too_quick(beat: Ms, highest: int) -> bool:
    """Whether the numbers of a set do not fit their beat: then each fifth and the last are said."""
    return beat < SHORTEST_COUNT or (highest > LONG_NUMBERS and beat < SHORTEST_LONG_COUNT)


def _is_fifth(said: tuple[Say, ...], place: int, places: int) -> bool:
    """Whether a number is one of those said on a quick beat; of two sides, that of the second."""
    (count,) = said
    second = count.side is None or place % 2 == 0
    return place == places or (second and (count.number or 0) % 5 == 0)


def _count_grid(coach: Coach, bout: Bout, highest: int) -> timing.BeatGrid:
    """The grid of a bout, its numbers moved so that none is too near to GO or outlasts the span.

    All of them move, so that the beat stays. The first one waits for a second after GO where a rep
    lasts two or more, and in quicker work until GO is over. The last one begins never more than
    `COUNT_LEAD` before the end, and is not moved where the ruler is only a little above the room:
    voices are mostly below it.
    """
    grid = timing.beat_grid(bout.exercise, bout.prescription, coach.how)
    earliest = FIRST_NUMBER if grid.beat >= SLOW_REP else GO_TONE
    if grid.offset < earliest and grid.count:
        room = grid.last - coach.lasts([coach.number(highest, "count")])
        grid = replace(grid, offset=max(grid.offset, min(earliest, room)))
    needed = coach.lasts(_count_words(coach, bout, highest, grid.count, grid.count, brief=True))
    if needed * RULER_PERCENT <= (grid.last - grid.offset) * 100:
        return grid
    latest = grid.last - min(needed, timing.COUNT_LEAD)
    return replace(grid, offset=max(0, min(grid.offset, latest)))


def _side_of_rep(bout: Bout, place: int) -> Side | None:
    """Whose turn the rep at `place` (from 1) is, where sides alternate."""
    sides = bout.prescription.sides
    if sides.order != "alternating":
        return None
    return sides.first if place % 2 else opposite_side(sides.first)


def _needs_brief_numbers(coach: Coach, highest: int, beat: Ms) -> bool:
    """Whether a number above twenty does not fit between two counts: 'sechsundzwanzig' in 1 s."""
    above = range(21, highest + 1) if coach.how.count != "off" else ()
    return any(coach.lasts([coach.number(n, "count")]) > beat for n in above)


def _count_words(
    coach: Coach, bout: Bout, highest: int, place: int, places: int, brief: bool
) -> tuple[Say, ...]:
    """The number of the rep or step at `place` of `places`, in full or brief; per side."""
    if coach.how.count == "off":
        return ()
    side = _side_of_rep(bout, place)
    done = place if side is None else (place + 1) // 2
    if side is None or not bout.prescription.sides.in_all:
        most = highest
    else:
        most = (places + (side == bout.prescription.sides.first)) // 2
    number = done if coach.how.count == "up" else most + 1 - done
    short = coach.phrases.brief_number(number)
    text = short if brief else coach.phrases.number(number)
    if side == bout.prescription.sides.first and place < places:
        # The number follows on the other side.
        return (Say(coach.phrases.part(f"side.{side}"), "count", number, side, source="count"),)
    # After the last number the set ends, and there is less room than between two.
    shorter = (short,) if place == places and short != text else ()
    return (Say(text, "count", number, side, shorter, source="count"),)


def _cues_between_counts(
    coach: Coach, bout: Bout, amount: Reps | Steps, grid: timing.BeatGrid
) -> dict[int, Say]:
    """What is said after which beat (from 1): the finisher's warning, how much is left, cues."""
    said: dict[int, Say] = {}
    per_rep = grid.count // amount.high
    if coach.talks and amount.low < amount.high:
        said[amount.low * per_rep] = _bonus_cue(coach, bout, amount, grid.beat)
    elif coach.talks and _has_last_three(coach, amount, grid):
        room = _room_behind_number(coach, bout, amount, grid.beat)
        last_three = coach.vary("last_three", "motivate", yields=AGAIN, room=room)
        said[(amount.high - 3) * per_rep] = last_three
    if bout.pulses and grid.count > 1:
        shorter = ("hold_next.short", "hold_next.shortest")
        said[grid.count - 1] = coach.say("hold_next", "form", short=shorter)
    _add_cues_between_counts(coach, bout, amount, grid, said)
    return said


def _add_cues_between_counts(
    coach: Coach, bout: Bout, amount: Reps | Steps, grid: timing.BeatGrid, said: dict[int, Say]
) -> None:
    """Free cues after beats that have room for them, `FREE_CUE_EVERY` apart from all others."""
    free = FreeCues(coach, bout)
    apart = max(FREE_CUE_EVERY, grid.lasts // CUES_IN_WORK) * _sparseness_percent(bout) // 100
    gap = -(-apart // grid.beat)
    sparse = coach.how.count in ("off", "last5") or _is_too_quick(grid.beat, amount.high)

    room = _room_behind_number(coach, bout, amount, grid.beat)

    def fits(say: Say) -> bool:
        """Whether a cue has room between two numbers; where not all are spoken, it has."""
        return sparse or coach.lasts([say]) <= room

    least = -(-FREE_CUE_EVERY // grid.beat)
    place = least
    while place <= grid.count - 2:
        near = [taken for taken in said if abs(place - taken) < least]
        if not near and (cue := free.take(100 * place // grid.count, fits)):
            said[place] = cue
            place += gap
        else:
            place += 1


def _has_last_three(coach: Coach, amount: Reps | Steps, grid: timing.BeatGrid) -> bool:
    """Whether 'last three' is said: not on a beat that has no time for it."""
    long = amount.high >= LAST_THREE_FROM and coach.how.count != "down"
    return long and not _is_too_quick(grid.beat, amount.high)


def _room_behind_number(coach: Coach, bout: Bout, amount: Reps | Steps, beat: Ms) -> Ms:
    """Room for words between a number, or the side that is called in place of it, and the next."""
    before = [coach.number(min(amount.high, 20), "count")]
    if bout.prescription.sides.order == "alternating":
        before += [Say(coach.phrases.part(f"side.{side}"), "count") for side in get_args(Side)]
    return beat - max(coach.lasts([one]) for one in before) - 2 * BETWEEN


def _bonus_cue(coach: Coach, bout: Bout, amount: Reps | Steps, beat: Ms) -> Say:
    noun = "reps" if isinstance(amount, Reps) else "steps"
    number = coach.phrases.counted(amount.high - amount.low, noun)
    room = _room_behind_number(coach, bout, amount, beat)
    short = ("bonus.short",)
    return coach.vary("bonus", "motivate", short=short, yields=AGAIN, room=room, n=number)


# -- timed work ----------------------------------------------------------------------------------


def _compile_timed(coach: Coach, bout: Bout, amount: Hold | Timed, moment: Moment) -> Passage:
    lasts = amount.high
    marks: Marks = {0: go_words(coach)}
    if isinstance(amount, Hold) or lasts >= COUNT_DOWN_FROM:
        mark_last_three(coach, lasts, marks)
    half = lasts // 2 if lasts >= HALF_FROM and not coach.calm else None
    if half:
        marks[half] = _half_way_words(coach)
    _mark_ten_seconds(coach, lasts, marks)
    if coach.calm and coach.talks and lasts >= COUNT_DOWN_FROM:
        last = coach.vary("calm.last", "form", yields=AGAIN)
        add_mark(marks, lasts - CALM_LAST_BREATH, last, MARKS_APART)
    if coach.explains and moment.half_in_work is not None:
        minutes = coach.phrases.about_minutes(moment.half_left)
        told = coach.say("half_workout", "halfway", yields=AGAIN, minutes=minutes)
        latest = lasts - NOTICE_KEPT
        for at in range(moment.half_in_work, latest, SECOND):
            if all(abs(at - taken) >= CUE_APART for taken in marks):
                marks[at] = (told,)
                break
    _mark_minutes_left(coach, lasts, marks)
    if amount.low < amount.high and coach.talks:
        bonus = _bonus_seconds_cue(coach, (amount.high - amount.low) // SECOND)
        add_mark(marks, amount.low, bonus, MARKS_APART)
    _add_free_cues(coach, bout, lasts, marks)
    sound_cues = _half_bell(coach, half, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), sound_cues, None)


def _mark_minutes_left(coach: Coach, lasts: Ms, marks: Marks) -> None:
    """The minutes that are left of long work: each, or of very long work each fifth and the last.

    Not near to half way, which says as much.
    """
    if lasts < LEFT_FROM or not coach.talks or coach.calm:
        return
    for minutes in range(1, -(-lasts // MINUTE)):
        if lasts <= EVERY_MINUTE_TO or minutes % 5 == 0 or minutes in (1, 3):
            left = coach.phrases.many("minutes", minutes)
            say = coach.say("left", "announce", yields=AGAIN, duration=left)
            add_mark(marks, lasts - minutes * MINUTE, say, HALF_APART)


def _add_free_cues(coach: Coach, bout: Bout, lasts: Ms, marks: Marks) -> None:
    """Free cues in timed work: the longer it is, the further apart."""
    free = FreeCues(coach, bout)
    apart = max(FREE_CUE_EVERY, min(lasts // CUES_IN_WORK, LONG_CUE_EVERY))
    apart = apart * (2 if coach.calm else 1) * _sparseness_percent(bout) // 100
    at = FIRST_CUE if lasts < LATE_FROM else FIRST_CUE_LATE
    while at <= lasts - CUE_APART:
        if all(abs(at - taken) >= CUE_APART for taken in marks):
            cue = free.take(100 * at // lasts)
            if cue is not None:
                marks[at] = (cue,)
                at += apart
                continue
        at += SECOND


def _sparseness_percent(bout: Bout) -> int:
    """How far apart the cues of a set are (%): further once the first set is done."""
    later = bout.set > 1 or (bout.round or 1) > 1 or any(turn.round > 1 for turn in bout.turns)
    return LATER_CUES_PERCENT if later else 100


def _bonus_seconds_cue(coach: Coach, more: int) -> Say:
    number = coach.phrases.counted(more, "seconds")
    key = coach.phrases.form("bonus.seconds", more)
    return coach.say(key, "motivate", short=("bonus.seconds.short",), yields=AGAIN, n=number)


def _half_bell(coach: Coach, half: Ms | None, marks: Marks) -> tuple[SoundCue, ...]:
    """The tones of half time, unless something else is said there."""
    return (SoundCue(half, "half"),) if half in marks and half and coach.how.beeps else ()


def half_tone(coach: Coach) -> tuple[Gap, ...]:
    """Room for the half-way tones before words; none where they are not played."""
    return (Gap(HALF_TONE),) if coach.how.beeps else ()


def _half_way_words(coach: Coach) -> tuple[Say | Gap, ...]:
    return (*half_tone(coach), coach.vary("half", "halfway")) if coach.talks else ()


def _mark_ten_seconds(coach: Coach, lasts: Ms, marks: Marks) -> None:
    if coach.talks and lasts >= TEN_SECONDS_FROM and not coach.calm:
        marks[lasts - 10 * SECOND] = (coach.say("ten_seconds", "countdown"),)


def mark_last_three(coach: Coach, lasts: Ms, marks: Marks) -> None:
    """Count the last three seconds down, unless the mood is calm."""
    if coach.calm:
        return
    for n in (3, 2, 1):
        if lasts > n * SECOND:
            marks[lasts - n * SECOND] = (coach.number(n, "countdown"),)


def add_mark(marks: Marks, at: Ms, cue: Say, apart: Ms) -> None:
    """Add a cue that may be left out: only where nothing else is said near it."""
    if at > 0 and all(abs(at - taken) >= apart for taken in marks):
        marks[at] = (cue,)


def slots_between(marks: Marks, lasts: Ms) -> list[Slot]:
    """Slots from mark to mark; words keep their distance from the next mark."""
    starts = sorted(marks)
    ends = [*starts[1:], lasts]
    return [
        Slot(end - start, tuple(_keep_distance(item) for item in marks[start]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _keep_distance(item: Say | Gap) -> Say | Gap:
    """Words keep their distance from the next mark; numbers have a second to themselves."""
    return item if isinstance(item, Gap) or item.number else item._replace(after=BETWEEN)


# -- open work -----------------------------------------------------------------------------------


def _plan_open_work(coach: Coach, bout: Bout, amount: Open) -> Passage:
    """A window of fixed length in which the listener ends the work.

    Nothing ticks and nobody counts, but the reps that are to be done at least. What is said: whose
    pace it is, half of it, the last half minute, the last ten seconds, three, two, one.
    """
    lasts = amount.window
    marks: Marks = {0: go_words(coach)}
    ticks: tuple[SoundCue, ...] = ()
    number = None
    theirs = 0
    if amount.at_least:
        grid = _count_grid(coach, bout, amount.at_least)
        all_fit = grid.count == timing.counted_in(bout.prescription)
        highest = amount.at_least if all_fit else grid.count
        marks = _count_marks(coach, bout, grid, highest)
        ticks = _ticks(coach, bout, grid, highest)
        number, theirs = grid.count or None, grid.lasts
    if lasts - theirs > 3 * SECOND:
        mark_last_three(coach, lasts, marks)
    half = None
    if coach.talks:
        tone = () if amount.at_least else _after_tone(coach)
        marks[theirs] = (*marks.get(theirs, ()), *tone, _yours(coach, bout, amount))
        add_mark(marks, lasts - TEN_SECONDS, _last_ten(coach, amount), MARKS_APART)
        half = _mark_half(coach, bout, amount, marks)
        add_mark(marks, lasts - HALF_MINUTE, coach.say("half_minute", "countdown"), FREE_CUE_EVERY)
    _add_free_cues(coach, bout, lasts, marks)
    sound_cues = _half_bell(coach, half, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), (*ticks, *sound_cues), number)


def _mark_half(coach: Coach, bout: Bout, amount: Open, marks: Marks) -> Ms | None:
    """Say when half is done or half of the time is over; at half a minute before the end, that."""
    half = _half_of(bout, amount)
    if amount.window < TEN_SECONDS_FROM or any(abs(half - at) < MARKS_APART for at in marks):
        return None
    if abs(half - (amount.window - HALF_MINUTE)) < MARKS_APART:
        key = "half_minute"
    else:
        paced = any(effort.kind == "pace" for effort in bout.prescription.effort)
        key = "about_half" if amount.distance and not paced else "half"
    said = coach.vary(key, "halfway") if key == "half" else coach.say(key, "halfway")
    marks[half] = (*half_tone(coach), said)
    return half


def _half_of(bout: Bout, amount: Open) -> Ms:
    """When half is done: of a distance as estimated, of the others half of the window."""
    whole = amount.window
    if amount.distance:
        whole = min(whole, timing.distance_lasts(amount.distance, bout.exercise, bout.prescription))
    return round_to(whole / 2, SECOND)


def _last_ten(coach: Coach, amount: Open) -> Say:
    timed = amount.distance or amount.calories
    return coach.say("ten_seconds" if timed else "last_ones", "countdown")


def _yours(coach: Coach, bout: Bout, amount: Open) -> Say:
    """What is to be done, and that it is the listener's."""
    told = coach.bare_amount(bout)
    if amount.at_least:
        return coach.say("open.more.go", "announce", yields=AGAIN)
    if amount.total:
        key = "open.total.go"
    else:
        key = "open.go" if amount.distance or amount.calories else "open.max.go"
    return coach.say(key, "announce", short=("open.go",), yields=AGAIN, amount=told)


# -- breaths -------------------------------------------------------------------------------------


def _breaths(coach: Coach, bout: Bout, amount: Breaths) -> Passage:
    """Breaths in peace, or each phase of them called at its beginning."""
    each = amount.phases.lasts if amount.phases else amount.every
    lasts = amount.high * each
    last = lasts - each
    marks: Marks = {0: go_words(coach)}
    if amount.phases:
        for breath in range(amount.high):
            for at, word in _list_breath_phases(amount.phases):
                marks[breath * each + at] = (coach.say(f"breath.{word}", "announce"),)
        # The first one is called as the tone of GO ends.
        marks[0] = (*_after_tone(coach), *marks[0])
        before = max((at for at in marks if at < last), default=0)
        if coach.talks and before:
            marks[before] += (coach.say("last_breath", "motivate", yields=AGAIN),)
    else:
        if coach.talks and amount.high > 2:
            add_mark(marks, last, coach.say("last_breath", "countdown"), MARKS_APART)
        _add_free_cues(coach, bout, lasts, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), (), None)


def _list_breath_phases(phases: BreathPhases) -> Iterator[tuple[Ms, str]]:
    """When each phase of a breath begins, and what it is called; one of no length is left out."""
    at = 0
    for lasts, word in zip(phases, ("in", "hold", "out", "hold"), strict=True):
        if lasts:
            yield at, word
        at += lasts


# -- carries -------------------------------------------------------------------------------------


def _compile_carry(coach: Coach, bout: Bout, amount: Carry) -> Passage:
    """Every way is a leg; between two legs one turns round. Half way is the middle turn."""
    turn = bout.exercise.turn
    legs = timing.carry_ways(amount, bout.exercise, coach.how.space)
    marks: Marks = {0: go_words(coach)}
    turns = [sum(legs[: n + 1]) + n * turn for n in range(len(legs) - 1)]
    lasts = sum(legs) + len(turns) * turn
    half = turns[len(turns) // 2] if turns else lasts // 2 if lasts >= HALF_FROM else None
    for at in turns:
        tone = half_tone(coach) if at == half else ()
        marks[at] = (*tone, coach.say("turn", "halfway"))
    if half and not turns:
        marks[half] = _half_way_words(coach)
    if lasts >= COUNT_DOWN_FROM:
        mark_last_three(coach, lasts, marks)
    if lasts >= TEN_SECONDS_FROM and all(abs(lasts - 10 * SECOND - at) >= turn for at in turns):
        _mark_ten_seconds(coach, lasts, marks)
    _add_free_cues(coach, bout, lasts, marks)
    sound_cues = _half_bell(coach, half, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), sound_cues, None)


# -- pulses --------------------------------------------------------------------------------------


def compile_pulses(coach: Coach, bout: Bout) -> Passage | None:
    """The pulses at the top of the last rep and the way down; None without a finisher."""
    finisher = bout.prescription.finisher
    if finisher is None:
        return None
    n, every = finisher.pulses, finisher.every
    slots = _pulse_slots(coach, n, every)
    if lowering := timing.lowering_time(bout.prescription, coach.how):
        slots.append(Slot(lowering, _lowering_words(coach, slots[-1]) if coach.talks else ()))
    sound_cues = tuple(SoundCue(k * every, "pulse") for k in range(n))
    return Passage("pulses", tuple(slots), sound_cues, coach.context(bout), count=n)


def _lowering_words(coach: Coach, before: Slot) -> tuple[Say | Gap, ...]:
    """The way down: said at once, or a breath after a number that leaves no room for one."""
    spoken = coach.lasts(before.items)
    late = max(0, spoken + BETWEEN - before.lasts) if spoken else 0
    return (Gap(late), coach.say("lower", "form", yields=FORM))


def _pulse_slots(coach: Coach, n: int, every: Ms) -> list[Slot]:
    """A slot from one spoken number to the next: every pulse's, or every fifth's on a fast beat."""
    all_fit = (n <= 10 and every >= 600) or (n <= 20 and every >= 800)
    number_of = {k: k if coach.how.count == "up" else n + 1 - k for k in range(1, n + 1)}
    if coach.how.count == "off":
        spoken = []
    else:
        spoken = [k for k, number in number_of.items() if all_fit or number % 5 == 0]
    starts = sorted({1, *spoken})
    ends = [*starts[1:], n + 1]
    return [
        Slot(
            (end - start) * every,
            (coach.number(number_of[start], "pulse"),) if start in spoken else (),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


# -- common --------------------------------------------------------------------------------------


def go_words(coach: Coach) -> tuple[Say | Gap, ...]:
    """'Go', spoken where no tone says it."""
    return () if coach.how.beeps else (coach.say("go", "countdown", yields=AGAIN),)


def work_passage(
    coach: Coach, bout: Bout, slots: list[Slot], sound_cues: tuple[SoundCue, ...], count: int | None
) -> Passage:
    """The span of a bout from these slots, with GO at its start."""
    go = (SoundCue(0, "go"),) if coach.how.beeps else ()
    mode = MODE_OF[type(bout.prescription.amount)]
    return Passage("work", tuple(slots), (*go, *sound_cues), coach.context(bout), mode, count)
