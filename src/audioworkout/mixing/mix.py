"""The `Mix`: everything that encoding needs for a file of any kind."""

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
    from audioworkout.dsp.arrays import Float32Array
    from audioworkout.mixing.stereo import Music

BITRATE = 96
"""Default bit rate of a mono file (kbit/s)."""
STEREO_BITRATE = 160
"""Default bit rate of a file with music (kbit/s)."""


class Mix(NamedTuple):
    """A timeline, its clips with their gains, and the background music.

    `kbps` is the bit rate of the file (kbit/s).
    """

    timeline: Timeline
    levels: LevelledClips
    music: Music | None
    kbps: int

    @property
    def channels(self) -> int:
        """2 with music, else 1."""
        return 1 if self.music is None else 2

    def blocks(self) -> Iterator[Float32Array]:
        """All samples in order, in blocks of one second of shape (samples, channels)."""
        from audioworkout.mixing.render import render_blocks
        from audioworkout.mixing.stereo import MIX_BLOCK, MIX_LIMIT, even_blocks, mix_blocks

        islands = plan_islands(self.timeline, self.levels.clips)
        if self.music is None:
            yield from even_blocks(render_blocks(islands), MIX_BLOCK * SAMPLES_PER_MS)
        else:
            yield from mix_blocks(islands, self.music, self.levels.limit or MIX_LIMIT)


def make_mix(
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    *,
    cache: Cache,
    volume: float = 1.0,
    music: Music | None = None,
    lossy: bool = True,
    own_words: bool = False,
) -> Mix:
    """Compute the gain of every clip and of the music.

    Args:
        timeline: When everything sounds.
        clips: The clip of every line and sound cue in the timeline.
        sound: Loudness and bit rate.
        cache: Where gains are stored between builds.
        volume: Level of speech relative to sound cues, as a factor; 1.0 is the default balance.
        music: Background music, or None; with music the file is stereo.
        lossy: The file is an MP3; its coding raises peaks, so the limiter is set lower.
        own_words: First and last words are the user's, and leave all other gains alone; not
            with music, which is one sound from end to end.
    """
    kbps = choose_bitrate(sound, stereo=music is not None)
    limited_for = kbps if lossy else None
    if music is None:
        levels = level_clips(
            timeline, clips, sound, volume, cache, limited_for, own_words=own_words
        )
        return Mix(timeline, levels, None, kbps)
    levels = level_clips_with_music(music, timeline, clips, sound, volume, cache, limited_for)
    return Mix(timeline, levels, music.with_gain(levels.make_up or 0.0), kbps)


def choose_bitrate(sound: Sound, *, stereo: bool) -> int:
    """The bit rate that was asked for, or the default (kbit/s)."""
    usual = STEREO_BITRATE if stereo else BITRATE
    return usual if sound.bitrate is None else sound.bitrate
