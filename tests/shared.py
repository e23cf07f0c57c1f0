"""A small workout as an MP3 that can be shared: a real tag in front of anything at all."""

from __future__ import annotations

from datetime import date

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.timeline import Timeline
from audioworkout.tagging.labels import BuildInfo, make_tag
from samples import ALL, Letters, routine

TIMELINE = lay_out(compile_routine(routine(*ALL), load_phrases("en")), Letters(), "ruler")


MADE = BuildInfo("1.2.3", date(2026, 3, 1), "--minutes 20", "0123456789abcdef")


def mp3_with(timeline: Timeline, sound: bytes) -> bytes:
    return make_tag(timeline, MADE, timeline.chapters) + sound
