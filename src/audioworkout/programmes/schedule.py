"""The fold over the log: from programme, member and what was reported to every session.

Pure: the same input gives the same sessions. Without a log every session counts as done on its day,
unless there is a gate, which opens for nothing that was not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from audioworkout.names import make_stem
from audioworkout.programmes.model import (
    LogEntry,
    Member,
    Position,
    Programme,
    Progression,
    Session,
    UnitValue,
    iterate_tracks,
)

WEEK_AGAIN = 8
"""Days missed from which the last week is done again."""
WEEK_BACK = 15
"""Days missed from which training goes on a week before that."""
LOAD_UNITS = frozenset({"kg", "lb"})


@dataclass(frozen=True, slots=True)
class TrackState:
    """How far a track has come. `steps`: sessions of it since its base; `weeks`: with one of it."""

    base: Decimal
    steps: int = 0
    weeks: frozenset[int] = frozenset()
    offset: int = 0
    """Steps back, as a negative number."""
    failures: int = 0
    """In a row."""
    held: bool = False
    lowered: bool = False

    def advances(self, track: Progression, week: int) -> int:
        """How often the value has risen before a session of this week."""
        done = self.steps
        if track.cadence.unit == "week":
            done = sum(each < week for each in self.weeks)
        return max(0, done // track.cadence.number + self.offset)

    def value(self, track: Progression, week: int) -> Decimal:
        """The value in a session of this week, without a deload."""
        value = self.base + track.step.figure * self.advances(track, week)
        if track.until is not None:
            limit = track.until.figure
            value = min(value, limit) if track.step.figure >= 0 else max(value, limit)
        return value


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that a session depends on besides the programme and the member."""

    tracks: Mapping[str, TrackState]
    bad: int = 0
    """How often in a row the gate did not open for what was reported."""
    again: bool = False
    back: bool = False


@dataclass(slots=True)
class _Walk:
    """The fold while it goes on."""

    programme: Programme
    state: _State
    due: date
    sessions: dict[int, Session] = field(default_factory=dict)
    before: dict[int, _State] = field(default_factory=dict)
    """The state before each session as it was met last."""
    at: int = 0

    def record(self, number: int, day: date, entry: LogEntry | None) -> None:
        """Note a session with what was reported of it, and what follows from that."""
        self.before[number] = self.state
        self.sessions[number] = _make_session(self.programme, number, day, self.state, entry)
        self.state = _next_state(self.programme, number, self.state, entry)

    def take(self, entry: LogEntry) -> None:
        """Take a line of the log: unreported sessions before it were done as the calendar says."""
        labels = [position.label for position in self.programme.positions]
        number = labels.index(entry.session)
        for unreported in range(self.at, number):
            self.record(unreported, self.due, None)
            self.due = self.programme.schedule.next_day(self.due)
        day = entry.date if number < self.at else self.due
        self.record(number, entry.date, entry)
        self.due = self.programme.schedule.next_day(max(day, entry.date))
        self.at = _next_number(self.programme, number, self.state)

    def return_late(self, today: date, last: int) -> None:
        """Go back where days were missed since the session that is due; `last` was done last."""
        missed = (today - self.due).days
        if missed <= 0:
            return
        self.due = self.programme.schedule.first_day(today)
        if missed < WEEK_AGAIN:
            return
        positions = self.programme.positions
        week = max(1, positions[last].week - (missed >= WEEK_BACK))
        self.at = next(n for n, position in enumerate(positions) if position.week == week)
        self.state = replace(self.before[self.at], back=True, again=False)


def plan_sessions(
    programme: Programme,
    member: Member,
    log: Iterable[LogEntry] = (),
    today: date | None = None,
) -> tuple[Session, ...]:
    """Every session of a member, in order, with its day and its values.

    Args:
        programme: The rules.
        member: `start` is the first day; `values` are what tracks start from.
        log: What was reported, in order of the days; labels are those of the programme.
        today: Tells whether days were missed since the last report. None: none were.
    """
    entries = sorted(log, key=lambda entry: entry.date)
    tracks = {
        track.name.value: TrackState(start_value(programme, track, member).figure)
        for track in programme.tracks
    }
    walk = _Walk(programme, _State(tracks), programme.schedule.first_day(member.start))
    for entry in entries:
        walk.take(entry)
    total = len(programme.positions)
    if entries and today is not None and walk.at < total:
        labels = [position.label for position in programme.positions]
        walk.return_late(today, labels.index(entries[-1].session))
    for number in range(walk.at, total):
        walk.record(number, walk.due, None)
        walk.due = programme.schedule.next_day(walk.due)
    return tuple(walk.sessions[number] for number in sorted(walk.sessions))


def start_value(programme: Programme, track: Progression, member: Member) -> UnitValue:
    """What a track starts from for a member.

    Raises:
        RoutineError: It is no number, or the member has no such value.
    """
    from audioworkout.programmes.blanks import fill_text, parse_quantity
    from audioworkout.reading.diagnostics import Diagnostics

    diagnostics = Diagnostics()
    text = fill_text(track.start, member_blanks(programme, member), diagnostics)
    quantity = parse_quantity(text.value)
    if quantity is None and not diagnostics.fatal:
        message = f"`{text.value}` is no number that a track can start from"
        diagnostics.error(track.start, message, "write a number, like `20`, `2.5kg` or `30s`")
    diagnostics.finish()
    assert quantity is not None
    return quantity


def member_blanks(programme: Programme, member: Member) -> dict[str, str]:
    """What the blanks `{member.x}` stand for: a member's own values before the programme's."""
    own = {make_stem(name): value for name, value in member.values.items()}
    known = {name: own.pop(make_stem(name), value) for name, value in programme.member.items()}
    known |= {name: value for name, value in member.values.items() if make_stem(name) in own}
    return {f"member.{name}": value for name, value in known.items()}


