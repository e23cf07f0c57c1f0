"""Workouts as Strong shares them as text: a name, and below it a line for each set."""

from __future__ import annotations

import re

_SET = re.compile(
    r"(?:(?:Set|Satz|Serie|Série) )?(?P<mark>[WDF]?)(?P<number>\d+): "
    r"(?:(?P<load>[+-]?\d+(?:[.,]\d+)? (?:kg|lb)s?) [×x] )?"
    r"(?P<amount>\d+(?: reps)?|\d+:\d\d|\d+ (?:s|min))"
    r"(?: reps)?(?: @ (?P<effort>\d+(?:\.\d+)?))?(?: \[.*\])?\s*$"
)
FEWEST_SETS = 2


def translate_strong_share(text: str) -> str | None:
    """The text with the sets of an exercise in its line, a line for a line; None of other texts.

    Sets that are marked as a warm-up (`W1`) are left out.
    """
    lines = text.splitlines()
    found = [_SET.match(line.strip()) for line in lines]
    if sum(one is not None for one in found) < FEWEST_SETS:
        return None
    shown: list[str] = []
    head = -1
    for line, match in zip(lines, found, strict=True):
        if match is None:
            shown.append(line)
            head = len(shown) - 1 if line.strip() else head
            continue
        shown.append("")
        if match["mark"] != "W" and head >= 0:
            sign = "," if "\t" in shown[head] else ":\t"
            shown[head] = f"{shown[head]}{sign} {_write_set(match)}"
    return "\n".join(line.replace("\t", "") for line in shown)


def _write_set(match: re.Match[str]) -> str:
    amount = match["amount"].removesuffix(" reps")
    load = f" @ {match['load'].replace(' ', '')}" if match["load"] else ""
    return f"{amount}{load}" + (f" RPE {match['effort']}" if match["effort"] else "")
