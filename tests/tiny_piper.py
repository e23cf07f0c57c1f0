"""Writes a Piper voice of less than a kilobyte: real enough for piper-tts and onnxruntime.

Where a trained voice has a network, this has a tone: 800 samples for each phoneme id, at its own
pace, with the noise that makes real voices differ from one time to the next. The model is written
as protobuf by hand (field numbers of onnx.proto3), for the onnx package weighs 35 MB.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

RATE = 16_000
SAMPLES_PER_ID = 800
FLOAT, INT64 = 1, 7


def write_voice(folder: Path, name: str = "en_US-tiny-low", speakers: int = 1) -> Path:
    """Write both files of a voice; the path of the model. Speaker n hums n octaves higher."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(model(speakers))
    path.with_name(path.name + ".json").write_text(json.dumps(description(name, speakers)))
    return path


def description(name: str, speakers: int) -> dict[str, object]:
    letters = "_^$ abcdefghijklmnopqrstuvwxyzæðŋɑɐɔəɚɛɜɡɪɫɹʃʊʌʒˈˌːθ.,!?:;-'"
    return {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "en-us"},
        "language": {"code": name.partition("-")[0]},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"p{n}": n for n in range(speakers)} if speakers > 1 else {},
        "phoneme_id_map": {letter: [number] for number, letter in enumerate(letters)},
    }


def model(speakers: int) -> bytes:
    """samples = sin(0.05 * 2^speaker * n) + noise, for n below ids * 800 * length scale."""
    nodes = [
        node("Gather", ["scales", "one"], "length_scale"),
        node("Cast", ["input_lengths"], "lengths", attribute("to", FLOAT)),
        node("Gather", ["lengths", "zero"], "ids"),
        node("Mul", ["ids", "length_scale"], "paced"),
        node("Mul", ["paced", "samples_per_id"], "samples"),
        node("Range", ["from", "samples", "by"], "at"),
        node("Mul", ["at", "pitch"], "slow"),
        *pitch_nodes(speakers),
        node("Sin", ["angle"], "hum"),
        node("RandomNormalLike", ["hum"], "noise", attribute("scale", 0.02)),
        node("Add", ["hum", "noise"], "wave"),
        node("Reshape", ["wave", "shape"], "output"),
    ]
    constants = [
        tensor("zero", INT64, [], struct.pack("<q", 0)),
        tensor("one", INT64, [], struct.pack("<q", 1)),
        tensor("shape", INT64, [4], struct.pack("<4q", 1, 1, 1, -1)),
        tensor("from", FLOAT, [], struct.pack("<f", 0)),
        tensor("by", FLOAT, [], struct.pack("<f", 1)),
        tensor("two", FLOAT, [], struct.pack("<f", 2)),
        tensor("pitch", FLOAT, [], struct.pack("<f", 0.05)),
        tensor("samples_per_id", FLOAT, [], struct.pack("<f", SAMPLES_PER_ID)),
    ]
    inputs = [
        value("input", INT64, [1, "ids"]),
        value("input_lengths", INT64, [1]),
        value("scales", FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(value("sid", INT64, [1]))
    graph = b"".join(
        [
            *(part(1, each) for each in nodes),
            part(2, b"tiny"),
            *(part(5, each) for each in constants),
            *(part(11, each) for each in inputs),
            part(12, value("output", FLOAT, [1, 1, 1, "samples"])),
        ]
    )
    return number(1, 8) + part(7, graph) + part(8, number(2, 15))  # IR version 8, operators 15


def pitch_nodes(speakers: int) -> list[bytes]:
    if speakers == 1:
        return [node("Identity", ["slow"], "angle")]
    return [
        node("Cast", ["sid"], "octaves", attribute("to", FLOAT)),
        node("Pow", ["two", "octaves"], "times"),
        node("Mul", ["slow", "times"], "angle"),
    ]


# --- protobuf ---------------------------------------------------------------------------------


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def part(field: int, data: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(data)) + data


def node(operator: str, inputs: list[str], output: str, *attributes: bytes) -> bytes:
    names = b"".join(part(1, name.encode()) for name in inputs)
    rest = b"".join(part(5, each) for each in attributes)
    return names + part(2, output.encode()) + part(4, operator.encode()) + rest


def attribute(name: str, content: float) -> bytes:
    if isinstance(content, int):
        return part(1, name.encode()) + number(3, content) + number(20, 2)
    single = varint(2 << 3 | 5) + struct.pack("<f", content)
    return part(1, name.encode()) + single + number(20, 1)


def tensor(name: str, kind: int, dims: list[int], raw: bytes) -> bytes:
    sizes = b"".join(number(1, size) for size in dims)
    return sizes + number(2, kind) + part(8, name.encode()) + part(9, raw)


def value(name: str, kind: int, dims: list[int | str]) -> bytes:
    shape = b"".join(
        part(1, number(1, size) if isinstance(size, int) else part(2, size.encode()))
        for size in dims
    )
    return part(1, name.encode()) + part(2, part(1, number(1, kind) + part(2, shape)))
