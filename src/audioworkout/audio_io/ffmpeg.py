"""Runs ffmpeg, if it is installed, for the sound files that soundfile cannot read or write.

Sound passes through pipes, block by block. pydub would hold the whole file in memory: two gigabytes
for three hours.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

from audioworkout.files import NO_SPACE
from audioworkout.units import RATE

_BLOCK = 1 << 19
_SILENT = ("-hide_banner", "-nostdin", "-loglevel", "error")


_NO_STREAM = "matches no streams"
"""Part of ffmpeg's message about a picture or a film without sound."""


_FORMATS = (
    "mov,aac,asf,wav,w64,flac,ogg,mp3,aiff,caf,ape,wv,matroska,amr,au,ac3,eac3,dts,tta,mpc,mpc8,"
    "avi,flv,mpegts"
)
"""Formats that are read: sound and films, but no playlists, which name other files to be read."""
_SAFE_INPUT = ("-protocol_whitelist", "file", "-format_whitelist", _FORMATS)


class FFmpegError(Exception):
    """ffmpeg failed; the text is the last line of its output."""


def find_ffmpeg() -> str | None:
    """Path of ffmpeg; None if it is not installed."""
    return shutil.which("ffmpeg")


def decode_file(ffmpeg: str, file: Path, channels: int) -> Iterator[bytes]:
    """The first audio stream of a file, in blocks of whole samples: float32 little-endian, 48 kHz.

    Raises:
        FFmpegError: ffmpeg cannot decode it.
    """
    words = (*_SAFE_INPUT, "-i", _safe_name(file), "-map", "0:a:0", "-f", "f32le")
    raw = ("-ac", str(channels), "-ar", str(RATE), "pipe:1")
    with _run_process((ffmpeg, *_SILENT, *words, *raw), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while block := process.stdout.read(_BLOCK):
            yield block


def encode_file(
    ffmpeg: str, pcm: Iterable[bytes], channels: int, target: Path, words: Sequence[str]
) -> None:
    """Write int16 little-endian samples at 48 kHz to a file.

    Args:
        ffmpeg: Path of the program.
        pcm: Samples, channels interleaved.
        channels: 1 or 2.
        target: Path of the file; replaced if it exists.
        words: Options of ffmpeg for codec and container. Time and version are not written, so that
            the same sound gives the same bytes.

    Raises:
        OSError: There is no space for the file.
        FFmpegError: ffmpeg failed.
    """
    raw = ("-f", "s16le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0")
    exact = ("-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1")
    line = (ffmpeg, *(word for word in _SILENT if word != "-nostdin"), "-y", *raw, *exact)
    with _run_process((*line, *words, _safe_name(target)), stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            process.stdin.writelines(pcm)
            process.stdin.close()
        except BrokenPipeError:
            return  # the process has ended; its exit status is checked


@contextmanager
def _run_process(
    words: Sequence[str], stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that is ended when the context ends.

    Its error output goes to a file: a full pipe that nobody reads would block it.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(words, stdin=stdin, stdout=stdout, stderr=complaints)
        try:
            yield process
            status = process.wait()
        finally:
            _end_process(process)
        if status:
            _raise_failure(status, _last_line(complaints))


def _raise_failure(status: int, complaint: str) -> NoReturn:
    """Raise the error that made ffmpeg fail, from its messages or the signal that ended it."""
    if status == -getattr(signal, "SIGXFSZ", 0):  # not defined on Windows
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    for number in NO_SPACE:  # ffmpeg prints the system's messages for them
        if os.strerror(number) in complaint:
            raise OSError(number, os.strerror(number))
    raise FFmpegError(complaint or f"ffmpeg ended with status {status}")


def _end_process(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # unwritten data is not needed any more


def _last_line(file: IO[bytes]) -> str:
    file.seek(0)
    output = file.read().decode("utf-8", "replace").strip()
    if _NO_STREAM in output:
        return "there is no sound in it"
    lines = output.splitlines()
    return lines[-1].strip() if lines else ""


def _safe_name(file: Path) -> str:
    """A file name that ffmpeg takes neither for an option nor for another protocol."""
    return f"file:{file}"
