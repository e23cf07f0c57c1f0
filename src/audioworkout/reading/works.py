"""From the name of an exercise and its line, or its fields, to the work that is done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from audioworkout.model.exercise import (
    USUAL_BREATH,
    Amount,
    Breaths,
    Exercise,
    Prescription,
    Reps,
    SetSpec,
    Side,
    Tempo,
    Timed,
)
from audioworkout.model.routine import SourceSpan, Work
from audioworkout.names import did_you_mean
from audioworkout.notation import Entry, Group, Order, PartialPrescription
from audioworkout.notation.partial import BareCount, BareTime, RawAmount
from audioworkout.reading import lint
from audioworkout.reading.amounts import apply_exact, partial_of, set_of
from audioworkout.reading.catalogue import Catalogue, unknown_exercise
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercises import lint_cues
from audioworkout.reading.field_types import SENTENCES, Fields, Values, read_map
from audioworkout.reading.fields import AMOUNT_KEYS, BY_SET, CUES
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node
from audioworkout.reading.prescribe import prescribe
from audioworkout.reading.set_amounts import LEAST_METRES
from audioworkout.reading.splitting import find_unread_words, known_within
from audioworkout.units import Ms


class BlockContext(NamedTuple):
    """What an item takes from the block around it; `depth` is 0 outside blocks.

    `sets` is used if the line has none; `amounts` (one a round) and `work` (ms), if the line has no
    amount; `bare`: it needs no amount; `for_time`: many reps are usual.
    """

    depth: int = 0
    sets: int | None = None
    amounts: tuple[int, ...] = ()
    work: Ms | None = None
    bare: bool = False
    for_time: bool = False


OUTSIDE = BlockContext()


class WorkReader:
    """Reads single works. `tempo` and `first_side` replace those of the exercises' defaults.

    `breath` is the length of a calm breath (ms) if the line does not give one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        diagnostics: Diagnostics,
        tempo: Tempo | None,
        first_side: Side | None,
        breath: Ms,
    ) -> None:
        self.catalogue = catalogue
        self.diagnostics = diagnostics
        self.tempo = tempo
        self.first_side = first_side
        self.breath = breath

    def read_fields(
        self, name: Text, node: Map, fields: Fields, member: BlockContext
    ) -> Work | None:
        """Fields in place of a line."""
        values = read_map(node, fields, self.diagnostics, "an item")
        named = [key for key in AMOUNT_KEYS if key in values]
        if len(named) > 1:
            both = " and ".join(f"`{key}`" for key in named)
            self.diagnostics.error(node, f"an item has one amount, and here are {both}")
            return None
        if "by_set" in values:
            values["by_set"] = self._read_sets(values["by_set"])
            if not values["by_set"]:
                return None
        work = self.prescribe_line(name, node, partial_of(values, named), member, values)
        return None if work is None else self._apply_cues(work, values)

    def _read_sets(self, node: Node) -> tuple[SetSpec, ...]:
        """Read `by_set`: each set of the long form by itself."""
        found: list[SetSpec] = []
        for one in self._list_sets(node):
            values = read_map(one, BY_SET, self.diagnostics, "a set")
            named = [key for key in AMOUNT_KEYS if key in values]
            spec = set_of(values, named) if len(named) == 1 else None
            if spec is None and isinstance(one, Map):
                hint = "write it like `{reps: 5, load: 40kg}` or `{open: max in 60s}`"
                self.diagnostics.error(one, "a set has one amount", hint)
            elif spec is not None:
                found.append(spec)
        return tuple(found)

    def _list_sets(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, List) and node.items:
            return node.items
        message = f"`by_set` is a list of sets, and this is {describe_node(node)}"
        if isinstance(node, List):
            message = "`by_set` is empty"
        self.diagnostics.error(node, message, "write a set on each line: `- {reps: 5, load: 40kg}`")
        return ()

    def _apply_cues(self, work: Work, values: Values) -> Work:
        """The work with the cues and the spoken name given in its item."""
        exercise = work.exercise
        cues = values.get("cues")
        if isinstance(cues, Map):
            lint_cues((cues.get("form"), cues.get("motivate")), self.diagnostics)
            # Parts that are not given are the exercise's own.
            own = read_map(cues, CUES, self.diagnostics, "`cues`")
            said = exercise.cues._replace(**{name: own[name] for name in own})
            exercise = exercise._replace(cues=said)
        elif cues is not None:
            lint_cues((cues,), self.diagnostics)
            form: tuple[str, ...] = SENTENCES.read(cues, self.diagnostics) or ()
            exercise = exercise._replace(cues=exercise.cues._replace(form=form))
        return replace(
            work, exercise=exercise._replace(spoken=values.get("say_as", exercise.spoken))
        )

    def prescribe_line(
        self,
        name: Text,
        node: Node,
        partial: PartialPrescription,
        member: BlockContext,
        values: Values | None = None,
    ) -> Work | None:
        """The work that a line prescribes, with errors and warnings reported at `node`.

        `values`: the fields of the long form.
        """
        if self._has_unread_words(name):
            return None
        sized = partial.has_amount or partial.phases is not None
        given = member.work is not None or bool(member.amounts)
        exercise = self.catalogue.find(name, sized or given)
        if exercise is None:
            return None
        exercise = self._find_counted(exercise, node, partial)
        if self._is_height(node, exercise, partial):
            return None
        partial = _turn_by_name(name.value, exercise, partial)
        if member.bare and (partial.groups or partial.sets):
            hint = "other times: `tabata: {rounds: 8, work: 20s, rest: 10s, exercises: [...]}`"
            self.diagnostics.error(
                name, "a tabata takes names alone: the clock says how much", hint
            )
            return None
        meant = self._resolve_line(node, _with_amount(partial, member), exercise)
        if member.sets is not None and not _says_sets(partial) and not meant.by_set:
            meant = meant.with_sets(member.sets)
        if member.depth and partial.rest is None and not partial.rests:
            meant = meant._replace(rest=None)  # the default's rest is between the default's sets
        if values is not None:
            meant = apply_exact(meant, values)
        default = exercise.prescription
        found = lint.lint_work(
            exercise, default, meant, partial, inside=member.depth > 0, many=member.for_time
        )
        self.diagnostics.warn_all(node, found)
        return Work(exercise, meant, span_of(name))

    def _has_unread_words(self, name: Text) -> bool:
        """Report words of a line that stand in an unknown name; true if there are any."""
        knows = self.catalogue.knows
        if not name.plain or knows(name.value):
            return False
        words = find_unread_words(name.value, knows)
        if not words:
            return False
        known = known_within(name.value, knows)
        hint = f"write `{known.name}: 3x10`" if known else "write its name first: `plank: 40s`"
        quoted = f'"{name.value}"'
        hint += f"; an exercise of your own that is called so stands in quotes: `{quoted}: 3x10`"
        self.diagnostics.error(name, f"`{words}` is not understood", hint)
        return True

    def _find_counted(
        self, exercise: Exercise, node: Node, partial: PartialPrescription
    ) -> Exercise:
        """The exercise that a name means where it has reps: `row: 10` is no machine."""
        amounts = [entry.amount for group in partial.groups for entry in group.entries]
        few = [
            isinstance(one, Reps) or (isinstance(one, BareCount) and one.high < LEAST_METRES)
            for one in amounts
        ]
        meant = exercise.counted if few and all(few) else ""
        other = self.catalogue.named(meant) if meant else None
        if other is None:
            return exercise
        message = f"`{exercise.name}` with reps is taken as `{other.name}`"
        self.diagnostics.warn(node, message, f"write `{other.name}`, or a time or a distance")
        return other

    def _is_height(self, node: Node, exercise: Exercise, partial: PartialPrescription) -> bool:
        """Report `24"` where it may be inches of a box; true if it may."""
        match = _INCHES.search(node.value) if isinstance(node, Text) else None
        read = any("inch" in note for note in partial.notes)
        if match is None or read or not any(kit.key in ("box", "step") for kit in exercise.kit):
            return False
        figure = match["figure"]
        hint = f"write `{figure} inch`, or `{figure}s` for seconds"
        self.diagnostics.error(node, f"`{match[0]}` may be inches or seconds", hint)
        return True

    def _apply_breath(self, amount: Amount) -> Amount:
        """Apply the workout's breath length to an exercise's default breaths."""
        if not isinstance(amount, Breaths) or amount.every != USUAL_BREATH:
            return amount
        return replace(amount, every=self.breath)

    def _resolve_line(
        self, node: Node, partial: PartialPrescription, exercise: Exercise
    ) -> Prescription:
        """Resolve a line with its exercise and the workout's tempo."""
        between = self._between(node, partial)
        default = exercise.prescription
        first = self.first_side or default.sides.first
        default = default._replace(sides=default.sides._replace(first=first))
        default = default.map_amounts(self._apply_breath)
        found = prescribe(partial, exercise, default, breath=self.breath, between=between)
        if self.tempo is not None and found.prescription.paced:
            default = default._replace(tempo=self.tempo)
            found = prescribe(partial, exercise, default, breath=self.breath, between=between)
        for message, hint in found.errors:
            self.diagnostics.error(node, message, hint)
        self.diagnostics.warn_all(node, found.warnings)
        return found.prescription

    def _between(self, node: Node, partial: PartialPrescription) -> Exercise | None:
        """The exercise that fills the rests."""
        name = partial.rest_exercise
        if name is None:
            return None
        exercise = self.catalogue.named(name)
        if exercise is None:
            hint = did_you_mean(name, self.catalogue.keys()) or "leave it out, or `define` it"
            where = node.get("between") if isinstance(node, Map) else None
            self.diagnostics.error(where or node, f"{unknown_exercise(name)} for the rests", hint)
        return exercise


