"""Finds speech engines by name, and opens the requested voice.

An engine is a module that is loaded when it is used. Other packages add engines by an entry point
in the group `audioworkout.voices`, which names a module or object with the functions of `Engine`.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import cast

from audioworkout.errors import UnknownNameError, UsageError, WorkoutError
from audioworkout.files import is_file
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.names import did_you_mean
from audioworkout.voices.role_voices import RoleVoices
from audioworkout.voices.voice import LIST_HINT, Engine, Voice, VoiceInfo

NATURAL = "natural"
"""The default engine for English, if its packages are installed."""

BUNDLED = "espeak-ng"
"""The bundled engine: the same voice on every computer; it speaks when other engines fail."""

ENGINES: Mapping[str, str] = {
    "natural": "audioworkout.voices.natural",
    "espeak-ng": "audioworkout.voices.espeak",
    "system": "audioworkout.voices.system",
    "piper": "audioworkout.voices.piper",
    "recorded": "audioworkout.voices.recorded",
    "ruler": "audioworkout.voices.ruler",
}

ALIASES: Mapping[str, str] = {"espeak": "espeak-ng", "nsss": "system", "sapi5": "system"}

ENTRY_POINTS = "audioworkout.voices"

ROLES = ("coach", "counts")
"""The parts of a workout that can have voices of their own: everything but counts, and counts."""

_ROLES_HINT = (
    "The roles are `coach` and `counts`: `--voice counts=NAME`, or in a file"
    " `voice: {counts: NAME}`."
)
_PIPERS_FILE = re.compile(r"\.onnx(?:\+[^/\\]*)?$", re.IGNORECASE)
"""A file of Piper: `NAME.onnx` or `NAME.onnx+SPEAKER`."""
_PIPERS_NAME = re.compile(r"[a-z]{2,3}_[a-z]{2}-.", re.IGNORECASE)
"""The beginning of a name such as `en_US-lessac-medium`, which only Piper's voices have."""
_FROM_FILES = frozenset({"piper", "recorded"})
"""Engines whose voices are all files of the user's own."""


def default_engine(language: str = "en", platform: str = sys.platform) -> str:
    """The engine used if none is named: for English the natural voice, if it is installed.

    >>> [default_engine("de", platform) for platform in ("linux", "darwin", "win32")]
    ['espeak-ng', 'system', 'system']
    """
    if _is_english(language):
        from audioworkout.voices import natural

        if natural.is_installed():
            return NATURAL
    return other_default(platform)


def other_default(platform: str = sys.platform) -> str:
    """The default engine without the natural voice: the system's own on macOS and Windows."""
    return "system" if platform in ("darwin", "win32") else BUNDLED


def lacks_natural(speech: Speech) -> bool:
    """True if the natural voice would be the default, but is not installed."""
    if speech.engine is not None or speech.voice is not None or not _is_english(speech.language):
        return False
    from audioworkout.voices import natural

    return not natural.is_installed()


def open_requested_voice(speech: Speech, warn: Warn = lambda message: None) -> Voice:
    """Open the requested voice; by default the default engine's voice for the language.

    A voice's name is looked up among the natural voices, in the system's default engine, in the
    bundled engine, and among the user's own voices, in this order. `ENGINE:VOICE` names its engine.

    Raises:
        UnknownNameError: No such engine or voice; the hint names the nearest.
        UsageError: The engine does not support the settings, or does not have the voice.
        VoiceError: The engine does not work here.
    """
    coach, *others = [_open_in_engine(part, warn) for part in _role_requests(speech)]
    return RoleVoices(coach, *others) if others else coach


def open_spare_voice(speech: Speech, warn: Warn = lambda message: None) -> Voice | None:
    """Open the bundled voice, to speak if the requested one fails; None if that is the same."""
    asked = {engine for part in _role_requests(speech) for engine in _candidate_engines(part)}
    if asked <= {BUNDLED, "ruler"}:
        return None
    plain = speech._replace(engine=BUNDLED, voice=None, counts=None)
    return find_engine(BUNDLED).open_voice(plain, warn)


def list_all_voices(
    own: Path | None = None, warn: Warn = lambda message: None
) -> Iterator[tuple[str, tuple[VoiceInfo, ...]]]:
    """Every engine that works here, with its voices; the default engine first.

    An engine that fails, or whose folder cannot be read, is left out with a warning; each message
    is given once.

    Args:
        own: The folder with the user's own voices, or None.
        warn: Called with each warning.
    """
    told = set()
    for name in engine_names():
        try:
            voices = tuple(find_engine(name).list_voices(own))
        except WorkoutError as error:
            if str(error) not in told:
                warn(f"{error}; its voices are left out")
            told.add(str(error))
            continue
        if voices:
            yield name, voices


def engine_names() -> tuple[str, ...]:
    """Names of the built-in engines, the default first, then those of other packages."""
    return tuple(dict.fromkeys((default_engine(), other_default(), *ENGINES, *_entry_points())))


def find_engine(name: str) -> Engine:
    """Load the engine with this name or alias.

    Raises:
        UnknownNameError: There is none.
    """
    known = _canonical_name(name)
    if known in ENGINES:
        return cast(Engine, importlib.import_module(ENGINES[known]))
    others = _entry_points()
    if known not in others:
        names = (*ENGINES, *others)
        raise UnknownNameError(
            f"there is no speech engine {name!r}",
            did_you_mean(name, names) or f"There are {', '.join(names)}.",
        )
    from audioworkout.voices.plugins import PluginEngine  # hardly ever needed

    return PluginEngine(known, others[known])


def _role_requests(speech: Speech) -> Iterator[Speech]:
    """The request for each voice, the coach's first; `ENGINE:VOICE` is split into both fields."""
    yield _split_engine(speech._replace(counts=None))
    if speech.counts is not None:
        yield _split_engine(speech._replace(engine=None, voice=speech.counts, counts=None))


