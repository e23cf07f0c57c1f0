"""Imports go down only, edges do not know each other, and an outside library has one room."""

import ast
import re
import sys
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src/audioworkout"

FLOORS = [
    {
        "prefetch",
        "errors",
        "quiet",
        "text",
        "units",
        "",
    },  # "": the package itself, which holds the version
    {"model"},
    {"names", "notation", "languages", "ruler", "dsp"},
    {"adapting", "compiler", "layout", "normalizing", "tagging", "views"},
    {"audio_io", "files"},  # used by several edges
    {"mixing"},  # reads songs by audio_io; encoding takes what it makes
    {
        "cards",
        "encoding",
        "playing",
        "reading",
        "sharing",
        "sounds",
        "disk_cache",
        "voices",
    },
    {"preparing", "importing"},
    {"pipeline", "publish"},
    {"api"},
    {"programmes"},
    {"batch"},
    {"cli"},
    {"__main__"},
]
"""Rooms from the bottom up. Within a floor of edges nobody imports a neighbour."""

EDGES = next(floor for floor in FLOORS if "disk_cache" in floor)
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
PURE_LIBRARIES = {"numpy"}
"""Arrays are a language of their own, spoken in every room that holds samples."""


def room_of(path: Path) -> str:
    """The room a file stands in: `voices/espeak.py` in voices, the package's own file in ''."""
    first = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Every node of a file's syntax tree."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    """Dotted names of everything a file imports, at its top or within a function."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


LATER = {
    "reading": {"adapting", "compiler", "layout"},
    "adapting": {"compiler", "layout"},
    "compiler": {"layout"},
}
"""The steps that a step never calls: they come after it."""

FILES = sorted(HOUSE.rglob("*.py"))


def rooms_imported(path: Path) -> set[str]:
    """Rooms of ours that a file imports from."""
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("audioworkout.")}
    return {room if room in FLOOR_OF or not room.startswith("__") else "" for room in ours}


def test_every_file_stands_in_a_room_of_the_plan():
    new = {room_of(path) for path in FILES} - set(FLOOR_OF)
    assert not new, f"give {new} a floor in FLOORS, and a line in the plan of the rooms"


def test_every_room_is_in_the_table_of_the_docs():
    """In order, from the bottom up: `errors` is a module, `model/` a package."""
    text = (HOUSE.parent.parent / "docs/how-it-works.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)/?` \|", text.split("## The rooms")[1], re.MULTILINE)
    assert sorted(told) == sorted(set(FLOOR_OF) - {"", "__main__"})
    assert [FLOOR_OF[room] for room in told] == sorted(FLOOR_OF[room] for room in told)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_go_down_only(path):
    here = room_of(path)
    lent = {"api"} if not here else set()  # the package's own file lends its names, and loads none
    for room in rooms_imported(path) - {here} - lent:
        assert FLOOR_OF[room] <= FLOOR_OF[here], f"{here} imports {room}, which is above it"
        assert room not in LATER.get(here, ()), f"{here} calls {room}, which is a later step"
        assert not {room, here} <= EDGES, f"{here} and {room} are edges, and should not meet"


INTERFACES = {
    "main": {"__main__.py", "voices/worker.py"},
    "buildDriver": {f"voices/{name}_driver.py" for name in ("espeak", "natural", "piper")},
    **dict.fromkeys(("counted", "listed", "number", "plural", "singular"), "languages/*.py"),
    **dict.fromkeys(("list_voices", "open_voice"), "voices/*.py"),
    "render": "views/*.py",
}
"""Functions that several modules define because each of them is one of a kind: the files, or their
pattern."""


def is_interface(name: str, files: set[str]) -> bool:
    """True if a name is that of an interface, and only modules of its kind define it."""
    allowed = INTERFACES.get(name, set())
    if isinstance(allowed, str):
        return all(fnmatch(file, allowed) for file in files)
    return files <= allowed


def test_no_name_is_defined_in_two_modules():
    """Functions and classes of modules, with or without a `_` in front."""
    defined: dict[str, set[str]] = {}
    for path in FILES:
        for node in nodes_of(path)[0].body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                where = path.relative_to(HOUSE).as_posix()
                defined.setdefault(node.name.lstrip("_"), set()).add(where)
    clashes = {
        name: sorted(files)
        for name, files in defined.items()
        if len(files) > 1 and not is_interface(name, files)
    }
    assert not clashes, f"say what each of these does to what, or make them one: {clashes}"


SHARED_CONSTANTS = {
    "BUCKET": "one for each kind of cache entry",
    "DRIVER_VERSION": "one for each driver of a speech engine",
    "T": "type variables",
}
"""Constants and type aliases that modules of a kind define, and why. The modules of languages are
all of a kind."""


def test_no_constant_is_defined_in_two_modules():
    """Constants and type aliases that other modules may import: without a `_` in front."""
    defined: dict[str, set[str]] = {}
    for path in FILES:
        for node in nodes_of(path)[0].body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or room_of(path) == "languages":
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for each in chain.from_iterable(map(ast.walk, targets)):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    where = path.relative_to(HOUSE).as_posix()
                    defined.setdefault(each.id, set()).add(where)
    clashes = {
        name: sorted(files)
        for name, files in defined.items()
        if len(files) > 1 and not name.startswith("_") and name not in SHARED_CONSTANTS
    }
    assert not clashes, f"say what each of these is, or make them one: {clashes}"


def test_an_outside_library_is_imported_in_one_room_only():
    rooms: dict[str, set[str]] = {}
    for path in FILES:
        for name in {name.split(".")[0] for name in imports(path)}:
            if name not in sys.stdlib_module_names and name != "audioworkout":
                rooms.setdefault(name, set()).add(room_of(path))
    shared = {name: where for name, where in rooms.items() if len(where) > 1}
    assert shared.keys() <= PURE_LIBRARIES, shared


def test_the_world_is_looked_at_from_the_command_line_only():
    """The clock, the environment and the working folder are handed down."""
    looks = ("os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home", "datetime.now")
    last_names = {look.rpartition(".")[2] for look in looks}
    seen = [
        f"{path.relative_to(HOUSE)}: {ast.unparse(node)}"
        for path in FILES
        if room_of(path) != "cli"
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute)
        if node.attr in last_names and ast.unparse(node).endswith(looks)
    ]
    assert not seen
