"""Every clip of a workout at its level, kept between builds or worked out.

Without music, and with everything kept, this needs no numpy.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.dsp.tones import VOICE_LEVEL
from audioworkout.mixing.islands import (
    GainedClip,
    GainSolution,
    Source,
    gain_clips,
    plan_islands,
    schedule_key,
    with_gains,
)
from audioworkout.model.cache import Cache
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Clips, Timeline
from audioworkout.text import short_digest

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from audioworkout.mixing.render import Limit
    from audioworkout.mixing.stereo import Music

SHELF = "levels"

MONO = -19.0
"""Integrated loudness of a mono file where none was asked for (LUFS)."""
STEREO = -16.0
"""The same in stereo: two equal channels read 3 dB more than one, and sound alike."""
TWO_CHANNELS = 10 * math.log10(2)
"""What a second channel with the same sound adds to a loudness (LU)."""

MOST_UP = 3.0
"""No more than this are words raised for the sake of the music between them (dB): louder, their
peaks would be squashed. What is missing then is taken from the music alone."""

WORDS_ABOVE = 1.5
"""Words are so much louder than the programme they make, whose pauses count too (LU; measured)."""


_PASSES = 3
"""Times a mix is listened to at most, of which each takes a third of a build with music."""
_LOWER_FOR_HARD = 0.75
"""Coding raises peaks of what was limited hard by so much more (dB; M)."""
_NEAR = 0.2
"""A loudness this near to the wanted one is left (LU)."""


class LevelledClips(NamedTuple):
    """Takes at the level that brings the whole to its loudness.

    `loudness` is what the schedule gives, and `wanted` what was asked for (LUFS). `gain` is common
    to all takes (dB). `make_up` is what the music is raised by with them, and `limit` the limiter
    of both together; None where there is none.
    """

    takes: Mapping[Source, GainedClip]
    loudness: float
    wanted: float
    gain: float
    make_up: float | None = None
    limit: Limit | None = None


def level_clips(
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    volume: float,
    cache: Cache,
    kbps: int | None = None,
) -> LevelledClips:
    """The takes of a file without music.

    Args:
        timeline: When everything sounds.
        clips: What sounds.
        sound: Its loudness.
        volume: Level of speech against the sounds, 1.0 being the level they were made for.
        cache: Where levels are kept between builds.
        kbps: The bit rate of the file (kbit/s); None where nothing is lost.
    """
    wanted = MONO if sound.loudness is None else sound.loudness
    takes = gain_clips(timeline, clips, volume)
    name = f"levels-{schedule_key(timeline, takes)}-{round(100 * wanted)}-{kbps}.txt"
    found = _load_levels(cache, name, takes)
    if found is None:
        from audioworkout.mixing.gains import solve_gains
        from audioworkout.mixing.render import voice_limit

        found = solve_gains(timeline, takes, wanted, limit=voice_limit(kbps))
        _cache_levels(cache, name, takes, found)
    return LevelledClips(with_gains(takes, found.gains), found.loudness, wanted, found.common / 100)


def level_clips_with_music(
    music: Music,
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    volume: float,
    cache: Cache,
    kbps: int | None = None,
) -> LevelledClips:
    """The takes of a file with music.

    Between words the music counts, so that the whole would be softer than without it. Words and
    music are raised together, so that what lies between them stays as it was asked for; beyond
    `MOST_UP` the music alone.
    """
    from audioworkout.mixing.stereo import mix_limit, music_passes_ceiling

    wanted = STEREO if sound.loudness is None else sound.loudness
    takes = gain_clips(timeline, clips, volume)
    energies = music.energies(timeline.duration_ms) / 2
    aside = _words_above(wanted, volume)
    limit = mix_limit(wanted, kbps)
    if music_passes_ceiling(music.raised(MOST_UP), limit, timeline.duration_ms):
        limit = replace(limit, ceiling=limit.ceiling - _LOWER_FOR_HARD)
    context = f"{schedule_key(timeline, takes)} {wanted} {aside} {MOST_UP} {limit}".encode()
    name = f"levels-{short_digest(context + energies.tobytes())}-music.txt"
    found = _load_levels(cache, name, takes)
    if found is None:
        found = _LevelSearch(music, timeline, takes, energies, aside, limit).found(wanted)
        _cache_levels(cache, name, takes, found)
    loudness = found.loudness + TWO_CHANNELS
    make_up = found.beneath / 100 + aside
    takes = with_gains(takes, found.gains)
    return LevelledClips(takes, loudness, wanted, found.common / 100, make_up, limit)


@dataclass(frozen=True, slots=True)
class _LevelSearch:
    """Looks for the levels of words and music together.

    `energies` are those of the music in one channel, every 100 ms. `aside` is how far words are
    above it already (dB).
    """

    music: Music
    timeline: Timeline
    takes: Mapping[Source, GainedClip]
    energies: npt.NDArray[np.float64]
    aside: float
    limit: Limit

    def found(self, wanted: float) -> GainSolution:
        """A programme as loud as is wanted (LUFS), what the limiter takes from music given back."""
        target = wanted
        found = self.solve_for(target)
        for left in reversed(range(_PASSES)):
            there = self.heard(found)
            if there is None:
                break
            found = found._replace(loudness=there - TWO_CHANNELS)
            if abs(wanted - there) < _NEAR or not left:
                break
            target += wanted - there
            found = self.solve_for(target)
        return found

    def solve_for(self, target: float) -> GainSolution:
        """The programme with which the schedule gives a loudness (LUFS)."""
        from audioworkout.mixing.gains import solve_gains

        return solve_gains(
            self.timeline,
            self.takes,
            target - TWO_CHANNELS,
            lambda gain: self.energies * 10 ** ((gain + self.aside) / 10),
            self.limit,
            MOST_UP - self.aside,
        )

    def heard(self, found: GainSolution) -> float | None:
        """The loudness of one as it is mixed; None where the limiter leaves the music alone."""
        from audioworkout.mixing.stereo import measure_mix, music_passes_ceiling

        raised = self.music.raised(found.beneath / 100 + self.aside)
        if not music_passes_ceiling(raised, self.limit, self.timeline.duration_ms):
            return None
        return measure_mix(
            plan_islands(self.timeline, with_gains(self.takes, found.gains)), raised, self.limit
        )


def _words_above(wanted: float, volume: float) -> float:
    """How far words are above those of a file as loud as `wanted`, before any gain (dB)."""
    spoken = VOICE_LEVEL + (20 * math.log10(volume) if volume > 0 else 0.0)
    return spoken + TWO_CHANNELS - (wanted + WORDS_ABOVE)


def _cache_levels(
    cache: Cache, name: str, takes: Mapping[Source, GainedClip], found: GainSolution
) -> None:
    gains = [found.gains[source] for source in takes]
    cache.put(
        SHELF,
        name,
        (" ".join(map(str, (found.loudness, found.common, found.beneath, *gains))) + "\n").encode(),
    )


def _load_levels(
    cache: Cache, name: str, takes: Mapping[Source, GainedClip]
) -> GainSolution | None:
    """Levels as they were kept; None where there are none or they are not levels."""
    data = cache.get(SHELF, name)
    if not data or not data.endswith(b"\n"):
        return None
    try:
        loudness, *rest = data.split()
        common, beneath, *gains = map(int, rest)
        return GainSolution(dict(zip(takes, gains, strict=True)), common, beneath, float(loudness))
    except ValueError:
        return None
