"""Make the picture and the script excerpt of hip-dips for the README.

    .venv/bin/python scripts/readme.py       # docs/hip-dips.svg; the script's part is printed

Both are timed by the ruler, so they are the same everywhere; tests and `cog --check` compare them.
"""

from __future__ import annotations

from pathlib import Path

from audioworkout.disk_cache import MemoryCache
from audioworkout.model.request import Flags
from audioworkout.model.timeline import Timeline
from audioworkout.pipeline import Studio
from audioworkout.reading import Folders
from audioworkout.views import plot, text

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "hip-dips.svg"


def make_timeline(only: tuple[str, ...] = ()) -> Timeline:
    """Hip-dips, or these exercises of it."""
    studio = Studio(MemoryCache(), Folders(), lambda stage, done, total: None, print)
    request = studio.prepare("hip-dips", Flags(engine="ruler", only=only))
    return studio.perform(request).timeline


def draw_plot() -> str:
    """The plot of hip-dips as SVG."""
    return plot.render_plot_svg(make_timeline())


def format_excerpt() -> str:
    """Getting ready for the fire hydrants, their first reps, their last and the first pulses."""
    lines = text.render(make_timeline(only=("fire hydrants",))).splitlines()
    ready = next(n for n, line in enumerate(lines) if "get ready" in line)
    twelve = next(n for n, line in enumerate(lines) if line.endswith("   twelve"))
    parts = [*lines[ready - 1 : ready + 17], "...", *lines[twelve : twelve + 11], "..."]
    return "\n".join(parts)


if __name__ == "__main__":
    PICTURE.write_text(draw_plot(), encoding="utf-8")
    print(format_excerpt())
