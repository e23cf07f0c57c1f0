"""An exercise that is new, in two parts: what to know at once, and what to do just before it.

At once: amount, sides, load, what keeps one from harm, what to fetch. Just before: the order to get
into position, how the exercise is done, and one cue.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from audioworkout.compiler import announce, rules, tasks
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import AGAIN, FORM, REST, ROOM_PERCENT, Coach
from audioworkout.compiler.cues import demands
from audioworkout.model.exercise import Exercise, Hold, Kit, opposite_side
from audioworkout.model.kit import load_kit
from audioworkout.model.routine import Work
from audioworkout.model.script import Role, Say
from audioworkout.units import Ms

TELLING_LETTERS = 4
"""A word of so many letters or more names a position: 'plank' in 'Side Plank'."""

STEM = 5
"""Letters of such a word that are compared: endings differ."""

OWN_WORDS = ("standing", "squat", "kneeling", "sitting")
"""Positions whose order is known by its first word: 'Stand tall' in a set-up needs no 'Stand up'
before it. The others' begin with words that say little."""


UPRIGHT = ("squat", "hanging")
"""Positions from which one stands up without being told."""


class Introduction(NamedTuple):
    """The words of an exercise that is new, but for its name."""

    named: tuple[Say, ...]
    """Said at once."""
    order: tuple[Say, ...] = ()
    """The order to get into position; empty where it stays."""
    setup: tuple[Say, ...] = ()
    cue: tuple[Say, ...] = ()
    """What is said last: what was prescribed, or one form cue. Of the first exercise of a workout
    it is said while one gets ready."""


def introduce(
    coach: Coach, bout: Bout, before: Bout | None, fetch: Sequence[Kit], role: Role
) -> Introduction:
    """The words of an exercise, or of a stretch of tasks, that is new.

    Args:
        coach: Who speaks.
        bout: Its first bout.
        before: What was done before it; None at the start of the workout.
        fetch: The kit that has to be fetched.
        role: The role of what is announced.
    """
    if bout.tasks:
        said = tasks.introduction(coach, bout, role)
        said += kit_words(coach, bout, fetch, role)
        return Introduction((*said, *tasks.explained(coach, bout.works)))
    exercise = bout.exercise
    named = [
        *announce.prescription(coach, bout, role),
        *kit_words(coach, bout, fetch, role),
    ]
    if coach.talks and before is not None:
        named += _optional_kit_words(coach, fetch)
    named += tasks.safety(coach, exercise)
    setup = coach.cues("setup", exercise.cues.setup) if coach.talks else []
    order = position_order(coach, bout, before, role)
    if setup and ends_with_order(coach, bout):
        order, setup = setup[-1:], setup[:-1]
    cue = last_cue(coach, bout) if coach.explains and before is not None else []
    return Introduction(tuple(named), tuple(order), tuple(setup), tuple(cue))


def last_cue(coach: Coach, bout: Bout) -> list[Say]:
    """What is said last before an exercise: what was prescribed, else its first form cue.

    That is what the exercise demands most: it is the last of all cues to give way.
    """
    said = demands(coach, bout, "form")[:1] or coach.cue("form", bout.exercise.cues.form[:1])
    for say in said:
        coach.wordings.said[say.text] = coach.now
    return [say._replace(yields=AGAIN) for say in said]


def order_again(coach: Coach, bout: Bout) -> list[Say]:
    """The order into the same position before another set."""
    return [strenuous_order(coach, bout)._replace(yields=FORM)]


def strenuous_order(coach: Coach, bout: Bout) -> Say:
    """The order into a strenuous position: the set-up's own, which ends with it, or a phrase."""
    if coach.talks and ends_with_order(coach, bout):
        return coach.make_cue("setup", bout.exercise.cues.setup[-1])
    return order_into(coach, bout, "announce")


def ends_with_order(coach: Coach, bout: Bout) -> bool:
    """Whether the set-up of an exercise ends with the order into its strenuous position.

    In a position without a phrase of its own, on one leg or over the bar, it always does.
    """
    exercise = bout.exercise
    if not exercise.cues.setup or not is_strenuous(bout):
        return False
    if exercise.position not in rules.STRENUOUS:
        return True
    order = order_into(coach, bout, "announce").text
    words = 1 if exercise.position in OWN_WORDS else 2
    return _first_words(order, words) == _first_words(exercise.cues.setup[-1], words)


def position_order(coach: Coach, bout: Bout, before: Bout | None, role: Role) -> list[Say]:
    """The order to get into a position, where it changes and the set-up does not give it."""
    exercise = bout.exercise
    if before is None and exercise.position == "standing":
        return []
    lies_anew = bout.side is not None and exercise.position == "side"
    if before is not None and not _moves(before, bout) and not lies_anew:
        return []
    order = order_into(coach, bout, role)
    return [] if coach.talks and _is_in_setup(order.text, exercise) else [order]


def _moves(before: Bout, bout: Bout) -> bool:
    """Whether the position changes between two bouts; after hanging or squatting one stands."""
    last, position = before.exercise.position, bout.exercise.position
    return last != position and not (position == "standing" and last in UPRIGHT)


