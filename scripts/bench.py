"""Measure how fast workouts are built, against encoding the same sound.

    .venv/bin/python scripts/bench.py [--quick] [--music FILE]

Everything is compared within one run, measurement after measurement in turns, so that a busy
computer slows both sides alike: read the ratios, not the seconds. It prints Markdown; the tables of
docs/lab/speed.md are its output. Nothing is asserted here and no test looks at a time.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from audioworkout.cli.build import build_to, open_studio
from audioworkout.cli.options import Options
from audioworkout.cli.screen import Screen
from audioworkout.encoding.lame import LAME_QUALITY
from audioworkout.model.request import Flags, Speech
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.sounds import load_sounds
from audioworkout.units import RATE
from audioworkout.voices.engines import open_requested_voice

Row = tuple[str, ...]
KBPS = {1: 96, 2: 160}
"""Bit rates of our files by number of channels; the plain encode uses the same (kbit/s)."""
BLOCK = 480_000
"""Samples passed to an encoder at a time: ten seconds."""
WARM_RUNS = 5
"""Warm builds in each round, because they are short; with music only one."""
STAGES = {
    "read_routine": "read routine and catalogue",
    "adapt_request": "adapt",
    "compile_routine": "compile",
    "speak_or_fall_back": "voices: find or speak every line",
    "lay_out": "lay out",
    "make_mix": "mix",
    "solve_gains": "of that: loudness of the whole",
    "write_mp3": "encode and write",
    "encode_islands": "of that: find or encode islands",
    "write_atomic": "of that: write the file",
}
"""Functions whose time is told, by name, and what they do. Pictures are drawn meanwhile in a thread
of their own, which a profiler does not see."""

ROBOT = "espeak-ng"
"""The voice that the natural one is compared with."""
GLANCE = 0.02
"""Seconds between two measurements of memory."""
TINY = "title: Tiny\nget_ready: 4s\nexercises:\n  - plank: 5s\n"
HIP_DIPS = """\
title: Hip Dips
exercises:
  - farmers march
  - {fire_hydrants}
  - dumbbell squat
  - curtsy lunge
  - glute bridge
  - leg kickbacks
  - side leg raise
  - side lunges
  - lateral walk
  - step up to reverse lunge
"""
PART = ["fire hydrants", "curtsy lunge", "glute bridge"]
"""Exercises that the obvious way is measured with: eight minutes."""
CHANGED = "fire hydrants: 11-14 per side @2-0-1-1, last rep 9 pulses"


@dataclass(frozen=True)
class Case:
    """A workout, and the same with one exercise changed."""

    name: str
    routine: str
    changed: str
    options: Options
    cold: str = "1"
    """Largest accepted time of a cold build, in plain encodes."""


@dataclass(frozen=True)
class Round:
    """Times of one round of measurements (s), without imports."""

    cold: float
    plain: float
    changed: float
    warm: float


# --- measuring ---------------------------------------------------------------------------------


def time_call(work: Callable[[], object]) -> float:
    """Wall-clock time of `work` (s)."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def build_once(routine: str, options: Options, cache: Path, target: Path) -> Path:
    """Build in this process with this cache."""
    os.environ["AUDIOWORKOUT_CACHE"] = str(cache)
    os.environ["AUDIOWORKOUT_CONFIG"] = str(cache / "no settings")
    return build_to(routine, target, options).path


def run_round(case: Case, folder: Path, wav: Path) -> Round:
    """Measure cold, plain, warm and changed in turn, with a new cache."""
    cache, target = new_cache(folder), folder / "bench.mp3"
    cold = time_call(lambda: build_once(case.routine, case.options, cache, target))
    if not wav.exists():
        decode_mp3(target, wav)
    plain = time_call(lambda: encode_plainly(wav, folder / "plain.mp3"))
    warm = [
        time_call(lambda: build_once(case.routine, case.options, cache, target))
        for _ in range(1 if case.options.music else WARM_RUNS)
    ]
    changed = time_call(lambda: build_once(case.changed, case.options, cache, target))
    return Round(cold, plain, changed, median(warm))


