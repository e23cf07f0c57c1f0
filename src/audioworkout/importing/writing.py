"""A workout as the text of a routine file, each item with the lines it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from audioworkout.importing.compose import ItemContext, compose_item, low_end, middle_time
from audioworkout.importing.facts import FREE_ROUNDS
from audioworkout.importing.outline import (
    OWN_PACE,
    BlockEntry,
    Doubt,
    Entry,
    Evidence,
    Item,
    RestEntry,
    SectionName,
    SourceWorkout,
)
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rest_places import UNSURE
from audioworkout.model.exercise import Exercise
from audioworkout.notation import parse_duration
from audioworkout.text import mask_controls
from audioworkout.units import MINUTE

LONGEST_QUOTE = 80
"""Characters of a source's line in a comment."""
MOST_PAIRED = 3
"""Exercises in one line under a label that are a superset; more are a circuit."""
FREE_WORDS = (FREE_ROUNDS, UNSURE)
"""Why rounds and rests are unsure that free words tell."""
MOST_EVIDENCE = 6
"""Lines of the source that stand before an item."""
_PLAIN_KEY = re.compile(r"[^\W\d_](?:[\w '’()/+.-]*[\w')])?$")
_PLAIN_LINE = re.compile(r"\w(?:[\w .,+×@()%/–-]|:(?=\d))*$")
_OF_EACH = frozenset({"each", "work", "reps", "time", "hold", "list"})
"""What the heading of a block says of each of its exercises."""
_OF_EACH_ITEM = _OF_EACH | {"rest", "rest_sets", "sides"}
"""What the heading of a mere group says of each of its exercises."""
_RESERVED = frozenset(
    [
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "rest",
        "say",
        "note",
        "exercise",
        "circuit",
        "superset",
        "tabata",
        "emom",
        "amrap",
        "intervals",
        "rounds",
        "repeat",
        "y",
        "n",
    ]
)


class PreviewRow(NamedTuple):
    """An item as the table on the terminal shows it."""

    name: str
    understood: str
    line: int
    doubts: tuple[Doubt, ...]
    """Those of its block first, then its own."""


class Written(NamedTuple):
    """A routine file, and its rows."""

    title: str
    text: str
    rows: tuple[PreviewRow, ...]
    doubts: tuple[Doubt, ...]
    """What is unsure about the workout as a whole."""

    @property
    def unsure(self) -> bool:
        """Whether anything in it is a guess."""
        return bool(self.doubts) or any(row.doubts for row in self.rows)


def write_routine(
    workout: SourceWorkout, title: str, language: str, level: str, origin: str, *, stated: bool
) -> Written:
    """The file of a workout. `origin` says where it came from.

    `stated`: it names its language, though it is English.
    """
    writer = _RoutineWriter(workout, title, language, level, origin)
    return writer.write(stated or language != "en")


