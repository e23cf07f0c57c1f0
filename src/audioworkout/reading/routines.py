"""From a name or a path to the request: layers of settings, routine and flags, one on the other."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from audioworkout.files import is_file, stat_path
from audioworkout.model.exercise import Exercise
from audioworkout.model.request import Finding, Flags, Request, Sound, Speech
from audioworkout.model.routine import How, Rests, Routine
from audioworkout.model.timeline import Measure
from audioworkout.names import did_you_mean, key_of, stem_of
from audioworkout.phrases import LANGUAGES, load
from audioworkout.reading import doubts
from audioworkout.reading.catalogue import (
    SETTINGS_HINT,
    SUFFIXES,
    Catalogue,
    Folders,
    defined_in,
    has_own,
    is_exercise,
    is_routine,
    tree_of,
    yaml_files,
)
from audioworkout.reading.choosing import exercises_in, shuffled, with_flags
from audioworkout.reading.fields import ROUTINE, SETTINGS
from audioworkout.reading.findings import Desk, RoutineError, fault
from audioworkout.reading.items import Items
from audioworkout.reading.keeping import tree
from audioworkout.reading.kinds import Values, read_map
from audioworkout.reading.options import node_of, over, read_flags
from audioworkout.reading.sentences import check_sentences, own_sentences
from audioworkout.reading.shaping import Shaped, check_length, with_equipment, with_minutes
from audioworkout.reading.source import read_text, refusal
from audioworkout.reading.speakers import FindVoice, check_voices, voices_at
from audioworkout.reading.tree import List, Map, Node, Text
from audioworkout.units import Ms

STANDARD_INPUT = "-"
ENGINE_BEFORE = ":"
"""Stands between an engine and its voice: `piper:en_US-lessac-medium`."""
_PARTS = ("warm_up", "exercises", "cool_down")
_FILES = ("music", "sounds")
"""Fields that name files, which lie beside the file that names them."""


class Source(NamedTuple):
    """A routine that has been found and parsed, and not yet understood."""

    key: str
    root: Node
    folder: Path | None
    """Where the files lie that it names; None: where the program runs."""


def read(name: str, flags: Flags, folders: Folders, stdin: str | None = None) -> Request:
    """Everything a build needs to know.

    Args:
        name: A routine's name, a path, or `-` for the text in `stdin`.
        flags: The options as typed; they win over the routine, and that over the settings.
        folders: Where routines, exercises and settings lie.
        stdin: What was piped in.

    Raises:
        RoutineError: With everything that is wrong with the files and the flags.
    """
    desk = Desk()
    return request_of(source_of(name, folders, stdin), flags, folders, desk)


def request_of(
    source: Source, flags: Flags, folders: Folders, desk: Desk, find: FindVoice | None = None
) -> Request:
    """The request a routine and its flags make; warnings come with it.

    With `find` also what is wrong with voices that files name.

    Raises:
        RoutineError: As `read`.
    """
    asked = read_flags(flags, desk)
    written = _values(source, desk)
    values, notes = _with_seed(layered(_settings(folders, desk), written, asked))
    catalogue = Catalogue(folders, desk, values.get("language", "en"), written.get("define"))
    routine = _routine(source, written, values, catalogue, desk)
    if find is not None:
        check_voices(_speech(values, folders), source.root, folders, find, desk)
    where = partial(_where, flags, source.root)
    _doubt(values, desk, where, "rest" if flags.rest_exercises is None else "rest_exercises")
    desk.finish()
    chosen = with_flags(routine, flags, asked, catalogue, desk)
    desk.finish()
    own = own_sentences(folders, routine.language, desk)
    desk.finish()
    shaped = _shaped(chosen, (asked, values), catalogue, desk, where)
    check_length(shaped.routine, desk, where("rounds"), source.root)
    desk.finish()
    if "minutes" in values:
        phrases = load(routine.language, own)
        fitted = with_minutes(shaped.routine, values["minutes"], phrases, desk, where("minutes"))
        shaped = Shaped(fitted.routine, shaped.notes + fitted.notes)
    desk.finish()
    speech = _speech(values, folders)
    return Request(
        shaped.routine,
        speech,
        _sound(values),
        desk.told,
        notes + shaped.notes,
        own,
        voices_at(speech, asked, source.root, folders),
    )


def _with_seed(values: Values) -> tuple[Values, tuple[str, ...]]:
    """The values with a seed where something is to be shuffled, and what to tell of it."""
    music = values.get("music") and values.get("music_shuffle")
    if "seed" in values or not (values.get("shuffle") or music):
        return values, ()
    from random import randrange  # here: most builds shuffle nothing

    seed = randrange(1, 10_000)
    return {**values, "seed": seed}, (f"shuffled; --seed {seed} gives this order again",)


def _where(flags: Flags, root: Node, name: str) -> Node:
    """Where a value was given: a flag, a key of the routine, or somewhere above it."""
    given = getattr(flags, name)
    if given is not None and given is not False:
        return node_of(name, given)
    written = root.get(name) if isinstance(root, Map) else None
    return written or root


def _shaped(
    routine: Routine,
    layers: tuple[Values, Values],
    catalogue: Catalogue,
    desk: Desk,
    where: Callable[[str], Node],
) -> Shaped:
    """The routine in the order and with the equipment that was asked for."""
    notes: tuple[str, ...] = ()
    _, values = layers
    if values.get("shuffle"):
        routine = shuffled(routine, values["seed"])
    for layer in layers:
        # What a flag says of equipment wins over whatever a file says of it.
        name = "no_equipment" if layer.get("no_equipment") else "equipment"
        if name in layer:
            there = layer["equipment"] if name == "equipment" else ()
            found = with_equipment(routine, there, catalogue, desk, where(name))
            routine, notes = found.routine, notes + found.notes
            break
    return Shaped(routine, notes)


def layered(settings: Values, routine: Values, flags: Values) -> Values:
    """All values, a flag's before the routine's before the settings'.

    Pauses and the voices of roles one by one. An engine that a flag names speaks itself: voices of
    files, which may be another's, stand back. An engine of the settings stands back itself where
    the voice may name its own.
    """
    rests = Rests()
    for layer in (settings, routine, flags):
        rests = over(layer.get("rest", Rests()), rests)
    below = {} if "engine" in flags else settings.get("voice", {}) | routine.get("voice", {})
    voices = below | flags.get("voice", {})
    kept = _kept(rests, flags.get("rest", Rests()))
    values = {**settings, **routine, **flags, "rest": kept, "voice": voices}
    if "engine" not in flags and ENGINE_BEFORE in (voices.get("coach") or ""):
        values.pop("engine", None)
    return values


def _kept(rests: Rests, asked: Rests) -> Rests:
    """The pauses with a note of those that flags gave: fitting to a length leaves them alone."""
    given: dict[Literal["sets", "exercises"], Ms | None] = {
        "sets": asked.sets,
        "exercises": asked.exercises,
    }
    return replace(rests, kept=frozenset(name for name, ms in given.items() if ms is not None))


def source_of(name: str, folders: Folders, stdin: str | None) -> Source:
    """Find a routine: standard input, a path, or a name.

    Raises:
        RoutineError: There is none, or it cannot be parsed.
    """
    if name == STANDARD_INPUT:
        page, text = read_text("standard input", stdin or "")
        root = tree(page, text, folders.kept)
        if root is None:
            raise fault(page, 0, 0, "it is empty")
        return Source("workout", root, None)
    path = Path(name)
    if looks_like_path(name):
        return Source(key_of(path.stem) or "workout", tree_of(path, folders, name), path.parent)
    found = named(name, folders)
    if found is None and is_file(path):
        return Source(key_of(path.stem) or "workout", tree_of(path, folders, name), path.parent)
    if found is None:
        hint = did_you_mean(name, routine_files(folders))
        hint = hint or "name one that `audioworkout list` tells, or a file ending in .yaml"
        raise refusal(name, "there is no routine of this name", hint)
    return Source(key_of(found.stem), tree_of(found, folders), found.parent)


def looks_like_path(name: str) -> bool:
    """Whether a name can only be a path."""
    return "/" in name or "\\" in name or name.lower().endswith(SUFFIXES)


def named(name: str, folders: Folders) -> Path | None:
    """The file of a routine's name; the person's own before the built-in ones."""
    files = routine_files(folders)
    exact = files.get(key_of(name))
    return exact or next((files[key] for key in files if stem_of(key) == stem_of(name)), None)


def routine_files(folders: Folders) -> dict[str, Path]:
    """Every routine within reach by its key, in order; the person's own win."""
    files = {path.stem: path for path in yaml_files(folders.home / "routines")}
    if folders.user is not None:
        # Files at the top hold routines or exercises: only what is in them tells.
        top = (path for path in yaml_files(folders.user) if path != folders.settings)
        files |= {key_of(path.stem): path for path in top if _says_exercises(path, folders)}
        files |= {key_of(path.stem): path for path in yaml_files(folders.user / "routines")}
    return dict(sorted(files.items()))


