"""People's sound files read as samples: sounds of their own, and recordings of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioworkout.errors import BuildError, UsageError
from audioworkout.units import SECOND, Ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".aif", ".m4a", ".aac", ".wma")
"""What counts as a sound file; where two have one name, the first of these is taken. The last
three cannot be read, and are named here so that they are refused instead of overlooked."""

_NO_SOUNDFILE = "Install it with `pip install soundfile`, or leave your own sounds out."
_READABLE = "WAV, FLAC, Ogg, MP3, Opus and AIFF can be read."


def read_audio(file: Path, longest: Ms) -> tuple[npt.NDArray[np.float64], int]:
    """The beginning of a file, and its rate (hertz).

    Args:
        file: WAV of any kind, FLAC, Ogg, Opus, MP3 or AIFF.
        longest: No more of it is read.

    Returns:
        Samples within -1 to 1, of shape (samples, channels): what is beyond was clipped, what is no
        number is silence.

    Raises:
        UsageError: It is not there, or no sound.
        BuildError: No sound file can be read on this computer.
    """
    import numpy as np

    try:
        import soundfile

        with soundfile.SoundFile(file) as opened:
            rate: int = opened.samplerate
            samples = opened.read(longest * rate // SECOND, dtype="float64", always_2d=True)
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error
    except soundfile.SoundFileError as error:
        raise _no_sound(file, error) from error
    return np.clip(np.nan_to_num(samples), -1, 1), rate


class Samples:
    """A sound file read piece by piece from anywhere: int16 samples, those of channels in turn."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - soundfile is loaded only where needed
        """`file` is an opened `soundfile.SoundFile`."""
        self._file = file

    @property
    def channels(self) -> int:
        """1 or 2."""
        return int(self._file.channels)

    @property
    def count(self) -> int:
        """Samples of each channel."""
        return int(self._file.frames)

    def read(self, count: int) -> bytes:
        """The next so many samples of each channel; fewer at the end, none after it."""
        return bytes(self._file.buffer_read(count, dtype="int16"))

    def seek(self, sample: int) -> None:
        """Go on reading at this sample; beyond the end there are none."""
        self._file.seek(min(sample, self._file.frames))


@contextmanager
def open_samples(file: Path) -> Iterator[Samples]:
    """A sound file to be played, for as long as the context lasts.

    Raises:
        UsageError: It is no sound.
        BuildError: No sound file can be read on this computer.
    """
    try:
        import soundfile

        opened = soundfile.SoundFile(file)
    except (ImportError, OSError) as error:
        raise BuildError(f"no sound file can be read here: {error}", _NO_SOUNDFILE) from error
    except soundfile.SoundFileError as error:
        raise _no_sound(file, error) from error
    with opened:
        yield Samples(opened)


def levels_in(file: Path, steps: int) -> list[float]:
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


def _no_sound(file: Path, error: Exception) -> UsageError:
    why = getattr(error, "error_string", str(error)).strip().rstrip(".")
    return UsageError(f"{file} is no sound that can be read: {why}", _READABLE)
