"""Measure how built workouts sound: build some, decode them, and print tables.

    .venv/bin/python scripts/listen.py [--routine ROUTINE] [--music FILE] [--piper VOICE.onnx]
    .venv/bin/python scripts/listen.py --picture FROM TO FILE.png [--of BUILD]

It prints Markdown; the tables of docs/lab/listening.md are its output. Nothing is asserted here.
It takes some minutes and two gigabytes of the folder for temporary files.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

import _hearing as hearing
import _pictures as pictures
from _decoders import Decoder, Heard, by_soundfile, decode_file, find_decoders
from _material import (
    LEVELS,
    ROOM,
    record_lines,
    write_piper_voice,
    write_song,
    write_tone,
    write_turned,
)
from audioworkout.cli import lines as recorded_lines
from audioworkout.disk_cache import DiskCache
from audioworkout.dsp.loudness import clip_loudness
from audioworkout.encoding import BuildResult
from audioworkout.encoding.sound_formats import measure_file
from audioworkout.mixing.islands import gain_clips, plan_islands
from audioworkout.model.request import Flags
from audioworkout.model.script import Line
from audioworkout.model.timeline import PlayableClip, Spoken
from audioworkout.normalizing.normalize import normalize_text
from audioworkout.pipeline import Performance, Studio
from audioworkout.publish import OutputOptions, write_workout
from audioworkout.reading import Folders
from audioworkout.tagging.labels import BuildInfo
from audioworkout.units import FRAME, SAMPLES_PER_MS, SECOND, Ms, format_clock
from audioworkout.voices.recorded import recording_file_name
from bench import Row, print_table

ENGINES = ("natural", "espeak", "recorded", "piper")
MUSIC = ", music"
BUILDS = tuple(engine + music for engine in ENGINES for music in ("", MUSIC))
TARGETS = {1: -19.0, 2: -16.0}
"""Target loudness by number of channels (LUFS)."""
ROOMS = (-70.0, ROOM, -50.0)
"""Noise of the rooms in which recordings are made (dBFS rms): quiet, usual, loud."""
LOST: Ms = -10
"""A recording this early (ms) has lost its beginning."""
RATES = (96, 128, 320)
"""Bit rates that music is also encoded at (kbit/s)."""
MADE = BuildInfo("listen", datetime.date(2000, 1, 1))
JOINT = (30, 30)
"""Time examined before and after the borders of islands (ms)."""
DIP = -70.0
"""10 dB below the keep-awake noise (dBFS)."""


@dataclass(frozen=True)
class Workshop:
    """What builds are made from: the routine, the voices and the music; and a folder for files."""

    studio: Studio
    folder: Path
    routine: str
    voices: Mapping[str, str | None]
    """The value of `--voice` for each engine."""
    music: Path

    def build(self, name: str) -> Build:
        """One of `BUILDS`, as `audioworkout build` would make it."""
        music = str(self.music) if name.endswith(MUSIC) else None
        return self.made(name, Flags(voice=self._voice(name), music=music))

    def made(self, name: str, flags: Flags) -> Build:
        """A build with these flags."""
        studio, target = self.studio, self.folder / f"{name}.mp3"
        performance = studio.perform(studio.prepare(self.routine, flags))
        built = write_workout(studio, performance, target, MADE, OutputOptions())
        return Build(name, target, performance, built.written)

    def mix(self, build: Build) -> Heard:
        """The mix of a build before encoding."""
        target, studio = self.folder / "mix.wav", self.studio
        studio.encode_sound(studio.mix(build.performance, lossy=False), target, {})
        return self.heard(target, build.channels)

    def heard(self, file: Path, channels: int, by: Decoder = by_soundfile) -> Heard:
        """Decode a file; the array of the last call for this kind of file becomes invalid."""
        raw = self.folder / f"{file.suffix[1:]}.raw"
        return decode_file(by, file, channels, raw)

    def _voice(self, name: str) -> tuple[str, ...]:
        voice = self.voices[name.removesuffix(MUSIC)]
        return () if voice is None else (voice,)


@dataclass(frozen=True)
class Build:
    """A built workout: its file, and the performance it was made from."""

    name: str
    mp3: Path
    performance: Performance
    written: BuildResult

    @property
    def channels(self) -> int:
        """1, or 2 with music."""
        return 2 if self.performance.music else 1


# --- loudness ----------------------------------------------------------------------------------


def loudness_row(build: Build) -> Row:
    """A row of the first table: loudness and true peak by two meters, each with its own decoder."""
    ours, theirs = measure_file(build.mp3), hearing.measure_by_ffmpeg(build.mp3)
    return (
        build.name,
        f"{TARGETS[build.channels]:.0f}",
        f"{ours.loudness:.2f}",
        f"{theirs.loudness:.1f}" if theirs else "",
        f"{ours.true_peak:.2f}",
        f"{theirs.peak:.1f}" if theirs else "",
    )


def encoding_rows(shop: Workshop, build: Build) -> tuple[Row, Row]:
    """Rows of the second and third table: the spread of levels, and the noise of encoding."""
    mixed, heard = shop.mix(build), shop.heard(build.mp3, build.channels)
    return spread_row(build, mixed, heard), noise_row(build.name, mixed, heard)


def noise_row(name: str, mixed: Heard, heard: Heard) -> Row:
    """The noise of encoding: the file against the mix."""
    noise = hearing.measure_noise(heard, mixed)
    most = f"{noise.most:.1f} at {format_clock(noise.at)}"
    return (name, f"{noise.ratio:.1f}", most, str(noise.spoiled))


def other_rate_rows(shop: Workshop) -> Iterator[Row]:
    """More rows of the third table: music at other bit rates."""
    for kbps in RATES:
        build = shop.made("rate", Flags(music=str(shop.music), bitrate=kbps))
        name = f"{BUILDS[1]}, {kbps} kbit/s"
        yield noise_row(name, shop.mix(build), shop.heard(build.mp3, 2))


def spread_row(build: Build, mixed: Heard, heard: Heard) -> Row:
    """The spread of words and beeps, before and after encoding, on large and small loudspeakers."""
    timeline, clips = build.performance.timeline, build.performance.clips
    before, after, before_small, after_small = (
        hearing.measure_spread(hearing.measure_cues(sound, timeline, clips, meter))
        for meter in (clip_loudness, hearing.small_loudness)
        for sound in (mixed, heard)
    )
    return (
        build.name,
        str(after.cues),
        f"{before.widest:.2f}",
        f"{after.widest:.2f}",
        f"{before_small.widest:.2f}",
        f"{after_small.widest:.2f}",
        f"{after_small.softest!r}",
    )


def beginnings_row(shop: Workshop, build: Build) -> Row:
    """A row of the table of onsets of words."""
    performance = build.performance
    heard = shop.heard(build.mp3, build.channels)
    late = hearing.measure_beginnings(heard, performance.timeline, performance.clips)
    off = sorted(map(abs, late)) or [0.0]
    return (
        build.name,
        str(len(late)),
        f"{median(off):.1f}",
        f"{off[int(0.95 * (len(off) - 1))]:.1f}",
        f"{off[-1]:.1f}",
    )


# --- recordings --------------------------------------------------------------------------------


def recording_rows(shop: Workshop, lines: Sequence[Line]) -> Iterator[Row]:
    """Rows of the fourth table: recordings of one voice in several rooms."""
    for room in ROOMS:
        folder = shop.folder / f"room {room:.0f}"
        before = record_lines(lines, folder, room)
        flags = Flags(voice=(str(folder),))
        clips = shop.studio.perform(shop.studio.prepare(shop.routine, flags)).clips.lines
        late = {line: line_lateness(line, clip, before) for line, clip in clips.items()}
        counts = [each for line, each in late.items() if line.quick]
        yield (
            f"{room:.0f} dBFS",
            str(len(late)),
            format_spread(list(late.values())),
            format_spread(counts),
            str(sum(each < LOST for each in late.values())),
        )


def line_lateness(line: Line, clip: PlayableClip, before: Mapping[str, PlayableClip]) -> float:
    """How late a recorded line is (ms); `before` has the clean clips by file name."""
    return hearing.measure_lateness(clip, before[recording_file_name(normalize_text(line.text))])


# --- decoders ----------------------------------------------------------------------------------


def decoder_rows(shop: Workshop, builds: Sequence[Build]) -> Iterator[Row]:
    """Rows of the fifth table: the decoded length, and the onset of every word and sound."""
    for name, by in find_decoders().items():
        for build in builds:
            yield (name, build.name, *onset_row(shop.heard(build.mp3, build.channels, by), build))


def onset_row(heard: Heard, build: Build) -> Row:
    """Length and onsets of a build by one decoder."""
    score, clips = build.performance.timeline, build.performance.clips
    more = len(heard) - score.duration_ms * SAMPLES_PER_MS
    onsets = hearing.find_onsets(heard, score, clips)
    off = [abs(each.late) for each in onsets]
    alike = [each.alike for each in onsets]
    return (
        "exact" if more == 0 else f"{more:+d} samples",
        str(len(onsets)),
        f"{max(off)}",
        f"{median(off):.0f}",
        f"{median(alike):.3f} ({min(alike):.3f})",
    )


# --- music -------------------------------------------------------------------------------------


FALL, RISE = 300, 700
"""Length of the fall before a cue and of the rise after it (ms; docs/sound.md)."""


def ducking_rows(shop: Workshop) -> list[Row]:
    """Rows of the sixth table: the ducking of a steady tone in the decoded file."""
    tone = write_tone(shop.folder / "tone.wav")
    build = shop.made("tone", Flags(music=str(tone), music_crossfade="0"))
    heard, sound = shop.heard(build.mp3, 2), build.performance.request.sound
    timeline, clips = build.performance.timeline, build.performance.clips
    found = hearing.find_ducks(heard, timeline)
    said = hearing.measure_words(heard, timeline, clips, clip_loudness)
    # Half the sum is the voice in each of two channels, which read 3 dB more than one.
    voice = hearing.measure_spread(said).middle + hearing.TWO_CHANNELS
    level = sound.music_level + (build.written.make_up or 0)
    return [*duck_level_rows(found, level, sound.duck, voice), *duck_moment_rows(found, sound.duck)]


def duck_level_rows(
    ducks: Sequence[hearing.Duck], level: float, duck: float, voice: float
) -> list[Row]:
    """The level of the music between and during cues; `voice` is the level of words (LUFS)."""
    depths = [each.high - each.low for each in ducks]
    least = [each.high - each.most for each in ducks]
    return [
        ("stretches of cues", "", str(len(ducks))),
        (
            "level between cues, LUFS",
            f"{level:.1f}",
            format_spread([each.high for each in ducks], 1),
        ),
        ("down beneath cues by, dB", f"{duck:.1f}", format_spread(depths, 1)),
        ("the same where it is loudest, dB", "", format_spread(least, 1)),
        (
            "words above the music beneath, dB",
            "",
            format_spread([voice - each.low for each in ducks], 1),
        ),
    ]


def duck_moment_rows(ducks: Sequence[hearing.Duck], duck: float) -> list[Row]:
    """The times of the change. It is linear in dB, so the first dB takes a known time."""
    down, up = round(FALL / duck), round(RISE / duck)
    return [
        (
            "1 dB down before the cue by, ms",
            f"{FALL - down}",
            format_spread([d.falls for d in ducks]),
        ),
        ("all but 1 dB down by, ms", f"{down}", format_spread([d.fallen for d in ducks])),
        (
            "from 10 to 90 % of its way, ms",
            f"{0.8 * FALL:.0f}",
            format_spread([d.fall for d in ducks]),
        ),
        ("1 dB up after the end by, ms", f"{up}", format_spread([d.rises for d in ducks])),
        ("all but 1 dB up by, ms", f"{RISE - up}", format_spread([d.risen for d in ducks])),
        (
            "from 10 to 90 % of its way, ms",
            f"{0.8 * RISE:.0f}",
            format_spread([d.rise for d in ducks]),
        ),
    ]


# --- the quiet ---------------------------------------------------------------------------------


def silence_rows(shop: Workshop, build: Build) -> list[Row]:
    """Rows of the seventh table: the level where nothing sounds."""
    performance = build.performance
    score = plan_islands(performance.timeline, gain_clips(performance.timeline, performance.clips))
    heard = shop.heard(build.mp3, 1)
    starts = [island.frame * FRAME for island in score.islands if island.frame]
    ends = [(island.frame + island.frames) * FRAME for island in score.islands]
    silence = hearing.count_longest_silence(heard)
    return [
        ("quietest second", *format_level(*hearing.find_quietest(heard, SECOND))),
        ("quietest 20 ms", *format_level(*hearing.find_quietest(heard, 20))),
        ("longest run of zeros", f"{silence} samples", ""),
        (f"before {len(starts)} islands", *measure_dip(heard, starts)),
        (f"at the end of {len(ends)} islands", *measure_dip(heard, ends)),
    ]


def format_level(level: float, moment: Ms) -> tuple[str, str]:
    """A level and its moment, as texts."""
    return f"{level:.0f} dBFS", format_clock(moment)


def measure_dip(heard: Heard, places: Sequence[int]) -> tuple[str, str]:
    """The lowest level around some borders, and how long it is 10 dB below the noise."""
    levels = hearing.measure_around(heard, places, *JOINT)
    low = [ms for ms, level in enumerate(levels, -JOINT[0]) if level < DIP]
    if not low:
        return f"{min(levels):.0f} dBFS", ""
    return f"{min(levels):.0f} dBFS", f"{len(low)} ms, from {low[0]:+d} to {low[-1]:+d}"


# --- pictures ----------------------------------------------------------------------------------


class Wanted(NamedTuple):
    """A stretch to draw: start and end (ms), and the file."""

    start: Ms
    end: Ms
    target: Path


def draw_pictures(shop: Workshop, build: Build, wanted: Sequence[Wanted]) -> None:
    """Draw stretches of a decoded build."""
    heard = shop.heard(build.mp3, build.channels)
    marks = [
        pictures.Mark(each.start_ms, each.end_ms, each.line.text, "said")
        if isinstance(each, Spoken)
        else pictures.Mark(each.start_ms, each.end_ms, each.name, "sound")
        for each in build.performance.timeline.events
    ]
    for start, end, target in wanted:
        first, count = start * SAMPLES_PER_MS, (end - start) * SAMPLES_PER_MS
        around = pictures.AROUND
        samples = hearing.read_samples(heard[:, :1], first - around, count + 2 * around)
        here = [mark for mark in marks if mark.end > start and mark.start < end]
        pictures.save_picture(pictures.draw_stretch(samples, start, here), target)
        print(target)


def parse_moment(text: str) -> Ms:
    """Read a typed moment (ms).

    >>> parse_moment("1:02.5"), parse_moment("3"), parse_moment("1:00:00")
    (62500, 3000, 3600000)
    """
    total = 0.0
    for part in text.split(":"):
        total = 60 * total + float(part)
    return round(SECOND * total)


# --- telling -----------------------------------------------------------------------------------


def format_spread(values: Sequence[float], digits: int = 0) -> str:
    """Median, least and most.

    >>> format_spread([-0.2, 2, 6]), format_spread([-19.74, -19.7], 1)
    ('2 (0 to 6)', '-19.7 (-19.7 to -19.7)')
    """
    if not values:
        return "none"
    three = (median(values), min(values), max(values))
    middle, *ends = (f"{round(each, digits) + 0.0:.{digits}f}" for each in three)  # no -0
    return f"{middle} ({' to '.join(ends)})"


def prepare_workshop(folder: Path, given: argparse.Namespace, builds: Sequence[str]) -> Workshop:
    """Make the music and the voices that these builds need."""
    studio = Studio(DiskCache(folder / "cache"), Folders(user=None), lambda *_: None, print_warning)
    voices: dict[str, str | None] = {"espeak": "espeak-ng:"}
    if any("natural" in name for name in builds) and importlib.util.find_spec("hibari"):
        voices["natural"] = "natural:"
    if any("recorded" in name for name in builds):
        record_lines(lines_of(studio, given.routine), folder / "recorded")
        voices["recorded"] = str(folder / "recorded")
    if any("piper" in name for name in builds) and importlib.util.find_spec("piper"):
        voices["piper"] = str(given.piper or write_piper_voice(folder / "piper"))
    music = folder / "turned.wav"
    if any(name.endswith(MUSIC) for name in builds):
        write_turned(given.music or write_song(folder / "song.wav"), music)
    return Workshop(studio, folder, given.routine, voices, music)


def lines_of(studio: Studio, routine: str) -> list[Line]:
    """Every line of a routine, as `audioworkout lines` finds them."""
    return list(recorded_lines.lines_in_order(studio.prepare(routine, Flags())))


def print_warning(message: str) -> None:
    """Print a warning on standard error."""
    print(message, file=sys.stderr)


def print_tables(shop: Workshop) -> None:
    """Build, measure and print every table."""
    builds = [shop.build(name) for name in BUILDS if name.removesuffix(MUSIC) in shop.voices]
    heads: Row = ("build", "target, LUFS", "ours", "ffmpeg's", "true peak, dBTP", "ffmpeg's")
    print_table("Loudness of the decoded MP3", heads, [loudness_row(build) for build in builds])
    heads = ("build", "cues", "mix", "MP3", "mix, small", "MP3, small", "softest there")
    said, changed = zip(*(encoding_rows(shop, build) for build in builds), strict=True)
    print_table("Words and beeps against each other, widest pair in LU", heads, said)
    heads = ("build", "words", "median, ms", "95 %", "worst")
    rows = [beginnings_row(shop, build) for build in builds]
    print_table("Where words are heard to begin, off their moment", heads, rows)
    heads = ("build", "signal to noise, dB", "most noise in a frame, dBFS", "spoiled frames")
    print_table("What encoding changes", heads, [*changed, *other_rate_rows(shop)])
    heads = ("noise of the room", "lines", "late by, ms", "counts late by, ms", "lost beginnings")
    levels = f"Recordings with peaks from {LEVELS[0]:.0f} to {LEVELS[1]:.0f} dBFS"
    print_table(levels, heads, list(recording_rows(shop, lines_of(shop.studio, shop.routine))))
    heads = ("decoder", "build", "length", "events", "worst", "median", "alike (least)")
    rows = list(decoder_rows(shop, builds[:2]))
    print_table("Onsets, in samples off their place", heads, rows)
    print_table("A steady tone as music", ("what", "wanted", "measured"), ducking_rows(shop))
    print_table("Where nothing sounds", ("what", "level", "where"), silence_rows(shop, builds[0]))


def parse_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--routine", default="hip-dips", help="what is built (default hip-dips)")
    parser.add_argument("--music", type=Path, metavar="FILE", help="default: a song made here")
    parser.add_argument(
        "--piper", type=Path, metavar="VOICE.onnx", help="default: a hum of a kilobyte"
    )
    parser.add_argument(
        "--picture",
        nargs=3,
        action="append",
        default=[],
        metavar=("FROM", "TO", "FILE"),
        help="draw a stretch (1:30 or 90) instead of measuring; may be given often",
    )
    parser.add_argument("--of", choices=BUILDS, default=BUILDS[0], help="what is drawn")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line; draw or measure."""
    given = parse_arguments(words)
    wanted = [Wanted(parse_moment(a), parse_moment(b), Path(file)) for a, b, file in given.picture]
    with tempfile.TemporaryDirectory() as folder:
        shop = prepare_workshop(Path(folder), given, [given.of] if wanted else BUILDS)
        if wanted:
            draw_pictures(shop, shop.build(given.of), wanted)
            return
        print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
        print_tables(shop)


if __name__ == "__main__":
    main()
