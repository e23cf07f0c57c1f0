"""A small read-only HTTP server for one folder: GET and HEAD, ranges, nothing else.

What keeps strangers out, in order: it listens on this computer alone unless told otherwise; the
`Host` of a request must be an address of this computer, so that no foreign page can reach it by
rebinding its own name; the path begins with a secret; names are looked up in a list and are never
turned into paths.
"""

from __future__ import annotations

import hmac
import os
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socket import SHUT_RDWR, socket
from typing import Any, BinaryIO, Literal
from urllib.parse import unquote

from audioworkout.sharing.site import Resource, Site

CLIENT_TIMEOUT = 30
"""Seconds after which a silent connection is closed."""
MOST_CONNECTIONS = 24
"""Open at once: a browser opens six, and each takes two files of the 64 that a shell may allow."""
SEND_SIZE = 1 << 16

SAFETY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-cache",
}
"""Sent with every answer. Pages narrow the content policy further themselves."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_HIDDEN_SLASH = re.compile(r"%(2f|5c|00)", re.IGNORECASE)

Range = tuple[int, int]
"""First byte, and the one after the last."""


class Server(ThreadingHTTPServer):
    """Hands out a site below `/<token>/`."""

    allow_reuse_address = os.name == "posix"  # elsewhere it would share a port with a stranger
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        site: Site,
        token: str,
        names: frozenset[str] = frozenset({"localhost"}),
        note: Callable[[str], None] = lambda line: None,
    ) -> None:
        """Listen on an address.

        Args:
            address: Host (`127.0.0.1`, or `0.0.0.0` for the whole network) and port, 0 for any.
            site: What is handed out.
            token: The secret first part of every path; of letters, digits, `-` and `_`.
            names: What this computer may be called by besides its addresses, in lower case.
            note: Told of every request in a line; the token is left out of it.

        Raises:
            OSError: The port is taken or not allowed.
        """
        self.site = site
        self.token = token
        self.names = names
        self.note = note
        self._changed = threading.Condition()
        self._open: dict[socket, bool] = {}
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as below
        """Answer a connection in a thread of its own.

        Where there are as many as may be, the one that has been silent for longest is closed for
        it; where none is silent, the new one is.
        """
        with self._changed:
            silent = next((each for each, answers in self._open.items() if not answers), None)
            if len(self._open) >= MOST_CONNECTIONS and silent is not None:
                with suppress(OSError):  # it may have been closed from the other side
                    silent.shutdown(SHUT_RDWR)
            if not self._changed.wait_for(lambda: len(self._open) < MOST_CONNECTIONS, 1):
                self.note(f"{client_address[0]} turned away: too many connections")
                self.shutdown_request(request)
                return
            self._open[request] = False
        super().process_request(request, client_address)

    def set_answering(self, request: socket, answering: bool) -> None:
        """Note whether a connection is being answered, or waits for its next request."""
        with self._changed:
            if self._open.pop(request, None) is not None:
                self._open[request] = answering

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as below
        """Close a connection, which makes room for another."""
        super().shutdown_request(request)
        with self._changed:
            self._open.pop(request, None)
            self._changed.notify()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's own signature
        """A connection that breaks is nobody's fault and worth no traceback."""
        self.note(f"{client_address[0]} left")


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "audioworkout"
    timeout = CLIENT_TIMEOUT
    server: Server

    def version_string(self) -> str:
        """What `Server` says: no version, neither of this program nor of Python."""
        return self.server_version

    def handle_one_request(self) -> None:
        """Wait for a request and answer it."""
        self.server.set_answering(self.connection, False)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read the request line and headers; refuse every method but two, whatever it is."""
        if not super().parse_request():
            return False
        if self.command in ("GET", "HEAD"):
            return True
        self.close_connection = True  # what follows may be a body, which is not read
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        return False

    def do_GET(self) -> None:
        """Answer with the thing asked for, whole or in part."""
        self.server.set_answering(self.connection, True)
        if not self._host_is_ours():
            self.close_connection = True
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        name = requested_name(self.path, self.server.token)
        resource = self.server.site.resource(name, self._base()) if name is not None else None
        if resource is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._send(resource)

    def do_HEAD(self) -> None:
        """The same without the body."""
        self.do_GET()

    def _host_is_ours(self) -> bool:
        host = self.headers.get("Host", "")
        here = self.connection.getsockname()
        return is_own_host(host, str(here[0]), int(here[1]), self.server.names)

    def _base(self) -> str:
        return f"http://{self.headers['Host']}/{self.server.token}/"

    def _send(self, resource: Resource) -> None:
        tag = f'"{resource.tag}"'
        if tag in _parse_etags(self.headers.get("If-None-Match", "")):
            self._answer(HTTPStatus.NOT_MODIFIED, {"ETag": tag})
            return
        try:
            file = resource.open()
        except OSError:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        with file:
            self._send_part(resource, tag, file)

    def _send_part(self, resource: Resource, tag: str, file: BinaryIO) -> None:
        asked = self.headers.get("Range", "")
        if self.headers.get("If-Range", tag) != tag:
            asked = ""
        part = parse_byte_range(asked, resource.size)
        headers = {"Content-Type": resource.media_type, "ETag": tag, "Accept-Ranges": "bytes"}
        if part == "none of it":
            headers |= {"Content-Range": f"bytes */{resource.size}", "Content-Length": "0"}
            self._answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
            return
        status = HTTPStatus.OK
        start, end = part or (0, resource.size)
        if part:
            status = HTTPStatus.PARTIAL_CONTENT
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{resource.size}"
        self._answer(status, headers | {"Content-Length": str(end - start)})
        if self.command == "GET":
            self._copy(file, start, end)

    def _copy(self, file: BinaryIO, start: int, end: int) -> None:
        """Send bytes; a file that became shorter meanwhile ends the connection."""
        file.seek(start)
        left = end - start
        while left:
            block = file.read(min(SEND_SIZE, left))
            if not block:
                self.close_connection = True
                return
            self.wfile.write(block)
            left -= len(block)

    def _refuse(self, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> None:
        body = f"{status.value} {status.phrase}\n".encode()
        context = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        self._answer(status, {**context, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _answer(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**SAFETY, **headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server answers to a malformed request: the same plain way, and an end to it."""
        self.close_connection = True
        self.request_version = self.protocol_version  # else it would answer as in 1991, bare
        self.command = getattr(self, "command", None) or ""
        self._refuse(HTTPStatus(code))

    def log_message(self, format: str, *args: object) -> None:
        """Tell of a request without its secret."""
        line = (format % args).replace(self.server.token, "…")
        self.server.note(f"{self.address_string()} {line}")


