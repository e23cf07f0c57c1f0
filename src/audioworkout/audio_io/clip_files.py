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

_HEADER = struct.Struct("<4sI4s 4sIHHIIHH 4sI 32s I 4sI")
_FORMAT = (b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
_FACTS = struct.Struct("<IdI16s")
_FACTS_AT = 44
"""Where length (ms), loudness (LUFS), lead and digest of the samples stand in the file."""

HEADER_SIZE = _HEADER.size
"""Size of everything before the samples (bytes)."""


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
    """The clip in a file that `clip_to_wave` made; None for any other file."""
    facts = parse_facts(data[:HEADER_SIZE], len(data))
    return None if facts is None else Clip(data[HEADER_SIZE:], *facts[:3])


def parse_facts(header: bytes, size: int) -> ClipFacts | None:
    """The measurements in the first `HEADER_SIZE` bytes of a file that has `size` bytes in total.

    None if it is not a whole file made by `clip_to_wave`; the samples are not checked.
    """
    if len(header) < HEADER_SIZE:
        return None
    length, loudness, lead, digest = _FACTS.unpack_from(header, _FACTS_AT)
    facts = ClipFacts(length, loudness, lead, digest.hex(), (size - HEADER_SIZE) // 2)
    return facts if size % 2 == HEADER_SIZE % 2 and header == _make_header(facts) else None


def _make_header(facts: ClipFacts) -> bytes:
    size = 2 * facts.samples
    riff = (b"RIFF", HEADER_SIZE - 8 + size, b"WAVE")
    told = _FACTS.pack(*facts[:3], bytes.fromhex(facts.digest))
    own = (b"aWk3", len(told) + 4, told, zlib.crc32(told))
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
