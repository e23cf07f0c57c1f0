"""Build the workout `hip-dips` from a fresh checkout.

    python3 scripts/build.py [ROUTINE] [OPTIONS]

The first run makes .venv and installs into it; later runs start at once. All words are those of
`audioworkout build`; with none it writes output/hip-dips.mp3 under the working folder.
"""

from __future__ import annotations

import os
import subprocess
import sys

import _venv


def work(words: list[str]) -> int:
    """Hand over to `audioworkout build` in the working folder; gives its exit status."""
    python = str(_venv.provide_environment())
    # -P: a folder that happens to hold a yaml.py must not become part of the program.
    command = [python, "-P", "-m", "audioworkout", "build", *words]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(python, command)  # signals and the exit status are then the program's own
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    _venv.main(work)
