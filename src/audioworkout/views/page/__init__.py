"""Timeline -> one HTML file that plays the sound and shows what is going on (docs/page.md).

Nothing is fetched but the sound: style, script and score stand in the file, and its content
security policy lets nothing else run. Whatever a routine says is text, never markup.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TextIO
from urllib.parse import urlsplit

from audioworkout.errors import BuildError
from audioworkout.model.timeline import Timeline
from audioworkout.units import short_clock
from audioworkout.views.markup import escaped, hash_source
from audioworkout.views.page.plan import plan
from audioworkout.views.page.score import Beat, Caption, Scene, Score, score
from audioworkout.views.plot import render as plot
from audioworkout.views.plot import strip
from audioworkout.views.words import counted, language_for, words_for

BLOCK = 3 << 16
"""Bytes of sound encoded at a time; a multiple of three, so base64 needs no filling between."""

_HERE = "$audio"
_SPOKEN_TO_SCRIPT = ("play", "pause", "prepare", "seconds", "minutes", "next", "after", "no_sound")
"""Labels the script changes while it runs; the others stand in the HTML."""


def render(timeline: Timeline, audio: str) -> str:
    """The page as one text.

    Args:
        timeline: What is played.
        audio: URL of the sound: a file name relative to the page, percent-encoded, or a `data:` URL
            for a page that needs no second file. `write` makes those without holding them.
    """
    before, after = _around(timeline, audio)
    return before + escaped(audio) + after


def write(out: TextIO, timeline: Timeline, mp3: Path) -> None:
    """Write a page that carries its sound, a block at a time.

    Args:
        out: A text file open for writing, UTF-8.
        timeline: What is played.
        mp3: The sound.

    Raises:
        BuildError: The sound cannot be read.
    """
    before, after = _around(timeline, "data:")
    out.write(before + "data:audio/mpeg;base64,")
    for block in _blocks(mp3):
        out.write(base64.b64encode(block).decode("ascii"))
    out.write(after)


def _blocks(mp3: Path) -> Iterator[bytes]:
    """The sound piece by piece; what goes wrong where it is written is not told as its fault."""
    try:
        with mp3.open("rb") as sound:
            while block := sound.read(BLOCK):
                yield block
    except OSError as error:
        hint = "build the MP3 first, and leave it in place until the page is written"
        raise BuildError(f"cannot read {mp3}: {error.strerror}", hint) from error


def _around(timeline: Timeline, audio: str) -> tuple[str, str]:
    """The page before and after the URL of its sound."""
    css, js = _asset("page.css"), _asset("page.js")
    the_score = score(timeline)
    blanks = {
        **{f"w_{key}": escaped(word) for key, word in words_for(timeline.language).items()},
        "language": language_for(timeline.language),
        "policy": _policy(css, js, audio),
        "title": escaped(timeline.title),
        "summary": escaped(_summary(timeline)),
        "clock": short_clock(timeline.duration_ms),
        "duration": str(timeline.duration_ms),
        "after": escaped(the_score.scenes[0].after if the_score.scenes else ""),
        "strip": strip(timeline),
        "plan": plan(timeline),
        "picture": _as_url(plot(timeline)),
        "score": _json(_data(timeline, the_score, audio)),
        "css": css,
        "js": js,
    }
    before, after = _asset("page.html").split(_HERE)
    return Template(before).substitute(blanks), Template(after).substitute(blanks)


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _summary(timeline: Timeline) -> str:
    exercises = len({mark.about.exercise for mark in timeline.chapters if mark.about.exercise})
    told = counted(words_for(timeline.language), "exercises", exercises)
    return f"{short_clock(timeline.duration_ms)} · {told}"


def _policy(css: str, js: str, audio: str) -> str:
    """What the page may do: its own style and script by their hashes, and play its sound.

    A page opened from a disk is no 'self' to every browser, hence `file:`. Sound within the page
    is fetched from itself into a blob.
    """
    scheme = urlsplit(audio).scheme
    media = {"": "'self' file:", "data": "data: blob:"}.get(scheme, f"{scheme}:")
    fetch = "; connect-src data:" if scheme == "data" else ""
    return (
        f"default-src 'none'; style-src '{hash_source(css)}'; script-src '{hash_source(js)}'; "
        f"media-src {media}{fetch}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _as_url(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def _data(timeline: Timeline, the_score: Score, audio: str) -> Mapping[str, object]:
    words = words_for(timeline.language)
    return {
        "title": timeline.title,
        "audio": "" if audio.startswith("data:") else audio,
        "duration_ms": timeline.duration_ms,
        "chapters": [
            {"title": mark.title, "start_ms": mark.start_ms} for mark in timeline.chapters
        ],
        "scenes": the_score.scenes,
        "captions": the_score.captions,
        "words": {key: words[key] for key in _SPOKEN_TO_SCRIPT},
    }


def _json(data: Mapping[str, object]) -> str:
    """JSON that cannot end the script element it stands in, nor begin a comment there."""
    text = json.dumps(data, separators=(",", ":"), default=_fields)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _fields(value: Scene | Beat | Caption) -> dict[str, object]:
    """A part of a score as JSON has it: `asdict` would copy every beat first."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
