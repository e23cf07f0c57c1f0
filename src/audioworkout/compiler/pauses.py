"""Pauses: what is said between two bouts, and the three beeps into the next one."""

from __future__ import annotations

from audioworkout.compiler import timing
from audioworkout.compiler.coach import (
    AGAIN,
    BETWEEN,
    FORM,
    MOTIVATE,
    REST,
    SETUP,
    Coach,
    about,
    cues,
    rotated,
)
from audioworkout.compiler.plan import Bout, Leg
from audioworkout.model.exercise import Load
from audioworkout.model.script import Bell, Gap, Passage, Role, Say, Slot
from audioworkout.units import SECOND, Ms

END_TONE: Ms = 450
"""Length of the end tone; the first words follow it."""

LONG_PAUSE: Ms = 15 * SECOND
QUIET_LONG: Ms = 4 * SECOND
QUIET_SHORT: Ms = 3_250
"""In long pauses the last words end four seconds before GO, in shorter ones a breath before T-3."""


def pause(coach: Coach, leg: Leg, before: Bout | None) -> Passage:
    """The pause before a bout: rest, change of sides, or getting ready for the first."""
    tone = before is not None and coach.how.beeps and leg.pause >= SECOND
    words = [*([Gap(END_TONE)] if tone else []), *_words(coach, leg, before)]
    ready = _ready_beeps(leg.pause)
    quiet = QUIET_LONG if leg.pause >= LONG_PAUSE else QUIET_SHORT
    room = leg.pause - min(quiet, ready * SECOND + BETWEEN if ready < 3 else quiet)
    if coach.how.beeps and _least(coach, words) > room:
        room = leg.pause - BETWEEN  # over the beeps rather than not at all
    room = max(room, 0)
    bells = [Bell(0, "end")] if tone else []
    if coach.how.beeps:
        slots = [Slot(room, tuple(words)), Slot(leg.pause - room)]
        bells += [Bell(leg.pause - n * SECOND, "ready") for n in range(ready, 0, -1)]
    else:
        slots = [
            Slot(room, tuple(words)),
            Slot(leg.pause - room - ready * SECOND),
            *(Slot(SECOND, (coach.number(n, "countdown"),)) for n in range(ready, 0, -1)),
        ]
    filled = tuple(slot for slot in slots if slot.lasts or slot.items)
    return Passage(leg.kind, filled, tuple(bells), about(leg.bout))


