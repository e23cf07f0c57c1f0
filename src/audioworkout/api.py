"""The interface for programs: read, check, script and build workouts without a command line.

Every function takes a `Studio`, which holds the folders, the cache and the callbacks; without one
nothing of the user's own is read and nothing is stored. There is no state in modules: calls may run
in several threads and processes at once, and what goes in and comes out can be pickled, but for the
studio itself. Errors are those of `audioworkout.errors`. docs/api.md has examples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.model.callbacks import Progress, Warn
from audioworkout.model.request import Diagnostic, Flags, Grouping, Request, RoutineText, Source
from audioworkout.model.timeline import Timeline
from audioworkout.pipeline import Studio
from audioworkout.preparing import CheckedFile, examine_file
from audioworkout.reading import Folders, RoutineError
from audioworkout.views import render_view

if TYPE_CHECKING:
    from audioworkout.model.request import Speech
    from audioworkout.publish import BuiltWorkout
    from audioworkout.voices.ruler import Ruler

__all__ = [
    "CheckedFile",
    "Diagnostic",
    "Flags",
    "Request",
    "RoutineError",
    "RoutineText",
    "Studio",
    "Timeline",
    "build_workout",
    "check_workout",
    "make_studio",
    "read_workout",
    "render_view",
    "script_workout",
]


def make_studio(
    cache: Path | None = None,
    config: Path | None = None,
    *,
    progress: Progress = lambda stage, done, total: None,
    warn: Warn = lambda text: None,
    note: Callable[[str], None] = lambda text: None,
) -> Studio:
    """What the other functions work with.

    Args:
        cache: Folder in which speech and encoded sound are stored for the next build; several
            processes may share one. None: they are kept in memory, as long as the studio is.
        config: Folder of settings, exercises and voices of a user; None: only what is built in.
        progress: Called with the name of a stage, the number of pieces done, and their total.
        warn: Called with what is doubtful on the way, such as a voice that had to be replaced.
        note: Called with what is only worth knowing.
    """
    from audioworkout.disk_cache import DiskCache, MemoryCache

    store = MemoryCache() if cache is None else DiskCache(cache)
    return Studio(store, Folders(user=config, cache=store), progress, warn, note)


def read_workout(
    routine: Source | Path, flags: Flags | None = None, studio: Studio | None = None
) -> Request:
    """Read a routine and adapt it: what will be done, with its warnings and notes.

    Args:
        routine: A built-in name, a path, or the YAML itself as a `RoutineText`.
        flags: The options of `build`, as they would be typed.
        studio: From `make_studio`.

    Raises:
        RoutineError: `findings` holds everything that is wrong with the file and the flags.
    """
    return (studio or make_studio()).prepare(_source_of(routine), flags or Flags())


def check_workout(routine: Source | Path, studio: Studio | None = None) -> CheckedFile:
    """Find everything that is wrong or doubtful in a file, as the command `check` does.

    Whether words fit is told by the ruler, whose pace few voices fall behind. Voices are opened,
    which starts no engine but the system's own.

    Returns:
        The workout if the file is one without errors, and all findings in the order of their
        places. An error in the file is a finding, not an exception.
    """
    from audioworkout.mixing.songs import check_music
    from audioworkout.sounds import load_sounds
    from audioworkout.voices.engines import open_requested_voice

    return examine_file(
        _source_of(routine),
        (studio or make_studio()).folders,
        measure_for=_make_ruler,
        find=open_requested_voice,
        checks={"music": check_music, "sounds": load_sounds},
    )


def script_workout(request: Request, studio: Studio | None = None) -> Timeline:
    """Everything that is said and sounded, and when; `render_view` makes a text of it.

    Lines that were never spoken before are spoken; with the engine `ruler` none is.

    Raises:
        UsageError: The voice, a sound or the music does not exist.
        VoiceError: The engine failed.
    """
    return (studio or make_studio()).perform(request).timeline


def build_workout(
    request: Request,
    target: Path,
    studio: Studio | None = None,
    *,
    chapters: Grouping = "set",
    formats: Sequence[str] = (),
    strict: bool = False,
    day: date | None = None,
) -> BuiltWorkout:
    """Write a workout as one sound file, whole or not at all.

    Args:
        request: From `read_workout`.
        target: Path of the file; its folder exists. The ending names the kind of file: `.mp3`, or
            `.wav`, `.flac`, `.ogg`, `.opus`, `.m4a`.
        studio: From `make_studio`.
        chapters: What a chapter of an MP3 is.
        formats: Files to write beside it: `lrc`, `vtt`, `cue`, `json`, `chapters`.
        strict: Write nothing if a cue does not fit.
        day: The day that the tag tells; None: today. The same day gives the same bytes.

    Returns:
        The path, the timeline and what was written. `timeline.problems` holds the cues that did
        not fit.

    Raises:
        UsageError: The voice, a sound or the music does not exist, or the target is no file.
        DoesNotFitError: A cue does not fit, and `strict` is asked for.
        BuildError: The engine, the encoder or the disk failed; an older file is untouched.
    """
    from audioworkout.publish import (
        OutputOptions,
        check_target,
        make_build_info,
        refuse_problems,
        write_workout,
    )

    studio = studio or make_studio()
    output = OutputOptions(chapters, tuple(formats))
    check_target(target, output)
    performance = studio.perform(request)
    if strict:
        refuse_problems(performance.timeline.problems)
    made = make_build_info(request, "", day or date.today())
    return write_workout(studio, performance, target, made, output)


def _source_of(routine: Source | Path) -> Source:
    return str(routine) if isinstance(routine, Path) else routine


def _make_ruler(speech: Speech) -> Ruler:
    from audioworkout.voices.ruler import Ruler

    return Ruler(speech.rate)
