"""Make `.venv` once and run programs in it: what build.py and test.py share.

Standard library only. The syntax is kept to what Python 3.8 can read, so that an old Python gets
as far as saying that it is too old.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
HALF_MADE = b"half-made"
LAST_LINES = 15
OFFLINE = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "No address associated with hostname",
)


class SetupError(Exception):
    """Something a person has to mend first; the message says what."""


def say(text: str) -> None:
    """Tell what is going on, on standard error: standard output is for results."""
    print(text, file=sys.stderr, flush=True)


def main(work: Callable[[list[str]], int]) -> NoReturn:
    """Run `work` on the command line's words and exit with its status.

    A set-up that fails exits with 1 and a plain message, Ctrl-C with 130; neither with a traceback.
    """
    try:
        check_python(sys.version_info[:2])
        status = work(sys.argv[1:])
    except SetupError as problem:
        say(f"error: {problem}")
        status = 1
    except KeyboardInterrupt:
        say("interrupted")
        status = 130
    sys.exit(status)


def check_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that cannot run the project, `version` being its (major, minor)."""
    if version < OLDEST:
        wanted, here = (".".join(map(str, numbers)) for numbers in (OLDEST, version))
        raise SetupError(
            f"Python {wanted} or newer is needed, and this is {here} ({sys.executable})\n"
            f"Install a newer one and start with it, as in: python{wanted} {sys.argv[0]}"
        )


def check_venv() -> None:
    """Refuse a Python that cannot make environments (Debian and Ubuntu ship that separately)."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    version = "{}.{}".format(*sys.version_info[:2])
    raise SetupError(
        "this Python cannot make virtual environments (its venv or ensurepip module is missing)\n"
        f"On Debian and Ubuntu: sudo apt install python{version}-venv"
    )


def python_of(venv: Path) -> Path:
    """Where the interpreter of an environment is."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def key_of(root: Path) -> str:
    """Changes whenever what is installed may be out of date: requirements, Python, place."""
    digest = hashlib.sha256((root / "pyproject.toml").read_bytes())
    digest.update(repr((sys.version, str(root))).encode())
    return digest.hexdigest()


def dev_requirements(root: Path) -> list[str]:
    """The requirements of the dependency group `dev`; older pips cannot read it themselves."""
    import tomllib

    with (root / "pyproject.toml").open("rb") as file:
        groups = tomllib.load(file)["dependency-groups"]
    return [str(requirement) for requirement in groups["dev"]]


def is_installed(venv: Path, key: str, dev: bool) -> bool:
    """Whether the stamp of an earlier run says so; the dev set-up serves both."""
    stamps = [venv / "installed-dev"] if dev else [venv / "installed-dev", venv / "installed-run"]
    return python_of(venv).exists() and any(
        stamp.is_file() and stamp.read_text(encoding="ascii") == key for stamp in stamps
    )


def environment(root: Path = ROOT, dev: bool = False) -> Path:
    """The interpreter of `root/.venv`, with the project installed; made where it is missing.

    Args:
        root: The checkout.
        dev: Install the development tools as well.

    Raises:
        SetupError: It cannot be made.
    """
    venv, key = root / ".venv", key_of(root)
    if not is_installed(venv, key, dev):
        with locked(root / ".venv.lock") as lock:
            if not is_installed(venv, key, dev):  # another run may have made it meanwhile
                with marked(lock) as half_made:
                    make(root, venv, dev, afresh=half_made)
                stamp = venv / ("installed-dev" if dev else "installed-run")
                stamp.write_text(key, encoding="ascii")
    return python_of(venv)


def make(root: Path, venv: Path, dev: bool, afresh: bool) -> None:
    """Create the environment unless a whole one is there, and install into it."""
    if afresh or not is_usable(python_of(venv)):
        check_venv()
        say(f"Making {venv}")
        run([sys.executable, "-m", "venv", "--clear", str(venv)], root, "cannot make .venv")
    tools = " and the development tools" if dev else ""
    say(f"Installing audioworkout{tools} into .venv (once; about a minute)")
    pip = [str(python_of(venv)), "-m", "pip", "install", "--disable-pip-version-check"]
    extra = dev_requirements(root) if dev else []
    run([*pip, "--editable", str(root), *extra], root, "pip could not install what is needed")


def is_usable(python: Path) -> bool:
    """Whether it runs, is the version that runs this, and has pip."""
    try:
        done = subprocess.run(
            [str(python), "-c", "import pip, sys; print(sys.version)"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


def run(command: list[str], folder: Path, failure: str) -> None:
    """Run a step of the set-up in silence; show the end of what it said where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(explain(failure, done.stdout))


def explain(failure: str, output: str) -> str:
    """A failed step's message: what failed, the end of its output, and what to do."""
    lines = [f"  | {line}" for line in output.rstrip().splitlines()[-LAST_LINES:]]
    offline = any(sign in output for sign in OFFLINE)
    advice = (
        "The package index cannot be reached: is there a network?"
        if offline
        else "Mend what it says, or remove the folder .venv, and start again."
    )
    return "\n".join([failure, *lines, advice])


@contextlib.contextmanager
def marked(lock: int) -> Iterator[bool]:
    """Keep `half-made` in the lock file meanwhile; gives whether an earlier run left it there.

    A step that fails takes the mark away, for pip leaves an environment as good as it was; a run
    that is interrupted or killed does not.
    """
    half_made = os.read(lock, len(HALF_MADE)) == HALF_MADE
    if not half_made:
        os.write(lock, HALF_MADE)
    try:
        yield half_made
    except SetupError:
        os.ftruncate(lock, 0)
        raise
    os.ftruncate(lock, 0)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold a lock file, after waiting for whoever holds it; gives its open descriptor.

    The system releases the lock when its holder dies, however it dies.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(file):
            say("Another run is making .venv; waiting for it")
            wait_lock(file)
        yield file
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 20  # a byte that holds nothing: a locked one could not be read or written

    def try_lock(file: int) -> bool:
        """Take the lock if it is free."""
        os.lseek(file, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

    def wait_lock(file: int) -> None:
        """Take the lock when it is free."""
        import time

        while not try_lock(file):
            time.sleep(0.2)
else:
    import fcntl

    def try_lock(file: int) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_lock(file: int) -> None:
        """Take the lock when it is free."""
        fcntl.flock(file, fcntl.LOCK_EX)
