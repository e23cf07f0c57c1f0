"""Makes the JSON Schema of routines and exercises, and the documentation's tables of fields.

Both are made from the tables that the reader uses, so they cannot differ from it. A schema cannot
check a prescription line; `audioworkout check` does.
"""

from __future__ import annotations

import json
import re

from audioworkout.languages import LANGUAGES
from audioworkout.reading.field_types import (
    NOTE,
    PAUSE,
    SCALAR,
    SCALARS,
    SENTENCE,
    Fields,
    Schema,
    object_schema,
)
from audioworkout.reading.fields import (
    AMOUNT,
    BLOCK,
    BY_SET,
    CUES,
    EXERCISE,
    ITEM,
    ROUTINE,
    TRANSLATION,
)
from audioworkout.reading.headings import BLOCK_KINDS, HEADING
from audioworkout.reading.items import SPECIAL


def make_schema() -> Schema:
    """The schema (draft 2020-12) of a file: a routine, its items, an exercise, or several by name.

    The kind of a file is recognised by its keys, as by the reader; a file without any is a routine.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A routine or exercises of audioworkout",
        "if": {"type": "array"},
        "then": {"$ref": "#/$defs/items"},
        "else": _if_any_key(
            ("title", "exercises"),
            "routine",
            _if_any_key(
                ("default", "name"), "exercise", _if_any_key(("define",), "defined", _BY_NAME)
            ),
        ),
        "$defs": _make_definitions(),
    }


def _any_case(pattern: str) -> str:
    """Make a pattern ignore case, because patterns of JSON Schema have no flags."""
    return re.sub(
        r"\\.|[a-z]", lambda m: m[0] if m[0][0] == "\\" else f"[{m[0]}{m[0].upper()}]", pattern
    )


_HEADINGS: Schema = {"pattern": _any_case(f"^({'|'.join((*BLOCK_KINDS, HEADING))})$")}
"""The heading of a block."""

_BY_NAME: Schema = {
    "if": {"type": "object", "minProperties": 1},
    "then": {"$ref": "#/$defs/define"},
    "else": {"$ref": "#/$defs/routine"},
}


def _if_any_key(keys: tuple[str, ...], definition: str, otherwise: Schema) -> Schema:
    """Apply a definition to files with one of these keys."""
    return {
        "if": {"type": "object", "anyOf": [{"required": [key]} for key in keys]},
        "then": {"$ref": f"#/$defs/{definition}"},
        "else": otherwise,
    }


def schema_text() -> str:
    """The schema as it is shipped and printed."""
    return json.dumps(make_schema(), indent=1, ensure_ascii=False) + "\n"


def _make_definitions() -> Schema:
    return {
        "routine": object_schema(ROUTINE),
        "exercise": object_schema(EXERCISE),
        "defined": _single_key_schema("define", {"$ref": "#/$defs/define"}),
        "define": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"$ref": "#/$defs/exercise"}, {"type": ["string", "number", "null"]}]
            },
        },
        "languages": {
            "type": "object",
            "properties": {language: object_schema(TRANSLATION) for language in LANGUAGES},
            "additionalProperties": False,
        },
        "cues": {"anyOf": [object_schema(CUES), SCALARS]},
        "items": _list_schema("item"),
        "block": _block_schema(),
        "sets": _any_of_items(object_schema(BY_SET)),
        "item": {"anyOf": [{"$ref": "#/$defs/work"}, *_special_item_schemas()]},
        "work": {"anyOf": [SCALAR, object_schema(ITEM), _named_item_schema()]},
    }


def _list_schema(definition: str) -> Schema:
    return _any_of_items({"$ref": f"#/$defs/{definition}"})


def _any_of_items(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1}


def _named_item_schema() -> Schema:
    """`name: line`, or the name with fields in place of a line."""
    line = {"type": ["string", "number", "null"]}
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"anyOf": [{"enum": ["exercise", *SPECIAL]}, _HEADINGS]}},
        "additionalProperties": {"anyOf": [line, object_schema(AMOUNT)]},
    }


def _special_item_schemas() -> list[Schema]:
    """Schemas of items that are not exercises."""
    return [
        _single_key_schema("rest", PAUSE.schema),
        _single_key_schema("say", SENTENCE.schema),
        _single_key_schema("note", NOTE.schema),
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": _HEADINGS,
            "additionalProperties": {"$ref": "#/$defs/block"},
        },
    ]


def _block_schema() -> Schema:
    """The value of a block's heading: its fields, its members alone, or one name."""
    one = {"$ref": "#/$defs/item"}
    named = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"enum": ["exercise", *(field.name for field in BLOCK)]}},
        "patternProperties": {_HEADINGS["pattern"]: True},
        "additionalProperties": {"type": ["string", "number", "null", "object"]},
    }
    return {"anyOf": [SCALAR, _any_of_items(one), object_schema(BLOCK), named]}


def _single_key_schema(name: str, value: Schema) -> Schema:
    """A mapping of one key."""
    return {
        "type": "object",
        "properties": {name: value},
        "required": [name],
        "additionalProperties": False,
    }


def field_table(fields: Fields) -> str:
    """A table of fields as Markdown: name, what may stand there, what it means."""
    rows = ["| key | what stands there | meaning |", "|---|---|---|"]
    for field in fields:
        needed = " (required)" if field.required else ""
        rows.append(f"| `{field.name}`{needed} | {field.kind.what} | {field.help} |")
    return "\n".join(rows)
