"""Speech engines in a process of their own: how it starts, and no room for what they write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audioworkout import WORKER
from audioworkout.errors import VoiceError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import espeak


def speak() -> None:
    list(espeak.open_voice(Speech(), lambda message: None).speak([Line("Side lunges")]))


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


def test_what_killed_programs_left_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ages = {"audioworkout-engine-a": 4_000, "audioworkout-engine-b": 10, "mine": 4_000}
    for name, age in ages.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "0001.wav").write_bytes(b"RIFF")
        stamp = time.time() - age
        os.utime(tmp_path / name, (stamp, stamp))
    speak()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audioworkout-engine-b", "mine"]


def test_no_folder_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", fail)
    with pytest.raises(VoiceError, match="no folder for the speech engine's files: No usable") as c:
        speak()
    assert "TMPDIR" in c.value.hint


@pytest.mark.skipif(os.name != "posix", reason="the system's words are others elsewhere")
def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(VoiceError, match="No such file or directory"):
        speak()


def test_the_program_becomes_its_own_speech_worker(tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    job = {
        "driver": "espeak_ng",
        "module": "audioworkout.voices.espeak_driver",
        "voice": None,
        "at_once": True,
        "utterances": [["Side lunges", 150, str(file)]],
    }
    done = subprocess.run(
        [sys.executable, "-m", "audioworkout", WORKER],
        input=json.dumps(job) + "\n",
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
