"""Work at the listener's own pace that holds several exercises: AMRAP, for time, intervals.

Nobody counts in it: what is to be done is told before, and while it lasts how much time is left or
has gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audioworkout.compiler import timing
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, FORM, SETUP, Coach
from audioworkout.compiler.marks import (
    GO_TONE,
    HALF_FROM,
    HALF_MINUTE,
    MARKS_APART,
    Marks,
    add_mark,
    go_words,
    half_tone,
    mark_last_three,
    slots_between,
    work_passage,
)
from audioworkout.model.exercise import Exercise, Open, Reps
from audioworkout.model.items import is_by_round, rounds_of, works_in
from audioworkout.model.routine import Block, Item, Rest, Work
from audioworkout.model.script import Gap, Passage, Role, Say, SoundCue
from audioworkout.units import MINUTE, SECOND, Ms

LEFT_AT: frozenset[Ms] = frozenset({10 * MINUTE, 5 * MINUTE, MINUTE})
"""Times left that are told."""
PACE_FROM: Ms = 4 * MINUTE
PACE_AT: Ms = 20 * SECOND
"""In work of this length or longer, and so long after GO, one is told to find a steady pace."""
EVERY_MINUTE_UNTIL = 3
"""The amounts of an AMRAP are told again after each of so many minutes, then after every other."""


# -- before it ------------------------------------------------------------------------------------


def introduction(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """What is to be done, for how long, and what to do when done early."""
    block = bout.turns[-1].block
    said: list[Say] = []
    if block.own_pace:
        key = "amrap" if block.kind == "amrap" else "for_time"
        said.append(coach.say(key, role, duration=coach.phrases.duration(_open_window(bout))))
    said += told(coach, bout, role)
    if block.kind != "amrap" and coach.talks:
        key = "done_early" if block.own_pace else "done_early.rest"
        said.append(coach.say(key, role, yields=AGAIN))
    return said


def explained(coach: Coach, works: Iterable[Work]) -> list[Say]:
    """Safety, set-up and form of the new exercises of one span of work."""
    said: list[Say] = []
    exercises = {work.exercise.key: work.exercise for work in works}
    for exercise in exercises.values():
        if len(exercises) > 1 and exercise.cues.setup:
            said.append(coach.say("again", "setup", yields=SETUP, name=exercise.said))
        said += safety(coach, exercise)
        if coach.talks:
            said += coach.cues("setup", exercise.cues.setup)
        if coach.explains:
            said += coach.cue("form", exercise.cues.form[:1])
    return said


def safety(coach: Coach, exercise: Exercise) -> list[Say]:
    """What keeps the listener from harm, before anything is set up."""
    return coach.cues("safety", [exercise.cues.safety] if exercise.cues.safety else [])


def told(coach: Coach, bout: Bout, role: Role, yields: int = 0) -> list[Say]:
    """All tasks with their amounts: 'Five pull-ups, ten push-ups, fifteen squats.'."""
    block = bout.turns[-1].block
    rounds = rounds_of(block) if block.kind == "for time" else 1
    common = _common(coach, bout, block)
    if common:
        return [Say(common, role, yields=yields, source="tasks.each")]
    sentences = _sentences(coach, bout.tasks, block)
    said = [Say(text, role, yields=yields, source="tasks") for text in sentences]
    if rounds > 1:
        number = coach.phrases.many("rounds", rounds)
        said.insert(0, coach.say("block.rounds", role, yields=yields, rounds=number))
    return said


def told_at_once(coach: Coach, bout: Bout, role: Role) -> Say:
    """Repeat all tasks; where there is no room for all, none."""
    text = " ".join(say.text for say in told(coach, bout, role))
    return Say(text, role, yields=AGAIN, source="tasks")


def amounts_by_round(block: Block) -> list[int]:
    """The reps of each round where they are those of all exercises: 21, 15, 9; else none."""
    works = [item for item in block.items if isinstance(item, Work)]
    listed = {tuple(one.amount for one in work.prescription.by_set) for work in works}
    if len(works) != len(block.items) or len(listed) != 1 or not is_by_round(works[0], block):
        return []
    reps = [amount.high for amount in listed.pop() if isinstance(amount, Reps)]
    return reps if len(reps) == block.rounds and len(works) > 1 else []


def _common(coach: Coach, bout: Bout, block: Block) -> str:
    """Where all have the same amounts by round: 'Twenty-one, fifteen and nine of each: ...'."""
    reps = amounts_by_round(block) if len(bout.tasks) == len(block.items) else []
    if not reps:
        return ""
    works = [item for item in bout.tasks if isinstance(item, Work)]
    return coach.phrases.say(
        "tasks.each",
        amounts=coach.phrases.listed(list(map(coach.phrases.number, reps))),
        names=coach.phrases.listed([work.exercise.said for work in works]),
    )


def _sentences(coach: Coach, items: Iterable[Item], block: Block) -> Iterator[str]:
    """A sentence for the exercises that follow each other, and one for each block among them."""
    row: list[str] = []
    for item in items:
        if isinstance(item, Block):
            yield from _task_sentence(row)
            row = []
            rounds = coach.phrases.many("rounds", rounds_of(item))
            inside = ", ".join(_tasks(coach, item))
            yield coach.phrases.say("tasks.rounds", rounds=rounds, tasks=inside)
        else:
            row += _task(coach, item, block)
    yield from _task_sentence(row)


def _task_sentence(row: list[str]) -> Iterator[str]:
    if row:
        text = ", ".join(row)
        yield f"{text[:1].upper()}{text[1:]}."


def _tasks(coach: Coach, block: Block) -> Iterator[str]:
    for item in block.items:
        if isinstance(item, Block):
            rounds = coach.phrases.many("rounds", rounds_of(item))
            tasks = ", ".join(_tasks(coach, item))
            yield coach.phrases.part("tasks.rounds", rounds=rounds, tasks=tasks).removesuffix(".")
        else:
            yield from _task(coach, item, block)


def _task(coach: Coach, item: Item, block: Block) -> Iterator[str]:
    """One exercise with its amount, or a rest."""
    phrases = coach.phrases
    if isinstance(item, Rest):
        yield phrases.part("task.rest", duration=phrases.duration(item.lasts))
    elif isinstance(item, Work):
        name, meant = item.exercise.said, item.prescription
        if is_by_round(item, block):
            amounts = [phrases.brief_amount(one.amount) for one in meant.by_set]
            yield phrases.part("task", name=name, amount=phrases.listed(amounts))
            return
        amount = meant.amount
        plain = meant.sides.order == "together" and not meant.announced
        if isinstance(amount, Reps) and plain and amount.low == amount.high and meant.sets == 1:
            names = phrases.plural(name, amount.high)
            text = phrases.part("task.reps", n=phrases.counted(amount.high, "task"), name=names)
        else:
            amounts_told = _announce_task_amount(coach, item)
            if meant.sets > 1:
                sets = phrases.many("sets", meant.sets)
                amounts_told = f"{sets}, {amounts_told}"
            text = phrases.part("task", name=name, amount=amounts_told)
        if meant.load:
            text += f", {phrases.load(meant.load)}"
        for effort in meant.effort:
            how = phrases.effort(effort).rstrip(".")
            text += f", {how[:1].lower()}{how[1:]}"
        yield text


def _announce_task_amount(coach: Coach, work: Work) -> str:
    """The amount of a task, without the remark that it is at one's own pace, as all are."""
    amount = work.prescription.amount
    if isinstance(amount, Open) and amount.distance:
        return coach.phrases.distance(timing.distance_in_units(amount.distance, coach.how.units))
    if isinstance(amount, Open) and amount.calories:
        return coach.phrases.many("calories", amount.calories)
    return coach.amount(Bout(work.exercise, work.prescription))


