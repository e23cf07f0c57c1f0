"""How hard work should feel: the phrase for it, from the level and the kind of work."""

from __future__ import annotations

from typing import NamedTuple

from audioworkout.compiler import rules
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import FORM, Coach
from audioworkout.model.exercise import Amount, Carry, Hold, Kit, Reps, Timed
from audioworkout.model.kit import WEIGHTS
from audioworkout.model.script import Say


class Feeling(NamedTuple):
    """How hard a set should feel: a phrase, its blanks, and a shorter phrase with the same."""

    key: str
    blanks: dict[str, str]
    short: str = ""


def feel(coach: Coach, bout: Bout) -> list[Say]:
    """How hard it should feel, in full; nothing where it was said lately or is prescribed."""
    found = fresh_feeling(coach, bout)
    if found is None:
        return []
    coach.wordings.said[found.key] = coach.now
    return [coach.fill(found.key, "setup", found.blanks, yields=FORM)]


def fresh_feeling(coach: Coach, bout: Bout) -> Feeling | None:
    """The phrase for how hard a set should feel; None where it was said lately or is prescribed."""
    if bout.prescription.effort or bout.tasks:
        return None
    found = _find_feeling(coach, bout, bout.prescription.amount)
    if found and coach.wordings.is_fresh(found.key, coach.now, rules.EFFORT_EVERY):
        return found
    return None


def _find_feeling(coach: Coach, bout: Bout, amount: Amount) -> Feeling | None:
    """Weights are chosen by reps, intervals by their length, stretches by what one feels."""
    exercise, level = bout.exercise, coach.how.level
    if exercise.category == "breath":
        return None
    if bout.stage == "warm-up":
        return Feeling("feel.warm_up", {})
    if exercise.category in rules.GENTLE:
        key = "feel.stretch" if exercise.category == "stretches" else "feel.mobility"
        return Feeling(key, {})
    if isinstance(amount, Timed):
        return _feeling_of_timed(coach, bout, amount)
    of_ten = {"n": coach.phrases.number(rules.EFFORT_OF_TEN[level])}
    strength = exercise.category in rules.STRENGTH
    if isinstance(amount, Hold) and strength:
        return Feeling("feel.hold", of_ten, "feel.short")
    no_load = bout.prescription.load is None and any(_is_weight(kit) for kit in exercise.kit)
    if isinstance(amount, Carry) and no_load:
        return Feeling("feel.carry", {})
    if not isinstance(amount, Reps):
        return None
    spare = rules.REPS_IN_RESERVE[level]
    if no_load:
        liftable = coach.phrases.counted(amount.high + spare, "reps")
        return Feeling("feel.weight", {"n": liftable})
    if strength:
        blanks = of_ten if spare == 1 else {**of_ten, "m": coach.phrases.counted(spare, "reps")}
        return Feeling(coach.phrases.form("feel.reps", spare), blanks, "feel.short")
    return None


def _feeling_of_timed(coach: Coach, bout: Bout, amount: Timed) -> Feeling | None:
    exercise, level = bout.exercise, coach.how.level
    in_intervals = any(turn.block.work is not None for turn in bout.turns)
    hard = in_intervals or (bool(bout.turns) and exercise.travels != "own pace")
    if hard and amount.high <= rules.INTERVAL_TO and level != "beginner":
        return Feeling("feel.interval", {"duration": coach.phrases.duration(amount.high)})
    if exercise.travels == "own pace":
        steady = {"n": coach.phrases.number(rules.STEADY_OF_TEN[level])}
        return Feeling("feel.steady", steady, "feel.short")
    if exercise.category in rules.STRENGTH or hard:
        return Feeling("feel.short", {"n": coach.phrases.number(rules.EFFORT_OF_TEN[level])})
    return None


def _is_weight(kit: Kit) -> bool:
    return not kit.optional and kit.key in WEIGHTS
