"""Measure how well texts are imported: what was found against what is expected.

    python3 scripts/score_import.py [FOLDER...] [-v]

A folder (default tests/importing/seen) holds texts, and beside each `NAME.expected.yaml`:

    language: de               # left out: English
    kinds: [21 hold, pdf]      # what it is there for; scores are told by kind
    pdf: true                  # the text is made a PDF (or, with `docx`, a Word document) first
    workouts:                  # routine files, without titles
      - exercises: [push up: 3x10]
    refused: no workout        # in place of `workouts`: it must be refused

A file in place of a folder, as tests/importing/kinds/en.yaml, holds short texts with routines.

Of an item, a list of lines (`squat: [3x10, 2x8]`) are amounts of which each is right. Names count
as found, fields as right or wrong, and a wrong field as marked where the file doubts it; a correct
field that it doubts is a false alarm.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import re
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import _documents
from audioworkout.compiler import plan_routine
from audioworkout.errors import WorkoutError
from audioworkout.importing import ImportOptions, Source, Written, import_document, read_document
from audioworkout.model.exercise import Exercise
from audioworkout.model.request import Flags
from audioworkout.model.routine import Block, Item, Routine, Work
from audioworkout.names import make_stem
from audioworkout.reading import Folders, read_routine
from audioworkout.reading.catalogue import Catalogue

FOLDER = Path(__file__).parent.parent / "tests/importing/seen"
PAGES = 300
ARTICLE = re.compile(r"^(?:(?:the|der|die|das|la|le|les|el|los|las)\s+|l['’])", re.IGNORECASE)
QUANTITY = ("sets", "amount", "sides")
"""The fields that make up an amount."""
SAME_KIND = {"rounds": "circuit", "tabata": "intervals"}
"""Kinds of blocks that are done in the same way."""
SAME_DOUBT = {
    "sets": "amount",
    "order": "sides",
    "tempo": "pause",
    "rest_exercises": "rest",
    "rest_rounds": "rest",
}
"""Fields that are covered by a doubt about another field."""


class Member(NamedTuple):
    """A work of a routine with what stands around it, field by field.

    `key` is the same for spellings of one name, its plural too.
    """

    key: str
    fields: Mapping[str, object]


class Score(NamedTuple):
    """Counts of one text."""

    expected: int = 0
    found: int = 0
    extra: int = 0
    amounts: int = 0
    whole: int = 0
    workouts: int = 0
    wrong: int = 0
    marked: int = 0
    right: int = 0
    alarms: int = 0
    refusals: int = 0
    refused: int = 0

    def __add__(self, other: Score) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


class Case(NamedTuple):
    """A text and what is expected of it."""

    name: str
    source: Source
    expected: Mapping[str, Any]


def load_cases(folder: Path) -> list[Case]:
    """The texts of a folder in order of name; of a file, the short texts in it."""
    if folder.is_file():
        return load_short_cases(folder)
    cases = []
    for path in sorted(folder.glob("*.expected.yaml")):
        name = path.name.removesuffix(".expected.yaml")
        text = next(one for one in sorted(folder.glob(f"{name}.*")) if one != path)
        expected = yaml.safe_load(path.read_text(encoding="utf-8"))
        data = text.read_bytes()
        if expected.get("pdf"):
            data = _documents.make_pdf(data.decode())
        if expected.get("docx"):
            data = _documents.make_docx(data.decode())
        cases.append(Case(name, Source(text.name, data), expected))
    return cases


def load_short_cases(path: Path) -> list[Case]:
    """The short texts of a file that is called by its language, each beside the routine it is."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return [
        Case(
            f"{path.stem} {' / '.join(one['text'].splitlines())[:56]}",
            Source("text.txt", one["text"].encode()),
            {
                "language": path.stem,
                "workouts": [{key: value for key, value in one.items() if key != "text"}],
            },
        )
        for one in data
    ]


def score_case(
    case: Case, told: list[str], catalogues: dict[str, Catalogue] | None = None
) -> Score:
    """The counts of a text; errors are appended to `told` as lines.

    `catalogues`: those of languages, kept from text to text.
    """
    wanted = case.expected.get("workouts", ())
    try:
        imported = import_document(
            read_document(case.source), Folders(), ImportOptions(), catalogues
        )
    except WorkoutError as error:
        told.append(f"refused: {error}")
        if "refused" in case.expected:
            return Score(refusals=1, refused=1)
        return Score(
            expected=sum(len(members_of(one)) for one in map(expected_routine, wanted)),
            workouts=len(wanted),
        )
    if "refused" in case.expected:
        told += [f"not refused: {row.name}" for file in imported.files for row in file.rows]
        return Score(refusals=1, extra=sum(len(file.rows) for file in imported.files))
    total = Score()
    language = case.expected.get("language", "en")
    if imported.language != language:
        told.append(f"language {imported.language}, expected {language}")
    for number, (data, file) in enumerate(zip_longest(wanted, imported.files), 1):
        if data is None:
            told.append(f"workout {number} is not expected")
            total += Score(extra=len(file.rows))
        elif file is None:
            told.append(f"workout {number} is missing")
            total += Score(expected=len(members_of(expected_routine(data))), workouts=1)
        else:
            total += score_workout(data, file, told, language)
    return total


