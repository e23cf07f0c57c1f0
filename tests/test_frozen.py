"""Our frozen dataclasses are those of the standard library to whoever uses them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout import frozen

Make = Callable[..., Callable[[type], type]]


def point(dataclass: Make, **arguments: Any) -> type:
    @dataclass(frozen=True, **arguments)
    class Point:
        """Somewhere."""

        x: int
        y: int = 7
        names: list[str] = dataclasses.field(default_factory=list)

        @property
        def sum(self) -> int:
            return self.x + self.y

    return Point


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    x: object
    y: object = None


@frozen.dataclass(frozen=True, slots=True)
class Ours:
    x: object
    y: object = None


@frozen.dataclass(frozen=True, slots=True)
class Child(Ours):
    z: int = 3


@frozen.dataclass(frozen=True)
class Unslotted:
    x: object


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Unequal:
    x: object


@frozen.dataclass(frozen=True, slots=True)
class Empty:
    pass


VALUES = st.none() | st.integers() | st.text() | st.tuples(st.integers(), st.booleans())


@given(VALUES, VALUES, VALUES, VALUES)
def test_they_compare_and_show_as_theirs(a: object, b: object, c: object, d: object) -> None:
    assert (Ours(a, b) == Ours(c, d)) == (Theirs(a, b) == Theirs(c, d))
    assert repr(Ours(a, b)) == repr(Theirs(a, b)).replace("Theirs", "Ours")
    if Ours(a, b) == Ours(c, d):
        assert hash(Ours(a, b)) == hash(Ours(c, d))


@pytest.mark.parametrize("arguments", [{}, {"slots": True}, {"kw_only": True, "slots": True}])
def test_they_are_called_as_theirs(arguments: dict[str, bool]) -> None:
    theirs, ours = (point(each, **arguments) for each in (dataclasses.dataclass, frozen.dataclass))
    calls: list[tuple[tuple[int, ...], dict[str, Any]]] = [
        ((1,), {}),
        ((1, 2), {}),
        ((), {"x": 1, "names": ["a"]}),
        ((), {}),
        ((1, 2, 3, 4), {}),
        ((), {"x": 1, "z": 2}),
        ((1,), {"x": 1}),
    ]
    for places, names in calls:
        assert shown(ours, places, names) == shown(theirs, places, names)
    assert ours.__match_args__ == theirs.__match_args__


def shown(cls: type, places: tuple[int, ...], names: dict[str, Any]) -> str:
    """What a call gives, or how it fails."""
    try:
        return repr(cls(*places, **names))
    except TypeError as error:
        return str(error)


def test_a_default_that_is_made_is_made_each_time() -> None:
    cls = point(frozen.dataclass)
    assert cls(1).names is not cls(1).names


@pytest.mark.parametrize("one", [Ours(1), Child(1), Unslotted(1), Unequal(1)])
def test_nothing_can_be_changed(one: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'x'"):
        one.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'other'"):
        one.other = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'x'"):
        del one.x
    assert one.x == 1


@pytest.mark.parametrize("one", [Ours(1, ("a",)), Child(1, z=5), Unslotted(2), Empty()])
def test_they_can_be_copied_pickled_and_replaced(one: Any) -> None:
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert dataclasses.is_dataclass(one)
    if not isinstance(one, Empty):
        assert dataclasses.replace(one, x=9).x == 9
        assert dataclasses.fields(one)[0].name == "x"


def test_only_the_same_class_is_equal() -> None:
    assert Ours(1) != Child(1)
    assert Ours(1) != Theirs(1)
    assert Ours(1) != (1, None)
    assert Unequal(1) != Unequal(1)
    assert Empty() == Empty()
    assert len({Ours(1), Ours(1), Child(1)}) == 2


@pytest.mark.parametrize("dataclass", [dataclasses.dataclass, frozen.dataclass])
def test_fields_can_be_left_out_of_comparing_and_showing(dataclass: Make) -> None:
    @dataclass(frozen=True, slots=True)
    class Placed:
        x: int
        line: int = dataclasses.field(default=0, compare=False)
        text: str = dataclasses.field(default="", repr=False)

    assert Placed(1, 2) == Placed(1, 3)
    assert hash(Placed(1, 2)) == hash(Placed(1, 3))
    assert Placed(1, text="a") != Placed(1, text="b")
    assert repr(Placed(1, text="a")).endswith("Placed(x=1, line=0)")


@pytest.mark.parametrize("wish", [{"init": False, "default": 1}, {"hash": True}])
def test_what_is_not_done_here_is_refused(wish: dict[str, Any]) -> None:
    class Odd:
        x: int = dataclasses.field(**wish)

    with pytest.raises(TypeError, match="standard library"):
        frozen.dataclass(frozen=True)(Odd)


def test_slots_have_no_dictionary_and_the_rest_has() -> None:
    assert not hasattr(Ours(1), "__dict__")
    assert vars(Unslotted(1)) == {"x": 1}


def test_they_can_be_matched() -> None:
    match Child(1, 2):
        case Child(x, y, z):
            assert (x, y, z) == (1, 2, 3)
