"""What can be measured in decoded sound: where each cue is, how loud words are, what music does.

Decoded sound is int16 of shape (samples, channels) at 48 kHz and may lie on the disk: only what is
looked at is read. Places and lengths are in samples unless they say ms.
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
from _material import TONE, from_tests
from audioworkout.dsp.loudness import (
    HIGH_PASS,
    OFFSET,
    SHELF,
    clip_levels,
    from_decibels,
    onset,
    to_decibels,
)
from audioworkout.mixing.islands import ClipSource, event_source, first_sample_of
from audioworkout.model.script import QUICK, Line
from audioworkout.model.timeline import LEAD, Clips, Event, PlayableClip, Sounded, Spoken, Timeline
from audioworkout.units import FRAME, RATE, SAMPLES_PER_MS, Ms

Floats = npt.NDArray[np.float32]
Half = Literal[1, -1]

MIDDLE: Half = 1
"""Half the sum of both channels: the voice."""
SIDE: Half = -1
"""Half their difference: music that was turned (`_material.turned`)."""

FULL_SCALE = 32_768
SOFT = frozenset({"tick", "pulse"})
"""Sounds that are meant to be softer than words."""


def read(heard: Heard, first: int, count: int, half: Half = MIDDLE) -> Floats:
    """So many samples from `first` on as one channel within -1 to 1; silence beyond both ends."""
    begin, end = max(0, first), min(len(heard), first + count)
    part = heard[begin : max(begin, end)].astype(np.float32) / FULL_SCALE
    mono = part[:, 0] if part.shape[1] == 1 else (part[:, 0] + half * part[:, 1]) / 2
    out = np.zeros(count, np.float32)
    out[begin - first : begin - first + len(mono)] = mono
    return out


def clip_of(event: Event, clips: Clips) -> PlayableClip:
    """What sounds in an event."""
    return clips.lines[event.line] if isinstance(event, Spoken) else clips.sounds[event.name]


def samples_of(clip: PlayableClip) -> Floats:
    """A clip's samples within -1 to 1."""
    samples: Floats = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)
    return samples


# --- when --------------------------------------------------------------------------------------


class Onset(NamedTuple):
    """How many samples late an event was found, and how alike it was (1 is the same)."""

    event: Event
    late: int
    alike: float


def onsets(heard: Heard, timeline: Timeline, clips: Clips) -> list[Onset]:
    """Where every word and sound begins, by cross-correlation with its clip.

    It is looked for 25 ms around its place, or around where words that stand alone are found on the
    whole; what sounds at the same time is taken away first, as loud as it is.
    """
    words = (each for each in alone(timeline, clips) if isinstance(each, Spoken))
    lates = [_onset(heard, each, (), clips, 0).late for each in words]
    shift = round(median(lates)) if lates else 0
    return [
        _onset(heard, each, others, clips, shift) for each, others in _in_company(timeline, clips)
    ]


def _in_company(timeline: Timeline, clips: Clips) -> Iterator[tuple[Event, list[Event]]]:
    """Every event, with those whose clips sound together with its own."""
    sounding = [(each, clip_of(each, clips)) for each in timeline.events]
    places = [(first_sample_of(each.start_ms, clip), clip.samples) for each, clip in sounding]
    starts = np.array([at for at, _ in places])
    ends = np.array([at + samples for at, samples in places])
    for number, event in enumerate(timeline.events):
        together = np.flatnonzero((starts < ends[number]) & (ends > starts[number]))
        yield event, [timeline.events[other] for other in together if other != number]


def _onset(heard: Heard, event: Event, others: Sequence[Event], clips: Clips, shift: int) -> Onset:
    listening = from_tests("listening")
    clip = clip_of(event, clips)
    samples = min(clip.samples, listening.ATTACK)
    first = first_sample_of(event.start_ms, clip) - listening.REACH
    window = read(heard, first + shift, samples + 2 * listening.REACH)
    if others:
        clear = [_laid(clip_of(each, clips), each, first, len(window)) for each in (event, *others)]
        parts = np.stack(clear, axis=1)
        loud = np.linalg.lstsq(parts, window, rcond=None)[0]
        window = window - parts[:, 1:] @ loud[1:]
    found = listening.find_at(clip, window, listening.REACH)
    return Onset(event, found.late + shift, found.alike)


