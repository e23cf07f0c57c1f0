"""The server: what it hands out, and what it keeps to itself. All traffic stays on loopback."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.sharing import feed, pages, workouts
from audioworkout.sharing.server import (
    MOST_CONNECTIONS,
    SAFETY,
    Server,
    is_own_host,
    parse_byte_range,
    requested_name,
)
from audioworkout.sharing.site import Site
from audioworkout.sharing.workouts import WorkoutFolder
from shared import TIMELINE, mp3_with

TOKEN = "s3cret_token-1"
SOUND = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    (folder / "Hip dips & <co>.mp3").write_bytes(mp3_with(TIMELINE, SOUND))
    (folder / "notes.txt").write_text("private")
    (folder / "foreign.mp3").write_bytes(SOUND)
    (folder / ".hidden.mp3").write_bytes(mp3_with(TIMELINE, SOUND))
    (folder / "below").mkdir()
    (folder / "below/deep.mp3").write_bytes(mp3_with(TIMELINE, SOUND))
    outside = tmp_path_factory.mktemp("outside") / "secret.mp3"
    outside.write_bytes(mp3_with(TIMELINE, SOUND))
    (folder / "link.mp3").symlink_to(outside)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    drawn = b"\xff\xd8\xff picture \xff\xd9"
    site = Site(WorkoutFolder(folder), lambda face, size: drawn)
    with Server(("127.0.0.1", 0), site, TOKEN) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


NAME = "Hip%20dips%20%26%20%3Cco%3E"


@pytest.fixture
def ask(server):
    """Ask for something; gives status, headers and body."""

    def asked(path, method="GET", host=None, **headers):
        port = server.server_address[1]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
            line.putrequest(method, path, skip_host=True)
            if host != "":
                line.putheader("Host", host or f"127.0.0.1:{port}")
            for name, value in headers.items():
                line.putheader(name.replace("_", "-"), value)
            line.endheaders()
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    return asked


# What is handed out


def test_the_page_lists_workouts_and_runs_nothing(ask):
    status, headers, body = ask(f"/{TOKEN}/")
    text = body.decode()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert f'href="{NAME}.html"' in text
    assert "&lt;co&gt;" in text or TIMELINE.title in text
    assert "<script" not in text
    assert "foreign" not in text
    assert "deep" not in text


def test_every_link_of_the_page_leads_somewhere(ask):
    text = ask(f"/{TOKEN}/")[2].decode()
    links = set(re.findall(r'(?:href|src)="([^"]+)"', text))
    assert {f"{NAME}.html", f"{NAME}.mp3", f"{NAME}.jpg", "feed.jpg", "feed.xml"} <= links
    apps = {link for link in links if "://" in link}
    assert {link.partition("://")[0] for link in apps} == {scheme for _, scheme in pages.APPS}
    assert all(link.endswith(f"/{TOKEN}/feed.xml") for link in apps)
    for link in links - apps:
        assert ask(f"/{TOKEN}/{link}", "HEAD")[0] == 200, link


def test_the_feed_refers_to_what_is_there(ask, server):
    status, headers, body = ask(f"/{TOKEN}/feed.xml")
    assert (status, headers["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    base = f"http://127.0.0.1:{server.server_address[1]}"
    urls = set(re.findall(r'(?:url|href)="(http[^"]+)"', body.decode()))
    assert len(urls) == 6
    for url in urls:
        assert url.startswith(f"{base}/{TOKEN}/")
        assert ask(url.removeprefix(base), "HEAD")[0] == 200, url


def test_what_goes_with_a_workout(ask, server, tmp_path):
    status, headers, body = ask(f"/{TOKEN}/{NAME}.mp3")
    assert (status, headers["Content-Type"], body[-len(SOUND) :]) == (200, "audio/mpeg", SOUND)
    _, headers, body = ask(f"/{TOKEN}/{NAME}.chapters.json")
    assert headers["Content-Type"] == "application/json+chapters"
    shown = json.loads(body)["chapters"]
    assert len(shown) == len(TIMELINE.chapters)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    for chapter in shown:
        status, headers, _ = ask(chapter["img"].removeprefix(base))
        assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert ask(f"/{TOKEN}/{NAME}.chapter.99.jpg")[0] == 404
    (tmp_path / "x.vtt").write_bytes(ask(f"/{TOKEN}/{NAME}.vtt")[2])
    assert len(webvtt.read(str(tmp_path / "x.vtt"))) > 100
    page = ask(f"/{TOKEN}/{NAME}.html")[2].decode()
    assert f'src="{NAME}.mp3"' in page


def test_a_workout_added_later_is_there_at_once(ask, folder):
    late = folder / "late.mp3"
    assert ask(f"/{TOKEN}/late.mp3")[0] == 404
    late.write_bytes(mp3_with(TIMELINE, SOUND))
    try:
        assert ask(f"/{TOKEN}/late.mp3")[0] == 200
    finally:
        late.unlink()
    assert ask(f"/{TOKEN}/late.mp3")[0] == 404


def test_head_is_get_without_the_body(ask):
    whole, head = (ask(f"/{TOKEN}/{NAME}.mp3", method) for method in ("GET", "HEAD"))
    assert head[2] == b""
    assert {**head[1], "Date": ""} == {**whole[1], "Date": ""}
    assert int(head[1]["Content-Length"]) == len(whole[2])


# Ranges


def test_a_part_of_the_sound(ask):
    whole = ask(f"/{TOKEN}/{NAME}.mp3")[2]
    size = len(whole)
    for asked, start, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=-50", size - 50, size),
        (f"bytes={size - 1}-", size - 1, size),
        (f"bytes=10-{size * 9}", 10, size),
    ):
        status, headers, body = ask(f"/{TOKEN}/{NAME}.mp3", Range=asked)
        assert (status, body) == (206, whole[start:end])
        assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{size}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=5-2", "bytes=-", "nonsense"]
)
def test_other_ranges_are_answered_with_the_whole(ask, asked):
    assert ask(f"/{TOKEN}/{NAME}.mp3", Range=asked)[0] == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_416(ask, asked):
    status, headers, _ = ask(f"/{TOKEN}/{NAME}.mp3", Range=asked)
    size = len(mp3_with(TIMELINE, SOUND))
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")


def test_if_range_guards_against_a_changed_file(ask):
    tag = ask(f"/{TOKEN}/{NAME}.mp3", "HEAD")[1]["ETag"]
    assert ask(f"/{TOKEN}/{NAME}.mp3", Range="bytes=0-9", If_Range=tag)[0] == 206
    assert ask(f"/{TOKEN}/{NAME}.mp3", Range="bytes=0-9", If_Range='"old"')[0] == 200


def test_what_is_known_is_not_sent_again(ask):
    for name in (f"{NAME}.mp3", "feed.xml", ""):
        tag = ask(f"/{TOKEN}/{name}", "HEAD")[1]["ETag"]
        status, _, body = ask(f"/{TOKEN}/{name}", If_None_Match=f'"x", W/{tag}')
        assert (status, body) == (304, b"")


@given(st.integers(0, 200), st.integers(0, 200) | st.none(), st.integers(0, 200) | st.none())
def test_a_part_is_what_slicing_gives(size, first, last):
    asked = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    part = parse_byte_range(asked, size)
    if isinstance(part, tuple):
        start, end = part
        assert 0 <= start < end <= size
        if first is not None:
            assert start == first
            assert end == (size if last is None else min(size, last + 1))


# What is kept to itself


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/feed.xml",
        "/favicon.ico",
        "/guess/",
        f"/{TOKEN}",
        f"/{TOKEN}x/",
        f"/{TOKEN}/notes.txt",
        f"/{TOKEN}/foreign.mp3",
        f"/{TOKEN}/.hidden.mp3",
        f"/{TOKEN}/link.mp3",
        f"/{TOKEN}/below/deep.mp3",
        f"/{TOKEN}/below%2fdeep.mp3",
        f"/{TOKEN}/below%5Cdeep.mp3",
        f"/{TOKEN}/../notes.txt",
        f"/{TOKEN}/..",
        f"/{TOKEN}/%2e%2e/notes.txt",
        f"/{TOKEN}/..%2fnotes.txt",
        f"/{TOKEN}/..%252fnotes.txt",
        f"/{TOKEN}/%00",
        f"/{TOKEN}/%ff%fe",
        f"/{TOKEN}/./{NAME}.mp3",
        f"/x/../{TOKEN}/{NAME}.mp3",
        f"/{TOKEN}/" + "a" * 5_000,
        f"http://127.0.0.1/{TOKEN}/",
    ],
)
def test_everything_else_does_not_exist(ask, path):
    status, _, body = ask(path)
    assert status == 404
    assert b"private" not in body
    assert TOKEN.encode() not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_other_methods_are_not_allowed(ask, method):
    status, headers, _ = ask(f"/{TOKEN}/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1:1", "127.0.0.2", "a@127.0.0.1", "["]
)
def test_a_host_that_is_not_this_computer_is_refused(ask, server, host):
    port = server.server_address[1]
    for name in {host, host + f":{port}" if host and ":" not in host else host}:
        status, _, body = ask(f"/{TOKEN}/", host=name)
        assert (status, body) == (421, b"421 Misdirected Request\n")


def test_this_computers_names_are_its_own(ask, server):
    assert ask(f"/{TOKEN}/", host=f"LocalHost:{server.server_address[1]}")[0] == 200
    assert is_own_host("[::1]:80", "::1", 80, frozenset())
    assert is_own_host("box.local", "10.0.0.2", 80, frozenset({"box.local"}))
    assert not is_own_host("10.0.0.2", "10.0.0.2", 8080, frozenset())


@pytest.mark.parametrize("path", ["/", f"/{TOKEN}/", f"/{TOKEN}/feed.xml"])
def test_every_answer_carries_the_safety_headers(ask, path):
    headers = ask(path)[1]
    assert SAFETY.items() <= headers.items()
    assert headers["Server"] == "audioworkout"


@pytest.mark.parametrize(
    "said",
    [b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"a" * 70_000, b"\x00\xff\r\n\r\n"],
)
def test_malformed_requests_are_refused_and_the_server_lives(server, ask, said):
    with socket.create_connection(server.server_address, timeout=5) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    assert not answer or re.match(rb"HTTP/1.1 (400|414|505|404|405|421) ", answer)
    assert ask(f"/{TOKEN}/")[0] == 200


def test_a_reader_that_leaves_is_not_an_error(server, ask, capsys):
    with socket.create_connection(server.server_address, timeout=5) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.sendall(f"GET /{TOKEN}/{NAME}.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert ask(f"/{TOKEN}/")[0] == 200
    assert capsys.readouterr().err == ""


def test_the_token_stays_out_of_the_log(server, ask):
    lines = []
    server.note = lines.append
    ask(f"/{TOKEN}/?{TOKEN}")
    assert lines
    assert not [line for line in lines if TOKEN in line]


@given(st.text(max_size=40))
def test_any_path_is_a_name_or_nothing(path):
    name = requested_name(path, TOKEN)
    assert name is None or path.startswith(f"/{TOKEN}/")
    assert name is None or "/" not in name


def test_a_link_put_in_the_place_of_a_file_is_not_followed(folder, tmp_path):
    file = tmp_path / "a.mp3"
    file.write_bytes(mp3_with(TIMELINE, SOUND))
    [workout] = WorkoutFolder(tmp_path).workouts()
    file.unlink()
    file.symlink_to(folder / "notes.txt")
    with pytest.raises(OSError):
        workout.open()


def test_a_tag_is_read_once_for_as_long_as_the_file_stays(tmp_path):
    file = tmp_path / "a.mp3"
    file.write_bytes(mp3_with(TIMELINE, SOUND))
    shelf = WorkoutFolder(tmp_path)
    first, again = shelf.workouts(), shelf.workouts()
    assert first[0].timeline is again[0].timeline
    file.write_bytes(mp3_with(TIMELINE, SOUND + b"x"))
    os.utime(file, ns=(1, 2))
    assert shelf.workouts()[0].timeline is not first[0].timeline


def test_a_folder_that_is_not_there_is_empty():
    assert WorkoutFolder(Path("/nowhere/at/all")).workouts() == []


# What many, or somebody's file, could do to it


def test_files_that_go_away_while_they_are_listed_are_left_out(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / f"{name}.mp3").write_bytes(mp3_with(TIMELINE, SOUND))
    is_sound, open_plain = workouts._is_mp3_entry, workouts.open_plain

    def gone_when_looked_at(entry):
        if entry.name == "a.mp3":
            Path(entry.path).unlink()
        return is_sound(entry)

    def gone_when_opened(path):
        if path.name == "b.mp3":
            path.unlink()
        return open_plain(path)

    monkeypatch.setattr(workouts, "_is_mp3_entry", gone_when_looked_at)
    monkeypatch.setattr(workouts, "open_plain", gone_when_opened)
    assert [each.stem for each in WorkoutFolder(tmp_path).workouts()] == ["c"]


def test_the_feed_and_the_list_are_kept_until_a_file_changes(tmp_path, monkeypatch):
    file = tmp_path / "a.mp3"
    file.write_bytes(mp3_with(TIMELINE, SOUND))
    site = Site(WorkoutFolder(tmp_path), lambda face, size: b"")
    made = []
    for module, name in ((feed, "render_feed"), (pages, "render_index")):
        render = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *given, render=render: made.append(1) or render(*given)
        )

    def ask_both(base):
        return [site.resource(name, base).tag for name in ("feed.xml", "")]

    first = ask_both("http://a/")
    assert ask_both("http://a/") == first
    assert len(made) == 2
    assert ask_both("http://b/") != first
    assert ask_both("http://a/") == first
    assert len(made) == 4
    (tmp_path / "b.mp3").write_bytes(file.read_bytes())
    assert ask_both("http://a/") != first
    (tmp_path / "b.mp3").unlink()
    assert ask_both("http://a/") == first
    os.utime(file, ns=(1, 2))
    assert ask_both("http://a/")[0] != first[0]
    assert len(made) == 10


def test_few_addresses_are_kept(tmp_path):
    site = Site(WorkoutFolder(tmp_path), lambda face, size: b"")
    for number in range(100):
        site.resource("feed.xml", f"http://{number}/")
    assert len(site._episodes._made) <= 8


def test_silent_connections_make_room_for_others(server, ask):
    silent = [socket.create_connection(server.server_address, timeout=5) for _ in range(100)]
    try:
        assert ask(f"/{TOKEN}/")[0] == 200
        assert len(server._open) <= MOST_CONNECTIONS
        silent[-1].sendall(f"GET /{TOKEN}/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert silent[-1].recv(100)  # the youngest is still open
        assert silent[0].recv(100) == b""
    finally:
        for line in silent:
            line.close()


def test_connections_that_are_answered_are_not_closed_for_others(folder):
    go_on = threading.Event()

    class Slow(Site):
        def resource(self, name, base):
            go_on.wait(10)
            return super().resource(name, base)

    lines, notes = [], []
    site = Slow(WorkoutFolder(folder), lambda face, size: b"")
    with Server(("127.0.0.1", 0), site, TOKEN, note=notes.append) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        port = server.server_address[1]
        words = f"GET /{TOKEN}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        try:
            for _ in range(MOST_CONNECTIONS):
                lines.append(socket.create_connection(server.server_address, timeout=10))
                lines[-1].sendall(words)
            until = time.monotonic() + 10
            while not all(server._open.values()) or len(server._open) < MOST_CONNECTIONS:
                assert time.monotonic() < until
                time.sleep(0.01)
            lines.append(socket.create_connection(server.server_address, timeout=10))
            assert lines[-1].recv(100) == b""  # one too many
            go_on.set()
            assert all(b" 200 " in line.recv(100) for line in lines[:-1])
        finally:
            go_on.set()
            for line in lines:
                line.close()
            server.shutdown()
            thread.join()
    assert any("too many" in note for note in notes)
