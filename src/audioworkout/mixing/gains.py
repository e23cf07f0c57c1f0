"""How loud the whole programme will be, and the gains that bring it to its target.

Found from the schedule, without rendering: the energy of every clip is spread over the 100 ms steps
of a loudness meter, and the meter's gates are applied to the sum. Within 100 ms a clip's energy
after K-weighting is taken to lie where that of its plain samples does.

Where the limiter takes loudness from a clip it is given back as gain, so that words are as loud as
each other after the limiter too.

All clips lie one behind the other in one array of a value per ms, so that a step of the search is a
few operations on the whole of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import pad_values, smooth_gain
from audioworkout.dsp.loudness import (
    HOP,
    HOPS,
    block_mean_squares,
    clip_hops,
    from_decibels,
    from_lufs,
    gated_loudness,
    gated_mean_squares,
    integrated_loudness,
)
from audioworkout.mixing.islands import GainedClip, GainSolution, Millibels, Source, event_source
from audioworkout.mixing.render import ALONE, Limit, keep_awake_noise, samples_of
from audioworkout.model.timeline import Timeline
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms, round_up

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Beneath = Callable[[float], Floats | float]
"""Energy in every 100 ms of what sounds beneath, at a common gain (dB)."""

STEP: Millibels = 25
"""The common gain is a multiple of this, so that a small change of the routine seldom changes it,
and with it every island."""

MOST = 15.0
"""No more gain than this either way (dB): a target out of reach is not chased, for beyond this the
limiter squashes more and the whole is hardly louder."""

_CLOSE = 0.02
"""A loudness this near to the wanted one is reached (LU)."""
_AS_LOUD = 0.05
"""A word this near to the others is as loud as they (LU)."""
_LEAST = 1e-9
"""Energy of 100 ms that is none."""
_PASSES = 10
"""Corrections before a loudness that the limiter allows no more of is given up."""
_APART: Ms = 100
"""Quiet between clips in the array, more than a limiter looks ahead."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Levelled takes per ms, one behind the other: energy after K-weighting, highest sample.

    `starts` is where each begins, `lengths` how long it is with the quiet behind it (ms, whole
    steps of a meter), `samples` how many samples it has.
    """

    energy: Singles
    peak: Singles
    starts: Indices
    lengths: Indices
    samples: Indices

    def heard(self, gains: Floats, limit: Limit) -> Singles:
        """Energy per ms after each take's gain (dB), and the limiter."""
        factors = np.repeat(np.float32(10) ** (gains.astype(np.float32) / 20), self.lengths)
        factors *= smooth_gain(self.peak * factors, from_decibels(limit.ceiling), limit.reach)
        return self.energy * np.square(factors)

    def trims(self, gain: float, limit: Limit) -> Floats:
        """What more each needs to be as loud as if there were no limiter (dB, tenths)."""
        trims = np.zeros(len(self.starts))
        tops = np.maximum.reduceat(self.peak, self.starts)
        left = np.flatnonzero(tops * from_decibels(gain) > from_decibels(limit.ceiling))
        for _ in range(_PASSES):
            if not left.size:
                break
            words = self._only(left)
            wanted = words.gated_mean_squares(words.energy)
            heard = words.gated_mean_squares(words.heard(gain + trims[left], limit))
            missing = gain + 10 * np.log10((wanted + _LEAST) / (heard + _LEAST))
            trims[left] = np.clip(trims[left] + missing, 0, limit.most_trim)
            left = left[(np.abs(missing) >= _AS_LOUD) & (trims[left] < limit.most_trim)]
        return np.round(trims, 1)

    def gated_mean_squares(self, energy: Singles) -> Floats:
        """Mean square of each take, gated as `loudness.clip_loudness` does; from energy per ms."""
        hops = energy.reshape(-1, HOP).sum(axis=1, dtype=np.float64)
        firsts, counts = self.starts // HOP, self.samples // (HOP * SAMPLES_PER_MS)
        owners = np.repeat(np.arange(len(firsts)), self.lengths // HOP)
        within = np.arange(len(hops)) - firsts[owners] + HOPS <= counts[owners]
        gated = gated_mean_squares(block_mean_squares(hops)[within], owners[within], len(firsts))
        whole = np.add.reduceat(hops, firsts) / np.maximum(self.samples, 1)
        return np.where(counts < HOPS, whole, gated)

    def _only(self, which: Indices) -> _Words:
        """Those of these numbers, in order."""
        chosen = np.zeros(len(self.starts), bool)
        chosen[which] = True
        here = np.repeat(chosen, self.lengths)
        lengths = self.lengths[which]
        starts = np.cumsum(lengths) - lengths
        return _Words(self.energy[here], self.peak[here], starts, lengths, self.samples[which])


@dataclass(frozen=True, slots=True)
class _Schedule:
    """Which stretches of the array sound in which of a timeline's 100 ms steps."""

    begins: Indices
    ends: Indices
    steps: Indices
    count: int

    def energies(self, energy: Singles) -> Floats:
        """Energy in each whole step of the timeline, given that of the array per ms."""
        so_far = np.concatenate([[0.0], np.cumsum(energy, dtype=np.float64)])
        parts = so_far[self.ends] - so_far[self.begins]
        sums: Floats = np.zeros(max(self.count, int(self.steps.max(initial=0)) + 1))
        np.add.at(sums, self.steps, parts)
        return sums[: self.count]


def solve_gains(
    timeline: Timeline,
    takes: Mapping[Source, GainedClip],
    target: float,
    beneath: Beneath = lambda gain: 0.0,
    limit: Limit = ALONE,
    most: float = MOST,
) -> GainSolution:
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
    words = _join_clips(list(takes.values()))
    schedule = _cut_into_steps(timeline, takes, words.starts)
    noise = _noise_energy()
    energies = schedule.energies(words.energy)
    if not energies.any():
        return GainSolution(dict.fromkeys(takes, 0), 0, 0, -math.inf)

    def loudness(common: float, gain: float) -> float:
        return gated_loudness(energies * 10 ** (common / 10) + noise + beneath(gain))

    levels: tuple[Millibels, Millibels] | None = None
    trims = np.zeros(len(takes))
    for _ in range(_PASSES):
        gain = _solve_gain(lambda gain: loudness(min(gain, most), gain), target)
        found = _round_gain(min(gain, most)), _round_gain(gain)
        if found == levels:
            break
        levels = found
        common = levels[0] / 100
        trims = words.trims(common, limit)
        heard = words.heard(common + trims, limit)
        energies = schedule.energies(heard) / from_decibels(common) ** 2
    common, other = levels or (0, 0)
    gains = (common + np.rint(100 * trims)).astype(int).tolist()
    reached = loudness(common / 100, other / 100)
    return GainSolution(dict(zip(takes, gains, strict=True)), common, other, reached)


def _solve_gain(loudness: Callable[[float], float], target: float) -> float:
    """The gain with which the loudness is as wanted, as nearly as `MOST` allows (dB)."""
    gain = 0.0
    for _ in range(_PASSES):
        missing = target - loudness(gain)
        if abs(missing) < _CLOSE:
            break
        gain = min(max(gain + missing, -MOST), MOST)
    return gain


def _round_gain(gain: float) -> Millibels:
    return STEP * round(100 * gain / STEP)


def _join_clips(takes: Sequence[GainedClip]) -> _Words:
    """All takes in one array."""
    lengths = [round_up(_clip_length(take), HOP) + _APART for take in takes]
    starts = np.cumsum([0, *lengths])
    energy, peak = np.zeros(starts[-1], np.float32), np.zeros(starts[-1], np.float32)
    for take, start, length in zip(takes, starts.tolist(), lengths, strict=False):
        samples, gain = samples_of(take.clip), from_decibels(take.gain / 100)
        here = slice(start, start + length)
        each_ms = pad_values(samples, 0, length * SAMPLES_PER_MS - len(samples))
        each_ms = each_ms.reshape(-1, SAMPLES_PER_MS)
        peak[here] = np.abs(each_ms).max(axis=1) * gain
        plain = np.einsum("ij,ij->i", each_ms, each_ms).reshape(-1, HOP)
        hops = np.frombuffer(take.clip.hops) if take.clip.hops else clip_hops(samples)
        weights = (
            gain**2 * pad_values(hops, 0, _APART // HOP) / np.maximum(plain.sum(axis=1), _LEAST)
        )
        energy[here] = (plain * weights[:, None]).ravel()
    counts = np.array([take.samples for take in takes], np.intp)
    return _Words(energy, peak, starts[:-1], np.array(lengths, np.intp), counts)


def _clip_length(take: GainedClip) -> Ms:
    return -(-take.samples // SAMPLES_PER_MS)


def _cut_into_steps(
    timeline: Timeline, takes: Mapping[Source, GainedClip], starts: Indices
) -> _Schedule:
    """Every event cut at the borders of steps."""
    number = {source: place for place, source in enumerate(takes)}
    which = np.array([number[event_source(event)] for event in timeline.events], np.intp)
    leads = [take.clip.lead // SAMPLES_PER_MS for take in takes.values()]
    at = np.array(
        [max(0, e.start_ms - leads[n]) for e, n in zip(timeline.events, which, strict=True)],
        np.intp,
    )
    lasts = np.array([_clip_length(take) for take in takes.values()], np.intp)[which]
    first, last = at // HOP, (at + lasts - 1) // HOP
    cuts = last - first + 1
    events = np.repeat(np.arange(len(which)), cuts)
    steps = first[events] + np.arange(len(events)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    begins = np.clip(steps * HOP - at[events], 0, None)
    ends = np.clip((steps + 1) * HOP - at[events], None, lasts[events])
    origin = starts[which][events]
    return _Schedule(origin + begins, origin + ends, steps, timeline.duration_ms // HOP)


def _noise_energy() -> float:
    """What the noise beneath everything adds to each step."""
    loudness = integrated_loudness(keep_awake_noise(RATE))
    return from_lufs(loudness) * HOP * SAMPLES_PER_MS
