"""What stands at a path, temporaries, and files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioworkout import files
from audioworkout.errors import OutputError, UsageError
from audioworkout.files import FILE_LEFT, FOLDER_LEFT, atomic_file, temporary_folder, write_atomic
from unprivileged import run_unprivileged

TINY = "title: Tiny\nget_ready: 4s\nexercises:\n  - plank: 5s\n"
posix = pytest.mark.skipif(os.name != "posix", reason="permissions and pipes are those of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def aged(path: Path, seconds: float) -> Path:
    """The path, changed last so many seconds ago."""
    stamp = path.stat().st_mtime - seconds
    os.utime(path, (stamp, stamp))
    return path


def temporary(folder: Path, number: int) -> Path:
    """A path that is named as a temporary of this program."""
    path = folder / f".audioworkout-{number:016x}.tmp"
    assert files.is_temporary(path.name)
    return path


def test_two_writers_of_one_file_never_mix_and_the_last_one_wins(tmp_path: Path) -> None:
    """They share a process number, as two containers do."""
    target = tmp_path / "t.mp3"
    with atomic_file(target) as one:
        one.write(b"one, ")
        with atomic_file(target) as two:
            two.write(b"two, ")
            one.write(b"whole")
            two.write(b"whole")
        assert target.read_bytes() == b"two, whole"
    assert target.read_bytes() == b"one, whole"
    assert names(tmp_path) == ["t.mp3"]


def test_a_planted_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    planted = temporary(tmp_path, 1)
    planted.symlink_to(victim)
    monkeypatch.setattr(files, "_random_name", lambda: planted.name)
    with pytest.raises(OutputError):
        write_atomic(tmp_path / "t.mp3", [b"new"])
    assert victim.read_bytes() == b"mine"


def test_names_of_temporaries_cannot_be_foreseen(tmp_path: Path) -> None:
    seen = set()
    for _ in range(20):
        with atomic_file(tmp_path / "t.mp3") as file:
            seen.add(file.name)
    assert len(seen) == 20


@pytest.mark.parametrize("age", [FILE_LEFT + 60, -FILE_LEFT - 60])
def test_a_temporary_is_left_over_by_its_age_alone(tmp_path: Path, age: float) -> None:
    old, new, other = temporary(tmp_path, 1), temporary(tmp_path, 2), tmp_path / ".t.mp3.7.part"
    for path in (old, new, other):
        path.write_bytes(b"half")
    aged(old, age)
    aged(new, FILE_LEFT - 60)
    aged(other, age)  # whoever's that is
    write_atomic(tmp_path / "t.mp3", [b"whole"])
    assert names(tmp_path) == sorted([new.name, other.name, "t.mp3"])


def test_age_is_told_by_the_clock_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of a network share may be hours from this computer's."""
    living = temporary(tmp_path, 1)
    living.write_bytes(b"half")
    monkeypatch.setattr("time.time", lambda: living.stat().st_mtime + 10 * FILE_LEFT)
    write_atomic(tmp_path / "t.mp3", [b"whole"])
    assert living.exists()


def test_a_long_name_of_four_bytes_a_letter_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("🏋" * 62 + ".mp3")
    write_atomic(target, [b"whole"])
    assert target.read_bytes() == b"whole"


def test_a_temporary_folder_is_closed_to_others_and_goes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, mine = temporary(tmp_path, 1), temporary(tmp_path, 2), tmp_path / "audioworkout-mine"
    for folder in (old, new, mine):
        folder.mkdir()
        (folder / "0001.wav").write_bytes(b"RIFF")
        aged(folder, FOLDER_LEFT + (-60 if folder == new else 60))
    with temporary_folder() as folder:
        assert os.name != "posix" or stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "0001.wav").write_bytes(b"RIFF")
        assert names(tmp_path) == sorted([folder.name, new.name, mine.name])
    assert names(tmp_path) == sorted([new.name, mine.name])


def test_no_temporary_folder_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", fail)
    with pytest.raises(OutputError, match="no folder for passing files: No usable") as caught:
        temporary_folder().__enter__()
    assert "TMPDIR" in caught.value.hint


def test_ctrl_c_while_writing_leaves_the_older_file(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield b"half of it"
        raise KeyboardInterrupt

    target = tmp_path / "t.mp3"
    target.write_bytes(b"older")
    with pytest.raises(KeyboardInterrupt):
        write_atomic(target, interrupted())
    assert target.read_bytes() == b"older"
    assert names(tmp_path) == ["t.mp3"]


@posix
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    target.write_bytes(b"old")
    target.chmod(0o600)
    write_atomic(target, [b"new"])
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o600)


@posix
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    for name, make in (("pipe", os.mkfifo), ("folder", os.mkdir)):
        make(tmp_path / name)
        with pytest.raises(UsageError, match=name):
            write_atomic(tmp_path / name, [b"new"])
    assert names(tmp_path) == ["folder", "pipe"]


