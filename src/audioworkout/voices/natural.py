"""The natural voices: neural voices for English from hibari-tts, through our own pyttsx3 driver.

One voice is in the package; the others are downloaded only when the user asks for one. The engine
does not open on computers for which onnxruntime has no wheel.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.files import is_file
from audioworkout.model.callbacks import StepProgress, Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, quick_rate
from audioworkout.names import did_you_mean
from audioworkout.voices.voice import LIST_HINT, Raw, VoiceInfo

if TYPE_CHECKING:
    from audioworkout.voices.process import Driver, Worker

HIBARI = "0.2.1"
"""The version pinned in pyproject.toml, whose sound was tested; the driver refuses others.

A test compares it with the installed one.
"""

DRIVER_VERSION = 5
"""To be raised whenever our driver or the respelling of texts makes other sound."""

NATURAL_TIMEOUT = 60.0
"""Longest wait for the first line (s), which includes loading the model."""

NATURAL_SLOWEST, NATURAL_FASTEST = 80, 300
"""Limits of the rate (words a minute): slower speech drawls, and counts are a tenth faster than
the rate, of which the model does at most 330."""

DOWNLOADS = "natural"
"""Name of the folder of downloaded voices, in the folder with the user's own voices."""

DEFAULT = "heart"

HUB = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"
"""Address of the package's other voices."""


class Model(NamedTuple):
    """A voice of the package: its file with size (bytes) and SHA-256, language and title."""

    file: str
    size: int
    sha256: str
    language: str
    title: str


MODELS: Mapping[str, Model] = {
    "heart": Model(
        "hibari.onnx",
        7_936_868,
        "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
        "en-US",
        "American woman",
    ),
    "emma": Model(
        "bf_emma.int8.onnx",
        7_936_868,
        "f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1",
        "en-GB",
        "British woman",
    ),
    "fenrir": Model(
        "am_fenrir_v2.int8.onnx",
        8_031_158,
        "f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4",
        "en-US",
        "American man",
    ),
    "fable": Model(
        "bm_fable.int8.onnx",
        7_936_868,
        "c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6",
        "en-GB",
        "British man",
    ),
    "kore": Model(
        "af_kore.int8.onnx",
        7_936_868,
        "346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9",
        "en-US",
        "American woman",
    ),
}
"""Every voice of the package, copied from its own table; a test compares them."""

_HINT = "Use the bundled voices: --engine espeak-ng."


@dataclass(frozen=True, slots=True)
class Natural:
    """A natural voice; `model` is its downloaded file, None for the voice in the package."""

    name: str
    model: Path | None
    rate: int
    language: str
    _worker: list[Worker] = field(default_factory=list, compare=False, repr=False)

    @property
    def label(self) -> str:
        """`natural heart 150 wpm`."""
        return f"natural {self.name} {self.rate} wpm"

    def fingerprint(self, line: Line) -> str:
        """Versions of package and driver; the model's hash; both rates."""
        versions = f"hibari-tts {HIBARI} driver {DRIVER_VERSION}"
        return f"{versions} {MODELS[self.name].sha256} {self.rate} {quick_rate(self.rate)}"

    def prepare(self) -> None:
        """Start the worker process, which loads the model in the background."""
        from audioworkout.voices.process import start_worker

        if not self._worker:
            self._worker.append(start_worker(_driver(), self._identifier()))

    def release(self) -> None:
        """Stop the worker process if it was started and is not needed."""
        while self._worker:
            self._worker.pop().close()

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line in a fresh process."""
        # Imported here, because a build with everything cached does not need it.
        from audioworkout.voices.process import speak_in_worker
        from audioworkout.voices.respelling import respell

        worker = self._worker.pop() if self._worker else None
        asked = {Line(respell(line.text), line.quick): line for line in lines}
        for line, raw in speak_in_worker(
            _driver(), self._identifier(), self.rate, list(asked), _HINT, worker
        ):
            yield asked[line], raw

    def _identifier(self) -> str:
        """The driver's identifier of the voice: what it needs to load the model, as JSON."""
        return json.dumps(
            {
                "name": self.name,
                "version": HIBARI,
                "model": str(self.model) if self.model else None,
                "sha256": MODELS[self.name].sha256,
            }
        )


