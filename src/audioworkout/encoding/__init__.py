"""MP3 from a timeline and its clips, as one file or several: mono, 48 kHz, constant bit rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.encoding.frames import check_bitrate, frame_bytes, info_frame
from audioworkout.encoding.splicing import Progress, Spliced, splice
from audioworkout.encoding.whole import check_folder, write_whole
from audioworkout.mixing.excerpt import excerpt
from audioworkout.mixing.plan import (
    Millibels,
    Plan,
    Source,
    Take,
    louder,
    plan,
    schedule_key,
    takes_of,
)
from audioworkout.model.kept import Kept
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Clips, Timeline
from audioworkout.units import Ms

LOUDNESS = -19.0
"""Integrated loudness of a mono file where none was asked for (LUFS)."""
BITRATE = 96
"""Bit rate of a mono file where none was asked for (kbit/s)."""
SHELF = "levels"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    `size` is in bytes. `loudness` is the integrated loudness the schedule gives (LUFS; minus
    infinity for silence). `encoded` and `reused` count distinct islands.
    """

    path: Path
    size: int
    loudness: float
    encoded: int
    reused: int


def write_mp3(
    target: Path,
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    *,
    kept: Kept,
    volume: float = 1.0,
    tag: bytes = b"",
    progress: Progress = lambda done, total: None,
) -> Written:
    """Write the timeline as an MP3 whose every onset and whose length are exact to the sample.

    The same timeline, clips and settings give the same bytes, whether anything was kept or not.

    Args:
        target: Where the file goes; its folder exists.
        timeline: When everything sounds.
        clips: What sounds; every line and sound of the timeline is there.
        sound: Loudness and bit rate; what it says of music is not looked at here.
        kept: Where encoded islands and levels are kept between builds.
        volume: Level of speech against the sounds, 1.0 being the level they were made for.
        tag: What stands in front of the sound: an ID3 tag, or nothing.
        progress: Told of every island that had to be encoded.

    Raises:
        UsageError: No MP3 has this bit rate.
        OutputError: The file could not be written; an older one is untouched.
        BuildError: The encoder is missing or failed.
    """
    kbps = _bitrate(sound)
    check_folder(target)
    takes, loudness = _levelled(timeline, clips, sound, volume, kept)
    return _write(
        Track(target, 0, timeline.duration_ms, tag), timeline, takes, loudness, kbps, kept, progress
    )


@dataclass(frozen=True, slots=True)
class Track:
    """A stretch of a timeline as a file of its own: where it goes, from when to when, its tag."""

    target: Path
    start_ms: Ms
    end_ms: Ms
    tag: bytes = b""


def write_tracks(
    tracks: Sequence[Track],
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    *,
    kept: Kept,
    volume: float = 1.0,
    progress: Progress = lambda done, total: None,
) -> list[Written]:
    """Write stretches of a timeline as files that play one after the other without a gap.

    Levels are those of the whole, and each file is exact to the sample: decoded and joined they
    are the one file again. Every file appears whole or not at all; those before a failure stay.

    Args:
        tracks: In order; each a target whose folder exists.
        timeline: The whole.
        clips: As for `write_mp3`.
        sound: As for `write_mp3`.
        kept: As for `write_mp3`.
        volume: As for `write_mp3`.
        progress: Told of every track.

    Raises:
        UsageError: No MP3 has this bit rate.
        OutputError: A file could not be written; an older one is untouched.
        BuildError: The encoder is missing or failed.
    """
    kbps = _bitrate(sound)
    takes, loudness = _levelled(timeline, clips, sound, volume, kept)
    written = []
    for track in tracks:
        check_folder(track.target)
        part = excerpt(timeline, takes, track.start_ms, track.end_ms)
        written.append(_write(track, part, takes, loudness, kbps, kept, _unheard))
        progress(len(written), len(tracks))
    return written


def _unheard(done: int, total: int) -> None:
    """Progress nobody wants."""


def _bitrate(sound: Sound) -> int:
    kbps = BITRATE if sound.bitrate is None else sound.bitrate
    check_bitrate(kbps)
    return kbps


def _levelled(
    timeline: Timeline, clips: Clips, sound: Sound, volume: float, kept: Kept
) -> tuple[Mapping[Source, Take], float]:
    """Every take at the level that brings the whole to its loudness, and that loudness."""
    wanted = LOUDNESS if sound.loudness is None else sound.loudness
    takes = takes_of(timeline, clips, volume)
    gains, loudness = _levels(timeline, takes, wanted, kept)
    return louder(takes, gains), loudness


def _write(
    track: Track,
    timeline: Timeline,
    takes: Mapping[Source, Take],
    loudness: float,
    kbps: int,
    kept: Kept,
    progress: Progress,
) -> Written:
    layout = plan(timeline, takes)
    spliced = splice(layout, kbps, kept, progress)
    write_whole(track.target, _pieces(layout, spliced, kbps, track.tag))
    size = len(track.tag) + (layout.frames + 1) * frame_bytes(kbps)
    reused = len(spliced.islands) - spliced.encoded
    return Written(track.target, size, loudness, spliced.encoded, reused)


def _pieces(layout: Plan, spliced: Spliced, kbps: int, tag: bytes) -> Iterator[bytes | memoryview]:
    yield tag
    yield info_frame(kbps, layout.frames, layout.samples)
    yield from spliced.frames(layout, kbps)


def _levels(
    timeline: Timeline, takes: Mapping[Source, Take], wanted: float, kept: Kept
) -> tuple[Mapping[Source, Millibels], float]:
    """The gain of every source and the loudness they give together, kept or worked out."""
    name = f"levels-{schedule_key(timeline, takes)}-{round(100 * wanted)}.txt"
    known = _read(kept.get(SHELF, name))
    if known and len(known[0]) == len(takes):
        return dict(zip(takes, known[0], strict=True)), known[1]
    from audioworkout.mixing.programme import programme

    found = programme(timeline, takes, wanted)
    gains = [found.gains[source] for source in takes]
    kept.put(SHELF, name, (" ".join(map(str, (found.loudness, *gains))) + "\n").encode())
    return found.gains, found.loudness


def _read(data: bytes | None) -> tuple[list[Millibels], float] | None:
    """Levels as they were kept; None where there are none or they are not levels."""
    if not data or not data.endswith(b"\n"):
        return None
    try:
        loudness, *gains = data.split()
        return list(map(int, gains)), float(loudness)
    except ValueError:
        return None
