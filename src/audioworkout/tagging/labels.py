"""The tags of a workout: makes them from a timeline, and reads the timeline from a tag."""

from __future__ import annotations

import datetime
import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import BinaryIO, NamedTuple

from audioworkout import views
from audioworkout.languages import load_language
from audioworkout.model.routine import Routine
from audioworkout.model.script import TITLE_LENGTH
from audioworkout.model.timeline import Mark, Timeline
from audioworkout.tagging.id3 import Attachment, ChapterTag, Picture, Tag, encode_tag
from audioworkout.text import cut_to_length
from audioworkout.views.json import compact_json
from audioworkout.views.parse_json import LARGEST_TIMELINE, parse_timeline
from audioworkout.views.screen_words import language_for, words_for

ARTIST = "audioworkout"

TIMELINE_TYPE = "application/zlib"
TIMELINE_FILE = "timeline.json"
TIMELINE_NAME = "audioworkout timeline"
"""Media type, file name and description of the object (GEOB) that holds the timeline as JSON."""

LARGEST_TAG = 64_000_000
"""Limit in bytes: files of others are read too, and must not fill the memory."""

_HEADER = struct.Struct(">3sBBB4B")
_FRAME = struct.Struct(">4sIH")


class BuildInfo(NamedTuple):
    """How a file was built: version, date, options, and the digest of the routine.

    `options` are those of the command line as typed, but without folders, which are private.
    `routine` is from `routine_digest`.
    """

    version: str
    date: datetime.date
    options: str = ""
    routine: str = ""


def make_tag(
    timeline: Timeline,
    made: BuildInfo,
    chapters: Sequence[Mark],
    pictures: Sequence[bytes] = (),
    cover: bytes = b"",
) -> bytes:
    """The ID3v2.3 tag of a workout, to be written in front of the sound.

    Args:
        timeline: Stored as lyrics and, compressed, as JSON.
        made: How the file was built.
        chapters: From `views.grouping.group_chapters`; empty for a file without chapters.
        pictures: A JPEG for each chapter, or empty.
        cover: A JPEG for the whole workout, or empty.

    Raises:
        ValueError: There are more than 255 chapters, or not as many pictures as chapters.
    """
    shown = list(pictures) or [b""] * len(chapters)
    return encode_tag(
        Tag(
            title=timeline.title,
            artist=ARTIST,
            album=words_for(timeline.language)["workouts"],
            date=made.date,
            genre=words_for(timeline.language)["workout"],
            length=timeline.duration_ms,
            language=timeline.language,
            comment=comment_text(timeline, made),
            texts=_build_facts(timeline, made),
            lyrics=views.render_view(timeline, "lrc"),
            attachments=(_pack_timeline(timeline),),
            picture=_chapter_picture(cover),
            chapters=[_chapter_tag(*each) for each in zip(chapters, shown, strict=True)],
        )
    )


def make_track_tag(
    timeline: Timeline, made: BuildInfo, marks: Sequence[Mark], number: int, picture: bytes = b""
) -> bytes:
    """The tag of one chapter as a file of its own; its album is the workout.

    Args:
        timeline: The whole workout.
        made: How the file was built.
        marks: All tracks of the workout.
        number: Number of the track, from 1.
        picture: A JPEG, or empty.
    """
    mark = marks[number - 1]
    return encode_tag(
        Tag(
            title=cut_to_length(mark.title, TITLE_LENGTH),
            artist=ARTIST,
            album=timeline.title,
            track=f"{number}/{len(marks)}",
            date=made.date,
            genre=words_for(timeline.language)["workout"],
            length=mark.end_ms - mark.start_ms,
            language=timeline.language,
            comment=comment_text(timeline, made),
            texts=_build_facts(timeline, made),
            lyrics=views.render_view(_chapter_timeline(timeline, mark), "lrc"),
            picture=_chapter_picture(picture),
        )
    )


def _chapter_timeline(timeline: Timeline, mark: Mark) -> Timeline:
    """The events of one chapter, with times from its start."""
    events = tuple(
        each._replace(start_ms=each.start_ms - mark.start_ms, end_ms=each.end_ms - mark.start_ms)
        for each in timeline.events
        if mark.start_ms <= each.start_ms < mark.end_ms
    )
    length = mark.end_ms - mark.start_ms
    alone = mark._replace(start_ms=0, end_ms=length)
    return timeline._replace(duration_ms=length, chapters=(alone,), spans=(), events=events)


def text_tags(timeline: Timeline, made: BuildInfo) -> dict[str, str]:
    """The tags of a file other than MP3, by names that all formats have."""
    return {"title": timeline.title, "artist": ARTIST, "comment": comment_text(timeline, made)}


