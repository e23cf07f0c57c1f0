"""`serve` and `feed`: share the workouts of a folder with a phone and its podcast player."""

from __future__ import annotations

import os
import re
import secrets
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from audioworkout.cli.colors import is_terminal
from audioworkout.cli.screen import Screen, print_result
from audioworkout.errors import BuildError, UsageError

if TYPE_CHECKING:
    from audioworkout.sharing.server import Server
    from audioworkout.sharing.site import Site

PORT = 8421
LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"
TOKEN_FILE = "share-token"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_ELSEWHERE = ("192.0.2.1", 9)
"""A reserved address (RFC 5737). Finding the route to it sends no packet."""
_OTHER_FOLDER = "Copy the workouts to another folder and name that."

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="[FOLDER]", help="Where the MP3 files lie (default output).", show_default=False
    ),
]


def serve_folder(
    folder: Folder = Path("output"),
    *,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="For every device in this network, not this computer only."),
    ] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="N", help="Port to listen on.", min=0, max=65_535)
    ] = PORT,
    new_address: Annotated[
        bool,
        typer.Option("--new-address", help="Forget the secret address given out before."),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell of every request.")
    ] = False,
) -> None:
    """Share the workouts of a folder with your phone: a page and a podcast feed. Ctrl-C ends it."""
    screen = Screen()
    site = open_site(folder)
    if not site.shelf.workouts():
        screen.warn(f"there is no workout in {folder} yet", "`audioworkout build` makes one.")
    token = load_token(config_folder(), screen, fresh=new_address)
    load_for_threads()
    with open_server(site, token, port, lan, screen.note if verbose else ignore_line) as server:
        address = lan_address() if lan else LOOPBACK
        url = f"http://{address}:{server.server_address[1]}/{token}/"
        print_result(url)
        show_address(url, screen, lan)
        serve_until_interrupted(server)


def load_for_threads() -> None:
    """Import all modules that answers need, as threads must not (see `prefetch.load_modules`)."""
    from audioworkout.cards import draw_card
    from audioworkout.disk_cache import MemoryCache
    from audioworkout.languages import LANGUAGES, load_screen_words
    from audioworkout.prefetch import load_modules
    from audioworkout.views import FORMATS
    from audioworkout.views.card_content import CardContent

    load_modules(*FORMATS.values(), *LANGUAGES.values())
    for language in LANGUAGES:
        load_screen_words(language)
    draw_card(
        CardContent("cover", "Workouts", amount="1"), MemoryCache(), 8
    )  # drawing imports more by itself


def ignore_line(line: str) -> None:
    """Do nothing."""


def open_site(folder: Path) -> Site:
    """Open the shared workouts of a folder.

    Raises:
        UsageError: It is not a folder, or cannot be read.
    """
    from audioworkout.cards import draw_card
    from audioworkout.cli.user_paths import find_user_paths
    from audioworkout.disk_cache import DiskCache
    from audioworkout.files import is_folder, list_folder
    from audioworkout.sharing.manifest import read_manifest
    from audioworkout.sharing.site import Site
    from audioworkout.sharing.workouts import WorkoutFolder

    if not is_folder(folder):
        raise UsageError(
            f"there is no folder {folder}", "`audioworkout build` makes output/ and writes to it."
        )
    list_folder(folder)  # report an unreadable folder as such, not as empty
    store = DiskCache(find_user_paths().cache)
    manifest = read_manifest(folder)
    title = "" if manifest is None else manifest.title
    return Site(WorkoutFolder(folder), lambda content, size: draw_card(content, store, size), title)


def config_folder() -> Path:
    """The folder of the token."""
    from audioworkout.cli.user_paths import find_user_paths

    return find_user_paths().config


def load_token(folder: Path, screen: Screen, fresh: bool = False) -> str:
    """Load the secret part of the address, stored so that the feed's address stays the same."""
    path = folder / TOKEN_FILE
    try:
        cache = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        cache = ""
    if _TOKEN.fullmatch(cache) and not fresh:
        return cache
    token = secrets.token_urlsafe(18)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token + "\n")
    except OSError as error:
        screen.warn(f"the address will be another one next time: {path}: {error.strerror}")
    return token


def open_server(
    site: Site, token: str, port: int, lan: bool, note: Callable[[str], None]
) -> Server:
    """Open a listening server.

    Raises:
        BuildError: The port is not available.
    """
    from audioworkout.sharing.server import Server

    own = {"localhost"}
    if lan:
        name = socket.gethostname().lower()
        own |= {name, name.removesuffix(".local") + ".local"}
    try:
        return Server((EVERYWHERE if lan else LOOPBACK, port), site, token, frozenset(own), note)
    except OSError as error:
        raise BuildError(
            f"port {port} cannot be used: {error.strerror}",
            "Another `audioworkout serve` may be running; or choose another one with --port.",
        ) from error


def lan_address() -> str:
    """This computer's address in the network of its default route.

    Raises:
        BuildError: There is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError as error:
            raise BuildError(
                f"this computer is in no network: {error.strerror}", "Leave --lan out."
            ) from error
        return str(probe.getsockname()[0])


def show_address(url: str, screen: Screen, lan: bool) -> None:
    """Print the address; on a terminal also as a QR code."""
    if lan and is_terminal(sys.stderr):
        sys.stderr.write(render_qr_code(url))
    if not lan:
        screen.note("Only this computer can open it; --lan lets the phone in.")
    screen.note("Ctrl-C ends it. The address is a secret: who has it can hear the workouts.")


def render_qr_code(text: str) -> str:
    """A QR code in black on white, two rows to a line.

    Colours are set explicitly, for dark and light terminals.
    """
    import segno

    rows = [list(row) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    half = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    lines = (
        "".join(half[bool(above), bool(below)] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )
    return "".join(f"\x1b[30;107m{line}\x1b[0m\n" for line in lines)


def serve_until_interrupted(server: Server) -> None:
    """Serve until Ctrl-C, which is the normal end."""
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        return


def write_feed(
    folder: Folder = Path("output"),
    *,
    url: Annotated[
        str,
        typer.Option("--url", metavar="BASE", help="Address the folder will have on the web."),
    ],
) -> None:
    """Write a podcast feed of a folder's workouts into it, to be put on a web server."""
    from audioworkout.files import check_output, write_atomic

    base = base_address(url)
    site = open_site(folder)
    if not site.shelf.workouts():
        raise UsageError(f"there is no workout in {folder}", "`audioworkout build` makes one.")
    for name, data in site.files(base):
        check_output(folder / name, _OTHER_FOLDER)
        write_atomic(folder / name, [data], _OTHER_FOLDER)
    print_result(str(folder / "feed.xml"))


def base_address(url: str) -> str:
    """Check and complete the base URL of a feed.

    Raises:
        UsageError: It is not an http or https URL.

    >>> base_address("https://example.org/workouts")
    'https://example.org/workouts/'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"--url cannot be {url!r}", "It is the folder's address: https://example.org/workouts/"
        )
    return url.rstrip("/") + "/"
