"""Nothing that is seen of a workout is in another language than the workout.

A routine with all kinds of work is made in each language, and every view of it is searched for
English words. Which words are English is taken from the English tables and the catalogue.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import mutagen.id3
import pytest
import yaml

import audioworkout
from audioworkout import api
from audioworkout.languages import LANGUAGES, load_language, load_phrases, load_screen_words
from audioworkout.model.request import Flags, RoutineText
from audioworkout.model.timeline import Timeline
from audioworkout.playing.board import Board, TerminalRoom
from audioworkout.publish import track_names
from audioworkout.sharing.site import Site
from audioworkout.sharing.workouts import SharedWorkout
from audioworkout.tagging.labels import make_tag
from audioworkout.views import FORMATS, render_view
from audioworkout.views.card_content import card_contents, cover_content
from audioworkout.views.grouping import group_chapters
from audioworkout.views.page import render_page
from audioworkout.views.plot import render_plot_svg
from shared import MADE

OTHERS = [language for language in LANGUAGES if language != "en"]
DATA = Path(audioworkout.__file__).parent
ROUTINE = """title: 7
coaching: full
exercises:
  - farmers march
  - fire hydrants
  - side lunges: 2x4 alternating, rest 20s
  - curtsy lunge: 2x3 per leg @2-0-2-0
  - bodyweight squat: 5, 4, 3, pause 2s at bottom
  - plank: 20s
  - jumping jacks: for 20s
  - pull up: max in 30s
  - push up: 5+
  - row: 500 m
  - run: 1.5 km
  - box breathing: 3 breaths
  - lateral walk: 5 steps
  - bench press: 5 @ 60kg, 5 @ 70kg, RPE 8
  - circuit: {rounds: 2, exercises: [glute bridge: 4, dead bug: 4]}
  - amrap: {minutes: 3, exercises: [burpees: 5, sit up: 5]}
  - tabata: [high knees]
cool_down: [walk: 1 min, childs pose]
"""
SPELT_ALIKE = frozenset(
    re.findall(
        r"\w+",
        "audioworkout ruler wpm min max km rpe lrc la ar ti length performer title file track index"
        " audio wave note webvtt language",
    )
)
"""The program's name, the voice of the tests, units, and words of file formats."""
WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def timeline_in(language: str) -> Timeline:
    studio = api.make_studio()
    flags = Flags(engine="ruler", language=language)
    return api.script_workout(
        api.read_workout(RoutineText(ROUTINE, name="7"), flags, studio), studio
    )


def words_in(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(text)}


def texts_of(node: object) -> Iterator[str]:
    """All texts of values in nested data."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in texts_of(value))
    elif isinstance(node, list | tuple):
        yield from (text for value in node for text in texts_of(value))


@cache
def catalogue_texts(language: str) -> tuple[str, ...]:
    """Names and sentences of the built-in exercises."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if language != "en":
        path = DATA / "catalogue" / "languages" / f"{language}.yaml"
        return tuple(texts_of(yaml.load(path.read_text(encoding="utf-8"), loader)))
    keys = {mark.context.exercise for mark in timeline_in("de").chapters} - {None}
    files = [DATA / "catalogue" / f"{key}.yaml" for key in keys]
    return tuple(
        text for path in files for text in texts_of(yaml.load(path.read_text("utf-8"), loader))
    )


@cache
def words_of(language: str) -> set[str]:
    """Every word that may be read in a workout in this language."""
    phrases, module = load_phrases(language), load_language(language)
    numbers = [phrases.number(n) for n in range(100)]
    tables = (module.PHRASES.values(), load_screen_words(language).values())
    blanks = re.compile(r"\{\w+\}")
    own = (blanks.sub(" ", text) for table in tables for text in table)
    return words_in(*own, *numbers, *catalogue_texts(language), module.DISCLAIMER)


def foreign_words(text: str, language: str) -> set[str]:
    return (words_in(text) & words_of("en")) - words_of(language) - SPELT_ALIKE


