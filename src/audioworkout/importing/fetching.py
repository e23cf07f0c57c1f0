"""A page of the web, fetched with limits: few bytes, little time, no private address."""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from audioworkout.errors import UsageError
from audioworkout.importing.documents import LARGEST_SOURCE, Source

LONGEST_WAIT = 20.0
"""Seconds from the first look-up to the last byte, all redirects included."""
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": "audioworkout-import",
    "Accept": "text/html, text/plain, application/pdf, */*;q=0.5",
    "Accept-Encoding": "gzip, identity",
}

Address = tuple[str, int]
Resolve = Callable[[str, int], list[str]]
Clock = Callable[[], float]


class FetchError(UsageError):
    """An address that cannot, or must not, be fetched (exit status 2)."""


class Fetcher(NamedTuple):
    """How pages are fetched. `clock` gives seconds; `resolve` the addresses of a host."""

    clock: Clock
    allow_private: bool = False
    longest_wait: float = LONGEST_WAIT

    def fetch(self, url: str) -> Source:
        """What stands at an address, after at most `MOST_REDIRECTS` redirects.

        Raises:
            FetchError: It cannot be reached, takes too long, is too large, or leads to an address
                that must not be fetched.
        """
        until = self.clock() + self.longest_wait
        for _ in range(MOST_REDIRECTS + 1):
            found = self._request(url, until)
            if isinstance(found, Source):
                return found
            url = urljoin(url, found)
        raise FetchError(f"the address leads on more than {MOST_REDIRECTS} times")

    def _request(self, url: str, until: float) -> Source | str:
        """What stands at an address, or where it leads on to."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise FetchError(f"`{parts.scheme}:` is not fetched", "only http and https are")
        try:
            host, port = (
                parts.hostname or "",
                parts.port or (443 if parts.scheme == "https" else 80),
            )
            host.encode("idna")
        except (ValueError, UnicodeError):
            raise FetchError(f"`{url}` is no address") from None
        if not host:
            raise FetchError(f"`{url}` is no address")
        connection = http.client.HTTPConnection(host, port, timeout=self._left(until))
        try:
            opened = self._connect(parts.scheme, host, port, until)
            connection.sock = _TimedSocket(opened, lambda: self._left(until))
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", _quote(path), headers=_HEADERS)
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return location
            self._check_status(response.status)
            data = self._read(response, until)
        except TimeoutError:
            raise self._too_slow() from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(f"{host} cannot be read: {error or type(error).__name__}") from None
        finally:
            connection.close()
        media, _, parameters = (response.getheader("Content-Type") or "").partition(";")
        charset = response.headers.get_content_charset() or "" if parameters else ""
        return Source(url, data, media.strip().lower(), charset)

    def _left(self, until: float) -> float:
        left = until - self.clock()
        if left <= 0:
            raise self._too_slow()
        return left

    def _too_slow(self) -> FetchError:
        return FetchError(
            f"the page took longer than {self.longest_wait:g} s", "save it, and import the file"
        )

    def _connect(self, scheme: str, host: str, port: int, until: float) -> socket.socket:
        """A connection to an address that was looked at: not looked up again in between."""
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise FetchError(
                f"there is no host `{host}`", "is the address right, and the computer online?"
            ) from None
        addresses = list(dict.fromkeys((info[0], str(info[4][0])) for info in infos))
        if not self.allow_private:
            for _, address in addresses:
                if not is_public(address):
                    raise FetchError(
                        f"`{host}` is an address of this computer or network ({address})",
                        "--allow-private fetches it",
                    )
        last: OSError | None = None
        for _, address in addresses:
            try:
                found = socket.create_connection((address, port), timeout=self._left(until))
            except OSError as error:
                last = error
                continue
            if scheme == "https":
                context = ssl.create_default_context()
                return context.wrap_socket(found, server_hostname=host)
            return found
        raise last or OSError("no address")

    def _check_status(self, status: int) -> None:
        if status in (401, 403, 407):
            raise FetchError(
                f"the page is not open to everybody (status {status})",
                "save it while logged in, and import the file",
            )
        if status == 404:
            raise FetchError("there is no such page (status 404)")
        if status >= 400 or status < 200:
            raise FetchError(f"the server answers with status {status}")

    def _read(self, response: http.client.HTTPResponse, until: float) -> bytes:
        """All bytes, unpacked, as long as they are few and come in time."""
        length = response.getheader("Content-Length") or ""
        if length.isdigit() and int(length) > LARGEST_SOURCE:
            raise _too_large()
        packed = (response.getheader("Content-Encoding") or "").lower()
        unpack = zlib.decompressobj(47) if packed in ("gzip", "x-gzip", "deflate") else None
        found = bytearray()
        while chunk := response.read1(_CHUNK):
            if unpack is not None:
                try:
                    chunk = unpack.decompress(chunk, LARGEST_SOURCE + 1)
                except zlib.error:
                    raise FetchError("the page is packed in a way that cannot be read") from None
            found += chunk
            self._left(until)
            if len(found) > LARGEST_SOURCE:
                raise _too_large()
        return bytes(found)


class _TimedSocket:
    """A connection that is given up at one moment, however slowly its bytes come.

    A time limit of a socket holds for each read alone: a server that sends a header byte by byte
    would be waited for without end.
    """

    def __init__(self, opened: socket.socket, left: Callable[[], float]) -> None:
        self._opened = opened
        self._left = left

    def sendall(self, data: bytes) -> None:
        self._opened.settimeout(self._left())
        self._opened.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        raw = self._opened.makefile("rb", buffering=0)
        return io.BufferedReader(_TimedReader(raw, self._opened, self._left))

    def close(self) -> None:
        self._opened.close()


class _TimedReader(io.RawIOBase):
    """Reads from a connection, each time for as long as is left."""

    def __init__(
        self, raw: socket.SocketIO, opened: socket.socket, left: Callable[[], float]
    ) -> None:
        self._raw = raw
        self._opened = opened
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        self._opened.settimeout(self._left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _too_large() -> FetchError:
    return FetchError(
        f"the page is larger than {LARGEST_SOURCE // 1_000_000} MB",
        "save its text, and import the file",
    )


def _quote(path: str) -> str:
    """A path with what no request may hold written in percent signs."""
    from urllib.parse import quote  # here: hardly ever needed

    return quote(path, safe="%/:?&=+,;@!$'()*~-._[]|")


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet.

    >>> is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::ffff:192.168.0.1")
    (False, False, False)
    >>> is_public("169.254.169.254"), is_public("93.184.215.14")
    (False, True)
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inner is not None:
        found = inner
    return found.is_global and not found.is_multicast


def is_address(source: str) -> bool:
    """Whether a source is an address of the web and no path.

    >>> is_address("https://example.com/a"), is_address("notes.txt"), is_address("ftp://host/a")
    (True, False, True)
    """
    return bool(source) and "://" in source[:12]
