"""Programmes in the text of Liftosaur: `Squat / 3x8 60kg / 90s / progress: lp(5lb)`.

A line is an exercise; behind its name stand parts between slashes, in any order. `#` heads a week,
`##` a day. The syntax is that of https://www.liftosaur.com/doc/liftoscript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from audioworkout.importing.lines import Document, SourceLine, split_raw_lines
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import (
    BlockEntry,
    Doubt,
    Evidence,
    Item,
    LineRole,
    Outline,
    SourceWorkout,
    Trace,
)
from audioworkout.importing.set_lines import join_sets, read_set
from audioworkout.notation import PartialPrescription
from audioworkout.units import SECOND

LEAST_SETS = 0.5
"""The share of lines with sets between slashes that make a text a programme."""
_LINE = re.compile(r"\s*[^/#|]{2,}?\s+/\s+.*(?:\d+\s*x\s*\d+|\.\.\.\S)")
_SETS = re.compile(r"!?\s*\d+\s*x\s*\d+(?:-\d+)?\+?(?![\w])")
_OPTION = re.compile(r"(?P<key>[a-z_]+)\s*:\s*(?P<value>.*)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?P<label>[^:\[\]]+):\s+)?(?P<name>[^\[\]]+?)\s*(?:\[(?P<order>[\d,\s-]+)\])?"
)
_REUSE = re.compile(r"\.\.\.\s*(?P<name>[^\[]+?)\s*(?:\[(?P<where>[\d:]+)\])?")
_TOKEN = re.compile(
    r"(?P<load>\d+(?:\.\d+)?(?:kg|lb|%))\+?|@(?P<rpe>\d+(?:\.\d+)?)\+?|"
    r"(?P<lasts>\d+)s\+?\|(?:(?P<rest>\d+)s|\?)|(?P<timer>\d+)s"
)
"""What stands beside sets: a load, an effort, how long a set and its rest last, a rest alone."""


class _SetTokens(NamedTuple):
    """What stands beside sets, or for all of them in a part of its own; empty where it does not."""

    load: str = ""
    rpe: str = ""
    lasts: str = ""
    rest: str = ""


@dataclass
class _ProgrammeLine:
    """A line of a programme. `sets`: how many of how many, `3x8`, and what stands beside them."""

    line: SourceLine
    label: str
    name: str
    week: int
    day: int
    sets: list[tuple[str, _SetTokens]] = field(default_factory=list)
    common: _SetTokens = field(default_factory=_SetTokens)
    superset: str = ""
    used: bool = True
    reuses: re.Match[str] | None = None

    def is_called(self, text: str) -> bool:
        """Whether `...Squat`, `...main: Squat` or `...Squat, Barbell` means this line."""
        full = f"{self.label}: {self.name}" if self.label else self.name
        wanted = text.lower()
        return wanted in (full.lower(), self.name.lower(), self.name.partition(",")[0].lower())


def is_liftosaur(text: str) -> bool:
    """Whether a text is such a programme: most of its lines have sets between slashes."""
    lines = [line for line in _without_scripts(text).splitlines() if line.strip()]
    told = sum(bool(_LINE.match(line)) for line in lines)
    own = sum(not line.lstrip().startswith(("#", "//")) for line in lines)
    return told > 0 and told >= LEAST_SETS * own


def _without_scripts(text: str) -> str:
    """A programme without the code in `{~ ~}`; its lines stay where they are."""
    return re.sub(r"\{~.*?~\}", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL)


def read_liftosaur(text: str) -> Document:
    """The lines of a programme, as they stand there."""
    return Document(split_raw_lines(_without_scripts(text)), kind="liftosaur")


def import_liftosaur(document: Document, names: NameFinder) -> Outline:
    """The days of a programme's first week, and what its lines are."""
    weeks = 1
    day, titled = 1, False
    workouts = [SourceWorkout()]
    exercises: list[_ProgrammeLine] = []
    traces: list[Trace] = []
    for line in document.lines:
        heading = re.match(r"(#{1,2})\s*(.*)", line.text)
        if heading is not None and len(heading[1]) == 1:
            weeks += bool(exercises)
            day, titled = 1, False
        elif heading is not None:
            day += titled or any(one.week == weeks for one in exercises)
            titled = True
            if weeks == 1:
                workouts += [SourceWorkout() for _ in range(day - len(workouts))]
                workouts[day - 1].title = heading[2]
            traces.append(Trace(line.number, line.text, "day", heading[2]))
            continue
        elif " / " in line.text and not line.text.startswith("//"):
            exercise = _read_programme_line(line, weeks, day)
            exercises.append(exercise)
            role: LineRole = "exercise" if exercise.used and weeks == 1 else "left out"
            traces.append(Trace(line.number, line.text, role, exercise.name))
            continue
        traces.append(Trace(line.number, line.text, "section" if heading else "beside"))
    for one in exercises:
        if one.week == 1 and one.used:
            _add_item(one, exercises, workouts[one.day - 1], names)
    found = [one for one in workouts if one.items()]
    if weeks > 1:
        for workout in found:
            workout.doubts.append(Doubt("amount", f"of {weeks} weeks this is the first"))
    return Outline("", found, traces)


