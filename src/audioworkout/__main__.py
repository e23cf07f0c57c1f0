"""The program's door: `audioworkout` and `python -m audioworkout` both come in here."""

import gc
import sys

FEW = 100_000
"""Objects made between two searches for garbage in circles.

A build makes more of them than the usual 700 a hundred times over and no such garbage: searching
takes a twentieth of its time. `play` and `serve` run on and must not do without.
"""


def main() -> None:
    """Run the command line and exit with its status (docs/cli.md).

    Imports happen inside, so that Ctrl-C ends the program quietly at any moment. What is left at
    the end is not searched for garbage either, which would take a tenth of a short run's time.
    """
    gc.set_threshold(FEW)
    try:
        from audioworkout.cli.main import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
