"""Every file of `tests/wrong` beside exactly what a person must see of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.model.request import Finding, Flags, Speech
from audioworkout.reading import Folders, RoutineError, check, read, render
from audioworkout.voices.ruler import Ruler

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(WRONG.glob("*.yaml"))


def ruler(speech: Speech) -> Ruler:
    return Ruler(speech.rate)


def test_there_are_many() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_person_sees(path, golden, monkeypatch) -> None:
    monkeypatch.chdir(WRONG)
    findings = check(path.name, Folders(), pace=ruler)
    assert findings, "nothing was said at all"
    golden(path.with_suffix(".txt"), render(findings))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_what_is_wrong_stops_a_build(path) -> None:
    findings = check(str(path), Folders())
    if any(finding.fatal for finding in findings):
        with pytest.raises(RoutineError) as caught:
            read(str(path), Flags(), Folders())
        assert caught.value.exit_code == 2
        assert caught.value.findings == findings
        assert str(caught.value) == render(findings).rstrip("\n")
    else:
        assert read(str(path), Flags(), Folders()).warnings == findings


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_are_within_the_file(path) -> None:
    for finding in check(str(path), Folders()):
        if finding.line:
            assert 1 <= finding.column <= len(finding.text) + 1
            assert finding.width >= 1


def finding(text: str, column: int = 1, width: int = 1, line: int = 1) -> Finding:
    return Finding("x.yaml", line, column, width, text, "wrong", "mend it")


def test_a_finding_shows_its_line_with_a_caret_and_the_hint() -> None:
    assert render([finding("  - plank: 40x", 12, 3)]) == (
        "x.yaml:1:12: error: wrong\n      - plank: 40x\n               ^^^\n    mend it\n"
    )


def test_carets_stand_beneath_wide_letters() -> None:
    shown = render([finding("深蹲: x", 5)]).splitlines()
    assert shown[2] == "    " + " " * 6 + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = render([finding("a" * 500 + "X" + "b" * 500, 501)]).splitlines()
    assert len(shown[1]) <= 104
    assert shown[1][shown[2].index("^")] == "X"


def test_a_warning_is_called_one() -> None:
    doubt = Finding("x.yaml", 0, 0, 0, "", "odd", fatal=False)
    assert render([doubt]) == "x.yaml: warning: odd\n"


def test_a_flag_is_told_as_it_was_typed() -> None:
    assert render([Finding("--rest", 0, 0, 2, "5x", "wrong")]) == "--rest 5x: error: wrong\n"


def test_nothing_that_was_written_commands_the_terminal() -> None:
    assert "\x1b" not in render([finding("a\x1b[31mb")])
