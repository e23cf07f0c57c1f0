"""`check --fix`: only what is certain, and everything else byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.cli.main import run_program
from audioworkout.model.request import Diagnostic
from audioworkout.preparing import CheckedFile, examine_file, mend_file
from audioworkout.reading import Folders
from audioworkout.reading.mending import mend_text

WRONG = Path(__file__).parent / "wrong"

BEFORE = (
    "\ufefftitel: Legs   # mine\r\n"
    "exercises:\r\n"
    "  - fire hydrnats:  3x10 per sde  # keep\r\n"
    "  - plank:40s\r\n"
    "  - 'glute brigde': 12\r\n"
    "  - zumba: 5 min\r\n"
    "levle: begginer"
)
AFTER = (
    "\ufefftitle: Legs   # mine\r\n"
    "exercises:\r\n"
    "  - fire-hydrants:  3x10 per side  # keep\r\n"
    "  - plank: 40s\r\n"
    "  - 'glute-bridge': 12\r\n"
    "  - zumba: 5 min\r\n"
    "level: beginner"
)


def examine(name: str) -> CheckedFile:
    return examine_file(name, Folders())


def test_a_file_is_mended_and_the_rest_of_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "legs.yaml"
    path.write_bytes(BEFORE.encode())
    mended = mend_file(str(path), examine)
    assert path.read_bytes().decode() == AFTER
    assert len(mended) == 7
    assert mend_file(str(path), examine) == ()
    assert path.read_bytes().decode() == AFTER
    assert [one.name for one in tmp_path.iterdir()] == ["legs.yaml"]


@pytest.mark.parametrize("path", sorted(WRONG.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_was_mended_is_gone_for_good(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    mended = mend_file(str(copy), examine)
    left = {(one.line, one.message) for one in examine(str(copy)).findings}
    assert not left.intersection((one.line, one.message) for one in mended)
    assert mend_file(str(copy), examine) == ()
    if not mended:
        assert copy.read_bytes() == path.read_bytes()


def test_the_command_tells_what_it_mended(tmp_path: Path, capsys) -> None:
    path = tmp_path / "legs.yaml"
    path.write_text("- fire hydrnats: 3x10\n")
    (tmp_path / "legs.yaml.bak").write_text("somebody's")
    assert run_program(["check", "--fix", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{path}:1:3: mended: there is no exercise `fire hydrnats`\n")
    assert "    - fire-hydrants: 3x10\n" in out
    assert (tmp_path / "legs.yaml.bak").read_text() == "somebody's"
    assert run_program(["check", "--fix", "-"]) == 2


def test_a_fix_that_mends_nothing_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("abc\n")
    finding = Diagnostic(str(path), 1, 1, 1, "abc", "wrong", fix="a")
    assert mend_file(str(path), lambda name: CheckedFile(None, (finding,))) == ()
    assert path.read_text() == "abc\n"
    assert not (tmp_path / "x.yaml.bak").exists()


def test_of_two_fixes_at_one_place_one_is_done() -> None:
    one = Diagnostic("x", 1, 1, 5, "abcde", "whole", fix="A")
    other = Diagnostic("x", 1, 3, 1, "abcde", "part", fix="C")
    assert mend_text("abcde", [one, other]) == ("abCde", (other,))
    assert one.mended == "A"
