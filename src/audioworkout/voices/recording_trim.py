"""Reads a recording as raw sound: one channel, without the room noise before and after the words.

Room noise is louder than the threshold of silence in a clip. Untrimmed, the clip would begin before
its first word and be off the beat.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audioworkout.audio_io.sound_files import read_audio
from audioworkout.dsp.arrays import Float64Array
from audioworkout.dsp.loudness import from_decibels
from audioworkout.errors import UsageError
from audioworkout.units import SECOND, Ms
from audioworkout.voices.voice import Raw

LONGEST_RECORDING: Ms = 60 * SECOND
"""A longer recording is refused; the longest line takes half of this."""

LOWEST_RATE = 4_000
"""A lower sample rate (Hz) is refused; that of telephones is twice as high."""

SILENT_RECORDING = -60.0
"""A file with a lower peak is silent (dBFS)."""

QUIET = -42.0
"""A file with a lower peak is checked for speech (dBFS); a louder one is accepted."""
SPEECH = (300, 5_000)
"""Frequencies that are checked in a quiet file (Hz): above hum and rumble, below most hiss."""
PART: Ms = 20
"""Length of the parts whose energies are compared."""
ABOVE = 7.0
"""Minimum level of speech above the softest parts of a quiet file (dB)."""

CANCELLED = -12.0
"""If the mean of the channels is this far below the loudest channel, they cancel each other (dB);
the mean is 6 dB below if only one of two has sound."""

BANDS = (80, 400, 1_500, 5_000, 12_000)
"""Limits of the bands in which speech is searched (Hz): vowels stand out in the low bands, an "s"
or a "th" in the high ones, hum and rumble in none."""
LEVEL_STEP: Ms = 5
"""The level is measured in steps of this, each over twice as long."""
SPEECH_ABOVE_NOISE = 10.0
"""Minimum level of speech above the noise in some band (dB)."""
FAINT = 3.0
"""Minimum level of the beginning and end of speech above the noise, over three steps (dB)."""
LONGEST_EDGE: Ms = 200
"""Maximum length of the faint beginning and end of speech."""
RECORDING_FADE_IN: Ms = 5
RECORDING_FADE_OUT: Ms = 20

_QUIETEST = 0.15
"""Share of a recording from which the level of the noise is estimated."""


def read_recording(path: Path) -> Raw:
    """The words of a recording at full level.

    Raises:
        UsageError: It is not a sound file, truncated, silent, only room noise, of too low a rate,
            or longer than a minute.
    """
    channels, rate = read_audio(path, LONGEST_RECORDING + SECOND)
    if rate < LOWEST_RATE:
        raise UsageError(
            f"{path} has {rate} samples a second, too few for speech",
            "Record it at 16,000 hertz or more: 44,100 and 48,000 are usual.",
        )
    if len(channels) > LONGEST_RECORDING // SECOND * rate:
        raise UsageError(
            f"{path} is longer than a minute", "A recording holds one line: cut it to that."
        )
    samples = mix_channels(channels)
    peak = float(np.abs(samples).max(initial=0))
    if peak <= from_decibels(SILENT_RECORDING):
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


def mix_channels(channels: Float64Array) -> Float64Array:
    """The mean of all channels without DC offset; of shape (samples,).

    If the channels cancel each other, as with crossed wires in a plug, the loudest one alone.
    """
    if not channels.size:
        return np.zeros(0)
    level = channels - channels.mean(axis=0)
    mean = level.mean(axis=1)
    energies = np.square(level).sum(axis=0)
    lost = np.square(mean).sum() < energies.max() * from_decibels(CANCELLED) ** 2
    mono: Float64Array = level[:, energies.argmax()] if lost else mean
    return mono


def is_only_noise(samples: Float64Array, rate: int) -> bool:
    """True if a quiet recording has no speech in it; at full level it would be a loud hiss.

    Parts with speech are well above the softest parts in the frequencies of speech (10 to 33 dB in
    each of a dozen single words); room noise is even: half a minute of white, pink and brown noise
    came to at most 2, 4 and 6 dB.
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


def trim_noise(samples: Float64Array, rate: int) -> Float64Array:
    """The words without the noise around them, faded in and out; unchanged if no words stand out.

    Each of four bands is searched separately: a word may begin with a "th" or an "f" that is softer
    than the noise as a whole, and without it the word would come before its beat. Of 160 lines in a
    room with noise 36 to 56 dB below their peaks, 3 lost more than 10 ms (21 at most), and none
    came more than 9 ms late.
    """
    energies = _band_energies(samples, rate)
    if len(energies) < 2:
        return samples
    smooth = np.stack([np.convolve(band, np.full(3, 1 / 3), "same") for band in energies.T], 1)
    room = np.quantile(smooth, _QUIETEST, axis=0)
    clear = np.flatnonzero((energies > room * from_decibels(SPEECH_ABOVE_NOISE) ** 2).any(axis=1))
    if not clear.size:
        return samples
    faint = (smooth > room * from_decibels(FAINT) ** 2).any(axis=1)
    step = rate * LEVEL_STEP // SECOND
    first = clear[0] - _leading_run(faint[: clear[0]][::-1])
    last = clear[-1] + _leading_run(faint[clear[-1] + 1 :])
    start, end = (first + 1) * step, (last + 2) * step + rate * RECORDING_FADE_OUT // SECOND
    return _fade_edges(samples[start:end], rate)


def _band_energies(samples: Float64Array, rate: int) -> Float64Array:
    """Energy in each step and band; shape (steps, bands)."""
    step = rate * LEVEL_STEP // SECOND
    if len(samples) < 2 * step:
        return np.zeros((0, len(BANDS) - 1))
    frames = np.lib.stride_tricks.sliding_window_view(samples, 2 * step)[::step]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(2 * step))))
    borders = np.searchsorted(np.fft.rfftfreq(2 * step, 1 / rate), BANDS)
    return np.stack([power[:, a:b].sum(axis=1) for a, b in pairwise(borders)], axis=1)


def _leading_run(faint: npt.NDArray[np.bool_]) -> int:
    """Number of true values at the beginning, at most `LONGEST_EDGE`."""
    near = faint[: LONGEST_EDGE // LEVEL_STEP]
    return len(near) if near.all() else int(near.argmin())


def _fade_edges(samples: Float64Array, rate: int) -> Float64Array:
    faded = samples.copy()
    rise, fall = (
        min(rate * ms // SECOND, len(faded) // 2) for ms in (RECORDING_FADE_IN, RECORDING_FADE_OUT)
    )
    faded[:rise] *= np.linspace(0, 1, rise)
    faded[len(faded) - fall :] *= np.linspace(1, 0, fall)
    return faded
