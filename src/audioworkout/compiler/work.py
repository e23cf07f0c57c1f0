"""Passages of work: one function for each kind of amount."""

from __future__ import annotations

from collections.abc import Iterator

from audioworkout.compiler import timing
from audioworkout.compiler.arc import NO_MOMENT, Moment
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, Coach
from audioworkout.compiler.counted_work import compile_counted
from audioworkout.compiler.marks import (
    COUNT_DOWN_FROM,
    HALF_FROM,
    MARKS_APART,
    TEN_SECONDS_FROM,
    Marks,
    add_free_cues,
    add_mark,
    after_go,
    go_words,
    half_bell,
    half_tone,
    half_way_words,
    mark_last_three,
    mark_ten_seconds,
    slots_between,
    work_passage,
)
from audioworkout.compiler.timed_work import compile_open, compile_timed
from audioworkout.model.exercise import BreathPhases, Breaths, Carry, Hold, Open, Reps, Steps, Timed
from audioworkout.model.script import Passage
from audioworkout.units import SECOND, Ms

HALF_FROM_BREATHS = 6
"""Half way is told of so many breaths or more, as the middle one begins."""


def compile_work(coach: Coach, bout: Bout, moment: Moment = NO_MOMENT) -> Passage:
    """One set on one side, from GO to its end; `moment` is its place in the workout."""
    match bout.prescription.amount:
        case Reps() | Steps() as amount:
            return compile_counted(coach, bout, amount)
        case Hold() | Timed() as amount:
            return compile_timed(coach, bout, amount, moment)
        case Carry() as amount:
            return _compile_carry(coach, bout, amount)
        case Open() as amount:
            return compile_open(coach, bout, amount)
        case Breaths() as amount:
            return _compile_breaths(coach, bout, amount)


# -- breaths -------------------------------------------------------------------------------------


def _compile_breaths(coach: Coach, bout: Bout, amount: Breaths) -> Passage:
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
        marks[0] = (*after_go(coach), *marks[0])
        before = max((at for at in marks if at < last), default=0)
        if coach.talks and before:
            marks[before] += (coach.say("last_breath", "motivate", yields=AGAIN),)
            if amount.high >= HALF_FROM_BREATHS:
                middle = max(at for at in marks if at < amount.high // 2 * each)
                marks[middle] += (coach.say("half", "halfway", yields=AGAIN),)
    else:
        if coach.talks and amount.high > 2:
            add_mark(marks, last, coach.say("last_breath", "countdown"), MARKS_APART)
        add_free_cues(coach, bout, lasts, marks)
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
    """A carry: between two ways one turns round; half way is the middle turn."""
    turn = bout.exercise.turn
    ways = timing.carry_ways(amount, bout.exercise, coach.how.space)
    marks: Marks = {0: go_words(coach)}
    turns = [sum(ways[: n + 1]) + n * turn for n in range(len(ways) - 1)]
    lasts = sum(ways) + len(turns) * turn
    half = turns[len(turns) // 2] if turns else lasts // 2 if lasts >= HALF_FROM else None
    for at in turns:
        tone = half_tone(coach) if at == half else ()
        marks[at] = (*tone, coach.say("turn", "halfway"))
    if half and not turns:
        marks[half] = half_way_words(coach)
    if lasts >= COUNT_DOWN_FROM:
        mark_last_three(coach, lasts, marks)
    if lasts >= TEN_SECONDS_FROM and all(abs(lasts - 10 * SECOND - at) >= turn for at in turns):
        mark_ten_seconds(coach, lasts, marks)
    add_free_cues(coach, bout, lasts, marks)
    sound_cues = half_bell(coach, half, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), sound_cues, None)
