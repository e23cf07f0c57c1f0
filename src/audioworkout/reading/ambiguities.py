"""What a line leaves open and its exercise decides: rests, pauses, pairs, breaths, send-offs.

It comes before the amounts: afterwards every amount of the line is one.
"""

from __future__ import annotations

from audioworkout.model.exercise import Amount, BreathPhases, Breaths, Effort, Hold, Reps, Timed
from audioworkout.notation import Entry, Group
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Pair,
    RawAmount,
    Rounds,
    Sided,
)
from audioworkout.reading.resolution import LineResolution, is_counted
from audioworkout.reading.set_amounts import resolve_amount
from audioworkout.units import MINUTE, SECOND, Ms, format_duration

TOP_HOLD: Ms = 10 * SECOND
"""`10x5s` of what is counted: up to here a pause in each rep, beyond it a set of work."""
SIDE_REPS = 15
"""Equal pairs below it are a number for each side, from it on seconds of work and rest."""


def settle_ambiguities(line: LineResolution) -> None:
    """Settle everything that comes before the amounts, in the order in which it depends."""
    _settle_travel_efforts(line)
    _settle_breaths(line)
    _settle_hold_or_pause(line)
    _settle_pairs(line)
    _refuse_unlinked_parts(line)
    _join_stretches(line)
    _settle_time_after_at(line)
    _settle_directions(line)


def _settle_travel_efforts(line: LineResolution) -> None:
    """`R60` of what is not rowed or ridden is a rest, and `tempo` a tempo without figures."""
    if line.is_self_paced:
        return
    for effort in line.effort:
        if effort.kind == "rate" and line.rest is None and "-" not in effort.figure:
            line.effort = tuple(one for one in line.effort if one != effort)
            line.rest = round(float(effort.figure) * SECOND)
            text = format_duration(line.rest)
            line.warn(f"{text} is taken as the rest", f"write `rest {text}`")
        elif effort.kind == "word" and effort.figure == "tempo":
            hint = "write down, pause, up, pause in seconds, like `10 @2-0-2-0`"
            line.fail("a tempo is missing", hint)


def _settle_breaths(line: LineResolution) -> None:
    """`4-7-8` of breathing is its phases; so are `@4-4-4-4` and `10x in 4 ...`."""
    breathing = line.exercise.timed == "breaths"
    length = _take_breathing_length(line) if breathing else None
    if breathing and len(line.groups) == 1 and line.phases is None:
        group = line.groups[0]
        figures = [e.amount.low for e in group.entries if isinstance(e.amount, BareCount)]
        if len(figures) == len(group.entries) and len(figures) in (3, 4):
            lengths = [figure * SECOND for figure in figures]
            line.phases = BreathPhases(*lengths)
            count = BareCount(group.times, group.times) if group.times else None
            line.groups = (Group((Entry(count),)),) if count else ()
    if breathing and line.phases is None and line.partial.tempo is not None:
        down, bottom, up, top = line.partial.tempo
        line.phases = BreathPhases(down, bottom, up, top)
    if line.phases is None:
        return
    if length is not None:
        line.groups = (length,)
    sets = line.partial.sets
    if not line.groups and sets:
        line.groups = (Group((Entry(BareCount(sets, sets)),)),)
    elif not line.groups:
        line.groups = (Group((Entry(_raw(line.default.amount)),)),)


def _take_breathing_length(line: LineResolution) -> Group | None:
    """`for 5 min` behind the phases of `4-4-4-4 for 5 min`, taken out of the amounts."""
    if len(line.groups) != 2:
        return None
    last = line.groups[1]
    amount = last.entries[0].amount
    if len(last.entries) > 1 or not isinstance(amount, Timed | BareTime | Breaths | Rounds):
        return None
    line.groups = line.groups[:1]
    return last


def _settle_hold_or_pause(line: LineResolution) -> None:
    """`10 reps, hold 5s` and `10x5s`: pauses at the top of what is counted, else holds."""
    if len(line.groups) != 1 or len(line.groups[0].entries) != 1:
        return
    group, entry = line.groups[0], line.groups[0].entries[0]
    amount, hold = entry.amount, line.partial.hold
    if hold is not None and isinstance(amount, BareCount | Reps):
        if line.exercise.timed == "hold" and group.times is None:
            line.set_single_group(entry._replace(amount=Hold(hold, hold)), amount.low)
        else:
            _set_top_pause(line, hold)
        return
    if not isinstance(amount, BareTime | Hold) or not is_counted(line.exercise):
        return
    if group.times is None or amount.high > TOP_HOLD or line.exercise.timed == "hold":
        return
    if line.rest is not None:  # `10 x 10s, 5s rest`: a rest is between sets, so these are holds
        held = Hold(amount.low, amount.high)
        line.set_single_group(entry._replace(amount=held), group.times)
        return
    _set_top_pause(line, amount.low)
    reps = group.times
    line.set_single_group(entry._replace(amount=Reps(reps, reps)), None)
    text = format_duration(amount.low)
    line.warn(
        f"taken as {reps} reps with {text} at the top of each",
        f"for sets of work write `{reps}x for {text}`",
    )


def _set_top_pause(line: LineResolution, ms: Ms) -> None:
    if line.pause_top is not None:
        line.fail("the pause at the top is named twice", "")
    line.pause_top = ms


