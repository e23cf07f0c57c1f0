"""The program's door: `audioworkout` and `python -m audioworkout` both come in here."""

import gc
import os
import signal
import sys
from types import FrameType

import audioworkout

COLLECT_EVERY = 100_000
"""Objects made between two searches for garbage in circles.

A build makes more of them than the usual 700 a hundred times over and no such garbage: searching
takes a twentieth of its time. `play` and `serve` run on and must not do without.
"""


def main() -> None:
    """Run the command line and exit with its status (docs/cli.md).

    Imports happen inside, so that Ctrl-C ends the program quietly at any moment. What is left at
    the end is not searched for garbage either, which would take a tenth of a short run's time.
    """
    if sys.argv[1:] == [audioworkout.WORKER]:
        from audioworkout.voices import worker

        return worker.main()
    gc.set_threshold(COLLECT_EVERY)
    exit_on_signals()
    separate_stderr()
    try:
        from audioworkout.cli.main import run_program

        status = run_program(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    gc.freeze()
    sys.exit(status)


def separate_stderr() -> None:
    """Let Python write to standard error by a descriptor of its own.

    Decoders write to the usual one by themselves, and are silenced there while they work
    (`audioworkout.quiet`); what this program says meanwhile, in other threads, comes through.
    """
    if sys.stderr is None:  # closed by the caller
        return
    try:
        own = os.dup(sys.stderr.fileno())
    except (OSError, ValueError):
        return
    encoding, errors = sys.stderr.encoding, sys.stderr.errors
    sys.stderr = os.fdopen(own, "w", 1, encoding, errors)


def exit_on_signals() -> None:
    """Being told to end, or losing the terminal, is an exit like any other.

    What is half written is removed, and a terminal gets its own screen back. Who has signals
    ignored, as `nohup` does, means it.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has only one of them
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)


if __name__ == "__main__":
    main()
