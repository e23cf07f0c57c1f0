"""Reads a routine into a `Request`: the layers of settings, routine and flags are merged."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from audioworkout.files import is_file, stat_path
from audioworkout.languages import LANGUAGES
from audioworkout.languages.written import WRITTEN
from audioworkout.model.exercise import USUAL_BREATH, Exercise
from audioworkout.model.items import exercises_in
from audioworkout.model.request import (
    Diagnostic,
    Flags,
    Request,
    RoutineText,
    Sound,
    Source,
    Speech,
)
from audioworkout.model.routine import How, Item, Rests, Routine
from audioworkout.names import LONGEST_COMPARED as LONGEST_NAME
from audioworkout.names import did_you_mean, make_key, make_stem
from audioworkout.reading import lint
from audioworkout.reading.built_in_words import translate_built_in
from audioworkout.reading.catalogue import (
    SETTINGS_HINT,
    YAML_SUFFIXES,
    Catalogue,
    Folders,
    definitions_of,
    has_own,
    is_exercise,
    is_routine,
    load_tree,
    yaml_files,
)
from audioworkout.reading.diagnostics import (
    PLAIN_TEXT_HINT,
    Diagnostics,
    RoutineError,
    diagnostic_at,
    file_error,
)
from audioworkout.reading.exercise_words import translate_exercise
from audioworkout.reading.field_types import Values, read_map
from audioworkout.reading.fields import ROUTINE, SETTINGS
from audioworkout.reading.flags import flag_node, layer_rests, read_flags
from audioworkout.reading.items import ItemReader
from audioworkout.reading.localizing import (
    find_stated_language,
    find_written_language,
    localize_routine,
)
from audioworkout.reading.loose_keys import rename_keys
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.phrase_files import check_user_phrases, load_user_phrases
from audioworkout.reading.sound_checks import CheckFile, check_sound_files
from audioworkout.reading.source import read_text, refuse_file
from audioworkout.reading.voice_checks import FindVoice, check_voices, locate_voices
from audioworkout.reading.wishes import is_automatic, locate_wishes, read_wishes
from audioworkout.reading.works import WorkReader
from audioworkout.units import Ms

STANDARD_INPUT = "-"
ENGINE_BEFORE = ":"
"""Separates an engine from its voice: `piper:en_US-lessac-medium`."""
_PARTS = ("warm_up", "exercises", "cool_down")
_ADDED = ("warm_up", "cool_down")
"""Parts that may be left to the program: `warm_up: auto`."""
_FILES = ("music", "sounds")
"""Fields with paths, which are relative to the file they are in."""


class ParsedRoutine(NamedTuple):
    """A routine that was found and parsed, but not yet read."""

    key: str
    root: Node
    folder: Path | None
    """Folder of its relative paths; None: the working folder."""
    name: str = "workout"
    """Its file's name without the ending."""

    @property
    def title(self) -> str:
        """The title if the file gives none."""
        words = " ".join(self.name.replace("-", " ").replace("_", " ").split())[:LONGEST_NAME]
        return words[:1].upper() + words[1:] if any(map(str.isalnum, words)) else "Workout"

    @classmethod
    def of_file(cls, path: Path, folders: Folders, shown: str = "") -> ParsedRoutine:
        """Parse the routine of a file; `shown` is its name in messages.

        Raises:
            RoutineError: It cannot be parsed.
        """
        root = as_routine(load_tree(path, folders, shown))
        return cls(make_key(path.stem) or "workout", root, path.parent, path.stem)


def read_routine(
    name: Source,
    flags: Flags,
    folders: Folders,
    stdin: str | None = None,
    catalogue: Catalogue | None = None,
) -> Request:
    """Read a routine with flags and settings: everything that a build needs.

    Args:
        name: A routine's name, a path, its text, or `-` for the text in `stdin`.
        flags: The options as typed; they override the routine, which overrides the settings.
        folders: Where routines, exercises and settings lie.
        stdin: The text of standard input.
        catalogue: The exercises of these folders, for whoever reads many routines; it stays as it
            is.

    Raises:
        RoutineError: It holds all errors of the files and the flags.
    """
    source = load_source(name, folders, stdin)
    return make_request(source, flags, folders, Diagnostics(), exercises=catalogue)


