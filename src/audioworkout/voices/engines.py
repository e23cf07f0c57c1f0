"""Speech engines by name, and the voice that was asked for.

An engine is a module; it is loaded when it is used. Other packages add theirs by an entry point in
the group `audioworkout.voices`, which names a module or object with the functions of `Engine`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from audioworkout.errors import UnknownNameError, VoiceError
from audioworkout.model.request import Speech
from audioworkout.names import did_you_mean
from audioworkout.voices.voice import Engine, Voice, VoiceInfo, Warn

DEFAULT = "espeak-ng"
"""The same voice on every computer, with nothing installed."""

ENGINES: Mapping[str, str] = {
    "espeak-ng": "audioworkout.voices.espeak",
    "system": "audioworkout.voices.system",
    "ruler": "audioworkout.voices.ruler",
}

ALIASES: Mapping[str, str] = {"espeak": "espeak-ng", "nsss": "system", "sapi5": "system"}

ENTRY_POINTS = "audioworkout.voices"


def open_voice(speech: Speech, warn: Warn = lambda message: None) -> Voice:
    """The voice asked for; by default that of the language in the bundled espeak-ng.

    Raises:
        UnknownNameError: No such engine or voice; the hint names the nearest.
        UsageError: The engine cannot speak as asked.
        VoiceError: The engine does not work here.
    """
    return find_engine(speech.engine or DEFAULT).open_voice(speech, warn)


def open_spare(speech: Speech, warn: Warn = lambda message: None) -> Voice | None:
    """Who speaks if the voice asked for fails; None where that is an error."""
    if _canonical(speech.engine or DEFAULT) != "system":
        return None
    from audioworkout.voices import system

    return system.open_spare(speech, warn)


def list_voices() -> Iterator[tuple[str, tuple[VoiceInfo, ...]]]:
    """Every engine that works here, with its voices; the default engine comes first."""
    for name in engine_names():
        try:
            voices = tuple(find_engine(name).list_voices())
        except VoiceError:
            continue
        if voices:
            yield name, voices


def engine_names() -> tuple[str, ...]:
    """Engines built in, the default first, then those of other packages."""
    return (*ENGINES, *(name for name in _entry_points() if name not in ENGINES))


def find_engine(name: str) -> Engine:
    """The engine of that name.

    Raises:
        UnknownNameError: There is none.
        VoiceError: It is another package's, and cannot be loaded.
    """
    known = _canonical(name)
    if known in ENGINES:
        return cast(Engine, importlib.import_module(ENGINES[known]))
    others = _entry_points()
    if known not in others:
        names = (*ENGINES, *others)
        raise UnknownNameError(
            f"there is no speech engine {name!r}",
            did_you_mean(name, names) or f"There are {', '.join(names)}.",
        )
    try:
        return cast(Engine, others[known]())
    except Exception as error:  # another package's import may raise anything
        raise VoiceError(f"the speech engine {name!r} cannot be loaded: {error}") from error


def _canonical(name: str) -> str:
    plain = name.strip().lower()
    return ALIASES.get(plain, plain)


def _entry_points() -> Mapping[str, Callable[[], object]]:
    """What loads each engine that other packages add, by name in lower case."""
    from importlib.metadata import entry_points  # slow, and hardly ever needed

    return {point.name.lower(): point.load for point in entry_points(group=ENTRY_POINTS)}
