"""The atoms of a line sorted into sets, amounts, and the loads and efforts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audioworkout.notation.clauses.clause import Atom, Parts
from audioworkout.notation.clauses.words import SET_WORDS
from audioworkout.notation.partial import Entry
from audioworkout.notation.tokens import NotationProblem, Trouble


@dataclass(slots=True)
class AmountChain:
    """Amounts that were written joined, or one alone, with what was written beside them."""

    atom: Atom
    entries: tuple[Entry, ...]
    loads: list[Atom] = field(default_factory=list)
    efforts: list[Atom] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """True if no other amount is joined to it."""
        return len(self.entries) == 1

    @property
    def amount(self) -> Any:  # noqa: ANN401 - one of RawAmount, told apart by isinstance
        """The first of the amounts, or the only one."""
        return self.entries[0].amount


@dataclass(slots=True)
class SetRun:
    """A number of sets and the amounts behind it, up to the next number of sets."""

    times: int | None
    ladders: bool = False
    """`5 ladders of`: all that follows comes so many times."""
    in_words: bool = False
    """`4 sets of`, not `4x`."""
    chains: list[AmountChain] = field(default_factory=list)


class LineParts:
    """One line as it is put together.

    Attributes:
        parts: What is settled, by the names of `PartialPrescription`.
        runs: The amounts, by the number of sets before them.
        sets: Numbers of sets that stand apart from an amount.
        loads: Loads that belong to no single amount.
        efforts: Efforts that belong to no single amount.
        remarks: How something ambiguous was taken.
        thens: Where `then` stands, as places in the text.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = dict(parts)
        self.thens: tuple[int, ...] = self.parts.pop("thens", ())
        self.runs: list[SetRun] = []
        self.sets: list[Atom] = []
        self.loads: list[Atom] = []
        self.efforts: list[Atom] = []
        self.remarks: list[NotationProblem] = list(parts.get("remarks", ()))

    def sort_atoms(self, atoms: Sequence[Atom]) -> None:
        """Sort atoms into runs; a load or effort with `@` or `x` joins the amount beside it."""
        ahead: list[Atom] = []
        opened = False
        for atom in atoms:
            if atom.kind in ("sets", "rounds"):
                if atom.x:
                    if opened:
                        raise Trouble(atom.start, atom.end, "the sets are named twice")
                    self.runs.append(
                        SetRun(atom.value, atom.joint == "ladders", atom.joint in SET_WORDS)
                    )
                    opened = True
                else:
                    self.sets.append(atom)
            elif atom.kind == "amount":
                chain = AmountChain(atom, atom.value)
                for one in ahead:
                    (chain.loads if one.kind == "load" else chain.efforts).append(one)
                ahead = []
                if not self.runs:
                    self.runs.append(SetRun(None))
                self.runs[-1].chains.append(chain)
                opened = False
            elif atom.x:
                ahead.append(atom)
            else:
                self._place_load_or_effort(atom)
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

    def _place_load_or_effort(self, atom: Atom) -> None:
        """Give a load or effort to the amount before its `@`, else to the line.

        A word of effort right behind an amount is its own: `5 min easy, 20 min steady`.
        """
        chains = self.chains
        mine = self.loads if atom.kind == "load" else self.efforts
        word = atom.kind == "effort" and atom.value.kind == "word"
        beside = word and bool(chains) and atom.start <= chains[-1].atom.end + 1
        if not (chains and (atom.at or beside)):
            mine.append(atom)
        elif atom.kind == "load":
            if chains[-1].loads:
                mine.append(atom)
            else:
                chains[-1].loads.append(atom)
        else:
            chains[-1].efforts.append(atom)

    @property
    def chains(self) -> list[AmountChain]:
        """All amounts of the line, in their order."""
        return [chain for run in self.runs for chain in run.chains]

    def drop_chain(self, chain: AmountChain) -> None:
        """Take out what is no amount; what was written beside it belongs to the whole line."""
        for run in self.runs:
            run.chains = [one for one in run.chains if one is not chain]
        self.loads = sorted((*self.loads, *chain.loads), key=lambda one: one.start)
        self.efforts = sorted((*self.efforts, *chain.efforts), key=lambda one: one.start)

    def remark(self, atom: Atom, message: str, hint: str = "") -> None:
        """Tell how an ambiguous atom was taken."""
        self.remarks.append(NotationProblem(atom.start, atom.end, message, hint))
