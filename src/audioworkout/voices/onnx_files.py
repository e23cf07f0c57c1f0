"""Reads and writes the parts of ONNX files that voices change in their models.

The files are protobuf (onnx.proto3). The package onnx, which reads them whole, has 35 MB. Imports
nothing of this program, because it runs in the worker process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

GRAPH = 7  # of a ModelProto
NODE, INITIALIZER, INPUT, OUTPUT = 1, 5, 11, 12  # of a GraphProto
NODE_INPUT, NODE_OUTPUT, OPERATOR, ATTRIBUTE = 1, 2, 4, 5  # of a NodeProto
OBJECT_NAME, FLOAT = 1, 2  # of an AttributeProto; a ValueInfoProto has the same name
FLOATS, INT64S = 1, 7  # types of tensors
_DIMS, _TYPE, _TENSOR_NAME, _RAW = 1, 2, 8, 9  # of a TensorProto
_VALUE_TYPE, _TENSOR_TYPE, _ELEMENT = 2, 1, 1  # of ValueInfoProto, TypeProto, its Tensor
_SHAPE, _DIM, _DIM_VALUE, _DIM_NAME = 2, 1, 1, 2  # of a Tensor's type, its shape, a dimension
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
        key, at = message[at], at + 1
        if key > 0x7F:  # few are: two bytes or more
            key, at = _read_varint(message, start)
        kind = key & 7
        if kind == _VARINT:
            begin = at
            _, at = _read_varint(message, at)
        elif kind in (_EIGHT, _FOUR):
            begin, at = at, at + (8 if kind == _EIGHT else 4)
        elif kind == _BYTES:
            size, begin = (message[at] if at < len(message) else 0x80), at + 1
            if size > 0x7F:
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


def _write_number(field: int, value: int) -> bytes:
    """A field with a number."""
    return _write_varint(field << 3) + _write_varint(value)


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


def make_value_info(name: bytes, shape: Sequence[int | str] = ()) -> bytes:
    """A ValueInfoProto, which declares an input or output of floats.

    `shape` has a number for each dimension, or a name for one of any size; empty: any shape.
    """
    tensor = _write_number(_ELEMENT, FLOATS)
    if shape:
        sizes = (
            write_field(_DIM_NAME, size.encode())
            if isinstance(size, str)
            else _write_number(_DIM_VALUE, size)
            for size in shape
        )
        tensor += write_field(_SHAPE, b"".join(write_field(_DIM, size) for size in sizes))
    return write_field(OBJECT_NAME, name) + write_field(
        _VALUE_TYPE, write_field(_TENSOR_TYPE, tensor)
    )


def make_tensor(name: str, kind: int, size: int, raw: bytes) -> bytes:
    """A TensorProto of one dimension; `kind` is `FLOATS` or `INT64S`."""
    head = _write_number(_DIMS, size) + _write_number(_TYPE, kind)
    return head + write_field(_TENSOR_NAME, name.encode()) + write_field(_RAW, raw)


def names_in(message: memoryview, number: int) -> list[bytes]:
    """The contents of a message's fields of this number."""
    return [bytes(field.content) for field in read_fields(message) if field.number == number]


class GraphNode(NamedTuple):
    """A node of a graph, and all its bytes as a field of the GraphProto."""

    operator: bytes
    inputs: list[bytes]
    outputs: list[bytes]
    whole: memoryview


class Graph(NamedTuple):
    """The nodes of a graph in order, its constants and inputs by name, and fields beside these.

    The others tell shapes of values above all, by which onnxruntime chooses how it computes them.
    """

    nodes: list[GraphNode]
    tensors: dict[bytes, memoryview]
    inputs: dict[bytes, memoryview]
    others: list[memoryview]


def read_graph(graph: memoryview) -> Graph:
    """Read a GraphProto.

    Raises:
        ValueError: It is not protobuf.
    """
    read = Graph([], {}, {}, [])
    for field in read_fields(graph):
        if field.number == NODE:
            node = GraphNode(b"", [], [], field.whole)
            for part in read_fields(field.content):
                if part.number == NODE_INPUT:
                    node.inputs.append(bytes(part.content))
                elif part.number == NODE_OUTPUT:
                    node.outputs.append(bytes(part.content))
                elif part.number == OPERATOR:
                    node = node._replace(operator=bytes(part.content))
            read.nodes.append(node)
        elif field.number == INITIALIZER:
            [name] = names_in(field.content, _TENSOR_NAME)
            read.tensors[name] = field.whole
        elif field.number == INPUT:
            [name] = names_in(field.content, OBJECT_NAME)
            read.inputs[name] = field.whole
        elif field.number != OUTPUT:
            read.others.append(field.whole)
    return read


def extract_graph(graph: Graph, inputs: Mapping[bytes, bytes], outputs: Sequence[bytes]) -> bytes:
    """The part of a graph that computes some values, as a field of a ModelProto.

    Args:
        graph: Its nodes stand behind those whose outputs they take, as ONNX demands.
        inputs: Values that are given from outside from now on, each with its ValueInfoProto.
        outputs: Names of the values.
    """
    needed, nodes = set(outputs), []
    for node in reversed(graph.nodes):
        if not needed.isdisjoint(node.outputs):
            needed.update(name for name in node.inputs if name not in inputs)
            nodes.append(node.whole)
    parts: list[bytes | memoryview] = [
        *reversed(nodes),
        *graph.others,
        *(tensor for name, tensor in graph.tensors.items() if name in needed),
        *(whole for name, whole in graph.inputs.items() if name in needed),
        *(write_field(INPUT, info) for info in inputs.values()),
        *(write_field(OUTPUT, make_value_info(name)) for name in outputs),
    ]
    return write_head(GRAPH, sum(map(len, parts))) + b"".join(parts)
