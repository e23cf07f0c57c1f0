"""Gives every clip of a workout its final gain, from the cache or computed.

Without music, and with everything cached, numpy is not needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.dsp.tones import VOICE_LEVEL
from audioworkout.mixing.excerpt import cut_excerpt
from audioworkout.mixing.islands import (
    MIX,
    ClipSource,
    GainedClip,
    GainSolution,
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
    from audioworkout.dsp.arrays import Float64Array
    from audioworkout.mixing.render import Limit
    from audioworkout.mixing.stereo import Music

BUCKET = "levels"

MONO_LOUDNESS = -19.0
"""Default integrated loudness of a mono file (LUFS)."""
STEREO_LOUDNESS = -16.0
"""The default for stereo: two equal channels measure 3 dB more than one, and sound equally loud."""
SECOND_CHANNEL = 10 * math.log10(2)
"""What a second channel with the same sound adds to the loudness (LU)."""

MAX_MAKE_UP = 3.0
"""Limit of the gain for speech that balances the softer music between words (dB): with more, its
peaks would be limited too hard. Beyond it only the music is raised."""

VOICE_ABOVE_MIX = 1.5
"""Loudness of speech above that of the whole mix, whose pauses count too (LU; measured)."""


_PASSES = 3
"""How often a mix is rendered to be measured, at most; each takes a third of a build with music."""
_LOWER_FOR_HARD = 0.75
"""How much more coding raises the peaks of music that was limited hard (dB; measured)."""
_TOLERANCE = 0.2
"""A loudness this close to the target is good enough (LU)."""


class LevelledClips(NamedTuple):
    """Clips with the gains that bring the mix to its loudness.

    `loudness` is the computed integrated loudness, and `wanted` the target (LUFS). `gain` is what
    all clips have in common (dB). `make_up` is the gain of the music (dB), and `limit` the limiter
    of voice and music together; both None without music.
    """

    clips: Mapping[ClipSource, GainedClip]
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
    *,
    own_words: bool = False,
) -> LevelledClips:
    """The clips of a file without music, at their gains.

    Args:
        timeline: When everything sounds.
        clips: The clip of every line and sound cue in the timeline.
        sound: Holds the loudness target.
        volume: Level of speech relative to sound cues, as a factor.
        cache: Where gains are stored between builds.
        kbps: Bit rate of the file (kbit/s); None for a lossless file.
        own_words: First and last words are the user's: the gains are those of what lies
            between, so that it is the same sound for everybody.
    """
    wanted = MONO_LOUDNESS if sound.loudness is None else sound.loudness
    gained = gain_clips(timeline, clips, volume)
    if own_words:
        body = _cut_body(timeline, gained)
        levels = level_clips(body, clips, sound, volume, cache, kbps)
        others = {each: clip for each, clip in gained.items() if each not in levels.clips}
        common = round(100 * levels.gain)
        added = with_gains(others, _match_clips(others, common, kbps, cache))
        return levels._replace(clips={**levels.clips, **added})
    name = f"levels-{schedule_key(timeline, gained)}-{round(100 * wanted)}-{kbps}.txt"
    found = _load_levels(cache, name, gained)
    if found is None:
        from audioworkout.mixing.gains import solve_gains
        from audioworkout.mixing.render import voice_limit

        found = solve_gains(timeline, gained, wanted, limit=voice_limit(kbps))
        _cache_levels(cache, name, gained, found)
    levelled = with_gains(gained, found.gains)
    return LevelledClips(levelled, found.loudness, wanted, found.common / 100)


def _cut_body(timeline: Timeline, clips: Mapping[ClipSource, GainedClip]) -> Timeline:
    """What lies between first and last words, as a timeline of its own."""
    inside = [span for span in timeline.spans if span.kind not in ("intro", "outro")]
    start, end = inside[0].start_ms, inside[-1].end_ms
    body = cut_excerpt(timeline, clips, start, end)
    events = tuple(event for event in body.events if 0 <= event.start_ms < end - start)
    return body._replace(events=events)


def _match_clips(
    clips: Mapping[ClipSource, GainedClip], common: int, kbps: int | None, cache: Cache
) -> dict[ClipSource, int]:
    """The gain of each clip beside others at a common gain; each is found once and cached."""
    names = {
        source: f"match-{short_digest(f'{MIX} {clip.digest} {clip.gain} {common} {kbps}'.encode())}"
        for source, clip in clips.items()
    }
    found = {}
    for source, name in names.items():
        with suppress(ValueError):
            found[source] = int(cache.get(BUCKET, f"{name}.txt") or b"")
    missing = {source: clip for source, clip in clips.items() if source not in found}
    if missing:
        from audioworkout.mixing.gains import match_gains
        from audioworkout.mixing.render import voice_limit

        for source, gain in match_gains(missing, common, voice_limit(kbps)).items():
            cache.put(BUCKET, f"{names[source]}.txt", f"{gain}\n".encode())
            found[source] = gain
    return found


def level_clips_with_music(
    music: Music,
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    volume: float,
    cache: Cache,
    kbps: int | None = None,
) -> LevelledClips:
    """The clips of a file with music, at their gains.

    The music between words counts too, and would make the mix softer than without it. So speech and
    music are raised together, which keeps their balance; beyond `MAX_MAKE_UP` the music alone.
    """
    from audioworkout.mixing.stereo import mix_limit, music_passes_ceiling

    wanted = STEREO_LOUDNESS if sound.loudness is None else sound.loudness
    gained = gain_clips(timeline, clips, volume)
    energies = music.energies(timeline.duration_ms) / 2
    voice_offset = _voice_offset(wanted, volume)
    limit = mix_limit(wanted, kbps)
    if music_passes_ceiling(music.with_gain(MAX_MAKE_UP), limit, timeline.duration_ms):
        limit = replace(limit, ceiling=limit.ceiling - _LOWER_FOR_HARD)
    context = (
        f"{schedule_key(timeline, gained)} {wanted} {voice_offset} {MAX_MAKE_UP} {limit}".encode()
    )
    name = f"levels-{short_digest(context + energies.tobytes())}-music.txt"
    found = _load_levels(cache, name, gained)
    if found is None:
        found = _LevelSearch(music, timeline, gained, energies, voice_offset, limit).solve(wanted)
        _cache_levels(cache, name, gained, found)
    loudness = found.loudness + SECOND_CHANNEL
    make_up = found.music_gain / 100 + voice_offset
    levelled = with_gains(gained, found.gains)
    return LevelledClips(levelled, loudness, wanted, found.common / 100, make_up, limit)


class _LevelSearch(NamedTuple):
    """Finds the gains of speech and music together.

    `energies` are those of one channel of the music, every 100 ms. `voice_offset` is the gain that
    the music gets besides the common gain, to keep its distance to the voice (dB).
    """

    music: Music
    timeline: Timeline
    clips: Mapping[ClipSource, GainedClip]
    energies: Float64Array
    voice_offset: float
    limit: Limit

    def solve(self, wanted: float) -> GainSolution:
        """Gains with which the mix measures `wanted` (LUFS) after the limiter."""
        target = wanted
        found = self.solve_for(target)
        for left in reversed(range(_PASSES)):
            measured = self.measure(found)
            if measured is None:
                break
            found = found._replace(loudness=measured - SECOND_CHANNEL)
            if abs(wanted - measured) < _TOLERANCE or not left:
                break
            target += wanted - measured
            found = self.solve_for(target)
        return found

    def solve_for(self, target: float) -> GainSolution:
        """Gains with which the computed loudness is `target` (LUFS)."""
        from audioworkout.mixing.gains import solve_gains

        return solve_gains(
            self.timeline,
            self.clips,
            target - SECOND_CHANNEL,
            lambda gain: self.energies * 10 ** ((gain + self.voice_offset) / 10),
            self.limit,
            MAX_MAKE_UP - self.voice_offset,
        )

    def measure(self, found: GainSolution) -> float | None:
        """Loudness of the rendered mix (LUFS); None if the limiter leaves the music unchanged."""
        from audioworkout.mixing.stereo import measure_mix, music_passes_ceiling

        raised = self.music.with_gain(found.music_gain / 100 + self.voice_offset)
        if not music_passes_ceiling(raised, self.limit, self.timeline.duration_ms):
            return None
        return measure_mix(
            plan_islands(self.timeline, with_gains(self.clips, found.gains)), raised, self.limit
        )


def _voice_offset(wanted: float, volume: float) -> float:
    """How far speech is above that of a mix with the loudness `wanted`, before any gain (dB)."""
    spoken = VOICE_LEVEL + (20 * math.log10(volume) if volume > 0 else 0.0)
    return spoken + SECOND_CHANNEL - (wanted + VOICE_ABOVE_MIX)


def _cache_levels(
    cache: Cache, name: str, clips: Mapping[ClipSource, GainedClip], found: GainSolution
) -> None:
    gains = [found.gains[source] for source in clips]
    numbers = (found.loudness, found.common, found.music_gain, *gains)
    cache.put(BUCKET, name, (" ".join(map(str, numbers)) + "\n").encode())


def _load_levels(
    cache: Cache, name: str, clips: Mapping[ClipSource, GainedClip]
) -> GainSolution | None:
    """Gains from the cache; None if there are none or they are not valid."""
    data = cache.get(BUCKET, name)
    if not data or not data.endswith(b"\n"):
        return None
    try:
        loudness, *rest = data.split()
        common, music_gain, *each = map(int, rest)
        gains = dict(zip(clips, each, strict=True))
        return GainSolution(gains, common, music_gain, float(loudness))
    except ValueError:
        return None
