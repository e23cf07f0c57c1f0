"""Count what a coach says in the built-in routines, from their timed scripts by the ruler voice.

Run: .venv/bin/python scripts/count_coaching.py. One line for each routine:

silence: the longest silence in a rest or change of sides (s). words: most of a rest of 20 s or more
that is words (%). over: rests of which more than half is words. needless: those of them with words
that could be left out (`gives_way` in compiler/rules.py). thrice: share of lines (without counts)
that are said three times or more (%).
breath, effort, arc: how often each is mentioned. unmarked: timed work of 15 s or more whose last
three seconds nothing marks. go: the first GO (s). early: orders into a strenuous position more than
10 s before GO, as the script tells them (`source`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from audioworkout.compiler.rules import rule_of

Data = dict[str, Any]
COLUMNS = (
    *("silence", "words", "over", "needless", "thrice", "breath"),
    *("effort", "arc", "unmarked", "go", "early"),
)
ROUTINES = Path(__file__).parent.parent / "src/audioworkout/routines"
SIGNALS = {"count", "pulse", "countdown"}
ARC = ("place", "half_workout", "set.last.day", "left", "rest.left", "stage.", "elapsed")
STRENUOUS = ("position.hanging", "position.plank", "position.squat")


def main() -> None:
    """Print the table."""
    print(f"| routine | {' | '.join(COLUMNS)} |")
    print(f"|---{'|---' * len(COLUMNS)}|")
    for key in sorted(path.stem for path in ROUTINES.glob("*.yaml")):
        cells = " | ".join(map(str, count_lines(script_of(key)).values()))
        print(f"| {key} | {cells} |")


def script_of(key: str) -> Data:
    """The timed script of a built-in routine."""
    words = ["-m", "audioworkout", "script", key, "--engine", "ruler", "--format", "json", "-q"]
    done = subprocess.run([sys.executable, *words], capture_output=True, check=True)
    data: Data = json.loads(done.stdout)
    return data


def count_lines(data: Data) -> dict[str, int]:
    """The figures of one timed script."""
    said = [event for event in data["events"] if event["kind"] == "say"]
    lines = [event["text"] for event in said if event["role"] not in SIGNALS]
    often = sum(number for number in Counter(lines).values() if number > 2)
    rests = [span for span in data["spans"] if span["kind"] in ("rest", "switch")]
    long = [span for span in rests if span["end_ms"] - span["start_ms"] >= 20_000]
    over = [span for span in long if words_percent(span, said) > 50]
    sources = [event.get("source", "") for event in said]
    return {
        "silence": max((longest_silence(span, data) for span in rests), default=0) // 1_000,
        "words": max((words_percent(span, said) for span in long), default=0),
        "over": len(over),
        "needless": sum(has_needless(span, said) for span in over),
        "thrice": 100 * often // len(lines),
        "breath": sum(one.startswith(("cue.breathing", "breathe", "calm.")) for one in sources),
        "effort": sum(one.startswith(("feel.", "effort")) for one in sources),
        "arc": sum(one.startswith(ARC) for one in sources),
        "unmarked": sum(is_unmarked(span, data) for span in data["spans"]),
        "go": next(e["start_ms"] for e in data["events"] if e.get("name") == "go") // 1_000,
        "early": sum(is_early(event, data) for event in said),
    }


def longest_silence(span: Data, data: Data) -> int:
    """The longest stretch of a span in which nothing sounds (ms)."""
    inside = [e for e in data["events"] if span["start_ms"] <= e["start_ms"] < span["end_ms"]]
    starts = [*(event["start_ms"] for event in inside), span["end_ms"]]
    ends = [span["start_ms"], *(event["end_ms"] for event in inside)]
    return max(int(start - end) for end, start in zip(ends, starts, strict=True))


def words_percent(span: Data, said: list[Data]) -> int:
    """How much of a span is words (%)."""
    lasts = span["end_ms"] - span["start_ms"]
    inside = [e for e in said if span["start_ms"] <= e["start_ms"] < span["end_ms"]]
    return -int(-100 * sum(event["end_ms"] - event["start_ms"] for event in inside) // lasts)


def has_needless(span: Data, said: list[Data]) -> bool:
    """Whether anything is said in a span that could be left out."""
    inside = [e for e in said if span["start_ms"] <= e["start_ms"] < span["end_ms"]]
    rules = [rule_of(event.get("source", "")) for event in inside]
    return any(rule.gives_way for rule in rules if rule)


def is_unmarked(span: Data, data: Data) -> bool:
    """True for timed work whose end is not announced."""
    timed = span["kind"] == "work" and span["mode"] in ("hold", "for", "carry")
    if not timed or span["end_ms"] - span["start_ms"] < 15_000:
        return False
    last = range(span["end_ms"] - 6_500, span["end_ms"])
    marks = [event for event in data["events"] if event["start_ms"] in last]
    return not any(
        event.get("role") == "countdown"
        or event.get("name") == "ready"
        or event.get("source", "").startswith("calm.last")
        for event in marks
    )


def is_early(event: Data, data: Data) -> bool:
    """Whether an order into a strenuous position comes more than ten seconds before GO."""
    if event.get("source") not in STRENUOUS:
        return False
    work = [s["start_ms"] for _, s in pairwise(data["spans"]) if s["kind"] == "work"]
    return bool(min(at for at in work if at > event["start_ms"]) - event["start_ms"] > 10_000)


if __name__ == "__main__":
    main()
