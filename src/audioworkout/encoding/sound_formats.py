"""Sound files other than MP3; the suffix of the file chooses the format.

WAV, FLAC, Ogg Vorbis and Opus are written by soundfile; M4A by ffmpeg, if it is installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.encoding import BuildResult
from audioworkout.errors import BuildError, UsageError
from audioworkout.files import atomic_file, check_output
from audioworkout.mixing.mix import Mix
from audioworkout.model.callbacks import StepProgress
from audioworkout.units import RATE, SAMPLES_PER_MS

if TYPE_CHECKING:
    from audioworkout.dsp.arrays import Float32Array
    from audioworkout.dsp.meter import MeterReading

MP3 = ".mp3"
M4A = ".m4a"
SOUND_FORMATS: dict[str, tuple[str, str] | None] = {
    ".wav": ("WAV", "PCM_16"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".opus": ("OGG", "OPUS"),
    M4A: None,
}
"""Container and coding by soundfile's names; None if ffmpeg is needed."""

_OTHERS = frozenset({".aac", ".aif", ".aiff", ".m4b", ".mka", ".mp2", ".mp4", ".webm", ".wma"})
"""Suffixes of sound formats that are not written; any other suffix is part of an MP3's name."""
_KINDS = ", ".join(ending[1:] for ending in (MP3, *SOUND_FORMATS))


def is_mp3_name(target: Path) -> bool:
    """True if the suffix of the file is not that of another format.

    >>> is_mp3_name(Path("legs.mp3")), is_mp3_name(Path("legs.2")), is_mp3_name(Path("legs.WAV"))
    (True, True, False)
    """
    return target.suffix.lower() not in SOUND_FORMATS


def check_format(target: Path) -> None:
    """Check, before any work is done, that a file of this format can be written.

    Raises:
        UsageError: The suffix is that of a format that is not written.
        BuildError: The format cannot be written on this computer.
    """
    ending = target.suffix.lower()
    if ending in _OTHERS:
        raise UsageError(
            f"{target}: no {ending[1:]} files are written", f"There are {_KINDS}, by the ending."
        )
    if ending == M4A:
        _require_ffmpeg()


def write_sound(
    target: Path, mix: Mix, texts: Mapping[str, str], progress: StepProgress
) -> BuildResult:
    """Write a mix as a sound file; its suffix chooses the format. It appears whole or not at all.

    Args:
        target: Path of the file; its suffix is one of `SOUND_FORMATS`.
        mix: Its bit rate is used for M4A only.
        texts: Tags of the file: `title`, `artist`, `comment`.
        progress: Called after every block, with seconds.

    Raises:
        OutputError: It could not be written; an older file is untouched.
        BuildError: ffmpeg is missing or failed.
    """
    check_output(target)
    total = mix.timeline.duration_ms * SAMPLES_PER_MS
    blocks = _report_progress(mix.blocks(), total, progress)
    with atomic_file(target) as opened:
        temporary = Path(opened.name)
        kind = SOUND_FORMATS[target.suffix.lower()]
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
    return BuildResult.of_mix(mix, target, size)


def measure_file(file: Path, channels: int = 2) -> MeterReading:
    """Decode a file and measure it; `channels` is used for M4A only.

    Raises:
        UsageError: It is not a sound file.
    """
    from audioworkout.audio_io.sound_files import open_stream
    from audioworkout.dsp.meter import read_meter

    with open_stream(file, channels) as stream:
        return read_meter(stream.blocks)


def _report_progress(
    blocks: Iterator[Float32Array], total: int, progress: StepProgress
) -> Iterator[Float32Array]:
    """The blocks; reports progress in seconds after each."""
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        progress(-(-done // RATE), -(-total // RATE))


def _write_m4a(
    target: Path, blocks: Iterator[Float32Array], channels: int, kbps: int, texts: Mapping[str, str]
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
