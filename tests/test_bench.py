"""The benchmark runs; what it measures is nobody's test."""

from __future__ import annotations

import importlib
import wave
from pathlib import Path
from types import ModuleType

import pytest

from audioworkout.cli.options import Options
from audioworkout.model.request import Speech
from audioworkout.model.timeline import Spoken

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    return importlib.import_module("bench")


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The benchmark sets these; they are put back."""
    for name in ("AUDIOWORKOUT_CACHE", "AUDIOWORKOUT_CONFIG"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


def written(folder: Path, name: str, seconds: int) -> str:
    path = folder / f"{name}.yaml"
    path.write_text(f"title: T\nget_ready: 4s\nexercises:\n  - plank: {seconds}s\n", "utf-8")
    return str(path)


def test_every_way_to_build_is_set_against_the_plain_encode(
    bench: ModuleType, places: Path
) -> None:
    tiny, changed = written(places, "tiny", 5), written(places, "changed", 6)
    case = bench.Case("tiny", tiny, changed, Options(quiet=True, engine="ruler"))
    rows = bench.speed_rows(case, places, 1)
    assert [row[1] for row in rows] == [
        "plain encode",
        "cold: nothing kept",
        "warm: everything kept",
        "one exercise changed",
    ]
    assert all(row[3].startswith("1/") for row in rows[1:])
    plain, ours = ((places / f"{name}.mp3").stat().st_size for name in ("plain", "bench"))
    with wave.open(str(places / "0.wav")) as sound:
        assert plain == pytest.approx(sound.getnframes() / 48 * 12, rel=0.01)
    assert 0 < ours - plain < 100_000  # the tag


def test_the_obvious_way_strings_everything_together(bench: ModuleType, places: Path) -> None:
    studio = bench.open_studio(bench.Screen(quiet=True))
    flags = bench.Flags(engine="ruler")
    timeline = studio.perform(studio.prepare(written(places, "tiny", 5), flags)).timeline
    segments = bench.speak_segments(Speech(engine="ruler"), timeline) | bench.sound_segments()
    assert {each.line for each in timeline.events if isinstance(each, Spoken)} < segments.keys()
    track = bench.string_segments(timeline, segments)
    assert len(track) >= max(event.end_ms for event in timeline.events)
    bench.export_track(track, places / "track")
    assert (places / "track.mp3").stat().st_size > 12 * len(track) * 0.9


@pytest.mark.parametrize(
    ("module", "library"),
    [
        ("os.path", "standard library"),
        ("audioworkout.cli.main", "audioworkout"),
        ("yaml.reader", "yaml"),
    ],
)
def test_modules_are_told_by_library(bench: ModuleType, module: str, library: str) -> None:
    assert bench.group_of(module) == library


def test_figures_are_told_with_their_spread(bench: ModuleType) -> None:
    assert bench.format_seconds([0.0123, 0.011, 0.02]) == "12 ms (11-20)"
    assert bench.format_seconds([2.0, 4.0]) == "3.00 s (2.00-4.00)"
    assert bench.format_fraction([0.25, 0.5, 0.2]) == "1/4.0 (1/5.0-1/2.0)"
    assert bench.format_times([2.0, 3.0, 4.0]) == "3.00 (2.00-4.00)"


def test_every_stage_is_a_function_of_the_program(bench: ModuleType) -> None:
    """A profile is searched for them by name: one that is renamed would be told as 0 ms."""
    source = SCRIPTS.parent / "src/audioworkout"
    code = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    assert [name for name in bench.STAGES if code.count(f"def {name}(") != 1] == []