def _laid(clip: PlayableClip, event: Event, first: int, count: int) -> Floats:
    """A clip where it belongs in a window of so many samples that begins at sample `first`."""
    at = first_sample_of(event.start_ms, clip) - first
    out = np.zeros(count, np.float32)
    begin, end = max(0, at), min(count, at + clip.samples)
    out[begin:end] = samples_of(clip)[begin - at : max(begin, end) - at]
    return out


def lateness(clip: PlayableClip, said: PlayableClip) -> float:
    """How many ms after its onset a clip of a recording begins to say what was said.

    Below zero where the clip has lost its beginning.
    """
    size = 1 << (clip.samples + said.samples).bit_length()
    spectrum = np.fft.rfft(samples_of(clip), size) * np.conj(np.fft.rfft(samples_of(said), size))
    place = int(np.argmax(np.fft.irfft(spectrum, size)))
    return (place - size if place > size // 2 else place) / SAMPLES_PER_MS


def begins(heard: Heard, timeline: Timeline, clips: Clips) -> list[float]:
    """How many ms after its moment each word that stands alone is heard to begin.

    That is 30 dB under its own peak, in what is decoded and not in its clip.
    """
    late = []
    for event in alone(timeline, clips):
        clip = clip_of(event, clips)
        if isinstance(event, Spoken):
            part = read(heard, first_sample_of(event.start_ms, clip), clip.samples)
            late.append((onset(part) - clip.lead) / SAMPLES_PER_MS)
    return late


# --- how loud ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """How alike cues are: how many there are, the widest pair (LU), and who is the softest of all.

    `middle` is the median (LUFS).
    """

    cues: int
    widest: float
    middle: float
    softest: str


def spread_of(levels: Mapping[ClipSource, float]) -> Spread:
    """How alike the levels of cues are (LUFS)."""
    if not levels:
        return Spread(0, 0.0, -np.inf, "")
    softest = min(levels, key=lambda source: levels[source])
    return Spread(
        len(levels),
        max(levels.values()) - levels[softest],
        median(levels.values()),
        softest.text if isinstance(softest, Line) else softest,
    )


def cue_levels(
    heard: Heard, timeline: Timeline, clips: Clips, meter: Callable[[Floats], float]
) -> dict[ClipSource, float]:
    """Loudness of every line and sound where it is heard alone (LUFS); the median of several.

    Ticks and pulses are left out, which are meant to be softer.
    """
    levels: dict[ClipSource, list[float]] = {}
    for event in alone(timeline, clips):
        if isinstance(event, Sounded) and event.name in SOFT:
            continue
        clip = clip_of(event, clips)
        part = read(heard, first_sample_of(event.start_ms, clip), clip.samples)
        levels.setdefault(event_source(event), []).append(meter(part))
    return {source: median(each) for source, each in levels.items()}


def word_levels(
    heard: Heard, timeline: Timeline, clips: Clips, meter: Callable[[Floats], float]
) -> dict[ClipSource, float]:
    """The same of lines alone."""
    levels = cue_levels(heard, timeline, clips, meter)
    return {source: level for source, level in levels.items() if isinstance(source, Line)}


def small_loudness(samples: Floats) -> float:
    """Loudness of a clip on a small loudspeaker (LUFS): of what lies above 500 Hz."""
    return clip_levels(samples).small


def plain_loudness(samples: Floats) -> float:
    """Loudness of a clip (LUFS) as one block from where it is audible, without any gate.

    A second opinion on short words, for which BS.1770 has none: its own filter, no blocks.
    """
    size = 1 << (len(samples) + RATE // 10).bit_length()
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(turn), complex)
    for zeros, poles in (SHELF, HIGH_PASS):
        response *= np.polyval(zeros[::-1], turn) / np.polyval(poles[::-1], turn)
    whole = np.fft.irfft(np.fft.rfft(samples, size) * response, size)
    weighted = whole[LEAD * SAMPLES_PER_MS : len(samples)]
    return OFFSET + to_decibels(float(np.sqrt(np.mean(np.square(weighted)))))


def alone(timeline: Timeline, clips: Clips) -> Iterator[Event]:
    """Events while whose clip sounds no other does."""
    for event, others in _in_company(timeline, clips):
        if not others:
            yield event


class Metered(NamedTuple):
    """Integrated loudness (LUFS) and true peak (dBTP) of a file."""

    loudness: float
    peak: float


def by_ffmpeg(file: Path) -> Metered | None:
    """What ffmpeg's meter reads in what ffmpeg decodes; None where there is no ffmpeg."""
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
"""Of a frame with no more signal to noise than this something is missing (dB): hissing consonants
have 5.8 at the least, ten missing milliseconds 4.2 at the most (M)."""
AUDIBLE = -40.0
"""Frames below this are left out of that: the quiet has joints of its own (dBFS rms)."""


class Noise(NamedTuple):
    """What was not in the mix: signal to noise of the whole (dB), and what is worse.

    `most` is the noise of the worst MP3 frame (dBFS rms), `at` when that is (ms), `spoiled` how
    many frames are. A joint that does not fit stands out there.
    """

    ratio: float
    most: float
    at: Ms
    spoiled: int


def noise_of(heard: Heard, mixed: Heard) -> Noise:
    """How a decoded file differs from the mix it was made from; both of the same shape."""
    size = FRAME * heard.shape[1]
    minutes = [(each, heard[start : start + len(each)]) for start, each in _blocks(mixed)]
    signal = np.concatenate([_squares(_floats(one), size) for one, _ in minutes])
    noise = np.concatenate([_squares(_floats(two) - _floats(one), size) for one, two in minutes])
    worst = int(noise.argmax())
    audible = signal > from_decibels(AUDIBLE) ** 2
    return Noise(
        ratio=-to_decibels(float(np.sqrt(noise.mean() / signal.mean()))),
        most=to_decibels(float(np.sqrt(noise[worst]))),
        at=worst * FRAME // SAMPLES_PER_MS,
        spoiled=int(np.count_nonzero(audible & (noise * from_decibels(SPOILED) ** 2 > signal))),
    )


def _floats(heard: Heard) -> Floats:
    floats: Floats = heard.ravel().astype(np.float32) / np.float32(FULL_SCALE)
    return floats


# --- the music ---------------------------------------------------------------------------------

TWO_CHANNELS = 10 * np.log10(2)
"""What the same sound in a second channel adds to a loudness (LU)."""

HOLD: Ms = 1_500
"""Cues closer than this are one stretch (docs/sound.md)."""
FADES: tuple[Ms, Ms] = (1_000, 3_000)
"""At the ends of a file the music fades; nothing is measured there."""
BEFORE: Ms = 700
"""So much of the music is looked at before each stretch, even if the last one ended 1.5 s ago."""
STEADY: Ms = 300
"""At the beginning of that it has its level between cues."""
AFTER: Ms = 1_000
"""So much is looked at after each stretch."""
SMOOTH = 10 * SAMPLES_PER_MS
"""Levels are means of so many samples: whole periods of the tone."""


@dataclass(frozen=True)
class Duck:
    """What the music does around one stretch of cues: levels in LUFS, moments in ms.

    `high` is the level before, `low` the median beneath, `most` the highest beneath. `falls` and
    `fallen` are when it is 1 dB below `high` and within 1 dB of `low`, before the first cue begins;
    `rises` and `risen` the same after the last one ends. `fall` and `rise` are how long the way
    from a tenth to nine tenths takes.
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


def ducks(heard: Heard, timeline: Timeline) -> list[Duck]:
    """What a steady tone does around every stretch of words alone that has room on both sides.

    Beneath numbers and beeps the music goes down less.
    """
    found = filter(partial(_is_words_alone, timeline), stretches(timeline.events))
    first, last = FADES[0] + BEFORE, timeline.duration_ms - FADES[1] - AFTER
    return [_duck(heard, start, end) for start, end in found if start >= first and end <= last]


def _is_words_alone(timeline: Timeline, stretch: tuple[Ms, Ms]) -> bool:
    """True if a stretch of cues has neither numbers nor beeps, and is not within a counted set."""
    start, end = stretch
    cues = (each for each in timeline.events if start <= each.start_ms < end)
    words = all(isinstance(each, Spoken) and each.role not in QUICK for each in cues)
    return words and not any(
        span.count and span.start_ms <= start < span.end_ms for span in timeline.spans
    )


def stretches(events: Iterable[Event]) -> list[tuple[Ms, Ms]]:
    """From when to when there are cues less than `HOLD` apart; ticks are none."""
    joined: list[tuple[Ms, Ms]] = []
    for event in events:
        if isinstance(event, Sounded) and event.name == "tick":
            continue
        if joined and event.start_ms - joined[-1][1] < HOLD:
            joined[-1] = (joined[-1][0], max(joined[-1][1], event.end_ms))
        else:
            joined.append((event.start_ms, event.end_ms))
    return joined


def _duck(heard: Heard, start: Ms, end: Ms) -> Duck:
    levels = tone_levels(heard, start - BEFORE, end + AFTER)
    before, beneath, after = np.split(levels, [BEFORE, BEFORE + end - start])
    high, low = float(np.median(before[:STEADY])), float(np.median(beneath))
    tenth = (high - low) / 10
    return Duck(
        high=high,
        low=low,
        most=float(beneath.max()),
        falls=BEFORE - _until(before < high - 1),
        fallen=BEFORE - _until(before < low + 1),
        fall=_until(before < low + tenth) - _until(before < high - tenth),
        rises=_until(after > low + 1),
        risen=_until(after > high - 1),
        rise=_until(after > high - tenth) - _until(after > low + tenth),
    )


def _until(reached: npt.NDArray[np.bool_]) -> Ms:
    """The first ms at which something is so; all of them where it never is."""
    return int(np.argmax(reached)) if reached.any() else len(reached)


def tone_levels(heard: Heard, start: Ms, end: Ms) -> npt.NDArray[np.float64]:
    """Loudness of the tone in each ms (LUFS): in both channels that of its highest point in dB."""
    first, count = start * SAMPLES_PER_MS - SMOOTH // 2, (end - start) * SAMPLES_PER_MS
    wave = read(heard, first, count + SMOOTH, SIDE)
    turns = np.exp(-2j * np.pi * TONE / RATE * np.arange(first, first + len(wave)))
    sums = np.cumsum(np.concatenate([[0], wave * turns]))
    means = (sums[SMOOTH:] - sums[:-SMOOTH])[:count:SAMPLES_PER_MS] / SMOOTH
    levels: npt.NDArray[np.float64] = 20 * np.log10(np.maximum(2 * np.abs(means), 1e-9))
    return levels


# --- the quiet ---------------------------------------------------------------------------------


def levels_around(heard: Heard, places: Sequence[int], before: int, after: int) -> list[float]:
    """Median level of each ms around some places (dBFS rms), `before` and `after` in ms."""
    count, first = (before + after) * SAMPLES_PER_MS, before * SAMPLES_PER_MS
    rows = [_squares(read(heard, at - first, count), SAMPLES_PER_MS) for at in places]
    return [to_decibels(float(np.sqrt(each))) for each in np.median(rows, axis=0)]


def quietest(heard: Heard, ms: Ms) -> tuple[float, Ms]:
    """Level of the quietest stretch of so many ms (dBFS rms), and when it is (ms)."""
    size = ms * SAMPLES_PER_MS
    least = np.concatenate([_squares(each, size) for each in _minutes(heard)])
    place = int(least.argmin())
    return to_decibels(float(np.sqrt(least[place]))), place * ms


def longest_silence(heard: Heard) -> int:
    """The most samples in a row that are exactly 0 in every channel."""
    loud = np.concatenate(
        [np.flatnonzero(minute.any(axis=1)) + start for start, minute in _blocks(heard)]
    )
    return int(np.diff(loud, prepend=-1, append=len(heard)).max()) - 1


def _blocks(heard: Heard) -> Iterator[tuple[int, Heard]]:
    size = 60 * RATE
    return ((start, heard[start : start + size]) for start in range(0, len(heard), size))


def _minutes(heard: Heard) -> Iterator[Floats]:
    return (read(heard, start, len(minute)) for start, minute in _blocks(heard))


def _squares(samples: Floats, size: int) -> Floats:
    """Mean square of every whole `size` samples."""
    whole = len(samples) // size * size
    means: Floats = np.square(samples[:whole]).reshape(-1, size).mean(axis=1, dtype=np.float32)
    return means
