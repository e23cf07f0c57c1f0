"""Reads the items of a routine, with one method for each form of item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audioworkout.model.items import works_in
from audioworkout.model.routine import Announcement, Block, BlockKind, Item, Rest, Work
from audioworkout.names import did_you_mean, join_choices
from audioworkout.notation import Group, PartialPrescription, Words, reads_as_line
from audioworkout.notation.partial import BareTime
from audioworkout.reading import blocks, lint, loose_keys, one_line, outline
from audioworkout.reading.catalogue import unknown_exercise
from audioworkout.reading.field_types import LINE, NOTE, PAUSE, SENTENCE, Values, read_map
from audioworkout.reading.fields import AMOUNT, BLOCK, ITEM
from audioworkout.reading.headings import BLOCK_KINDS, Heading, mend_heading, read_heading
from audioworkout.reading.misspelling import Misspellings
from audioworkout.reading.nodes import (
    List,
    Map,
    Node,
    Text,
    cut_text,
    describe_node,
    join_places,
    key_of,
)
from audioworkout.reading.splitting import (
    Parts,
    is_misspelt,
    known_within,
    move_word_to_name,
    split_known,
    split_unknown,
)
from audioworkout.reading.vocabularies import load_vocabulary
from audioworkout.reading.works import OUTSIDE, BlockContext, WorkReader, span_of
from audioworkout.units import Ms

ITEM_HINT = "an item is `- side lunges`, `- side lunges: 3x8 per side` or `- rest: 60s`"


LISTS = ("`exercises`", "`warm_up`", "`cool_down`")
"""What may also be a mapping of names to amounts."""


class ItemReader:
    """Reads items: blocks, rests and announcements itself, works with `works`."""

    def __init__(self, works: WorkReader) -> None:
        self.catalogue = works.catalogue
        self.diagnostics = works.diagnostics
        self.works = works
        self._keys = Misspellings((*SPECIAL, *BLOCK_KINDS))
        self.rests: dict[str, Ms] = {}
        """What items say of all pauses: `rest between sets: 60s`."""

    def items(self, node: Node, what: str, member: BlockContext = OUTSIDE) -> tuple[Item, ...]:
        """Read the items of a list; those that are wrong are reported and left out."""
        found: list[Item] = []
        knows = self.catalogue.knows
        nodes = [
            outline.strip_number(
                one if isinstance(one, Text) and knows(one.value) else outline.split_quoted(one)
            )
            for one in self._list(node, what)
        ]
        for one, made in self._read_nodes(nodes, member):
            for item in made:
                found.append(item)
                self.diagnostics.warn_all(one, lint.lint_order(found, len(found) - 1))
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
            key = Text(*node[:4], "superset")
            members = join_places(node, together)
            block = self._block(Heading("superset", {}), key, members, member)
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
        several = (
            one_line.read_several(node, self.catalogue.knows) if isinstance(node, Text) else None
        )
        if isinstance(several, one_line.Several):
            return tuple(item for one in several.items for item in self._items_of(one, member))
        if several is not None and isinstance(node, Text):
            block = self._block(several.heading, node, several.members, member)
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
        if value is None and name.lower() == "stretch":
            return None  # an exercise of one's own
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
            value = join_places(value, one_line.split_members(value, self.catalogue.knows))
        if isinstance(value, Map):
            value = outline.list_mapping(value)
        stretches = outline.is_stretching(name)
        if isinstance(value, List) and (stretches or name.lower().startswith("cool")):
            value = self._name_stretches(value, of_known=stretches)
        return (said, *self.items(value, f"`{name}`", member))

    def _name_stretches(self, node: List, *, of_known: bool) -> List:
        """The items of a part of stretches, muscles by the names of their stretches."""
        knows = self.catalogue.knows
        items = (outline.name_stretch(one, knows, of_known=of_known) for one in node.items)
        return node._replace(items=tuple(items))

    def _list(self, node: Node, what: str) -> tuple[Node, ...]:
        if isinstance(node, Map) and node.pairs and what in LISTS:
            node = outline.list_mapping(node)
        if isinstance(node, Text) and what in LISTS:
            members = one_line.split_members(node, self.catalogue.knows)
            node = join_places(node, members) if len(members) > 1 else node
        if not isinstance(node, List):
            glued = isinstance(node, Text) and re.match(r"-\w", node.value)
            hint = "a space stands behind each `-`, like `- plank`" if glued else ITEM_HINT
            message = f"{what} is a list, and this is {describe_node(node)}"
            self.diagnostics.error(node, message, hint)
            return ()
        if not node.items:
            self.diagnostics.error(node, f"{what} is empty", ITEM_HINT)
        if what == "`cool_down`":
            node = self._name_stretches(node, of_known=False)
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
        text, knows = node.value, self.catalogue.knows
        if group := one_line.read_group(node):
            return self._block(group.heading, node, group.members, member)
        if text.strip().lower() == "rest" and member.depth:
            return Rest(blocks.WHOLE_ROUND)  # its turn among members that alternate
        if knows(text) or self._heading(node):
            return self._bare(node, member)
        if (glued := _GLUED.fullmatch(text)) and knows(glued["name"]):
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
        vocabulary = load_vocabulary(node.page.language)
        if one_line.is_unnamed_run(node, vocabulary):
            run = self.catalogue.named("run") if vocabulary is not None else None
            message = "no exercise is named: it is taken as a run"
            self.diagnostics.warn(node, message, f"write `{run.name if run else 'run'}: {text}`")
            return self._named(node._replace(value="run"), node, member)
        return self._named_in_text(node, member)

    def _named_in_text(self, node: Text, member: BlockContext) -> Item | None:
        """Read a text that is a name with its line, or a block with its member."""
        text, knows = node.value, self.catalogue.knows
        if node.plain and (name := one_line.read_death_by(node, knows)) is not None:
            return self._death_by(name, node, member)
        vocabulary = load_vocabulary(node.page.language)
        parts = split_known(text, knows, vocabulary)
        if parts is None and node.plain and reads_as_line(text, vocabulary=vocabulary):
            self.diagnostics.error(node, "no exercise is named", f"write it first: `plank: {text}`")
            return None
        if parts is None and node.plain:
            headed = one_line.read_headed(node, knows)
            if headed is not None:
                return self._block(headed.heading, node, headed.members, member)
            parts = self._split_unknown(text, vocabulary)
        return (
            self._named(*_name_and_line(node, parts), member) if parts else self._bare(node, member)
        )

    def _death_by(self, name: Text, node: Text, member: BlockContext) -> Block | None:
        """`death by burpees`: one rep in the first minute, two in the second, and so on."""
        exercise = self.catalogue.named(name.value)
        if exercise is None:
            return None
        most = blocks.count_filling_rounds(exercise.prescription.tempo.beat)
        heading = Heading("emom", {"rounds": tuple(range(1, most + 1))})
        message = f"taken as an emom of 1, 2, 3 up to {most} reps, which fill a minute"
        self.diagnostics.warn(
            node, message, f"write `emom: {{rounds: [1, 2, 3], exercises: [{name.value}]}}`"
        )
        return self._block(heading, node, name, member)

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
        if isinstance(node, Map):
            node = loose_keys.rename_item_keys(node, self._is_held(node))
        if isinstance(node, Map) and node.get("exercise") is not None:
            return self._long(node, member)
        if isinstance(node, Map) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            if isinstance(value, Text):
                headed = one_line.read_block_in_line(key, value, self.catalogue.knows)
                if headed is not None:
                    return self._block(headed.heading, key, headed.members, member)
            return self._named(*node.pairs[0], member)
        self._no_item(node)
        return None

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
        knows = self.catalogue.knows
        if " - " in node.value and (
            not knows(node.value) or all(map(knows, node.value.split(" - ")))
        ):
            self.diagnostics.error(
                node, "two items in one", "every `-` stands below the one above it"
            )
            return None
        if node.value.lower() in SPECIAL or self._heading(node):
            self.diagnostics.error(node, f"`{node.value}` says no more here", ITEM_HINT)
            return None
        if self._is_misspelt_key(node):
            return None
        return self.works.prescribe_line(node, node, PartialPrescription(), member)

    def _named(self, key: Text, value: Node, member: BlockContext) -> Item | None:
        """`- side lunges: 3x8 per side`, or its fields in place of the line."""
        if not isinstance(value, Text):
            if isinstance(value, Map):
                value = loose_keys.rename_item_keys(value, self._is_held(key))
            return self._structured(key, value, member)
        knows = self.catalogue.knows
        if not knows(key.value) and knows(value.value) and reads_as_line(key.value):
            key, value = value, key  # `4 sets, 12 reps: leg press`
        if not self.catalogue.knows(key.value):
            if self._is_misspelt_key(key):
                return None
            vocabulary = load_vocabulary(key.page.language)
            parts = split_known(key.value, self.catalogue.knows, vocabulary)
            whole = f"{parts.line}, {value.value}" if parts else ""
            if parts is not None and key.plain and reads_as_line(whole, False, vocabulary):
                key, _ = _name_and_line(key, parts)
                value = value._replace(value=whole)
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
        return self.works.prescribe_line(key, value, partial, member)

    def _is_held(self, named: Node) -> bool:
        """Whether the exercise of a name, or of an item in its long form, is held."""
        name = named.get("exercise") or named.get("name") if isinstance(named, Map) else named
        exercise = self.catalogue.named(name.value) if isinstance(name, Text) else None
        return exercise is not None and exercise.timed == "hold"

    def _alternating(
        self, key: Text, value: Text, partial: PartialPrescription, member: BlockContext
    ) -> Block | None:
        """`8x30s hard / 90s easy`: stretches of one exercise that run on into each other.

        `5 min easy, 8x(1 min hard, 1 min easy)` is a stretch and a block of them.
        """
        single = len(partial.groups) == 1
        made: list[Item] = []
        for group in partial.groups:
            depth = member.depth + 1 if single or group.times is None else member.depth + 2
            works = self._stretches(key, value, partial, group, BlockContext(depth, 1))
            if works is None:
                return None
            if single or group.times is None:
                made += works
            else:
                made.append(Block("repeat", works, group.times, place=span_of(key)))
        times = partial.groups[0].times or 1 if single else 1
        return Block("repeat", tuple(made), times, place=span_of(key))

    def _stretches(
        self,
        key: Text,
        value: Text,
        partial: PartialPrescription,
        group: Group,
        inside: BlockContext,
    ) -> tuple[Work, ...] | None:
        """A work for each amount of a group, with its own effort."""
        works = []
        for entry in group.entries:
            one = Group((entry._replace(effort=()),))
            line = replace(partial, groups=(one,), effort=entry.effort, rest=None, remarks=())
            work = self.works.prescribe_line(key, value, line, inside)
            if work is None:
                return None
            works.append(work)
        return tuple(works)

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
            return self.works.read_fields(key, value, AMOUNT, member)
        else:
            self.diagnostics.error(
                value, f"an amount is a line, and this is {describe_node(value)}", ITEM_HINT
            )
        return None

    def _long(self, node: Map, member: BlockContext) -> Work | None:
        """The long form."""
        name = node.get("exercise")
        if isinstance(name, Text) and not name.empty:
            return self.works.read_fields(name, node, ITEM, member)
        self.diagnostics.error(name or node, "`exercise` is the name of an exercise")
        return None

    def _rest(self, node: Node) -> Rest | None:
        """`- rest: 90s`."""
        lasts = PAUSE.read(node, self.diagnostics)
        if lasts is None:
            return None
        self.diagnostics.warn_all(node, lint.lint_rest(lasts))
        return Rest(lasts)

    def _say(self, node: Node) -> Announcement | None:
        """`- say:` and a sentence."""
        text = SENTENCE.read(node, self.diagnostics)
        return None if text is None else Announcement(text)

    def _note(self, node: Node) -> Announcement | None:
        """`- note:` and a text that is shown but not spoken."""
        text = NOTE.read(node, self.diagnostics)
        return None if text is None else Announcement(text, spoken=False)

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
        if heading.kind == "amrap" and isinstance(values.get("rounds"), int):
            return self._several_amraps(heading, values, key, node, member)
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

    def _several_amraps(
        self, heading: Heading, values: Values, key: Text, node: Node, member: BlockContext
    ) -> Block | None:
        """`2 x AMRAP 5 min, 2 min rest`: rounds of an amrap each, with the rest between them."""
        minutes = values.get("minutes", values.get("work"))  # `5 min, 2 min rest` is work and rest
        inner = Heading("amrap", {"minutes": minutes} if minutes else {})
        members = values.get("exercises", node)
        one = self._block(inner, key, members, BlockContext(member.depth + 1, 1))
        if one is None:
            return None
        outer: Values = {name: values[name] for name in ("rounds", "rest") if name in values}
        return blocks.finish_block("rounds", outer, (one,), key, self.diagnostics)

    def _block_fields(self, node: Node, name: str) -> Values:
        """The fields of a block; a list, a name or names with amounts are taken as its members."""
        if isinstance(node, Map) and not any(key_of(key) in BLOCK_KEYS for key, _ in node.pairs):
            keys = [key for key, _ in node.pairs]
            if any(self._is_item(key) for key in keys):
                pairs = [Map(*node[:4], (pair,)) for pair in node.pairs]
                return {"exercises": join_places(node, pairs)}
        if isinstance(node, Map):
            values = read_map(node, BLOCK, self.diagnostics, name)
        else:
            values = {"exercises": node}
        one = values.get("exercises")
        if isinstance(one, Text) and not one.empty:
            members, said = one_line.split_fields(one, self.catalogue.knows)
            values = said | values
            values["exercises"] = join_places(one, members)
        return values

    def _is_item(self, key: Text) -> bool:
        """True if a key is an item, and not a misspelt field."""
        known = self.catalogue.entry(key.value) is not None
        return known or key.value.lower() in SPECIAL or read_heading(key.value) is not None

    def _doubt_pauses(self, node: Node, values: Values) -> None:
        """Report warnings about the pauses of a block."""
        for name in ("rest", "transition"):
            where = node.get(name) if isinstance(node, Map) else None
            if where is not None:
                self.diagnostics.warn_all(where, lint.lint_rest(values.get(name)))


SPECIAL: dict[str, Callable[[ItemReader, Node], Item | None]] = {
    "rest": ItemReader._rest,
    "say": ItemReader._say,
    "note": ItemReader._note,
}
"""Keys of items that are neither exercises nor headings of blocks."""
BLOCK_KEYS = frozenset(field.name for field in BLOCK)
_GLUED = re.compile(r"(?P<name>[^:]*[^:\s]):(?P<line>[^:\s][^:]*)")
_TOLD = re.compile(r"(?P<key>say|note)\s+(?P<text>\S.*)", re.IGNORECASE)
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
    return BlockContext(depth, sets, amounts, work, kind == "tabata", kind == "for time")


def _segments_of(partial: PartialPrescription) -> bool:
    """Whether the amounts are times with efforts of their own and no rest between them."""
    if not partial.groups or partial.rest != 0 or partial.sets is not None:
        return False
    entries = [entry for group in partial.groups for entry in group.entries]
    return len(entries) > 1 and all(isinstance(e.amount, BareTime) and e.effort for e in entries)