def make_request(
    source: ParsedRoutine,
    flags: Flags,
    folders: Folders,
    diagnostics: Diagnostics,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
    exercises: Catalogue | None = None,
) -> Request:
    """Make the request of a routine and its flags, with warnings.

    `find` also checks the voices that files name; `checks`, the music and sounds in these fields.
    `exercises`: those of the folders, if they were loaded before.

    Raises:
        RoutineError: As `read`.
    """
    asked = read_flags(flags, diagnostics)
    chosen = _read_settings(folders, diagnostics)
    catalogue = (
        exercises.for_routine(diagnostics, strict=flags.strict)
        if exercises is not None
        else Catalogue(folders, diagnostics, strict=flags.strict)
    )
    usual: str = asked.get("language") or chosen.get("language") or "en"
    source, found = _localize_source(source, usual, catalogue)
    written = _routine_values(source, diagnostics)
    if found is not None:
        written.setdefault("language", found)
    values, notes = _draw_seed(layer_values(chosen, written, asked))
    catalogue.lead_in(values.get("language", "en"), written.get("define"))
    routine = _read_routine_items(source, written, values, catalogue, diagnostics)
    if find is not None:
        check_voices(_make_speech(values, folders), source.root, folders, find, diagnostics)
    check_sound_files(values, source.root, folders, checks, diagnostics)
    where = partial(_node_of_value, flags, source.root)
    _lint_workout(
        values, diagnostics, where, "rest" if flags.rest_exercises is None else "rest_exercises"
    )
    diagnostics.finish()
    own = load_user_phrases(folders, routine.language, diagnostics)
    wishes = read_wishes(routine, flags, (asked, values), catalogue, diagnostics, where)
    diagnostics.finish()
    speech = _make_speech(values, folders)
    return Request(
        routine,
        speech,
        _make_sound(values),
        diagnostics.told,
        notes,
        own,
        locate_voices(speech, asked, source.root, folders),
        wishes,
        {"routine": diagnostic_at(source.root), **locate_wishes((asked, values), where)},
        source.root.page,
    )


def _localize_source(
    source: ParsedRoutine, usual: str, catalogue: Catalogue
) -> tuple[ParsedRoutine, str | None]:
    """The routine with its keys and headings in English, and its language if its words tell it.

    `usual`: the language of the user's flags or settings, for a routine that tells none.
    """
    folders = catalogue.folders
    if source.folder == folders.home / "routines":  # what is built in is written in English
        root = translate_built_in(source.root, source.name, usual, folders)
        return source._replace(root=root), None
    if is_exercise(source.root) and source.root.page.language in WRITTEN:
        return source, source.root.page.language
    stated = find_stated_language(source.root)
    english = catalogue.english_words()
    guessed = find_written_language(source.root, catalogue.knows_in, english, stated or usual)
    root = localize_routine(source.root, stated or guessed or usual)
    guessed = None if guessed == "en" else guessed
    if stated and guessed and guessed != stated:
        where = root.get("language") if isinstance(root, Map) else None
        message = f"most of it is written in `{guessed}`, and it is read and led in `{stated}`"
        catalogue.diagnostics.warn(where or root, message, f"write `language: {guessed}`")
    return source._replace(root=root), None if stated else guessed


def _draw_seed(values: Values) -> tuple[Values, tuple[str, ...]]:
    """Add a random seed if items are shuffled; returns values and notes about it."""
    music = values.get("music") and values.get("music_shuffle")
    if "seed" in values or not (values.get("shuffle") or music):
        return values, ()
    from random import randrange  # imported here, because most builds shuffle nothing

    seed = randrange(1, 10_000)
    return {**values, "seed": seed}, (f"shuffled; --seed {seed} gives this order again",)


def _node_of_value(flags: Flags, root: Node, name: str) -> Node:
    """The place of a value: a flag, a key of the routine, or the routine as a whole."""
    given = getattr(flags, name)
    if given is not None and given is not False:
        return flag_node(name, given)
    written = root.get(name) if isinstance(root, Map) else None
    return written or root


