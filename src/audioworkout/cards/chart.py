"""Draws the plot of a workout as PNG, for programs that cannot show SVG: chats, slides."""

from __future__ import annotations

from audioworkout.cards.sheet import Sheet
from audioworkout.views.plot import RADIUS
from audioworkout.views.plot.chart import CHART_COLORS, CHART_WIDTH, COLOR_OF, Chart, ChartText

SCALE = 2.0
"""Pixels a unit: sharp on a phone's screen, and 2,000 pixels wide."""
FINER = 2
"""Bars begin and end between pixels."""
MOST_PIXELS = 8_000
"""Maximum height; a taller chart is drawn smaller, to limit memory."""

SIZES = {"title": 26, "name": 15, "soft": 15}
COLOR = {name: light for name, (light, _) in CHART_COLORS.items()}
LINE_COLOR = {"grid": COLOR["line"], "tick": COLOR["soft"], "level": "#d3754f"}
"""`level` is the colour of work as the SVG lets the paper through it."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
BAR_GAP = 8


def draw_chart(chart: Chart) -> bytes:
    """Draw a chart as PNG in the colours of the light scheme."""
    scale = min(SCALE, MOST_PIXELS / chart.height)
    sheet = Sheet(CHART_WIDTH, chart.height, scale, COLOR["paper"], FINER)
    for lines in chart.lines:
        for x, top, bottom in lines.at:
            sheet.draw_line(x, top, bottom, LINE_COLOR[lines.style], 1.0)
    for box in chart.boxes:
        corners = (box.x, box.y, box.x + box.width, box.y + box.height)
        sheet.draw_box(
            corners, COLOR[COLOR_OF[box.kind]], min(RADIUS, box.height / 2, box.width / 2)
        )
    for text in chart.texts:
        _write_text(sheet, text)
    return sheet.encode_image("PNG")


def _write_text(sheet: Sheet, text: ChartText) -> None:
    size = SIZES[text.style]
    first, second = (
        sheet.plain_font(size) if text.style == "soft" else sheet.bold_font(size),
        sheet.plain_font(size),
    )
    color = COLOR["soft"] if text.style == "soft" else COLOR["ink"]
    if not text.more:
        sheet.write_text(text.x, text.y, text.text, first, color, ANCHORS[text.anchor])
        return
    x = text.x
    if text.anchor == "end":
        x -= sheet.text_width(text.text, first) + BAR_GAP + sheet.text_width(text.more, second)
    sheet.write_text(x, text.y, text.text, first, color)
    x += sheet.text_width(text.text, first) + BAR_GAP
    sheet.write_text(x, text.y, text.more, second, COLOR["soft"])
