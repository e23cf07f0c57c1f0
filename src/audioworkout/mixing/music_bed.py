"""Joins songs into background music: each song fades into the next, for as long as is needed.

All songs are brought to 0 LUFS here; `ducking` gives the level at each moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.dsp.arrays import Float32Array, Float64Array, FloatArray
from audioworkout.dsp.loudness import HOP, from_decibels, gated_loudness
from audioworkout.dsp.meter import Hops
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

QUIETEST_SONG = -55.0
"""Songs below this loudness get no more gain than one of this loudness (LUFS): it would raise
noise."""

MOST_HELD = 300 * RATE
"""A song that is repeated is held in memory up to this many samples (58 MB)."""

_HOP = HOP * SAMPLES_PER_MS
_BLOCK = RATE
_HIGHEST = 32_767


@dataclass(frozen=True, slots=True)
class Song:
    """A piece of music: its length, its loudness, and a function that reads its samples.

    `samples` is their number at 48 kHz. `hops` holds energy and peak of every 100 ms. `open` yields
    the samples from the beginning, in blocks of shape (samples, 2) at 48 kHz; it may be called
    often.
    """

    name: str
    samples: int
    hops: Hops
    open: Callable[[], Iterator[Float32Array]]

    @property
    def loudness(self) -> float:
        """Integrated loudness (LUFS); minus infinity for silence."""
        return gated_loudness(self.hops.energies)

    @property
    def gain(self) -> float:
        """The gain that brings it to 0 LUFS (dB)."""
        return -max(self.loudness, QUIETEST_SONG)


@dataclass(frozen=True, slots=True)
class Bed:
    """Songs in the order of playing; after the last one the first begins again.

    `crossfade` is how long two neighbours overlap (ms), at most half of the shorter one.
    """

    songs: tuple[Song, ...]
    crossfade: Ms


@dataclass(frozen=True, slots=True)
class SongTurn:
    """One playing of a song: where it starts, and how long it fades in and out (samples)."""

    song: Song
    start: int
    fade_in: int
    fade_out: int


def song_turns(bed: Bed) -> Iterator[SongTurn]:
    """The songs in the order of playing, endlessly."""
    start = fade_in = 0
    for song, following in pairwise(cycle(bed.songs)):
        shorter = min(song.samples, following.samples)
        fade_out = min(bed.crossfade * SAMPLES_PER_MS, shorter // 2)
        yield SongTurn(song, start, fade_in, fade_out)
        start, fade_in = start + song.samples - fade_out, fade_out


def lasts_without_repeat(songs: Iterable[Song], crossfade: Ms, duration: Ms) -> bool:
    """True if the songs fill a workout of this length (ms) without a repeat."""
    lasts = sum(song.samples - crossfade * SAMPLES_PER_MS for song in songs)
    return lasts >= duration * SAMPLES_PER_MS


def bed_energies(bed: Bed, duration: Ms) -> Float64Array:
    """K-weighted energy of the bed at 0 LUFS in each whole 100 ms of `duration`."""
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


def bed_peaks(bed: Bed, duration: Ms) -> Float32Array:
    """Upper limit of the highest sample of the bed at 0 LUFS in each whole 100 ms of `duration`.

    Fades are ignored, and samples are those of the file, at its own rate.
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


def _fade_energies(energies: Float64Array, fade_in: int, fade_out: int) -> None:
    """Apply fades of equal power to energies, in place (squares of sine and cosine)."""
    fade_out = min(fade_out, len(energies))
    if fade_in:
        energies[:fade_in] *= np.square(_sine_rise(fade_in))[: len(energies)]
    if fade_out:
        energies[-fade_out:] *= np.square(_sine_rise(fade_out))[::-1]


def bed_blocks(bed: Bed) -> Generator[Float32Array, None, None]:
    """The bed at 0 LUFS, endless, in blocks of shape (samples, 2) at 48 kHz.

    One block of a song and its end are in memory, however long it is; but a short song that is
    repeated is held as a whole, so that it is decoded once.
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


def _cross_fade(before: Float32Array, after: Float32Array) -> Float32Array:
    """Fade one sound into another of the same length at equal power.

    Sine and cosine keep the power of uncorrelated sounds constant. The end and the beginning of a
    loop may be correlated (the same music on the same beat), which would add up to 3 dB in the
    middle: the correlation is divided out.
    """
    rise = _sine_rise(len(after))[:, None]
    fall = rise[::-1]
    shared = 2 * _correlation(before, after) * rise * fall
    crossed: FloatArray = (before * fall + after * rise) / np.sqrt(1 + shared)
    return crossed.astype(np.float32, copy=False)


def _correlation(one: Float32Array, other: Float32Array) -> np.float32:
    """Correlation coefficient of two sounds: 1 for equal, 0 for unrelated; at least -0.5.

    Opposite sounds cancel in the middle, where a full correction would only raise noise.
    """
    power = float(np.vdot(one, one)) * float(np.vdot(other, other))
    likeness = float(np.vdot(one, other)) / math.sqrt(power) if power > 0 else 0.0
    return np.float32(max(likeness, -0.5))


def _sine_rise(count: int) -> Float32Array:
    """A quarter of a sine: its square and that of its mirror image add up to 1 everywhere."""
    rise: Float32Array = np.sin(
        (np.arange(count, dtype=np.float32) + 0.5) * (np.pi / 2 / max(count, 1))
    )
    return rise


class _Loop:
    """A song that is decoded once and held in memory as 16-bit samples.

    Lossy songs may exceed full scale; such a block is scaled down in memory.
    """

    def __init__(self, song: Song) -> None:
        self._song = song
        self._held: list[_PackedSamples] = []

    def open(self) -> Iterator[Float32Array]:
        """Its samples from the beginning, as `Song.open`; the first reader must read to the end."""
        return map(_to_floats, self._held) if self._held else self._decode()

    def _decode(self) -> Iterator[Float32Array]:
        for block in self._song.open():
            peak = max(1.0, float(np.abs(block).max(initial=0.0)))
            ints = np.rint(block * (_HIGHEST / peak)).astype(np.int16)
            self._held.append(_PackedSamples(ints, peak))
            yield _to_floats(self._held[-1])


class _PackedSamples(NamedTuple):
    """Samples as 16-bit fractions of `peak`, full scale being 1.0."""

    ints: npt.NDArray[np.int16]
    peak: float


def _to_floats(block: _PackedSamples) -> Float32Array:
    return block.ints * np.float32(block.peak / _HIGHEST)


class BlockReader:
    """Reads from blocks of any lengths in the lengths that the caller wants."""

    def __init__(self, blocks: Iterator[Float32Array]) -> None:
        self._blocks = blocks
        self._held = np.zeros((0, 2), np.float32)

    def read(self, count: int) -> Float32Array:
        """The next `count` samples; silence after the last one."""
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
