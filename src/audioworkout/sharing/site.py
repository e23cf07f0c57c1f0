"""Everything that can be asked for by name: the page of a folder, its feed, and what they refer to.

Names are looked up, never turned into paths: what is not in the list does not exist.
"""

from __future__ import annotations

import io
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import is_
from typing import BinaryIO
from urllib.parse import quote

from audioworkout import views
from audioworkout.sharing import feed, pages
from audioworkout.sharing.manifest import CALENDAR, LARGEST_MANIFEST
from audioworkout.sharing.workouts import SharedWorkout, WorkoutFolder, open_plain
from audioworkout.text import short_digest
from audioworkout.views import chapters
from audioworkout.views.card_content import CardContent, card_contents, cover_content
from audioworkout.views.grouping import group_chapters
from audioworkout.views.screen_words import words_for

Draw = Callable[[CardContent, int], bytes]
"""Draws a card as JPEG, so many pixels wide and high."""

COVER = 1_400
"""Pixels of a feed's pictures, the least that Apple's directory takes."""

CHAPTER_PICTURE = 512
"""Pixels of a chapter's picture: those of the MP3, which are drawn already."""

MOST_ADDRESSES = 8
"""Addresses for which a feed is kept: this computer has several names, and each has its own."""

FEED = "feed.xml"
PICTURE = "feed.jpg"
HTML = "text/html; charset=utf-8"
_PICTURE = re.compile(r"\.chapter\.[1-9][0-9]{0,2}\.jpg")


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that is handed out: `tag` changes whenever its bytes do."""

    media_type: str
    size: int
    tag: str
    open: Callable[[], BinaryIO]


class Latest:
    """A text that is made anew only when the workouts it is made of have changed."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self._lock = threading.Lock()
        self._workouts: list[SharedWorkout] = []
        self._made: dict[str, Resource] = {}

    def get(
        self, workouts: list[SharedWorkout], base: str, make: Callable[[], Resource]
    ) -> Resource:
        """The text for these workouts at this address: made before, or now by one thread alone."""
        with self._lock:
            if not _same(workouts, self._workouts) or len(self._made) >= MOST_ADDRESSES:
                self._workouts, self._made = workouts, {}
            if base not in self._made:
                self._made[base] = make()
            return self._made[base]


def _same(workouts: list[SharedWorkout], before: list[SharedWorkout]) -> bool:
    """Whether they are the same files, unchanged: `WorkoutFolder` then gives the same objects."""
    return len(workouts) == len(before) and all(map(is_, workouts, before))