def requested_name(path: str, token: str) -> str | None:
    """The name asked for below the token; None where the path is not of that form.

    >>> requested_name("/secret/Hip%20dips.mp3?x=1", "secret"), requested_name("/secret/", "secret")
    ('Hip dips.mp3', '')
    >>> requested_name("/secret/..%2fnotes", "secret"), requested_name("/guess/", "secret")
    (None, None)
    """
    route = path.partition("?")[0].partition("#")[0]
    empty, _, rest = route.partition("/")
    given, slash, name = rest.partition("/")
    right = hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
    if empty or not slash or not right or "/" in name or _HIDDEN_SLASH.search(name):
        return None
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return None


def is_own_host(host: str, address: str, port: int, names: frozenset[str]) -> bool:
    """Whether a `Host` is this computer: one of its names, or the address the connection came to.

    >>> is_own_host("192.168.1.7:8421", "192.168.1.7", 8421, frozenset())
    True
    >>> is_own_host("evil.example:8421", "127.0.0.1", 8421, frozenset({"localhost"}))
    False
    """
    name, _, number = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", "80")
    if int(number) != port:
        return False
    if name.lower() in names:
        return True
    try:
        return ip_address(name.strip("[]")) == ip_address(address.partition("%")[0])
    except ValueError:
        return False


def parse_byte_range(asked: str, size: int) -> Range | Literal["none of it"] | None:
    """The part of a thing that a `Range` names; None for the whole (RFC 9110, section 14).

    Several ranges at once, other units and nonsense are answered with the whole, as is allowed.

    >>> (parse_byte_range("bytes=0-99", 1000), parse_byte_range("bytes=900-", 1000),
    ...  parse_byte_range("bytes=-1", 1000))
    ((0, 100), (900, 1000), (999, 1000))
    >>> [parse_byte_range(text, 1000) for text in ("bytes=1000-", "bytes=5-2", "")]
    ['none of it', None, None]
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None
    return (start, end) if start < min(end, size) else "none of it"


def _parse_etags(header: str) -> set[str]:
    """The entity tags of a header; weak ones are compared as strong ones are."""
    return {each.strip().removeprefix("W/") for each in header.split(",")}
