"""The store: whole or absent, whatever happens to the disk or the program."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout import cards
from audioworkout.disk_cache import BUCKETS, RECENT, DiskCache, MemoryCache
from audioworkout.encoding import splicing
from audioworkout.mixing import levels, songs
from audioworkout.model.cache import Cache
from audioworkout.reading import parse_cache
from audioworkout.voices import clips


class Clock:
    """A time of day that stands still until told otherwise."""

    def __init__(self, at: float = 1_000_000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def store(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "cache")


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def aged(path: Path, by: float) -> None:
    stamp = path.stat().st_mtime - by
    os.utime(path, (stamp, stamp))


def test_both_stores_are_kept(store: DiskCache) -> None:
    cache: list[Cache] = [store, MemoryCache()]
    for each in cache:
        assert each.get("clips", "one.wav") is None
        each.put("clips", "one.wav", b"first")
        each.put("clips", "one.wav", b"second")
        each.put("islands", "one.wav", b"")
        assert each.get("clips", "one.wav") == b"second"
        assert each.get("islands", "one.wav") == b""


def test_peeking_gives_the_start_and_the_size(store: DiskCache) -> None:
    for each in (store, MemoryCache()):
        each.put("clips", "one.wav", b"RIFF and more")
        assert each.peek("clips", "one.wav", 4) == (b"RIFF", 13)
        assert each.peek("clips", "one.wav", 99) == (b"RIFF and more", 13)
        assert each.peek("clips", "two.wav", 4) is None


def test_what_is_peeked_at_is_used(store: DiskCache) -> None:
    store.put("clips", "one.wav", b"RIFF")
    path = store.folder / "clips/one.wav"
    aged(path, RECENT)
    before = path.stat().st_mtime
    store.peek("clips", "one.wav", 4)
    assert path.stat().st_mtime > before


def test_a_new_store_is_empty_and_claims_its_folder(tmp_path: Path) -> None:
    store = DiskCache(tmp_path / "far" / "away")
    assert store.problem is None
    assert store.get("clips", "a") is None
    assert store.size() == 0
    store.clear()
    assert files(tmp_path) == ["far/away/CACHEDIR.TAG"]


def test_names_on_disk_are_those_given_beside_a_cache_tag(store: DiskCache) -> None:
    store.put("clips", "next-wall-sit-1f3a9c2e40.wav", b"RIFF")
    assert files(store.folder) == ["CACHEDIR.TAG", "clips/next-wall-sit-1f3a9c2e40.wav"]
    tag = (store.folder / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55")


def test_the_data_come_first_so_that_players_read_the_file(store: DiskCache) -> None:
    store.put("clips", "a.wav", b"RIFF-and-so-on")
    raw = (store.folder / "clips/a.wav").read_bytes()
    assert raw.startswith(b"RIFF-and-so-on")
    assert raw.endswith(zlib.crc32(b"RIFF-and-so-on").to_bytes(4, "little"))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=60), where=st.integers(0), change=st.integers(1, 255))
def test_one_wrong_byte_anywhere_is_found_and_removed(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, where: int, change: int
) -> None:
    store = DiskCache(tmp_path_factory.mktemp("cache"))
    store.put("clips", "a", data)
    path = store.folder / "clips/a"
    raw = bytearray(path.read_bytes())
    raw[where % len(raw)] ^= change
    path.write_bytes(raw)
    assert store.get("clips", "a") is None
    assert not path.exists()


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 17, 25])
def test_a_cut_entry_is_absent_and_can_be_kept_again(store: DiskCache, cut: int) -> None:
    store.put("clips", "a", b"0123456789")
    path = store.folder / "clips/a"
    path.write_bytes(path.read_bytes()[:cut])
    assert store.get("clips", "a") is None
    store.put("clips", "a", b"again")
    assert store.get("clips", "a") == b"again"


def test_an_entry_that_went_on_growing_is_absent(store: DiskCache) -> None:
    store.put("clips", "a", b"0123456789")
    path = store.folder / "clips/a"
    path.write_bytes(path.read_bytes() + b"\0")
    assert store.get("clips", "a") is None


@pytest.mark.parametrize("name", ["", ".hidden", "../up", "a/b", "a\\b", "c:", "nul\0"])
def test_names_cannot_leave_their_bucket(store: DiskCache, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain name"):
        store.put("clips", name, b"")
    with pytest.raises(ValueError, match="not a plain name"):
        store.get(name, "a")


def test_usage_is_told_by_bucket(store: DiskCache) -> None:
    assert store.usage() == {}
    for name in ("islands", "clips"):
        store.put(name, "a", b"1" * 100)
    store.put("clips", "b", b"2" * 50)
    assert list(store.usage()) == ["clips", "islands"]
    assert store.usage()["clips"][0] == 2
    assert sum(size for _, size in store.usage().values()) == store.size()


def test_size_counts_what_lies_on_the_disk(store: DiskCache) -> None:
    store.put("clips", "a", b"1" * 100)
    store.put("islands", "b", b"1" * 50)
    on_disk = sum(p.stat().st_size for p in store.folder.glob("*/*"))
    assert store.size() == on_disk > 150


def temporary(digit: str) -> str:
    """The name of a file that is half-written."""
    return f".audioworkout-{digit * 16}.tmp"


def test_clear_leaves_only_the_tag_and_what_is_being_written(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    old, new = (store.folder / "clips" / temporary(n) for n in "12")
    for path in (old, new):
        path.write_bytes(b"half")
    aged(old, RECENT + 1)
    store.clear()
    assert files(store.folder) == ["CACHEDIR.TAG", f"clips/{temporary('2')}"]
    store.put("clips", "a", b"2")
    assert store.get("clips", "a") == b"2"


def test_longest_unused_goes_first(tmp_path: Path) -> None:
    DiskCache(tmp_path).put("clips", "one", b"1" * 84)
    store = DiskCache(tmp_path, limit_bytes=450)
    for age, name in ((9, "old"), (8, "older-but-read"), (7, "newer")):
        store.put("clips", name, name[:1].encode() * 84)
        aged(tmp_path / "clips" / name, age * RECENT)
    assert store.get("clips", "older-but-read") == b"o" * 84
    store.put("clips", "last", b"4" * 84)
    assert store.get("clips", "old") is None
    for name in ("one", "older-but-read", "newer", "last"):
        assert store.get("clips", name) is not None, name


def test_a_running_build_is_never_harmed(tmp_path: Path) -> None:
    store = DiskCache(tmp_path, limit_bytes=100)
    for number in range(40):
        store.put("clips", str(number), b"x" * 50)
    assert all(store.get("clips", str(number)) for number in range(40))


def test_eviction_reaches_what_is_no_longer_recent(tmp_path: Path) -> None:
    clock = Clock((tmp_path / ".").stat().st_mtime)
    store = DiskCache(tmp_path, limit_bytes=1_000, now=clock)
    for number in range(40):
        store.put("clips", str(number), b"x" * 50)
    clock.at += RECENT + 60
    for number in range(10):
        store.put("clips", f"new{number}", b"x" * 50)
    assert store.size() <= 1_000


def test_eviction_makes_room_for_more_than_one_entry(tmp_path: Path) -> None:
    clock = Clock((tmp_path / ".").stat().st_mtime)
    store = DiskCache(tmp_path, limit_bytes=1_000, now=clock)
    for number in range(10):
        store.put("clips", str(number), b"x" * 84)
    assert store.size() == 1_000
    clock.at += RECENT + 60
    store.put("clips", "new", b"x" * 84)
    assert store.size() == 900, "nine tenths of the limit"


def test_what_is_from_the_future_goes_first(tmp_path: Path) -> None:
    clock = Clock((tmp_path / ".").stat().st_mtime)
    store = DiskCache(tmp_path, limit_bytes=1_000, now=clock)
    for name, age in (("old", 2 * RECENT), ("ahead", -100 * RECENT), ("soon", -60)):
        store.put("clips", name, b"x" * 284)
        aged(tmp_path / "clips" / name, age)
    store.put("clips", "last", b"x" * 284)
    names = ("old", "ahead", "soon", "last")
    assert [store.get("clips", name) is None for name in names] == [False, True, False, False]


def test_half_written_files_from_the_future_are_swept(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    half = store.folder / "clips" / temporary("1")
    half.write_bytes(b"half")
    aged(half, -2 * RECENT)
    DiskCache(store.folder).put("clips", "b", b"2")
    assert not half.exists()


def test_looking_makes_nothing_and_keeping_does(tmp_path: Path) -> None:
    store = DiskCache(tmp_path / "far" / "away", look_only=True)
    assert (store.get("clips", "a"), store.usage(), store.problem) == (None, {}, None)
    store.clear()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "far" / "away").mkdir(parents=True)
    store = DiskCache(tmp_path / "far" / "away", look_only=True)
    assert files(tmp_path) == []
    store.put("clips", "a", b"1")
    assert store.get("clips", "a") == b"1"
    assert "far/away/CACHEDIR.TAG" in files(tmp_path)


def test_a_folder_of_other_files_is_left_alone_by_who_only_looked(tmp_path: Path) -> None:
    store = DiskCache(tmp_path / "cache", look_only=True)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "mine.txt").touch()
    store.put("clips", "a", b"1")
    assert files(tmp_path) == ["cache/mine.txt"]
    assert store.problem is not None


def test_left_overs_beside_the_shelves_are_swept_too(store: DiskCache) -> None:
    left = store.folder / temporary("1")
    left.write_bytes(b"TAG")
    aged(left, RECENT + 60)
    store.put("clips", "a", b"1")
    assert not left.exists()


def test_left_overs_of_killed_programs_are_swept_after_an_hour(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    old, new = (store.folder / "clips" / temporary(n) for n in "12")
    for path in (old, new):
        path.write_bytes(b"half")
    aged(old, RECENT + 1)
    DiskCache(store.folder).put("clips", "b", b"2")
    assert not old.exists()
    assert new.exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips/holiday.wav").write_bytes(b"precious")
    store = DiskCache(tmp_path, limit_bytes=1)
    assert store.problem is not None
    assert "holds other files" in store.problem
    store.put("clips", "a", b"1")
    store.clear()
    assert files(tmp_path) == ["clips/holiday.wav"]


def test_a_tag_that_lost_its_words_is_written_again(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    (store.folder / "CACHEDIR.TAG").write_bytes(b"")
    again = DiskCache(store.folder)
    assert (again.problem, again.get("clips", "a")) == (None, b"1")
    assert b"audioworkout" in (store.folder / "CACHEDIR.TAG").read_bytes()


def test_a_tag_of_another_program_is_left_alone(store: DiskCache) -> None:
    (store.folder / "CACHEDIR.TAG").write_bytes(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    again = DiskCache(store.folder)
    assert again.problem is not None
    assert "holds other files" in again.problem


def test_a_folder_that_another_program_made_ours_meanwhile_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = DiskCache._is_ours

    def slow(self: DiskCache) -> bool:
        monkeypatch.setattr(DiskCache, "_is_ours", asked)
        DiskCache(self.folder)  # the other one
        return False

    monkeypatch.setattr(DiskCache, "_is_ours", slow)
    assert DiskCache(tmp_path / "cache").problem is None


def test_what_is_no_bucket_is_not_ours(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    (store.folder / "photos").mkdir()
    (store.folder / "photos/holiday.jpg").write_bytes(b"precious")
    assert store.usage().keys() == {"clips"}
    store.clear()
    assert files(store.folder) == ["CACHEDIR.TAG", "photos/holiday.jpg"]


def test_every_bucket_is_known() -> None:
    places = (cards, splicing, levels, parse_cache, clips, songs)
    assert {place.BUCKET for place in places} == BUCKETS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("kind", ["pipe", "folder", "huge"])
def test_what_stands_in_an_entrys_place_is_a_miss_and_goes(store: DiskCache, kind: str) -> None:
    store.put("clips", "a", b"1")
    path = store.folder / "clips/a"
    if kind == "huge":
        os.truncate(path, 1 << 40)
    else:
        path.unlink()
        os.mkfifo(path) if kind == "pipe" else path.mkdir()
    for look in (lambda: store.peek("clips", "a", 4), lambda: store.get("clips", "a")):
        assert look() is None
    store.put("clips", "a", b"2")
    assert store.get("clips", "a") == b"2"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_the_tags_place_is_told(store: DiskCache) -> None:
    (store.folder / "CACHEDIR.TAG").unlink()
    os.mkfifo(store.folder / "CACHEDIR.TAG")
    assert DiskCache(store.folder).problem is not None


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_bucket_that_cannot_be_entered_is_a_problem_and_no_error(
    store: DiskCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("audioworkout.disk_cache._write_entry", refuse)
    monkeypatch.setattr(Path, "exists", refuse)  # as it does for who may not enter the folder
    store.put("clips", "a", b"1")
    assert store.problem is not None
    assert "Permission denied" in store.problem


def test_a_folder_that_is_a_file_is_told_and_survived(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    store = DiskCache(tmp_path / "cache")
    assert store.problem is not None
    assert str(tmp_path / "cache") in store.problem
    store.put("clips", "a", b"1")
    assert store.get("clips", "a") is None


def test_a_folder_that_can_only_be_read_is_read(
    store: DiskCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("clips", "a", b"1")
    monkeypatch.setattr(os, "access", lambda *_: False)
    store = DiskCache(store.folder)
    assert store.problem is not None
    assert "cannot be written" in store.problem
    assert store.get("clips", "a") == b"1"


def test_a_full_disk_is_a_miss_later(store: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put("clips", "before", b"1")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store.put("clips", "a", b"1")
    assert store.get("clips", "a") is None
    assert store.get("clips", "before") == b"1"
    assert store.problem is not None
    assert "No space left" in store.problem
    assert files(store.folder) == ["CACHEDIR.TAG", "clips/before"]


def test_a_folder_taken_away_in_between_is_survived(store: DiskCache) -> None:
    store.put("clips", "a", b"1")
    for path in (*store.folder.glob("*/*"), store.folder / "CACHEDIR.TAG"):
        path.unlink()
    (store.folder / "clips").rmdir()
    store.folder.rmdir()
    store.put("clips", "a", b"1")
    assert store.problem is not None
    assert store.get("clips", "a") is None


HAMMER = """
import sys
from pathlib import Path
from audioworkout.disk_cache import DiskCache
store = DiskCache(Path(sys.argv[1]))
for number in range(300):
    name = str(number % 7)
    data = store.get("clips", name)
    assert data is None or data == name.encode() * 5000, name
    store.put("clips", name, name.encode() * 5000)
