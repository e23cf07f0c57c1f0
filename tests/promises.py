"""What every timeline promises, whatever the routine and whoever speaks: checked on its JSON form.

Each function asserts one promise of docs/timeline.md; `keep_all` asserts all of them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Data = dict[str, Any]
COUNTS = {"count", "pulse", "countdown"}


def keep_all(data: Data, *, beeps: bool = True, counts: str = "up") -> None:
    covered(data["spans"], data["duration_ms"])
    covered(data["chapters"], data["duration_ms"])
    in_order_within_spans(data)
    never_talks_over_itself(data)
    if beeps:
        ready_and_go(data)
    if counts in ("up", "down"):
        every_rep_is_counted(data)
    if counts == "last5":
        last_five_are_counted_down(data)
    every_pulse_sounds(data)


def covered(stretches: list[Data], duration: int) -> None:
    assert stretches[0]["start_ms"] == 0
    assert stretches[-1]["end_ms"] == duration
    for one, two in pairwise(stretches):
        assert one["end_ms"] == two["start_ms"]
    assert all(stretch["start_ms"] < stretch["end_ms"] for stretch in stretches)


def in_order_within_spans(data: Data) -> None:
    starts = [event["start_ms"] for event in data["events"]]
    assert starts == sorted(starts)
    for event in data["events"]:
        span = span_at(data, event["start_ms"])
        assert span["start_ms"] <= event["start_ms"] <= event["end_ms"] <= span["end_ms"], event


def span_at(data: Data, at: int) -> Data:
    return next(s for s in data["spans"] if s["start_ms"] <= at < s["end_ms"])


def never_talks_over_itself(data: Data) -> None:
    said = [event for event in data["events"] if event["kind"] == "say"]
    for one, two in pairwise(said):
        apart = 0 if one["role"] in COUNTS or two["role"] in COUNTS else 250
        assert two["start_ms"] - one["end_ms"] >= apart, (one, two)


def sounds_at(data: Data, name: str) -> set[int]:
    return {event["start_ms"] for event in data["events"] if event.get("name") == name}


def ready_and_go(data: Data) -> None:
    """Three beeps on the last three seconds before GO, fewer where the pause is under 4 s."""
    ready, go = sounds_at(data, "ready"), sounds_at(data, "go")
    expected: set[int] = set()
    for before, span in pairwise(data["spans"]):
        if span["kind"] != "work":
            continue
        pause = before["end_ms"] - before["start_ms"]
        beeps = 3 if pause >= 4_000 else len([t for t in ready if 0 < span["start_ms"] - t < pause])
        if before["kind"] in ("rest", "switch", "prepare"):
            expected |= {span["start_ms"] - 1_000 * n for n in range(1, beeps + 1)}
    assert expected <= ready
    for at in ready - expected:
        # Into work that follows without a pause: in the last three seconds of that before.
        place = next(n for n, span in enumerate(data["spans"]) if at < span["end_ms"])
        here, after = data["spans"][place : place + 2]
        assert here["kind"] in ("work", "pulses")
        assert after["kind"] == "work"
        assert here["end_ms"] - at in (1_000, 2_000, 3_000)
    assert go == {span["start_ms"] for span in data["spans"] if span["kind"] == "work"}


def within(data: Data, span: Data, **wanted: object) -> list[Data]:
    return [
        event
        for event in data["events"]
        if span["start_ms"] <= event["start_ms"] < span["end_ms"]
        and all(event.get(key) == value for key, value in wanted.items())
    ]


def every_rep_is_counted(data: Data) -> None:
    """As many numbers as reps, on an exact grid; on a quick beat the fifths, and ticks instead."""
    for span in data["spans"]:
        if span["mode"] in ("reps", "steps") or (span["mode"] == "open" and span["count"]):
            counts = within(data, span, role="count")
            if len(counts) < span["count"]:
                fifths_are_counted(data, span, counts)
                continue
            assert len(counts) == span["count"]
            apart = {two["start_ms"] - one["start_ms"] for one, two in pairwise(counts)}
            assert len(apart) <= 1
            numbers = [count["number"] for count in counts]
            alternating = len({count["side"] for count in counts}) == 2
            for per_side in (numbers[::2], numbers[1::2]) if alternating else (numbers,):
                expected = list(range(1, len(per_side) + 1))
                assert per_side in (expected, expected[::-1])


def fifths_are_counted(data: Data, span: Data, counts: list[Data]) -> None:
    """A beat that has no room for every number: below a second, or numbers over 30 below 1.2 s."""
    *fifths, _ = counts or [None]  # what does not fit even so gives way to its tick
    assert all(count["number"] % 5 == 0 for count in fifths)
    ticks = [event["start_ms"] for event in within(data, span, name="tick")]
    if not ticks:  # `--no-tick`
        return
    assert len(ticks) == span["count"]
    (beat,) = {two - one for one, two in pairwise(ticks)} or {0}
    assert beat < (1_200 if span["count"] > 30 else 1_000)
    assert all((at["start_ms"] - counts[0]["start_ms"]) % beat == 0 for at in counts)


def last_five_are_counted_down(data: Data) -> None:
    """Five, four, three, two, one, and before them nothing; on a quick beat those that fit."""
    for span in data["spans"]:
        if span["mode"] in ("reps", "steps") or (span["mode"] == "open" and span["count"]):
            numbers = [count["number"] for count in within(data, span, role="count")]
            assert numbers[-1:] == [1]
            assert set(numbers) <= {1, 2, 3, 4, 5}
            assert numbers == sorted(numbers, reverse=True)


def every_pulse_sounds(data: Data) -> None:
    for span in data["spans"]:
        if span["kind"] == "pulses":
            pulses = [event["start_ms"] for event in within(data, span, name="pulse")]
            assert len(pulses) == span["count"]
            assert pulses[0] == span["start_ms"]
            assert len({two - one for one, two in pairwise(pulses)}) <= 1
