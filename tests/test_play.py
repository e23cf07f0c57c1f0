"""The player: what it shows, what keys do, and that the terminal is put back."""

from __future__ import annotations

import builtins
import contextlib
import io
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.audio_io.sound_files import open_samples
from audioworkout.cli import main as cli
from audioworkout.encoding.frames import frame_header, info_frame
from audioworkout.errors import BuildError, UsageError
from audioworkout.playing import speaker
from audioworkout.playing.board import (
    HEIGHT,
    Board,
    TerminalRoom,
    big_digits,
)
from audioworkout.playing.deck import Deck
from audioworkout.playing.player import SEEK_STEP, follow_deck, obey_key, play_deck
from audioworkout.playing.terminal import find_terminal
from audioworkout.text import cut_to_columns, text_columns
from audioworkout.views.screen_words import words_for
from shared import TIMELINE, mp3_with

BOARD = Board(TIMELINE)
WIDE = TerminalRoom(80, 30, color=False)


class Counting:
    """Samples that tell their own place."""

    channels = 1

    def __init__(self, total):
        self.total, self.place = total, 0

    def read(self, count):
        count = min(count, self.total - self.place)
        data = b"".join(
            (n % 30_000).to_bytes(2, "little") for n in range(self.place, self.place + count)
        )
        self.place += count
        return data

    def seek(self, sample):
        self.place = min(sample, self.total)


def deck(seconds=1):
    return Deck(Counting(48_000 * seconds), 1_000 * seconds)


# The deck


def test_a_deck_hands_out_what_it_holds_and_then_silence():
    held = deck()
    assert held.take(3) == b"\0\0\1\0\2\0"
    held.go(500)
    assert held.take(1) == (24_000).to_bytes(2, "little")
    held.go(999)
    assert held.take(48_000).endswith(bytes(1_000))
    assert held.take(10) == bytes(20)
    assert held.over


def test_a_paused_deck_stays_where_it_is():
    held = deck()
    held.take(4_800)
    held.toggle()
    assert held.paused
    assert (held.take(4_800), held.at) == (bytes(9_600), 100)
    held.toggle()
    held.take(4_800)
    assert held.at == 200


@given(st.lists(st.integers(-2_000, 3_000) | st.none(), max_size=20))
def test_a_deck_never_leaves_its_sound(moves):
    held = deck()
    for move in moves:
        held.take(100) if move is None else held.go(move)
        assert 0 <= held.at <= held.lasts


def test_a_sound_shorter_than_it_says_still_ends():
    held = Deck(Counting(100), 5_000)
    for _ in range(3):
        held.take(100)
    assert held.over


def test_stereo_is_played_as_stereo():
    samples = Counting(1_000)
    samples.channels = 2
    held = Deck(samples, 1_000)
    assert len(held.take(10)) == 40


# The board


@given(st.integers(0, TIMELINE.duration_ms), st.integers(1, 120), st.integers(1, 40), st.booleans())
def test_a_board_fits_its_room_at_any_moment(at, width, height, paused):
    lines = BOARD.lines(at, paused, TerminalRoom(width, height, color=False))
    assert len(lines) <= height
    assert all(text_columns(line) <= max(20, width) for line in lines)
    assert not any("\x1b" in line or "\n" in line for line in lines)


def test_a_set_shows_name_side_amount_and_the_number_last_heard():
    span = next(s for s in TIMELINE.spans if s.kind == "work" and s.context.side == "right")
    count = next(
        e for e in TIMELINE.events if e.start_ms > span.start_ms and getattr(e, "number", 0) == 7
    )
    text = BOARD.lines(count.start_ms + 5, False, WIDE)
    assert "Hydrant — Right" in text
    assert "12–15 reps" in text
    assert text[6 : 6 + HEIGHT] == big_digits("7", 80)
    assert "of 12–15" in text
    assert "Next: 10 pulses" in text


def test_a_rest_counts_its_seconds_down_and_names_what_follows():
    rest = next(s for s in TIMELINE.spans if s.kind == "rest" and s.context.exercise == "squat")
    text = BOARD.lines(rest.end_ms - 8_500, False, WIDE)
    assert text[6 : 6 + HEIGHT] == big_digits("9", 80)
    assert "Squat" in text
    assert "Rest · Next" in text
    assert "After that: Rest 45 s, then Squat, set 2 of 3" in text
    ready = BOARD.lines(rest.end_ms - 1_500, False, WIDE)
    assert "Get ready · Next" in ready
    assert ready[6 : 6 + HEIGHT] == big_digits("2", 80)


