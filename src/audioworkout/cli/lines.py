"""`lines`: what is to be recorded for a voice of one's own, with the file names it must bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.cli import make
from audioworkout.cli.look import columns
from audioworkout.cli.options import Options
from audioworkout.cli.screen import Screen, emit

if TYPE_CHECKING:
    from audioworkout.model.request import Request, Speech
    from audioworkout.model.script import Line
    from audioworkout.voices.recorded import Folder
    from audioworkout.voices.voice import Voice, Warn


class Part(NamedTuple):
    """What to say for each file name, and the folder it is looked for in, if one was named."""

    wanted: Mapping[str, str]
    folder: Folder | None


def lines(routine: make.RoutineName = "hip-dips", *, options: Options) -> None:
    """Print every line a workout says, numbered, with its file name: record them, be the voice.

    With --voice FOLDER those that are there already are marked.
    """
    screen = Screen(options.quiet)
    request = make.read(make.open_studio(screen), routine, options, screen)
    parts = list(parts_of(request, screen.warn))
    emit("\n".join(columns(list(rows(parts)))))
    for part in parts:
        tell(part, screen)


def parts_of(request: Request, warn: Warn) -> Iterator[Part]:
    """What is to be recorded for each folder; where none is named, all that the coach says.

    Raises:
        UsageError: The voice does not exist, as in a build.
        VoiceError: Its engine does not work here.
    """
    from audioworkout.voices.recorded import Recorded, to_record

    speakers = speakers_of(voice_of(request.speech, warn), said(request))
    recorded = [each for each in speakers if isinstance(each[0], Recorded)]
    for voice, part in recorded or speakers[:1]:
        folder = voice.folder if isinstance(voice, Recorded) else None
        yield Part(to_record(part, request.speech.language), folder)


def said(request: Request) -> Sequence[Line]:
    """Every line in the order of the workout."""
    from audioworkout.compiler import compile_routine
    from audioworkout.phrases import load

    routine = request.routine
    return compile_routine(routine, load(routine.language, request.phrases)).lines_in_order


def voice_of(speech: Speech, warn: Warn) -> Voice | None:
    """The voice asked for; None where nobody was, and no engine has to work."""
    from audioworkout.voices.engines import open_voice

    named = (speech.engine, speech.voice, speech.counts)
    return None if named == (None, None, None) else open_voice(speech, warn)


def speakers_of(
    voice: Voice | None, script: Sequence[Line]
) -> list[tuple[Voice | None, Sequence[Line]]]:
    """Who says what, in the order of the workout; the coach comes first."""
    from audioworkout.voices.cast import Cast

    if not isinstance(voice, Cast):
        return [(voice, script)]
    if voice.coach == voice.counts:
        return [(voice.coach, script)]
    return [
        (voice.coach, [line for line in script if not line.quick]),
        (voice.counts, [line for line in script if line.quick]),
    ]


def rows(parts: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Number, file name and text; between them a mark, if there are recordings.

    Where coach and counts have a folder each, its name stands before the file's.
    """
    total = sum(len(part.wanted) for part in parts)
    marked = any(part.folder.takes for part in parts if part.folder)
    number = 0
    for wanted, folder in parts:
        where = (folder.path.name,) if folder and len(parts) > 1 else ()
        for name, text in wanted.items():
            number += 1
            mark = ("recorded" if folder and folder.take(name) else "",) if marked else ()
            yield (str(number).rjust(len(str(total))), *mark, *where, name, text)


def tell(part: Part, screen: Screen) -> None:
    """Say how much is recorded, which of several recordings is used, and which files are not."""
    from audioworkout.voices.recorded import doubles, unused

    if part.folder is None:
        return
    missing = part.folder.missing(part.wanted)
    for warning in doubles(part.folder, part.wanted):
        screen.warn(warning)
    if idle := unused(part.folder, missing):
        screen.warn(f"in {part.folder.path}, {idle}")
    done = len(part.wanted) - len(missing)
    screen.note(f"{done} of {len(part.wanted)} lines are in {part.folder.path}")
