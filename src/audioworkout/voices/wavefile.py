"""How a clip is kept: an ordinary WAV file (48 kHz, mono, int16) that also says what was measured.

A chunk of our own before the samples holds length and loudness, so that a build in which every
clip is kept reads them without numpy; players skip a chunk they do not know.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata

from audioworkout.model.timeline import Clip
from audioworkout.units import RATE

_HEADER = struct.Struct("<4sI4s 4sIHHIIHH 4sIId 4sI")
_FORMAT = (b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
_FACTS = struct.Struct("<Id")
_FACTS_AT = 44
"""Where length (ms) and loudness (LUFS) stand in the file."""


def clip_to_wave(clip: Clip) -> bytes:
    """The file's bytes."""
    return _header(len(clip.pcm), clip.length, clip.loudness) + clip.pcm


def wave_to_clip(data: bytes) -> Clip | None:
    """The clip in a file that `clip_to_wave` made; None for anything else."""
    if len(data) < _HEADER.size:
        return None
    length, loudness = _FACTS.unpack_from(data, _FACTS_AT)
    header, pcm = data[: _HEADER.size], data[_HEADER.size :]
    return Clip(pcm, length, loudness) if header == _header(len(pcm), length, loudness) else None


def _header(size: int, length: int, loudness: float) -> bytes:
    riff = (b"RIFF", _HEADER.size - 8 + size, b"WAVE")
    facts = (b"aWk1", _FACTS.size, length, loudness)
    return _HEADER.pack(*riff, *_FORMAT, *facts, b"data", size)


def wave_name(text: str, everything: str) -> str:
    """A readable file name: the text's beginning, and a hash of all that its sound depends on.

    >>> wave_name("Next: Wall Sit.", "espeak-ng, en-us, 150")
    'next-wall-sit-4c09cac114.wav'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
    digest = hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug or 'line'}-{digest}.wav"
