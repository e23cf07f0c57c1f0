"""Field types: how the values of fields are parsed, checked and described in JSON Schema.

`FieldType.read` returns the value, or None after it has reported an error. It serves fields of
files and flags, so both have the same rules and messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from audioworkout import notation
from audioworkout.model.routine import Rests
from audioworkout.names import LONGEST_COMPARED as LONGEST_NAME
from audioworkout.names import is_slip, join_choices, make_key, nearest_names
from audioworkout.notation import NotationError, PartialPrescription, Words
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node, key_of
from audioworkout.reading.vocabularies import load_vocabulary
from audioworkout.text import cut_to_length
from audioworkout.units import MINUTE, Ms, format_duration

Schema = dict[str, Any]
Values = dict[str, Any]
"""The parsed values by name of field, without fields that were left out."""

LONGEST_TEXT = 500
"""Most characters of a sentence, because engines take no more at once."""
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
SCALARS: Schema = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}
YES = frozenset({"yes", "on", "true"})
NO = frozenset({"no", "off", "false"})


class FieldType(NamedTuple):
    """The type of a field's value."""

    what: str
    """A few words for the tables of the documentation."""
    read: Callable[[Node, Diagnostics], Any | None]
    """Returns the value; None if it is wrong, which is reported."""
    schema: Schema
    """The type as JSON Schema, as far as that can express it."""


class Field(NamedTuple):
    """One key of a mapping. Reader, schema and documentation are made from tables of these."""

    name: str
    kind: FieldType
    help: str
    required: bool = False


Fields = tuple[Field, ...]


def read_map(node: Node, fields: Fields, diagnostics: Diagnostics, what: str) -> Values:
    """Read the fields of a mapping; those that are wrong are reported and left out.

    `what` names the mapping in messages. A key without a value counts as left out.
    """
    if not isinstance(node, Map):
        message = f"{what} is a mapping of `key: value`, and this is {describe_node(node)}"
        diagnostics.error(
            node, message, f"the keys are {', '.join(field.name for field in fields)}"
        )
        return {}
    known = {field.name: field for field in fields}
    values: Values = {}
    meant: set[str] = set()
    for key, value in node.pairs:
        field = known.get(key_of(key)) or known.get(key.value)
        if field is None:
            meant.update(_report_unknown_key(key, known, diagnostics, what))
        elif field.name in values:
            message = f"`{key.value}` stands here a second time"
            diagnostics.error(key, message, "keep one of them")
        elif not _is_empty(value):
            found = field.kind.read(value, diagnostics)
            if found is not None:
                values[field.name] = found
    for field in fields:
        if field.required and field.name not in meant and _is_left_out(node, field.name):
            diagnostics.error(node, f"{what} needs `{field.name}`: {field.help}")
    return values


def _report_unknown_key(
    key: Text, known: Iterable[str], diagnostics: Diagnostics, what: str
) -> tuple[str, ...]:
    """Report an unknown key; returns the known keys it may be a misspelling of."""
    near = nearest_names(key.value, known)
    hint = f"did you mean {join_choices(near)}?" if near else f"the keys are {', '.join(known)}"
    message = f"`{cut_to_length(key.value, 40)}` is no key of {what}"
    diagnostics.error(key, message, hint, certain_fix(key.value, near))
    return near


def certain_fix(written: str, near: tuple[str, ...]) -> str | None:
    """The only candidate; None if there are several or none."""
    slips = [one for one in near if is_slip(written.lower(), one)]
    return slips[0] if len(slips) == 1 else None


def _is_left_out(node: Map, name: str) -> bool:
    value = node.get(name)
    return value is None or _is_empty(value)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Text) and node.empty


def object_schema(fields: Fields) -> Schema:
    """A mapping of these fields as JSON Schema; `null` counts as left out."""
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _describe_field(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return schema | ({"required": required} if required else {})


def _describe_field(field: Field) -> Schema:
    schema = field.kind.schema
    if not field.required:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"description": field.help, **schema}


def read_text_value(node: Node, diagnostics: Diagnostics, what: str) -> str | None:
    """The text of a scalar; None if the node is not one, which is reported."""
    if isinstance(node, Text) and not node.empty:
        return node.value
    diagnostics.error(node, f"{what} is expected here, and this is {describe_node(node)}")
    return None


# --- Texts and names ---------------------------------------------------------------------------


