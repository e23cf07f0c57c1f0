"""Finds the hints of a package in its source: as patterns of the sentences that a person sees.

A hint is what is given as a parameter or field called `hint`, what a variable of that name or a
constant called `..._HINT` is set to, and the second of a pair of a message and a hint. Names and
functions that stand there are followed to what they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

HINT = "hint"
PAIRS = ("Remark", "tuple[str, str]")
"""Annotations of a pair of a message and a hint."""
LEAST_LETTERS = 4
"""A text with fewer letters and figures of its own only joins others."""

Places = Mapping[str, set[int]]
"""Where `hint` stands among the arguments of functions and classes, by their name."""
Returned = Mapping[str, list[ast.expr]]
"""What each function that makes a text returns, by its name."""


class HintSite(NamedTuple):
    """A place in the source at which a hint is written."""

    path: str
    line: int
    pattern: str
    """Matches what a person sees of it."""


def find_hints(paths: Iterable[Path], base: Path) -> tuple[HintSite, ...]:
    """Every hint that is written in some modules; `base`: the folder that paths are told from."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    places = _find_places(trees.values())
    returned = _find_returned(trees.values())
    found: dict[HintSite, None] = {}
    for path, tree in trees.items():
        module = _Module(tree, returned)
        for given in (*_find_given(tree, places), *module.find_in_tables()):
            for line, pattern in module.follow(given):
                found[HintSite(str(path.relative_to(base)), line, pattern)] = None
    return tuple(found)


def _find_places(trees: Iterable[ast.Module]) -> Places:
    places: dict[str, set[int]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            names = [one.arg for one in node.args.args if one.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            names = _arguments_of(node)
            inherited = [places[base] for base in map(_name_of, node.bases) if base in places]
            if not names and inherited:
                places.setdefault(node.name, set()).update(*inherited)
        else:
            continue
        if HINT in names:
            places.setdefault(node.name, set()).add(names.index(HINT))
    return places


def _arguments_of(node: ast.ClassDef) -> list[str]:
    """What a class is made of: the arguments of its `__init__`, or its fields."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            return [one.arg for one in method.args.args[1:]]
    fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    return [one.id for one in fields if isinstance(one, ast.Name)]


def _find_returned(trees: Iterable[ast.Module]) -> Returned:
    returned: dict[str, list[ast.expr]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef) and _returns(node, ("str",)):
            values = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            returned.setdefault(node.name, []).extend(one for one in values if one)
    return returned


def _returns(node: ast.FunctionDef, kinds: Iterable[str]) -> bool:
    written = ast.unparse(node.returns) if node.returns else ""
    return any(kind == written or f"[{kind}" in written for kind in kinds)


def _find_given(tree: ast.Module, places: Places) -> Iterator[ast.expr]:
    """Every expression that is given as a hint."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            there = [one for one in places.get(_name_of(node.func), ()) if one < len(node.args)]
            if there:
                yield node.args[max(there)]
            yield from (one.value for one in node.keywords if one.arg == HINT)
            if _name_of(node.func) == "append" and node.args:
                yield from _second_of_pair(node.args[0])
        elif isinstance(node, ast.Assign):
            yield from _find_assigned(node.targets[0], node.value)
        elif isinstance(node, ast.FunctionDef) and _returns(node, PAIRS):
            for one in ast.walk(node):
                if isinstance(one, ast.Yield | ast.Return) and one.value is not None:
                    yield from _second_of_pair(one.value)


def _find_assigned(target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """What a variable called `hint`, or a constant called `..._HINT`, is set to."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=True):
            yield from _find_assigned(one, part)
    elif _name_of(target) == HINT or _name_of(target).endswith("_HINT"):
        yield value


def _second_of_pair(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        yield node.elts[1]


def _name_of(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


class _Module:
    """Follows the names of a module, and functions, to the texts that they stand for."""

    def __init__(self, tree: ast.Module, returned: Returned) -> None:
        self.returned = returned
        self.assigned: dict[str, list[ast.expr]] = {}
        self.from_tables: list[tuple[ast.expr, ast.Tuple]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                self._add(node.targets[0], node.value)
            elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
                self.from_tables.append((node.iter, node.target))
            elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
                self._add(node.target, node.value)

    def _add(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Tuple):
            self.assigned.setdefault(_name_of(target), []).append(value)
        elif isinstance(value, ast.Tuple):
            for one, part in zip(target.elts, value.elts, strict=True):
                self._add(one, part)
        else:
            self.from_tables.append((value, target))

    def find_in_tables(self) -> Iterator[ast.expr]:
        """The hints of `message, hint = TABLE[...]` and of `for ..., hint in TABLE`."""
        for value, target in self.from_tables:
            given = [_name_of(one) for one in target.elts]
            if HINT not in given:
                continue
            names = {_name_of(one) for one in ast.walk(value)}
            tables = [table for name in names for table in self.assigned.get(name, ())]
            for row in (one for table in tables for one in ast.walk(table)):
                if isinstance(row, ast.Tuple) and len(row.elts) == len(target.elts):
                    yield row.elts[given.index(HINT)]

    def follow(
        self, node: ast.expr, seen: frozenset[str] = frozenset()
    ) -> Iterator[tuple[int, str]]:
        """The line and the pattern of every text that an expression may be."""
        branches: list[ast.expr] = []
        match node:
            case ast.IfExp():
                branches = [node.body, node.orelse]
            case ast.BoolOp():
                branches = node.values
            case ast.Name() if node.id not in seen:
                seen, branches = seen | {node.id}, self.assigned.get(node.id, [])
            case ast.Call() if _name_of(node.func) not in seen:
                name = _name_of(node.func)
                seen, branches = seen | {name}, self.returned.get(name, [])
            case _:
                pattern = _make_pattern(node)
                if len(re.findall(r"\w", pattern)) >= LEAST_LETTERS:
                    yield node.lineno, pattern
        for branch in branches:
            yield from self.follow(branch, seen)


def _make_pattern(node: ast.expr) -> str:
    """A regular expression of the text that an expression makes; what it works out is anything."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr():
            return "".join(map(_make_pattern, node.values))
        case ast.BinOp(op=ast.Add()):
            return _make_pattern(node.left) + _make_pattern(node.right)
        case _:
            return ".*?"
