"""Speech engines in a process of their own: no room for what they write."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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
