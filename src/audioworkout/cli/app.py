"""The commands of the program, each with its own module's function."""

from __future__ import annotations

from collections.abc import Callable, Container

import typer

from audioworkout.cli import cache, lines, listen, look, make, share
from audioworkout.cli.help import Command, Group
from audioworkout.cli.options import Version, with_options

COMMANDS: dict[str, Callable[..., None]] = {
    "build": with_options(make.build),
    "script": with_options(make.script),
    "check": look.check,
    "list": look.list_,
    "show": look.show,
    "new": look.new,
    "voices": look.voices,
    "lines": with_options(lines.lines),
    "cache": cache.cache,
    "play": listen.play,
    "page": share.page,
    "plot": share.plot,
    "serve": share.serve,
    "feed": share.feed,
}


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
        app.command(name, cls=Command)(COMMANDS[name])
    return app


def root(version: Version = None) -> None:
    """Options that stand before a command."""
