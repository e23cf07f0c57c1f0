"""The pages of a shared folder: a list of workouts, and each one's own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from audioworkout.model.timeline import Timeline
from audioworkout.sharing.workouts import SharedWorkout
from audioworkout.units import format_short_clock
from audioworkout.views import page
from audioworkout.views.markup import escape_markup, hash_source
from audioworkout.views.screen_words import language_for, words_for

STYLE = """
:root { color-scheme: light dark; --ink: #1b1a17; --soft: #5b5850; --line: #ddd8ce;
  --paper: #f7f6f3; --card: #fff; --accent: #bf3f0a; --on: #fff;
  font: 100%/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
@media (prefers-color-scheme: dark) { :root { --ink: #f5f2eb; --soft: #aba69b; --line: #383530;
  --paper: #121114; --card: #1c1a18; --accent: #ff8f61; --on: #121114; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1.25rem 3rem; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 2rem; letter-spacing: -.02em; margin: 0 0 1.25rem; }
h2 { font-size: 1.25rem; letter-spacing: -.01em; margin: 0; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
li { background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: 1.1rem 1.25rem; display: grid; grid-template-columns: auto 1fr; gap: .75rem 1rem; }
img { width: 5.5rem; height: 5.5rem; border-radius: .7rem; }
li h2 { align-self: center; }
li p { grid-column: 1 / -1; margin: 0; }
p { margin: .35rem 0 0; color: var(--soft); font-variant-numeric: tabular-nums; }
a { color: var(--accent); }
.do { display: flex; flex-wrap: wrap; gap: .6rem 1.25rem; align-items: center; }
.do a { min-height: 2.75rem; padding: .65rem 1.4rem; border-radius: 2rem; font-weight: 600;
  text-decoration: none; border: 1px solid var(--accent); }
.do .go { background: var(--accent); color: var(--on); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: .5rem; }
.apps { display: flex; flex-wrap: wrap; gap: .6rem; margin: .9rem 0; }
.apps a { border: 1px solid var(--accent); border-radius: 2rem; padding: .65rem 1.25rem;
  min-height: 2.75rem; text-decoration: none; font-weight: 600; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
code { font-size: .875rem; user-select: all; color: var(--ink); }
"""
"""The colours are those of a workout's own page."""

APPS = (
    ("Apple Podcasts", "podcast"),
    ("AntennaPod", "antennapod-subscribe"),
    ("Podcast Addict", "podcastaddict"),
)
"""Podcast players that fetch feeds from the phone itself, and the scheme of an address that opens
each; the others fetch through a server of their own, which sees no computer at home."""


def render_index(
    title: str, workouts: Sequence[SharedWorkout], feed: str, language: str, calendar: str = ""
) -> str:
    """The list of workouts, where the feed is, and a programme's calendar if there is one.

    `language` is that of the labels around the workouts.
    """
    words = {key: escape_markup(word) for key, word in words_for(language).items()}
    days = f'<p><a href="{escape_markup(calendar)}">{words["calendar"]}</a></p>' if calendar else ""
    items = "\n".join(_render_entry(workout, words) for workout in workouts)
    shown = f"<ul>\n{items}\n</ul>" if workouts else f"<p>{words['no_workouts']}</p>"
    return f"""<!doctype html>
<html lang="{language_for(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape_markup(_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape_markup(title)}</title>
<link rel="icon" href="feed.jpg">
<link rel="alternate" type="application/rss+xml" title="{escape_markup(title)}" href="feed.xml">
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape_markup(title)}</h1>
{days}
{shown}
</main>
<footer>
<h2>{words["podcast"]}</h2>
<p>{words["subscribe"]}</p>
<p class="apps">{_render_app_links(feed)}</p>
<p>{words["add_address"]}</p>
<p><code>{escape_markup(feed)}</code></p>
</footer>
</body>
</html>
"""


def _render_app_links(feed: str) -> str:
    """A link for each player that subscribes to the feed there."""
    address = feed.partition("://")[2]
    return "\n".join(
        f'<a href="{scheme}://{escape_markup(address)}">{name}</a>' for name, scheme in APPS
    )


def render_workout_page(shared: SharedWorkout) -> str:
    """A workout's own page, playing the MP3 beside it."""
    return page.render_page(shared.timeline, quote(shared.path.name))


def summarize_workout(timeline: Timeline) -> str:
    """Length and exercises in a line: `28:00 · Squat, Plank`."""
    names = {
        mark.context.exercise: mark.context.name or mark.context.exercise
        for mark in timeline.chapters
        if mark.context.exercise
    }
    return " · ".join(filter(None, [format_short_clock(timeline.duration_ms), _list_names(names)]))


def _list_names(names: dict[str, str]) -> str:
    return ", ".join(names.values())


def _render_entry(shared: SharedWorkout, words: Mapping[str, str]) -> str:
    stem = escape_markup(quote(shared.stem))
    title = escape_markup(shared.timeline.title or shared.stem)
    language = escape_markup(shared.timeline.language)
    play, size = words["play"], words["megabytes"].format(n=f"{shared.size / 1_000_000:.0f}")
    return f"""<li>
<img src="{stem}.jpg" alt="" width="88" height="88" loading="lazy">
<h2 lang="{language}" dir="auto">{title}</h2>
<p lang="{language}" dir="auto">{escape_markup(summarize_workout(shared.timeline))}</p>
<p class="do"><a class="go" href="{stem}.html" aria-label="{play}: {title}">{play}</a>
<a href="{escape_markup(quote(shared.path.name))}" download>{words["save"]}
({size})</a></p>
</li>"""


_POLICY = (
    f"default-src 'none'; style-src '{hash_source(STYLE)}'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing runs on this page, and nothing but covers is fetched by it."""
