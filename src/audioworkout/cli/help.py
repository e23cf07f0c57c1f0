"""Help as plain text in groups: it starts fast, copies well and fits a narrow terminal.

typer's own help panels need rich, which costs more time than all the rest of `--help`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

NARROW = 60
"""Below so many columns a description stands under its option and not beside it."""

Rows = list[tuple[str, str]]


def help_width(columns: int) -> int:
    """Columns that help uses of a terminal's: lines longer than 100 are hard to read."""
    return max(24, min(columns, 100) - 1)


def write_sections(formatter: Any, sections: Iterator[tuple[str, Rows]]) -> None:  # noqa: ANN401 - typer publishes no type for it
    """Write titled lists of names and descriptions."""
    column = 26 if formatter.width >= NARROW else 2
    for title, rows in sections:
        with formatter.section(title):
            formatter.write_dl(rows, col_max=column)


def option_sections(command: Any, context: Any) -> Iterator[tuple[str, Rows]]:  # noqa: ANN401 - typer publishes no types for them
    """The arguments and options of a command by help panel, in order of declaration."""
    sections: dict[str, Rows] = {}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            usual = "Arguments" if parameter.param_type_name == "argument" else "Other"
            title = getattr(parameter, "rich_help_panel", None) or usual
            sections.setdefault(title, []).append(record)
    yield from sections.items()


class Command(TyperCommand):
    """A command whose options are listed by help panel."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the options."""
        write_sections(formatter, option_sections(self, ctx))


class Group(TyperGroup):
    """The whole program: its commands before its options, and where its folders are."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the commands, then the options."""
        room = formatter.width if formatter.width < NARROW else formatter.width - 20
        commands = [
            (name, command.get_short_help_str(2 * room)) for name, command in self.commands.items()
        ]
        write_sections(formatter, iter([("Commands", commands)]))
        write_sections(formatter, option_sections(self, ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write where settings and kept clips lie on this computer."""
        from audioworkout.cli.user_paths import find_user_paths

        here = find_user_paths()
        folders = [("settings", str(here.config)), ("kept clips", str(here.cache))]
        write_sections(formatter, iter([("Folders", folders)]))
