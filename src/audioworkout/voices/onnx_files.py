"""Reads and writes the parts of ONNX files that voices change in their models.

The files are protobuf (onnx.proto3). The package onnx, which reads them whole, has 35 MB. Imports
nothing of this program, because it runs in the worker process.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

GRAPH = 7  # of a ModelProto
NODE, INITIALIZER, OUTPUT = 1, 5, 12  # of a GraphProto
NODE_INPUT, NODE_OUTPUT, OPERATOR, ATTRIBUTE = 1, 2, 4, 5  # of a NodeProto
OBJECT_NAME, FLOAT = 1, 2  # of an AttributeProto; a ValueInfoProto has the same name
FLOATS, INT64S = 1, 7  # types of tensors
_DIMS, _TYPE, _TENSOR_NAME, _RAW = 1, 2, 8, 9  # of a TensorProto
_VALUE_TYPE, _TENSOR_TYPE, _ELEMENT = 2, 1, 1  # of ValueInfoProto, TypeProto, its Tensor
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5  # how a field's content is written


class ProtoField(NamedTuple):
    """A field of a protobuf message: its number, wire type, content, and all its bytes."""

    number: int
    kind: int
    content: memoryview
    whole: memoryview


def read_fields(message: memoryview) -> Iterator[ProtoField]:
    """The fields of a message, in order.

    Raises:
        ValueError: It is not protobuf.
    """
    at = 0
    while at < len(message):
        start = at
        key, at = _read_varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            begin = at
            _, at = _read_varint(message, at)
        elif kind in (_EIGHT, _FOUR):
            begin, at = at, at + (8 if kind == _EIGHT else 4)
        elif kind == _BYTES:
            size, begin = _read_varint(message, at)
            at = begin + size
        else:
            raise ValueError(f"no protobuf: a field of kind {kind}")
        if at > len(message):
            raise ValueError("no protobuf: it is cut off")
        yield ProtoField(key >> 3, kind, message[begin:at], message[start:at])


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """The varint at an offset of a message, and the offset after it."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("no protobuf: it is cut off")


def _write_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def write_head(field: int, size: int) -> bytes:
    """The bytes before the content of a field of `size` bytes."""
    return _write_varint(field << 3 | _BYTES) + _write_varint(size)


def write_field(field: int, content: bytes) -> bytes:
    """A field with its content."""
    return write_head(field, len(content)) + content


def make_node(operator: str, inputs: list[str], output: str) -> bytes:
    """A NodeProto without attributes."""
    names = b"".join(write_field(NODE_INPUT, name.encode()) for name in inputs)
    made = names + write_field(NODE_OUTPUT, output.encode())
    return made + write_field(OPERATOR, operator.encode())


def make_value_info(name: str, kind: int) -> bytes:
    """A ValueInfoProto, which declares an output of any shape; `kind` is `FLOATS` or `INT64S`."""
    tensor = write_field(_TENSOR_TYPE, _write_varint(_ELEMENT << 3) + _write_varint(kind))
    return write_field(OBJECT_NAME, name.encode()) + write_field(_VALUE_TYPE, tensor)


def make_tensor(name: str, kind: int, size: int, raw: bytes) -> bytes:
    """A TensorProto of one dimension; `kind` is `FLOATS` or `INT64S`."""
    head = (
        _write_varint(_DIMS << 3)
        + _write_varint(size)
        + _write_varint(_TYPE << 3)
        + _write_varint(kind)
    )
    return head + write_field(_TENSOR_NAME, name.encode()) + write_field(_RAW, raw)
