"""Speech engines in a process of their own: how it starts, and no room for what they write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audioworkout import WORKER
from audioworkout.errors import OutputError, VoiceError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import espeak


def speak() -> list[Line]:
    voice = espeak.open_voice(Speech(), lambda message: None)
    return [line for line, _ in voice.speak([Line("Side lunges")])]


@contextmanager
def small_files() -> Iterator[None]:
    """The limit of a file's size stands for a full disk: nobody need mount one.

    No fixture: that would hold until the test is reported, and the report may go to a file.
    """
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_no_reason_to_reinstall() -> None:
    with pytest.raises(VoiceError, match="File too large") as caught, small_files():
        speak()
    assert f"no room for temporary files in {tempfile.gettempdir()}" in caught.value.hint
    assert "reinstall" not in caught.value.hint


@pytest.mark.skipif(os.name != "posix", reason="the system's words are others elsewhere")
def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError, match="No such file or directory"):
        speak()


def test_a_file_that_cannot_be_removed_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner would hold it open."""

    def refuse(path: Path, **_: bool) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert [line.text for line in speak()] == ["Side lunges"]


def test_a_system_that_starts_no_process_is_no_reason_to_reinstall(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", fail)
    with pytest.raises(VoiceError, match="cannot start a process") as caught:
        speak()
    assert "start processes" in caught.value.hint
    assert "reinstall" not in caught.value.hint


def test_the_program_becomes_its_own_speech_worker(tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    job = {
        "driver": "espeak_ng",
        "module": "audioworkout.voices.espeak_driver",
        "voice": None,
        "at_once": True,
    }
    lines = {"utterances": [["Side lunges", 150, str(file)]]}
    done = subprocess.run(
        [sys.executable, "-m", "audioworkout", WORKER],
        input=f"{json.dumps(job)}\n{json.dumps(lines)}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers == [{"file": str(file)}, {"done": True}]
    assert file.read_bytes().startswith(b"RIFF")


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the frozen program")
def test_a_frozen_program_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "words"
    program = tmp_path / "frozen"
    program.write_text(
        f"#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{words}'\n"
        f"exec '{sys.executable}' -m audioworkout \"$@\"\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    speak()
    assert set(words.read_text().split()) == {WORKER}
