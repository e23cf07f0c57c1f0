"""Makes ONNX models deterministic that add random noise to their speech.

onnxruntime's operator RandomNormalLike draws from a generator that continues from one run to the
next and cannot be reset, so a line would sound different after other lines. Each such operator in
the model's file is replaced by operators that take their numbers from a constant. Imports one small
module of this program, because it runs in the worker process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audioworkout.voices.onnx_files import (
    ATTRIBUTE,
    FLOAT,
    FLOATS,
    GRAPH,
    INITIALIZER,
    INT64S,
    NODE,
    NODE_INPUT,
    NODE_OUTPUT,
    OBJECT_NAME,
    OPERATOR,
    make_node,
    make_tensor,
    read_fields,
    write_field,
    write_head,
)

NUMBERS = 1 << 21
"""Number of random numbers: enough for a sentence of two minutes in the largest Piper voices."""

_SEED = 1
_STARTS = "audioworkout/starts"


def with_fixed_noise(model: bytes) -> bytes:
    """The model with its random operators replaced; unchanged if it has none.

    Raises:
        ValueError: It is not protobuf.
    """
    parts: list[bytes | memoryview] = []
    for field in read_fields(memoryview(model)):
        parts += _replace_random_nodes(field.content) if field.number == GRAPH else [field.whole]
    return b"".join(parts)


def _replace_random_nodes(graph: memoryview) -> list[bytes | memoryview]:
    parts: list[bytes | memoryview] = []
    noises: list[bytes] = []
    for field in read_fields(graph):
        if field.number != NODE or not _is_random(field.content):
            parts.append(field.whole)
            continue
        noise = f"audioworkout/noise {len(noises)}"
        parts += [write_field(NODE, node) for node in _replacement_nodes(field.content, noise)]
        noises.append(_noise_tensor(noise, *_mean_and_scale(field.content)))
    if noises:
        noises.append(make_tensor(_STARTS, INT64S, 1, struct.pack("<q", 0)))
    parts += [write_field(INITIALIZER, tensor) for tensor in noises]
    return [write_head(GRAPH, sum(map(len, parts))), *parts]


def _is_random(node: memoryview) -> bool:
    operators = (bytes(f.content) for f in read_fields(node) if f.number == OPERATOR)
    return b"RandomNormalLike" in operators


def _replacement_nodes(node: memoryview, noise: str) -> Iterator[bytes]:
    """The operators that replace `node`: numbers from the constant, in the input's shape."""
    names = {f.number: bytes(f.content).decode() for f in read_fields(node) if f.number < OPERATOR}
    like, output = names[NODE_INPUT], names[NODE_OUTPUT]
    size, shape, flat = (f"{noise} {what}" for what in ("size", "shape", "flat"))
    yield make_node("Shape", [like], shape)
    yield make_node("ReduceProd", [shape], size)  # in one dimension, which `Size` has not
    yield make_node("Slice", [noise, _STARTS, size], flat)
    yield make_node("Reshape", [flat, shape], output)


def _mean_and_scale(node: memoryview) -> tuple[float, float]:
    found = {b"mean": 0.0, b"scale": 1.0}
    for attribute in read_fields(node):
        if attribute.number == ATTRIBUTE:
            parts = {f.number: bytes(f.content) for f in read_fields(attribute.content)}
            if parts.get(OBJECT_NAME) in found and FLOAT in parts:
                found[parts[OBJECT_NAME]] = struct.unpack("<f", parts[FLOAT])[0]
    return found[b"mean"], found[b"scale"]


def _noise_tensor(name: str, mean: float, scale: float) -> bytes:
    import numpy as np

    drawn = np.random.default_rng(_SEED).standard_normal(NUMBERS, dtype=np.float32)
    return make_tensor(name, FLOATS, NUMBERS, (mean + scale * drawn).astype("<f4").tobytes())