_INCHES = re.compile(r"(?P<figure>\d{1,2})[\"”″](?=[\s,)]|$)(?!\s*(?:rest|box|step|off|on)\b)")


def _with_amount(partial: PartialPrescription, member: BlockContext) -> PartialPrescription:
    """The line, with the amount of its block if it has none."""
    if partial.groups:
        return partial
    amounts: list[RawAmount] = [Reps(one, one) for one in member.amounts]
    if not amounts and member.work is not None:
        timed = Timed(member.work, member.work) if member.bare else None
        amounts = [timed or BareTime(member.work, member.work)]
    if not amounts:
        return partial
    return replace(partial, groups=(Group(tuple(map(Entry, amounts))),))


_TURNING = frozenset(("alternating", "alternate", "alt"))


def _turn_by_name(
    written: str, exercise: Exercise, partial: PartialPrescription
) -> PartialPrescription:
    """`alternating lunges: 20` is `lunges: 20 alternating`: the word stands in the name."""
    if not partial.has_amount or partial.in_all or partial.total:
        return partial
    named = _TURNING.intersection(re.split(r"[\s-]+", written.lower()))
    sided = exercise.prescription.sides.order != "together"
    turned: dict[Order | None, Order] = {None: "alternating", "each": "each alternating"}
    if not named or not sided or partial.order not in turned:
        return partial
    return replace(partial, order=turned[partial.order])


def _says_sets(partial: PartialPrescription) -> bool:
    """True if a line names its sets."""
    groups = partial.groups
    several = len(groups) > 1 or any(len(group.entries) > 1 for group in groups)
    return several or partial.sets is not None or any(group.times for group in groups)


def span_of(node: Node) -> SourceSpan:
    """Where a node stands in its file."""
    return SourceSpan(node.line, node.column, node.width)
