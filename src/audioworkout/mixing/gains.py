"""Finds the gains with which the whole mix reaches its loudness target.

Nothing is rendered: the energy of every clip is added to the 100 ms steps of a loudness meter in
which it sounds, and the meter's gates are applied to the sums. Within 100 ms the energy after
K-weighting is assumed to be distributed as that of the unweighted samples.

What the limiter takes from a clip is given back as make-up gain, so that all words are equally loud
after the limiter too.

All clips are in one array, one after the other, with one value per ms, so that a step of the search
is a few array operations.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.arrays import Float32Array, Float64Array
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
from audioworkout.mixing.islands import (
    ClipSource,
    GainedClip,
    GainSolution,
    Millibels,
    event_source,
)
from audioworkout.mixing.render import VOICE_LIMIT, Limit, keep_awake_noise, samples_of
from audioworkout.model.timeline import Timeline
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms, round_up

Indices = npt.NDArray[np.intp]
MusicEnergy = Callable[[float], Float64Array | float]
"""Energy of the music in every 100 ms, at a common gain (dB)."""

GAIN_STEP: Millibels = 25
"""The common gain is a multiple of this, so that a small change of a routine seldom changes it: a
new gain changes every island."""

MAX_GAIN = 15.0
"""Limit of the gain, up and down (dB). Beyond it the limiter works so hard that more gain hardly
makes the mix louder, so a target out of reach is not pursued."""

_LOUDNESS_TOLERANCE = 0.02
"""A loudness this close to the target is good enough (LU)."""
_CLIP_TOLERANCE = 0.05
"""A clip this close to the loudness of the others is good enough (LU)."""
_NO_ENERGY = 1e-9
"""Added to energies lest they be 0 in a quotient."""
_PASSES = 10
"""Maximum number of iterations, for targets that the limiter makes impossible."""
_SPACING: Ms = 100
"""Silence between clips in the array, more than the look-ahead of any limiter."""


@dataclass(frozen=True, slots=True)
class _ClipTable:
    """All clips at their gains, one after the other: K-weighted energy and highest sample per ms.

    `starts` is the index of each clip's first ms, `lengths` its length with the silence after it
    (ms, a multiple of `HOP`), `samples` its number of samples.
    """

    energy: Float32Array
    peak: Float32Array
    starts: Indices
    lengths: Indices
    samples: Indices

    def energy_after(self, gains: Float64Array, limit: Limit) -> Float32Array:
        """Energy per ms after a gain for each clip (dB) and the limiter."""
        factors = np.repeat(np.float32(10) ** (gains.astype(np.float32) / 20), self.lengths)
        factors *= smooth_gain(self.peak * factors, from_decibels(limit.ceiling), limit.reach)
        return self.energy * np.square(factors)

    def make_up_gains(self, gain: float, limit: Limit) -> Float64Array:
        """The gain each clip needs to be as loud as without the limiter (dB, in tenths)."""
        make_up = np.zeros(len(self.starts))
        tops = np.maximum.reduceat(self.peak, self.starts)
        left = np.flatnonzero(tops * from_decibels(gain) > from_decibels(limit.ceiling))
        for _ in range(_PASSES):
            if not left.size:
                break
            table = self._select(left)
            wanted = table.gated_mean_squares(table.energy)
            limited = table.gated_mean_squares(table.energy_after(gain + make_up[left], limit))
            missing = gain + 10 * np.log10((wanted + _NO_ENERGY) / (limited + _NO_ENERGY))
            make_up[left] = np.clip(make_up[left] + missing, 0, limit.max_make_up)
            left = left[(np.abs(missing) >= _CLIP_TOLERANCE) & (make_up[left] < limit.max_make_up)]
        return np.round(make_up, 1)

    def gated_mean_squares(self, energy: Float32Array) -> Float64Array:
        """Mean square of each clip, gated as in `loudness.clip_loudness`, from energy per ms."""
        hops = energy.reshape(-1, HOP).sum(axis=1, dtype=np.float64)
        firsts, counts = self.starts // HOP, self.samples // (HOP * SAMPLES_PER_MS)
        owners = np.repeat(np.arange(len(firsts)), self.lengths // HOP)
        within = np.arange(len(hops)) - firsts[owners] + HOPS <= counts[owners]
        gated = gated_mean_squares(block_mean_squares(hops)[within], owners[within], len(firsts))
        ungated = np.add.reduceat(hops, firsts) / np.maximum(self.samples, 1)
        return np.where(counts < HOPS, ungated, gated)

    def _select(self, which: Indices) -> _ClipTable:
        """The clips at the given indices, which are ascending."""
        chosen = np.zeros(len(self.starts), bool)
        chosen[which] = True
        here = np.repeat(chosen, self.lengths)
        lengths = self.lengths[which]
        starts = np.cumsum(lengths) - lengths
        return _ClipTable(self.energy[here], self.peak[here], starts, lengths, self.samples[which])


@dataclass(frozen=True, slots=True)
class _StepRanges:
    """Which ranges of the clip array sound in which 100 ms step of the timeline.

    Range `i` is `begins[i]` to `ends[i]`, and sounds in step `steps[i]`; `count` is the number of
    steps.
    """

    begins: Indices
    ends: Indices
    steps: Indices
    count: int

    def energies(self, energy: Float32Array) -> Float64Array:
        """Energy in each whole 100 ms step of the timeline, from the clip array's energy per ms."""
        so_far = np.concatenate([[0.0], np.cumsum(energy, dtype=np.float64)])
        parts = so_far[self.ends] - so_far[self.begins]
        sums: Float64Array = np.zeros(max(self.count, int(self.steps.max(initial=0)) + 1))
        np.add.at(sums, self.steps, parts)
        return sums[: self.count]


