"""The command line: what it takes, what it tells, and how it ends."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
import typer
from typer.main import get_command

from audioworkout.cli import build, completion, screen, user_paths
from audioworkout.cli import main as cli
from audioworkout.cli.app import COMMANDS, make_app
from audioworkout.cli.options import Options, with_options
from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import (
    DoesNotFitError,
    OutputError,
    UnknownNameError,
    UsageError,
    VoiceError,
)
from audioworkout.model.request import Diagnostic, Flags, Sound
from audioworkout.model.timeline import Problem, Timeline

HEAVY = ["numpy", "yaml", "pydub", "pyttsx3", "lameenc", "soundfile", "mutagen", "espeakng_loader"]


def run(*words):
    """Exit status, standard output and standard error of the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run_program(list(words))
    return status, out.getvalue(), err.getvalue()


def python(code, *words, **kwargs):
    """A program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, timeout=60, **kwargs
    )


# How it starts


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["biuld"]])
def test_nothing_heavy_is_loaded_to_answer(words):
    code = (
        "import sys; from audioworkout.cli.main import run_program; run_program(sys.argv[1:]);"
        f"print([name for name in {[*HEAVY, 'rich', 'pydantic']} if name in sys.modules])"
    )
    assert python(code, *words, text=True).stdout.splitlines()[-1] == "[]"


def test_version():
    from audioworkout import __version__

    for words in (["--version"], ["build", "--version"]):
        assert run(*words) == (0, f"audioworkout {__version__}\n", "")


def test_both_doors_lead_to_the_same_program():
    name = Path(sys.executable).with_name("audioworkout")
    doors = [[sys.executable, "-m", "audioworkout"], [str(name)]]
    told = {subprocess.check_output([*door, "build", "--help"]) for door in doors}
    assert len(told) == 1


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("command", [[], ["build"], ["script"]])
def test_help_fits_the_terminal(monkeypatch, columns, command):
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, "")
    folders = out.partition("\nFolders:")[2].splitlines()
    too_long = [line for line in out.splitlines() if len(line) >= min(columns, 100)]
    assert set(too_long) <= set(folders), "only paths cannot be broken"


def test_help_tells_the_folders(monkeypatch):
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", "/somewhere/mine")
    assert "/somewhere/mine" in run("--help")[1]


def test_without_a_word_help_is_told_as_an_error():
    status, out, err = run()
    assert (status, out) == (2, "")
    assert err.startswith("Usage: audioworkout")


# Options


def test_build_and_script_take_the_same_options():
    taken = [
        {word for word in run(name, "--help-all")[1].split() if word.startswith("--")}
        for name in ("build", "script")
    ]
    beside = {"--split", "--lrc", "--vtt", "--cue", "--json", "--chapters-json", "--all"}
    assert taken[0] - taken[1] == {"--output", "--chapters", *beside}
    assert taken[1] - taken[0] == {"--format"}


def test_every_flag_of_the_model_is_an_option():
    assert {field.name for field in fields(Flags)} <= {field.name for field in fields(Options)}


@pytest.fixture
def parsed():
    """A command with the shared options; gives the options it was called with."""
    seen = []
    app = typer.Typer(rich_markup_mode=None)

    def command(options: Options) -> None:
        seen.append(options)

    app.command()(with_options(command))

    def parse(*words):
        app(list(words), standalone_mode=False)
        return seen.pop()

    return parse


def test_what_is_not_said_is_none(parsed):
    assert parsed().flags() == Flags()


def test_what_is_said_becomes_flags(parsed):
    words = (
        "--only squat --only 'side lunges' --from plank --shuffle --seed 7 --sets 3 --reps 8-10"
        " --minutes 27.5 --rest 1:30 --no-tick --beeps --rate 140 --music-level -20"
        " --loudness -19 --no-equipment --units metric --warm-up --cool-down"
    )
    import shlex

    assert parsed(*shlex.split(words)).flags() == Flags(
        only=("squat", "side lunges"),
        begin_with="plank",
        shuffle=True,
        seed=7,
        sets=3,
        reps="8-10",
        minutes=27.5,
        rest="1:30",
        tick=False,
        beeps=True,
        rate=140,
        music_level=-20.0,
        loudness=-19.0,
        no_equipment=True,
        units="metric",
        warm_up=True,
        cool_down=True,
    )


@pytest.mark.parametrize(
    "words, told",
    [
        (["biuld"], "Did you mean the command `build`?"),
        (["build", "--seed", "x"], "'--seed'"),
        (["build", "--sets"], "--sets"),
        (["build", "--secs", "3"], "--secs"),
        (["build", "a.yaml", "b.yaml"], "b.yaml"),
    ],
)
def test_a_wrong_command_line_is_told_in_two_lines(words, told):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert told in err
    assert err.startswith("error: ")
    assert re.search(r"^  .*See audioworkout.* --help$", err.splitlines()[-1])


def test_a_wrong_value_is_told_what_the_option_takes():
    _, _, err = run("build", "--sets", "x")
    assert "  --sets: Do N sets of every exercise (1 to 50" in err


# How it ends


@pytest.mark.parametrize(
    "error, status",
    [
        (VoiceError("the engine is mute", "Try another."), 1),
        (UnknownNameError("no such name", "Try another."), 2),
        (DoesNotFitError("3 cues do not fit", "Try another."), 3),
    ],
)
def test_a_foreseen_error_is_told_with_its_hint(monkeypatch, error, status):
    monkeypatch.setattr(cli, "dispatch_command", raising(error))
    assert run() == (status, "", f"error: {error}\n  Try another.\n")


def raising(error):
    def dispatch(words):
        raise error

    return dispatch


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), MemoryError(), KeyError("x"), OSError(5, "I/O error")]
)
def test_an_unforeseen_error_asks_for_a_report(monkeypatch, error):
    monkeypatch.setattr(cli, "dispatch_command", raising(error))
    status, out, err = run("build")
    assert (status, out) == (1, "")
    assert type(error).__name__ in err
    assert "Traceback" not in err
    assert "report" in err
    assert "Traceback" in run("build", "-v")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_more_is_told_by_v_or_at_once(monkeypatch, command):
    """No command is said to have an option that it has not."""
    has = "-v" in [name for each in options_of(command) for name in each.opts]
    monkeypatch.setattr(cli, "dispatch_command", raising(KeyError("x")))
    err = run(command)[2]
    assert ("-v is added" in err) == has
    assert ("Traceback" in err) == (not has)


def options_of(command):
    return get_command(make_app([command])).commands[command].params


def test_ctrl_c(monkeypatch):
    monkeypatch.setattr(cli, "dispatch_command", raising(KeyboardInterrupt()))
    assert run() == (130, "", "error: interrupted\n")


def test_ctrl_c_while_modules_are_loaded():
    code = (
        "import builtins, sys; before = builtins.__import__\n"
        "def hit(name, *rest):\n"
        "    if name.startswith('typer'): raise KeyboardInterrupt\n"
        "    return before(name, *rest)\n"
        "from audioworkout.__main__ import main\n"
        "builtins.__import__ = hit\n"
        "main()"
    )
    done = python(code)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


EMIT = (
    "import sys; from audioworkout.cli import main, screen; main.dispatch_command = lambda words: "
)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_who_leaves_is_no_error():
    code = (
        EMIT
        + "[screen.print_result('x' * 1000) for _ in range(1000)]; sys.exit(main.run_program([]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_is_told():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                EMIT + "screen.print_result('x'); sys.exit(main.run_program([]))",
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: standard output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's way to close a stream")
def test_a_closed_output_is_no_error():
    code = EMIT + "screen.print_result('x'); sys.exit(main.run_program([]))"
    done = subprocess.run(["sh", "-c", '"$0" -c "$1" >&- 2>&-', sys.executable, code], timeout=60)
    assert done.returncode == 0


# What is told


@pytest.mark.parametrize(
    "encoding, shown",
    [("utf-8", "Übung · 3×8 😀\n".encode()), ("ascii", b"?bung ? 3?8 ?\n")],
)
def test_any_encoding_will_do(encoding, shown):
    code = "from audioworkout.cli.screen import print_result; print_result('Übung · 3×8 😀')"
    done = python(code, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stdout) == (0, shown)


def test_a_file_name_that_is_no_text_comes_out_as_it_is():
    assert screen.encode_text(os.fsdecode(b"caf\xe9.mp3"), "utf-8") == b"caf\xe9.mp3"
    assert screen.encode_text("lone \ud800", "utf-8") == b"lone ?"


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    def __init__(self):
        self.time = 100.0

    def __call__(self):
        return self.time


def told(stream, seconds_apart, total, quiet=False):
    clock = Clock()
    shown = screen.Screen(quiet, stream, clock)
    for done in range(total + 1):
        shown.progress("Speaking", done, total)
        clock.time += seconds_apart
    return stream.getvalue()


def test_progress_elsewhere_is_few_plain_lines():
    assert told(io.StringIO(), 0.01, 300) == "Speaking 300 of 300\n"
    assert told(io.StringIO(), 4, 6) == ("Speaking 3 of 6, about 12 s left\nSpeaking 6 of 6\n")
    assert told(io.StringIO(), 1, 0) == ""
    assert told(io.StringIO(), 4, 6, quiet=True) == ""


def test_progress_on_a_terminal_is_one_line_that_vanishes(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("TERM", "xterm")
    shown = told(Terminal(), 0.6, 4)
    assert "\n" not in shown
    drawings = shown.split("\r")
    assert "Speaking 4 of 4" in [drawing.rstrip() for drawing in drawings]
    assert max(map(len, drawings)) < 20
    assert on_screen(shown).strip() == ""


def on_screen(text):
    """What a line of a terminal shows after all this."""
    line = ""
    for part in text.split("\r"):
        line = part + line[len(part) :]
    return line


def test_a_message_does_not_mix_with_the_progress_line(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    shown = screen.Screen(stream=stream)
    shown.progress("Encoding", 1, 3)
    shown.warn("quiet sound")
    first, second = stream.getvalue().split("\n")
    assert on_screen(first).rstrip() == "warning: quiet sound"
    assert second == ""


def test_quiet_tells_errors_only():
    stream = io.StringIO()
    shown = screen.Screen(quiet=True, stream=stream)
    shown.note("a")
    shown.warn("b")
    shown.error("c", "one\ntwo")
    assert stream.getvalue() == "error: c\n  one\n  two\n"


# Where things lie


@pytest.mark.parametrize(
    "platform, environ, config, cache",
    [
        ("linux", {}, "/h/.config/audioworkout", "/h/.cache/audioworkout"),
        (
            "linux",
            {"XDG_CONFIG_HOME": "/c", "XDG_CACHE_HOME": "relative"},
            "/c/audioworkout",
            "/h/.cache/audioworkout",
        ),
        (
            "darwin",
            {"XDG_CONFIG_HOME": "/c"},
            "/h/Library/Application Support/audioworkout",
            "/h/Library/Caches/audioworkout",
        ),
        (
            "win32",
            {"APPDATA": "/r", "LOCALAPPDATA": "/l"},
            "/r/audioworkout",
            "/l/audioworkout/Cache",
        ),
        ("linux", {"AUDIOWORKOUT_CONFIG": "mine", "AUDIOWORKOUT_CACHE": "/k"}, "mine", "/k"),
    ],
)
def test_folders_by_the_customs_of_a_platform(platform, environ, config, cache):
    found = user_paths.user_paths_for(environ, platform, Path("/h"))
    assert (found.config, found.cache) == (Path(config), Path(cache))


def test_the_default_place_is_made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert build.choose_target(None, "legs") == Path("output/legs.mp3")
    assert Path("output").is_dir()


def test_a_place_that_cannot_be_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is a folder"):
        build.choose_target(tmp_path, "legs")
    with pytest.raises(UsageError, match="is not an ordinary file"):
        build.choose_target(Path(os.devnull), "legs")
    with pytest.raises(OutputError, match="there is no folder"):
        build.choose_target(tmp_path / "none" / "x.mp3", "legs")
    with pytest.raises(OutputError, match="could not write"):
        build.choose_target(tmp_path / ("x" * 300), "legs")
    with pytest.raises(OutputError, match="there is no folder"):
        build.choose_target(Path(sys.executable) / "x.mp3", "legs")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(OutputError, match="takes no files"):
        build.choose_target(tmp_path / "x.mp3", "legs")
    Path("output").write_text("a file")
    with pytest.raises(OutputError, match="cannot be made"):
        build.choose_target(None, "legs")


def test_the_date_can_be_given_for_builds_that_repeat(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build.build_date().isoformat() == "1970-01-02"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build.build_date().year > 2000


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, "-"])
def test_a_date_that_is_none_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        build.build_date()


# Looking at what there is


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder, with settings and kept clips of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "mine"))
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "kept"))
    return tmp_path


def test_list_begins_every_line_with_a_key(folder):
    status, out, err = run("list", "routines")
    assert (status, err) == (0, "")
    lines = {line.split()[0]: line for line in out.splitlines()}
    kit = "2 dumbbells, mat, loop band, step"
    assert re.fullmatch(rf"hip-dips +\d\d:\d\d  Hip Dips +{kit}", lines["hip-dips"])
    both = run("list")[1]
    assert both.startswith(out)
    assert "\nfire-hydrants" in both
    assert "\n\n" not in both


def test_list_has_what_the_own_folder_adds(folder):
    (folder / "mine/routines").mkdir(parents=True)
    (folder / "mine/routines/stairs.yaml").write_text(ROUTINE, encoding="utf-8")
    assert "\nstairs " in "\n" + run("list", "routines")[1]


TIGHT = (
    "title: Tight\nrest: {exercises: 8s}\nexercises:\n  - plank: 20s\n"
    f"  - say: {'very ' * 70}long.\n  - squats: 10\n"
)
ROUTINE = "title: Stairs\nexercises:\n  - glute bridge: 10-12\n"


def test_check_says_nothing_when_all_is_well(folder):
    Path("good.yaml").write_text(ROUTINE, encoding="utf-8")
    assert run("check", "good.yaml") == (0, "", "")


def test_check_tells_of_every_file(folder):
    Path("good.yaml").write_text(ROUTINE, encoding="utf-8")
    Path("bad.yaml").write_text(ROUTINE.replace("glute", "glue"), encoding="utf-8")
    status, out, err = run("check", "bad.yaml", "good.yaml", "none.yaml")
    assert (status, err) == (2, "")
    assert out.startswith("bad.yaml:3:5: error: there is no exercise `glue bridge`\n")
    assert "none.yaml: error: there is no such file" in out
    assert "good.yaml" not in out


def test_check_tells_what_would_not_fit(folder):
    Path("tight.yaml").write_text(TIGHT, encoding="utf-8")
    status, out, err = run("check", "tight.yaml")
    assert (status, err) == (0, "")
    first, _line, caret, hint = out.splitlines()[:4]
    assert re.match(r"tight.yaml:\d+:\d+: warning: .*, by \d+ ms, at \d\d:\d\d\.\d{3}$", first)
    assert "^" in caret
    assert hint.strip().startswith("a longer")


def test_check_of_what_fits_in_the_persons_own_words(folder):
    """The words that are laid out are those that would be spoken."""
    (folder / "mine/phrases").mkdir(parents=True)
    words = " ".join(["slowly"] * 30)
    (folder / "mine/phrases/en.yaml").write_text(f"rest.short: {words}\nready: {words}\n")
    Path("mine.yaml").write_text("title: T\nexercises: [plank: 20s]\n")
    assert "slowly' does not fit" in run("check", "mine.yaml")[1]


def test_check_reads_what_is_piped_in(folder, monkeypatch):
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + ROUTINE.encode()))
    )
    assert run("check", "-") == (0, "", "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"title: \xff")))
    status, _, err = run("check", "-")
    assert (status, "is not UTF-8 text (byte 8)" in err) == (2, True)


def test_new_is_a_routine_that_has_no_faults(folder):
    assert run("new", "my_legs-2.yaml") == (0, "my_legs-2.yaml\n", "")
    assert 'title: "My legs 2"' in Path("my_legs-2.yaml").read_text(encoding="utf-8")
    assert run("check", "my_legs-2.yaml") == (0, "", "")


@pytest.mark.parametrize("source", [[], ["--from", "hip-dips"], ["--from", "plank"]])
def test_new_tells_an_editor_where_the_schema_is(folder, source):
    run("new", "mine.yaml", *source)
    first = Path("mine.yaml").read_text(encoding="utf-8").splitlines()[0]
    uri = re.fullmatch(r"# yaml-language-server: \$schema=(file:\S+)", first)[1]
    shipped = Path(url2pathname(urlsplit(uri).path)).read_text(encoding="utf-8")
    assert run("schema") == (0, shipped, "")
    assert run("check", "mine.yaml") == (0, "", "")


def test_new_leaves_what_is_there_alone(folder):
    Path("mine.yaml").write_text("precious", encoding="utf-8")
    status, out, err = run("new", "mine.yaml")
    assert (status, out) == (2, "")
    assert "exists already" in err
    assert Path("mine.yaml").read_text(encoding="utf-8") == "precious"
    assert run("new", "none/mine.yaml")[0] == 1


def test_voices_marks_the_default(folder):
    status, out, err = run("voices")
    assert (status, err) == (0, "")
    marked = [line for line in out.splitlines() if " default " in line]
    assert len(marked) == 1
    assert marked[0].split()[:2] == ["espeak-ng", "en-us"]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("build hip-d", ["hip-dips"]),
        ("build --skip curt", ["curtsy-lunge"]),
        ("build --level a", ["advanced"]),
        ("script --format j", ["json"]),
        ("build --engine ru", ["ruler"]),
        ("build --language d", ["de"]),
        ("show fire-h", ["fire-hydrants"]),
        ("hip-d", ["hip-dips"]),
        ("hip-dips --minu", ["--minutes"]),
        (
            "settings musi",
            ["music", "music_level", "music_rest", "music_shuffle", "music_crossfade"],
        ),
        ("build --help-", ["--help-all"]),
        ("ch", ["check"]),
    ],
)
def test_a_shell_can_complete(folder, line, expected):
    words = f"audioworkout {line}"
    asked = {
        "_AUDIOWORKOUT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        [sys.executable, "-m", "audioworkout"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, expected, "")


def test_a_completion_that_fails_is_silent():
    def broken():
        raise OSError("no disk")

    assert completion.filter_by_prefix("x", broken) == []


def test_show_can_be_saved_and_built(folder):
    status, out, err = run("show", "hip dips")
    assert (status, err) == (0, "")
    Path("copy.yaml").write_text(out, encoding="utf-8")
    assert run("show", "copy.yaml")[1] == out
    assert run("new", "mine.yaml", "--from", "hip-dips") == (0, "mine.yaml\n", "")
    assert Path("mine.yaml").read_text(encoding="utf-8").partition("\n")[2] == out
    assert "fire-hydrants.yaml" in run("show", "Fire Hydrant")[1]


# Making


class FakeStudio:
    """The pipeline without voice and encoder: what build and script ask of it, and tell of it."""

    def __init__(self, problems=(), fails=None):
        self.problems, self.fails, self.built = problems, fails, []
        self.cache = MemoryCache()
        self.cache.problem = None

    def prepare(self, routine, flags, stdin):
        self.asked = routine, flags, stdin
        doubt = Diagnostic("x.yaml", 2, 1, 4, "rest: 1s", "a short rest", fatal=False)
        legs = SimpleNamespace(key="legs")
        return SimpleNamespace(routine=legs, sound=Sound(), warnings=(doubt,), notes=())

    def perform(self, request):
        timeline = Timeline("Legs", "legs", "en", "ruler", 1000, (), (), (), self.problems)
        return SimpleNamespace(timeline=timeline, music=())

    def mix(self, performance, *, lossy=True):
        return SimpleNamespace(timeline=performance.timeline)

    def encode_mp3(self, mix, target, tag):
        if self.fails:
            raise self.fails
        self.built.append(target)
        return SimpleNamespace(loudness=-19.0, wanted=-19.0)


@pytest.fixture
def studio(monkeypatch, folder):
    fake = FakeStudio()
    monkeypatch.setattr(build, "open_studio", lambda screen: fake)
    return fake


DOUBT = "x.yaml:2:1: warning: a short rest\n    rest: 1s\n    ^^^^\n"
WORDS = Problem(61_500, 300, "'one' does not fit", "a longer rest")


def test_build_prints_the_path_and_nothing_else(studio):
    assert run("build", "legs.yaml", "--rest", "45s") == (0, "output/legs.mp3\n", DOUBT)
    assert studio.asked == ("legs.yaml", Flags(rest="45s"), None)
    assert studio.built == [Path("output/legs.mp3")]
    assert run("build", "-q", "-o", "x.mp3") == (0, "x.mp3\n", "")


def test_build_reads_what_is_piped_in(studio, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROUTINE.encode())))
    assert run("build", "-q", "-") == (0, "output/workout.mp3\n", "")
    assert studio.asked == ("-", Flags(), ROUTINE)


def test_what_does_not_fit_is_a_warning(studio):
    studio.problems = (WORDS,)
    status, out, err = run("build")
    assert (status, out) == (0, "output/legs.mp3\n")
    warning = "warning: at 01:01.500: 'one' does not fit, by 300 ms\n  a longer rest\n"
    assert err == DOUBT + warning
    studio.problems = (WORDS,) * 12
    err = run("build")[2]
    assert err.count(warning) == 10
    assert "warning: 2 more like these\n" in err


def test_a_build_whose_clips_cannot_be_kept_says_so(studio):
    studio.cache.problem = "kept cannot be written to"
    assert run("build")[2].endswith(
        "warning: nothing is kept for the next build: kept cannot be written to\n"
    )


def test_strict_ends_a_build_that_does_not_fit(studio):
    studio.problems = (WORDS,)
    status, out, err = run("build", "--strict", "-q")
    assert (status, out, studio.built) == (3, "", [])
    assert err.startswith("error: at 01:01.500")
    assert "error: 1 cue does not fit\n" in err
    status, out, _ = run("script", "--strict", "-q")
    assert status == 3
    assert out.startswith("Legs")


def test_a_build_that_fails_prints_no_path(studio):
    studio.fails = OutputError("no room on the disk")
    assert run("build", "-q") == (1, "", "error: no room on the disk\n")


def test_script_prints_the_format_asked_for(studio):
    status, out, err = run("script", "--format", "json", "-q")
    assert (status, err) == (0, "")
    assert json.loads(out)["format"] == "audioworkout/timeline"
    status, out, err = run("script", "--format", "xml")
    assert (status, out) == (2, "")
    assert "There are text, json, " in err
