"""Forgiving names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.names import (
    LONGEST_COMPARED,
    did_you_mean,
    join_choices,
    make_key,
    make_stem,
    nearest_names,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Fire Hydrants", "fire-hydrants"),
        ("fire_hydrants", "fire-hydrants"),
        ("  Farmer's   March ", "farmers-march"),
        ("Farmer’s March", "farmers-march"),
        ("Élévation du bassin", "elevation-du-bassin"),
        ("Straße", "strasse"),
        ("深蹲", "深蹲"),
        ("90/90", "90-90"),
        ("?!", ""),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert make_key(name) == key


@pytest.mark.parametrize(
    "names",
    [
        ("Fire Hydrants", "fire-hydrants", "fire hydrant", "FIRE  HYDRANT"),
        ("side lunges", "Side Lunge", "side-lunge"),
        ("push ups", "push-up", "Pushups", "pushup"),
        ("calf stretches", "calf stretch"),
        ("dumbbell flies", "dumbbell fly"),
        ("farmer's march", "farmers marches", "farmer march"),
        ("glute bridges", "glute bridge"),
    ],
)
def test_one_stem_for_all_spellings(names: tuple[str, ...]) -> None:
    assert len({make_stem(name) for name in names}) == 1


def test_different_exercises_have_different_stems() -> None:
    assert make_stem("press") != make_stem("pres")
    assert make_stem("side lunge") != make_stem("lunge")


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    key = make_key(name)
    assert make_key(key) == key
    assert not set(key) & set(" /\\.:'\"\n")
    assert make_stem(key) == make_stem(name)


def test_nearest() -> None:
    known = ["fire-hydrants", "side-lunges", "glute-bridge"]
    assert nearest_names("fire hydrnat", known) == ("fire-hydrants",)
    assert nearest_names("zumba", known) == ()
    assert nearest_names("hydrent", known) == ("fire-hydrants",)  # one word, very much alike
    assert nearest_names("hydraulics", known) == ()
    assert nearest_names("x" * (LONGEST_COMPARED + 1), ["x" * LONGEST_COMPARED]) == ()


def test_words_of_choice() -> None:
    assert join_choices(["up"]) == "`up`"
    assert join_choices(["up", "down", "off"]) == "`up`, `down` or `off`"
    assert did_you_mean("dwon", ["up", "down"]) == "did you mean `down`?"
    assert did_you_mean("sideways", ["up"]) == ""
