"""Sound files of every kind, read as samples and written: the one place that knows soundfile."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_CUR, SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from audioworkout.errors import BuildError, OutputError, UsageError
from audioworkout.files import stat_path, unreadable
from audioworkout.prefetch import load_modules
from audioworkout.quiet import quiet_stderr
from audioworkout.units import RATE, SECOND, Ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".aif", ".m4a", ".aac", ".wma")
"""What counts as a sound file; where two have one name, the first of these is taken. The last
three cannot be read, and are named here so that they are refused instead of overlooked."""

_NO_SOUNDFILE = "Install it with `pip install soundfile`, or leave your own sounds out."
_READABLE = "WAV, FLAC, Ogg, MP3, Opus and AIFF can be read."
_WITH_FFMPEG = f"{_READABLE} With ffmpeg installed M4A, AAC and WMA can be, too."
_BY_FFMPEG = f"{_READABLE} ffmpeg reads M4A, AAC and WMA besides, but not this file."
_BLOCK = 1 << 16
_LEAST_LOST: Ms = 50
"""A file that lacks less is whole: encoders and headers are not exact, and no word is so short."""
_UNKNOWN = 0x7FFF_0000
"""Bytes that programs promise, or more, which cannot know how many will come (2 GB)."""
_ORDERS = {b"RIFF": "<", b"RIFX": ">", b"FORM": ">"}
"""How numbers stand in WAV and AIFF, by how the file begins."""
_XING = (b"Xing", b"Info")
"""What the first frame of an MP3 holds if it tells how many others there are; without it,
libsndfile guesses from the size of the file."""
_XING_WITHIN = 64
"""Bytes of that frame in which it stands."""
_LOUDEST = 2.0**31
"""Full scale being 1.0; files of floats that hold 32-bit integers as they are reach this."""


def read_audio(file: Path, longest: Ms) -> tuple[npt.NDArray[np.float64], int]:
    """The beginning of a file, and its rate (hertz).

    Args:
        file: WAV of any kind, FLAC, Ogg, Opus, MP3 or AIFF.
        longest: No more of it is read.

    Returns:
        Samples within -1 to 1, of shape (samples, channels): what is beyond was clipped, what is no
        number is silence.

    Raises:
        UsageError: It is not there, no sound, or cut off: it ends before its header says.
        BuildError: No sound file can be read on this computer.
    """
    import numpy as np

    try:
        import soundfile

        with quiet_stderr, _open_sound(file) as opened:
            rate: int = opened.samplerate
            most = longest * rate // SECOND
            samples = np.concatenate(list(_read_beginning(opened, most)))
            promised = _promised_samples(file, opened)
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error
    except soundfile.SoundFileError as error:
        raise _sound_error(file, error) from error
    if len(samples) + _LEAST_LOST * rate // SECOND < min(promised, most):
        raise UsageError(
            f"{file} is cut off: of {promised / rate:.1f} s it has {len(samples) / rate:.1f} s",
            "Copy or record it again.",
        )
    return np.clip(np.nan_to_num(samples), -1, 1), rate


def _open_sound(file: Path) -> Any:  # noqa: ANN401 - soundfile is loaded only where needed
    """A sound file to be read from its beginning to its end.

    After every read soundfile looks for the place it is at, if it believes that a file can be
    searched. A decoder of MP3 then forgets what of a frame stands in those before it, and what
    comes next is garbled where there are few bits. Nor does it read on beyond the length that it
    was told, which is a guess where an MP3 does not say it.
    """
    import soundfile

    with quiet_stderr:
        # In the system's own bytes: a name need not be text.
        opened = soundfile.SoundFile(str(file) if os.name == "nt" else os.fsencode(file))
    opened.seekable = lambda: False
    return opened


def _read_beginning(
    opened: Any,  # noqa: ANN401 - as in Samples
    most: int,
) -> Iterator[npt.NDArray[np.float64]]:
    """At most so many samples of a file, in blocks of shape (samples, channels)."""
    while True:
        block = opened.read(min(_BLOCK, most), dtype="float64", always_2d=True)
        yield block
        most -= len(block)
        if not len(block) or not most:
            return


def _promised_samples(file: Path, opened: Any) -> int:  # noqa: ANN401 - as in Samples
    """How many samples of each channel a file's header says it has; 0 where that is not known.

    Ogg and Opus do not say it, and FLAC that was cut off cannot be read at all. Of WAV and AIFF
    libsndfile tells how many there are.
    """
    with file.open("rb") as raw:
        if opened.format == "MP3":
            return int(opened.frames) if _counts_frames(raw) else 0
        promised, there = _bytes_of_sound(raw)
    return int(opened.frames * promised / there) if there else 0


def _counts_frames(raw: BinaryIO) -> bool:
    """Whether an MP3 tells how long it is, after the ID3 tag it may begin with."""
    head = raw.read(10)
    tag = 0
    if head.startswith(b"ID3"):
        for part in head[6:]:  # seven bits of each
            tag = tag << 7 | part
        tag += len(head)
    raw.seek(tag)
    first = raw.read(_XING_WITHIN)
    return any(mark in first for mark in _XING)


def _bytes_of_sound(raw: BinaryIO) -> tuple[int, int]:
    """How many bytes the chunk with the samples should have in a WAV or AIFF, and has; else 0."""
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
    """A sound file read piece by piece from anywhere: int16 samples, those of channels in turn."""

    def __init__(self, file: Any, name: Path) -> None:  # noqa: ANN401 - soundfile is loaded late
        """`file` is an opened `soundfile.SoundFile`, `name` where it lies."""
        self._file = file
        self._name = name

    @property
    def channels(self) -> int:
        """1 or 2."""
        return int(self._file.channels)

    @property
    def count(self) -> int:
        """Samples of each channel."""
        return int(self._file.frames)

    def read(self, count: int) -> bytes:
        """The next so many samples of each channel; fewer at the end, none after it.

        Raises:
            UsageError: The file is damaged there.
        """
        with self._understood():
            samples: npt.NDArray[np.int16] = self._file.read(count, dtype="int16", always_2d=True)
        return samples.tobytes()

    def seek(self, sample: int) -> None:
        """Go on reading at this sample; beyond the end there are none.

        Raises:
            UsageError: The file is damaged before it.
        """
        with self._understood():
            self._file.seek(min(sample, self._file.frames))

    @contextmanager
    def _understood(self) -> Iterator[None]:
        import soundfile

        try:
            with quiet_stderr:
                yield
        except soundfile.SoundFileError as error:
            raise _damaged(self._name, error) from error


@contextmanager
def open_samples(file: Path) -> Iterator[Samples]:
    """A sound file to be played, for as long as the context lasts.

    Raises:
        UsageError: It is no sound, here or while samples are taken.
        BuildError: No sound file can be read on this computer.
    """
    try:
        import soundfile

        opened = _open_sound(file)
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error
    except soundfile.SoundFileError as error:
        raise _sound_error(file, error) from error
    with opened:
        yield Samples(opened, file)


def measure_levels(file: Path, steps: int) -> list[float]:
    """How loud a file is in so many steps of one length: root mean square, 1 being the loudest.

    Raises:
        UsageError: It is no sound.
        BuildError: No sound file can be read on this computer.
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


