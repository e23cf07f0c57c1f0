"""Libraries that write to standard error: nothing of theirs comes through, all of ours does."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioworkout.audio_io.sound_files import measure_levels, open_samples, open_stream
from audioworkout.errors import UsageError
from audioworkout.playing.deck import Deck
from audioworkout.playing.player import follow_deck
from audioworkout.quiet import quiet_stderr
from test_play import BOARD

JUNK = np.random.default_rng(1).bytes(50_000)
ROUTINE = "title: T\nexercises: [plank: 10s]\n"


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MP3 files: two joined, one with a few odd bytes in it, and one that is damaged."""
    folder = tmp_path_factory.mktemp("music")
    tone = np.sin(np.arange(44_100 * 30) / 20) / 4
    soundfile.write(folder / "whole.mp3", tone, 44_100)
    whole = (folder / "whole.mp3").read_bytes()
    half = len(whole) // 2
    (folder / "joined.mp3").write_bytes(whole + b"ID3\x03" + whole)
    (folder / "odd.mp3").write_bytes(whole[:half] + JUNK[:300] + whole[half:])
    (folder / "damaged.mp3").write_bytes(whole[:half] + JUNK + whole[half:])
    return folder


def audioworkout(*words: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "audioworkout", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["joined", "odd"])
def test_a_good_build_with_an_odd_mp3_says_nothing(music: Path, name: str) -> None:
    (music / "x.yaml").write_text(ROUTINE)
    done = audioworkout("build", "x.yaml", "--music", f"{name}.mp3", "-q", folder=music)
    assert done == (0, "")


def test_the_notes_would_be_heard_otherwise(music: Path) -> None:
    """Else the test above could not fail."""
    code = (
        "import soundfile, sys\n"
        "with soundfile.SoundFile(sys.argv[1]) as file:\n"
        "    file.seekable = lambda: False\n"
        "    file.read()"
    )
    words = [sys.executable, "-c", code, str(music / "odd.mp3")]
    assert subprocess.run(words, capture_output=True, check=False).stderr


def test_a_damaged_mp3_is_told_as_that(music: Path) -> None:
    damaged = music / "damaged.mp3"
    with pytest.raises(UsageError, match="is damaged"):
        measure_levels(damaged, 100)
    with pytest.raises(UsageError, match="is damaged"), open_stream(damaged) as stream:
        list(stream.blocks)
    with open_samples(damaged) as samples:
        deck = Deck(samples, BOARD.timeline.duration_ms)
        while not deck.over:
            deck.take(48_000)
        with pytest.raises(UsageError, match="is damaged"):
            follow_deck(deck, BOARD, print)


def test_nothing_comes_through_from_any_thread_and_all_does_afterwards(
    capfd: pytest.CaptureFixture[str],
) -> None:
    entered, leave = threading.Event(), threading.Event()

    def work() -> None:
        with quiet_stderr:
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=work)
    with quiet_stderr:
        os.write(2, b"note\n")
        thread.start()
        entered.wait(10)
    os.write(2, b"another note\n")
    leave.set()
    thread.join()
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"


def test_what_the_program_says_meanwhile_comes_through() -> None:
    code = (
        "import os, sys, threading\n"
        "from audioworkout.__main__ import separate_stderr\n"
        "from audioworkout.quiet import quiet_stderr\n"
        "separate_stderr()\n"
        "def work():\n"
        "    with quiet_stderr:\n"
        "        os.write(2, b'note\\n')\n"
        "        print('warning', file=sys.stderr)\n"
        "thread = threading.Thread(target=work)\n"
        "thread.start()\n"
        "thread.join()\n"
        "os.write(2, b'end\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "warning\nend\n"


def test_words_of_other_programs_are_not_lost() -> None:
    """Where Python writes to the descriptor itself, nothing is done while other threads run."""
    code = (
        "import sys, threading\n"
        "from audioworkout.quiet import quiet_stderr\n"
        "leave = threading.Event()\n"
        "thread = threading.Thread(target=leave.wait)\n"
        "thread.start()\n"
        "with quiet_stderr:\n"
        "    print('said', file=sys.stderr)\n"
        "leave.set()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "said\n"


def test_a_closed_standard_error_stays_closed() -> None:
    code = "from audioworkout.quiet import quiet_stderr\nwith quiet_stderr: print('done')"
    script = f'exec "{sys.executable}" -c "{code}" 2>&-'
    if os.name == "posix":
        assert subprocess.check_output(["/bin/sh", "-c", script]) == b"done\n"
