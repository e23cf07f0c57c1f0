"""One MP3 from a timeline and its clips: mono, 48 kHz, constant bit rate, exact to the sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioworkout.encoding.frames import check_bitrate, frame_bytes, info_frame
from audioworkout.encoding.splice import Progress, Spliced, splice
from audioworkout.encoding.whole import check_folder, write_whole
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
    kbps = BITRATE if sound.bitrate is None else sound.bitrate
    check_bitrate(kbps)
    check_folder(target)
    wanted = LOUDNESS if sound.loudness is None else sound.loudness
    takes = takes_of(timeline, clips, volume)
    gains, loudness = _levels(timeline, takes, wanted, kept)
    layout = plan(timeline, louder(takes, gains))
    spliced = splice(layout, kbps, kept, progress)
    write_whole(target, _pieces(layout, spliced, kbps, tag))
    size = len(tag) + (layout.frames + 1) * frame_bytes(kbps)
    reused = len(spliced.islands) - spliced.encoded
    return Written(target, size, loudness, spliced.encoded, reused)


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
    kept.put(SHELF, name, " ".join(map(str, (found.loudness, *gains))).encode())
    return found.gains, found.loudness


def _read(data: bytes | None) -> tuple[list[Millibels], float] | None:
    """Levels as they were kept; None where there are none or they are not levels."""
    try:
        loudness, *gains = (data or b"").split()
        return list(map(int, gains)), float(loudness)
    except ValueError:
        return None
