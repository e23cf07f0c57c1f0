"""What an import must never do: fetch too much, wait too long, unpack a bomb, or half-write."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioworkout.cli.importing import import_workout
from audioworkout.errors import UsageError
from audioworkout.importing import (
    ImportOptions,
    Source,
    SourceError,
    fetching,
    import_document,
    read_document,
)
from audioworkout.importing.documents import LARGEST_SOURCE, reads_as_article
from audioworkout.importing.fetching import MOST_REDIRECTS, Fetcher, FetchError
from audioworkout.reading import Folders

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from _documents import make_docx, make_pdf, zip_document  # noqa: E402 - beside the package

WORKOUT = "Squats: 3 x 12\nPush-ups: 3 x 10\nPlank: 2 x 30 seconds\n"


class Page(http.server.BaseHTTPRequestHandler):
    """Answers that a server should not give."""

    def do_GET(self) -> None:
        with contextlib.suppress(OSError):  # the other side hangs up, as it should
            getattr(self, f"send_{self.path.strip('/').partition('-')[0]}")()

    def send_page(self) -> None:
        self._head(200, ("Content-Type", "text/plain; charset=iso-8859-1"))
        self.wfile.write("Übungen: Liegestütze 3x10".encode("iso-8859-1"))

    def send_large(self) -> None:
        self._head(200, ("Content-Length", str(LARGEST_SOURCE + 1)))

    def send_endless(self) -> None:
        self._head(200)
        while True:
            self.wfile.write(b"squats " * 20_000)

    def send_slow(self) -> None:
        self._head(200)
        for _ in range(50):
            self.wfile.write(b"s")
            time.sleep(0.05)

    def send_drips(self) -> None:
        for sign in b"HTTP/1.0 200 OK\r\nX-Drip: " + b"a" * 50:
            self.wfile.write(bytes([sign]))
            time.sleep(0.05)

    def send_bomb(self) -> None:
        self._head(200, ("Content-Encoding", "gzip"))
        self.wfile.write(gzip.compress(b"a" * (LARGEST_SOURCE + 2)))

    def send_loop(self) -> None:
        self._head(302, ("Location", f"/loop-{time.monotonic_ns()}"))

    def send_private(self) -> None:
        self._head(302, ("Location", "http://10.0.0.1/secret"))

    def send_file(self) -> None:
        self._head(302, ("Location", "file:///etc/passwd"))

    def send_login(self) -> None:
        self._head(401)

    def _head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


def fetch(url: str, wait: float = 20.0) -> Source:
    return Fetcher(time.monotonic, allow_private=True, longest_wait=wait).fetch(url)


def test_a_page_is_read_in_the_charset_that_the_server_tells(server: str) -> None:
    page = fetch(f"{server}/page")
    assert [line.text for line in read_document(page).lines] == ["Übungen: Liegestütze 3x10"]


@pytest.mark.parametrize("path", ["large", "endless", "bomb"])
def test_a_page_of_more_than_ten_megabytes_is_not_read_on(server: str, path: str) -> None:
    with pytest.raises(FetchError, match="larger than 10 MB"):
        fetch(f"{server}/{path}")


@pytest.mark.parametrize("path", ["slow", "drips"])
def test_a_page_or_a_header_that_comes_in_drops_is_given_up(server: str, path: str) -> None:
    begin = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.4 s"):
        fetch(f"{server}/{path}", wait=0.4)
    assert time.monotonic() - begin < 2


def test_redirects_end(server: str) -> None:
    with pytest.raises(FetchError, match=f"more than {MOST_REDIRECTS} times"):
        fetch(f"{server}/loop")


def test_a_page_behind_a_login_says_so(server: str) -> None:
    with pytest.raises(FetchError, match="not open to everybody"):
        fetch(f"{server}/login")


@pytest.mark.parametrize("url", ["ftp://example.com/a", "file:///etc/passwd", "gopher://a/b"])
def test_other_schemes_are_not_fetched(url: str) -> None:
    with pytest.raises(FetchError, match="is not fetched"):
        fetch(url)


def test_a_redirect_to_another_scheme_is_not_followed(server: str) -> None:
    with pytest.raises(FetchError, match="`file:` is not fetched"):
        fetch(f"{server}/file")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "0.0.0.0", "2130706433"],
)
def test_addresses_of_this_network_are_not_fetched(host: str) -> None:
    with pytest.raises(FetchError, match=r"address of this computer or network|no host"):
        Fetcher(time.monotonic).fetch(f"http://{host}:1/")


def test_a_redirect_into_this_network_is_not_followed(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetching.is_public
    monkeypatch.setattr(fetching, "is_public", lambda one: one == "127.0.0.1" or real(one))
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        Fetcher(time.monotonic).fetch(f"{server}/private")


def test_the_address_that_was_looked_at_is_the_one_that_is_fetched(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another address at the second look-up gains nothing."""
    port = int(server.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *args: object, **more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        here = "127.0.0.1" if host == "rebinding.example" else host
        return real(here, *args, **more)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    Fetcher(time.monotonic).fetch(f"http://rebinding.example:{port}/page")
    assert asked.count("rebinding.example") == 1


# --- files ---


def bomb_docx() -> bytes:
    return zip_document("<w:document>" + " " * (LARGEST_SOURCE + 1) + "</w:document>")


def entity_docx() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "a"}">' for n in range(9))
    return zip_document(f"<!DOCTYPE d [{entities}]><d>&a8;</d>")


