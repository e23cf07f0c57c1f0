"""Atoms to groups: which sets, loads and efforts of a line belong to which amounts."""

from __future__ import annotations

from collections.abc import Sequence

from audioworkout.notation.amount_roles import settle_amount_roles
from audioworkout.notation.clauses.clause import Atom, Parts
from audioworkout.notation.line_parts import LineParts
from audioworkout.notation.partial import BareDistance, BareTime, Group, Rounds
from audioworkout.notation.quantities import MOST_SETS
from audioworkout.notation.set_groups import build_groups, list_sets
from audioworkout.notation.tokens import Trouble
from audioworkout.units import format_duration

WALK_BACK = 3
"""How many times as long as a sprint the walk back takes: 4 and 1.4 m/s."""


def assemble(atoms: Sequence[Atom], parts: Parts) -> Parts:
    """The parts of a line with `groups` and all that the amounts decide in place of the atoms.

    Raises:
        Trouble: The amounts contradict each other.
    """
    line = LineParts(parts)
    line.sort_atoms(sorted(atoms, key=lambda atom: atom.start))
    settle_amount_roles(line)
    groups = build_groups(line)
    _check_set_limit(line, groups)
    _check_rests_by_set(line, groups)
    _settle_way_back(line, groups)
    if line.remarks:
        line.parts["remarks"] = tuple(line.remarks)
    return line.parts | {"groups": tuple(groups)}


def _check_set_limit(line: LineParts, groups: Sequence[Group]) -> None:
    """Refuse more sets than a line may have; numbers of rounds are checked with the exercise."""
    total = sum(len(list_sets(group)) for group in groups) or line.parts.get("sets", 1)
    if total > MOST_SETS:
        rounds = any(isinstance(e.amount, Rounds) for group in groups for e in group.entries)
        if not rounds:
            message = f"{total} sets are more than {MOST_SETS}"
            atom = line.sets[0] if line.sets else None
            start, end = (atom.start, atom.end) if atom else (0, line.parts.get("end", 1))
            raise Trouble(start, end, message)


def _settle_way_back(line: LineParts, groups: Sequence[Group]) -> None:
    """`6x40m, walk back`: as far as the work."""
    if line.parts.pop("rest_back", None) is None:
        return
    amounts = [entry.amount for group in groups for entry in group.entries]
    if len(set(amounts)) == 1 and isinstance(amounts[0], BareTime):
        line.parts["rest"] = WALK_BACK * amounts[0].high
        text = format_duration(line.parts["rest"])
        message = f"the way back is taken as {text}"
        line.remark(line.chains[0].atom, message, f"write `rest {text}`")
        return
    if len(set(amounts)) != 1 or not isinstance(amounts[0], BareDistance):
        hint = "write `6x100 m, walk back`, or the time, `rest 60s`"
        raise Trouble(0, line.parts["end"], "a way back needs a distance", hint)
    line.parts["rest_distance"] = amounts[0]


def _check_rests_by_set(line: LineParts, groups: Sequence[Group]) -> None:
    """Refuse rests by set that are not as many as the rests there are."""
    rests = line.parts.get("rests")
    if rests is None:
        return
    sets = sum(len(list_sets(group)) for group in groups)
    if len(rests) not in (sets - 1, sets):
        message = f"{len(rests)} rests for {sets} sets"
        raise Trouble(0, line.parts.get("end", 1), message, "one rest holds for all of them")