# -- while it lasts -------------------------------------------------------------------------------


def work(coach: Coach, bout: Bout) -> Passage:
    """The whole stretch, from GO to its end."""
    block, lasts = bout.turns[-1].block, _open_window(bout)
    marks: Marks = {0: go_words(coach)}
    mark_last_three(coach, lasts, marks)
    if coach.talks:
        if lasts > 20 * SECOND:
            marks[lasts - 10 * SECOND] = (coach.say("ten_seconds", "countdown"),)
        _say_minutes_gone(coach, bout, block, lasts, marks)
        add_mark(marks, lasts - HALF_MINUTE, coach.say("half_minute", "countdown"), 8 * SECOND)
    half = lasts // 2 if lasts >= HALF_FROM and block.kind != "for time" else None
    if half and coach.talks:
        _mark_half_time(coach, half, marks)
    if block.own_pace and coach.talks:
        tone = (Gap(GO_TONE),) if coach.how.beeps else ()
        pace = coach.say("own_pace.go", "announce", yields=AGAIN)
        marks[0] = (*marks[0], *tone, pace)
        if coach.explains and lasts >= PACE_FROM:
            keep = coach.phrases.duration(lasts)
            say = coach.say("feel.pace", "form", yields=FORM, duration=keep)
            add_mark(marks, PACE_AT, say, MARKS_APART)
    sound_cues = (SoundCue(half, "half"),) if half and coach.how.beeps else ()
    return work_passage(coach, bout, slots_between(marks, lasts), sound_cues, None)


