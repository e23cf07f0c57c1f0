"""A voice made of the user's recordings: a folder of sound files with the names `lines` prints.

A file belongs to a line by the ten hexadecimal digits at the end of its name, a hash of the line's
words. The text before them is for people; neither punctuation nor the position in the workout
changes the hash. Lines without a recording are spoken by the default engine, with a warning.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from audioworkout.audio_io.clip_files import cache_file_name
from audioworkout.audio_io.sound_files import SOUND_SUFFIXES, rank_sound_file
from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.files import is_folder, list_folder
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.normalizing.normalize import normalize_text
from audioworkout.voices import engines
from audioworkout.voices.user_voices import find_in_folder, is_ordinary_file
from audioworkout.voices.voice import Raw, Voice, VoiceInfo

RECORDING_VERSION = 3
"""To be raised whenever reading makes other sound of the same file."""

LISTED_FILES = 3
"""Number of lines and files that are listed in a message."""

_MARK = re.compile(r"[0-9a-f]{10}$")
_FIGURES = re.compile(r"[0-9a-f]{10}")
_KINDS = "WAV, FLAC, MP3, Ogg, Opus or AIFF"
_HINT = "`audioworkout lines ROUTINE` prints the file names that are looked for."


class RecordingFolder(NamedTuple):
    """The recordings of a folder, as they were when it was read."""

    path: Path
    recordings: Mapping[str, tuple[Path, ...]]
    """Sound files by mark (the ten digits); of several for a line the first is used."""
    others: tuple[Path, ...]
    """Files that may be meant for a line: sound files without a mark, and other files with one."""

    def find(self, name: str) -> Path | None:
        """The recording for a line with this file name; None if there is none."""
        return next(iter(self.recordings.get(recording_mark(name), ())), None)

    def missing(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """The entries of `recording_names` that are not recorded."""
        return {name: text for name, text in wanted.items() if self.find(name) is None}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder of recordings, and the voice of lines without one."""

    folder: RecordingFolder
    stand_in: Voice
    language: str

    @property
    def label(self) -> str:
        """`recorded anna, else espeak-ng en-us 150 wpm`."""
        return f"recorded {self.folder.path.name}, else {self.stand_in.label}"

    def fingerprint(self, line: Line) -> str:
        """A hash of the file's content; for a line without a file, the other voice's fingerprint.

        Raises:
            UsageError: Nothing in the text can be spoken, or the file cannot be read.
        """
        recording = self._find_recording(normalize_text(line.text, self.language))
        if recording is None:
            return self.stand_in.fingerprint(line)
        return f"recorded {RECORDING_VERSION} {_recording_digest(recording)}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """The recordings, then the missing lines, which the other voice speaks all at once.

        Raises:
            UsageError: A file is damaged, truncated, too long, or has no speech in it.
        """
        from audioworkout.voices.recording_trim import read_recording  # imports numpy

        missing = []
        for line in lines:
            recording = self._find_recording(line.text)
            if recording is None:
                missing.append(line)
            else:
                yield line, read_recording(recording)
        if missing:
            yield from self.stand_in.speak(missing)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        """Warn about lines that are recorded twice, and in one warning about missing ones.

        Raises:
            UsageError: The folder has no recording of any line, so another folder is meant.
        """
        path = self.folder.path
        wanted = recording_names(lines, self.language)
        missing = self.folder.missing(wanted)
        idle = explain_unused(self.folder, missing)
        if not self.folder.recordings:
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

    def _find_recording(self, said: str) -> Path | None:
        return self.folder.find(recording_file_name(said))


def open_voice(speech: Speech, warn: Warn) -> Recorded:
    """Open the requested folder, given by its path or by its name among the user's voices.

    Raises:
        UnknownNameError: There is no such folder.
        UsageError: It cannot be read.
    """
    path = find_folder(speech)
    if path is None:
        asked = "no folder was named" if speech.voice is None else f"{speech.voice!r} is no folder"
        raise UnknownNameError(f"{asked} with recordings", f"Name one with --voice. {_HINT}")
    folder = scan_folder(path)
    others = speech._replace(engine=None, voice=None, counts=None)
    return Recorded(folder, engines.open_requested_voice(others, warn), speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every folder of recordings among the user's voices."""
    return tuple(_list_recording_folders(own))


