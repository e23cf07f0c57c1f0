"""`manifest.json`: which files of a person's folder are sessions, and on what day each appears."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from audioworkout.sharing.feed import Episode, Feed
from audioworkout.text import short_digest
from audioworkout.units import Ms

MANIFEST, CALENDAR = "manifest.json", "programme.ics"
MANIFEST_FORMAT, MANIFEST_VERSION = "audioworkout/programme", 1
LARGEST_MANIFEST = 4_000_000
"""Bytes; a programme has 730 sessions at most, so a larger file is none of ours."""


class SessionFile(NamedTuple):
    """A session that has been built."""

    label: str
    """`w3d2`."""
    file: str
    """The name of its MP3 in the folder."""
    day: date
    """When it is due, and appears."""
    week: int
    number: int
    """Its place in the programme, from 1."""
    title: str
    summary: str
    lasts: Ms
    size: int
    """Bytes."""
    fingerprint: str
    """Of everything it was made from."""
    sound: str
    """From `sample_digest`, of the whole file."""


class CalendarDay(NamedTuple):
    """The day that the calendar tells for a session, since when, and how often it was moved."""

    day: date
    told: date
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a person's folder holds. `token` is random: addresses are made of it."""

    token: str
    title: str
    language: str
    course: Mapping[str, Any] = field(default_factory=dict)
    """Programme, member and options, as plain values."""
    sessions: tuple[SessionFile, ...] = ()
    days: Mapping[str, CalendarDay] = field(default_factory=dict)
    """By label: all sessions of the programme, built or not."""

    def feed(self, base: str) -> Feed:
        """The feed of all sessions, the last day first; `base` is the folder's address."""
        latest = sorted(self.sessions, key=lambda each: (each.day, each.number), reverse=True)
        return Feed(
            title=self.title,
            description=self.title,
            language=self.language,
            url=f"{base}feed.xml",
            page=base,
            episodes=[make_session_episode(self, each, base) for each in latest],
        )


def make_session_episode(manifest: Manifest, each: SessionFile, base: str) -> Episode:
    """A session as an episode: its season is the week."""
    return Episode(
        title=each.title,
        summary=each.summary,
        guid=session_guid(manifest.token, each),
        language=manifest.language,
        published=publish_time(each),
        lasts=each.lasts,
        size=each.size,
        audio=f"{base}{each.file}",
        season=each.week,
        number=each.number,
    )


def session_guid(token: str, each: SessionFile) -> str:
    """A text by which a player knows this recording of this person's session."""
    return short_digest(f"{token} {each.label} {each.fingerprint}".encode())


def publish_time(each: SessionFile) -> int:
    """The first moment of a session's day in UTC, in ns since 1970."""
    return int(datetime.combine(each.day, time(), UTC).timestamp()) * 10**9


def format_manifest(manifest: Manifest) -> str:
    """The manifest as JSON, which `parse_manifest` reads back."""
    return json.dumps(
        {
            "format": MANIFEST_FORMAT,
            "version": MANIFEST_VERSION,
            "token": manifest.token,
            "title": manifest.title,
            "language": manifest.language,
            "course": manifest.course,
            "sessions": [
                {**each._asdict(), "day": each.day.isoformat()} for each in manifest.sessions
            ],
            "days": {
                label: [each.day.isoformat(), each.told.isoformat(), each.moved]
                for label, each in manifest.days.items()
            },
        },
        indent=1,
        ensure_ascii=False,
    )


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none, or it is damaged."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            return None
        return parse_manifest(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def parse_manifest(text: str) -> Manifest:
    """A manifest from its JSON.

    Raises:
        ValueError: It is none, or of a later version.
    """
    data = json.loads(text)
    try:
        if (data["format"], data["version"]) != (MANIFEST_FORMAT, MANIFEST_VERSION):
            raise ValueError("another format")
        sessions = tuple(
            SessionFile(**{**each, "day": date.fromisoformat(each["day"])})
            for each in data["sessions"]
        )
        if any(not _is_plain_name(each.file) for each in sessions):
            raise ValueError("a file outside the folder")
        days = {
            label: CalendarDay(date.fromisoformat(day), date.fromisoformat(told), int(moved))
            for label, (day, told, moved) in data["days"].items()
        }
        course = dict(data["course"])
        return Manifest(
            str(data["token"]), str(data["title"]), str(data["language"]), course, sessions, days
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no manifest") from error


def _is_plain_name(name: object) -> bool:
    return isinstance(name, str) and name == Path(name).name and not name.startswith(".")
