"""Programme files: found, read and checked, as far as they can be without a member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from audioworkout.files import is_file
from audioworkout.languages import LANGUAGES
from audioworkout.model.request import RoutineText, Source
from audioworkout.names import did_you_mean, join_choices, make_key, make_stem
from audioworkout.programmes.blanks import LIST_BLANKS, VALUE_BLANKS
from audioworkout.programmes.consistency import (
    check_blanks,
    check_rows,
    check_track,
    check_weeks,
)
from audioworkout.programmes.fields import (
    DELOAD,
    FAIL,
    GATE,
    PROGRAMME,
    TEST,
    TRACK,
    items_of,
    parse_weeks_key,
)
from audioworkout.programmes.model import (
    EACH_SESSION,
    NO_STEP,
    Answer,
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
    Fields,
    Values,
    read_map,
    read_text_value,
)
from audioworkout.reading.nodes import Map, Node, Text, describe_node, key_of
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.routines import looks_like_path
from audioworkout.reading.source import read_text, refuse_file
from audioworkout.text import cut_to_length

PROGRAMME_FOLDER = "programmes"
"""Folder of programmes, built in and in a person's own folder."""


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
    check_rows(programme, values.get("plan"), diagnostics)
    check_weeks(programme, values, diagnostics)
    check_blanks(programme, diagnostics)
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


def _read_items(key: Text, value: Node, none: str, diagnostics: Diagnostics) -> tuple[Node, ...]:
    """The items behind a key; `none` is the message if there are none."""
    items = items_of(value)
    if not items or (isinstance(value, Text) and value.empty):
        diagnostics.error(key, none.format(key.value))
    return items


def _read_plan(node: Node | None, diagnostics: Diagnostics) -> dict[int, tuple[Node, ...]]:
    """The rows by week; a key may be a range of weeks."""
    rows: dict[int, tuple[Node, ...]] = {}
    for key, value in _pairs_of(node, diagnostics, "`plan`"):
        weeks = parse_weeks_key(key.value.lower().removeprefix("week").strip())
        if weeks is None:
            message = f"`{cut_to_length(key.value, 40)}` is no week"
            diagnostics.error(key, message, "a key of the plan is a week, like `1` or `3-4`")
            continue
        items = _read_items(key, value, "week {} has no row", diagnostics)
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
        items = _read_items(key, value, "day {} has no items", diagnostics)
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
        check_track(track, value, diagnostics)
        found.append(track)
    return tuple(found)


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
