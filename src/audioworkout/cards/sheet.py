"""A drawing surface with its own units and two bundled fonts: the only user of Pillow."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from math import ceil, floor
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont

BOLD, PLAIN = "InterDisplay-Bold", "Inter-Medium"

OVERSAMPLING = 4
"""A disc is drawn so many times as large and made smaller: Pillow's shapes have no soft edges."""


class Sheet:
    """A drawing surface; a unit is `scale` pixels of the finished picture."""

    def __init__(
        self, width: float, height: float, scale: float, paper: str, finer: int = 1
    ) -> None:
        """Make an empty sheet of one colour.

        Args:
            width: In units.
            height: In units.
            scale: Pixels a unit.
            paper: The colour.
            finer: Everything is drawn so many times as large and made smaller, for boxes whose
                edges lie between pixels; that takes the square of the time and memory. Letters and
                discs have soft edges without.
        """
        self.size = (round(width * scale), round(height * scale))
        self._scale = scale * finer
        self._finer = finer
        large = (self.size[0] * finer, self.size[1] * finer)
        self._image = Image.new("RGB", large, paper)
        self._draw = ImageDraw.Draw(self._image)
        self._fonts: dict[tuple[str, int], Font] = {}

    def bold_font(self, size: int, name: str = BOLD) -> Font:
        """The bold font, or the bundled font `name`."""
        known = self._fonts.get((name, size))
        if known is None:
            known = ImageFont.truetype(io.BytesIO(_font_file(name)), round(size * self._scale))
            self._fonts[name, size] = known
        return known

    def plain_font(self, size: int) -> Font:
        """The regular font."""
        return self.bold_font(size, PLAIN)

    def text_width(self, text: str, font: Font) -> float:
        """Width of a line."""
        return font.getlength(text) / self._scale

    def write_text(
        self, x: float, y: float, text: str, font: Font, color: str, anchor: str = "ls"
    ) -> None:
        """Write a line of text; `anchor` as in Pillow (`ls`: left end, baseline at `y`)."""
        self._draw.text((x * self._scale, y * self._scale), text, color, font, anchor)

    def draw_box(
        self, box: tuple[float, float, float, float], fill: str, radius: float = 0
    ) -> None:
        """Draw a filled rectangle: left, top, right, bottom."""
        left, top, right, bottom = (round(each * self._scale) for each in box)
        shape = (left, top, max(left, right - 1), max(top, bottom - 1))
        self._draw.rounded_rectangle(shape, round(radius * self._scale), fill)

    def draw_dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a disc."""
        x, y, radius = (each * self._scale for each in (x, y, radius))
        left, top = floor(x - radius), floor(y - radius)
        size = ceil(2 * radius) + 1
        shape = Image.new("L", (OVERSAMPLING * size, OVERSAMPLING * size))
        middle = (OVERSAMPLING * (x - left), OVERSAMPLING * (y - top))
        ImageDraw.Draw(shape).circle(middle, OVERSAMPLING * radius, 255)
        self._image.paste(fill, (left, top), shape.reduce(OVERSAMPLING))

    def draw_line(self, x: float, top: float, bottom: float, fill: str, width: float) -> None:
        """Draw a vertical line."""
        self.draw_box((x - width / 2, top, x + width / 2, bottom), fill)

    def encode_image(self, kind: Literal["JPEG", "PNG"], quality: int = 0) -> bytes:
        """The finished picture as the bytes of a file; `quality` applies to JPEG."""
        out = io.BytesIO()
        # A tenth of the time that filters with more taps take.
        small = self._image.reduce(self._finer) if self._finer > 1 else self._image
        if kind == "JPEG":
            # Full colour resolution, so that coloured letters have clean edges.
            small.save(out, kind, quality=quality, subsampling="4:4:4", optimize=True)
        else:
            # So few colours that a table of them is a third of the size, and none is seen to miss.
            small.quantize(128, dither=Image.Dither.NONE).save(out, kind, optimize=True)
        return out.getvalue()


@cache
def _font_file(font: str) -> bytes:
    """A font's file, read once: sixty cards need each font in several sizes."""
    return resources.files("audioworkout.cards").joinpath(f"fonts/{font}.otf").read_bytes()
