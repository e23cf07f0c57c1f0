"""Programme files: the field tables, and everything that can be wrong with what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from audioworkout.files import is_file
from audioworkout.languages import LANGUAGES
from audioworkout.model.request import RoutineText, Source
from audioworkout.names import did_you_mean, join_choices, make_key, make_stem, nearest_names
from audioworkout.programmes.blanks import (
    LIST_BLANKS,
    VALUE_BLANKS,
    find_blanks,
    parse_quantity,
    value_blanks,
)
from audioworkout.programmes.model import (
    EACH_SESSION,
    MOST_WEEKS,
    NO_STEP,
    WEEK,
    WEEKDAYS,
    Answer,
    Cadence,
    Deload,
    FailRule,
    Gate,
    Programme,
    Progression,
    Schedule,
    Test,
)
from audioworkout.reading import Folders
from audioworkout.reading.catalogue import load_tree, yaml_files
from audioworkout.reading.diagnostics import Diagnostics, file_error
from audioworkout.reading.field_types import (
    SCALAR,
    SCALARS,
    Field,
    Fields,
    FieldType,
    Schema,
    Values,
    choice_type,
    integer_type,
    list_type,
    read_map,
    read_text_value,
    sentence_type,
)
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node, key_of
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.routines import looks_like_path
from audioworkout.reading.source import read_text, refuse_file
from audioworkout.text import cut_to_length

PROGRAMME_FOLDER = "programmes"
"""Folder of programmes, built in and in a person's own folder."""
SCALES = {"pain": 10, "felt": 10}
LONGEST_INTERVAL = 14


# --- Kinds of value ----------------------------------------------------------------------------


def _parsed_type(parse: Callable[[str], Any], what: str, schema: Schema | None = None) -> FieldType:
    """A text of which `parse` makes a value, or None where it is something else."""

    def read(node: Node, diagnostics: Diagnostics) -> Any | None:  # noqa: ANN401 - what `parse` gives
        text = read_text_value(node, diagnostics, what.split(", like")[0])
        found = None if text is None else parse(text.strip())
        if text is not None and found is None:
            diagnostics.error(node, f"`{cut_to_length(text, 40)}` is not {what}")
        return found

    return FieldType(what, read, schema or {"type": ["string", "number"]})


def _parse_percent(text: str) -> Decimal | None:
    quantity = parse_quantity(text.removesuffix("%"))
    if quantity is None or quantity.unit or not 0 < quantity.figure <= 100:
        return None
    return quantity.figure / 100 if text.endswith("%") or quantity.figure > 1 else quantity.figure


def _parse_cadence(text: str) -> Cadence | None:
    match = re.fullmatch(r"(?:(\d{1,2})\s+)?(session|week)s?", text.lower())
    if match is None or match[1] == "0":
        return None
    return Cadence(int(match[1] or 1), "week" if match[2] == "week" else "session")


def _parse_week_key(text: str) -> tuple[int, ...] | None:
    """`5`, `3-4`: the weeks of a key or a field."""
    match = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", text)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(range(first, last + 1)) if 1 <= first <= last <= MOST_WEEKS else None


def _parse_test_day(text: str) -> int | str | None:
    if text.isdigit():
        return int(text) or None
    return text.lower() if text.lower() in ("first", "last", "every") else None


_QUANTITY = _parsed_type(parse_quantity, "a number with or without its unit, like `2.5kg`")
_PERCENT = _parsed_type(_parse_percent, "a share, like `70%`")
_CADENCE = _parsed_type(_parse_cadence, "how often, like `session`, `3 sessions` or `2 weeks`")
_WEEK_NUMBERS = list_type(
    _parsed_type(_parse_week_key, "a week, like `5` or `3-4`"), "a week or a list of them"
)
_TEST_DAY = _parsed_type(_parse_test_day, "`first`, `last`, `every` or the number of a day")
_ANSWER = _parsed_type(
    lambda text: text.lower() if text.lower() in ("repeat", "step back") else None,
    "`repeat` or `step back`",
    {"enum": ["repeat", "step back"]},
)
_CHANGE = _parsed_type(
    lambda text: int(text) if re.fullmatch(r"-\d{1,2}", text) else None,
    "a number of sets less, like `-2`",
)


