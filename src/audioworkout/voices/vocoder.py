"""Turns what the natural voice's model predicts into sound: a vocoder of harmonics and noise.

The model predicts 24 kHz sound frame by frame: a pitch, and five values for each frequency of 601.
A frame's spectrum is the sum of three parts:

* the harmonics: the spectrum of a pulse train at that pitch, times `exp(a + i pi tanh b)`,
* noise: normal random numbers, times `exp(c)`,
* what is neither: `exp(d + i e)`,

where `a` to `e` are the five values. The package hibari-tts has the same formula in its module
`dsp`, frequency by frequency and for a whole line at a time. This one goes frame by frame in short
pieces, which stay in the processor's cache, and computes harmonics only where there is a pitch: it
takes two thirds of the time. A test compares the two.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.arrays import Float32Array

ComplexArray = npt.NDArray[np.complex64]

VOCODER_RATE = 24_000
"""Samples a second of the model's sound."""
STEP = 300
"""Samples from one frame to the next."""
OVERLAP = 4
"""Number of frames that sound at the same time."""
SPAN = OVERLAP * STEP
"""Samples of a frame."""
BINS = SPAN // 2 + 1
"""Frequencies of a frame's spectrum."""
VALUES = 5
"""Values that the model predicts for each frequency."""

_PIECE = 128
"""Frames computed at a time: their spectra fit into a processor's cache."""
_LOWEST_PITCH = 40.0
"""Pitch below which a frame is unvoiced (Hz)."""
_HIGHEST_HARMONIC = 11_000.0
"""Frequency above which the pulse train has no harmonics (Hz)."""
_LOUDEST = 7.0
"""Limit of the logarithms of amplitudes, as the model was trained with."""


def synthesize_frames(head: Float32Array, pitch: Float32Array, noise: ComplexArray) -> Float32Array:
    """The sound of a sentence.

    Args:
        head: What the model predicts: shape (frames, VALUES * BINS), a row for each frame with the
            amplitudes of the harmonics, their phases, the amplitudes of the noise, and amplitudes
            and phases of the rest. Amplitudes are natural logarithms, phases radians.
        pitch: Shape (frames,), in Hz.
        noise: Normal random numbers of variance 2: shape (frames, BINS).

    Returns:
        Samples at `VOCODER_RATE`, shape (frames * STEP,), full scale 1.0.
    """
    count = len(pitch)
    window = _make_window()
    pulses = np.pad(make_pulses(pitch), SPAN // 2, mode="reflect")
    pulse_frames = np.lib.stride_tricks.sliding_window_view(pulses, SPAN)[::STEP]
    pulse_window = window / np.float32(SPAN / 4)  # a cosine of amplitude 1 has a peak of 1
    blocks = np.zeros((count + OVERLAP - 1, STEP), np.float32)
    weights = np.zeros_like(blocks)
    for start in range(0, count, _PIECE):
        end = min(start + _PIECE, count)
        level, turn, noise_level, rest_level, rest_phase = np.split(head[start:end], VALUES, axis=1)
        spectrum = noise[start:end] * _limited_exp(noise_level)
        spectrum += _rotate(rest_level, rest_phase)
        [voiced] = np.nonzero(pulse_frames[start:end].any(axis=1))
        if len(voiced):
            angle = np.tanh(turn[voiced]) * np.float32(np.pi)
            harmonics = np.fft.rfft(pulse_frames[start:end][voiced] * pulse_window, axis=1)
            harmonics *= _rotate(level[voiced], angle)
            spectrum[voiced] += harmonics
        frames = np.fft.irfft(spectrum, SPAN, axis=1)
        frames *= window
        for part in range(OVERLAP):
            blocks[start + part : end + part] += frames[:, part * STEP : (part + 1) * STEP]
    for part in range(OVERLAP):
        weights[part : count + part] += window[part * STEP : (part + 1) * STEP] ** 2
    blocks /= np.maximum(weights, np.float32(1e-11))
    return blocks.reshape(-1)[SPAN // 2 : SPAN // 2 + count * STEP]


def make_pulses(pitch: Float32Array) -> Float32Array:
    """A pulse train of harmonics of amplitude 1; silence where there is no pitch.

    The sum of `n` harmonics is `sin((n + 1/2) t) / (2 sin(t / 2)) - 1/2` at the phase `t`.

    Args:
        pitch: Shape (frames,), in Hz.

    Returns:
        Samples at `VOCODER_RATE`, shape (frames * STEP,).
    """
    ahead = ((np.arange(STEP, dtype=np.float32) + 0.5) / STEP + 0.5) % 1  # since a frame's middle
    middles = np.pad(pitch, 1, mode="edge")
    starts, steps = middles[:-1, None], np.diff(middles)[:, None]
    half = STEP // 2
    pitches = np.empty((len(pitch), STEP), np.float32)
    pitches[:, :half] = starts[:-1] + steps[:-1] * ahead[:half]
    pitches[:, half:] = starts[1:] + steps[1:] * ahead[half:]
    each: Float32Array = pitches.reshape(-1)
    [voiced] = np.nonzero(each > _LOWEST_PITCH)
    turns = np.cumsum(np.maximum(each, _LOWEST_PITCH), dtype=np.float64)[voiced] / VOCODER_RATE
    phase = ((turns - np.floor(turns)) * (2 * np.pi)).astype(np.float32)
    harmonics = np.floor(_HIGHEST_HARMONIC / each[voiced]) + np.float32(0.5)
    divisor = 2 * np.sin(phase / 2)
    near_zero = np.abs(divisor) <= 2e-3
    divisor[near_zero] = 1
    heights = np.sin(harmonics * phase) / divisor
    heights[near_zero] = harmonics[near_zero]
    pulses = np.zeros(len(each), np.float32)
    pulses[voiced] = heights - np.float32(0.5)
    return pulses


def _rotate(level: Float32Array, phase: Float32Array) -> ComplexArray:
    """Complex numbers of these amplitudes (logarithms) and phases (radians)."""
    rotated = np.empty(phase.shape, np.complex64)
    np.cos(phase, out=rotated.real)
    np.sin(phase, out=rotated.imag)
    rotated *= _limited_exp(level)
    return rotated


def _limited_exp(level: Float32Array) -> Float32Array:
    limited = np.minimum(level, np.float32(_LOUDEST))
    return np.exp(limited, out=limited)


def _make_window() -> Float32Array:
    """A periodic Hann window: shape (SPAN,)."""
    turn = 2 * np.pi * np.arange(SPAN) / SPAN
    window: Float32Array = (0.5 - 0.5 * np.cos(turn)).astype(np.float32)
    return window
