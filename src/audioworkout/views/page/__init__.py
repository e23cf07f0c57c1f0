"""Timeline -> one HTML file that plays the sound and shows what is going on (docs/page.md).

Only the sound is loaded: style, script and score are in the file, and its content security policy
forbids everything else. Texts of a routine are escaped, never markup.
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
from audioworkout.units import format_short_clock
from audioworkout.views.grouping import exercise_numbers
from audioworkout.views.markup import escape_markup, hash_source
from audioworkout.views.page.outline import render_outline
from audioworkout.views.page.score import Beat, Caption, Scene, Score, make_score
from audioworkout.views.plot import render_plot_svg as plot
from audioworkout.views.plot import render_strip
from audioworkout.views.screen_words import count_label, language_for, words_for

ENCODED_SIZE = 3 << 16
"""Bytes of sound encoded at a time; a multiple of three, so base64 needs no filling between."""

_HERE = "$audio"
_SPOKEN_TO_SCRIPT = (
    *("play", "pause", "prepare", "second", "seconds", "minutes", "next", "after", "no_sound"),
    *("wide", "leave", "own_pace"),
)
"""Labels that the script changes while it runs; the others are in the HTML."""


def render_page(timeline: Timeline, audio: str) -> str:
    """The page as one text.

    Args:
        timeline: What is played.
        audio: URL of the sound: a file name relative to the page, percent-encoded, or a `data:` URL
            for a page that needs no second file. `write` makes those without holding them.
    """
    before, after = _page_parts(timeline, audio)
    return before + escape_markup(audio) + after


def write_page_with_sound(out: TextIO, timeline: Timeline, mp3: Path) -> None:
    """Write a page that carries its sound, a block at a time.

    Args:
        out: A text file open for writing, UTF-8.
        timeline: What is played.
        mp3: The sound.

    Raises:
        BuildError: The sound cannot be read.
    """
    before, after = _page_parts(timeline, "data:")
    out.write(before + "data:audio/mpeg;base64,")
    for block in _read_sound_blocks(mp3):
        out.write(base64.b64encode(block).decode("ascii"))
    out.write(after)


def _read_sound_blocks(mp3: Path) -> Iterator[bytes]:
    """Read the sound in blocks; errors of reading, but not of writing, become a BuildError."""
    try:
        with mp3.open("rb") as sound:
            while block := sound.read(ENCODED_SIZE):
                yield block
    except OSError as error:
        hint = "build the MP3 first, and leave it in place until the page is written"
        raise BuildError(f"cannot read {mp3}: {error.strerror}", hint) from error


def _page_parts(timeline: Timeline, audio: str) -> tuple[str, str]:
    """The page before and after the URL of its sound."""
    css, js = _load_asset("page.css"), _load_asset("page.js")
    the_score = make_score(timeline)
    blanks = {
        **{f"w_{key}": escape_markup(word) for key, word in words_for(timeline.language).items()},
        "language": language_for(timeline.language),
        "policy": _content_policy(css, js, audio),
        "title": escape_markup(timeline.title),
        "summary": escape_markup(_page_summary(timeline)),
        "mood": escape_markup(timeline.mood),
        "fetch": _render_fetch(timeline),
        "totals": _render_totals(timeline),
        "clock": format_short_clock(timeline.duration_ms),
        "duration": str(timeline.duration_ms),
        "after": escape_markup(the_score.scenes[0].after if the_score.scenes else ""),
        "strip": render_strip(timeline),
        "plan": render_outline(timeline),
        "picture": _svg_url(plot(timeline)),
        "score": _script_json(_page_data(timeline, the_score, audio)),
        "css": css,
        "js": js,
    }
    before, after = _load_asset("page.html").split(_HERE)
    return Template(before).substitute(blanks), Template(after).substitute(blanks)


def _load_asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _page_summary(timeline: Timeline) -> str:
    exercises = len({mark.context.exercise for mark in timeline.chapters if mark.context.exercise})
    told = count_label(words_for(timeline.language), "exercises", exercises) if exercises else ""
    return " · ".join(filter(None, (format_short_clock(timeline.duration_ms), told)))


def _render_fetch(timeline: Timeline) -> str:
    """What to have at hand, for the start."""
    words = words_for(timeline.language)
    if not timeline.kit:
        return f'<p class="card-list">{escape_markup(words["nothing"])}</p>'
    things = escape_markup(", ".join(timeline.kit))
    told = escape_markup(words["fetch"]).format(things=f'<b dir="auto">{things}</b>')
    return f'<p class="card-list">{told}</p>'


def _render_totals(timeline: Timeline) -> str:
    """How much was done, for the end: exercises, reps counted, time of work."""
    words = words_for(timeline.language)
    work = [span for span in timeline.spans if span.kind in ("work", "pulses")]
    exercises = len(exercise_numbers(timeline.chapters))
    reps = sum(span.count or 0 for span in work if span.mode == "reps")
    time = format_short_clock(sum(span.end_ms - span.start_ms for span in work))
    told = (
        count_label(words, "exercises", exercises) if exercises else "",
        count_label(words, "reps", reps) if reps else "",
        words["work_time"].format(n=time),
    )
    whole = (f'<span class="whole">{escape_markup(one)}</span>' for one in told if one)
    return f'<p class="card-list">{" · ".join(whole)}</p>'


def _content_policy(css: str, js: str, audio: str) -> str:
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


def _svg_url(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def _page_data(timeline: Timeline, the_score: Score, audio: str) -> Mapping[str, object]:
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


def _script_json(data: Mapping[str, object]) -> str:
    """JSON that can neither end its script element nor begin a comment in it."""
    text = json.dumps(data, separators=(",", ":"), default=_fields)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _fields(value: Scene | Beat | Caption) -> dict[str, object]:
    """A part of a score as JSON has it: `asdict` would copy every beat first."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
