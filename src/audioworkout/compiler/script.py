"""Plan -> Script: first words, then every interval with its pause, work and pulses, last words."""

from __future__ import annotations

from collections.abc import Sequence

from audioworkout.compiler import changes, counted_work, frame, pauses, tasks, work
from audioworkout.compiler.arc import Moment, plan_arc
from audioworkout.compiler.bouts import Bout, bout_length
from audioworkout.compiler.coach import Coach, coach_for
from audioworkout.compiler.plan import Interval, Plan, plan_routine
from audioworkout.compiler.rests import length_range, stretch_rests
from audioworkout.languages import Phrases
from audioworkout.model.exercise import Amount
from audioworkout.model.lengths import LengthRange
from audioworkout.model.routine import Routine
from audioworkout.model.script import TITLE_LENGTH, Chapter, Passage, Script
from audioworkout.text import cut_to_length
from audioworkout.units import Ms, format_short_clock


def compile_routine(routine: Routine, phrases: Phrases) -> Script:
    """Put words and sounds to a routine.

    Raises:
        UsageError: The work of an interval does not fit into it.
    """
    the_plan = plan_routine(routine)
    coach, intro, outro = _compile_frame(phrases, the_plan, routine)
    if routine.lasts is not None:
        the_plan = stretch_rests(the_plan, intro.lasts + outro.lasts, routine.lasts)
    whole = intro.lasts + the_plan.lasts + outro.lasts
    moments = plan_arc(the_plan, intro.lasts, whole)
    chapters = _compile_chapters(coach, the_plan, moments)
    rest = the_plan.last_rest
    ending = (pauses.last_rest(coach, rest), outro) if rest.lasts else (outro,)
    return Script(
        routine.title,
        routine.key,
        routine.language,
        (
            Chapter(phrases.say("chapter.intro"), (intro,)),
            *chapters,
            Chapter(phrases.say("chapter.outro"), ending),
        ),
        tuple(map(phrases.kit, frame.collect_kit(the_plan))),
        routine.how.mood,
    )


def workout_length(routine: Routine, phrases: Phrases) -> Ms:
    """Length of the whole workout, first and last words included; needs no voice."""
    return compile_routine(routine, phrases).lasts


def measure_length(routine: Routine, target: Ms, phrases: Phrases) -> LengthRange:
    """Length of a routine that is to last `target`, and between what its rests can make it.

    With first and last words as they will be: they tell the length, and are a part of it.
    """
    the_plan = plan_routine(routine)

    def measure_for(whole: Ms) -> LengthRange:
        _, intro, outro = _compile_frame(phrases, the_plan, routine._replace(lasts=whole))
        return length_range(the_plan, intro.lasts + outro.lasts)

    space = measure_for(target)
    return space if space.contains(target) else measure_for(space.nearest(target))


def _compile_frame(
    phrases: Phrases, the_plan: Plan, routine: Routine
) -> tuple[Coach, Passage, Passage]:
    """First and last words, and the coach who said them.

    They tell the whole length, of which they are a part: try until it holds. Only the spoken minute
    changes from one round to the next, so the second or third is the last.
    """
    whole = routine.lasts or the_plan.lasts
    for _ in range(4):
        coach = coach_for(phrases, routine.how, routine.key)
        intro = frame.compile_intro(coach, the_plan, routine, whole)
        outro = frame.compile_outro(coach, the_plan, routine, whole)
        if routine.lasts is not None:
            break
        again = intro.lasts + the_plan.lasts + outro.lasts
        if coach.phrases.about_minutes(again) == coach.phrases.about_minutes(whole):
            break
        whole = again
    return coach, intro, outro


def _compile_chapters(coach: Coach, the_plan: Plan, moments: Sequence[Moment]) -> list[Chapter]:
    """One chapter for each bout, from its pause on: skipping to it lands on the announcement."""
    intervals = the_plan.intervals
    places: dict[str, int] = {}
    for interval in intervals:
        if interval.bout.exercise.key:
            places.setdefault(interval.bout.exercise.key, len(places) + 1)
    chapters = []
    told: dict[str, Amount] = {}
    passages: tuple[Passage, ...] = ()
    for n, interval in enumerate(intervals):
        bout, key = interval.bout, interval.bout.exercise.key
        place = f"{places[key]}/{len(places)} " if key else ""
        if changes.tells_length(passages):
            told[key] = bout.prescription.amount
        passages = _compile_interval(coach, intervals, n, told, moments[n])
        chapters.append(Chapter(_chapter_title(coach, bout, place), passages, coach.context(bout)))
    return chapters


def _compile_interval(
    coach: Coach, intervals: Sequence[Interval], n: int, told: dict[str, Amount], moment: Moment
) -> tuple[Passage, ...]:
    """The pause and the work of an interval.

    `told` holds the amount that was told last of each exercise; the one that is told here is added.
    """
    coach = coach._replace(now=moment.start)
    interval, before = intervals[n], intervals[n - 1].bout if n else None
    bout = interval.bout
    pause = []
    if interval.pause:
        then = changes.then_new(intervals[n:]) if n else ()
        pause.append(pauses.compile_pause(coach, interval, before, then, moment))
    coach = coach._replace(now=moment.start + interval.pause)
    done = tasks.work(coach, bout) if bout.tasks else work.compile_work(coach, bout, moment)
    if before is not None and not interval.pause:
        known = told.get(bout.exercise.key) == bout.prescription.amount
        done = changes.name_now(coach, done, interval, before, known)
    told[bout.exercise.key] = bout.prescription.amount
    parts = [part for part in (done, counted_work.compile_pulses(coach, bout)) if part]
    if n + 1 < len(intervals) and changes.runs_on(intervals[n + 1]):
        then_bout = intervals[n + 1].bout
        known = told.get(then_bout.exercise.key) == then_bout.prescription.amount
        parts = changes.announce_next(coach, parts, intervals[n + 1], bout, known)
    return (*pause, *parts)


def _chapter_title(coach: Coach, bout: Bout, place: str) -> str:
    """`3/10 Curtsy Lunge · left · set 2/3`, the name cut where the whole would be too long."""
    phrases = coach.phrases
    tail = ""
    if bout.side:
        tail += " · " + phrases.part(f"chapter.{bout.side}")
    if bout.sets > 1:
        tail += " · " + phrases.part("chapter.set", n=str(bout.set), m=str(bout.sets))
    if bout.parts:
        tail += " · " + phrases.part("chapter.part", n=str(bout.part), m=str(bout.parts))
    tail += _round_title(phrases, bout)
    if bout.tasks and bout.turns[-1].block.own_pace:
        tail += f" · {format_short_clock(bout_length(bout, coach.how))}"
    name = coach.name(bout)
    room = TITLE_LENGTH - len(place) - len(tail)
    return f"{place}{cut_to_length(name, room)}{tail}"


def _round_title(phrases: Phrases, bout: Bout) -> str:
    """The rounds of the blocks it stands in, the outermost first: ` · round 2/3 · 1/6`."""
    rounds = [(t.round, t.rounds) for t in bout.turns if t.block.kind != "superset"]
    if not bout.turns and bout.round is not None:
        rounds = [(bout.round, bout.rounds or 1)]
    several = [(n, m) for n, m in rounds if m > 1]
    if not several:
        return ""
    (n, m), *inner = several
    tail = phrases.part("chapter.round", n=str(n), m=str(m))
    return "".join(f" · {one}" for one in (tail, *(f"{n}/{m}" for n, m in inner)))
