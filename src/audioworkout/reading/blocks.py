"""Reads blocks: `3 rounds:`, `every 2 min x 5:`, `amrap 12 min:`, and their fields.

A heading names the kind of a block and may give some of its fields; the fields below it give
others. A field given by neither has the default of the kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audioworkout.model.exercise import Hold, Timed
from audioworkout.model.items import is_by_round, pause_is_none, works_in
from audioworkout.model.routine import Block, BlockKind, Item, Rest, SourceSpan, Work
from audioworkout.notation import (
    LONGEST_DURATION,
    MOST_REPS,
    MOST_ROUNDS,
    NotationError,
    NotationProblem,
    Words,
)
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import FieldType, Values, integer_type, notation_type
from audioworkout.reading.headings import AMOUNTS, BLOCK_KINDS, Heading, amounts_in, minutes_in
from audioworkout.reading.nodes import List, Node, Text
from audioworkout.units import HOUR, MINUTE, SECOND, Ms, format_duration

TABATA_ROUNDS = 8
TABATA_WORK: Ms = 20 * SECOND
TABATA_REST: Ms = 10 * SECOND
DEEPEST_BLOCK = 3
"""Greatest depth of nested blocks."""
WHOLE_ROUND: Ms = -1
"""Placeholder length (ms) of a rest that takes a whole round, until the round's length is known."""

ARTICLE = {kind: f"an {kind}" if kind[0] in "aei" else f"a {kind}" for kind in BLOCK_KINDS} | {
    "for time": "a block for time",
    "intervals": "a block of intervals",
    "rounds": "a block of rounds",
    "repeat": "a repeat",
    "every": "an interval block",
}


def _read_rounds(node: Node, diagnostics: Diagnostics) -> int | tuple[int, ...] | None:
    """Read the number of rounds, or the amounts of the members, one for each round."""
    if isinstance(node, List):
        found: list[int | None] = [_ROUND_REPS.read(one, diagnostics) for one in node.items]
        known = tuple(one for one in found if one is not None)
        return known if len(known) == len(found) else None
    amounts = amounts_in(node.value) if isinstance(node, Text) else None
    if amounts is None:
        number: int | None = _ROUND_COUNT.read(node, diagnostics)
        return number
    if len(amounts) <= MOST_ROUNDS and all(0 < amount <= MOST_REPS for amount in amounts):
        return amounts
    diagnostics.error(node, f"at most {MOST_ROUNDS} rounds of 1 to {MOST_REPS} reps")
    return None


_ROUND_COUNT = integer_type(1, MOST_ROUNDS)
_ROUND_REPS = integer_type(1, MOST_REPS)
ROUNDS = FieldType(
    f"1 to {MOST_ROUNDS}, or amounts by round like `21-15-9`",
    _read_rounds,
    {
        "anyOf": [
            _ROUND_COUNT.schema,
            {"type": "string", "pattern": f"^ *{AMOUNTS.pattern} *$"},
            {"type": "array", "items": _ROUND_REPS.schema, "minItems": 1},
        ]
    },
)


def _parse_block_length(text: str, *, vocabulary: Words | None = None) -> Ms:
    found = minutes_in(text, vocabulary)
    if MINUTE // 2 <= found <= LONGEST_DURATION:
        return found
    problem = NotationProblem(0, len(text), f"`{text}` is not between 30s and 240 min")
    raise NotationError((problem,))


BLOCK_LENGTH = notation_type(_parse_block_length, "minutes, like `10` or `12 min`")


# -- from fields to a block -----------------------------------------------------------------------

_FREE: frozenset[str] = frozenset({"rounds", "minutes", "exercises"})
_USED: dict[str, frozenset[str]] = {
    "amrap": frozenset({"minutes", "exercises"}),
    "for time": _FREE | {"cap"},
    "clock": _FREE | {"every", "turns"},
    "rounds": _FREE | {"sets", "work", "rest", "transition", "turns"},
}
"""The fields that each form of a block uses."""


def check_heading(heading: Heading, node: Node, diagnostics: Diagnostics) -> bool:
    """Report values of a heading that are out of bounds; true if there are none."""
    right = True
    for name, (low, high) in _BOUNDS.items():
        value = heading.values.get(name)
        listed = value if isinstance(value, tuple) else () if value is None else (value,)
        if len(listed) > MOST_ROUNDS:
            diagnostics.error(node, f"{len(listed)} rounds are more than {MOST_ROUNDS}")
            right = False
        most = MOST_REPS if isinstance(value, tuple) else high
        if any(not low <= one <= most for one in listed):
            ends = (low, most) if name == "rounds" else map(format_duration, (low, high))
            diagnostics.error(node, "`{}` goes from {} to {}".format(name, *ends))
            right = False
    return right


