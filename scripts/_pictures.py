"""Draws a stretch of sound: wave, level, spectrum, and the cues that should be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from audioworkout.dsp.arrays import Float32Array, Float64Array
from audioworkout.units import RATE, SAMPLES_PER_MS, Ms, format_clock

Bytes = npt.NDArray[np.uint8]

WIDTH = 1_200
WAVE, LEVEL, SPECTRUM, NAMES = 160, 180, 460, 150
"""Heights of the four parts, from top to bottom (pixels)."""
LEFT, GAP, FOOT = 76, 12, 26
NAME_ROWS = 6

PAPER, INK, GRID = "#ffffff", "#1d1c1a", "#d8d5ce"
COLOURED = 64
"""Number of colours in a finished picture."""
COLOURS = {"said": "#b3541e", "sound": "#1f5f8b"}
QUIETEST = -100
"""Lowest level shown (dBFS)."""
DARKEST, BRIGHTEST = -110.0, -25.0
"""Levels of the darkest and brightest colour of the spectrum (dB; a sine of full scale is 0)."""
LOW, HIGH = 60.0, 20_000.0
"""Lowest and highest frequency of the spectrum (Hz); the axis is logarithmic."""
SHADES = ((0, 0, 8), (54, 13, 92), (150, 38, 102), (225, 89, 49), (250, 180, 45), (252, 255, 190))


AROUND = 4_096
"""Samples needed before and after a stretch for the spectra at its edges."""
FINE, COARSE = 512, AROUND
"""Window lengths of spectra (samples): of a short stretch, and of one longer than `LONG`."""
LONG = 4 * RATE


class Mark(NamedTuple):
    """A cue that should be heard: start and end (ms), name, and `said` or `sound`."""

    start: Ms
    end: Ms
    name: str
    kind: str


def draw_stretch(samples: Float32Array, start: Ms, marks: Sequence[Mark]) -> Image.Image:
    """Draw one channel at 48 kHz.

    Args:
        samples: The stretch, with `AROUND` more samples on either side.
        start: Its start (ms).
        marks: The cues in it, in order.
    """
    within = samples[AROUND:-AROUND]
    height = WAVE + LEVEL + SPECTRUM + NAMES + 3 * GAP + FOOT
    image = Image.new("RGB", (LEFT + WIDTH, height), PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), start, len(within) / SAMPLES_PER_MS)
    columns = np.array_split(within, WIDTH)
    _draw_wave(sheet, columns)
    _draw_level(sheet, columns, WAVE + GAP)
    top = WAVE + LEVEL + 2 * GAP
    image.paste(Image.fromarray(make_spectrum(samples, WIDTH, SPECTRUM)), (LEFT, top))
    _draw_frequencies(sheet, top)
    _draw_marks(sheet, marks, top + SPECTRUM + GAP)
    _draw_moments(sheet, height - FOOT)
    return image


def save_picture(picture: Image.Image, target: Path) -> None:
    """Write a picture as PNG with few colours, which keeps it small."""
    picture.quantize(COLOURED, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)


class _Sheet:
    """The drawing surface and its time axis."""

    def __init__(self, pen: ImageDraw.ImageDraw, start: Ms, lasts: float) -> None:
        self.pen, self.start, self.lasts = pen, start, lasts
        self.font = ImageFont.load_default(13)

    def x(self, moment: float) -> float:
        """Horizontal position of a moment (ms)."""
        return LEFT + (moment - self.start) / self.lasts * WIDTH

    def label(self, y: float, text: str) -> None:
        """Write a label at the left edge, with a horizontal line."""
        self.pen.line((LEFT, y, LEFT + WIDTH, y), GRID)
        self.pen.text((LEFT - 6, y), text, INK, self.font, "rm")


def _draw_wave(sheet: _Sheet, columns: Sequence[Float32Array]) -> None:
    middle = WAVE / 2
    for side in (-1, 0, 1):
        sheet.label(middle - side * (middle - 8), f"{side:+d}" if side else "0")
    for x, column in enumerate(columns, LEFT):
        ends = [middle - float(each) * (middle - 8) for each in (column.max(), column.min())]
        sheet.pen.line((x, ends[0], x, ends[1]), INK)


def _draw_level(sheet: _Sheet, columns: Sequence[Float32Array], top: int) -> None:
    """Mean level of every column (dBFS rms)."""

    def y(db: float) -> float:
        return top + LEVEL * max(min(db, 0), QUIETEST) / QUIETEST

    for db in range(0, QUIETEST - 1, -20):
        sheet.label(y(db), f"{db} dB")
    means = [10 * np.log10(float(np.mean(np.square(each))) + 1e-20) for each in columns]
    sheet.pen.line([(LEFT + x, y(db)) for x, db in enumerate(means)], INK)


def make_spectrum(samples: Float32Array, width: int, height: int) -> Bytes:
    """Spectrogram as an image, the highest frequency on top; `samples` as for `draw_stretch`."""
    count = len(samples) - 2 * AROUND
    size = COARSE if count > LONG else FINE
    edges = np.linspace(AROUND, AROUND + count, width + 1).astype(int)
    columns = [
        _spectrum_column(samples[here - size // 2 : there + size // 2], size)
        for here, there in pairwise(edges)
    ]
    return _color_levels(np.stack(columns, axis=1)[_spectrum_bins(size, height)])


def _spectrum_column(samples: Float32Array, size: int) -> Float64Array:
    """Spectrum of one column (dB): the mean of windows that overlap by half."""
    window = np.hanning(size)
    starts = range(0, len(samples) - size + 1, size // 2)
    parts = np.stack([samples[at : at + size] * window for at in starts])
    power = np.square(np.abs(np.fft.rfft(parts)) * 2 / window.sum()).mean(axis=0)
    levels: Float64Array = 10 * np.log10(power + 1e-20)
    return levels


def _spectrum_bins(size: int, height: int) -> npt.NDArray[np.intp]:
    """The bin of the spectrum for each row of the image."""
    hertz = np.geomspace(HIGH, LOW, height)
    bins: npt.NDArray[np.intp] = np.rint(hertz * size / RATE).astype(np.intp)
    return bins


def _color_levels(levels: Float64Array) -> Bytes:
    shade = np.clip((levels - DARKEST) / (BRIGHTEST - DARKEST), 0, 1) * (len(SHADES) - 1)
    parts = [np.interp(shade, range(len(SHADES)), each) for each in zip(*SHADES, strict=True)]
    return np.stack(parts, axis=-1).astype(np.uint8)


def _draw_frequencies(sheet: _Sheet, top: int) -> None:
    for hertz in (100, 300, 1_000, 3_000, 10_000):
        y = top + SPECTRUM * np.log(HIGH / hertz) / np.log(HIGH / LOW)
        sheet.pen.text((LEFT - 6, y), f"{hertz} Hz", INK, sheet.font, "rm")
        sheet.pen.line((LEFT - 4, y, LEFT, y), INK)


def _draw_marks(sheet: _Sheet, marks: Sequence[Mark], top: int) -> None:
    """Draw each cue as a bar with a line up to its start, and its name in a free row."""
    free = [float("-inf")] * NAME_ROWS
    for mark in marks:
        x, end, colour = sheet.x(mark.start), sheet.x(mark.end), COLOURS[mark.kind]
        row = next((n for n, until in enumerate(free) if until < x), free.index(min(free)))
        y = top + row * NAMES / NAME_ROWS
        sheet.pen.line((x, WAVE + GAP, x, y), colour)
        sheet.pen.rectangle((x, y, max(x + 1, end), y + 3), colour)
        sheet.pen.text((x, y + 4), mark.name, colour, sheet.font)
        free[row] = max(end, x + sheet.font.getlength(mark.name)) + 6


def _draw_moments(sheet: _Sheet, y: float) -> None:
    for moment in tick_moments(sheet.start, sheet.lasts):
        x = sheet.x(moment)
        sheet.pen.line((x, y, x, y + 5), INK)
        sheet.pen.text((x, y + 6), format_clock(moment), INK, sheet.font, "mt")


def tick_moments(start: Ms, lasts: float) -> Iterator[Ms]:
    """About ten round moments within a stretch (ms).

    >>> list(tick_moments(950, 1_000))
    [1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900]
    """
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000)
    step = next((each for each in steps if lasts / each <= 12), 300_000)
    first = -(-start // step) * step
    return iter(range(first, round(start + lasts), step))