def new_cache(folder: Path) -> Path:
    """A folder for a cache that was never used.

    Earlier caches stay until the end: for minutes after files are deleted, ext4 creates new ones
    several times more slowly, because it does not reuse their inodes at once.
    """
    return Path(tempfile.mkdtemp(prefix="cache-", dir=folder))


def decode_mp3(mp3: Path, wav: Path) -> None:
    """Decode an MP3 to WAV, piece by piece."""
    import soundfile

    with soundfile.SoundFile(mp3) as sound, wave.open(str(wav), "wb") as out:
        out.setnchannels(sound.channels)
        out.setsampwidth(2)
        out.setframerate(sound.samplerate)
        for block in sound.blocks(BLOCK, dtype="int16"):
            out.writeframes(block.tobytes())


def encode_plainly(wav: Path, target: Path) -> None:
    """Encode the whole sound with one encoder at our own settings."""
    import lameenc

    with wave.open(str(wav)) as sound:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(sound.getnchannels())
        encoder.set_in_sample_rate(sound.getframerate())
        encoder.set_bit_rate(KBPS[sound.getnchannels()])
        encoder.set_quality(LAME_QUALITY)
        with target.open("wb") as out:
            while block := sound.readframes(BLOCK):
                out.write(encoder.encode(block))
            out.write(encoder.flush())


def speed_rows(case: Case, folder: Path, rounds: int) -> list[Row]:
    """Rows of the second table: each way to build against the plain encode of the same turn."""
    wav = folder / f"{len(list(folder.glob('*.wav')))}.wav"
    done = [run_round(case, folder, wav) for _ in range(rounds)]
    told, most = (format_times, "1.15") if case.options.music else (format_fraction, None)
    ways = {
        "cold: nothing kept": ([each.cold for each in done], most or case.cold),
        "warm: everything kept": ([each.warm for each in done], most or "1/50"),
        "one exercise changed": ([each.changed for each in done], most or ""),
    }
    plain = [each.plain for each in done]
    rows: list[Row] = [(case.name, "plain encode", format_seconds(plain), "1", "")]
    for name, (seconds, wanted) in ways.items():
        parts = [one / other for one, other in zip(seconds, plain, strict=True)]
        rows.append((case.name, name, format_seconds(seconds), told(parts), wanted))
    return rows


# --- whole processes ---------------------------------------------------------------------------


def make_environment(cache: Path) -> dict[str, str]:
    """Environment of a process: our folders, and compiled modules are stored as usual."""
    ours = {"AUDIOWORKOUT_CACHE": str(cache), "AUDIOWORKOUT_CONFIG": str(cache / "no settings")}
    others = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return others | ours


def run_program(cache: Path, *words: str) -> None:
    """Run Python with these arguments until it ends.

    Raises:
        CalledProcessError: It failed.
    """
    subprocess.run(
        [sys.executable, *words], env=make_environment(cache), check=True, stdout=subprocess.DEVNULL
    )


