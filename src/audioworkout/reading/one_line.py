"""Several items, or a block and its members, in one text: `tabata squats`, `8 x (run 60s, walk)`.

Nothing is read here but where one item ends and the next begins; the parts are nodes with their
own places, and are read like items on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from audioworkout.notation import NotationError, Words, parse_line, reads_as_line
from audioworkout.notation.partial import BareDistance
from audioworkout.reading.field_types import Values
from audioworkout.reading.headings import Heading, read_heading, read_rest_of_block
from audioworkout.reading.nodes import Map, Node, Text, cut_text, join_places
from audioworkout.reading.splitting import MOST_SPLIT_WORDS, known_within, split_known

Knows = Callable[[str], bool]
"""Whether there is an exercise of a name."""

MOST_HEADING_WORDS = 8
"""Most words of a heading within a text, at either end."""
_EDGE = " ,;:-–"
_GROUP = re.compile(
    r"\s*(?P<n>\d{1,2})\s*(?:[x×]|times|rounds?(?:\s+of)?)\s*\((?P<items>[^()]+)\)\s*",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:[^,;+]|(?<=\d)\+(?=\d)|(?<=\d),(?=\d))+")
_AND = re.compile(r"\s+(?:and|&|then)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
_THEN = re.compile(r"\s*[,;]?\s+then\s+", re.IGNORECASE)
_APART = re.compile(r"\s*(?:[,;/&+]|\band\b|\bthen\b)\s*", re.IGNORECASE)
_TIMES = re.compile(
    r"\s*[,;]?\s*(?:[x×]|repeat(?:ed)?(?:\s*[x×])?)\s*(?P<n>\d{1,2})(?:\s*(?:rounds?|times|sets?|x))?"
    r"\s*$",
    re.IGNORECASE,
)
_SETS_OF_REPS = re.compile(r"\d\s*[x×]\s*\d", re.IGNORECASE)
_SUPERSET = re.compile(
    r"[\s,;]+(?:super-?\s?set(?:ted)?|ss|s/s)(?:/|\s+(?:with|w/))?\s+", re.IGNORECASE
)
_TURNS = re.compile(
    r"\s*(?:(?P<before>\d{1,2})\s*(?:x|×|rounds?(?:\s+of)?)\s*)?(?P<one>\d[\d:.]*\s*[a-z]*)\s*/\s*"
    r"(?P<two>\d[\d:.]*\s*[a-z]*)(?:\s*(?:x|×|,)\s*(?P<after>\d{1,2})(?:\s*(?:rounds?|times))?)?\s*",
    re.IGNORECASE,
)


class HeadedItems(NamedTuple):
    """The heading of a block, and its members."""

    heading: Heading
    members: Node


class Several(NamedTuple):
    """Items in one text; `times`: how often all of them come, 0 where that is not said."""

    items: tuple[Text, ...]
    times: int


def is_sized_item(text: str, knows: Knows) -> bool:
    """Whether a text is a known name with its amount."""
    parts = split_known(text, knows)
    return parts is not None and reads_as_line(parts.line)


def split_members(text: Text, knows: Knows) -> tuple[Text, ...]:
    """The members of a block in one text, `10 push-ups, 20 squats`; or the text itself."""
    parts = tuple(_split_at_and(text, knows))
    named = [known_within(f"{one.value} -", knows) for one in parts]
    return parts if sum(one is not None for one in named) > 1 else (text,)


def split_fields(text: Text, knows: Knows) -> tuple[tuple[Text, ...], Values]:
    """The members of a block in one text, and its fields: of `burpees, 8 rounds` the rounds."""
    spans = [match.span() for match in _PART.finditer(text.value)]
    fields: Values = {}
    while len(spans) > 1 and not knows(last := text.value[slice(*spans[-1])].strip()):
        heading = read_heading(last)
        values = heading.values if heading is not None else read_rest_of_block(last)
        if not values:
            break
        fields = values | fields
        spans.pop()
    return split_members(cut_text(text, 0, spans[-1][1]) if fields else text, knows), fields


def _split_at_and(text: Text, knows: Knows) -> Iterator[Text]:
    """The parts between commas; `and` parts two known names, but stays in `clean and press`."""
    for match in _PART.finditer(text.value):
        part = cut_text(text, *match.span())
        sign = None if knows(part.value.strip()) else _AND.search(part.value)
        if sign is not None:
            halves = cut_text(part, 0, sign.start()), cut_text(part, sign.end(), None)
            if all(known_within(f"{half.value} -", knows) for half in halves):
                yield from halves
                continue
        yield part


def read_group(node: Text) -> HeadedItems | None:
    """`8 x (run 60s, walk 90s)`: a repeat and its members."""
    group = _GROUP.fullmatch(node.value)
    if group is None:
        return None
    start = group.start("items")
    spans = [match.span() for match in _PART.finditer(group["items"])]
    texts = tuple(cut_text(node, start + first, start + last) for first, last in spans)
    return HeadedItems(Heading("repeat", {"rounds": int(group["n"])}), join_places(node, texts))


def read_dashed(node: Text, knows: Knows) -> HeadedItems | None:
    """`AMRAP 8 min - 4 pull-ups, 8 swings`: a heading and its members behind a dash."""
    sign = _DASH.search(node.value) if node.plain else None
    heading = read_heading(node.value[: sign.start()]) if sign else None
    if sign is None or heading is None or heading.kind not in _CLOCKS:
        return None
    inner = cut_text(node, sign.end(), None)
    members = split_members(inner, knows)
    one = len(members) == 1
    if one and (heading.kind == "rounds" or not is_sized_item(inner.value, knows)):
        return None
    return HeadedItems(heading, inner)


def read_several(node: Text, knows: Knows) -> HeadedItems | Several | None:
    """The items of a text that holds several, each with its own amount.

    `run 1 min, walk 1 min x 10` and `3 rounds of 10 push-ups, 20 squats` are blocks.
    """
    if not node.plain or _GROUP.fullmatch(node.value) or knows(node.value):
        return None
    if parted := read_dashed(node, knows) or _split_at_then(node, knows):
        return parted
    if split_known(node.value, knows) is not None:
        return None
    if found := _read_superset(node, knows):
        return found
    several = split_items(node, lambda text: is_sized_item(text, knows))
    if several is None:
        return None
    headed = read_headed(node, knows, least=2)
    if headed is not None and headed.heading.kind == "rounds":
        return headed
    if several.times:
        heading = Heading("repeat", {"rounds": several.times})
        return HeadedItems(heading, join_places(node, several.items))
    return several


def _split_at_then(node: Text, knows: Knows) -> Several | None:
    """`jog 10 min, then 4x100 m strides`: items with names of their own on both sides of `then`."""
    spans, at = [], 0
    for sign in (*_THEN.finditer(node.value), None):
        spans.append((at, sign.start() if sign else len(node.value)))
        at = sign.end() if sign else at
    parts = tuple(cut_text(node, *span) for span in spans)
    if len(parts) > 1 and all(is_sized_item(one.value, knows) for one in parts):
        return Several(parts, 0)
    return None


def _ends_in_sets(text: str, tail: re.Match[str]) -> bool:
    """Whether what looks like rounds of all items is the amount of the last: sets and reps.

    Of `squat 3x10, push up 3x12` it is; of `squat 10, push up 10 x 3` it is not. What tells are
    figures without a blank between, sets of an earlier item, and more reps than sets.
    """
    before = re.search(r"\d+$", text[: tail.start()])
    if before is None or tail[0].lstrip(" ,;")[0] not in "xX×":
        return False
    return (
        tail[0][0] in "xX×"
        or int(before[0]) <= int(tail["n"])
        or bool(_SETS_OF_REPS.search(text, 0, before.start()))
    )


def split_items(node: Text, is_item: Knows) -> Several | None:
    """`run 1 min, walk 1 min x 10`: the items of a text, each a name with its amount."""
    text, times = node.value, 0
    tail = _TIMES.search(text)
    if tail and tail.start() and not _ends_in_sets(text, tail):
        text, times = text[: tail.start()], int(tail["n"])
    parts: list[tuple[int, int]] = []
    at = 0
    for sign in (*_APART.finditer(text), None):
        end = sign.start() if sign else len(text)
        if text[at:end].strip():
            parts.append((at, end))
        at = sign.end() if sign else end
    parts = [*_join_clauses(text, parts, is_item)]
    if len(parts) < 2 or not all(is_item(text[start:end]) for start, end in parts):
        return None
    return Several(tuple(cut_text(node, start, end) for start, end in parts), times)


def _join_clauses(
    text: str, parts: list[tuple[int, int]], is_item: Knows
) -> Iterator[tuple[int, int]]:
    """Parts that are no item by themselves joined to the one before: `10 push-ups, slow`."""
    kept: tuple[int, int] | None = None
    for start, end in parts:
        if kept is not None and not is_item(text[start:end]) and is_item(text[kept[0] : end]):
            kept = kept[0], end
            continue
        if kept is not None:
            yield kept
        kept = start, end
    if kept is not None:
        yield kept


def _read_superset(node: Text, knows: Knows) -> HeadedItems | None:
    """`curls 3x12 superset with dips 3x10`; one amount, `curls ss dips 3x12`, is that of both."""
    spans, at = [], 0
    for sign in (*_SUPERSET.finditer(node.value), None):
        spans.append((at, sign.start() if sign else len(node.value)))
        at = sign.end() if sign else at
    texts = [cut_text(node, *span) for span in spans]
    parts = [split_known(text.value, knows) for text in texts]
    sized = [part for part in parts if part is not None]
    if len(texts) < 2 or not sized:
        return None
    if not all(part or knows(text.value) for text, part in zip(texts, parts, strict=True)):
        return None
    members = tuple(
        text if part else text._replace(value=f"{text.value}: {sized[-1].line}")
        for text, part in zip(texts, parts, strict=True)
    )
    whole = tuple(_item_of_line(one) for one in members)
    return HeadedItems(Heading("superset", {}), join_places(node, whole))


def _item_of_line(text: Text) -> Node:
    """A text with `name: line` as an item with its own key."""
    name, sign, line = text.value.partition(": ")
    if not sign:
        return text
    return Map(*text[:4], ((text._replace(value=name), text._replace(value=line)),))


def read_headed(node: Text, knows: Knows, least: int = 1) -> HeadedItems | None:
    """A block and its members in one text: `tabata squats`, `21-15-9 thrusters, dips for time`.

    The words of the heading stand before the members, behind them, or both. `least`: how many
    members there must be.
    """
    words = [match.span() for match in re.finditer(r"\S+", node.value)]
    if len(words) > MOST_SPLIT_WORDS:
        return None
    for front, back in _ends_of(len(words)):
        parts = [node.value[words[0][0] : words[front - 1][1]]] if front else []
        parts += [node.value[words[-back][0] : words[-1][1]]] if back else []
        heading = _read_whole_heading(" ".join(parts))
        if heading is None or not all(_read_heading_part(part) for part in parts):
            continue
        inner = cut_text(node, words[front][0], words[len(words) - back - 1][1])
        inner = inner._replace(value=inner.value.strip(_EDGE))
        members = split_members(inner, knows)
        many = len(members) > 1
        if not many and (least > 1 or heading.kind == "rounds"):
            continue
        if many or knows(inner.value) or is_sized_item(inner.value, knows):
            return HeadedItems(heading, inner)
    return None


def _ends_of(count: int) -> Iterator[tuple[int, int]]:
    """Numbers of words at the front and at the back, the most first; some word is left."""
    for total in range(min(count - 1, 2 * MOST_HEADING_WORDS), 0, -1):
        for front in range(min(total, MOST_HEADING_WORDS), -1, -1):
            if total - front <= MOST_HEADING_WORDS:
                yield front, total - front


def _read_heading_part(text: str) -> bool:
    """Whether a text is a heading, or the part of one: `21-15-9`, `8 rounds`, `for time`."""
    return read_heading(text.strip(_EDGE)) is not None


_CLOCKS = ("tabata", "emom", "amrap", "for time", "every", "rounds")


def _read_whole_heading(text: str) -> Heading | None:
    """The heading of a block that a text alone makes, and nothing else can be."""
    heading = read_heading(text.strip(_EDGE))
    if heading is None or heading.kind not in _CLOCKS:
        return None
    if heading.kind in ("amrap", "emom") and not re.search(r"\d\W*(?:[smh]|x)|x\W*\d", text):
        return None  # `AMRAP 10` within a line may be reps
    timed = {"minutes", "rounds"} & heading.values.keys()
    return heading if timed or heading.kind in ("tabata", "for time") else None


def read_block_in_line(key: Text, value: Text, knows: Knows) -> HeadedItems | None:
    """A block in a line: `squats: tabata`, `wall balls: 150 for time`, `run/walk: 60s/90s`."""
    if not knows(key.value):
        return _read_turns(key, value, knows)
    if reads_as_line(value.value):
        return None
    heading = _read_whole_heading(value.value)
    if heading is not None and heading.kind != "rounds":
        return HeadedItems(heading, key)
    for count in range(1, 6):
        words = value.value.rsplit(None, count)
        heading = _read_whole_heading(" ".join(words[1:])) if len(words) > count else None
        if heading is not None and reads_as_line(words[0].strip(" ,")):
            line = value._replace(value=words[0].strip(" ,"))
            return HeadedItems(heading, join_places(value, (Map(*value[:4], ((key, line),)),)))
    return None


def _read_turns(key: Text, value: Text, knows: Knows) -> HeadedItems | None:
    """`run/walk: 8 x 60s/90s`: two names, and a time for each."""
    match = _TURNS.fullmatch(value.value)
    names = [name.strip() for name in key.value.split("/")]
    if match is None or len(names) != 2 or not all(map(knows, names)):
        return None
    times = [value._replace(value=match[part]) for part in ("one", "two")]
    items = tuple(
        Map(*value[:4], ((key._replace(value=name), time),))
        for name, time in zip(names, times, strict=True)
    )
    rounds = int(match["before"] or match["after"] or 1)
    return HeadedItems(Heading("repeat", {"rounds": rounds}), join_places(value, items))


_REPEATED_DISTANCE = re.compile(r"\s*\d{1,2}\s*[x×]\s*\d[\d.,]*\s*k?m\b", re.IGNORECASE)
_DEATH = re.compile(r"death\s+by\s+(?P<name>\S.*)", re.IGNORECASE)


def read_death_by(node: Text, knows: Knows) -> Text | None:
    """The name in `death by burpees`; None where a text is none."""
    match = _DEATH.fullmatch(node.value.strip())
    if match is None or not knows(match["name"]):
        return None
    return cut_text(node, node.value.index(match["name"]), None)


def is_unnamed_run(node: Text, vocabulary: Words | None = None) -> bool:
    """Whether `6x400 m, 90s jog` names only what fills the rests: then a run is meant.

    `vocabulary`: of the language it is written in, None for English.
    """
    if vocabulary is None:
        words = node.value.lower().split()
        likely = any(word.strip(",;") in ("jog", "walk") for word in words)
    else:
        likely = bool(_REPEATED_DISTANCE.match(node.value))
    if not (node.plain and likely):
        return False
    try:
        partial = parse_line(node.value, vocabulary)
    except NotationError:
        return False
    amounts = [entry.amount for group in partial.groups for entry in group.entries]
    far = bool(amounts) and all(isinstance(one, BareDistance) for one in amounts)
    return partial.rest_exercise in ("jog", "walk") and far