def test_words_are_shown_while_they_are_said():
    said = next(e for e in TIMELINE.events if getattr(e, "role", "") == "announce")
    assert f"“{said.line.text}”" in BOARD.lines(said.start_ms + 1, False, WIDE)
    assert f"“{said.line.text}”" not in BOARD.lines(said.end_ms + 1, False, WIDE)


def test_where_there_is_little_height_the_number_is_still_there():
    span = next(s for s in TIMELINE.spans if s.kind == "work" and s.mode == "hold")
    assert "8" in BOARD.lines(span.end_ms - 7_500, False, TerminalRoom(80, 6, color=False))


def test_the_bar_is_empty_at_the_start_and_full_at_the_end():
    assert "░" * 80 in BOARD.lines(0, False, WIDE)
    assert "█" * 80 in BOARD.lines(TIMELINE.duration_ms, False, WIDE)


def test_paused_is_said():
    assert f"‖ {words_for('en')['pause']}" in BOARD.lines(5_000, True, WIDE)


def test_colours_are_left_out_where_they_are_not_wanted():
    plain = BOARD.lines(60_000, False, WIDE)
    colored = BOARD.lines(60_000, False, TerminalRoom(80, 30))
    assert plain != colored
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored] == plain


@given(st.text(max_size=60), st.integers(1, 60))
def test_a_cut_text_fits_and_steers_nothing(text, width):
    short = cut_to_columns(text, width)
    assert text_columns(short) <= width
    assert short.isprintable()


# Keys


def test_arrows_move_ten_seconds():
    held = deck(60)
    obey_key("forward", held, BOARD)
    obey_key("forward", held, BOARD)
    obey_key("back", held, BOARD)
    assert held.at == SEEK_STEP


def test_chapters_next_and_previous():
    starts = [mark.start_ms for mark in TIMELINE.chapters]
    held = Deck(Counting(0), TIMELINE.duration_ms)
    obey_key("next", held, BOARD)
    obey_key("next", held, BOARD)
    assert held.at == starts[2]
    obey_key("previous", held, BOARD)
    assert held.at == starts[1], "at its very beginning, to the one before"
    held.go(starts[2] + 20_000)
    obey_key("previous", held, BOARD)
    assert held.at == starts[2], "later, to its beginning"
    held.go(0)
    obey_key("previous", held, BOARD)
    assert held.at == 0
    held.go(starts[-1])
    obey_key("next", held, BOARD)
    assert held.over


class Script:
    """A screen on which a person presses keys, one lot a look; sound goes on meanwhile."""

    room = WIDE

    def __init__(self, held, *lots):
        self.held, self.lots, self.drawn = held, list(lots), []

    def draw(self, lines):
        self.drawn.append(lines)

    def pressed(self, seconds):
        self.held.take(round(seconds * 48_000))
        return self.lots.pop(0) if self.lots else []


def test_quitting_ends_it_at_once():
    held = deck(60)
    screen = Script(held, [], ["forward", "quit", "forward"])
    play_deck(held, BOARD, screen)
    assert len(screen.drawn) == 2
    assert held.at < 2 * SEEK_STEP


def test_it_ends_with_the_sound():
    held = deck(1)
    screen = Script(held)
    play_deck(held, BOARD, screen)
    assert held.over
    assert len(screen.drawn) > 10


def test_without_a_terminal_each_chapter_is_told():
    held = Deck(Counting(48 * TIMELINE.duration_ms), TIMELINE.duration_ms)
    told = []
    follow_deck(held, BOARD, told.append, sleep=lambda seconds: held.go(held.at + 5_000))
    assert told == [mark.title for mark in TIMELINE.chapters]


# The speaker


def test_the_null_device_plays_a_deck():
    pytest.importorskip("miniaudio", reason="miniaudio has no wheel here")
    held = deck(60)
    heard = threading.Event()
    take = held.take

    def watched(count):
        heard.set()
        return take(count)

    held.take = watched
    with speaker.play_aloud(held, backend="NULL"):
        assert heard.wait(5)
    assert held.at > 0


def test_without_sound_it_runs_by_the_clock():
    held = deck(60)
    ticks = iter([10.0, *(10.0 + n for n in range(1, 10_000))])
    moved = threading.Event()
    take = held.take

    def watched(count):
        assert count == 48_000
        moved.set()
        return take(count)

    held.take = watched
    with speaker.play_silently(held, now=lambda: next(ticks)):
        assert moved.wait(5)
    assert held.at % 1_000 == 0