def _settle_pairs(line: LineResolution) -> None:
    """`5/5` for each side, `30/30` seconds of work and rest."""
    if _settle_listed_pairs(line):
        return
    for group in line.groups:
        for entry in group.entries:
            if isinstance(entry.amount, Pair | Sided) and (
                len(line.groups) > 1 or len(group.entries) > 1
            ):
                line.fail("a pair of amounts stands alone", "write two items")
                line.groups = ()
                return
    if len(line.groups) == 1 and isinstance(line.groups[0].entries[0].amount, Pair):
        _settle_pair(line, line.groups[0].entries[0], line.groups[0].entries[0].amount)
    elif len(line.groups) == 1 and isinstance(line.groups[0].entries[0].amount, Sided):
        entry, sided = line.groups[0].entries[0], line.groups[0].entries[0].amount
        line.order, line.first = "each", line.partial.first or sided.first
        if sided.left != sided.right:
            left, right = (resolve_amount(line, side) for side in (sided.left, sided.right))
            line.by_side = (left, right)
        line.set_single_group(entry._replace(amount=sided.left), line.groups[0].times)


def _settle_listed_pairs(line: LineResolution) -> bool:
    """`5/5, 4/4, 3/3`: a number for each side in each set; whether the line is one of these."""
    pairs = [entry.amount for group in line.groups for entry in group.entries]
    alike = all(
        isinstance(one, Pair) and one.left == one.right and isinstance(one.left, BareCount)
        for one in pairs
    )
    if len(pairs) < 2 or not alike or line.exercise.timed == "hold":
        return False
    line.order = line.partial.order or "each"
    line.groups = tuple(
        group._replace(
            entries=tuple(
                entry._replace(amount=entry.amount.left)  # type: ignore[union-attr]
                for entry in group.entries
            )
        )
        for group in line.groups
    )
    return True


def _settle_pair(line: LineResolution, entry: Entry, pair: Pair) -> None:
    left, right, times = pair.left, pair.right, line.groups[0].times
    held = line.exercise.timed == "hold"
    sided = line.default.sides.order != "together"
    if isinstance(left, BareTime) and isinstance(right, BareTime):
        if left == right and sided:
            line.order = "each"
            line.set_single_group(entry._replace(amount=left), times)
        else:
            _set_work_and_rest(line, entry, left.low, right.low, times)
        return
    equal = left == right
    if equal and (sided or (left.low < SIDE_REPS and not held)):
        line.order = line.partial.order or "each"
        amount: RawAmount = left
        if held:
            amount = BareTime(left.low * SECOND, left.low * SECOND)
        line.set_single_group(entry._replace(amount=amount), times)
    elif (held or left.low >= SIDE_REPS) and not (line.is_self_paced and left.low >= 100):
        _set_work_and_rest(line, entry, left.low * SECOND, right.low * SECOND, times)
    else:
        line.fail(
            f"`{left.low}/{right.low}` may be two sides, or work and rest",
            f"write `{left.low} left, {right.low} right` or `{left.low}s on, {right.low}s off`",
        )
        line.set_single_group(entry._replace(amount=left), times)


def _set_work_and_rest(
    line: LineResolution, entry: Entry, work: Ms, off: Ms, times: int | None
) -> None:
    if line.rest is not None:
        line.fail("the rest is named twice", "")
    line.rest = off
    if times is None and line.partial.sets is None:
        message = "a rest between the sets of one set never comes"
        hint = "the rest after an exercise is `- rest: 60s` on a line of its own"
        line.warn(message, hint)
    line.set_single_group(entry._replace(amount=BareTime(work, work)), times)


def _refuse_unlinked_parts(line: LineResolution) -> None:
    """Refuse `run: 10 min easy, 6x30s`: parts of several kinds, and nothing between them."""
    timed = all(isinstance(e.amount, BareTime) for g in line.groups for e in g.entries)
    rests = line.rest is not None or bool(line.partial.rests) or line.every is not None
    if line.is_self_paced and timed and not rests and len({g.times for g in line.groups}) > 1:
        hint = f"write an item for each part, like `{line.exercise.name.lower()}: 10 min easy`"
        line.fail("nothing says what is between the parts", hint)


def _join_stretches(line: LineResolution) -> None:
    """`run: 10 min warm up, 20 min steady, 10 min cool down`: stretches that run on."""
    entries = [entry for group in line.groups for entry in group.entries]
    timed = len(entries) > 1 and all(isinstance(one.amount, BareTime) for one in entries)
    if not (line.is_self_paced and timed and len({g.times for g in line.groups}) == 1):
        return
    differ = len({entry.effort for entry in entries}) > 1 or STRETCHES.intersection(line.notes)
    if differ and line.rest is None and not line.partial.rests and line.every is None:
        line.rest = 0


STRETCHES = frozenset(
    ("warm up", "warm-up", "warmup", "cool down", "cool-down", "cooldown", "warm down")
)
"""Notes of parts of one run."""


def _settle_time_after_at(line: LineResolution) -> None:
    """`@ 1:10`: a pace of what is measured in km or miles, else from start to start."""
    at = line.partial.at_time
    if at is None:
        return
    units = {
        entry.amount.unit
        for group in line.groups
        for entry in group.entries
        if isinstance(entry.amount, BareDistance)
    }
    unit = next((one for one in ("km", "mi") if one in units), "")
    if not unit and line.names_rests:
        line.window = at  # `4x800 m @ 3:20, 2 min jog`: how long each takes
        return
    if not unit:
        line.every = at
        return
    minutes, rest = divmod(at, MINUTE)
    pace = Effort("pace", f"{minutes}:{rest // SECOND:02}", unit)
    line.effort = (*line.effort, pace)


def _settle_directions(line: LineResolution) -> None:
    """`each direction` is twice as many sets, one each way."""
    words = line.partial.directions
    if not words:
        return
    if line.directions_are_sides:
        line.order = "each"
        return
    line.notes = (*line.notes, words)


def _raw(amount: Amount) -> RawAmount:
    """A settled amount as a line would have it, to be counted in breaths."""
    return BareCount(amount.low, amount.high) if isinstance(amount, Reps) else amount
