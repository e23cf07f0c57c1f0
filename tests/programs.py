"""Runs the program as a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run_audioworkout(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The finished program: `folder` is its working folder and holds its cache and settings."""
    environment = {
        **os.environ,
        "AUDIOWORKOUT_CACHE": str(folder / "cache"),
        "AUDIOWORKOUT_CONFIG": str(folder / "config"),
    }
    return subprocess.run(
        [sys.executable, "-m", "audioworkout", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