def _read_node(node: Node, diagnostics: Diagnostics) -> Node:
    return node


def _read_line(node: Node, diagnostics: Diagnostics) -> Text | None:
    text = read_text_value(node, diagnostics, "a text")
    return node if text is not None and isinstance(node, Text) else None


def _read_schedule(node: Node, diagnostics: Diagnostics) -> Schedule | None:
    """Days of the week, or the days from one session to the next."""
    if isinstance(node, Text):
        text = node.value.lower().strip()
        match = re.fullmatch(r"(\d{1,2})?\s*(?:d|days?)", text)
        if text in ("day", "daily"):
            return Schedule(interval=1)
        if match and 1 <= int(match[1] or 1) <= LONGEST_INTERVAL:
            return Schedule(interval=int(match[1] or 1))
    parts = node.items if isinstance(node, List) else (node,)
    days = [_read_weekday(part, diagnostics) for part in parts]
    if None in days or not days:
        return None
    found = tuple(sorted(day for day in days if day is not None))
    if len(set(found)) < len(found):
        diagnostics.error(node, "a day of the week stands here twice", "keep one of them")
        return None
    return Schedule(weekdays=found)


def _read_weekday(node: Node, diagnostics: Diagnostics) -> int | None:
    text = read_text_value(node, diagnostics, "a day of the week")
    if text is None:
        return None
    short = text.lower().strip()[:3]
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    if short in WEEKDAYS and names[WEEKDAYS.index(short)].startswith(text.lower().strip()):
        return WEEKDAYS.index(short)
    near = nearest_names(text, (*WEEKDAYS, *names))
    hint = f"did you mean {join_choices(near)}?" if near else EVERY.what
    message = f"`{cut_to_length(text, 40)}` is no day of the week and no number of days"
    diagnostics.error(node, message, hint)
    return None


LINE_WITH_BLANKS = FieldType(
    "a prescription line with blanks, like `5x5 {kg}kg`", _read_line, SCALAR
)
START = FieldType("a number, or a blank like `{member.squat}`", _read_line, SCALAR)
EVERY = FieldType("days, like `[mon, wed, fri]`, `1d` or `2 days`", _read_schedule, SCALARS)


def _read_names(node: Node, diagnostics: Diagnostics) -> tuple[Text, ...]:
    parts = node.items if isinstance(node, List) else (node,)
    return tuple(one for part in parts if (one := _read_line(part, diagnostics)) is not None)


def _any_node(what: str, schema: Schema) -> FieldType:
    return FieldType(what, _read_node, schema)