def solve_gains(
    timeline: Timeline,
    clips: Mapping[ClipSource, GainedClip],
    target: float,
    music: MusicEnergy = lambda gain: 0.0,
    limit: Limit = VOICE_LIMIT,
    max_gain: float = MAX_GAIN,
) -> GainSolution:
    """The gains with which the timeline has the integrated loudness `target`.

    They are added to the gains the clips have already. All are 0 if there is no sound.

    Args:
        timeline: When everything sounds.
        clips: The clip of every source in the timeline.
        target: Integrated loudness of one channel (LUFS).
        music: Energy of the music as a function of its gain, which equals the clips' common gain up
            to `max_gain`.
        limit: The limiter of the clips.
        max_gain: Limit of the clips' common gain (dB); the music alone is raised further.
    """
    table = _join_clips(list(clips.values()))
    schedule = _cut_into_steps(timeline, clips, table.starts)
    noise = _noise_energy()
    energies = schedule.energies(table.energy)
    if not energies.any():
        return GainSolution(dict.fromkeys(clips, 0), 0, 0, -math.inf)

    def loudness(common: float, gain: float) -> float:
        return gated_loudness(energies * 10 ** (common / 10) + noise + music(gain))

    levels: tuple[Millibels, Millibels] | None = None
    make_up = np.zeros(len(clips))
    for _ in range(_PASSES):
        gain = _solve_gain(lambda gain: loudness(min(gain, max_gain), gain), target)
        rounded = _round_gain(min(gain, max_gain)), _round_gain(gain)
        if rounded == levels:
            break
        levels = rounded
        common = levels[0] / 100
        make_up = table.make_up_gains(common, limit)
        limited = table.energy_after(common + make_up, limit)
        energies = schedule.energies(limited) / from_decibels(common) ** 2
    common, other = levels or (0, 0)
    gains = (common + np.rint(100 * make_up)).astype(int).tolist()
    reached = loudness(common / 100, other / 100)
    return GainSolution(dict(zip(clips, gains, strict=True)), common, other, reached)


