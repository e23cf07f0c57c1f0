"""The options shared by `build` and `script`, which make the same timeline.

Each is declared once, as a field of `Options`; `with_options` turns the fields into a command's
own. Values with a unit stay texts here; `reading` parses them, with the messages of routine files.
"""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import Annotated, Any, get_args

import typer

from audioworkout.cli import completion
from audioworkout.cli.help import SHOW_ALL
from audioworkout.model.exercise import Side
from audioworkout.model.request import Flags
from audioworkout.model.routine import Coaching, Count, Level, Mood, Pace, Units

Completer = Callable[[str], list[str]]


def make_option(
    panel: str,
    metavar: str | None,
    text: str,
    *decls: str,
    complete: Completer | None = None,
    least: int | None = None,
    most: int | None = None,
) -> Any:  # noqa: ANN401 - what typer.Option itself is declared to give
    """Make an option in a help panel; `decls` are its names if they differ from the field's.

    `least` and `most` are the bounds of a number.
    """
    return typer.Option(
        *decls,
        metavar=metavar,
        help=text,
        rich_help_panel=panel,
        show_default=False,
        autocompletion=complete,
        min=least,
        max=most,
    )


WHAT_PANEL = "What to do"
PAUSES_PANEL = "Pauses"
COACHING_PANEL = "Coaching"
VOICE_PANEL = "Voice"
SOUND_PANEL = "Sound"
FILE_PANEL = "File"
OTHER_PANEL = "Other"


def show_version(wanted: bool | None) -> None:
    """Print the version and exit, if requested."""
    if wanted:
        from audioworkout import __version__

        typer.echo(f"audioworkout {__version__}")
        raise typer.Exit


Version = Annotated[
    bool | None,
    typer.Option(
        "--version",
        callback=show_version,
        is_eager=True,
        help="Show the version and exit.",
        rich_help_panel=OTHER_PANEL,
    ),
]


def show_all_options(context: typer.Context, wanted: bool | None) -> None:
    """Print the help with every option and exit, if requested."""
    if wanted:
        context.meta[SHOW_ALL] = True
        typer.echo(context.get_help())
        raise typer.Exit