class Site:
    """What is shared of one folder."""

    def __init__(self, shelf: WorkoutFolder, draw: Draw, title: str = "") -> None:
        """Share the workouts on `shelf`; pictures are drawn only when asked for.

        `title`: of the page and the feed; if empty, `Workouts` in the language of most of them.
        """
        self.shelf = shelf
        self._title = title
        self._draw = draw
        self._index, self._episodes = Latest(), Latest()

    def resource(self, name: str, base: str) -> Resource | None:
        """What is under a name, or None.

        Args:
            name: As in the address, decoded; empty for the page of the folder.
            base: The address everything stands under, ending in a slash.
        """
        workouts = self.shelf.workouts()
        shared = self._shared(name, base, workouts)
        if shared:
            return shared
        for workout in workouts:
            if name.startswith(workout.stem):
                found = self._of(workout, name.removeprefix(workout.stem), base)
                if found:
                    return found
        return None

    def files(self, base: str) -> Iterator[tuple[str, bytes]]:
        """Names and bytes of a feed that stands beside the MP3 files on any web server."""
        workouts = self.shelf.workouts()
        yield FEED, self._feed(workouts, base).encode()
        yield PICTURE, self._draw(self._cover_content(workouts), COVER)
        yield "index.html", self._render_index(workouts, base).encode()
        for workout in workouts:
            pictures = dict.fromkeys(_picture_endings(_chapter_contents(workout)))
            for ending in (".jpg", ".chapters.json", ".vtt", ".html", *pictures):
                made = self._of(workout, ending, base)
                if made:
                    yield workout.stem + ending, made.open().read()

    def _shared(self, name: str, base: str, workouts: list[SharedWorkout]) -> Resource | None:
        """What belongs to no single workout."""
        match name:
            case "":
                return self._index.get(
                    workouts,
                    base,
                    lambda: _make_resource(HTML, self._render_index(workouts, base)),
                )
            case "feed.xml":
                return self._episodes.get(
                    workouts,
                    base,
                    lambda: _make_resource(feed.MEDIA_TYPE, self._feed(workouts, base)),
                )
            case "programme.ics":
                return self._find_calendar()
            case "feed.jpg":
                return _make_resource(
                    "image/jpeg", self._draw(self._cover_content(workouts), COVER)
                )
        return None

    def _of(self, workout: SharedWorkout, ending: str, base: str) -> Resource | None:
        """What belongs to a workout, by the ending of its name."""
        timeline = workout.timeline
        match ending:
            case ".mp3" | ".MP3" if workout.path.suffix == ending:
                return Resource("audio/mpeg", workout.size, workout.tag, workout.open)
            case ".html":
                return _make_resource(HTML, pages.render_workout_page(workout))
            case ".chapters.json":
                endings = _picture_endings(_chapter_contents(workout))
                addresses = [base + quote(workout.stem + ending) for ending in endings]
                return _make_resource(
                    chapters.CHAPTERS_MEDIA_TYPE, chapters.render(timeline, addresses)
                )
            case ".vtt":
                return _make_resource("text/vtt; charset=utf-8", views.render_view(timeline, "vtt"))
            case ".jpg":
                return _make_resource("image/jpeg", self._draw(cover_content(timeline), COVER))
            case _ if _PICTURE.fullmatch(ending):
                contents = _chapter_contents(workout)
                if ending in _picture_endings(contents):
                    number = int(ending.split(".")[-2])
                    return _make_resource(
                        "image/jpeg", self._draw(contents[number - 1], CHAPTER_PICTURE)
                    )
        return None

    def _render_index(self, workouts: list[SharedWorkout], base: str) -> str:
        calendar = CALENDAR if self._find_calendar() else ""
        language = _main_language(workouts)
        return pages.render_index(
            self._title_of(workouts), workouts, base + FEED, language, calendar
        )

    def _title_of(self, workouts: list[SharedWorkout]) -> str:
        return self._title or words_for(_main_language(workouts))["workouts"]

    def _find_calendar(self) -> Resource | None:
        """The calendar of a person's folder."""
        try:
            with open_plain(self.shelf.folder / CALENDAR) as file:
                return _make_resource("text/calendar; charset=utf-8", file.read(LARGEST_MANIFEST))
        except OSError:
            return None

    def _cover_content(self, workouts: list[SharedWorkout]) -> CardContent:
        return CardContent(
            "cover", self._title_of(workouts), amount=str(len(workouts)) if workouts else ""
        )

    def _feed(self, workouts: list[SharedWorkout], base: str) -> str:
        language = _main_language(workouts)
        return feed.render_feed(
            feed.Feed(
                title=self._title_of(workouts),
                description=words_for(language)["feed"],
                language=language,
                url=base + FEED,
                page=base,
                picture=base + PICTURE,
                episodes=[_make_episode(workout, base) for workout in workouts],
            )
        )


def _chapter_contents(workout: SharedWorkout) -> list[CardContent]:
    """The picture of each chapter, as in the MP3."""
    return card_contents(workout.timeline, group_chapters(workout.timeline))


def _picture_endings(contents: list[CardContent]) -> list[str]:
    """The ending of each picture's name; equal pictures have the number of the first."""
    return [f".chapter.{contents.index(content) + 1}.jpg" for content in contents]


def _main_language(workouts: list[SharedWorkout]) -> str:
    """The language of most workouts; of two, that of the newest. English for no workout."""
    languages = Counter(workout.timeline.language for workout in workouts)
    return max(languages, key=lambda language: languages[language], default="en")


def _make_episode(workout: SharedWorkout, base: str) -> feed.Episode:
    timeline = workout.timeline
    address = base + quote(workout.stem)
    return feed.Episode(
        title=timeline.title or workout.stem,
        summary=workout.session.summary
        if workout.session
        else pages.summarize_workout(workout.timeline),
        guid=workout.guid,
        language=timeline.language,
        published=workout.published,
        lasts=timeline.duration_ms,
        size=workout.size,
        audio=base + quote(workout.path.name),
        page=address + ".html",
        picture=address + ".jpg",
        chapters=address + ".chapters.json",
        transcript=address + ".vtt",
        season=workout.session.week if workout.session else 0,
        number=workout.session.number if workout.session else 0,
    )


def _make_resource(media_type: str, content: str | bytes) -> Resource:
    data = content.encode() if isinstance(content, str) else content
    return Resource(media_type, len(data), _content_digest(data), lambda: io.BytesIO(data))


def _content_digest(data: bytes) -> str:
    return short_digest(data)
