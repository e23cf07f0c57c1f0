"""The program's door: `audioworkout` and `python -m audioworkout` both come in here."""

import sys


def main() -> None:
    """Run the command line and exit with its status (docs/cli.md).

    Imports happen inside, so that Ctrl-C ends the program quietly at any moment.
    """
    try:
        from audioworkout.cli.main import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
