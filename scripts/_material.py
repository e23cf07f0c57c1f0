"""Makes test material: music and recorded voices, the same in every run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from audioworkout.audio_io.sound_files import open_stream
from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.arrays import Float64Array
from audioworkout.dsp.loudness import from_decibels
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.model.timeline import PlayableClip
from audioworkout.units import RATE
from audioworkout.voices.clips import speak_lines
from audioworkout.voices.engines import open_requested_voice
from audioworkout.voices.recorded import recording_names

TESTS = Path(__file__).parent.parent / "tests"

SONG_RATE = 44_100
BEAT = 60 / 126
"""Length of a beat (s)."""
BARS = 96
"""Bars of four beats in a song: three minutes."""
CHORDS = ((57, 60, 64, 69), (53, 57, 60, 65), (48, 55, 60, 64), (55, 59, 62, 67))
"""A minor, F, C and G as MIDI note numbers (69 is 440 Hz)."""
QUIET_BARS = range(40, 48)
"""Bars without drums."""

TONE = 1_000
"""Frequency of the steady tone (Hz): a whole number of periods in each millisecond."""
TONE_SECONDS = 60

SPEAKER = Speech(voice="en-us+m3", rate=140)
"""The voice that is recorded: not the default voice or rate, and the same samples in every run."""
LEVELS = (-24.0, -4.0)
"""Range of the peaks of recordings (dBFS), for a person whose distance varies."""
ROOM = -60.0
"""Level of the room noise in every recording (dBFS rms)."""
HUM = -4.0
"""Level of a mains hum of 50 Hz, relative to that noise (dB)."""
ECHO_SECONDS, ECHO = 0.25, -14.0
"""Reverberation time of the room (s), and its level relative to the words (dB)."""
PAUSES = (0.2, 0.9)
"""Least and greatest pause before and after the words (s)."""


def import_test_helper(name: str) -> Any:  # noqa: ANN401 - the tests' helpers have no types to rely on
    """Import a helper module of the tests, which are not a package."""
    if str(TESTS) not in sys.path:
        sys.path.append(str(TESTS))
    return importlib.import_module(name)


# --- music -------------------------------------------------------------------------------------


def write_song(target: Path, bars: int = BARS) -> Path:
    """Write a simple song of chords and drums, in stereo at 44.1 kHz."""
    import soundfile

    song = np.concatenate([make_bar(number) for number in range(bars)])
    soundfile.write(target, song * (0.8 / np.abs(song).max()), SONG_RATE)
    return target


def make_bar(number: int) -> Float64Array:
    """One bar of the song; shape (samples, 2)."""
    beat = round(BEAT * SONG_RATE)
    at = np.arange(4 * beat) / SONG_RATE
    left, right = (make_chord(number, at * (1 + detuned)) for detuned in (-5e-4, 5e-4))
    both = np.stack([left, right], axis=1)
    if number not in QUIET_BARS:
        both += make_drums(beat)[:, None]
    return both


def make_chord(number: int, at: Float64Array) -> Float64Array:
    """Four notes with harmonics, plucked on every half beat, and a bass; `at` are times (s)."""
    notes = CHORDS[number // 2 % len(CHORDS)]
    pluck = np.exp(-6 * (at % (BEAT / 2)))
    wave = np.zeros(len(at))
    for note, part in product(notes, range(1, 6)):
        wave += np.sin(2 * np.pi * note_frequency(note) * part * at) / part**2
    bass = np.sin(2 * np.pi * note_frequency(notes[0] - 24) * at)
    both: Float64Array = 0.12 * wave * (0.4 + 0.6 * pluck) + 0.35 * bass
    return both


def note_frequency(note: int) -> float:
    """Frequency of a MIDI note number (Hz).

    >>> note_frequency(69), note_frequency(57)
    (440.0, 220.0)
    """
    return float(440 * 2 ** ((note - 69) / 12))


def make_drums(beat: int) -> Float64Array:
    """One bar of drums: a low drum on every beat of `beat` samples, a rattle between two."""
    at = np.arange(beat) / SONG_RATE
    low = np.sin(2 * np.pi * (50 * at + 6 * (1 - np.exp(-20 * at)))) * np.exp(-9 * at)
    hiss = np.random.default_rng(beat).normal(0, 1, beat)
    rattle = np.roll(np.diff(hiss, prepend=0) * np.exp(-40 * at), beat // 2)
    rattle[: beat // 2] = 0
    one: Float64Array = 0.9 * low + 0.12 * rattle
    return np.tile(one, 4)


def write_turned(music: Path, target: Path) -> Path:
    """Write the left channel of a file to both channels, inverted in the right one.

    In a mix with a centred voice, half the sum of the channels is then the voice alone, and half
    their difference the music alone. The loudness is that of any stereo file.
    """
    import soundfile

    with open_stream(music) as stream, soundfile.SoundFile(target, "w", stream.rate, 2) as out:
        for block in stream.blocks:
            out.write(np.clip(block[:, :1], -1, 1) * np.array([1, -1], np.float32))
    return target


def write_tone(target: Path) -> Path:
    """Write a steady tone, inverted in the right channel, that loops without a click."""
    import soundfile

    at = np.arange(TONE_SECONDS * RATE) / RATE
    wave = 0.5 * np.sin(2 * np.pi * TONE * at)
    soundfile.write(target, np.stack([wave, -wave], axis=1), RATE)
    return target


# --- voices ------------------------------------------------------------------------------------


def write_piper_voice(folder: Path) -> Path:
    """Write the Piper voice of the tests, which hums instead of speaking."""
    written: Path = import_test_helper("tiny_piper").write_voice(folder)
    return written


def record_lines(
    lines: Iterable[Line], folder: Path, room: float = ROOM
) -> dict[str, PlayableClip]:
    """Write every line as a recording with uneven levels and room noise, under its file name.

    Returns:
        The clean clip of each line, by file name.
    """
    import soundfile

    folder.mkdir()
    wanted = recording_names(lines, SPEAKER.language)
    said = speak_lines(map(Line, wanted.values()), open_requested_voice(SPEAKER), MemoryCache())
    for number, (name, text) in enumerate(wanted.items()):
        words = np.frombuffer(said[Line(text)].pcm, "<i2") / 32_768
        heard = make_recording(words, room, np.random.default_rng(number))
        soundfile.write(folder / name, heard, RATE)
    return {name: said[Line(text)] for name, text in wanted.items()}


def make_recording(samples: Float64Array, room: float, chance: np.random.Generator) -> Float64Array:
    """Add echo, hum and noise of a room to words, at a random level."""
    words = np.pad(samples, (chance.uniform(*PAUSES, 2) * RATE).astype(int))
    words = words + from_decibels(ECHO) * make_echo(words, chance)
    words *= from_decibels(chance.uniform(*LEVELS)) / np.abs(words).max()
    hum = np.sqrt(2) * np.sin(2 * np.pi * 50 * np.arange(len(words)) / RATE)
    noise = chance.normal(0, 1, len(words))
    heard: Float64Array = words + from_decibels(room) * (noise + from_decibels(HUM) * hum)
    return heard.clip(-1, 1)


def make_echo(samples: Float64Array, chance: np.random.Generator) -> Float64Array:
    """The echo of a room: the samples convolved with noise that decays by 60 dB; same energy."""
    at = np.arange(round(ECHO_SECONDS * RATE)) / RATE
    response = chance.normal(0, 1, len(at)) * 10 ** (-3 * at / ECHO_SECONDS)
    response /= np.sqrt(np.square(response).sum())
    size = 1 << (len(samples) + len(response)).bit_length()
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    echo: Float64Array = np.fft.irfft(spectrum, size)[: len(samples)]
    return echo
