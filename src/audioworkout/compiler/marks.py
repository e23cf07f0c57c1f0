"""Marks: what is said at which moment of work, and the slots that lie between them.

A mark is the start of a slot, which runs to the next mark, so that words between two marks have all
the room there is and can never touch either.
"""

from __future__ import annotations

from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, Coach
from audioworkout.compiler.cues import FreeCues
from audioworkout.compiler.rules import FREE_CUE_EVERY, LATER_CUES_PERCENT
from audioworkout.model.exercise import MODE_OF
from audioworkout.model.script import BETWEEN, CountShape, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

GO_TONE: Ms = 450
"""Length of the GO tone; words after it follow it."""
HALF_TONE: Ms = 300
"""Length of the half-way tones; the words follow them."""

COUNT_DOWN_FROM: Ms = 15 * SECOND
"""Timed work and carries of this length or longer end with three, two, one; holds always do."""
HALF_FROM: Ms = 30 * SECOND
TEN_SECONDS: Ms = 10 * SECOND
TEN_SECONDS_FROM: Ms = 30 * SECOND
"""From these lengths on, half way and the last ten seconds are told."""
HALF_MINUTE: Ms = 30 * SECOND

MARKS_APART: Ms = 3 * SECOND
"""Marks of timed work are this far apart at least."""
CUE_APART: Ms = 4 * SECOND
"""A free cue keeps this distance from the marks of timed work."""

FIRST_CUE: Ms = 5 * SECOND
FIRST_CUE_LATE: Ms = 9 * SECOND
LATE_FROM: Ms = 45 * SECOND
"""Free cues begin so long after GO, in work of this length or longer later: it may run on from
other work, and then begins with its name."""
CUES_IN_WORK = 5
LONG_CUE_EVERY: Ms = 30 * SECOND
"""In a set there are about so many free cues at most; in long work one comes this often."""

Marks = dict[Ms, tuple[Say | Gap, ...]]


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


def after_go(coach: Coach) -> tuple[Gap, ...]:
    """Room for the GO tone before words; none where it is not played."""
    return (Gap(GO_TONE),) if coach.how.beeps else ()


def half_tone(coach: Coach) -> tuple[Gap, ...]:
    """Room for the half-way tones before words; none where they are not played."""
    return (Gap(HALF_TONE),) if coach.how.beeps else ()


def half_way_words(coach: Coach) -> tuple[Say | Gap, ...]:
    """That half is done, after its tones; nothing where the coach does not talk."""
    return (*half_tone(coach), coach.vary("half", "halfway")) if coach.talks else ()


def half_bell(coach: Coach, half: Ms | None, marks: Marks) -> tuple[SoundCue, ...]:
    """The tones of half time, unless something else is said there."""
    return (SoundCue(half, "half"),) if half in marks and half and coach.how.beeps else ()


def mark_ten_seconds(coach: Coach, lasts: Ms, marks: Marks) -> None:
    """Announce the last ten seconds of work that is long enough, unless the mood is calm."""
    if coach.talks and lasts >= TEN_SECONDS_FROM and not coach.calm:
        marks[lasts - 10 * SECOND] = (coach.say("ten_seconds", "countdown"),)


def mark_last_three(coach: Coach, lasts: Ms, marks: Marks) -> None:
    """Count the last three seconds down, unless the mood is calm."""
    if coach.calm:
        return
    for n in (3, 2, 1):
        if lasts > n * SECOND:
            say = coach.number(n, "countdown")
            shape: CountShape = "listed" if n > 1 and coach.how.count_shape else ""
            marks[lasts - n * SECOND] = (say._replace(shape=shape),)


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


def add_free_cues(coach: Coach, bout: Bout, lasts: Ms, marks: Marks) -> None:
    """Free cues in timed work: the longer it is, the further apart."""
    free = FreeCues(coach, bout)
    apart = max(FREE_CUE_EVERY, min(lasts // CUES_IN_WORK, LONG_CUE_EVERY))
    apart = apart * (2 if coach.calm else 1) * sparseness_percent(bout) // 100
    at = FIRST_CUE if lasts < LATE_FROM else FIRST_CUE_LATE
    while at <= lasts - CUE_APART:
        if all(abs(at - taken) >= CUE_APART for taken in marks):
            cue = free.take(100 * at // lasts)
            if cue is not None:
                marks[at] = (cue,)
                at += apart
                continue
        at += SECOND


def sparseness_percent(bout: Bout) -> int:
    """How far apart the cues of a set are (%): further once the first set is done."""
    later = bout.set > 1 or (bout.round or 1) > 1 or any(turn.round > 1 for turn in bout.turns)
    return LATER_CUES_PERCENT if later else 100
