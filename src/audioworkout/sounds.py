"""Loads sound cues as clips: the built-in ones, or the user's own files.

The built-in ones are read without numpy: their lengths and loudness are constants. The user's files
are all decoded by soundfile, and cut and mixed down by pydub: pydub decodes only WAV without
another program, and reads some WAV files of floats as integers, which is noise.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.audio_io.engine_files import read_wave
from audioworkout.audio_io.sound_files import SOUND_SUFFIXES, rank_sound_file, read_audio
from audioworkout.dsp.tones import BELLS, TONES, VOICE_LEVEL
from audioworkout.errors import BuildError, UsageError
from audioworkout.files import is_folder, list_folder
from audioworkout.model.script import SOUND_NAMES, SoundName
from audioworkout.model.timeline import LEAD, Clip
from audioworkout.units import FULL_SCALE, SECOND, Ms

if TYPE_CHECKING:
    from pydub import AudioSegment

    from audioworkout.dsp.arrays import Float64Array


BUILT_IN_LENGTHS: dict[SoundName, Ms] = {
    "ready": 118,
    "go": 448,
    "tick": 34,
    "pulse": 29,
    "half": 278,
    "end": 399,
    "finish": 1_198,
}
"""Lengths of the built-in sounds; a test measures them."""

BELL_LENGTHS: dict[SoundName, Ms] = {
    "ready": 241,
    "go": 989,
    "half": 490,
    "end": 889,
    "finish": 2_392,
}
"""The same of the bells."""

LONGEST_SOUND = 3 * SECOND
"""A user's sound is cut after this."""

LONGEST_READ = 60 * SECOND
"""Only this much of a file is read: a sound that begins later counts as silent."""

SOUND_PEAK = -6.0
"""True peak that a user's sound is limited to (dBTP)."""

_FADE: Ms = 5


def load_sounds(folder: Path | None = None, *, calm: bool = False) -> dict[SoundName, Clip]:
    """Every sound cue by name: from `folder`, or built in if the folder does not have it.

    Args:
        folder: The user's own sounds.
        calm: Soft bells in place of the built-in beeps.

    Raises:
        UsageError: The folder does not exist or has no sound of a known name, or one of its files
            is not a sound file.
        BuildError: The built-in sounds are damaged.
    """
    own = _find_user_sounds(folder) if folder else {}
    return {
        name: _load_user_sound(own[name], _level_of(name, calm))
        if name in own
        else _built_in_sound(name, calm)
        for name in SOUND_NAMES
    }


def _built_in_sound(name: SoundName, calm: bool) -> Clip:
    bell = calm and name in BELLS
    file = _built_in_folder() / ("calm" if bell else "") / f"{name}.wav"
    return _read_built_in(
        file, (BELL_LENGTHS if bell else BUILT_IN_LENGTHS)[name], _level_of(name, calm)
    )


@lru_cache(maxsize=2 * len(SOUND_NAMES))
def _read_built_in(file: Path, length: Ms, level: float) -> Clip:
    """A built-in sound; each is read once in a process.

    Raises:
        BuildError: It is damaged.
    """
    try:
        pcm = read_wave(file).pcm
    except (OSError, ValueError) as error:
        raise BuildError(
            f"a built-in sound is missing or damaged: {file}", "Install audioworkout again."
        ) from error
    return Clip(pcm, length, level)


def _built_in_folder() -> Path:
    """In the package if installed; in a checkout at the top, where people look for it."""
    here = Path(__file__).resolve().parent
    installed = here / "sounds"
    return installed if installed.is_dir() else here.parents[1] / "sounds"


def _level_of(name: SoundName, calm: bool) -> float:
    """Clip loudness of a built-in sound (LUFS)."""
    return VOICE_LEVEL + (BELLS.get(name, TONES[name]) if calm else TONES[name]).level


def _find_user_sounds(folder: Path) -> dict[SoundName, Path]:
    """The user's file for each name; other files are ignored."""
    names = ", ".join(SOUND_NAMES)
    hint = f"A folder for --sounds holds files named {names}, such as ready.wav or go.mp3."
    if not is_folder(folder):
        raise UsageError(f"there is no folder of sounds {folder}", hint)
    files = sorted(list_folder(folder), key=rank_sound_file)
    found: dict[SoundName, Path] = {}
    for file, name in _files_by_name(files):
        found.setdefault(name, file)
    if not found:
        raise UsageError(f"{folder} holds no sound with a name that is looked for", hint)
    return found


def _files_by_name(files: list[Path]) -> Iterator[tuple[Path, SoundName]]:
    for file in files:
        for name in SOUND_NAMES:
            if file.stem.lower() == name and file.suffix.lower() in SOUND_SUFFIXES:
                yield file, name


def _load_user_sound(file: Path, loudness: float) -> Clip:
    """A user's file as a clip of this loudness (LUFS), that of the sound which it replaces."""
    import numpy as np

    from audioworkout.dsp.limiter import limit_channel
    from audioworkout.dsp.loudness import clip_loudness, from_decibels
    from audioworkout.dsp.resampling import resample_clip
    from audioworkout.dsp.trimming import trim_clip

    segment = _audible_part(_decode_first_minute(file))
    if segment is None:
        raise UsageError(f"{file} is silent", "Leave it out to hear the built-in sound.")
    heard = trim_clip(resample_clip(_segment_samples(segment), segment.frame_rate)).samples
    level = from_decibels(loudness - clip_loudness(heard))
    clip = trim_clip(np.rint(limit_channel(heard * level, SOUND_PEAK) * float(FULL_SCALE - 1)))
    pcm = clip.samples.astype("<i2")
    return Clip(pcm.tobytes(), clip.length, clip_loudness(pcm / FULL_SCALE), clip.lead)


def _audible_part(segment: AudioSegment) -> AudioSegment | None:
    """The audible part, at most `LONGEST_SOUND`, with a little silence around; None for silence."""
    from audioworkout.dsp.loudness import audible_extent

    start, end = audible_extent(_segment_samples(segment))
    if end == start:
        return None
    begin = max(0, SECOND * start // segment.frame_rate - LEAD)
    audible = segment[begin : SECOND * end // segment.frame_rate + LEAD]
    return audible[:LONGEST_SOUND].fade_out(_FADE) if len(audible) > LONGEST_SOUND else audible


def _segment_samples(segment: AudioSegment) -> Float64Array:
    """Samples of a mono segment, full scale being 1.0."""
    import numpy as np

    whole: Float64Array = np.array(segment.get_array_of_samples(), dtype=np.float64)
    return whole / float(segment.max_possible_amplitude)


def _decode_first_minute(file: Path) -> AudioSegment:
    """The first minute of a file, mixed to one channel."""
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
    """Pydub's class, imported without the warnings that the import prints.

    They are about ffmpeg, which is not needed here, and about deprecated features of Python.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Couldn't find ffmpeg", RuntimeWarning)
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        for category in (DeprecationWarning, SyntaxWarning):  # the second since Python 3.12
            warnings.filterwarnings("ignore", ".*invalid escape sequence", category)
        import pydub

    segment: type[AudioSegment] = pydub.AudioSegment
    return segment
