"""The first hour with the program: one word, a line after a build, colours, lists, short help."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from audioworkout.cli import build, colors, info, screen
from audioworkout.cli.main import run_program
from audioworkout.cli.options import Options
from audioworkout.model.request import Diagnostic
from audioworkout.publish import BuiltWorkout
from shared import TIMELINE

ROUTINE = "title: Legs\nexercises:\n  - plank: 20s\n  - squats: 2x10\n"
MARK = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run_program(list(words))
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a routine in it, and settings and cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "mine"))
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "kept"))
    Path("legs.yaml").write_text(ROUTINE, encoding="utf-8")
    return tmp_path


# One word


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The routines that were to be built; nothing is."""
    asked: list[str] = []

    def build_to(routine, output, options, *others):
        asked.append(routine)
        written = SimpleNamespace(size=18_100_000)
        return BuiltWorkout(Path("output/x.mp3"), TIMELINE, written)

    monkeypatch.setattr(build, "build_to", build_to)
    return asked


@pytest.mark.parametrize("routine", ["hip-dips", "Hip Dips", "hipdips", "legs.yaml", "./no.yaml"])
def test_a_routine_alone_is_built(folder: Path, built: list[str], routine: str) -> None:
    assert run(routine, "--minutes", "20") == (0, "output/x.mp3\n", "")
    assert built == [routine]


def test_a_dash_alone_is_built(folder: Path, built: list[str]) -> None:
    assert run("-", "-q")[0] == 0
    assert built == ["-"]


def test_a_file_that_is_named_like_a_command_needs_its_ending(folder: Path) -> None:
    Path("list").write_text(ROUTINE, encoding="utf-8")
    assert run("list", "routines")[1].startswith("band-lower-body")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("chekc", "the command `check`"),
        ("hip-dps", "the routine `hip-dips`"),
        ("sheck", "the command `check`"),
        ("tabatas list", ""),
        ("xyzzy", "`audioworkout list` tells the routines"),
    ],
)
def test_a_misspelt_word_is_told_with_the_nearest(folder: Path, word: str, told: str) -> None:
    status, out, err = run(word)
    assert (status, out) == (2, "")
    assert err.startswith(f"error: there is no command and no routine `{word}`\n")
    assert told in err
    assert err.endswith("See audioworkout --help\n")


def test_the_nearest_of_both_kinds_is_told(folder: Path) -> None:
    (folder / "mine/routines").mkdir(parents=True)
    (folder / "mine/routines/plots.yaml").write_text(ROUTINE, encoding="utf-8")
    assert "the command `plot` or the routine `plots`?" in run("plotz")[2]


def test_a_fault_in_a_routine_alone_is_told_as_of_build(folder: Path) -> None:
    Path("bad.yaml").write_text("title: Bad\nexercises: [plnak]\n", encoding="utf-8")
    assert run("bad.yaml") == run("build", "bad.yaml")
    assert "bad.yaml:2:13: error: there is no exercise `plnak`" in run("bad.yaml")[2]


# After a build


def test_a_build_tells_what_it_made_where_that_is_wanted(folder: Path, built: list[str]) -> None:
    told = "18:37 · 7 exercises · 18.1 MB · to the phone: `audioworkout serve --lan`, or copy it\n"
    assert run("hip-dips") == (0, "output/x.mp3\n", "")
    assert run("hip-dips", "-v") == (0, "output/x.mp3\n", told)
    assert run("hip-dips", "-v", "-q") == (0, "output/x.mp3\n", "")


def test_the_folder_is_named_where_it_is_not_the_usual_one(folder: Path) -> None:
    made = BuiltWorkout(Path("my songs/x.mp3"), TIMELINE, SimpleNamespace(size=1_000_000))
    assert "`audioworkout serve 'my songs' --lan`" in build.summarize_build(made, Path("output"))
    here = made._replace(path=folder / "output" / "x.mp3")
    assert "`audioworkout serve --lan`" in build.summarize_build(here, Path("output"))


# Colours


@pytest.mark.parametrize(
    ("environ", "colored"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
    ],
)
def test_colours_are_for_terminals_that_take_them(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], colored: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert colors.takes_color(Terminal()) is colored
    assert not colors.takes_color(io.StringIO())
    assert not colors.takes_color(None)