def layer_values(settings: Values, routine: Values, flags: Values) -> Values:
    """Merge all values; flags override the routine, which overrides the settings.

    Pauses and the voices of roles are merged one by one. If a flag names an engine, voices of files
    are dropped, because they may be of another engine. The settings' engine is dropped if a voice
    may name its own.
    """
    rests = Rests()
    for layer in (settings, routine, flags):
        rests = layer_rests(layer.get("rest", Rests()), rests)
    below = {} if "engine" in flags else settings.get("voice", {}) | routine.get("voice", {})
    voices = below | flags.get("voice", {})
    kept = _mark_kept_rests(rests, flags.get("rest", Rests()))
    values = {**settings, **routine, **flags, "rest": kept, "voice": voices}
    if "engine" not in flags and ENGINE_BEFORE in (voices.get("coach") or ""):
        values.pop("engine", None)
    return values


def _mark_kept_rests(rests: Rests, asked: Rests) -> Rests:
    """Mark the pauses given by flags, which fitting to a length does not change."""
    given: dict[Literal["sets", "exercises"], Ms | None] = {
        "sets": asked.sets,
        "exercises": asked.exercises,
    }
    return rests._replace(kept=frozenset(name for name, ms in given.items() if ms is not None))


def load_source(name: Source, folders: Folders, stdin: str | None) -> ParsedRoutine:
    """Find and parse a routine: a text, standard input, a path, or a name.

    Raises:
        RoutineError: There is none, or it cannot be parsed.
    """
    if name == STANDARD_INPUT:
        name = RoutineText(stdin or "", shown="standard input")
    if isinstance(name, RoutineText):
        return _parse_routine_text(name, folders)
    path = Path(name)
    if looks_like_path(name):
        return ParsedRoutine.of_file(path, folders, name)
    found = find_routine_file(name, folders)
    if found is None and is_file(path):
        return ParsedRoutine.of_file(path, folders, name)
    if found is None:
        hint = did_you_mean(name, routine_files(folders))
        hint = hint or "name one that `audioworkout list` tells, or a file ending in .yaml"
        raise refuse_file(name, "there is no routine of this name", hint)
    return ParsedRoutine.of_file(found, folders)


def _parse_routine_text(source: RoutineText, folders: Folders) -> ParsedRoutine:
    page, text = read_text(source.shown or f"{source.name}.yaml", source.text)
    root = cached_tree(page, text, folders.cache)
    if root is None:
        raise file_error(page, 0, 0, "it is empty")
    key = make_key(source.name) or "workout"
    return ParsedRoutine(key, as_routine(root), source.folder, source.name)


def as_routine(root: Node) -> Node:
    """What a file holds; of a bare list of items, a routine that has nothing else."""
    if isinstance(root, Map):
        alone = translate_exercise(root)
        if is_exercise(alone) and not is_routine(root):
            return alone
        return root if is_exercise(root) else rename_keys(root, _ROUTINE_KEYS)
    if not isinstance(root, List):
        return root
    place = (root.page, root.line, root.column, root.width)
    return Map(*place, ((Text(*place, "exercises"), root),))


_ROUTINE_KEYS = frozenset(field.name for field in ROUTINE)


def names_routine(name: str, folders: Folders) -> bool:
    """True if a name stands for a routine: standard input, a path, or the name of one."""
    return name == STANDARD_INPUT or looks_like_path(name) or bool(find_routine_file(name, folders))


def looks_like_path(name: str) -> bool:
    """True if a name can only be a path."""
    return "/" in name or "\\" in name or name.lower().endswith(YAML_SUFFIXES)


def find_routine_file(name: str, folders: Folders) -> Path | None:
    """The file of a routine's name; the user's before the built-in ones."""
    files = routine_files(folders)
    exact = files.get(make_key(name))
    return exact or next((files[key] for key in files if make_stem(key) == make_stem(name)), None)


def routine_files(folders: Folders) -> dict[str, Path]:
    """Every available routine by its key, in order; the user's override built-in ones."""
    files = {path.stem: path for path in yaml_files(folders.home / "routines")}
    if folders.user is not None:
        # Files at the top hold routines or exercises; only their content shows which.
        top = (path for path in yaml_files(folders.user) if path != folders.settings)
        files |= {make_key(path.stem): path for path in top if _holds_routine(path, folders)}
        files |= {make_key(path.stem): path for path in yaml_files(folders.user / "routines")}
    return dict(sorted(files.items()))


def _holds_routine(path: Path, folders: Folders) -> bool:
    try:
        return is_routine(load_tree(path, folders))
    except RoutineError:
        return False


