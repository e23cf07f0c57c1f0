"""Reads and writes sound files of every format: the only module that imports soundfile."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from audioworkout.errors import BuildError, OutputError, UsageError
from audioworkout.files import stat_path, unreadable
from audioworkout.prefetch import load_modules
from audioworkout.quiet import quiet_stderr
from audioworkout.units import RATE, SECOND, Ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from audioworkout.dsp.arrays import Float32Array, Float64Array


SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".aif", ".m4a", ".aac", ".wma")
"""Suffixes of sound files; of two files that differ only in it, the first in this order is used.
The last three cannot be read, and are listed so that they are reported instead of ignored."""

_NO_SOUNDFILE = "Install it with `pip install soundfile`, or leave your own sounds out."
_READABLE = "WAV, FLAC, Ogg, MP3, Opus and AIFF can be read."
_WITH_FFMPEG = f"{_READABLE} With ffmpeg installed M4A, AAC and WMA can be, too."
_BY_FFMPEG = f"{_READABLE} ffmpeg reads M4A, AAC and WMA besides, but not this file."
_BLOCK = 1 << 16
_LEAST_LOST: Ms = 50
"""A file that is shorter than its header says by less than this is whole: encoders are not exact,
and no word is as short."""
_UNKNOWN = 0x7FFF_0000
"""Sizes (bytes) from this on come from programs that do not know the size in advance (2 GB)."""
_ORDERS = {b"RIFF": "<", b"RIFX": ">", b"FORM": ">"}
"""Byte order of numbers in WAV and AIFF, by the first four bytes."""
_XING = (b"Xing", b"Info")
"""Marks in the first frame of an MP3 that gives the number of frames; without one, libsndfile
estimates it from the size of the file."""
_XING_WITHIN = 64
"""Bytes of that frame in which the mark is found."""
_LOUDEST = 2.0**31
"""Highest valid sample, full scale being 1.0: float files that hold unscaled 32-bit integers."""


def rank_sound_file(file: Path) -> tuple[int, str]:
    """Sort key of a file: the rank of its suffix in `SOUND_SUFFIXES`, then its name."""
    suffix = file.suffix.lower()
    known = suffix in SOUND_SUFFIXES
    return SOUND_SUFFIXES.index(suffix) if known else len(SOUND_SUFFIXES), file.name


@contextmanager
def _require_soundfile() -> Iterator[None]:
    """Raise a BuildError if soundfile, or the library it loads, is missing."""
    try:
        yield
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error


def read_audio(file: Path, longest: Ms) -> tuple[Float64Array, int]:
    """Samples from the beginning of a file, and their rate (Hz).

    Args:
        file: WAV, FLAC, Ogg, Opus, MP3 or AIFF.
        longest: Length after which reading stops.

    Returns:
        Samples of shape (samples, channels), clipped to -1 to 1; NaN becomes 0.

    Raises:
        UsageError: The file does not exist, is not a sound file, or ends before its header says.
        BuildError: Sound files cannot be read on this computer.
    """
    import numpy as np

    with _require_soundfile():
        import soundfile

        try:
            with quiet_stderr, _open_sound(file) as opened:
                rate: int = opened.samplerate
                most = longest * rate // SECOND
                samples = np.concatenate(list(_read_beginning(opened, most)))
                promised = _promised_samples(file, opened)
        except soundfile.SoundFileError as error:
            raise _sound_error(file, error) from error
    if len(samples) + _LEAST_LOST * rate // SECOND < min(promised, most):
        raise UsageError(
            f"{file} is cut off: of {promised / rate:.1f} s it has {len(samples) / rate:.1f} s",
            "Copy or record it again.",
        )
    return np.clip(np.nan_to_num(samples), -1, 1), rate


def _open_sound(file: Path) -> Any:  # noqa: ANN401 - soundfile is loaded only where needed
    """Open a sound file to read it once from start to end.

    With a seekable file soundfile seeks after every read. The MP3 decoder then loses the bit
    reservoir, which garbles the next frame at low bit rates. Reading would also stop at the length
    in `frames`, which is an estimate if an MP3 does not give it.
    """
    import soundfile

    with quiet_stderr:
        # As bytes: on POSIX a file name need not be valid text.
        opened = soundfile.SoundFile(str(file) if os.name == "nt" else os.fsencode(file))
    opened.seekable = lambda: False
    return opened


def _read_beginning(
    opened: Any,  # noqa: ANN401 - as in Samples
    most: int,
) -> Iterator[Float64Array]:
    """At most `most` samples of a file, in blocks of shape (samples, channels)."""
    while True:
        block = opened.read(min(_BLOCK, most), dtype="float64", always_2d=True)
        yield block
        most -= len(block)
        if not len(block) or not most:
            return


def _promised_samples(file: Path, opened: Any) -> int:  # noqa: ANN401 - as in Samples
    """Number of samples of each channel according to the file's header; 0 if it is not known.

    Ogg and Opus do not give it, and a truncated FLAC file cannot be read at all. For WAV and AIFF
    libsndfile returns the number of samples that exist, so the header is read here.
    """
    with file.open("rb") as raw:
        if opened.format == "MP3":
            return int(opened.frames) if _counts_frames(raw) else 0
        promised, there = _bytes_of_sound(raw)
    return int(opened.frames * promised / there) if there else 0


def _counts_frames(raw: BinaryIO) -> bool:
    """True if an MP3 gives its length, in the frame after an ID3 tag."""
    head = raw.read(10)
    tag = 0
    if head.startswith(b"ID3"):
        for part in head[6:]:  # seven bits in each byte
            tag = tag << 7 | part
        tag += len(head)
    raw.seek(tag)
    first = raw.read(_XING_WITHIN)
    return any(mark in first for mark in _XING)


def _bytes_of_sound(raw: BinaryIO) -> tuple[int, int]:
    """Size of the sample chunk of a WAV or AIFF file: in its header, and real; else (0, 0)."""
    size = raw.seek(0, SEEK_END)
    raw.seek(0)
    order = _ORDERS.get(raw.read(12)[:4])
    while order and len(head := raw.read(8)) == 8:
        name, promised = struct.unpack(f"{order}4sI", head)
        if name in (b"data", b"SSND"):
            return (promised if promised < _UNKNOWN else 0), size - raw.tell()
        raw.seek(promised + promised % 2, SEEK_CUR)
    return 0, 0


class Samples:
    """Reads int16 samples, channels interleaved, from any position of a sound file."""

    def __init__(self, file: Any, name: Path) -> None:  # noqa: ANN401 - soundfile is loaded late
        """`file` is an open `soundfile.SoundFile`, `name` its path."""
        self._file = file
        self._name = name

    @property
    def channels(self) -> int:
        """1 or 2."""
        return int(self._file.channels)

    @property
    def count(self) -> int:
        """Number of samples of each channel."""
        return int(self._file.frames)

    def read(self, count: int) -> bytes:
        """The next `count` samples of each channel; fewer at the end, none after it.

        Raises:
            UsageError: The file is damaged there.
        """
        with self._converted_errors():
            samples: npt.NDArray[np.int16] = self._file.read(count, dtype="int16", always_2d=True)
        return samples.tobytes()

    def seek(self, sample: int) -> None:
        """Continue to read at this sample; after the end there are none.

        Raises:
            UsageError: The file is damaged before it.
        """
        with self._converted_errors():
            self._file.seek(min(sample, self._file.frames))

    @contextmanager
    def _converted_errors(self) -> Iterator[None]:
        import soundfile

        try:
            with quiet_stderr:
                yield
        except soundfile.SoundFileError as error:
            raise _damaged_error(self._name, error) from error


@contextmanager
def open_samples(file: Path) -> Iterator[Samples]:
    """Open a sound file for playing, until the context ends.

    Raises:
        UsageError: It is not a sound file, or damaged (also while reading samples).
        BuildError: Sound files cannot be read on this computer.
    """
    with _require_soundfile():
        import soundfile

        try:
            opened = _open_sound(file)
        except soundfile.SoundFileError as error:
            raise _sound_error(file, error) from error
    with opened:
        yield Samples(opened, file)


def measure_levels(file: Path, steps: int) -> list[float]:
    """Root mean square of `steps` equal parts of a file, relative to the loudest part.

    Raises:
        UsageError: It is not a sound file.
        BuildError: Sound files cannot be read on this computer.
    """
    import numpy as np

    with open_samples(file) as samples:
        size = max(1, -(-samples.count // steps))
        levels = []
        while data := samples.read(size):
            levels.append(
                float(np.sqrt(np.mean(np.frombuffer(data, "<i2").astype(np.float32) ** 2)))
            )
    most = max(levels, default=0.0) or 1.0
    return [level / most for level in levels]


class Stream(NamedTuple):
    """A sound file being read: its rate (Hz), its number of channels, and its samples.

    `blocks` have the shape (samples, channels); values are finite, and may exceed full scale (1.0).
    """

    rate: int
    channels: int
    blocks: Iterator[Float32Array]


def load_reader() -> None:
    """Import what `open_stream` needs, before threads use it.

    Raises:
        BuildError: Sound files cannot be read on this computer.
    """
    with _require_soundfile():
        load_modules("soundfile", "audioworkout.audio_io.ffmpeg")


@contextmanager
def open_stream(file: Path, mixed_to: int = 2) -> Iterator[Stream]:
    """Open a sound file of any length, to read it block by block until the context ends.

    Formats that soundfile does not know are decoded by ffmpeg, if it is installed.

    Args:
        file: Path of the file.
        mixed_to: Number of channels for ffmpeg's output.

    Raises:
        UsageError: It is not a sound file, or damaged (also while reading blocks).
        BuildError: Sound files cannot be read on this computer.
    """
    from audioworkout.audio_io import ffmpeg

    program = ""
    with _require_soundfile():
        import soundfile

        try:
            opened = _open_sound(file)
        except soundfile.SoundFileError as error:
            program = ffmpeg.find_ffmpeg() or ""
            if not program:
                raise _sound_error(file, error, _WITH_FFMPEG) from error
    if program:
        yield Stream(RATE, mixed_to, _decode_blocks(program, file, mixed_to))
        return
    with opened:
        yield Stream(opened.samplerate, opened.channels, _read_blocks(opened, file))


def _read_blocks(opened: Any, file: Path) -> Iterator[Float32Array]:  # noqa: ANN401 - as in Samples
    import soundfile

    while True:
        try:
            with quiet_stderr:
                block = opened.read(_BLOCK, dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise _damaged_error(file, error) from error
        if not len(block):
            return
        yield _sanitize_block(block, file)


def _decode_blocks(program: str, file: Path, channels: int) -> Iterator[Float32Array]:
    """Blocks of a file that ffmpeg decodes."""
    import numpy as np

    from audioworkout.audio_io import ffmpeg

    try:
        for data in ffmpeg.decode_file(program, file, channels):
            yield _sanitize_block(np.frombuffer(data, "<f4").reshape(-1, channels), file)
    except ffmpeg.FFmpegError as error:
        raise _sound_error(file, error, _BY_FFMPEG) from error


def _sanitize_block(block: Float32Array, file: Path) -> Float32Array:
    """Replace NaN by 0 and infinities by full scale.

    Raises:
        UsageError: Samples are so high that calculations would overflow.
    """
    import numpy as np

    if not np.isfinite(block).all():
        block = np.nan_to_num(block, posinf=1, neginf=-1)
    if block.size and max(block.max(), -block.min()) > _LOUDEST:
        most = float(np.abs(block).max())
        raise UsageError(
            f"{file} holds samples that are no sound: {most:.0e} times full scale",
            "Convert it again, to a WAV of 16 or 24 bits.",
        )
    return block


def write_audio(
    target: Path,
    blocks: Iterable[Float32Array],
    channels: int,
    kind: tuple[str, str],
    texts: Mapping[str, str],
) -> None:
    """Write samples at 48 kHz to a file, block by block.

    Args:
        target: Path of the file; replaced if it exists.
        blocks: Shape (samples, channels), or (samples,) for one channel.
        channels: 1 or 2.
        kind: Container and coding, by soundfile's names.
        texts: Tags of the file, by soundfile's names: `title`, `artist`.

    Raises:
        OSError: The file could not be written; the reason is known.
        OutputError: The file could not be written; the reason is unknown.
        BuildError: Sound files cannot be written on this computer.
    """
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise BuildError(f"no such file can be written here: {error}", _NO_SOUNDFILE) from error
    try:
        container, coding = kind
        with soundfile.SoundFile(
            target, "w", RATE, channels, format=container, subtype=coding
        ) as file:
            for name, text in texts.items():
                setattr(file, name, text)
            for block in blocks:
                file.write(block)
    except soundfile.SoundFileError as error:
        _write_some(target)
        raise OutputError(
            f"the sound could not be written: {_describe_decode_error(error)}",
            "The disk may be full.",
        ) from error


def _write_some(target: Path) -> None:
    """Append to a file that libsndfile failed to write, to get the system's error.

    The library only reports "System error".

    Raises:
        OSError: The append fails too.
    """
    with target.open("ab") as file:
        file.write(bytes(_BLOCK))


def _sound_error(file: Path, error: Exception, hint: str = _READABLE) -> UsageError:
    status = stat_path(file)
    if status is not None and not status.st_size:
        return UsageError(f"{file} is empty", hint)
    if status is not None and not os.access(file, os.R_OK):
        return unreadable(file, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return UsageError(f"{file} is no sound that can be read: {_describe_decode_error(error)}", hint)


def _damaged_error(file: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{file} is damaged, and cannot be read to its end: {_describe_decode_error(error)}",
        "Copy it again, or make it again.",
    )


def _describe_decode_error(error: Exception) -> str:
    return str(getattr(error, "error_string", error)).strip().rstrip(".")
