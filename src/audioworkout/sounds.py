"""The sounds of a workout as clips: the built-in ones, and a person's own in their place.

The built-in ones are read as they lie, without numpy: their lengths and loudness are written down
here. A person's own files are decoded by soundfile, WAV too, and cut and mixed down by pydub: the
decoding of pydub needs another program for all but WAV, and takes some WAV files of floats for
integers, which is noise.
"""

from __future__ import annotations

import warnings
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.audio_io.sound_files import SUFFIXES, read_audio
from audioworkout.dsp.tones import TONES, VOICE_LEVEL
from audioworkout.errors import BuildError, UsageError
from audioworkout.files import is_folder, list_folder
from audioworkout.model.script import SOUND_NAMES, SoundName
from audioworkout.model.timeline import LEAD, Clip
from audioworkout.units import SECOND, Ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from pydub import AudioSegment

    Floats = npt.NDArray[np.float64]

LENGTHS: dict[SoundName, Ms] = {
    "ready": 118,
    "go": 448,
    "tick": 34,
    "pulse": 29,
    "half": 278,
    "end": 399,
    "finish": 1_198,
}
"""Lengths of the built-in sounds, which a test measures again."""

LONGEST = 3 * SECOND
"""A sound of one's own is cut after this."""

LONGEST_READ = 60 * SECOND
"""No more of a file is looked at: a sound begins within it or is none."""

PEAK = -6.0
"""True peak a sound of one's own is limited to (dBTP), so that it is no louder than it reads."""

_FADE: Ms = 5
_FULL_SCALE = 32_768


def load_sounds(folder: Path | None = None) -> dict[SoundName, Clip]:
    """Every sound by name: those in `folder`, and the built-in ones for what it lacks.

    Raises:
        UsageError: The folder is missing or holds no sound of a known name, or a file in it is no
            sound.
        BuildError: The built-in sounds are damaged.
    """
    own = _user_files(folder) if folder else {}
    return {
        name: _load_user_sound(own[name], name) if name in own else _built_in_sound(name)
        for name in SOUND_NAMES
    }


def _built_in_sound(name: SoundName) -> Clip:
    file = _built_in_folder() / f"{name}.wav"
    try:
        with wave.open(str(file)) as opened:
            pcm = opened.readframes(opened.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise BuildError(
            f"a built-in sound is missing or damaged: {file}", "Install audioworkout again."
        ) from error
    return Clip(pcm, LENGTHS[name], _level_of(name))


def _built_in_folder() -> Path:
    """Beside this file once installed; in a checkout at its top, where people look for them."""
    here = Path(__file__).resolve().parent
    installed = here / "sounds"
    return installed if installed.is_dir() else here.parents[1] / "sounds"


def _level_of(name: SoundName) -> float:
    """Clip loudness a sound was made with (LUFS)."""
    return VOICE_LEVEL + TONES[name].level


def _user_files(folder: Path) -> dict[SoundName, Path]:
    """The person's file for each name that has one; other files are none of our business."""
    names = ", ".join(SOUND_NAMES)
    hint = f"A folder for --sounds holds files named {names}, such as ready.wav or go.mp3."
    if not is_folder(folder):
        raise UsageError(f"there is no folder of sounds {folder}", hint)
    files = sorted(list_folder(folder), key=_preference)
    found: dict[SoundName, Path] = {}
    for file, name in _files_by_name(files):
        found.setdefault(name, file)
    if not found:
        raise UsageError(f"{folder} holds no sound with a name that is looked for", hint)
    return found


def _files_by_name(files: list[Path]) -> Iterator[tuple[Path, SoundName]]:
    for file in files:
        for name in SOUND_NAMES:
            if file.stem.lower() == name and file.suffix.lower() in SUFFIXES:
                yield file, name


def _preference(file: Path) -> tuple[int, str]:
    suffix = file.suffix.lower()
    return (SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES), file.name)


def _load_user_sound(file: Path, name: SoundName) -> Clip:
    """A person's file as a clip as loud as the sound it replaces."""
    import numpy as np

    from audioworkout.dsp.limiter import limit_channel
    from audioworkout.dsp.loudness import clip_loudness, from_decibels
    from audioworkout.dsp.resampling import resample_clip
    from audioworkout.dsp.trimming import trim_clip

    segment = _audible_part(_decode_file(file))
    if segment is None:
        raise UsageError(f"{file} is silent", "Leave it out to hear the built-in sound.")
    heard = trim_clip(resample_clip(_segment_samples(segment), segment.frame_rate)).samples
    level = from_decibels(_level_of(name) - clip_loudness(heard))
    clip = trim_clip(np.rint(limit_channel(heard * level, PEAK) * float(_FULL_SCALE - 1)))
    pcm = clip.samples.astype("<i2")
    return Clip(pcm.tobytes(), clip.length, clip_loudness(pcm / _FULL_SCALE), clip.lead)


def _audible_part(segment: AudioSegment) -> AudioSegment | None:
    """From just before it begins to sound, at most `LONGEST`; None for silence."""
    from audioworkout.dsp.loudness import audible_extent

    start, end = audible_extent(_segment_samples(segment))
    if end == start:
        return None
    begin = max(0, SECOND * start // segment.frame_rate - LEAD)
    heard = segment[begin : SECOND * end // segment.frame_rate + LEAD]
    return heard[:LONGEST].fade_out(_FADE) if len(heard) > LONGEST else heard


def _segment_samples(segment: AudioSegment) -> Floats:
    """Samples of a mono segment, full scale being 1.0."""
    import numpy as np

    whole: Floats = np.array(segment.get_array_of_samples(), dtype=np.float64)
    return whole / float(segment.max_possible_amplitude)


def _decode_file(file: Path) -> AudioSegment:
    """The first minute of a file in one channel."""
    import numpy as np

    samples, rate = read_audio(file, LONGEST_READ)
    segment = _import_pydub()(
        data=np.rint(samples * (2**31 - 1)).astype("=i4").tobytes(),
        sample_width=4,
        frame_rate=rate,
        channels=samples.shape[1],
    )
    mono: AudioSegment = segment.set_channels(1)
    return mono


def _import_pydub() -> type[AudioSegment]:
    """The class, imported without the warnings pydub gives then.

    They are of ffmpeg, of which nothing here has need, and of its use of what Python gives up.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Couldn't find ffmpeg", RuntimeWarning)
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        for category in (DeprecationWarning, SyntaxWarning):  # the second since Python 3.12
            warnings.filterwarnings("ignore", ".*invalid escape sequence", category)
        import pydub

    segment: type[AudioSegment] = pydub.AudioSegment
    return segment
