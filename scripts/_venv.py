"""Makes `.venv` once and runs programs in it: shared by build.py and test.py.

Standard library only. The syntax is kept to what Python 3.8 can read, so that an old Python gets
as far as saying that it is too old.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
LOCKED_PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
LOCKED_PLATFORMS = (
    "linux-x86_64",
    "linux-aarch64",
    "darwin-x86_64",
    "darwin-arm64",
    "win32-AMD64",
)
OLDEST_GLIBC = (2, 28)
OLDEST_MACOS = (14, 0)
LOCK_FILES = ("build", "run", "macos", "dev")
MADE_FROM = "# requirements: "
HALF_MADE = b"half-made"
LAST_LINES = 15
ADVICE = {
    "DO NOT MATCH THE HASHES": (
        "The package index gave another file than the one that was locked, so it was not installed."
        "\nStart again in case the download was damaged; if it stays so, somebody changed the file."
    ),
    **dict.fromkeys(
        (
            "Failed to establish a new connection",
            "Temporary failure in name resolution",
            "getaddrinfo failed",
            "Network is unreachable",
            "No address associated with hostname",
        ),
        "The package index cannot be reached: is there a network?",
    ),
}
"""What to do about a failed step, by what its output holds."""


class SetupError(Exception):
    """An error that the user has to correct; the message says how."""


def print_note(text: str) -> None:
    """Print progress on standard error, because standard output is for results."""
    print(text, file=sys.stderr, flush=True)


def main(work: Callable[[list[str]], int]) -> NoReturn:
    """Run `work` on the command line's words and exit with its status.

    A set-up that fails exits with 1 and a plain message, Ctrl-C with 130; neither with a traceback.
    """
    try:
        check_python(sys.version_info[:2])
        status = work(sys.argv[1:])
    except SetupError as problem:
        print_note(f"error: {problem}")
        status = 1
    except KeyboardInterrupt:
        print_note("interrupted")
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


def venv_python(venv: Path) -> Path:
    """The path of an environment's interpreter."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def installation_key(root: Path) -> str:
    """A digest of everything an installation depends on: requirements, lock, Python, folder."""
    digest = hashlib.sha256((root / "pyproject.toml").read_bytes())
    for file in sorted((root / "locks").glob("*.txt")):
        digest.update(file.read_bytes())
    digest.update(repr((sys.version, str(root))).encode())
    return digest.hexdigest()


def read_requirements(root: Path) -> dict[str, list[str]]:
    """The requirements in pyproject.toml to `run_step`, for `dev` and to `build`."""
    import tomllib

    with (root / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)
    return {
        "run": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
        "build": project["build-system"]["requires"],
    }


def digest_requirements(required: dict[str, list[str]]) -> str:
    """A digest that changes whenever the lock has to be made again."""
    return hashlib.sha256(json.dumps(required, sort_keys=True).encode()).hexdigest()


def reason_against_lock(root: Path) -> str:
    """The reason why the lock cannot be used here; empty if it can."""
    if not is_python_locked():
        return f"the lock does not know this Python ({' '.join(sys.version.split())})"
    computer = f"{sys.platform}-{platform.machine()}"
    if computer not in LOCKED_PLATFORMS:
        return f"the lock does not know this kind of computer ({computer})"
    if not is_system_locked():
        return f"the lock does not know this system ({platform.platform()})"
    if not is_lock_current(root):
        return "the lock was made from another pyproject.toml (python3 scripts/lock.py makes it)"
    return ""


def is_python_locked() -> bool:
    """True if the lock has wheels for this Python: CPython, 64 bits, with the global lock."""
    return (
        sys.version_info[:2] in LOCKED_PYTHONS
        and sys.implementation.name == "cpython"
        and sys.maxsize > 2**32
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
    )


def is_system_locked() -> bool:
    """Whether the system is new enough for the locked wheels, and on Linux has glibc (not musl)."""
    if sys.platform == "linux":
        library, version = platform.libc_ver()
        return library == "glibc" and version_numbers(version) >= OLDEST_GLIBC
    if sys.platform == "darwin":
        return version_numbers(platform.mac_ver()[0]) >= OLDEST_MACOS
    return True