class _RoutineWriter:
    def __init__(
        self, workout: SourceWorkout, title: str, language: str, level: str, origin: str
    ) -> None:
        self.workout = workout
        self.title = " ".join(title.split())[:80] or "Imported workout"
        self.language = language
        self.level = level
        self.origin = origin
        self.rows: list[PreviewRow] = []
        self.define: dict[str, str] = {}
        self.doubts = list(workout.doubts)
        self.around: tuple[Doubt, ...] = ()
        """What is unsure about the open block."""
        self.page: dict[str, Fact] = {}
        """What is said of all exercises, the first value of each field, in order."""
        for fact in workout.facts:
            self.page.setdefault(fact.field, fact)
        for field in ("rest", "rest_sets"):
            if "each" in self.page and field in self.page and "off" not in self.page:
                self.page["off"] = self.page.pop(field)._replace(field="off")

    def write(self, stated: bool) -> Written:
        sections = self._wrapped()
        body: list[str] = []
        for name, entries in sections.items():
            if entries:
                body.append(f"{name}:")
                for entry in entries:
                    body += self._entry(entry, "  ", False)
        head = [
            f"# {mask_controls(self.origin)}",
            "# Before each item stand the lines it was read from; `# ?` marks a guess.",
            f"title: {_quoted(self.title, _PLAIN_KEY)}",
        ]
        if stated:
            head.append(f"language: {self.language}")
        head += self._rests(any(_is_circuit(one) for one in sections["exercises"]))
        defined = [
            f"  {_quoted(name, _PLAIN_KEY)}: {{default: {_in_flow(line)}}}"
            for name, line in self.define.items()
        ]
        if defined:
            body += ["define:  # exercises that the catalogue does not know", *defined]
        text = "\n".join([*head, *body]) + "\n"
        return Written(self.title, text, tuple(self.rows), tuple(self.doubts))

    # --- the whole ---

    def _wrapped(self) -> dict[SectionName, list[Entry]]:
        """The sections; the exercises within a circuit where the source repeats them all."""
        sections = dict(self.workout.sections)
        rounds = self._rounds()
        main = sections["exercises"]
        if not main and sections["warm_up"]:
            main, sections["warm_up"] = sections["warm_up"], []
        if not main and not sections["warm_up"]:
            main, sections["cool_down"] = sections["cool_down"], []
        blocks = [one for one in main if isinstance(one, BlockEntry) and one.entries]
        paced = "each" in self.page and "off" in self.page
        if (rounds not in ("", "1") or paced) and not blocks and main:
            if not rounds:
                self._doubt("rounds", "the source tells no rounds: taken for one")
            facts = [self._rounds_fact(rounds or "1")]
            if not any(item.has_sets for item in self.workout.items()):
                self._take_rest_of_sets()
            for field in ("rest_rounds", "rest_exercises", "off", "rest"):
                if field in self.page:
                    facts.append(self.page[field])
            main = [BlockEntry(facts, main, self.workout.evidence)]
        elif rounds and (len(blocks) == 1 or not any(one.tells_rounds for one in blocks)):
            main = [self._with_rounds(one, rounds) for one in main]
            if len(blocks) > 1:
                self._doubt("rounds", "told once, and taken for each part")
        if "rest_rounds" in self.page and not any(isinstance(one, BlockEntry) for one in main):
            for field in ("rounds", "rest_rounds"):
                self._doubt(field, "a rest between rounds is told, and no rounds")
        sections["exercises"] = main
        return {
            name: [one for entry in entries for one in _without_groups(entry)]
            for name, entries in sections.items()
        }

    def _take_rest_of_sets(self) -> None:
        """Take a rest between sets for that between the rounds, where no exercise has sets."""
        if "rest_rounds" not in self.page and "rest_sets" in self.page:
            self.page["rest_rounds"] = self.page.pop("rest_sets")._replace(field="rest_rounds")

    def _with_rounds(self, entry: Entry, rounds: str) -> Entry:
        """A block that does not say how often, with the rounds that are told of all."""
        if not isinstance(entry, BlockEntry) or _is_clocked(entry):
            return entry
        if entry.value("rounds") or entry.value("more_rounds"):
            return entry
        return replace(entry, facts=[self._rounds_fact(rounds), *entry.facts])

    def _rounds_fact(self, rounds: str) -> Fact:
        """The rounds that are told of all, and why they are unsure where the words are free."""
        told = self.page.get("more_rounds") or self.page.get("rounds")
        return Fact("rounds", rounds, 41, 0, 0, told.unsure if told else "")

    def _rounds(self) -> str:
        if "more_rounds" in self.page:
            return str(int(low_end(self.page["more_rounds"].value)) + 1)
        value = self.page["rounds"].value if "rounds" in self.page else ""
        if not value and {"each", "off"} <= set(self.page):
            value = self._repeats()
        if "-" in value:
            self._doubt("rounds", f"{value} rounds: the low end is taken")
        return low_end(value)

    def _repeats(self) -> str:
        """How often work and rest are repeated, where the source says so of no circuit."""
        if "more" in self.page:
            self._doubt("rounds", "told as so many times more")
            return str(int(low_end(self.page["more"].value)) + 1)
        if "times" in self.page:
            self._doubt("rounds", "told as so many times")
            return low_end(self.page["times"].value)
        return ""

    def _doubt(self, field: str, reason: str) -> None:
        if not any(one.field == field for one in self.doubts):
            self.doubts.append(Doubt(field, reason))

    def _rests(self, in_circuit: bool) -> Iterator[str]:
        """The rests of the whole workout, as a key of the file."""
        found = {
            key: middle_time(self.page[field].value)
            for key, field in (("sets", "rest_sets"), ("exercises", "rest_exercises"))
            if field in self.page
        }
        for field in ("rest_sets", "rest_exercises"):
            told = self.page.get(field)
            if told is not None and told.unsure:
                self._doubt("rest", told.unsure)
            elif told is not None and "-" in told.value and not in_circuit:
                self._doubt("rest", f"a rest of {told.value}: the middle is taken")
        if in_circuit:
            found.pop("exercises", None)
        elif "off" in self.page and "exercises" not in found:
            found["exercises"] = middle_time(self.page["off"].value)
        own = all(
            any(fact.field.startswith("rest") for fact in item.facts)
            for item in self.workout.items()
        )
        if not found and "rest" in self.page and not (in_circuit or own):
            found = dict.fromkeys(("sets", "exercises"), middle_time(self.page["rest"].value))
            self._doubt("rest", "the source does not say between what this rest is")
        for doubt in self.doubts:
            yield f"# ? {doubt.field}: {doubt.reason}"
        if found:
            yield f"rest: {{{', '.join(f'{key}: {value}' for key, value in found.items())}}}"

    # --- entries ---

    def _entry(
        self, entry: Entry, indent: str, in_rounds: bool, clocked: bool = False
    ) -> Iterator[str]:
        if isinstance(entry, RestEntry):
            yield from _comments(entry.evidence, (), indent)
            yield f"{indent}- rest" + (f": {middle_time(entry.lasts)}" if entry.lasts else "")
        elif isinstance(entry, BlockEntry):
            yield from self._block(entry, indent)
        else:
            yield from self._item(entry, indent, in_rounds, clocked)

    def _item(self, item: Item, indent: str, in_rounds: bool, clocked: bool) -> Iterator[str]:
        composed = compose_item(item, ItemContext(self.page, in_rounds, clocked), self.level)
        name = item.name.text
        if item.name.exercise is None or _has_strange_reps(item.name.exercise, composed.line):
            if item.name.exercise is not None:
                reason = f"{item.name.exercise.name} is not done in reps: taken for another one"
                composed = composed._replace(doubts=(*composed.doubts, Doubt("name", reason)))
            self.define.setdefault(name, composed.line or "10")
        self.rows.append(
            PreviewRow(
                name,
                composed.line or "its usual amount",
                item.line,
                (*self.around, *composed.doubts),
            )
        )
        yield from _comments(item.evidence, composed.doubts, indent)
        key = _quoted(name, _PLAIN_KEY)
        line = f": {_quoted(composed.line, _PLAIN_LINE)}" if composed.line else ""
        yield f"{indent}- {key}{line}"

    def _block(self, block: BlockEntry, indent: str) -> Iterator[str]:
        if block.value("rounds_each") and len(block.entries) > 1:
            # All rounds of one exercise, then of the next: a block for each.
            for entry in block.entries:
                yield from self._block(replace(block, entries=[entry]), indent)
            return
        if _is_open_interval(block):
            yield from self._open_intervals(block, indent)
            return
        block = _with_own_rests(block)
        kind, fields, doubts = self._block_form(block)
        if kind == "superset" and "rest" in fields:
            block = _without_last_rest(block)
        self.around = tuple(_first_of_each([*block.doubts, *doubts]))
        yield from _comments(block.evidence, self.around, indent)
        yield f"{indent}- {kind}:"
        for name, value in fields.items():
            yield f"{indent}    {name}: {value}"
        yield f"{indent}    exercises:"
        clocked = kind.startswith("tabata") or "work" in fields
        page = self.page
        of_block = {fact.field: fact for fact in reversed(block.facts) if fact.field in _OF_EACH}
        self.page = page | of_block
        for entry in block.entries:
            yield from self._entry(entry, f"{indent}      ", kind != "superset", clocked)
        self.page, self.around = page, ()

    def _open_intervals(self, block: BlockEntry, indent: str) -> Iterator[str]:
        """Minutes of work on a list that is begun again and again, with rests: rounds of AMRAPs."""
        reason = "work on the list for so long: taken for as many rounds as possible in it"
        inner = replace(
            block,
            facts=[Fact("amrap", block.value("work"), 43, 0, 0)],
            evidence=[],
            doubts=[Doubt("rounds", reason), Doubt("rest_rounds", reason), *block.doubts],
        )
        for proof in block.evidence:
            yield from _comments([proof], (), indent)
        yield f"{indent}- circuit:"
        yield f"{indent}    rounds: {low_end(block.value('rounds')) or '1'}"
        yield f"{indent}    rest: {middle_time(block.value('off'))}"
        yield f"{indent}    exercises:"
        yield from self._block(inner, f"{indent}      ")

    def _block_form(self, block: BlockEntry) -> tuple[str, dict[str, str], list[Doubt]]:
        """The key of a block, its fields, and what of them is a guess."""
        value = block.value
        fields: dict[str, str] = {}
        doubts = [
            Doubt(
                "rounds" if fact.field in ("rounds", "more_rounds") else "rest_rounds", fact.unsure
            )
            for fact in block.facts
            if fact.unsure in FREE_WORDS
        ]
        rounds = value("rounds") or value("rounds_each") or value("sets") or value("tabata_rounds")
        if value("more_rounds"):
            rounds = str(int(low_end(value("more_rounds"))) + 1)
        if "-" in rounds:
            doubts.append(Doubt("rounds", f"{rounds} rounds: the low end is taken"))
            rounds = low_end(rounds)
        if value("list") and not rounds:
            fields["rounds"] = re.sub(r"\s*,\s*", "-", value("list"))
        if value("amrap") or value("amrap_minutes"):
            lasts = value("amrap") or f"{value('amrap_minutes')} min"
            return f"amrap {lasts}", {}, doubts
        if value("every"):
            return f"every {value('every')} {_count_of_every(block)}", {}, doubts
        if value("emom") or value("emom_minutes"):
            return (
                "emom",
                {"minutes": _strip_minutes(value("emom") or value("emom_minutes"))},
                doubts,
            )
        if value("tabata"):
            if rounds and rounds != "8":
                fields["rounds"] = rounds
            if value("work"):
                fields |= {"work": value("work"), "rest": value("off")}
                if fields == {"work": "20s", "rest": "10s"}:
                    fields = {}
            return "tabata", fields, doubts
        if value("fortime"):
            return (f"{rounds} rounds for time" if rounds else "for time"), fields, doubts
        rest = value("rest_rounds") or value("rest") or self._page_value("rest_rounds")
        if not rest and block.told_together and self._page_value("rest"):
            rest = self._page_value("rest")
            doubts.append(Doubt("rest_rounds", "taken as the rest between rounds"))
        pair = (
            block.told_together
            and len(block.entries) <= MOST_PAIRED
            and not (value("rounds") or value("work"))
        )
        members = [item for item in block.entries if isinstance(item, Item)]
        turns = bool(value("rounds")) and not any(
            fact.field == "sets" for item in members for fact in item.facts
        )
        if (block.letter and not turns) or value("superset") or pair:
            if rounds:
                fields["sets"] = rounds
            own = self._last_rest(members)
            if own or rest:
                fields["rest"] = middle_time(rest or own)
            if value("rest_exercises"):
                fields["transition"] = middle_time(value("rest_exercises"))
            return "superset", fields, doubts
        if rounds:
            fields["rounds"] = rounds
        own_rest = value("rest_rounds") not in ("", value("off"))
        if value("work") and not (own_rest or any(one.has_amount for one in members)):
            fields["work"] = value("work")
            fields["rest"] = value("off")
            return "intervals", fields, doubts
        between = (
            value("rest_exercises")
            or value("off")
            or self._page_value("rest_exercises")
            or self._page_value("off")
        )
        ranges = [one for one in (between, rest) if "-" in one]
        if ranges:
            doubts.append(Doubt("rest_rounds", f"a rest of {ranges[0]}: the middle is taken"))
        if between:
            fields["transition"] = middle_time(between)
        if rest:
            fields["rest"] = middle_time(rest)
            if not value("rest_rounds") and value("rest"):
                doubts.append(Doubt("rest", "taken as the rest between rounds"))
        return "circuit", fields, doubts

    def _last_rest(self, items: list[Item]) -> str:
        """The rest that the last exercise of a superset names."""
        if not items:
            return ""
        return next(
            (fact.value for fact in items[-1].facts if fact.field in ("rest", "rest_sets")), ""
        )

    def _page_value(self, field: str) -> str:
        return self.page[field].value if field in self.page else ""


