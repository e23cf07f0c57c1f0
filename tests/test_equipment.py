"""Equipment at hand, minutes to spend, another order, one's own sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.compiler import plan_routine
from audioworkout.compiler.script import workout_length
from audioworkout.languages import load_phrases
from audioworkout.model.items import exercises_in, works_in
from audioworkout.model.request import Flags, Request
from audioworkout.model.routine import Block
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError
from audioworkout.units import MINUTE, SECOND
from checks import check_file

KIT = """\
title: Kit
exercises:
  - dumbbell squat: 3x8
  - goblet squat: 2x10
  - plank: 40s
  - circuit: {rounds: 2, exercises: [kettlebell swing: 10, burpees: 5]}
"""


def ask(text: str, user: Path | None = None, **flags: object) -> Request:
    return prepare_routine("-", Flags(**flags), Folders(user), text)  # type: ignore[arg-type] # as typed


def keys(request: Request) -> list[str]:
    return [exercise.key for exercise in exercises_in(request.routine.items)]


def complaint(text: str = KIT, user: Path | None = None, **flags: object) -> str:
    with pytest.raises(RoutineError) as error:
        ask(text, user, **flags)
    return str(error.value)


# -- equipment ------------------------------------------------------------------------------------


def test_nothing_is_changed_where_everything_is_there() -> None:
    request = ask(KIT, equipment="dumbbells, kettlebell")
    assert keys(request) == [
        "dumbbell-squat",
        "goblet-squat",
        "plank",
        "kettlebell-swing",
        "burpees",
    ]
    assert request.notes == ()


def test_without_equipment_exercises_are_replaced_and_that_is_told() -> None:
    request = ask(KIT, no_equipment=True)
    needs = {
        kit.key
        for exercise in exercises_in(request.routine.items)
        for kit in exercise.kit
        if not kit.optional
    }
    assert needs <= {"mat", "chair", "wall"}
    assert any("in place of Dumbbell Squat, which needs dumbbell" in note for note in request.notes)


def test_a_replacement_does_the_same_sets_and_reps() -> None:
    squat = ask(KIT, no_equipment=True).routine.items[0]
    assert squat.prescription.sets == 3  # type: ignore[union-attr] # a work
    assert squat.prescription.amount.high == 8  # type: ignore[union-attr]


def test_what_is_needed_goes_by_the_load() -> None:
    by_load = """\
title: Loads
exercises:
  - push up: 10, 10kg vest
  - dumbbell squat: 8, 20kg kettlebell
"""
    assert ask(by_load, equipment="vest, kettlebell").notes == ()
    request = ask(by_load, equipment="dumbbell")
    assert keys(request) == ["push-up", "dumbbell-squat"]
    assert request.notes == (
        "Push-Up without its vest, which is not there",
        "Dumbbell Squat without its kettlebell, which is not there",
    )
    assert [work.prescription.load for work in works_in(request.routine.items)] == [None, None]


def test_a_replacement_has_no_weights_in_any_of_its_sets() -> None:
    by_set = "title: Sets\nexercises:\n  - dumbbell squat: 5 @ 20kg, 4 @ 25kg\n"
    (squat,) = works_in(ask(by_set, no_equipment=True).routine.items)
    assert squat.exercise.key == "bodyweight-squat"
    assert [(one.amount.high, one.load) for one in squat.prescription.by_set] == [
        (5, None),
        (4, None),
    ]


def test_what_is_not_there_is_not_offered() -> None:
    text = "title: Offers\nexercises:\n  - clamshells\n"
    (offered,) = works_in(ask(text).routine.items)
    assert [kit.key for kit in offered.exercise.kit] == ["mat", "loop-band"]
    (without,) = works_in(ask(text, equipment="mat").routine.items)
    assert [kit.key for kit in without.exercise.kit] == ["mat"]


def test_each_thing_is_fetched_once_before_it_is_needed() -> None:
    text = """\
title: Fetched
exercises:
  - push up: 10, 10kg vest
  - dumbbell squat: 8, 2x8kg dumbbells
  - push up: 8
  - dumbbell squat: 8
  - plank: 20s
  - repeat 2 times: [kettlebell swing: 20s, skipping rope: 20s]
