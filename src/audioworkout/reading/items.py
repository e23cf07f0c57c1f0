"""Reads the items of a routine, with one method for each form of item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from audioworkout.model.items import works_in
from audioworkout.model.routine import Announcement, Block, BlockKind, Item, Rest, SourceSpan, Work
from audioworkout.names import did_you_mean, join_choices
from audioworkout.notation import (
    Entry,
    Group,
    NotationError,
    PartialPrescription,
    Words,
    parse_line,
    reads_as_line,
)
from audioworkout.notation.partial import BareCount, BareDistance, BareTime, RawAmount
from audioworkout.reading import blocks, lint, outline
from audioworkout.reading.amounts import apply_exact, partial_of, set_of
from audioworkout.reading.catalogue import Catalogue, unknown_exercise
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercises import lint_cues
from audioworkout.reading.field_types import (
    LINE,
    NOTE,
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
    BLOCK,
    BY_SET,
    CUES,
    ITEM,
)
from audioworkout.reading.headings import BLOCK_KINDS, Heading, mend_heading, read_heading
from audioworkout.reading.misspelling import Misspellings
from audioworkout.reading.nodes import List, Map, Node, Text, cut_text, describe_node, key_of
from audioworkout.reading.prescribe import LEAST_METRES, prescribe
from audioworkout.reading.splitting import (
    MOST_SPLIT_WORDS,
    Parts,
    is_misspelt,
    known_within,
    move_word_to_name,
    split_known,
    split_unknown,
)
from audioworkout.reading.vocabularies import load_vocabulary
from audioworkout.units import Ms

ITEM_HINT = "an item is `- side lunges`, `- side lunges: 3x8 per side` or `- rest: 60s`"


class BlockContext(NamedTuple):
    """What an item takes from the block around it; `depth` is 0 outside blocks.

    `sets` is used if the line has none; `amounts` (one a round) and `work` (ms), if the line has no
    amount; `bare`: it needs no amount.
    """

    depth: int = 0
    sets: int | None = None
    amounts: tuple[int, ...] = ()
    work: Ms | None = None
    bare: bool = False


OUTSIDE = BlockContext()
LISTS = ("`exercises`", "`warm_up`", "`cool_down`")
"""What may also be a mapping of names to amounts."""


class ItemReader:
    """Reads items. `tempo` and `first_side` replace those of the exercises' defaults.

    `breath` is the length of a calm breath (ms) if the line does not give one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        diagnostics: Diagnostics,
        tempo: Tempo | None = None,
        first_side: Side | None = None,
        breath: Ms = USUAL_BREATH,
    ) -> None:
        self.catalogue = catalogue
        self.diagnostics = diagnostics
        self.tempo = tempo
        self.first_side = first_side
        self._keys = Misspellings((*SPECIAL, *BLOCK_KINDS))
        self.breath = breath
        self.rests: dict[str, Ms] = {}
        """What items say of all pauses: `rest between sets: 60s`."""

    def items(self, node: Node, what: str, member: BlockContext = OUTSIDE) -> tuple[Item, ...]:
        """Read the items of a list; those that are wrong are reported and left out."""
        found: list[Item] = []
        nodes = [outline.strip_number(one) for one in self._list(node, what)]
        for one, made in self._read_nodes(nodes, member):
            for item in made:
                found.append(item)
                self._doubt(one, lint.lint_order(found, len(found) - 1))
        return tuple(found)

    def _read_nodes(
        self, nodes: Sequence[Node], member: BlockContext
    ) -> Iterator[tuple[Node, tuple[Item, ...]]]:
        """Every node with the items that it stands for: of `A1` and `A2` one superset."""
        at = 0
        while at < len(nodes):
            node = nodes[at]
            label = outline.read_label(node)
            if label is None or self._is_named(node, label, nodes[at + 1 : at + 2]):
                yield node, self._items_of(node, member)
                at += 1
                continue
            together = [label.item]
            while not label.alone and at + len(together) < len(nodes):
                other = outline.read_label(nodes[at + len(together)])
                if other is None or other.superset != label.superset or other.alone:
                    break
                together.append(other.item)
            at += len(together)
            if len(together) == 1:
                yield label.item, self._items_of(label.item, member)
                continue
            place = (node.page, node.line, node.column, node.width)
            key = Text(*place, "superset")
            heading = Heading("superset", {})
            block = self._block(heading, key, List(*place, tuple(together)), member)
            yield node, () if block is None else (block,)

    def _is_named(self, node: Node, label: outline.Label, following: Sequence[Node]) -> bool:
        """Whether the letter is a name, as `C2` is, and the next item has no such letter."""
        key = node.pairs[0][0] if isinstance(node, Map) else node
        other = outline.read_label(following[0]) if following else None
        alike = other is not None and other.superset == label.superset
        return isinstance(key, Text) and self.catalogue.knows(key.value) and not alike

    def _items_of(self, node: Node, member: BlockContext) -> tuple[Item, ...]:
        """The items of one node: several of a section, or of a text that holds several."""
        rest = outline.usual_rest(node)
        if rest is not None and not member.depth:
            lasts = PAUSE.read(rest[1], self.diagnostics)
            if lasts is not None:
                self.rests[rest[0]] = lasts
            return ()
        section = self._section(node, member)
        if section is not None:
            return section
        several = self._several(node) if isinstance(node, Text) else None
        if several is not None and several.times == 0:
            return tuple(item for one in several.items for item in self._items_of(one, member))
        if several is not None and isinstance(node, Text):
            place = (node.page, node.line, node.column, node.width)
            heading = Heading("repeat", {"rounds": several.times})
            block = self._block(heading, node, List(*place, several.items), member)
            return () if block is None else (block,)
        item = self._item(node, member)
        return () if item is None else (item,)

    def _section(self, node: Node, member: BlockContext) -> tuple[Item, ...] | None:
        """`Warm-up:` and its items, or alone; None where a node is none."""
        key, value = (
            node.pairs[0] if isinstance(node, Map) and len(node.pairs) == 1 else (node, None)
        )
        name = outline.read_section(key.value) if isinstance(key, Text) else ""
        if not name or not isinstance(key, Text) or self.catalogue.knows(key.value):
            return None
        said = Announcement(f"{name[0].upper()}{name[1:]}.")
        if value is None or (isinstance(value, Text) and value.empty):
            message = f"`{name}` is taken as the heading of what follows: it is said"
            self.diagnostics.warn(
                key, message, "items of its own stand beneath it: `warm up: [...]`"
            )
            return (said,)
        if isinstance(value, Text):
            if reads_as_line(value.value):
                return None  # so long, of what it is called
            parts = self._members_in(value)
            value = List(value.page, value.line, value.column, value.width, parts)
        if isinstance(value, Map):
            value = outline.list_mapping(value)
        return (said, *self.items(value, f"`{name}`", member))

    def _several(self, node: Text) -> outline.Several | None:
        """The items of a text that holds several, each with its own amount."""
        if not node.plain or _GROUP.fullmatch(node.value) or self.catalogue.knows(node.value):
            return None
        if split_known(node.value, self.catalogue.knows) is not None:
            return None
        return outline.split_items(node, self._is_sized_item)

    def _is_sized_item(self, text: str) -> bool:
        """Whether a text is a known name with its amount."""
        parts = split_known(text, self.catalogue.knows)
        return parts is not None and reads_as_line(parts.line)

    def _list(self, node: Node, what: str) -> tuple[Node, ...]:
        if isinstance(node, Map) and node.pairs and what in LISTS:
            node = outline.list_mapping(node)
        if not isinstance(node, List):
            self.diagnostics.error(
                node, f"{what} is a list, and this is {describe_node(node)}", ITEM_HINT
            )
            return ()
        if not node.items:
            self.diagnostics.error(node, f"{what} is empty", ITEM_HINT)
        return node.items

    def _item(self, node: Node, member: BlockContext) -> Item | None:
        """Read an item of any form."""
        if isinstance(node, Map) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            special = SPECIAL.get(key.value.lower())
            if special is not None:
                return special(self, value)
            if outline.is_rest(key.value) and not self.catalogue.knows(key.value):
                return self._rest(value)
            heading = self._heading(key)
            if heading is not None:
                return self._block(heading, key, value, member)
            if isinstance(value, Text) and value.empty:
                return self._text(key, member)
        if isinstance(node, Text):
            return self._text(node, member)
        return self._work(node, member)

    def _text(self, node: Text, member: BlockContext) -> Item | None:
        """Read an item in one text: a name alone or with its line, a rest, a sentence, a group."""
        text = node.value
        if group := _GROUP.fullmatch(text):
            return self._group(node, group, member)
        if text.strip().lower() == "rest" and member.depth:
            return self._turn_of_rest(node)
        if self.catalogue.knows(text) or self._heading(node):
            return self._bare(node, member)
        if (glued := _GLUED.fullmatch(text)) and self.catalogue.knows(glued["name"]):
            mended = f"{glued['name']}: {glued['line']}"
            message = "a space must stand behind `:`"
            self.diagnostics.error(node, message, f"write `{mended}`", mended)
            return None
        if told := _TOLD.fullmatch(text):
            return SPECIAL[told["key"].lower()](self, cut_text(node, told.start("text"), None))
        if (rest := outline.rest_within(node)) is not None:
            return self._rest(rest)
        if outline.is_rest(text):
            hint = "write `- rest: 60s`"
            self.diagnostics.error(node, f"nothing says how long `{text}` lasts", hint)
            return None
        if (run := self._unnamed_run(node)) is not None:
            return self._named(run, node, member)
        vocabulary = load_vocabulary(node.page.language)
        parts = split_known(text, self.catalogue.knows, vocabulary)
        if parts is None and node.plain and (block := self._headed(node, member)) is not None:
            return block
        if parts is None and node.plain:
            parts = self._split_unknown(text, vocabulary)
        return (
            self._named(*_name_and_line(node, parts), member) if parts else self._bare(node, member)
        )

    def _unnamed_run(self, node: Text) -> Text | None:
        """`run` before `6x400 m, 90s jog`, which names only what fills the rests; else None."""
        words = node.value.lower().split()
        if not node.plain or not any(word.strip(",;") in ("jog", "walk") for word in words):
            return None
        try:
            partial = parse_line(node.value)
        except NotationError:
            return None
        amounts = [entry.amount for group in partial.groups for entry in group.entries]
        far = bool(amounts) and all(isinstance(one, BareDistance) for one in amounts)
        if partial.rest_exercise not in ("jog", "walk") or not far:
            return None
        message = "no exercise is named: it is taken as a run"
        self.diagnostics.warn(node, message, f"write `run: {node.value}`")
        return node._replace(value="run")

    def _headed(self, node: Text, member: BlockContext) -> Block | None:
        """`tabata squats`, `100 burpees for time`: a block and its only member in one text."""
        words = [match.span() for match in re.finditer(r"\S+", node.value)]
        if len(words) > MOST_SPLIT_WORDS:
            return None
        for count in range(len(words) - 1, 0, -1):
            for start, end in ((0, count), (len(words) - count, len(words))):
                heading = self._whole_heading(node.value[words[start][0] : words[end - 1][1]])
                if heading is None:
                    continue
                left = (end, len(words)) if start == 0 else (0, start)
                inner = cut_text(node, words[left[0]][0], words[left[1] - 1][1])
                inner = inner._replace(value=inner.value.strip(" ,;:-"))
                knows = self.catalogue.knows
                if (
                    knows(inner.value)
                    or self._is_sized_item(inner.value)
                    or self._members_in(inner) != (inner,)
                ):
                    return self._block(heading, node, inner, member)
        return None

    def _whole_heading(self, text: str) -> Heading | None:
        """The heading of a block that a text alone makes, and nothing else can be."""
        heading = read_heading(text.strip(" ,;:-"))
        if heading is None or heading.kind not in ("tabata", "emom", "amrap", "for time", "every"):
            return None
        if heading.kind in ("amrap", "emom") and not re.search(r"\d\W*(?:[smh]|x)|x\W*\d", text):
            return None  # `AMRAP 10` within a line may be reps
        timed = {"minutes", "rounds"} & heading.values.keys()
        return heading if timed or heading.kind in ("tabata", "for time") else None

    def _split_unknown(self, text: str, vocabulary: Words | None) -> Parts | None:
        """Split an unknown name from its line.

        If the text has a known name and a misspelt word of a line, returns that name and the line
        with the mistake. None if the whole text is a name.
        """
        known = known_within(text, self.catalogue.knows)
        parts = split_unknown(text, vocabulary)
        if parts is None:
            return known if known and any(map(str.isdigit, known.line)) else None
        within = known_within(parts.name, self.catalogue.knows)
        if known and within and any(is_misspelt(word) for word in within.line.split()):
            return known
        return parts

    def _heading(self, key: Text) -> Heading | None:
        """The heading of a block, unless there is an exercise of that name.

        No built-in name with letters reads as a heading, so the catalogue's files need not be
        searched for one: that would take as long as all other reading.
        """
        heading = read_heading(key.value)
        if heading is None:
            return None
        letters = any(map(str.isalpha, key.value))
        knows = self.catalogue.is_own if letters else self.catalogue.knows
        return None if knows(key.value) else heading

    def _work(self, node: Node, member: BlockContext) -> Item | None:
        """A name with its line, or the long form."""
        if isinstance(node, Map) and node.get("exercise") is not None:
            return self._long(node, member)
        if isinstance(node, Map) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            if isinstance(value, Text) and (block := self._line_block(key, value, member)):
                return block
            return self._named(*node.pairs[0], member)
        self._no_item(node)
        return None

    def _line_block(self, key: Text, value: Text, member: BlockContext) -> Block | None:
        """A block in a line: `squats: tabata`, `wall balls: 150 for time`, `run/walk: 60s/90s`."""
        place = (value.page, value.line, value.column, value.width)
        if not self.catalogue.knows(key.value):
            return self._taking_turns(key, value, member)
        if reads_as_line(value.value):
            return None
        heading = self._whole_heading(value.value)
        if heading is not None:
            return self._block(heading, key, key, member)
        for count in range(1, 6):
            words = value.value.rsplit(None, count)
            heading = self._whole_heading(" ".join(words[1:])) if len(words) > count else None
            if heading is not None and reads_as_line(words[0].strip(" ,")):
                line = value._replace(value=words[0].strip(" ,"))
                return self._block(
                    heading, key, List(*place, (Map(*place, ((key, line),)),)), member
                )
        return None

    def _taking_turns(self, key: Text, value: Text, member: BlockContext) -> Block | None:
        """`run/walk: 8 x 60s/90s`: two names, and a time for each."""
        match = _TURNS.fullmatch(value.value)
        names = [name.strip() for name in key.value.split("/")]
        if match is None or len(names) != 2 or not all(map(self.catalogue.knows, names)):
            return None
        place = (value.page, value.line, value.column, value.width)
        times = [value._replace(value=match[part]) for part in ("one", "two")]
        items = tuple(
            Map(*place, ((key._replace(value=name), time),))
            for name, time in zip(names, times, strict=True)
        )
        rounds = int(match["before"] or match["after"] or 1)
        return self._block(Heading("repeat", {"rounds": rounds}), key, List(*place, items), member)

    def _no_item(self, node: Node) -> None:
        """Report a node that is not an item."""
        message, hint = (
            f"an item is a name or a name with its amount, not {describe_node(node)}",
            "",
        )
        if isinstance(node, Map) and len(node.pairs) > 1:
            name, other = (key.value for key, _ in node.pairs[:2])
            message = "an item says one thing, and here are several keys"
            hint = f"write the long form: `exercise: {name}` and its keys beneath"
            if name.lower() in SPECIAL or read_heading(name):
                hint = f"`{other}` belongs to `{name}`: indent it two spaces more"
        self.diagnostics.error(node, message, hint or ITEM_HINT)

    def _bare(self, node: Text, member: BlockContext) -> Work | None:
        """`- side lunges`: the whole default."""
        if not node.value.strip():
            self.diagnostics.error(node, "an item is empty", ITEM_HINT)
            return None
        if " - " in node.value and not self.catalogue.knows(node.value):
            self.diagnostics.error(
                node, "two items in one", "every `-` stands below the one above it"
            )
            return None
        if node.value.lower() in SPECIAL or self._heading(node):
            self.diagnostics.error(node, f"`{node.value}` says no more here", ITEM_HINT)
            return None
        if self._is_misspelt_key(node):
            return None
        return self._prescribed(node, node, PartialPrescription(), member)

    def _named(self, key: Text, value: Node, member: BlockContext) -> Item | None:
        """`- side lunges: 3x8 per side`, or its fields in place of the line."""
        if not isinstance(value, Text):
            return self._structured(key, value, member)
        knows = self.catalogue.knows
        if not knows(key.value) and knows(value.value) and reads_as_line(key.value):
            key, value = value, key  # `4 sets, 12 reps: leg press`
        if not self.catalogue.knows(key.value):
            if self._is_misspelt_key(key):
                return None
            vocabulary = load_vocabulary(key.page.language)
            parts = split_known(key.value, self.catalogue.knows, vocabulary)
            if parts is not None and key.plain:
                key, line = _name_and_line(key, parts)
                value = value._replace(value=f"{line.value}, {value.value}")
        vocabulary = load_vocabulary(value.page.language)
        if parts := move_word_to_name(key.value, value.value, knows, vocabulary):
            key, value = key._replace(value=parts.name), value._replace(value=parts.line)
        partial = LINE.read(value, self.diagnostics)
        if partial is None:
            self.catalogue.find(key)  # report a wrong name even if the line is wrong
            return None
        segments = _segments_of(partial)
        if segments and member.depth < blocks.DEEPEST_BLOCK:
            return self._alternating(key, value, partial, member)
        return self._prescribed(key, value, partial, member)

    def _alternating(
        self, key: Text, value: Text, partial: PartialPrescription, member: BlockContext
    ) -> Block | None:
        """`8x30s hard / 90s easy`: stretches of one exercise that run on into each other."""
        group = partial.groups[0]
        inside = BlockContext(member.depth + 1, 1)
        works = []
        for entry in group.entries:
            one = Group((entry._replace(effort=()),))
            line = replace(partial, groups=(one,), effort=entry.effort, rest=None, remarks=())
            work = self._prescribed(key, value, line, inside)
            if work is None:
                return None
            works.append(work)
        return Block("repeat", tuple(works), group.times or 1, place=_source_span(key))

    def _is_misspelt_key(self, key: Text) -> bool:
        """Report a name that is a misspelt key of a block, a rest or the like; true if it is."""
        near = () if self.catalogue.knows(key.value) else self._keys.find(key.value)
        if near:
            message = unknown_exercise(key.value)
            fix = near[0] if len(near) == 1 else None
            self.diagnostics.error(key, message, f"did you mean {join_choices(near)}?", fix)
        return bool(near)

    def _structured(self, key: Text, value: Node, member: BlockContext) -> Work | None:
        """Read a name with its fields, or report a misspelt heading of a block."""
        amount = isinstance(value, Map) and any(key_of(one) in _OF_AMOUNT for one, _ in value.pairs)
        if not self.catalogue.knows(key.value) and not amount:
            if not self._is_misspelt_key(key):
                mended = mend_heading(key.value)
                names = (*SPECIAL, *BLOCK_KINDS, *self.catalogue.keys())
                near = f"did you mean `{mended}`?" if mended else did_you_mean(key.value, names)
                message = unknown_exercise(key.value)
                self.diagnostics.error(key, message, near or ITEM_HINT, mended)
        elif isinstance(value, Map):
            return self._fields(key, value, AMOUNT, member)
        else:
            self.diagnostics.error(
                value, f"an amount is a line, and this is {describe_node(value)}", ITEM_HINT
            )
        return None

    def _long(self, node: Map, member: BlockContext) -> Work | None:
        """The long form."""
        name = node.get("exercise")
        if isinstance(name, Text) and not name.empty:
            return self._fields(name, node, ITEM, member)
        self.diagnostics.error(name or node, "`exercise` is the name of an exercise")
        return None

    def _fields(self, name: Text, node: Map, fields: Fields, member: BlockContext) -> Work | None:
        """Fields in place of a line."""
        values = read_map(node, fields, self.diagnostics, "an item")
        named = [key for key in AMOUNT_KEYS if key in values]
        if len(named) > 1:
            both = " and ".join(f"`{key}`" for key in named)
            self.diagnostics.error(node, f"an item has one amount, and here are {both}")
            return None
        if "by_set" in values:
            values["by_set"] = self._by_set(values["by_set"])
            if not values["by_set"]:
                return None
        work = self._prescribed(name, node, partial_of(values, named), member, values)
        return None if work is None else self._led(work, values)

    def _by_set(self, node: Node) -> tuple[SetSpec, ...]:
        """Read `by_set`: each set of the long form by itself."""
        found: list[SetSpec] = []
        for one in self._list(node, "`by_set`"):
            values = read_map(one, BY_SET, self.diagnostics, "a set")
            named = [key for key in AMOUNT_KEYS if key in values]
            spec = set_of(values, named) if len(named) == 1 else None
            if spec is None:
                hint = "write it like `{reps: 5, load: 40kg}` or `{open: max in 60s}`"
                self.diagnostics.error(one, "a set has one amount", hint)
            else:
                found.append(spec)
        return tuple(found)

    def _led(self, work: Work, values: Values) -> Work:
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

    def _prescribed(
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
        sized = partial.has_amount or partial.phases is not None
        given = member.work is not None or bool(member.amounts)
        exercise = self.catalogue.find(name, sized or given)
        if exercise is None:
            return None
        exercise = self._counted_one(exercise, node, partial)
        if self._is_height(node, exercise):
            return None
        if member.bare and (partial.groups or partial.sets):
            hint = "other times: `tabata: {rounds: 8, work: 20s, rest: 10s, exercises: [...]}`"
            self.diagnostics.error(
                name, "a tabata takes names alone: the clock says how much", hint
            )
            return None
        meant = self._resolved(node, _with_amount(partial, member), exercise)
        if member.sets is not None and not _says_sets(partial) and not meant.by_set:
            meant = meant.with_sets(member.sets)
        if member.depth and partial.rest is None and not partial.rests:
            meant = meant._replace(rest=None)  # the default's rest is between the default's sets
        if values is not None:
            meant = apply_exact(meant, values)
        default = exercise.prescription
        found = lint.lint_work(exercise, default, meant, partial, inside=member.depth > 0)
        self._doubt(node, found)
        return Work(exercise, meant, _source_span(name))

    def _counted_one(
        self, exercise: Exercise, node: Node, partial: PartialPrescription
    ) -> Exercise:
        """The exercise that a name means where it has reps: `row: 10` is no machine."""
        amounts = [entry.amount for group in partial.groups for entry in group.entries]
        few = [
            isinstance(one, Reps) or (isinstance(one, BareCount) and one.high < LEAST_METRES)
            for one in amounts
        ]
        meant = COUNTED.get(exercise.key) if few and all(few) else None
        other = self.catalogue.named(meant) if meant else None
        if other is None:
            return exercise
        message = f"`{exercise.name}` with reps is taken as `{other.name}`"
        self.diagnostics.warn(node, message, f"write `{other.name}`, or a time or a distance")
        return other

    def _is_height(self, node: Node, exercise: Exercise) -> bool:
        """Tell of `24"` where it may be inches of a box; whether it may."""
        match = _INCHES.search(node.value) if isinstance(node, Text) else None
        if match is None or not any(kit.key in ("box", "step") for kit in exercise.kit):
            return False
        figure = match["figure"]
        hint = f"write `{figure} inch`, or `{figure}s` for seconds"
        self.diagnostics.error(node, f"`{match[0]}` may be inches or seconds", hint)
        return True

    def _at_breath(self, amount: Amount) -> Amount:
        """Apply the workout's breath length to an exercise's default breaths."""
        if not isinstance(amount, Breaths) or amount.every != USUAL_BREATH:
            return amount
        return replace(amount, every=self.breath)

    def _resolved(
        self, node: Node, partial: PartialPrescription, exercise: Exercise
    ) -> Prescription:
        """Resolve a line with its exercise and the workout's tempo."""
        between = self._between(node, partial)
        default = exercise.prescription
        first = self.first_side or default.sides.first
        default = default._replace(sides=default.sides._replace(first=first))
        default = default.map_amounts(self._at_breath)
        found = prescribe(partial, exercise, default, breath=self.breath, between=between)
        if self.tempo is not None and found.prescription.paced:
            default = default._replace(tempo=self.tempo)
            found = prescribe(partial, exercise, default, breath=self.breath, between=between)
        for message, hint in found.errors:
            self.diagnostics.error(node, message, hint)
        self._doubt(node, found.warnings)
        return found.prescription

    def _between(self, node: Node, partial: PartialPrescription) -> Exercise | None:
        """The exercise that fills the rests."""
        name = partial.rest_exercise
        if name is None:
            return None
        exercise = self.catalogue.named(name)
        if exercise is None:
            self.diagnostics.error(
                node, f"{unknown_exercise(name)} for the rests", "write `rest 60s`"
            )
        return exercise

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

    def _note(self, node: Node) -> Announcement | None:
        """`- note:` and a text that is shown but not spoken."""
        text = NOTE.read(node, self.diagnostics)
        return None if text is None else Announcement(text, spoken=False)

    def _turn_of_rest(self, node: Text) -> Rest:
        """`- rest` among members that alternate: as long as a round."""
        return Rest(blocks.WHOLE_ROUND)

    def _block(self, heading: Heading, key: Text, node: Node, member: BlockContext) -> Block | None:
        """Read a block from its members alone, or from its fields."""
        name = blocks.ARTICLE[heading.kind]
        if member.depth >= blocks.DEEPEST_BLOCK:
            self.diagnostics.error(
                key, f"blocks stand at most {blocks.DEEPEST_BLOCK} deep in each other"
            )
            return None
        if not blocks.check_heading(heading, key, self.diagnostics):
            return None
        fields = self._block_fields(node, name)
        for field in heading.values.keys() & fields.keys():
            self.diagnostics.error(key, f"`{field}` stands both in `{key.value}` and beneath it")
        values = heading.values | fields
        kind = blocks.settle_kind(heading, values, key, self.diagnostics)
        exercises = values.get("exercises")
        if exercises is None:
            return None
        items = self.items(
            exercises, f"`exercises` of {name}", _inside(kind, values, member.depth + 1)
        )
        self._doubt_pauses(node, values)
        if not any(works_in(items)):
            return None
        return blocks.finish_block(kind, values, items, key, self.diagnostics)

    def _block_fields(self, node: Node, name: str) -> Values:
        """The fields of a block; a list, a name or names with amounts are taken as its members."""
        if isinstance(node, Map) and not any(key_of(key) in BLOCK_KEYS for key, _ in node.pairs):
            keys = [key for key, _ in node.pairs]
            if any(self._is_item(key) for key in keys):
                place = (node.page, node.line, node.column, node.width)
                pairs = [Map(*place, (pair,)) for pair in node.pairs]
                return {"exercises": List(*place, tuple(pairs))}
        if isinstance(node, Map):
            values = read_map(node, BLOCK, self.diagnostics, name)
        else:
            values = {"exercises": node}
        one = values.get("exercises")
        if isinstance(one, Text) and not one.empty:
            parts = self._members_in(one)
            values["exercises"] = List(one.page, one.line, one.column, one.width, parts)
        return values

    def _members_in(self, text: Text) -> tuple[Text, ...]:
        """The members of a block in one text, `10 push-ups, 20 squats`; or the text itself."""
        parts = tuple(cut_text(text, *match.span()) for match in _PART.finditer(text.value))
        named = [known_within(f"{one.value} -", self.catalogue.knows) for one in parts]
        return parts if sum(one is not None for one in named) > 1 else (text,)

    def _is_item(self, key: Text) -> bool:
        """True if a key is an item, and not a misspelt field."""
        known = self.catalogue.entry(key.value) is not None
        return known or key.value.lower() in SPECIAL or read_heading(key.value) is not None

    def _group(self, node: Text, group: re.Match[str], member: BlockContext) -> Block | None:
        """`8 x (run 60s, walk 90s)` in one line."""
        start = group.start("items")
        parts = [match.span() for match in _PART.finditer(group["items"])]
        texts = tuple(cut_text(node, start + first, start + last) for first, last in parts)
        place = (node.page, node.line, node.column, node.width)
        heading = Heading("repeat", {"rounds": int(group["n"])})
        return self._block(heading, node, List(*place, texts), member)

    def _doubt_pauses(self, node: Node, values: Values) -> None:
        """Report warnings about the pauses of a block."""
        for name in ("rest", "transition"):
            where = node.get(name) if isinstance(node, Map) else None
            if where is not None:
                self._doubt(where, lint.lint_rest(values.get(name)))


SPECIAL: dict[str, Callable[[ItemReader, Node], Item | None]] = {
    "rest": ItemReader._rest,
    "say": ItemReader._say,
    "note": ItemReader._note,
}
"""Keys of items that are neither exercises nor headings of blocks."""
BLOCK_KEYS = frozenset(field.name for field in BLOCK)
_GROUP = re.compile(
    r"\s*(?P<n>\d{1,2})\s*(?:[x×]|times|rounds?(?:\s+of)?)\s*\((?P<items>[^()]+)\)\s*",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:[^,;+]|(?<=\d)\+(?=\d)|(?<=\d),(?=\d))+")
_GLUED = re.compile(r"(?P<name>[^:]*[^:\s]):(?P<line>[^:\s][^:]*)")
_TOLD = re.compile(r"(?P<key>say|note)\s+(?P<text>\S.*)", re.IGNORECASE)
_TURNS = re.compile(
    r"\s*(?:(?P<before>\d{1,2})\s*(?:x|×|rounds?(?:\s+of)?)\s*)?(?P<one>\d[\d:.]*\s*[a-z]*)\s*/\s*"
    r"(?P<two>\d[\d:.]*\s*[a-z]*)(?:\s*(?:x|×|,)\s*(?P<after>\d{1,2})(?:\s*(?:rounds?|times))?)?\s*",
    re.IGNORECASE,
)
_INCHES = re.compile(r"(?P<figure>\d{1,2})[\"”″](?=[\s,)]|$)(?!\s*(?:rest|box|step|off|on)\b)")
COUNTED = {"row": "bent-over-row"}
"""What names of running, rowing and the like mean where reps are written."""
_OF_AMOUNT = frozenset(field.name for field in AMOUNT)


def _name_and_line(node: Text, parts: Parts) -> tuple[Text, Text]:
    """The name and the line of an item as nodes with their own places."""
    at = node.value.index(parts.name)
    name = cut_text(node, at, at + len(parts.name))._replace(plain=node.plain and not parts.quoted)
    start = node.value.find(parts.line)
    if start < 0:  # text around the name: use the place of the whole item
        return name, node._replace(value=parts.line)
    return name, cut_text(node, start, start + len(parts.line))


def _inside(kind: BlockKind, values: Values, depth: int) -> BlockContext:
    """The context of a block's members."""
    rounds = values.get("rounds")
    work = values.get("work", blocks.TABATA_WORK if kind == "tabata" else None)
    sets = values.get("sets") if kind == "superset" else 1
    if kind == "superset" and isinstance(rounds, int):
        sets = rounds
    amounts = rounds if isinstance(rounds, tuple) else ()
    return BlockContext(depth, sets, amounts, work, kind == "tabata")


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


def _source_span(node: Node) -> SourceSpan:
    return SourceSpan(node.line, node.column, node.width)


def _segments_of(partial: PartialPrescription) -> bool:
    """Whether the amounts are times with efforts of their own and no rest between them."""
    if len(partial.groups) != 1 or partial.rest != 0 or partial.sets is not None:
        return False
    entries = partial.groups[0].entries
    return len(entries) > 1 and all(isinstance(e.amount, BareTime) and e.effort for e in entries)


def _says_sets(partial: PartialPrescription) -> bool:
    """True if a line names its sets."""
    groups = partial.groups
    several = len(groups) > 1 or any(len(group.entries) > 1 for group in groups)
    return several or partial.sets is not None or any(group.times for group in groups)