def _read_programme_line(line: SourceLine, week: int, day: int) -> _ProgrammeLine:
    """An exercise of a line and all its parts; of several sets of sets the first, or the marked."""
    head, *parts = re.split(r"\s+/\s+", line.text)
    named = _NAME.fullmatch(head)
    label, name = (named["label"] or "", named["name"]) if named else ("", head)
    found = _ProgrammeLine(line, label.strip(), name.strip(), week, day)
    marked = False
    for part in parts:
        if option := _OPTION.fullmatch(part):
            key, value = option["key"].lower(), option["value"].strip()
            found.superset = value if key == "superset" else found.superset
            found.used = found.used and not (key == "used" and value == "none")
        elif reuse := _REUSE.fullmatch(part):
            found.reuses = reuse
        elif _SETS.match(part):
            if not found.sets or (part.startswith("!") and not marked):
                found.sets = [_read_piece(piece) for piece in part.lstrip("! ").split(",")]
                marked = part.startswith("!")
        else:
            found.common = _merge_tokens(_read_tokens(part), found.common)
    return found


def _read_piece(piece: str) -> tuple[str, _SetTokens]:
    """`3x8 60kg @8 (Main)` as the sets and what stands beside them."""
    match = _SETS.match(piece.strip())
    sets = re.sub(r"\s", "", match[0]) if match else ""
    return sets, _read_tokens(
        re.sub(r"\([^)]*\)", " ", piece.strip()[len(match[0]) if match else 0 :])
    )


def _read_tokens(text: str) -> _SetTokens:
    found = _SetTokens()
    for match in _TOKEN.finditer(text):
        found = _merge_tokens(
            _SetTokens(
                match["load"] or "",
                match["rpe"] or "",
                match["lasts"] or "",
                match["rest"] or match["timer"] or "",
            ),
            found,
        )
    return found


def _merge_tokens(own: _SetTokens, common: _SetTokens) -> _SetTokens:
    """What is told of some sets, and for the rest what is told of all."""
    return _SetTokens(*(mine or theirs for mine, theirs in zip(own, common, strict=True)))


def _find_reused(one: _ProgrammeLine, exercises: Sequence[_ProgrammeLine]) -> _ProgrammeLine | None:
    """The exercise whose sets another one takes: of its own week, or of the week and day named."""
    if one.reuses is None:
        return None
    week, _, day = (one.reuses["where"] or "").rpartition(":")
    for other in exercises:
        if (
            other is not one
            and other.is_called(one.reuses["name"])
            and other.week == int(week or one.week)
            and (not day or other.day == int(day))
        ):
            return other
    return None


def _resolve(
    one: _ProgrammeLine, exercises: Sequence[_ProgrammeLine], depth: int = 0
) -> _ProgrammeLine:
    """An exercise with the sets, loads and rests of the one that it reuses, its own before them."""
    reused = _find_reused(one, exercises) if depth < len(exercises) else None
    if reused is None:
        return one
    source = _resolve(reused, exercises, depth + 1)
    own = one.common
    sets = one.sets or [(sets, _merge_tokens(own, tokens)) for sets, tokens in source.sets]
    return _ProgrammeLine(
        one.line, one.label, one.name, one.week, one.day, sets, _merge_tokens(own, source.common)
    )


def _add_item(
    one: _ProgrammeLine,
    exercises: Sequence[_ProgrammeLine],
    workout: SourceWorkout,
    names: NameFinder,
) -> None:
    """Add an exercise to its day, in the block of its superset where it has one."""
    whole = _resolve(one, exercises)
    sets = [(sets, _merge_tokens(tokens, whole.common)) for sets, tokens in whole.sets]
    amounts = [
        read for sets, tokens in sets if (read := _read_written_sets(sets, tokens)) is not None
    ]
    rests = list(dict.fromkeys(tokens.rest for _, tokens in sets if tokens.rest))
    rest = int(rests[0]) * SECOND if rests else None
    base, comma, kit = one.name.partition(", ")
    name = names.name(f"{base} ({kit})" if comma else base)
    item = Item(name, [Evidence(one.line.number, one.line.text)])
    item.direct = join_sets(amounts, rest)
    item.doubts += list(_doubts_of(sets, amounts, rests))
    entries = workout.sections["exercises"]
    last = entries[-1] if entries else None
    if one.superset and isinstance(last, BlockEntry) and last.letter == one.superset:
        last.entries.append(item)
    elif one.superset:
        entries.append(BlockEntry(letter=one.superset, entries=[item]))
    else:
        entries.append(item)


def _read_written_sets(sets: str, tokens: _SetTokens) -> PartialPrescription | None:
    """Sets as the notation reads them; one rep that lasts some time is that time."""
    count, _, reps = sets.partition("x")
    timed = bool(tokens.lasts) and reps.rstrip("+") == "1"
    # `8-12+` is open above: `8+`.
    plain = f"{count}x {tokens.lasts}s" if timed else re.sub(r"-\d+\+$", "+", sets)
    load = f" @ {tokens.load}" if float(tokens.load.rstrip("kglb%") or 0) > 0 else ""
    return read_set(f"{plain}{load}{f' RPE {tokens.rpe}' if tokens.rpe else ''}")


def _doubts_of(
    sets: Sequence[tuple[str, _SetTokens]],
    amounts: Sequence[PartialPrescription],
    rests: Sequence[str],
) -> Iterator[Doubt]:
    if len(amounts) < len(sets):
        yield Doubt("amount", "some of its sets could not be read")
    if len(rests) > 1:
        yield Doubt("rest", f"rests of {', '.join(rests)} s: the first is taken")
    if any(tokens.lasts and not sets.rstrip("+").endswith("x1") for sets, tokens in sets):
        yield Doubt("amount", "reps within a time: the reps are taken")
