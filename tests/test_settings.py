"""`settings`: shown, set and taken out, all else in the file as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.cli.main import run_program
from audioworkout.errors import UsageError
from audioworkout.reading.settings_file import change_setting

FILE = """\
# mine
rest:  # short
  sets: 30s
  exercises: 1 min
# before rate

rate: 140   # slow
voice: {coach: en-us, counts: de}
level: >-
  beginner

music:
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "mine"))
    return tmp_path / "mine" / "settings.yaml"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def one(*words: str) -> tuple[int, str, str]:
        status = run_program(["settings", *words])
        return status, *capsys.readouterr()

    return one


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("rate", "150", "rate: 140 ", "rate: 150 "),
        (
            "rest",
            "45s",
            "rest:  # short\n  sets: 30s\n  exercises: 1 min\n",
            "rest: 45s  # short\n",
        ),
        ("voice", "en-gb", "{coach: en-us, counts: de}", "en-gb"),
        ("level", "normal", ">-\n  beginner", "normal"),
        ("music", "~/a b: c #d", "music:\n", 'music: "~/a b: c #d"\n'),
        ("pace", "easy", "music:\n", "music:\npace: easy\n"),
        ("rest", None, "rest:  # short\n  sets: 30s\n  exercises: 1 min\n", ""),
        ("rate", None, "rate: 140   # slow\n", ""),
        ("level", None, "level: >-\n  beginner\n", ""),
        ("music", None, "music:\n", ""),
        ("pace", None, "", ""),
    ],
)
def test_one_setting_changes_and_all_else_stays(
    key: str, value: str | None, before: str, after: str
) -> None:
    assert change_setting(FILE, key, value) == FILE.replace(before, after)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("", "rate: 150\n"),
        ("# only\n", "# only\nrate: 150\n"),
        ("rest: 1", "rest: 1\nrate: 150\n"),
        ("\ufeffrest: 1\r\n# x\r\n", "\ufeffrest: 1\r\n# x\r\nrate: 150\r\n"),
        ('"rate" : 1\n', '"rate" : 150\n'),
    ],
)
def test_a_file_stays_as_it_was_written(text: str, changed: str) -> None:
    assert change_setting(text, "rate", "150") == changed


@pytest.mark.parametrize(
    "text", ["{rest: 45s}\n", "- rest\n", "rest: 1\n...\n", "rate: &a 140\nseed: *a\n"]
)
def test_what_cannot_be_changed_by_a_line_is_left_to_the_person(text: str) -> None:
    with pytest.raises(UsageError, match=r"settings file|changing others"):
        change_setting(text, "rate", "150")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_back_and_leaves_the_others(value: str) -> None:
    once = change_setting(FILE, "music", f"/{value}")
    assert change_setting(once, "music", None) == change_setting(FILE, "music", None)


def test_set_show_and_take_out(settings: Path, run) -> None:
    status, out, err = run()
    assert (status, out) == (0, f"{settings}\n")
    assert "the keys are language," in " ".join(err.split())
    assert run("rest", "45s") == (0, f"{settings}\n", "")
    assert run("Music-Level", "-20") == (0, f"{settings}\n", "")
    assert settings.read_text() == "rest: 45s\nmusic_level: -20\n"
    assert run("rest") == (0, "45s\n", "")
    assert run() == (0, f"{settings}\nrest         45s\nmusic_level  -20\n", "")
    assert run("rest", "--unset") == (0, f"{settings}\n", "")
    assert settings.read_text() == "music_level: -20\n"
    assert run("rest", "--unset") == (0, "", "`rest` was not set.\n")
    status, out, err = run("rest")
    assert (status, out) == (0, "")
    assert err.startswith("`rest` is not set: pauses;")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rest", "soon"], "settings rest soon: error: "),
        (["rest", "{sets: 1 min, sides: x}"], "settings rest {sets: 1 min, sides: x}: error: "),
        (["rate", "5"], "`5` is not a whole number from 80 to 400"),
        (["level", "begginer"], "did you mean `beginner`?"),
        (["voice", "nosuch"], "there is no voice called 'nosuch'"),
        (["music", "nosuch.mp3"], "there is no music at"),
        (["rat", "5"], "did you mean `rate`"),
        (["title", "Legs"], "there is no setting `title`"),
        (["rest", ""], "`rest` is given no value"),
        (["rest", "45s", "--unset"], "not both"),
        (["--unset"], "--unset needs a setting"),
    ],
)
def test_what_is_wrong_changes_nothing(settings: Path, run, words: list[str], told: str) -> None:
    settings.parent.mkdir()
    settings.write_text(FILE)
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert told in err
    assert settings.read_text() == FILE
    assert list(settings.parent.iterdir()) == [settings]


def test_another_fault_in_the_file_does_not_keep_one_from_mending(settings: Path, run) -> None:
    settings.parent.mkdir()
    settings.write_text("rate: 5\npace: esay\n")
    assert run("rate", "140") == (0, f"{settings}\n", "")
    assert settings.read_text() == "rate: 140\npace: esay\n"


def test_a_file_that_is_no_yaml_is_told_with_its_place(settings: Path, run) -> None:
    settings.parent.mkdir()
    settings.write_text("rate: [5\n")
    for words in ([], ["rate", "140"], ["rate", "--unset"]):
        status, _, err = run(*words)
        assert status == 2
        assert "settings.yaml:" in err
    assert settings.read_text() == "rate: [5\n"


def test_a_link_is_followed(settings: Path, run) -> None:
    settings.parent.mkdir()
    real = settings.parent.parent / "dotfiles.yaml"
    real.write_text("rate: 140\n")
    settings.symlink_to(real)
    assert run("rate", "150")[0] == 0
    assert settings.is_symlink()
    assert real.read_text() == "rate: 150\n"


def test_a_path_is_kept_from_where_it_was_typed(settings: Path, run) -> None:
    sounds = Path("sounds")
    sounds.mkdir()
    shipped = Path(__file__).parent.parent / "sounds/go.wav"
    (sounds / "go.wav").write_bytes(shipped.read_bytes())
    assert run("sounds", "sounds")[0] == 0
    assert settings.read_text() == f"sounds: {settings.parent.parent / 'sounds'}\n"
