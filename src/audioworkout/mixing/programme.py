"""How loud the whole programme will be, and the gains that bring it to its target.

Found from the schedule, without rendering: the energy of every clip is spread over the 100 ms steps
of a loudness meter, and the meter's gates are applied to the sum. A clip's energy over time is that
of its plain samples, scaled so that the clip is as loud as it was measured to be: filtering every
clip a second time would take as long as encoding the file, for a tenth of an LU.

Where the limiter takes loudness from a clip it is given back as gain, so that words are as loud as
each other after the limiter too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audioworkout.loudness import (
    HOP,
    amplitude,
    energies,
    gated,
    integrated_loudness,
    limiter_gain,
    loudness_of_energies,
    mean_square,
)
from audioworkout.mixing.plan import (
    QUIETEST,
    Millibels,
    Programme,
    Source,
    Take,
    source_of,
)
from audioworkout.mixing.render import ALONE, Limit, keep_awake, samples_of
from audioworkout.model.timeline import LEAD, Timeline
from audioworkout.units import RATE, SAMPLES_PER_MS

Floats = npt.NDArray[np.float64]
Beneath = Callable[[float], Floats | float]
"""Energy in every 100 ms of what sounds beneath, at a common gain (dB)."""

STEP: Millibels = 25
"""The common gain is a multiple of this, so that a small change of the routine seldom changes it,
and with it every island."""

MOST = 40.0
"""No more gain than this either way (dB): a target out of reach is not chased."""

_CLOSE = 0.02
"""A loudness this near to the wanted one is reached (LU)."""
_PASSES = 10
"""Corrections before a loudness that the limiter allows no more of is given up."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """A levelled take per ms: its energy after K-weighting, its highest sample."""

    energy: Floats
    peak: Floats
    samples: int

    def heard(self, gain: float, limit: Limit) -> Floats:
        """Energy per ms after so many dB of gain, and the limiter."""
        factor = amplitude(gain)
        limiter = limiter_gain(self.peak * factor, amplitude(limit.ceiling), limit.reach)
        return self.energy * np.square(factor * limiter)

    def trim(self, gain: float, limit: Limit) -> float:
        """What more it needs to be as loud as if there were no limiter (dB, tenths)."""
        trim = 0.0
        if self.peak.max(initial=0.0) * amplitude(gain) <= amplitude(limit.ceiling):
            return trim
        wanted = loudness_of_energies(self.energy, self.samples) + gain
        for _ in range(_PASSES):
            heard = loudness_of_energies(self.heard(gain + trim, limit), self.samples)
            if wanted - heard < _CLOSE or trim >= limit.most_trim:
                break
            trim += wanted - heard
        return round(min(trim, limit.most_trim), 1)

    def trimmed(self, gain: float, limit: Limit) -> Floats:
        """Energy per ms with what the limiter took given back."""
        return self.heard(gain + self.trim(gain, limit), limit)


def programme(
    timeline: Timeline,
    takes: Mapping[Source, Take],
    target: float,
    beneath: Beneath = lambda gain: 0.0,
    limit: Limit = ALONE,
    most: float = MOST,
) -> Programme:
    """The gains with which the timeline has the integrated loudness `target` (LUFS).

    They stand beside those the takes have already. Where nothing sounds they are 0.

    Args:
        timeline: When everything sounds.
        takes: What sounds.
        target: As for one channel.
        beneath: What sounds besides, by its gain: the same as that of the takes as long as that is
            below `most`.
        limit: The limiter of the takes.
        most: No more gain than this for the takes (dB); what is missing then comes from beneath.
    """
    profiles = {source: _profile(take) for source, take in takes.items()}
    noise = _noise_energy()

    def loudness(common: float, gain: float) -> float:
        heard = {source: each.trimmed(common, limit) for source, each in profiles.items()}
        return _loudness(timeline, heard, noise + beneath(gain))

    gain = 0.0
    for _ in range(_PASSES):
        missing = target - loudness(min(gain, most), gain)
        if not math.isfinite(missing):
            return Programme(dict.fromkeys(takes, 0), 0, 0, -math.inf)
        if abs(missing) < _CLOSE:
            break
        gain = min(max(gain + missing, -MOST), MOST)
    common, other = (STEP * round(100 * each / STEP) for each in (min(gain, most), gain))
    trims = {source: profile.trim(common / 100, limit) for source, profile in profiles.items()}
    gains = {source: common + round(100 * trim) for source, trim in trims.items()}
    return Programme(gains, common, other, loudness(common / 100, other / 100))


def _profile(take: Take) -> _Profile:
    samples = samples_of(take.clip).astype(np.float64) * amplitude(take.gain / 100)
    padded = np.pad(samples, (0, -len(samples) % SAMPLES_PER_MS))
    peak = np.abs(padded).reshape(-1, SAMPLES_PER_MS).max(axis=1, initial=0.0)
    plain = energies(np.square(padded), 1)
    return _Profile(plain * _weighting(take, plain), peak, len(samples))


def _weighting(take: Take, plain: Floats) -> float:
    """What K-weighting does to a clip's energy, on the whole."""
    unweighted = loudness_of_energies(plain, take.samples)
    loudness = take.clip.loudness + take.gain / 100
    if unweighted < QUIETEST or not math.isfinite(loudness):
        return 1.0
    return float(10 ** ((loudness - unweighted) / 10))


def _loudness(timeline: Timeline, heard: Mapping[Source, Floats], noise: Floats | float) -> float:
    """Integrated loudness of the timeline (LUFS), given what is heard of each source per ms."""
    hops = np.zeros(timeline.duration_ms // HOP + 1)
    for event in timeline.events:
        first, within = divmod(max(0, event.start_ms - LEAD), HOP)
        energy = heard[source_of(event)]
        steps = np.bincount((within + np.arange(len(energy))) // HOP, weights=energy)
        steps = steps[: len(hops) - first]
        hops[first : first + len(steps)] += steps
    if not hops.any():
        return -math.inf
    return gated(hops[: timeline.duration_ms // HOP] + noise)


def _noise_energy() -> float:
    """What the noise beneath everything adds to each step."""
    loudness = integrated_loudness(keep_awake(RATE))
    return mean_square(loudness) * HOP * SAMPLES_PER_MS