FAIL: Fields = (
    Field("after", integer_type(1, 20), "failures in a row", required=True),
    Field("to", _PERCENT, "what is left of the value then", required=True),
)
TRACK: Fields = (
    Field("line", LINE_WITH_BLANKS, "what is done; its blank (`{kg}`, `{s}`, `{n}`) is the value"),
    Field("start", START, "the first value", required=True),
    Field("step", _QUANTITY, "added each time; left out: 0"),
    Field("every", _CADENCE, "after how many sessions of it, or weeks; left out: each session"),
    Field("until", _QUANTITY, "where it stays"),
    Field(
        "fail",
        _any_node("a rule, like `{after: 3, to: 90%}`", {"$ref": "#/$defs/fail"}),
        "what becomes of a value that failed; left out: it stays",
    ),
)
DELOAD: Fields = (
    Field("week", _WEEK_NUMBERS, "in which weeks", required=True),
    Field("load", _PERCENT, "share of what is in kg or lb"),
    Field("amount", _PERCENT, "share of all other values"),
    Field("sets", _CHANGE, "so many sets less, at least one remaining"),
)
TEST: Fields = (
    Field("week", _WEEK_NUMBERS, "in which weeks", required=True),
    Field("day", _TEST_DAY, "on which day of it; left out: the last"),
    Field(
        "line",
        LINE_WITH_BLANKS,
        "what is done in place of a track's line; left out: what the plan or the track says",
    ),
    Field(
        "tracks",
        FieldType("a list of tracks", _read_names, SCALARS),
        "of which tracks; left out: of all whose line has the same blank",
    ),
)
GATE: Fields = (
    Field("ask", choice_type(tuple(SCALES)), "what is reported after a session", required=True),
    Field("at_most", integer_type(0, 10), "up to which figure values may rise", required=True),
    Field("else", _ANSWER, "what happens above; left out: repeat"),
    Field("twice", _ANSWER, "the second time in a row"),
)
PROGRAMME: Fields = (
    Field("programme", sentence_type(80), "what it is called", required=True),
    Field(
        "titles",
        _any_node("titles by language, like `{de: Zehn Kilometer}`", {"$ref": "#/$defs/titles"}),
        "what it is called in other languages",
    ),
    Field("description", sentence_type(2_000, spoken=False), "what it is good for"),
    Field("language", choice_type(tuple(LANGUAGES)), "who leads speaks this language"),
    Field("every", EVERY, "the days of training", required=True),
    Field("weeks", integer_type(1, MOST_WEEKS), "how many; left out: as many as the plan has"),
    Field(
        "routine",
        _any_node("keys of a routine, with blanks", {"type": "object"}),
        "what all sessions have in common",
    ),
    Field(
        "plan",
        _any_node("weeks, like `1: 8 x (run 60s, walk 90s)`", {"$ref": "#/$defs/plan"}),
        "`{plan}`: a row a week, or a list with a row a day",
    ),
    Field(
        "days",
        _any_node("days, like `A: [back squat, plank]`", {"$ref": "#/$defs/days"}),
        "`{day}`: days that take turns, session by session",
    ),
    Field(
        "tracks",
        _any_node("tracks by name", {"$ref": "#/$defs/tracks"}),
        "values that rise from session to session",
    ),
    Field("deload", _any_node("weeks that are lighter", {"$ref": "#/$defs/deload"}), "on purpose"),
    Field("test", _any_node("sessions that are tests", {"$ref": "#/$defs/test"}), "how much goes"),
    Field(
        "gate",
        _any_node("what must be reported", {"$ref": "#/$defs/gate"}),
        "values rise only where it was reported and was low",
    ),
    Field(
        "member",
        _any_node("values by name, like `{squat: 20kg}`", {"$ref": "#/$defs/member"}),
        "`{member.squat}`: what it is where a member does not say",
    ),
)
"""The keys of a programme."""


# --- Files -------------------------------------------------------------------------------------


def programme_files(folders: Folders) -> dict[str, Path]:
    """Every programme within reach by its key, in order; the person's own win."""
    own = yaml_files(folders.user / PROGRAMME_FOLDER) if folders.user is not None else []
    paths = (*yaml_files(folders.home / PROGRAMME_FOLDER), *own)
    return dict(sorted({make_key(path.stem): path for path in paths}.items()))


def read_programme(name: Source | Path, folders: Folders | None = None) -> Programme:
    """Read a programme and check it, as far as it can be without a member.

    Args:
        name: A built-in name, a path, or the text itself.
        folders: Where programmes, exercises and settings lie.

    Raises:
        RoutineError: It is not there, or something in it is wrong.
    """
    diagnostics = Diagnostics()
    key, root, folder = _load_programme(name, folders or Folders())
    programme = _make_programme(key, root, folder, diagnostics)
    diagnostics.finish()
    assert programme is not None
    return replace(programme, warnings=diagnostics.told)


def _load_programme(name: Source | Path, folders: Folders) -> tuple[str, Node, Path | None]:
    if isinstance(name, RoutineText):
        page, text = read_text(name.shown or f"{name.name}.yaml", name.text)
        root = cached_tree(page, text, folders.cache)
        if root is None:
            raise file_error(page, 0, 0, "it is empty")
        return make_key(name.name) or "programme", root, name.folder
    path = Path(name)
    shown = str(name)
    if not isinstance(name, Path) and not looks_like_path(name):
        files = programme_files(folders)
        near = [file for key, file in files.items() if make_stem(key) == make_stem(name)]
        found = files.get(make_key(name)) or next(iter(near), None)
        if found is not None:
            path, shown = found, ""
        elif not is_file(path):
            hint = did_you_mean(name, files)
            raise refuse_file(
                name,
                "there is no programme of this name",
                hint or "name one that `audioworkout programme list` tells, or a .yaml file",
            )
    return make_key(path.stem) or "programme", load_tree(path, folders, shown), path.parent


