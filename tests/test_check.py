"""Every file of `tests/wrong` beside exactly what a person must see of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioworkout.cli.main import run_program
from audioworkout.errors import VoiceError
from audioworkout.model.request import Diagnostic, Flags, Speech
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError, format_diagnostics
from audioworkout.voices import engines
from audioworkout.voices.ruler import Ruler
from checks import check_file

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(WRONG.glob("*.yaml"))


def ruler(speech: Speech) -> Ruler:
    return Ruler(speech.rate)


def test_there_are_many() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_person_sees(path, golden, monkeypatch) -> None:
    monkeypatch.chdir(WRONG)
    findings = check_file(path.name, Folders(), measure_for=ruler)
    assert findings, "nothing was said at all"
    golden(path.with_suffix(".txt"), format_diagnostics(findings))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_what_is_wrong_stops_a_build(path) -> None:
    findings = check_file(str(path), Folders())
    if any(finding.fatal for finding in findings):
        with pytest.raises(RoutineError) as caught:
            prepare_routine(str(path), Flags(), Folders())
        assert caught.value.exit_code == 2
        assert caught.value.findings == findings
        assert str(caught.value) == format_diagnostics(findings).rstrip("\n")
    else:
        assert prepare_routine(str(path), Flags(), Folders()).warnings == findings


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_are_within_the_file(path) -> None:
    for finding in check_file(str(path), Folders()):
        if finding.line:
            assert 1 <= finding.column <= len(finding.text) + 1
            assert finding.width >= 1


ROUTINE = "title: T\nexercises: [plank: 20s]\n"


def voices_told(tmp_path: Path, routine: str, settings: str = "") -> str:
    """What is said of a routine, its voices looked for."""
    (tmp_path / "settings.yaml").write_text(settings or "coaching: full\n")
    (tmp_path / "t.yaml").write_text(routine)
    folders = Folders(user=tmp_path)
    told = format_diagnostics(
        check_file(str(tmp_path / "t.yaml"), folders, find=engines.open_requested_voice)
    )
    return told.replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    ("routine", "settings", "said", "hint"),
    [
        ("voice: nosuch\n", "", "t.yaml:1:8: error: there is no voice called 'nosuch'", "voices`"),
        ("voice: {counts: en-usx}\n", "", "t.yaml:1:17: error: there is no voice", "`en-us`"),
        ("voice:\n  coach: en-us+m99\n", "", "t.yaml:2:10: error: espeak-ng has no", "m1, m2"),
        ("voice: rec/missing\n", "", "t.yaml:1:8: error: 'rec/missing' is no folder", "lines"),
        ("voice: {coach: de}\n", "voice: {counts: x y}\n", "settings.yaml:1:17: error:", ""),
        ("", "rate: 120\nengine: espeek\n", "settings.yaml:2:9: error: there is no", "espeak"),
        ("voice: counts=de\n", "", "t.yaml:1:8: error: there is no voice", "{counts: NAME}"),
        ("voice: piper:x\n", "engine: ruler\n", "t.yaml:1:8: error: there is no Piper", "Put"),
    ],
)
def test_voices_that_are_not_there_are_told_where_they_stand(
    tmp_path: Path, routine: str, settings: str, said: str, hint: str
) -> None:
    told = voices_told(tmp_path, routine + ROUTINE, settings)
    assert told.startswith(said)
    assert hint in told
    assert told.count(" error: ") == 1


def test_voices_are_told_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    told = voices_told(tmp_path, "voice: nosuch\ntitle: T\nexercises: [plnak]\n")
    assert told.count(" error: ") == 2


def test_the_voices_of_settings_are_checked_with_them(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("voice: {coach: nosuch, counts: en-us+m3}\n")
    told = format_diagnostics(
        check_file(str(path), Folders(user=tmp_path), find=engines.open_requested_voice)
    )
    assert "settings.yaml:1:16: error: there is no voice called 'nosuch'" in told
    assert told.count(" error: ") == 1


@pytest.mark.parametrize("voice", ["en-us", "{counts: en-us+m3}", "'ruler:'", "de"])
def test_nothing_is_said_of_voices_that_are_there(tmp_path: Path, voice: str) -> None:
    assert voices_told(tmp_path, f"voice: {voice}\n{ROUTINE}") == ""


def test_a_voice_that_does_not_work_here_is_doubtful(tmp_path: Path) -> None:
    def find(speech: Speech, warn: Callable[[str], None]) -> None:
        warn("it is cold")
        raise VoiceError("hoarse", "Rest.")

    path = tmp_path / "t.yaml"
    path.write_text(f"voice: anna\n{ROUTINE}")
    found = check_file(str(path), Folders(), find=find)
    assert [(one.message, one.hint, one.line, one.fatal) for one in found] == [
        ("it is cold", "", 1, False),
        ("hoarse", "Rest.", 1, False),
    ]


def test_the_command_looks_for_voices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"voice: nosuch\n{ROUTINE}")
    assert run_program(["check", str(path)]) == 2
    assert "t.yaml:1:8: error: there is no voice called 'nosuch'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("head", "settings", "words", "said"),
    [
        ("voice: nosuch\n", "", [], "t.yaml:1:8: error: there is no voice called 'nosuch'"),
        ("voice: {counts: a=b}\n", "", [], "t.yaml:1:17: error: there is no voice called 'a=b'"),
        ("", "voice: nosuch\n", [], "settings.yaml:1:8: error: there is no voice called"),
        ("voice: de\n", "", ["--voice", "nosuch"], "error: there is no voice called 'nosuch'"),
        ("voice: no\n", "", ["--engine", "espeek"], "error: there is no speech engine 'espeek'"),
    ],
)
def test_a_build_tells_where_a_voice_stands_that_is_not_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    head: str,
    settings: str,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path))
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "settings.yaml").write_text(settings or "coaching: full\n")
    (tmp_path / "t.yaml").write_text(head + ROUTINE)
    assert run_program(["script", str(tmp_path / "t.yaml"), *words]) == 2
    assert capsys.readouterr().err.replace(f"{tmp_path}/", "").startswith(said)


def finding(text: str, column: int = 1, width: int = 1, line: int = 1) -> Diagnostic:
    return Diagnostic("x.yaml", line, column, width, text, "wrong", "mend it")


def test_a_finding_shows_its_line_with_a_caret_and_the_hint() -> None:
    assert format_diagnostics([finding("  - plank: 40x", 12, 3)]) == (
        "x.yaml:1:12: error: wrong\n      - plank: 40x\n               ^^^\n    mend it\n"
    )


def test_carets_stand_beneath_wide_letters() -> None:
    shown = format_diagnostics([finding("深蹲: x", 5)]).splitlines()
    assert shown[2] == "    " + " " * 6 + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = format_diagnostics([finding("a" * 500 + "X" + "b" * 500, 501)]).splitlines()
    assert len(shown[1]) <= 104
    assert shown[1][shown[2].index("^")] == "X"


def test_a_warning_is_called_one() -> None:
    doubt = Diagnostic("x.yaml", 0, 0, 0, "", "odd", fatal=False)
    assert format_diagnostics([doubt]) == "x.yaml: warning: odd\n"


def test_a_flag_is_told_as_it_was_typed() -> None:
    assert (
        format_diagnostics([Diagnostic("--rest", 0, 0, 2, "5x", "wrong")])
        == "--rest 5x: error: wrong\n"
    )


def test_nothing_that_was_written_commands_the_terminal() -> None:
    assert "\x1b" not in format_diagnostics([finding("a\x1b[31mb")])
