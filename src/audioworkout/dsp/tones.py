"""The seven sound cues and the bells of a calm workout as tables, and their synthesis.

numpy is imported only when samples are made, so that the table and the level cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audioworkout.model.script import SoundName
from audioworkout.model.timeline import LEAD
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms

if TYPE_CHECKING:
    from audioworkout.dsp.arrays import Float32Array, Float64Array

VOICE_LEVEL = -20.0
"""Loudness of the voice that the sound cues are matched to (LUFS)."""

ATTACK: Ms = 10
RELEASE: Ms = 30
"""Raised-cosine edges: no click, and short enough for an exact beat."""


class Note(NamedTuple):
    """One pitch (Hz), from `at` for `lasts` ms."""

    hertz: float
    at: Ms
    lasts: Ms


class Tone(NamedTuple):
    """A sound cue: notes, overtones, and its level relative to the voice.

    `partials` are (multiple of the pitch, amplitude); `level` is in dB. `decay`: the time in which
    a struck note falls by 20 dB (ms); 0 for a note that is held.
    """

    notes: tuple[Note, ...]
    partials: tuple[tuple[float, float], ...] = ((1, 1.0),)
    level: float = 0.0
    decay: Ms = 0


TONES: dict[SoundName, Tone] = {
    "ready": Tone((Note(880.0, 0, 120),), ((1, 1.0), (2, 0.5), (3, 0.25))),
    "go": Tone((Note(1_320.0, 0, 450),)),
    "tick": Tone((Note(1_000.0, 0, 35),), level=-12.0),
    "pulse": Tone((Note(1_500.0, 0, 30),), level=-12.0),
    "half": Tone((Note(988.0, 0, 80), Note(988.0, 200, 80))),
    "end": Tone((Note(1_175.0, 0, 150), Note(880.0, 150, 250))),
    "finish": Tone((Note(880.0, 0, 300), Note(1_109.0, 300, 300), Note(1_320.0, 600, 600))),
}
"""Fundamentals lie within 0.8-2 kHz, where phone speakers are loud."""

_BELL = ((1, 1.0), (2, 0.4), (2.76, 0.2))
"""Strike tone, octave, and the second mode of a struck bar (2.756 times the first)."""

BELLS: dict[SoundName, Tone] = {
    "ready": Tone((Note(880.0, 0, 250),), _BELL, -6.0, 150),
    "go": Tone((Note(1_047.0, 0, 1_000),), _BELL, -3.0, 600),
    "half": Tone((Note(988.0, 0, 500),), _BELL, -6.0, 300),
    "end": Tone((Note(880.0, 0, 900),), _BELL, -3.0, 550),
    "finish": Tone(
        (Note(1_047.0, 0, 2_400), Note(880.0, 800, 1_600)), _BELL, level=-3.0, decay=1_200
    ),
}
"""In place of those of `TONES` where the mood is calm; ticks and pulses stay as they are."""


def render_tone(score: Tone) -> Float32Array:
    """Samples of a sound cue, mono at 48 kHz, with its onset exactly `LEAD` ms after the start.

    Its clip loudness is `VOICE_LEVEL` plus the level of the tone.
    """
    import numpy as np

    from audioworkout.dsp.loudness import audible_extent, clip_loudness, from_decibels

    wave = mix_notes(score)
    onset, _ = audible_extent(wave)
    clip = np.pad(wave, (LEAD * SAMPLES_PER_MS - onset, 0))
    gain = from_decibels(VOICE_LEVEL + score.level - clip_loudness(clip))
    return (clip * gain).astype(np.float32)


def mix_notes(score: Tone) -> Float64Array:
    """The sum of the notes at their times, each at full level; not yet scaled."""
    import numpy as np

    length = max(note.at + note.lasts for note in score.notes) * SAMPLES_PER_MS
    wave = np.zeros(length)
    for note in score.notes:
        first, count = note.at * SAMPLES_PER_MS, note.lasts * SAMPLES_PER_MS
        wave[first : first + count] += _note_envelope(count, score.decay) * _note_waveform(
            note.hertz, score, count
        )
    return wave


def _note_waveform(hertz: float, score: Tone, count: int) -> Float64Array:
    import numpy as np

    phase = 2 * np.pi * hertz * np.arange(count) / RATE
    parts = [level * np.sin(multiple * phase) for multiple, level in score.partials]
    wave: Float64Array = np.sum(parts, axis=0)
    return wave


def _note_envelope(count: int, decay: Ms) -> Float64Array:
    """Rises during `ATTACK`, falls during `RELEASE`, or less in a very short note.

    In between it is constant, or falls by 20 dB in `decay` ms if that is not 0.
    """
    import numpy as np

    rise = ATTACK * SAMPLES_PER_MS
    fall = min(RELEASE * SAMPLES_PER_MS, count - rise)
    level = np.ones(count)
    if decay:
        level = 10.0 ** (-np.arange(count) / (decay * SAMPLES_PER_MS))
    level[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise, endpoint=False)) ** 2
    level[count - fall :] *= np.cos(np.linspace(0, np.pi / 2, fall, endpoint=False)) ** 2
    return level
