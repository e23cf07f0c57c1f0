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

from audioworkout.audio_io.clip_files import cache_file_name
from audioworkout.audio_io.sound_files import SUFFIXES
from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.files import is_folder, list_folder
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.normalizing.normalize import normalize_text
from audioworkout.voices import engines
from audioworkout.voices.user_voices import find_in_folder, is_ordinary_file
from audioworkout.voices.voice import Raw, Voice, VoiceInfo, Warn

TAKE_VERSION = 3
"""Raised when reading would make other sound of the same file."""

SHOWN = 3
"""Lines and files that are told one by one."""

_MARK = re.compile(r"[0-9a-f]{10}$")
_FIGURES = re.compile(r"[0-9a-f]{10}")
_KINDS = "WAV, FLAC, MP3, Ogg, Opus or AIFF"
_HINT = "`audioworkout lines ROUTINE` prints the file names that are looked for."


class RecordingFolder(NamedTuple):
    """A folder with recordings, as it was when it was looked into."""

    path: Path
    takes: Mapping[str, tuple[Path, ...]]
    """The sound files by mark (the ten figures); the first of a line's is the one that is used."""
    others: tuple[Path, ...]
    """What may be meant for a line: sound files without a mark, marked ones of another kind."""

    def take(self, name: str) -> Path | None:
        """The recording that is used for a line with this file name; None where there is none."""
        return next(iter(self.takes.get(recording_mark(name), ())), None)

    def missing(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Those of `recording_names` that are not recorded."""
        return {name: text for name, text in wanted.items() if self.take(name) is None}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder of recordings, and who speaks the lines that have none."""

    folder: RecordingFolder
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
        take = self._take(normalize_text(line.text, self.language))
        if take is None:
            return self.stand_in.fingerprint(line)
        return f"recorded {TAKE_VERSION} {_recording_digest(take)}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """The recordings, then what the stand-in speaks in one go.

        Raises:
            UsageError: A file is damaged, cut off, far too long, or nothing is said in it.
        """
        from audioworkout.voices.recording_trim import read_recording  # loads numpy

        missing = []
        for line in lines:
            take = self._take(line.text)
            if take is None:
                missing.append(line)
            else:
                yield line, read_recording(take)
        if missing:
            yield from self.stand_in.speak(missing)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Tell which lines are recorded twice, and in one warning what is not recorded.

        Raises:
            UsageError: The folder holds no recording of any line: another one is meant.
        """
        path = self.folder.path
        wanted = recording_names(lines, self.language)
        missing = self.folder.missing(wanted)
        idle = explain_unused(self.folder, missing)
        if not self.folder.takes:
            also = f": {idle}" if idle else ""
            raise UsageError(f"{path} holds no recording that could belong to a line{also}", _HINT)
        for warning in warn_about_doubles(self.folder, wanted):
            warn(warning)
        if missing:
            command = shlex.join(["audioworkout", "lines", "ROUTINE", "--voice", str(path)])
            warn(
                f"{len(missing)} of {len(wanted)} lines are not in {path}, so"
                f" {self.stand_in.label} speaks them: {_list_some(map(repr, missing.values()))}"
                f" (`{command}` lists them)" + (f"; {idle}" if idle else "")
            )

    def _take(self, said: str) -> Path | None:
        return self.folder.take(recording_file_name(said))


def open_voice(speech: Speech, warn: Warn) -> Recorded:
    """The folder asked for, by path or by name among the person's own voices.

    Raises:
        UnknownNameError: There is no such folder.
        UsageError: It cannot be read.
    """
    path = find_folder(speech)
    if path is None:
        asked = "no folder was named" if speech.voice is None else f"{speech.voice!r} is no folder"
        raise UnknownNameError(f"{asked} with recordings", f"Name one with --voice. {_HINT}")
    folder = scan_folder(path)
    others = replace(speech, engine=None, voice=None, counts=None)
    return Recorded(folder, engines.open_voice(others, warn), speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every folder of recordings among the person's own voices."""
    return tuple(_voice_infos(own))


def _voice_infos(own: Path | None) -> Iterator[VoiceInfo]:
    for path in filter(is_folder, list_folder(own) if own else ()):
        try:
            takes = scan_folder(path).takes
        except UsageError:
            continue  # one that is closed hides no other voice
        if takes:
            yield VoiceInfo(path.name, ("*",), f"{len(takes)} recordings")


def find_folder(speech: Speech) -> Path | None:
    """The folder that is meant by the voice; None where there is none."""
    if not speech.voice:
        return None
    places = (Path(speech.voice), find_in_folder(speech.own, speech.voice))
    return next((place.absolute() for place in places if place and is_folder(place)), None)


def scan_folder(folder: Path) -> RecordingFolder:
    """What a folder holds for whom: ordinary files that are not hidden, links to such included.

    Where two belong to one line, the order of their endings decides, then that of their names.

    Raises:
        UsageError: It cannot be read.
    """
    files = sorted(filter(_is_recording, list_folder(folder)), key=_preference)
    takes: dict[str, tuple[Path, ...]] = {}
    others = []
    for file in files:
        mark, sound = recording_mark(file.name), _is_sound_name(file)
        if mark and sound:
            takes[mark] = (*takes.get(mark, ()), file)
        elif mark or sound:
            others.append(file)
    return RecordingFolder(folder, takes, tuple(others))


def _is_recording(file: Path) -> bool:
    """Hidden files are what systems leave beside the real ones: `._one-4c09cac114.wav`."""
    return not file.name.startswith(".") and is_ordinary_file(file)


def _is_sound_name(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES


def _preference(file: Path) -> tuple[int, str]:
    return (
        SUFFIXES.index(file.suffix.lower()) if _is_sound_name(file) else len(SUFFIXES),
        file.name,
    )


def warn_about_doubles(folder: RecordingFolder, wanted: Iterable[str]) -> Iterator[str]:
    """A warning that tells which file is used, if some lines (by file name) have several."""
    several = [
        files for name in wanted if len(files := folder.takes.get(recording_mark(name), ())) > 1
    ]
    if several:
        told = (
            f"{first.name} is used, not {' or '.join(each.name for each in rest)}"
            for first, *rest in several
        )
        have = "1 line has" if len(several) == 1 else f"{len(several)} lines have"
        yield f"{have} several recordings in {folder.path}: {_list_some(told, '; ')}"


def explain_unused(folder: RecordingFolder, missing: Iterable[str]) -> str:
    """Which files may be meant for lines that are missing (by file name), and why they are none.

    Empty where none are. A copy of what is recorded is meant for nothing.
    """
    marks = set(map(recording_mark, missing))
    told = []
    for file in folder.others:
        mark = recording_mark(file.name)
        if mark in marks:
            told.append(f"{file.name} is no {_KINDS}")
        elif not mark and folder.takes.keys().isdisjoint(_FIGURES.findall(file.name.lower())):
            told.append(f"{file.name} does not end in a line's ten figures")
    return f"not used: {_list_some(told, '; ')}" if marks and told else ""


def _list_some(told: Iterable[str], between: str = ", ") -> str:
    """The first few of them, and whether there are more."""
    listed = list(told)
    return between.join([*listed[:SHOWN], *(["..."] if len(listed) > SHOWN else [])])


def recording_names(lines: Iterable[Line], language: str) -> dict[str, str]:
    """What to say for each file name, in the order of the lines.

    Lines that differ in signs or punctuation only, and counts that are also coaching, are recorded
    once.

    Raises:
        UsageError: Nothing in a text can be said, or it is too long.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for line in lines:
        said = normalize_text(line.text, language)
        name = recording_file_name(said)
        wanted.setdefault(recording_mark(name), (name, said))
    return dict(wanted.values())


def recording_file_name(said: str) -> str:
    """The file that is looked for; MP3, FLAC and OGG are as good as WAV.

    >>> recording_file_name("Rest, 45 seconds.") == recording_file_name("rest 45 seconds")
    True
    """
    return cache_file_name(said, " ".join(re.findall(r"\w+", said.casefold())))


def recording_mark(name: str) -> str:
    """The ten figures at the end of a file's name; empty where there are none.

    >>> recording_mark("007 Next wall sit-4c09cac114.mp3")
    '4c09cac114'
    """
    found = _MARK.search(name.rpartition(".")[0].lower())
    return found[0] if found else ""


def _recording_digest(take: Path) -> str:
    try:
        with take.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:20]
    except OSError as error:
        raise UsageError(f"{take} cannot be read: {error.strerror}") from error