def process_rows(folder: Path, runs: int) -> list[Row]:
    """Rows of the first table: whole processes against `python -c pass` and the write of the file.

    Call it before large modules are loaded here: a large process starts others more slowly.
    """
    cache, target, wav = folder / "process cache", folder / "process.mp3", folder / "process.wav"
    words = ("-m", "audioworkout", "build", "hip-dips", "--quiet", "--output", str(target))
    run_program(cache, *words)  # compiles modules
    data = target.read_bytes()
    cold, plain, warm, nothing, written = [], [], [], [], []
    for _ in range(runs):
        nothing.append(time_call(lambda: run_program(cache, "-c", "pass")))
        warm.append(time_call(lambda: run_program(cache, *words)))
        written.append(time_call(lambda: write_synced(data, folder / "written.mp3")))
    decode_mp3(target, wav)
    robot: list[float] = []
    for _ in range(max(2, runs // 5)):
        cold.append(time_call(partial(run_program, new_cache(folder), *words)))
        robot.append(time_call(partial(run_program, new_cache(folder), *words, "--engine", ROBOT)))
        plain.append(time_call(lambda: encode_plainly(wav, folder / "plain.mp3")))
    # Medians of the write and of `pass`, because single writes to a disk vary most.
    net = [(each - median(written)) / median(nothing) for each in warm]
    against = [one / other for one, other in zip(cold, plain, strict=True)]
    against_robot = [one / other for one, other in zip(robot, plain, strict=True)]
    return [
        ("`python -c pass`", format_seconds(nothing), "1", ""),
        (
            f"write of the file ({len(data) / 1e6:.0f} MB), to the disk",
            format_seconds(written),
            "",
            "",
        ),
        ("warm `build hip-dips`, less the write", format_seconds(warm), format_times(net), "15"),
        ("plain encode", format_seconds(plain), "", ""),
        (
            "cold `build hip-dips`",
            format_seconds(cold),
            f"{format_times(against)} plain encodes",
            "1",
        ),
        (
            "the same by espeak",
            format_seconds(robot),
            f"{format_times(against_robot)} plain encodes",
            "",
        ),
    ]


def write_synced(data: bytes, target: Path) -> None:
    """Write as a build does: beside the target, synchronised to the disk, then renamed."""
    part = target.with_suffix(".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)


def memory_rows(folder: Path, music: str | None) -> list[Row]:
    """Rows of the third table: the highest memory of builds, program and worker together."""
    if not Path("/proc/self/statm").exists():
        return [("not measured on this system", "", "")]
    extra = ["--music", music] if music else []
    kind = "with music" if music else "without music"
    warm = new_cache(folder)
    short = peak_memory(warm, "--rounds", "1", *extra)
    again = peak_memory(warm, "--rounds", "1", *extra)
    long = peak_memory(new_cache(folder), "--rounds", "6", *extra)
    rows: list[Row] = [
        (f"hip-dips, half an hour, {kind}", f"{short:.0f} MB", ""),
        (f"six rounds of it, three hours, {kind}", f"{long:.0f} MB", f"{long / short:.2f} times"),
        (f"half an hour again, everything kept, {kind}", f"{again:.0f} MB", ""),
    ]
    if not music:
        robot = peak_memory(new_cache(folder), "--engine", ROBOT)
        rows.insert(1, (f"the same by espeak, {kind}", f"{robot:.0f} MB", ""))
    return rows


def peak_memory(cache: Path, *words: str) -> float:
    """Highest resident memory of all processes of a build together (MB)."""
    command = [sys.executable, "-m", "audioworkout", "build", "hip-dips", "--quiet", *words]
    target = ["--output", str(cache / "memory.mp3")]
    highest = 0
    with subprocess.Popen(
        [*command, *target], env=make_environment(cache), stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            highest = max(highest, sum(map(resident_memory, process_family(process.pid))))
            time.sleep(GLANCE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return highest / 1e6


def process_family(process: int) -> Iterator[int]:
    """Numbers of a process and of all its descendants."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            for child in children.read_text().split():
                yield from process_family(int(child))


def resident_memory(process: int) -> int:
    """Resident memory of a process (bytes); 0 if it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


# --- the obvious way ---------------------------------------------------------------------------


def obvious_rows(folder: Path) -> list[Row]:
    """Rows of the fourth table: every line spoken by the same voice, joined by pydub.

    The moments come from our own timeline, whose time is not counted. Only a part of the workout is
    measured, once: each added segment copies the whole track, so all of it would take minutes.
    """
    os.environ["AUDIOWORKOUT_CACHE"] = str(folder / "timeline")
    studio = open_studio(Screen(quiet=True))
    request = studio.prepare("hip-dips", Flags(only=tuple(PART), engine=ROBOT))
    timeline = studio.perform(request).timeline
    began = time.perf_counter()
    segments = speak_segments(request.speech, timeline) | sound_segments()
    said = time.perf_counter()
    track = string_segments(timeline, segments)
    joined = time.perf_counter()
    how = export_track(track, folder / "obvious")
    ended = time.perf_counter()
    options = Options(quiet=True, only=PART, engine=ROBOT)
    ours = time_call(lambda: build_once("hip-dips", options, folder / "new", folder / "new.mp3"))
    return [
        ("speak every distinct line once", f"{said - began:.2f} s", ""),
        ("string the segments together", f"{joined - said:.2f} s", ""),
        (f"export with {how}", f"{ended - joined:.2f} s", ""),
        ("all of it", f"{ended - began:.2f} s", f"{(ended - began) / ours:.1f} times ours, cold"),
    ]


def segment_type() -> Any:  # noqa: ANN401 - pydub has no types
    """Import pydub's class without its warnings about ffmpeg and deprecated features."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment


def speak_segments(speech: Speech, timeline: Timeline) -> dict[object, Any]:
    """A segment for every distinct line."""
    kind = segment_type()
    lines = sorted({each.line for each in timeline.events if isinstance(each, Spoken)})
    voice = open_requested_voice(speech)
    return {
        line: kind(data=raw.pcm, sample_width=2, frame_rate=raw.rate, channels=1)
        for line, raw in voice.speak(lines)
    }


def sound_segments() -> dict[object, Any]:
    """A segment for every sound."""
    kind = segment_type()
    return {
        name: kind(data=clip.pcm, sample_width=2, frame_rate=RATE, channels=1)
        for name, clip in load_sounds().items()
    }


def string_segments(timeline: Timeline, segments: dict[object, Any]) -> Any:  # noqa: ANN401 - as above
    """Join silence and segments to one track; overlapping ones are overlaid."""
    kind = segment_type()
    track = kind.silent(0, frame_rate=RATE)
    for event in timeline.events:
        segment = segments[event.line if isinstance(event, Spoken) else event.name]
        gap = event.start_ms - len(track)
        if gap >= 0:
            track += kind.silent(gap, frame_rate=RATE) + segment
        else:
            track += kind.silent(max(0, gap + len(segment)), frame_rate=RATE)
            track = track.overlay(segment, position=event.start_ms)
    return track


def export_track(track: Any, target: Path) -> str:  # noqa: ANN401 - as above
    """Write a track as MP3 by ffmpeg, or else by lameenc; returns the name of the encoder."""
    if shutil.which("ffmpeg"):
        track.export(str(target.with_suffix(".mp3")), format="mp3", bitrate=f"{KBPS[1]}k")
        return "ffmpeg"
    track.export(str(target.with_suffix(".wav")), format="wav")
    encode_plainly(target.with_suffix(".wav"), target.with_suffix(".mp3"))
    return "lameenc, without ffmpeg"


# --- where the time goes -----------------------------------------------------------------------


def stage_rows(folder: Path) -> list[Row]:
    """Rows of the fifth table: what a cold and a warm build spend on each stage (profiled)."""
    cache = folder / "stages"
    cold, warm = (stage_seconds(cache, folder / "stages.mp3") for _ in range(2))
    return [
        (name, f"{1e3 * cold[function]:.0f} ms", f"{1e3 * warm[function]:.0f} ms")
        for function, name in STAGES.items()
    ]


def stage_seconds(cache: Path, target: Path) -> dict[str, float]:
    """Seconds within the functions of `STAGES`, in one build under the profiler."""
    profile = cProfile.Profile()
    profile.runcall(build_once, "hip-dips", Options(quiet=True), cache, target)
    seconds = dict.fromkeys(STAGES, 0.0)
    for entry in profile.getstats():
        name = getattr(entry.code, "co_name", "")
        if name in STAGES and getattr(entry.code, "co_filename", __file__) != __file__:
            seconds[name] = max(seconds[name], entry.totaltime)
    return seconds


def import_rows(folder: Path, runs: int) -> list[Row]:
    """Rows of the sixth table: what a warm build imports and how long that takes by itself."""
    words = ("-m", "audioworkout", "build", "hip-dips", "--quiet", "--output")
    command = [sys.executable, "-X", "importtime", *words, str(folder / "imports.mp3")]
    least: dict[str, int] = {}
    for _ in range(runs):
        told = subprocess.run(
            command,
            env=make_environment(folder / "stages"),
            check=True,
            capture_output=True,
            text=True,
        )
        for own, name in re.findall(r"^import time: +(\d+) \|[^|]*\| *(\S+)$", told.stderr, re.M):
            least[name] = min(int(own), least.get(name, int(own)))
    groups: dict[str, list[int]] = {}
    for name, own in least.items():
        groups.setdefault(group_of(name), []).append(own)
    by_time = sorted(groups.items(), key=lambda item: -sum(item[1]))
    return [(name, str(len(own)), f"{sum(own) / 1e3:.1f} ms") for name, own in by_time]


def group_of(module: str) -> str:
    """The library a module belongs to."""
    library = module.partition(".")[0]
    return "standard library" if library in sys.stdlib_module_names else library


# --- telling -----------------------------------------------------------------------------------


def format_seconds(seconds: Sequence[float]) -> str:
    """Median, least and most.

    >>> format_seconds([0.0123, 0.011, 0.02]), format_seconds([2.0, 4.0])
    ('12 ms (11-20)', '3.00 s (2.00-4.00)')
    """
    middle, least, most = median(seconds), min(seconds), max(seconds)
    if middle < 1:
        return f"{1e3 * middle:.0f} ms ({1e3 * least:.0f}-{1e3 * most:.0f})"
    return f"{middle:.2f} s ({least:.2f}-{most:.2f})"


def format_fraction(parts: Sequence[float]) -> str:
    """A fraction with numerator 1: median, least and most of the divisor.

    >>> format_fraction([0.25, 0.5, 0.2])
    '1/4.0 (1/5.0-1/2.0)'
    """
    middle, least, most = (f"1/{1 / part:.1f}" for part in (median(parts), min(parts), max(parts)))
    return f"{middle} ({least}-{most})"


def format_times(parts: Sequence[float]) -> str:
    """A ratio: median, least and most.

    >>> format_times([2.0, 3.0, 4.0])
    '3.00 (2.00-4.00)'
    """
    return f"{median(parts):.2f} ({min(parts):.2f}-{max(parts):.2f})"


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown, as soon as it is there."""
    print(f"\n### {title}\n")
    for row in (heads, ["---"] * len(heads), *rows):
        print(f"| {' | '.join(row)} |", flush=True)


def make_cases(folder: Path, music: str | None) -> Iterator[Case]:
    """The workouts that are measured, in the natural voice where nothing else is said."""
    changed = folder / "changed.yaml"
    changed.write_text(HIP_DIPS.format(fire_hydrants=CHANGED), encoding="utf-8")
    yield Case("hip-dips", "hip-dips", str(changed), Options(quiet=True))
    robot = Options(quiet=True, engine=ROBOT)
    yield Case("hip-dips, espeak", "hip-dips", str(changed), robot, "1/3")
    yield Case("an hour of it", "hip-dips", str(changed), Options(quiet=True, minutes=60))
    if music:
        with_music = Options(quiet=True, music=music)
        yield Case("hip-dips, music", "hip-dips", str(changed), with_music)


def print_tables(words: argparse.Namespace, folder: Path) -> None:
    """Measure and print all tables."""
    rounds, runs = (2, 5) if words.quick else (5, 25)
    heads: Row = ("what", "took", "times `pass`", "wanted")
    print_table("Whole processes", heads, process_rows(folder, runs))
    tiny = folder / "tiny.yaml"
    tiny.write_text(TINY, encoding="utf-8")
    for _ in range(2):  # imports all there is to import
        build_once(str(tiny), Options(quiet=True), folder / "cache", folder / "bench.mp3")
    heads = ("workout", "what", "took", "of the plain encode", "wanted")
    rows = [
        row for case in make_cases(folder, words.music) for row in speed_rows(case, folder, rounds)
    ]
    print_table("Within a process, imports not counted", heads, rows)
    rows = memory_rows(folder, None) + (memory_rows(folder, words.music) if words.music else [])
    print_table("Highest memory, cold", ("what", "memory", "against the shorter"), rows)
    if not words.quick:
        print_table("The obvious way", ("what", "took", ""), obvious_rows(folder))
    print_table("Stages under the profiler", ("stage", "cold", "warm"), stage_rows(folder))
    heads = ("imported by a warm build", "modules", "took")
    print_table(
        "Imports, as `-X importtime` tells them", heads, import_rows(folder, max(3, runs // 5))
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs, nothing that takes long")
    parser.add_argument("--music", metavar="FILE", help="measure with this music beneath as well")
    words = parser.parse_args()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        print_tables(words, Path(folder))


if __name__ == "__main__":
    main()
