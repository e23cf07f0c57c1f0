"""Draws a card in the dark colours of the page.

All measures are for a card of 600 units and scale with it. From top to bottom: number of the
exercise, with a dot for each set; name; amount; at the foot, the side or the whole workout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audioworkout.cards.sheet import Font, Sheet
from audioworkout.model.exercise import Side
from audioworkout.views.card_content import CardContent

PAPER, INK, SOFT, FAINT_INK = "#12110f", "#f4f1ea", "#a8a398", "#2f2c27"
ACCENT = {"work": "#ff8a5b", "frame": "#a9abc4", "cover": "#ff8a5b"}
RHYTHM = {"work": "#ff8a5b", "pulses": "#e38bf0", "rest": "#1f4f4a", "switch": "#7d6128"}
"""Colours of spans; other kinds have `FAINT_INK`."""

SHEET = 600
"""Width and height of a card in the units of this module."""
SHEET_MARGIN = 46
TEXT_WIDTH = SHEET - 2 * SHEET_MARGIN
NAME_SIZES = range(96, 39, -4)
NAME_LINES = 3
NAME_ROOM = 236
"""Maximum height of a name; its font shrinks until it fits."""
HEAD_SIZE = 40
NUMBER_SIZES = (140, 126, 112, 92, 76)
SMALL_SIZES = (44, 38, 32, 26)
MOST_DOTS = 8
FOOT = 92
"""Height of the band that shows the side."""

JPEG_QUALITY = 62
"""JPEG quality: 8 to 23 kB a card."""


def draw_card_image(content: CardContent, size: int) -> bytes:
    """Draw a card as JPEG, `size` pixels wide and high."""
    card = Sheet(SHEET, SHEET, size / SHEET, PAPER)
    accent = ACCENT[content.kind]
    card.draw_box((0, 0, SHEET, 10), accent)
    _draw_head(card, content, accent)
    _draw_name(card, content)
    _draw_amount(card, content, accent)
    if content.sides:
        _draw_sides(card, content.sides, content.side, accent)
    if content.rhythm:
        _draw_rhythm(card, content.rhythm)
    return card.encode_image("JPEG", JPEG_QUALITY)


def _draw_head(card: Sheet, content: CardContent, accent: str) -> None:
    """Draw the numbers of the exercise, the round and the set."""
    place = content.place.replace("/", " / ")
    card.write_text(SHEET_MARGIN, 82, place, card.plain_font(HEAD_SIZE), SOFT)
    x = SHEET_MARGIN + card.text_width(f"{place}   " if place else "", card.plain_font(HEAD_SIZE))
    card.write_text(x, 82, content.note, card.bold_font(HEAD_SIZE), INK)
    if not content.sets:
        return
    if content.set is None or content.sets > MOST_DOTS:
        told = f"× {content.sets}" if content.set is None else f"{content.set} / {content.sets}"
        font = card.bold_font(HEAD_SIZE)
        if x + card.text_width(f"{content.note} {told}", font) <= SHEET - SHEET_MARGIN:
            card.write_text(SHEET - SHEET_MARGIN, 82, told, font, INK, "rs")
        return
    for number in range(content.sets):
        x = SHEET - SHEET_MARGIN - 13 - 40 * (content.sets - 1 - number)
        card.draw_dot(x, 70, 13, accent if number < content.set else FAINT_INK)


def _draw_name(card: Sheet, content: CardContent) -> None:
    """Draw the name in the largest font that fits."""
    size, lines = _fit_name(card, content.name)
    y = 118 + size * 0.78
    for line in lines:
        card.write_text(SHEET_MARGIN - size * 0.04, y, line, card.bold_font(size), INK)
        y += size * 1.06


def _fit_name(card: Sheet, name: str) -> tuple[int, list[str]]:
    for size in NAME_SIZES:
        lines = _wrap_words(card, name.split() or [""], card.bold_font(size))
        fits = len(lines) <= NAME_LINES and 1.06 * size * len(lines) <= NAME_ROOM
        if fits and all(
            card.text_width(line, card.bold_font(size)) <= TEXT_WIDTH for line in lines
        ):
            return size, lines
    return size, [_cut_line(card, line, card.bold_font(size)) for line in lines[:NAME_LINES]]


def _wrap_words(card: Sheet, words: Sequence[str], font: Font) -> list[str]:
    """Wrap words to lines; a word that is too long has its own line."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if card.text_width(longer, font) <= TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut_line(card: Sheet, line: str, font: Font) -> str:
    """Cut a line to the width of the card."""
    if card.text_width(line, font) <= TEXT_WIDTH:
        return line
    while line and card.text_width(line + "…", font) > TEXT_WIDTH:
        line = line[:-1]
    return line + "…"


def _draw_amount(card: Sheet, content: CardContent, accent: str) -> None:
    """Draw the large number; beside it its unit and, below that, what follows."""
    baseline = (SHEET - FOOT - 44) if content.sides or content.rhythm else SHEET - 62
    big, x = _fit_number_font(card, content)
    card.write_text(SHEET_MARGIN - 6, baseline, content.amount, big, accent)
    lines = [(text, color) for text, color in ((content.unit, INK), (content.more, SOFT)) if text]
    font = _fit_font(card, [text for text, _ in lines], SHEET - SHEET_MARGIN - x)
    for (text, color), above in zip(reversed(lines), (0, 52), strict=False):
        card.write_text(x, baseline - above, text, font, color)


def _fit_number_font(card: Sheet, content: CardContent) -> tuple[Font, float]:
    """The largest font of the number that leaves room for the words beside it, and their x."""
    for size in NUMBER_SIZES:
        font = card.bold_font(size)
        x = SHEET_MARGIN + card.text_width(content.amount, font) + 18
        words = max(
            card.text_width(text, card.plain_font(SMALL_SIZES[1]))
            for text in (content.unit, content.more)
        )
        if x + words <= SHEET - SHEET_MARGIN:
            break
    return font, x


def _fit_font(card: Sheet, texts: Iterable[str], room: float) -> Font:
    """The largest font in which every text fits, or else the smallest."""
    widest = max(texts, key=len, default="")
    for size in SMALL_SIZES:
        font = card.plain_font(size)
        if card.text_width(widest, font) <= room:
            break
    return font


def _draw_sides(card: Sheet, words: tuple[str, str], side: Side | None, accent: str) -> None:
    """Draw the two sides at the foot; the active one is bright, and a single one has an arrow."""
    left, right = words
    shown = (f"← {left}" if side == "left" else left, f"{right} →" if side == "right" else right)
    for number, (text, own) in enumerate(zip(shown, ("left", "right"), strict=True)):
        lit = side in (own, None)
        x = number * SHEET / 2
        card.draw_box((x, SHEET - FOOT, x + SHEET / 2, SHEET), accent if lit else FAINT_INK)
        color = PAPER if lit else SOFT
        card.write_text(x + SHEET / 4, SHEET - FOOT / 2, text, card.bold_font(44), color, "mm")
    if side is None:
        card.draw_line(SHEET / 2, SHEET - FOOT, SHEET, PAPER, 3)


def _draw_rhythm(card: Sheet, rhythm: Sequence[tuple[str, int]]) -> None:
    """Draw the whole workout as a band at the foot: work is bright, rest is dark."""
    start = 0.0
    for kind, end in rhythm:
        stop = SHEET * end / 1_000
        card.draw_box((start, SHEET - FOOT, stop, SHEET), RHYTHM.get(kind, FAINT_INK))
        start = stop