def _split_engine(speech: Speech) -> Speech:
    """Split `ENGINE:VOICE` into both fields, if the part before the colon is an engine.

    Raises:
        UsageError: Another engine was asked for.
    """
    engine, colon, voice = (speech.voice or "").partition(":")
    if not colon or not _is_engine_name(_canonical_name(engine)):
        return speech
    if speech.engine is not None and _canonical_name(speech.engine) != _canonical_name(engine):
        raise UsageError(
            f"the voice {speech.voice!r} is not of the engine {speech.engine!r}, and both are"
            " asked for",
            f"Leave one out: `--voice {speech.voice}` names its engine itself.",
        )
    return speech._replace(engine=engine, voice=voice or None)


def _is_engine_name(name: str) -> bool:
    """True if an engine has this name; a single letter is a drive on Windows."""
    return name in ENGINES or (len(name) > 1 and name in _entry_points())


def _open_in_engine(speech: Speech, warn: Warn) -> Voice:
    """Open the voice in the first engine that has it."""
    unknown: dict[str, UnknownNameError] = {}
    for engine in _candidate_engines(speech):
        try:
            return find_engine(engine).open_voice(speech, warn)
        except UnknownNameError as error:
            unknown[engine] = error
    raise _best_error(speech, unknown)


def _best_error(speech: Speech, unknown: Mapping[str, UnknownNameError]) -> UnknownNameError:
    """The most helpful error for a voice that no engine has.

    If the name points to one engine, it is that engine's error: the only one that was asked, Piper
    for a name of Piper's form, recordings for a path, or the engine that knows the part before `+`.
    A name that is not a voice but something else is explained first. Otherwise the hint is the
    nearest name of any engine.
    """
    asked = speech.voice or ""
    if other := _other_meaning_hint(speech, asked):
        return other
    if "piper" in unknown and _PIPERS_NAME.match(asked):
        return unknown["piper"]
    if len(unknown) == 1 or next(iter(unknown)) == "recorded":
        return next(iter(unknown.values()))
    own = Path(speech.own) if speech.own else None
    names = {
        engine: [voice.name for voice in find_engine(engine).list_voices(own)] for engine in unknown
    }
    base = asked.partition("+")[0].lower()
    for engine, known in names.items():
        if base in map(str.lower, known):
            return unknown[engine]
    hints = (error.hint for engine, error in unknown.items() if engine not in _FROM_FILES)
    return UnknownNameError(
        f"there is no voice called {asked!r}, whoever is asked: {', '.join(unknown)}",
        _ask_about_plugin(asked, own)
        or did_you_mean(asked, chain.from_iterable(names.values()))
        or next((hint for hint in hints if hint != LIST_HINT), LIST_HINT),
    )


def _other_meaning_hint(speech: Speech, asked: str) -> UnknownNameError | None:
    """The error for a name that means something else; None if it does not.

    That is a role with a voice (`counts=anna`), an engine, or a file without its suffix.
    """
    message = f"there is no voice called {asked!r}"
    role, sign, _ = asked.partition("=")
    role = role.strip().lower()
    if sign and role.isalpha():
        also = "" if role in ROLES else f", and no role {role!r}"
        return UnknownNameError(message + also, _ROLES_HINT)
    if speech.engine is None and _is_engine_name(_canonical_name(asked)):
        engine = _canonical_name(asked)
        hint = f"Write `--engine {engine}`, or `{engine}:VOICE` for one of its voices."
        return UnknownNameError(f"{asked!r} is a speech engine and no voice", hint)
    if file := _piper_file_meant(asked):
        return UnknownNameError(message, f"did you mean `{file}`?")
    return None


def _piper_file_meant(asked: str) -> str:
    """The Piper file that exists at this path plus `.onnx`, with the speaker; else empty."""
    for base, speaker in ((asked, ""), asked.rpartition("+")[::2]):
        file = f"{base}.onnx"
        if base and is_file(Path(file)):
            return f"{file}+{speaker}" if speaker else file
    return ""


def _ask_about_plugin(asked: str, own: Path | None) -> str:
    """A question that suggests another package's voice of this name; empty if none has it."""
    for engine in _entry_points():
        try:
            voices = find_engine(engine).list_voices(own)
        except WorkoutError:
            continue  # its voices are not known
        for voice in voices:
            if voice.name.lower() == asked.lower():
                return f"did you mean `{engine}:{voice.name}`?"
    return ""


def _candidate_engines(speech: Speech) -> tuple[str, ...]:
    """Names of the engines that may have the voice, the likeliest first."""
    if speech.engine is not None:
        return (_canonical_name(speech.engine),)
    if speech.voice is None:
        return (default_engine(speech.language),)
    if _PIPERS_FILE.search(speech.voice):
        return ("piper",)
    usual = tuple(dict.fromkeys((other_default(), BUNDLED)))
    if "/" in speech.voice or os.sep in speech.voice:
        return ("recorded", *usual)  # espeak-ng has `gmw/en-US`, and Windows `HKEY_...`
    natural = (NATURAL,) if _is_english(speech.language) else ()
    return (*natural, *usual, "piper", "recorded")


def _is_english(language: str) -> bool:
    return language.lower().replace("_", "-").partition("-")[0] == "en"


def _canonical_name(name: str) -> str:
    plain = name.strip().lower()
    return ALIASES.get(plain, plain)


def _entry_points() -> Mapping[str, Callable[[], object]]:
    """The function that loads each engine of other packages, by name in lower case."""
    from importlib.metadata import entry_points  # slow, and hardly ever needed

    return {point.name.lower(): point.load for point in entry_points(group=ENTRY_POINTS)}