def order_into(coach: Coach, bout: Bout, role: Role) -> Say:
    """The order to get into the position of a bout: of the two sides, on which to lie."""
    exercise = bout.exercise
    if exercise.position == "side" and bout.side and exercise.limb != "side":
        short = ("position.side",)
        return coach.fill("position.side.limb", role, lying_blanks(coach, bout), short=short)
    return coach.say(f"position.{exercise.position}", role)


def lying_blanks(coach: Coach, bout: Bout) -> dict[str, str]:
    """The side one lies on, and what is on top of it."""
    side = bout.side or bout.prescription.sides.first
    under = coach.phrases.side(opposite_side(side), "side")
    return {"under": under, "top": coach.phrases.side(side, bout.exercise.limb)}


def _is_in_setup(order: str, exercise: Exercise) -> bool:
    """Whether a sentence of the set-up begins as the order does."""
    words = 1 if exercise.position in OWN_WORDS else 2
    start = _first_words(order, words)
    return any(_first_words(text, words) == start for text in exercise.cues.setup)


def _first_words(text: str, number: int) -> list[str]:
    return [word.strip(".,;:").casefold() for word in text.split()[:number]]


def is_strenuous(bout: Bout) -> bool:
    """Whether its position costs strength while one waits in it: a hang, a plank, one leg."""
    exercise, sides = bout.exercise, bout.prescription.sides
    if exercise.position in rules.STRENUOUS:
        return True
    on_one_leg = exercise.limb == "leg" and sides.order in ("each", "one")
    held = isinstance(bout.prescription.amount, Hold)
    over_bar = exercise.starts == "top" and any(kit.key == "pull-up-bar" for kit in exercise.kit)
    return over_bar or (exercise.position == "standing" and held and on_one_leg)


def name_next(coach: Coach, bout: Bout, before: Bout) -> Say:
    """What comes next, with its position where that is another."""
    exercise, name = bout.exercise, coach.said(bout)
    if not bout.tasks and _moves(before, bout) and coach.talks:
        at = coach.phrases.part(f"at.{exercise.position}")
        if not _names_position(coach, bout, name, at):
            return coach.say("next.at", "announce", short=("next",), name=name, at=at)
    return coach.say("next", "announce", name=name)


def _names_position(coach: Coach, bout: Bout, name: str, at: str) -> bool:
    """Whether a name tells the position itself: 'Side Plank' is a plank, 'Dead Hang' a hang.

    The order into a strenuous position names it too: 'Take the bar and hang'.
    """
    words = at.split()
    if bout.exercise.position in rules.STRENUOUS:
        words += order_into(coach, bout, "announce").text.split()
    stems = {_without_marks(word)[:STEM] for word in words if len(word) >= TELLING_LETTERS}
    return any(stem in _without_marks(name) for stem in stems)


def _without_marks(text: str) -> str:
    """The text without case and accents: 'Hängen' has the stem of 'Hang'.

    >>> _without_marks("Hängen")
    'hangen'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace())


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


def brief_setup(coach: Coach, bout: Bout, room: Ms) -> list[Say]:
    """How it is done in as many of its sentences as a short pause has room for, at least one.

    Of two sentences the second tells the movement; of more the last is where one begins, and the
    longest of the others tells most. Where none has room, the first form cue stands for it.

    Args:
        coach: Who speaks.
        bout: A bout of the exercise.
        room: Time for these words (ms, by the ruler).
    """
    cues = bout.exercise.cues
    sentences = list(cues.setup)
    if ends_with_order(coach, bout) and len(sentences) > 1:
        sentences.pop()
    if len(sentences) > 2:
        most = max(sentences[:-1], key=len)
        choices = [sentences, sentences[:-1], [most]]
    else:
        choices = [sentences, sentences[-1:], sentences[:1]]
    said = [[coach.make_cue("setup", text) for text in choice] for choice in choices]
    fitting = (one for one in said if coach.lasts(one) * ROOM_PERCENT <= room * 100)
    found = next(fitting, said[1][-1:])
    return [*found[:-1], found[-1]._replace(shorter=cues.form[:1])]


def kit_words(coach: Coach, bout: Bout, fetch: Sequence[Kit], role: Role) -> list[Say]:
    """What to fetch, except the weight that is named with its load."""
    named = {kit.key for kit in load_kit(bout.prescription)}
    needed = [kit for kit in fetch if not kit.optional and kit.key not in named]
    return [coach.say("kit", role, kit=coach.phrases.kit_list(needed))] if needed else []


def _optional_kit_words(coach: Coach, fetch: Sequence[Kit]) -> list[Say]:
    """What makes it harder for those who have it."""
    kit = [kit for kit in fetch if kit.optional]
    if not kit:
        return []
    words = coach.phrases.kit_list(kit)
    text = f"{words[:1].upper()}{words[1:]}."
    return [Say(text, "announce", yields=FORM, source="kit_optional")]
