"""Run every check that CI runs.

    python3 scripts/test.py [WORDS FOR PYTEST]

The first run makes .venv with the development tools; later runs start at once. All checks run
even if one fails. The tests run on every core: `-n 0` runs them in one process.
"""

from __future__ import annotations

import os
import subprocess
import time

import _tools
import _venv

PARALLEL = ["--numprocesses=auto", "--dist=loadfile"]
"""A file's tests share what its fixtures build, so they stay in one process."""


def checks(words: list[str]) -> dict[str, list[str]]:
    """The words after `python -m` of every check, by what it checks."""
    documents = [_venv.ROOT / "README.md", *sorted(_venv.ROOT.glob("docs/**/*.md"))]
    return {
        "format": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "documents": ["cogapp", "--check", *map(str, documents)],
        "tests": ["pytest", *PARALLEL, *words],
    }


def environment() -> dict[str, str]:
    """The variables of the checks. Python may store compiled modules, whatever is set elsewhere.

    Tests start the program some hundred times; compiling its modules each time takes 1.6 s.
    """
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def check(python: str, name: str, words: list[str]) -> bool:
    """Run one check with its output on the screen; whether it passed."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(
        [python, "-m", *words], cwd=_venv.ROOT, env=environment(), check=False
    ).returncode
    verdict = "ok" if status == 0 else f"FAILED (exit status {status})"
    print(f"-- {name}: {verdict}, {time.monotonic() - began:.1f} s", flush=True)
    return status == 0


def work(words: list[str]) -> int:
    """Run all checks; gives 1 if any failed."""
    python = str(_venv.provide_environment(dev=True))
    _tools.provide()
    passed = {name: check(python, name, command) for name, command in checks(words).items()}
    failed = [name for name, ok in passed.items() if not ok]
    print("\n" + (f"failed: {', '.join(failed)}" if failed else "all checks passed"), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    _venv.main(work)
