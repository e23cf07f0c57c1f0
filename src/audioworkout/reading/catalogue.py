"""Finds exercises by name, tolerating spelling variants, and reads as few files as possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeGuard

from audioworkout.files import is_file, list_folder, stat_path
from audioworkout.languages import LANGUAGES
from audioworkout.model.cache import Cache
from audioworkout.model.exercise import Exercise
from audioworkout.names import join_choices, make_key, make_spelling, make_stem
from audioworkout.notation import VOCABULARY
from audioworkout.reading.built_in_names import load_built_in_names
from audioworkout.reading.diagnostics import Diagnostics, RoutineError, file_error
from audioworkout.reading.exercise_words import translate_exercise
from audioworkout.reading.exercises import USUAL_AMOUNTS, read_exercise, says_no_amount
from audioworkout.reading.field_types import NAME
from audioworkout.reading.localizing import lacks_words
from audioworkout.reading.loose_keys import holds_items
from audioworkout.reading.misspelling import TRAINING_WORDS, Misspellings
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node, key_of
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.source import read_file
from audioworkout.reading.translations import Translations

PACKAGE = Path(__file__).resolve().parent.parent
SETTINGS_FILE = "settings.yaml"
MOST_ALIKE = 100
"""Most names of a file that differ only in punctuation."""
YAML_SUFFIXES = (".yaml", ".yml")
_BAND = re.compile(
    r"\b(?:thera-?\s?bands?|(?:mini|loop|exercise|rubber)[\s-]?bands?|tubes?|tubing)\b",
    re.IGNORECASE,
)
"""What people call a resistance band in the name of an exercise."""
SETTINGS_HINT = "AUDIOWORKOUT_CONFIG names another folder for settings."


class Folders(NamedTuple):
    """The folders of exercises, routines and settings.

    `user`: the user's folder; it may hold `settings.yaml`, `routines/`, `voices/`, and YAML files
    with exercises, at its top or in `exercises/`. `home`: the built-in files. `kept`: the cache of
    parsed files; None: nothing is cached.
    """

    user: Path | None = None
    home: Path = PACKAGE
    cache: Cache | None = None

    @property
    def settings(self) -> Path | None:
        """The user's settings file, which need not exist."""
        return self.user / SETTINGS_FILE if self.user else None

    @property
    def voices(self) -> Path | None:
        """The folder of the user's voices, which need not exist."""
        return self.user / "voices" if self.user else None

    @property
    def phrases(self) -> Path | None:
        """The folder of the user's phrases, a file for each language; it need not exist."""
        return self.user / "phrases" if self.user else None

    @property
    def built_in(self) -> Path:
        """The built-in exercises."""
        return self.home / "catalogue"

    def translations(self, language: str) -> Path:
        """The translations of the built-in exercises."""
        return self.built_in / "languages" / f"{language}.yaml"


