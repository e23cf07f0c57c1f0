"""A person's own recordings as a voice: a folder of sound files with the names `lines` prints.

A file belongs to a line by the ten figures at the end of its name, a hash of the line's words: what
stands before them is for people, and neither punctuation nor another place in the workout changes
them. What is not recorded is spoken by the default engine, and told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audioworkout.audiofiles import SUFFIXES
from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import engines
from audioworkout.voices.own import found_in, is_folder
from audioworkout.voices.speakable import speakable
from audioworkout.voices.voice import Raw, Voice, VoiceInfo, Warn
from audioworkout.voices.wavefile import wave_name

TAKE_VERSION = 2
"""Raised when reading would make other sound of the same file."""

SHOWN = 3
"""Missing lines that are told one by one."""

_MARK = re.compile(r"[0-9a-f]{10}$")
_HINT = "`audioworkout lines ROUTINE` prints the file names that are looked for."


@dataclass(frozen=True, slots=True)
class Recorded:
    """Recordings by mark (the ten figures), and who speaks the lines that have none."""

    folder: Path
    takes: Mapping[str, Path]
    stand_in: Voice
    language: str

    @property
    def label(self) -> str:
        """`recorded anna, else espeak-ng en-us 150 wpm`."""
        return f"recorded {self.folder.name}, else {self.stand_in.label}"

    def fingerprint(self, line: Line) -> str:
        """The file's content, or for a line without a file whatever the stand-in says.

        Raises:
            UsageError: Nothing in the text can be said, or the file cannot be read.
        """
        take = self._take(speakable(line.text, self.language))
        if take is None:
            return self.stand_in.fingerprint(line)
        return f"recorded {TAKE_VERSION} {_digest(take)}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """The recordings, then what the stand-in speaks in one go.

        Raises:
            UsageError: A file is damaged, silent, or far too long.
        """
        from audioworkout.voices.takes import read_take  # loads numpy

        missing = []
        for line in lines:
            take = self._take(line.text)
            if take is None:
                missing.append(line)
            else:
                yield line, read_take(take)
        if missing:
            yield from self.stand_in.speak(missing)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Tell in one warning what is not recorded."""
        wanted = to_record(lines, self.language)
        missing = [text for name, text in wanted.items() if mark_of(name) not in self.takes]
        if missing:
            shown = ", ".join(map(repr, missing[:SHOWN]))
            more = ", ..." if len(missing) > SHOWN else ""
            warn(
                f"{len(missing)} of {len(wanted)} lines are not in {self.folder}, so"
                f" {self.stand_in.label} speaks them: {shown}{more}"
                f" (`audioworkout lines ROUTINE --voice {self.folder}` lists them)"
            )

    def _take(self, said: str) -> Path | None:
        return self.takes.get(mark_of(file_name(said)))


def open_voice(speech: Speech, warn: Warn) -> Recorded:
    """The folder asked for, by path or by name among the person's own voices.

    Raises:
        UnknownNameError: There is no such folder.
        UsageError: It holds no recording.
    """
    folder = folder_of(speech)
    if folder is None:
        asked = "no folder was named" if speech.voice is None else f"{speech.voice!r} is no folder"
        raise UnknownNameError(f"{asked} with recordings", f"Name one with --voice. {_HINT}")
    takes = takes_in(folder)
    if not takes:
        raise UsageError(f"{folder} holds no recording that could belong to a line", _HINT)
    others = replace(speech, engine=None, voice=None, counts=None)
    return Recorded(folder, takes, engines.open_voice(others, warn), speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every folder of recordings among the person's own voices."""
    return tuple(
        VoiceInfo(folder.name, ("*",), f"{len(takes)} recordings")
        for folder in (sorted(own.iterdir()) if own and own.is_dir() else ())
        if (takes := takes_in(folder))
    )


def folder_of(speech: Speech) -> Path | None:
    """The folder that is meant by the voice; None where there is none."""
    if not speech.voice:
        return None
    places = (Path(speech.voice), found_in(speech.own, speech.voice))
    return next((place.absolute() for place in places if place and is_folder(place)), None)


def takes_in(folder: Path) -> dict[str, Path]:
    """The sound files in a folder by mark; where two have one, by order of suffix, then name."""
    if not folder.is_dir():
        return {}
    files = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES]
    files.sort(key=lambda file: (SUFFIXES.index(file.suffix.lower()), file.name))
    found: dict[str, Path] = {}
    for file in files:
        if mark := mark_of(file.name):
            found.setdefault(mark, file)
    return found


def to_record(lines: Iterable[Line], language: str) -> dict[str, str]:
    """What to say for each file name, in the order of the lines.

    Lines that differ in signs or punctuation only, and counts that are also coaching, are recorded
    once.

    Raises:
        UsageError: Nothing in a text can be said, or it is too long.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for line in lines:
        said = speakable(line.text, language)
        name = file_name(said)
        wanted.setdefault(mark_of(name), (name, said))
    return dict(wanted.values())


def file_name(said: str) -> str:
    """The file that is looked for; MP3, FLAC and OGG are as good as WAV.

    >>> file_name("Rest, 45 seconds.") == file_name("rest 45 seconds")
    True
    """
    return wave_name(said, " ".join(re.findall(r"\w+", said.casefold())))


def mark_of(name: str) -> str:
    """The ten figures at the end of a file's name; empty where there are none.

    >>> mark_of("007 Next wall sit-4c09cac114.mp3")
    '4c09cac114'
    """
    found = _MARK.search(name.rpartition(".")[0].lower())
    return found[0] if found else ""


def _digest(take: Path) -> str:
    try:
        with take.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:20]
    except OSError as error:
        raise UsageError(f"{take} cannot be read: {error.strerror}") from error
