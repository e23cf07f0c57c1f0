"""The two commands of a fresh checkout: what they decide, with no network and no real install."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
PROJECT = """
[build-system]
requires = ["hatchling"]
[project]
dependencies = ["numpy>=2"]
[dependency-groups]
dev = ["pytest>=8", "ruff"]
"""


@pytest.fixture
def venv(monkeypatch):
    """The scripts' shared module, as they import it."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    for name in ("_venv", "build"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import _venv

    return _venv


@pytest.fixture
def root(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


@pytest.fixture
def lock(venv, root, monkeypatch):
    """A lock that fits, and a computer that it is made for, whatever this one is."""
    head = venv.MADE_FROM + venv.digest_requirements(venv.read_requirements(root))
    (root / "locks").mkdir()
    for name in venv.LOCK_FILES:
        (root / f"locks/{name}.txt").write_text(f"# Made by a test\n{head}\n")
    monkeypatch.setattr(venv, "is_python_locked", lambda: True)
    monkeypatch.setattr(venv, "LOCKED_PLATFORMS", [f"{sys.platform}-{venv.platform.machine()}"])
    monkeypatch.setattr(venv, "is_system_locked", lambda: True)
    return root / "locks"


class Steps:
    """Stands in for `_venv.run_step`: keeps the commands, makes what they would make."""

    def __init__(self, module, root, fail=None):
        self.module, self.root, self.fail, self.commands = module, root, fail, []

    def __call__(self, command, folder, failure):
        self.commands.append(command)
        if "venv" in command:
            python = self.module.venv_python(self.root / ".venv")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        elif self.fail:
            raise self.fail

    @property
    def kinds(self):
        return ["venv" if "venv" in command else "pip" for command in self.commands]


@pytest.fixture
def steps(venv, root, monkeypatch):
    fake = Steps(venv, root)
    monkeypatch.setattr(venv, "run_step", fake)
    monkeypatch.setattr(venv, "is_usable", lambda python: python.exists())
    return fake


def test_the_second_run_does_nothing(venv, root, steps):
    first = venv.provide_environment(root)
    assert steps.kinds == ["venv", "pip"]
    assert venv.provide_environment(root) == first == venv.venv_python(root / ".venv")
    assert steps.kinds == ["venv", "pip"]


def test_the_development_set_up_serves_both_but_not_the_other_way_round(venv, root, steps):
    venv.provide_environment(root)
    venv.provide_environment(root, dev=True)
    assert steps.kinds == ["venv", "pip", "pip"]
    assert steps.commands[-1][-2:] == ["pytest>=8", "ruff"]
    venv.provide_environment(root)
    assert len(steps.commands) == 3


@pytest.mark.parametrize("system, more", [("linux", []), ("win32", []), ("darwin", ["macos"])])
def test_everything_is_installed_from_the_lock(
    venv, root, lock, steps, monkeypatch, capsys, system, more
):
    monkeypatch.setattr(venv, "LOCKED_PLATFORMS", [f"{system}-{venv.platform.machine()}"])
    monkeypatch.setattr(sys, "platform", system)
    venv.provide_environment(root, dev=True)
    pips = [command[command.index("install") + 1 :] for command in steps.commands[1:]]
    files = [[str(lock / f"{name}.txt") for name in ["build", "run", *more]]]
    files += [[str(lock / "dev.txt")], []]
    assert [words[words.index("-r") + 1 :: 2] if "-r" in words else [] for words in pips] == files
    assert ["--require-hashes" in words for words in pips] == [True, True, False]
    assert all({"--no-deps", "--no-build-isolation"} <= set(words) for words in pips)
    assert pips[-1][-2:] == ["--editable", str(root)]
    assert "Note" not in capsys.readouterr().err


def test_the_program_alone_needs_no_development_tools(venv, root, lock, steps):
    venv.provide_environment(root)
    assert steps.kinds == ["venv", "pip", "pip"]
    assert not any(str(lock / "dev.txt") in command for command in steps.commands)


UNKNOWN = {
    "python": ("is_python_locked", lambda: False, "does not know this Python (3."),
    "computer": ("LOCKED_PLATFORMS", ["vax"], "does not know this kind of computer ("),
    "system": ("is_system_locked", lambda: False, "does not know this system ("),
    "requirements": (
        "digest_requirements",
        lambda required: "0",
        "was made from another pyproject.toml",
    ),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_the_lock_does_not_know_installs_by_ranges_and_is_told(
    venv, root, lock, steps, monkeypatch, capsys, what
):
    name, value, told = UNKNOWN[what]
    monkeypatch.setattr(venv, name, value)
    venv.provide_environment(root, dev=True)
    assert steps.commands[-1][-4:] == ["--editable", str(root), "pytest>=8", "ruff"]
    assert steps.kinds == ["venv", "pip"]
    err = capsys.readouterr().err
    assert f"Note: the lock {told}" in err
    assert "installing the newest versions that pyproject.toml allows\n" in err


@pytest.mark.parametrize("name", ["build", "run", "macos", "dev"])
def test_a_lock_that_is_not_whole_is_not_used(venv, root, lock, name):
    assert venv.reason_against_lock(root) == ""
    (lock / f"{name}.txt").unlink()
    assert "made from another pyproject.toml" in venv.reason_against_lock(root)


@pytest.mark.parametrize(
    "attribute, value",
    [
        ("version_info", (3, 10, 9)),
        ("version_info", (3, 15, 0)),
        ("implementation", SimpleNamespace(name="pypy")),
        ("maxsize", 2**31 - 1),
    ],
)
def test_only_a_common_python_is_in_the_lock(venv, monkeypatch, attribute, value):
    monkeypatch.setattr(venv.sysconfig, "get_config_var", {"Py_GIL_DISABLED": 0}.get)
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert venv.is_python_locked()
    monkeypatch.setattr(sys, attribute, value)
    assert not venv.is_python_locked()


def test_a_python_without_the_global_lock_is_not_in_the_lock(venv, monkeypatch):
    monkeypatch.setattr(venv.sysconfig, "get_config_var", {"Py_GIL_DISABLED": 1}.get)
    assert not venv.is_python_locked()


@pytest.mark.parametrize(
    "system, library, macos, fits",
    [
        ("linux", ("glibc", "2.28"), "", True),
        ("linux", ("glibc", "2.17"), "", False),
        ("linux", ("", ""), "", False),
        ("linux", ("libc", "1.2.5"), "", False),
        ("darwin", ("", ""), "15.2", True),
        ("darwin", ("", ""), "10.15.7", False),
        ("win32", ("", ""), "", True),
    ],
)
def test_old_systems_and_other_libraries_are_not_in_the_lock(
    venv, monkeypatch, system, library, macos, fits
):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(venv.platform, "libc_ver", lambda: library)
    monkeypatch.setattr(venv.platform, "mac_ver", lambda: (macos, ("", "", ""), ""))
    assert venv.is_system_locked() is fits


@pytest.mark.parametrize("what", ["requirements", "lock", "python", "place"])
def test_whatever_changes_the_set_up_changes_the_key(venv, root, lock, tmp_path, monkeypatch, what):
    before = venv.installation_key(root)
    assert venv.installation_key(root) == before
    if what == "requirements":
        (root / "pyproject.toml").write_text(PROJECT + "# newer\n")
    elif what == "lock":
        (lock / "dev.txt").write_text("ruff==1 --hash=sha256:0\n")
    elif what == "python":
        monkeypatch.setattr(sys, "version", "3.99.0 (main)")
    else:
        shutil.copytree(root, root := tmp_path / "moved")
    assert venv.installation_key(root) != before


def test_new_requirements_are_installed_into_the_same_environment(venv, root, steps):
    venv.provide_environment(root)
    (root / "pyproject.toml").write_text(PROJECT + "# newer\n")
    venv.provide_environment(root)
    assert steps.kinds == ["venv", "pip", "pip"]


def test_an_environment_made_by_hand_is_kept(venv, root, steps):
    python = venv.venv_python(root / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    venv.provide_environment(root)
    assert steps.kinds == ["pip"]


def test_after_an_interrupted_run_all_begins_afresh(venv, root, steps):
    steps.fail = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        venv.provide_environment(root)
    steps.fail, steps.commands = None, []
    venv.provide_environment(root)
    assert steps.kinds == ["venv", "pip"]
    assert (root / ".venv.lock").read_bytes() == b""


def test_after_a_failed_install_the_environment_is_kept(venv, root, steps):
    steps.fail = venv.SetupError("no network")
    with pytest.raises(venv.SetupError):
        venv.provide_environment(root)
    steps.fail, steps.commands = None, []
    venv.provide_environment(root)
    assert steps.kinds == ["pip"]


def test_the_run_that_waited_finds_the_work_done(venv, root, steps, monkeypatch):
    wait_lock, asked = venv.wait_lock, []

    def other_finishes(file):
        venv.venv_python(root / ".venv").parent.mkdir(parents=True)
        venv.venv_python(root / ".venv").touch()
        (root / ".venv/installed-run").write_text(venv.installation_key(root))
        os.close(other)
        wait_lock(file)

    monkeypatch.setattr(venv, "wait_lock", other_finishes)
    monkeypatch.setattr(venv, "print_note", asked.append)
    other = os.open(root / ".venv.lock", os.O_RDWR | os.O_CREAT)
    assert venv.try_lock(other)
    venv.provide_environment(root)
    assert steps.commands == []
    assert asked == ["Another run is making .venv; waiting for it"]


def test_an_environment_that_does_not_start_is_not_usable(venv, tmp_path):
    assert not venv.is_usable(tmp_path / "none")
    assert venv.is_usable(Path(sys.executable))


def test_a_failed_step_shows_the_end_of_what_it_said(venv, tmp_path):
    noisy = "import sys; [print('line', n) for n in range(99)]; sys.exit(3)"
    with pytest.raises(venv.SetupError) as caught:
        venv.run_step([sys.executable, "-c", noisy], tmp_path, "pip could not install")
    message = str(caught.value).splitlines()
    assert message[0] == "pip could not install"
    assert message[1:-1] == [f"  | line {n}" for n in range(84, 99)]
    assert "remove the folder .venv" in message[-1]


def test_without_a_network_it_is_the_network_that_is_named(venv):
    text = venv.explain_failure(
        "pip failed", "Temporary failure in name resolution\nNo matching version"
    )
    assert text.endswith("The package index cannot be reached: is there a network?")


def test_a_file_with_another_hash_is_told_plainly(venv):
    text = venv.explain_failure(
        "pip failed", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE ..."
    )
    assert "another file than the one that was locked, so it was not installed" in text
    assert "remove the folder" not in text


def test_an_old_python_is_told_what_it_needs(venv):
    with pytest.raises(venv.SetupError, match=r"Python 3\.11 or newer is needed, and this is 3\.9"):
        venv.check_python((3, 9))
    venv.check_python((3, 11))
    venv.check_python((4, 0))


@pytest.mark.parametrize("name", ["build.py", "test.py", "_venv.py", "lock.py"])
def test_an_old_python_can_read_the_scripts_far_enough_to_say_so(name):
    import ast

    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package(venv, monkeypatch, missing):
    monkeypatch.setattr(venv.importlib.util, "find_spec", lambda name: name != missing or None)
    with pytest.raises(venv.SetupError, match=r"apt install python3\.\d+-venv"):
        venv.check_venv()


def test_main_passes_words_in_and_the_status_out(venv, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["build.py", "my.yaml", "--minutes", "20"])
    with pytest.raises(SystemExit) as caught:
        venv.main(lambda words: 7 if words == ["my.yaml", "--minutes", "20"] else 0)
    assert caught.value.code == 7


@pytest.mark.parametrize("kind, status", [("SetupError", 1), ("KeyboardInterrupt", 130)])
def test_main_answers_for_faults_without_a_traceback(venv, capsys, monkeypatch, kind, status):
    error = KeyboardInterrupt() if kind == "KeyboardInterrupt" else venv.SetupError("no disk")

    def work(words):
        raise error

    monkeypatch.setattr(sys, "argv", ["build.py"])
    with pytest.raises(SystemExit) as caught:
        venv.main(work)
    assert caught.value.code == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err == ("error: no disk\n" if kind == "SetupError" else "interrupted\n")


def test_build_hands_over_all_words_in_the_working_folder(venv, monkeypatch):
    import build

    handed = []
    monkeypatch.setattr(venv, "provide_environment", lambda: Path("/x/python"))
    monkeypatch.setattr(os, "execv", lambda path, words: handed.append((path, words)))
    monkeypatch.setattr(
        build.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 5)
    )
    assert build.work(["-", "-q"]) == 5
    assert handed == [("/x/python", ["/x/python", "-P", "-m", "audioworkout", "build", "-", "-q"])]


def test_all_checks_run_even_if_one_fails(venv, monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("checks", SCRIPTS / "test.py")
    checks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    ran = []

    def run(command, cwd, env, check):
        assert env.keys() == os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}
        ran.append(command[2])
        return subprocess.CompletedProcess(command, 1 if command[2] == "mypy" else 0)

    monkeypatch.setattr(checks.subprocess, "run", run)
    monkeypatch.setattr(venv, "provide_environment", lambda dev: Path("python"))
    assert checks.work([]) == 1
    assert ran == ["ruff", "ruff", "mypy", "cogapp", "pytest"]
    assert capsys.readouterr().out.endswith("failed: types\n")


def test_the_sdist_holds_what_it_should_from_the_top_only(tmp_path):
    shutil.copy(SCRIPTS.parent / "pyproject.toml", tmp_path)
    inside = ["README.md", "LICENSE", "src/audioworkout/__init__.py", "docs/cli.md"]
    inside += ["locks/run.txt", "scripts/lock.py", "sounds/go.wav", "tests/test_cli.py"]
    for name in [*inside, "modules/README.md", "modules/x/LICENSE", "old/src/x.py", "notes.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('__version__ = "0.1"\n')
    code = "from hatchling.build import build_sdist; print(build_sdist('dist'))"
    command = [sys.executable, "-c", code]
    name = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    with tarfile.open(tmp_path / "dist" / name.strip()) as archive:
        names = {each.partition("/")[2] for each in archive.getnames()}
    assert names == {*inside, "pyproject.toml", "PKG-INFO"}
