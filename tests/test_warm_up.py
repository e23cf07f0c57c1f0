"""A warm-up and a cool-down that fit: `--warm-up`, `--cool-down`, `warm_up: auto`."""

from __future__ import annotations

import pytest

from audioworkout.languages import LANGUAGES
from audioworkout.model.items import exercises_in
from audioworkout.model.request import Flags, Request
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError

PUSHING = "title: Push\nexercises: [push-up: 3x10, pike push-up: 2x8]\n"
LEGS = "title: Legs\nexercises: [bodyweight squat: 3x10, forward lunge: 2x8]\n"


def ask(name: str, text: str | None = None, **flags: object) -> Request:
    return prepare_routine(name, Flags(**flags), Folders(), text)  # type: ignore[arg-type] # typed


def names(request: Request, part: str) -> list[str]:
    return [exercise.key for exercise in exercises_in(getattr(request.routine, part))]


def test_what_is_trained_is_warmed_and_stretched() -> None:
    push = ask("-", PUSHING, warm_up=True, cool_down=True)
    legs = ask("-", LEGS, warm_up=True, cool_down=True)
    assert names(push, "warm_up")[0] == names(legs, "warm_up")[0] == "march-in-place"
    assert "arm-circles" in names(push, "warm_up")
    assert "arm-circles" not in names(legs, "warm_up")
    assert "chest-opener" in names(push, "cool_down")
    assert "quad-stretch" in names(legs, "cool_down")
    assert names(push, "items") == ["push-up", "pike-push-up"]


def test_the_ten_exercises_of_hip_dips_stay_as_they_are() -> None:
    plain, both = ask("hip-dips"), ask("hip-dips", warm_up=True, cool_down=True)
    assert both.routine.items == plain.routine.items
    assert len(names(plain, "items")) == 10
    assert both.routine.warm_up and both.routine.cool_down
    assert any(note.startswith("warm-up: March in Place, ") for note in both.notes)


def test_only_kit_that_the_workout_needs_is_needed_for_it() -> None:
    for part in ("warm_up", "cool_down"):
        bare = ask("-", LEGS, warm_up=True, cool_down=True)
        kit = [kit for one in exercises_in(getattr(bare.routine, part)) for kit in one.kit]
        assert [one.key for one in kit if not one.optional] == []


@pytest.mark.parametrize("part", ["warm_up", "cool_down"])
def test_a_routine_may_ask_for_it_itself(part: str) -> None:
    written = ask("-", f"{LEGS}{part}: auto\n")
    asked = ask("-", LEGS, **{part: True})
    assert written.routine == asked.routine
    with pytest.raises(RoutineError, match="is a list, and this is a text"):
        ask("-", f"{LEGS}{part}: maybe\n")


def test_a_routine_with_its_own_keeps_it() -> None:
    own = LEGS + "warm_up: [arm circles]\n"
    request = ask("-", own, warm_up=True)
    assert names(request, "warm_up") == ["arm-circles"]
    assert "the warm-up is the routine's own" in request.notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_led_in_every_language_and_fitted_to_the_second(language: str) -> None:
    request = ask("-", LEGS, warm_up=True, language=language, minutes=14)
    assert len(names(request, "warm_up")) > 1
    assert request.routine.lasts == 14 * 60_000
