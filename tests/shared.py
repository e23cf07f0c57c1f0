"""A small workout as an MP3 that can be shared: a real tag in front of anything at all."""

from __future__ import annotations

import struct

from audioworkout.compiler import compile_routine
from audioworkout.labels import pack_timeline
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Timeline
from audioworkout.phrases import load
from samples import ALL, Letters, routine

TIMELINE = lay_out(compile_routine(routine(*ALL), load("en")), Letters(), "ruler")


def frame(name: bytes, content: bytes) -> bytes:
    return struct.pack(">4sIH", name, len(content), 0) + content


def tag_of(*frames: bytes) -> bytes:
    body = b"".join(frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body


def mp3_with(timeline: Timeline, sound: bytes) -> bytes:
    return tag_of(frame(b"GEOB", pack_timeline(timeline))) + sound
