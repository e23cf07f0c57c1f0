"""A private podcast feed: RSS 2.0 with the elements of Apple and of the podcast namespace.

Every text of a routine goes through one function that makes it harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from audioworkout.units import SECOND, Ms
from audioworkout.views.chapters import CHAPTERS_MEDIA_TYPE as CHAPTERS_TYPE
from audioworkout.views.markup import escape_markup

MEDIA_TYPE = "application/rss+xml; charset=utf-8"

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
AUTHOR = "audioworkout"


@dataclass(frozen=True, slots=True)
class Episode:
    """One workout of a feed. `size` is in bytes, `published` in ns since 1970; the rest are URLs.

    `guid` tells a player whether it has this very recording already. `season` and `number` place a
    session in its programme; 0 where it is in none. What is empty is left out.
    """

    title: str
    summary: str
    guid: str
    language: str
    published: int
    lasts: Ms
    size: int
    audio: str
    page: str = ""
    picture: str = ""
    chapters: str = ""
    transcript: str = ""
    season: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of workouts, the newest first. `url` is where it is found, `page` where it is read."""

    title: str
    description: str
    language: str
    url: str
    page: str
    episodes: Sequence[Episode]
    picture: str = ""


def render_feed(feed: Feed) -> str:
    """The feed as XML, told to be in no directory (`itunes:block`)."""
    channel = [
        _render_element("title", feed.title),
        _render_element("link", feed.page),
        _render_element("description", feed.description),
        _render_element("language", feed.language),
        _render_element("generator", AUTHOR),
        _render_element("atom:link", href=feed.url, rel="self", type="application/rss+xml"),
        _render_element("itunes:author", AUTHOR),
        *_render_picture(feed.picture),
        '<itunes:category text="Health &amp; Fitness"><itunes:category text="Fitness"/>'
        "</itunes:category>",
        _render_element("itunes:explicit", "false"),
        _render_element("itunes:block", "Yes"),
        _render_element("podcast:locked", "yes"),
        *(_render_episode(episode) for episode in feed.episodes),
    ]
    spaces = "".join(f' {name}="{uri}"' for name, uri in NAMESPACES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0"{spaces}>\n{_render_block("channel", channel)}\n</rss>\n'
    )


def _render_episode(episode: Episode) -> str:
    parts = [
        _render_element("title", episode.title),
        *([_render_element("link", episode.page)] if episode.page else []),
        _render_element("description", episode.summary),
        _render_element("guid", episode.guid, isPermaLink="false"),
        _render_element("pubDate", _format_date(episode.published)),
        _render_element(
            "enclosure", url=episode.audio, length=str(episode.size), type="audio/mpeg"
        ),
        _render_element("itunes:duration", str((episode.lasts + SECOND // 2) // SECOND)),
        *_render_picture(episode.picture),
        _render_element("itunes:explicit", "false"),
        _render_element("itunes:episodeType", "full"),
        *_render_place(episode),
        *_render_companions(episode),
    ]
    return _render_block("item", parts)


def _render_picture(address: str) -> Iterator[str]:
    if address:
        yield _render_element("itunes:image", href=address)


def _render_place(episode: Episode) -> Iterator[str]:
    """Which session of a programme it is."""
    if episode.number:
        yield _render_element("itunes:season", str(episode.season))
        yield _render_element("itunes:episode", str(episode.number))


def _render_companions(episode: Episode) -> Iterator[str]:
    """The files that lie beside the sound."""
    if episode.chapters:
        yield _render_element("podcast:chapters", url=episode.chapters, type=CHAPTERS_TYPE)
    if episode.transcript:
        yield _render_element(
            "podcast:transcript",
            url=episode.transcript,
            type="text/vtt",
            language=episode.language,
            rel="captions",
        )


def _render_block(name: str, parts: Iterable[str]) -> str:
    return "\n".join([f"<{name}>", *parts, f"</{name}>"])


def _render_element(name: str, text: str = "", **attributes: str) -> str:
    """One element on a line of its own; without text it is empty."""
    front = name + "".join(f' {key}="{escape_markup(value)}"' for key, value in attributes.items())
    return f"<{front}>{escape_markup(text)}</{name}>" if text else f"<{front}/>"


def _format_date(ns: int) -> str:
    """A moment as RFC 2822 wants it, in UTC.

    >>> _format_date(0)
    'Thu, 01 Jan 1970 00:00:00 GMT'
    """
    return format_datetime(datetime.fromtimestamp(ns // 10**9, UTC), usegmt=True)