def _says_exercises(path: Path, folders: Folders) -> bool:
    try:
        return is_routine(tree_of(path, folders))
    except RoutineError:
        return False


def _values(source: Source, desk: Desk) -> Values:
    """The fields of the routine; a single exercise is a routine of that exercise."""
    if is_exercise(source.root) and not is_routine(source.root):
        return _alone(source)
    values = read_map(source.root, ROUTINE, desk, "a routine")
    return _beside(values, source.folder)


def _alone(source: Source) -> Values:
    """An exercise file as a routine: its name, and its default amount."""
    root = source.root
    assert isinstance(root, Map)
    place = (root.page, root.line, root.column, root.width)
    key = Text(*place, source.key)
    name = root.get("name")
    title = name.value if isinstance(name, Text) and not name.empty else source.key
    define = Map(*place, ((key, root),))
    return {"title": title, "define": define, "exercises": List(*place, (key,))}


def _beside(values: Values, folder: Path | None) -> Values:
    """The values with the files they name found beside the file that names them."""
    if folder is None:
        return values
    found = {
        name: str(folder / os.path.expanduser(values[name]))  # noqa: PTH111 - pathlib's can fail
        for name in _FILES
        if name in values
    }
    return {**values, **found}


def _settings(folders: Folders, desk: Desk) -> Values:
    """The person's settings; none where there is no such file."""
    path = folders.settings
    if not has_own(path):
        return {}
    root = tree_of(path, folders)
    return _beside(read_map(root, SETTINGS, desk, "the settings file"), path.parent)