def comment_text(timeline: Timeline, made: BuildInfo) -> str:
    """A health warning in the language of the workout, and how the file was built."""
    options = f" {made.options}" if made.options else ""
    return (
        f"{load_language(language_for(timeline.language)).DISCLAIMER} audioworkout {made.version}: "
        f"{timeline.routine}{options} ({made.routine[:12] or '-'}); {timeline.voice}"
    )


def routine_digest(routine: Routine) -> str:
    """A digest that is equal for equal routines, on any computer."""
    return hashlib.sha256(_stable_repr(routine).encode("utf-8", "backslashreplace")).hexdigest()


def _stable_repr(value: object) -> str:
    """Like `repr`, but with the members of sets in a fixed order."""
    if value is None or isinstance(value, str | int):
        return repr(value)
    if names := _field_names(value):
        inside = [f"{name}={_stable_repr(getattr(value, name))}" for name in names]
        return f"{type(value).__name__}({', '.join(inside)})"
    if isinstance(value, frozenset):
        return f"{{{', '.join(sorted(map(_stable_repr, value)))}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(_stable_repr, value))})"
    return repr(value)


def _field_names(value: object) -> tuple[str, ...]:
    """The field names of a dataclass or named tuple; empty for any other value."""
    if isinstance(value, tuple):
        names: tuple[str, ...] = getattr(value, "_fields", ())
        return names
    return tuple(each.name for each in fields(value)) if is_dataclass(value) else ()


def _build_facts(timeline: Timeline, made: BuildInfo) -> dict[str, str]:
    """Facts for other programs, by name."""
    facts = {
        "audioworkout": made.version,
        "routine": timeline.routine,
        "routine sha256": made.routine,
        "options": made.options,
        "voice": timeline.voice,
    }
    return {name: value for name, value in facts.items() if value}


def _chapter_tag(mark: Mark, picture: bytes) -> ChapterTag:
    return ChapterTag(
        cut_to_length(mark.title, TITLE_LENGTH),
        mark.start_ms,
        mark.end_ms,
        _chapter_picture(picture),
    )


def _chapter_picture(jpeg: bytes) -> Picture | None:
    return Picture(jpeg) if jpeg else None


def _pack_timeline(timeline: Timeline) -> Attachment:
    """The timeline as JSON, compressed to about a tenth."""
    packer = zlib.compressobj()
    parts = [packer.compress(text.encode("utf-8", "replace")) for text in compact_json(timeline)]
    data = b"".join((*parts, packer.flush()))
    return Attachment(TIMELINE_TYPE, TIMELINE_FILE, TIMELINE_NAME, data)


def read_timeline(file: BinaryIO) -> Timeline | None:
    """The timeline in the tag of an MP3 (ID3v2.3) made by this program; None for any other file.

    Leaves the file at the end of the tag, where the sound begins.

    Raises:
        OSError: The file cannot be read.
    """
    head = _attachment_head()
    for name, content in _split_frames(_read_tag(file)):
        if name == b"GEOB" and content.startswith(head):
            try:
                return parse_timeline(_unpack_timeline(content[len(head) :]).decode())
            except ValueError:
                return None
    return None


def _attachment_head() -> bytes:
    texts = (TIMELINE_TYPE, TIMELINE_FILE, TIMELINE_NAME)
    return b"\0" + b"".join(text.encode("latin-1") + b"\0" for text in texts)


def _unpack_timeline(data: bytes) -> bytes:
    """Decompress, up to `LARGEST_TIMELINE` bytes.

    Raises:
        ValueError: It is damaged or too long.
    """
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(data, LARGEST_TIMELINE)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("cut off, or too long")
    return text


def _read_tag(file: BinaryIO) -> bytes:
    """The frames of the tag at the start of a file; empty if there is none of version 2.3."""
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return b""
    mark, version, _, flags, *sizes = _HEADER.unpack(head)
    if mark != b"ID3" or version != 3 or flags or max(sizes) > 0x7F:
        return b""
    size = sizes[0] << 21 | sizes[1] << 14 | sizes[2] << 7 | sizes[3]
    return file.read(size) if size <= LARGEST_TAG else b""


def _split_frames(tag: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of frames, up to the padding or the first truncated frame."""
    at = 0
    while at + _FRAME.size <= len(tag):
        name, size, flags = _FRAME.unpack_from(tag, at)
        at += _FRAME.size
        if not name.isalnum() or at + size > len(tag):
            return
        if not flags:
            yield name, tag[at : at + size]
        at += size
