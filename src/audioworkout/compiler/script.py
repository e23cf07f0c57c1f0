"""Plan -> Script: first words, then every leg with its pause, work and pulses, last words."""

from __future__ import annotations

from audioworkout.compiler import frame, pauses, work
from audioworkout.compiler.coach import Coach
from audioworkout.compiler.plan import Bout, Interval, Plan, plan_routine
from audioworkout.compiler.rests import length_range, stretch_rests
from audioworkout.languages import Phrases
from audioworkout.model.lengths import LengthRange
from audioworkout.model.routine import Routine
from audioworkout.model.script import Chapter, Passage, Script
from audioworkout.units import Ms

TITLE_LENGTH = 45
"""Characters of a chapter's title: longer ones are cut or hidden by players."""


def compile_routine(routine: Routine, phrases: Phrases) -> Script:
    """Put words and bells to a routine.

    Raises:
        UsageError: The work of an EMOM does not fit into its minute.
    """
    coach = Coach(phrases, routine.how)
    the_plan = plan_routine(routine)
    intro, outro = _compile_frame(coach, the_plan, routine)
    if routine.lasts is not None:
        the_plan = stretch_rests(the_plan, intro.lasts + outro.lasts, routine.lasts)
    chapters = _compile_chapters(coach, the_plan)
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
    )


def workout_length(routine: Routine, phrases: Phrases) -> Ms:
    """Length of the whole workout, first and last words included; needs no voice."""
    return compile_routine(routine, phrases).lasts


def measure_length(routine: Routine, target: Ms, phrases: Phrases) -> LengthRange:
    """Length of a routine that is to last `target`, and between what its rests can make it.

    With first and last words as they will be: they tell the length, and are a part of it.
    """
    the_plan = plan_routine(routine)
    coach = Coach(phrases, routine.how)

    def measure_for(whole: Ms) -> LengthRange:
        intro, outro = _compile_frame(coach, the_plan, routine._replace(lasts=whole))
        return length_range(the_plan, intro.lasts + outro.lasts)

    space = measure_for(target)
    return space if space.holds(target) else measure_for(space.nearest(target))


def _compile_frame(coach: Coach, the_plan: Plan, routine: Routine) -> tuple[Passage, Passage]:
    """First and last words tell the whole length, of which they are a part: try until it holds.

    Only the spoken minute changes from one round to the next, so the second or third is the last.
    """
    whole = routine.lasts or the_plan.lasts
    for _ in range(4):
        intro = frame.compile_intro(coach, the_plan, routine.title, whole)
        outro = frame.compile_outro(coach, the_plan, routine.title, whole)
        if routine.lasts is not None:
            break
        again = intro.lasts + the_plan.lasts + outro.lasts
        if coach.phrases.about_minutes(again) == coach.phrases.about_minutes(whole):
            break
        whole = again
    return intro, outro


def _compile_chapters(coach: Coach, the_plan: Plan) -> list[Chapter]:
    """One chapter a bout, its pause first: 'next chapter' lands on the announcement."""
    places: dict[str, int] = {}
    for leg in the_plan.legs:
        places.setdefault(leg.bout.exercise.key, len(places) + 1)
    chapters = []
    before: Bout | None = None
    for leg in the_plan.legs:
        place = f"{places[leg.bout.exercise.key]}/{len(places)}"
        title = _chapter_title(coach.phrases, leg.bout, place)
        chapters.append(
            Chapter(title, _compile_interval(coach, leg, before), coach.context(leg.bout))
        )
        before = leg.bout
    return chapters


def _compile_interval(coach: Coach, leg: Interval, before: Bout | None) -> tuple[Passage, ...]:
    parts = [pauses.compile_pause(coach, leg, before) if leg.pause else None]
    parts += [work.compile_work(coach, leg.bout), work.compile_pulses(coach, leg.bout)]
    return tuple(part for part in parts if part)


def _chapter_title(phrases: Phrases, bout: Bout, place: str) -> str:
    """`3/10 Curtsy Lunge · left · set 2/3`, the name cut where the whole would be too long."""
    tail = ""
    if bout.side:
        tail += " · " + phrases.part(f"chapter.{bout.side}")
    if bout.sets > 1:
        tail += " · " + phrases.part("chapter.set", n=str(bout.set), m=str(bout.sets))
    if bout.round is not None and bout.rounds != 1:
        tail += " · " + phrases.part("chapter.round", n=str(bout.round), m=str(bout.rounds))
    name = bout.exercise.name
    room = TITLE_LENGTH - len(place) - 1 - len(tail)
    if len(name) > room:
        name = name[: room - 1].rstrip() + "…"
    return f"{place} {name}{tail}"
