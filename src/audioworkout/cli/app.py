"""The commands of the program, each loaded when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Container
from importlib import import_module

import typer

from audioworkout.cli.help import Command, Group
from audioworkout.cli.options import Version, with_options

COMMANDS: dict[str, str] = {
    "build": "make:build",
    "script": "make:script",
    "check": "look:check",
    "list": "look:list_",
    "show": "look:show",
    "new": "look:new",
    "schema": "look:schema",
    "voices": "look:voices",
    "lines": "lines:lines",
    "cache": "cache:cache",
    "play": "listen:play",
    "page": "pages:page",
    "plot": "pages:plot",
    "serve": "share:serve",
    "feed": "share:feed",
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
    app.callback()(root)
    for name in [name for name in COMMANDS if name in words] or COMMANDS:
        app.command(name, cls=Command)(function_of(name))
    return app


def function_of(command: str) -> Callable[..., None]:
    """The function of a command; one that takes `options` gets each of them as its own."""
    module, _, name = COMMANDS[command].partition(":")
    function: Callable[..., None] = getattr(import_module(f"audioworkout.cli.{module}"), name)
    return with_options(function) if "options" in function.__annotations__ else function


def root(version: Version = None) -> None:
    """Options that stand before a command."""
