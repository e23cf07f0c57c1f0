"""Listening with instruments: find clips in decoded sound, and say how well they are found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioworkout.model.timeline import Clip
from audioworkout.units import RATE, SAMPLES_PER_MS

Floats = NDArray[np.float32]

REACH = 25 * SAMPLES_PER_MS
"""How far from the expected place a clip is looked for: 25 ms either way."""
ATTACK = 400 * SAMPLES_PER_MS
"""How much of a clip is compared: enough to know it by, and no other cue within it."""


@dataclass(frozen=True)
class Found:
    """Where a clip was found: `late` samples after its place, how alike (1.0 is the same)."""

    late: int
    alike: float


def samples_of(clip: Clip) -> Floats:
    return np.frombuffer(clip.pcm, "<i2").astype(np.float32) / 32_768


def find(clip: Clip, heard: Floats, start_ms: int) -> Found:
    """Look for a clip around its moment by normalised cross-correlation."""
    return find_at(clip, heard, start_ms * SAMPLES_PER_MS - clip.lead)


def find_at(clip: Clip, heard: Floats, at: int) -> Found:
    """The same around the place `at` of its first sample."""
    wanted = samples_of(clip)[:ATTACK]
    first = at - REACH
    window = heard[max(first, 0) : first + len(wanted) + 2 * REACH]
    size = 1 << (len(window) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(wanted, size))
    scores = np.fft.irfft(spectrum, size)[: len(window) - len(wanted) + 1]
    energy = np.concatenate([[0.0], np.cumsum(window.astype(np.float64) ** 2)])
    local = energy[len(wanted) :] - energy[: -len(wanted)]
    norm = np.sqrt(np.maximum(local * float(np.dot(wanted, wanted)), 1e-12))
    alike = scores / norm
    place = int(np.argmax(alike))
    return Found(place + max(first, 0) - first - REACH, float(alike[place]))


def onset(heard: Floats, start_ms: int, reach_ms: int = 40) -> float:
    """Milliseconds from `start_ms` to the first sample above -30 dB of the sound's peak there."""
    begin = (start_ms - reach_ms) * SAMPLES_PER_MS
    window = np.abs(heard[max(begin, 0) : (start_ms + 300) * SAMPLES_PER_MS])
    threshold = window.max() * 10 ** (-30 / 20)
    return (int(np.argmax(window > threshold)) + max(begin, 0)) / SAMPLES_PER_MS - start_ms


def quietest(heard: Floats, ms: int = 20) -> float:
    """Level of the quietest stretch of `ms` (dBFS rms)."""
    block = ms * RATE // 1_000
    whole = heard[: len(heard) // block * block].reshape(-1, block).astype(np.float64)
    return float(10 * np.log10(np.maximum((whole**2).mean(axis=1).min(), 1e-20)))
