"""Pauses: what is said between two bouts, and the three beeps into the next one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from audioworkout.compiler import announce, tasks
from audioworkout.compiler.changes import runs_on
from audioworkout.compiler.coach import AGAIN, FORM, MOTIVATE, REST, Coach, make_cues, rotate
from audioworkout.compiler.plan import Bout, Interval, LastRest, Turn
from audioworkout.model.exercise import Kit, Open
from audioworkout.model.kit import load_kit
from audioworkout.model.routine import Work
from audioworkout.model.script import BETWEEN, Gap, Passage, Role, Say, Slot, SoundCue
from audioworkout.units import MINUTE, SECOND, Ms

END_TONE: Ms = 450
"""Length of the end tone; the first words follow it."""

AGAIN_WORDS = 5
"""What comes next is repeated in so many words at most; a longer name stands alone."""

REST_TOLD_FROM: Ms = 30 * SECOND
"""The length of a shorter rest is not said: what comes next is."""

LONG_PAUSE: Ms = 15 * SECOND
SEND_OFF: Ms = 10 * SECOND
SEND_OFF_FROM: Ms = 16 * SECOND
"""The next set on the clock is announced ten seconds ahead, in pauses of this length or longer."""

QUIET_LONG: Ms = 4 * SECOND
QUIET_SHORT: Ms = 3_250
"""In long pauses the last words end four seconds before GO, in shorter ones a breath before T-3."""


def compile_pause(
    coach: Coach, leg: Interval, before: Bout | None, then: Sequence[Bout] = ()
) -> Passage:
    """The pause before a bout: rest, change of sides, or getting ready for the first.

    `then` is what is new of what runs on from it without a pause.
    """
    tone = before is not None and coach.how.beeps and leg.pause >= SECOND
    words = [
        Gap(END_TONE if tone else BETWEEN),
        *_over(coach, before),
        *_pause_words(coach, leg, before, then),
    ]
    ready = _ready_beeps(leg.pause)
    quiet = QUIET_LONG if leg.pause >= LONG_PAUSE else QUIET_SHORT
    room = leg.pause - min(quiet, ready * SECOND + BETWEEN if ready < 3 else quiet)
    if coach.how.beeps and _shortest_length(coach, words) > room:
        room = leg.pause - BETWEEN  # over the beeps rather than not at all
    room = max(room, 0)
    sound_cues = [SoundCue(0, "end")] if tone else []
    if coach.how.beeps:
        slots = [*_spoken(coach, leg, words, room), Slot(leg.pause - room)]
        sound_cues += [SoundCue(leg.pause - n * SECOND, "ready") for n in range(ready, 0, -1)]
    else:
        slots = [
            *_spoken(coach, leg, words, room),
            Slot(leg.pause - room - ready * SECOND),
            *(Slot(SECOND, (coach.number(n, "countdown"),)) for n in range(ready, 0, -1)),
        ]
    filled = tuple(slot for slot in slots if slot.lasts or slot.items)
    return Passage(leg.kind, filled, tuple(sound_cues), coach.context(leg.bout))


def last_rest(coach: Coach, rest: LastRest) -> Passage:
    """A rest that no work follows: its length and what the person wants said in it, no beeps."""
    tone = coach.how.beeps and rest.lasts >= SECOND
    words: list[Say | Gap] = [Gap(END_TONE if tone else BETWEEN), _rest_of(coach, rest.lasts)]
    words += [Say(text, "announce") for text in rest.notes]
    return Passage("rest", (Slot(rest.lasts, tuple(words)),), (SoundCue(0, "end"),) if tone else ())


def _spoken(coach: Coach, leg: Interval, words: list[Say | Gap], room: Ms) -> list[Slot]:
    """The words of a pause in its first `room` ms; before a send-off the warning in its place."""
    sent_off = leg.bout.prescription.every is not None and leg.bout.set > 1
    if not sent_off or leg.pause < SEND_OFF_FROM:
        return [Slot(room, tuple(words))]
    before = leg.pause - SEND_OFF
    warning = coach.say("next_in", "announce", duration=coach.phrases.duration(SEND_OFF))
    *first, last = words[:-2]  # the warning stands in place of what would be said again
    if isinstance(last, Say):
        last = last._replace(after=BETWEEN)
    return [Slot(before, (*first, last)), Slot(room - before, (warning,))]


def _over(coach: Coach, before: Bout | None) -> list[Say]:
    """What ends open work: nobody counted it."""
    if before is None or not isinstance(before.prescription.amount, Open):
        return []
    return [time_is_up(coach, before, "rest")]


def time_is_up(coach: Coach, bout: Bout, role: Role) -> Say:
    """The end of open work."""
    score = bool(bout.tasks) and bout.turns[-1].block.kind == "amrap"
    return coach.say("time.amrap" if score else "time", role, yields=REST if role == "rest" else 0)


def _ready_beeps(lasts: Ms) -> int:
    """As many of the three beeps as fit after the end tone."""
    return max(0, min(3, (lasts - END_TONE) // SECOND))


def _shortest_length(coach: Coach, words: list[Say | Gap]) -> Ms:
    """Room for what never gives way, in its shortest wording."""
    kept = [item for item in words if isinstance(item, Gap) or not item.yields]
    return coach.lasts(
        Say(item.shorter[-1], item.role) if isinstance(item, Say) and item.shorter else item
        for item in kept
    )


def _pause_words(
    coach: Coach, leg: Interval, before: Bout | None, then: Sequence[Bout]
) -> list[Say | Gap]:
    notes = [Say(text, "announce") for text in leg.notes]
    if before is None:
        ready = coach.say("ready", "announce")
        return [ready, *notes, Gap(0, 1), *_repeat_next(coach, leg.bout)]
    if runs_on(leg):  # it was announced in the work before
        return [*notes, coach.say("again", "announce", yields=AGAIN, name=coach.said(leg.bout))]
    if leg.kind == "switch":
        return [*_side_change_words(coach, leg.bout), *notes]
    rest = _rest(coach, leg)
    another_set = leg.bout.set > 1 or leg.bout.part > 1
    if before.exercise == leg.bout.exercise and another_set:
        said = _next_set_words(coach, leg.bout)
    else:
        said = _next_exercise_words(coach, leg, before)
    said += running_on(coach, then, "announce")
    return [rest, *notes, *said, Gap(0, 1), *_repeat_next(coach, leg.bout)]


def _rest(coach: Coach, leg: Interval) -> Say:
    """That there is a rest, and how long; within a set with a barbell, to put it back."""
    duration = coach.phrases.duration(leg.pause)
    if leg.bout.part > 1 and any(kit.key == "barbell" for kit in leg.bout.kit):
        lasts = _capitalize(duration)
        return coach.say("rack", "rest", yields=REST, short=("rack.short",), duration=lasts)
    return _rest_of(coach, leg.pause)


def _rest_of(coach: Coach, lasts: Ms) -> Say:
    """That there is a rest, and how long it is where that is long enough to matter."""
    if lasts < REST_TOLD_FROM:
        return coach.say("rest.short", "rest", yields=REST)
    duration = coach.phrases.duration(lasts)
    return coach.say("rest", "rest", yields=REST, short=("rest.short",), duration=duration)


def _side_change_words(coach: Coach, bout: Bout) -> list[Say | Gap]:
    key = "switch.over" if bout.exercise.position == "side" else "switch"
    said = [_capitalize(coach.side(bout)), coach.phrases.say(f"side.{bout.side}")]
    if bout.prescription.by_side:
        amount = bout.prescription.amount
        said[0] += f", {coach.phrases.amount(amount)}"
        said[1] += f", {coach.phrases.brief_amount(amount)}"
    side, way = said
    short = ("switch.short", "switch.shortest")
    return [coach.say(key, "switch", short=short, side=side, way=way)]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repeat_next(coach: Coach, bout: Bout) -> list[Say]:
    """The next piece once more, in few words, right before the beeps; tasks in full."""
    if bout.tasks:
        return [tasks.told_at_once(coach, bout, "announce")]
    return [_again_in_few(coach, bout)]


def _again_in_few(coach: Coach, bout: Bout) -> Say:
    name = bout.exercise.said
    whole = _repeat_in_full(coach, bout, name)
    if len(whole.text.split()) <= AGAIN_WORDS:
        return whole
    return coach.say("again", "announce", yields=AGAIN, name=name)


def _repeat_in_full(coach: Coach, bout: Bout, name: str) -> Say:
    if bout.side:
        return coach.say("again.side", "announce", yields=AGAIN, name=name, side=coach.side(bout))
    if bout.sets > 1 and bout.part < 2:
        number = coach.phrases.number(bout.set)
        return coach.say("again.set", "announce", yields=AGAIN, name=name, n=number)
    return coach.say("again", "announce", yields=AGAIN, name=name)


def _next_set_words(coach: Coach, bout: Bout) -> list[Say]:
    """Another set of the same: its number, its side, form, and in the last one motivation."""
    said = announce.next_set(coach, bout)
    if bout.part > 1:
        return said
    if coach.explains and bout.set == bout.sets:
        said += make_cues(bout.exercise.cues.motivate[:1], "motivate", MOTIVATE)
    elif coach.explains:
        said += make_cues(rotate(bout.exercise.cues.form, bout.set - 1)[:1], "form", FORM)
    return said


def _next_exercise_words(coach: Coach, leg: Interval, before: Bout) -> list[Say]:
    """Another exercise: name, amount, side, kit, position; set-up and a form cue if it is new."""
    bout = leg.bout
    named = coach.say("next", "announce", name=coach.said(bout))
    said = [*_round_words(coach, bout, before), named]
    if bout.tasks and leg.known:
        said += tasks.introduction(coach, bout, "announce")
        return [*said, *_kit_words(coach, bout, leg.fetch, "announce")]
    if not leg.known:
        return [*said, *introduce_exercise(coach, bout, before, leg.fetch, "announce")]
    said += announce.prescription_again(coach, bout, "announce")
    return [*said, *_position_words(coach, bout, before, leg.fetch, "announce")]


def _round_words(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    """Which round begins of the outermost block that changes; how many, where it is the first."""
    for turn, last in zip_longest(bout.turns, before.turns):
        if turn is None:
            break
        if last is not None and turn.block is last.block and turn.round == last.round:
            continue
        if turn.rounds > 1 and turn.block.kind != "superset":
            entered = turn.round == 1
            return _rounds(coach, turn, "announce") if entered else [_round(coach, turn)]
    if not bout.turns and (bout.rounds or 1) > 1 and bout.round != before.round:
        return [_round_of(coach, "round", bout.round or 1, bout.rounds or 1)]
    return []


def rounds_told(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """How many rounds the outermost block has in which a workout begins."""
    turns = [t for t in bout.turns if t.rounds > 1 and t.block.kind != "superset"]
    return _rounds(coach, turns[0], role) if turns else []


def _rounds(coach: Coach, turn: Turn, role: Role) -> list[Say]:
    """How many rounds a block has, and by which clock."""
    every = turn.block.every
    noun = "minutes" if every == MINUTE else "rounds"
    rounds = coach.phrases.many(noun, turn.rounds)
    said = [coach.say("block.rounds", role, yields=AGAIN, rounds=rounds)]
    if every == MINUTE:
        said.append(coach.say("block.minute", role, yields=AGAIN))
    elif every is not None:
        duration = coach.phrases.duration(every)
        said.append(coach.say("block.every", role, yields=AGAIN, duration=duration))
    return said


def _round(coach: Coach, turn: Turn) -> Say:
    key = "minute" if turn.block.every == MINUTE else "round"
    return _round_of(coach, key, turn.round, turn.rounds)


def _round_of(coach: Coach, key: str, number: int, of: int) -> Say:
    key += ".last" if number == of else ""
    n, m = coach.phrases.number(number), coach.phrases.number(of)
    return coach.say(key, "announce", yields=REST, n=n, m=m)


def introduce_exercise(
    coach: Coach, bout: Bout, before: Bout | None, fetch: Sequence[Kit], role: Role
) -> list[Say]:
    """All there is to know before a new exercise but its name, the most needed first.

    `fetch` is what kit has to be fetched. Optional kit of the first exercise was named before,
    among the things to have at hand.
    """
    if bout.tasks:
        said = tasks.introduction(coach, bout, role)
        said += _kit_words(coach, bout, fetch, role)
        return [*said, *tasks.explained(coach, bout.works)]
    said = announce.prescription(coach, bout, role)
    said += _position_words(coach, bout, before, fetch, role)
    if coach.talks and before is not None:
        said += _optional_kit_words(coach, fetch)
    return [*said, *tasks.explained(coach, (Work(bout.exercise, bout.prescription),))]


def running_on(coach: Coach, then: Sequence[Bout], role: Role) -> list[Say]:
    """What comes after the next work without a pause: there is no other time to explain it."""
    said: list[Say] = []
    for bout in then:
        name, amount = coach.said(bout), coach.amount(bout)
        if bout.tasks:
            said += tasks.told(coach, bout, role, yields=REST)
        else:
            said.append(coach.say("then.after", role, yields=REST, name=name, amount=amount))
            said += announce.load(coach, bout, role)
        works = bout.works or (Work(bout.exercise, bout.prescription),)
        said += tasks.explained(coach, works)
    return said


def _position_words(
    coach: Coach, bout: Bout, before: Bout | None, fetch: Sequence[Kit], role: Role
) -> list[Say]:
    """What to fetch, and the position where it changes."""
    exercise = bout.exercise
    said = _kit_words(coach, bout, fetch, role)
    if before is None or before.exercise.position != exercise.position:
        said.append(coach.say(f"position.{exercise.position}", role))
    return said


def _kit_words(coach: Coach, bout: Bout, fetch: Sequence[Kit], role: Role) -> list[Say]:
    """What to fetch, but for the weight that is named with its load."""
    named = {kit.key for kit in load_kit(bout.prescription)}
    needed = [kit for kit in fetch if not kit.optional and kit.key not in named]
    return [coach.say("kit", role, kit=coach.phrases.kit_list(needed))] if needed else []


def _optional_kit_words(coach: Coach, fetch: Sequence[Kit]) -> list[Say]:
    """What makes it harder for those who have it."""
    kit = [kit for kit in fetch if kit.optional]
    if not kit:
        return []
    return [Say(f"{_capitalize(coach.phrases.kit_list(kit))}.", "announce", yields=FORM)]
