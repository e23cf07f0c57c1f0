"""Changes the file of a natural voice's model, so that it fits how lines are spoken here.

Imports one small module of this program, because it runs in the worker process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioworkout.voices.onnx_files import (
    FLOATS,
    GRAPH,
    NODE,
    NODE_INPUT,
    NODE_OUTPUT,
    OBJECT_NAME,
    OPERATOR,
    OUTPUT,
    ProtoField,
    make_value_info,
    read_fields,
    write_field,
    write_head,
)

COLUMN_OUTPUTS = (b"lh", b"theta", b"ln", b"lr", b"phi")
"""The model's outputs besides the pitch, each of shape (1, frequencies, frames)."""

_ONE_SPEED, _SPEEDS = (
    b"\n\x05speed\x12\n\n\x08\x08\x01\x12\x04\n\x02" + kind for kind in (b"\x08\x01", b"\x12\0")
)
"""The input of one speed in the model's file, and the same of any number of speeds."""


def adapt_model(model: bytes) -> bytes:
    """The model with a speed for each sound, and with its frames as rows.

    The model divides the length of each sound by the speed, so that each may have its own. Its last
    two operators turn rows of frames into columns and split them; without them it takes a
    fifteenth less time, and its outputs are the pitch and the rows, of shape
    (1, frames, 5 * frequencies). A model that ends otherwise keeps its outputs.

    Raises:
        ValueError: It is not protobuf.
    """
    parts: list[bytes | memoryview] = []
    for field in read_fields(memoryview(model.replace(_ONE_SPEED, _SPEEDS))):
        parts += _with_rows(field.content) if field.number == GRAPH else [field.whole]
    return b"".join(parts)


def _with_rows(graph: memoryview) -> list[bytes | memoryview]:
    fields = list(read_fields(graph))
    last: list[ProtoField] = []
    name = COLUMN_OUTPUTS[0]
    for operator in (b"Split", b"Transpose"):
        maker = _find_maker(fields, name)
        if maker is None or _names(maker, OPERATOR) != [operator]:
            return [write_head(GRAPH, len(graph)), graph]
        last.append(maker)
        name = _names(maker, NODE_INPUT)[0]
    parts = [field.whole for field in _without(fields, last)]
    rows = write_field(OUTPUT, make_value_info(name.decode(), FLOATS))
    return [write_head(GRAPH, sum(map(len, parts)) + len(rows)), *parts, rows]


def _find_maker(fields: Sequence[ProtoField], output: bytes) -> ProtoField | None:
    """The node with this output, which is among the last."""
    return next(
        (
            field
            for field in reversed(fields)
            if field.number == NODE and output in _names(field, NODE_OUTPUT)
        ),
        None,
    )


def _without(fields: Sequence[ProtoField], nodes: Sequence[ProtoField]) -> Iterator[ProtoField]:
    """The graph's fields without these nodes and their outputs."""
    for field in fields:
        output = field.number == OUTPUT and _names(field, OBJECT_NAME)[0] in COLUMN_OUTPUTS
        if not output and not any(field is node for node in nodes):
            yield field


def _names(field: ProtoField, number: int) -> list[bytes]:
    return [bytes(part.content) for part in read_fields(field.content) if part.number == number]