def version_numbers(version: str) -> tuple[int, ...]:
    """A version such as 2.36 as numbers, for comparison."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def is_lock_current(root: Path) -> bool:
    """True if all its files exist and were made from the requirements in pyproject.toml."""
    line = f"{MADE_FROM}{digest_requirements(read_requirements(root))}\n"
    files = [root / "locks" / f"{name}.txt" for name in LOCK_FILES]
    return all(file.is_file() and line in file.read_text(encoding="utf-8") for file in files)


def locked_steps(root: Path, dev: bool) -> list[list[str]]:
    """The arguments of `pip install` for each step of an installation from the lock.

    Build tools come first: the project, and tools without a wheel, are built with them.
    """
    exact = ["--require-hashes", "--no-deps", "--no-build-isolation"]
    # Some pips fail at the markers of macOS packages on Linux, whose releases are no versions.
    systems = ["macos"] if sys.platform == "darwin" else []
    groups = [["build", "run", *systems], *([["dev"]] if dev else [])]
    pinned = [
        [*exact, *(word for name in names for word in ("-r", str(root / f"locks/{name}.txt")))]
        for names in groups
    ]
    return [*pinned, ["--no-deps", "--no-build-isolation", "--editable", str(root)]]


def is_installed(venv: Path, key: str, dev: bool) -> bool:
    """True if the stamp of an earlier run matches; a dev environment serves both."""
    stamps = [venv / "installed-dev"] if dev else [venv / "installed-dev", venv / "installed-run"]
    return venv_python(venv).exists() and any(
        stamp.is_file() and stamp.read_text(encoding="ascii") == key for stamp in stamps
    )


def provide_environment(root: Path = ROOT, dev: bool = False) -> Path:
    """The interpreter of `root/.venv`, with the project installed; made where it is missing.

    Args:
        root: The checkout.
        dev: Install the development tools as well.

    Raises:
        SetupError: It cannot be made.
    """
    venv, key = root / ".venv", installation_key(root)
    if not is_installed(venv, key, dev):
        with hold_lock(root / ".venv.lock") as lock:
            if not is_installed(venv, key, dev):  # another run may have made it meanwhile
                with mark_half_made(lock) as half_made:
                    make_venv(root, venv, dev, afresh=half_made)
                stamp = venv / ("installed-dev" if dev else "installed-run")
                stamp.write_text(key, encoding="ascii")
    return venv_python(venv)


def make_venv(root: Path, venv: Path, dev: bool, afresh: bool) -> None:
    """Create the environment unless a whole one is there, and install into it."""
    if afresh or not is_usable(venv_python(venv)):
        check_venv()
        print_note(f"Making {venv}")
        run_step([sys.executable, "-m", "venv", "--clear", str(venv)], root, "cannot make .venv")
    tools = " and the development tools" if dev else ""
    print_note(f"Installing audioworkout{tools} into .venv (once; about a minute)")
    pip = [str(venv_python(venv)), "-m", "pip", "install", "--disable-pip-version-check"]
    for words in install_steps(root, dev):
        run_step([*pip, *words], root, "pip could not install what is needed")


def install_steps(root: Path, dev: bool) -> list[list[str]]:
    """The steps by the lock; if it cannot be used, by the ranges of pyproject.toml, with a note."""
    reason = reason_against_lock(root)
    if not reason:
        return locked_steps(root, dev)
    print_note(f"Note: {reason}; installing the newest versions that pyproject.toml allows")
    return [["--editable", str(root), *(read_requirements(root)["dev"] if dev else [])]]


def is_usable(python: Path) -> bool:
    """True if its interpreter runs, has the version of this one, and has pip."""
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


def run_step(command: list[str], folder: Path, failure: str) -> None:
    """Run a step of the set-up quietly; if it fails, show the end of its output."""
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
        raise SetupError(explain_failure(failure, done.stdout))


def explain_failure(failure: str, output: str) -> str:
    """The message about a failed step: what failed, the end of its output, and what to do."""
    lines = [f"  | {line}" for line in output.rstrip().splitlines()[-LAST_LINES:]]
    otherwise = "Mend what it says, or remove the folder .venv, and start again."
    advice = next((text for sign, text in ADVICE.items() if sign in output), otherwise)
    return "\n".join([failure, *lines, advice])


@contextlib.contextmanager
def mark_half_made(lock: int) -> Iterator[bool]:
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
def hold_lock(path: Path) -> Iterator[int]:
    """Hold a lock file, after waiting for whoever holds it; gives its open descriptor.

    The system releases the lock when its holder ends, in whatever way.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(file):
            print_note("Another run is making .venv; waiting for it")
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
