"""Passages of work: reps, steps, holds, timed work, carries, and the pulses that finish them.

A number stands at the start of its slot and the slot runs to the next number, so that a cue
between two numbers has all the room there is and can never touch either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle

from audioworkout.compiler import timing
from audioworkout.compiler.coach import (
    AGAIN,
    FORM,
    FREE_CUE_EVERY,
    MOTIVATE,
    Coach,
    make_cues,
    rotate,
)
from audioworkout.compiler.plan import Bout
from audioworkout.model.exercise import (
    MID_SET_WORDS,
    MODE_OF,
    Carry,
    Hold,
    Reps,
    Side,
    Steps,
    Timed,
    opposite_side,
)
from audioworkout.model.script import BETWEEN, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

LAST_THREE_FROM = 8
"""'Last three' is said in sets of so many reps or more."""

RULER_PERCENT = 90
"""Of the ruler's length of a number, voices take less in all but a few cases."""

HALF_FROM: Ms = 20 * SECOND
TEN_SECONDS_FROM: Ms = 30 * SECOND
HALF_TONE: Ms = 300
"""Length of the half-way tones; the words follow them."""

LONG_CUE_EVERY: Ms = 30 * SECOND
"""In long timed work a free cue comes this often."""

MARKS_APART: Ms = 3 * SECOND
"""Marks of timed work closer than this are one too many."""

Marks = dict[Ms, tuple[Say | Gap, ...]]


def compile_work(coach: Coach, bout: Bout) -> Passage:
    """One set on one side, from GO to its end."""
    match bout.prescription.amount:
        case Reps() | Steps() as amount:
            return _compile_counted(coach, bout, amount)
        case Hold() | Timed() as amount:
            return _compile_timed(coach, bout, amount)
        case Carry() as amount:
            return _compile_carry(coach, bout, amount)


# -- reps and steps ------------------------------------------------------------------------------


def _compile_counted(coach: Coach, bout: Bout, amount: Reps | Steps) -> Passage:
    grid = _count_grid(coach, bout, amount)
    between = _cues_between_counts(coach, bout, amount, grid)
    brief = _needs_brief_numbers(coach, amount.high, grid.beat)
    slots = [Slot(grid.offset, _go_words(coach))]
    for place in range(1, grid.count + 1):
        said = _count_words(coach, bout, amount, place, brief)
        if cue := between.get(place):
            said += (cue._replace(after=BETWEEN),)
        whole = grid.beat if place < grid.count else grid.last - grid.offset
        slots.append(Slot(whole, said))
    ticks = tuple(
        SoundCue(place * grid.beat, "tick", _side_of_rep(bout, place + 1))
        for place in range(grid.count)
    )
    return _work_passage(coach, bout, slots, ticks if coach.ticks else (), grid.count)


def _count_grid(coach: Coach, bout: Bout, amount: Reps | Steps) -> timing.BeatGrid:
    """The grid of a bout, its numbers earlier where the last one would outlast the span.

    All of them move, so that the beat stays; never to more than `COUNT_LEAD` before the end, and
    not at all where the ruler is only a little above the room: voices are mostly below it.
    """
    grid = timing.beat_grid(bout.exercise, bout.prescription, coach.how)
    needed = coach.lasts(_count_words(coach, bout, amount, grid.count, brief=True))
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
    coach: Coach, bout: Bout, amount: Reps | Steps, place: int, brief: bool
) -> tuple[Say | Gap, ...]:
    """The number of a rep or step, in full or brief."""
    if coach.how.count == "off":
        return ()
    side = _side_of_rep(bout, place)
    done = place if side is None else (place + 1) // 2
    number = done if coach.how.count == "up" else amount.high + 1 - done
    short = coach.phrases.brief_number(number)
    text = short if brief else coach.phrases.number(number)
    # After the last number the set ends, and there is less room than between two.
    shorter = (short,) if done == amount.high and short != text else ()
    return (Say(text, "count", number, side, shorter),)