def _make_programme(
    key: str, root: Node, folder: Path | None, diagnostics: Diagnostics
) -> Programme | None:
    values = read_map(root, PROGRAMME, diagnostics, "a programme")
    rows = _read_plan(values.get("plan"), diagnostics)
    weeks = values.get("weeks") or max(rows, default=0)
    schedule: Schedule | None = values.get("every")
    days = _read_days(values.get("days"), diagnostics)
    tracks = _read_tracks(values.get("tracks"), diagnostics)
    if not (rows or days or tracks or diagnostics.fatal):
        hint = "write `plan:`, `days:` or `tracks:`"
        diagnostics.error(root, "nothing in it changes from session to session", hint)
    if not weeks and not diagnostics.fatal:
        diagnostics.error(root, "nothing says how many weeks it has", "write `weeks: 6`")
    routine = _read_session_routine(values.get("routine"), diagnostics)
    if diagnostics.fatal or schedule is None:
        return None
    programme = Programme(
        key=key,
        title=values["programme"],
        schedule=schedule,
        weeks=weeks,
        root=root,
        description=values.get("description", ""),
        titles=_read_texts(values.get("titles"), diagnostics, "`titles`", tuple(LANGUAGES)),
        language=values.get("language", "en"),
        routine=routine,
        rows=rows,
        days=days,
        tracks=tracks,
        deload=_read_deload(values.get("deload"), diagnostics),
        test=_read_test(values.get("test"), diagnostics),
        gate=_read_gate(values.get("gate"), diagnostics),
        member=_read_texts(values.get("member"), diagnostics, "`member`"),
        folder=folder,
    )
    _check_rows(programme, values.get("plan"), diagnostics)
    _check_weeks(programme, values, diagnostics)
    _check_blanks(programme, values, diagnostics)
    return programme


def _pairs_of(
    node: Node | None, diagnostics: Diagnostics, what: str
) -> tuple[tuple[Text, Node], ...]:
    """Keys and values of a mapping; none, and told, of something else."""
    if node is None:
        return ()
    if isinstance(node, Map):
        return node.pairs
    diagnostics.error(
        node, f"{what} is a mapping of `key: value`, and this is {describe_node(node)}"
    )
    return ()


def _read_texts(
    node: Node | None, diagnostics: Diagnostics, what: str, keys: Iterable[str] = ()
) -> Mapping[str, str]:
    """A mapping of names to texts; with `keys` of these names alone."""
    found: dict[str, str] = {}
    names = tuple(keys)
    for key, value in _pairs_of(node, diagnostics, what):
        text = read_text_value(value, diagnostics, "a text")
        if names and key.value not in names:
            message = f"`{cut_to_length(key.value, 40)}` is none of {join_choices(names)}"
            diagnostics.error(key, message)
        elif text is not None:
            found[" ".join(key.value.split())] = text
    return found


def _read_session_routine(node: Node | None, diagnostics: Diagnostics) -> Map | None:
    if node is None:
        return None
    pairs = _pairs_of(node, diagnostics, "`routine`")
    for key, _ in pairs:
        if key_of(key) in ("title", "opening", "closing", "language"):
            message = f"`{key.value}` of every session is made from the programme"
            diagnostics.error(key, message, "leave it out of `routine`")
    return node if isinstance(node, Map) else None


def _read_plan(node: Node | None, diagnostics: Diagnostics) -> dict[int, tuple[Node, ...]]:
    """The rows by week; a key may be a range of weeks."""
    rows: dict[int, tuple[Node, ...]] = {}
    for key, value in _pairs_of(node, diagnostics, "`plan`"):
        weeks = _parse_week_key(key.value.lower().removeprefix("week").strip())
        if weeks is None:
            message = f"`{cut_to_length(key.value, 40)}` is no week"
            diagnostics.error(key, message, "a key of the plan is a week, like `1` or `3-4`")
            continue
        items = value.items if isinstance(value, List) else (value,)
        if not items or (isinstance(value, Text) and value.empty):
            diagnostics.error(key, f"week {key.value} has no row")
        for week in weeks:
            if week in rows:
                diagnostics.error(key, f"week {week} has a row already", "keep one of them")
            rows[week] = items
    return rows