def is_deload(programme: Programme, position: Position) -> bool:
    """Whether a session is in a week that is lighter on purpose."""
    return programme.deload is not None and position.week in programme.deload.weeks


def is_test(programme: Programme, position: Position) -> bool:
    """Whether a session is a test."""
    test = programme.test
    if test is None or position.week not in test.weeks:
        return False
    days = [each.day for each in programme.positions if each.week == position.week]
    chosen = {"first": days[:1], "last": days[-1:], "every": days}
    wanted = chosen[test.day] if isinstance(test.day, str) else [test.day]
    return position.day in wanted


def _make_session(
    programme: Programme, number: int, day: date, state: _State, entry: LogEntry | None
) -> Session:
    position = programme.positions[number]
    tracks = list(iterate_tracks(programme, number))
    deload = is_deload(programme, position)
    states = {track.name.value: state.tracks[track.name.value] for track in tracks}
    values = {
        track.name.value: _lighten(programme, track, states[track.name.value], position)
        for track in tracks
    }
    failing = programme.gate is None and not deload
    return Session(
        number=number,
        position=position,
        date=day,
        values=values,
        deload=deload,
        test=is_test(programme, position),
        again=state.again,
        back=state.back,
        held=tuple(name for name in states if failing and states[name].held),
        lowered=tuple(name for name in states if failing and states[name].lowered),
        entry=entry,
    )


def _lighten(
    programme: Programme, track: Progression, state: TrackState, position: Position
) -> Decimal:
    """A track's value in a session, times the deload."""
    value = state.value(track, position.week)
    if programme.deload is None or not is_deload(programme, position):
        return value
    deload = programme.deload
    share = deload.load if value_unit(track) in LOAD_UNITS else deload.amount
    return round_to_step(value * share, track.step.figure) if share != 1 else value


def value_unit(track: Progression) -> str:
    """What a track counts: the unit of its step or its limit, or the blank of its line."""
    from audioworkout.programmes.blanks import value_blanks

    units = [track.step.unit, track.until.unit if track.until else ""]
    blanks = value_blanks(track.line.value) if track.line else []
    return next((unit for unit in (*units, *blanks) if unit), "")


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of a step that is not above a value; of no step, the whole number.

    >>> round_to_step(Decimal("43.75"), Decimal("2.5")), round_to_step(Decimal("4.2"), Decimal(0))
    (Decimal('42.5'), Decimal('4'))
    """
    unit = abs(step) or Decimal(1)
    return (value / unit).to_integral_value(ROUND_FLOOR) * unit


def _next_number(programme: Programme, number: int, state: _State) -> int:
    """The session after a reported one: of a plan the same again if it failed."""
    return number if programme.rows and state.again else number + 1


def _next_state(programme: Programme, number: int, state: _State, entry: LogEntry | None) -> _State:
    """What a session leaves behind."""
    position = programme.positions[number]
    if is_deload(programme, position) or is_test(programme, position):
        return replace(state, again=False, back=False)
    if entry is not None and entry.result == "skipped":
        return replace(state, again=False, back=False)
    if programme.gate is not None:
        return _pass_gate(programme, number, state, entry)
    failed = entry is not None and entry.result == "failed"
    tracks = dict(state.tracks)
    stems = {make_stem(name) for name in entry.failed} if entry is not None else set()
    for track in iterate_tracks(programme, number):
        name = track.name.value
        this = failed and (not stems or make_stem(name) in stems)
        tracks[name] = (
            _fail_track(track, tracks[name], position) if this else _advance(tracks[name], position)
        )
    again = failed and bool(programme.rows) and not stems
    return _State(tracks, again=again)


def _advance(state: TrackState, position: Position) -> TrackState:
    weeks = state.weeks | {position.week}
    return replace(state, steps=state.steps + 1, weeks=weeks, failures=0, held=False, lowered=False)


def _fail_track(track: Progression, state: TrackState, position: Position) -> TrackState:
    failures = state.failures + 1
    if track.fail is None or failures < track.fail.after:
        return replace(state, failures=failures, held=True, lowered=False)
    base = round_to_step(state.value(track, position.week) * track.fail.share, track.step.figure)
    return TrackState(base, lowered=True)


def _pass_gate(programme: Programme, number: int, state: _State, entry: LogEntry | None) -> _State:
    """Let the tracks rise, hold them, or take them a step back."""
    gate = programme.gate
    assert gate is not None
    position = programme.positions[number]
    reported = None if entry is None else getattr(entry, gate.ask)
    if reported is None:
        return replace(state, again=True, back=False)
    tracks = {name: state.tracks[name] for name in state.tracks}
    inside = list(iterate_tracks(programme, number))
    if reported <= gate.at_most and entry is not None and entry.result == "done":
        for track in inside:
            tracks[track.name.value] = _advance(tracks[track.name.value], position)
        return _State(tracks)
    answer = gate.twice if state.bad else gate.otherwise
    if answer == "repeat":
        return replace(state, bad=state.bad + 1, again=True, back=False)
    for track in inside:
        tracks[track.name.value] = _step_back(track, tracks[track.name.value], position)
    return _State(tracks, bad=state.bad + 1, back=True)


def _step_back(track: Progression, state: TrackState, position: Position) -> TrackState:
    """One step less, and the sessions towards the next step begin anew."""
    lower = 1 if state.advances(track, position.week) else 0
    whole = state.steps - state.steps % track.cadence.number
    return replace(state, steps=whole, offset=state.offset - lower)
