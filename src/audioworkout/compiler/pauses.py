"""Pauses: what is said between two bouts, and the three beeps into the next one."""

from __future__ import annotations

from audioworkout.compiler import timing
from audioworkout.compiler.coach import AGAIN, FORM, MOTIVATE, REST, SETUP, Coach, make_cues, rotate
from audioworkout.compiler.plan import Bout, Interval, LastRest
from audioworkout.model.exercise import Reps, Steps
from audioworkout.model.script import BETWEEN, Gap, Passage, Role, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

END_TONE: Ms = 450
"""Length of the end tone; the first words follow it."""

AGAIN_WORDS = 5
"""What comes next is repeated in so many words at most; a longer name stands alone."""

LONG_PAUSE: Ms = 15 * SECOND
QUIET_LONG: Ms = 4 * SECOND
QUIET_SHORT: Ms = 3_250
"""In long pauses the last words end four seconds before GO, in shorter ones a breath before T-3."""


def compile_pause(coach: Coach, leg: Interval, before: Bout | None) -> Passage:
    """The pause before a bout: rest, change of sides, or getting ready for the first."""
    tone = before is not None and coach.how.beeps and leg.pause >= SECOND
    words = [Gap(END_TONE if tone else BETWEEN), *_pause_words(coach, leg, before)]
    ready = _ready_beeps(leg.pause)
    quiet = QUIET_LONG if leg.pause >= LONG_PAUSE else QUIET_SHORT
    room = leg.pause - min(quiet, ready * SECOND + BETWEEN if ready < 3 else quiet)
    if coach.how.beeps and _shortest_length(coach, words) > room:
        room = leg.pause - BETWEEN  # over the beeps rather than not at all
    room = max(room, 0)
    sound_cues = [SoundCue(0, "end")] if tone else []
    if coach.how.beeps:
        slots = [Slot(room, tuple(words)), Slot(leg.pause - room)]
        sound_cues += [SoundCue(leg.pause - n * SECOND, "ready") for n in range(ready, 0, -1)]
    else:
        slots = [
            Slot(room, tuple(words)),
            Slot(leg.pause - room - ready * SECOND),
            *(Slot(SECOND, (coach.number(n, "countdown"),)) for n in range(ready, 0, -1)),
        ]
    filled = tuple(slot for slot in slots if slot.lasts or slot.items)
    return Passage(leg.kind, filled, tuple(sound_cues), coach.context(leg.bout))


def last_rest(coach: Coach, rest: LastRest) -> Passage:
    """A rest that no work follows: its length and what the person wants said in it, no beeps."""
    tone = coach.how.beeps and rest.lasts >= SECOND
    words: list[Say | Gap] = [Gap(END_TONE if tone else BETWEEN), _rest(coach, rest.lasts)]
    words += [Say(text, "announce") for text in rest.notes]
    return Passage("rest", (Slot(rest.lasts, tuple(words)),), (SoundCue(0, "end"),) if tone else ())


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


def _pause_words(coach: Coach, leg: Interval, before: Bout | None) -> list[Say | Gap]:
    notes = [Say(text, "announce") for text in leg.notes]
    if before is None:
        ready = coach.say("ready", "announce")
        return [ready, *notes, Gap(0, 1), _repeat_next(coach, leg.bout)]
    if leg.kind == "switch":
        return [*_side_change_words(coach, leg.bout), *notes]
    rest = _rest(coach, leg.pause)
    if before.exercise == leg.bout.exercise and leg.bout.set > 1:
        said = _next_set_words(coach, leg.bout)
    else:
        said = _next_exercise_words(coach, leg, before)
    return [rest, *notes, *said, Gap(0, 1), _repeat_next(coach, leg.bout)]


def _rest(coach: Coach, lasts: Ms) -> Say:
    """That there is a rest, and how long it is where there is room to say so."""
    duration = coach.phrases.duration(lasts)
    return coach.say("rest", "rest", yields=REST, short=("rest.short",), duration=duration)


def _side_change_words(coach: Coach, bout: Bout) -> list[Say | Gap]:
    key = "switch.over" if bout.exercise.position == "side" else "switch"
    side, way = _capitalize(coach.side(bout)), coach.phrases.say(f"side.{bout.side}")
    short = ("switch.short", "switch.shortest")
    return [coach.say(key, "switch", short=short, side=side, way=way)]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repeat_next(coach: Coach, bout: Bout) -> Say:
    """The next piece once more, in few words, right before the beeps."""
    name = bout.exercise.said
    whole = _repeat_in_full(coach, bout, name)
    if len(whole.text.split()) <= AGAIN_WORDS:
        return whole
    return coach.say("again", "announce", yields=AGAIN, name=name)


def _repeat_in_full(coach: Coach, bout: Bout, name: str) -> Say:
    if bout.side:
        return coach.say("again.side", "announce", yields=AGAIN, name=name, side=coach.side(bout))
    if bout.sets > 1:
        number = coach.phrases.number(bout.set)
        return coach.say("again.set", "announce", yields=AGAIN, name=name, n=number)
    return coach.say("again", "announce", yields=AGAIN, name=name)


