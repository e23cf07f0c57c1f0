"""How long a loop fades into itself, so that it keeps its metre.

A cross-fade shortens each repeat by its own length. With a length that is no whole number of bars
the beat stumbles at every repeat.
"""

from __future__ import annotations

import numpy as np

from audioworkout.dsp.arrays import Float64Array
from audioworkout.mixing.music_bed import Song
from audioworkout.units import RATE, SAMPLES_PER_MS, SECOND, Ms

LONGEST_LOOP: Ms = 60 * SECOND
"""Longer pieces are songs with an end of their own; they fade as the person asked."""

_SEAM = 50 * SAMPLES_PER_MS
"""Samples on each side of the seam that are looked at."""
_SEAM_SOFTEST = 10 ** (-30 / 20)
"""A loop does not fade out or begin from nothing: each side of its seam has at least this share of
the loop's RMS level."""
_SEAM_STEP = 1.5
"""The step across the seam is at most so many times the greatest step beside it, or it clicks."""

_FRAME = 10 * SAMPLES_PER_MS
_FRAMES_PER_SECOND = RATE // _FRAME
_SHORTEST_BEAT, _LONGEST_BEAT = 0.3, 1.0
"""Beats (s) that are looked for: 200 to 60 a minute."""
_CLEAR_BEAT = 0.3
"""Lower autocorrelations of the onsets (0 to 1) are no beat."""
_BEATS = 4
"""Beats of a bar."""
_WHOLE = 0.01
"""A loop whose length differs by less than this share from whole bars is cut to bars."""


def fit_crossfade(song: Song, wanted: Ms) -> Ms:
    """The cross-fade of a song that repeats itself (ms), near `wanted`.

    Zero if its end meets its beginning; otherwise such a length that it repeats after whole bars;
    `wanted` if it is longer than `LONGEST_LOOP` or has no clear beat.
    """
    if not wanted or song.samples > LONGEST_LOOP * SAMPLES_PER_MS:
        return wanted
    wave = np.concatenate([block.mean(axis=1, dtype=np.float64) for block in song.open()])
    if _meets_itself(wave):
        return 0
    bar = _find_bar(wave)
    bars = round((len(wave) - wanted * SAMPLES_PER_MS) / bar) if bar else 0
    crossfade = len(wave) - bars * bar
    fits = bars > 0 and 0 <= crossfade <= len(wave) / 2
    return round(crossfade / SAMPLES_PER_MS) if fits else wanted


def _meets_itself(wave: Float64Array) -> bool:
    """True if the end of a loop runs into its beginning without a gap and without a click."""
    softest = _SEAM_SOFTEST * _rms(wave)
    if min(_rms(wave[-_SEAM:]), _rms(wave[:_SEAM])) < softest:
        return False
    steps = np.abs(np.diff(np.concatenate([wave[-_SEAM:], wave[:_SEAM]])))
    seam = steps[_SEAM - 1]
    steps[_SEAM - 1] = 0.0
    return bool(seam <= _SEAM_STEP * steps.max())


def _find_bar(wave: Float64Array) -> float:
    """The length of a bar (samples, with a fraction); 0 if there is no clear beat."""
    frames = len(wave) // _FRAME
    energies = np.square(wave[: frames * _FRAME]).reshape(frames, _FRAME).mean(axis=1)
    rises = np.maximum(np.diff(np.log10(energies + 1e-9)), 0.0)
    rises -= rises.mean() if len(rises) else 0.0
    lags = range(
        round(_SHORTEST_BEAT * _FRAMES_PER_SECOND), int(_LONGEST_BEAT * _FRAMES_PER_SECOND)
    )
    power = float(rises @ rises)
    if power == 0.0 or len(rises) <= 2 * lags.stop:
        return 0.0
    likeness = (
        np.array([rises[lag:] @ rises[: len(rises) - lag] for lag in range(lags.stop + 1)]) / power
    )
    best = max(lags, key=lambda lag: float(likeness[lag]))
    if likeness[best] < _CLEAR_BEAT:
        return 0.0
    bar = _BEATS * (best + _vertex(*likeness[best - 1 : best + 2])) * _FRAME
    bars = round(len(wave) / bar)
    whole = bars > 0 and abs(len(wave) - bars * bar) < _WHOLE * bar * bars
    return len(wave) / bars if whole else bar


def _vertex(before: float, at: float, after: float) -> float:
    """The top of the parabola through three neighbours, from the middle one (-0.5 to 0.5)."""
    bend = before - 2 * at + after
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))


def _rms(wave: Float64Array) -> float:
    return float(np.sqrt(np.mean(np.square(wave)))) if len(wave) else 0.0
