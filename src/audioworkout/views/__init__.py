"""Converts a timeline to text formats, one module for each; none of them writes a file.

Every view is a function from a Timeline to text. `FORMATS` names the module of each.
"""

from __future__ import annotations

from importlib import import_module

from audioworkout.model.timeline import Timeline

FORMATS: dict[str, str] = {
    "text": "audioworkout.views.text",
    "json": "audioworkout.views.json",
    "lrc": "audioworkout.views.lrc",
    "vtt": "audioworkout.views.vtt",
    "cue": "audioworkout.views.cue",
    "chapters": "audioworkout.views.chapters",
    "why": "audioworkout.views.why",
}
"""Names of the formats and the modules whose `render(timeline)` gives them."""


def render_view(timeline: Timeline, format_name: str) -> str:
    """The timeline in one of `FORMATS`, ending in a newline."""
    rendered: str = import_module(FORMATS[format_name]).render(timeline)
    return rendered