def test_a_place_that_takes_no_file_is_told_with_what_works(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for target, message, hint in (
        (tmp_path / "none" / "t.mp3", "there is no folder", "Make it first."),
        (tmp_path / "file" / "t.mp3", "there is no folder", "Make it first."),
        (tmp_path / ("x" * 300), "name too long", "shorter name"),
        (tmp_path / "loop" / "t.mp3", "symbolic links", ""),
        (tmp_path / "a\0b", "null", ""),
    ):
        with pytest.raises(OutputError, match=message) as caught:
            files.check_output(target, "Name another folder.")
        assert hint in caught.value.hint
        assert caught.value.hint.endswith("Name another folder.")


def test_names_that_no_disk_takes_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file" / "x", tmp_path / ("x" * 300), Path("a\0b")):
        assert files.stat_path(path) is None
        assert not files.is_file(path)
        assert not files.is_folder(path)
        assert files.list_folder(path) == []


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    for look in (files.stat_path, files.is_file, files.is_folder, files.list_folder):
        with pytest.raises(UsageError, match="loop cannot be read") as caught:
            look(loop, "Name another.")
        assert caught.value.hint == "Name another."


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """A folder with `t.yaml`, settings of every kind, and `closed`; open again afterwards."""
    (tmp_path / "t.yaml").write_text(TINY)
    for part in ("phrases", "exercises", "routines", "voices"):
        (tmp_path / "config" / part).mkdir(parents=True)
    (tmp_path / "config" / "settings.yaml").write_text("language: en\n")
    (tmp_path / "config" / "phrases" / "en.yaml").write_text("go: Off you go\n")
    (tmp_path / "closed").mkdir()
    yield tmp_path
    for path in (tmp_path / "config", *(tmp_path / "config").glob("*"), tmp_path / "closed"):
        path.chmod(0o700)


@posix
@pytest.mark.parametrize(
    ("part", "commands"),
    [
        ("", ["script t.yaml", "list", "check t.yaml", "show plank", "lines t.yaml"]),
        ("settings.yaml", ["script t.yaml", "check config/settings.yaml"]),
        ("phrases", ["script t.yaml", "list"]),
        ("exercises", ["script t.yaml", "show plank"]),
        ("routines", ["list", "build nosuch"]),
    ],
)
def test_settings_that_may_not_be_read_are_told(
    workplace: Path, part: str, commands: list[str]
) -> None:
    (workplace / "config" / part).chmod(0)
    for command in commands:
        status, printed, said = run_unprivileged(command.split(), workplace)
        said += printed  # what `check` finds is its result
        assert status == 2, said
        assert "config" in said
        assert "cannot be read: permission denied" in said.lower()


@posix
def test_own_voices_that_may_not_be_read_are_told_once(workplace: Path) -> None:
    (workplace / "config").chmod(0)
    status, printed, said = run_unprivileged(["voices"], workplace)
    assert (status, said.count("config/voices cannot be read: Permission denied")) == (0, 1)
    assert "espeak-ng" in printed


@posix
@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("script closed/t.yaml", 2, "closed/t.yaml: error: it cannot be read: permission denied"),
        ("build t.yaml --music closed/a.mp3", 2, "closed/a.mp3 cannot be read"),
        ("build t.yaml --music closed", 2, "closed cannot be read"),
        ("build t.yaml --sounds closed", 2, "closed cannot be read"),
        ("build t.yaml --voice closed/a.onnx", 2, "closed/a.onnx cannot be read"),
        ("build t.yaml --voice closed", 2, "closed cannot be read"),
        ("page closed/t.mp3", 2, "closed/t.mp3 cannot be read"),
        ("serve closed", 2, "'closed' is not readable"),
        ("feed closed --url http://a.org", 2, "'closed' is not readable"),
        ("build t.yaml -o closed/t.mp3", 1, "could not write closed/t.mp3: Permission denied"),
        ("page t.yaml -o closed/t.html", 1, "could not write closed/t.html: Permission denied"),
        ("plot t.yaml -o closed/t.svg", 1, "could not write closed/t.svg: Permission denied"),
        ("new closed/n.yaml", 1, "closed/n.yaml cannot be written: Permission denied"),
        (f"page t.yaml -o {'x' * 300}.html", 1, "File name too long"),
        (f"plot t.yaml -o {'x' * 300}.svg", 1, "File name too long"),
        (f"serve {'x' * 300}", 2, "there is no folder xxx"),
    ],
)
def test_a_path_that_may_not_be_used_is_told(
    workplace: Path, command: str, status: int, told: str
) -> None:
    (workplace / "closed").chmod(0)
    result = run_unprivileged(command.split(), workplace)
    assert result[0] == status, result[2]
    assert told in result[2]


def test_every_error_of_the_system_has_a_hint_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (errno.ENOSPC, errno.EACCES, errno.EIO):

        def fail(*_: object, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(OutputError) as caught:
            write_atomic(tmp_path / "t.mp3", [b"new"])
        assert caught.value.hint.endswith("Choose another place with -o.")
        assert names(tmp_path) == []
