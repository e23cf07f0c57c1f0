"""Measures decoded sound: onsets of cues, loudness of words, ducking of music, noise, silence.

Decoded sound is int16 of shape (samples, channels) at 48 kHz, and may be memory-mapped. Positions
and lengths are in samples unless they say ms.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from _decoders import Heard
from _material import TONE, import_test_helper
from audioworkout.dsp.loudness import (
    HIGH_PASS,
    OFFSET,
    SHELF,
    clip_levels,
    from_decibels,
    onset,
    to_decibels,
)
from audioworkout.mixing.islands import SOFTER_COUNT, ClipSource, event_source, first_sample_of
from audioworkout.model.script import QUICK, Line
from audioworkout.model.timeline import LEAD, Clips, Event, PlayableClip, Sounded, Spoken, Timeline
from audioworkout.units import FRAME, FULL_SCALE, RATE, SAMPLES_PER_MS, Ms

Floats = npt.NDArray[np.float32]
Half = Literal[1, -1]

MIDDLE: Half = 1
"""Half the sum of both channels: the voice."""
SIDE: Half = -1
"""Half their difference: music by `_material.write_turned`."""

SOFT = frozenset({"tick", "pulse"})
"""Sounds that are softer than words by design."""


def read_samples(heard: Heard, first: int, count: int, half: Half = MIDDLE) -> Floats:
    """Read `count` samples from `first` on as one channel (full scale 1.0), padded with silence."""
    begin, end = max(0, first), min(len(heard), first + count)
    part = heard[begin : max(begin, end)].astype(np.float32) / FULL_SCALE
    mono = part[:, 0] if part.shape[1] == 1 else (part[:, 0] + half * part[:, 1]) / 2
    out = np.zeros(count, np.float32)
    out[begin - first : begin - first + len(mono)] = mono
    return out


def clip_of_event(event: Event, clips: Clips) -> PlayableClip:
    """The clip of an event."""
    return clips.lines[event.line] if isinstance(event, Spoken) else clips.sounds[event.name]


def decode_clip(clip: PlayableClip) -> Floats:
    """The samples of a clip, full scale being 1.0."""
    samples: Floats = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)
    return samples


# --- when --------------------------------------------------------------------------------------


class Onset(NamedTuple):
    """How late an event was found (samples), and its normalised correlation (1 is identical)."""

    event: Event
    late: int
    alike: float


def find_onsets(heard: Heard, timeline: Timeline, clips: Clips) -> list[Onset]:
    """Find where every word and sound begins, by cross-correlation with its clip.

    The search covers 25 ms around the expected position, shifted by the median delay of the words
    that sound alone. Overlapping clips are subtracted first, at their measured level.
    """
    words = (each for each in events_alone(timeline, clips) if isinstance(each, Spoken))
    lates = [_find_onset(heard, each, (), clips, 0).late for each in words]
    shift = round(median(lates)) if lates else 0
    return [
        _find_onset(heard, each, others, clips, shift)
        for each, others in _group_overlapping(timeline, clips)
    ]


def _group_overlapping(timeline: Timeline, clips: Clips) -> Iterator[tuple[Event, list[Event]]]:
    """Every event, with the events whose clips overlap its own."""
    sounding = [(each, clip_of_event(each, clips)) for each in timeline.events]
    places = [(first_sample_of(each.start_ms, clip), clip.samples) for each, clip in sounding]
    starts = np.array([at for at, _ in places])
    ends = np.array([at + samples for at, samples in places])
    for number, event in enumerate(timeline.events):
        together = np.flatnonzero((starts < ends[number]) & (ends > starts[number]))
        yield event, [timeline.events[other] for other in together if other != number]


def _find_onset(
    heard: Heard, event: Event, others: Sequence[Event], clips: Clips, shift: int
) -> Onset:
    listening = import_test_helper("listening")
    clip = clip_of_event(event, clips)
    samples = min(clip.samples, listening.ATTACK)
    first = first_sample_of(event.start_ms, clip) - listening.REACH
    window = read_samples(heard, first + shift, samples + 2 * listening.REACH)
    if others:
        clear = [
            _place_clip(clip_of_event(each, clips), each, first, len(window))
            for each in (event, *others)
        ]
        parts = np.stack(clear, axis=1)
        loud = np.linalg.lstsq(parts, window, rcond=None)[0]
        window = window - parts[:, 1:] @ loud[1:]
    found = listening.find_at(clip, window, listening.REACH)
    return Onset(event, found.late + shift, found.alike)


def _place_clip(clip: PlayableClip, event: Event, first: int, count: int) -> Floats:
    """A clip at its position in a window of `count` samples that begins at sample `first`."""
    at = first_sample_of(event.start_ms, clip) - first
    out = np.zeros(count, np.float32)
    begin, end = max(0, at), min(count, at + clip.samples)
    out[begin:end] = decode_clip(clip)[begin - at : max(begin, end) - at]
    return out


def measure_lateness(clip: PlayableClip, said: PlayableClip) -> float:
    """How late a recorded clip says what the clean clip `said` says, after its own onset (ms).

    Negative if the recorded clip has lost its beginning.
    """
    size = 1 << (clip.samples + said.samples).bit_length()
    spectrum = np.fft.rfft(decode_clip(clip), size) * np.conj(np.fft.rfft(decode_clip(said), size))
    place = int(np.argmax(np.fft.irfft(spectrum, size)))
    return (place - size if place > size // 2 else place) / SAMPLES_PER_MS


def measure_beginnings(heard: Heard, timeline: Timeline, clips: Clips) -> list[float]:
    """How late each word that sounds alone is heard to begin, after its moment (ms).

    The onset is 30 dB below the peak of the decoded word, not of its clip.
    """
    late = []
    for event in events_alone(timeline, clips):
        clip = clip_of_event(event, clips)
        if isinstance(event, Spoken):
            part = read_samples(heard, first_sample_of(event.start_ms, clip), clip.samples)
            late.append((onset(part) - clip.lead) / SAMPLES_PER_MS)
    return late


# --- how loud ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """Number of cues, the difference of the loudest and softest (LU), the softest one.

    `middle` is the median (LUFS).
    """

    cues: int
    widest: float
    middle: float
    softest: str


def measure_spread(levels: Mapping[ClipSource, float]) -> Spread:
    """The spread of the levels of cues (LUFS)."""
    if not levels:
        return Spread(0, 0.0, -np.inf, "")
    softest = min(levels, key=lambda source: levels[source])
    return Spread(
        len(levels),
        max(levels.values()) - levels[softest],
        median(levels.values()),
        softest.text if isinstance(softest, Line) else softest,
    )


def measure_cues(
    heard: Heard, timeline: Timeline, clips: Clips, meter: Callable[[Floats], float]
) -> dict[ClipSource, float]:
    """Median loudness of every line and sound where it sounds alone (LUFS).

    Ticks and pulses are left out, because they are softer by design. Soft numbers of a count are
    reported as loud as they would be without that.
    """
    levels: dict[ClipSource, list[float]] = {}
    for event in events_alone(timeline, clips):
        if isinstance(event, Sounded) and event.name in SOFT:
            continue
        clip = clip_of_event(event, clips)
        part = read_samples(heard, first_sample_of(event.start_ms, clip), clip.samples)
        source = event_source(event)
        softer = SOFTER_COUNT / 100 if isinstance(source, Line) and source.soft else 0
        levels.setdefault(source, []).append(meter(part) + softer)
    return {source: median(each) for source, each in levels.items()}


def measure_words(
    heard: Heard, timeline: Timeline, clips: Clips, meter: Callable[[Floats], float]
) -> dict[ClipSource, float]:
    """The same without sounds."""
    levels = measure_cues(heard, timeline, clips, meter)
    return {source: level for source, level in levels.items() if isinstance(source, Line)}


def small_loudness(samples: Floats) -> float:
    """Loudness of a clip above 500 Hz, as on a small loudspeaker (LUFS)."""
    return clip_levels(samples).small


def plain_loudness(samples: Floats) -> float:
    """Loudness of the audible part of a clip as one block, without gates (LUFS).

    It checks short words, which BS.1770 does not define: a filter of its own, no blocks.
    """
    size = 1 << (len(samples) + RATE // 10).bit_length()
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(turn), complex)
    for zeros, poles in (SHELF, HIGH_PASS):
        response *= np.polyval(zeros[::-1], turn) / np.polyval(poles[::-1], turn)
    whole = np.fft.irfft(np.fft.rfft(samples, size) * response, size)
    weighted = whole[LEAD * SAMPLES_PER_MS : len(samples)]
    return OFFSET + to_decibels(float(np.sqrt(np.mean(np.square(weighted)))))


def events_alone(timeline: Timeline, clips: Clips) -> Iterator[Event]:
    """Events whose clip does not overlap another."""
    for event, others in _group_overlapping(timeline, clips):
        if not others:
            yield event


class Metered(NamedTuple):
    """Integrated loudness (LUFS) and true peak (dBTP) of a file."""

    loudness: float
    peak: float


def measure_by_ffmpeg(file: Path) -> Metered | None:
    """Decode and measure a file by ffmpeg; None without ffmpeg."""
    if not shutil.which("ffmpeg"):
        return None
    words = ["ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-i", f"file:{file}"]
    words += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    loudness, peak = (
        re.findall(pattern, told)[-1]
        for pattern in (r"I:\s+(-?[\d.]+|-inf) LUFS", r"Peak:\s+(-?[\d.]+|-inf) dBFS")
    )
    return Metered(float(loudness), float(peak))


# --- what encoding changes ---------------------------------------------------------------------


SPOILED = 5.0
"""Signal to noise of a frame at or below which sound is missing (dB). Measured: hissing consonants
have at least 5.8, ten missing milliseconds at most 4.2."""
AUDIBLE = -40.0
"""Softer frames are not examined for missing sound (dBFS rms)."""


class Noise(NamedTuple):
    """The noise that encoding added: signal to noise of the whole (dB), and of the worst frame.

    `most` is the noise of the worst MP3 frame (dBFS rms), `at` its moment (ms), `spoiled` the
    number of frames with missing sound. A bad joint shows in these.
    """

    ratio: float
    most: float
    at: Ms
    spoiled: int


def measure_noise(heard: Heard, mixed: Heard) -> Noise:
    """Compare a decoded file with the mix it was made from, of the same shape."""
    size = FRAME * heard.shape[1]
    minutes = [(each, heard[start : start + len(each)]) for start, each in _split_blocks(mixed)]
    signal = np.concatenate([_mean_squares(_to_floats(one), size) for one, _ in minutes])
    noise = np.concatenate(
        [_mean_squares(_to_floats(two) - _to_floats(one), size) for one, two in minutes]
    )
    worst = int(noise.argmax())
    audible = signal > from_decibels(AUDIBLE) ** 2
    return Noise(
        ratio=-to_decibels(float(np.sqrt(noise.mean() / signal.mean()))),
        most=to_decibels(float(np.sqrt(noise[worst]))),
        at=worst * FRAME // SAMPLES_PER_MS,
        spoiled=int(np.count_nonzero(audible & (noise * from_decibels(SPOILED) ** 2 > signal))),
    )


def _to_floats(heard: Heard) -> Floats:
    floats: Floats = heard.ravel().astype(np.float32) / np.float32(FULL_SCALE)
    return floats


# --- the music ---------------------------------------------------------------------------------

TWO_CHANNELS = 10 * np.log10(2)
"""What the same sound in a second channel adds to a loudness (LU)."""

HOLD: Ms = 1_500
"""Cues closer than this are one stretch of ducking (docs/sound.md)."""
FADES: tuple[Ms, Ms] = (1_000, 3_000)
"""Fades of the music at both ends of a file, where nothing is measured."""
BEFORE: Ms = 700
"""Length of music examined before each stretch; the previous one ends at least 1.5 s before."""
STEADY: Ms = 300
"""Length at the beginning of that in which the music has its full level."""
AFTER: Ms = 1_000
"""Length of music examined after each stretch."""
SMOOTH = 10 * SAMPLES_PER_MS
"""Samples over which levels are averaged: whole periods of the tone."""


@dataclass(frozen=True)
class Duck:
    """The ducking of music around one stretch of cues: levels in LUFS, times in ms.

    `high` is the level before, `low` the median during the cues, `most` the highest then. `falls`
    and `fallen` are the times before the first cue at which the level is 1 dB below `high` and
    within 1 dB of `low`; `rises` and `risen` the same after the last cue. `fall` and `rise` are the
    times from 10 to 90 % of the change.
    """

    high: float
    low: float
    most: float
    falls: Ms
    fallen: Ms
    fall: Ms
    rises: Ms
    risen: Ms
    rise: Ms


def find_ducks(heard: Heard, timeline: Timeline) -> list[Duck]:
    """Measure the ducking of a steady tone around every stretch of words with room on both sides.

    Stretches with numbers or beeps are left out, because they duck the music less.
    """
    found = filter(partial(_is_words_alone, timeline), join_cues(timeline.events))
    first, last = FADES[0] + BEFORE, timeline.duration_ms - FADES[1] - AFTER
    return [
        _measure_duck(heard, start, end) for start, end in found if start >= first and end <= last
    ]


def _is_words_alone(timeline: Timeline, stretch: tuple[Ms, Ms]) -> bool:
    """True if a stretch of cues has neither numbers nor beeps, and is not within a counted set."""
    start, end = stretch
    cues = (each for each in timeline.events if start <= each.start_ms < end)
    words = all(isinstance(each, Spoken) and each.role not in QUICK for each in cues)
    return words and not any(
        span.count and span.start_ms <= start < span.end_ms for span in timeline.spans
    )


def join_cues(events: Iterable[Event]) -> list[tuple[Ms, Ms]]:
    """Start and end of each stretch of cues less than `HOLD` apart; ticks are ignored."""
    joined: list[tuple[Ms, Ms]] = []
    for event in events:
        if isinstance(event, Sounded) and event.name == "tick":
            continue
        if joined and event.start_ms - joined[-1][1] < HOLD:
            joined[-1] = (joined[-1][0], max(joined[-1][1], event.end_ms))
        else:
            joined.append((event.start_ms, event.end_ms))
    return joined


def _measure_duck(heard: Heard, start: Ms, end: Ms) -> Duck:
    levels = measure_tone(heard, start - BEFORE, end + AFTER)
    before, beneath, after = np.split(levels, [BEFORE, BEFORE + end - start])
    high, low = float(np.median(before[:STEADY])), float(np.median(beneath))
    tenth = (high - low) / 10
    return Duck(
        high=high,
        low=low,
        most=float(beneath.max()),
        falls=BEFORE - _first_true(before < high - 1),
        fallen=BEFORE - _first_true(before < low + 1),
        fall=_first_true(before < low + tenth) - _first_true(before < high - tenth),
        rises=_first_true(after > low + 1),
        risen=_first_true(after > high - 1),
        rise=_first_true(after > high - tenth) - _first_true(after > low + tenth),
    )


def _first_true(reached: npt.NDArray[np.bool_]) -> Ms:
    """Index of the first true value; the length if there is none."""
    return int(np.argmax(reached)) if reached.any() else len(reached)


def measure_tone(heard: Heard, start: Ms, end: Ms) -> npt.NDArray[np.float64]:
    """Loudness of the tone in each ms (LUFS); in two channels it equals the peak level in dB."""
    first, count = start * SAMPLES_PER_MS - SMOOTH // 2, (end - start) * SAMPLES_PER_MS
    wave = read_samples(heard, first, count + SMOOTH, SIDE)
    turns = np.exp(-2j * np.pi * TONE / RATE * np.arange(first, first + len(wave)))
    sums = np.cumsum(np.concatenate([[0], wave * turns]))
    means = (sums[SMOOTH:] - sums[:-SMOOTH])[:count:SAMPLES_PER_MS] / SMOOTH
    levels: npt.NDArray[np.float64] = 20 * np.log10(np.maximum(2 * np.abs(means), 1e-9))
    return levels


# --- the quiet ---------------------------------------------------------------------------------


def measure_around(heard: Heard, places: Sequence[int], before: int, after: int) -> list[float]:
    """Median level of each ms around some positions (dBFS rms); `before` and `after` in ms."""
    count, first = (before + after) * SAMPLES_PER_MS, before * SAMPLES_PER_MS
    rows = [_mean_squares(read_samples(heard, at - first, count), SAMPLES_PER_MS) for at in places]
    return [to_decibels(float(np.sqrt(each))) for each in np.median(rows, axis=0)]


def find_quietest(heard: Heard, ms: Ms) -> tuple[float, Ms]:
    """Level of the quietest stretch of `ms` (dBFS rms), and its start (ms)."""
    size = ms * SAMPLES_PER_MS
    least = np.concatenate([_mean_squares(each, size) for each in _read_minutes(heard)])
    place = int(least.argmin())
    return to_decibels(float(np.sqrt(least[place]))), place * ms


def count_longest_silence(heard: Heard) -> int:
    """Length of the longest run of samples that are 0 in every channel."""
    loud = np.concatenate(
        [np.flatnonzero(minute.any(axis=1)) + start for start, minute in _split_blocks(heard)]
    )
    return int(np.diff(loud, prepend=-1, append=len(heard)).max()) - 1


def _split_blocks(heard: Heard) -> Iterator[tuple[int, Heard]]:
    size = 60 * RATE
    return ((start, heard[start : start + size]) for start in range(0, len(heard), size))


def _read_minutes(heard: Heard) -> Iterator[Floats]:
    return (read_samples(heard, start, len(minute)) for start, minute in _split_blocks(heard))


def _mean_squares(samples: Floats, size: int) -> Floats:
    """Mean square of each whole block of `size` samples."""
    whole = len(samples) // size * size
    means: Floats = np.square(samples[:whole]).reshape(-1, size).mean(axis=1, dtype=np.float32)
    return means
