"""A pyttsx3 driver for the neural voices of the package hibari-tts.

It runs in the worker process only, and imports only one small module of this program, so that the
worker starts fast. Several threads speak with one model, which releases the interpreter lock while
it computes. Each utterance has its own random generator with the same seed, so that a line sounds
the same whatever else is spoken.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.voices.file_driver import FileDriver, Proxy, create_wave

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from hibari import Hibari
    from onnxruntime import InferenceSession

SPEEDS = (
    (80, 0.436),
    (100, 0.531),
    (120, 0.596),
    (132, 0.674),
    (150, 0.780),
    (165, 0.803),
    (180, 0.853),
    (200, 1.107),
    (220, 1.296),
    (260, 1.364),
    (280, 1.391),
    (300, 1.639),
    (330, 2.000),
)
"""The model's speed by rate (words a minute), interpolated in between.

With these speeds the lines of hip-dips took as long in total as with espeak-ng at the same rate.
The model rounds the lengths of sounds to 25 ms, so the relation has steps.
"""

LEVEL_CHANNEL, QUIET_LEVEL = -1, -0.8
"""Where in the decoder's input a frame's level stands, and the level below which it is not heard.

A unit is 22 dB (a level is a fifth of the natural logarithm of the power). The loudest frames of a
line are at about 1.6, so what is left out is some 50 dB softer; clips end at the last sample above
-45 dB of their peak.
"""


class EdgeSpeeds(NamedTuple):
    """Factors of speed for the silence before and after a line, and for its last sound."""

    before: float
    after: float
    last: float


LONE_EDGES, USUAL_EDGES = EdgeSpeeds(2, 2, 1), EdgeSpeeds(3, 4, 1.5)
"""Of a single word, and of any other line.

The model puts a third of a second of silence before a line and half a second after it, and draws
the last sound out to a third of a second, of which most is silent. The audible words of hip-dips
become half a percent shorter in total; single words, which are counts, keep their ends.
"""

END_MARKS = ".!?"
"""The marks at the end of a line that the model takes for silence."""

FRAMES_BEFORE, FRAMES_AFTER = 3, 1
"""Frames decoded before the first and after the last that is heard."""

LONE_WORD = 1.06
"""Factor of speed for a single word, which the model draws out: "seventeen" must fit into 0.8 s."""

_SEED = 1
"""Seed of the noise that the model adds to breath and consonants."""

_NOISE_FRAMES = 1_000
"""For how many frames it is drawn at once: enough for a line of twelve seconds."""

_THREADS = 4
"""Maximum number of threads: more of them only take memory."""

_MALLOC = {-8: 1, -3: 2 << 20, -1: 8 << 20}
"""Values of M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h."""


def buildDriver(proxy: Proxy) -> NaturalDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry point of every pyttsx3 driver."""
    gc.disable()  # the process is short, and loading makes many objects but no garbage
    save_memory()
    return NaturalDriver(proxy)


class NaturalDriver(FileDriver):
    """Speaks into WAV files: int16, mono, at 24 kHz."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(proxy)
        self._model: NaturalModel | None = None
        self._pool = ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1))
        self._running: dict[Future[None], str] = {}

    def select_voice(self, identifier: str) -> None:
        """Load a model; `identifier` is the arguments of `load_model` as JSON.

        Raises:
            RuntimeError: The package is of another version, or the model is damaged.
            OSError: The model cannot be read.
            Exception: Whatever hibari and onnxruntime raise for a model that does not load.
        """
        self._model = load_model(**json.loads(identifier))

    def save_to_file(self, text: str, filename: str) -> None:
        """Start to speak `text` into a WAV file, which is complete when `endLoop` returns.

        Raises:
            RuntimeError: No voice was set.
        """
        if self._model is None:
            raise RuntimeError("no voice was set")
        speed = model_speed(float(str(self._properties["rate"])))
        if " " not in text:
            speed *= LONE_WORD
        running = self._pool.submit(speak, self._model, text, speed, filename)
        self._running[running] = filename

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Wait for every utterance that was started, and notify pyttsx3 of each as it ends."""
        running, self._running = self._running, {}
        for done in as_completed(running):
            if error := done.exception():
                self._proxy.notify("error", name=running[done], exception=error)
            else:
                self._proxy.notify("finished-utterance", name=running[done], completed=True)

    def destroy(self) -> None:
        """Stop the threads."""
        self._pool.shutdown(cancel_futures=True)


def save_memory() -> None:
    """Have glibc use one heap for all threads, with no large blocks in it: a tenth less memory.

    Otherwise each thread has a heap as large as its longest line ever needed. To be called before
    anything large is loaded.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # not in musl
        for option, value in _MALLOC.items():
            library.mallopt(option, value)


class NaturalModel(NamedTuple):
    """A loaded model: the package's object with the predictor, and the decoder of `cut_model`.

    Without a decoder the package's object has the whole model.
    """

    package: Hibari
    decoder: InferenceSession | None


class PredictedSentence(NamedTuple):
    """The pitch of each frame (Hz), and the vocoder's rows of those from `start` on."""

    pitch: npt.NDArray[np.float32]
    start: int
    rows: npt.NDArray[np.float32]


