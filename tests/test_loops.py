"""A loop keeps its metre: it repeats after whole bars."""

from __future__ import annotations

import numpy as np
import pytest

from audioworkout.mixing.loops import fit_crossfade
from songs import noise, song_of

RATE = 48_000


def drums(seconds: float, beat: float, bars_of: int = 4) -> np.ndarray:
    """A drum on every beat, the first of each bar louder, over a soft hum; ends in silence."""
    count = round(seconds * RATE)
    wave = np.zeros(count)
    stroke = np.exp(-np.arange(round(0.1 * RATE)) / (0.02 * RATE))
    stroke *= np.random.default_rng(3).normal(0, 0.3, len(stroke))
    for number in range(int(seconds / beat)):
        start = round(number * beat * RATE)
        part = wave[start : start + len(stroke)]
        part += stroke[: len(part)] * (1.5 if number % bars_of == 0 else 1.0)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def period(samples: np.ndarray, wanted: int = 3_000) -> float:
    """How long one repeat of a loop lasts (s)."""
    return len(samples) / RATE - fit_crossfade(song_of(samples), wanted) / 1_000


@pytest.mark.parametrize("beat", [0.5, 0.6, 0.4])
def test_a_loop_cut_to_bars_repeats_after_whole_bars(beat):
    loop = drums(8 * 4 * beat, beat)
    lost = fit_crossfade(song_of(loop), 3_000) / 1_000
    assert lost > 0
    assert lost / (4 * beat) == pytest.approx(round(lost / (4 * beat)), abs=0.001)


@pytest.mark.parametrize("tail", [0.7, 1.3])
def test_a_loop_with_a_tail_repeats_after_whole_bars(tail):
    loop = np.concatenate([drums(16.0, 0.5), np.zeros((round(tail * RATE), 2), np.float32)])
    assert period(loop) % 2.0 == pytest.approx(0.0, abs=0.02) or period(
        loop
    ) % 2.0 == pytest.approx(2.0, abs=0.02)


def test_a_loop_whose_end_meets_its_beginning_repeats_exactly():
    hum = np.sin(2 * np.pi * 100 * np.arange(6 * RATE) / RATE).astype(np.float32) / 3
    assert fit_crossfade(song_of(np.stack([hum, hum], axis=1)), 3_000) == 0


def test_a_click_at_the_seam_is_faded_over():
    hum = np.sin(2 * np.pi * 100.04 * np.arange(6 * RATE) / RATE).astype(np.float32) / 3
    broken = np.stack([hum, hum], axis=1)
    broken[-2_000:] += 0.4
    assert fit_crossfade(song_of(broken), 2_500) == 2_500


def test_what_has_no_beat_fades_as_asked():
    fading = noise(8.0) * np.linspace(1, 0, 8 * RATE)[:, None].astype(np.float32)
    assert fit_crossfade(song_of(fading), 3_000) == 3_000


def test_a_song_fades_as_asked():
    assert fit_crossfade(song_of(drums(61.0, 0.5)), 3_000) == 3_000


def test_no_cross_fade_stays_none():
    assert fit_crossfade(song_of(drums(16.0, 0.5)), 0) == 0
