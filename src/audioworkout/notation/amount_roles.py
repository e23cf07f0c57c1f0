"""Amounts of a line that are rests, pauses or loads, and numbers of sets that are amounts."""

from __future__ import annotations

from itertools import pairwise

from audioworkout.model.exercise import Hold, Load, Reps, Timed
from audioworkout.notation.clauses.clause import Atom
from audioworkout.notation.clauses.tempo import LONGEST_TOP_HOLD
from audioworkout.notation.line_parts import AmountChain, LineParts, SetRun
from audioworkout.notation.partial import BareCount, BareTime, Entry, Rounds
from audioworkout.notation.quantities import MOST_SETS
from audioworkout.notation.tokens import Trouble
from audioworkout.units import MINUTE, SECOND, Ms, format_duration

USUAL_REST_WITHIN: Ms = 15 * SECOND
"""Within a set of rest-pause or a cluster, where none is named."""
SHORTEST_WARM_UP: Ms = 5 * MINUTE
"""A time before sets of another time is a rest below it, and work from it on."""
LONGEST_BARE_PAUSE: Ms = 5 * SECOND
"""A time beside reps up to here is a pause in each rep, beyond it the rest."""


def settle_amount_roles(line: LineParts) -> None:
    """Give every amount of the line its role, in the order in which the roles depend."""
    _settle_restated_amount(line)
    _part_into_sets(line)
    _fill_time_with_sets(line)
    _settle_split_rest(line)
    _take_time_as_rest(line)
    _settle_rest_pause(line)
    _take_hold_as_pause(line)
    _take_time_of_reps(line)
    _take_amounts_as_loads(line)
    _take_sets_as_amount(line)


def _settle_restated_amount(line: LineParts) -> None:
    """`30 (15 each side)`: both sides in all; a number that does not fit is an error."""
    restated = line.parts.pop("restated", None)
    if restated is None:
        return
    low, high, whole, start, end = restated
    amounts = [entry.amount for chain in line.chains for entry in chain.entries]
    values = {(getattr(one, "low", 0), getattr(one, "high", 0)) for one in amounts}
    if not values:
        raise Trouble(start, end, "the amount must stand before its bracket", "`30 (15 each)`")
    sets = max([run.times or 1 for run in line.runs] + [one.value for one in line.sets])
    if whole:
        each = {(n * low_ * 2, n * high_ * 2) for low_, high_ in values for n in (1, sets)}
        right = len(values) == 1 and (low, high) in each | {
            (n * low_, n * high_) for low_, high_ in values for n in (1, sets)
        }
        if right:
            if "each" not in line.parts:
                line.parts["in_all"] = True
            else:
                line.parts.pop("total", None)
                line.parts.pop("in_all", None)
            return
    elif values == {(2 * low, 2 * high)}:
        if isinstance(amounts[0], BareTime):
            _replace_times(line, round(low), round(high))
            return
        for name in ("each", "total"):
            line.parts.pop(name, None)
        line.parts["in_all"] = True
        return
    elif values == {(low, high)}:
        return
    hint = "write one of them: `20 in all`, or `10 per side`"
    raise Trouble(start, end, "this is not the amount that stands before it", hint)


def _replace_times(line: LineParts, low: int, high: int) -> None:
    """The time of one side in place of that of both."""
    for chain in line.chains:
        chain.entries = tuple(entry._replace(amount=BareTime(low, high)) for entry in chain.entries)


def _part_into_sets(line: LineParts) -> None:
    """`50 in sets of 10`: five sets of ten; what is left over is a last, smaller set."""
    size = line.parts.pop("in_sets_of", None)
    if size is None:
        return
    chains = line.chains
    amount = chains[0].amount if len(chains) == 1 and chains[0].single else None
    counted = isinstance(amount, BareCount | Reps) and amount.low == amount.high
    if amount is None or not counted or line.sets or line.runs[0].times or amount.high <= size:
        hint = "write the whole number before it, like `50 in sets of 10`"
        raise Trouble(0, line.parts["end"], "nothing is left to be parted into sets", hint)
    line.parts.pop("total", None)
    whole, rest = divmod(amount.high, size)
    entries = tuple(Entry(Reps(n, n)) for n in [size] * whole + [rest] * bool(rest))
    chains[0].entries = entries
    chains[0].atom = chains[0].atom._replace(value=entries, joint="-")


