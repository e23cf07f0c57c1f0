"""The chapters as a cue sheet, for desktop players and for splitting the MP3 into tracks."""

from __future__ import annotations

from audioworkout.model.timeline import Timeline
from audioworkout.units import MINUTE, SECOND, Ms

FRAMES = 75
"""Cue sheets count in 75ths of a second, as a CD does."""

MOST_TRACKS = 99
"""A cue sheet numbers its tracks with two digits."""


def render(timeline: Timeline, audio: str = "") -> str:
    """A track for every chapter; from the 99th on the last one goes on to the end.

    Args:
        timeline: What is played.
        audio: Name of the sound file beside the sheet; if empty, the routine's MP3.
    """
    audio = audio or f"{timeline.routine}.mp3"
    is_wave = audio.lower().endswith((".wav", ".flac", ".ogg", ".opus", ".m4a"))
    lines = [
        'PERFORMER "audioworkout"',
        f'TITLE "{_quote_text(timeline.title)}"',
        f'FILE "{_quote_text(audio)}" {"WAVE" if is_wave else "MP3"}',
    ]
    for number, mark in enumerate(timeline.chapters[:MOST_TRACKS], 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f'    TITLE "{_quote_text(mark.title)}"',
            f"    INDEX 01 {_format_cue_time(mark.start_ms)}",
        ]
    return "\n".join(lines) + "\n"


def _format_cue_time(ms: Ms) -> str:
    """Minutes, seconds, 75ths; rounded down, so that a track never begins late.

    >>> _format_cue_time(66_190)
    '01:06:14'
    """
    return f"{ms // MINUTE:02}:{ms // SECOND % 60:02}:{ms % SECOND * FRAMES // SECOND:02}"


def _quote_text(text: str) -> str:
    """The format has no escape for a quotation mark."""
    return text.replace('"', "'")