class CatalogueEntry(NamedTuple):
    """An exercise that was found and is not parsed yet.

    `name`: as the user wrote it; empty for built-in exercises.
    """

    key: str
    node: Node
    own: bool
    name: str = ""


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder in order of name; none if it does not exist.

    Raises:
        UsageError: The folder cannot be read.
    """
    files = list_folder(folder, SETTINGS_HINT)  # built-in files are always readable
    return [path for path in files if path.suffix.lower() in YAML_SUFFIXES]


def has_own(path: Path | None) -> TypeGuard[Path]:
    """True if the user has this file of settings or phrases.

    Raises:
        UsageError: The file cannot be accessed.
    """
    return path is not None and stat_path(path, SETTINGS_HINT) is not None


def _rename_band(name: str) -> str:
    """A name with `band` for every other word for it; empty where there is none.

    >>> _rename_band("Theraband rows"), _rename_band("rows")
    ('band rows', '')
    """
    folded = name.lower()
    if "band" not in folded and "tub" not in folded:
        return ""
    renamed = _BAND.sub("band", name)
    return renamed if renamed != name else ""


def load_tree(path: Path, folders: Folders, shown: str = "") -> Node:
    """Parse a file that must not be empty; `shown` is its name in messages.

    Raises:
        RoutineError: It cannot be read or parsed, or is empty.
    """
    page, text = read_file(path, shown)
    root = cached_tree(page, text, folders.cache)
    if root is None or (isinstance(root, Text) and root.empty):
        raise file_error(page, 0, 0, "it is empty")
    return root


class Catalogue:
    """The exercises available to one routine: its own, the user's, and the built-in ones.

    `strict`: an unknown exercise is an error.
    """

    def __init__(
        self,
        folders: Folders,
        diagnostics: Diagnostics,
        language: str = "en",
        define: Node | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.folders = folders
        self.diagnostics = diagnostics
        self.language = language
        self.strict = strict
        self._found: dict[str, CatalogueEntry | None] = {}
        self._read: dict[str, Exercise | None] = {}
        self._names = load_built_in_names(folders.built_in)
        self._translations: dict[str, Translations] = {}
        self._trees: dict[Path, Node] = {}
        """Built-in files that were parsed."""
        self._likely: Misspellings | None = None
        self._own: dict[str, CatalogueEntry] = {}  # by spelling
        self._own_stems: dict[str, CatalogueEntry] = {}
        for path in _find_user_exercises(folders):
            self._add_file(path)
        self._defined = self._add_own(define) if define else []

    def for_routine(self, diagnostics: Diagnostics, *, strict: bool = False) -> Catalogue:
        """The same exercises for another routine, which reads no file that this one has read.

        What a routine defines stays its own, if this catalogue is led into none.
        """
        fresh = copy(self)
        fresh.diagnostics, fresh.strict, fresh.language = diagnostics, strict, "en"
        fresh._found, fresh._read, fresh._defined, fresh._likely = {}, {}, [], None
        fresh._own, fresh._own_stems = dict(self._own), dict(self._own_stems)
        return fresh

    def lead_in(self, language: str, define: Node | None) -> None:
        """Settle the workout's language, and the exercises that its file defines."""
        self.language = language
        self._found.clear()
        self._defined = self._add_own(define) if define else []

    def find(self, name: Text, sized: bool = True) -> Exercise | None:
        """Find the exercise of a name; None if it is wrong, which is reported.

        An unknown name becomes a new exercise, with a warning. `sized`: the item has an amount.
        """
        entry = self.entry(name.value)
        if entry is None:
            return self._adopt(name, sized)
        exercise = self._exercise(entry)
        if exercise is not None and not sized and entry.own and says_no_amount(entry.node):
            usual = USUAL_AMOUNTS[exercise.timed]
            message = f"nothing says how much: taken as `{usual}`"
            self.diagnostics.warn(name, message, f"write `{name.value}: {usual}`")
        return exercise

    def named(self, name: str) -> Exercise | None:
        """The exercise of a name typed alone; None if it is unknown or wrong."""
        entry = self.entry(name)
        return None if entry is None else self._exercise(entry)

    def entry(self, name: str) -> CatalogueEntry | None:
        """The unparsed exercise of a name; None if it is unknown."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def knows(self, name: str) -> bool:
        """True if there is an exercise of this name; reads fewer files than `entry`."""
        stem = make_stem(name)
        return bool(stem) and (
            stem in self._names.by_stem
            or stem in self._names.by_alias
            or stem in self._own_stems
            or (bool(self._own) and make_spelling(name) in self._own)
            or stem in self._translated_stems
            or self.knows(_rename_band(name))
        )

    @cached_property
    def _translated_stems(self) -> frozenset[str]:
        """The stems of all names of built-in exercises in languages other than English."""
        translated = (self._keys_in(language) for language in LANGUAGES if language != "en")
        return frozenset().union(*translated)

    def is_own(self, name: str) -> bool:
        """True if the person has an exercise of this name."""
        return make_spelling(name) in self._own or make_stem(name) in self._own_stems

    def knows_in(self, name: str, language: str) -> bool:
        """Whether a language has a built-in exercise of this name, or the person one of their own.

        What is the person's own counts as English.
        """
        stem = make_stem(name)
        if language != "en":
            return bool(stem) and stem in self._keys_in(language)
        return bool(stem) and (
            stem in self._own_stems or stem in self._names.by_stem or stem in self._names.by_alias
        )

    def english_words(self) -> frozenset[str]:
        """Words of prescriptions and of the keys of built-in exercises, in plain letters."""
        return self._names.key_words.union(VOCABULARY, TRAINING_WORDS)

    def _look_up(self, name: str) -> CatalogueEntry | None:
        """The user's exercise of exactly this name, else a built-in one, else the user's closest.

        Built-in exercises are looked up in the workout's language, in English, and in the others.
        """
        stem, spelling = make_stem(name), make_spelling(name)
        if not stem:
            return None
        own = self._own.get(spelling)
        if own is not None:
            return own
        built_in = (
            self._translated(stem, self.language)
            or self._file(make_key(name))
            or self._respelt(stem)
            or self._alias(stem)
            or self._first_translated(stem)
        )
        alike = self._own_stems.get(stem)
        if built_in is None and alike is None:
            return self._look_up(_rename_band(name))
        if alike is None or (built_in and spelling in map(make_spelling, _entry_names(built_in))):
            return built_in
        return alike

    def _adopt(self, name: Text, sized: bool) -> Exercise | None:
        """Make an exercise of an unknown name, unless the name is a misspelling."""
        shown = " ".join(name.value.split())
        if NAME.read(name, self.diagnostics) is None:
            return None
        near = self.misspelt(shown)
        if near:
            message = unknown_exercise(shown)
            fix = near[0] if len(near) == 1 else None
            self.diagnostics.error(name, message, f"did you mean {join_choices(near)}?", fix)
            return None
        if name.plain and any(map(str.isdigit, shown)):
            message = f"`{shown}` is neither an exercise known here nor one with its amount"
            hint = f'put a name with a figure in quotes: `"{shown}": 3x10`'
            self.diagnostics.error(name, message, hint)
            return None
        place = (name.page, name.line, name.column, name.width)
        entry = CatalogueEntry(self._free_key(shown), Text(*place, ""), own=True, name=shown)
        self._own[make_spelling(shown)] = entry
        self._found.clear()
        exercise = self._exercise(entry)
        if exercise is not None:
            self._tell_adopted(name, shown, "" if sized else USUAL_AMOUNTS[exercise.timed])
        return exercise

    def _tell_adopted(self, name: Text, shown: str, usual: str) -> None:
        message = f"`{shown}` is not in the catalogue: it is only called by this name"
        if usual:
            message += f", and taken as `{usual}`"
        quoted = f'"{shown}"' if any(sign in shown for sign in "\"':#{}[],&*!|>%@`") else shown
        hint = f"tell more of it in `define: {{{quoted}: {usual or '3x10'}}}`"
        tell = self.diagnostics.error if self.strict else self.diagnostics.warn
        tell(name, message, hint)

    def misspelt(self, name: str) -> tuple[str, ...]:
        """The known names that a name may be a misspelling of; none if it is a new name."""
        if self._likely is None:
            built_in = [path.stem for path in self._names.paths]
            own = [name for entry in self._own.values() for name in _entry_names(entry)]
            aliases = [name for _, name in self._names.written]
            here = self._translations_in(self.language)
            translated = [name for key in here.keys for name in here.names_of(key)]
            self._likely = Misspellings((*built_in, *own, *aliases, *translated))
        return self._likely.find(name)

    def keys(self) -> list[str]:
        """The keys of all exercises, in order."""
        own = {entry.key for entry in self._own.values()}
        return sorted(own | {path.stem for path in self._names.paths})

    def all(self) -> tuple[Exercise, ...]:
        """Every exercise, in order of key."""
        found = (self._exercise(entry) for key in self.keys() if (entry := self.entry(key)))
        return tuple(exercise for exercise in found if exercise is not None)

    def built_in(self, key: str) -> Exercise | None:
        """The built-in exercise of exactly this key, even if the user has replaced it."""
        entry = self._file(key)
        return None if entry is None else self._read_entry(entry)

    def check_defined(self) -> None:
        """Read every exercise of `define`, so that the errors of each are reported."""
        for entry in self._defined:
            self._exercise(entry)

    def _exercise(self, entry: CatalogueEntry) -> Exercise | None:
        if entry.key not in self._read:
            self._read[entry.key] = self._read_entry(entry)
        return self._read[entry.key]

    def _read_entry(self, entry: CatalogueEntry) -> Exercise | None:
        if entry.own or self.folders.home != PACKAGE:
            return self._parse_entry(entry)
        # What comes with the program is right, and the same for every routine of a process.
        known = self._names.exercises
        key = (entry.key, self.language)
        if key not in known:
            known[key] = self._parse_entry(entry)
        return known[key]

    def _parse_entry(self, entry: CatalogueEntry) -> Exercise | None:
        words = None if entry.own else self._translations_in(self.language).find_words(entry.key)
        if entry.own and lacks_words(entry.node, entry.name, self.language):
            self._tell_foreign_words(entry)
        return read_exercise(
            entry.key, entry.node, self.diagnostics, self.language, entry.own, entry.name, words
        )

    def _tell_foreign_words(self, entry: CatalogueEntry) -> None:
        """Tell of a user's exercise whose English words are spoken in a workout of another one."""
        code = self.language
        message = f"`{entry.name}` has no words in the language of the workout, `{code}`"
        hint = f"add `languages: {{{code}: {{name: ..., setup: [...], form: [...]}}}}` to it"
        self.diagnostics.warn(entry.node, message, hint)

    def _file(self, key: str) -> CatalogueEntry | None:
        path = self.folders.built_in / f"{key}.yaml"
        return self._of_path(path) if path in self._trees or is_file(path) else None

    def _respelt(self, stem: str) -> CatalogueEntry | None:
        """A built-in exercise whose key differs only in hyphens and plurals."""
        return self._of_path(self._names.by_stem.get(stem))

    def _alias(self, stem: str) -> CatalogueEntry | None:
        """A built-in exercise with this alias."""
        return self._of_path(self._names.by_alias.get(stem))

    def _of_path(self, path: Path | None) -> CatalogueEntry | None:
        if path is None:
            return None
        if path not in self._trees:
            self._trees[path] = load_tree(path, self.folders)
        return CatalogueEntry(path.stem, self._trees[path], own=False)

    @property
    def _other_languages(self) -> tuple[str, ...]:
        """The languages that have words of their own, the workout's first."""
        others = (one for one in LANGUAGES if one not in (self.language, "en"))
        return (self.language, *others) if self.language != "en" else tuple(others)

    def _translations_in(self, language: str) -> Translations:
        if language not in self._translations:
            path = self.folders.translations(language)
            self._translations[language] = Translations(path, self.folders.cache)
        return self._translations[language]

    def _keys_in(self, language: str) -> Mapping[str, str]:
        """The keys of the built-in exercises by the stems of their names in a language."""
        return self._translations_in(language).keys_by_stem

    def _translated(self, stem: str, language: str) -> CatalogueEntry | None:
        """A built-in exercise that has this name in another language than English."""
        key = None if language == "en" else self._keys_in(language).get(stem)
        return None if key is None else self._file(key)

    def _first_translated(self, stem: str) -> CatalogueEntry | None:
        """The first language's built-in exercise that has this name there."""
        found = (self._translated(stem, language) for language in self._other_languages)
        return next((entry for entry in found if entry is not None), None)

    def _add_file(self, path: Path) -> None:
        """Add the exercises of one of the user's files; a broken file gives a warning only."""
        try:
            define = _definitions_in(path, self.folders)
            if define is not None:
                self._add_own(define)
        except RoutineError as error:
            self.diagnostics.downgrade(error)

    def _add_own(self, node: Node) -> list[CatalogueEntry]:
        """Add the exercises of a `define` under all their names; later ones win."""
        if not isinstance(node, Map):
            message = (
                f"`define` is a mapping of names to exercises, and this is {describe_node(node)}"
            )
            self.diagnostics.error(node, message)
            return []
        found = []
        for name, fields in node.pairs:
            entry = self._own_entry(name, fields)
            if entry is not None:
                found.append(entry)
                names = _entry_names(entry)
                self._own |= {make_spelling(one): entry for one in names if one != entry.key}
                self._own.setdefault(make_spelling(entry.key), entry)
                self._own_stems |= {stem: entry for one in names if (stem := make_stem(one))}
        return found

    def _own_entry(self, name: Text, fields: Node) -> CatalogueEntry | None:
        if NAME.read(name, self.diagnostics) is None:
            return None
        shown = " ".join(name.value.split())
        return CatalogueEntry(self._free_key(shown), fields, own=True, name=shown)

    def _free_key(self, name: str) -> str:
        """A key for a name; numbered if a name that differs only in punctuation has it."""
        spelling, base = make_spelling(name), make_key(name)
        others = self._own.values()
        taken = {entry.key for entry in others if make_spelling(entry.name) != spelling}
        for key in (base, *(f"{base}-{number}" for number in range(2, MOST_ALIKE))):
            built_in = make_spelling(key) != spelling and self._file(key) is not None
            if key not in taken and not built_in:
                return key
        return base