def test_a_message_is_the_same_with_colours_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    finding = Diagnostic("x\x1b.yaml", 2, 7, 4, "rest: \x1b[31mslow", "no \x1b[31m time", "a hint")
    texts = []
    for stream in (Terminal(), io.StringIO()):
        shown = screen.Screen(stream=stream)
        shown.error("it \x1b[31m failed", "a hint")
        shown.warn("it is odd")
        shown.findings([finding, finding._replace(fatal=False)])
        texts.append(stream.getvalue())
    colored, plain = texts
    assert "\x1b[1;31merror: \x1b[0m" in colored
    assert "\x1b[1;33mwarning: \x1b[0m" in colored
    assert "\x1b" not in plain
    assert MARK.sub("", colored) == plain, "what a person wrote steers nothing"


# Lists


ROWS = [
    ("core", "   10:27", "Core in Ten", "mat"),
    ("first-pull-up", "   23:01", "First Pull-Up", "pull up bar, chair, table, mat"),
]


@pytest.mark.parametrize("width", range(20, 90))
def test_a_list_fits_and_breaks_no_word(width: int) -> None:
    lines = [line for row in info.wrap_columns(ROWS, width) for line in row]
    assert all(len(line) <= width for line in lines)
    words = [word for line in lines for word in line.split()]
    assert sorted(words) == sorted(word for row in ROWS for cell in row for word in cell.split())
    assert [row[0].split()[0] for row in info.wrap_columns(ROWS, width)] == [r[0] for r in ROWS]


def test_a_list_that_fits_is_a_line_a_piece() -> None:
    assert list(info.wrap_columns(ROWS, 90)) == [[line] for line in info.align_columns(ROWS)]


# Help


def options_shown(text: str) -> set[str]:
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", text, re.MULTILINE))


def test_help_of_build_shows_ten_options_and_where_the_others_are() -> None:
    few = options_shown(run("build", "--help")[1])
    assert len(few - {"--help", "--help-all"}) == 10
    assert {"--output", "--minutes", "--level", "--music"} <= few
    everything = options_shown(run("build", "--help-all")[1])
    assert len(everything) > 50
    assert few <= everything


@pytest.mark.parametrize("command", ["build", "script", "lines", "play", "page", "plot"])
def test_commands_with_many_options_have_both_helps(command: str) -> None:
    assert "--help-all" in run(command, "--help")[1]
    status, out, err = run(command, "--help-all")
    assert (status, err) == (0, "")
    assert {"--bitrate", "--help-all"} <= options_shown(out)


def test_own_options_of_a_command_are_always_shown() -> None:
    assert "--mute" in run("play", "--help")[1]
    assert "--format" in run("script", "--help")[1]
    assert "--alone" in run("page", "--help")[1]


def test_a_command_with_few_options_shows_them_all() -> None:
    assert {"--lan", "--port", "--new-address"} <= options_shown(run("serve", "--help")[1])


def test_asking_for_help_is_no_option_of_a_build() -> None:
    assert Options().help_all is None


# In real terminals

if sys.platform != "win32":
    from terminals import run_in_terminal

    @pytest.mark.parametrize("columns", [50, 80])
    def test_a_terminal_gets_a_list_that_fits(folder: Path, columns: int) -> None:
        seen = run_in_terminal(columns, "list", "routines")
        plain = [MARK.sub("", line) for line in seen.lines]
        assert seen.status == 0
        assert "\x1b[36mhip-dips\x1b[0m" in seen.text
        assert max(map(len, plain)) <= columns
        assert run("list", "routines")[1].split() == [
            word for line in plain for word in line.split()
        ]

    def test_a_terminal_gets_the_path_and_a_line_after_it(folder: Path) -> None:
        seen = run_in_terminal(80, "legs.yaml", "--engine", "ruler", NO_COLOR="1")
        path, line = seen.lines[-2:]
        assert path == "output/legs.mp3"
        assert re.fullmatch(
            r"4:\d\d · 2 exercises · \d\.\d MB · to the phone: `audioworkout serve --lan`,"
            " or copy it",
            line,
        )
        assert len(line) <= 80 + 4

    def test_a_terminal_is_told_that_a_file_is_well(folder: Path) -> None:
        seen = run_in_terminal(80, "check", "legs.yaml")
        assert re.fullmatch(
            r"\x1b\[1mlegs\.yaml\x1b\[0m: 4:\d\d, 2 exercises, \x1b\[32mnothing to mend\x1b\[0m\n",
            seen.text,
        )
        plain = run_in_terminal(80, "check", "legs.yaml", TERM="dumb").text
        assert re.fullmatch(r"legs\.yaml: 4:\d\d, 2 exercises, nothing to mend\n", plain)

    def test_help_in_a_terminal_has_colours(folder: Path) -> None:
        seen = run_in_terminal(80, "list", "--help")
        assert "\x1b[1mOther\x1b[0m:" in seen.text
        assert MARK.sub("", seen.text) == run("list", "--help")[1]
