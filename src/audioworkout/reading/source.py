"""Reads the text of a file, and refuses what cannot be a routine: folders, binary or huge files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from audioworkout.model.request import Page
from audioworkout.reading.diagnostics import RoutineError, file_error

LARGEST_FILE = 1_000_000
"""Largest size of a file (bytes)."""
_BREAKS = ("\u0085", "\u2028", "\u2029")
"""Line breaks of YAML 1.1 that editors and YAML 1.2 do not treat as such."""
_KINDS = {
    stat.S_IFDIR: ("it is a folder", "name a file in it"),
    stat.S_IFIFO: ("it is a pipe, not a file", "use `-` and pipe the routine in"),
    stat.S_IFSOCK: ("it is a socket, not a file", ""),
    stat.S_IFCHR: ("it is a device, not a file", "use `-` for standard input"),
    stat.S_IFBLK: ("it is a device, not a file", ""),
}


def read_file(path: Path, shown: str = "") -> tuple[Page, str]:
    """Read the page and the text of a file; `shown` is its name in messages.

    Raises:
        RoutineError: It does not exist, is not a file, too large, not readable, or not text.
    """
    name = shown or str(path)
    try:
        kind = path.stat()
        _check_file_kind(name, kind)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse_file(name, "there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not possible"
        raise refuse_file(name, f"it cannot be read: {reason.lower()}") from None
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> tuple[Page, str]:
    """Decode the bytes of a file to its page and text.

    Raises:
        RoutineError: It is too large, or not UTF-8.
    """
    if len(data) > LARGEST_FILE:
        raise _too_large_error(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse_file(name, "it is UTF-16", "save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        known = _make_page(name, data[: error.start].decode("utf-8") + "�")
        line = len(known.lines)
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise file_error(known, line, len(known.line(line)), message, "save it as UTF-8") from None
    return read_text(name, text)


def read_text(name: str, text: str) -> tuple[Page, str]:
    """The page and the text, with all line ends as line feeds.

    Raises:
        RoutineError: It is too large, or holds an invalid character.
    """
    if len(text) > LARGEST_FILE:
        raise _too_large_error(name)
    try:
        text.encode()
    except UnicodeEncodeError:  # lone surrogates, which stand for undecodable bytes
        raise refuse_file(name, "it is not UTF-8", "save it as UTF-8") from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for sign in _BREAKS:
        text = text.replace(sign, " ")
    return _make_page(name, text), text


def refuse_file(name: str, message: str, hint: str = "") -> RoutineError:
    """An error about a file as a whole."""
    return file_error(Page(name, ()), 0, 0, message, hint)


def _make_page(name: str, text: str) -> Page:
    return Page(name, tuple(text.split("\n")))


def _check_file_kind(name: str, kind: os.stat_result) -> None:
    """Refuse what is not a file, or too large, before it is read."""
    message, hint = _KINDS.get(stat.S_IFMT(kind.st_mode), ("", ""))
    if message:
        raise refuse_file(name, message, hint)
    if kind.st_size > LARGEST_FILE:
        raise _too_large_error(name)


def _too_large_error(name: str) -> RoutineError:
    hint = "a routine is a page of text; leave out what is none"
    return refuse_file(name, f"it is larger than {LARGEST_FILE // 1_000_000} MB", hint)