def _next_set_words(coach: Coach, bout: Bout) -> list[Say]:
    """Another set of the same: its number, its side, form, and in the last one motivation."""
    said = [_set_number_words(coach, bout)]
    if bout.side:
        said.append(coach.say("side_now", "announce", side=coach.side(bout)))
    if coach.explains and bout.set == bout.sets:
        said += make_cues(bout.exercise.cues.motivate[:1], "motivate", MOTIVATE)
    elif coach.explains:
        said += make_cues(rotate(bout.exercise.cues.form, bout.set - 1)[:1], "form", FORM)
    return said


def _set_number_words(coach: Coach, bout: Bout) -> Say:
    number, of = coach.phrases.number(bout.set), coach.phrases.number(bout.sets)
    key = "set.last" if bout.set == bout.sets else "set"
    return coach.say(key, "announce", short=("set.short",), n=number, m=of)


def _next_exercise_words(coach: Coach, leg: Interval, before: Bout) -> list[Say]:
    """Another exercise: name, amount, side, kit, position; set-up and a form cue if it is new."""
    bout = leg.bout
    named = coach.say("next", "announce", name=bout.exercise.said)
    said = [*_round_words(coach, bout, before), named]
    if not leg.known:
        return [*said, *introduce_exercise(coach, bout, before, "announce")]
    if bout.set > 1:  # of a superset
        said.append(_set_number_words(coach, bout))
    else:
        said.append(_amount_words(coach, bout, "announce", yields=REST))
    said += [*_side_words(coach, bout, "announce"), *_load_words(coach, bout, "announce")]
    return [*said, *_position_words(coach, bout, before, "announce")]


def _round_words(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    if bout.round is None or bout.rounds == 1 or bout.round == before.round:
        return []
    number, of = coach.phrases.number(bout.round), coach.phrases.number(bout.rounds or 1)
    key = "minute" if bout.minutes else "round"
    key += ".last" if bout.round == bout.rounds else ""
    return [coach.say(key, "announce", yields=REST, n=number, m=of)]


def introduce_exercise(coach: Coach, bout: Bout, before: Bout | None, role: Role) -> list[Say]:
    """All there is to know before a new exercise but its name, the most needed first."""
    exercise = bout.exercise
    said = [_amount_words(coach, bout, role), *_side_words(coach, bout, role)]
    if bout.pulses:
        pulses = coach.phrases.many("pulses", bout.pulses)
        said.append(coach.say("finisher", role, pulses=pulses))
    said += _load_words(coach, bout, role)
    said += _position_words(coach, bout, before, role)
    if coach.talks:
        said += _optional_kit_words(coach, bout, before, role)
        said += make_cues(exercise.cues.setup, "setup", SETUP)
    if exercise.cues.safety:
        said.append(Say(exercise.cues.safety, "setup"))
    if coach.explains:
        said += make_cues(exercise.cues.form[:1], "form", FORM)
    return said


def _position_words(coach: Coach, bout: Bout, before: Bout | None, role: Role) -> list[Say]:
    """What to fetch, and the position where it changes."""
    exercise = bout.exercise
    needed = [kit for kit in bout.kit if not kit.optional]
    said = []
    if timing.fetches_kit(before.exercise if before else None, exercise):
        said.append(coach.say("kit", role, kit=coach.phrases.kit_list(needed)))
    if before is None or before.exercise.position != exercise.position:
        said.append(coach.say(f"position.{exercise.position}", role))
    return said


def _optional_kit_words(coach: Coach, bout: Bout, before: Bout | None, role: Role) -> list[Say]:
    """What makes it harder for those who have it, where it was not told just before.

    Before the first exercise it was: among the things to have at hand.
    """
    had = {kit.key for kit in before.exercise.kit} if before else set()
    kit = [kit for kit in bout.exercise.kit if kit.optional and kit.key not in had]
    if before is None or not kit:
        return []
    return [Say(f"{_capitalize(coach.phrases.kit_list(kit))}.", role, yields=FORM)]


def _amount_words(coach: Coach, bout: Bout, role: Role, yields: int = 0) -> Say:
    amount = coach.amount(bout)
    several = bout.sets > 1
    counted = isinstance(bout.prescription.amount, Reps | Steps)
    order = bout.prescription.sides.order
    if order == "together" or (order == "alternating" and not counted):
        key = "sets" if several else "amount"
    else:
        key = "sets.each" if several else "amount.sides"
        key += "" if bout.exercise.limb == "side" else f".{bout.exercise.limb}"
    if not several:
        return coach.say(key, role, yields=yields, amount=amount)
    sets = coach.phrases.many("sets", bout.sets)
    return coach.say(key, role, yields=yields, sets=sets, amount=amount)


def _side_words(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    if bout.prescription.sides.order == "together":
        return []
    key = "alternating" if bout.prescription.sides.order == "alternating" else "side_first"
    return [coach.say(key, role, side=coach.side(bout))]


def _load_words(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    load = bout.prescription.load
    if load is None:
        return []
    return [coach.say("load", role, load=coach.phrases.load(load))]
