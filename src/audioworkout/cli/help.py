"""Formats help as plain text in groups, which fits narrow terminals.

typer's own help panels need rich, which takes more time than all the rest of `--help`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

from audioworkout.cli.colors import paint_for

NARROW_HELP = 60
"""With fewer columns a description is below its option, not beside it."""

MOST_OPTIONS = 20
"""A command with more options than this shows only the most used ones."""
WANTED = frozenset(
    [
        "output",
        "format_name",
        "mute",
        "alone",
        "minutes",
        "level",
        "skip",
        "no_equipment",
        "rest",
        "coaching",
        "language",
        "voice",
        "music",
        "help_all",
        "help",
    ]
)
"""Parameters that `--help` shows for commands with many options: ten for `build`."""
SHOW_ALL = "show all options"
"""Key of a context's `meta` under which `--help-all` asks for every option."""

Rows = list[tuple[str, str]]


def help_width(columns: int) -> int:
    """Width of help in columns: at most 100, as longer lines are hard to read."""
    return max(24, min(columns, 100) - 1)


def write_sections(formatter: Any, sections: Iterator[tuple[str, Rows]]) -> None:  # noqa: ANN401 - typer publishes no type for it
    """Write titled lists of names and descriptions."""
    column = 26 if formatter.width >= NARROW_HELP else 2
    paint = paint_for(sys.stdout)
    for title, rows in sections:
        with formatter.section(paint(title, "heading")):
            formatter.write_dl([(paint(name, "key"), text) for name, text in rows], col_max=column)


def option_sections(command: Any, context: Any) -> Iterator[tuple[str, Rows]]:  # noqa: ANN401 - typer publishes no types for them
    """The arguments and options of a command by help panel, in order of declaration.

    A command with many options shows the most used ones, unless all are requested or the command
    has no option to request them.
    """
    parameters = command.get_params(context)
    hides = any(parameter.name == "help_all" for parameter in parameters)
    few = hides and len(parameters) > MOST_OPTIONS and SHOW_ALL not in context.meta
    sections: dict[str, Rows] = {}
    for parameter in parameters:
        record = parameter.get_help_record(context)
        argument = parameter.param_type_name == "argument"
        if record is None or (few and not argument and parameter.name not in WANTED):
            continue
        panel = getattr(parameter, "rich_help_panel", None)
        if few and not argument and panel not in (None, "Other"):
            panel = "Most wanted"
        title = panel or ("Arguments" if argument else "Other")
        sections.setdefault(title, []).append(record)
    yield from sections.items()


class Command(TyperCommand):
    """A command whose options are listed by help panel."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the options."""
        write_sections(formatter, option_sections(self, ctx))


class GroupHelp(TyperGroup):
    """The help of a command that has others: commands, then options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the commands, then the options."""
        room = formatter.width if formatter.width < NARROW_HELP else formatter.width - 20
        commands = [
            (name, command.get_short_help_str(2 * room)) for name, command in self.commands.items()
        ]
        write_sections(formatter, iter([("Commands", commands)]))
        write_sections(formatter, option_sections(self, ctx))


class ProgramHelp(GroupHelp):
    """The help of the whole program: commands, options, folders."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the folders of settings and cache on this computer."""
        from audioworkout.cli.user_paths import find_user_paths

        here = find_user_paths()
        folders = [("settings", str(here.config)), ("kept clips", str(here.cache))]
        write_sections(formatter, iter([("Folders", folders)]))
