"""The JSON Schema of programmes, made from the tables that the reader uses."""

from __future__ import annotations

import json

from audioworkout.languages import LANGUAGES
from audioworkout.programmes.fields import DELOAD, FAIL, GATE, PROGRAMME, TEST, TRACK
from audioworkout.reading.field_types import SCALAR, Schema, object_schema


def make_programme_schema() -> Schema:
    """The schema (draft 2020-12) of a programme file. Lines and blanks are left to `check`."""
    anything: Schema = {"type": ["string", "number", "array", "object"]}
    by_name: Schema = {"type": "object", "minProperties": 1}
    titles = {language: {"type": "string"} for language in LANGUAGES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A programme of audioworkout",
        **object_schema(PROGRAMME),
        "$defs": {
            "titles": {"type": "object", "properties": titles, "additionalProperties": False},
            "plan": {**by_name, "additionalProperties": anything},
            "days": {**by_name, "additionalProperties": anything},
            "tracks": {**by_name, "additionalProperties": object_schema(TRACK)},
            "fail": object_schema(FAIL),
            "deload": object_schema(DELOAD),
            "test": object_schema(TEST),
            "gate": object_schema(GATE),
            "member": {"type": "object", "additionalProperties": SCALAR},
        },
    }


def programme_schema_text() -> str:
    """The schema as it is printed."""
    return json.dumps(make_programme_schema(), indent=1, ensure_ascii=False) + "\n"
