"""First words and last words. Their lengths are whole seconds chosen by the ruler.

So the length of a workout is known before a word is spoken and is the same for every voice.
"""

from __future__ import annotations

from collections.abc import Sequence

from audioworkout.compiler import arc, introduce, tasks, timing
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.changes import then_new
from audioworkout.compiler.coach import Coach
from audioworkout.compiler.pause_words import rounds_told, time_is_up, warnings, without_told
from audioworkout.compiler.plan import Interval, Plan
from audioworkout.compiler.timing import round_up_to_seconds
from audioworkout.model.exercise import Amount, Breaths, Kit, Open, Reps
from audioworkout.model.items import rounds_of
from audioworkout.model.kit import combine_kit
from audioworkout.model.routine import Routine
from audioworkout.model.script import BETWEEN, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import Ms, round_up

LEAD_IN: Ms = 1_500
"""Quiet before the first word: wireless headsets lose the beginning while they wake up."""

TAIL: Ms = 3_000
FINISH_TONE: Ms = 1_300
BREATH: Ms = 400
"""Pause between two thoughts, longer than that between two sentences."""

AGAIN_WHILE_READY: Ms = 5_000
"""Tasks that last no longer can be repeated in the usual ten seconds of getting ready."""

FRAME_ROOM_PERCENT = 105
"""Room kept above what the ruler says, for a voice slower than it."""

WHOLE_FRAMES: Ms = 3_000
"""Own first words last a multiple of this: the least number of whole seconds that is also one of
MP3 frames (24 ms). So what follows is encoded alike whoever is greeted."""


