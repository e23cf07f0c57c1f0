"""A recording read as raw sound: one channel, without the room before and after the words.

The sound of a room is louder than what counts as silence in a clip, which would then begin before
its first word and be off the beat.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from audioworkout.audiofiles import read_audio
from audioworkout.errors import UsageError
from audioworkout.loudness import amplitude
from audioworkout.units import SECOND, Ms
from audioworkout.voices.voice import Raw

LONGEST: Ms = 60 * SECOND
"""A recording that is longer is none of one line: the longest line takes half of that."""

SILENT = -60.0
"""Peak below which a file is silent (dBFS)."""

STEP: Ms = 10
"""The level is looked at in steps of this."""

ABOVE_ROOM = 12.0
"""What is so far above the quietest tenth of a recording is speech (dB)."""

BEFORE: Ms = 20
AFTER: Ms = 100
"""Kept around speech: breathed consonants begin and end below its level."""

Floats = npt.NDArray[np.float64]


def read_take(path: Path) -> Raw:
    """The words of a recording at full level.

    Raises:
        UsageError: It is no sound, silent, or longer than a minute.
    """
    channels, rate = read_audio(path, LONGEST + SECOND)
    if len(channels) > LONGEST // SECOND * rate:
        raise UsageError(
            f"{path} is longer than a minute", "A recording holds one line: cut it to that."
        )
    samples = channels.mean(axis=1)
    samples -= samples.mean() if samples.size else 0
    peak = float(np.abs(samples).max(initial=0))
    if peak <= amplitude(SILENT):
        raise UsageError(
            f"{path} is silent", "Record it again, or remove it and another voice speaks the line."
        )
    words = without_room(samples / peak, rate)
    return Raw(np.rint(words * 32_767).astype(np.int16).tobytes(), rate)


def without_room(samples: Floats, rate: int) -> Floats:
    """From just before the first speech to just after the last; all of it if none stands out.

    Speech is what is `ABOVE_ROOM` above the recording's quietest tenth.
    """
    size = rate * STEP // SECOND
    whole = len(samples) // size * size
    levels = np.sqrt(np.square(samples[:whole]).reshape(-1, size).mean(axis=1))
    if not levels.size:
        return samples
    loud = np.flatnonzero(levels > np.quantile(levels, 0.1) * amplitude(ABOVE_ROOM))
    if not loud.size:
        return samples
    start = int(loud[0]) * size - rate * BEFORE // SECOND
    end = (int(loud[-1]) + 1) * size + rate * AFTER // SECOND
    return samples[max(0, start) : end]
