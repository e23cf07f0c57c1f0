"""Groups of sets: which amounts, loads and efforts of a line each set has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from audioworkout.model.exercise import Effort, Open, Reps, Timed
from audioworkout.notation.clauses.clause import Atom
from audioworkout.notation.line_parts import AmountChain, LineParts, SetRun
from audioworkout.notation.partial import BareCount, BareTime, Entry, Group, Pair, Rounds
from audioworkout.notation.tokens import Trouble
from audioworkout.units import SECOND, Ms

PHASES = (3, 4)
"""How many phases a breath has."""


def build_groups(line: LineParts) -> list[Group]:
    """The groups of a line whose amounts have their roles."""
    groups = _group_amounts(line)
    groups = _add_lone_sets(line, groups)
    groups = _open_last_amount(line, groups)
    _settle_total(line, groups)
    return _add_loads_and_efforts(line, groups)


def _group_amounts(line: LineParts) -> list[Group]:
    groups: list[Group] = []
    for run in line.runs:
        if run.chains:
            groups += _group_run(line, run)
    if len(groups) > 1 and any(run.times for run in line.runs):
        _refuse_mixed_list(line.chains)
    return _join_plain_lists(groups)


def _join_plain_lists(groups: Sequence[Group]) -> list[Group]:
    """One list where two follow each other, as their commas cannot tell them apart."""
    joined: list[Group] = []
    for group in groups:
        if group.form == "each" and len(groups) > 1 and group.times == len(group.entries) > 1:
            group = group._replace(times=None)
        before = joined[-1] if joined else None
        alike = before and len(_entry_kinds((*before.entries, *group.entries))) == 1
        if before and alike and before[1:] == group[1:] == (None, "each"):
            joined[-1] = before._replace(entries=(*before.entries, *group.entries))
        else:
            joined.append(group)
    return joined


def _group_run(line: LineParts, run: SetRun) -> list[Group]:
    """The groups of one number of sets and the amounts behind it."""
    first, *others = run.chains
    times = run.times
    if not first.single:
        made = [_group_chain(line, first, times)]
        if others:
            phases = len(first.entries) in PHASES and isinstance(others[0].amount, Timed)
            if not phases:
                _refuse_mixed_list(run.chains)
            made += _group_run(line, SetRun(None, chains=others))
        plain = {(one.times, one.form) for one in made} == {(None, "each")}
        if plain and len(_amount_kinds(run.chains)) == 1:  # `1..5, max`: one list
            return [Group(tuple(entry for one in made for entry in one.entries))]
        return made
    if any(not chain.single for chain in others):
        atom = next(chain.atom for chain in others if not chain.single)
        hint = "a tempo begins with `@`, like `10 @2-0-2-0`; a list stands alone: `12, 10, 8`"
        raise Trouble(atom.start, atom.end, "the amount is named twice", hint)
    entries = tuple(_make_set_entry(chain) for chain in run.chains)
    last = run.chains[-1].amount
    if times is None and isinstance(last, Timed) and len(others) in PHASES:
        _refuse_mixed_list(run.chains[:-1])  # `4-4-4-4 for 5 min`: phases of a breath
        return [Group(entries[:-1]), Group(entries[-1:])]
    _refuse_mixed_list(run.chains)
    if times is None or len(entries) == 1:
        return [Group(entries, times)]
    if len(entries) == times:
        return [Group(entries, times)]
    if run.ladders:
        return [Group(entries, times, "repeat")]
    if len(entries) > 2 and times > 1:
        values = ", ".join(str(getattr(entry.amount, "low", "")) for entry in entries)
        hint = f"for the whole list {times} times write `{times}x({values})`"
        start, end = run.chains[0].atom.start, run.chains[-1].atom.end
        raise Trouble(start, end, f"{len(entries)} amounts stand behind {times} sets", hint)
    return [Group(entries[:1], times), Group(entries[1:])]


def _refuse_mixed_list(chains: Sequence[AmountChain]) -> None:
    """Refuse a list whose amounts are of different kinds."""
    if len(_amount_kinds(chains)) > 1:
        atom = chains[1].atom
        hint = "rests, pauses and loads say what they are: `rest 60s`, `pause 1s at top`, `20kg`"
        if isinstance(chains[0].amount, BareTime):
            hint = "write an item for each part, or `rest 60s` for a rest"
        raise Trouble(atom.start, atom.end, "the amount is named twice", hint)


def _group_chain(line: LineParts, chain: AmountChain, times: int | None) -> Group:
    """A list, a ladder or a rest-pause set."""
    entries = tuple(_add_loads(entry, chain) for entry in chain.entries)
    if chain.atom.joint == "segments":
        line.parts.setdefault("rest", 0)
        return Group(entries, times, "repeat" if times else "each")
    if chain.atom.joint == "+":
        return Group(entries, times, "plus")
    if times is None:
        return Group(entries)
    if chain.atom.joint == "repeat":
        return Group(entries, times, "repeat")
    values = [getattr(entry.amount, "low", 0) for entry in entries]
    numbers = all(isinstance(value, int) for value in values)
    pairs = pairwise(values)
    falling = numbers and all(low > high for low, high in pairs)
    if len(entries) == times and falling and not any(entry.effort for entry in entries):
        line.remark(
            chain.atom,
            f"{times} sets, one amount for each",
            "for the whole list several times write a circuit with `rounds`",
        )
        return Group(entries, times, "each")
    return Group(entries, times, "repeat")


def _add_lone_sets(line: LineParts, groups: list[Group]) -> list[Group]:
    """A number of sets that stands apart from its amounts."""
    if not line.sets:
        return groups
    atom, *more = line.sets
    if len(more) == 1 and len(groups) == 1 and groups[0].times is None:
        # `7/3 x 6, 3 sets`
        groups, atom, more = [groups[0]._replace(times=atom.value)], more[0], []
    if not more and (repeated := _find_repeaters(line, groups, atom.value)):
        return repeated
    if more or any(group.times for group in groups):
        raise Trouble(*(more or [atom])[0][2:4], "the sets are named twice")
    if not groups:
        line.parts["sets"] = atom.value
        return groups
    if len(groups) > 1:
        raise Trouble(atom.start, atom.end, "the sets are named twice")
    group = groups[0]
    form = group.form
    if len(group.entries) > 1 and form != "plus":
        if any(isinstance(entry.amount, Pair) for entry in group.entries):
            raise Trouble(atom.start, atom.end, "a pair of amounts stands alone", "write two items")
        ladder = line.chains[0].atom.joint in ("..", "rungs")  # `ladder 1-3 x 3`: all of it
        form = "each" if len(group.entries) == atom.value and not ladder else "repeat"
    return [group._replace(times=atom.value, form=form)]


def _find_repeaters(line: LineParts, groups: Sequence[Group], sets: int) -> list[Group]:
    """`7/3 x 6, 3 sets`: six times on and off, three times; empty where it is no such line."""
    if len(groups) != 1 or len(groups[0].entries) != 1 or not groups[0].times:
        return []
    amount = groups[0].entries[0].amount
    if isinstance(amount, Pair):
        on, off = (_seconds_of(part) for part in (amount.left, amount.right))
        line.parts["rest_within"] = off
    elif isinstance(amount, BareTime) and "rest_within" in line.parts:
        on = amount.low
    else:
        return []
    often = groups[0].times
    if line.runs[0].in_words and not line.sets[0].joint:
        often, sets = sets, often  # `3 sets of 7/3 x 6`
    return [Group((Entry(BareTime(on, on)),) * often, sets, "repeat")]


def _open_last_amount(line: LineParts, groups: list[Group]) -> list[Group]:
    """`3x5, last set AMRAP`: as `3x5+`."""
    if not line.parts.pop("last_open", False):
        return groups
    entry = groups[-1].entries[-1] if groups else Entry(Rounds(1))
    amount = entry.amount
    if not isinstance(amount, BareCount | Reps):
        hint = "write it like `3x5+`, or `5, 5, 5+`"
        raise Trouble(0, line.parts["end"], "the last set needs a number of reps", hint)
    last = entry._replace(amount=Open(0, at_least=amount.low))
    group = groups[-1]
    if amount.low != amount.high and len(group.entries) == 1:
        entries = (*((entry,) * ((group.times or 1) - 1)), last)
        return [*groups[:-1], Group(entries)]
    made = group._replace(entries=(*group.entries[:-1], last))
    return [*groups[:-1], made]


def _settle_total(line: LineParts, groups: Sequence[Group]) -> None:
    """`3x20 total`: both sides together in each set; without sets it may be open work."""
    if line.parts.get("total") and any(group.times for group in groups):
        del line.parts["total"]
        line.parts["in_all"] = True


def _add_loads_and_efforts(line: LineParts, groups: list[Group]) -> list[Group]:
    """Loads and efforts by set, or of the whole line."""
    groups = _add_alternating_loads(line, groups)
    kinds: dict[str, list[Atom]] = {}
    for atom in line.efforts:
        kinds.setdefault(atom.value.kind, []).append(atom)
    effort: list[Effort] = []
    for atoms in kinds.values():
        if len(atoms) == 1 or atoms[0].value.kind == "word":
            effort += [atom.value for atom in atoms]
        else:
            groups = _add_by_set(line, groups, atoms)
    groups, lifted = _lift_to_line(line, groups)
    effort = [*lifted, *effort]
    loaded = any(entry.load for group in groups for entry in group.entries)
    if line.loads and loaded:
        atom = line.loads[-1]
        raise Trouble(atom.start, atom.end, "the load is named twice", "name one for each set")
    if len(line.loads) > 1:
        groups = _add_by_set(line, groups, line.loads)
    elif line.loads:
        line.parts["load"] = line.loads[0].value
    if effort:
        line.parts["effort"] = tuple(dict.fromkeys(effort))
    return groups


def _add_alternating_loads(line: LineParts, groups: list[Group]) -> list[Group]:
    """`5 40kg, 5 50kg`: as many loads as amounts, each behind its own."""
    if len(line.loads) < 2 or len(groups) != 1 or groups[0].times is not None:
        return groups
    group = groups[0]
    if len(line.loads) != len(group.entries) or any(entry.load for entry in group.entries):
        return groups
    entries = tuple(
        entry._replace(load=atom.value)
        for entry, atom in zip(group.entries, line.loads, strict=True)
    )
    line.loads = []
    return [group._replace(entries=entries)]


def _add_by_set(line: LineParts, groups: list[Group], atoms: Sequence[Atom]) -> list[Group]:
    """As many loads or efforts as sets: one for each."""
    entries = [e for group in groups for e in list_sets(group)]
    if atoms[0].joint == "/" and len(atoms) == 2 != len(entries):
        return _take_first_load(line, groups, atoms)
    if len(entries) != len(atoms) == len(groups) and atoms[0].kind == "load":
        line.loads = []
        return [
            group._replace(entries=tuple(e._replace(load=a.value) for e in group.entries))
            for group, a in zip(groups, atoms, strict=True)
        ]
    if len(entries) != len(atoms):
        what = "load" if atoms[0].kind == "load" else "effort"
        sets = len(entries) or 1
        message = f"the {what} is named {len(atoms)} times for {sets} set{'s'[: sets > 1]}"
        raise Trouble(atoms[1].start, atoms[1].end, message, "name one, or one for each set")
    made: list[Entry] = []
    for entry, atom in zip(entries, atoms, strict=True):
        if atom.kind == "load":
            made.append(entry._replace(load=atom.value))
        else:
            made.append(entry._replace(effort=(*entry.effort, atom.value)))
    if atoms[0].kind == "load":
        line.loads = []
    return [Group(tuple(made))]


def _take_first_load(line: LineParts, groups: list[Group], atoms: Sequence[Atom]) -> list[Group]:
    """`24/16 kg`, for men and for women: the first, and both are said."""
    first, second = (atom.value for atom in atoms)
    line.parts["load"] = first
    line.loads = []
    unit = first.unit
    line.parts["notes"] = (*line.parts.get("notes", ()), f"or {second.weight} {unit}")
    message = f"of {first.weight}/{second.weight} {unit} the first is taken"
    line.remark(atoms[0], message, f"write the one that is yours, like `{second.weight} {unit}`")
    return groups


def _lift_to_line(line: LineParts, groups: list[Group]) -> tuple[list[Group], list[Effort]]:
    """What only the last amount bears, or the only one, holds for the whole line."""
    entries = [entry for group in groups for entry in group.entries]
    effort: list[Effort] = []
    if not entries:
        return groups, effort
    bearing = [entry for entry in entries if entry.load]
    if len(bearing) == 1 and entries[-1].load and not line.loads:
        line.parts["load"] = entries[-1].load
        groups = [_remove_loads(group, "load") for group in groups]
    bearing = [entry for entry in entries if entry.effort]
    if len(bearing) == 1 and entries[-1].effort and not _has_effort_in_list(groups):
        effort = [*entries[-1].effort]
        groups = [_remove_loads(group, "effort") for group in groups]
    return groups, effort


def _seconds_of(part: BareCount | BareTime) -> Ms:
    """The time of one half of `7/3`, in which a bare number is seconds."""
    return part.low if isinstance(part, BareTime) else part.low * SECOND


def _amount_kinds(chains: Sequence[AmountChain]) -> set[type]:
    return _entry_kinds([chain.entries[0] for chain in chains])


def _entry_kinds(entries: Sequence[Entry]) -> set[type]:
    """The kinds of amounts; counted reps and open work are one."""
    kinds = {type(entry.amount) for entry in entries}
    return {BareCount if kind in (Reps, Open) else kind for kind in kinds}


def _make_set_entry(chain: AmountChain) -> Entry:
    return _add_loads(chain.entries[0], chain)


def _add_loads(entry: Entry, chain: AmountChain) -> Entry:
    load = chain.loads[0].value if chain.loads else entry.load
    effort = (*entry.effort, *(atom.value for atom in chain.efforts))
    return entry._replace(load=load, effort=tuple(dict.fromkeys(effort)))


def _remove_loads(group: Group, what: str) -> Group:
    empty: dict[str, Any] = {"load": None} if what == "load" else {"effort": ()}
    return group._replace(entries=tuple(entry._replace(**empty) for entry in group.entries))


def _has_effort_in_list(groups: Sequence[Group]) -> bool:
    """Whether an effort stands within a list, `100 free/50 kick`."""
    return any(len(g.entries) > 1 and g.entries[0].effort for g in groups)


def list_sets(group: Group) -> list[Entry]:
    """Every set of a group."""
    if len(group.entries) == 1 or group.form == "repeat":
        return [*group.entries] * (group.times or 1)
    if group.form == "plus":
        return [*group.entries] * (group.times or 1)
    return [*group.entries]