def is_installed() -> bool:
    """True if hibari-tts and onnxruntime are installed; neither is loaded."""
    return all(importlib.util.find_spec(name) for name in ("hibari", "onnxruntime"))


def open_voice(speech: Speech, warn: Warn) -> Natural:
    """Open the voice with this name, by default the one in the package.

    Raises:
        UnknownNameError: There is no such voice.
        UsageError: It was not downloaded yet, or does not support the language or rate.
        VoiceError: The package is not installed.
    """
    name = (speech.voice or DEFAULT).lower()
    if name not in MODELS:
        raise UnknownNameError(
            f"there is no natural voice {speech.voice!r}", did_you_mean(name, MODELS) or LIST_HINT
        )
    if not speech.language.lower().startswith("en"):
        raise UsageError(
            f"the natural voices speak English only, and this workout is in {speech.language!r}",
            "Leave the voice out, or choose one of `audioworkout voices --language"
            f" {speech.language}`.",
        )
    if not NATURAL_SLOWEST <= speech.rate <= NATURAL_FASTEST:
        raise UsageError(
            f"a natural voice cannot speak {speech.rate} words a minute",
            f"Choose a rate from {NATURAL_SLOWEST} to {NATURAL_FASTEST}, or --engine espeak-ng.",
        )
    if not is_installed():
        raise VoiceError(
            "the natural voice's packages hibari-tts and onnxruntime are not installed",
            f"They have none for every computer and Python. {_HINT}",
        )
    return Natural(name, _model(name, speech.own), speech.rate, speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """The voice in the package and the downloaded ones; none if the package is not installed."""
    if not is_installed():
        return ()
    return tuple(
        VoiceInfo(name, (model.language,), model.title)
        for name, model in MODELS.items()
        if name == DEFAULT or (own and _is_there(place_of(name, own)))
    )


def fetch_voice(name: str, own: Path, progress: StepProgress) -> Path:
    """Download a voice into `own`, the folder with the user's own voices; returns its path.

    Raises:
        UsageError: There is no such voice, or it comes with the program.
        BuildError: There is no network, or the download is not the expected file.
        OutputError: The file cannot be written.
    """
    from audioworkout.voices.fetching import fetch_file

    model, target = model_to_fetch(name), place_of(name, own)
    fetch_file(HUB + model.file, target, model.size, model.sha256, progress)
    return target


def model_to_fetch(name: str) -> Model:
    """The voice with this name, if it does not come with the program.

    Raises:
        UsageError: There is no such voice, or it comes with the program.
    """
    if name not in MODELS:
        raise UnknownNameError(
            f"there is no natural voice {name!r}",
            did_you_mean(name, MODELS) or f"There are {', '.join(MODELS)}.",
        )
    if name == DEFAULT:
        raise UsageError(f"the voice {name} came with the program", f"`--voice {name}` uses it.")
    return MODELS[name]


def place_of(name: str, own: Path) -> Path:
    """Path of a downloaded voice, given the folder with the user's own voices."""
    return own / DOWNLOADS / MODELS[name].file


def _model(name: str, own: str | None) -> Path | None:
    if name == DEFAULT:
        return None
    path = place_of(name, Path(own or ""))
    if own and path.is_file():
        return path.absolute()
    size = MODELS[name].size / 1e6
    raise UsageError(
        f"the natural voice {name} is not on this computer",
        f"`audioworkout voices --get {name}` fetches it ({size:.0f} MB).",
    )


def _driver() -> Driver:
    from audioworkout.voices.process import Driver

    module = "audioworkout.voices.natural_driver"
    return Driver("natural", module, at_once=True, patience=NATURAL_TIMEOUT)


def _is_there(path: Path) -> bool:
    """True if the file exists; False if access is denied."""
    try:
        return is_file(path)
    except UsageError:
        return False
