"""From the items of a routine to the work they stand for: one function for each kind of item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from audioworkout.model.exercise import Amount, Exercise, Prescription, Side, Tempo, has_tempo
from audioworkout.model.routine import (
    Announcement,
    Circuit,
    Emom,
    Item,
    Rest,
    SourceSpan,
    Tabata,
    Work,
)
from audioworkout.names import did_you_mean
from audioworkout.notation import Written
from audioworkout.reading import lint
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercises import check_prescription, lint_cues, prescribe
from audioworkout.reading.field_types import (
    LINE,
    PAUSE,
    SENTENCE,
    SENTENCES,
    Fields,
    Values,
    read_map,
)
from audioworkout.reading.fields import (
    AMOUNT,
    AMOUNT_KEYS,
    CIRCUIT,
    CUES,
    EMOM,
    ITEM,
    SUPERSET,
    TABATA,
)
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node

ITEM_HINT = "an item is `- side lunges`, `- side lunges: 3x8 per side` or `- rest: 60s`"


class ItemReader:
    """Reads items. `tempo` and `first_side` stand in place of those of the exercises' defaults."""

    def __init__(
        self,
        catalogue: Catalogue,
        diagnostics: Diagnostics,
        tempo: Tempo | None = None,
        first_side: Side | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.diagnostics = diagnostics
        self.tempo = tempo
        self.first_side = first_side

    def items(self, node: Node, what: str) -> tuple[Item, ...]:
        """Every item of a list that can be read; the desk is told of the others."""
        found: list[Item] = []
        for one in self._list(node, what):
            item = self._item(one)
            if item is not None:
                found.append(item)
                self._doubt(one, lint.lint_order(found, len(found) - 1))
        return tuple(found)

    def _list(self, node: Node, what: str) -> tuple[Node, ...]:
        if not isinstance(node, List):
            self.diagnostics.error(
                node, f"{what} is a list, and this is {describe_node(node)}", ITEM_HINT
            )
            return ()
        if not node.items:
            self.diagnostics.error(node, f"{what} is empty", ITEM_HINT)
        return node.items

    def _item(self, node: Node) -> Item | None:
        """One item of whichever kind."""
        if isinstance(node, Map) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            special = SPECIAL.get(key.value.lower())
            if special is not None:
                return special(self, value)
        return self._work(node)

    def _work(self, node: Node, sets: int | None = None) -> Work | None:
        """A name, a name with its line, or the long form; `sets`: where it says none."""
        if isinstance(node, Text):
            return self._bare(node, sets)
        if isinstance(node, Map) and node.get("exercise") is not None:
            return self._long(node, sets)
        if isinstance(node, Map) and len(node.pairs) == 1:
            return self._named(*node.pairs[0], sets)
        self._no_item(node)
        return None

    def _no_item(self, node: Node) -> None:
        """Tell what an item should have been."""
        message, hint = (
            f"an item is a name or a name with its amount, not {describe_node(node)}",
            "",
        )
        if isinstance(node, Map) and len(node.pairs) > 1:
            name, other = (key.value for key, _ in node.pairs[:2])
            message = "an item says one thing, and here are several keys"
            hint = f"write the long form: `exercise: {name}` and its keys beneath"
            if name.lower() in SPECIAL:
                hint = f"`{other}` belongs to `{name}`: indent it two spaces more"
        self.diagnostics.error(node, message, hint or ITEM_HINT)

    def _bare(self, node: Text, sets: int | None) -> Work | None:
        """`- side lunges`: the whole default."""
        if not node.value.strip():
            self.diagnostics.error(node, "an item is empty", ITEM_HINT)
            return None
        if " - " in node.value and self.catalogue.entry(node.value) is None:
            self.diagnostics.error(
                node, "two items in one", "every `-` stands below the one above it"
            )
            return None
        if node.value.lower() in SPECIAL:
            self.diagnostics.error(node, f"`{node.value}` says no more here", ITEM_HINT)
            return None
        return self._prescribed(node, node, Written(), sets)

    def _named(self, key: Text, value: Node, sets: int | None) -> Work | None:
        """`- side lunges: 3x8 per side`, or its fields in place of the line."""
        if key.value.lower() in SPECIAL:
            message = f"`{key.value}` cannot stand inside of a circuit, superset or the like"
            self.diagnostics.error(key, message)
            return None
        if not isinstance(value, Text):
            return self._structured(key, value, sets)
        if value.empty:
            return self._prescribed(key, key, Written(), sets)
        written = LINE.read(value, self.diagnostics)
        # A line that cannot be read does not hide a wrong name.
        work = self._prescribed(key, value, written or Written(), sets)
        return None if written is None else work

    def _structured(self, key: Text, value: Node, sets: int | None) -> Work | None:
        """A name with its fields; or a misspelt circuit, superset or the like."""
        if self.catalogue.entry(key.value) is None:
            hint = did_you_mean(key.value, (*SPECIAL, *self.catalogue.keys()))
            self.diagnostics.error(key, f"there is no exercise `{key.value}`", hint or ITEM_HINT)
        elif isinstance(value, Map):
            return self._fields(key, value, AMOUNT, sets)
        else:
            self.diagnostics.error(
                value, f"an amount is a line, and this is {describe_node(value)}", ITEM_HINT
            )
        return None

    def _long(self, node: Map, sets: int | None) -> Work | None:
        """The long form."""
        name = node.get("exercise")
        if isinstance(name, Text) and not name.empty:
            return self._fields(name, node, ITEM, sets)
        self.diagnostics.error(name or node, "`exercise` is the name of an exercise")
        return None

    def _fields(self, name: Text, node: Map, fields: Fields, sets: int | None) -> Work | None:
        """Fields in place of a line."""
        values = read_map(node, fields, self.diagnostics, "an item")
        named = [key for key in AMOUNT_KEYS if key in values]
        if len(named) > 1:
            both = " and ".join(f"`{key}`" for key in named)
            self.diagnostics.error(node, f"an item has one amount, and here are {both}")
            return None
        work = self._prescribed(name, node, _written_fields(values, named), sets)
        return None if work is None else self._led(work, values)

    def _led(self, work: Work, values: Values) -> Work:
        """The work with the cues and the spoken name of its own item."""
        exercise = work.exercise
        cues = values.get("cues")
        if isinstance(cues, Map):
            lint_cues((cues.get("form"), cues.get("motivate")), self.diagnostics)
            # Parts that are not named stay those of the exercise.
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

    def _prescribed(
        self, name: Text, node: Node, written: Written, sets: int | None
    ) -> Work | None:
        """The work a line prescribes, checked and doubted; `node` is where the line stands."""
        exercise = self.catalogue.find(name)
        if exercise is None:
            return None
        default = self._default(exercise.prescription, written)
        meant = prescribe(written, default)
        if written.sets is None and sets is not None:
            meant = meant._replace(sets=sets)
        check_prescription(meant, node, self.diagnostics)
        self._doubt(node, lint.lint_work(exercise, default, meant, written))
        return Work(exercise, meant, _source_span(name))

    def _default(self, default: Prescription, written: Written) -> Prescription:
        """The default as this workout changes it."""
        sides = default.sides._replace(first=self.first_side or default.sides.first)
        tempo = self.tempo if has_tempo(written.amount or default.amount) else None
        return default._replace(tempo=tempo or default.tempo, sides=sides)

    def _doubt(self, node: Node, found: Iterable[lint.Doubt]) -> None:
        for message, hint in found:
            self.diagnostics.warn(node, message, hint)

    def _rest(self, node: Node) -> Rest | None:
        """`- rest: 90s`."""
        lasts = PAUSE.read(node, self.diagnostics)
        if lasts is None:
            return None
        self._doubt(node, lint.lint_rest(lasts))
        return Rest(lasts)

    def _say(self, node: Node) -> Announcement | None:
        """`- say:` and a sentence."""
        text = SENTENCE.read(node, self.diagnostics)
        return None if text is None else Announcement(text)

    def _circuit(self, node: Node) -> Circuit | None:
        """`- circuit: {rounds: 3, exercises: [...]}`."""
        values = read_map(node, CIRCUIT, self.diagnostics, "a circuit")
        works = self._works(values, "a circuit", sets=1)
        self._doubt_pauses(node, values)
        rest, transition = values.get("rest"), values.get("transition")
        return Circuit(works, values.get("rounds", 1), rest, transition) if works else None

    def _superset(self, node: Node) -> Circuit | None:
        """`- superset: [...]`: the members' sets are its rounds."""
        values: Values = {"exercises": node}
        if isinstance(node, Map):
            values = read_map(node, SUPERSET, self.diagnostics, "a superset")
        works = self._works(values, "a superset", values.get("sets"))
        self._doubt_pauses(node, values)
        rounds = max((work.prescription.sets for work in works), default=1)
        rest, transition = values.get("rest"), values.get("transition")
        return Circuit(works, rounds, rest, transition, "superset") if works else None

    def _emom(self, node: Node) -> Emom | None:
        """`- emom: {minutes: 10, exercises: [...]}`."""
        values = read_map(node, EMOM, self.diagnostics, "an emom")
        works = self._works(values, "an emom", sets=1)
        if not works or "minutes" not in values:
            return None
        return Emom(works, values["minutes"], values.get("every", 60_000))

    def _tabata(self, node: Node) -> Tabata | None:
        """`- tabata: [...]`: names only, since the clock says how much."""
        values: Values = {"exercises": node}
        if isinstance(node, Map):
            values = read_map(node, TABATA, self.diagnostics, "a tabata")
        one = values.get("exercises")
        if isinstance(one, Text):
            values["exercises"] = List(one.page, one.line, one.column, one.width, (one,))
        found = [self._tabata_name(name) for name in self._members(values, "a tabata")]
        exercises = tuple(exercise for exercise in found if exercise is not None)
        if not exercises:
            return None
        self._doubt_pauses(node, values)
        work, off = values.get("work", 20_000), values.get("rest", 10_000)
        return Tabata(exercises, values.get("rounds", 8), work, off, _source_span(node))

    def _tabata_name(self, node: Node) -> Exercise | None:
        if isinstance(node, Text):
            return self.catalogue.find(node)
        hint = "other times: `tabata: {rounds: 8, work: 20s, rest: 10s, exercises: [...]}`"
        self.diagnostics.error(node, "a tabata takes names alone: the clock says how much", hint)
        return None

    def _works(self, values: Values, what: str, sets: int | None = None) -> tuple[Work, ...]:
        """The exercises inside of something larger."""
        found: list[Work] = []
        for node in self._members(values, what):
            work = self._work(node, sets)
            if work is not None:
                found.append(work)
                self._doubt(node, lint.lint_order(found, len(found) - 1))
        return tuple(found)

    def _doubt_pauses(self, node: Node, values: Values) -> None:
        """Doubts about the pauses of a circuit and the like, each where it stands."""
        for name in ("rest", "transition"):
            where = node.get(name) if isinstance(node, Map) else None
            if where is not None:
                self._doubt(where, lint.lint_rest(values.get(name)))

    def _members(self, values: Values, what: str) -> tuple[Node, ...]:
        node = values.get("exercises")
        return () if node is None else self._list(node, f"`exercises` of {what}")


SPECIAL: dict[str, Callable[[ItemReader, Node], Item | None]] = {
    "rest": ItemReader._rest,
    "say": ItemReader._say,
    "circuit": ItemReader._circuit,
    "superset": ItemReader._superset,
    "tabata": ItemReader._tabata,
    "emom": ItemReader._emom,
}
"""Keys of items that are no names of exercises."""


def _source_span(node: Node) -> SourceSpan:
    return SourceSpan(node.line, node.column, node.width)


def _written_fields(values: Values, named: list[str]) -> Written:
    """What the fields say, in the form that a line has."""
    order, first, limb = values.get("sides", (None, None, None))
    top, bottom = values.get("pause", (None, None))
    amount: Amount | None = values[named[0]] if named else None
    return Written(
        sets=values.get("sets"),
        amount=amount,
        order=order,
        limb=limb,
        first=first,
        tempo=values.get("tempo"),
        pause_top=top,
        pause_bottom=bottom,
        finisher=values.get("pulses"),
        load=values.get("load"),
        rest=values.get("rest"),
    )