def _routine(
    source: Source, written: Values, values: Values, catalogue: Catalogue, desk: Desk
) -> Routine:
    """The routine as it is written, led as all layers say."""
    items = Items(catalogue, desk, values.get("tempo"), values.get("first_side"))
    parts = {
        name: items.items(written[name], f"`{name}`") if name in written else () for name in _PARTS
    }
    catalogue.check_defined()
    if parts["exercises"] and not any(exercises_in(parts["exercises"])):
        desk.wrong(written["exercises"], "`exercises` has no exercise in it")
    return Routine(
        key=source.key,
        title=written.get("title", ""),
        items=parts["exercises"],
        description=written.get("description", ""),
        language=values.get("language", "en"),
        warm_up=parts["warm_up"],
        cool_down=parts["cool_down"],
        rounds=values.get("rounds", 1),
        how=_how(values),
    )


def _doubt(values: Values, desk: Desk, where: Callable[[str], Node], rest: str) -> None:
    """What is doubtful about the workout as a whole; `rest` is the name its pauses go by."""
    for name, found in (
        (rest, doubts.about_rests(values["rest"])),
        ("tempo", doubts.about_tempo(values["tempo"]) if "tempo" in values else ()),
    ):
        for message, hint in found:
            desk.doubt(where(name), message, hint)