def encrypted_pdf() -> bytes:
    key = b"(" + b"k" * 32 + b")"
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O " + key + b" /U " + key + b" >>"
    return make_pdf("Squats 3 x 12").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt " + lock + b" /ID [(a) (a)]"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"x" * (LARGEST_SOURCE + 1), "larger than 10 MB"),
        (bytes(range(256)) * 20, "is not text"),
        (bomb_docx(), "unpacks to more than 10 MB"),
        (entity_docx(), "defines entities"),
        (zip_document('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>', "utf-16"), "defines entities"),
        (b"PK\x03\x04 and nothing more", "broken archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or an encrypted Office file"),
        (b"{\\rtf1 Squats}", "is RTF"),
        (b"%PDF-1.4 and nothing more", "broken PDF"),
        (make_pdf(""), "is a scan"),
        (encrypted_pdf(), "is encrypted"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(SourceError, match=reason):
        read_document(Source("file", data))


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_charset_is_read(charset: str) -> None:
    text = "Kniebeugen: 3 Sätze à 12 Wiederholungen\nLiegestütze: 3 Sätze à 10 Wiederholungen\n"
    (file,) = import_document(
        read_document(Source("a.txt", text.encode(charset))), Folders(), ImportOptions()
    ).files
    assert [row.name for row in file.rows] == ["Kniebeugen", "Liegestütze"]


def test_entities_of_a_page_are_only_text() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x; 12 squats</p><p>8 dips</p>'
    )
    told = " ".join(line.text for line in read_document(Source("a.html", page.encode())).lines)
    assert "root:" not in told


def test_deep_pages_are_read() -> None:
    page = "<html>" + "<div>" * 20_000 + "<p>12 squats</p><p>10 push-ups</p>"
    assert len(read_document(Source("a.html", page.encode())).lines) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n".join(f"{n % 9 + 3} squats" for n in range(2000)), "more than 300"),
        ("The council met for 90 minutes and voted 12 to 8 for three new bus lines.", "no workout"),
        ("1. Mix 200 g flour\n2. Add 3 eggs\n3. Rest for 30 minutes\n", "no workout"),
    ],
)
def test_nothing_is_written_of_what_holds_no_workout(
    tmp_path: Path, text: str, reason: str
) -> None:
    source, output = tmp_path / "source.txt", tmp_path / "routine.yaml"
    source.write_text(text)
    with pytest.raises(UsageError, match=reason) as told:
        import_workout(str(source), output=output)
    assert told.value.exit_code == 2
    assert not output.exists()
    output.write_text("an older one")
    with pytest.raises(UsageError):
        import_workout(str(source), output=output)
    assert output.read_text() == "an older one"


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "is a folder"), (tmp_path / "none.txt", "there is no file")):
        with pytest.raises(SourceError, match=reason):
            import_workout(str(path))


def test_articles_are_known_from_routines() -> None:
    assert reads_as_article("<!doctype html><p>12 squats</p>")
    assert reads_as_article("My favourite workout\n\nDo 12 squats, then 10 push-ups.\n")
    assert not reads_as_article("title: Legs\nexercises:\n  - squat: 3x12\n  not a line\n")
    assert not reads_as_article("- squat: 3x12\n- plank\n")


def test_word_documents_are_read() -> None:
    assert len(read_document(Source("a.docx", make_docx(WORKOUT))).lines) == 3


def docx_lines(body: str) -> list[str]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = zip_document(f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return [line.text for line in read_document(Source("a.docx", data)).lines]


def test_text_boxes_of_a_document_are_read_once_and_hidden_text_is_not() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Squats</w:t></w:r></w:p></w:txbxContent>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Burpees</w:t></w:r>"
    body = f"<w:p><w:r><w:t>Legs</w:t>{box}{box}</w:r></w:p><w:p>{hidden}</w:p>"
    assert docx_lines(body) == ["Legs", "Squats"]


def test_deep_documents_are_read() -> None:
    deep = 5_000
    body = "<w:sdt>" * deep + "<w:p><w:r><w:t>Squats</w:t></w:r></w:p>" + "</w:sdt>" * deep
    assert docx_lines(body) == ["Squats"]


def test_a_table_that_places_parts_of_a_page_is_no_row() -> None:
    inner = "<table><tr><th>Exercise<th>Sets<tr><td>Squat<td>3</table>"
    page = f"<table><tr><td>{inner}</td><td><p>Rest a minute.</p></td></tr></table>"
    lines = read_document(Source("a.html", page.encode())).lines
    assert [line.text for line in lines] == ["Exercise | Sets", "Squat | 3", "Rest a minute."]
