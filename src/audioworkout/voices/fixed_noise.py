"""Models whose random numbers are always the same: for those that add noise to their speech.

onnxruntime's operator RandomNormalLike draws from a generator that goes on from one run to the
next, and no function sets it back, so that a line would sound otherwise after others. Here each
such operator is replaced in the model's file by one that takes its numbers from a constant. The
file is protobuf (onnx.proto3), of which no more is read than its graph's list of operators; the
package onnx would weigh 35 MB. Imports nothing of this program: it runs in the worker process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

NUMBERS = 1 << 21
"""Random numbers at hand: enough for two minutes in one sentence of the largest Piper voices."""

_SEED = 1
_GRAPH = 7  # of a ModelProto
_NODE, _INITIALIZER = 1, 5  # of a GraphProto
_INPUT, _OUTPUT, _OPERATOR, _ATTRIBUTE = 1, 2, 4, 5  # of a NodeProto
_NAME, _FLOAT = 1, 2  # of an AttributeProto
_DIMS, _TYPE, _TENSOR_NAME, _RAW = 1, 2, 8, 9  # of a TensorProto
_FLOATS, _INT64S = 1, 7  # types of tensors
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5  # how a field's content is written

_STARTS = "audioworkout/starts"


class Field(NamedTuple):
    """A field of a message: its number, how it is written, its content, and all its bytes."""

    number: int
    kind: int
    content: memoryview
    whole: memoryview


def with_fixed_noise(model: bytes) -> bytes:
    """A model in which nothing is left to chance; the same bytes where nothing was.

    Raises:
        ValueError: It is no protobuf.
    """
    parts: list[bytes | memoryview] = []
    for field in _fields(memoryview(model)):
        parts += _changed(field.content) if field.number == _GRAPH else [field.whole]
    return b"".join(parts)


def _changed(graph: memoryview) -> list[bytes | memoryview]:
    parts: list[bytes | memoryview] = []
    noises: list[bytes] = []
    for field in _fields(graph):
        if field.number != _NODE or not _is_random(field.content):
            parts.append(field.whole)
            continue
        noise = f"audioworkout/noise {len(noises)}"
        parts += [_message(_NODE, node) for node in _instead(field.content, noise)]
        noises.append(_noise(noise, *_mean_and_scale(field.content)))
    if noises:
        noises.append(_tensor(_STARTS, _INT64S, 1, struct.pack("<q", 0)))
    parts += [_message(_INITIALIZER, tensor) for tensor in noises]
    return [_head(_GRAPH, sum(map(len, parts))), *parts]


def _is_random(node: memoryview) -> bool:
    operators = (bytes(f.content) for f in _fields(node) if f.number == _OPERATOR)
    return b"RandomNormalLike" in operators


def _instead(node: memoryview, noise: str) -> Iterator[bytes]:
    """Operators that give as many of the numbers, in the shape of the same input."""
    names = {f.number: bytes(f.content).decode() for f in _fields(node) if f.number < _OPERATOR}
    like, output = names[_INPUT], names[_OUTPUT]
    size, shape, flat = (f"{noise} {what}" for what in ("size", "shape", "flat"))
    yield _node("Shape", [like], shape)
    yield _node("ReduceProd", [shape], size)  # in one dimension, which `Size` has not
    yield _node("Slice", [noise, _STARTS, size], flat)
    yield _node("Reshape", [flat, shape], output)


def _mean_and_scale(node: memoryview) -> tuple[float, float]:
    found = {b"mean": 0.0, b"scale": 1.0}
    for attribute in _fields(node):
        if attribute.number == _ATTRIBUTE:
            parts = {f.number: bytes(f.content) for f in _fields(attribute.content)}
            if parts.get(_NAME) in found and _FLOAT in parts:
                found[parts[_NAME]] = struct.unpack("<f", parts[_FLOAT])[0]
    return found[b"mean"], found[b"scale"]


def _noise(name: str, mean: float, scale: float) -> bytes:
    import numpy as np

    drawn = np.random.default_rng(_SEED).standard_normal(NUMBERS, dtype=np.float32)
    return _tensor(name, _FLOATS, NUMBERS, (mean + scale * drawn).astype("<f4").tobytes())


# --- protobuf ----------------------------------------------------------------------------------


def _fields(message: memoryview) -> Iterator[Field]:
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            begin = at
            _, at = _varint(message, at)
        elif kind in (_EIGHT, _FOUR):
            begin, at = at, at + (8 if kind == _EIGHT else 4)
        elif kind == _BYTES:
            size, begin = _varint(message, at)
            at = begin + size
        else:
            raise ValueError(f"no protobuf: a field of kind {kind}")
        if at > len(message):
            raise ValueError("no protobuf: it is cut off")
        yield Field(key >> 3, kind, message[begin:at], message[start:at])


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number, and where it ends."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("no protobuf: it is cut off")


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _head(field: int, size: int) -> bytes:
    return _number(field << 3 | _BYTES) + _number(size)


def _message(field: int, content: bytes) -> bytes:
    return _head(field, len(content)) + content


def _node(operator: str, inputs: list[str], output: str) -> bytes:
    names = b"".join(_message(_INPUT, name.encode()) for name in inputs)
    made = names + _message(_OUTPUT, output.encode())
    return made + _message(_OPERATOR, operator.encode())


def _tensor(name: str, kind: int, size: int, raw: bytes) -> bytes:
    head = _number(_DIMS << 3) + _number(size) + _number(_TYPE << 3) + _number(kind)
    return head + _message(_TENSOR_NAME, name.encode()) + _message(_RAW, raw)