def _list_recording_folders(own: Path | None) -> Iterator[VoiceInfo]:
    for path in filter(is_folder, list_folder(own) if own else ()):
        try:
            recordings = scan_folder(path).recordings
        except UsageError:
            continue  # list the others although this one cannot be read
        if recordings:
            yield VoiceInfo(path.name, ("*",), f"{len(recordings)} recordings")


def find_folder(speech: Speech) -> Path | None:
    """The folder that the voice's name stands for; None if there is none."""
    if not speech.voice:
        return None
    places = (Path(speech.voice), find_in_folder(speech.own, speech.voice))
    return next((place.absolute() for place in places if place and is_folder(place)), None)


def scan_folder(folder: Path) -> RecordingFolder:
    """The recordings in a folder: ordinary files that are not hidden, and links to such files.

    If two belong to one line, their suffixes decide, then their names.

    Raises:
        UsageError: It cannot be read.
    """
    files = sorted(filter(_is_recording, list_folder(folder)), key=rank_sound_file)
    recordings: dict[str, tuple[Path, ...]] = {}
    others = []
    for file in files:
        mark, sound = recording_mark(file.name), _is_sound_name(file)
        if mark and sound:
            recordings[mark] = (*recordings.get(mark, ()), file)
        elif mark or sound:
            others.append(file)
    return RecordingFolder(folder, recordings, tuple(others))


def _is_recording(file: Path) -> bool:
    """True for ordinary files; not for hidden files that systems add: `._one-4c09cac114.wav`."""
    return not file.name.startswith(".") and is_ordinary_file(file)


def _is_sound_name(file: Path) -> bool:
    return file.suffix.lower() in SOUND_SUFFIXES


def warn_about_doubles(folder: RecordingFolder, wanted: Iterable[str]) -> Iterator[str]:
    """A warning that says which files are used, if some lines (by file name) have several."""
    several = [
        files
        for name in wanted
        if len(files := folder.recordings.get(recording_mark(name), ())) > 1
    ]
    if several:
        choices = (
            f"{first.name} is used, not {' or '.join(each.name for each in rest)}"
            for first, *rest in several
        )
        have = "1 line has" if len(several) == 1 else f"{len(several)} lines have"
        yield f"{have} several recordings in {folder.path}: {_list_some(choices, '; ')}"


def explain_unused(folder: RecordingFolder, missing: Iterable[str]) -> str:
    """The files that may be meant for missing lines (by file name), and why they are not used.

    Empty if there are none. Copies of used recordings are ignored.
    """
    marks = set(map(recording_mark, missing))
    reasons = []
    for file in folder.others:
        mark = recording_mark(file.name)
        if mark in marks:
            reasons.append(f"{file.name} is no {_KINDS}")
        elif not mark and folder.recordings.keys().isdisjoint(_FIGURES.findall(file.name.lower())):
            reasons.append(f"{file.name} does not end in a line's ten figures")
    return f"not used: {_list_some(reasons, '; ')}" if marks and reasons else ""


def _list_some(texts: Iterable[str], between: str = ", ") -> str:
    """The first few texts, joined, with `...` if there are more."""
    listed = list(texts)
    return between.join([*listed[:LISTED_FILES], *(["..."] if len(listed) > LISTED_FILES else [])])


def recording_names(lines: Iterable[Line], language: str) -> dict[str, str]:
    """The text to be recorded for each file name, in the order of the lines.

    Lines that differ in symbols or punctuation only, and counts that are also coaching, are
    recorded once.

    Raises:
        UsageError: Nothing in a text can be spoken, or it is too long.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for line in lines:
        said = normalize_text(line.text, language)
        name = recording_file_name(said)
        wanted.setdefault(recording_mark(name), (name, said))
    return dict(wanted.values())


def recording_file_name(said: str) -> str:
    """The file name of a line's recording; the suffix may also be that of MP3, FLAC or Ogg.

    >>> recording_file_name("Rest, 45 seconds.") == recording_file_name("rest 45 seconds")
    True
    """
    return cache_file_name(said, " ".join(re.findall(r"\w+", said.casefold())))


def recording_mark(name: str) -> str:
    """The ten hexadecimal digits at the end of a file's name; empty if there are none.

    >>> recording_mark("007 Next wall sit-4c09cac114.mp3")
    '4c09cac114'
    """
    found = _MARK.search(name.rpartition(".")[0].lower())
    return found[0] if found else ""


def _recording_digest(recording: Path) -> str:
    try:
        with recording.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:20]
    except OSError as error:
        raise UsageError(f"{recording} cannot be read: {error.strerror}") from error
