"""A loudness meter as the standard writes it, to measure ours by."""

import numpy as np

from audioworkout.dsp.loudness import HIGH_PASS, HOP, SHELF, gated_loudness
from audioworkout.units import SAMPLES_PER_MS

DECAY = 4_096
"""Samples after which the filters' response has died away (0.995 to this power is 1e-9)."""
STEP = 3 * DECAY


def k_weighted(samples):
    """The samples through the K filter, which runs on: block by block, each adding to the next."""
    blocks = np.zeros((-(-len(samples) // STEP), STEP))
    blocks.ravel()[: len(samples)] = samples
    size = STEP + DECAY
    zeros = np.fft.rfft(np.convolve(SHELF[0], HIGH_PASS[0]), size)
    poles = np.fft.rfft(np.convolve(SHELF[1], HIGH_PASS[1]), size)
    weighted = np.fft.irfft(np.fft.rfft(blocks, size) * (zeros / poles), size)
    weighted[1:, :DECAY] += weighted[:-1, STEP:]
    return weighted[:, :STEP].ravel()[: len(samples)]


def energies(samples):
    """K-weighted energy in each whole 100 ms of one channel."""
    size = HOP * SAMPLES_PER_MS
    whole = len(samples) // size * size
    return np.square(k_weighted(samples)[:whole]).reshape(-1, size).sum(axis=1)


def loudness(samples):
    """Integrated loudness of samples of shape (samples, channels) at 48 kHz (LUFS)."""
    return gated_loudness(sum(energies(channel) for channel in samples.T))
