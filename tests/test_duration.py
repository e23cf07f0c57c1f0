"""Fitting to a length: within a second, by the documented means in their order."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audioworkout.adapting import Adapted, adapt
from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.compiler.script import measure_length, workout_length
from audioworkout.languages import load_phrases
from audioworkout.model.exercise import Hold, Open, Prescription, Reps, SetSpec
from audioworkout.model.request import Wishes
from audioworkout.model.routine import Block, How, Rest, Rests, Routine, Work
from audioworkout.units import MINUTE
from samples import (
    ALL,
    HYDRANT,
    JACKS,
    LUNGE,
    MARCH,
    PLANK,
    SQUAT,
    WALK,
    circuit,
    emom,
    routine,
    tabata,
)

EN = load_phrases("en")
LONG = routine(*ALL)
"""18:37 as it stands."""


def fit(a_routine: Routine, target: int) -> Adapted:
    """The routine as it is with this length (ms) as its only wish."""
    return adapt(a_routine, Wishes(length=target), lambda one, ms: measure_length(one, ms, EN))


def fitted(a_routine: Routine, minutes: float) -> tuple[Routine, str]:
    result = fit(a_routine, round(minutes * MINUTE))
    assert not result.errors
    return result.routine, "; ".join(result.notes)


@settings(max_examples=30, deadline=None)
@given(st.floats(6, 120))
@example(53.890625)  # the first words are a second shorter than those of the routine as it stands
def test_within_a_second(minutes: float) -> None:
    target = round(minutes * MINUTE)
    result = fit(LONG, target)
    assert abs(workout_length(result.routine, EN) - target) <= 1_000
    assert compile_routine(result.routine, EN).lasts == workout_length(result.routine, EN)


def test_rests_come_first_and_keep_their_proportions() -> None:
    changed, done = fitted(LONG, 20)
    assert changed.items == LONG.items
    assert done == "rests made longer, by 1:23 in all"
    rests = [interval.pause for interval in plan_routine(LONG).intervals]
    assert all(rest % 1_000 == 0 for rest in rests)


def test_then_amounts_then_sets() -> None:
    _, amounts = fitted(LONG, 13)
    _, sets = fitted(LONG, 10)
    assert amounts.startswith("amounts")
    assert "sets" not in amounts
    assert sets.startswith("amounts at the low end of their ranges; fewer sets")


def test_amounts_stay_inside_their_ranges() -> None:
    changed, _ = fitted(LONG, 13)
    for item, before in zip(changed.items, LONG.items, strict=True):
        assert isinstance(item, Work)
        assert isinstance(before, Work)
        was = before.prescription.amount
        assert was.low <= item.prescription.amount.high <= was.high


def test_rounds_before_leaving_out() -> None:
    changed, done = fitted(routine(circuit(JACKS, PLANK, WALK, rounds=4)), 6)
    assert "fewer rounds" in done
    assert "left out" not in done
    assert isinstance(changed.items[0], Block)


def work(exercise: object) -> Work:
    return Work(exercise, exercise.prescription)  # type: ignore[attr-defined,arg-type] # samples


def test_at_last_exercises_are_left_out_from_the_end_but_never_warm_up_or_cool_down() -> None:
    whole = LONG._replace(warm_up=(work(JACKS),), cool_down=(work(PLANK),))
    changed, done = fitted(whole, 9.5)
    assert "left out: Jumping Jacks" in done
    assert changed.warm_up == whole.warm_up
    assert changed.cool_down == whole.cool_down


def test_three_exercises_remain_and_the_nearest_length_is_named() -> None:
    (error,) = fit(LONG, 3 * MINUTE).errors
    assert error.message == "this routine cannot be made to last 3:00"
    assert error.hint.startswith("The nearest possible is 4:5")


def test_the_nearest_length_can_be_had_as_it_is_typed() -> None:
    """Of an EMOM and a hold nothing can be left out, and little stretched: gaps on all sides."""
    stiff = routine(emom(WALK, minutes=3), Rest(30_000), PLANK)
    refused = []
    for half_minutes in range(2, 40):
        refused += [error.hint for error in fit(stiff, round(half_minutes / 2 * MINUTE)).errors]
    assert len(refused) > 5
    for hint in set(refused):
        nearest = re.search(r"--minutes ([0-9.]+)\)", hint)
        assert nearest
        changed, _ = fitted(stiff, float(nearest[1]))
        assert abs(workout_length(changed, EN) - float(nearest[1]) * MINUTE) <= 1_000


def test_taking_turns_everybody_keeps_a_turn() -> None:
    turns = routine(emom(WALK, JACKS, PLANK, minutes=6), PLANK)
    (error,) = fit(turns, 2 * MINUTE).errors
    shortest, _ = fitted(turns, float(error.hint.split("--minutes ")[1].rstrip(").")))
    assert isinstance(shortest.items[0], Block)
    assert shortest.items[0].rounds == 3
    longer, done = fitted(turns, 40)
    assert isinstance(longer.items[0], Block)
    assert longer.items[0].rounds > 12
    assert "more rounds" in done


def test_rests_within_warm_up_and_cool_down_are_left_alone() -> None:
    around = (work(JACKS), work(PLANK))
    whole = LONG._replace(warm_up=around, cool_down=around)
    intervals, last = plan_routine(whole).intervals, len(plan_routine(whole).intervals) - 1
    assert not intervals[1].flexible
    assert intervals[2].flexible
    assert intervals[last - 1].flexible
    assert not intervals[last].flexible


def test_longer_by_sets() -> None:
    changed, done = fitted(routine(SQUAT, HYDRANT), 30)
    assert "more sets" in done
    assert sum(item.prescription.sets for item in changed.items if isinstance(item, Work)) > 4


def test_six_sets_are_the_most_before_another_round() -> None:
    two = routine(JACKS, PLANK)
    (few, _), (many, done) = fitted(two, 24), fitted(two, 26)
    assert few.rounds == 1
    assert {item.prescription.sets for item in few.items if isinstance(item, Work)} == {6}
    assert many.rounds == 2
    assert "more rounds" in done


def test_a_rest_of_a_flag_or_an_item_is_never_touched() -> None:
    how = How(rests=Rests(sets=31_000, kept=frozenset({"sets"})))
    given = routine(SQUAT, Rest(22_000), LUNGE, MARCH, how=how)
    changed, _ = fitted(given, 11)
    pauses = [interval.pause for interval in plan_routine(changed).intervals]
    assert pauses.count(31_000) >= 2
    stretched = {
        interval.pause for interval in plan_routine(changed).intervals if interval.flexible
    }
    assert 22_000 not in stretched


def test_clocked_pauses_keep_their_clock() -> None:
    intervals = plan_routine(routine(tabata(JACKS), emom(WALK, minutes=3))).intervals
    flexible = [interval for interval in intervals if interval.flexible]
    assert len(flexible) == 1  # between the two


def test_amounts_of_holds_stay_whole_seconds() -> None:
    hold = PLANK._replace(prescription=PLANK.prescription._replace(amount=Hold(30_000, 45_000)))
    many = routine(hold, hold._replace(key="b"), hold._replace(key="c"))
    changed, _ = fitted(many, 3.6)
    highs = [item.prescription.amount.high for item in changed.items if isinstance(item, Work)]
    assert all(high % 1_000 == 0 for high in highs)


def test_a_fixed_amount_has_nothing_to_give() -> None:
    fixed = SQUAT._replace(prescription=SQUAT.prescription._replace(amount=Reps(8, 8), sets=1))
    assert fit(routine(fixed), 1 * MINUTE).errors


def test_leaving_out_the_last_exercise_keeps_the_rest_at_the_end() -> None:
    short, end = Rest(25_000), Rest(40_000)
    items = (*ALL[:-1], short, ALL[-1], end)
    one = routine(*items)
    results = (fitted(one, minutes) for minutes in range(12, 5, -1))
    changed = next(changed for changed, done in results if "left out" in done)
    assert changed.items[-1] is end
    assert short not in changed.items
    assert plan_routine(changed).last_rest.lasts == 40_000


def test_no_window_and_no_list_is_changed() -> None:
    """Open work is as long as it is, and a list that was written ends with its last set."""
    most = Work(SQUAT, Prescription(Open(60_000), 2))
    ladder = tuple(SetSpec(Reps(n, n)) for n in (3, 2, 1))
    listed = Work(LUNGE, Prescription(Reps(3, 3), 3, by_set=ladder))
    whole = routine(most, listed, HYDRANT, PLANK)
    for minutes in (9, 40):
        changed, _ = fitted(whole, minutes)
        works = [item for item in changed.items if isinstance(item, Work)]
        assert works[0].prescription.amount == Open(60_000)
        assert works[1].prescription.by_set == ladder[: len(works[1].prescription.by_set)]
    assert works[0].prescription.sets > 2
    assert works[1].prescription.sets == 3
