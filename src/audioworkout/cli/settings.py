"""`settings`: prints the settings and their path, and sets or removes one of them."""

# Annotations are looked at when a command is made, so they are real objects here and not texts.

import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout.cli import completion
from audioworkout.cli.colors import paint_for
from audioworkout.cli.help import help_width
from audioworkout.cli.info import align_columns
from audioworkout.cli.screen import Screen, print_result, terminal_columns
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import UsageError
from audioworkout.text import escape_controls

if TYPE_CHECKING:
    from audioworkout.reading import Folders

PATHS = frozenset({"music", "sounds"})
"""Settings with paths: typed relative to the working folder, stored as absolute paths."""


def show_or_set(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY]",
            help="One of them: rest, voice, language and so on (docs/routines.md).",
            autocompletion=completion.complete_settings,
            show_default=False,
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help="What it is to be.", show_default=False),
    ] = None,
    *,
    unset: Annotated[
        bool, typer.Option("--unset", help="Take it out; the default holds again.")
    ] = False,
) -> None:
    """Print where your settings are and what they say, or set one of them."""
    from audioworkout.reading.settings_file import find_setting

    folders = reading_folders()
    if key is None:
        if unset:
            raise UsageError("--unset needs a setting", "`audioworkout settings KEY --unset`")
        show_settings(folders)
        return
    name = find_setting(key)
    if unset and value is not None:
        raise UsageError("a setting is given a value or taken out, not both", "Leave one out.")
    if unset:
        unset_setting(name, folders)
    elif value is None:
        show_setting(name, folders)
    else:
        set_setting(name, value, folders)


def show_settings(folders: "Folders") -> None:
    """Print the path of the file, and every setting in it."""
    from audioworkout.reading.fields import SETTINGS
    from audioworkout.reading.settings_file import read_settings_texts

    paint = paint_for(sys.stdout)
    said = read_settings_texts(folders)
    rows = list(align_columns([(key, escape_controls(said[key])) for key in said]))
    lines = [paint(key, "key") + row.removeprefix(key) for key, row in zip(said, rows, strict=True)]
    print_result("\n".join([paint(str(folders.settings), "place"), *lines]))
    if not said:
        names = ", ".join(field.name for field in SETTINGS)
        text = f"Nothing is set. `audioworkout settings KEY VALUE` sets one; the keys are {names}."
        Screen().note(fill(text, help_width(terminal_columns())))


def show_setting(key: str, folders: "Folders") -> None:
    """Print the value of a setting."""
    from audioworkout.reading.settings_file import describe_setting, read_settings_texts

    said = read_settings_texts(folders).get(key)
    if said is None:
        Screen().note(f"`{key}` is not set: {describe_setting(key)}")
    else:
        print_result(escape_controls(said))


def set_setting(key: str, value: str, folders: "Folders") -> None:
    """Set a setting, if its value is valid; prints the path of the file."""
    from audioworkout.mixing.songs import check_music
    from audioworkout.reading.settings_file import change_setting, check_setting
    from audioworkout.sounds import load_sounds
    from audioworkout.voices.engines import open_requested_voice

    given = whole_path(value) if key in PATHS else value
    changed = change_setting(read_settings_file(folders), key, given)
    doubts = check_setting(
        changed,
        key,
        value,
        folders,
        open_requested_voice,
        {"music": check_music, "sounds": load_sounds},
    )
    Screen().findings(doubts)
    write_settings_file(folders, changed)


def unset_setting(key: str, folders: "Folders") -> None:
    """Remove a setting; prints the path of the file."""
    from audioworkout.reading.settings_file import change_setting

    text = read_settings_file(folders)
    changed = change_setting(text, key, None)
    if changed == text:
        Screen().note(f"`{key}` was not set.")
    else:
        write_settings_file(folders, changed)


def whole_path(value: str) -> str:
    """Make a path absolute; one that begins with `~` stays relative to the home folder."""
    return value if value.startswith("~") else str(Path.cwd() / value)


def settings_path(folders: "Folders") -> Path:
    """The path of the settings file, which need not exist."""
    if folders.settings is None:
        raise UsageError("there is no folder for settings", "AUDIOWORKOUT_CONFIG names one.")
    return folders.settings


def read_settings_file(folders: "Folders") -> str:
    """The text of the file with its line ends; empty if there is no file.

    Raises:
        RoutineError: It cannot be read, or is not text or not YAML.
    """
    from audioworkout.reading.settings_file import read_settings_texts

    path = settings_path(folders)
    read_settings_texts(folders)  # reports what is wrong with it, and where
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""


def write_settings_file(folders: "Folders", text: str) -> None:
    """Write the file atomically, and print its path."""
    from audioworkout.errors import OutputError
    from audioworkout.files import write_atomic
    from audioworkout.reading.catalogue import SETTINGS_HINT

    path = settings_path(folders)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder {path.parent} cannot be made: {error.strerror}", SETTINGS_HINT
        ) from error
    write_atomic(path, [text.encode()], SETTINGS_HINT)
    print_result(str(path))
