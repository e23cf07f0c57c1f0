"""A pyttsx3 driver for the neural voices of the package hibari-tts.

It implements the interface that pyttsx3's own dummy driver documents. Runs in the worker process
only, and imports nothing of this program, so that the worker starts fast. Utterances are spoken by
several threads with one model, whose computations release the interpreter; each has a random
generator of its own with the same seed, so that a line is the same whatever is said beside it.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
import wave
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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
"""The model's speed for a rate (words a minute), between which it is interpolated.

With it our lines together take as long as espeak-ng's (measured over 104 of them). The model rounds
the lengths of sounds, so that this is no straight line.
"""

LONE_WORD = 1.06
"""A word alone is drawn out by the model: so much faster "seventeen" fits into 0.8 s."""

_SEED = 1
"""The model adds noise to breath and consonants; with a seed it is always the same."""

_THREADS = 4
"""More than this take memory and bring nothing."""

_MALLOC = {-8: 1, -3: 2 << 20, -1: 8 << 20}
"""M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h."""


class Proxy(Protocol):
    """What pyttsx3 hands a driver."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        """False: the next command of the queue may run."""

    def notify(self, topic: str, **kwargs: object) -> None:
        """Report what happened to whoever is connected to `topic`."""


def buildDriver(proxy: Proxy) -> NaturalDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry of every pyttsx3 driver."""
    save_memory()
    return NaturalDriver(proxy)


class NaturalDriver:
    """Speaks into WAV files: int16, mono, at 24 kHz."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._model: Hibari | None = None
        self._pool = ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1))
        self._begun: dict[Future[None], str] = {}
        self._properties: dict[str, object] = {"voice": "", "rate": 150, "volume": 1.0}

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (as `load_model` takes it) or `rate` (words a minute).

        Raises:
            KeyError: There is no such property.
            RuntimeError: The package is of another version, or the model damaged.
            OSError: The model cannot be read.
            Exception: Whatever hibari and onnxruntime raise for a model that does not load.
        """
        if name == "voice":
            self._model = load_model(**json.loads(str(value)))
        elif name not in self._properties:
            raise KeyError(name)
        self._properties[name] = value

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """`voice`, `rate` or `volume` as set; KeyError for others."""
        return self._properties[name]

    def save_to_file(self, text: str, filename: str) -> None:
        """Begin to speak `text` into a WAV file, which is complete when `endLoop` returns.

        Raises:
            RuntimeError: No voice was set.
        """
        if self._model is None:
            raise RuntimeError("no voice was set")
        speed = speed_of(float(str(self._properties["rate"])))
        if " " not in text:
            speed *= LONE_WORD
        begun = self._pool.submit(speak, self._model, text, speed, filename)
        self._begun[begun] = filename

    def say(self, text: str) -> None:
        """Not possible: this driver has no loudspeaker."""
        raise RuntimeError("this driver speaks into files only")

    def stop(self) -> None:
        """Nothing to stop: an utterance ends before anything else can be asked."""

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Run everything queued; the last command of the queue is `endLoop`."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Wait for every utterance that was begun, and tell of each as it ends."""
        begun, self._begun = self._begun, {}
        for done in as_completed(begun):
            if error := done.exception():
                self._proxy.notify("error", name=begun[done], exception=error)
            else:
                self._proxy.notify("finished-utterance", name=begun[done], completed=True)

    def destroy(self) -> None:
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)


def save_memory() -> None:
    """Have glibc keep one heap for all threads, and no large blocks in it: a tenth less memory.

    Each thread would have a heap of its own, as large as its longest line ever needed. Must come
    before anything large is loaded.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # musl has none
        for option, value in _MALLOC.items():
            library.mallopt(option, value)


def load_model(name: str, version: str, model: str | None, sha256: str) -> Hibari:
    """The voice `name` of the package, ready to speak.

    Args:
        name: As the package calls it.
        version: That of the package whose sound was tested.
        model: The model's file; None for that in the package.
        sha256: Of the model's file.

    Raises:
        RuntimeError: The package is of another version, or the model damaged.
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

    with ThreadPoolExecutor(1) as pool:  # both take half a second
        phonemizer = pool.submit(G2P, british=VOICES[name]["british"])
        return hibari.Hibari(name, str(path), g2p=lambda text: phonemizer.result()(text))


def speak(model: Hibari, text: str, speed: float, filename: str) -> None:
    """Speak `text` into a WAV file.

    Raises:
        OSError: The file cannot be written.
    """
    samples = model(text, speed=speed, seed=_SEED)
    with wave.open(filename, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(model.sample_rate)
        file.writeframes(int16_of(samples).tobytes())


def int16_of(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    """Samples that are full scale at 1.0 as int16; softer where they would go beyond."""
    import numpy as np

    loudest = float(np.abs(samples).max(initial=1.0))
    ints: npt.NDArray[np.int16] = np.rint(samples * (32_767 / loudest)).astype(np.int16)
    return ints


def speed_of(rate: float) -> float:
    """The model's speed with which our lines take as long as espeak-ng's at a rate.

    >>> speed_of(150) < speed_of(165) < speed_of(200)
    True
    """
    import numpy as np

    rates, speeds = zip(*SPEEDS, strict=True)
    return float(np.interp(rate, rates, speeds))
