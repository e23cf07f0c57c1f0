"""A document to routine files: the steps in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from audioworkout.compiler import plan_routine
from audioworkout.compiler.bouts import IntervalError
from audioworkout.errors import UsageError, WorkoutError
from audioworkout.importing.draft import differ_in_brackets
from audioworkout.importing.layout import restore_layout
from audioworkout.importing.liftosaur import import_liftosaur
from audioworkout.importing.lines import Document
from audioworkout.importing.logs import import_log, import_shared, log_columns, parse_log_date
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import (
    OWN_PACE,
    Doubt,
    Item,
    Outline,
    SourceWorkout,
    Trace,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.refusals import (
    NoWorkoutError,
    list_items,
    refuse_count,
    refuse_no_workout,
)
from audioworkout.importing.roles import read_outline
from audioworkout.importing.rules import (
    LANGUAGES,
    fold_text,
    load_import_language,
    load_own_words,
)
from audioworkout.importing.writing import Written, write_routine
from audioworkout.model.request import Flags, RoutineText
from audioworkout.reading import Diagnostics, Folders, read_routine
from audioworkout.reading.catalogue import Catalogue

QUICK_TEMPO = "1-0-1-0"
"""Of what is done against the clock, and would not fit into its interval otherwise."""
QUICK_DOUBT = Doubt("tempo", "made quick, so that it fits into its interval")
LONGEST_FIRST_LINE = 70
COMMON_WORD = 3
"""How many words of training a common word outweighs where the language is found out."""
FEWEST_COUNTED = 3
COUNTED_SHARE = 0.6
"""Share of the exercises of a workout with an amount from which on all of them should have one."""


class ImportOptions(NamedTuple):
    """What was asked for. Empty: found out, or all.

    `day`: the number or the name of a workout of the source, or of a log the date of a session.
    `origin`: where the source came from.
    """

    language: str = ""
    level: str = ""
    day: str = ""
    origin: str = "Imported"


class Imported(NamedTuple):
    """All routine files of a source, and what became of each of its lines."""

    language: str
    files: tuple[Written, ...]
    traces: tuple[Trace, ...]


def import_document(
    document: Document,
    folders: Folders,
    options: ImportOptions,
    catalogues: dict[str, Catalogue] | None = None,
) -> Imported:
    """The routine files of a document.

    Args:
        document: What was read from a source.
        folders: Where the exercises lie.
        options: What was asked for.
        catalogues: Those of languages, loaded for documents before; others are added. Whoever
            imports many documents keeps one.

    Raises:
        NoWorkoutError: There is no workout in it.
    """
    code = options.language or find_language(document)
    loaded = catalogues if catalogues is not None else {}
    if code not in loaded:
        loaded[code] = Catalogue(folders, Diagnostics(), code)
    language = load_import_language(code)
    names = NameFinder(language, loaded[code])
    document = restore_layout(document, language)
    app = _read_app_source(document, names, options.day)
    outline = app or _read_free_text(document, names)
    workouts = outline.workouts
    try:
        refuse_count(workouts, document)
        if app is None:
            refuse_no_workout(workouts, document, names)
    except NoWorkoutError as error:
        error.traces = tuple(outline.traces)
        raise
    if options.day and not _is_day_of_log(document, options.day):
        workouts = choose_source_workout(workouts, options.day)
    files = tuple(
        _write_readable(one, _title_of(one, document, len(workouts)), options, loaded[code])
        for one in workouts
    )
    return Imported(code, files, _mark_title(outline.traces, files))


def _mark_title(traces: Sequence[Trace], files: Sequence[Written]) -> tuple[Trace, ...]:
    """The traces with the lines that gave a file its title told as that."""
    titles = {file.title for file in files}
    return tuple(
        one._replace(role="title") if one.role == "left out" and one.text in titles else one
        for one in traces
    )


def _write_readable(
    workout: SourceWorkout, title: str, options: ImportOptions, catalogue: Catalogue
) -> Written:
    """The file of a workout, such that it reads; an amount that does not is left out, told.

    Where the words alone would be taken for another language, the file states its own.

    Raises:
        NoWorkoutError: What was read makes no routine.
    """
    code, stated = catalogue.language, False
    for _ in range(2 * len(workout.items()) + 3):
        written = write_routine(workout, title, code, options.level, options.origin, stated=stated)
        try:
            routine = read_routine(
                RoutineText(written.text), Flags(), catalogue.folders, catalogue=catalogue
            ).routine
            plan_routine(routine)
        except IntervalError as error:
            item = _item_on_line(workout, written.text, error.place.line if error.place else 0)
            if not _fit_interval(workout, item):
                break
        except WorkoutError as error:
            reason = "what the source says of it could not be written"
            found = re.search(r":(\d+)(?::\d+)?: error", str(error))
            item = _item_on_line(workout, written.text, int(found[1]) if found else 0)
            if item is None and workout.facts:
                workout.facts = []
                told = "what the source says of all exercises could not be written"
                workout.doubts += [Doubt(field, told) for field in ("rounds", "rest")]
            elif not _drop_amount(item, reason):
                break
        else:
            if routine.language == code:
                return written
            stated = True  # its words alone would be taken for another language
    raise NoWorkoutError(
        "what was read of it makes no routine", "see --explain, and write it by hand"
    )


def _fit_interval(workout: SourceWorkout, item: Item | None) -> bool:
    """Make what does not fit into its interval quick, then drop the clock; whether either helped.

    Where the item is not known, the first block with a clock is meant.
    """
    clocked = [one for one in workout.blocks() if any(map(one.value, OWN_PACE))]
    block = next((one for one in clocked if item in one.entries), clocked[0] if clocked else None)
    if block is None:
        return False
    members = [one for one in block.entries if isinstance(one, Item)]
    quick = Fact("tempo", QUICK_TEMPO, 32, 0, 0)
    slow = [one for one in members if QUICK_DOUBT not in one.doubts]
    for one in slow:
        one.doubts.append(QUICK_DOUBT)
        one.direct = f"{one.direct}, tempo {QUICK_TEMPO}" if one.direct else ""
        one.facts.append(quick)
    if not slow:
        for one in members:
            one.doubts.remove(QUICK_DOUBT)
            one.direct = one.direct.removesuffix(f", tempo {QUICK_TEMPO}")
            one.facts.remove(quick)
        reason = "what it holds does not fit into its interval: its clock is left out"
        block.facts = [fact for fact in block.facts if fact.field not in OWN_PACE]
        block.doubts += [Doubt(field, reason) for field in ("rounds", "rest_rounds")]
    return True


def _drop_amount(item: Item | None, reason: str) -> bool:
    """Leave the amount of an item out, and tell why; whether there was one."""
    if item is None or not (item.direct or item.facts):
        return False
    item.direct, item.facts, item.levels, item.weeks = "", [], {}, []
    item.doubts.append(Doubt("amount", reason))
    return True


def _item_on_line(workout: SourceWorkout, text: str, number: int) -> Item | None:
    """The item with an amount that stands on a line of a file."""
    lines = text.splitlines()
    if not 0 < number <= len(lines):
        return None
    items = [
        item
        for item in workout.items()
        if item.name.text and item.name.text in lines[number - 1] and (item.direct or item.facts)
    ]
    return max(items, key=lambda one: len(one.name.text), default=None)


def find_language(document: Document) -> str:
    """The language of a document: the one whose common words it has most of.

    In a text of few sentences its words of training tell it, those that no other language has.
    """
    words: Counter[str] = Counter()
    for line in document.lines[:400]:
        words.update(re.findall(r"[^\W\d_]+", fold_text(line.text)))
    counts = {
        code: COMMON_WORD * sum(words[word] for word in load_import_language(code).common)
        + sum(words[word] for word in words.keys() & load_own_words(code))
        + (2 * COMMON_WORD if document.language == code else 0)
        for code in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda code: counts[code])
    return best if counts[best] else "en"


def _title_of(workout: SourceWorkout, document: Document, count: int) -> str:
    title = workout.title or document.title or _first_line(document) or "Imported workout"
    if count > 1 and workout.title and document.title and workout.title != document.title:
        return f"{document.title}: {workout.title}"
    return title


def _first_line(document: Document) -> str:
    """The first line of a text, where it stands apart from the others and is no sentence."""
    if len(document.lines) < 2 or document.kind != "text":
        return ""
    first, second = document.lines[:2]
    apart = second.number > first.number + 1 and first.mark in ("text", "heading", "bold")
    return first.text if apart and len(first.text) <= LONGEST_FIRST_LINE else ""


def _without_echoes(workout: SourceWorkout) -> SourceWorkout:
    """The workout without names that come again, with nothing said of them, beside a full item."""
    full = [item for item in workout.items() if item.has_amount or item.told]
    counted = [item for item in full if item.has_amount]
    for entries in workout.sections.values():
        kept = []
        seen: list[Item] = []
        for entry in entries:
            if isinstance(entry, Item) and not entry.has_amount and not entry.letter:
                others = counted if entry.told else full
                if any(_is_echo(entry, one) for one in seen + others):
                    continue
                seen.append(entry)
            kept.append(entry)
        entries[:] = kept
    return workout


def _without_loose_ends(workout: SourceWorkout) -> SourceWorkout:
    """The workout without headings of text that were taken for its first or last exercises.

    They are such where nearly all exercises have an amount, and these have none and are not known.
    """
    entries = workout.sections["exercises"]
    items = [item for item in entries if isinstance(item, Item)]
    counted = [item for item in items if item.has_amount]
    if len(counted) < FEWEST_COUNTED or len(counted) < COUNTED_SHARE * len(items):
        return workout
    first, last = items.index(counted[0]), items.index(counted[-1])
    ends = [*items[:first], *items[last + 1 :]]
    loose = [one for one in ends if one.name.exercise is None and not one.letter]
    entries[:] = [entry for entry in entries if not any(entry is one for one in loose)]
    return workout


def _is_echo(item: Item, other: Item) -> bool:
    """Whether an item only names another one again."""
    same = item is not other and item.key == other.key
    return same and not differ_in_brackets(item.evidence[0].text, other.evidence[0].text)


def choose_source_workout(workouts: list[SourceWorkout], day: str) -> list[SourceWorkout]:
    """The workout of a number, counted from 1, or of a name.

    Raises:
        UsageError: There is none.
    """
    if day.isdigit() and 1 <= int(day) <= len(workouts):
        return [workouts[int(day) - 1]]
    found = [one for one in workouts if fold_text(day) in fold_text(one.title)]
    if found:
        return found[:1]
    titles = ", ".join(f"{n} {one.title}".strip() for n, one in enumerate(workouts, 1))
    raise UsageError(f"there is no workout `{day}` in it", f"there are: {titles}")


def _read_free_text(document: Document, names: NameFinder) -> Outline:
    """What stands in a text, a page or a table that a person wrote."""
    outline = read_outline(document, names)
    return outline._replace(
        workouts=[_without_loose_ends(_without_echoes(one)) for one in outline.workouts]
    )


def _read_app_source(document: Document, names: NameFinder, day: str) -> Outline | None:
    """What stands in a log or a programme of an app; None of other sources."""
    columns = log_columns(document)
    if columns is not None:
        workouts = import_log(document, columns, names, day)
    elif document.kind == "shared":
        workouts = import_shared(document, names)
    elif document.kind == "liftosaur":
        return import_liftosaur(document, names)
    else:
        return None
    named = {one.line: item.name.text for item in list_items(workouts) for one in item.evidence}
    traces = [
        Trace(
            one.number,
            one.text,
            "exercise" if one.number in named else "left out",
            named.get(one.number, ""),
        )
        for one in document.lines
    ]
    return Outline("", workouts, traces)


def _is_day_of_log(document: Document, day: str) -> bool:
    """Whether a day is a date by which the sessions of a log were chosen already."""
    return log_columns(document) is not None and parse_log_date(day) != datetime.min