def load_model(name: str, version: str, model: str | None, sha256: str) -> NaturalModel:
    """Load the package's voice `name`.

    Args:
        name: The package's name of the voice.
        version: The version of the package whose sound was tested.
        model: Path of the model's file; None for the one in the package.
        sha256: Digest of the model's file (hexadecimal).

    Raises:
        RuntimeError: The package is of another version, or the model is damaged.
        OSError: The model cannot be read.
    """
    import hibari

    if hibari.__version__ != version:
        raise RuntimeError(f"hibari-tts {version} is needed, and {hibari.__version__} is installed")
    assets = Path(hibari.__file__).parent / "assets"
    path = Path(model) if model else assets / "hibari.onnx"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RuntimeError(f"the model {path} is damaged")
    from hibari.voices import VOICES
    from onnxruntime import InferenceSession

    from audioworkout.voices.natural_model import cut_model
    from audioworkout.voices.natural_phonemizer import load_phonemizer

    with ThreadPoolExecutor(1) as pool:  # the model takes a third of a second without the lock
        phonemizer = pool.submit(load_phonemizer, assets, british=VOICES[name]["british"])
        parts = cut_model(data)
        package = hibari.Hibari(name, parts.predictor, g2p=lambda text: phonemizer.result()(text))
        package.model_path = str(path)  # it kept the bytes
        options = package.sess.get_session_options()
        providers = package.sess.get_providers()
        decoder = parts.decoder and InferenceSession(parts.decoder, options, providers)
    return NaturalModel(package, decoder or None)


def speak(model: NaturalModel, text: str, speed: float, filename: str) -> None:
    """Speak `text` into a WAV file.

    Raises:
        OSError: The file cannot be written.
    """
    samples = synthesize(model, text, speed)
    with create_wave(filename, model.package.sample_rate) as file:
        file.writeframes(int16_of(samples).tobytes())


def synthesize(model: NaturalModel, text: str, speed: float) -> npt.NDArray[np.float32]:
    """The sound of `text`: shape (samples,), full scale 1.0, at the model's rate.

    It is what the model's own call gives with the same noise, without the silence around it and
    with a shorter last sound.
    """
    import numpy as np

    from audioworkout.voices.vocoder import STEP, synthesize_frames

    package = model.package
    end_marks = [package.vocab[mark] for mark in END_MARKS]
    edges = USUAL_EDGES if " " in text else LONE_EDGES
    sentences = [package.ids(phonemes) for phonemes in package.phonemize(text)]
    parts = [np.zeros(0, np.float32)]
    used = silent = 0
    for number, ids in enumerate(sentences):
        speeds = np.full(len(ids), speed, np.float32)  # the first and last sounds are silence
        if number == 0:
            speeds[0] *= edges.before
        if number == len(sentences) - 1:
            words_end = -2 if ids[-2] in end_marks else -1
            speeds[words_end:] *= edges.after
            speeds[words_end - 1] *= edges.last
        pitch, start, rows = predict_rows(model, ids, speeds)
        end = start + len(rows)
        noise = draw_voice_noise(used + end)[used + start :]
        if number:
            parts.append(np.zeros((silent + start) * STEP, np.float32))
        parts.append(synthesize_frames(rows, pitch[start:end], noise))
        used += len(pitch)
        silent = len(pitch) - end
    return np.concatenate(parts)


def predict_rows(
    model: NaturalModel, ids: list[int], speeds: npt.NDArray[np.float32]
) -> PredictedSentence:
    """What the model predicts of a sentence.

    Args:
        model: From `load_model`.
        ids: Numbers of the sounds.
        speeds: A speed for each.
    """
    import numpy as np

    inputs = {"ids": np.array([ids], np.int64), "speed": speeds}
    *others, pitch = (value[0] for value in model.package.sess.run(None, inputs))
    if model.decoder is None:
        return PredictedSentence(pitch, 0, np.concatenate(others).T)
    [frames] = others
    start, end = find_heard_frames(frames)
    [name] = [each.name for each in model.decoder.get_inputs()]
    [rows] = model.decoder.run(None, {name: frames[None, :, start:end]})
    return PredictedSentence(pitch, start, rows[0])


def find_heard_frames(frames: npt.NDArray[np.float32]) -> tuple[int, int]:
    """The first of the frames to be decoded, and the one after the last; all if none is heard."""
    import numpy as np

    [heard] = np.nonzero(frames[LEVEL_CHANNEL] > QUIET_LEVEL)
    count = frames.shape[1]
    if not len(heard):
        return 0, count
    return max(0, int(heard[0]) - FRAMES_BEFORE), min(count, int(heard[-1]) + 1 + FRAMES_AFTER)


def draw_voice_noise(frames: int) -> npt.NDArray[np.complex64]:
    """The noise of a line, the same for every line: shape (frames, frequencies)."""
    return _draw_noise_blocks(-(-frames // _NOISE_FRAMES))[:frames]


@lru_cache(maxsize=1)
def _draw_noise_blocks(blocks: int) -> npt.NDArray[np.complex64]:
    import numpy as np

    from audioworkout.voices.vocoder import BINS

    numbers = np.random.default_rng(_SEED).standard_normal(
        (blocks * _NOISE_FRAMES, 2 * BINS), dtype=np.float32
    )
    return numbers.view(np.complex64)


def int16_of(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    """Float samples (full scale 1.0) as int16; scaled down as a whole if they exceed full scale."""
    import numpy as np

    loudest = float(np.abs(samples).max(initial=1.0))
    ints: npt.NDArray[np.int16] = np.rint(samples * (32_767 / loudest)).astype(np.int16)
    return ints


def model_speed(rate: float) -> float:
    """The model's speed for a rate (words a minute), from `SPEEDS`.

    >>> model_speed(150) < model_speed(165) < model_speed(200)
    True
    """
    import numpy as np

    rates, speeds = zip(*SPEEDS, strict=True)
    return float(np.interp(rate, rates, speeds))
