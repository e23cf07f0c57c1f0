"""Kinds of sound file other than MP3: the same timeline, chosen by how the file's name ends.

WAV, FLAC, Ogg Vorbis and Opus are written by soundfile, which is there anyway; M4A by ffmpeg, where
this computer has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.encoding import BuildResult
from audioworkout.encoding.splicing import Progress
from audioworkout.errors import BuildError, UsageError
from audioworkout.files import atomic_file, check_output
from audioworkout.mixing.mix import Mix
from audioworkout.units import RATE, SAMPLES_PER_MS

if TYPE_CHECKING:
    from audioworkout.dsp.meter import MeterReading
    from audioworkout.mixing.stereo import Floats

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
    target: Path, mix: Mix, texts: Mapping[str, str], progress: Progress
) -> BuildResult:
    """Write a mix as a sound file of the kind its name ends in, whole or not at all.

    Args:
        target: Where to; it ends in one of `FORMATS`.
        mix: What is heard. Its bit rate is used for M4A only.
        texts: What the file says of itself: `title`, `artist`, `comment`.
        progress: Told of every two seconds.

    Raises:
        OutputError: It could not be written; an older file is untouched.
        BuildError: ffmpeg is missing or failed.
    """
    check_output(target)
    total = mix.timeline.duration_ms * SAMPLES_PER_MS
    blocks = _report_progress(mix.blocks(), total, progress)
    with atomic_file(target) as opened:
        temporary = Path(opened.name)
        kind = FORMATS[target.suffix.lower()]
        if kind is None:
            _write_m4a(temporary, blocks, mix.channels, mix.kbps, texts)
        else:
            from audioworkout.audio_io.sound_files import write_audio

            write_audio(temporary, blocks, mix.channels, kind, texts)
            if kind[0] == "OGG":
                from audioworkout.tagging.ogg_pages import set_serial

                with temporary.open("rb+") as file:
                    set_serial(file)
        size = temporary.stat().st_size
    levels = mix.levels
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


def _report_progress(blocks: Iterator[Floats], total: int, progress: Progress) -> Iterator[Floats]:
    """The blocks, progress being told of them in seconds."""
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        progress(-(-done // RATE), -(-total // RATE))


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
