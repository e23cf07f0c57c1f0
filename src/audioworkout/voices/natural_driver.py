"""A pyttsx3 driver for the neural voices of the package hibari-tts.

It runs in the worker process only, and imports only one small module of this program, so that the
worker starts fast. Several threads speak with one model, which releases the interpreter lock while
it computes. Each utterance has its own random generator with the same seed, so that a line sounds
the same whatever else is spoken.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.voices.file_driver import FileDriver, Proxy, create_wave

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from hibari import Hibari

SPEEDS = (
    (80, 0.471),
    (100, 0.556),
    (120, 0.662),
    (132, 0.725),
    (150, 0.800),
    (165, 0.857),
    (180, 0.927),
    (200, 1.151),
    (220, 1.307),
    (260, 1.469),
    (300, 1.596),
    (330, 2.000),
)
"""The model's speed by rate (words a minute), interpolated in between.

With these speeds 104 of our lines took as long in total as with espeak-ng at the same rate. The
model rounds the lengths of sounds, so the relation is not linear.
"""

LONE_WORD = 1.06
"""Factor of speed for a single word, which the model draws out: "seventeen" must fit into 0.8 s."""

_SEED = 1
"""Seed of the noise that the model adds to breath and consonants."""

_THREADS = 4
"""Maximum number of threads: more of them only take memory."""

_MALLOC = {-8: 1, -3: 2 << 20, -1: 8 << 20}
"""Values of M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h."""


def buildDriver(proxy: Proxy) -> NaturalDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry point of every pyttsx3 driver."""
    save_memory()
    return NaturalDriver(proxy)


class NaturalDriver(FileDriver):
    """Speaks into WAV files: int16, mono, at 24 kHz."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(proxy)
        self._model: Hibari | None = None
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


def load_model(name: str, version: str, model: str | None, sha256: str) -> Hibari:
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
    path = Path(model) if model else Path(hibari.__file__).parent / "assets" / "hibari.onnx"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise RuntimeError(f"the model {path} is damaged")
    from hibari.g2p import G2P
    from hibari.voices import VOICES

    with ThreadPoolExecutor(1) as pool:  # phonemizer and model take half a second each
        phonemizer = pool.submit(G2P, british=VOICES[name]["british"])
        return hibari.Hibari(name, str(path), g2p=lambda text: phonemizer.result()(text))


def speak(model: Hibari, text: str, speed: float, filename: str) -> None:
    """Speak `text` into a WAV file.

    Raises:
        OSError: The file cannot be written.
    """
    samples = model(text, speed=speed, seed=_SEED)
    with create_wave(filename, model.sample_rate) as file:
        file.writeframes(int16_of(samples).tobytes())


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
