"""How a clip is kept: an ordinary WAV file (48 kHz, mono, int16) that also says what was measured.

A chunk of our own before the samples holds length, loudness and a name for the samples, so that a
build in which everything is kept reads no more than that; players skip a chunk they do not know.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import zlib
from typing import NamedTuple

from audioworkout.model.timeline import Clip
from audioworkout.units import RATE

_HEADER = struct.Struct("<4sI4s 4sIHHIIHH 4sI 32s I 4sI")
_FORMAT = (b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
_FACTS = struct.Struct("<IdI16s")
_FACTS_AT = 44
"""Where length (ms), loudness (LUFS), lead and digest of the samples stand in the file."""

HEADER = _HEADER.size
"""Bytes before the samples."""


class ClipFacts(NamedTuple):
    """What a file says of its clip, in the words of `model.timeline.Clip`."""

    length: int
    loudness: float
    lead: int
    digest: str
    samples: int


def clip_to_wave(clip: Clip) -> bytes:
    """The file's bytes."""
    facts = ClipFacts(clip.length, clip.loudness, clip.lead, clip.digest, clip.samples)
    return _make_header(facts) + clip.pcm


def wave_to_clip(data: bytes) -> Clip | None:
    """The clip in a file that `clip_to_wave` made; None for anything else."""
    facts = parse_facts(data[:HEADER], len(data))
    return None if facts is None else Clip(data[HEADER:], *facts[:3])


def parse_facts(header: bytes, size: int) -> ClipFacts | None:
    """What the first `HEADER` bytes of a file say, which has `size` of them in all.

    None where it is not a whole file made by `clip_to_wave`; the samples are not looked at.
    """
    if len(header) < HEADER:
        return None
    length, loudness, lead, digest = _FACTS.unpack_from(header, _FACTS_AT)
    facts = ClipFacts(length, loudness, lead, digest.hex(), (size - HEADER) // 2)
    return facts if size % 2 == HEADER % 2 and header == _make_header(facts) else None


def _make_header(facts: ClipFacts) -> bytes:
    size = 2 * facts.samples
    riff = (b"RIFF", HEADER - 8 + size, b"WAVE")
    told = _FACTS.pack(*facts[:3], bytes.fromhex(facts.digest))
    own = (b"aWk3", len(told) + 4, told, zlib.crc32(told))
    return _HEADER.pack(*riff, *_FORMAT, *own, b"data", size)


def cache_file_name(text: str, everything: str) -> str:
    """A readable file name: the text's beginning, and a hash of all that its sound depends on.

    >>> cache_file_name("Next: Wall Sit.", "espeak-ng, en-us, 150")
    'next-wall-sit-4c09cac114.wav'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
    digest = hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug or 'line'}-{digest}.wav"