def read_html(text: str) -> str:
    """What is seen and heard of a page: texts, labels, and the words of its script's data."""
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.S)
    score = json.loads(data[1]) if data else {}
    spoken = [
        score.get("title", ""),
        *texts_of(list(score.get("words", {}).values())),
        *(text for one in score.get("captions", ()) for text in texts_of(one)),
        *(
            text
            for scene in score.get("scenes", ())
            for key in ("label", "name", "side", "details", "after", "of", "progress")
            for text in texts_of(scene[key])
        ),
    ]
    plain = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.S)
    labels = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', plain)
    return html.unescape(" ".join((*spoken, *labels, re.sub(r"<[^>]*>", " ", plain))))


def shelf_of(timeline: Timeline) -> Any:
    """A folder with one workout."""

    class Shelf:
        folder = Path("nowhere")

        def workouts(self) -> list[SharedWorkout]:
            return [SharedWorkout(Path("x.mp3"), 3_000_000, 0, timeline)]

    return Shelf()


def views_of(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Every view of a workout by name, as the text that a person sees."""
    for name in FORMATS.keys() - {"json", "chapters", "why"}:  # the last is for who changes phrases
        yield name, render_view(timeline, name)
    yield "chapters", " ".join(texts_of(json.loads(render_view(timeline, "chapters"))))
    yield "page", read_html(render_page(timeline, "7.mp3"))
    yield "plot", read_html(render_plot_svg(timeline, [0.5]))
    marks = group_chapters(timeline)
    for content in (cover_content(timeline), *card_contents(timeline, marks)):
        yield "card", " ".join(texts_of(content._replace(kind="", side=None, rhythm=())))
    yield "tracks", " ".join(track_names(timeline, marks))
    tag = mutagen.id3.ID3(io.BytesIO(make_tag(timeline, MADE, marks)), translate=False)
    yield "tag", " ".join(str(tag[name]) for name in ("TIT2", "TALB", "TCON"))
    yield "tag", str(tag.getall("COMM")[0]).partition("audioworkout")[0]
    board = Board(timeline)
    for at in range(0, timeline.duration_ms, 4_900):
        yield "player", "\n".join(board.lines(at, at % 2 > 0, TerminalRoom(200, 30, color=False)))
    for columns in (40, 20):  # the line of keys is shorter there; it is the last
        yield "player", board.lines(0, False, TerminalRoom(columns, 30, color=False))[-1]
    site = Site(shelf_of(timeline), lambda face, size: " ".join(texts_of(face)).encode())
    base = "https://127.0.0.1/"
    for name in ("", "feed.jpg"):
        resource = site.resource(name, base)
        assert resource is not None
        yield f"site {name}", read_html(resource.open().read().decode())
    feed = site.resource("feed.xml", base)
    assert feed is not None
    told = re.findall(r"<(?:title|description)>(.*?)</", feed.open().read().decode(), re.S)
    yield "feed", " ".join(told)


@pytest.mark.parametrize("language", OTHERS)
def test_no_view_shows_an_english_word(language: str) -> None:
    seen, found = 0, {}
    for name, text in views_of(timeline_in(language)):
        text = re.sub(r"https?://\S+|Apple Podcasts|AntennaPod|Podcast Addict", " ", text)
        if foreign := foreign_words(text, language):
            found[name] = foreign
        seen += len(words_in(text))
    assert found == {}
    assert seen > 2_000


def test_english_views_are_found_to_be_english() -> None:
    """The search finds what it looks for: every view of the English workout has such words."""
    poor = {
        name
        for name, text in views_of(timeline_in("en"))
        if name != "card" and not foreign_words(text, "es")
    }
    assert poor <= {"site feed.jpg"}


@pytest.mark.parametrize("language", OTHERS)
def test_pages_tell_their_language(language: str) -> None:
    timeline = timeline_in(language)
    site = Site(shelf_of(timeline), lambda face, size: b"")
    index = site.resource("", "https://127.0.0.1/")
    assert index is not None
    for page in (render_page(timeline, "7.mp3"), index.open().read().decode()):
        assert f'<html lang="{language}">' in page
    assert f'xml:lang="{language}"' in render_plot_svg(timeline)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_have_the_blanks_of_the_english_ones(language: str) -> None:
    blank = re.compile(r"\{\w*\}")
    for key, text in load_screen_words("en").items():
        assert sorted(blank.findall(text)) == sorted(
            blank.findall(load_screen_words(language)[key])
        ), key
