"""Loudness against the standard's own figures, a recursion written out, and EBU's test signals."""

import math

import numpy as np
import pytest

import meters
from audioworkout.dsp import loudness
from audioworkout.dsp.loudness import clip_loudness, hop_energies, integrated_loudness
from audioworkout.units import RATE


def sine(hertz, dbfs, seconds, phase=0.0):
    """A sine whose peak is at `dbfs`."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * at + phase)).astype(np.float32)


def noise(samples, seed=1):
    return np.random.default_rng(seed).normal(0, 0.1, samples)


def recursion(samples):
    """The K filter as the standard writes it: two biquads, sample by sample."""
    for numerator, denominator in (loudness.SHELF, loudness.HIGH_PASS):
        (b0, b1, b2), (_, a1, a2) = numerator, denominator
        x1 = x2 = y1 = y2 = 0.0
        out = []
        for x in samples:
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x1, x2, y1, y2 = x, x1, y, y1
            out.append(y)
        samples = out
    return np.array(samples)


@pytest.mark.parametrize("seconds", [0.1, 0.4, 1.0, 3.0])
def test_the_standards_sine(seconds):
    assert clip_loudness(sine(997, -20, seconds)) == pytest.approx(-23.01, abs=0.02)


def test_the_meter_of_these_tests_is_the_recursion_of_the_standard():
    samples = noise(12_000)
    assert meters.k_weighted(samples) == pytest.approx(recursion(samples.tolist()), abs=1e-9)


@pytest.mark.parametrize(("tilt", "each"), [(1, 0.02), (20, 0.05), (200, 0.5)])
def test_the_energy_of_each_hop_is_that_of_the_filter_that_runs_on(tilt, each):
    """White noise, noise as dull as speech, and a rumble, which reaches over the edges of hops."""
    samples = np.convolve(noise(10 * RATE), np.ones(tilt) / tilt, "same")
    found, expected = hop_energies(samples), meters.energies(samples)
    assert found == pytest.approx(expected, rel=each)
    assert found.sum() == pytest.approx(expected.sum(), rel=0.02)


def test_sound_of_another_rate_is_weighed_by_its_frequencies():
    at_44_1 = np.sin(2 * np.pi * 997 * np.arange(44_100) / 44_100)
    assert hop_energies(at_44_1, 44_100) == pytest.approx(hop_energies(sine(997, 0, 1)), rel=0.01)


def test_low_notes_count_less_and_high_ones_more():
    low, middle, high = (clip_loudness(sine(f, -20, 1.0)) for f in (60, 997, 6_000))
    assert low < middle - 2
    assert high == pytest.approx(middle + 3.3, abs=0.2)


# EBU Tech 3341 (2016), table 1, for one channel of weight 1: 3.01 LU below the stereo figures.
@pytest.mark.parametrize(
    "parts",
    [
        [(-23.0, 20)],
        [(-36.0, 10), (-23.0, 60), (-36.0, 10)],
        [(-72.0, 10), (-36.0, 10), (-23.0, 60), (-36.0, 10), (-72.0, 10)],
        [(-26.0, 20), (-20.0, 20.1), (-26.0, 20)],
    ],
    ids=["case 1", "case 3", "case 4", "case 5"],
)
def test_the_test_signals_of_the_ebu(parts):
    programme = np.concatenate([sine(1_000, dbfs, seconds) for dbfs, seconds in parts])
    assert integrated_loudness(programme) == pytest.approx(-23.0 - 3.01, abs=0.1)


def test_quiet_does_not_change_the_reading():
    speech = noise(RATE)
    gaps = np.concatenate([speech, np.zeros(20 * RATE), speech])
    # Four blocks of each second straddle an edge, so the reading is not exactly the same.
    assert integrated_loudness(gaps) == pytest.approx(integrated_loudness(speech), abs=1.0)


@pytest.mark.parametrize("length", [0, 1, 100, RATE])
def test_silence_has_no_loudness(length):
    assert clip_loudness(np.zeros(length)) == -math.inf
    assert integrated_loudness(np.zeros(length)) == -math.inf


def test_loudness_follows_gain():
    clip = noise(9_000)
    assert clip_loudness(clip / 2) == pytest.approx(clip_loudness(clip) - 6.02, abs=0.01)


def test_extent_runs_between_the_first_and_last_audible_samples():
    assert loudness.audible_extent(np.array([0, 0.0056, 0.0057, -1, 0, 0.1, 0.005])) == (2, 6)
    assert loudness.audible_extent(np.zeros(9)) == (0, 0)
