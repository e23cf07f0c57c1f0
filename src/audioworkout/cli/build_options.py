"""Options of `build` about files beside the MP3, and the options as written in the file's tag."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

from dataclasses import fields, replace
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Annotated

from audioworkout.cli import completion
from audioworkout.cli.options import FILE_PANEL, Options, make_option
from audioworkout.errors import UsageError
from audioworkout.model.request import Grouping

if TYPE_CHECKING:
    from audioworkout.model.request import Request

BESIDE_PANEL = "Beside the MP3"

Chapters = Annotated[
    str,
    make_option(
        FILE_PANEL,
        "WAY",
        "A chapter for every set (and side), every exercise, or none (default set; 60 at most).",
        "--chapters",
        complete=completion.complete_choices(Grouping),
    ),
]
Split = Annotated[
    bool,
    make_option(
        BESIDE_PANEL,
        None,
        "A folder with a track for every chapter and a playlist, for players without chapters.",
        "--split",
    ),
]
Lrc = Annotated[
    bool, make_option(BESIDE_PANEL, None, "What is said as timed lyrics (.lrc).", "--lrc")
]
Vtt = Annotated[bool, make_option(BESIDE_PANEL, None, "What is said as captions (.vtt).", "--vtt")]
Cue = Annotated[bool, make_option(BESIDE_PANEL, None, "Chapters as a cue sheet (.cue).", "--cue")]
Json = Annotated[bool, make_option(BESIDE_PANEL, None, "The whole timeline (.json).", "--json")]
ChaptersJson = Annotated[
    bool,
    make_option(
        BESIDE_PANEL, None, "Chapters for podcast players (.chapters.json).", "--chapters-json"
    ),
]
All = Annotated[bool, make_option(BESIDE_PANEL, None, "All of these files.", "--all")]

_WITH_MUSIC = ("music_level", "music_rest", "music_shuffle", "music_crossfade", "duck")
"""Options that need music."""
_UNTOLD = frozenset({"sounds", "strict", "quiet", "verbose", "version", "help_all"})
"""Options that are not written in the tag: private paths, and those that do not change the file."""
_PATHS = frozenset({"voice", "music"})
"""Options of which only the last part of the path is written."""
_SPELLED = {"begin_with": "from"}


def complete_grouping(chapters: str) -> Grouping:
    """Complete and check how chapters are grouped.

    Raises:
        UsageError: The value is unknown.
    """
    ways: dict[str, Grouping] = {"set": "set", "exercise": "exercise", "none": "none"}
    if chapters not in ways:
        raise UsageError(f"--chapters cannot be {chapters!r}", f"There are {', '.join(ways)}.")
    return ways[chapters]


def complete_sidecar_formats(all_: bool, **wanted: bool) -> list[str]:
    """Complete and check the formats of files beside the MP3."""
    return [name for name, one in wanted.items() if one or all_]


def unused_music_options(request: "Request", options: Options) -> list[str]:
    """The given options that need music, as typed, if there is no music."""
    if request.sound.music:
        return []
    given = {name: getattr(options, name) for name in _WITH_MUSIC}
    return [
        f"--{name.replace('_', '-')}"
        for name, value in given.items()
        if value is not None and value is not False  # 0 is a value
    ]


def tell_options(options: Options, request: "Request") -> str:
    """The options as they are written in the tag, sufficient to build the file again."""
    return spell_options(add_drawn_seed(options, request))


def add_drawn_seed(options: Options, request: "Request") -> Options:
    """Add the seed, if one was drawn, so that the file can be built again."""
    sound = request.sound
    drawn = options.shuffle or sound.music_shuffle or sound.music_seed
    return replace(options, seed=sound.music_seed) if drawn and options.seed is None else options


def spell_options(options: Options) -> str:
    """The given options as typed, without private paths.

    >>> spell_options(Options(minutes=20, only=["plank"], tick=False, begin_with="side lunges"))
    "--only plank --from 'side lunges' --minutes 20 --no-tick"
    """
    words: list[str] = []
    for field in fields(Options):
        value = getattr(options, field.name)
        name = _SPELLED.get(field.name, field.name).replace("_", "-")
        if field.name in _UNTOLD or value is None or value == field.default:
            continue
        if isinstance(value, bool):
            words.append(f"--{name}" if value else f"--no-{name}")
        else:
            values = value if isinstance(value, list) else [value]
            told = [_without_folder(str(each)) if name in _PATHS else str(each) for each in values]
            words += [word for each in told for word in (f"--{name}", each)]
    if not words:
        return ""
    from shlex import join  # imported here, because most builds have no options

    return join(words)


def _without_folder(value: str) -> str:
    """A voice or music without its folder.

    >>> (_without_folder("counts=/home/me/voices/en.onnx"), _without_folder("/me/a=b/en.onnx"),
    ...  _without_folder("../run/"))
    ('counts=en.onnx', 'en.onnx', 'run')
    """
    role, equals, name = value.partition("=")
    if not equals or _last_path_part(role) != role:  # the sign is part of a path
        return _last_path_part(value)
    return role + equals + _last_path_part(name)


def _last_path_part(path: str) -> str:
    """The last part of a path of any system; the path itself if it has no parts, as in `/`."""
    return PureWindowsPath(path).name or path  # it splits at both slashes
