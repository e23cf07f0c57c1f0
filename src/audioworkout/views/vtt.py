"""The script as WebVTT (W3C): captions for everything said, each on screen long enough to read."""

from __future__ import annotations

from itertools import pairwise

from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.units import HOUR, MINUTE, SECOND, Ms

SHORTEST_CAPTION: Ms = SECOND
"""A caption stays at least this long, if nothing else is said before."""


def render(timeline: Timeline) -> str:
    """A WEBVTT file; captions do not overlap."""
    said = [event for event in timeline.events if isinstance(event, Spoken)]
    ends = [
        max(one.end_ms, min(one.start_ms + SHORTEST_CAPTION, two.start_ms))
        for one, two in pairwise(said)
    ]
    ends += [event.end_ms for event in said[-1:]]
    blocks = [
        f"{_format_vtt_time(event.start_ms)} --> {_format_vtt_time(end)}\n"
        f"{_escape_cue(event.line.text)}"
        for event, end in zip(said, ends, strict=True)
    ]
    header = f"WEBVTT - {_escape_cue(timeline.title)}\nLanguage: {timeline.language}"
    return "\n\n".join([header, *blocks]) + "\n"


def _format_vtt_time(ms: Ms) -> str:
    """Hours, minutes, seconds, thousandths.

    >>> _format_vtt_time(3_723_004)
    '01:02:03.004'
    """
    return f"{ms // HOUR:02}:{ms // MINUTE % 60:02}:{ms // SECOND % 60:02}.{ms % SECOND:03}"


def _escape_cue(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
