"""Finds what is valid but probably not meant: warnings, which never stop a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioworkout.model.exercise import Carry, Exercise, Hold, Prescription, Reps, Tempo
from audioworkout.model.routine import RUNS_ON, Item, Rests, Work
from audioworkout.notation import PartialPrescription
from audioworkout.units import SECOND, Ms, format_duration

SHORT_REST: Ms = 5 * SECOND
MANY_REPS = 50
VERY_SLOW_REP: Ms = 12 * SECOND
LONG_HOLD: Ms = 300 * SECOND
PULSE: tuple[Ms, Ms] = (460, 1_200)
"""Pulses are taught at 50 to 130 a minute (barre practice)."""

Doubt = tuple[str, str]
"""A message and a hint."""


def lint_work(
    exercise: Exercise,
    default: Prescription,
    meant: Prescription,
    partial: PartialPrescription,
    inside: bool = False,
    many: bool = False,
) -> Iterator[Doubt]:
    """Warnings about one item. `partial` is its line, `default` the exercise's default.

    `inside`: the item is in a block, where its rest is the one after it. `many`: many reps in one
    set are usual there.
    """
    if not many:
        yield from _lint_amount(meant)
    yield from _lint_kind(exercise, meant)
    yield from _lint_work_tempo(default, meant, partial)
    yield from _lint_sides(exercise, meant)
    if partial.rest is not None:
        if not any(spec.parts for spec in meant.by_set):
            yield from lint_rest(partial.rest)
        if meant.sets == 1 and not inside:
            hint = "the rest after an exercise is `- rest: 60s` on a line of its own"
            yield "a rest between the sets of one set never comes", hint


def lint_rest(rest: Ms | None) -> Iterator[Doubt]:
    """Warnings about a pause."""
    if rest is not None and RUNS_ON < rest < SHORT_REST:
        yield f"a rest of {format_duration(rest)} leaves no time to say what comes next", ""


def lint_rests(rests: Rests) -> Iterator[Doubt]:
    """Warnings about the pauses of a whole workout."""
    yield from lint_rest(rests.sets)
    if rests.exercises != rests.sets:
        yield from lint_rest(rests.exercises)


def lint_order(items: Sequence[Item], place: int) -> Iterator[Doubt]:
    """Warnings about the item at index `place` in relation to those before it."""
    here, before = items[place], items[place - 1] if place else None
    if isinstance(here, Work) and here == before:
        yield f"{here.exercise.name} comes twice in a row", "for more of it write `2x` before it"


def _lint_amount(meant: Prescription) -> Iterator[Doubt]:
    amount = meant.amount
    if isinstance(amount, Reps) and amount.high > MANY_REPS:
        yield f"{amount.high} reps are many", f"several sets are easier: `2x{amount.high // 2}`"
    if isinstance(amount, Hold) and amount.high > LONG_HOLD:
        yield f"a hold of {format_duration(amount.high)} is long", ""
    if meant.finisher and not PULSE[0] <= meant.finisher.every <= PULSE[1]:
        yield (
            f"a pulse every {format_duration(meant.finisher.every)} is unusual",
            f"usual are {format_duration(PULSE[0])} to {format_duration(PULSE[1])}",
        )


def _lint_kind(exercise: Exercise, meant: Prescription) -> Iterator[Doubt]:
    if (
        exercise.timed == "hold"
        and isinstance(exercise.prescription.amount, Hold)
        and isinstance(meant.amount, Reps)
    ):
        message = f"{exercise.name} is held, and a number without a unit is reps"
        yield message, f"for seconds write `{meant.amount.high}s`"


def _lint_work_tempo(
    default: Prescription, meant: Prescription, partial: PartialPrescription
) -> Iterator[Doubt]:
    written = (partial.tempo, partial.pause_top, partial.pause_bottom)
    if isinstance(meant.amount, Reps) and any(each is not None for each in written):
        yield from lint_tempo(meant.tempo)
    if isinstance(meant.amount, Hold | Carry) and meant.tempo != default.tempo:
        yield "a tempo and pauses have no meaning where no reps are counted", ""


def lint_tempo(tempo: Tempo) -> Iterator[Doubt]:
    """Warnings about a tempo."""
    if tempo.beat > VERY_SLOW_REP:
        yield f"a rep of {format_duration(tempo.beat)} is slow", "a tempo is in seconds: `2-0-2-0`"


def _lint_sides(exercise: Exercise, meant: Prescription) -> Iterator[Doubt]:
    one_sided = exercise.prescription.sides.order != "together"
    if one_sided and meant.sides.order == "together":
        yield (
            f"{exercise.name} works one side at a time, so one side is left out",
            "write `per side`",
        )