def _without_last_rest(block: BlockEntry) -> BlockEntry:
    """A superset whose last exercise names no rest: it is that of the superset."""
    *others, last = block.entries
    if not others or not isinstance(last, Item):
        return block
    facts = [fact for fact in last.facts if fact.field not in ("rest", "rest_sets")]
    return replace(block, entries=[*others, replace(last, facts=facts)])


def _has_strange_reps(exercise: Exercise, line: str) -> bool:
    """Whether a line counts reps of what is run or swum, and the catalogue has no other by it."""
    reps = re.match(r"(?:\d+ ?x ?)?\d{1,2}(?:-\d+)?(?=,|$| per| reps)", line)
    return exercise.travels == "own pace" and not exercise.counted and bool(reps)


def _is_open_interval(block: BlockEntry) -> bool:
    """Whether each exercise of a block with minutes of work and rest has its own count of reps."""
    members = [one for one in block.entries if isinstance(one, Item)]
    return (
        bool(block.value("work") and block.value("off") and len(members) > 1)
        and not _is_clocked(block)
        and parse_duration(low_end(block.value("work"))) >= MINUTE
        and all(one.has_amount and not one.has_sets for one in members)
    )


def _with_own_rests(block: BlockEntry) -> BlockEntry:
    """A block of rounds with the rests that stand among its exercises as its own.

    A rest behind the last exercise alone is that between the rounds; the same one behind each is
    that between the exercises as well.
    """
    if not (block.value("rounds") or block.value("sets")) or block.letter or _is_clocked(block):
        return block
    entries = [*_rests_apart(block.entries)]
    rests = [one for one in entries if isinstance(one, RestEntry)]
    last = entries[-1]
    if not rests or block.value("rest_rounds") or not isinstance(last, RestEntry):
        return block
    facts = [Fact("rest_rounds", last.lasts, 51, 0, 0)]
    if len(rests) > 1:
        pairs = entries[1::2] == rests and len({one.lasts for one in rests}) == 1
        if not pairs or block.value("rest_exercises"):
            return block
        facts.append(Fact("rest_exercises", last.lasts, 53, 0, 0))
    return replace(
        block,
        facts=[*block.facts, *facts],
        entries=[one for one in entries if not isinstance(one, RestEntry)],
        evidence=[*block.evidence, *(proof for one in rests for proof in one.evidence)],
    )