def unknown_exercise(name: str) -> str:
    """The error message for an unknown exercise."""
    return f"there is no exercise `{name}`"


def _entry_names(entry: CatalogueEntry) -> list[str]:
    """All names of an exercise."""
    names = [entry.key, *([entry.name] if entry.name else [])]
    if isinstance(entry.node, Map):
        for field in ("name", "aliases"):
            names += _node_texts(entry.node.get(field))
    return names


def _node_texts(node: Node | None) -> Iterator[str]:
    """The texts of a list, or one alone."""
    for one in node.items if isinstance(node, List) else (node,):
        if isinstance(one, Text):
            yield one.value


def _find_user_exercises(folders: Folders) -> Iterator[Path]:
    """The user's files that may define exercises."""
    if folders.user is None:
        return
    for path in (*yaml_files(folders.user), *yaml_files(folders.user / "exercises")):
        if path != folders.settings:
            yield path


def _definitions_in(path: Path, folders: Folders) -> Node | None:
    """The definitions of a file as a mapping of names to exercises; None if it is a routine.

    A file may hold one exercise, whose key is the file's name, a mapping of several, or one with
    the key `define`.

    Raises:
        RoutineError: The file has another structure.
    """
    root = translate_exercise(load_tree(path, folders))
    if is_routine(root):
        return None
    if is_exercise(root):
        place = (root.page, root.line, root.column, root.width)
        words = path.stem.replace("-", " ").title()
        name = words if make_key(path.stem) == path.stem else path.stem
        return Map(*place, ((Text(*place, name), root),))
    define = definitions_of(root)
    if define is None:
        raise file_error(root.page, 0, 0, "it holds neither exercises nor a routine")
    return define


def definitions_of(root: Node) -> Node | None:
    """The exercises of a file that holds nothing else; None for other files."""
    if not isinstance(root, Map):
        return None
    if [key_of(key) for key, _ in root.pairs] == ["define"]:
        return root.get("define")
    pairs = tuple((name, translate_exercise(node)) for name, node in root.pairs)
    return root._replace(pairs=pairs) if all(is_exercise(node) for _, node in pairs) else None


def is_routine(root: Node) -> bool:
    """Whether a file is a routine: it has `exercises`, as nothing else has, or is a bare list."""
    return isinstance(root, List) or (
        isinstance(root, Map) and holds_items(root) and not is_exercise(root)
    )


def is_exercise(root: Node) -> bool:
    """True if a file is a single exercise: it has `default`, as only they have."""
    return isinstance(root, Map) and isinstance(root.get("default"), Text)
