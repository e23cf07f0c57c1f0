"""No thread imports anything: interrupted meanwhile, the process would wait for it for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from shared import TIMELINE, mp3_with
from songs import noise, write

WATCHED = [sys.executable, str(Path(__file__).with_name("imports_in_threads.py"))]
TOLD = "imported in a thread"


def environ(folder: Path) -> dict[str, str]:
    places = {f"AUDIOWORKOUT_{name}": str(folder / name) for name in ("CONFIG", "CACHE")}
    return os.environ | places


@pytest.mark.parametrize(
    "words",
    [
        ["build", "tiny.yaml", "-q", "-o", "t.mp3"],
        ["build", "tiny.yaml", "-q", "-o", "t.mp3", "--music", "music.wav"],
        ["play", "tiny.yaml", "-q", "--mute"],
    ],
    ids=["mp3", "music", "play"],
)
def test_no_thread_of_a_cold_build_imports(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "tiny.yaml").write_text("title: T\nget_ready: 4s\nexercises:\n  - plank: 4s\n")
    write(tmp_path / "music.wav", noise(8))
    result = subprocess.run(
        [*WATCHED, *words],
        cwd=tmp_path,
        env=environ(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert TOLD not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process ends without a word")
def test_no_thread_of_the_server_imports(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(mp3_with(TIMELINE, b"sound"))
    server = subprocess.Popen(
        [*WATCHED, "serve", str(tmp_path), "--port", "0"],
        env=environ(tmp_path) | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    try:
        for name in ("", "feed.xml", "feed.jpg", *(f"a{end}" for end in ENDINGS)):
            with urlopen(address + name) as answer:
                assert answer.read()
    finally:
        server.terminate()
        said = server.communicate(timeout=30)[1]
    assert TOLD not in said


ENDINGS = (".html", ".mp3", ".jpg", ".chapters.json", ".vtt")


def test_the_watch_sees_what_a_thread_imports() -> None:
    """Else the tests above could not fail."""
    code = """
import sys, threading, imports_in_threads
sys.meta_path.insert(0, imports_in_threads.Watch)
thread = threading.Thread(target=lambda: __import__("this"))
thread.start()
thread.join()
"""
    folder = Path(__file__).parent
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert f"{TOLD}: this" in result.stderr