def _mark_half_time(coach: Coach, half: Ms, marks: Marks) -> None:
    """Mark half of the time; minutes left that are told near it replace the words for it."""
    near = [at for at in marks if at and abs(at - half) < MARKS_APART]
    also = [item for at in near for item in marks.pop(at)]
    told = any(isinstance(item, Say) and item.source == "left" for item in also)
    words = [] if told else [coach.vary("half", "halfway")]
    marks[half] = (*half_tone(coach), *words, *also)


def _say_minutes_gone(coach: Coach, bout: Bout, block: Block, lasts: Ms, marks: Marks) -> None:
    """Time gone of what is done for time; of an AMRAP its amounts and the time left."""
    if not block.own_pace:
        return
    numbers = _numbers(coach, bout)
    for minute in range(1, -(-lasts // MINUTE)):
        at, left = minute * MINUTE, lasts - minute * MINUTE
        if left <= 10 * SECOND + MARKS_APART:
            break
        said: tuple[Say, ...] = ()
        if block.kind == "for time":
            gone = coach.phrases.many("minutes", minute)
            said = (coach.say("elapsed", "announce", duration=gone),)
            if left == MINUTE:
                to_go = coach.phrases.duration(left)
                said = (coach.say("elapsed.left", "announce", gone=gone, left=to_go),)
        elif left in LEFT_AT:
            said = (_left(coach, left),)
        elif minute <= EVERY_MINUTE_UNTIL or minute % 2:
            said = (Say(numbers, "announce", yields=AGAIN, source="tasks"),)
        if said:
            marks[at] = said
    for left in LEFT_AT:
        if block.kind == "amrap" and lasts > left + MINUTE // 2:
            add_mark(marks, lasts - left, _left(coach, left), MARKS_APART)


def _left(coach: Coach, left: Ms) -> Say:
    return coach.say("left", "announce", duration=coach.phrases.duration(left))


def _numbers(coach: Coach, bout: Bout) -> str:
    """The amounts alone, by which the listener knows where they are: 'five, ten, fifteen'."""
    words = []
    for one in works_in(bout.tasks):
        amount = one.prescription.amount
        if isinstance(amount, Reps) and amount.low == amount.high:
            words.append(coach.phrases.number(amount.high))
        else:
            words.append(one.exercise.said)
    text = ", ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def _open_window(bout: Bout) -> Ms:
    amount = bout.prescription.amount
    assert isinstance(amount, Open)
    return amount.window
