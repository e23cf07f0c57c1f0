"""Encodes a mix to MP3, as one file or several: 48 kHz, constant bit rate.

A mono file is spliced from cached islands; a stereo file (with music) is encoded as it is mixed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Self

from audioworkout.encoding.frames import check_bitrate, frame_size, info_frame
from audioworkout.encoding.splicing import Spliced, encode_islands
from audioworkout.encoding.streaming import CHANNELS, ReportSamples, encode_stream, stretch_lengths
from audioworkout.files import check_output, write_atomic
from audioworkout.mixing.excerpt import cut_excerpt
from audioworkout.mixing.islands import IslandPlan, frames_for, plan_islands
from audioworkout.mixing.mix import Mix
from audioworkout.model.cache import Cache
from audioworkout.model.callbacks import StepProgress
from audioworkout.model.timeline import Timeline
from audioworkout.units import RATE, SAMPLES_PER_MS, SECOND, Ms

Tag = Callable[[], bytes]


class BuildResult(NamedTuple):
    """The file that was written.

    `size` is in bytes. `loudness` is the computed integrated loudness (LUFS; minus infinity for
    silence), `wanted` the target. `gain` is what all clips have in common, `make_up` the gain of
    the music (dB; None without music). `encoded` and `reused` count distinct islands; both are 0
    with music.
    """

    path: Path
    size: int
    loudness: float
    wanted: float
    encoded: int = 0
    reused: int = 0
    gain: float = 0.0
    make_up: float | None = None

    @classmethod
    def of_mix(cls, mix: Mix, path: Path, size: int) -> Self:
        """The result for a file of `size` bytes written from a mix."""
        levels = mix.levels
        return cls(
            path, size, levels.loudness, levels.wanted, gain=levels.gain, make_up=levels.make_up
        )


def write_mp3(
    target: Path,
    mix: Mix,
    *,
    cache: Cache,
    tag: Tag = bytes,
    progress: StepProgress = lambda done, total: None,
) -> BuildResult:
    """Write a mix as an MP3 whose onsets and length are exact to the sample.

    The same mix gives the same bytes, whether anything was cached or not.

    Args:
        target: Path of the file; its folder exists.
        mix: Stereo if it has music.
        cache: Where encoded islands are stored between builds.
        tag: Returns the bytes in front of the sound: an ID3 tag, or nothing. It is called when the
            sound is ready, so that it may be built in the meantime.
        progress: Called after every island that is encoded; with music, after every second.

    Raises:
        UsageError: No MP3 has this bit rate.
        OutputError: The file could not be written; an older one is untouched.
        BuildError: The encoder is missing or failed.
    """
    check_bitrate(mix.kbps)
    check_output(target)
    duration = mix.timeline.duration_ms
    whole = Track(target, 0, duration, tag)
    if mix.music is None:
        return _splice_track(mix, whole, mix.timeline, cache, progress)
    (written,) = _stream_tracks(mix, [whole], _SecondsProgress(duration, progress))
    return written


def encode_ahead(
    mix: Mix, *, cache: Cache, progress: StepProgress = lambda done, total: None
) -> None:
    """Encode and store the islands of a mix, of which no file is written.

    A file that has them in common is then made without encoding them again. A mix with music has
    none.

    Raises:
        UsageError: No MP3 has this bit rate.
        BuildError: The encoder is missing or failed.
    """
    check_bitrate(mix.kbps)
    if mix.music is None:
        encode_islands(plan_islands(mix.timeline, mix.levels.clips), mix.kbps, cache, progress)


class Track(NamedTuple):
    """A section of a timeline that becomes a file: its path, start, end and tag."""

    target: Path
    start_ms: Ms
    end_ms: Ms
    tag: Tag = bytes


def write_tracks(
    tracks: Sequence[Track],
    mix: Mix,
    *,
    cache: Cache,
    progress: StepProgress = lambda done, total: None,
) -> list[BuildResult]:
    """Write sections of a mix as files that play one after the other without a gap.

    Gains are those of the whole, and each file is exact to the sample: decoded and joined, they are
    equal to the single file. Every file appears whole or not at all; after a failure the files
    before it stay.

    Args:
        tracks: In order; the folders of their paths exist.
        mix: The whole workout.
        cache: As for `write_mp3`.
        progress: Called after every track.

    Raises:
        UsageError: No MP3 has this bit rate.
        OutputError: A file could not be written; an older one is untouched.
        BuildError: The encoder is missing or failed.
    """
    check_bitrate(mix.kbps)
    written = []
    for each in _encode_tracks(mix, tracks, cache):
        written.append(each)
        progress(len(written), len(tracks))
    return written


def _encode_tracks(mix: Mix, tracks: Sequence[Track], cache: Cache) -> Iterator[BuildResult]:
    """Write the tracks one after the other."""
    if mix.music is not None:
        yield from _stream_tracks(mix, tracks, lambda samples: None)
        return
    for track in tracks:
        check_output(track.target)
        part = cut_excerpt(mix.timeline, mix.levels.clips, track.start_ms, track.end_ms)
        yield _splice_track(mix, track, part, cache, lambda done, total: None)


def _splice_track(
    mix: Mix, track: Track, timeline: Timeline, cache: Cache, progress: StepProgress
) -> BuildResult:
    """Write a mono file of a timeline, which is the whole or an excerpt."""
    layout = plan_islands(timeline, mix.levels.clips)
    spliced = encode_islands(layout, mix.kbps, cache, progress)
    tag = track.tag()
    write_atomic(track.target, _file_pieces(layout, spliced, mix.kbps, tag))
    reused = len(spliced.islands) - spliced.encoded
    written = _write_track(mix, track.target, len(tag), layout.frames)
    return written._replace(encoded=spliced.encoded, reused=reused)


def _file_pieces(
    layout: IslandPlan, spliced: Spliced, kbps: int, tag: bytes
) -> Iterator[bytes | memoryview]:
    yield tag
    yield info_frame(kbps, layout.frames, layout.samples)
    yield from spliced.frames(layout, kbps)


def _stream_tracks(
    mix: Mix, tracks: Sequence[Track], report: ReportSamples
) -> Iterator[BuildResult]:
    """Write stereo files: one mix of the whole, cut at the edges of the tracks."""
    from audioworkout.mixing.stereo import MIX_LIMIT, cut_blocks, mix_blocks

    assert mix.music is not None
    limit = mix.levels.limit or MIX_LIMIT
    blocks = mix_blocks(plan_islands(mix.timeline, mix.levels.clips), mix.music, limit)
    borders = [(each.start_ms * SAMPLES_PER_MS, each.end_ms * SAMPLES_PER_MS) for each in tracks]
    stretches = cut_blocks(blocks, stretch_lengths(borders))
    for track, (start, end) in zip(tracks, borders, strict=True):
        check_output(track.target)
        deque(next(stretches), maxlen=0)  # skip the sound between the tracks
        frames = frames_for(end - start)
        tag = track.tag()
        head = tag + info_frame(mix.kbps, frames, end - start, CHANNELS)
        body = encode_stream(next(stretches), end - start, mix.kbps, report)
        write_atomic(track.target, chain((head,), body))
        yield _write_track(mix, track.target, len(tag), frames)


def _write_track(mix: Mix, target: Path, tag: int, frames: int) -> BuildResult:
    size = tag + (frames + 1) * frame_size(mix.kbps)
    return BuildResult.of_mix(mix, target, size)


class _SecondsProgress:
    """Converts a count of samples into a report of seconds, of a file of `duration` ms."""

    def __init__(self, duration: Ms, progress: StepProgress) -> None:
        self._total = -(-duration // SECOND)
        self._samples = 0
        self._progress = progress

    def __call__(self, samples: int) -> None:
        self._samples += samples
        self._progress(min(-(-self._samples // RATE), self._total), self._total)