def _fill_time_with_sets(line: LineParts) -> None:
    """`30s on 30s off for 5 min`: as many sets as fill the time."""
    if len(line.chains) != 2 or line.sets or any(run.times for run in line.runs):
        return
    work, whole = line.chains
    timed = work.single and isinstance(work.amount, BareTime) and isinstance(whole.amount, Timed)
    rest = line.parts.get("rest")
    if not timed or not isinstance(rest, int):
        return
    sets, left = divmod(whole.amount.low, work.amount.low + rest)
    if left or not 1 <= sets <= MOST_SETS:
        return
    for run in line.runs:
        run.chains = [chain for chain in run.chains if chain is not whole]
    line.sets.append(whole.atom._replace(kind="sets", value=sets, joint=""))


def _settle_split_rest(line: LineParts) -> None:
    """`1 min 30s rest`: all of it rest where the line has an amount, else the work as well."""
    split = line.parts.pop("rest_split", None)
    if split is None:
        return
    first, second = split
    if line.chains or line.parts.get("phases"):
        _set_rest(line, first + second)
        return
    _set_rest(line, second)
    entry = Entry(BareTime(first, first))
    if not line.runs:
        line.runs.append(SetRun(None))
    line.runs[-1].chains.append(AmountChain(Atom("amount", (entry,), 0, 0), (entry,)))


def _set_rest(line: LineParts, rest: int) -> None:
    if "rest" in line.parts:
        raise Trouble(0, line.parts.get("end", 1), "the rest is named twice")
    line.parts["rest"] = rest


def _is_warm_up(line: LineParts, first: AmountChain, second: AmountChain) -> bool:
    """Whether a time before the sets is work: `10 min, 6x30s`, `5 min easy, 6x30s`."""
    start, end = first.atom.end, second.atom.start
    says_how = any(start <= effort.start < end for effort in line.efforts)
    return start <= end and (says_how or first.amount.low >= SHORTEST_WARM_UP)


def _take_time_as_rest(line: LineParts) -> None:
    """A second bare time, and one beside reps, is the rest."""
    if "rests" in line.parts or "every" in line.parts:
        return
    times = [
        (run, chain)
        for run in line.runs
        for chain in run.chains
        if chain.single and isinstance(chain.amount, BareTime) and chain.atom.joint == ""
    ]
    others = [chain for chain in line.chains if all(chain is not one for _, one in times)]
    if line.parts.get("phases") or _parted_by_then(line):
        return
    if others and len(times) == 1:
        spare = times[0]
    elif not others and len(times) == 2:
        spare = times[0] if times[0][0].times is None and times[1][0].times else times[1]
    else:
        return
    run, chain = spare
    if run.times is not None and run.chains[0] is chain:
        return
    other = others[0] if others else times[1][1]
    first = others or chain is times[0][1]
    if first and _is_warm_up(line, chain, other):
        return
    if not others or chain.atom.start > others[0].atom.start:
        pass
    elif not (line.sets or any(one.times for one in line.runs)):
        return  # `45 min, 130`: a time before a bare number is the amount
    if others and chain.amount.high <= LONGEST_BARE_PAUSE and "pause" not in line.parts:
        line.parts["pause"] = chain.amount.high
        line.drop_chain(chain)
        return
    if "rest" in line.parts:
        if "rest_within" in line.parts or not any(_has_parts(run) for run in line.runs):
            return
        both = sorted((line.parts["rest"], chain.amount.low))
        line.parts["rest_within"], line.parts["rest"] = both
    else:
        line.parts["rest"] = (chain.amount.low + chain.amount.high) // 2
        text = format_duration(line.parts["rest"])
        line.remark(chain.atom, f"{text} is taken as the rest", f"write `rest {text}`")
    line.drop_chain(chain)


def _parted_by_then(line: LineParts) -> bool:
    """Whether `then` stands between two amounts: `10 min, then 4x100 m` is two pieces of work."""
    starts = [chain.atom.start for chain in line.chains]
    return any(min(starts, default=0) < at < max(starts, default=0) for at in line.thens)


def _has_parts(run: SetRun) -> bool:
    """Whether its sets have parts, with a rest within and one between: `3x(2, 2)`, `15+4+4`."""
    return any(not one.single and (run.times or one.atom.joint == "+") for one in run.chains)


