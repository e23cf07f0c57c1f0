"""A person's own recordings as a voice: a folder of sound files with the names `lines` prints.

A file belongs to a line by the ten figures at the end of its name, a hash of the line's words: what
stands before them is for people, and neither punctuation nor another place in the workout changes
them. What is not recorded is spoken by the default engine, and told.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from audioworkout.audiofiles import SUFFIXES
from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.files import is_folder, list_folder
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import engines
from audioworkout.voices.own import found_in, is_ordinary
from audioworkout.voices.speakable import speakable
from audioworkout.voices.voice import Raw, Voice, VoiceInfo, Warn
from audioworkout.voices.wavefile import wave_name

TAKE_VERSION = 3
"""Raised when reading would make other sound of the same file."""

SHOWN = 3
"""Lines and files that are told one by one."""

_MARK = re.compile(r"[0-9a-f]{10}$")
_FIGURES = re.compile(r"[0-9a-f]{10}")
_KINDS = "WAV, FLAC, MP3, Ogg, Opus or AIFF"
_HINT = "`audioworkout lines ROUTINE` prints the file names that are looked for."


class Folder(NamedTuple):
    """A folder with recordings, as it was when it was looked into."""

    path: Path
    takes: Mapping[str, tuple[Path, ...]]
    """The sound files by mark (the ten figures); the first of a line's is the one that is used."""
    others: tuple[Path, ...]
    """What may be meant for a line: sound files without a mark, marked ones of another kind."""

    def take(self, name: str) -> Path | None:
        """The recording that is used for a line with this file name; None where there is none."""
        return next(iter(self.takes.get(mark_of(name), ())), None)

    def missing(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Those of `to_record` that are not recorded."""
        return {name: text for name, text in wanted.items() if self.take(name) is None}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder of recordings, and who speaks the lines that have none."""

    folder: Folder
    stand_in: Voice
    language: str

    @property
    def label(self) -> str:
        """`recorded anna, else espeak-ng en-us 150 wpm`."""
        return f"recorded {self.folder.path.name}, else {self.stand_in.label}"

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
            UsageError: A file is damaged, cut off, far too long, or nothing is said in it.
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
        """Tell which lines are recorded twice, and in one warning what is not recorded.

        Raises:
            UsageError: The folder holds no recording of any line: another one is meant.
        """
        path = self.folder.path
        wanted = to_record(lines, self.language)
        missing = self.folder.missing(wanted)
        idle = unused(self.folder, missing)
        if not self.folder.takes:
            also = f": {idle}" if idle else ""
            raise UsageError(f"{path} holds no recording that could belong to a line{also}", _HINT)
        for warning in doubles(self.folder, wanted):
            warn(warning)
        if missing:
            command = shlex.join(["audioworkout", "lines", "ROUTINE", "--voice", str(path)])
            warn(
                f"{len(missing)} of {len(wanted)} lines are not in {path}, so"
                f" {self.stand_in.label} speaks them: {_some(map(repr, missing.values()))}"
                f" (`{command}` lists them)" + (f"; {idle}" if idle else "")
            )

    def _take(self, said: str) -> Path | None:
        return self.folder.take(file_name(said))


def open_voice(speech: Speech, warn: Warn) -> Recorded:
    """The folder asked for, by path or by name among the person's own voices.

    Raises:
        UnknownNameError: There is no such folder.
        UsageError: It cannot be read.
    """
    path = folder_of(speech)
    if path is None:
        asked = "no folder was named" if speech.voice is None else f"{speech.voice!r} is no folder"
        raise UnknownNameError(f"{asked} with recordings", f"Name one with --voice. {_HINT}")
    folder = look_into(path)
    others = replace(speech, engine=None, voice=None, counts=None)
    return Recorded(folder, engines.open_voice(others, warn), speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every folder of recordings among the person's own voices."""
    return tuple(_infos(own))


def _infos(own: Path | None) -> Iterator[VoiceInfo]:
    for path in filter(is_folder, list_folder(own) if own else ()):
        try:
            takes = look_into(path).takes
        except UsageError:
            continue  # one that is closed hides no other voice
        if takes:
            yield VoiceInfo(path.name, ("*",), f"{len(takes)} recordings")


def folder_of(speech: Speech) -> Path | None:
    """The folder that is meant by the voice; None where there is none."""
    if not speech.voice:
        return None
    places = (Path(speech.voice), found_in(speech.own, speech.voice))
    return next((place.absolute() for place in places if place and is_folder(place)), None)


def look_into(folder: Path) -> Folder:
    """What a folder holds for whom: ordinary files that are not hidden, links to such included.

    Where two belong to one line, the order of their endings decides, then that of their names.

    Raises:
        UsageError: It cannot be read.
    """
    files = sorted(filter(_counts, list_folder(folder)), key=_rank)
    takes: dict[str, tuple[Path, ...]] = {}
    others = []
    for file in files:
        mark, sound = mark_of(file.name), _is_sound(file)
        if mark and sound:
            takes[mark] = (*takes.get(mark, ()), file)
        elif mark or sound:
            others.append(file)
    return Folder(folder, takes, tuple(others))


def _counts(file: Path) -> bool:
    """Hidden files are what systems leave beside the real ones: `._one-4c09cac114.wav`."""
    return not file.name.startswith(".") and is_ordinary(file)


def _is_sound(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES


def _rank(file: Path) -> tuple[int, str]:
    return (SUFFIXES.index(file.suffix.lower()) if _is_sound(file) else len(SUFFIXES), file.name)


def doubles(folder: Folder, wanted: Iterable[str]) -> Iterator[str]:
    """A warning that tells which file is used, if some lines (by file name) have several."""
    several = [files for name in wanted if len(files := folder.takes.get(mark_of(name), ())) > 1]
    if several:
        told = (
            f"{first.name} is used, not {' or '.join(each.name for each in rest)}"
            for first, *rest in several
        )
        have = "1 line has" if len(several) == 1 else f"{len(several)} lines have"
        yield f"{have} several recordings in {folder.path}: {_some(told, '; ')}"


def unused(folder: Folder, missing: Iterable[str]) -> str:
    """Which files may be meant for lines that are missing (by file name), and why they are none.

    Empty where none are. A copy of what is recorded is meant for nothing.
    """
    marks = set(map(mark_of, missing))
    told = []
    for file in folder.others:
        mark = mark_of(file.name)
        if mark in marks:
            told.append(f"{file.name} is no {_KINDS}")
        elif not mark and folder.takes.keys().isdisjoint(_FIGURES.findall(file.name.lower())):
            told.append(f"{file.name} does not end in a line's ten figures")
    return f"not used: {_some(told, '; ')}" if marks and told else ""


def _some(told: Iterable[str], between: str = ", ") -> str:
    """The first few of them, and whether there are more."""
    listed = list(told)
    return between.join([*listed[:SHOWN], *(["..."] if len(listed) > SHOWN else [])])


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
