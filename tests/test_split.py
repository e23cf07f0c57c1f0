"""One MP3 a chapter: joined they are the single file again, to the sample."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from pathlib import Path

import mutagen.id3
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from audioworkout import publish
from audioworkout.disk_cache import MemoryCache
from audioworkout.encoding import Track
from audioworkout.errors import OutputError, UsageError
from audioworkout.mixing.excerpt import cut_excerpt
from audioworkout.mixing.islands import gain_clips, plan_islands
from audioworkout.model.script import Context
from audioworkout.model.timeline import LEAD, Mark
from audioworkout.tagging.labels import BuildInfo
from audioworkout.units import SAMPLES_PER_MS
from mixes import CLIPS, workout, write_mix, write_mix_tracks

MADE = BuildInfo("1.2.3", date(2026, 3, 1))
WHOLE = workout(60)
CUTS = (0, 14_501, 30_000, 30_024, 47_777, WHOLE.duration_ms)
"""Odd moments: within a word, a frame after another, none on a border of frames."""


def chapters(*cuts: int) -> tuple[Mark, ...]:
    pairs = pairwise(cuts)
    return tuple(
        Mark(f"{n}/9 Squat: set {n}?", start, end, Context("squat", n, 9, name="Squat/Thrust"))
        for n, (start, end) in enumerate(pairs, 1)
    )


TIMELINE = WHOLE._replace(title="Legs & more", chapters=chapters(*CUTS))


def decoded(path: Path) -> np.ndarray:
    return soundfile.read(io.BytesIO(path.read_bytes()))[0]


@pytest.fixture(scope="module")
def cache() -> MemoryCache:
    return MemoryCache()


@pytest.fixture(scope="module")
def tracks(tmp_path_factory, cache) -> list[Path]:
    folder = tmp_path_factory.mktemp("tracks")
    parts = [Track(folder / f"{m.start_ms}.mp3", m.start_ms, m.end_ms) for m in TIMELINE.chapters]
    write_mix_tracks(parts, TIMELINE, cache=cache)
    return [part.target for part in parts]


def test_every_track_is_as_long_as_its_chapter(tracks):
    lengths = [len(decoded(track)) for track in tracks]
    assert lengths == [(m.end_ms - m.start_ms) * SAMPLES_PER_MS for m in TIMELINE.chapters]


def test_joined_the_tracks_are_the_single_file(tracks, cache, tmp_path):
    single = tmp_path / "single.mp3"
    write_mix(single, TIMELINE, cache=cache)
    whole, joined = decoded(single), np.concatenate([decoded(track) for track in tracks])
    assert len(joined) == len(whole)
    difference = joined - whole
    assert np.sqrt(np.mean(difference**2)) < np.sqrt(np.mean(whole**2)) / 20
    for cut in CUTS[1:-1]:
        around = slice((cut - 30) * SAMPLES_PER_MS, (cut + 30) * SAMPLES_PER_MS)
        loudest = np.abs(whole[around]).max()
        # The noise beneath everything is another one in each track: 0.006 at most.
        assert np.abs(difference[around]).max() < max(loudest / 3, 0.006), f"a click at {cut} ms"


def test_the_same_tracks_are_the_same_bytes(tracks, cache, tmp_path):
    parts = [
        Track(tmp_path / t.name, m.start_ms, m.end_ms)
        for t, m in zip(tracks, TIMELINE.chapters, strict=True)
    ]
    again = write_mix_tracks(parts, TIMELINE, cache=cache)
    assert sum(each.encoded for each in again) == 0
    assert [part.target.read_bytes() for part in parts] == [t.read_bytes() for t in tracks]


@given(st.integers(0, 59_000), st.integers(1, 2_000))
def test_an_excerpt_has_every_sample_of_its_stretch_and_no_event_beyond(start, lasts):
    takes = gain_clips(WHOLE, CLIPS)
    part = cut_excerpt(WHOLE, takes, start, start + lasts)
    heard = {event.start_ms + start for event in part.events}
    for event in WHOLE.events:
        first = event.start_ms - LEAD
        inside = first < start + lasts and event.end_ms > start
        if inside:
            assert event.start_ms in heard
    assert plan_islands(part, takes).samples == lasts * SAMPLES_PER_MS
    assert all(-3_000 < e.start_ms < lasts + LEAD for e in part.events)


def test_a_track_that_cannot_stand_leaves_the_others(tmp_path, cache):
    parts = [Track(tmp_path / "a.mp3", 0, 500), Track(tmp_path / "no/b.mp3", 500, 900)]
    with pytest.raises(OutputError):
        write_mix_tracks(parts, TIMELINE, cache=cache)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


# The folder


def split(folder, cache, by="set") -> Path:
    write_mix_tracks(publish.plan_tracks(TIMELINE, folder, MADE, by, cache), TIMELINE, cache=cache)
    return publish.write_playlist(TIMELINE, folder, by)


def test_a_folder_of_numbered_tracks_with_a_playlist(cache, tmp_path):
    playlist = split(tmp_path / "legs", cache)
    lines = playlist.read_text("utf-8").splitlines()
    assert lines[:4] == [
        "#EXTM3U",
        "#PLAYLIST:Legs & more",
        "#EXTINF:15,1/9 Squat: set 1?",
        "01 Squat-Thrust, Set 1 of 9.mp3",
    ]
    names = [line for line in lines if not line.startswith("#")]
    assert sorted(path.name for path in (tmp_path / "legs").iterdir()) == [*names, playlist.name]
    assert sum(len(decoded(tmp_path / "legs" / name)) for name in names) == (
        TIMELINE.duration_ms * SAMPLES_PER_MS
    )


def test_the_tags_of_tracks(cache, tmp_path):
    split(tmp_path / "legs", cache)
    tag = mutagen.id3.ID3(tmp_path / "legs/02 Squat-Thrust, Set 2 of 9.mp3")
    assert (str(tag["TALB"]), str(tag["TRCK"]), str(tag["TIT2"])) == (
        "Legs & more",
        "2/5",
        "2/9 Squat: set 2?",
    )
    assert str(tag["TLEN"]) == str(CUTS[2] - CUTS[1])
    assert tag["APIC:"].data.startswith(b"\xff\xd8\xff")
    assert "[00:00.00]2/9 Squat" in tag["USLT::eng"].text


def test_tracks_of_an_older_playlist_are_removed_and_nothing_else(cache, tmp_path):
    folder = tmp_path / "legs"
    split(folder, cache)
    (folder / "99 mine.mp3").write_bytes(b"mine")
    (folder / "notes.txt").write_text("mine")
    (tmp_path / "00 outside.mp3").write_bytes(b"mine")
    playlist = folder / "legs.m3u8"
    playlist.write_text(playlist.read_text("utf-8") + "notes.txt\n../00 outside.mp3\n", "utf-8")
    split(folder, cache, by="none")
    assert sorted(path.name for path in folder.iterdir()) == [
        "01 Squat-Thrust, Set 1 of 9.mp3",
        "99 mine.mp3",
        "legs.m3u8",
        "notes.txt",
    ]
    assert (tmp_path / "00 outside.mp3").exists()


def test_a_file_where_the_folder_should_be_is_told(cache, tmp_path):
    (tmp_path / "legs").write_text("")
    with pytest.raises(OutputError, match="legs"):
        split(tmp_path / "legs", cache)


@given(st.text(max_size=200))
def test_any_title_is_a_file_name_on_any_system(title):
    name = publish.file_name(title)
    assert 1 <= len(name) <= publish.LONGEST_TRACK_NAME
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.strip(" .")


# Files beside the MP3


def test_files_beside_the_mp3_bear_its_name(tmp_path):
    written = publish.write_sidecars(TIMELINE, tmp_path / "my.legs.MP3", publish.ENDINGS)
    assert [path.name for path in written] == [
        "my.legs.lrc",
        "my.legs.vtt",
        "my.legs.cue",
        "my.legs.json",
        "my.legs.chapters.json",
    ]
    assert 'FILE "my.legs.MP3" MP3' in (tmp_path / "my.legs.cue").read_text("utf-8")


@pytest.mark.parametrize("name", ["x.mp3", "x", "x.json", "x.chapters.json", ".mp3", "x.MP3"])
def test_a_file_beside_the_mp3_never_takes_its_place(name, tmp_path):
    target = tmp_path / name
    assert target not in {publish.sidecar_path(target, each) for each in publish.ENDINGS}


def test_a_folder_in_the_way_of_a_file_is_told_before_the_work(tmp_path):
    (tmp_path / "x.lrc").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        publish.check_sidecars(tmp_path / "x.mp3", ["lrc"])
