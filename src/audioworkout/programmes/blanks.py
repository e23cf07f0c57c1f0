"""Blanks in the texts of a programme: `{plan}`, `{squat}`, `{kg}`, `{member.squat}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from audioworkout.names import join_choices, make_stem, nearest_names
from audioworkout.programmes.model import UnitValue
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.nodes import Text

VALUE_BLANKS = ("n", "kg", "lb", "s", "min", "m", "km", "x")
"""Blanks that stand for the value of the track whose line they are in."""
LIST_BLANKS = ("plan", "day", "tracks")
"""Blanks that stand for items: the row of a plan, the items of a day, every track's line."""

_BLANK = re.compile(r"\{([^{}]*)\}")
_QUANTITY = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]*)")


def find_blanks(text: str) -> list[str]:
    """The names in braces, in order.

    >>> find_blanks("5x5 {kg}kg, {member.note}")
    ['kg', 'member.note']
    """
    return [" ".join(name.split()) for name in _BLANK.findall(text)]


def value_blanks(text: str) -> list[str]:
    """The blanks of a line that stand for its own track's value."""
    return [name for name in find_blanks(text) if name in VALUE_BLANKS]


def fill_text(node: Text, known: Mapping[str, str], diagnostics: Diagnostics) -> Text:
    """A text with its blanks filled; an unknown one is told and left as it is."""
    if "{" not in node.value:
        return node
    stems = {make_stem(name): value for name, value in known.items()}

    def fill(match: re.Match[str]) -> str:
        name = " ".join(match[1].split())
        value = known.get(name, stems.get(make_stem(name)))
        if value is None:
            _report_blank(node, name, known, diagnostics)
            return match[0]
        return value

    filled = _BLANK.sub(fill, node.value)
    return node._replace(value=filled, plain=node.plain or filled != node.value)


def _report_blank(
    node: Text, name: str, known: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    near = nearest_names(name, known)
    if near:
        hint = f"did you mean {join_choices(tuple(f'{{{one}}}' for one in near))}?"
    elif name.startswith("member."):
        value = name.removeprefix("member.")
        hint = f"say what it is where a member does not: `member: {{{value}: 20}}`"
    else:
        told = ", ".join(f"{{{one}}}" for one in known) or "there are none here"
        hint = f"the blanks are {told}"
    diagnostics.error(node, f"there is no blank `{{{name}}}`", hint)


def parse_quantity(text: str) -> UnitValue | None:
    """A number with or without a unit; None if the text is something else.

    >>> parse_quantity("2,5 kg"), parse_quantity("-5"), parse_quantity("many")
    (UnitValue(figure=Decimal('2.5'), unit='kg'), UnitValue(figure=Decimal('-5'), unit=''), None)
    """
    sign, plain = (-1, text[1:]) if text[:1] == "-" else (1, text)
    match = _QUANTITY.fullmatch(plain.strip().lower())
    if match is None:
        return None
    return UnitValue(sign * Decimal(match[1].replace(",", ".")), match[2])


def format_figure(value: Decimal) -> str:
    """A number as it is written: without zeros that say nothing.

    >>> format_figure(Decimal("62.50")), format_figure(Decimal("100"))
    ('62.5', '100')
    """
    return f"{value.normalize():f}"
