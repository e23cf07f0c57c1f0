"""Cuts the file of a natural voice's model in two, so that it fits how lines are spoken here.

The first part, the predictor, finds how long each sound of a sentence lasts and what pitch and
level each frame of 12.5 ms has. The second, the decoder, makes a frame's spectrum of that and takes
two thirds of the time. Between the two, frames that nobody hears are left out. Imports one small
module of this program, because it runs in the worker process.
"""

from __future__ import annotations

from typing import NamedTuple

from audioworkout.voices.onnx_files import (
    GRAPH,
    Graph,
    GraphNode,
    extract_graph,
    make_value_info,
    read_fields,
    read_graph,
)

PITCH_OUTPUT = b"f0"
"""The model's output of a pitch for each frame."""
_COLUMN_OUTPUT = b"lh"
"""The first of its other outputs, each of shape (1, frequencies, frames)."""
_DECODER_WEIGHT = b"m.dec_in.weight"
"""The weights of the decoder's first operator."""
_CHANNELS = 130
"""Values of a frame that enter the decoder; the last tells its level."""

_ONE_SPEED, _SPEEDS = (
    b"\n\x05speed\x12\n\n\x08\x08\x01\x12\x04\n\x02" + kind for kind in (b"\x08\x01", b"\x12\0")
)
"""The input of one speed in the model's file, and the same of any number of speeds."""


class ModelParts(NamedTuple):
    """The files of a model's two parts; a model of another form is the predictor, as a whole.

    The predictor's outputs are the frames that enter the decoder, of shape (1, channels, frames),
    and the pitch; the decoder's is the spectra as rows, of shape (1, frames, 5 * frequencies). The
    package's model turns the rows into columns at its end, which is left out.
    """

    predictor: bytes
    decoder: bytes | None


def cut_model(model: bytes) -> ModelParts:
    """Cut a model's file in two.

    The predictor takes a speed for each sound: the model divides the length of each by the speed.

    Raises:
        ValueError: It is not protobuf.
    """
    model = model.replace(_ONE_SPEED, _SPEEDS)
    fields = list(read_fields(memoryview(model)))
    head = b"".join(field.whole for field in fields if field.number != GRAPH)
    graph = read_graph(next(field.content for field in fields if field.number == GRAPH))
    decoder = [node for node in graph.nodes if _DECODER_WEIGHT in node.inputs]
    columns = _find_maker(graph, b"Split", _COLUMN_OUTPUT)
    rows = columns and _find_maker(graph, b"Transpose", columns.inputs[0])
    if rows is None or len(decoder) != 1:
        return ModelParts(model, None)
    frames = decoder[0].inputs[0]
    shape = make_value_info(frames, (1, _CHANNELS, "frames"))
    return ModelParts(
        head + extract_graph(graph, {}, [frames, PITCH_OUTPUT]),
        head + extract_graph(graph, {frames: shape}, rows.inputs[:1]),
    )


def _find_maker(graph: Graph, operator: bytes, output: bytes) -> GraphNode | None:
    """The node with this operator that makes a value."""
    for node in graph.nodes:
        if node.operator == operator and output in node.outputs:
            return node
    return None
