"""Kinds of value: what may stand in a field, how it is read, and how a JSON Schema says so.

A kind's `read` gives the value, or None when it has told the desk what is wrong. The same `read`
serves fields of files and flags, so both have the same rules and messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from audioworkout import notation
from audioworkout.model.routine import Rests
from audioworkout.names import LONGEST as LONGEST_NAME
from audioworkout.names import did_you_mean, either, key_of, nearest
from audioworkout.notation import NotationError
from audioworkout.reading.findings import Desk
from audioworkout.reading.tree import List, Map, Node, Text, describe
from audioworkout.units import MINUTE, Ms, duration_text

Schema = dict[str, Any]
Values = dict[str, Any]
"""What was written, by name of field; fields that were left out are not in it."""

LONGEST_TEXT = 500
"""Characters of a sentence; engines take no more at once."""
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
SCALARS: Schema = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}
YES = frozenset({"yes", "on", "true"})
NO = frozenset({"no", "off", "false"})


class Kind(NamedTuple):
    """What may stand in a field."""

    what: str
    """In a few words, for the tables of the documentation."""
    read: Callable[[Node, Desk], Any | None]
    """Gives the value; None where the desk was told what is wrong with it."""
    schema: Schema
    """The same as JSON Schema, as far as that can say it."""


class Field(NamedTuple):
    """One key of a mapping: the table that reader, schema and documentation are made from."""

    name: str
    kind: Kind
    help: str
    required: bool = False


Fields = tuple[Field, ...]


def read_map(node: Node, fields: Fields, desk: Desk, what: str) -> Values:
    """Every field of a mapping that can be read; the desk is told of the others.

    `what` is what the mapping is, for messages. A key with nothing behind it counts as left out.
    """
    if not isinstance(node, Map):
        message = f"{what} is a mapping of `key: value`, and this is {describe(node)}"
        desk.wrong(node, message, f"the keys are {', '.join(field.name for field in fields)}")
        return {}
    known = {field.name: field for field in fields}
    values: Values = {}
    meant: set[str] = set()
    for key, value in node.pairs:
        field = known.get(key.value)
        if field is None:
            meant.update(_unknown(key, known, desk, what))
        elif not _empty(value):
            found = field.kind.read(value, desk)
            if found is not None:
                values[field.name] = found
    for field in fields:
        if field.required and field.name not in meant and _left_out(node, field.name):
            desk.wrong(node, f"{what} needs `{field.name}`: {field.help}")
    return values


def _unknown(key: Text, known: Iterable[str], desk: Desk, what: str) -> tuple[str, ...]:
    """Tell of a key that is none; gives the ones it may have been meant for."""
    near = nearest(key.value, known)
    hint = f"did you mean {either(near)}?" if near else f"the keys are {', '.join(known)}"
    desk.wrong(key, f"`{_cut(key.value)}` is no key of {what}", hint)
    return near


def _left_out(node: Map, name: str) -> bool:
    value = node.get(name)
    return value is None or _empty(value)


def _empty(node: Node) -> bool:
    return isinstance(node, Text) and node.empty


def object_schema(fields: Fields) -> Schema:
    """A mapping of these fields as JSON Schema; `null` counts as left out."""
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _described(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return schema | ({"required": required} if required else {})


def _described(field: Field) -> Schema:
    schema = field.kind.schema
    if not field.required:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"description": field.help, **schema}


def text_of(node: Node, desk: Desk, what: str) -> str | None:
    """What a scalar says; None, and told, where it is something else."""
    if isinstance(node, Text) and not node.empty:
        return node.value
    desk.wrong(node, f"{what} is expected here, and this is {describe(node)}")
    return None


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


# --- Texts and names ---------------------------------------------------------------------------


def sentence(longest: int = LONGEST_TEXT, spoken: bool = True) -> Kind:
    """Any text of so many characters; `spoken`: it must have something that can be spoken."""

    def read(node: Node, desk: Desk) -> str | None:
        text = text_of(node, desk, "a text")
        text = None if text is None else " ".join(text.split())
        if text and len(text) > longest:
            desk.wrong(node, f"longer than {longest} characters", "make it several")
        elif text is not None and spoken and not any(map(str.isalnum, text)):
            desk.wrong(node, f"`{text}` has nothing in it that can be spoken")
        else:
            return text
        return None

    return Kind("text", read, SCALAR)


def _read_name(node: Node, desk: Desk) -> str | None:
    text = text_of(node, desk, "a name")
    if text is None or (key_of(text) and len(text) <= LONGEST_NAME):
        return text
    desk.wrong(node, f"`{_cut(text)}` is not a name")
    return None


def several(kind: Kind, what: str) -> Kind:
    """A list of one kind, or one alone; what cannot be read is left out."""

    def read(node: Node, desk: Desk) -> tuple[Any, ...]:
        if _empty(node):
            return ()
        found = (
            kind.read(one, desk) for one in (node.items if isinstance(node, List) else (node,))
        )
        return tuple(value for value in found if value is not None)

    return Kind(what, read, SCALARS)


SENTENCE = sentence()
SENTENCES = several(SENTENCE, "a text or a list of them")
NAME = Kind("a name", _read_name, SCALAR)
NAMES = several(NAME, "a list of names")


def _read_kit(node: Node, desk: Desk) -> tuple[str, ...] | None:
    text = node.value if isinstance(node, Text) else None
    if text is not None and text.lower() in NO | {"none"}:
        return ()
    if text is None:
        return NAMES.read(node, desk)
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        desk.wrong(node, "equipment is expected here", f"write {KIT_LIST.what}")
        return None
    return names


KIT_LIST = Kind("a list, like `mat, dumbbells`, or `none`", _read_kit, SCALARS)


# --- Words and numbers -------------------------------------------------------------------------


def choice(words: tuple[str, ...]) -> Kind:
    """One of a few words; case and hyphens are forgiven."""

    def read(node: Node, desk: Desk) -> str | None:
        text = text_of(node, desk, "a word")
        if text is None or key_of(text) in words:
            return text and key_of(text)
        if "off" in words and text.lower() in NO:
            return "off"
        hint = "" if text.lower() in YES else did_you_mean(text, words)
        desk.wrong(node, f"`{_cut(text)}` is not one of {either(words)}", hint)
        return None

    # `on` and `off` are true and false to an editor that reads YAML 1.1.
    booleans = [word == "on" for word in words if word in ("on", "off")]
    return Kind(either(words), read, {"enum": [*words, *booleans]})


def _read_switch(node: Node, desk: Desk) -> bool | None:
    text = text_of(node, desk, "`yes` or `no`")
    if text is not None and text.lower() not in YES | NO:
        desk.wrong(node, f"`{_cut(text)}` is neither `yes` nor `no`")
        return None
    return None if text is None else text.lower() in YES


SWITCH = Kind(
    "`yes` or `no`",
    _read_switch,
    {"anyOf": [{"type": "boolean"}, {"enum": sorted(YES | NO)}]},
)


def whole(low: int, high: int) -> Kind:
    """A whole number between two ends."""

    def read(node: Node, desk: Desk) -> int | None:
        text = text_of(node, desk, "a whole number")
        value = None if text is None else number_of(text)
        if value is not None and not value % 1 and low <= value <= high:
            return int(value)
        if text is not None:
            desk.wrong(node, f"`{_cut(text)}` is not a whole number from {low} to {high}")
        return None

    number = {"type": "integer", "minimum": low, "maximum": high}
    digits = {"type": "string", "pattern": "^[0-9]+$"}
    return Kind(f"{low} to {high}", read, {"anyOf": [number, digits]})


def decimal(low: float, high: float, unit: str = "") -> Kind:
    """A number between two ends, with its unit behind it or without."""
    what = f"{low:g} to {high:g} {unit}".rstrip()

    def read(node: Node, desk: Desk) -> float | None:
        text = text_of(node, desk, "a number")
        value = None if text is None else number_of(text.removesuffix(unit).rstrip())
        if value is not None and low <= value <= high:
            return value
        if text is not None:
            desk.wrong(node, f"`{_cut(text)}` is not a number from {what}")
        return None

    number = {"type": "number", "minimum": low, "maximum": high}
    return Kind(what, read, {"anyOf": [number, {"type": "string", "pattern": "^-?[0-9.]+"}]})


def among(numbers: tuple[int, ...]) -> Kind:
    """One of a few numbers."""
    what = ", ".join(map(str, numbers))

    def read(node: Node, desk: Desk) -> int | None:
        text = text_of(node, desk, "a number")
        value = None if text is None else number_of(text)
        if value in numbers:
            return int(value or 0)
        if text is not None:
            desk.wrong(node, f"`{_cut(text)}` is none of {what}")
        return None

    return Kind(f"one of {what}", read, {"enum": [*numbers, *map(str, numbers)]})


def _read_share(node: Node, desk: Desk) -> float | None:
    text = text_of(node, desk, "a level")
    if text is None:
        return None
    value = number_of(text.removesuffix("%").rstrip())
    value = value / 100 if value is not None and text.endswith("%") else value
    if value is not None and 0 < value <= 2:
        return value
    desk.wrong(node, f"`{_cut(text)}` is not a level", f"write {SHARE.what}")
    return None


SHARE = Kind("`0.8` or `80%`, up to 200%", _read_share, {"type": ["number", "string"]})


def number_of(text: str) -> float | None:
    """A plain decimal number; what only Python takes (`1_0`, `nan`, `1e3`) is none.

    >>> number_of("010"), number_of("-16.5"), number_of("1e3")
    (10.0, -16.5, None)
    """
    plain = text.removeprefix("-").replace(".", "", 1)
    return float(text) if len(text) < 20 and plain.isascii() and plain.isdigit() else None


# --- The notation of prescriptions -------------------------------------------------------------


def written(parse: Callable[[str], Any], what: str) -> Kind:
    """A value of the prescription notation: a time, a tempo, a range, a whole line."""

    def read(node: Node, desk: Desk) -> Any | None:  # noqa: ANN401 - what `parse` gives
        text = text_of(node, desk, what.split(", like")[0])
        if text is None or not isinstance(node, Text):
            return None
        try:
            return parse(text)
        except NotationError as error:
            desk.notation(node, error)
            return None

    return Kind(what, read, {"type": ["string", "number"]})


def duration(shortest: Ms = 0, longest: Ms = notation.LONGEST) -> Kind:
    """A time within limits (ms)."""

    def parse(text: str) -> Ms:
        return notation.parse_duration(text, shortest, longest)

    if longest < MINUTE:
        return written(parse, f"a time up to {duration_text(longest)}, like `5s`")
    return written(parse, "a time, like `45s`, `1:30` or `2 min`")


PAUSE = duration()
TEMPO = written(notation.parse_tempo, "a tempo, like `2-0-2-0` or `20X0`")
LINE = written(notation.parse, "a prescription line, like `3x8-10 rest 60s`")


RESTS: Fields = (
    Field("sets", PAUSE, "between the sets of an exercise"),
    Field("exercises", PAUSE, "between two exercises"),
    Field("sides", PAUSE, "for changing sides"),
)


def _read_rests(node: Node, desk: Desk) -> Rests | None:
    if isinstance(node, Map):
        return Rests(**read_map(node, RESTS, desk, "`rest`"))
    both = PAUSE.read(node, desk)
    return None if both is None else Rests(sets=both, exercises=both)


PAUSES = Kind(
    "a time, or `{sets: 45s, exercises: 60s, sides: 6s}`",
    _read_rests,
    {"anyOf": [PAUSE.schema, object_schema(RESTS)]},
)


def named(what: str, hint: str) -> Kind:
    """A name or a path exactly as it is written: blanks and dots are part of it, at any length."""

    def read(node: Node, desk: Desk) -> str | None:
        text = text_of(node, desk, f"a {what}")
        if text is None:
            return None
        text = text.removesuffix("\n")  # where YAML's `|` and `>` end
        if not text.strip():
            desk.wrong(node, f"no {what} is named", hint)
        elif "\0" in text:
            desk.wrong(node, f"the name of a {what} has no NUL in it")
        else:
            return text
        return None

    return Kind("text", read, SCALAR)


ENGINE = named("speech engine", "`audioworkout voices` lists them")
ONE_VOICE = named(
    "voice", "name one that `audioworkout voices` lists, a .onnx file or a folder of recordings"
)
MUSIC = named("piece of music", "name a file or a folder of music, or leave it out")
VOICES: Fields = (
    Field("coach", ONE_VOICE, "who says everything but counts"),
    Field("counts", ONE_VOICE, "who counts; left out: the coach"),
)


def _read_voice(node: Node, desk: Desk) -> Values | None:
    """The voice of each role; one name alone is everybody's."""
    if isinstance(node, Map):
        return read_map(node, VOICES, desk, "`voice`")
    name = ONE_VOICE.read(node, desk)
    return None if name is None else {"coach": name, "counts": None}


VOICE = Kind(
    "a name, or `{coach: en-us, counts: en-us+m3}`",
    _read_voice,
    {"anyOf": [ONE_VOICE.schema, object_schema(VOICES)]},
)


def part(what: str, rule: str) -> Kind:
    """A part of a file with rules of its own, handed on as it stands.

    `rule` is the definition in the schema that says what may stand there.
    """
    return Kind(what, lambda node, desk: node, {"$ref": f"#/$defs/{rule}"})