def _routine_values(source: ParsedRoutine, diagnostics: Diagnostics) -> Values:
    """The fields of the routine; a single exercise is a routine of that exercise."""
    if is_exercise(source.root) and not is_routine(source.root):
        return _single_exercise_values(source)
    if isinstance(source.root, Text):
        message = "a routine is a list of items, or a mapping with `exercises`, and this is a text"
        diagnostics.error(source.root, message, PLAIN_TEXT_HINT)
        return {}
    values = read_map(source.root, ROUTINE, diagnostics, "a routine")
    return _resolve_paths(values, source.folder)


def _single_exercise_values(source: ParsedRoutine) -> Values:
    """An exercise file as a routine: its name, and its default amount."""
    root = source.root
    assert isinstance(root, Map)
    place = (root.page, root.line, root.column, root.width)
    key = Text(*place, source.key)
    name = root.get("name")
    title = name.value if isinstance(name, Text) and not name.empty else source.key
    define = Map(*place, ((key, root),))
    return {"title": title, "define": define, "exercises": List(*place, (key,))}


def _resolve_paths(values: Values, folder: Path | None) -> Values:
    """Resolve relative paths in values against the folder of the routine."""
    if folder is None:
        return values
    found = {
        name: str(folder / os.path.expanduser(values[name]))  # noqa: PTH111 - pathlib's can fail
        for name in _FILES
        if name in values
    }
    return {**values, **found}


def _read_settings(folders: Folders, diagnostics: Diagnostics) -> Values:
    """The user's settings; none if there is no such file."""
    path = folders.settings
    if not has_own(path):
        return {}
    root = load_tree(path, folders)
    return _resolve_paths(read_map(root, SETTINGS, diagnostics, "the settings file"), path.parent)


def _read_routine_items(
    source: ParsedRoutine,
    written: Values,
    values: Values,
    catalogue: Catalogue,
    diagnostics: Diagnostics,
) -> Routine:
    """Read the items of the routine, with the values of all layers."""
    works = WorkReader(
        catalogue,
        diagnostics,
        values.get("tempo"),
        values.get("first_side"),
        values.get("breath", USUAL_BREATH),
    )
    items = ItemReader(works)
    parts = {
        name: items.items(written[name], f"`{name}`")
        if name in written and not (name in _ADDED and is_automatic(written[name]))
        else ()
        for name in _PARTS
    }
    catalogue.check_defined()
    if _is_complete(parts["exercises"], written) and not any(exercises_in(parts["exercises"])):
        diagnostics.error(written["exercises"], "`exercises` has no exercise in it")
    return Routine(
        key=source.key,
        title=written.get("title") or source.title,
        items=parts["exercises"],
        description=written.get("description", ""),
        language=values.get("language", "en"),
        warm_up=parts["warm_up"],
        cool_down=parts["cool_down"],
        rounds=values.get("rounds", 1),
        opening=written.get("opening", ()),
        closing=written.get("closing", ()),
        how=_make_how({**values, "rest": _add_item_rests(values["rest"], items.rests)}),
    )


def _add_item_rests(rests: Rests, said: Mapping[str, Ms]) -> Rests:
    """The pauses with those that items say of all of them, unless a flag names its own."""
    sets = rests.sets if "sets" in rests.kept else said.get("sets", rests.sets)
    between = said.get("exercises", rests.exercises)
    return rests._replace(
        sets=sets, exercises=rests.exercises if "exercises" in rests.kept else between
    )


def _is_complete(items: tuple[Item, ...], written: Values) -> bool:
    """True if every item of `exercises` was read; errors of the others are already reported."""
    node = written.get("exercises")
    return isinstance(node, List) and 0 < len(node.items) == len(items)


def _lint_workout(
    values: Values, diagnostics: Diagnostics, where: Callable[[str], Node], rest: str
) -> None:
    """Report warnings about the workout as a whole; `rest` is the key of its pauses."""
    for name, found in (
        (rest, lint.lint_rests(values["rest"])),
        ("tempo", lint.lint_tempo(values["tempo"]) if "tempo" in values else ()),
    ):
        for message, hint in found:
            diagnostics.warn(where(name), message, hint)


