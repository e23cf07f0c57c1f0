"""A playlist (extended M3U, UTF-8) of tracks in the same folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from audioworkout.units import SECOND, Ms

HEADER = "#EXTM3U"


class PlaylistTrack(NamedTuple):
    """A track: file name, length (ms) and displayed title."""

    name: str
    lasts: Ms
    title: str


def render_m3u(title: str, entries: Iterable[PlaylistTrack]) -> str:
    """The playlist, its lengths in whole seconds as the format wants them."""
    lines = [HEADER, f"#PLAYLIST:{_entry_line(title)}"]
    for entry in entries:
        seconds = (entry.lasts + SECOND // 2) // SECOND
        lines += [f"#EXTINF:{seconds},{_entry_line(entry.title)}", entry.name]
    return "\n".join(lines) + "\n"


def parse_m3u(text: str) -> list[str]:
    r"""The files a playlist names, if it is one.

    >>> parse_m3u("#EXTM3U\n#EXTINF:9,Intro\n01 Intro.mp3\n"), parse_m3u("else")
    (['01 Intro.mp3'], [])
    """
    if not text.startswith(HEADER):
        return []
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _entry_line(text: str) -> str:
    return " ".join(text.split())
