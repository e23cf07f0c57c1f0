"""Loudness against the standard's own figures, a recursion written out, and EBU's test signals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout import loudness
from audioworkout.loudness import clip_loudness, integrated_loudness, limited, true_peak
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


def test_k_weighting_is_the_recursion_of_the_standard():
    samples = noise(12_000)
    assert loudness.k_weighted(samples) == pytest.approx(recursion(samples.tolist()), abs=1e-9)


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
def test_silence_has_no_loudness_and_no_peak(length):
    assert clip_loudness(np.zeros(length)) == -math.inf
    assert integrated_loudness(np.zeros(length)) == -math.inf
    assert true_peak(np.zeros(length)) == -math.inf


def test_loudness_follows_gain():
    clip = noise(9_000)
    assert clip_loudness(clip / 2) == pytest.approx(clip_loudness(clip) - 6.02, abs=0.01)


def test_energies_add_up_and_leave_a_rest_out():
    squares = noise(4_800 * 2 + 47) ** 2
    fine, coarse = loudness.energies(squares, 1), loudness.energies(squares, 100)
    assert (len(fine), len(coarse)) == (200, 2)
    assert fine.reshape(2, 100).sum(axis=1) == pytest.approx(coarse)


def test_extent_runs_between_the_first_and_last_audible_samples():
    assert loudness.extent(np.array([0, 0.0056, 0.0057, -1, 0, 0.1, 0.005])) == (2, 6)
    assert loudness.extent(np.zeros(9)) == (0, 0)


# Sampled at 45 degrees the samples of a quarter-rate sine are 3.01 dB below its crest.
def test_true_peak_lies_between_the_samples():
    wave = sine(RATE / 4, -6, 0.1, phase=math.pi / 4)
    assert loudness.decibels(float(np.abs(wave).max())) == pytest.approx(-9.01, abs=0.01)
    assert true_peak(wave) == pytest.approx(-6.0, abs=0.2)


@pytest.mark.parametrize("hertz", [50, 997, 5_000, 12_000])
def test_true_peak_of_sines(hertz):
    # Faded at its ends: a wave cut off in full swing really does overshoot.
    wave = sine(hertz, -3, 0.1, phase=0.3) * np.hanning(4_800)
    assert true_peak(wave) == pytest.approx(-3.0, abs=0.2)


def test_a_click_is_its_own_peak():
    click = np.zeros(64)
    click[31] = -0.25
    assert true_peak(click) == pytest.approx(-12.04, abs=0.01)


def test_the_limiter_leaves_quiet_sound_alone():
    quiet = noise(4_000).astype(np.float32) * 0.1
    assert np.array_equal(limited(quiet, -1.0), quiet)


@settings(deadline=None)
@given(st.integers(1, 3_000), st.floats(0.5, 20), st.floats(-12, -0.5), st.integers(0, 99))
def test_the_limiter_holds_its_ceiling(length, loud, ceiling, seed):
    clip = noise(length, seed) * loud
    out = limited(clip, ceiling)
    assert len(out) == length
    assert true_peak(out) <= ceiling + 0.3
    assert np.all(np.abs(out) <= np.abs(clip) + 1e-6)


def test_the_limiter_acts_only_near_a_peak():
    wave = sine(500, -12, 0.2)
    wave[4_800] = 1.0
    out = limited(wave, -6.0)
    assert np.array_equal(out[:4_200], wave[:4_200])
    assert np.array_equal(out[5_400:], wave[5_400:])
    assert abs(out[4_800]) <= 10 ** (-6 / 20) + 1e-6


def test_least_of_neighbours():
    values = np.array([3.0, 1, 2, 5, 4, 6, 0, 7])
    expected = [min(values[i : i + 3]) for i in range(6)]
    assert loudness._least(values, 3).tolist() == expected
