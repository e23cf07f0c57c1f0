"""`lines`: lists the lines to record for a recorded voice, with their file names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.cli import build
from audioworkout.cli.info import align_columns
from audioworkout.cli.options import Options
from audioworkout.cli.screen import Screen, print_result

if TYPE_CHECKING:
    from audioworkout.model.callbacks import Warn
    from audioworkout.model.request import Request, Speech
    from audioworkout.model.script import Line
    from audioworkout.voices.recorded import RecordingFolder
    from audioworkout.voices.voice import Voice


class RecordingList(NamedTuple):
    """The line for each file name, and the folder of its recording, if one is given."""

    wanted: Mapping[str, str]
    folder: RecordingFolder | None


def print_lines(routine: build.RoutineName = "hip-dips", *, options: Options) -> None:
    """Print every line a workout says, numbered, with its file name: record them, be the voice.

    With --voice FOLDER those that are there already are marked.
    """
    screen = Screen(options.quiet)
    request = build.read_request(build.open_studio(screen), routine, options, screen)
    parts = list(list_recordings(request, screen.warn))
    print_result("\n".join(align_columns(list(format_rows(parts)))))
    for part in parts:
        report_recordings(part, screen)


def list_recordings(request: Request, warn: Warn) -> Iterator[RecordingList]:
    """The lines to record for each folder; without a folder, all lines of the coach.

    Raises:
        UsageError: The voice does not exist, as in a build.
        VoiceError: Its engine does not work here.
    """
    from audioworkout.voices.recorded import Recorded, recording_names

    speakers = assign_speakers(open_voice_asked(request.speech, warn), lines_in_order(request))
    recorded = [each for each in speakers if isinstance(each[0], Recorded)]
    for voice, part in recorded or speakers[:1]:
        folder = voice.folder if isinstance(voice, Recorded) else None
        yield RecordingList(recording_names(part, request.speech.language), folder)


def lines_in_order(request: Request) -> Sequence[Line]:
    """Every line in the order of the workout."""
    from audioworkout.compiler import compile_routine
    from audioworkout.languages import load_phrases

    routine = request.routine
    return compile_routine(routine, load_phrases(routine.language, request.phrases)).lines_in_order


def open_voice_asked(speech: Speech, warn: Warn) -> Voice | None:
    """Open the requested voice; None if none was requested, so that no engine is needed."""
    from audioworkout.voices.engines import open_requested_voice

    named = (speech.engine, speech.voice, speech.counts)
    return None if named == (None, None, None) else open_requested_voice(speech, warn)


def assign_speakers(
    voice: Voice | None, script: Sequence[Line]
) -> list[tuple[Voice | None, Sequence[Line]]]:
    """The lines of each voice in the order of the workout, the coach's first."""
    from audioworkout.voices.role_voices import RoleVoices

    if not isinstance(voice, RoleVoices):
        return [(voice, script)]
    if voice.coach == voice.counts:
        return [(voice.coach, script)]
    return [
        (voice.coach, [line for line in script if not line.quick]),
        (voice.counts, [line for line in script if line.quick]),
    ]


def format_rows(parts: Sequence[RecordingList]) -> Iterator[tuple[str, ...]]:
    """Rows of number, file name and text, with a mark if there are recordings.

    If coach and counts have separate folders, the file names include them.
    """
    total = sum(len(part.wanted) for part in parts)
    marked = any(part.folder.recordings for part in parts if part.folder)
    number = 0
    for wanted, folder in parts:
        where = (folder.path.name,) if folder and len(parts) > 1 else ()
        for name, text in wanted.items():
            number += 1
            mark = ("recorded" if folder and folder.find(name) else "",) if marked else ()
            yield (str(number).rjust(len(str(total))), *mark, *where, name, text)


def report_recordings(part: RecordingList, screen: Screen) -> None:
    """Report how many lines are recorded, which of several recordings are used, unused files."""
    from audioworkout.voices.recorded import explain_unused, warn_about_doubles

    if part.folder is None:
        return
    missing = part.folder.missing(part.wanted)
    for warning in warn_about_doubles(part.folder, part.wanted):
        screen.warn(warning)
    if idle := explain_unused(part.folder, missing):
        screen.warn(f"in {part.folder.path}, {idle}")
    done = len(part.wanted) - len(missing)
    screen.note(f"{done} of {len(part.wanted)} lines are in {part.folder.path}")