def _ready_beeps(lasts: Ms) -> int:
    """As many of the three beeps as fit after the end tone."""
    return max(0, min(3, (lasts - END_TONE) // SECOND))


def _least(coach: Coach, words: list[Say | Gap]) -> Ms:
    """Room for what never gives way, in its shortest wording."""
    kept = [item for item in words if isinstance(item, Gap) or not item.yields]
    return coach.lasts(
        Say(item.shorter[-1], item.role) if isinstance(item, Say) and item.shorter else item
        for item in kept
    )


def _words(coach: Coach, leg: Leg, before: Bout | None) -> list[Say | Gap]:
    notes = [Say(text, "announce") for text in leg.notes]
    if before is None:
        ready = coach.say("ready", "announce")
        return [ready, *notes, Gap(0, 1), _again(coach, leg.bout)]
    if leg.kind == "switch":
        return [*_switch(coach, leg.bout), *notes]
    rest = coach.say(
        "rest",
        "rest",
        yields=REST,
        short=("rest.short",),
        duration=coach.phrases.duration(leg.pause),
    )
    if before.exercise == leg.bout.exercise and leg.bout.set > 1:
        said = _next_set(coach, leg.bout)
    else:
        said = _next_exercise(coach, leg.bout, before)
    return [rest, *notes, *said, Gap(0, 1), _again(coach, leg.bout)]


def _switch(coach: Coach, bout: Bout) -> list[Say | Gap]:
    key = "switch.over" if bout.exercise.position == "side" else "switch"
    side, way = _capital(coach.side(bout)), coach.phrases.say(f"side.{bout.side}")
    short = ("switch.short", "switch.shortest")
    return [coach.say(key, "switch", short=short, side=side, way=way)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _again(coach: Coach, bout: Bout) -> Say:
    """The next piece once more, in few words, right before the beeps."""
    name = bout.exercise.said
    if bout.side:
        return coach.say("again.side", "announce", yields=AGAIN, name=name, side=coach.side(bout))
    if bout.sets > 1:
        number = coach.phrases.number(bout.set)
        return coach.say("again.set", "announce", yields=AGAIN, name=name, n=number)
    return coach.say("again", "announce", yields=AGAIN, name=name)


def _next_set(coach: Coach, bout: Bout) -> list[Say]:
    """Another set of the same: its number, its side, form, and in the last one motivation."""
    number, of = coach.phrases.number(bout.set), coach.phrases.number(bout.sets)
    last = bout.set == bout.sets
    said = [
        coach.say("set.last" if last else "set", "announce", short=("set.short",), n=number, m=of)
    ]
    if bout.side:
        said.append(coach.say("side_now", "announce", side=coach.side(bout)))
    if coach.explains and last:
        said += cues(bout.exercise.cues.motivate[:1], "motivate", MOTIVATE)
    elif coach.explains:
        said += cues(rotated(bout.exercise.cues.form, bout.set - 1)[:1], "form", FORM)
    return said


def _next_exercise(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    """A new exercise: name, amount, side, kit, position, set-up, one form cue."""
    named = coach.say("next", "announce", name=bout.exercise.said)
    return [*_new_round(coach, bout, before), named, *introduction(coach, bout, before, "announce")]


def _new_round(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    if bout.round is None or bout.rounds == 1 or bout.round == before.round:
        return []
    number, of = coach.phrases.number(bout.round), coach.phrases.number(bout.rounds or 1)
    key = "round.last" if bout.round == bout.rounds else "round"
    return [coach.say(key, "announce", n=number, m=of)]


def introduction(coach: Coach, bout: Bout, before: Bout | None, role: Role) -> list[Say]:
    """All there is to know before a bout but its name, the most needed first."""
    exercise, prescription = bout.exercise, bout.prescription
    said = [_amount(coach, bout, role), *_sides(coach, bout, role)]
    if bout.pulses:
        pulses = coach.phrases.many("pulses", bout.pulses)
        said.append(coach.say("finisher", role, pulses=pulses))
    if prescription.load:
        said.append(coach.say("load", role, load=_load(coach, prescription.load)))
    needed = [kit for kit in exercise.kit if not kit.optional]
    if timing.fetches_kit(before.exercise if before else None, exercise):
        said.append(coach.say("kit", role, kit=coach.phrases.kit_list(needed)))
    if before is None or before.exercise.position != exercise.position:
        said.append(coach.say(f"position.{exercise.position}", role))
    if bout.round is not None and bout.round > 1:
        return said  # set-up is known from the first round
    if coach.talks:
        said += cues(exercise.cues.setup, "setup", SETUP)
    if exercise.cues.safety:
        said.append(Say(exercise.cues.safety, "setup"))
    if coach.explains:
        said += cues(exercise.cues.form[:1], "form", FORM)
    return said


def _amount(coach: Coach, bout: Bout, role: Role) -> Say:
    amount = coach.phrases.amount(bout.prescription.amount)
    several = bout.sets > 1
    if bout.prescription.sides.order == "together":
        key = "sets" if several else "amount"
    else:
        key = "sets.each" if several else "amount.sides"
        key += "" if bout.exercise.limb == "side" else f".{bout.exercise.limb}"
    if not several:
        return coach.say(key, role, amount=amount)
    return coach.say(key, role, sets=coach.phrases.many("sets", bout.sets), amount=amount)


def _sides(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    if bout.prescription.sides.order == "together":
        return []
    key = "alternating" if bout.prescription.sides.order == "alternating" else "side_first"
    return [coach.say(key, role, side=coach.side(bout))]


def _load(coach: Coach, load: Load) -> str:
    weight = coach.phrases.weight(load.weight, load.unit)
    if load.count == 1:
        return weight
    return coach.phrases.part("load.each", count=coach.phrases.number(load.count), weight=weight)