def _settle_rest_pause(line: LineParts) -> None:
    """`15+4+4 myo-reps`: the rests within the set are short where none is named."""
    if not line.parts.pop("rest_pause", False):
        return
    parted = [chain for chain in line.chains if chain.atom.joint == "+"]
    if not parted:
        hint = "write its parts, like `15+4+4, rest 15s` or `5x(2+2+2), rest 15s`"
        raise Trouble(0, line.parts["end"], "the reps of the parts are missing", hint)
    if "rest" not in line.parts:
        line.parts["rest"] = USUAL_REST_WITHIN
        text = format_duration(USUAL_REST_WITHIN)
        line.remark(parted[0].atom, f"the rest within it is {text}", f"write `rest {text}`")


def _take_hold_as_pause(line: LineParts) -> None:
    """`10 reps, hold 5s`: kept for the exercise to decide (`hold`); a long one is an error."""
    holds = [c for c in line.chains if c.single and isinstance(c.amount, Hold)]
    counts = [
        c
        for c in line.chains
        if c.single and isinstance(c.amount, BareCount | Reps) and c not in holds
    ]
    if len(holds) != 1 or not counts or len(line.chains) != 2:
        return
    hold, atom = holds[0].amount, holds[0].atom
    times_count = isinstance(counts[0].amount, Reps) and not any(run.times for run in line.runs)
    if hold.high > LONGEST_TOP_HOLD and not times_count:
        text = format_duration(hold.low)
        hint = f"a pause in every rep is `pause {text} at top`; a hold is an item of its own"
        raise Trouble(atom.start, atom.end, "the amount is named twice", hint)
    line.drop_chain(holds[0])
    line.parts["hold"] = hold.low


def _take_time_of_reps(line: LineParts) -> None:
    """`20-30 sec, 3 reps`: how long each is held, as `hold 25s, 3 reps`."""
    if len(line.chains) != 2 or line.sets or any(run.times for run in line.runs):
        return
    time, reps = line.chains
    timed = time.single and isinstance(time.amount, BareTime)
    if not timed or not (reps.single and isinstance(reps.amount, Reps)):
        return
    line.drop_chain(time)
    low, high = time.amount.low, time.amount.high
    line.parts["hold"] = (low + high) // 2
    if low != high:
        text = format_duration(line.parts["hold"])
        line.remark(time.atom, f"of the range the middle is taken, {text}", f"write `hold {text}`")


def _take_amounts_as_loads(line: LineParts) -> None:
    """`3x8 85, 85, 80kg`: numbers before a weight are weights where they fill up the sets."""
    if len(line.runs) != 1 or len(line.loads) != 1 or not line.runs[0].times:
        return
    run, last = line.runs[0], line.loads[0]
    bare = [c for c in run.chains if c.single and isinstance(c.amount, BareCount)]
    if len(bare) != len(run.chains) or len(bare) != run.times or len(bare) < 2 or last.at:
        return
    values = [c.amount.low for c in bare]
    if all(low > high for low, high in pairwise(values)):
        return
    weights = [f"{value}" for value in values[1:]] + [last.value.weight]
    line.loads = [
        last._replace(value=Load(weight, last.value.unit, last.value.count, last.value.kit))
        for weight in weights
    ]
    run.chains = run.chains[:1]


def _pauses(line: LineParts) -> bool:
    """Whether each rep has a pause: `squeeze 5s, repeat 10 times` is ten of them."""
    return any(name in line.parts for name in ("pause", "pause_top", "pause_bottom"))


def _take_sets_as_amount(line: LineParts) -> None:
    """`12x` alone is reps; `10 rounds` alone is left to the exercise."""
    if line.chains or not line.sets:
        return
    if line.parts.get("phases"):
        return
    atom = line.sets[0]
    crosses = [one for one in line.sets if one.joint == "x"]
    if len(line.sets) == 2 and len(crosses) == 1:
        # `10x, 2 sets`: the sets are named in words, so the `x` is of reps.
        entry = Entry(Reps(crosses[0].value, crosses[0].value))
        line.sets.remove(crosses[0])
        line.runs.append(SetRun(None, chains=[AmountChain(crosses[0], (entry,))]))
        return
    if len(line.sets) == 1 and atom.kind == "rounds":
        entry = Entry(Rounds(atom.value))
    elif len(line.sets) == 1 and (atom.joint == "x" or _pauses(line)):
        entry = Entry(Reps(atom.value, atom.value))
    else:
        return
    line.sets = []
    line.runs.append(SetRun(None, chains=[AmountChain(atom, (entry,))]))