@dataclass(frozen=True, slots=True)
class Stream:
    """A sound file being read: its rate (hertz), its channels, and its samples.

    `blocks` are of shape (samples, channels), finite, full scale being 1.0 (which a file may pass).
    """

    rate: int
    channels: int
    blocks: Iterator[Floats]


def load_reader() -> None:
    """Import what `open_stream` needs, for threads that are to use it.

    Raises:
        BuildError: No sound file can be read on this computer.
    """
    try:
        load_modules("soundfile", "audioworkout.audio_io.ffmpeg")
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error


@contextmanager
def open_stream(file: Path, mixed_to: int = 2) -> Iterator[Stream]:
    """A sound file of any length, read block by block for as long as the context lasts.

    What soundfile does not know is left to ffmpeg, if this computer has it.

    Args:
        file: What to read.
        mixed_to: The channels that ffmpeg gives, whatever the file has.

    Raises:
        UsageError: It is no sound, here or while blocks are taken.
        BuildError: No sound file can be read on this computer.
    """
    from audioworkout.audio_io import ffmpeg

    try:
        import soundfile

        opened = _open_sound(file)
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error
    except soundfile.SoundFileError as error:
        program = ffmpeg.find_ffmpeg()
        if program is None:
            raise _sound_error(file, error, _WITH_FFMPEG) from error
        yield Stream(RATE, mixed_to, _decode_blocks(program, file, mixed_to))
        return
    with opened:
        yield Stream(opened.samplerate, opened.channels, _read_blocks(opened, file))


def _read_blocks(opened: Any, file: Path) -> Iterator[Floats]:  # noqa: ANN401 - as in Samples
    import soundfile

    while True:
        try:
            with quiet_stderr:
                block = opened.read(_BLOCK, dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise _damaged(file, error) from error
        if not len(block):
            return
        yield _sanitize_block(block, file)


def _decode_blocks(program: str, file: Path, channels: int) -> Iterator[Floats]:
    """The same by ffmpeg."""
    import numpy as np

    from audioworkout.audio_io import ffmpeg

    try:
        for data in ffmpeg.decode_file(program, file, channels):
            yield _sanitize_block(np.frombuffer(data, "<f4").reshape(-1, channels), file)
    except ffmpeg.FFmpegError as error:
        raise _sound_error(file, error, _BY_FFMPEG) from error


def _sanitize_block(block: Floats, file: Path) -> Floats:
    """The block, what is no number being silence or full scale; nothing that would overflow.

    Raises:
        UsageError: It is louder than any sound.
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
    blocks: Iterable[Floats],
    channels: int,
    kind: tuple[str, str],
    texts: Mapping[str, str],
) -> None:
    """Write samples at 48 kHz to a file, block by block.

    Args:
        target: Where to; replaced if it exists.
        blocks: Of shape (samples, channels), or (samples,) for one channel.
        channels: 1 or 2.
        kind: Container and coding, by soundfile's names.
        texts: What the file says of itself, by soundfile's names: `title`, `artist`.

    Raises:
        OSError: It could not be written, and this is why.
        OutputError: It could not be written, and nobody says why.
        BuildError: No sound file can be written on this computer.
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
            f"the sound could not be written: {_reason_of(error)}", "The disk may be full."
        ) from error


def _write_some(target: Path) -> None:
    """Write a little more to a file that libsndfile failed to write.

    The library says no more than "System error"; the system itself says why.

    Raises:
        OSError: That fails, too.
    """
    with target.open("ab") as file:
        file.write(bytes(_BLOCK))


def _sound_error(file: Path, error: Exception, hint: str = _READABLE) -> UsageError:
    status = stat_path(file)
    if status is not None and not status.st_size:
        return UsageError(f"{file} is empty", hint)
    if status is not None and not os.access(file, os.R_OK):
        return unreadable(file, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return UsageError(f"{file} is no sound that can be read: {_reason_of(error)}", hint)


def _damaged(file: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{file} is damaged, and cannot be read to its end: {_reason_of(error)}",
        "Copy it again, or make it again.",
    )


def _reason_of(error: Exception) -> str:
    return str(getattr(error, "error_string", error)).strip().rstrip(".")