def sentence_type(longest: int = LONGEST_TEXT, spoken: bool = True) -> FieldType:
    """A text of so many characters; `spoken`: it must have letters or digits to speak."""

    def read(node: Node, diagnostics: Diagnostics) -> str | None:
        text = read_text_value(node, diagnostics, "a text")
        text = None if text is None else " ".join(text.split())
        if text and len(text) > longest:
            diagnostics.error(node, f"longer than {longest} characters", "make it several")
        elif text is not None and spoken and not any(map(str.isalnum, text)):
            diagnostics.error(node, f"`{text}` has nothing in it that can be spoken")
        else:
            return text
        return None

    return FieldType("text", read, SCALAR)


def _read_name(node: Node, diagnostics: Diagnostics) -> str | None:
    text = read_text_value(node, diagnostics, "a name")
    if text is None or (make_key(text) and len(text) <= LONGEST_NAME):
        return text
    diagnostics.error(node, f"`{cut_to_length(text, 40)}` is not a name")
    return None


def list_type(kind: FieldType, what: str) -> FieldType:
    """A list of values of one type, or a single value; wrong values are left out."""

    def read(node: Node, diagnostics: Diagnostics) -> tuple[Any, ...]:
        if _is_empty(node):
            return ()
        found = (
            kind.read(one, diagnostics)
            for one in (node.items if isinstance(node, List) else (node,))
        )
        return tuple(value for value in found if value is not None)

    return FieldType(what, read, SCALARS)


SENTENCE = sentence_type()

_BREATHING_PARTS = (
    Field("effort", SENTENCE, "with the effort", required=True),
    Field("return", SENTENCE, "on the way back", required=True),
)


def _read_breathing(node: Node, diagnostics: Diagnostics) -> tuple[str, ...] | None:
    if not isinstance(node, Map):
        sentence = SENTENCE.read(node, diagnostics)
        return None if sentence is None else (sentence,)
    said = read_map(node, _BREATHING_PARTS, diagnostics, "`breathing`")
    return (said["effort"], said["return"]) if len(said) == len(_BREATHING_PARTS) else None


BREATHING = FieldType(
    "a text, or `{effort: ..., return: ...}`",
    _read_breathing,
    {"anyOf": [SCALAR, object_schema(_BREATHING_PARTS)]},
)
NOTE = sentence_type(spoken=False)
SENTENCES = list_type(SENTENCE, "a text or a list of them")
NAME = FieldType("a name", _read_name, SCALAR)
NAMES = list_type(NAME, "a list of names")


def _read_kit(node: Node, diagnostics: Diagnostics) -> tuple[str, ...] | None:
    text = node.value if isinstance(node, Text) else None
    if text is not None and text.lower() in NO | {"none"}:
        return ()
    if text is None:
        return NAMES.read(node, diagnostics)
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        diagnostics.error(node, "equipment is expected here", f"write {KIT_LIST.what}")
        return None
    return names


KIT_LIST = FieldType("a list, like `mat, dumbbells`, or `none`", _read_kit, SCALARS)


# --- Words and numbers -------------------------------------------------------------------------


def choice_type(words: tuple[str, ...]) -> FieldType:
    """One of a few words, in any case, with or without hyphens."""

    def read(node: Node, diagnostics: Diagnostics) -> str | None:
        text = read_text_value(node, diagnostics, "a word")
        if text is None or make_key(text) in words:
            return text and make_key(text)
        if "off" in words and text.lower() in NO:
            return "off"
        near = () if text.lower() in YES else nearest_names(text, words)
        hint = f"did you mean {join_choices(near)}?" if near else ""
        message = f"`{cut_to_length(text, 40)}` is not one of {join_choices(words)}"
        diagnostics.error(node, message, hint, certain_fix(text, near))
        return None

    # `on` and `off` are true and false to an editor that reads YAML 1.1.
    booleans = [word == "on" for word in words if word in ("on", "off")]
    return FieldType(join_choices(words), read, {"enum": [*words, *booleans]})


def _read_switch(node: Node, diagnostics: Diagnostics) -> bool | None:
    text = read_text_value(node, diagnostics, "`yes` or `no`")
    if text is not None and text.lower() not in YES | NO:
        diagnostics.error(node, f"`{cut_to_length(text, 40)}` is neither `yes` nor `no`")
        return None
    return None if text is None else text.lower() in YES


SWITCH = FieldType(
    "`yes` or `no`",
    _read_switch,
    {"anyOf": [{"type": "boolean"}, {"enum": sorted(YES | NO)}]},
)


