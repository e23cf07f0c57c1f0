"""Who follows which programme and how it is built, as the manifest of a folder stores it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audioworkout.errors import UsageError
from audioworkout.model.request import Flags
from audioworkout.programmes.log import parse_date
from audioworkout.programmes.model import Member
from audioworkout.sharing.manifest import read_manifest

WEEKS_AHEAD = 2
_TEXTS = ("name", "language", "level", "equipment", "voice", "music")


@dataclass(frozen=True, slots=True)
class Course:
    """Who follows which programme, and how it is built: all that a folder depends on but its log.

    `programme` is a built-in name or a path. `url` is the address that the folder has on the web,
    ending in a slash; empty: addresses are relative. `weeks`, first and last, replaces
    `weeks_ahead`.
    """

    programme: str
    member: Member
    engine: str | None = None
    bitrate: int | None = None
    url: str = ""
    weeks_ahead: int = WEEKS_AHEAD
    weeks: tuple[int, int] | None = None

    @property
    def flags(self) -> Flags:
        """The options of every build."""
        return Flags(engine=self.engine, bitrate=self.bitrate)


def check_folder(folder: Path, course: Course) -> None:
    """Refuse a folder in which another programme is.

    Raises:
        UsageError: There is one.
    """
    manifest = read_manifest(folder)
    if manifest is not None and manifest.course.get("programme") != course.programme:
        raise UsageError(
            f"{folder} holds another programme, {manifest.course.get('programme')}",
            "Choose another folder with -o.",
        )


def describe_course(course: Course) -> dict[str, Any]:
    """A course as plain values, which `read_course` reads back."""
    member = course.member
    return {
        "programme": course.programme,
        "start": member.start.isoformat(),
        **{key: getattr(member, key) for key in _TEXTS if getattr(member, key)},
        "values": dict(member.values),
        "engine": course.engine,
        "bitrate": course.bitrate,
        "url": course.url,
        "weeks_ahead": course.weeks_ahead,
        "weeks": list(course.weeks) if course.weeks else None,
    }


def read_course(folder: Path) -> Course:
    """The course of a folder.

    Raises:
        UsageError: No programme was built there.
    """
    manifest = read_manifest(folder)
    with suppress(KeyError, TypeError, ValueError):
        return _parse_course(manifest.course if manifest else {})
    raise UsageError(
        f"there is no programme in {folder}",
        "`audioworkout programme build NAME -o FOLDER` makes such a folder.",
    )


def _parse_course(told: Mapping[str, Any]) -> Course:
    start = parse_date(told["start"])
    if start is None:
        raise ValueError("no date")
    texts = {key: str(told[key]) for key in _TEXTS if told.get(key)}
    weeks = told["weeks"]
    return Course(
        str(told["programme"]),
        Member(start, **texts, values=dict(told["values"])),
        told["engine"],
        told["bitrate"],
        str(told["url"]),
        int(told["weeks_ahead"]),
        (int(weeks[0]), int(weeks[1])) if weeks else None,
    )
