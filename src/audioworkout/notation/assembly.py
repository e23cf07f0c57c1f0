"""Atoms to groups: which sets, loads and efforts of a line belong to which amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from audioworkout.model.exercise import Effort, Hold, Load, Open, Reps, Timed
from audioworkout.notation.clauses.clause import Atom, Parts
from audioworkout.notation.clauses.tempo import LONGEST_TOP_HOLD
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Entry,
    Group,
    Pair,
    Rounds,
)
from audioworkout.notation.quantities import MOST_SETS
from audioworkout.notation.tokens import NotationProblem, Trouble
from audioworkout.units import SECOND, Ms, format_duration

PHASES = (3, 4)
"""How many phases a breath has."""
USUAL_REST_WITHIN: Ms = 15 * SECOND
"""Within a set of rest-pause or a cluster, where none is named."""
WALK_BACK = 3
"""How many times as long as a sprint the walk back takes: 4 and 1.4 m/s."""
LONGEST_BARE_PAUSE: Ms = 5 * SECOND
"""A time beside reps up to here is a pause in each rep, beyond it the rest."""


@dataclass(slots=True)
class _AmountChain:
    """Amounts that were written joined, or one alone, with what was written beside them."""

    atom: Atom
    entries: tuple[Entry, ...]
    loads: list[Atom] = field(default_factory=list)
    efforts: list[Atom] = field(default_factory=list)

    @property
    def single(self) -> bool:
        return len(self.entries) == 1

    @property
    def amount(self) -> Any:  # noqa: ANN401 - one of RawAmount, told apart by isinstance
        return self.entries[0].amount


@dataclass(slots=True)
class _Run:
    """A number of sets and the amounts behind it, up to the next number of sets."""

    times: int | None
    chains: list[_AmountChain] = field(default_factory=list)
    ladders: bool = False
    """`5 ladders of`: all that follows comes so many times."""


def assemble(atoms: Sequence[Atom], parts: Parts) -> Parts:
    """The parts of a line with `groups` and all that the amounts decide in place of the atoms.

    Raises:
        Trouble: The amounts contradict each other.
    """
    line = _LineParts(parts)
    return line.read(sorted(atoms, key=lambda atom: atom.start))


class _LineParts:
    """One line as it is put together."""

    def __init__(self, parts: Parts) -> None:
        self.parts = dict(parts)
        self.runs: list[_Run] = []
        self.sets: list[Atom] = []
        self.loads: list[Atom] = []
        self.efforts: list[Atom] = []
        self.remarks: list[NotationProblem] = list(parts.get("remarks", ()))

    def read(self, atoms: Sequence[Atom]) -> Parts:
        """Everything, in the order in which it depends on each other."""
        self._sort(atoms)
        self._restated_amount()
        self._split_rest()
        self._time_as_rest()
        self._rest_pause()
        self._hold_as_pause()
        self._list_of_loads()
        self._lone_sets()
        groups = self._groups()
        groups = self._with_sets(groups)
        groups = self._last_open(groups)
        self._total(groups)
        groups = self._with_loads(groups)
        self._limit(groups)
        self._rests(groups)
        self._rest_back(groups)
        if self.remarks:
            self.parts["remarks"] = tuple(self.remarks)
        return self.parts | {"groups": tuple(groups)}

    # --- what stands where ---

    def _sort(self, atoms: Sequence[Atom]) -> None:
        """Runs of amounts; loads and efforts with `@` or `x` go to the amount they stand at."""
        ahead: list[Atom] = []
        opened = False
        for atom in atoms:
            if atom.kind in ("sets", "rounds"):
                if atom.x:
                    if opened:
                        raise Trouble(atom.start, atom.end, "the sets are named twice")
                    self.runs.append(_Run(atom.value, ladders=atom.joint == "ladders"))
                    opened = True
                else:
                    self.sets.append(atom)
            elif atom.kind == "amount":
                chain = _AmountChain(atom, atom.value)
                for one in ahead:
                    (chain.loads if one.kind == "load" else chain.efforts).append(one)
                ahead = []
                if not self.runs:
                    self.runs.append(_Run(None))
                self.runs[-1].chains.append(chain)
                opened = False
            elif atom.x:
                ahead.append(atom)
            else:
                self._beside(atom)
        for one in ahead:
            (self.loads if one.kind == "load" else self.efforts).append(one)
        if len(self.chains) == 1:
            only = self.chains[0]
            self.loads = sorted((*self.loads, *only.loads), key=lambda one: one.start)
            self.efforts = sorted((*self.efforts, *only.efforts), key=lambda one: one.start)
            only.loads, only.efforts = [], []
        for run in [run for run in self.runs if run.times is not None and not run.chains]:
            # `3x`, with the amount elsewhere in the line or none: a number of sets, or of reps.
            self.runs.remove(run)
            self.sets.append(Atom("sets", run.times, 0, 0, joint="x"))

    def _beside(self, atom: Atom) -> None:
        """A load or an effort that stands behind an amount with `@`, or alone."""
        chains = self.chains
        mine = self.loads if atom.kind == "load" else self.efforts
        if not (atom.at and chains):
            mine.append(atom)
        elif atom.kind == "load":
            if chains[-1].loads:
                mine.append(atom)
            else:
                chains[-1].loads.append(atom)
        else:
            chains[-1].efforts.append(atom)

    @property
    def chains(self) -> list[_AmountChain]:
        return [chain for run in self.runs for chain in run.chains]

    def _remark(self, atom: Atom, message: str, hint: str = "") -> None:
        self.remarks.append(NotationProblem(atom.start, atom.end, message, hint))

    # --- the same amount again ---

    def _restated_amount(self) -> None:
        """`30 (15 each side)`: both sides in all; a number that does not fit is an error."""
        restated = self.parts.pop("restated", None)
        if restated is None:
            return
        low, high, whole, start, end = restated
        amounts = [entry.amount for chain in self.chains for entry in chain.entries]
        values = {(getattr(one, "low", 0), getattr(one, "high", 0)) for one in amounts}
        if not values:
            raise Trouble(start, end, "the amount must stand before its bracket", "`30 (15 each)`")
        sets = max([run.times or 1 for run in self.runs] + [one.value for one in self.sets])
        if whole:
            each = {(n * low_ * 2, n * high_ * 2) for low_, high_ in values for n in (1, sets)}
            right = len(values) == 1 and (low, high) in each | {
                (n * low_, n * high_) for low_, high_ in values for n in (1, sets)
            }
            if right:
                if "each" not in self.parts:
                    self.parts["in_all"] = True
                else:
                    self.parts.pop("total", None)
                    self.parts.pop("in_all", None)
                return
        elif values == {(2 * low, 2 * high)}:
            if isinstance(amounts[0], BareTime):
                self._replace_time(round(low), round(high))
                return
            for name in ("each", "total"):
                self.parts.pop(name, None)
            self.parts["in_all"] = True
            return
        elif values == {(low, high)}:
            return
        hint = "write one of them: `20 in all`, or `10 per side`"
        raise Trouble(start, end, "this is not the amount that stands before it", hint)

    def _replace_time(self, low: int, high: int) -> None:
        """The time of one side in place of that of both."""
        for chain in self.chains:
            chain.entries = tuple(
                entry._replace(amount=BareTime(low, high)) for entry in chain.entries
            )

    # --- times that are no amounts ---

    def _split_rest(self) -> None:
        """`1 min 30s rest`: all of it rest where the line has an amount, else the work as well."""
        split = self.parts.pop("rest_split", None)
        if split is None:
            return
        first, second = split
        if self.chains or self.parts.get("phases"):
            self._set_rest(first + second)
            return
        self._set_rest(second)
        entry = Entry(BareTime(first, first))
        if not self.runs:
            self.runs.append(_Run(None))
        self.runs[-1].chains.append(_AmountChain(Atom("amount", (entry,), 0, 0), (entry,)))

    def _set_rest(self, rest: int) -> None:
        if "rest" in self.parts:
            raise Trouble(0, self.parts.get("end", 1), "the rest is named twice")
        self.parts["rest"] = rest

    def _time_as_rest(self) -> None:
        """A second bare time, and one beside reps, is the rest."""
        if "rests" in self.parts or "every" in self.parts:
            return
        times = [
            (run, chain)
            for run in self.runs
            for chain in run.chains
            if chain.single and isinstance(chain.amount, BareTime) and chain.atom.joint == ""
        ]
        others = [chain for chain in self.chains if all(chain is not one for _, one in times)]
        if self.parts.get("phases"):
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
        if not others or chain.atom.start > others[0].atom.start:
            pass
        elif not (self.sets or any(one.times for one in self.runs)):
            return  # `45 min, 130`: a time before a bare number is the amount
        if others and chain.amount.high <= LONGEST_BARE_PAUSE and "pause" not in self.parts:
            self.parts["pause"] = chain.amount.high
            run.chains.remove(chain)
            return
        if "rest" in self.parts:
            if "rest_within" in self.parts or not any(len(one.entries) > 1 for one in others):
                return
            both = sorted((self.parts["rest"], chain.amount.low))
            self.parts["rest_within"], self.parts["rest"] = both
        else:
            self.parts["rest"] = (chain.amount.low + chain.amount.high) // 2
            text = format_duration(self.parts["rest"])
            self._remark(chain.atom, f"{text} is taken as the rest", f"write `rest {text}`")
        run.chains.remove(chain)

    def _rest_pause(self) -> None:
        """`15+4+4 myo-reps`: the rests within the set are short where none is named."""
        if not self.parts.pop("rest_pause", False):
            return
        parted = [chain for chain in self.chains if chain.atom.joint == "+"]
        if not parted:
            hint = "write its parts, like `15+4+4, rest 15s` or `5x(2+2+2), rest 15s`"
            raise Trouble(0, self.parts["end"], "the reps of the parts are missing", hint)
        if "rest" not in self.parts:
            self.parts["rest"] = USUAL_REST_WITHIN
            text = format_duration(USUAL_REST_WITHIN)
            self._remark(parted[0].atom, f"the rest within it is {text}", f"write `rest {text}`")

    def _total(self, groups: Sequence[Group]) -> None:
        """`3x20 total`: both sides together in each set; without sets it may be open work."""
        if self.parts.get("total") and any(group.times for group in groups):
            del self.parts["total"]
            self.parts["in_all"] = True

    def _hold_as_pause(self) -> None:
        """`10 reps, hold 5s`: kept for the exercise to decide (`hold`); a long one is an error."""
        holds = [c for c in self.chains if c.single and isinstance(c.amount, Hold)]
        counts = [
            c
            for c in self.chains
            if c.single and isinstance(c.amount, BareCount | Reps) and c not in holds
        ]
        if len(holds) != 1 or not counts or len(self.chains) != 2:
            return
        hold, atom = holds[0].amount, holds[0].atom
        times_count = isinstance(counts[0].amount, Reps) and not any(run.times for run in self.runs)
        if hold.high > LONGEST_TOP_HOLD and not times_count:
            text = format_duration(hold.low)
            hint = f"a pause in every rep is `pause {text} at top`; a hold is an item of its own"
            raise Trouble(atom.start, atom.end, "the amount is named twice", hint)
        for run in self.runs:
            run.chains = [c for c in run.chains if c is not holds[0]]
        self.parts["hold"] = hold.low

    def _list_of_loads(self) -> None:
        """`3x8 85, 85, 80kg`: numbers before a weight are weights where they fill up the sets."""
        if len(self.runs) != 1 or len(self.loads) != 1 or not self.runs[0].times:
            return
        run, last = self.runs[0], self.loads[0]
        bare = [c for c in run.chains if c.single and isinstance(c.amount, BareCount)]
        if len(bare) != len(run.chains) or len(bare) != run.times or len(bare) < 2 or last.at:
            return
        values = [c.amount.low for c in bare]
        if all(low > high for low, high in pairwise(values)):
            return
        weights = [f"{value}" for value in values[1:]] + [last.value.weight]
        self.loads = [
            last._replace(value=Load(weight, last.value.unit, last.value.count, last.value.kit))
            for weight in weights
        ]
        run.chains = run.chains[:1]

    def _lone_sets(self) -> None:
        """`12x` alone is reps; `10 rounds` alone is left to the exercise."""
        if self.chains or not self.sets:
            return
        if self.parts.get("phases"):
            return
        atom = self.sets[0]
        crosses = [one for one in self.sets if one.joint == "x"]
        if len(self.sets) == 2 and len(crosses) == 1:
            # `10x, 2 sets`: the sets are named in words, so the `x` is of reps.
            entry = Entry(Reps(crosses[0].value, crosses[0].value))
            self.sets.remove(crosses[0])
            self.runs.append(_Run(None, [_AmountChain(crosses[0], (entry,))]))
            return
        if len(self.sets) == 1 and atom.kind == "rounds":
            entry = Entry(Rounds(atom.value))
        elif len(self.sets) == 1 and atom.joint == "x":
            entry = Entry(Reps(atom.value, atom.value))
        else:
            return
        self.sets = []
        self.runs.append(_Run(None, [_AmountChain(atom, (entry,))]))

    # --- groups ---

    def _groups(self) -> list[Group]:
        groups: list[Group] = []
        for run in self.runs:
            if run.chains:
                groups += self._of_run(run)
        if len(groups) > 1 and any(run.times for run in self.runs):
            self._alike([chain for chain in self.chains if chain.single])
        return groups

    def _of_run(self, run: _Run) -> list[Group]:
        """The groups of one number of sets and the amounts behind it."""
        first, *others = run.chains
        times = run.times
        if not first.single:
            made = [self._joined(first, times)]
            if others:
                made += self._of_run(_Run(None, others))
            plain = {(one.times, one.form) for one in made} == {(None, "each")}
            if plain and len(_amount_kinds(run.chains)) == 1:  # `1..5, max`: one list
                return [Group(tuple(entry for one in made for entry in one.entries))]
            return made
        if any(not chain.single for chain in others):
            atom = next(chain.atom for chain in others if not chain.single)
            hint = "a tempo begins with `@`, like `@2-0-2-0`; a list stands alone: `12, 10, 8`"
            raise Trouble(atom.start, atom.end, "the amount is named twice", hint)
        entries = tuple(_make_set_entry(chain) for chain in run.chains)
        last = run.chains[-1].amount
        if times is None and isinstance(last, Timed) and len(others) in PHASES:
            self._alike(run.chains[:-1])  # `4-4-4-4 for 5 min`: phases of a breath
            return [Group(entries[:-1]), Group(entries[-1:])]
        self._alike(run.chains)
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

    def _alike(self, chains: Sequence[_AmountChain]) -> None:
        """Refuse a list whose amounts are of different kinds."""
        if len(_amount_kinds(chains)) > 1:
            atom = chains[1].atom
            hint = (
                "rests, pauses and loads say what they are: `rest 60s`, `pause 1s at top`, `20kg`"
            )
            raise Trouble(atom.start, atom.end, "the amount is named twice", hint)

    def _joined(self, chain: _AmountChain, times: int | None) -> Group:
        """A list, a ladder or a rest-pause set."""
        entries = tuple(_add_loads(entry, chain) for entry in chain.entries)
        if chain.atom.joint == "segments":
            self.parts.setdefault("rest", 0)
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
            self._remark(
                chain.atom,
                f"{times} sets, one amount for each",
                "for the whole list several times write a circuit with `rounds`",
            )
            return Group(entries, times, "each")
        return Group(entries, times, "repeat")

    def _with_sets(self, groups: list[Group]) -> list[Group]:
        """A number of sets that stands apart from its amounts."""
        if not self.sets:
            return groups
        atom, *more = self.sets
        if len(more) == 1 and len(groups) == 1 and groups[0].times is None:
            # `7/3 x 6, 3 sets`
            groups, atom, more = [groups[0]._replace(times=atom.value)], more[0], []
        if not more and (repeated := self._repeaters(groups, atom.value)):
            return repeated
        if more or any(group.times for group in groups):
            raise Trouble(*(more or [atom])[0][2:4], "the sets are named twice")
        if not groups:
            self.parts["sets"] = atom.value
            return groups
        if len(groups) > 1:
            raise Trouble(atom.start, atom.end, "the sets are named twice")
        group = groups[0]
        form = group.form
        if len(group.entries) > 1 and form != "plus":
            form = "each" if len(group.entries) == atom.value else "repeat"
        return [group._replace(times=atom.value, form=form)]

    def _repeaters(self, groups: Sequence[Group], sets: int) -> list[Group]:
        """`7/3 x 6, 3 sets`: six times on and off, three times; empty where it is no such line."""
        if len(groups) != 1 or len(groups[0].entries) != 1 or not groups[0].times:
            return []
        amount = groups[0].entries[0].amount
        if isinstance(amount, Pair):
            on, off = (_seconds_of(part) for part in (amount.left, amount.right))
            self.parts["rest_within"] = off
        elif isinstance(amount, BareTime) and "rest_within" in self.parts:
            on = amount.low
        else:
            return []
        entries = (Entry(BareTime(on, on)),) * groups[0].times
        return [Group(entries, sets, "repeat")]

    def _last_open(self, groups: list[Group]) -> list[Group]:
        """`3x5, last set AMRAP`: as `3x5+`."""
        if not self.parts.pop("last_open", False):
            return groups
        entry = groups[-1].entries[-1] if groups else Entry(Rounds(1))
        amount = entry.amount
        if not isinstance(amount, BareCount | Reps):
            hint = "write it like `3x5+`, or `5, 5, 5+`"
            raise Trouble(0, self.parts["end"], "the last set needs a number of reps", hint)
        last = entry._replace(amount=Open(0, at_least=amount.low))
        group = groups[-1]
        if amount.low != amount.high and len(group.entries) == 1:
            entries = (*((entry,) * ((group.times or 1) - 1)), last)
            return [*groups[:-1], Group(entries)]
        made = group._replace(entries=(*group.entries[:-1], last))
        return [*groups[:-1], made]

    # --- loads and efforts ---

    def _with_loads(self, groups: list[Group]) -> list[Group]:
        """Loads and efforts by set, or of the whole line."""
        groups = self._alternate(groups)
        kinds: dict[str, list[Atom]] = {}
        for atom in self.efforts:
            kinds.setdefault(atom.value.kind, []).append(atom)
        effort: list[Effort] = []
        for atoms in kinds.values():
            if len(atoms) == 1 or atoms[0].value.kind == "word":
                effort += [atom.value for atom in atoms]
            else:
                groups = self._by_set(groups, atoms)
        groups, lifted = self._whole_line(groups)
        effort = [*lifted, *effort]
        if len(self.loads) > 1:
            groups = self._by_set(groups, self.loads)
        elif self.loads:
            self.parts["load"] = self.loads[0].value
        if effort:
            self.parts["effort"] = tuple(dict.fromkeys(effort))
        return groups

    def _alternate(self, groups: list[Group]) -> list[Group]:
        """`5 40kg, 5 50kg`: as many loads as amounts, each behind its own."""
        if len(self.loads) < 2 or len(groups) != 1 or groups[0].times is not None:
            return groups
        group = groups[0]
        if len(self.loads) != len(group.entries) or any(entry.load for entry in group.entries):
            return groups
        entries = tuple(
            entry._replace(load=atom.value)
            for entry, atom in zip(group.entries, self.loads, strict=True)
        )
        self.loads = []
        return [group._replace(entries=entries)]

    def _by_set(self, groups: list[Group], atoms: Sequence[Atom]) -> list[Group]:
        """As many loads or efforts as sets: one for each."""
        entries = [e for group in groups for e in _list_sets(group)]
        if atoms[0].joint == "/" and len(atoms) == 2 != len(entries):
            return self._first_of_two(groups, atoms)
        if len(entries) != len(atoms) == len(groups) and atoms[0].kind == "load":
            self.loads = []
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
            self.loads = []
        return [Group(tuple(made))]

    def _first_of_two(self, groups: list[Group], atoms: Sequence[Atom]) -> list[Group]:
        """`24/16 kg`, for men and for women: the first, and both are said."""
        first, second = (atom.value for atom in atoms)
        self.parts["load"] = first
        self.loads = []
        unit = first.unit
        self.parts["notes"] = (*self.parts.get("notes", ()), f"or {second.weight} {unit}")
        message = f"of {first.weight}/{second.weight} {unit} the first is taken"
        self._remark(
            atoms[0], message, f"write the one that is yours, like `{second.weight} {unit}`"
        )
        return groups

    def _whole_line(self, groups: list[Group]) -> tuple[list[Group], list[Effort]]:
        """What only the last amount bears, or the only one, holds for the whole line."""
        entries = [entry for group in groups for entry in group.entries]
        effort: list[Effort] = []
        if not entries:
            return groups, effort
        bearing = [entry for entry in entries if entry.load]
        if len(bearing) == 1 and entries[-1].load and not self.loads:
            self.parts["load"] = entries[-1].load
            groups = [_remove_loads(group, "load") for group in groups]
        bearing = [entry for entry in entries if entry.effort]
        if len(bearing) == 1 and entries[-1].effort and not _has_effort_in_list(groups):
            effort = [*entries[-1].effort]
            groups = [_remove_loads(group, "effort") for group in groups]
        return groups, effort

    # --- limits ---

    def _limit(self, groups: Sequence[Group]) -> None:
        total = sum(len(_list_sets(group)) for group in groups) or self.parts.get("sets", 1)
        if total > MOST_SETS:
            rounds = any(isinstance(e.amount, Rounds) for group in groups for e in group.entries)
            if not rounds:
                message = f"{total} sets are more than {MOST_SETS}"
                atom = next((one for one in self.sets), None)
                start, end = (atom.start, atom.end) if atom else (0, self.parts.get("end", 1))
                raise Trouble(start, end, message)

    def _rest_back(self, groups: Sequence[Group]) -> None:
        """`6x40m, walk back`: as far as the work."""
        if self.parts.pop("rest_back", None) is None:
            return
        amounts = [entry.amount for group in groups for entry in group.entries]
        if len(set(amounts)) == 1 and isinstance(amounts[0], BareTime):
            self.parts["rest"] = WALK_BACK * amounts[0].high
            text = format_duration(self.parts["rest"])
            message = f"the way back is taken as {text}"
            self._remark(self.chains[0].atom, message, f"write `rest {text}`")
            return
        if len(set(amounts)) != 1 or not isinstance(amounts[0], BareDistance):
            hint = "write `6x100 m, walk back`, or the time, `rest 60s`"
            raise Trouble(0, self.parts["end"], "a way back needs a distance", hint)
        self.parts["rest_distance"] = amounts[0]

    def _rests(self, groups: Sequence[Group]) -> None:
        """Refuse rests by set that are not as many as the rests there are."""
        rests = self.parts.get("rests")
        if rests is None:
            return
        sets = sum(len(_list_sets(group)) for group in groups)
        if len(rests) not in (sets - 1, sets):
            message = f"{len(rests)} rests for {sets} sets"
            raise Trouble(0, self.parts.get("end", 1), message, "one rest holds for all of them")


def _seconds_of(part: BareCount | BareTime) -> Ms:
    """The time of one half of `7/3`, in which a bare number is seconds."""
    return part.low if isinstance(part, BareTime) else part.low * SECOND


def _amount_kinds(chains: Sequence[_AmountChain]) -> set[type]:
    """The kinds of amounts; counted reps and open work are one."""
    kinds = {type(chain.amount) for chain in chains}
    return {BareCount if kind in (Reps, Open) else kind for kind in kinds}


def _make_set_entry(chain: _AmountChain) -> Entry:
    return _add_loads(chain.entries[0], chain)


def _add_loads(entry: Entry, chain: _AmountChain) -> Entry:
    load = chain.loads[0].value if chain.loads else entry.load
    effort = (*entry.effort, *(atom.value for atom in chain.efforts))
    return entry._replace(load=load, effort=tuple(dict.fromkeys(effort)))


def _list_sets(group: Group) -> list[Entry]:
    """Every set of a group."""
    if len(group.entries) == 1 or group.form == "repeat":
        return [*group.entries] * (group.times or 1)
    if group.form == "plus":
        return [*group.entries] * (group.times or 1)
    return [*group.entries]


def _remove_loads(group: Group, what: str) -> Group:
    empty: dict[str, Any] = {"load": None} if what == "load" else {"effort": ()}
    return group._replace(entries=tuple(entry._replace(**empty) for entry in group.entries))


def _has_effort_in_list(groups: Sequence[Group]) -> bool:
    """Whether an effort stands within a list, `100 free/50 kick`."""
    return any(len(g.entries) > 1 and g.entries[0].effort for g in groups)
