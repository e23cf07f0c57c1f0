"""What an MP3 says of itself: its tag, made of a timeline; and the timeline found in a tag."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from audioworkout import views
from audioworkout.model.timeline import Timeline
from audioworkout.views.parse import parse

TIMELINE_TYPE = "application/zlib"
TIMELINE_FILE = "timeline.json"
TIMELINE_NAME = "audioworkout timeline"
"""Media type, file name and description of the object (GEOB) that holds the timeline as JSON."""

LARGEST_TAG = 64_000_000
LARGEST_TIMELINE = 32_000_000
"""Bytes; tags of others are read too, and none may fill the memory."""

_HEADER = struct.Struct(">3sBBB4B")
_FRAME = struct.Struct(">4sIH")


def pack_timeline(timeline: Timeline) -> bytes:
    """The timeline as a GEOB frame's content: a hundred kB of JSON in about ten."""
    data = zlib.compress(views.render(timeline, "json").encode(), 9)
    return _geob_head() + data


def read_timeline(file: BinaryIO) -> Timeline | None:
    """The timeline in the tag of an MP3 (ID3v2.3) that this program made; None in any other.

    Raises:
        OSError: The file cannot be read.
    """
    head = _geob_head()
    for name, content in _frames(_tag(file)):
        if name == b"GEOB" and content.startswith(head):
            try:
                return parse(_unpacked(content[len(head) :]).decode())
            except ValueError:
                return None
    return None


def _geob_head() -> bytes:
    texts = (TIMELINE_TYPE, TIMELINE_FILE, TIMELINE_NAME)
    return b"\0" + b"".join(text.encode("latin-1") + b"\0" for text in texts)


def _unpacked(data: bytes) -> bytes:
    """Decompressed, to a limit.

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


def _tag(file: BinaryIO) -> bytes:
    """The frames of the tag at the start of a file; empty where there is none of version 2.3."""
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return b""
    mark, version, _, flags, *sizes = _HEADER.unpack(head)
    if mark != b"ID3" or version != 3 or flags or max(sizes) > 0x7F:
        return b""
    size = sizes[0] << 21 | sizes[1] << 14 | sizes[2] << 7 | sizes[3]
    return file.read(size) if size <= LARGEST_TAG else b""


def _frames(tag: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of frames, to the padding or the first that is cut off."""
    at = 0
    while at + _FRAME.size <= len(tag):
        name, size, flags = _FRAME.unpack_from(tag, at)
        at += _FRAME.size
        if not name.isalnum() or at + size > len(tag):
            return
        if not flags:
            yield name, tag[at : at + size]
        at += size
