"""Makes ONNX models deterministic that add random noise to their speech.

onnxruntime's operator RandomNormalLike draws from a generator that continues from one run to the
next and cannot be reset, so a line would sound different after other lines. Each such operator in
the model's file is replaced by operators that take their numbers from a constant. The file is
protobuf (onnx.proto3), of which only the graph's list of operators is parsed here; the package onnx
has 35 MB. Imports nothing of this program, because it runs in the worker process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

NUMBERS = 1 << 21
"""Number of random numbers: enough for a sentence of two minutes in the largest Piper voices."""

_SEED = 1
_GRAPH = 7  # of a ModelProto
_NODE, _INITIALIZER = 1, 5  # of a GraphProto
_INPUT, _OUTPUT, _OPERATOR, _ATTRIBUTE = 1, 2, 4, 5  # of a NodeProto
_NAME, _FLOAT = 1, 2  # of an AttributeProto
_DIMS, _TYPE, _TENSOR_NAME, _RAW = 1, 2, 8, 9  # of a TensorProto
_FLOATS, _INT64S = 1, 7  # types of tensors
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5  # how a field's content is written

_STARTS = "audioworkout/starts"


class ProtoField(NamedTuple):
    """A field of a protobuf message: its number, wire type, content, and all its bytes."""

    number: int
    kind: int
    content: memoryview
    whole: memoryview


def with_fixed_noise(model: bytes) -> bytes:
    """The model with its random operators replaced; unchanged if it has none.

    Raises:
        ValueError: It is not protobuf.
    """
    parts: list[bytes | memoryview] = []
    for field in _read_fields(memoryview(model)):
        parts += _replace_random_nodes(field.content) if field.number == _GRAPH else [field.whole]
    return b"".join(parts)


def _replace_random_nodes(graph: memoryview) -> list[bytes | memoryview]:
    parts: list[bytes | memoryview] = []
    noises: list[bytes] = []
    for field in _read_fields(graph):
        if field.number != _NODE or not _is_random(field.content):
            parts.append(field.whole)
            continue
        noise = f"audioworkout/noise {len(noises)}"
        parts += [_write_field(_NODE, node) for node in _replacement_nodes(field.content, noise)]
        noises.append(_noise_tensor(noise, *_mean_and_scale(field.content)))
    if noises:
        noises.append(_make_tensor(_STARTS, _INT64S, 1, struct.pack("<q", 0)))
    parts += [_write_field(_INITIALIZER, tensor) for tensor in noises]
    return [_field_head(_GRAPH, sum(map(len, parts))), *parts]


def _is_random(node: memoryview) -> bool:
    operators = (bytes(f.content) for f in _read_fields(node) if f.number == _OPERATOR)
    return b"RandomNormalLike" in operators


def _replacement_nodes(node: memoryview, noise: str) -> Iterator[bytes]:
    """The operators that replace `node`: numbers from the constant, in the input's shape."""
    names = {
        f.number: bytes(f.content).decode() for f in _read_fields(node) if f.number < _OPERATOR
    }
    like, output = names[_INPUT], names[_OUTPUT]
    size, shape, flat = (f"{noise} {what}" for what in ("size", "shape", "flat"))
    yield _make_node("Shape", [like], shape)
    yield _make_node("ReduceProd", [shape], size)  # in one dimension, which `Size` has not
    yield _make_node("Slice", [noise, _STARTS, size], flat)
    yield _make_node("Reshape", [flat, shape], output)


def _mean_and_scale(node: memoryview) -> tuple[float, float]:
    found = {b"mean": 0.0, b"scale": 1.0}
    for attribute in _read_fields(node):
        if attribute.number == _ATTRIBUTE:
            parts = {f.number: bytes(f.content) for f in _read_fields(attribute.content)}
            if parts.get(_NAME) in found and _FLOAT in parts:
                found[parts[_NAME]] = struct.unpack("<f", parts[_FLOAT])[0]
    return found[b"mean"], found[b"scale"]


def _noise_tensor(name: str, mean: float, scale: float) -> bytes:
    import numpy as np

    drawn = np.random.default_rng(_SEED).standard_normal(NUMBERS, dtype=np.float32)
    return _make_tensor(name, _FLOATS, NUMBERS, (mean + scale * drawn).astype("<f4").tobytes())


# --- protobuf ----------------------------------------------------------------------------------


def _read_fields(message: memoryview) -> Iterator[ProtoField]:
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


def _field_head(field: int, size: int) -> bytes:
    return _write_varint(field << 3 | _BYTES) + _write_varint(size)


def _write_field(field: int, content: bytes) -> bytes:
    return _field_head(field, len(content)) + content


def _make_node(operator: str, inputs: list[str], output: str) -> bytes:
    names = b"".join(_write_field(_INPUT, name.encode()) for name in inputs)
    made = names + _write_field(_OUTPUT, output.encode())
    return made + _write_field(_OPERATOR, operator.encode())


def _make_tensor(name: str, kind: int, size: int, raw: bytes) -> bytes:
    head = (
        _write_varint(_DIMS << 3)
        + _write_varint(size)
        + _write_varint(_TYPE << 3)
        + _write_varint(kind)
    )
    return head + _write_field(_TENSOR_NAME, name.encode()) + _write_field(_RAW, raw)