"""
    plan = plan_routine(ask(text).routine)
    assert [[kit.key for kit in interval.fetch] for interval in plan.intervals] == [
        ["vest"],
        ["dumbbell"],
        [],
        [],
        ["mat"],
        ["kettlebell", "rope"],
        [],
        [],
        [],
    ]
    # 60 s, and 5 s or 6 s for getting down or up, 10 s for fetching, rounded to 5 s.
    assert [interval.pause // SECOND for interval in plan.intervals[1:6]] == [75, 65, 65, 75, 75]


def test_what_has_no_replacement_is_left_out() -> None:
    own = KIT + "  - sled push: 20 m\ndefine: {sled push: {default: 20 m, kit: [sled]}}\n"
    request = ask(own, no_equipment=True)
    assert "left out: sled push, which needs sled" in request.notes
    assert "sled-push" not in keys(request)


def test_a_file_may_name_its_equipment_and_a_flag_wins() -> None:
    bare = KIT + "equipment: none\n"
    assert "dumbbell-squat" not in keys(ask(bare))
    assert "dumbbell-squat" in keys(ask(bare, equipment="dumbbells"))
    assert "dumbbell-squat" not in keys(ask(KIT + "equipment: [dumbbells]\n", no_equipment=True))


def test_unknown_equipment_names_the_nearest() -> None:
    assert "did you mean `dumbbell`?" in complaint(equipment="dumbell")


def test_nothing_left_is_refused() -> None:
    only = "title: Sled\nexercises: [sled push]\n"
    only += "define: {sled push: {default: 20 m, kit: [sled]}}\n"
    assert "nothing of this routine can be done" in complaint(only, no_equipment=True)


# -- minutes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [8, 10, 12.5, 20])
def test_minutes_hold_to_the_second(minutes: float) -> None:
    request = ask(KIT, minutes=minutes)
    lasts = workout_length(request.routine, load_phrases("en"))
    assert abs(lasts - minutes * MINUTE) <= 1_000
    assert request.notes


def test_where_one_round_is_too_short_and_two_too_long_exercises_are_left_out_of_two() -> None:
    request = prepare_routine("quiet-room", Flags(minutes=15), Folders())
    (circuit,) = request.routine.items
    assert isinstance(circuit, Block)
    assert circuit.rounds == 2
    assert 3 <= len(circuit.items) < 6
    assert any(note.startswith("left out: ") for note in request.notes)


def test_minutes_may_stand_in_the_file() -> None:
    request = ask(KIT + "minutes: 15\n")
    assert abs(workout_length(request.routine, load_phrases("en")) - 15 * MINUTE) <= 1_000


def test_minutes_that_cannot_be_had_are_told_with_the_nearest_that_can() -> None:
    told = complaint(minutes=1)
    assert "--minutes 1: error: this routine cannot be made to last 1:00" in told
    assert "The nearest possible is" in told


def test_a_rest_given_by_a_flag_stays() -> None:
    minutes = workout_length(ask(KIT, rest="20s").routine, load_phrases("en")) / MINUTE
    request = ask(KIT, minutes=minutes, rest="20s")
    assert request.routine.how.rests.kept == {"sets", "exercises"}
    rests = [
        interval.pause
        for interval in plan_routine(request.routine).intervals
        if interval.kind == "rest"
    ]
    assert 20_000 in rests


@pytest.mark.parametrize("minutes", [float("nan"), float("inf"), -3, 0, 10_000])
def test_minutes_that_are_none(minutes: float) -> None:
    assert "is not a number from 1 to 240" in complaint(minutes=minutes)


# -- length ---------------------------------------------------------------------------------------


def test_more_than_four_hours_are_refused() -> None:
    told = complaint("title: Long\nexercises: [plank: 1 min]\nrounds: 50\nrest: 10 min\n")
    assert "the whole workout lasts" in told
    assert "at most 240 min" in told


def test_an_emom_that_does_not_fit_its_minute_is_found_by_check(tmp_path: Path) -> None:
    routine = tmp_path / "emom.yaml"
    routine.write_text("title: E\nexercises: [emom: {minutes: 3, exercises: [burpees: 60]}]\n")
    (finding,) = (one for one in check_file(str(routine), Folders()) if one.fatal)
    assert "does not fit into" in finding.message


# -- order ----------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_order() -> None:
    one, two = ask(KIT, shuffle=True, seed=3), ask(KIT, shuffle=True, seed=3)
    assert keys(one) == keys(two)
    assert keys(one) != keys(ask(KIT))
    assert one.notes == ()


def test_without_a_seed_one_is_chosen_and_told() -> None:
    request = ask(KIT, shuffle=True)
    (note,) = request.notes
    seed = int(note.split("--seed ")[1].split()[0])
    assert keys(ask(KIT, shuffle=True, seed=seed)) == keys(request)


# -- sentences ------------------------------------------------------------------------------------


def phrases_file(folder: Path, text: str) -> Path:
    (folder / "phrases").mkdir()
    (folder / "phrases" / "en.yaml").write_text(text)
    return folder


def test_own_sentences_go_with_the_request(tmp_path: Path) -> None:
    user = phrases_file(tmp_path, "next: Coming up, {name}.\n")
    assert ask(KIT, user).phrases == {"next": "Coming up, {name}."}


def test_a_wrong_sentence_is_told_at_its_line(tmp_path: Path) -> None:
    user = phrases_file(tmp_path, "next: Coming up, {nam}.\nrset: Rest.\nround: [a]\n")
    told = complaint(KIT, user)
    assert "en.yaml:1:" in told
    assert "Did you mean" in told
    assert "`rest`" in told
    assert "`round` needs one sentence" in told


def test_check_knows_a_phrase_file(tmp_path: Path) -> None:
    (tmp_path / "phrases").mkdir()
    own = tmp_path / "phrases" / "en.yaml"
    own.write_text('ready: Here we go.\nraedy: Typo.\nrest: "{foo}"\n')
    assert [one.message for one in check_file(str(own), Folders(tmp_path))] == [
        "there is no sentence `raedy`",
        "`rest` has no blank `{foo}`",
    ]


def test_a_length_is_told_as_it_was_typed() -> None:
    assert complaint(minutes=2.0).startswith("--minutes 2: error: ")
    assert complaint(minutes=2.5).startswith("--minutes 2.5: error: ")
