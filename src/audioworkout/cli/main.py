"""Run a command line and answer for whatever comes of it."""

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
"""Set by a shell that wants to know how a word may go on."""
VERBOSE = frozenset({"-v", "--verbose"})


def run_program(words: list[str]) -> int:
    """Run the program with these words; gives its exit status and never raises an error.

    The statuses are told in docs/cli.md.
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
    """Whether the command that these words call has `--verbose`."""
    name = next((word for word in words if word in COMMANDS), None)
    with suppress(Exception):  # that it cannot be loaded may be the very fault
        return name is not None and "verbose" in function_of(name).__annotations__
    return False


def dispatch_command(words: list[str]) -> None:
    """Find the command and call it.

    typer's own `main` would answer for some errors in its own way, so only completion, which
    speaks a protocol with the shell, is left to it.
    """
    if COMPLETION in os.environ:
        get_command(make_app()).main(words, prog_name=PROGRAM)
    command = get_command(make_app(words))
    with command.make_context(
        PROGRAM, words, terminal_width=help_width(terminal_columns())
    ) as context:
        command.invoke(context)


def report_error(error: BaseException, screen: Screen, verbose: bool, offered: bool = True) -> int:
    """Say what went wrong and give the exit status for it.

    A fault of the program comes with its traceback where that was asked for with `--verbose`, and
    where the command has no such option (`offered`).
    """
    match error:
        case typer.Exit():
            return error.exit_code
        case WorkoutError() if hasattr(error, "findings"):
            # Each finding already bears its place, its kind and its hint.
            screen.findings(error.findings)
            return error.exit_code
        case WorkoutError():
            screen.error(str(error), error.hint)
            return error.exit_code
        case typer.TyperException():
            return report_usage_error(error, screen)
        case BrokenPipeError():
            # The reader (`head`, a pager) has seen enough: that is no fault of anyone's.
            silence_stdout()
            return 0
        case KeyboardInterrupt() | typer.Abort():
            screen.error("interrupted")
            return 130
    more = verbose or not offered
    if more:
        from traceback import print_exception  # here: hardly ever needed

        print_exception(error)
    screen.error(
        f"something unforeseen went wrong ({type(error).__name__}: {error})",
        "That is a fault of the program. Please report it, with "
        + ("all that stands above." if more else "what the same command says when -v is added."),
    )
    return 1


def report_usage_error(error: typer.TyperException, screen: Screen) -> int:
    """A wrong command line: what is wrong with it, and where the right one is told."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    message = error.format_message().rstrip(".")
    if message.startswith("Usage:"):  # nothing was said at all: the message is the help
        screen.note(message)
    else:
        screen.error(message, f"{_option_help(getattr(error, 'param', None))}See {path} --help")
    return error.exit_code


def _option_help(param: object) -> str:
    """What the help says of an option whose value is wrong; nothing where no option is."""
    text, names = getattr(param, "help", None), getattr(param, "opts", ())
    return f"{names[0]}: {text} " if text and names else ""
