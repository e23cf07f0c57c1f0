"""Frozen dataclasses, made in a quarter of the time; for whoever uses or checks them the same.

The standard library compiles six functions for every frozen dataclass, which takes 0.4 ms. Seventy
of them stand before the first word of a build, and were an eighth of one in which everything is
kept (docs/speed.md). Only `__init__` has to be compiled: the other five can be shared, or be
closures over the fields. What is ordered or can be changed is left to `dataclasses`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar

T = TypeVar("T")

Field = dataclasses.Field[Any]
Method = Callable[..., Any]


def _dataclass(
    *, frozen: Literal[True], slots: bool = False, eq: bool = True, kw_only: bool = False
) -> Callable[[type[T]], type[T]]:
    """What `dataclasses.dataclass` with these arguments does."""

    def make(cls: type[T]) -> type[T]:
        made = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )(cls)
        for name, method in _methods(made, eq):
            setattr(made, name, method)
        return made

    return make


def _methods(cls: type[Any], eq: bool) -> Iterator[tuple[str, Method]]:
    """Every method by name."""
    yield "__init__", _init(cls, dataclasses.fields(cls))
    yield "__repr__", _repr
    yield "__setattr__", _refuse_to_set
    yield "__delattr__", _refuse_to_delete
    yield "__setstate__", _restore
    if eq:
        yield from _comparison(each.name for each in dataclasses.fields(cls) if each.compare)


def _init(cls: type[Any], fields: tuple[Field, ...]) -> Method:
    """The one method that is compiled: calls are checked and bound by Python itself."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    for field in fields:
        if not field.init or field.hash is not None:
            raise TypeError(f"{field.name}: `init` and `hash` are for the standard library's own")
        known |= {f"_default_{field.name}": field.default, f"_make_{field.name}": _maker(field)}
    places = [_parameter(field) for field in fields if not field.kw_only]
    names = [_parameter(field) for field in fields if field.kw_only]
    parameters = ", ".join(["self", *places, *(["*", *names] if names else [])])
    body = "".join(f"\n _set(self, {field.name!r}, {_value(field)})" for field in fields)
    exec(f"def __init__({parameters}):{body or ' pass'}", known)
    init: Method = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _maker(field: Field) -> object:
    return field.default_factory


def _parameter(field: Field) -> str:
    if field.default is not dataclasses.MISSING:
        return f"{field.name}=_default_{field.name}"
    return field.name if _maker(field) is dataclasses.MISSING else f"{field.name}=_missing"


def _value(field: Field) -> str:
    if _maker(field) is dataclasses.MISSING:
        return field.name
    return f"_make_{field.name}() if {field.name} is _missing else {field.name}"


def _comparison(names: Iterable[str]) -> Iterator[tuple[str, Method]]:
    """Equal are objects of one class whose fields are; equal ones have the same hash."""
    # With the class among them the values are a tuple even where there is one field.
    values: Callable[[object], Hashable] = attrgetter("__class__", *names)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    yield "__eq__", equal
    yield "__hash__", hashed


def _repr(self: Any) -> str:  # noqa: ANN401 - a dataclass, for which typing has no name
    told = (each.name for each in dataclasses.fields(self) if each.repr)
    shown = (f"{name}={getattr(self, name)!r}" for name in told)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: object, state: Any) -> None:  # noqa: ANN401 - as `object.__getstate__` gives it
    """What `copy` and `pickle` call, who would otherwise set what cannot be set."""
    plain, slotted = state if isinstance(state, tuple) else (state, None)
    for name, value in ((plain or {}) | (slotted or {})).items():
        object.__setattr__(self, name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
