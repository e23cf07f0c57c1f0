"""Work by the clock: holds, timed work, and open work, which ends when the listener is done."""

from __future__ import annotations

from audioworkout.compiler import timing
from audioworkout.compiler.arc import Moment
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, Coach
from audioworkout.compiler.counted_work import count_grid, count_marks, rep_ticks
from audioworkout.compiler.marks import (
    COUNT_DOWN_FROM,
    CUE_APART,
    HALF_FROM,
    HALF_MINUTE,
    MARKS_APART,
    TEN_SECONDS,
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
from audioworkout.compiler.rules import EVERY_MINUTE_TO, FREE_CUE_EVERY, LEFT_FROM
from audioworkout.model.exercise import Hold, Open, Timed
from audioworkout.model.script import Passage, Say, SoundCue
from audioworkout.units import MINUTE, SECOND, Ms, round_to

CALM_LAST_BREATH: Ms = 6 * SECOND
"""In calm holds the last breath is announced so long before the end, in place of a countdown."""
NOTICE_KEPT: Ms = 20 * SECOND
"""The last seconds of work are kept for what comes next."""
HALF_APART: Ms = 15 * SECOND
"""The minutes left are told no nearer to half way than this."""


def compile_timed(coach: Coach, bout: Bout, amount: Hold | Timed, moment: Moment) -> Passage:
    """A hold or timed work: half way, the minutes left, ten seconds, three, two, one, and cues."""
    lasts = amount.high
    marks: Marks = {0: go_words(coach)}
    if isinstance(amount, Hold) or lasts >= COUNT_DOWN_FROM:
        mark_last_three(coach, lasts, marks)
    half = lasts // 2 if lasts >= HALF_FROM and not coach.calm else None
    if half:
        marks[half] = half_way_words(coach)
    mark_ten_seconds(coach, lasts, marks)
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
    add_free_cues(coach, bout, lasts, marks)
    sound_cues = half_bell(coach, half, marks)
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


def _bonus_seconds_cue(coach: Coach, more: int) -> Say:
    number = coach.phrases.counted(more, "seconds")
    key = coach.phrases.form("bonus.seconds", more)
    return coach.say(key, "motivate", short=("bonus.seconds.short",), yields=AGAIN, n=number)


# -- open work -----------------------------------------------------------------------------------


def compile_open(coach: Coach, bout: Bout, amount: Open) -> Passage:
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
        grid = count_grid(coach, bout, amount.at_least)
        all_fit = grid.count == timing.counted_in(bout.prescription)
        highest = amount.at_least if all_fit else grid.count
        marks = count_marks(coach, bout, grid, highest)
        ticks = rep_ticks(coach, bout, grid, highest)
        number, theirs = grid.count or None, grid.lasts
    if lasts - theirs > 3 * SECOND:
        mark_last_three(coach, lasts, marks)
    half = None
    if coach.talks:
        tone = () if amount.at_least else after_go(coach)
        marks[theirs] = (*marks.get(theirs, ()), *tone, _yours(coach, bout, amount))
        add_mark(marks, lasts - TEN_SECONDS, _last_ten(coach, amount), MARKS_APART)
        half = _mark_half(coach, bout, amount, marks)
        add_mark(marks, lasts - HALF_MINUTE, coach.say("half_minute", "countdown"), FREE_CUE_EVERY)
    add_free_cues(coach, bout, lasts, marks)
    sound_cues = half_bell(coach, half, marks)
    return work_passage(coach, bout, slots_between(marks, lasts), (*ticks, *sound_cues), number)


def _mark_half(coach: Coach, bout: Bout, amount: Open, marks: Marks) -> Ms | None:
    """Mark half of the work or of its time; half a minute before the end, say that instead."""
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
    """When half is over: of a distance as estimated, else half of the window."""
    whole = amount.window
    if amount.distance:
        whole = min(whole, timing.distance_lasts(amount.distance, bout.exercise, bout.prescription))
    return round_to(whole / 2, SECOND)


def _last_ten(coach: Coach, amount: Open) -> Say:
    timed = amount.distance or amount.calories
    return coach.say("ten_seconds" if timed else "last_ones", "countdown")


def _yours(coach: Coach, bout: Bout, amount: Open) -> Say:
    """What is to be done, and that the listener sets the pace."""
    told = coach.bare_amount(bout)
    if amount.at_least:
        return coach.say("open.more.go", "announce", yields=AGAIN)
    if amount.total:
        key = "open.total.go"
    else:
        key = "open.go" if amount.distance or amount.calories else "open.max.go"
    return coach.say(key, "announce", short=("open.go",), yields=AGAIN, amount=told)