assert store.problem is None, store.problem
"""


def test_a_clearing_program_harms_no_writing_one(tmp_path: Path) -> None:
    store = DiskCache(tmp_path / "cache")
    command = [sys.executable, "-c", HAMMER, str(tmp_path / "cache")]
    with subprocess.Popen(command) as writing:
        while writing.poll() is None:
            store.clear()
    assert writing.returncode == 0


KILLED = """
import os, sys, threading, time
from pathlib import Path
from audioworkout.disk_cache import DiskCache
store = DiskCache(Path(sys.argv[1]))
threading.Timer(float(sys.argv[2]), os._exit, [9]).start()
while True:
    for number in range(50):
        store.put("clips", str(number), str(number).encode() * 20_000)
"""


@pytest.mark.parametrize("after", [0.02, 0.05, 0.09])
def test_a_kill_at_any_point_leaves_whole_entries(tmp_path: Path, after: float) -> None:
    folder = tmp_path / "cache"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(after)], check=False)
    assert killed.returncode == 9
    store = DiskCache(folder)
    assert store.problem is None
    for number in range(50):
        data = store.get("clips", str(number))
        assert data is None or data == str(number).encode() * 20_000
    store.put("clips", "0", b"again")
    assert store.get("clips", "0") == b"again"


def test_two_programs_at_once_never_see_half_an_entry(tmp_path: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", HAMMER, str(tmp_path / "cache")]) for _ in range(2)
    ]
    assert [program.wait(timeout=60) for program in both] == [0, 0]
    assert len(files(tmp_path / "cache")) == 8
