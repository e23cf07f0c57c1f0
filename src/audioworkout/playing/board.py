"""Makes the lines of text that the terminal shows at a moment, from the same score as the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioworkout.model.timeline import Timeline
from audioworkout.text import cut_to_columns, text_columns
from audioworkout.units import SECOND, Ms, format_short_clock
from audioworkout.views.page.score import Beat, Scene, Score, make_score
from audioworkout.views.screen_words import words_for

NARROW_SCREEN = 40
"""Columns below which a pixel of the big number is one character wide and not two."""
LOW = 11
"""Rows below which the big number would be cut off, and is written as plain figures."""
LEAST = 20
"""Minimum width of lines (columns), however narrow the terminal is."""
LONGEST_COUNT: Ms = 100 * SECOND
"""From here on the time left is shown as minutes and seconds."""

DIGITS = {
    "0": ("111", "101", "101", "101", "111"),
    "1": ("010", "110", "010", "010", "111"),
    "2": ("111", "001", "111", "100", "111"),
    "3": ("111", "001", "111", "001", "111"),
    "4": ("101", "101", "111", "001", "001"),
    "5": ("111", "100", "111", "001", "111"),
    "6": ("111", "100", "111", "101", "111"),
    "7": ("111", "001", "010", "010", "010"),
    "8": ("111", "101", "111", "101", "111"),
    "9": ("111", "101", "111", "001", "111"),
    ":": ("0", "1", "0", "1", "0"),
}
"""The big figures, five pixels high."""
HEIGHT = 5

TERMINAL_COLORS = {"work": 209, "pulses": 177, "rest": 79, "ready": 221, "quiet": 146}
"""The page's colours in the terminal's palette of 256."""

KEY_HELP = ("player_keys", "player_keys.short", "player_keys.least")
"""Labels that describe the keys, for different widths."""


@dataclass(frozen=True, slots=True)
class TerminalRoom:
    """The size of the terminal (columns, rows), and whether it has colours."""

    columns: int
    rows: int
    color: bool = True


class Board:
    """Makes the lines for any moment of a workout."""

    def __init__(self, timeline: Timeline) -> None:
        """Compute the score once."""
        self.timeline = timeline
        self._words = words_for(timeline.language)
        self._score: Score = make_score(timeline)
        self._starts = [scene.start_ms for scene in self._score.scenes]
        self._said = [caption.start_ms for caption in self._score.captions]

    def lines(self, at: Ms, paused: bool, room: TerminalRoom) -> list[str]:
        """The lines at a moment, which fit the rows and columns of the terminal."""
        width = max(LEAST, room.columns)
        scene = self._score.scenes[max(0, bisect_right(self._starts, at) - 1)]
        state = moment_state(scene, at)
        number, beneath, side = read_moment(scene, at, self._words)
        figures = big_digits(number, width) if room.rows >= LOW else [number]
        rows = [
            _join_ends(self.timeline.title, self._clock(at), width),
            "",
            _color_text(cut_to_columns(self._label(scene, state, paused), width), state, room),
            _bold_text(cut_to_columns(_name_with_side(scene.name, side), width), room),
            cut_to_columns(" · ".join(scene.details), width),
            "",
            *(_color_text(cut_to_columns(line, width), state, room) for line in figures),
            cut_to_columns(beneath, width),
            "",
            cut_to_columns(self._caption(at), width),
            cut_to_columns(self._next(scene), width),
            "",
            self._bar(at, width),
            self._keys(width),
        ]
        return _fit_rows(rows, room.rows)

    def chapter(self, at: Ms) -> int:
        """Index of the current chapter."""
        starts = [mark.start_ms for mark in self.timeline.chapters]
        return max(0, bisect_right(starts, at) - 1)

    def _label(self, scene: Scene, state: str, paused: bool) -> str:
        if paused:
            return f"‖ {self._words['pause']}"
        if scene.kind in ("rest", "switch"):
            label = self._words["prepare"] if state == "ready" else scene.label
            return f"{label} · {self._words['next']}"
        return scene.label

    def _clock(self, at: Ms) -> str:
        now = format_short_clock(at // SECOND * SECOND)
        return f"{now} / {format_short_clock(self.timeline.duration_ms)}"

    def _caption(self, at: Ms) -> str:
        place = bisect_right(self._said, at) - 1
        if place < 0:
            return ""
        caption = self._score.captions[place]
        return f"“{caption.text}”" if at < caption.end_ms else ""

    def _next(self, scene: Scene) -> str:
        """What follows; empty during a pause, whose heading is already what follows."""
        pause = scene.kind in ("rest", "switch", "prepare")
        label = self._words["after" if pause else "next"]
        return f"{label}: {scene.after}" if scene.after else ""

    def _keys(self, width: int) -> str:
        """What the keys do, as much of it as there is room for."""
        told = [self._words[key] for key in KEY_HELP]
        return next((text for text in told if len(text) <= width), cut_to_columns(told[-1], width))

    def _bar(self, at: Ms, width: int) -> str:
        done = min(width, width * at // max(1, self.timeline.duration_ms))
        return "█" * done + "░" * (width - done)


def moment_state(scene: Scene, at: Ms) -> str:
    """The key in `TERMINAL_COLORS` for a moment."""
    if scene.kind in ("work", "pulses"):
        return scene.kind
    if scene.kind in ("intro", "outro"):
        return "quiet"
    return "rest" if scene.kind == "rest" and at < scene.ready_ms else "ready"


def read_moment(scene: Scene, at: Ms, words: Mapping[str, str]) -> tuple[str, str, str]:
    """The large number, the text below it, and the side at work."""
    if scene.beats:
        beat = _last_beat(scene.beats, at)
        number = scene.first if beat is None else beat.number
        side = (scene.beats[0] if beat is None else beat).side
        return str(number), scene.of, side or scene.side
    left = scene.end_ms - at
    if left >= LONGEST_COUNT:
        return format_short_clock(left), words["minutes"], scene.side
    return str(max(0, -(-left // SECOND))), words["seconds"], scene.side


def _last_beat(beats: Sequence[Beat], at: Ms) -> Beat | None:
    """The latest beat that is heard at a moment; None before the first."""
    place = bisect_right([beat.heard_ms for beat in beats], at) - 1
    return beats[place] if place >= 0 else None


def big_digits(number: str, width: int) -> list[str]:
    r"""A number five lines high.

    >>> print("\n".join(big_digits("1", 20)))
     █
    ██
     █
     █
    ███
    """
    pixel = 2 if width >= NARROW_SCREEN else 1
    rows = [
        "  ".join(
            "".join(("█" if dot == "1" else " ") * pixel for dot in DIGITS[figure][row])
            for figure in number
        )
        for row in range(HEIGHT)
    ]
    return [row.rstrip() for row in rows]


def _join_ends(left: str, right: str, width: int) -> str:
    """Put two texts at both ends of a line; the left one is cut if needed."""
    left = cut_to_columns(left, max(0, width - len(right) - 1)) if width > len(right) + 1 else ""
    return cut_to_columns(left + " " * (width - text_columns(left) - len(right)) + right, width)


def _name_with_side(name: str, side: str) -> str:
    return f"{name} — {side}" if side else name


def _fit_rows(rows: list[str], most: int) -> list[str]:
    """Fit lines to the height: remove empty lines first, then lines from the bottom."""
    for place in range(len(rows) - 1, -1, -1):
        if len(rows) > most and not rows[place]:
            del rows[place]
    return rows[: max(1, most)]


def _color_text(text: str, state: str, room: TerminalRoom) -> str:
    return f"\x1b[38;5;{TERMINAL_COLORS[state]}m{text}\x1b[0m" if room.color and text else text


def _bold_text(text: str, room: TerminalRoom) -> str:
    return f"\x1b[1m{text}\x1b[0m" if room.color and text else text
