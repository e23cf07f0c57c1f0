"""The music itself: songs one after the other, each fading into the next, for as long as it takes.

Every song is brought to one loudness; how loud that is at which moment says `ducking`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.loudness import HOP, Samples, from_decibels, gated_loudness
from audioworkout.dsp.meter import Hops
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

Floats = npt.NDArray[np.float32]
Energies = npt.NDArray[np.float64]

QUIETEST = -55.0
"""A quieter song is raised no further than one of this loudness (LUFS): it would be noise."""

MOST_HELD = 300 * RATE
"""A song of at most so many samples is held whole where it is repeated: 58 MB."""

_HOP = HOP * SAMPLES_PER_MS
_BLOCK = RATE
_FULL_SCALE = 32_767


@dataclass(frozen=True, slots=True)
class Song:
    """A piece of music: how long and how loud it is, and a way to its samples.

    `samples` counts at 48 kHz. `hops` is what is heard in every 100 ms. `open` gives its samples
    from the beginning, in blocks of shape (samples, 2) at 48 kHz; it may be called often.
    """

    name: str
    samples: int
    hops: Hops
    open: Callable[[], Iterator[Floats]]

    @property
    def loudness(self) -> float:
        """Integrated loudness (LUFS); minus infinity for silence."""
        return gated_loudness(self.hops.energies)

    @property
    def gain(self) -> float:
        """What brings it to 0 LUFS (dB)."""
        return -max(self.loudness, QUIETEST)


@dataclass(frozen=True, slots=True)
class Bed:
    """Songs in the order of playing; after the last comes the first again.

    `crossfade` is how long two neighbours sound together (ms); at most half of either.
    """

    songs: tuple[Song, ...]
    crossfade: Ms


@dataclass(frozen=True, slots=True)
class SongTurn:
    """A song at its place: where it starts, and for how long it fades in and out (samples)."""

    song: Song
    start: int
    fade_in: int
    fade_out: int


def song_turns(bed: Bed) -> Iterator[SongTurn]:
    """Songs at their places, without end."""
    start = fade_in = 0
    for song, following in pairwise(cycle(bed.songs)):
        shorter = min(song.samples, following.samples)
        fade_out = min(bed.crossfade * SAMPLES_PER_MS, shorter // 2)
        yield SongTurn(song, start, fade_in, fade_out)
        start, fade_in = start + song.samples - fade_out, fade_out


def lasts_without_repeat(songs: Iterable[Song], crossfade: Ms, duration: Ms) -> bool:
    """Whether songs last for a workout of this length without being repeated."""
    lasts = sum(song.samples - crossfade * SAMPLES_PER_MS for song in songs)
    return lasts >= duration * SAMPLES_PER_MS


def bed_energies(bed: Bed, duration: Ms) -> Energies:
    """Energy of the bed at 0 LUFS in each whole 100 ms of so many ms, for `loudness.gated`."""
    hops = np.zeros(duration // HOP)
    for turn in song_turns(bed):
        first = round(turn.start / _HOP)
        if first >= len(hops):
            break
        energies = turn.song.hops.energies * 10 ** (turn.song.gain / 10)
        _fade_energies(energies, round(turn.fade_in / _HOP), round(turn.fade_out / _HOP))
        energies = energies[: len(hops) - first]
        hops[first : first + len(energies)] += energies
    return hops


def bed_peaks(bed: Bed, duration: Ms) -> Floats:
    """The highest sample of the bed at 0 LUFS in each whole 100 ms of so many ms, or somewhat more.

    Fades are left out of account, and samples are those of the file, whatever its rate.
    """
    peaks = np.zeros(duration // HOP, np.float32)
    for turn in song_turns(bed):
        first = round(turn.start / _HOP)
        if first >= len(peaks):
            break
        here = turn.song.hops.peaks[: len(peaks) - first] * np.float32(
            from_decibels(turn.song.gain)
        )
        stretch = peaks[first : first + len(here)]
        np.maximum(stretch, here, out=stretch)
    return peaks


def _fade_energies(energies: Energies, fade_in: int, fade_out: int) -> None:
    """Fades of equal power, in place: of energy they are squares of sine and cosine."""
    fade_out = min(fade_out, len(energies))
    if fade_in:
        energies[:fade_in] *= np.square(_sine_rise(fade_in))[: len(energies)]
    if fade_out:
        energies[-fade_out:] *= np.square(_sine_rise(fade_out))[::-1]


def bed_blocks(bed: Bed) -> Generator[Floats, None, None]:
    """The bed at 0 LUFS, without end, in blocks of shape (samples, 2) at 48 kHz.

    What is held of a song is one block and its end, so memory is small however long it is; but a
    short one that is repeated is held whole, to be decoded once.
    """
    (only,) = bed.songs if len(bed.songs) == 1 else (None,)
    loop = _Loop(only) if only is not None and only.samples <= MOST_HELD else None
    ending = np.zeros((0, 2), np.float32)
    for turn in song_turns(bed):
        source = BlockReader(turn.song.open() if loop is None else loop.open())
        gain = np.float32(from_decibels(turn.song.gain))
        yield _cross_fade(ending, source.read(turn.fade_in) * gain)
        body = turn.song.samples - turn.fade_in - turn.fade_out
        for done in range(0, body, _BLOCK):
            yield source.read(min(_BLOCK, body - done)) * gain
        ending = source.read(turn.fade_out) * gain


def _cross_fade(before: Floats, after: Floats) -> Floats:
    """One sound fading into another of the same length, the power going over evenly.

    Faded by sine and cosine, sounds that have nothing to do with each other are as loud as one all
    the way. The end and the beginning of a loop may be the same music on the same beat: they add up
    to 3 dB more in the middle, unless what they have in common is taken off.
    """
    rise = _sine_rise(len(after))[:, None]
    fall = rise[::-1]
    shared = 2 * _correlation(before, after) * rise * fall
    crossed: Samples = (before * fall + after * rise) / np.sqrt(1 + shared)
    return crossed.astype(np.float32, copy=False)


def _correlation(one: Floats, other: Floats) -> np.float32:
    """Correlation of two sounds: 1 for the same, 0 for strangers; opposites count as half such.

    Of opposites nothing is left in the middle, and noise would be raised to fill it.
    """
    power = float(np.vdot(one, one)) * float(np.vdot(other, other))
    likeness = float(np.vdot(one, other)) / math.sqrt(power) if power > 0 else 0.0
    return np.float32(max(likeness, -0.5))


def _sine_rise(count: int) -> Floats:
    """A quarter of a sine: it and its mirror image have the same power together everywhere."""
    rise: Floats = np.sin((np.arange(count, dtype=np.float32) + 0.5) * (np.pi / 2 / max(count, 1)))
    return rise


class _Loop:
    """A song that is decoded when it is first played, and remembered in 16 bits.

    A lossy song may pass full scale; a block that does is remembered by as much softer.
    """

    def __init__(self, song: Song) -> None:
        self._song = song
        self._held: list[_Block] = []

    def open(self) -> Iterator[Floats]:
        """Its samples from the beginning, as `Song.open`; to be read to the end the first time."""
        return map(_measure_block, self._held) if self._held else self._heard()

    def _heard(self) -> Iterator[Floats]:
        for block in self._song.open():
            peak = max(1.0, float(np.abs(block).max(initial=0.0)))
            ints = np.rint(block * (_FULL_SCALE / peak)).astype(np.int16)
            self._held.append(_Block(ints, peak))
            yield _measure_block(self._held[-1])


class _Block(NamedTuple):
    """Samples as shares of `peak`, full scale being 1.0."""

    ints: npt.NDArray[np.int16]
    peak: float


def _measure_block(block: _Block) -> Floats:
    return block.ints * np.float32(block.peak / _FULL_SCALE)


class BlockReader:
    """Blocks of any lengths, read in lengths of one's own."""

    def __init__(self, blocks: Iterator[Floats]) -> None:
        self._blocks = blocks
        self._held = np.zeros((0, 2), np.float32)

    def read(self, count: int) -> Floats:
        """The next so many samples; silence after the last."""
        parts = [self._held]
        missing = count - len(self._held)
        while missing > 0:
            block = next(self._blocks, None)
            if block is None:
                parts.append(np.zeros((missing, 2), np.float32))
                break
            parts.append(block)
            missing -= len(block)
        joined = np.concatenate(parts)
        self._held = joined[count:]
        return joined[:count]
