"""Chapters as JSON for podcast players (version 1.2.0 of the podcast namespace's format)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from audioworkout.model.timeline import Mark, Timeline
from audioworkout.units import SECOND, Ms
from audioworkout.views.grouping import group_chapters

CHAPTERS_VERSION = "1.2.0"
CHAPTERS_MEDIA_TYPE = "application/json+chapters"


def render(timeline: Timeline, pictures: Sequence[str] = ()) -> str:
    """One JSON object, indented; times in seconds, the same chapters as in the MP3.

    Args:
        timeline: Where the chapters are.
        pictures: The address of a picture for each chapter, or empty.
    """
    marks = group_chapters(timeline)
    shown = pictures or [""] * len(marks)
    data = {
        "version": CHAPTERS_VERSION,
        "title": timeline.title,
        "chapters": [_chapter_data(*each) for each in zip(marks, shown, strict=True)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _chapter_data(mark: Mark, picture: str) -> dict[str, Any]:
    return {
        "startTime": _to_seconds(mark.start_ms),
        "endTime": _to_seconds(mark.end_ms),
        "title": mark.title,
        **({"img": picture} if picture else {}),
    }


def _to_seconds(ms: Ms) -> float | int:
    """Seconds, as a whole number where they are one.

    >>> _to_seconds(66_190), _to_seconds(45_000)
    (66.19, 45)
    """
    return ms // SECOND if ms % SECOND == 0 else ms / SECOND