def match_gains(
    clips: Mapping[ClipSource, GainedClip], common: Millibels, limit: Limit = VOICE_LIMIT
) -> dict[ClipSource, Millibels]:
    """The gain of clips that are added to a mix whose common gain is known.

    Each is as loud as the others after the limiter; the loudness of the mix is left as it is.
    """
    make_up = _join_clips(list(clips.values())).make_up_gains(common / 100, limit)
    return dict(zip(clips, (common + np.rint(100 * make_up)).astype(int).tolist(), strict=True))


def _solve_gain(loudness: Callable[[float], float], target: float) -> float:
    """The gain with which `loudness` is the target, within plus or minus `MAX_GAIN` (dB)."""
    gain = 0.0
    for _ in range(_PASSES):
        missing = target - loudness(gain)
        if abs(missing) < _LOUDNESS_TOLERANCE:
            break
        gain = min(max(gain + missing, -MAX_GAIN), MAX_GAIN)
    return gain


def _round_gain(gain: float) -> Millibels:
    return GAIN_STEP * round(100 * gain / GAIN_STEP)


def _join_clips(clips: Sequence[GainedClip]) -> _ClipTable:
    """Put all clips into one array."""
    lengths = [round_up(_clip_length(clip), HOP) + _SPACING for clip in clips]
    starts = np.cumsum([0, *lengths])
    energy, peak = np.zeros(starts[-1], np.float32), np.zeros(starts[-1], np.float32)
    for clip, start, length in zip(clips, starts.tolist(), lengths, strict=False):
        samples, gain = samples_of(clip.audio), from_decibels(clip.gain / 100)
        here = slice(start, start + length)
        each_ms = pad_values(samples, 0, length * SAMPLES_PER_MS - len(samples))
        each_ms = each_ms.reshape(-1, SAMPLES_PER_MS)
        peak[here] = np.abs(each_ms).max(axis=1) * gain
        plain = np.einsum("ij,ij->i", each_ms, each_ms).reshape(-1, HOP)
        hops = np.frombuffer(clip.audio.hops) if clip.audio.hops else clip_hops(samples)
        weights = (
            gain**2
            * pad_values(hops, 0, _SPACING // HOP)
            / np.maximum(plain.sum(axis=1), _NO_ENERGY)
        )
        energy[here] = (plain * weights[:, None]).ravel()
    counts = np.array([clip.samples for clip in clips], np.intp)
    return _ClipTable(energy, peak, starts[:-1], np.array(lengths, np.intp), counts)


def _clip_length(clip: GainedClip) -> Ms:
    return -(-clip.samples // SAMPLES_PER_MS)


def _cut_into_steps(
    timeline: Timeline, clips: Mapping[ClipSource, GainedClip], starts: Indices
) -> _StepRanges:
    """Cut every event at the edges of the 100 ms steps."""
    number = {source: place for place, source in enumerate(clips)}
    which = np.array([number[event_source(event)] for event in timeline.events], np.intp)
    leads = [clip.audio.lead // SAMPLES_PER_MS for clip in clips.values()]
    at = np.array(
        [max(0, e.start_ms - leads[n]) for e, n in zip(timeline.events, which, strict=True)],
        np.intp,
    )
    lasts = np.array([_clip_length(clip) for clip in clips.values()], np.intp)[which]
    first, last = at // HOP, (at + lasts - 1) // HOP
    cuts = last - first + 1
    events = np.repeat(np.arange(len(which)), cuts)
    steps = first[events] + np.arange(len(events)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    begins = np.clip(steps * HOP - at[events], 0, None)
    ends = np.clip((steps + 1) * HOP - at[events], None, lasts[events])
    origin = starts[which][events]
    return _StepRanges(origin + begins, origin + ends, steps, timeline.duration_ms // HOP)


def _noise_energy() -> float:
    """Energy of the keep-awake noise in each 100 ms."""
    loudness = integrated_loudness(keep_awake_noise(RATE))
    return from_lufs(loudness) * HOP * SAMPLES_PER_MS
