"""`programme.ics`: every session of a programme as a day in a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from audioworkout.sharing.manifest import CalendarDay

PRODUCT = "-//audioworkout//programmes//EN"
_TOKEN = "a.persons.random.token.."
"""Stands for a token of the usual length, none of which has a point in it."""


class CalendarEntry(NamedTuple):
    """A session as a calendar tells it."""

    label: str
    day: date
    title: str
    note: str = ""


def render_calendar(
    title: str,
    token: str,
    entries: Sequence[CalendarEntry],
    days: Mapping[str, CalendarDay],
) -> bytes:
    """The calendar as a file.

    An event's identity is made of its session and the person's random token, so it stays the same
    however often the calendar is written: a session that is moved is the same event with a higher
    sequence number.

    Args:
        title: Of the calendar.
        token: The person's random token.
        entries: Every session.
        days: From `move_days`.
    """
    told = tuple(days[entry.label] for entry in entries)
    if len(token) != len(_TOKEN):
        return _render_events(title, token, tuple(entries), told)
    # The same but for the token for everybody who does the same on the same days. Lines with a
    # token are too short to be folded, so another one of the same length may take its place.
    return _render_events(title, _TOKEN, tuple(entries), told).replace(
        f"-{_TOKEN}@".encode(), f"-{token}@".encode()
    )


@lru_cache(maxsize=8)
def _render_events(
    title: str, token: str, entries: tuple[CalendarEntry, ...], told: tuple[CalendarDay, ...]
) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for entry, day in zip(entries, told, strict=True):
        event = Event()
        event.add("uid", f"{entry.label}-{token}@audioworkout")
        event.add("dtstamp", datetime.combine(day.told, time(), UTC))
        event.add("sequence", day.moved)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(1))
        event.add("summary", entry.title)
        if entry.note:
            event.add("description", entry.note)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def move_days(
    before: Mapping[str, CalendarDay], entries: Sequence[CalendarEntry], today: date
) -> dict[str, CalendarDay]:
    """The day of every session, since when it is told, and how often it was moved before."""
    moved = {}
    for entry in entries:
        old = before.get(entry.label)
        if old is None:
            moved[entry.label] = CalendarDay(entry.day, today)
        elif old.day != entry.day:
            moved[entry.label] = CalendarDay(entry.day, today, old.moved + 1)
        else:
            moved[entry.label] = old
    return moved