def compile_intro(coach: Coach, plan: Plan, routine: Routine, whole: Ms) -> Passage:
    """Title or own opening, length, kit, the first exercise; warnings if no rest has them."""
    first = plan.intervals[0].bout
    said: list[Say | Gap] = [
        *greet_listener(coach, routine),
        coach.say("intro.length", "intro", minutes=coach.phrases.about_minutes(whole)),
        _have_ready(coach, plan, whole),
        Gap(BREATH),
    ]
    if arc.warning_rest(plan) is None:
        said += [*warnings(coach, "intro"), Gap(BREATH)]
    # All kit was just named: nothing is fetched twice.
    new = introduce.introduce(coach, first, None, (), "intro")
    order = () if introduce.is_strenuous(first) else new.order
    rounds = rounds_told(coach, first, "intro")
    said += [
        *_name_first(coach, first),
        *rounds,
        *without_told(new.named, rounds),
        *order,
        *new.setup,
        *introduce.running_on(coach, then_new(plan.intervals), "intro"),
        *_tasks_again(coach, first),
    ]
    room = round_up_to_seconds(coach.lasts(said) * FRAME_ROOM_PERCENT // 100 + BREATH)
    lead = LEAD_IN % 1_000
    if routine.opening:
        around = LEAD_IN + 1_000 - lead
        room = round_up(room + around, WHOLE_FRAMES) - around
    # The lead-in is 1.5 s: the other half second closes the passage on a whole second.
    slots = (Slot(LEAD_IN), Slot(room, tuple(said)), Slot(1_000 - lead))
    return Passage("intro", slots)


def greet_listener(coach: Coach, routine: Routine) -> list[Say]:
    """What is said before everything else: the routine's own opening, or its title."""
    if routine.opening:
        return [Say(coach.phrases.note(text), "intro", source="say") for text in routine.opening]
    return [coach.say("intro.title", "intro", title=routine.title)]


def _name_first(coach: Coach, first: Bout) -> list[Say]:
    """Name the first exercise or the first of the warm-up; an AMRAP is described instead."""
    if first.tasks and first.turns[-1].block.own_pace:
        return []
    key = "intro.warm_up" if first.stage == "warm-up" else "intro.first"
    return [coach.say(key, "intro", name=coach.said(first))]


def _have_ready(coach: Coach, plan: Plan, whole: Ms) -> Say:
    """Everything to have at hand, with water where there is time to drink."""
    kit = collect_kit(plan)
    if coach.explains and arc.has_water(plan, LEAD_IN, whole):
        needed = [one for one in kit if not one.optional]
        optional = [one for one in kit if one.optional]
        kit = (*needed, Kit("water"), *optional)
    if not kit:
        return coach.say("intro.no_kit", "intro")
    return coach.say("intro.kit", "intro", kit=coach.phrases.kit_list(kit))


def _tasks_again(coach: Coach, first: Bout) -> list[Say]:
    """A list of tasks that is too long to be said again while one gets ready."""
    if not first.tasks:
        return []
    again = tasks.told_at_once(coach, first, "intro")
    return [again] if coach.lasts([again]) > AGAIN_WHILE_READY else []


def compile_outro(coach: Coach, plan: Plan, routine: Routine, whole: Ms) -> Passage:
    """Done, how long it was, how much was done, and the routine's own closing."""
    phrases, last = coach.phrases, plan.intervals[-1].bout
    closing = [Say(text, "outro", source="say") for text in plan.closing]
    over = [time_is_up(coach, last, "outro")] if _is_open(last) else []
    done = [] if coach.calm or over else [coach.say("outro.done", "outro")]
    said: list[Say | Gap] = [
        Gap(FINISH_TONE if coach.how.beeps else BETWEEN),
        *over,
        *done,
        coach.say(
            "outro.length",
            "outro",
            title=routine.title,
            minutes=phrases.about_minutes(whole),
        ),
        *_tell_work(coach, plan),
        *closing,
    ]
    own = [Say(phrases.note(text), "outro", source="say") for text in routine.closing]
    last_words = _last_words(coach, bool(closing or own))
    longest = max(
        (coach.lasts([*said, one, *own]) for one in last_words),
        default=coach.lasts([*said, *own]),
    )
    room = round_up_to_seconds(longest * FRAME_ROOM_PERCENT // 100 + BREATH)
    sound_cues = (SoundCue(0, "finish"),) if coach.how.beeps else ()
    slot = Slot(room, (*said, *last_words[:1], *own))
    return Passage("outro", (slot, Slot(TAIL)), sound_cues)


def _last_words(coach: Coach, closed: bool) -> list[Say]:
    """The closing sentence that the seed chooses, and then the others of its pool.

    `closed`: the routine has last words of its own, which end a calm workout.
    """
    if coach.calm:
        return [] if closed else [coach.say("outro.calm", "outro")]
    if coach.how.mood == "plain":
        return [coach.say("outro.plain", "outro")]
    pool = coach.wordings.shuffle(coach.phrases.pool("outro.well"))
    return [coach.say(key, "outro") for key in pool]


def collect_kit(plan: Plan) -> tuple[Kit, ...]:
    """Everything to have at hand, each thing once, as many as the most demanding bout needs."""
    return combine_kit(kit for interval in plan.intervals for kit in interval.bout.kit)


def _tell_work(coach: Coach, plan: Plan) -> list[Say]:
    """How much was done; nothing where only the listener knows it."""
    bouts = [interval.bout for interval in plan.intervals]
    sets = sum(_is_new_set(interval) for interval in plan.intervals)
    done = _count_sets(coach, bouts, sets) if sets else _count_rounds(coach, bouts)
    return [coach.say("outro.work", "outro", work=coach.phrases.listed(done))] if done else []


def _count_sets(coach: Coach, bouts: Sequence[Bout], sets: int) -> list[str]:
    """Exercises, sets and reps; of a single exercise that is breathing, its breaths."""
    keys = {work.exercise.key for bout in bouts for work in bout.works}
    exercises = len(keys | {bout.exercise.key for bout in bouts if not bout.tasks})
    reps = sum(timing.counted_in(b.prescription) for b in bouts if _is_reps(b.prescription.amount))
    breaths = [b.prescription.amount for b in bouts if isinstance(b.prescription.amount, Breaths)]
    if exercises == 1 and breaths:
        return [coach.phrases.many("breaths", sum(amount.high for amount in breaths))]
    parts = [coach.phrases.many("exercises", exercises), coach.phrases.many("sets", sets)]
    return [*parts, coach.phrases.many("reps", reps)] if reps else parts


def _count_rounds(coach: Coach, bouts: Sequence[Bout]) -> list[str]:
    """The rounds that began by the clock; none of an AMRAP or for time: only the listener knows."""
    blocks = {id(bout.turns[-1].block): bout.turns[-1].block for bout in bouts}.values()
    if any(block.own_pace for block in blocks):
        return []
    return [coach.phrases.many("rounds", sum(rounds_of(block) for block in blocks))]


def _is_new_set(interval: Interval) -> bool:
    """Whether a set begins with it: its other side and its parts are the same set."""
    return not interval.bout.tasks and interval.kind != "switch" and interval.bout.part <= 1


def _is_reps(amount: Amount) -> bool:
    return isinstance(amount, Reps | Open)


def _is_open(bout: Bout) -> bool:
    return isinstance(bout.prescription.amount, Open)