_BOUNDS: dict[str, tuple[int, int]] = {
    "rounds": (1, MOST_ROUNDS),
    "minutes": (MINUTE // 2, LONGEST_DURATION),
    "cap": (MINUTE // 2, LONGEST_DURATION),
    "every": (10 * SECOND, HOUR),
    "work": (3 * SECOND, HOUR),
}


def settle_kind(
    heading: Heading, values: Values, node: Node, diagnostics: Diagnostics
) -> BlockKind:
    """The kind from heading and fields; contradictions are reported."""
    kind = heading.kind
    if "cap" in values and kind in ("circuit", "rounds", "repeat"):
        kind = "for time"
    if "every" in values and kind in ("circuit", "rounds", "repeat", "intervals"):
        kind = "every"
    form = kind if kind in ("amrap", "for time") else "clock" if is_clock(kind) else "rounds"
    for name in sorted(values.keys() - _USED[form]):
        diagnostics.error(
            node,
            f"`{name}` has no meaning in {ARTICLE[kind]}",
            f"it has {', '.join(f'`{one}`' for one in sorted(_USED[form]))}",
        )
    return kind


MOST_OF_A_MINUTE = 0.85
"""How much of a minute the last round of `death by burpees` may fill."""


def count_filling_rounds(beat: Ms) -> int:
    """How many rounds of 1, 2, 3 and more reps of a length fit into a minute each, 3 to 20."""
    return min(20, max(3, int(MINUTE * MOST_OF_A_MINUTE / beat)))


def is_clock(kind: BlockKind) -> bool:
    """True if each round begins at a fixed time after the last one."""
    return kind in ("emom", "every")


def finish_block(
    kind: BlockKind, values: Values, items: tuple[Item, ...], node: Node, diagnostics: Diagnostics
) -> Block | None:
    """Make a block of fields and members; None if an error was reported."""
    place = SourceSpan(node.line, node.column, node.width)
    rounds = values.get("rounds", None if kind == "superset" else values.get("sets"))
    number = len(rounds) if isinstance(rounds, tuple) else rounds
    block = Block(kind, items, number or 1, place=place)
    if kind == "amrap":
        if "minutes" not in values:
            hint = "write `amrap 12 min:` or `amrap: {minutes: 12, exercises: [...]}`"
            diagnostics.error(node, "an amrap needs `minutes`: how long it is", hint)
            return None
        return replace(block, rounds=1, minutes=values["minutes"])
    if kind == "for time":
        cap = values.get("cap", values.get("minutes"))
        return replace(block, rounds=number or _count_listed_rounds(items) or 1, cap=cap)
    if is_clock(kind):
        return _clock(block, values, number, node, diagnostics)
    rest, transition = values.get("rest"), values.get("transition")
    work = values.get("work")
    if kind == "tabata":
        work = TABATA_WORK if work is None else work
        rest = TABATA_REST if rest is None else rest
    if work is not None and kind in ("tabata", "intervals", "repeat") and transition is None:
        transition = rest
    block = replace(
        block,
        rounds=number or _count_listed_rounds(items) or (TABATA_ROUNDS if kind == "tabata" else 1),
        work=work,
        rest=rest,
        transition=transition,
        turns=values.get("turns", kind == "tabata"),
    )
    if kind == "superset":
        sets = max((work.prescription.sets for work in _members(items)), default=1)
        block = replace(block, rounds=sets)
    if "minutes" in values:
        return _for_minutes(block, values, number, node, diagnostics)
    _doubt_lists(block, node, diagnostics)
    return _with_rests(block, node, diagnostics)


def _doubt_lists(block: Block, node: Node, diagnostics: Diagnostics) -> None:
    """Warn of members whose list of amounts does not have one for each round."""
    for work in _members(block.items):
        listed = len(work.prescription.by_set)
        if listed > 1 and block.kind != "superset" and not is_by_round(work, block):
            message = f"{work.exercise.name} has {listed} sets, and all of them in each round"
            diagnostics.warn(node, message, f"with `rounds: {listed}` it is one a round")


def _members(items: Iterable[Item]) -> list[Work]:
    return [item for item in items if isinstance(item, Work)]


def _count_listed_rounds(items: Iterable[Item]) -> int:
    """Number of rounds that lists of members give: `push up: 5-10-15` has three; 0 without one."""
    listed = (work.prescription for work in _members(items))
    return max((len(one.by_set) for one in listed if one.set_count == len(one.by_set)), default=0)


def _clock(
    block: Block, values: Values, number: int | None, node: Node, diagnostics: Diagnostics
) -> Block | None:
    """Make a block whose rounds begin at fixed times."""
    minutes, every = values.get("minutes"), values.get("every")
    number = number or (None if minutes else _count_listed_rounds(block.items) or None)
    if minutes is None and number is None:
        hint = "write `minutes: 10`, or `rounds: 5` with `every: 2 min`"
        diagnostics.error(
            node, f"{ARTICLE[block.kind]} needs `minutes` or `rounds`: how long it is", hint
        )
        return None
    if every is None and minutes is not None and number is not None:
        every = minutes // number
    every = MINUTE if every is None else every
    if number is None:
        assert minutes is not None
        number = minutes // every
    if minutes is not None and minutes != number * every:
        near = max(1, round(minutes / every))
        diagnostics.error(
            node,
            f"{format_duration(minutes)} are not {number or 'whole'} rounds of "
            f"{format_duration(every)}",
            f"write `minutes: {near * every / MINUTE:g}`, or `rounds: {near}` without `minutes`",
        )
        return None
    turns = values.get("turns", every <= MINUTE)
    block = replace(block, rounds=number, every=every, turns=turns)
    _doubt_turns(block, "turns" in values, node, diagnostics)
    if "minutes" in values and every != MINUTE and "rounds" not in values:
        told = f"{format_duration(number * every)} are {number} rounds of {format_duration(every)}"
        diagnostics.warn(
            node, told, f"`minutes` is the length of the whole: write `rounds: {number}`"
        )
    return _with_rests(block, node, diagnostics)


def _with_rests(block: Block, node: Node, diagnostics: Diagnostics) -> Block | None:
    """Make a rest without a length as long as a round; None if there are no timed rounds."""
    if Rest(WHOLE_ROUND) not in block.items:
        return block
    if block.every is None or not block.turns:
        diagnostics.error(node, "a rest without a time stands in it", "write `- rest: 60s`")
        return None
    rest = Rest(block.every)
    items = tuple(rest if item == Rest(WHOLE_ROUND) else item for item in block.items)
    return replace(block, items=items)


def _for_minutes(
    block: Block, values: Values, number: int | None, node: Node, diagnostics: Diagnostics
) -> Block | None:
    """Set the number of rounds that fill a length, if a round has a fixed length."""
    minutes = values["minutes"]
    lasts = _round_lasts(block)
    if lasts is None:
        hint = "write `rounds` in its place, or `--minutes` for the whole workout"
        diagnostics.error(node, "`minutes` needs rounds that are by the clock", hint)
        return None
    rounds = max(1, round(minutes / lasts))
    if rounds * lasts != minutes or number not in (None, rounds):
        diagnostics.error(
            node,
            f"{format_duration(minutes)} are not {number or 'whole'} rounds of "
            f"{format_duration(lasts)}",
            f"write `rounds: {rounds}`, which is {format_duration(rounds * lasts)}",
        )
        return None
    if rounds > MOST_ROUNDS:
        diagnostics.error(node, f"{rounds} rounds are more than {MOST_ROUNDS}")
        return None
    return replace(block, rounds=rounds)


def _round_lasts(block: Block) -> Ms | None:
    """Length of a round with the pause after it (ms); None if it is not fixed."""
    works = _members(block.items)
    if not works or any(list(works_in([item])) for item in block.items if isinstance(item, Block)):
        return None
    if block.turns:
        return (block.work or 0) + (block.rest or 0)
    total: Ms = 0
    own_rest: Ms | None = None
    before: Work | None = None
    for item in block.items:
        if isinstance(item, Rest):
            own_rest = (own_rest or 0) + item.lasts
        elif isinstance(item, Work):
            pause = _known_pause(block.transition, block, before, item) if before else 0
            pause, own_rest = (pause if own_rest is None else own_rest), None
            lasts = _work_lasts(item)
            if pause is None or lasts is None:
                return None
            total += pause + lasts
            before = item
    closing = _known_pause(block.rest, block, before or works[0], works[0])
    closing = closing if own_rest is None else own_rest
    return None if closing is None else total + closing


def _known_pause(written: Ms | None, block: Block, before: Work, after: Work) -> Ms | None:
    """The pause between two members (ms); None if it is neither written nor absent."""
    if before.prescription.rest is not None:
        return before.prescription.rest
    return 0 if written is None and pause_is_none(block, before, after) else written


def _work_lasts(work: Work) -> Ms | None:
    amount, sides = work.prescription.amount, work.prescription.sides.order
    if not isinstance(amount, Timed | Hold) or amount.low != amount.high:
        return None
    if work.prescription.sets > 1 or sides == "each":
        return None
    return amount.high


def _doubt_turns(block: Block, written: bool, node: Node, diagnostics: Diagnostics) -> None:
    """Warn of an interval of more than a minute that now holds several exercises."""
    every = block.every or 0
    if written or every <= MINUTE or len(_members(block.items)) < 2:
        return
    diagnostics.warn(
        node,
        f"all its exercises are done in each {format_duration(every)}",
        "write `turns: yes` where they take turns, `turns: no` where this is meant",
    )
