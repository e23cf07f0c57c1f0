"""What can be wrong between the parts of a programme, each of which is right by itself."""

from __future__ import annotations

from audioworkout.names import join_choices, make_stem
from audioworkout.programmes.blanks import find_blanks, parse_quantity, value_blanks
from audioworkout.programmes.fields import START, parse_weeks_key
from audioworkout.programmes.model import (
    FIGURES,
    WEEK,
    Programme,
    Progression,
    texts_within,
    texts_within_all,
)
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import Values
from audioworkout.reading.nodes import Map, Node, Text
from audioworkout.text import cut_to_length


def check_track(track: Progression, node: Node, diagnostics: Diagnostics) -> None:
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


def check_rows(programme: Programme, plan: Node | None, diagnostics: Diagnostics) -> None:
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
    return next((key for key, _ in pairs if week in (parse_weeks_key(key.value) or ())), plan)


def check_weeks(programme: Programme, values: Values, diagnostics: Diagnostics) -> None:
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
    gate = programme.gate
    if gate is not None and gate.at_most < FIGURES[gate.ask][0]:
        lowest = FIGURES[gate.ask][0]
        message = f"`{gate.ask}` is at least {lowest}, so the gate never opens"
        diagnostics.error(values["gate"], message, f"write `at_most: {lowest}` or more")
    if gate is not None and programme.rows:
        message = "a gate holds tracks, and the rows of a plan go on"
        diagnostics.error(values["gate"], message, "write the plan as tracks")


def check_blanks(programme: Programme, diagnostics: Diagnostics) -> None:
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
    used |= {make_stem(name) for text in texts_within_all(days) for name in find_blanks(text.value)}
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
