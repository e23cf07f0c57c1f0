"""Tags: written by ours, read back by mutagen, and their order read from the bytes."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3

from audioworkout.tagging.id3 import MOST_CHAPTERS, ChapterTag, Picture, Tag, encode_tag

JPEG = Picture(b"\xff\xd8\xff\xe0 not really a picture \xff\xd9")
FULL = Tag(
    title="Hip dips · ½ hour 💪",
    artist="audioworkout",
    album="Lower body",
    date=datetime.date(2026, 3, 9),
    genre="Fitness",
    length=1_500_000,
    language="de",
    comment="espeak-ng en-us 150 wpm",
    texts={"routine": "hip-dips", "größe": "1"},
    lyrics="Los\nZwei",
    picture=JPEG,
    chapters=(
        ChapterTag("Intro", 0, 9_000),
        ChapterTag("1/10 A rather longer title · left · set 1/3", 9_000, 60_000, JPEG),
        ChapterTag("B", 60_000, 4_294_967_294),
    ),
)


@pytest.fixture
def read(tmp_path):
    def reader(tag):
        file = tmp_path / "tag.mp3"
        file.write_bytes(encode_tag(tag))
        return ID3(file, translate=False)

    return reader


def frames(data):
    """(name, body) of each frame, read without any library."""
    assert data[:6] == b"ID3\x03\x00\x00"
    size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    assert size == len(data) - 10
    at, found = 10, []
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "big")
        found.append((data[at : at + 4].decode(), data[at + 10 : at + 10 + length]))
        at += 10 + length
    return found


def test_every_field_is_read_back(read):
    tag = read(FULL)
    assert tag.version == (2, 3, 0)
    texts = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TCON")}
    assert texts == {
        "TIT2": FULL.title,
        "TPE1": "audioworkout",
        "TALB": "Lower body",
        "TYER": "2026",
        "TDAT": "0903",
        "TCON": "Fitness",
    }
    assert str(tag["TLEN"]) == "1500000"
    assert str(tag["TXXX:routine"]) == "hip-dips"
    assert str(tag["TXXX:größe"]) == "1"
    assert str(tag["COMM::deu"]) == FULL.comment
    assert str(tag["USLT::deu"]) == FULL.lyrics
    assert (tag["APIC:"].data, tag["APIC:"].mime, tag["APIC:"].type) == (JPEG.data, JPEG.mime, 3)


def test_chapters_are_read_back(read):
    tag = read(FULL)
    contents = tag["CTOC:toc"]
    assert contents.flags == 3
    assert contents.child_element_ids == ["chp000", "chp001", "chp002"]
    chapters = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [(c.start_time, c.end_time) for c in chapters] == [
        (c.start, c.end) for c in FULL.chapters
    ]
    assert {(c.start_offset, c.end_offset) for c in chapters} == {(0xFFFFFFFF, 0xFFFFFFFF)}
    assert [str(c.sub_frames["TIT2"]) for c in chapters] == [c.title for c in FULL.chapters]
    assert chapters[1].sub_frames["APIC:"].data == JPEG.data


def test_frames_stand_in_the_order_of_time():
    found = frames(encode_tag(FULL))
    names = [name for name, _ in found]
    assert names[:7] == ["TIT2", "TPE1", "TALB", "TYER", "TDAT", "TCON", "TLEN"]
    assert names[7:] == ["COMM", "TXXX", "TXXX", "USLT", "APIC", "CTOC", "CHAP", "CHAP", "CHAP"]
    assert [body[:6] for name, body in found if name == "CHAP"] == [b"chp000", b"chp001", b"chp002"]


def test_what_is_empty_is_left_out():
    assert [name for name, _ in frames(encode_tag(Tag("only")))] == ["TIT2"]


def test_the_most_chapters_there_can_be(read):
    chapters = tuple(ChapterTag(str(n), n, n + 1) for n in range(MOST_CHAPTERS))
    assert len(read(Tag("t", chapters=chapters))["CTOC:toc"].child_element_ids) == MOST_CHAPTERS
    with pytest.raises(ValueError, match="at most 255"):
        encode_tag(Tag("t", chapters=(*chapters, chapters[0])))


@pytest.mark.parametrize(("language", "code"), [("en-us", "eng"), ("FR", "fra"), ("tlh", "und")])
def test_languages(read, language, code):
    assert f"COMM::{code}" in read(Tag("t", comment="c", language=language))


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_any_title_is_the_same_bytes_and_well_formed(title):
    tag = Tag(title, chapters=(ChapterTag(title, 0, 1),))
    assert encode_tag(tag) == encode_tag(tag)
    name, body = frames(encode_tag(tag))[0]
    assert (name, body[:3]) == ("TIT2", b"\x01\xff\xfe")
    assert body[3:].decode("utf-16-le") == title


def test_a_lone_surrogate_does_not_stop_a_build():
    assert b"a\0?\0" in encode_tag(Tag("a\ud800"))