def _read_days(
    node: Node | None, diagnostics: Diagnostics
) -> tuple[tuple[str, tuple[Node, ...]], ...]:
    found = []
    for key, value in _pairs_of(node, diagnostics, "`days`"):
        items = value.items if isinstance(value, List) else (value,)
        if not items or (isinstance(value, Text) and value.empty):
            diagnostics.error(key, f"day {key.value} has no items")
        found.append((key.value, items))
    return tuple(found)


def _read_tracks(node: Node | None, diagnostics: Diagnostics) -> tuple[Progression, ...]:
    found: list[Progression] = []
    for key, value in _pairs_of(node, diagnostics, "`tracks`"):
        if make_stem(key.value) in {make_stem(one.name.value) for one in found}:
            diagnostics.error(key, f"there is a track `{key.value}` already", "keep one of them")
        if key.value in (*LIST_BLANKS, *VALUE_BLANKS):
            diagnostics.error(key, f"`{{{key.value}}}` has a meaning of its own", "name it anew")
        values = read_map(value, TRACK, diagnostics, f"the track `{key.value}`")
        if "start" not in values:
            continue
        rule = values.get("fail")
        fail = read_map(rule, FAIL, diagnostics, "`fail`") if rule is not None else {}
        track = Progression(
            name=key,
            start=values["start"],
            line=values.get("line"),
            step=values.get("step", NO_STEP),
            cadence=values.get("every", EACH_SESSION),
            until=values.get("until"),
            fail=FailRule(fail["after"], fail["to"]) if len(fail) == len(FAIL) else None,
        )
        _check_track(track, value, diagnostics)
        found.append(track)
    return tuple(found)


def _check_track(track: Progression, node: Node, diagnostics: Diagnostics) -> None:
    """What can be wrong with a track by itself: units that differ, a limit on the wrong side."""
    start = parse_quantity(track.start.value)
    if start is None and not find_blanks(track.start.value):
        message = f"`{cut_to_length(track.start.value, 40)}` is no number"
        diagnostics.error(track.start, message, f"write {START.what}")
    blanks = value_blanks(track.line.value) if track.line else []
    quantities = [one for one in (start, track.step, track.until) if one is not None]
    units = [*dict.fromkeys(one.unit for one in quantities if one.unit)]
    if len(units) > 1:
        message = f"a track has one unit, and this one has {join_choices(tuple(units))}"
        diagnostics.error(node, message)
    elif units and blanks and blanks[0] not in ("x", *units):
        message = f"the line counts {{{blanks[0]}}}, and the track is in {units[0]}"
        diagnostics.error(
            track.line or node, message, f"write `{{{units[0]}}}`, or leave units out"
        )
    if start is not None and track.until is not None and track.step.figure:
        way = track.until.figure - start.figure
        if way * track.step.figure < 0:
            message = f"it starts beyond its limit of {track.until.figure}"
            diagnostics.error(track.start, message, "a falling value has a step below 0")


def _read_deload(node: Node | None, diagnostics: Diagnostics) -> Deload | None:
    values = _read_part(node, DELOAD, diagnostics, "`deload`")
    if "week" not in values:
        return None
    return Deload(
        _flatten(values["week"]),
        values.get("load", Decimal(1)),
        values.get("amount", Decimal(1)),
        values.get("sets", 0),
    )


def _read_test(node: Node | None, diagnostics: Diagnostics) -> Test | None:
    values = _read_part(node, TEST, diagnostics, "`test`")
    if "week" not in values:
        return None
    day = values.get("day", "last")
    return Test(_flatten(values["week"]), day, values.get("line"), values.get("tracks", ()))


def _read_gate(node: Node | None, diagnostics: Diagnostics) -> Gate | None:
    values = _read_part(node, GATE, diagnostics, "`gate`")
    if "ask" not in values or "at_most" not in values:
        return None
    otherwise: Answer = values.get("else", "repeat")
    twice: Answer = values.get("twice", otherwise)
    return Gate(values["ask"], values["at_most"], otherwise, twice)


def _read_part(node: Node | None, fields: Fields, diagnostics: Diagnostics, what: str) -> Values:
    return {} if node is None else read_map(node, fields, diagnostics, what)


