"""Counted work: reps, steps, and the pulses that finish them.

A number stands at the start of its slot and the slot runs to the next number, so that a cue
between two numbers has all the room there is and can never touch either.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from audioworkout.compiler import timing
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, FORM, REST, Coach
from audioworkout.compiler.cues import FreeCues
from audioworkout.compiler.marks import (
    CUES_IN_WORK,
    GO_TONE,
    Marks,
    go_words,
    slots_between,
    sparseness_percent,
    work_passage,
)
from audioworkout.compiler.rules import FREE_CUE_EVERY
from audioworkout.model.exercise import Reps, Side, Steps, opposite_side
from audioworkout.model.script import BETWEEN, CountShape, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

SHORTEST_COUNT: Ms = SECOND
LONG_NUMBERS = 30
SHORTEST_LONG_COUNT: Ms = 1_200
"""Every rep is counted on a beat of a second or more; with numbers above thirty, of 1.2 s."""

FIRST_NUMBER: Ms = SECOND
SLOW_REP: Ms = 2 * SECOND
"""Where a rep lasts so long or longer, no number begins earlier than `FIRST_NUMBER` after GO."""

LAST_FIVE = 5
"""`--count last5` counts so many reps down."""

FULL_AT_END = 3
"""The last numbers of a set, which are as loud as the first one."""

LAST_THREE_FROM = 8
"""'Last three' is said in sets of so many reps or more."""

RULER_PERCENT = 90
"""Voices nearly always take less than this part of the ruler's length of a number."""


def compile_counted(coach: Coach, bout: Bout, amount: Reps | Steps) -> Passage:
    """One set of reps or steps: a number on each, a tick where there is none, cues between."""
    grid = count_grid(coach, bout, amount.high)
    marks = count_marks(coach, bout, grid, amount.high)
    sparse = _is_too_quick(grid.beat, amount.high)
    for place, cue in _cues_between_counts(coach, bout, amount, grid).items():
        at = grid.offset + (place - 1) * grid.beat
        if sparse and cue.yields >= FORM:
            # Behind the number before it, whose room it would cut short.
            at = max((mark for mark in marks if mark <= at), default=at)
        marks[at] = (*marks.get(at, ()), cue._replace(after=BETWEEN))
    ticks = rep_ticks(coach, bout, grid, amount.high)
    return work_passage(coach, bout, slots_between(marks, grid.lasts), ticks, grid.count)


def count_marks(coach: Coach, bout: Bout, grid: timing.BeatGrid, highest: int) -> Marks:
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
    return marks if sparse else _shape_marks(coach, marks)


def _shape_marks(coach: Coach, marks: Marks) -> Marks:
    """The numbers of a set as a list: the middle ones softer, and only the last one falls.

    A side that is called in place of a number stays as it is.
    """
    if not coach.how.count_shape:
        return marks
    names = {coach.phrases.part(f"side.{side}") for side in get_args(Side)}
    counts = [at for at, said in sorted(marks.items()) if _is_number(said, names)]
    shaped = dict(marks)
    for at, shape in zip(counts, shapes_of(len(counts)), strict=True):
        (say,) = marks[at]
        assert isinstance(say, Say)
        shaped[at] = (say._replace(shape=shape),)
    return shaped


def _is_number(said: tuple[Say | Gap, ...], names: set[str]) -> bool:
    say = said[0] if said else None
    return isinstance(say, Say) and say.number is not None and say.text not in names


def shapes_of(counts: int) -> list[CountShape]:
    """How each of so many numbers is spoken: the first and the last three are not softer.

    >>> shapes_of(6)
    ['listed', 'soft', 'soft', 'listed', 'listed', '']
    """
    full = {0, *range(counts - FULL_AT_END, counts)}
    shapes: list[CountShape] = ["listed" if n in full else "soft" for n in range(counts)]
    return [*shapes[:-1], ""] if shapes else []


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
    return _shape_marks(coach, marks)


def rep_ticks(
    coach: Coach, bout: Bout, grid: timing.BeatGrid, highest: int
) -> tuple[SoundCue, ...]:
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


def count_grid(coach: Coach, bout: Bout, highest: int) -> timing.BeatGrid:
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
    needed += BETWEEN if bout.pulses else 0  # the first pulse is a number too
    if needed * RULER_PERCENT <= (grid.last - grid.offset) * 100:
        return grid
    lead = timing.COUNT_LEAD + (BETWEEN if bout.pulses else 0)
    latest = grid.last - min(needed, lead)
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
    apart = max(FREE_CUE_EVERY, grid.lasts // CUES_IN_WORK) * sparseness_percent(bout) // 100
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
    """The order to lower: at once, or a breath after a number that fills its slot."""
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
    plain: list[CountShape] = [""] * n
    shapes = shapes_of(n) if all_fit and coach.how.count_shape else plain
    starts = sorted({1, *spoken})
    ends = [*starts[1:], n + 1]
    return [
        Slot(
            (end - start) * every,
            (coach.number(number_of[start], "pulse")._replace(shape=shapes[start - 1]),)
            if start in spoken
            else (),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
