"""The script as LRC: one timed line for everything said, as music players show lyrics.

The same text goes into the MP3's lyrics frame, where players look for it that read no side file.
"""

from __future__ import annotations

from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.units import MINUTE, Ms, format_short_clock


def render(timeline: Timeline) -> str:
    """Headers, then `[mm:ss.xx]words`; a chapter's title is at its start."""
    lines = [
        (mark.start_ms, mark.title)
        for mark in timeline.chapters
        if mark.context.exercise is not None or mark.context.name
    ]
    lines += [
        (event.start_ms, event.line.text) for event in timeline.events if isinstance(event, Spoken)
    ]
    headers = [
        f"[ti:{timeline.title}]",
        "[ar:audioworkout]",
        f"[la:{timeline.language}]",
        f"[length:{format_short_clock(timeline.duration_ms)}]",
    ]
    body = [
        f"[{_format_lrc_time(at)}]{text}" for at, text in sorted(lines, key=lambda line: line[0])
    ]
    return "\n".join([*headers, *body]) + "\n"


def _format_lrc_time(ms: Ms) -> str:
    """Minutes may pass 99: the format has no hours.

    >>> _format_lrc_time(66_196), _format_lrc_time(6_000_000)
    ('01:06.19', '100:00.00')
    """
    minutes, rest = divmod(ms, MINUTE)
    return f"{minutes:02}:{rest // 1_000:02}.{rest % 1_000 // 10:02}"