HelpAll = Annotated[
    bool | None,
    typer.Option(
        "--help-all",
        callback=show_all_options,
        is_eager=True,
        help="Show all options; --help shows those most wanted.",
        rich_help_panel=OTHER_PANEL,
    ),
]


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of `build` and `script`; None if an option is not given."""

    only: Annotated[
        list[str] | None,
        make_option(
            WHAT_PANEL,
            "NAME",
            "Do this exercise and no other. Can be given several times.",
            complete=completion.complete_exercises,
        ),
    ] = None
    skip: Annotated[
        list[str] | None,
        make_option(
            WHAT_PANEL,
            "NAME",
            "Leave this exercise out. Can be given several times.",
            complete=completion.complete_exercises,
        ),
    ] = None
    begin_with: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "NAME",
            "Begin in the middle, with this exercise.",
            "--from",
            complete=completion.complete_exercises,
        ),
    ] = None
    shuffle: Annotated[
        bool, make_option(WHAT_PANEL, None, "Put the exercises into another order.", "--shuffle")
    ] = False
    seed: Annotated[
        int | None,
        make_option(
            WHAT_PANEL, "N", "Which order, and which wordings: the same number gives the same."
        ),
    ] = None
    rounds: Annotated[
        int | None,
        make_option(WHAT_PANEL, "N", "Do the whole routine N times (1 to 50; default 1)."),
    ] = None
    sets: Annotated[
        int | None,
        make_option(WHAT_PANEL, "N", "Do N sets of every exercise (1 to 50; default: exercise's)."),
    ] = None
    reps: Annotated[
        str | None,
        make_option(
            WHAT_PANEL, "N or LOW-HIGH", "Reps of every set (1 to 500; default: exercise's)."
        ),
    ] = None
    level: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "|".join(get_args(Level)),
            "The low end, the whole or the high end of every range; default rests follow"
            " (default normal).",
            complete=completion.complete_choices(Level),
        ),
    ] = None
    minutes: Annotated[
        float | None,
        make_option(
            WHAT_PANEL, "M", "Fit the whole workout to M minutes, to the second (27.5 is one)."
        ),
    ] = None
    warm_up: Annotated[
        bool,
        make_option(WHAT_PANEL, None, "Add a short warm-up that fits the exercises.", "--warm-up"),
    ] = False
    cool_down: Annotated[
        bool,
        make_option(
            WHAT_PANEL, None, "Add a short cool-down that fits the exercises.", "--cool-down"
        ),
    ] = False
    pace: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "|".join(get_args(Pace)),
            "Every tempo slower or faster (x1.25, x1, x0.8; default normal).",
            complete=completion.complete_choices(Pace),
        ),
    ] = None
    tempo: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "2-0-2-0",
            "Seconds of every rep: down, pause, up, pause (default: exercise's).",
        ),
    ] = None
    first_side: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "|".join(get_args(Side)),
            "Which side begins (default: exercise's).",
            complete=completion.complete_choices(Side),
        ),
    ] = None
    equipment: Annotated[
        str | None,
        make_option(
            WHAT_PANEL,
            "LIST",
            "What there is, as in 'mat, dumbbells'; the rest is swapped or left out.",
        ),
    ] = None
    no_equipment: Annotated[
        bool,
        make_option(
            WHAT_PANEL, None, "There is none: swap or leave out what needs any.", "--no-equipment"
        ),
    ] = False
    space: Annotated[
        str | None,
        make_option(WHAT_PANEL, "6m", "Length of the room: carries and walks become laps of it."),
    ] = None
    rest: Annotated[
        str | None,
        make_option(
            PAUSES_PANEL,
            "45s",
            "Between sets and between exercises (default 45s and 60s, more where one gets down"
            " or fetches something).",
        ),
    ] = None
    rest_exercises: Annotated[
        str | None,
        make_option(PAUSES_PANEL, "60s", "Between exercises, where that differs from --rest."),
    ] = None
    rest_sides: Annotated[
        str | None,
        make_option(PAUSES_PANEL, "6s", "To change sides (default 5s to 10s, by position)."),
    ] = None
    get_ready: Annotated[
        str | None, make_option(PAUSES_PANEL, "10s", "Before the first exercise (default 10s).")
    ] = None
    coaching: Annotated[
        str | None,
        make_option(
            COACHING_PANEL,
            "|".join(get_args(Coaching)),
            "How much is said besides counts and names (default full).",
            complete=completion.complete_choices(Coaching),
        ),
    ] = None
    count: Annotated[
        str | None,
        make_option(
            COACHING_PANEL,
            "|".join(get_args(Count)),
            "Count the reps aloud: all of them or the last five (default up).",
            complete=completion.complete_choices(Count),
        ),
    ] = None
    mood: Annotated[
        str | None,
        make_option(
            COACHING_PANEL,
            "|".join(get_args(Mood)),
            "calm: soft bells, no countdown, no cheering; plain: no cheering (default lively).",
            complete=completion.complete_choices(Mood),
        ),
    ] = None
    count_shape: Annotated[
        bool | None,
        make_option(
            COACHING_PANEL,
            None,
            "Numbers sound like a list, softer in the middle (default), or each alike.",
            "--count-shape/--no-count-shape",
        ),
    ] = None
    tick: Annotated[
        bool | None,
        make_option(
            COACHING_PANEL,
            None,
            "A tick on every rep (default: where no number is spoken).",
            "--tick/--no-tick",
        ),
    ] = None
    beeps: Annotated[
        bool | None,
        make_option(
            COACHING_PANEL,
            None,
            "Beeps at starts and ends (default), or the words 'three, two, one, go'.",
            "--beeps/--no-beeps",
        ),
    ] = None
    units: Annotated[
        str | None,
        make_option(
            COACHING_PANEL,
            "|".join(get_args(Units)),
            "How distances are said (default: as written).",
            complete=completion.complete_choices(Units),
        ),
    ] = None
    language: Annotated[
        str | None,
        make_option(
            COACHING_PANEL,
            "CODE",
            "Language of the coach, as in de (default: the routine's, or en).",
            complete=completion.complete_languages,
        ),
    ] = None
    engine: Annotated[
        str | None,
        make_option(
            VOICE_PANEL,
            "NAME",
            "Speech engine; see `audioworkout voices`.",
            complete=completion.complete_engines,
        ),
    ] = None
    voice: Annotated[
        list[str] | None,
        make_option(
            VOICE_PANEL,
            "NAME",
            "Who speaks: a voice's name, a .onnx file or a folder of recordings (default: the"
            " language's voice). `counts=NAME` besides is who counts.",
            complete=completion.complete_voices,
        ),
    ] = None
    rate: Annotated[
        int | None,
        make_option(
            VOICE_PANEL,
            "WPM",
            "Words a minute, 80 to 400; counts are a tenth faster (default 150).",
        ),
    ] = None
    volume: Annotated[
        str | None,
        make_option(
            VOICE_PANEL, "N", "Voice against beeps (default 1.0, the level they were made for)."
        ),
    ] = None
    sounds: Annotated[
        str | None,
        make_option(
            SOUND_PANEL,
            "DIR",
            "Folder with sounds of your own, ready.wav, go.wav, end.wav and so on (default: the"
            " built-in ones, also for what it lacks).",
        ),
    ] = None
    music: Annotated[
        str | None,
        make_option(SOUND_PANEL, "FILE_OR_FOLDER", "Music beneath the voice (default none)."),
    ] = None
    music_level: Annotated[
        float | None,
        make_option(
            SOUND_PANEL,
            "DB",
            "Loudness of the music in LUFS, beside words at -16 (default -24; docs/sound.md).",
        ),
    ] = None
    music_rest: Annotated[
        float | None,
        make_option(
            SOUND_PANEL,
            "DB",
            "The same in rests and wherever no work is done (default: as in work).",
        ),
    ] = None
    music_shuffle: Annotated[
        bool,
        make_option(
            SOUND_PANEL, None, "Another order of the folder's files; see --seed.", "--music-shuffle"
        ),
    ] = False
    music_crossfade: Annotated[
        str | None,
        make_option(
            SOUND_PANEL,
            "3s",
            "How long a piece fades into the next or itself (default 3s; 0 none).",
        ),
    ] = None
    duck: Annotated[
        float | None,
        make_option(
            SOUND_PANEL, "DB", "How far the music goes down beneath speech, in dB (default 14)."
        ),
    ] = None
    loudness: Annotated[
        float | None,
        make_option(
            FILE_PANEL, "LUFS", "Loudness of the whole (-30 to -10; default -19, with music -16)."
        ),
    ] = None
    bitrate: Annotated[
        int | None,
        make_option(
            FILE_PANEL, "KBPS", "Constant bit rate in kbit/s (default 96, with music 160)."
        ),
    ] = None
    strict: Annotated[
        bool,
        make_option(
            OTHER_PANEL,
            None,
            "Cues that do not fit, and unknown exercises, end the build.",
            "--strict",
        ),
    ] = False
    quiet: Annotated[bool, make_option(OTHER_PANEL, None, "Tell errors only.", "--quiet", "-q")] = (
        False
    )
    verbose: Annotated[
        bool,
        make_option(
            OTHER_PANEL, None, "Tell more, and show the traceback of a fault.", "--verbose", "-v"
        ),
    ] = False
    version: Version = None
    help_all: HelpAll = None

    def flags(self) -> Flags:
        """The options that `reading` needs."""
        values = {field.name: getattr(self, field.name) for field in fields(Flags)}
        lists = {name: tuple(values[name] or ()) for name in ("only", "skip", "voice")}
        return Flags(**(values | lists))


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Replace the parameter `options` of a command by one option for each field of `Options`.

    The command is called with an `Options` made of their values.
    """
    own = [
        parameter
        for parameter in inspect.signature(command, eval_str=True).parameters.values()
        if parameter.name != "options"
    ]
    shared = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type
        )
        for field in fields(Options)
    ]

    @wraps(command)
    def with_fields(**given: Any) -> None:  # noqa: ANN401 - whatever each option's own type is
        options = Options(**{parameter.name: given.pop(parameter.name) for parameter in shared})
        command(**given, options=options)

    parameters = [*own, *shared]
    with_fields.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # PEP 362
    with_fields.__annotations__ = {each.name: each.annotation for each in parameters}
    return with_fields
