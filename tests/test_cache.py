"""The command `cache`: where, how large, and away with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.cli.main import run_program
from audioworkout.disk_cache import DiskCache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_an_empty_cache_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["cache"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(folder),
        "all  0 files  0.0 MB of 1000.0 MB at most",
    ]


@pytest.mark.parametrize("words", [["cache"], ["cache", "--clear"]])
def test_looking_makes_no_folder(folder: Path, words: list[str]) -> None:
    assert run_program(words) == 0
    assert not folder.exists()


def test_every_bucket_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = DiskCache(folder)
    store.put("clips", "a", bytes(2_000_000))
    store.put("clips", "b", bytes(1_000_000))
    store.put("islands", "a", bytes(500_000))
    assert run_program(["cache"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "clips    2 files  3.0 MB",
        "islands  1 file   0.5 MB",
        "all      3 files  3.5 MB of 1000.0 MB at most",
    ]


def test_clear_removes_it_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    DiskCache(folder).put("clips", "a", b"1")
    assert run_program(["cache", "--clear"]) == 0
    assert "0 files" in capsys.readouterr().out
    assert DiskCache(folder).get("clips", "a") is None


def test_a_folder_that_is_not_ours_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "holiday.wav").write_bytes(b"precious")
    assert run_program(["cache", "--clear"]) == 0
    assert "holds other files" in capsys.readouterr().err
    assert (folder / "holiday.wav").read_bytes() == b"precious"
