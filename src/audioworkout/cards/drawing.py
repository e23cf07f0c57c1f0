"""A face as a picture, in the page's dark colours.

All measures are for a card 600 wide and scale with it. From top to bottom: which exercise of
how many, with a dot for every set; the name; how much; at the foot, the side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audioworkout.cards.sheet import Font, Sheet
from audioworkout.model.exercise import Side
from audioworkout.views.card_content import CardContent

PAPER, INK, SOFT, FAINT_INK = "#12110f", "#f4f1ea", "#a8a398", "#2f2c27"
ACCENT = {"work": "#ff8a5b", "frame": "#a9abc4", "cover": "#ff8a5b"}
RHYTHM = {"work": "#ff8a5b", "pulses": "#e38bf0", "rest": "#1f4f4a", "switch": "#7d6128"}
"""What is not named here is as dark as an empty place."""

SHEET = 600
"""Width and height of a card in the units of this module."""
SHEET_MARGIN = 46
TEXT_WIDTH = SHEET - 2 * SHEET_MARGIN
NAME_SIZES = range(96, 39, -4)
NAME_LINES = 3
NAME_ROOM = 236
"""Height a name may take; its letters shrink until it does."""
HEAD_SIZE = 40
NUMBER_SIZES = (140, 126, 112, 92, 76)
SMALL_SIZES = (44, 38, 32, 26)
MOST_DOTS = 8
FOOT = 92
"""Height of the band that shows the side."""

JPEG_QUALITY = 62
"""JPEG quality: 8 to 23 kB a card."""


def draw_card_image(face: CardContent, size: int) -> bytes:
    """The face as JPEG, `size` pixels wide and high."""
    card = Sheet(SHEET, SHEET, size / SHEET, PAPER)
    accent = ACCENT[face.kind]
    card.box((0, 0, SHEET, 10), accent)
    _draw_head(card, face, accent)
    _draw_name(card, face)
    _draw_amount(card, face, accent)
    if face.sides:
        _draw_sides(card, face.sides, face.side, accent)
    if face.rhythm:
        _draw_rhythm(card, face.rhythm)
    return card.saved("JPEG", JPEG_QUALITY)


def _draw_head(card: Sheet, face: CardContent, accent: str) -> None:
    """Which exercise, which round, which set."""
    place = face.place.replace("/", " / ")
    card.write(SHEET_MARGIN, 82, place, card.plain(HEAD_SIZE), SOFT)
    x = SHEET_MARGIN + card.width(f"{place}   " if place else "", card.plain(HEAD_SIZE))
    card.write(x, 82, face.note, card.font(HEAD_SIZE), INK)
    if not face.sets:
        return
    if face.set is None or face.sets > MOST_DOTS:
        told = f"× {face.sets}" if face.set is None else f"{face.set} / {face.sets}"
        font = card.font(HEAD_SIZE)
        if x + card.width(f"{face.note} {told}", font) <= SHEET - SHEET_MARGIN:
            card.write(SHEET - SHEET_MARGIN, 82, told, font, INK, "rs")
        return
    for number in range(face.sets):
        x = SHEET - SHEET_MARGIN - 13 - 40 * (face.sets - 1 - number)
        card.dot(x, 70, 13, accent if number < face.set else FAINT_INK)


def _draw_name(card: Sheet, face: CardContent) -> None:
    """The name, as large as its room allows."""
    size, lines = _fit_name(card, face.name)
    y = 118 + size * 0.78
    for line in lines:
        card.write(SHEET_MARGIN - size * 0.04, y, line, card.font(size), INK)
        y += size * 1.06


def _fit_name(card: Sheet, name: str) -> tuple[int, list[str]]:
    for size in NAME_SIZES:
        lines = _wrap_words(card, name.split() or [""], card.font(size))
        fits = len(lines) <= NAME_LINES and 1.06 * size * len(lines) <= NAME_ROOM
        if fits and all(card.width(line, card.font(size)) <= TEXT_WIDTH for line in lines):
            return size, lines
    return size, [_cut_line(card, line, card.font(size)) for line in lines[:NAME_LINES]]


def _wrap_words(card: Sheet, words: Sequence[str], font: Font) -> list[str]:
    """Wrap words to lines; a word that is too long has its own line."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if card.width(longer, font) <= TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut_line(card: Sheet, line: str, font: Font) -> str:
    """A line that fits, its end left out if need be."""
    if card.width(line, font) <= TEXT_WIDTH:
        return line
    while line and card.width(line + "…", font) > TEXT_WIDTH:
        line = line[:-1]
    return line + "…"


def _draw_amount(card: Sheet, face: CardContent, accent: str) -> None:
    """The number one reads first; beside it what it counts and, below that, what follows."""
    baseline = (SHEET - FOOT - 44) if face.sides or face.rhythm else SHEET - 62
    big, x = _fit_number_font(card, face)
    card.write(SHEET_MARGIN - 6, baseline, face.amount, big, accent)
    lines = [(text, color) for text, color in ((face.unit, INK), (face.more, SOFT)) if text]
    font = _fit_font(card, [text for text, _ in lines], SHEET - SHEET_MARGIN - x)
    for (text, color), above in zip(reversed(lines), (0, 52), strict=False):
        card.write(x, baseline - above, text, font, color)


def _fit_number_font(card: Sheet, face: CardContent) -> tuple[Font, float]:
    """The largest font that leaves room beside the number for its words, and where these begin."""
    for size in NUMBER_SIZES:
        font = card.font(size)
        x = SHEET_MARGIN + card.width(face.amount, font) + 18
        words = max(card.width(text, card.plain(SMALL_SIZES[1])) for text in (face.unit, face.more))
        if x + words <= SHEET - SHEET_MARGIN:
            break
    return font, x


def _fit_font(card: Sheet, texts: Iterable[str], room: float) -> Font:
    """The largest font all the texts have room in, or the smallest there is."""
    widest = max(texts, key=len, default="")
    for size in SMALL_SIZES:
        font = card.plain(size)
        if card.width(widest, font) <= room:
            break
    return font


def _draw_sides(card: Sheet, words: tuple[str, str], side: Side | None, accent: str) -> None:
    """Two halves at the foot; what is to work is bright, and one side alone has an arrow."""
    left, right = words
    shown = (f"← {left}" if side == "left" else left, f"{right} →" if side == "right" else right)
    for number, (text, own) in enumerate(zip(shown, ("left", "right"), strict=True)):
        lit = side in (own, None)
        x = number * SHEET / 2
        card.box((x, SHEET - FOOT, x + SHEET / 2, SHEET), accent if lit else FAINT_INK)
        color = PAPER if lit else SOFT
        card.write(x + SHEET / 4, SHEET - FOOT / 2, text, card.font(44), color, "mm")
    if side is None:
        card.line(SHEET / 2, SHEET - FOOT, SHEET, PAPER, 3)


def _draw_rhythm(card: Sheet, rhythm: Sequence[tuple[str, int]]) -> None:
    """The whole workout as a band at the foot: work is bright, rest is not."""
    start = 0.0
    for kind, end in rhythm:
        stop = SHEET * end / 1_000
        card.box((start, SHEET - FOOT, stop, SHEET), RHYTHM.get(kind, FAINT_INK))
        start = stop