def hide(monkeypatch, library):
    real = builtins.__import__

    def hidden(name, *rest):
        if name == library:
            raise ImportError("no module")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", hidden)


def test_without_blessed_the_message_says_how_to_get_it(monkeypatch):
    hide(monkeypatch, "blessed")
    with pytest.raises(BuildError) as caught:
        find_terminal(sys.stderr)
    assert 'pip install "audioworkout[play]"' in caught.value.hint
    assert "audioworkout page" in caught.value.hint


def test_without_miniaudio_the_message_says_how_to_get_it(monkeypatch):
    hide(monkeypatch, "miniaudio")
    with pytest.raises(BuildError) as caught, speaker.play_aloud(deck()):
        pass
    assert 'pip install "audioworkout[play]"' in caught.value.hint
    assert "--mute" in caught.value.hint


def test_without_a_sound_device_the_message_says_what_else_works(monkeypatch, capfd):
    miniaudio = pytest.importorskip("miniaudio", reason="miniaudio has no wheel here")

    def no_device(**_):
        os.write(2, b"cannot find card 0\n")
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", no_device)
    with pytest.raises(BuildError, match="no sound device") as caught, speaker.play_aloud(deck()):
        pass
    assert "--mute" in caught.value.hint
    assert capfd.readouterr().err == "", "what the system prints is swallowed"


# The file


@pytest.fixture(scope="module")
def mp3(tmp_path_factory) -> Path:
    """The whole workout, in frames of silence."""
    frames = TIMELINE.duration_ms // 24 + 2
    sound = info_frame(32, frames, TIMELINE.duration_ms * 48)
    sound += (frame_header(32) + bytes(92)) * frames
    path = tmp_path_factory.mktemp("play") / "legs.mp3"
    path.write_bytes(mp3_with(TIMELINE, sound))
    return path


def test_a_file_is_read_from_anywhere(mp3):
    with open_samples(mp3) as samples:
        assert samples.channels == 1
        assert len(samples.read(1_000)) == 2_000
        samples.seek(48 * TIMELINE.duration_ms - 10)
        assert len(samples.read(1_000)) == 20
        assert samples.read(10) == b""
        samples.seek(10**12)
        assert samples.read(10) == b""


def test_what_is_no_sound_is_told(tmp_path):
    (tmp_path / "x.mp3").write_text("no sound")
    with pytest.raises(UsageError, match="no sound"), open_samples(tmp_path / "x.mp3"):
        pass


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run_program(list(words))
    return status, out.getvalue(), err.getvalue()


def test_play_tells_chapters_where_there_is_no_terminal(mp3, monkeypatch):
    monkeypatch.setattr(Deck, "at", property(lambda self: self.lasts))
    assert run("play", "--mute", str(mp3)) == (0, "", "")


def test_play_wants_a_file_of_ours(tmp_path):
    status, out, err = run("play", "--mute", str(tmp_path / "missing.mp3"))
    assert (status, out) == (2, "")
    assert "audioworkout build" in err


# A real terminal


