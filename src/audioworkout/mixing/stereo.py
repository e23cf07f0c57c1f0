"""The voice in the middle of its music: the whole mix in two channels, block by block.

The voice is the mono mix as it is without music, the same in both channels, but for its limiter:
that comes last here, over voice and music together. The music moves along its curve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.limiter import STEP, limiter_factors
from audioworkout.dsp.loudness import HOP, from_decibels, gated_loudness
from audioworkout.dsp.meter import running_energies
from audioworkout.mixing.ducking import Curve
from audioworkout.mixing.islands import IslandPlan
from audioworkout.mixing.music_bed import Bed, BlockReader, bed_blocks, bed_energies, bed_peaks
from audioworkout.mixing.render import Limit, look_up_by_bitrate, render_blocks
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

Floats = npt.NDArray[np.float32]

BLOCK: Ms = 1_000
TOGETHER = Limit(ceiling=-2.0, reach=2, most_trim=8.0)
"""With music words are a few dB louder, because what is loud between them counts too: a limiter
that takes single peaks and no more lets them stay as loud as each other. Two channels have the bits
to stay within 1 dB of what was mixed."""

_SELDOM = 0.005
"""A share of all 100 ms; a limiter that has to do there takes nothing that a meter shows."""

_USUAL = -16.0
_LOWER_FOR_LOUD, _MOST_LOWER = 0.5, 1.5
"""Each LU above `_USUAL` puts more peaks at the ceiling, of which coding raises some (dB; M)."""
_LOWER_FOR_FEW_BITS = ((40, 2.5), (56, 1.0), (64, 0.5))
"""Up to so many kbit/s coding raises peaks by so much more (dB; M)."""


def mix_limit(loudness: float, kbps: int | None) -> Limit:
    """The limiter for a file of this loudness (LUFS) and bit rate; None where nothing is lost."""
    lower = min(_LOWER_FOR_LOUD * max(0.0, loudness - _USUAL), _MOST_LOWER)
    lower += look_up_by_bitrate(_LOWER_FOR_FEW_BITS, kbps)
    return replace(TOGETHER, ceiling=TOGETHER.ceiling - lower)


@dataclass(frozen=True, slots=True)
class Music:
    """What plays beneath a voice, and how loud at each moment."""

    bed: Bed
    curve: Curve

    def raised(self, db: float) -> Music:
        """The same so much louder."""
        return Music(self.bed, self.curve.raised(db))

    def energies(self, duration: Ms) -> npt.NDArray[np.float64]:
        """Energy in every 100 ms, summed over both channels, as `loudness.gated` takes it."""
        energies = bed_energies(self.bed, duration)
        levels = self._levels(len(energies), HOP // 2)
        return energies * np.power(10.0, levels / 10)

    def peaks(self, duration: Ms) -> npt.NDArray[np.float64]:
        """The highest sample in every 100 ms, or somewhat more."""
        peaks = bed_peaks(self.bed, duration).astype(np.float64)
        levels = np.maximum(self._levels(len(peaks), 0), self._levels(len(peaks), HOP))
        return peaks * np.power(10.0, levels / 20)

    def _levels(self, count: int, at: Ms) -> npt.NDArray[np.float64]:
        """The level in each of so many steps of 100 ms, at a moment within it (dB)."""
        return np.interp(np.arange(count) * HOP + at, self.curve.moments, self.curve.levels)


def mix_blocks(plan: IslandPlan, music: Music, limit: Limit = TOGETHER) -> Iterator[Floats]:
    """The whole mix in order, in blocks of shape (samples, 2), together `plan.samples` long."""
    return limited_blocks(_sum_blocks(plan, music), limit)


def music_passes_ceiling(music: Music, limit: Limit, duration: Ms) -> bool:
    """Whether music alone passes the ceiling so often that the whole would be softer for it."""
    return bool(np.mean(music.peaks(duration) > from_decibels(limit.ceiling)) > _SELDOM)


def measure_mix(plan: IslandPlan, music: Music, limit: Limit) -> float:
    """Integrated loudness of a mix (LUFS), which is made for it and takes as long."""
    return gated_loudness(
        np.concatenate(list(running_energies(mix_blocks(plan, music, limit), RATE)))
    )


def even_blocks(blocks: Iterable[Floats], size: int) -> Iterator[Floats]:
    """Blocks of any lengths as blocks of one length, the last one shorter."""
    parts: list[Floats] = []
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


def cut_blocks(blocks: Iterable[Floats], lengths: Iterable[int]) -> Iterator[Iterator[Floats]]:
    """Blocks as stretches of these lengths, each to be used up before the next.

    What is behind the last is not asked for.
    """
    source = iter(blocks)
    held: Floats | None = None

    def stretch(left: int) -> Iterator[Floats]:
        nonlocal held
        while left > 0:
            block = next(source, None) if held is None else held
            if block is None:
                return
            held = block[left:] if len(block) > left else None
            yield block[:left]
            left -= min(left, len(block))

    yield from map(stretch, lengths)


def _sum_blocks(plan: IslandPlan, music: Music) -> Iterator[Floats]:
    beneath = BlockReader(bed_blocks(music.bed))
    start = 0
    for voice in even_blocks(render_blocks(plan, None), BLOCK * SAMPLES_PER_MS):
        gain = _gain_factors(music.curve, start // SAMPLES_PER_MS, len(voice) // SAMPLES_PER_MS)
        mix = _scale_block(beneath.read(len(voice)), gain)
        for channel in mix.T:
            channel += voice
        start += len(voice)
        yield mix


def _scale_block(block: Floats, gain: Floats) -> Floats:
    """Both channels by one gain. Channel by channel, which numpy does in half the time."""
    scaled = np.empty_like(block)
    for channel, to in zip(block.T, scaled.T, strict=True):
        np.multiply(channel, gain, out=to)
    return scaled


def _gain_factors(curve: Curve, start: Ms, count: Ms) -> Floats:
    """Factors for every sample of so many ms from `start`; straight lines between whole ms."""
    levels = np.interp(np.arange(start, start + count + 1), curve.moments, curve.levels)
    factors: Floats = np.power(10, levels / 20).astype(np.float32)
    along = np.arange(SAMPLES_PER_MS, dtype=np.float32) / SAMPLES_PER_MS
    between = factors[:-1, None] + np.diff(factors)[:, None] * along
    return between.reshape(-1).astype(np.float32, copy=False)


def limited_blocks(blocks: Iterable[Floats], limit: Limit) -> Iterator[Floats]:
    """The same sound with its true peaks at or below the limit's ceiling, both channels alike.

    Works as `limiter.limit_channel`, on sound that is too long to be held at once: what is yielded
    lags behind what was taken by as much as the limiter looks ahead.

    Args:
        blocks: Shape (samples, 2); every length is a multiple of `STEP`, as those of whole ms are.
        limit: The ceiling, and how far the limiter looks ahead.
    """
    highest = from_decibels(limit.ceiling)
    margin = 2 * limit.reach * SAMPLES_PER_MS + 2 * STEP  # a peak moves the gain so far around it
    held = np.zeros((margin, 2), np.float32)
    for block in chain(blocks, (np.zeros((margin, 2), np.float32),)):
        held = np.concatenate([held, block])
        ready = held[margin:-margin]
        gain = limiter_factors(held, highest, limit.reach)
        yield ready if gain is None else _scale_block(ready, gain[margin:-margin])
        held = held[-2 * margin :]
