"""A recording read as raw sound: one channel, without the room before and after the words.

The sound of a room is louder than what counts as silence in a clip, which would then begin before
its first word and be off the beat.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audioworkout.audio_io.sound_files import read_audio
from audioworkout.dsp.loudness import from_decibels
from audioworkout.errors import UsageError
from audioworkout.units import SECOND, Ms
from audioworkout.voices.voice import Raw

LONGEST: Ms = 60 * SECOND
"""A recording that is longer is none of one line: the longest line takes half of that."""

LOWEST_RATE = 4_000
"""Fewer samples a second (hertz) hold no speech: a telephone has twice as many."""

SILENT = -60.0
"""Peak below which a file is silent (dBFS)."""

QUIET = -42.0
"""Peak below which a file may hold nothing but a room (dBFS); what is louder and even is meant."""
SPEECH = (300, 5_000)
"""Where speech is looked for in a quiet file (hertz): above hum and rumble, below most hiss."""
PART: Ms = 20
"""Its parts are as long as this."""
ABOVE = 7.0
"""Speech stands so far above the softest parts of a quiet file (dB)."""

CANCELLED = -12.0
"""Channels whose mean is so far below the loudest of them cancel each other (dB); where only one
of two sounds, it is 6."""

BANDS = (80, 400, 1_500, 5_000, 12_000)
"""Borders of the bands that speech is looked for in (hertz): vowels stand out in the low ones, an
"s" or a "th" in the high ones, hum and rumble in none."""
STEP: Ms = 5
"""The level is looked at in steps of this, each time of twice as long."""
CLEAR = 10.0
"""What stands so far above the room in some band is speech (dB)."""
FAINT = 3.0
"""What leads up to speech and away from it stands so far above it over three steps (dB)."""
LONGEST_EDGE: Ms = 200
"""Speech begins and ends no further from where it is clear."""
FADE_IN: Ms = 5
FADE_OUT: Ms = 20

_QUIETEST = 0.15
"""Share of a recording in which the level of the room is looked for."""

Floats = npt.NDArray[np.float64]


def read_recording(path: Path) -> Raw:
    """The words of a recording at full level.

    Raises:
        UsageError: It is no sound, cut off, silent, nothing but the sound of a room, of too low a
            rate, or longer than a minute.
    """
    channels, rate = read_audio(path, LONGEST + SECOND)
    if rate < LOWEST_RATE:
        raise UsageError(
            f"{path} has {rate} samples a second, too few for speech",
            "Record it at 16,000 hertz or more: 44,100 and 48,000 are usual.",
        )
    if len(channels) > LONGEST // SECOND * rate:
        raise UsageError(
            f"{path} is longer than a minute", "A recording holds one line: cut it to that."
        )
    samples = mix_channels(channels)
    peak = float(np.abs(samples).max(initial=0))
    if peak <= from_decibels(SILENT):
        raise UsageError(
            f"{path} is silent", "Record it again, or remove it and another voice speaks the line."
        )
    if peak <= from_decibels(QUIET) and is_only_noise(samples, rate):
        raise UsageError(
            f"{path} holds nothing but the sound of the room",
            "Record it again, closer or louder, or remove it and another voice speaks the line.",
        )
    words = trim_noise(samples / peak, rate)
    return Raw(np.rint(words * 32_767).astype(np.int16).tobytes(), rate)


def mix_channels(channels: Floats) -> Floats:
    """One channel of all, without the offsets of cheap cards; of shape (samples,).

    Where they cancel each other, as with a plug whose wires are crossed, the loudest one alone.
    """
    if not channels.size:
        return np.zeros(0)
    level = channels - channels.mean(axis=0)
    mean = level.mean(axis=1)
    energies = np.square(level).sum(axis=0)
    lost = np.square(mean).sum() < energies.max() * from_decibels(CANCELLED) ** 2
    mono: Floats = level[:, energies.argmax()] if lost else mean
    return mono


def is_only_noise(samples: Floats, rate: int) -> bool:
    """Whether nothing is said in a quiet recording, which full level would make a loud hiss.

    Where somebody speaks, some of it is well above the softest parts among the frequencies of
    speech (10 to 33 dB in each of a dozen single words); a room is even: half a minute of white,
    pink and brown noise came no further than 2, 4 and 6 dB.
    """
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    spectrum[(hertz < SPEECH[0]) | (hertz > SPEECH[1])] = 0
    part = rate * PART // SECOND
    whole = np.fft.irfft(spectrum, len(samples))[: len(samples) // part * part]
    energies = np.square(whole).reshape(-1, part).sum(axis=1)
    if len(energies) < 2:
        return False
    return bool(energies.max() <= np.quantile(energies, _QUIETEST) * from_decibels(ABOVE) ** 2)


def trim_noise(samples: Floats, rate: int) -> Floats:
    """The words alone, faded in and out; all of it as it is if none stand out.

    Found in four bands by themselves: words begin with a breath of a "th" or an "f" that is softer
    than the room as a whole, and cutting it off would put the word ahead of its beat. Of 160 lines
    in a room 36 to 56 dB below their peaks 3 lost more than 10 ms (21 at most), and none came
    more than 9 ms late.
    """
    energies = _band_energies(samples, rate)
    if len(energies) < 2:
        return samples
    smooth = np.stack([np.convolve(band, np.full(3, 1 / 3), "same") for band in energies.T], 1)
    room = np.quantile(smooth, _QUIETEST, axis=0)
    clear = np.flatnonzero((energies > room * from_decibels(CLEAR) ** 2).any(axis=1))
    if not clear.size:
        return samples
    faint = (smooth > room * from_decibels(FAINT) ** 2).any(axis=1)
    step = rate * STEP // SECOND
    first = clear[0] - _leading_run(faint[: clear[0]][::-1])
    last = clear[-1] + _leading_run(faint[clear[-1] + 1 :])
    start, end = (first + 1) * step, (last + 2) * step + rate * FADE_OUT // SECOND
    return _fade_edges(samples[start:end], rate)


def _band_energies(samples: Floats, rate: int) -> Floats:
    """In each band and step; shape (steps, bands)."""
    step = rate * STEP // SECOND
    if len(samples) < 2 * step:
        return np.zeros((0, len(BANDS) - 1))
    frames = np.lib.stride_tricks.sliding_window_view(samples, 2 * step)[::step]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(2 * step))))
    borders = np.searchsorted(np.fft.rfftfreq(2 * step, 1 / rate), BANDS)
    return np.stack([power[:, a:b].sum(axis=1) for a, b in pairwise(borders)], axis=1)


def _leading_run(faint: npt.NDArray[np.bool_]) -> int:
    """How many at the beginning are true, no more than an edge may take."""
    near = faint[: LONGEST_EDGE // STEP]
    return len(near) if near.all() else int(near.argmin())


def _fade_edges(samples: Floats, rate: int) -> Floats:
    faded = samples.copy()
    rise, fall = (min(rate * ms // SECOND, len(faded) // 2) for ms in (FADE_IN, FADE_OUT))
    faded[:rise] *= np.linspace(0, 1, rise)
    faded[len(faded) - fall :] *= np.linspace(1, 0, fall)
    return faded
