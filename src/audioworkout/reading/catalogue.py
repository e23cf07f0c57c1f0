"""Finding exercises by forgiving names, reading as few files as will do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeGuard

from audioworkout.files import is_file, list_folder, stat_path
from audioworkout.model.cache import Cache
from audioworkout.model.exercise import Exercise
from audioworkout.names import did_you_mean, make_key, make_stem
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, file_error
from audioworkout.reading.exercises import read_exercise
from audioworkout.reading.field_types import NAME
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.source import read_file

PACKAGE = Path(__file__).resolve().parent.parent
SETTINGS_FILE = "settings.yaml"
SUFFIXES = (".yaml", ".yml")
SETTINGS_HINT = "AUDIOWORKOUT_CONFIG names another folder for settings."


class Folders(NamedTuple):
    """Where exercises, routines and settings lie.

    `user`: the person's own folder; it may hold `settings.yaml`, `routines/`, and YAML files with
    exercises, at its top or in `exercises/`, and `voices/`. `home`: what is built in. `kept`: what
    was read of such files before; None: nothing is.
    """

    user: Path | None = None
    home: Path = PACKAGE
    cache: Cache | None = None

    @property
    def settings(self) -> Path | None:
        """The person's settings file, whether or not it exists."""
        return self.user / SETTINGS_FILE if self.user else None

    @property
    def voices(self) -> Path | None:
        """The person's own voices, whether or not there are any."""
        return self.user / "voices" if self.user else None

    @property
    def phrases(self) -> Path | None:
        """The person's own sentences, a file for each language, whether or not there are any."""
        return self.user / "phrases" if self.user else None

    @property
    def built_in(self) -> Path:
        """The built-in exercises."""
        return self.home / "catalogue"


class Entry(NamedTuple):
    """An exercise that has been found and not yet read."""

    key: str
    node: Node
    own: bool


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder in order of name; none where there is no folder.

    Raises:
        UsageError: It may not be looked into.
    """
    files = list_folder(folder, SETTINGS_HINT)  # what is built in may always be read
    return [path for path in files if path.suffix.lower() in SUFFIXES]


def has_own(path: Path | None) -> TypeGuard[Path]:
    """Whether the person has this file of settings or sentences.

    Raises:
        UsageError: It may not be looked at.
    """
    return path is not None and stat_path(path, SETTINGS_HINT) is not None


def load_tree(path: Path, folders: Folders, shown: str = "") -> Node:
    """The tree of a file that must say something; `shown` is what messages call it.

    Raises:
        RoutineError: It cannot be read, or is empty.
    """
    page, text = read_file(path, shown)
    root = cached_tree(page, text, folders.cache)
    if root is None or (isinstance(root, Text) and root.empty):
        raise file_error(page, 0, 0, "it is empty")
    return root


class Catalogue:
    """The exercises within reach of one routine: its own, the person's, and the built-in ones."""

    def __init__(
        self,
        folders: Folders,
        diagnostics: Diagnostics,
        language: str = "en",
        define: Node | None = None,
    ) -> None:
        self.folders = folders
        self.diagnostics = diagnostics
        self.language = language
        self._found: dict[str, Entry | None] = {}
        self._read: dict[str, Exercise | None] = {}
        self._searched: dict[Path, str] = {}
        self._own: dict[str, Entry] = {}
        for path in _user_files(folders):
            self._add_file(path)
        self._defined = self._add_own(define) if define else []

    def find(self, name: Text) -> Exercise | None:
        """The exercise of a name; None when the desk was told that there is none, or it is wrong.

        Tried in turn: the person's own, a file of that key, keys in another spelling, aliases.
        """
        entry = self.entry(name.value)
        if entry is not None:
            return self._exercise(entry)
        hint = did_you_mean(name.value, self.keys()) or "`audioworkout list exercises` tells all"
        self.diagnostics.error(name, f"there is no exercise `{name.value}`", hint)
        return None

    def named(self, name: str) -> Exercise | None:
        """The exercise of a name typed by itself; None where there is none, or it is wrong."""
        entry = self.entry(name)
        return None if entry is None else self._exercise(entry)

    def entry(self, name: str) -> Entry | None:
        """What stands behind a name, unread; None where there is nothing."""
        if name not in self._found:
            self._found[name] = self._look_up(make_stem(name), make_key(name))
        return self._found[name]

    def _look_up(self, stem: str, key: str) -> Entry | None:
        if not stem:
            return None
        return self._own.get(stem) or self._file(key) or self._respelt(stem) or self._alias(stem)

    def keys(self) -> list[str]:
        """The keys of all exercises, in order."""
        own = {entry.key for entry in self._own.values()}
        return sorted(own | {path.stem for path in yaml_files(self.folders.built_in)})

    def all(self) -> tuple[Exercise, ...]:
        """Every exercise, in order of key."""
        found = (self._exercise(entry) for key in self.keys() if (entry := self.entry(key)))
        return tuple(exercise for exercise in found if exercise is not None)

    def built_in(self, key: str) -> Exercise | None:
        """The built-in exercise of exactly this key, whatever a person has in its place."""
        entry = self._file(key)
        return None if entry is None else self._read_entry(entry)

    def check_defined(self) -> None:
        """Read every exercise of `define`, so that the desk learns what is wrong with each."""
        for entry in self._defined:
            self._exercise(entry)

    def _exercise(self, entry: Entry) -> Exercise | None:
        if entry.key not in self._read:
            self._read[entry.key] = self._read_entry(entry)
        return self._read[entry.key]

    def _read_entry(self, entry: Entry) -> Exercise | None:
        return read_exercise(entry.key, entry.node, self.diagnostics, self.language, entry.own)

    def _file(self, key: str) -> Entry | None:
        path = self.folders.built_in / f"{key}.yaml"
        return Entry(key, load_tree(path, self.folders), own=False) if is_file(path) else None

    def _respelt(self, stem: str) -> Entry | None:
        """A built-in exercise whose key is the same but for hyphens and plurals."""
        paths = yaml_files(self.folders.built_in)
        key = next((path.stem for path in paths if make_stem(path.stem) == stem), None)
        return None if key is None else self._file(key)

    def _alias(self, stem: str) -> Entry | None:
        """A built-in exercise that has this for another name; only likely files are parsed."""
        for path, text in self._texts().items():
            if stem in text:
                entry = Entry(path.stem, load_tree(path, self.folders), own=False)
                if stem in _entry_stems(entry):
                    return entry
        return None

    def _texts(self) -> dict[Path, str]:
        """The built-in files as one long stem each, to be searched in."""
        if not self._searched:
            paths = yaml_files(self.folders.built_in)
            self._searched = {path: make_stem(path.read_text(encoding="utf-8")) for path in paths}
        return self._searched

    def _add_file(self, path: Path) -> None:
        """Take what a file of the person's own defines; one that is broken only warns."""
        try:
            define = _definitions_in(path, self.folders)
            if define is not None:
                self._add_own(define)
        except RoutineError as error:
            self.diagnostics.downgrade(error)

    def _add_own(self, node: Node) -> list[Entry]:
        """Take the exercises of a `define`, by all their names; later ones win."""
        if not isinstance(node, Map):
            message = (
                f"`define` is a mapping of names to exercises, and this is {describe_node(node)}"
            )
            self.diagnostics.error(node, message)
            return []
        found = [entry for name, fields in node.pairs if (entry := self._own_entry(name, fields))]
        for entry in found:
            self._own |= dict.fromkeys(_entry_stems(entry), entry)
        return found

    def _own_entry(self, name: Text, fields: Node) -> Entry | None:
        if NAME.read(name, self.diagnostics) is None:
            return None
        return Entry(make_key(name.value), fields, own=True)