if sys.platform != "win32":
    import fcntl
    import pty
    import select
    import struct
    import termios

    class Terminal:
        """The program in a pseudo-terminal of 40 columns; what it shows is read as it comes."""

        def __init__(self, *words, **env):
            self.master, self.slave = pty.openpty()
            self.resize(24, 40)
            self.before = termios.tcgetattr(self.slave)
            self.shown = self.all = ""
            self.process = subprocess.Popen(
                [sys.executable, "-m", "audioworkout", *words],
                stdin=self.slave,
                stdout=subprocess.PIPE,
                stderr=self.slave,
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"} | env,
            )

        def until(self, pattern):
            """Wait until this is shown; what was shown before is forgotten."""
            deadline = time.monotonic() + 30
            while not re.search(pattern, self.shown):
                assert time.monotonic() < deadline, f"{pattern} was not shown: {self.shown!r}"
                if not select.select([self.master], [], [], 1)[0]:
                    continue
                data = os.read(self.master, 65_536).decode("utf-8", "replace")
                assert data, self.shown
                self.shown += data
                self.all += data
            self.shown = self.shown[re.search(pattern, self.shown).end() :]

        def resize(self, rows, columns):
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(self.slave, termios.TIOCSWINSZ, size)

        def press(self, keys):
            os.write(self.master, keys.encode())

        def close(self):
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            os.close(self.master)
            os.close(self.slave)

    @pytest.fixture
    def terminal(mp3):
        opened = Terminal("play", "--mute", str(mp3))
        yield opened
        opened.close()

    def test_keys_in_a_real_terminal(terminal):
        terminal.until(r"\x1b\[\?1049h")
        terminal.until(r"0:0\d / 18:37")
        terminal.press("\x1b[C\x1b[C")
        terminal.until(r"0:2\d / 18:37")
        terminal.press("n")
        terminal.until("March")
        terminal.press(" ")
        terminal.until("‖ Pause")
        terminal.press("q")
        terminal.until(r"\x1b\[\?25h\x1b\[\?1049l")
        assert terminal.process.wait(10) == 0
        assert terminal.process.stdout.read() == b""
        assert termios.tcgetattr(terminal.slave) == terminal.before

    @pytest.mark.parametrize(
        ("keys", "shown"),
        [
            ("\x1bOC\x1bOC", r"0:2\d / 18:37"),  # in the other mode of the keyboard
            ("\x1b[B\x1b[A\x1b[Cnp\x1b[C", r"0:1\d / 18:37"),
            ("\x1b[17~\x1bxZ~é\x1b[C", r"0:1\d / 18:37"),  # what is unknown is nothing
            (" Q", r"\x1b\[\?1049l"),
        ],
    )
    def test_keys_pressed_at_once_are_told_apart(terminal, keys, shown):
        terminal.until(r"0:00 / 18:37")
        terminal.press(keys)
        terminal.until(f"(?s){shown}")

    def test_a_window_that_changes_is_filled_anew_and_never_suspended(terminal):
        terminal.until(r"0:00 / 18:37")
        terminal.press("\x1a ")
        terminal.until("‖ Pause")
        terminal.resize(24, 70)
        terminal.until("░" * 60)
        terminal.until("space pause · ←→ 10 s · ↑↓ chapter · q quit")
        terminal.resize(24, 24)
        terminal.until("space ←→ ↑↓ q")
        terminal.press("q")
        assert terminal.process.wait(10) == 0

    @pytest.mark.parametrize(
        ("env", "color"),
        [({}, False), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "", "TERM": "vt100"}, False)],
    )
    def test_colours_are_those_that_the_person_and_the_terminal_have(mp3, env, color):
        terminal = Terminal("play", "--mute", str(mp3), **env)
        try:
            terminal.until("(?s)0:0.*q quit|0:0.* · q")
            terminal.press("q")
            assert terminal.process.wait(10) == 0
        finally:
            terminal.close()
        assert ("\x1b[38;5;" in terminal.all) is color

    def test_where_text_cannot_be_placed_chapters_are_told(mp3):
        terminal = Terminal("play", "--mute", str(mp3), TERM="dumb")
        try:
            terminal.until(re.escape(TIMELINE.chapters[0].title))
            assert "\x1b" not in terminal.all
            terminal.press("\x03")
            assert terminal.process.wait(10) == 130
        finally:
            terminal.close()

    @pytest.mark.parametrize(("end", "status"), [("Ctrl-C", 130), ("SIGTERM", 143)])
    def test_the_terminal_is_put_back_however_it_ends(terminal, end, status):
        terminal.until("0:0")
        if end == "Ctrl-C":
            terminal.press("\x03")
        else:
            terminal.process.send_signal(signal.SIGTERM)
        terminal.until(r"\x1b\[\?25h\x1b\[\?1049l")
        assert terminal.process.wait(10) == status
        assert termios.tcgetattr(terminal.slave) == terminal.before

    def test_what_was_built_to_be_played_goes_away_however_it_ends(tmp_path):
        (tmp_path / "plank.yaml").write_text("title: Plank\nexercises: [{plank: 5s}]\n", "utf-8")
        words = ("play", "--mute", "--engine", "ruler", "plank.yaml")
        process = subprocess.Popen(
            [sys.executable, "-m", "audioworkout", *words],
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": str(tmp_path), "AUDIOWORKOUT_CACHE": str(tmp_path / "c")},
        )
        with process:
            told = list(
                itertools.takewhile(lambda line: b"Introduction" not in line, process.stderr)
            )
            assert process.poll() is None, told
            assert list(tmp_path.glob(".audioworkout-*/workout.mp3"))
            process.terminate()
        assert process.returncode == 143
        assert not list(tmp_path.glob(".audioworkout-*"))
