"""The file format of cached clips: WAV (48 kHz, mono, int16) with an extra chunk of measurements.

The chunk before the samples holds length, loudness and digest of the samples, so that a build with
everything cached reads only the header; players skip chunks that they do not know.
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

_HEADER = struct.Struct("<4sI4s 4sIHHIIHH 4sI 28s I 4sI")
_FORMAT = (b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
_FACTS = struct.Struct("<Id16s")
_FACTS_AT = 44
"""Offset of length (ms), loudness (LUFS) and digest of the samples in the file."""

HEADER = _HEADER.size
"""Size of everything before the samples (bytes)."""


class ClipFacts(NamedTuple):
    """The measurements in the header: length (ms), loudness (LUFS), digest, number of samples."""

    length: int
    loudness: float
    digest: str
    samples: int


def clip_to_wave(clip: Clip) -> bytes:
    """The content of the clip's file."""
    return _make_header(ClipFacts(clip.length, clip.loudness, clip.digest, clip.samples)) + clip.pcm


def wave_to_clip(data: bytes) -> Clip | None:
    """The clip in a file that `clip_to_wave` made; None for any other file."""
    facts = parse_facts(data[:HEADER], len(data))
    return None if facts is None else Clip(data[HEADER:], facts.length, facts.loudness)


def parse_facts(header: bytes, size: int) -> ClipFacts | None:
    """The measurements in the first `HEADER` bytes of a file that has `size` bytes in total.

    None if it is not a whole file made by `clip_to_wave`; the samples are not checked.
    """
    if len(header) < HEADER:
        return None
    length, loudness, digest = _FACTS.unpack_from(header, _FACTS_AT)
    facts = ClipFacts(length, loudness, digest.hex(), (size - HEADER) // 2)
    return facts if size % 2 == HEADER % 2 and header == _make_header(facts) else None


def _make_header(facts: ClipFacts) -> bytes:
    size = 2 * facts.samples
    riff = (b"RIFF", HEADER - 8 + size, b"WAVE")
    packed = _FACTS.pack(facts.length, facts.loudness, bytes.fromhex(facts.digest))
    own = (b"aWk2", len(packed) + 4, packed, zlib.crc32(packed))
    return _HEADER.pack(*riff, *_FORMAT, *own, b"data", size)


def cache_file_name(text: str, everything: str) -> str:
    """A readable file name: the beginning of the text, and a hash of all that its sound depends on.

    >>> cache_file_name("Next: Wall Sit.", "espeak-ng, en-us, 150")
    'next-wall-sit-4c09cac114.wav'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
    digest = hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug or 'line'}-{digest}.wav"
