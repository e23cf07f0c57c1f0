"""The bundled voices: espeak-ng, from the wheel espeakng_loader, through our own pyttsx3 driver.

They are the same on every system and need no installation. Voices are read from the library's data
folder without loading the library, so opening one costs almost nothing.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.languages import LANGUAGES, load_language
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, quick_rate
from audioworkout.names import did_you_mean
from audioworkout.voices.respelling import respell_loan_words
from audioworkout.voices.voice import LIST_HINT, Raw, VoiceInfo

PYTTSX3 = "2.99"
LOADER = "0.2.4"
"""The versions pinned in pyproject.toml; reading the installed versions would take 20 ms in a build
with everything cached.

A test compares them with the installed ones."""

DRIVER_VERSION = 2
"""To be raised whenever our driver makes other sound."""

ESPEAK_SLOWEST, ESPEAK_FASTEST = 80, 400
"""Words a minute: the library cannot go slower, and beyond 450 (counts) it skips sounds."""

LISTED_VARIANTS = 15
"""Number of variants listed if an unknown one was requested; plain variants have short names."""


@dataclass(frozen=True, slots=True)
class Espeak:
    """A voice of espeak-ng; `identifier` is the library's name for it (`gmw/en-US+f2`)."""

    name: str
    identifier: str
    rate: int
    language: str

    @property
    def label(self) -> str:
        """`espeak-ng en-us 150 wpm`."""
        return f"espeak-ng {self.name} {self.rate} wpm"

    def fingerprint(self, line: Line) -> str:
        """Versions of library, pyttsx3 and driver; voice; both rates; how loan words are spelt."""
        versions = f"espeakng_loader {LOADER} pyttsx3 {PYTTSX3} driver {DRIVER_VERSION}"
        spelt = self._respell(line)
        spelling = f" {spelt.text}" if spelt != line else ""
        return f"{versions} {self.identifier} {self.rate} {quick_rate(self.rate)}{spelling}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line in a fresh process: the same lines give the same bytes."""
        # Imported here (20 ms), because a build with everything cached does not need it.
        from audioworkout.voices.process import Driver, speak_in_worker

        driver = Driver("espeak_ng", "audioworkout.voices.espeak_driver", at_once=True)
        asked: dict[Line, list[Line]] = {}
        for line in lines:
            asked.setdefault(self._respell(line), []).append(line)
        for spelt, raw in speak_in_worker(driver, self.identifier, self.rate, list(asked), _HINT):
            for line in asked[spelt]:
                yield line, raw

    def _respell(self, line: Line) -> Line:
        """The line with its loan words as the voice's own language would spell them."""
        language = self.identifier.partition("+")[0].rpartition("/")[2].partition("-")[0]
        return line._replace(text=respell_loan_words(line.text, language))


_HINT = (
    "The voices come with the package espeakng-loader: reinstall audioworkout. "
    "There is none for Alpine Linux (musl)."
)


@dataclass(frozen=True, slots=True)
class _VoiceFile:
    """A voice file: its path below `lang/`, its title, and its languages with ranks.

    The lower the rank, the better the voice is for that language.
    """

    identifier: str
    title: str
    languages: tuple[tuple[str, int], ...]

    @property
    def name(self) -> str:
        return self.languages[0][0] if self.languages else self.identifier

    def rank(self, wanted: str) -> int | None:
        """How well this voice matches a name, lower being better; None if it does not."""
        ranks = [rank for code, rank in self.languages if code.lower() == wanted]
        names = (self.identifier, self.identifier.rpartition("/")[2], self.title)
        if wanted in (name.lower() for name in names):
            ranks.append(0)
        return min(ranks, default=None)