def _rests_apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a block of rounds, with the rests of exercises without sets behind them."""
    for entry in entries:
        rest = (
            next((fact for fact in entry.facts if fact.field in ("rest", "rest_sets")), None)
            if isinstance(entry, Item) and not any(fact.field == "sets" for fact in entry.facts)
            else None
        )
        if rest is None or not isinstance(entry, Item):
            yield entry
        else:
            yield replace(entry, facts=[one for one in entry.facts if one is not rest])
            yield RestEntry(rest.value, [])


def _count_of_every(block: BlockEntry) -> str:
    """How often a block of `every` is done: `x 5`, or for how long in all: `for 16 min`."""
    span = block.value("span")
    return f"for {span}" if span else f"x {low_end(block.value('intervals'))}"


def _first_of_each(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """The first doubt about each field."""
    return iter({one.field: one for one in reversed([*doubts])}.values())


def _without_groups(entry: Entry) -> Iterator[Entry]:
    """An entry; of a block that is a mere group its exercises, each with what was told of all."""
    if not isinstance(entry, BlockEntry):
        yield entry
        return
    if not entry.is_mere_group:
        if entry.entries:
            yield entry
        return
    told = [fact for fact in entry.facts if fact.field in _OF_EACH_ITEM]
    for one in entry.entries:
        if isinstance(one, Item):
            own = {fact.field for fact in one.facts}
            new = [fact for fact in told if fact.field not in own] if not one.direct else []
            yield replace(one, facts=[*one.facts, *new], doubts=[*entry.doubts, *one.doubts])
        else:
            yield one


def _is_circuit(entry: Entry) -> bool:
    return isinstance(entry, BlockEntry) and bool(entry.value("rounds"))


def _is_clocked(block: BlockEntry) -> bool:
    return any(block.value(name) for name in OWN_PACE)


def _strip_minutes(time: str) -> str:
    return time.replace(" min", "").strip()


def _comments(evidence: Iterable[Evidence], doubts: Iterable[Doubt], indent: str) -> Iterator[str]:
    """The lines that an item was read from, and its doubts, as comments."""
    for one in list(dict.fromkeys(evidence))[:MOST_EVIDENCE]:
        text = mask_controls(" ".join(one.text.split()))
        if len(text) > LONGEST_QUOTE:
            text = f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
        yield f'{indent}# line {one.line}: "{text}"'
    for doubt in doubts:
        yield f"{indent}# ? {doubt.field}: {doubt.reason}"


def _quoted(text: str, plain: re.Pattern[str]) -> str:
    """A text as YAML: as it is where that is safe, else in quotes."""
    if (
        plain.match(text)
        and text.lower() not in _RESERVED
        and " #" not in text
        and ": " not in text
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def _in_flow(text: str) -> str:
    """A text within `{ }`: a comma must be in quotes."""
    return text if re.fullmatch(r"\w[\w .@%-]*", text) else json.dumps(text, ensure_ascii=False)