def score_workout(data: Mapping[str, Any], file: Written, told: list[str], language: str) -> Score:
    """The counts of a workout, by the best of the amounts that are right."""
    best: tuple[Score, list[str]] | None = None
    try:
        got = read_text(file.text)
    except WorkoutError as error:
        told.append(f"the file is wrong: {error}")
        return Score(
            expected=len(members_of(expected_routine(data))), workouts=1, extra=len(file.rows)
        )
    for choice in range(most_choices(data)):
        lines: list[str] = []
        score = compare_routines(expected_routine(data, choice, language), got, file, lines)
        rank = (score.whole, score.amounts, -score.wrong)
        if best is None or rank > (best[0].whole, best[0].amounts, -best[0].wrong):
            best = score, lines
    assert best is not None
    told += best[1]
    return best[0]


def compare_routines(wanted: Routine, got: Routine, file: Written, told: list[str]) -> Score:
    """The counts of a workout; items are paired in order by their exercises."""
    want, have = members_of(wanted), members_of(got)
    pairs, extra = [], list(range(len(have)))
    matcher = difflib.SequenceMatcher(
        a=[one.key for one in want], b=[one.key for one in have], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            pairs.append((block.a + n, block.b + n))
            extra.remove(block.b + n)
    missing = sorted(set(range(len(want))) - {a for a, _ in pairs})
    told += [f"missing: {want[n].key}" for n in missing]
    told += [f"extra: {have[n].key}" for n in extra]
    doubts = [doubts_of(file, n) for n in range(len(have))]
    amounts = wrong = marked = right = alarms = 0
    for a, b in pairs:
        bad = [name for name in want[a].fields if want[a].fields[name] != have[b].fields[name]]
        amounts += not set(bad) & set(QUANTITY)
        wrong += len(bad)
        good = [name for name in want[a].fields if name not in bad]
        right += len(good)
        alarms += sum(is_doubted(name, doubts[b]) for name in good)
        for name in bad:
            sure = not is_doubted(name, doubts[b])
            marked += not sure
            told.append(
                f"{want[a].key}: {name} is {have[b].fields[name]}, expected {want[a].fields[name]}"
                + (" (not marked)" if sure else " (marked)")
            )
    wrong += len(extra)
    marked += sum(bool(doubts[n]) for n in extra)
    whole = not missing and not extra and legs_of(wanted) == legs_of(got) != []
    if not whole and not missing and not extra and not wrong:
        told.append("the whole differs")
    counts = (amounts, int(whole), 1, wrong, marked, right, alarms)
    return Score(len(want), len(pairs), len(extra), *counts)


def is_doubted(name: str, doubts: set[str]) -> bool:
    """True if a field, or the amount it belongs to, is marked as a guess."""
    return (
        name in doubts
        or SAME_DOUBT.get(name, name) in doubts
        or (name == "amount" and "sets" in doubts)
    )


def doubts_of(file: Written, number: int) -> set[str]:
    """The fields of an item that the file doubts, those of its block and of the whole too."""
    own = {one.field for one in file.rows[number].doubts} if number < len(file.rows) else set()
    return own | {one.field for one in file.doubts}


def expected_routine(data: Mapping[str, Any], choice: int = 0, language: str = "en") -> Routine:
    """The routine of an expectation; of several amounts the one of a number."""
    chosen = choose(data, choice)
    return read_text(
        yaml.safe_dump({"language": language, **chosen}, allow_unicode=True, sort_keys=False)
    )


def choose(data: Any, choice: int) -> Any:  # noqa: ANN401 - any YAML
    """The same YAML with one of each list of amounts."""
    if isinstance(data, Mapping):
        return {
            name: value[min(choice, len(value) - 1)]
            if isinstance(value, list)
            and value
            and all(isinstance(one, str) for one in value)
            and name not in ("exercises", "warm_up", "cool_down", "tabata")
            else choose(value, choice)
            for name, value in data.items()
        }
    return [choose(one, choice) for one in data] if isinstance(data, list) else data


def most_choices(data: Mapping[str, Any]) -> int:
    """How many amounts the item with most of them has."""
    return 3 if choose(data, 0) != choose(data, 1) else 1


def read_text(text: str) -> Routine:
    """A routine of a text."""
    return read_routine("-", Flags(), Folders(), text).routine


def members_of(routine: Routine) -> list[Member]:
    """Every work in order, with its fields."""
    return [
        member
        for items in (routine.warm_up, routine.items, routine.cool_down)
        for member in _members(items, None, routine)
    ]


def _members(items: Sequence[Item], block: Block | None, routine: Routine) -> Iterator[Member]:
    for item in items:
        if isinstance(item, Block):
            yield from _members(item.items, item, routine)
        elif isinstance(item, Work):
            yield _member_of(item, block, routine)


def _member_of(work: Work, block: Block | None, routine: Routine) -> Member:
    given = work.prescription
    rests = routine.how.rests
    between = rests.exercises if block is None else block.transition
    if block is not None and is_list(block):
        block = None
    rest = (
        given.rest
        if given.rest is not None
        else rests.sets
        if block is None and given.sets > 1
        else None
    )
    fields: dict[str, object] = {
        "sets": len(given.amounts) if given.by_set else given.sets,
        "amount": given.amounts,
        "sides": given.sides.order if given.sides.order != "alternating" else given.sides,
        "rest": rest if block is None or block.kind == "superset" else None,
        "pulses": given.finisher.pulses if given.finisher else None,
        "tempo": given.tempo,
        "load": [one.load for one in given.by_set if one.load] or given.load,
        "effort": given.effort,
        "rounds": (
            SAME_KIND.get(block.kind, block.kind),
            block.rounds,
            block.minutes,
            block.every,
        )
        if block
        else None,
        "rest_rounds": (block.rest, block.transition) if block else None,
        "rest_exercises": between if block is None else None,
    }
    return Member(name_of(work.exercise), fields)


def is_list(block: Block) -> bool:
    """True if the items of a block are done once, one after the other, as without the block."""
    kind = SAME_KIND.get(block.kind, block.kind)
    return kind == "circuit" and block.rounds == 1 and not (block.minutes or block.every)


def name_of(exercise: Exercise) -> str:
    """The same for all spellings of a name, with an article or without."""
    return make_stem(ARTICLE.sub("", exercise.name)) or exercise.key


def legs_of(routine: Routine) -> list[object]:
    """Everything that is done, in order, with its pauses; empty where it cannot be done so."""
    try:
        plan = plan_routine(routine._replace(language="en"))
    except WorkoutError:
        return []
    return [
        (
            interval.pause,
            name_of(interval.bout.exercise),
            interval.bout.side,
            interval.bout.prescription._replace(announced=frozenset(), notes=(), rest=None),
        )
        for interval in plan.intervals
    ]


def percent(part: int, whole: int) -> str:
    """A share as `93 %`, or `-` of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def describe(name: str, score: Score) -> str:
    """A row of the table of scores."""
    found = score.found
    return (
        f"{name:<34.34} {percent(found, score.expected):>6} "
        f"{percent(found, found + score.extra):>6} "
        f"{percent(score.amounts, score.expected):>6} {f'{score.whole}/{score.workouts}':>7} "
        f"{percent(score.marked, score.wrong):>6} {percent(score.alarms, score.right):>6} "
        f"{f'{score.refused}/{score.refusals}':>6}"
    )


def measure_imports(folders: Sequence[Path]) -> Iterator[str]:
    """How long 300 pages in one process take, what memory they add, and a page of 10 MB."""
    catalogues: dict[str, Catalogue] = {}
    sources = [case.source for folder in folders for case in load_cases(folder)]
    import_quietly(sources[0], catalogues)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    for n in range(PAGES):
        import_quietly(sources[n % len(sources)], catalogues)
    took = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    each = 1000 * took / PAGES
    yield f"{PAGES} pages: {took:.1f} s, {each:.0f} ms each, {grown / 1024:.0f} MB more"
    part = "<h3>Squat</h3><p>Do 3 sets of 12 reps. Keep your back straight and breathe.</p>"
    page = f"<html><body>{part * (9_900_000 // len(part))}</body></html>"
    start = time.perf_counter()
    import_quietly(Source("large.html", page.encode()), catalogues)
    yield f"a page of 10 MB: {time.perf_counter() - start:.1f} s"


def import_quietly(source: Source, catalogues: dict[str, Catalogue]) -> None:
    """Import a source, whether there is a workout in it or not."""
    with contextlib.suppress(WorkoutError):
        import_document(read_document(source), Folders(), ImportOptions(), catalogues)


def main() -> None:
    """Print the scores of all texts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[FOLDER])
    parser.add_argument("-v", "--verbose", action="store_true", help="tell what is wrong")
    parser.add_argument("--time", action="store_true", help="measure time and memory instead")
    wanted = parser.parse_args()
    if wanted.time:
        print("\n".join(measure_imports(wanted.folders)))
        return
    groups: dict[str, Score] = defaultdict(Score)
    catalogues: dict[str, Catalogue] = {}
    columns = ("names", "prec.", "amount", "whole", "marked", "alarm", "refus.")
    print(" " * 34 + "".join(f" {one:>{7 if one == 'whole' else 6}}" for one in columns))
    for folder in wanted.folders:
        for case in load_cases(folder):
            told: list[str] = []
            score = score_case(case, told, catalogues)
            print(describe(case.name, score))
            if wanted.verbose:
                for line in told:
                    print(f"    {line}")
            groups["all"] += score
            groups[f"language {case.expected.get('language', 'en')}"] += score
            for kind in case.expected.get("kinds", ()):
                groups[f"kind {kind}"] += score
    print()
    for name in sorted(groups, key=lambda one: (one != "all", one.startswith("kind"), one)):
        print(describe(name, groups[name]))


if __name__ == "__main__":
    main()
