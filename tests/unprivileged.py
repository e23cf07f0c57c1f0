"""The program as a user whom permissions bind: root passes by them all, as in many containers."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

_DROP = 24
"""`PR_CAPBSET_DROP` of Linux."""
_PAST_PERMISSIONS = (1, 2)
"""`CAP_DAC_OVERRIDE` and `CAP_DAC_READ_SEARCH`: what lets root pass."""


def run_unprivileged(words: list[str], folder: Path, **environ: str) -> tuple[int, str, str]:
    """Run a command line in `folder`; gives its status, what it prints and what it says.

    Settings and cache lie below `folder` unless `environ` says otherwise.
    """
    places = {f"AUDIOWORKOUT_{name}": str(folder / name.lower()) for name in ("CONFIG", "CACHE")}
    result = subprocess.run(
        [sys.executable, "-m", "audioworkout", *words],
        cwd=folder,
        env=os.environ | places | environ,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_drop if os.geteuid() == 0 else None,
    )
    return result.returncode, result.stdout, result.stderr


def _drop() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in _PAST_PERMISSIONS:
        if libc.prctl(_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "root keeps its privileges here")
