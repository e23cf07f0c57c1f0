"""Runs a command line and converts every error to a message and an exit status."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import typer
from typer.main import get_command

from audioworkout.cli.app import COMMANDS, add_build, function_of, make_app
from audioworkout.cli.help import help_width
from audioworkout.cli.screen import Screen, silence_stdout, terminal_columns
from audioworkout.errors import WorkoutError

PROGRAM = "audioworkout"
COMPLETION = "_AUDIOWORKOUT_COMPLETE"
"""Environment variable set by a shell that requests completions."""
VERBOSE = frozenset({"-v", "--verbose"})


def run_program(words: list[str]) -> int:
    """Run the program with these words; returns its exit status and raises no errors.

    docs/cli.md lists the statuses.
    """
    try:
        if COMPLETION not in os.environ:
            words = add_build(words)
        dispatch_command(words)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:
        return report_error(error, Screen(), not VERBOSE.isdisjoint(words), has_verbose(words))
    return 0


def has_verbose(words: list[str]) -> bool:
    """True if the command that these words call has `--verbose`."""
    name = next((word for word in words if word in COMMANDS), None)
    with suppress(Exception):  # importing the command may be what failed
        return name is not None and "verbose" in function_of(name).__annotations__
    return False


def dispatch_command(words: list[str]) -> None:
    """Find the command and call it.

    typer's own `main` would handle some errors itself, so it is called for completion only, which
    follows a protocol of the shell.
    """
    if COMPLETION in os.environ:
        get_command(make_app()).main(words, prog_name=PROGRAM)
    command = get_command(make_app(words))
    with command.make_context(
        PROGRAM, words, terminal_width=help_width(terminal_columns())
    ) as context:
        command.invoke(context)


def report_error(error: BaseException, screen: Screen, verbose: bool, offered: bool = True) -> int:
    """Print an error; returns its exit status.

    An unexpected error is printed with its traceback if `verbose` is set, or if the command does
    not offer this option (`offered`).
    """
    match error:
        case typer.Exit():
            return error.exit_code
        case WorkoutError() if hasattr(error, "findings"):
            # Each diagnostic already has its place, kind and hint.
            screen.findings(error.findings)
            return error.exit_code
        case WorkoutError():
            screen.error(str(error), error.hint)
            return error.exit_code
        case typer.TyperException():
            return report_usage_error(error, screen)
        case BrokenPipeError():
            # The reader (`head`, a pager) has closed the pipe, which is not an error.
            silence_stdout()
            return 0
        case KeyboardInterrupt() | typer.Abort():
            screen.error("interrupted")
            return 130
    more = verbose or not offered
    if more:
        from traceback import print_exception  # imported here, because it is hardly ever needed

        print_exception(error)
    screen.error(
        f"something unforeseen went wrong ({type(error).__name__}: {error})",
        "That is a fault of the program. Please report it, with "
        + ("all that stands above." if more else "what the same command says when -v is added."),
    )
    return 1


def report_usage_error(error: typer.TyperException, screen: Screen) -> int:
    """Print what is wrong with a command line, and the command for its help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    message = error.format_message().rstrip(".")
    if message.startswith("Usage:"):  # no arguments: the message is the help
        screen.note(message)
    else:
        screen.error(message, f"{_option_help(getattr(error, 'param', None))}See {path} --help")
    return error.exit_code


def _option_help(param: object) -> str:
    """The help text of an option with a wrong value; empty if there is no option."""
    text, names = getattr(param, "help", None), getattr(param, "opts", ())
    return f"{names[0]}: {text} " if text and names else ""
