"""Everything that a file needs: what is heard, when, and how loud.

What mixing hands to encoding, whatever kind of file is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.mixing.islands import plan_islands
from audioworkout.mixing.levels import LevelledClips, level_clips, level_clips_with_music
from audioworkout.model.cache import Cache
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Clips, Timeline
from audioworkout.units import SAMPLES_PER_MS

if TYPE_CHECKING:
    from audioworkout.mixing.stereo import Floats, Music

BITRATE = 96
"""Bit rate of a mono file where none was asked for (kbit/s)."""
STEREO_BITRATE = 160
"""The same with music."""


class Mix(NamedTuple):
    """A workout at its levels: a timeline, its clips with their gains, and the music beneath.

    `kbps` is the bit rate of the file (kbit/s), which decides how hard peaks are limited where the
    file is `lossy`.
    """

    timeline: Timeline
    levels: LevelledClips
    music: Music | None
    kbps: int

    @property
    def channels(self) -> int:
        """Stereo with music, else mono."""
        return 1 if self.music is None else 2

    def blocks(self) -> Iterator[Floats]:
        """All samples in order, in blocks of two seconds of shape (samples, channels)."""
        from audioworkout.mixing.render import render_blocks
        from audioworkout.mixing.stereo import BLOCK, TOGETHER, even_blocks, mix_blocks

        islands = plan_islands(self.timeline, self.levels.takes)
        if self.music is None:
            yield from even_blocks(render_blocks(islands), BLOCK * SAMPLES_PER_MS)
        else:
            yield from mix_blocks(islands, self.music, self.levels.limit or TOGETHER)


def make_mix(
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    *,
    cache: Cache,
    volume: float = 1.0,
    music: Music | None = None,
    lossy: bool = True,
) -> Mix:
    """Bring every clip, and the music, to its level.

    Args:
        timeline: When everything sounds.
        clips: What sounds; every line and sound of the timeline is there.
        sound: Loudness and bit rate.
        cache: Where levels are kept between builds.
        volume: Level of speech against the sounds, 1.0 being the level they were made for.
        music: What plays beneath; with it the file is stereo.
        lossy: The file is an MP3, whose coding raises peaks.
    """
    kbps = choose_bitrate(sound, stereo=music is not None)
    limited_for = kbps if lossy else None
    if music is None:
        levels = level_clips(timeline, clips, sound, volume, cache, limited_for)
        return Mix(timeline, levels, None, kbps)
    levels = level_clips_with_music(music, timeline, clips, sound, volume, cache, limited_for)
    return Mix(timeline, levels, music.raised(levels.make_up or 0.0), kbps)


def choose_bitrate(sound: Sound, *, stereo: bool) -> int:
    """The bit rate that was asked for, or the usual one (kbit/s)."""
    usual = STEREO_BITRATE if stereo else BITRATE
    return usual if sound.bitrate is None else sound.bitrate