def open_voice(speech: Speech, warn: Warn) -> Espeak:
    """Open the voice with a language code, name or identifier, with or without a `+variant`.

    Raises:
        UnknownNameError: No such voice, variant or language; the hint names the nearest.
        UsageError: The library does not support the rate.
        VoiceError: The package with the voices is not installed.
    """
    if not ESPEAK_SLOWEST <= speech.rate <= ESPEAK_FASTEST:
        raise UsageError(
            f"espeak-ng cannot speak {speech.rate} words a minute",
            f"Choose a rate from {ESPEAK_SLOWEST} to {ESPEAK_FASTEST}.",
        )
    base, plus, variant = (speech.voice or speech.language).partition("+")
    name, identifier = _default_voice(base) or _find_voice(base, speech.voice is None)
    suffix = f"+{_find_variant(variant)}" if plus else ""
    return Espeak(name + suffix, identifier + suffix, speech.rate, speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every voice that has a dictionary, by name; none if the package is missing."""
    try:
        entries = _read_voice_files(_data_folder())
    except VoiceError:
        return ()
    return tuple(
        VoiceInfo(entry.name, tuple(code for code, _ in entry.languages), entry.title)
        for entry in sorted(entries, key=lambda entry: entry.name)
    )


def _default_voice(wanted: str) -> tuple[str, str] | None:
    """The default voice of a language, by the language's code or the voice's own name."""
    for language in LANGUAGES:
        name, identifier = load_language(language).ESPEAK_VOICE
        if wanted.lower() in (language, name):
            return name, identifier
    return None


def _find_voice(wanted: str, is_language: bool) -> tuple[str, str]:
    """Name and identifier of the best voice for a name."""
    entries = _read_voice_files(_data_folder())
    ranked = [
        (rank, entry.identifier, entry)
        for entry in entries
        if (rank := entry.rank(wanted.lower())) is not None
    ]
    if ranked:
        best = min(ranked)[2]
        return best.name, best.identifier
    if is_language and "-" in wanted:  # such as `de-AT`, which has no voice of its own
        language = wanted.partition("-")[0]
        return _default_voice(language) or _find_voice(language, True)
    if is_language:
        raise UnknownNameError(f"espeak-ng has no voice for the language {wanted!r}", LIST_HINT)
    names = [entry.name for entry in entries] + [entry.title for entry in entries]
    raise UnknownNameError(
        f"espeak-ng has no voice called {wanted!r}", _nearest_voices(wanted, names)
    )


def _find_variant(wanted: str) -> str:
    """The variant with this name, ignoring case; the library silently accepts unknown names."""
    folder = _data_folder() / "voices" / "!v"
    variants = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for variant in variants:
        if variant.lower() == wanted.lower():
            return variant
    shortest = sorted(variants, key=len)[:LISTED_VARIANTS]
    raise UnknownNameError(
        f"espeak-ng has no variant called {wanted!r}",
        did_you_mean(wanted, variants)
        or f"Of its {len(variants)} variants some are {', '.join(shortest)}.",
    )


def _nearest_voices(wanted: str, names: Sequence[str]) -> str:
    return did_you_mean(wanted, names) or LIST_HINT


def _data_folder() -> Path:
    """The library's data folder, found without importing its package.

    Raises:
        VoiceError: The package is not installed, or incomplete.
    """
    package = importlib.util.find_spec("espeakng_loader")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "espeak-ng-data"
        if (folder / "lang").is_dir():
            return folder
    raise VoiceError("the bundled voices of espeak-ng are not there", _HINT)


def _read_voice_files(data: Path) -> list[_VoiceFile]:
    """Every voice that has a dictionary; without one the library gives silence."""
    files = sorted(path for path in (data / "lang").rglob("*") if path.is_file())
    entries = [_read_voice_file(path, path.relative_to(data / "lang").as_posix()) for path in files]
    dictionaries = {path.name for path in data.glob("*_dict")}
    return [
        entry
        for entry in entries
        if f"{entry.identifier.rpartition('/')[2].partition('-')[0]}_dict" in dictionaries
    ]


def _read_voice_file(path: Path, identifier: str) -> _VoiceFile:
    """Read a voice file: lines such as `name Spanish (Spain)` and `language es 5`."""
    title, languages = "", []
    for line in path.read_text("utf-8", "replace").splitlines():
        key, _, value = line.partition("//")[0].strip().partition(" ")
        if key == "name":
            title = value.strip()
        elif key == "language":
            code, _, rank = value.strip().partition(" ")
            languages.append((code, int(rank) if rank.strip().isdecimal() else 5))
    return _VoiceFile(identifier, title, tuple(languages))