_HOW = (
    "level",
    "pace",
    "coaching",
    "count",
    "mood",
    "seed",
    "count_shape",
    "tick",
    "beeps",
    "units",
    "space",
    "rate",
)
_SPEECH = ("engine", "rate", "volume", "language")
_MUSIC = ("music", "music_level", "music_rest", "music_shuffle", "music_crossfade", "duck")
_SOUND = ("sounds", "loudness", "bitrate", *_MUSIC)


def _make_how(values: Values) -> How:
    rests = values["rest"]._replace(get_ready=values.get("get_ready"))
    return How(rests=rests, **{name: values[name] for name in _HOW if name in values})


def _make_speech(values: Values, folders: Folders) -> Speech:
    voices = values["voice"]
    return Speech(
        voice=voices.get("coach"),
        counts=voices.get("counts"),
        own=str(folders.voices) if folders.voices else None,
        **{name: values[name] for name in _SPEECH if name in values},
    )


def _make_sound(values: Values) -> Sound:
    given = {name: values[name] for name in _SOUND if name in values}
    return Sound(music_seed=values.get("seed", 0), **given)


def find_usual_language(flags: Flags, folders: Folders) -> str:
    """The language of the flags, else of the settings, else English.

    Raises:
        RoutineError: The flags or the settings are wrong.
    """
    diagnostics = Diagnostics()
    asked = read_flags(flags, diagnostics)
    chosen = _read_settings(folders, diagnostics)
    diagnostics.finish()
    found: str = asked.get("language") or chosen.get("language") or "en"
    return found


def read_routines(
    folders: Folders, flags: Flags
) -> tuple[tuple[Request, ...], tuple[Diagnostic, ...]]:
    """Every available routine, in order of key, and the errors of those that cannot be read.

    Raises:
        RoutineError: The flags or the settings, which every routine is read with, are wrong.
    """
    find_usual_language(flags, folders)
    diagnostics = Diagnostics()
    found = []
    for path in routine_files(folders).values():
        try:
            source = ParsedRoutine.of_file(path, folders)
            found.append(make_request(source, flags, folders, Diagnostics()))
        except RoutineError as error:
            diagnostics.downgrade(error)
    return tuple(found), diagnostics.told


def list_exercises(
    folders: Folders, language: str = "en"
) -> tuple[tuple[Exercise, ...], tuple[Diagnostic, ...]]:
    """Every available exercise, in order of key, and the errors of files that cannot be read.

    Raises:
        RoutineError: One of the user's exercises is wrong.
    """
    diagnostics = Diagnostics()
    found = Catalogue(folders, diagnostics, language).all()
    diagnostics.finish()
    return found, diagnostics.told


def check_source(
    name: Source,
    folders: Folders,
    stdin: str | None,
    diagnostics: Diagnostics,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> Request | None:
    """Read a file of any kind; everything wrong is reported to `diagnostics`.

    Returns:
        The request if it is a routine; None for exercises, settings and phrases.

    Raises:
        RoutineError: It cannot be read or parsed.
    """
    source = load_source(name, folders, stdin)
    define = None if is_routine(source.root) else definitions_of(source.root)
    path = None if isinstance(name, RoutineText) else Path(name)
    if path is not None and _same_file(path, folders.settings):
        check_settings(source.root, folders, diagnostics, find, checks)
    elif path is not None and _same_file(path.parent, folders.phrases) and path.stem in LANGUAGES:
        check_user_phrases(source.root, path.stem, diagnostics)
    elif define is not None:
        Catalogue(folders, diagnostics, define=define).check_defined()
    else:
        return make_request(source, Flags(), folders, diagnostics, find, checks)
    return None


def check_settings(
    root: Node,
    folders: Folders,
    diagnostics: Diagnostics,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> None:
    """Report to `diagnostics` what is wrong with the settings in `root`."""
    read = read_map(root, SETTINGS, diagnostics, "the settings file")
    folder = folders.settings.parent if folders.settings else None
    values = layer_values(_resolve_paths(read, folder), {}, {})
    check_sound_files(values, root, folders, checks, diagnostics)
    if find is not None:
        check_voices(_make_speech(values, folders), root, folders, find, diagnostics)


def _same_file(path: Path, other: Path | None) -> bool:
    if other is None:
        return False
    one, two = stat_path(path), stat_path(other, SETTINGS_HINT)
    return one is not None and two is not None and os.path.samestat(one, two)
