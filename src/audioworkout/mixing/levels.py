"""Every clip of a workout at its level, kept between builds or worked out.

Without music, and with everything kept, this needs no numpy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.mixing.plan import (
    Programme,
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
from audioworkout.tones import VOICE_LEVEL

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


class Levelled(NamedTuple):
    """Takes at the level that brings the whole to its loudness.

    `loudness` is what the schedule gives, and `wanted` what was asked for (LUFS). `gain` is common
    to all takes (dB). `make_up` is what the music is raised by with them, and `limit` the limiter
    of both together; None where there is none.
    """

    takes: Mapping[Source, Take]
    loudness: float
    wanted: float
    gain: float
    make_up: float | None = None
    limit: Limit | None = None


def levelled(
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    volume: float,
    kept: Kept,
    kbps: int | None = None,
) -> Levelled:
    """The takes of a file without music.

    Args:
        timeline: When everything sounds.
        clips: What sounds.
        sound: Its loudness.
        volume: Level of speech against the sounds, 1.0 being the level they were made for.
        kept: Where levels are kept between builds.
        kbps: The bit rate of the file (kbit/s); None where nothing is lost.
    """
    wanted = MONO if sound.loudness is None else sound.loudness
    takes = takes_of(timeline, clips, volume)
    name = f"levels-{schedule_key(timeline, takes)}-{round(100 * wanted)}-{kbps}.txt"
    found = _kept(kept, name, takes)
    if found is None:
        from audioworkout.mixing.programme import programme
        from audioworkout.mixing.render import alone

        found = programme(timeline, takes, wanted, limit=alone(kbps))
        _keep(kept, name, takes, found)
    return Levelled(louder(takes, found.gains), found.loudness, wanted, found.common / 100)


def levelled_with(
    music: Music,
    timeline: Timeline,
    clips: Clips,
    sound: Sound,
    volume: float,
    kept: Kept,
    kbps: int | None = None,
) -> Levelled:
    """The takes of a file with music.

    Between words the music counts, so that the whole would be softer than without it. Words and
    music are raised together, so that what lies between them stays as it was asked for; beyond
    `MOST_UP` the music alone.
    """
    from audioworkout.mixing.stereo import passes, together

    wanted = STEREO if sound.loudness is None else sound.loudness
    takes = takes_of(timeline, clips, volume)
    energies = music.energies(timeline.duration_ms) / 2
    aside = _above(wanted, volume)
    limit = together(wanted, kbps)
    if passes(music.raised(MOST_UP), limit, timeline.duration_ms):
        limit = replace(limit, ceiling=limit.ceiling - _LOWER_FOR_HARD)
    about = f"{schedule_key(timeline, takes)} {wanted} {aside} {MOST_UP} {limit}".encode()
    name = f"levels-{hashlib.sha256(about + energies.tobytes()).hexdigest()[:32]}-music.txt"
    found = _kept(kept, name, takes)
    if found is None:
        found = _Search(music, timeline, takes, energies, aside, limit).found(wanted)
        _keep(kept, name, takes, found)
    loudness = found.loudness + TWO_CHANNELS
    make_up = found.beneath / 100 + aside
    takes = louder(takes, found.gains)
    return Levelled(takes, loudness, wanted, found.common / 100, make_up, limit)


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the levels of words and music together.

    `energies` are those of the music in one channel, every 100 ms. `aside` is how far words are
    above it already (dB).
    """

    music: Music
    timeline: Timeline
    takes: Mapping[Source, Take]
    energies: npt.NDArray[np.float64]
    aside: float
    limit: Limit

    def found(self, wanted: float) -> Programme:
        """A programme as loud as is wanted (LUFS), what the limiter takes from music given back."""
        target = wanted
        found = self.brought_to(target)
        for left in reversed(range(_PASSES)):
            there = self.heard(found)
            if there is None:
                break
            found = found._replace(loudness=there - TWO_CHANNELS)
            if abs(wanted - there) < _NEAR or not left:
                break
            target += wanted - there
            found = self.brought_to(target)
        return found

    def brought_to(self, target: float) -> Programme:
        """The programme with which the schedule gives a loudness (LUFS)."""
        from audioworkout.mixing.programme import programme

        return programme(
            self.timeline,
            self.takes,
            target - TWO_CHANNELS,
            lambda gain: self.energies * 10 ** ((gain + self.aside) / 10),
            self.limit,
            MOST_UP - self.aside,
        )

    def heard(self, found: Programme) -> float | None:
        """The loudness of one as it is mixed; None where the limiter leaves the music alone."""
        from audioworkout.mixing.stereo import loudness_of, passes

        raised = self.music.raised(found.beneath / 100 + self.aside)
        if not passes(raised, self.limit, self.timeline.duration_ms):
            return None
        return loudness_of(plan(self.timeline, louder(self.takes, found.gains)), raised, self.limit)


def _above(wanted: float, volume: float) -> float:
    """How far words are above those of a file as loud as `wanted`, before any gain (dB)."""
    spoken = VOICE_LEVEL + (20 * math.log10(volume) if volume > 0 else 0.0)
    return spoken + TWO_CHANNELS - (wanted + WORDS_ABOVE)


def _keep(kept: Kept, name: str, takes: Mapping[Source, Take], found: Programme) -> None:
    gains = [found.gains[source] for source in takes]
    kept.put(
        SHELF,
        name,
        (" ".join(map(str, (found.loudness, found.common, found.beneath, *gains))) + "\n").encode(),
    )


def _kept(kept: Kept, name: str, takes: Mapping[Source, Take]) -> Programme | None:
    """Levels as they were kept; None where there are none or they are not levels."""
    data = kept.get(SHELF, name)
    if not data or not data.endswith(b"\n"):
        return None
    try:
        loudness, *rest = data.split()
        common, beneath, *gains = map(int, rest)
        return Programme(dict(zip(takes, gains, strict=True)), common, beneath, float(loudness))
    except ValueError:
        return None