def _entry_stems(entry: Entry) -> list[str]:
    """Everything an exercise is called."""
    names = [entry.key]
    if isinstance(entry.node, Map):
        for field in ("name", "aliases"):
            names += _node_texts(entry.node.get(field))
    return [stem for name in names if (stem := make_stem(name))]


def _node_texts(node: Node | None) -> Iterator[str]:
    """The texts of a list, or one alone."""
    for one in node.items if isinstance(node, List) else (node,):
        if isinstance(one, Text):
            yield one.value


def _user_files(folders: Folders) -> Iterator[Path]:
    """The files of the person's own that may define exercises."""
    if folders.user is None:
        return
    for path in (*yaml_files(folders.user), *yaml_files(folders.user / "exercises")):
        if path != folders.settings:
            yield path


def _definitions_in(path: Path, folders: Folders) -> Node | None:
    """What a file defines, as a mapping of names to exercises; None where it is a routine.

    A file may hold one exercise, whose key is the file's name, a mapping of several, or the same
    behind `define`.

    Raises:
        RoutineError: It is none of these.
    """
    root = load_tree(path, folders)
    if is_routine(root):
        return None
    if is_exercise(root):
        place = (root.page, root.line, root.column, root.width)
        return Map(*place, ((Text(*place, path.stem), root),))
    define = definitions_of(root)
    if define is None:
        raise file_error(root.page, 0, 0, "it holds neither exercises nor a routine")
    return define


def definitions_of(root: Node) -> Node | None:
    """The exercises of a file that holds nothing else; None where it is something else."""
    if not isinstance(root, Map):
        return None
    if [key.value for key, _ in root.pairs] == ["define"]:
        return root.get("define")
    return root if all(is_exercise(node) for _, node in root.pairs) else None


def is_routine(root: Node) -> bool:
    """Whether a file is a routine: it has `exercises`, as nothing else has."""
    return isinstance(root, Map) and root.get("exercises") is not None


def is_exercise(root: Node) -> bool:
    """Whether a file is a single exercise: it has `default`, as only they have."""
    return isinstance(root, Map) and isinstance(root.get("default"), Text)
