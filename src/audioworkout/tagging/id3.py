"""Writes ID3v2.3 tags: texts, a picture, lyrics, attachments, chapters.

Every player reads version 2.3 with UTF-16 texts. Frames have a fixed order and no time of writing,
so the same tag gives the same bytes. Layout after id3.org: "ID3 tag version 2.3.0" and "ID3v2
Chapter Frame Addendum" 1.0.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from audioworkout.languages import LANGUAGES, load_language
from audioworkout.units import Ms

MOST_CHAPTERS = 255
"""The table of contents stores their number in one byte."""

_UTF_16 = b"\x01"
_LATIN = b"\x00"
_NO_OFFSET = b"\xff" * 4
_TOP_LEVEL_ORDERED = b"\x03"
_FRONT_COVER = b"\x03"
_CONTENTS = b"toc\0"
_UNKNOWN_LANGUAGE = b"und"


class Picture(NamedTuple):
    """An image file's content, and its media type (`image/jpeg`, `image/png`)."""

    data: bytes
    mime: str = "image/jpeg"


class ChapterTag(NamedTuple):
    """A chapter: its title, its start and end (ms), and a picture shown during it."""

    title: str
    start: Ms
    end: Ms
    picture: Picture | None = None


class Attachment(NamedTuple):
    """An attached file (GEOB): media type, file name, description and content."""

    mime: str
    name: str
    description: str
    data: bytes


class Tag(NamedTuple):
    """The content of a tag; fields that are empty or None are not written.

    `language` is the two-letter code (ISO 639-1) of comment and lyrics. `texts` are user-defined
    texts by name (TXXX).
    """

    title: str
    artist: str = ""
    album: str = ""
    track: str = ""
    """Number and total in its album: `3/10`."""
    date: datetime.date | None = None
    genre: str = ""
    length: Ms | None = None
    language: str = "en"
    comment: str = ""
    texts: Mapping[str, str] = MappingProxyType({})
    lyrics: str = ""
    attachments: Sequence[Attachment] = ()
    picture: Picture | None = None
    chapters: Sequence[ChapterTag] = ()


def encode_tag(tag: Tag) -> bytes:
    """The tag as bytes, to be put in front of the sound.

    Raises:
        ValueError: There are more than 255 chapters, or the tag would pass 256 MB.
    """
    frames = b"".join(_tag_frames(tag))
    if len(frames) >= 1 << 28:
        raise ValueError(f"an ID3 tag holds less than 256 MB, not {len(frames)} bytes")
    return b"ID3\x03\x00\x00" + _synchsafe_size(len(frames)) + frames


def _tag_frames(tag: Tag) -> Iterator[bytes]:
    yield _text_frame(b"TIT2", tag.title)
    yield from _text_frames(tag)
    language = _id3_code(tag.language)
    if tag.comment:
        yield _make_frame(
            b"COMM", _UTF_16 + language + _encode_utf_16("", end=True) + _encode_utf_16(tag.comment)
        )
    for name, value in tag.texts.items():
        yield _make_frame(b"TXXX", _UTF_16 + _encode_utf_16(name, end=True) + _encode_utf_16(value))
    if tag.lyrics:
        yield _make_frame(
            b"USLT", _UTF_16 + language + _encode_utf_16("", end=True) + _encode_utf_16(tag.lyrics)
        )
    for attachment in tag.attachments:
        yield _make_frame(b"GEOB", _attachment_frame(attachment))
    if tag.picture:
        yield _picture_frame(tag.picture)
    if tag.chapters:
        yield from _chapter_frames(tag.chapters)


def _text_frames(tag: Tag) -> Iterator[bytes]:
    if tag.artist:
        yield _text_frame(b"TPE1", tag.artist)
    if tag.album:
        yield _text_frame(b"TALB", tag.album)
    if tag.track:
        yield _text_frame(b"TRCK", tag.track)
    if tag.date:
        yield _text_frame(b"TYER", f"{tag.date.year:04}")
        yield _text_frame(b"TDAT", f"{tag.date.day:02}{tag.date.month:02}")
    if tag.genre:
        yield _text_frame(b"TCON", tag.genre)
    if tag.length is not None:
        yield _text_frame(b"TLEN", str(tag.length))


def _chapter_frames(chapters: Sequence[ChapterTag]) -> Iterator[bytes]:
    """The table of contents (CTOC), then the chapters (CHAP) in the given order."""
    if len(chapters) > MOST_CHAPTERS:
        raise ValueError(f"a file has at most {MOST_CHAPTERS} chapters, not {len(chapters)}")
    names = [f"chp{number:03}\0".encode("ascii") for number in range(len(chapters))]
    count = bytes((len(names),))
    yield _make_frame(b"CTOC", _CONTENTS + _TOP_LEVEL_ORDERED + count + b"".join(names))
    for name, chapter in zip(names, chapters, strict=True):
        yield _make_frame(b"CHAP", name + _chapter_frame(chapter))


def _chapter_frame(chapter: ChapterTag) -> bytes:
    times = chapter.start.to_bytes(4, "big") + chapter.end.to_bytes(4, "big")
    picture = _picture_frame(chapter.picture) if chapter.picture else b""
    return times + 2 * _NO_OFFSET + _text_frame(b"TIT2", chapter.title) + picture


def _attachment_frame(attachment: Attachment) -> bytes:
    texts = (attachment.mime, attachment.name, attachment.description)
    return _LATIN + b"".join(text.encode("latin-1") + b"\0" for text in texts) + attachment.data


def _picture_frame(picture: Picture) -> bytes:
    kind = picture.mime.encode("ascii") + b"\0" + _FRONT_COVER
    return _make_frame(b"APIC", _LATIN + kind + b"\0" + picture.data)


def _text_frame(name: bytes, text: str) -> bytes:
    return _make_frame(name, _UTF_16 + _encode_utf_16(text))


def _make_frame(name: bytes, body: bytes) -> bytes:
    """A frame; in version 2.3 its size is a plain integer, unlike that of the tag."""
    return name + len(body).to_bytes(4, "big") + b"\0\0" + body


def _encode_utf_16(text: str, *, end: bool = False) -> bytes:
    """UTF-16 little-endian with byte order mark; lone surrogates become `?`."""
    return b"\xff\xfe" + text.encode("utf-16-le", "replace") + (b"\0\0" if end else b"")


def _synchsafe_size(size: int) -> bytes:
    """A size in four bytes of seven bits each."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _id3_code(language: str) -> bytes:
    code = language[:2].lower()
    return load_language(code).ID3_CODE if code in LANGUAGES else _UNKNOWN_LANGUAGE
