"""The seven sounds of a workout as data, and the samples made from them.

numpy is imported only when samples are asked for, so that the table and the level are free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audioworkout.model.script import SoundName
from audioworkout.model.timeline import LEAD
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

VOICE_LEVEL = -20.0
"""Clip loudness for which the sounds are made: that of the voice they stand beside (LUFS)."""

ATTACK: Ms = 10
RELEASE: Ms = 30
"""Raised-cosine edges: no click, and sharp enough to be on the beat."""


class Note(NamedTuple):
    """One pitch (hertz), from `at` for `lasts` ms."""

    hertz: float
    at: Ms
    lasts: Ms


class Tone(NamedTuple):
    """A sound: its notes, its overtones, and how loud it is against the voice.

    `harmonics` are the amplitudes of the fundamental and its multiples; `level` is in dB.
    """

    notes: tuple[Note, ...]
    harmonics: tuple[float, ...] = (1.0,)
    level: float = 0.0


TONES: dict[SoundName, Tone] = {
    "ready": Tone((Note(880.0, 0, 120),), harmonics=(1.0, 0.5, 0.25)),
    "go": Tone((Note(1_320.0, 0, 450),)),
    "tick": Tone((Note(1_000.0, 0, 35),), level=-12.0),
    "pulse": Tone((Note(1_500.0, 0, 30),), level=-12.0),
    "half": Tone((Note(988.0, 0, 80), Note(988.0, 200, 80))),
    "end": Tone((Note(1_175.0, 0, 150), Note(880.0, 150, 250))),
    "finish": Tone((Note(880.0, 0, 300), Note(1_109.0, 300, 300), Note(1_320.0, 600, 600))),
}
"""Fundamentals lie within 0.8-2 kHz, where phone speakers are loud."""


def render_tone(name: SoundName) -> npt.NDArray[np.float32]:
    """Samples of a sound, mono at 48 kHz, its onset exactly `LEAD` ms after the first sample.

    Its clip loudness is `VOICE_LEVEL` plus the sound's own level.
    """
    import numpy as np

    from audioworkout.dsp.loudness import audible_extent, clip_loudness, from_decibels

    score = TONES[name]
    wave = mix_notes(score)
    onset, _ = audible_extent(wave)
    clip = np.pad(wave, (LEAD * SAMPLES_PER_MS - onset, 0))
    gain = from_decibels(VOICE_LEVEL + score.level - clip_loudness(clip))
    return (clip * gain).astype(np.float32)


def mix_notes(score: Tone) -> npt.NDArray[np.float64]:
    """The notes at their places, each at full level; not yet scaled."""
    import numpy as np

    length = max(note.at + note.lasts for note in score.notes) * SAMPLES_PER_MS
    wave = np.zeros(length)
    for note in score.notes:
        first, count = note.at * SAMPLES_PER_MS, note.lasts * SAMPLES_PER_MS
        wave[first : first + count] += _note_envelope(count) * _note_waveform(
            note.hertz, score, count
        )
    return wave


def _note_waveform(hertz: float, score: Tone, count: int) -> npt.NDArray[np.float64]:
    import numpy as np

    phase = 2 * np.pi * hertz * np.arange(count) / RATE
    parts = [level * np.sin(number * phase) for number, level in enumerate(score.harmonics, 1)]
    wave: npt.NDArray[np.float64] = np.sum(parts, axis=0)
    return wave


def _note_envelope(count: int) -> npt.NDArray[np.float64]:
    """Rises in `ATTACK`, falls in `RELEASE`, or in what a very short note has left for it."""
    import numpy as np

    rise = ATTACK * SAMPLES_PER_MS
    fall = min(RELEASE * SAMPLES_PER_MS, count - rise)
    level = np.ones(count)
    level[:rise] = np.sin(np.linspace(0, np.pi / 2, rise, endpoint=False)) ** 2
    level[count - fall :] = np.cos(np.linspace(0, np.pi / 2, fall, endpoint=False)) ** 2
    return level
