"""Songs: each file listened to once for its length and loudness, which are kept under its hash."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audioworkout.audio_io.sound_files import Stream, load_reader, open_stream
from audioworkout.dsp.downmix import MOST_CHANNELS, to_stereo
from audioworkout.dsp.loudness import SILENCE
from audioworkout.dsp.meter import Hops, running_hops
from audioworkout.dsp.resampling import resample_blocks, resampled_length
from audioworkout.errors import UsageError
from audioworkout.mixing.music_bed import Bed, Song, lasts_without_repeat
from audioworkout.mixing.music_files import find_music
from audioworkout.model.cache import Cache
from audioworkout.model.request import Sound
from audioworkout.prefetch import prefetch
from audioworkout.units import RATE, RATES, SECOND, Ms

if TYPE_CHECKING:
    from audioworkout.mixing.music_bed import Floats

SHELF = "music"
VERSION = 2
"""Changes whenever a file would be measured otherwise: part of every name."""

SHORTEST: Ms = SECOND
"""What is shorter is no music, and repeated would be a hum."""

_WORKERS = 2

Progress = Callable[[int, int], None]
"""Told how many seconds of the workout have music, and how long it is."""
Warn = Callable[[str], None]


def open_bed(
    files: Sequence[Path], sound: Sound, duration: Ms, cache: Cache, warn: Warn, progress: Progress
) -> Bed:
    """Music for a workout: as many of the files as it takes, in their order or shuffled.

    Of several files one that cannot be used is left out with a warning; a single one is refused.

    Args:
        files: As `find_music` gives them.
        sound: Whether and how to shuffle them, and how long they cross-fade.
        duration: Of the workout; what is not needed for it is not looked at.
        cache: Where what was measured is kept.
        warn: Told of files that are left out.
        progress: Told of every file that is measured.

    Raises:
        UsageError: There is no file that can be used.
        BuildError: No sound file can be read on this computer.
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
    return Bed(tuple(songs), sound.music_crossfade)


def _usable_songs(files: Sequence[Path], cache: Cache, warn: Warn) -> Iterator[Song]:
    """Files as songs, two being listened to at a time."""
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
    """A file as a song, measured now or known from before.

    Raises:
        UsageError: It is no sound, silent, too short, or of a kind that cannot be mixed.
        BuildError: No sound file can be read on this computer.
    """
    _check_opens(file)
    name = f"{_file_digest(file)}.{VERSION}"
    known = _parse_known(cache.get(SHELF, name))
    samples, hops = known or _measure_song(file)
    if known is None:
        parts = (hops.energies.astype("<f4"), hops.peaks.astype("<f4"))
        cache.put(SHELF, name, samples.to_bytes(8, "little") + b"".join(p.tobytes() for p in parts))
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
    """Refuse what cannot be read here, were it measured or not: before anything is mixed."""
    with open_stream(file) as stream:
        _check_stream(file, stream)


def _measure_song(file: Path) -> tuple[int, Hops]:
    """Its length at 48 kHz, and what is heard in every 100 ms of it."""
    count = 0

    def counted(blocks: Iterator[Floats]) -> Iterator[Floats]:
        nonlocal count
        for block in blocks:
            count += len(block)
            yield to_stereo(block)

    with open_stream(file) as stream:
        found = list(running_hops(counted(stream.blocks), stream.rate))
        energies = np.concatenate([np.zeros(0), *(hops.energies for hops in found)])
        peaks = np.concatenate([np.zeros(0, np.float32), *(hops.peaks for hops in found)])
        rounded = energies.astype("<f4").astype(np.float64)  # as it is kept
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


def _song_samples(file: Path) -> Iterator[Floats]:
    """Its samples in stereo at 48 kHz, from the beginning."""
    with open_stream(file) as stream:
        yield from resample_blocks(map(to_stereo, stream.blocks), stream.rate)
