"""Plan -> Script: first words, then every leg with its pause, work and pulses, last words."""

from __future__ import annotations

from audioworkout.compiler import fit, frame, pauses, work
from audioworkout.compiler.coach import Coach
from audioworkout.compiler.plan import Bout, Leg, Plan, plan
from audioworkout.model.routine import Routine
from audioworkout.model.script import Chapter, Passage, Script
from audioworkout.phrases import Phrases
from audioworkout.units import Ms

TITLE_LENGTH = 45
"""Characters of a chapter's title: longer ones are cut or hidden by players."""


def compile_routine(routine: Routine, phrases: Phrases) -> Script:
    """Put words and bells to a routine.

    Raises:
        UsageError: The work of an EMOM does not fit into its minute.
    """
    coach = Coach(phrases, routine.how)
    the_plan = plan(routine)
    intro, outro = _frame(coach, the_plan, routine)
    if routine.lasts is not None:
        the_plan = fit.stretch(the_plan, intro.lasts + outro.lasts, routine.lasts)
    chapters = _chapters(coach, the_plan)
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


def workout_lasts(routine: Routine, phrases: Phrases) -> Ms:
    """Length of the whole workout, first and last words included; needs no voice."""
    return compile_routine(routine, phrases).lasts


def fit_routine(routine: Routine, target: Ms, phrases: Phrases) -> fit.Fitted:
    """Change a routine so that it lasts `target` ms, within a second.

    Raises:
        UsageError: That cannot be had; the nearest possible length is named.
    """

    def measured(candidate: Routine) -> fit.Room:
        """With first and last words as they will be, which tell the length and depend on it."""
        the_plan = plan(candidate)
        coach = Coach(phrases, candidate.how)

        def lasting(whole: Ms) -> fit.Room:
            intro, outro = _frame(coach, the_plan, candidate._replace(lasts=whole))
            return fit.room(the_plan, intro.lasts + outro.lasts)

        space = lasting(target)
        return space if space.holds(target) else lasting(space.nearest(target))

    return fit.fit(routine, target, measured)


def _frame(coach: Coach, the_plan: Plan, routine: Routine) -> tuple[Passage, Passage]:
    """First and last words tell the whole length, of which they are a part: try until it holds.

    Only the spoken minute changes from one round to the next, so the second or third is the last.
    """
    whole = routine.lasts or the_plan.lasts
    for _ in range(4):
        intro = frame.intro(coach, the_plan, routine.title, whole)
        outro = frame.outro(coach, the_plan, routine.title, whole)
        if routine.lasts is not None:
            break
        again = intro.lasts + the_plan.lasts + outro.lasts
        if coach.phrases.about_minutes(again) == coach.phrases.about_minutes(whole):
            break
        whole = again
    return intro, outro


def _chapters(coach: Coach, the_plan: Plan) -> list[Chapter]:
    """One chapter a bout, its pause first: 'next chapter' lands on the announcement."""
    places: dict[str, int] = {}
    for leg in the_plan.legs:
        places.setdefault(leg.bout.exercise.key, len(places) + 1)
    chapters = []
    before: Bout | None = None
    for leg in the_plan.legs:
        place = f"{places[leg.bout.exercise.key]}/{len(places)}"
        title = _title(coach.phrases, leg.bout, place)
        chapters.append(Chapter(title, _leg(coach, leg, before), coach.about(leg.bout)))
        before = leg.bout
    return chapters


def _leg(coach: Coach, leg: Leg, before: Bout | None) -> tuple[Passage, ...]:
    parts = [pauses.pause(coach, leg, before) if leg.pause else None]
    parts += [work.work(coach, leg.bout), work.pulses(coach, leg.bout)]
    return tuple(part for part in parts if part)


def _title(phrases: Phrases, bout: Bout, place: str) -> str:
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
