"""The mix of voice and music in two channels, block by block.

The voice is the mono mix of a file without music, the same in both channels, except for the
limiter: that comes last, after voice and music are added. The music follows its curve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from audioworkout.dsp.arrays import Float32Array, Float64Array
from audioworkout.dsp.limiter import LIMITER_STEP, limiter_factors
from audioworkout.dsp.loudness import HOP, from_decibels, gated_loudness
from audioworkout.dsp.meter import running_energies
from audioworkout.mixing.ducking import Curve
from audioworkout.mixing.islands import IslandPlan
from audioworkout.mixing.music_bed import Bed, BlockReader, bed_blocks, bed_energies, bed_peaks
from audioworkout.mixing.render import Limit, look_up_by_bitrate, render_blocks
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

MIX_BLOCK: Ms = 1_000
MIX_LIMIT = Limit(ceiling=-2.0, reach=2, max_make_up=8.0)
"""With music, speech is a few dB louder than in a mono file, because the music between words counts
too. A limiter that takes single peaks only keeps all words equally loud. Stereo bit rates are high
enough for coding to stay within 1 dB of the peaks of the mix."""

_RARE = 0.005
"""Share of all 100 ms; the effect of a limiter that works in fewer cannot be measured."""

_DEFAULT_LOUDNESS = -16.0
_LOWER_FOR_LOUD, _MOST_LOWER = 0.5, 1.5
"""Each LU above `_DEFAULT_LOUDNESS` puts more peaks at the ceiling, of which coding raises some
(dB; measured)."""
_LOWER_FOR_FEW_BITS = ((40, 2.5), (56, 1.0), (64, 0.5))
"""Up to this bit rate (kbit/s) coding raises peaks by so much more (dB; measured)."""


def mix_limit(loudness: float, kbps: int | None) -> Limit:
    """The limiter for a loudness (LUFS) and a bit rate (kbit/s); None for a lossless file."""
    lower = min(_LOWER_FOR_LOUD * max(0.0, loudness - _DEFAULT_LOUDNESS), _MOST_LOWER)
    lower += look_up_by_bitrate(_LOWER_FOR_FEW_BITS, kbps)
    return replace(MIX_LIMIT, ceiling=MIX_LIMIT.ceiling - lower)


@dataclass(frozen=True, slots=True)
class Music:
    """Background music, and its level at each moment."""

    bed: Bed
    curve: Curve

    def with_gain(self, db: float) -> Music:
        """The same music, `db` louder."""
        return Music(self.bed, self.curve.with_gain(db))

    def energies(self, duration: Ms) -> Float64Array:
        """K-weighted energy in every 100 ms, summed over both channels."""
        energies = bed_energies(self.bed, duration)
        levels = self._levels(len(energies), HOP // 2)
        return energies * np.power(10.0, levels / 10)

    def peaks(self, duration: Ms) -> Float64Array:
        """Upper limit of the highest sample in every 100 ms."""
        peaks = bed_peaks(self.bed, duration).astype(np.float64)
        levels = np.maximum(self._levels(len(peaks), 0), self._levels(len(peaks), HOP))
        return peaks * np.power(10.0, levels / 20)

    def _levels(self, count: int, at: Ms) -> Float64Array:
        """The level in each of `count` steps of 100 ms, at `at` ms within the step (dB)."""
        return np.interp(np.arange(count) * HOP + at, self.curve.moments, self.curve.levels)


def mix_blocks(plan: IslandPlan, music: Music, limit: Limit = MIX_LIMIT) -> Iterator[Float32Array]:
    """The whole mix in order, in blocks of shape (samples, 2), `plan.samples` long in total."""
    return limited_blocks(_sum_blocks(plan, music), limit)


def music_passes_ceiling(music: Music, limit: Limit, duration: Ms) -> bool:
    """True if the music alone passes the ceiling so often that the limiter makes the mix softer."""
    return bool(np.mean(music.peaks(duration) > from_decibels(limit.ceiling)) > _RARE)


def measure_mix(plan: IslandPlan, music: Music, limit: Limit) -> float:
    """Integrated loudness of a mix (LUFS); renders all of it, which takes as long."""
    return gated_loudness(
        np.concatenate(list(running_energies(mix_blocks(plan, music, limit), RATE)))
    )


def even_blocks(blocks: Iterable[Float32Array], size: int) -> Iterator[Float32Array]:
    """Blocks of any lengths as blocks of `size` samples; the last one may be shorter."""
    parts: list[Float32Array] = []
    held = 0
    for block in blocks:
        parts.append(block)
        held += len(block)
        if held >= size:
            joined = np.concatenate(parts)
            whole = held // size * size
            yield from (joined[start : start + size] for start in range(0, whole, size))
            parts, held = [joined[whole:]], held - whole
    if held:
        yield np.concatenate(parts)


def cut_blocks(
    blocks: Iterable[Float32Array], lengths: Iterable[int]
) -> Iterator[Iterator[Float32Array]]:
    """Cut a stream of blocks into sections of these lengths; read each before the next.

    Blocks after the last section are not requested.
    """
    source = iter(blocks)
    held: Float32Array | None = None

    def stretch(left: int) -> Iterator[Float32Array]:
        nonlocal held
        while left > 0:
            block = next(source, None) if held is None else held
            if block is None:
                return
            held = block[left:] if len(block) > left else None
            yield block[:left]
            left -= min(left, len(block))

    yield from map(stretch, lengths)


def _sum_blocks(plan: IslandPlan, music: Music) -> Iterator[Float32Array]:
    music_reader = BlockReader(bed_blocks(music.bed))
    start = 0
    for voice in even_blocks(render_blocks(plan, None), MIX_BLOCK * SAMPLES_PER_MS):
        gain = _gain_factors(music.curve, start // SAMPLES_PER_MS, len(voice) // SAMPLES_PER_MS)
        mix = _scale_block(music_reader.read(len(voice)), gain)
        for channel in mix.T:
            channel += voice
        start += len(voice)
        yield mix


def _scale_block(block: Float32Array, gain: Float32Array) -> Float32Array:
    """Multiply both channels by a gain per sample; one by one, which takes numpy half the time."""
    scaled = np.empty_like(block)
    for channel, to in zip(block.T, scaled.T, strict=True):
        np.multiply(channel, gain, out=to)
    return scaled


def _gain_factors(curve: Curve, start: Ms, count: Ms) -> Float32Array:
    """Factors for every sample of `count` ms from `start`; linear within each ms."""
    levels = np.interp(np.arange(start, start + count + 1), curve.moments, curve.levels)
    factors: Float32Array = np.power(10, levels / 20).astype(np.float32)
    along = np.arange(SAMPLES_PER_MS, dtype=np.float32) / SAMPLES_PER_MS
    between = factors[:-1, None] + np.diff(factors)[:, None] * along
    return between.reshape(-1).astype(np.float32, copy=False)


def limited_blocks(blocks: Iterable[Float32Array], limit: Limit) -> Iterator[Float32Array]:
    """The same sound with true peaks at or below the ceiling, with one gain for both channels.

    Works as `limiter.limit_channel`, for sound that does not fit into memory: output lags behind
    input by the look-ahead of the limiter.

    Args:
        blocks: Shape (samples, 2); lengths are multiples of `LIMITER_STEP`, as whole ms are.
        limit: The ceiling, and the look-ahead.
    """
    highest = from_decibels(limit.ceiling)
    margin = (
        2 * limit.reach * SAMPLES_PER_MS + 2 * LIMITER_STEP
    )  # a peak moves the gain so far around it
    held = np.zeros((margin, 2), np.float32)
    for block in chain(blocks, (np.zeros((margin, 2), np.float32),)):
        held = np.concatenate([held, block])
        ready = held[margin:-margin]
        gain = limiter_factors(held, highest, limit.reach)
        yield ready if gain is None else _scale_block(ready, gain[margin:-margin])
        held = held[-2 * margin :]
