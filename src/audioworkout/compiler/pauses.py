"""Pauses: what is said between two bouts and when, and the three beeps into the next one.

A short pause is one slot. A longer one begins with what was done and what comes next, and ends with
how it is done; between the two stands what keeps the listener company (`fill`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audioworkout.compiler import rules
from audioworkout.compiler.arc import NO_MOMENT, Moment
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import ROOM_PERCENT, Coach
from audioworkout.compiler.fill import APART, fill_silence
from audioworkout.compiler.marks import Marks
from audioworkout.compiler.pause_words import PauseWords, pause_words, rest_of
from audioworkout.compiler.plan import Interval, LastRest
from audioworkout.model.script import BETWEEN, Gap, Passage, Say, Slot, SoundCue
from audioworkout.units import SECOND, Ms

END_TONE: Ms = 450
"""Length of the end tone; the first words follow it."""

LONG_PAUSE: Ms = 15 * SECOND
SEND_OFF: Ms = 10 * SECOND
SEND_OFF_FROM: Ms = 16 * SECOND
"""The next set on the clock is announced ten seconds ahead, in pauses of this length or longer."""

QUIET_LONG: Ms = 4 * SECOND
QUIET_SHORT: Ms = 3_250
"""In long pauses the last words end four seconds before GO, in shorter ones a breath before T-3."""


CALM_GAP: Ms = 700
"""The least pause between two sentences in a calm mood."""


class Room(NamedTuple):
    """The part of a pause that has room for words, from its start; the beeps follow."""

    words: Ms
    ready: int
    """How many beeps, or numbers, there are."""


def compile_pause(
    coach: Coach,
    interval: Interval,
    before: Bout | None,
    then: Sequence[Bout] = (),
    moment: Moment = NO_MOMENT,
) -> Passage:
    """The pause before a bout: rest, change of sides, or getting ready for the first.

    Args:
        coach: Who speaks; its `now` is the start of the pause.
        interval: The bout and its pause.
        before: What was done before it; None for the first bout.
        then: What is new of what runs on from it without a pause.
        moment: What the interval is in the workout as a whole.
    """
    tone = before is not None and coach.how.beeps and interval.pause >= SECOND
    words = pause_words(coach, interval, before, then, moment)
    words = words._replace(opening=(Gap(END_TONE if tone else BETWEEN), *words.opening))
    room = _room_for_words(coach, interval.pause, words)
    slots = _two_parts(coach, interval, words, room) or [_one_part(coach, interval, words, room)]
    slots = [slot._replace(items=_at_ease(coach, slot)) for slot in slots]
    sound_cues = [SoundCue(0, "end")] if tone else []
    if coach.how.beeps:
        slots.append(Slot(interval.pause - room.words))
        sound_cues += [
            SoundCue(interval.pause - n * SECOND, "ready") for n in range(room.ready, 0, -1)
        ]
    else:
        slots.append(Slot(interval.pause - room.words - room.ready * SECOND))
        slots += (
            Slot(SECOND, () if coach.calm else (coach.number(n, "countdown"),))
            for n in range(room.ready, 0, -1)
        )
    filled = tuple(slot for slot in slots if slot.lasts or slot.items)
    return Passage(interval.kind, filled, tuple(sound_cues), coach.context(interval.bout))


def last_rest(coach: Coach, rest: LastRest) -> Passage:
    """A rest that no work follows: its length and what the person wants said in it, no beeps."""
    tone = coach.how.beeps and rest.lasts >= SECOND
    words: list[Say | Gap] = [Gap(END_TONE if tone else BETWEEN), rest_of(coach, rest.lasts)]
    words += [Say(text, "announce", source="say") for text in rest.notes]
    return Passage("rest", (Slot(rest.lasts, tuple(words)),), (SoundCue(0, "end"),) if tone else ())


def _room_for_words(coach: Coach, pause: Ms, words: PauseWords) -> Room:
    ready = max(0, min(3, (pause - END_TONE) // SECOND))
    quiet = QUIET_LONG if pause >= LONG_PAUSE else QUIET_SHORT
    room = pause - min(quiet, ready * SECOND + BETWEEN if ready < 3 else quiet)
    if coach.how.beeps and _shortest_length(coach, words.in_order) > room:
        room = pause - BETWEEN  # over the beeps rather than not at all
    return Room(max(room, 0), ready)


def _shortest_length(coach: Coach, words: Sequence[Say | Gap]) -> Ms:
    """Room for what never gives way, in its shortest wording."""
    kept = [item for item in words if isinstance(item, Gap) or not item.yields]
    return coach.lasts(
        Say(item.shorter[-1], item.role) if isinstance(item, Say) and item.shorter else item
        for item in kept
    )


def _one_part(coach: Coach, interval: Interval, words: PauseWords, room: Room) -> Slot:
    """All words in one slot: the pause is short, or full of words."""
    return Slot(room.words, tuple(_within_share(coach, interval.pause, words).in_order))


def _within_share(coach: Coach, pause: Ms, words: PauseWords) -> PauseWords:
    """The words of a pause; of a longer one, no more than half of it, if that can be."""
    if pause < rules.SPLIT_FROM:
        return words
    while _speech(coach, words.in_order) > _share_of(pause) and (less := words.with_less()):
        words, left_out = less
        coach.wordings.take_back(left_out, coach.now)
    return words


def _share_of(pause: Ms) -> Ms:
    """How much of a longer pause may be words."""
    return pause * rules.MOST_WORDS_PERCENT // 100


def _speech(coach: Coach, items: Sequence[Say | Gap]) -> Ms:
    """Length of the words alone, by the ruler."""
    return sum(coach.lasts([item]) for item in items if isinstance(item, Say))


def _two_parts(coach: Coach, interval: Interval, words: PauseWords, room: Room) -> list[Slot]:
    """A longer pause from mark to mark; empty where its words have no room in two parts."""
    if interval.pause < rules.SPLIT_FROM or interval.kind != "rest":
        return []
    words = _within_share(coach, interval.pause, words)
    said = coach.wordings.said
    while True:
        remembered = dict(said)
        marks = _mark_two_parts(coach, interval, words, room)
        if not marks:
            return []
        spoken = sum(_speech(coach, items) for items in marks.values())
        less = words.with_less() if spoken > _share_of(interval.pause) else None
        if less is None:
            break
        # Words against silence took more than was left: the others give way to them.
        said.clear()
        said.update(remembered)
        words, left_out = less
        coach.wordings.take_back(left_out, coach.now)
    starts = sorted(marks)
    ends = [*starts[1:], room.words]
    return [
        Slot(end - start, tuple(_apart(marks[start])))
        for start, end in zip(starts, ends, strict=True)
    ]


def _mark_two_parts(coach: Coach, interval: Interval, words: PauseWords, room: Room) -> Marks:
    """What is said when in a longer pause; empty where its words have no room in two parts."""
    marks = _late_marks(coach, interval, words, room)
    free = _needed_pause(coach, words.opening)
    late = min(marks, default=room.words)
    if free > late:
        return {}
    if words.warnings and late - coach.lasts(words.opening) < _middle_needs(coach, words.warnings):
        return {}
    budget = _share_of(interval.pause) - _speech(coach, words.in_order)
    between = (coach.lasts(words.opening), late)
    marks |= fill_silence(coach, interval.pause, between, words.warnings, words.fillers, budget)
    marks[0] = words.opening
    return marks


def _late_marks(coach: Coach, interval: Interval, words: PauseWords, room: Room) -> Marks:
    """When the words before GO begin: the order to get into position when it is due."""
    if _is_sent_off(interval):
        ten = coach.say("next_in", "announce", duration=coach.phrases.duration(SEND_OFF))
        return {interval.pause - SEND_OFF: (ten,)}
    closing = (*words.cue, Gap(0, 1), *words.again)
    if words.order and words.strenuous:
        # The order is followed by the name, if there is room for it; all else comes before it.
        at = interval.pause - rules.STRENUOUS_DUE
        order = (*words.order, Gap(0, 1), *words.again)
        before = (*words.setup, *words.cue)
        if _needed_pause(coach, order) > room.words - at:
            order, before = words.order, (*before, *words.again)
            at = min(at, room.words - _needed_pause(coach, order))
        return {at: order} | ({at - _needed_pause(coach, before): before} if before else {})
    late = (*words.order, *words.setup, *closing)
    at = room.words - _needed_pause(coach, late)
    if words.order or words.setup:
        at = min(at, interval.pause - rules.DUE)
    return {at: late} if any(isinstance(item, Say) for item in late) else {}


def _is_sent_off(interval: Interval) -> bool:
    """Whether a set on the clock is announced ten seconds ahead."""
    sent_off = interval.bout.prescription.every is not None and interval.bout.set > 1
    return sent_off and interval.pause >= SEND_OFF_FROM


def _needed_pause(coach: Coach, items: Sequence[Say | Gap]) -> Ms:
    gaps = CALM_GAP * (len(items) - 1) if coach.calm and items else 0
    return coach.lasts(items) * ROOM_PERCENT // 100 + BETWEEN + gaps


def _middle_needs(coach: Coach, items: Sequence[Say | Gap]) -> Ms:
    return coach.lasts(items) + 2 * APART


def _apart(items: Sequence[Say | Gap]) -> list[Say | Gap]:
    """The last words of a slot keep their distance from those of the next."""
    return [item if isinstance(item, Gap) else item._replace(after=BETWEEN) for item in items]


def _at_ease(coach: Coach, slot: Slot) -> tuple[Say | Gap, ...]:
    """The words of a slot; in a calm mood with more quiet between two of them, if there is room."""
    if not coach.calm:
        return slot.items
    spaced: list[Say | Gap] = []
    for item in slot.items:
        if isinstance(item, Say) and spaced and isinstance(spaced[-1], Say):
            spaced.append(Gap(CALM_GAP))
        spaced.append(item)
    return tuple(spaced) if coach.lasts(spaced) <= slot.lasts else slot.items
