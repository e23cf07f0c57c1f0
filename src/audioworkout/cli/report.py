"""The report of `--verbose` on a built file: loudness, size, time of each stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audioworkout.encoding import BuildResult


class StageTimer:
    """Measures how long each stage of the work takes."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._before = now()
        self._took: dict[str, float] = {}

    def done(self, stage: str) -> None:
        """Record the time since the last stage as that of this stage."""
        now = self._now()
        self._took[stage] = now - self._before
        self._before = now

    def lines(self) -> Iterator[str]:
        """A line for each stage with its time, and one with the total."""
        yield from (f"{stage}: {took:.2f} s" for stage, took in self._took.items())
        yield f"in all: {sum(self._took.values()):.2f} s"


def report_lines(written: BuildResult, stages: StageTimer) -> str:
    """The lines of the report."""
    return "\n".join([*_result_lines(written), *stages.lines()])


def _result_lines(written: BuildResult) -> Iterator[str]:
    yield f"{written.path}: {written.size / 1e6:.2f} MB"
    yield f"loudness by the schedule: {written.loudness:.2f} LUFS"
    yield from _meter_lines(written)
    yield f"gain of words and sounds: {written.gain:+.2f} dB"
    if written.make_up is not None:
        yield f"music raised by: {written.make_up:+.2f} dB"
    elif written.encoded or written.reused:
        yield f"islands: {written.encoded} encoded, {written.reused} kept"


def _meter_lines(written: BuildResult) -> Iterator[str]:
    """Measurements of the decoded file."""
    from audioworkout.encoding.sound_formats import measure_file

    reading = measure_file(written.path, 1 if written.make_up is None else 2)  # music is stereo
    yield f"loudness as decoded: {reading.loudness:.2f} LUFS"
    yield f"true peak as decoded: {reading.true_peak:.2f} dBTP"
