"""True peaks of known waves, and a limiter that holds its ceiling and touches nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout.dsp.limiter import (
    LIMITER_STEP,
    _running_minimum,
    limit_channel,
    limiter_factors,
    true_peak,
)
from audioworkout.dsp.loudness import to_decibels
from audioworkout.units import RATE


def sine(hertz, dbfs, seconds, phase=0.0):
    """A sine whose peak is at `dbfs`."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * at + phase)).astype(np.float32)


def noise(samples, seed=1):
    return np.random.default_rng(seed).normal(0, 0.1, samples)


@pytest.mark.parametrize("length", [0, 1, 100, RATE])
def test_silence_has_no_peak(length):
    assert true_peak(np.zeros(length)) == -math.inf
    assert len(limit_channel(np.zeros(length), -1.0)) == length


# Sampled at 45 degrees the samples of a quarter-rate sine are 3.01 dB below its crest.
def test_true_peak_lies_between_the_samples():
    wave = sine(RATE / 4, -6, 0.1, phase=math.pi / 4)
    assert to_decibels(float(np.abs(wave).max())) == pytest.approx(-9.01, abs=0.01)
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
    assert np.array_equal(limit_channel(quiet, -1.0), quiet)


@pytest.mark.parametrize("share", [0.55, 0.6, 0.7])
def test_the_limiter_finds_a_peak_between_samples_far_below_the_ceiling(share):
    """Samples whose signs are those of the interpolating filter add up between two of them."""
    ceiling = -1.0
    signs = np.sign(np.sinc(np.arange(-15.5, 16)))
    wave = np.zeros(480, np.float32)
    wave[200:232] = share * 10 ** (ceiling / 20) * signs
    assert true_peak(wave) > ceiling + 1
    assert true_peak(limit_channel(wave, ceiling)) <= ceiling + 0.1


@settings(deadline=None)
@given(st.integers(1, 3_000), st.floats(0.5, 20), st.floats(-12, -0.5), st.integers(0, 99))
def test_the_limiter_holds_its_ceiling(length, loud, ceiling, seed):
    clip = noise(length, seed) * loud
    out = limit_channel(clip, ceiling)
    assert len(out) == length
    assert true_peak(out) <= ceiling + 0.3
    assert np.all(np.abs(out) <= np.abs(clip) + 1e-6)


def test_the_limiter_acts_only_near_a_peak():
    wave = sine(500, -12, 0.2)
    wave[4_800] = 1.0
    out = limit_channel(wave, -6.0)
    assert np.array_equal(out[:4_200], wave[:4_200])
    assert np.array_equal(out[5_400:], wave[5_400:])
    assert abs(out[4_800]) <= 10 ** (-6 / 20) + 1e-6


def test_least_of_neighbours():
    values = np.array([3.0, 1, 2, 5, 4, 6, 0, 7])
    expected = [min(values[i : i + 3]) for i in range(6)]
    assert _running_minimum(values, 3).tolist() == expected


def test_channels_are_limited_alike_and_the_gain_is_even_between_steps():
    wave = np.stack([sine(500, -30, 0.2), sine(500, -12, 0.2)], axis=1)
    wave[4_800, 1] = 1.0
    gain = limiter_factors(wave, 10 ** (-6 / 20), 5)
    assert gain.shape == (len(wave),)
    assert np.abs(wave[:, 1] * gain).max() <= 10 ** (-6 / 20) + 1e-6
    bends = np.flatnonzero(np.abs(np.diff(gain, 2)) > 1e-6) + 1
    assert not np.any(bends % LIMITER_STEP)