def integer_type(low: int, high: int) -> FieldType:
    """A whole number between two ends."""

    def read(node: Node, diagnostics: Diagnostics) -> int | None:
        text = read_text_value(node, diagnostics, "a whole number")
        value = None if text is None else parse_number(text)
        if value is not None and not value % 1 and low <= value <= high:
            return int(value)
        if text is not None:
            diagnostics.error(
                node, f"`{cut_to_length(text, 40)}` is not a whole number from {low} to {high}"
            )
        return None

    number = {"type": "integer", "minimum": low, "maximum": high}
    digits = {"type": "string", "pattern": "^[0-9]+$"}
    return FieldType(f"{low} to {high}", read, {"anyOf": [number, digits]})


def decimal_type(low: float, high: float, unit: str = "") -> FieldType:
    """A number between two ends, with or without its unit."""
    what = f"{low:g} to {high:g} {unit}".rstrip()

    def read(node: Node, diagnostics: Diagnostics) -> float | None:
        text = read_text_value(node, diagnostics, "a number")
        value = None if text is None else parse_number(text.removesuffix(unit).rstrip())
        if value is not None and low <= value <= high:
            return value
        if text is not None:
            diagnostics.error(node, f"`{cut_to_length(text, 40)}` is not a number from {what}")
        return None

    number = {"type": "number", "minimum": low, "maximum": high}
    return FieldType(what, read, {"anyOf": [number, {"type": "string", "pattern": "^-?[0-9.]+"}]})


def number_choice_type(numbers: tuple[int, ...]) -> FieldType:
    """One of a few numbers."""
    what = ", ".join(map(str, numbers))

    def read(node: Node, diagnostics: Diagnostics) -> int | None:
        text = read_text_value(node, diagnostics, "a number")
        value = None if text is None else parse_number(text)
        if value in numbers:
            return int(value or 0)
        if text is not None:
            diagnostics.error(node, f"`{cut_to_length(text, 40)}` is none of {what}")
        return None

    return FieldType(f"one of {what}", read, {"enum": [*numbers, *map(str, numbers)]})


def _read_share(node: Node, diagnostics: Diagnostics) -> float | None:
    text = read_text_value(node, diagnostics, "a level")
    if text is None:
        return None
    value = parse_number(text.removesuffix("%").rstrip())
    value = value / 100 if value is not None and text.endswith("%") else value
    if value is not None and 0 < value <= 2:
        return value
    diagnostics.error(node, f"`{cut_to_length(text, 40)}` is not a level", f"write {SHARE.what}")
    return None


SHARE = FieldType("`0.8` or `80%`, up to 200%", _read_share, {"type": ["number", "string"]})


def parse_number(text: str) -> float | None:
    """Parse a plain decimal number; None for forms of Python only (`1_0`, `nan`, `1e3`).

    >>> parse_number("010"), parse_number("-16.5"), parse_number("1e3")
    (10.0, -16.5, None)
    """
    plain = text.removeprefix("-").replace(".", "", 1)
    return float(text) if len(text) < 20 and plain.isascii() and plain.isdigit() else None


# --- The notation of prescriptions -------------------------------------------------------------


class Parse(Protocol):
    """Reads a value of the notation; `vocabulary`: of the language that its page is written in."""

    def __call__(self, text: str, *, vocabulary: Words | None = None) -> Any:  # noqa: ANN401
        """The value of a text; raise NotationError where it is none."""


def notation_type(parse: Parse, what: str) -> FieldType:
    """A value of the prescription notation: a time, a tempo, a range, a whole line."""

    def read(node: Node, diagnostics: Diagnostics) -> Any | None:  # noqa: ANN401 - what `parse` gives
        text = read_text_value(node, diagnostics, what.split(", like")[0])
        if text is None or not isinstance(node, Text):
            return None
        try:
            found = parse(text, vocabulary=load_vocabulary(node.page.language))
        except NotationError as error:
            diagnostics.notation(node, error.problems)
            return None
        if isinstance(found, PartialPrescription):
            diagnostics.notation(node, found.remarks, fatal=False)
        return found

    return FieldType(what, read, {"type": ["string", "number"]})


def listed_type(one: FieldType) -> FieldType:
    """A value of the notation that may also be written as a list: `[12, 10, 8]`."""

    def read(node: Node, diagnostics: Diagnostics) -> Any | None:  # noqa: ANN401 - what `one` gives
        if isinstance(node, List) and node.items:
            texts = [item for item in node.items if isinstance(item, Text)]
            if len(texts) == len(node.items):
                joined = ", ".join(text.value for text in texts)
                node = Text(node.page, node.line, node.column, node.width, joined)
        return one.read(node, diagnostics)

    schema = {"type": ["string", "number", "array"], "items": {"type": ["string", "number"]}}
    return FieldType(one.what, read, schema)


