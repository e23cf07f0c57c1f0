"""Programmes in the text of Liftosaur: `Squat / 3x8 60kg / 90s / progress: lp(5lb)`."""

from __future__ import annotations

import re

_LINE = re.compile(r"^\s*[^/#|]{2,}?\s+/\s+.*\d+\s*x\s*\d+")
_SETS = re.compile(r"\d+\s*x\s*\d+")
_OPTION = re.compile(r"^(?:progress|update|warmup|id|used|superset|tags)\s*:", re.IGNORECASE)
_TIMER = re.compile(r"(?<![\w.])(\d+)s\b")
_EFFORT = re.compile(r"@(\d+(?:\.\d+)?)\+?")
_WEIGHT = re.compile(r"(?<![\w.@])(\d+(?:\.\d+)?(?:lb|kg)|\d+(?:\.\d+)?%)\+?")


def translate_liftosaur(text: str) -> str | None:
    """The text as whiteboard lines, a line for a line; None where it is no such programme."""
    lines = text.splitlines()
    told = [line for line in lines if _LINE.match(line)]
    if not told or len(told) < 0.5 * sum(
        bool(line.strip()) and not line.lstrip().startswith(("#", "//")) for line in lines
    ):
        return None
    return "\n".join(_translate_line(line) for line in lines)


def _translate_line(line: str) -> str:
    if line.lstrip().startswith("//"):
        return ""
    if not _LINE.match(line):
        return re.sub(r"^# (?=Week)", "## ", line)
    name, *parts = [part.strip() for part in re.split(r"\s+/\s+", line.strip())]
    name = re.sub(r"^\w+:\s+", "", name)  # a label before the name
    name = re.sub(r"\[[\d,\s-]+\]", "", name).strip()
    if ", " in name:
        base, _, kit = name.partition(", ")
        name = f"{base} ({kit})"
    clauses: list[str] = []
    weight = rest = effort = ""
    sets = ""
    for part in parts:
        if _OPTION.match(part):
            continue
        if found := _TIMER.search(part):
            rest = f"rest {found[1]}s"
        if found := _EFFORT.search(part):
            effort = f"RPE {found[1]}"
        if found := _WEIGHT.search(part):
            weight = found[1]
        if not sets and _SETS.search(part):
            sets = _sets_of(part)
    clauses = [
        one
        for one in (sets, f"@ {weight}" if weight and sets.count(",") == 0 else "", effort, rest)
        if one
    ]
    return f"{name}: {', '.join(clauses)}".replace(", @ ", " @ ")


def _sets_of(part: str) -> str:
    """`3x8`, and of `1x5, 3x8` both; `5+` stays open."""
    found = []
    for piece in part.split(","):
        match = re.search(r"(\d+)\s*x\s*(\d+(?:-\d+)?\+?)", piece)
        if match:
            weight = _WEIGHT.search(piece[match.end() :])
            load = f" @ {weight[1]}" if weight and "," in part else ""
            found.append(f"{match[1]}x{match[2]}{load}")
    return ", ".join(found)
