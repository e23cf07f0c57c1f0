"""The committed lock fits pyproject.toml on every Python and computer; no network is needed."""

import importlib
import re
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
HINT = "make the lock again: python3 scripts/lock.py"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
COMPUTERS = {
    "linux-x86_64": ("Linux", "posix"),
    "linux-aarch64": ("Linux", "posix"),
    "darwin-x86_64": ("Darwin", "posix"),
    "darwin-arm64": ("Darwin", "posix"),
    "win32-AMD64": ("Windows", "nt"),
}
ENVIRONMENTS = list(product(PYTHONS, COMPUTERS))


@pytest.fixture
def venv(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("_venv")


def markers(python, computer):
    """What a pip on that computer takes markers for."""
    system, machine = computer.split("-")
    platform_system, os_name = COMPUTERS[computer]
    return {
        "python_version": python,
        "python_full_version": f"{python}.2",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_machine": machine,
        "platform_system": platform_system,
        "platform_release": "24.5.0",
        "os_name": os_name,
        "extra": "",
    }


def entries(name):
    """Requirement and hashes of every entry of a file of the lock."""
    text = (ROOT / f"locks/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if not line.startswith(("#", "--"))]
    return [(Requirement(line.split(" --hash=")[0]), line.split(" --hash=")[1:]) for line in lines]


def pinned(names, environment):
    """The versions that are installed from these files, by name."""
    versions = {}
    for requirement, _ in (entry for name in names for entry in entries(name)):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            (pin,) = requirement.specifier
            assert pin.operator == "=="
            known = versions.setdefault(canonicalize_name(requirement.name), pin.version)
            assert known == pin.version, f"two versions of {requirement.name}"
    return versions


def test_the_pythons_and_computers_are_those_that_are_promised(venv):
    assert [".".join(map(str, version)) for version in venv.LOCKED_PYTHONS] == PYTHONS
    assert list(venv.LOCKED_PLATFORMS) == list(COMPUTERS)


def test_the_lock_was_made_from_this_pyproject(venv):
    assert venv.is_lock_current(ROOT), HINT


@pytest.mark.parametrize("python, computer", ENVIRONMENTS)
def test_every_requirement_has_a_locked_version(venv, python, computer):
    environment = markers(python, computer)
    macos = ["macos"] if computer.startswith("darwin") else []
    for_run = pinned(["build", "run", *macos], environment)
    for_dev = pinned(["build", "run", *macos, "dev"], environment)
    required = venv.read_requirements(ROOT)
    for group, texts in required.items():
        versions = for_dev if group == "dev" else for_run
        for requirement in map(Requirement, texts):
            if requirement.marker is None or requirement.marker.evaluate(environment):
                version = versions.get(canonicalize_name(requirement.name))
                assert version is not None, f"{requirement} is not locked; {HINT}"
                assert requirement.specifier.contains(version), f"{requirement}: {version}; {HINT}"
    assert {"numpy", "pyttsx3", "pyyaml", "hatchling", "editables"} <= set(for_run)
    assert ("comtypes" in for_run, "pyobjc-core" in for_run, "audioop-lts" in for_run) == (
        computer == "win32-AMD64",
        computer.startswith("darwin"),
        python in ("3.13", "3.14"),
    )


@pytest.mark.parametrize("name", ["build", "run", "macos", "dev"])
def test_every_entry_has_hashes_and_no_index_is_named(name):
    text = (ROOT / f"locks/{name}.txt").read_text(encoding="utf-8")
    assert "--only-binary=:all:" in text
    assert not re.search(r"://|index|find-links|trusted-host", text)
    listed = entries(name)
    assert listed
    for requirement, hashes in listed:
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", each) for each in hashes), requirement


@pytest.mark.parametrize("name", ["build", "run", "dev"])
def test_no_release_of_a_system_is_compared_where_it_is_no_version(name):
    """pip 24 ends with a traceback at `platform_release >= '20'` on Linux."""
    assert "platform_release" not in (ROOT / f"locks/{name}.txt").read_text(encoding="utf-8")


def test_files_for_macos_are_needed_nowhere_else():
    for python, computer in ENVIRONMENTS:
        for requirement, _ in entries("macos"):
            fits = requirement.marker.evaluate(markers(python, computer))
            assert computer.startswith("darwin") or not fits, requirement
