"""The commands of the program, each loaded when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Container
from importlib import import_module

import typer

from audioworkout.cli.help import Command, Group
from audioworkout.cli.options import Version, with_options

COMMANDS: dict[str, str] = {
    "build": "build:build_command",
    "script": "build:print_script",
    "check": "check:check_files",
    "list": "info:list_names",
    "show": "info:print_long_form",
    "new": "info:create_routine",
    "schema": "info:print_schema",
    "voices": "info:list_all_voices",
    "lines": "lines:print_lines",
    "cache": "cache:cache",
    "play": "play:play_workout",
    "page": "page:write_page",
    "plot": "page:write_plot",
    "serve": "serve:serve_folder",
    "feed": "serve:write_feed",
}
"""Every command, with its module in this folder and its function there."""


def make_app(words: Container[str] = ()) -> typer.Typer:
    """The command line: of its commands those that `words` name, or all where they name none.

    Half of the time typer takes is spent on the options of commands nobody asked for.
    """
    app = typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Write down a workout, get one MP3 that coaches you through it, count by count.",
    )
    app.callback()(set_global_options)
    for name in [name for name in COMMANDS if name in words] or COMMANDS:
        app.command(name, cls=Command)(function_of(name))
    return app


def function_of(command: str) -> Callable[..., None]:
    """The function of a command; one that takes `options` gets each of them as its own."""
    module, _, name = COMMANDS[command].partition(":")
    function: Callable[..., None] = getattr(import_module(f"audioworkout.cli.{module}"), name)
    return with_options(function) if "options" in function.__annotations__ else function


def set_global_options(version: Version = None) -> None:
    """Options that stand before a command."""
