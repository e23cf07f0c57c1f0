"""ffmpeg, where this computer has it: for the few kinds of sound file that no wheel of ours knows.

It is spoken to through pipes, block by block. pydub would do the same with the whole in memory:
two gigabytes for three hours.
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

from audioworkout.units import RATE

_BLOCK = 1 << 19
_SILENT = ("-hide_banner", "-nostdin", "-loglevel", "error")


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Why a file cannot grow; ffmpeg gives the system's words for it."""


_NO_STREAM = "matches no streams"
"""What it says, and then how to call it otherwise, of a picture or a film without sound."""


_FORMATS = (
    "mov,aac,asf,wav,w64,flac,ogg,mp3,aiff,caf,ape,wv,matroska,amr,au,ac3,eac3,dts,tta,mpc,mpc8,"
    "avi,flv,mpegts"
)
"""Kinds of file that are read: sound and films, and none that names other files to be read."""
_SAFE_INPUT = ("-protocol_whitelist", "file", "-format_whitelist", _FORMATS)


class FFmpegError(Exception):
    """ffmpeg could not do it; the text is the last line it said."""


def find_ffmpeg() -> str | None:
    """Where ffmpeg is; None where it is not installed."""
    return shutil.which("ffmpeg")


def decode_file(ffmpeg: str, file: Path, channels: int) -> Iterator[bytes]:
    """The first sound of a file, in blocks of whole samples: float32 little-endian, 48 kHz.

    Raises:
        FFmpegError: It is no sound that ffmpeg knows.
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
        ffmpeg: The program.
        pcm: Samples, those of channels in turn.
        channels: 1 or 2.
        target: Where to; replaced if it exists.
        words: Codec and container, as ffmpeg's options. What would name the moment or the
            program's version is left out, so that the same sound is the same bytes.

    Raises:
        OSError: There is no room for the file.
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
            return  # it has ended, and its exit status says why


@contextmanager
def _run_process(
    words: Sequence[str], stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is gone at the end of the context, whatever happens there.

    What it complains of goes to a file: a full pipe nobody reads would stop it.
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
    """Tell why ffmpeg ended: by its words, or by the signal that ended it."""
    if status == -getattr(signal, "SIGXFSZ", 0):  # which Windows has not
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    for number in _NO_ROOM:
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
                continue  # what it still held is of no use to anyone


def _last_line(file: IO[bytes]) -> str:
    file.seek(0)
    said = file.read().decode("utf-8", "replace").strip()
    if _NO_STREAM in said:
        return "there is no sound in it"
    lines = said.splitlines()
    return lines[-1].strip() if lines else ""


def _safe_name(file: Path) -> str:
    """A file's name that is neither taken for an option nor for another protocol."""
    return f"file:{file}"
