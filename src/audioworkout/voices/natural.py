"""The natural voices: English, neural, from the wheel hibari-tts, through a pyttsx3 driver of ours.

One voice is in the package; the others are fetched when a person asks for one, never otherwise.
There are computers for which onnxruntime has no wheel: without it this engine does not open.
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
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, quick_rate
from audioworkout.names import did_you_mean
from audioworkout.voices.voice import LIST_HINT, Raw, VoiceInfo, Warn

if TYPE_CHECKING:
    from audioworkout.voices.fetching import Progress
    from audioworkout.voices.process import Driver, Worker

HIBARI = "0.2.1"
"""The version pinned in pyproject.toml; a test holds it to what is installed.

Its sound is known, and where another version is installed the driver refuses to speak.
"""

DRIVER_VERSION = 1
"""Raised when our driver, or the way texts are respelt for it, would make other sound."""

PATIENCE = 60.0
"""Seconds in which the first line must come: a model takes its time to load."""

SLOWEST, FASTEST = 80, 300
"""Words a minute: slower they drawl, and the model goes no faster than 330 (counts)."""

FOLDER = "natural"
"""Where voices that were fetched lie, in the folder with the person's own voices."""

DEFAULT = "heart"

HUB = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"
"""Where the package's other voices are."""


class Model(NamedTuple):
    """A voice of the package: its file, that file's size (bytes) and hash, and who speaks."""

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
"""Every voice of the package, as its own table has them; a test holds both together."""

_HINT = "Use the bundled voices: --engine espeak-ng."


@dataclass(frozen=True, slots=True)
class Natural:
    """One natural voice; `model` is the file of one that was fetched, None in the package."""

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
        """Start the worker, which loads the model while other things are done."""
        from audioworkout.voices.process import start_worker

        if not self._worker:
            self._worker.append(start_worker(_driver(), self._identifier()))

    def release(self) -> None:
        """End a worker that was prepared and had nothing to say."""
        while self._worker:
            self._worker.pop().close()

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line in a fresh process."""
        # A build in which everything is kept does without.
        from audioworkout.voices.process import speak_in_worker
        from audioworkout.voices.respelling import respell

        worker = self._worker.pop() if self._worker else None
        asked = {Line(respell(line.text), line.quick): line for line in lines}
        for line, raw in speak_in_worker(
            _driver(), self._identifier(), self.rate, list(asked), _HINT, worker
        ):
            yield asked[line], raw

    def _identifier(self) -> str:
        """What the driver needs to load the model."""
        return json.dumps(
            {
                "name": self.name,
                "version": HIBARI,
                "model": str(self.model) if self.model else None,
                "sha256": MODELS[self.name].sha256,
            }
        )


def is_installed() -> bool:
    """Whether the package and what it runs on are there; nothing is loaded."""
    return all(importlib.util.find_spec(name) for name in ("hibari", "onnxruntime"))


def open_voice(speech: Speech, warn: Warn) -> Natural:
    """The voice asked for by name, by default that in the package.

    Raises:
        UnknownNameError: There is no such voice.
        UsageError: It was not fetched yet, or cannot speak as asked.
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
    if not SLOWEST <= speech.rate <= FASTEST:
        raise UsageError(
            f"a natural voice cannot speak {speech.rate} words a minute",
            f"Choose a rate from {SLOWEST} to {FASTEST}, or --engine espeak-ng.",
        )
    if not is_installed():
        raise VoiceError(
            "the natural voice's packages hibari-tts and onnxruntime are not installed",
            f"They have none for every computer and Python. {_HINT}",
        )
    return Natural(name, _model(name, speech.own), speech.rate, speech.language)


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """The voice in the package and those that were fetched; none where it is not installed."""
    if not is_installed():
        return ()
    return tuple(
        VoiceInfo(name, (model.language,), model.title)
        for name, model in MODELS.items()
        if name == DEFAULT or (own and _is_there(place_of(name, own)))
    )


def fetch_voice(name: str, own: Path, progress: Progress) -> Path:
    """Fetch a voice into the folder with the person's own voices; gives its file.

    Raises:
        UsageError: There is no such voice, or nothing to fetch.
        BuildError: There is no network, or what came is not the voice.
        OutputError: It cannot be written.
    """
    from audioworkout.voices.fetching import fetch_file

    model, target = model_to_fetch(name), place_of(name, own)
    fetch_file(HUB + model.file, target, model.size, model.sha256, progress)
    return target


def model_to_fetch(name: str) -> Model:
    """The voice of that name, if it does not come with the program.

    Raises:
        UsageError: There is no such voice, or nothing to fetch.
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
    """Where a fetched voice lies, given the folder with the person's own voices."""
    return own / FOLDER / MODELS[name].file


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
    return Driver("natural", module, at_once=True, patience=PATIENCE)


def _is_there(path: Path) -> bool:
    """Whether a voice was fetched; one that may not be looked for was not."""
    try:
        return is_file(path)
    except UsageError:
        return False
