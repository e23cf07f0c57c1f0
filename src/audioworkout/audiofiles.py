"""People's sound files read as samples: sounds of their own, and recordings of what is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
        why = getattr(error, "error_string", str(error)).strip().rstrip(".")
        raise UsageError(f"{file} is no sound that can be read: {why}", _READABLE) from error
    return np.clip(np.nan_to_num(samples), -1, 1), rate