def duration_type(shortest: Ms = 0, longest: Ms = notation.LONGEST_DURATION) -> FieldType:
    """A time within limits (ms)."""

    def parse(text: str, *, vocabulary: Words | None = None) -> Ms:
        return notation.parse_duration(text, shortest, longest, vocabulary)

    if longest <= MINUTE:
        return notation_type(parse, f"a time up to {format_duration(longest)}, like `5s`")
    return notation_type(parse, "a time, like `45s`, `1:30` or `2 min`")


def _read_pause_length(node: Node, diagnostics: Diagnostics) -> Ms | None:
    """A pause; of a range the middle, told."""
    ends = _PAUSE_ENDS.read(node, diagnostics)
    if ends is None:
        return None
    low, high = ends
    middle: Ms = (low + high) // 2
    if low != high:
        text = format_duration(middle)
        diagnostics.warn(node, f"of a range the middle is taken, {text}", f"write `{text}`")
    return middle


_PAUSE_ENDS = notation_type(notation.parse_duration_range, "a time, like `45s`, `1:30` or `2 min`")
PAUSE = _PAUSE_ENDS._replace(read=_read_pause_length)
TEMPO = notation_type(notation.parse_tempo, "a tempo, like `2-0-2-0` or `20X0`")
LINE = notation_type(notation.parse_line, "a prescription line, like `3x8-10 rest 60s`")


RESTS: Fields = (
    Field("sets", PAUSE, "between the sets of an exercise"),
    Field("exercises", PAUSE, "between two exercises"),
    Field("sides", PAUSE, "for changing sides"),
)


def _read_rests(node: Node, diagnostics: Diagnostics) -> Rests | None:
    if isinstance(node, Map):
        return Rests(**read_map(node, RESTS, diagnostics, "`rest`"))
    both = PAUSE.read(node, diagnostics)
    return None if both is None else Rests(sets=both, exercises=both)


PAUSES = FieldType(
    "a time, or `{sets: 45s, exercises: 60s, sides: 6s}`",
    _read_rests,
    {"anyOf": [PAUSE.schema, object_schema(RESTS)]},
)


def name_type(what: str, hint: str) -> FieldType:
    """A name or a path, kept exactly as written."""

    def read(node: Node, diagnostics: Diagnostics) -> str | None:
        text = read_text_value(node, diagnostics, f"a {what}")
        if text is None:
            return None
        text = text.removesuffix("\n")  # where YAML's `|` and `>` end
        if not text.strip():
            diagnostics.error(node, f"no {what} is named", hint)
        elif "\0" in text:
            diagnostics.error(node, f"the name of a {what} has no NUL in it")
        else:
            return text
        return None

    return FieldType("text", read, SCALAR)


ENGINE = name_type("speech engine", "`audioworkout voices` lists them")
ONE_VOICE = name_type(
    "voice", "name one that `audioworkout voices` lists, a .onnx file or a folder of recordings"
)
MUSIC = name_type("piece of music", "name a file or a folder of music, or leave it out")
VOICES: Fields = (
    Field("coach", ONE_VOICE, "who says everything but counts"),
    Field("counts", ONE_VOICE, "who counts; left out: the coach"),
)


def _read_voice(node: Node, diagnostics: Diagnostics) -> Values | None:
    """Read the voice of each role; a single name is for all roles."""
    if isinstance(node, Map):
        return read_map(node, VOICES, diagnostics, "`voice`")
    name = ONE_VOICE.read(node, diagnostics)
    return None if name is None else {"coach": name, "counts": None}


VOICE = FieldType(
    "a name, or `{coach: en-us, counts: en-us+m3}`",
    _read_voice,
    {"anyOf": [ONE_VOICE.schema, object_schema(VOICES)]},
)


def raw_type(what: str, rule: str, word: str = "") -> FieldType:
    """A part of a file that another reader parses.

    `rule` is the definition of its content in the schema; `word` may stand there instead.
    """
    schema: Schema = {"$ref": f"#/$defs/{rule}"}
    if word:
        schema = {"anyOf": [schema, {"enum": [word]}]}
    return FieldType(what, lambda node, diagnostics: node, schema)
