"""What there is to listen to: music and voices made here, the same every time."""

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
"""Seconds of a beat."""
BARS = 96
"""Of four beats: three minutes."""
CHORDS = ((57, 60, 64, 69), (53, 57, 60, 65), (48, 55, 60, 64), (55, 59, 62, 67))
"""A minor, F, C and G by the numbers of their notes, 69 being the A of 440 Hz."""
QUIET_BARS = range(40, 48)
"""Without drums, as songs have such a part."""

TONE = 1_000
"""Frequency of the steady tone (hertz): whole periods in a millisecond and in a song of seconds."""
TONE_SECONDS = 60

SPEAKER = Speech(voice="en-us+m3", rate=140)
"""Who is recorded: neither the voice nor the pace of the default, and the same each time, as voices
with breath in them are not."""
LEVELS = (-24.0, -4.0)
"""Recordings lie between these by their peak (dBFS): somebody who leans back and forth."""
ROOM = -60.0
"""Noise of a room beneath every recording, whatever its level (dBFS rms)."""
HUM = -4.0
"""A mains hum in it, beside that noise (dB, 50 Hz)."""
ECHO_SECONDS, ECHO = 0.25, -14.0
"""How long a room rings, and how loud that is beside the words (dB)."""
PAUSES = (0.2, 0.9)
"""Seconds of room before and after the words: at least and at most."""


def from_tests(name: str) -> Any:  # noqa: ANN401 - the tests' helpers have no types to rely on
    """A helper of the tests, which is no package."""
    if str(TESTS) not in sys.path:
        sys.path.append(str(TESTS))
    return importlib.import_module(name)


# --- music -------------------------------------------------------------------------------------


def write_song(target: Path, bars: int = BARS) -> Path:
    """Chords with a beat, in stereo at 44.1 kHz: what people put beneath a workout, but simpler."""
    import soundfile

    song = np.concatenate([bar(number) for number in range(bars)])
    soundfile.write(target, song * (0.8 / np.abs(song).max()), SONG_RATE)
    return target


def bar(number: int) -> Float64Array:
    """One bar of the song; shape (samples, 2)."""
    beat = round(BEAT * SONG_RATE)
    at = np.arange(4 * beat) / SONG_RATE
    left, right = (chord(number, at * (1 + detuned)) for detuned in (-5e-4, 5e-4))
    both = np.stack([left, right], axis=1)
    if number not in QUIET_BARS:
        both += drums(beat)[:, None]
    return both


def chord(number: int, at: Float64Array) -> Float64Array:
    """Four notes with some of their harmonics, plucked on every half beat, and a bass."""
    notes = CHORDS[number // 2 % len(CHORDS)]
    pluck = np.exp(-6 * (at % (BEAT / 2)))
    wave = np.zeros(len(at))
    for note, part in product(notes, range(1, 6)):
        wave += np.sin(2 * np.pi * hertz(note) * part * at) / part**2
    bass = np.sin(2 * np.pi * hertz(notes[0] - 24) * at)
    both: Float64Array = 0.12 * wave * (0.4 + 0.6 * pluck) + 0.35 * bass
    return both


def hertz(note: int) -> float:
    """Frequency of a note by its number.

    >>> hertz(69), hertz(57)
    (440.0, 220.0)
    """
    return float(440 * 2 ** ((note - 69) / 12))


def drums(beat: int) -> Float64Array:
    """A low drum on every beat, a rattle between two, over four beats of so many samples."""
    at = np.arange(beat) / SONG_RATE
    low = np.sin(2 * np.pi * (50 * at + 6 * (1 - np.exp(-20 * at)))) * np.exp(-9 * at)
    hiss = np.random.default_rng(beat).normal(0, 1, beat)
    rattle = np.roll(np.diff(hiss, prepend=0) * np.exp(-40 * at), beat // 2)
    rattle[: beat // 2] = 0
    one: Float64Array = 0.9 * low + 0.12 * rattle
    return np.tile(one, 4)


def turned(music: Path, target: Path) -> Path:
    """The left channel of a file in both, upside down in the right.

    Of a mix with a voice in its middle half the sum of both channels is then the voice alone, and
    half their difference the music alone. It is as loud as any stereo.
    """
    import soundfile

    with open_stream(music) as stream, soundfile.SoundFile(target, "w", stream.rate, 2) as out:
        for block in stream.blocks:
            out.write(np.clip(block[:, :1], -1, 1) * np.array([1, -1], np.float32))
    return target


def write_tone(target: Path) -> Path:
    """A steady tone, turned as above, whose end goes on at its beginning."""
    import soundfile

    at = np.arange(TONE_SECONDS * RATE) / RATE
    wave = 0.5 * np.sin(2 * np.pi * TONE * at)
    soundfile.write(target, np.stack([wave, -wave], axis=1), RATE)
    return target


# --- voices ------------------------------------------------------------------------------------


def write_piper_voice(folder: Path) -> Path:
    """The tests' voice for Piper: real to its runtime, and a hum to everybody else."""
    written: Path = from_tests("tiny_piper").write_voice(folder)
    return written


def record(lines: Iterable[Line], folder: Path, room: float = ROOM) -> dict[str, PlayableClip]:
    """Record every line as a person would, uneven and in a room, under the names they must bear.

    Returns:
        By file name what was said, before the room had it.
    """
    import soundfile

    folder.mkdir()
    wanted = recording_names(lines, SPEAKER.language)
    said = speak_lines(map(Line, wanted.values()), open_requested_voice(SPEAKER), MemoryCache())
    for number, (name, text) in enumerate(wanted.items()):
        words = np.frombuffer(said[Line(text)].pcm, "<i2") / 32_768
        heard = recording(words, room, np.random.default_rng(number))
        soundfile.write(folder / name, heard, RATE)
    return {name: said[Line(text)] for name, text in wanted.items()}


def recording(samples: Float64Array, room: float, chance: np.random.Generator) -> Float64Array:
    """Words as a microphone hears them: at some level, in a room that rings, hums and hisses."""
    words = np.pad(samples, (chance.uniform(*PAUSES, 2) * RATE).astype(int))
    words = words + from_decibels(ECHO) * ringing(words, chance)
    words *= from_decibels(chance.uniform(*LEVELS)) / np.abs(words).max()
    hum = np.sqrt(2) * np.sin(2 * np.pi * 50 * np.arange(len(words)) / RATE)
    noise = chance.normal(0, 1, len(words))
    heard: Float64Array = words + from_decibels(room) * (noise + from_decibels(HUM) * hum)
    return heard.clip(-1, 1)


def ringing(samples: Float64Array, chance: np.random.Generator) -> Float64Array:
    """The echo of a room: noise that dies away by 60 dB, of the same energy as what rings."""
    at = np.arange(round(ECHO_SECONDS * RATE)) / RATE
    response = chance.normal(0, 1, len(at)) * 10 ** (-3 * at / ECHO_SECONDS)
    response /= np.sqrt(np.square(response).sum())
    size = 1 << (len(samples) + len(response)).bit_length()
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    echo: Float64Array = np.fft.irfft(spectrum, size)[: len(samples)]
    return echo