def _flatten(weeks: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset(week for part in weeks for week in part)


def _check_rows(programme: Programme, plan: Node | None, diagnostics: Diagnostics) -> None:
    """Every week of a plan has its row, or a row for each of its days."""
    if plan is None:
        return
    missing = [week for week in range(1, programme.weeks + 1) if week not in programme.rows]
    if missing:
        told = join_choices(tuple(map(str, missing[:5])))
        diagnostics.error(plan, f"there is no row for week {told}", f"write `{missing[0]}: ...`")
    for week, row in programme.rows.items():
        days = sum(position.week == week for position in programme.positions)
        if days and len(row) not in (1, days):
            message = f"week {week} has {len(row)} rows for {days} days"
            hint = "write one row for all days, or one for each"
            diagnostics.error(_key_of_week(plan, week), message, hint)
        elif not days:
            message = f"the programme has {programme.weeks} weeks"
            diagnostics.error(_key_of_week(plan, week), message, "leave the row out, or add weeks")


def _key_of_week(plan: Node, week: int) -> Node:
    pairs = plan.pairs if isinstance(plan, Map) else ()
    return next((key for key, _ in pairs if week in (_parse_week_key(key.value) or ())), plan)


def _check_weeks(programme: Programme, values: Values, diagnostics: Diagnostics) -> None:
    """Deloads and tests are in weeks that there are; a gate has tracks to hold."""
    for name, part in (("deload", programme.deload), ("test", programme.test)):
        late = sorted(week for week in (part.weeks if part else ()) if week > programme.weeks)
        if late:
            message = f"there is no week {late[0]} in {programme.weeks} weeks"
            diagnostics.error(values[name].get("week") or values[name], message)
    test = programme.test
    if test is not None and isinstance(test.day, int):
        most = WEEK if not programme.schedule.weekdays else len(programme.schedule.weekdays)
        if test.day > most:
            diagnostics.error(values["test"], f"a week has no day {test.day}")
    for name in ("deload", "test", "gate"):
        if getattr(programme, name) is not None and not programme.tracks:
            diagnostics.error(values[name], f"`{name}` changes tracks, and there are none")
    if programme.gate is not None and programme.rows:
        message = "a gate holds tracks, and the rows of a plan go on"
        diagnostics.error(values["gate"], message, "write the plan as tracks")


def _check_blanks(programme: Programme, values: Values, diagnostics: Diagnostics) -> None:
    """Lines have the blank that their value needs; lists that are asked for are there."""
    there = {"plan": programme.rows, "day": programme.days, "tracks": programme.tracks}
    written = tuple(texts_within(programme.routine)) if programme.routine else ()
    for text in written:
        for name in find_blanks(text.value):
            if name in there and not there[name]:
                hint = {"plan": "plan", "day": "days", "tracks": "tracks"}[name]
                message = f"there is nothing that `{{{name}}}` stands for"
                diagnostics.error(text, message, f"write `{hint}:`")
    used = {make_stem(name) for text in written for name in find_blanks(text.value)}
    days = [item for _, items in programme.days for item in items]
    named = {make_stem(item.value) for item in days if isinstance(item, Text)}
    used |= {make_stem(name) for text in _flatten_texts(days) for name in find_blanks(text.value)}
    for track in programme.tracks:
        if track.line is None and make_stem(track.name.value) not in used:
            message = f"nothing uses the track `{track.name.value}`"
            hint = f"give it a `line`, or write `{{{track.name.value}}}` in `routine`"
            diagnostics.error(track.name, message, hint)
        elif track.line is not None and not value_blanks(track.line.value):
            message = f"the line of `{track.name.value}` has no blank for its value"
            diagnostics.error(track.line, message, "write `{kg}`, `{s}` or `{n}` in it")
        elif programme.days and make_stem(track.name.value) not in named | used:
            message = f"no day has the track `{track.name.value}`"
            diagnostics.error(track.name, message, "name it in one of `days`")


def texts_within(node: Node) -> Iterable[Text]:
    """Every text of a tree in order, keys included."""
    match node:
        case Text():
            yield node
        case Map():
            yield from (text for pair in node.pairs for part in pair for text in texts_within(part))
        case List():
            yield from _flatten_texts(node.items)


def _flatten_texts(nodes: Iterable[Node]) -> Iterable[Text]:
    for node in nodes:
        yield from texts_within(node)
