"""Exact workouts: every routine of `tests/routines`, and every built-in one, beside its timeline.

A first line `# flags: ...` of a routine holds options of the command line. What is expected is the
command, what it tells on standard error, and the timed script by the ruler voice.
"""

from __future__ import annotations

import contextlib
import io
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.main import get_command

import audioworkout
from audioworkout.cli import build, main
from audioworkout.cli.app import make_app
from audioworkout.disk_cache import MemoryCache
from audioworkout.model.script import Line
from audioworkout.normalizing import normalize
from audioworkout.pipeline import Studio
from audioworkout.reading import Folders
from audioworkout.voices import clips
from audioworkout.voices.ruler import Ruler

ROUTINES = Path(__file__).parent / "routines"
BUILT_IN = ROUTINES / "built-in"
SMALL_FILES = sorted(ROUTINES.glob("*.yaml"))
BUILT_IN_FILES = sorted((Path(audioworkout.__file__).parent / "routines").glob("*.yaml"))
FLAGS = "# flags:"

Golden = Callable[[Path, str], None]
Script = Callable[..., str]


def measure_lines(lines: Iterable[Line], voice: Ruler, *_: object) -> dict[Line, SimpleNamespace]:
    """The lengths of lines as they are spoken, without the sound the ruler would make for them."""

    def measure(line: Line) -> SimpleNamespace:
        text = normalize.normalize_text(line.text, voice.language)
        return SimpleNamespace(length=voice.line(line._replace(text=text)))

    return {line: measure(line) for line in lines}


@pytest.fixture(scope="module")
def program() -> Iterator[pytest.MonkeyPatch]:
    """The program of a person without settings, its command line built once."""
    command = get_command(make_app(["script"]))
    store = MemoryCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROUTINES)
        patch.setattr(main, "get_command", lambda app: command)
        patch.setattr(main, "make_app", lambda words: None)
        patch.setattr(
            build,
            "open_studio",
            lambda screen: Studio(store, Folders(cache=store), lambda *_: None, screen.warn),
        )
        yield patch


@pytest.fixture
def script(program: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setattr(clips, "speak_lines", measure_lines)
    return run_script


def run_script(routine: str, *flags: str) -> str:
    """What a person sees of `audioworkout script`: the command, notes and warnings, the script."""
    words = ["script", routine, "--engine", "ruler", *flags]
    out, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        status = main.run_program(words)
    assert status == 0, told.getvalue()
    return f"$ audioworkout {shlex.join(words)}\n{told.getvalue()}\n{out.getvalue()}"


def flags_of(path: Path) -> list[str]:
    """The options in a routine's first line."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return shlex.split(first.removeprefix(FLAGS)) if first.startswith(FLAGS) else []


@pytest.mark.parametrize("path", SMALL_FILES, ids=lambda path: path.stem)
def test_small_routine(path: Path, script: Script, golden: Golden) -> None:
    golden(path.with_suffix(".txt"), script(path.name, *flags_of(path)))


@pytest.mark.parametrize("key", [path.stem for path in BUILT_IN_FILES])
def test_built_in_routine(key: str, script: Script, golden: Golden) -> None:
    golden(BUILT_IN / f"{key}.txt", script(key))


def test_sound_of_the_ruler_is_as_long_as_it_measures(program: pytest.MonkeyPatch) -> None:
    """The goldens are made without any sound, and the program prints the same with it."""
    expected = (ROUTINES / "circuit.txt").read_text(encoding="utf-8")
    assert run_script("circuit.yaml") == expected


def test_no_timeline_is_left_of_a_routine_that_is_gone() -> None:
    for folder, files in ((ROUTINES, SMALL_FILES), (BUILT_IN, BUILT_IN_FILES)):
        assert {path.stem for path in folder.glob("*.txt")} == {path.stem for path in files}
