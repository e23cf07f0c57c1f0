"""Kinds of sound file other than MP3: the same timeline, chosen by how the file's name ends.

WAV, FLAC, Ogg Vorbis and Opus are written by soundfile, which is there anyway; M4A by ffmpeg, where
this computer has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.encoding import BITRATE, STEREO_BITRATE, BuildResult
from audioworkout.errors import BuildError, UsageError
from audioworkout.files import atomic_file, check_output
from audioworkout.mixing.islands import plan_islands
from audioworkout.mixing.levels import LevelledClips, level_clips, level_clips_with_music
from audioworkout.model.cache import Cache
from audioworkout.units import RATE, SAMPLES_PER_MS

if TYPE_CHECKING:
    from audioworkout.dsp.meter import MeterReading
    from audioworkout.mixing.stereo import Floats, Music
    from audioworkout.pipeline import Performance, Progress

MP3 = ".mp3"
M4A = ".m4a"
FORMATS: dict[str, tuple[str, str] | None] = {
    ".wav": ("WAV", "PCM_16"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".opus": ("OGG", "OPUS"),
    M4A: None,
}
"""Container and coding by soundfile's names; None where ffmpeg is needed."""

_OTHERS = frozenset({".aac", ".aif", ".aiff", ".m4b", ".mka", ".mp2", ".mp4", ".webm", ".wma"})
"""Endings that promise a sound file of a kind that is not written; any other ending is just part
of an MP3's name."""
_KINDS = ", ".join(ending[1:] for ending in (MP3, *FORMATS))


def is_mp3_name(target: Path) -> bool:
    """Whether a file of this name is an MP3, as it is if its ending promises nothing else.

    >>> is_mp3_name(Path("legs.mp3")), is_mp3_name(Path("legs.2")), is_mp3_name(Path("legs.WAV"))
    (True, True, False)
    """
    return target.suffix.lower() not in FORMATS


def check_format(target: Path) -> None:
    """Find out before the work that a file of this kind cannot be written.

    Raises:
        UsageError: Its name promises a kind that is not written.
        BuildError: It promises one that cannot be written on this computer.
    """
    ending = target.suffix.lower()
    if ending in _OTHERS:
        raise UsageError(
            f"{target}: no {ending[1:]} files are written", f"There are {_KINDS}, by the ending."
        )
    if ending == M4A:
        _require_ffmpeg()


def write_sound(
    performance: Performance,
    target: Path,
    texts: Mapping[str, str],
    music: Music | None,
    cache: Cache,
    progress: Progress,
) -> BuildResult:
    """Write a performance as a sound file of the kind its name ends in, whole or not at all.

    Args:
        performance: What is played, and how loud. A bit rate is used for M4A only.
        target: Where to; it ends in one of `FORMATS`.
        texts: What the file says of itself: `title`, `artist`, `comment`.
        music: What plays beneath; with it the file is stereo.
        cache: Where levels are kept between builds.
        progress: Told of every two seconds.

    Raises:
        OutputError: It could not be written; an older file is untouched.
        BuildError: ffmpeg is missing or failed.
    """
    check_output(target)
    levels = _level_clips(performance, music, cache)
    total = performance.timeline.duration_ms * SAMPLES_PER_MS
    blocks = _report_progress(_mix_blocks(performance, levels, music), total, progress)
    channels = 1 if music is None else 2
    with atomic_file(target) as opened:
        temporary = Path(opened.name)
        kind = FORMATS[target.suffix.lower()]
        if kind is None:
            usual = BITRATE if music is None else STEREO_BITRATE
            bitrate = performance.request.sound.bitrate or usual
            _write_m4a(temporary, blocks, channels, bitrate, texts)
        else:
            from audioworkout.audio_io.sound_files import write_audio

            write_audio(temporary, blocks, channels, kind, texts)
            if kind[0] == "OGG":
                from audioworkout.tagging.ogg_pages import set_serial

                with temporary.open("rb+") as file:
                    set_serial(file)
        size = temporary.stat().st_size
    return BuildResult(
        target,
        size,
        levels.loudness,
        levels.wanted,
        gain=levels.gain,
        make_up=levels.make_up,
    )


def measure_file(file: Path, channels: int = 2) -> MeterReading:
    """What a meter says of a file once it is decoded; `channels` are those of an M4A.

    Raises:
        UsageError: It is no sound.
    """
    from audioworkout.audio_io.sound_files import open_stream
    from audioworkout.dsp.meter import read_meter

    with open_stream(file, channels) as stream:
        return read_meter(stream.blocks)


def _level_clips(performance: Performance, music: Music | None, cache: Cache) -> LevelledClips:
    request = performance.request
    job = (performance.timeline, performance.clips, request.sound, request.speech.volume, cache)
    return level_clips(*job) if music is None else level_clips_with_music(music, *job)


def _mix_blocks(
    performance: Performance, levels: LevelledClips, music: Music | None
) -> Iterator[Floats]:
    """The whole mix in blocks of two seconds."""
    from audioworkout.mixing.render import render_blocks
    from audioworkout.mixing.stereo import BLOCK, TOGETHER, even_blocks, mix_blocks

    layout = plan_islands(performance.timeline, levels.takes)
    if music is None:
        yield from even_blocks(render_blocks(layout), BLOCK * SAMPLES_PER_MS)
    else:
        raised = music.raised(levels.make_up or 0.0)
        yield from mix_blocks(layout, raised, levels.limit or TOGETHER)


def _report_progress(blocks: Iterator[Floats], total: int, progress: Progress) -> Iterator[Floats]:
    """The blocks, progress being told of them in seconds."""
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        progress("Encoding", -(-done // RATE), -(-total // RATE))


def _write_m4a(
    target: Path, blocks: Iterator[Floats], channels: int, kbps: int, texts: Mapping[str, str]
) -> None:
    from audioworkout.audio_io import ffmpeg
    from audioworkout.mixing.render import pcm_of

    said = [word for name, text in texts.items() for word in ("-metadata", f"{name}={text}")]
    words = ("-c:a", "aac", "-b:a", f"{kbps}k", "-movflags", "+faststart", "-f", "ipod")
    try:
        ffmpeg.encode_file(
            _require_ffmpeg(), map(pcm_of, blocks), channels, target, (*said, *words)
        )
    except ffmpeg.FFmpegError as error:
        raise BuildError(f"ffmpeg could not write the M4A: {error}") from error


def _require_ffmpeg() -> str:
    from audioworkout.audio_io import ffmpeg

    found = ffmpeg.find_ffmpeg()
    if found is None:
        raise BuildError(
            "M4A files are written by ffmpeg, which is not installed here",
            f"Install it, or choose another ending: {_KINDS.replace(', m4a', '')}.",
        )
    return found
