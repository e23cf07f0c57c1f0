"""Make the lock anew from pyproject.toml: the files of `locks/`.

    python3 scripts/lock.py

The newest versions that fit are asked from the package index, together with the hash of every file
of each; no address of an index is kept. Afterwards a dry run checks that every Python and platform
of `_venv` finds a file for each package. Takes two minutes and a network.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import _venv

EDITABLE = ["editables>=0.5"]
"""Requirements that hatchling adds when it installs a checkout."""
SETUPTOOLS = ["setuptools>=77"]
"""Builds the development tools that exist as source only."""
MARKERS = {
    "linux-x86_64": "sys_platform == 'linux' and platform_machine == 'x86_64'",
    "linux-aarch64": "sys_platform == 'linux' and platform_machine == 'aarch64'",
    "darwin-x86_64": "sys_platform == 'darwin' and platform_machine == 'x86_64'",
    "darwin-arm64": "sys_platform == 'darwin' and platform_machine == 'arm64'",
    "win32-AMD64": "sys_platform == 'win32' and platform_machine == 'AMD64'",
}
GLIBC = "manylinux_{}_{}".format(*_venv.OLDEST_GLIBC)
TARGETS = {
    "linux-x86_64": f"x86_64-{GLIBC}",
    "linux-aarch64": f"aarch64-{GLIBC}",
    "darwin-x86_64": "x86_64-apple-darwin",
    "darwin-arm64": "aarch64-apple-darwin",
    "win32-AMD64": "x86_64-pc-windows-msvc",
}
"""How uv calls the platforms."""

HEAD = "# Made by `python3 scripts/lock.py`; not to be changed by hand.\n"

Locked = dict[str, list[str]]
"""The hashes by `name==version ; marker`."""


def make_lock(words: list[str]) -> int:
    """Make the lock, try it, and put it in place; gives the exit status."""
    required = _venv.read_requirements(_venv.ROOT)
    with TemporaryDirectory() as name:
        folder = Path(name)
        uv = install_uv(folder / "uv")
        _venv.print_note("Asking for versions and hashes")
        (folder / "pyproject.toml").write_text(write_project(required), encoding="utf-8")
        uv_run(uv, folder, "lock")
        files = lock_files(uv, folder, _venv.digest_requirements(required))
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        for platform in _venv.LOCKED_PLATFORMS:
            _venv.print_note(f"Trying {platform}")
            for version in _venv.LOCKED_PYTHONS:
                try_platform(uv, folder, platform, ".".join(map(str, version)))
    target = _venv.ROOT / "locks"
    target.mkdir(exist_ok=True)
    for file, text in files.items():
        (target / file).write_text(text, encoding="utf-8", newline="\n")
    return 0


def install_uv(venv: Path) -> Path:
    """The resolver, in an environment of its own."""
    _venv.print_note("Installing uv for the moment")
    failure = "cannot install uv"
    _venv.run_step([sys.executable, "-m", "venv", str(venv)], venv.parent, failure)
    python = _venv.venv_python(venv)
    _venv.run_step([str(python), "-m", "pip", "install", "uv"], venv.parent, failure)
    return python.with_name("uv.exe" if os.name == "nt" else "uv")


def uv_run(uv: Path, folder: Path, *words: str) -> str:
    """Run uv and return its output.

    Raises:
        SetupError: It failed.
    """
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "{}.{}".format(*_venv.OLDEST_MACOS)}
    done = subprocess.run(
        [str(uv), *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise _venv.SetupError(_venv.explain_failure(f"uv {' '.join(words)} failed", done.stderr))
    return done.stdout


def write_project(required: dict[str, list[str]]) -> str:
    """A project for uv that requires the same, what builds it being a group of its own."""
    oldest, newest = _venv.LOCKED_PYTHONS[0], _venv.LOCKED_PYTHONS[-1]
    build = [*required["build"], *EDITABLE, *SETUPTOOLS]
    # A list of texts is written in TOML as in JSON.
    return f"""
[project]
name = "locked"
version = "0"
requires-python = ">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
dependencies = {json.dumps(required["run"])}

[dependency-groups]
build = {json.dumps(build)}
dev = {json.dumps(required["dev"])}

[tool.uv]
package = false
required-environments = {json.dumps([MARKERS[name] for name in _venv.LOCKED_PLATFORMS])}
"""


def lock_files(uv: Path, folder: Path, digest: str) -> dict[str, str]:
    """The text of every lock file; a requirement is listed in the first file that needs it only."""
    build = export_lock(uv, folder, "--only-group", "build")
    run = export_lock(uv, folder, "--no-default-groups")
    everything = export_lock(uv, folder, "--all-groups")
    macos = [line for line in run if is_for_macos(line)]
    before = {*build, *run}
    own = [line for line in run if line not in {*build, *macos}]
    tools = [line for line in everything if line not in before]
    sources = "".join(f"--no-binary={name}\n" for name in find_source_only(folder / "uv.lock"))
    head = f"{HEAD}{_venv.MADE_FROM}{digest}\n--only-binary=:all:\n"
    return {
        "build.txt": head + format_lines(build, build),
        "run.txt": head + format_lines(run, own),
        "macos.txt": head + format_lines(run, macos),
        "dev.txt": head + sources + format_lines(everything, tools),
    }


def export_lock(uv: Path, folder: Path, *groups: str) -> Locked:
    """Export the lock of these dependency groups."""
    form = ("--format", "requirements.txt", "--no-header", "--no-annotate", "--no-emit-project")
    text = uv_run(uv, folder, "export", "--frozen", *form, *groups)
    locked: Locked = {}
    for entry in text.replace("\\\n", " ").splitlines():
        line, *hashes = entry.split(" --hash=")
        locked[line.strip()] = sorted(each.strip() for each in hashes)
    return locked


def is_for_macos(line: str) -> bool:
    """True if a line applies to macOS only."""
    marker = line.partition(";")[2]
    return "sys_platform == 'darwin'" in marker and " or " not in marker


def find_source_only(lock: Path) -> list[str]:
    """Names of the packages without any wheel, in uv's own lock."""
    with lock.open("rb") as file:
        packages = tomllib.load(file)["package"]
    return [each["name"] for each in packages if "sdist" in each and not each.get("wheels")]


def format_lines(locked: Locked, lines: Iterable[str]) -> str:
    """These lines with their hashes, as pip reads them."""
    return "".join(
        " \\\n    ".join([line, *(f"--hash={each}" for each in locked[line])]) + "\n"
        for line in lines
    )


def try_platform(uv: Path, folder: Path, platform: str, version: str) -> None:
    """Resolve all files for another platform, without installing them.

    Raises:
        SetupError: There is none.
    """
    names = ["build", "run", "dev", *(["macos"] if platform.startswith("darwin") else [])]
    files = (word for name in names for word in ("-r", f"{name}.txt"))
    target = ("--python-platform", TARGETS[platform], "--python-version", version)
    exact = ("--dry-run", "--no-deps", "--require-hashes", "--target", "nowhere")
    uv_run(uv, folder, "pip", "install", *exact, *target, *files)


if __name__ == "__main__":
    _venv.main(make_lock)
