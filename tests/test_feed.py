"""The feed, against a validator written from the specifications, and the commands around it.

RSS 2.0 (rssboard.org), Apple's podcast requirements, the podcast namespace's own documents.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import threading
import urllib.request
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
import segno

from audioworkout.cli import main as cli
from audioworkout.cli import play, serve
from audioworkout.cli.screen import Screen
from audioworkout.encoding.frames import frame_header, info_frame
from audioworkout.errors import BuildError, UsageError
from audioworkout.sharing import feed
from audioworkout.sharing.workouts import WorkoutFolder
from shared import TIMELINE, mp3_with

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert('1')</script>&amp;\x00\x1b\ud800\uffff ]]> \"q\""


def episode(**changes) -> feed.Episode:
    fields = {
        "title": "Hip dips",
        "summary": "28:00 · Squat",
        "guid": "abc",
        "language": "en",
        "published": 1_772_323_200 * 10**9,
        "lasts": 1_680_400,
        "size": 20_000_000,
        **{
            name: f"https://example.org/w/x.{name}"
            for name in ("audio", "page", "picture", "chapters", "transcript")
        },
    }
    return feed.Episode(**(fields | changes))


def feed_of(*episodes: feed.Episode, **changes) -> str:
    base = "https://example.org/w/"
    fields = {
        "title": "Workouts",
        "description": "They count with you.",
        "language": "en",
        "url": base + "feed.xml",
        "page": base,
        "picture": base + "feed.jpg",
        "episodes": episodes,
    }
    return feed.render_feed(feed.Feed(**(fields | changes)))


def the(parent, name):
    """The one child of a name."""
    found = parent.findall(name)
    assert len(found) == 1, f"{name}: {len(found)} times"
    return found[0]


def a_url(text):
    assert re.fullmatch(r"https?://[\x21-\x7e]+", text), text
    return text


def validate(text: str) -> None:
    """Everything the three documents demand of a podcast."""
    root = ElementTree.fromstring(text)
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    channel = the(root, "channel")
    for name in ("title", "description", "language"):
        assert the(channel, name).text
    a_url(the(channel, "link").text)
    assert re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", the(channel, "language").text, re.I)
    own = the(channel, f"{ATOM}link").attrib
    assert (own["rel"], own["type"]) == ("self", "application/rss+xml")
    a_url(own["href"])
    assert a_url(the(channel, f"{ITUNES}image").get("href")).endswith((".jpg", ".png"))
    assert the(channel, f"{ITUNES}category").get("text") == "Health & Fitness"
    assert the(the(channel, f"{ITUNES}category"), f"{ITUNES}category").get("text") == "Fitness"
    assert the(channel, f"{ITUNES}explicit").text in ("true", "false")
    assert the(channel, f"{ITUNES}block").text == "Yes"
    assert the(channel, f"{PODCAST}locked").text in ("yes", "no")
    items = channel.findall("item")
    assert len({the(item, "guid").text for item in items}) == len(items)
    for item in items:
        validate_item(item)


def validate_item(item) -> None:
    assert the(item, "title").text
    assert the(item, "guid").get("isPermaLink") == "false"
    assert parsedate_to_datetime(the(item, "pubDate").text).tzinfo is not None
    enclosure = the(item, "enclosure").attrib
    assert set(enclosure) == {"url", "length", "type"}
    a_url(enclosure["url"])
    assert int(enclosure["length"]) > 0
    assert enclosure["type"] == "audio/mpeg"
    assert re.fullmatch(r"\d+", the(item, f"{ITUNES}duration").text)
    a_url(the(item, f"{ITUNES}image").get("href"))
    assert the(item, f"{ITUNES}episodeType").text in ("full", "trailer", "bonus")
    chapters = the(item, f"{PODCAST}chapters").attrib
    assert chapters["type"] == "application/json+chapters"
    a_url(chapters["url"])
    transcript = the(item, f"{PODCAST}transcript").attrib
    assert (transcript["type"], transcript["rel"]) == ("text/vtt", "captions")
    a_url(transcript["url"])


def test_a_feed_is_valid():
    text = feed_of(episode(), episode(guid="b", title="Arms"))
    validate(text)
    validate(feed_of())


def test_the_validator_can_fail():
    with pytest.raises(AssertionError, match="guid"):
        validate(feed_of(episode()).replace("<guid", "<guide").replace("</guid", "</guide"))
    with pytest.raises(AssertionError):
        validate(feed_of(episode(audio="no address")))


def test_feedparser_reads_the_same():
    parsed = feedparser.parse(feed_of(episode()).encode())
    assert not parsed.bozo
    assert (parsed.feed.title, parsed.feed.language) == ("Workouts", "en")
    [entry] = parsed.entries
    assert (entry.title, entry.id, entry.itunes_duration) == ("Hip dips", "abc", "1680")
    assert entry.published_parsed[:6] == (2026, 3, 1, 0, 0, 0)
    assert entry.enclosures[0].href == "https://example.org/w/x.audio"


def test_hostile_titles_stay_titles():
    text = feed_of(episode(title=HOSTILE, summary=HOSTILE), title=HOSTILE)
    validate(text)
    shown = the(ElementTree.fromstring(text)[0], "title").text
    assert shown.startswith("</title><script>alert('1')")
    assert "\x1b" not in shown


# The commands


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run_program(list(words))
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "cache"))
    output = tmp_path / "output"
    output.mkdir()
    (output / "hip dips.mp3").write_bytes(mp3_with(TIMELINE, b"sound" * 100))
    return output


def test_feed_writes_everything_it_refers_to(folder):
    assert run("feed", "--url", "https://example.org/w") == (0, "output/feed.xml\n", "")
    text = (folder / "feed.xml").read_text("utf-8")
    validate(text)
    names = {
        url.removeprefix("https://example.org/w/")
        for url in re.findall(r'(?:url|href)="(https://example[^"]+)"', text)
    }
    assert len(names) == 6
    for name in names:
        assert (folder / name.replace("%20", " ")).is_file(), name
    assert (folder / "feed.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    chapters = json.loads((folder / "hip dips.chapters.json").read_text("utf-8"))
    assert chapters["version"] == "1.2.0"
    for chapter in chapters["chapters"]:
        picture = chapter["img"].removeprefix("https://example.org/w/")
        assert (folder / picture.replace("%20", " ")).is_file(), picture


def guid_of(folder, tag_of=TIMELINE, sound=b"sound" * 100_000):
    """The guid of a workout in a fresh folder."""
    (folder / "a.mp3").write_bytes(mp3_with(tag_of, sound))
    (workout,) = WorkoutFolder(folder).workouts()
    return workout.guid


def test_a_guid_tells_recordings_apart_and_identical_builds_not(tmp_path):
    first = guid_of(tmp_path)
    assert guid_of(tmp_path) == first
    assert guid_of(tmp_path, sound=b"music" * 100_000) != first
    assert guid_of(tmp_path, sound=b"sound" * 100_001) != first
    assert guid_of(tmp_path, TIMELINE._replace(title="Another")) != first


def test_the_language_of_a_feed_is_that_of_most_workouts(folder):
    for number, language in enumerate(["de", "de", "fr"]):
        tagged = mp3_with(TIMELINE._replace(language=language), b"sound")
        (folder / f"{number}.mp3").write_bytes(tagged)
        os.utime(folder / f"{number}.mp3", (number + 2_000_000_000, number + 2_000_000_000))
    run("feed", "--url", "https://example.org/w")
    assert "<language>de</language>" in (folder / "feed.xml").read_text("utf-8")


def test_pictures_of_a_feed_are_as_large_as_a_directory_wants(folder):
    from PIL import Image

    run("feed", "--url", "https://example.org/w/")
    for name in ("feed.jpg", "hip dips.jpg"):
        picture = Image.open(folder / name)
        assert (picture.size, picture.mode) == ((1_400, 1_400), "RGB")
        assert (folder / name).stat().st_size < 500_000


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/", "https://", "https://x/?a"])
def test_feed_wants_an_address_of_the_web(folder, url):
    status, out, err = run("feed", "--url", url)
    assert (status, out) == (2, "")
    assert "https://example.org/workouts/" in err


def test_feed_of_nothing_is_told(folder):
    (folder / "hip dips.mp3").unlink()
    assert run("feed", "--url", "https://example.org/")[0] == 2
    assert run("feed", "nowhere", "--url", "https://example.org/")[0] == 2


def test_serve_prints_an_address_that_answers_and_ends_quietly(folder, monkeypatch):
    seen = {}

    def answer_once_then_interrupt(self, poll_interval):
        thread = threading.Thread(target=self.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{self.server_address[1]}/{self.token}/"
        with urllib.request.urlopen(url, timeout=5) as answer:
            seen[url] = answer.read().decode()
        thread.join()
        raise KeyboardInterrupt

    from audioworkout.sharing.server import Server

    monkeypatch.setattr(Server, "serve_forever", answer_once_then_interrupt)
    status, out, err = run("serve", "--port", "0")
    assert status == 0
    assert seen.keys() == {out.strip()}
    assert TIMELINE.title in seen[out.strip()]
    assert "--lan" in err
    assert "Traceback" not in err


def test_the_address_stays_the_same_until_a_new_one_is_wanted(tmp_path):
    screen = Screen(stream=io.StringIO())
    first = serve.load_token(tmp_path / "config", screen)
    assert serve.load_token(tmp_path / "config", screen) == first
    assert re.fullmatch(r"[\w-]{24}", first)
    assert serve.load_token(tmp_path / "config", screen, fresh=True) != first
    if sys.platform != "win32":
        assert (tmp_path / "config/share-token").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", ["", "short", "with/slash/and/more/of/it", "ü" * 24])
def test_a_secret_that_is_none_is_made_anew(tmp_path, kept):
    (tmp_path / "share-token").write_text(kept, "utf-8")
    token = serve.load_token(tmp_path, Screen(stream=io.StringIO()))
    assert token != kept
    assert re.fullmatch(r"[\w-]{24}", token)


def test_a_secret_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "config").write_text("a file")
    told = io.StringIO()
    assert serve.load_token(tmp_path / "config", Screen(stream=told))
    assert "another one next time" in told.getvalue()


def test_a_port_that_is_taken_is_told(folder):
    site = serve.open_site(folder)
    with (
        serve.open_server(site, "t" * 24, 0, False, serve.ignore_line) as server,
        pytest.raises(BuildError, match=f"port {server.server_address[1]}"),
    ):
        serve.open_server(site, "t" * 24, server.server_address[1], False, serve.ignore_line)


def test_a_computer_in_no_network_is_told(monkeypatch):
    class NoWay:
        def __init__(self, *kind):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def connect(self, address):
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(serve.socket, "socket", NoWay)
    with pytest.raises(BuildError, match="no network") as caught:
        serve.lan_address()
    assert "--lan" in caught.value.hint


def test_only_a_folder_is_served(folder):
    assert run("serve", "nowhere")[0] == UsageError.exit_code


def test_the_square_code_holds_the_address():
    text = "http://192.168.1.7:8421/abcdefghijklmnopqrstuvwx/"
    lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in serve.render_qr_code(text).splitlines()]
    pixels = [
        [[each in "▀█", each in "▄█"][half] for each in line] for line in lines for half in (0, 1)
    ]
    wanted = [
        [bool(each) for each in row] for row in segno.make(text, error="l").matrix_iter(border=4)
    ]
    assert pixels[: len(wanted)] == wanted
    assert max(map(len, lines)) <= 40


# Pages and pictures of the timeline


def test_a_page_beside_the_mp3(folder):
    assert run("page", "output/hip dips.mp3") == (0, "output/hip dips.html\n", "")
    text = (folder / "hip dips.html").read_text("utf-8")
    assert 'src="hip%20dips.mp3"' in text


def test_a_page_elsewhere_finds_its_sound(folder, tmp_path):
    (tmp_path / "site").mkdir()
    assert run("page", "output/hip dips.mp3", "-o", "site/x.html")[0] == 0
    assert 'src="../output/hip%20dips.mp3"' in (tmp_path / "site/x.html").read_text("utf-8")


def test_a_page_alone_carries_its_sound(folder):
    assert run("page", "--alone", "output/hip dips.mp3", "-o", "x.html") == (0, "x.html\n", "")
    assert "data:audio/mpeg;base64," in Path("x.html").read_text("utf-8")


@pytest.fixture
def sounding(folder) -> str:
    """The name of a workout whose sound can be read: a second of silence."""
    sound = info_frame(32, 44, 48_000) + (frame_header(32) + bytes(92)) * 44
    (folder / "legs.mp3").write_bytes(mp3_with(TIMELINE, sound))
    return "output/legs.mp3"


def test_a_plot_is_printed_or_written(sounding):
    status, out, err = run("plot", sounding)
    assert (status, err) == (0, "")
    assert ElementTree.fromstring(out).tag.endswith("svg")
    assert 'class="level"' in out
    assert run("plot", sounding, "-o", "x.svg") == (0, "x.svg\n", "")
    assert Path("x.svg").read_text("utf-8") == out
    assert run("plot", sounding, "-o", "x.PNG") == (0, "x.PNG\n", "")
    assert Path("x.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("command", "target"),
    [("plot", "x.jpg"), ("plot", "output"), ("page", "output"), ("page", "x.mp3")],
)
def test_what_cannot_be_written_there_is_told_before_anything_is_built(folder, command, target):
    status, out, err = run(command, "--engine", "ruler", "-o", target)
    assert (status, out) == (2, "")
    assert err.startswith(f"error: {target} is")
    assert [each.name for each in folder.iterdir()] == ["hip dips.mp3"]


PLANK = "title: Plank\nexercises: [{plank: 5s}]\n"


def test_a_routine_is_drawn_as_the_options_want_it_and_nothing_stays(folder):
    Path("plank.yaml").write_text(PLANK, "utf-8")
    status, out, err = run("plot", "plank.yaml", "--engine", "ruler", "--sets", "2")
    assert status == 0, err
    assert "2 × hold 5 s" in out
    assert [each.name for each in folder.iterdir()] == ["hip dips.mp3"]


def test_a_routine_is_played_as_the_options_want_it_and_nothing_stays(folder, monkeypatch):
    shown = []
    monkeypatch.setattr(
        play, "show_player", lambda deck, board, terminal: shown.append(board.timeline)
    )
    Path("plank.yaml").write_text(PLANK, "utf-8")
    words = ("plank.yaml", "--engine", "ruler", "--sets", "2")
    assert run("play", "--mute", *words)[0] == 0
    assert [mark.context.sets for mark in shown[0].chapters] == [None, 2, 2, None]
    assert [each.name for each in folder.iterdir()] == ["hip dips.mp3"]


def test_a_page_of_a_routine_has_its_sound_beside_it(folder):
    Path("plank.yaml").write_text(PLANK, "utf-8")
    words = ("page", "plank.yaml", "--engine", "ruler", "--sets", "2")
    assert run(*words)[:2] == (0, "output/plank.html\n")
    assert "Set 2" in (folder / "plank.html").read_text("utf-8")
    assert (folder / "plank.mp3").exists()


@pytest.mark.parametrize("command", ["page", "plot", "play"])
def test_of_sound_files_an_mp3_is_wanted(folder, command):
    status, out, err = run(command, "x.Flac")
    assert (status, out) == (2, "")
    assert "Name an MP3" in err


@pytest.mark.parametrize("command", ["page", "plot", "play"])
def test_what_is_made_cannot_be_made_otherwise(folder, command):
    status, out, err = run(command, "output/hip dips.mp3", "--sets", "2")
    assert (status, out) == (2, "")
    assert "made already" in err


@pytest.mark.parametrize("command", ["page", "plot"])
def test_only_our_own_mp3_files_tell_what_is_in_them(folder, command):
    Path("other.mp3").write_bytes(b"\xff\xfb\x74\xc4")
    for name in ("other.mp3", "missing.mp3"):
        status, out, err = run(command, name)
        assert (status, out) == (2, "")
        assert name in err
        assert "audioworkout build" in err
