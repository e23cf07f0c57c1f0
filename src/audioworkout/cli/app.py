"""The commands of the program; each is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from audioworkout.cli.help import Command, GroupHelp, ProgramHelp
from audioworkout.cli.options import Version, with_options
from audioworkout.errors import UnknownNameError, WorkoutError
from audioworkout.files import is_file
from audioworkout.names import join_choices, nearest_names

COMMANDS: dict[str, str] = {
    "build": "build:build_command",
    "script": "build:print_script",
    "check": "check:check_files",
    "import": "importing:import_workout",
    "list": "info:print_names",
    "show": "info:print_long_form",
    "new": "info:create_routine",
    "schema": "info:print_schema",
    "programme": "programme:ACTIONS",
    "batch": "batch:build_batch",
    "voices": "voices:print_voices",
    "lines": "lines:print_lines",
    "settings": "settings:show_or_set",
    "cache": "cache:manage_cache",
    "play": "play:play_workout",
    "page": "page:write_page",
    "plot": "page:write_plot",
    "serve": "serve:serve_folder",
    "feed": "serve:write_feed",
}
"""Every command, with its module in this folder and its function, or functions by name."""

GROUPS = {"programme": "Follow a programme of weeks: each session becomes a routine, or an MP3."}
"""Commands that have commands of their own, and their help."""

WITH_SIGNED_VALUES = frozenset({"settings"})
"""Commands whose arguments may begin with a minus: `settings music_level -20`."""


class Program(ProgramHelp):
    """The whole program for shell completion: a routine may take the place of a command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer publishes no types for them
        """Find the command of a command line; `build` for a routine alone."""
        with suppress(WorkoutError):
            args = add_build(args)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401 - as above
        """Commands, options and routines with this prefix."""
        found = super().shell_complete(ctx, incomplete)
        build = self.commands.get("build")
        if build is not None and incomplete and not incomplete.startswith("-"):
            routine = next(each for each in build.params if each.name == "routine")
            found += routine.shell_complete(ctx, incomplete)
        return found


def make_app(words: Container[str] = ()) -> typer.Typer:
    """Make the typer app, with only the commands that `words` name, or with all if they name none.

    Half of typer's time would go into the options of commands that are not called.
    """
    app = typer.Typer(
        cls=Program,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Write down a workout, get one MP3 that coaches you through it, count by count.\n\n"
        "A routine alone is built, as with `build` before it.",
    )
    app.callback()(set_global_options)
    for name in [name for name in COMMANDS if name in words] or COMMANDS:
        if name in GROUPS:
            app.add_typer(make_group(name), name=name)
            continue
        context = {"ignore_unknown_options": name in WITH_SIGNED_VALUES}
        app.command(name, cls=Command, context_settings=context)(function_of(name))
    return app


def make_group(name: str) -> typer.Typer:
    """A command that has commands of its own."""
    group = typer.Typer(
        cls=GroupHelp, rich_markup_mode=None, no_args_is_help=True, help=GROUPS[name]
    )
    actions: dict[str, Callable[..., None]] = load_attribute(COMMANDS[name])
    for action, function in actions.items():
        group.command(action, cls=Command)(function)
    return group


def add_build(words: list[str]) -> list[str]:
    """Put `build` before a routine that is given alone: `hip-dips`, `legs.yaml`, `-`.

    Raises:
        UnknownNameError: The first word is neither a command nor a routine.
    """
    first = words[0] if words else ""
    if not first or first in COMMANDS or (first.startswith("-") and first != "-"):
        return words
    from audioworkout.cli.user_paths import reading_folders
    from audioworkout.reading.routines import names_routine, routine_files

    folders = reading_folders()
    if names_routine(first, folders) or is_file(Path(first)):
        return ["build", *words]
    near = suggest_names(first, COMMANDS, routine_files(folders))
    raise UnknownNameError(
        f"there is no command and no routine `{first}`",
        f"{near or '`audioworkout list` tells the routines. '}See audioworkout --help",
    )


def suggest_names(word: str, commands: Iterable[str], routines: Iterable[str]) -> str:
    """The nearest commands and routines as a question; empty if none is near.

    >>> suggest_names("biuld", ["build"], ["hip-dips"])
    'Did you mean the command `build`? '
    """
    near = {"command": nearest_names(word, commands), "routine": nearest_names(word, routines)}
    kinds = [f"the {kind} {join_choices(names)}" for kind, names in near.items() if names]
    return f"Did you mean {' or '.join(kinds)}? " if kinds else ""


def function_of(command: str) -> Callable[..., None]:
    """Import a command's function; its parameter `options` becomes one for each option."""
    function: Callable[..., None] = load_attribute(COMMANDS[command])
    return with_options(function) if "options" in function.__annotations__ else function


def load_attribute(place: str) -> Any:  # noqa: ANN401 - whatever stands there
    """What a module of this folder holds: `module:name`."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"audioworkout.cli.{module}"), name)


def set_global_options(version: Version = None) -> None:
    """Options before a command."""