def _cues_between_counts(
    coach: Coach, bout: Bout, amount: Reps | Steps, grid: timing.BeatGrid
) -> dict[int, Say]:
    """What is said after which beat (from 1): the finisher's warning, how much is left, cues."""
    said: dict[int, Say] = {}
    per_rep = 2 if bout.prescription.sides.order == "alternating" else 1
    if coach.talks and amount.low < amount.high:
        said[amount.low * per_rep] = _bonus_cue(coach, amount)
    elif coach.talks and amount.high >= LAST_THREE_FROM and coach.how.count != "down":
        said[(amount.high - 3) * per_rep] = coach.say("last_three", "motivate", yields=AGAIN)
    if bout.pulses and grid.count > 1:
        shorter = ("hold_next.short", "hold_next.shortest")
        said[grid.count - 1] = coach.say("hold_next", "form", short=shorter)
    last_free = grid.count - 2
    gap = -(-FREE_CUE_EVERY // grid.beat)
    place = gap
    for cue in _free_cues(coach, bout):
        while place <= last_free and any(abs(place - taken) < gap for taken in said):
            place += 1
        if place > last_free:
            break
        said[place] = cue
    return said


def _bonus_cue(coach: Coach, amount: Reps | Steps) -> Say:
    noun = "reps" if isinstance(amount, Reps) else "steps"
    number = coach.phrases.counted(amount.high - amount.low, noun)
    return coach.say("bonus", "motivate", short=("bonus.short",), yields=AGAIN, n=number)


def _free_cues(coach: Coach, bout: Bout) -> list[Say]:
    """Lines for within this set: form first, motivation in the last set and on the second side."""
    if not coach.explains:
        return []
    words = bout.exercise.cues
    turn = bout.set - 1 + (bout.round or 1) - 1
    # The first of each was said in the pause before.
    form = make_cues(rotate(words.form, turn)[1:], "form", FORM)
    motivate = make_cues(rotate(words.motivate, (bout.round or 1) - 1), "motivate", MOTIVATE)
    if bout.side not in (None, bout.prescription.sides.first):
        chosen = motivate
    elif bout.sets == 1:
        chosen = form if bout.side else form + motivate
    else:
        chosen = motivate[1:] if bout.set == bout.sets else form
    return [cue for cue in chosen if len(cue.text.split()) <= MID_SET_WORDS]


# -- timed work ----------------------------------------------------------------------------------


def _compile_timed(coach: Coach, bout: Bout, amount: Hold | Timed) -> Passage:
    lasts = amount.high
    marks: Marks = {0: _go_words(coach)}
    if isinstance(amount, Hold):
        for n in (3, 2, 1):
            if lasts > n * SECOND:
                marks[lasts - n * SECOND] = (coach.number(n, "countdown"),)
    half = lasts // 2 if lasts >= HALF_FROM else None
    if half:
        marks[half] = _half_way_words(coach)
    _mark_ten_seconds(coach, lasts, marks)
    if amount.low < amount.high and coach.talks:
        bonus = _bonus_seconds_cue(coach, (amount.high - amount.low) // SECOND)
        _add_mark(marks, amount.low, bonus, MARKS_APART)
    _add_free_cues(coach, bout, lasts, marks)
    sound_cues = (SoundCue(half, "half"),) if half and coach.how.beeps else ()
    return _work_passage(coach, bout, _slots_between_marks(marks, lasts), sound_cues, None)


def _add_free_cues(coach: Coach, bout: Bout, lasts: Ms, marks: Marks) -> None:
    """Free cues at the quarters of short work; over and over, half a minute apart, in long work."""
    said: Iterable[Say] = _free_cues(coach, bout)
    places = [lasts // 4, lasts * 3 // 4][: 2 if lasts >= 2 * FREE_CUE_EVERY else 1]
    if lasts > 4 * LONG_CUE_EVERY:
        places = list(range(LONG_CUE_EVERY // 2, lasts, LONG_CUE_EVERY))
        said = cycle(said)
    for at, cue in zip(places, said, strict=False):
        _add_mark(marks, at, cue, FREE_CUE_EVERY // 2)


def _bonus_seconds_cue(coach: Coach, more: int) -> Say:
    number = coach.phrases.counted(more, "seconds")
    key = coach.phrases.form("bonus.seconds", more)
    return coach.say(key, "motivate", short=("bonus.seconds.short",), yields=AGAIN, n=number)


def _half_way_words(coach: Coach) -> tuple[Say | Gap, ...]:
    return (Gap(HALF_TONE), coach.say("half", "halfway")) if coach.talks else ()


def _mark_ten_seconds(coach: Coach, lasts: Ms, marks: Marks) -> None:
    if coach.talks and lasts >= TEN_SECONDS_FROM:
        marks[lasts - 10 * SECOND] = (coach.say("ten_seconds", "countdown"),)


def _add_mark(marks: Marks, at: Ms, cue: Say, apart: Ms) -> None:
    """Add a cue that may be left out: only where nothing else is said near it."""
    if all(abs(at - taken) >= apart for taken in marks):
        marks[at] = (cue,)


def _slots_between_marks(marks: Marks, lasts: Ms) -> list[Slot]:
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


# -- carries -------------------------------------------------------------------------------------


def _compile_carry(coach: Coach, bout: Bout, amount: Carry) -> Passage:
    """Every way is a leg; between two legs one turns round. Half way is the middle turn."""
    turn = bout.exercise.turn
    legs = timing.carry_ways(amount, bout.exercise, coach.how.space)
    marks: Marks = {0: _go_words(coach)}
    turns = [sum(legs[: n + 1]) + n * turn for n in range(len(legs) - 1)]
    lasts = sum(legs) + len(turns) * turn
    half = turns[len(turns) // 2] if turns else lasts // 2 if lasts >= HALF_FROM else None
    for at in turns:
        tone = (Gap(HALF_TONE),) if at == half else ()
        marks[at] = (*tone, coach.say("turn", "halfway"))
    if half and not turns:
        marks[half] = _half_way_words(coach)
    if lasts >= TEN_SECONDS_FROM and all(abs(lasts - 10 * SECOND - at) >= turn for at in turns):
        _mark_ten_seconds(coach, lasts, marks)
    _add_free_cues(coach, bout, lasts, marks)
    sound_cues = (SoundCue(half, "half"),) if half and coach.how.beeps else ()
    return _work_passage(coach, bout, _slots_between_marks(marks, lasts), sound_cues, None)


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


def _go_words(coach: Coach) -> tuple[Say | Gap, ...]:
    """'Go', spoken where no tone says it."""
    return () if coach.how.beeps else (coach.say("go", "countdown", yields=AGAIN),)


def _work_passage(
    coach: Coach, bout: Bout, slots: list[Slot], sound_cues: tuple[SoundCue, ...], count: int | None
) -> Passage:
    go = (SoundCue(0, "go"),) if coach.how.beeps else ()
    mode = MODE_OF[type(bout.prescription.amount)]
    return Passage("work", tuple(slots), (*go, *sound_cues), coach.context(bout), mode, count)