_HOW = ("level", "pace", "coaching", "count", "tick", "beeps", "units", "space", "rate")
_SPEECH = ("engine", "rate", "volume", "language")
_MUSIC = ("music", "music_level", "music_rest", "music_shuffle", "music_crossfade", "duck")
_SOUND = ("sounds", "loudness", "bitrate", *_MUSIC)


def _how(values: Values) -> How:
    rests = replace(values["rest"], get_ready=values.get("get_ready"))
    return How(rests=rests, **{name: values[name] for name in _HOW if name in values})


def _speech(values: Values, folders: Folders) -> Speech:
    voices = values["voice"]
    return Speech(
        voice=voices.get("coach"),
        counts=voices.get("counts"),
        own=str(folders.voices) if folders.voices else None,
        **{name: values[name] for name in _SPEECH if name in values},
    )


def _sound(values: Values) -> Sound:
    given = {name: values[name] for name in _SOUND if name in values}
    return Sound(music_seed=values.get("seed", 0), **given)


def list_routines(folders: Folders) -> tuple[tuple[Routine, ...], tuple[Finding, ...]]:
    """Every routine within reach, in order of key, and why others are left out.

    Raises:
        RoutineError: The settings cannot be used, which every routine is read with.
    """
    desk = Desk()
    _settings(folders, desk)
    desk.finish()
    found = []
    for path in routine_files(folders).values():
        try:
            source = Source(key_of(path.stem), tree_of(path, folders), path.parent)
            found.append(request_of(source, Flags(), folders, Desk()).routine)
        except RoutineError as error:
            desk.lenient(error)
    return tuple(found), desk.told


def list_exercises(
    folders: Folders, language: str = "en"
) -> tuple[tuple[Exercise, ...], tuple[Finding, ...]]:
    """Every exercise within reach, in order of key, and which files could not be read.

    Raises:
        RoutineError: An exercise of the person's own is wrong.
    """
    desk = Desk()
    found = Catalogue(folders, desk, language).all()
    desk.finish()
    return found, desk.told


MeasureFor = Callable[[Speech], Measure]
"""Gives the measure at whose pace the words of a workout are taken to be spoken."""


def check(
    name: str,
    folders: Folders,
    stdin: str | None = None,
    pace: MeasureFor | None = None,
    find: FindVoice | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful in a file: a routine, exercises, settings, phrases.

    With `pace` also what would not fit into its slot if it were spoken so, and with `find` which
    voices are not there.
    """
    from audioworkout.reading.fits import doubt_fit  # here: a build lays out its words itself

    desk = Desk()
    try:
        source = source_of(name, folders, stdin)
        request = _check(source, name, folders, desk, find)
        desk.finish()
        if request is not None and pace is not None:
            doubt_fit(request, source.root, pace(request.speech), desk)
    except RoutineError as error:
        return error.findings
    return desk.told


def _check(
    source: Source, name: str, folders: Folders, desk: Desk, find: FindVoice | None
) -> Request | None:
    """Read a file as what it is; gives the request if it is a routine."""
    define = None if is_routine(source.root) else defined_in(source.root)
    path = Path(name)
    if _same_file(path, folders.settings):
        values = layered(read_map(source.root, SETTINGS, desk, "the settings file"), {}, {})
        if find is not None:
            check_voices(_speech(values, folders), source.root, folders, find, desk)
    elif _same_file(path.parent, folders.phrases) and path.stem in LANGUAGES:
        check_sentences(source.root, path.stem, desk)
    elif define is not None:
        Catalogue(folders, desk, define=define).check_defined()
    else:
        return request_of(source, Flags(), folders, desk, find)
    return None


def _same_file(path: Path, other: Path | None) -> bool:
    if other is None:
        return False
    one, two = stat_path(path), stat_path(other, SETTINGS_HINT)
    return one is not None and two is not None and os.path.samestat(one, two)
