"""Runs a command line in this process; tells on standard error of every import in a thread."""

import sys
import threading
from types import ModuleType


class Watch:
    """A finder that finds nothing: it is asked for every module that is not loaded yet."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: ModuleType | None = None) -> None:
        if threading.current_thread() is not threading.main_thread():
            sys.stderr.write(f"imported in a thread: {name}\n")


if __name__ == "__main__":
    sys.meta_path.insert(0, Watch)
    from audioworkout.cli.main import run_program

    sys.exit(run_program(sys.argv[1:]))
