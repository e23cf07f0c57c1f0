"""Measures songs: length and loudness of each file, cached by the hash of its content."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from audioworkout.audio_io.sound_files import Stream, load_reader, open_stream
from audioworkout.dsp.arrays import Float32Array
from audioworkout.dsp.downmix import MOST_CHANNELS, to_stereo
from audioworkout.dsp.loudness import SILENCE
from audioworkout.dsp.meter import Hops, running_hops
from audioworkout.dsp.resampling import resample_blocks, resampled_length
from audioworkout.errors import UsageError
from audioworkout.mixing.loops import fit_crossfade
from audioworkout.mixing.music_bed import Bed, Song, lasts_without_repeat
from audioworkout.mixing.music_files import find_music
from audioworkout.model.cache import Cache
from audioworkout.model.callbacks import StepProgress, Warn
from audioworkout.model.request import Sound
from audioworkout.prefetch import prefetch
from audioworkout.units import RATE, RATES, SECOND, Ms

BUCKET = "music"
ANALYSIS_VERSION = 2
"""Part of every cache name; to be changed whenever files are measured in another way."""

SHORTEST: Ms = SECOND
"""Shorter files are refused: repeated, they would be a hum."""

_WORKERS = 2


def open_bed(
    files: Sequence[Path],
    sound: Sound,
    duration: Ms,
    cache: Cache,
    warn: Warn,
    progress: StepProgress,
) -> Bed:
    """The background music of a workout: as many of the files as it needs.

    Of several files, one that cannot be used is left out with a warning; a single one is an error.

    Args:
        files: From `find_music`.
        sound: Order (shuffled or not) and length of the cross-fades.
        duration: Length of the workout (ms); files that are not needed are not opened.
        cache: Where measurements are stored.
        warn: Called with the reason for each file that is left out.
        progress: Called after every measured file.

    Raises:
        UsageError: None of the files can be used.
        BuildError: Sound files cannot be read on this computer.
    """
    order = list(files)
    if sound.music_shuffle:
        random.Random(sound.music_seed).shuffle(order)
    songs: list[Song] = []
    for song in _usable_songs(order, cache, warn):
        songs.append(song)
        if lasts_without_repeat(songs, sound.music_crossfade, duration):
            break
        progress(sum(each.samples for each in songs) // RATE, duration // SECOND)
    if not songs:
        raise UsageError(f"none of the {len(files)} files in {files[0].parent} is usable music")
    if len(songs) == 1:
        return Bed(tuple(songs), fit_crossfade(songs[0], sound.music_crossfade))
    return Bed(tuple(songs), sound.music_crossfade)


def _usable_songs(files: Sequence[Path], cache: Cache, warn: Warn) -> Iterator[Song]:
    """The songs in order; two files are measured at the same time."""
    load_reader()
    calls = (partial(_song_or_fault, file, cache) for file in files)
    with closing(prefetch(calls, _WORKERS)) as found:
        for song in found:
            if isinstance(song, Song):
                yield song
            elif len(files) == 1:
                raise song
            else:
                warn(f"music left out: {song}")


def _song_or_fault(file: Path, cache: Cache) -> Song | UsageError:
    try:
        return load_song(file, cache)
    except UsageError as error:
        return error


def load_song(file: Path, cache: Cache) -> Song:
    """Open a file as a song; measure it, or read its measurements from the cache.

    Raises:
        UsageError: It is not a sound file, or it is silent, too short or of an unsupported kind.
        BuildError: Sound files cannot be read on this computer.
    """
    _check_opens(file)
    name = f"{_file_digest(file)}.{ANALYSIS_VERSION}"
    known = _parse_known(cache.get(BUCKET, name))
    samples, hops = known or _measure_song(file)
    if known is None:
        parts = (hops.energies.astype("<f4"), hops.peaks.astype("<f4"))
        cache.put(
            BUCKET, name, samples.to_bytes(8, "little") + b"".join(p.tobytes() for p in parts)
        )
    song = Song(str(file), samples, hops, partial(_song_samples, file))
    if samples < SHORTEST * RATE // SECOND:
        raise UsageError(
            f"{file} lasts {samples / RATE:.1f} s, which is too short for music",
            f"Music lasts {SHORTEST // SECOND} s at least.",
        )
    if not hops.energies.any():
        raise UsageError(f"{file} is silent", "Name another file with --music.")
    if not np.isfinite(song.loudness):
        raise UsageError(
            f"{file} is too quiet for music: below {SILENCE:.0f} LUFS",
            "Make it louder, or name another file with --music.",
        )
    return song


def check_music(path: Path) -> None:
    """Refuse a file or folder of which nothing can be opened as music; measures none of it.

    Raises:
        UsageError: There is no music, or none that can be read.
        BuildError: No sound file can be read on this computer.
    """
    faults = []
    for file in find_music(path):
        try:
            return _check_begins(file)
        except UsageError as error:
            faults.append(error)
    raise faults[0]


def _check_begins(file: Path) -> None:
    """Refuse a file whose first block cannot be read."""
    with open_stream(file) as stream:
        _check_stream(file, stream)
        next(stream.blocks, None)


def _file_digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()[:32]
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error


def _parse_known(data: bytes | None) -> tuple[int, Hops] | None:
    if not data or len(data) % 8:
        return None
    energies, peaks = np.frombuffer(data[8:], "<f4").reshape(2, -1)
    return int.from_bytes(data[:8], "little"), Hops(energies.astype(np.float64), peaks)


def _check_opens(file: Path) -> None:
    """Check, before anything is mixed, that the file can be read, even if it is cached."""
    with open_stream(file) as stream:
        _check_stream(file, stream)


def _measure_song(file: Path) -> tuple[int, Hops]:
    """Number of samples at 48 kHz, and energy and peak of every 100 ms."""
    count = 0

    def count_samples(blocks: Iterator[Float32Array]) -> Iterator[Float32Array]:
        nonlocal count
        for block in blocks:
            count += len(block)
            yield to_stereo(block)

    with open_stream(file) as stream:
        found = list(running_hops(count_samples(stream.blocks), stream.rate))
        energies = np.concatenate([np.zeros(0), *(hops.energies for hops in found)])
        peaks = np.concatenate([np.zeros(0, np.float32), *(hops.peaks for hops in found)])
        rounded = energies.astype("<f4").astype(np.float64)  # as it is read from the cache
        return resampled_length(count, stream.rate), Hops(rounded, peaks)


def _check_stream(file: Path, stream: Stream) -> None:
    """Refuse what cannot be mixed."""
    if stream.rate not in RATES:
        raise UsageError(
            f"{file} has {stream.rate} samples a second, and music has"
            f" {RATES.start} to {RATES.stop - 1}",
            "Convert it to 44.1 or 48 kHz.",
        )
    if stream.channels > MOST_CHANNELS:
        raise UsageError(
            f"{file} has {stream.channels} channels", f"Music has {MOST_CHANNELS} at most."
        )


def _song_samples(file: Path) -> Iterator[Float32Array]:
    """Its samples in stereo at 48 kHz, from the beginning."""
    with open_stream(file) as stream:
        yield from resample_blocks(map(to_stereo, stream.blocks), stream.rate)
