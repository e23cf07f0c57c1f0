"""Piper's neural voices, each a model in two files (`NAME.onnx` and `NAME.onnx.json`).

Models are in the folder with the user's own voices, or in installed packages. The middle of a name
is enough: `joe` finds `en_US-joe-medium`. The package piper-tts is installed by the extra
`audioworkout[piper]`, and runs in the worker process, where its faults do no harm.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.files import is_file, list_folder, unreadable
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Speech
from audioworkout.model.script import Line, quick_rate
from audioworkout.names import did_you_mean
from audioworkout.units import RATES
from audioworkout.voices.user_voices import find_in_folder
from audioworkout.voices.voice import Raw, VoiceInfo

SUFFIX = ".onnx"
PIPER_TIMEOUT = 60.0
"""Longest wait for the first line (s), which includes loading a large model."""

DRIVER_VERSION = 2
"""To be raised whenever our driver makes other sound."""

PAGE = "the page rhasspy/piper-voices on Hugging Face"
"""Where people download voices."""

LISTED_SPEAKERS = 8
"""Number of speakers that are listed if an unknown one was requested."""

INSTALL = "Install it with: pip install 'audioworkout[piper]'"


@dataclass(frozen=True, slots=True)
class Piper:
    """A voice of Piper; `digest` is of its two files, `speaker` the number of the speaker."""

    name: str
    model: Path
    speaker: int
    digest: str
    version: str
    rate: int
    language: str

    @property
    def label(self) -> str:
        """`piper en_US-lessac-medium 150 wpm`."""
        return f"piper {self.name} {self.rate} wpm"

    def fingerprint(self, line: Line) -> str:
        """Version of piper-tts and of the driver; the files' content; speaker; both rates."""
        versions = f"piper-tts {self.version} driver {DRIVER_VERSION}"
        return f"{versions} {self.digest} {self.speaker} {self.rate} {quick_rate(self.rate)}"

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        """Speak every line in a fresh process: the same lines give the same bytes."""
        # Imported here, because a build with everything cached does not need it.
        from audioworkout.voices.process import Driver, speak_in_worker

        module = "audioworkout.voices.piper_driver"
        driver = Driver("piper", module, at_once=True, patience=PIPER_TIMEOUT)
        return speak_in_worker(driver, f"{self.model}#{self.speaker}", self.rate, lines)


@dataclass(frozen=True, slots=True)
class _ModelFacts:
    """The facts in a model's JSON file: language (`en_US`), number of speakers, named speakers."""

    language: str
    speakers: int
    numbers: Mapping[str, int]


def open_voice(speech: Speech, warn: Warn) -> Piper:
    """Open the requested voice: a path, or a name; `+SPEAKER` may follow.

    A name is looked up in the folder with the user's own voices; then, also as the middle of a
    name, there and in installed packages. Without a name, the first voice that speaks the language.

    Raises:
        UnknownNameError: There is no such file.
        UsageError: It has no such speaker, or its JSON file is missing or invalid.
        VoiceError: piper-tts is not installed.
    """
    model, wanted = _find_model(speech)
    facts = _read_description(model)
    speaker = 0 if wanted is None else _resolve_speaker(model, facts, wanted)
    name = model.stem if wanted is None else f"{model.stem}+{wanted}"
    return Piper(
        name, model, speaker, _model_digest(model), _piper_version(), speech.rate, speech.language
    )


def list_voices(own: Path | None = None) -> tuple[VoiceInfo, ...]:
    """Every voice in the user's own folder and in packages; none without piper-tts."""
    if importlib.util.find_spec("piper") is None:
        return ()
    return tuple(_list_piper_models(own))


def _list_piper_models(own: Path | None) -> Iterator[VoiceInfo]:
    for model in _models(own):
        try:
            facts = _read_description(model)
        except UsageError:
            continue  # list the others although this one is damaged
        several = f"{facts.speakers} speakers: {model.stem}+0 and on"
        yield VoiceInfo(model.stem, (facts.language,), several if facts.speakers > 1 else "")


def _models(own: Path | None) -> Iterator[Path]:
    """Files of the user's own models, then those in packages with other names."""
    mine = [path for path in list_folder(own) if path.name.endswith(SUFFIX)] if own else []
    yield from mine
    taken = {model.stem for model in mine}
    yield from (model for model in _packaged_models() if model.stem not in taken)


def _packaged_models() -> list[Path]:
    """Files of the models in installed packages, in order of name."""
    from importlib.metadata import distributions  # slow, and rarely needed

    found = {
        Path(str(file.locate())).resolve()
        for package in distributions()
        for file in package.files or ()
        if file.name.endswith(SUFFIX + ".json")
    }
    models = (path.with_name(path.name.removesuffix(".json")) for path in found)
    return sorted((model for model in models if is_file(model)), key=lambda model: model.name)


def _find_by_name(name: str, own: str | None) -> Path | None:
    """The model with this name, or with this as the middle of its name; the user's own first."""
    asked = name.casefold()
    for model in _models(Path(own) if own else None):
        stem = model.stem.casefold()
        if asked == stem or asked in stem.split("-")[1:-1]:
            return model
    return None


def _find_model(speech: Speech) -> tuple[Path, str | None]:
    """The model's file, and the requested speaker (None: the first)."""
    if speech.voice is None:
        return _first_that_speaks(speech), None
    whole = _model_path(speech.voice, speech.own)
    if is_file(whole):
        return whole.absolute(), None
    base, plus, speaker = speech.voice.rpartition("+")
    part = _model_path(base, speech.own)
    if plus and is_file(part):
        return part.absolute(), speaker
    if model := _find_by_name(speech.voice, speech.own):
        return model.absolute(), None
    if plus and (model := _find_by_name(base, speech.own)):
        return model.absolute(), speaker
    raise UnknownNameError(f"there is no Piper voice {whole}", _nearest_hint(speech))


def _model_path(voice: str, own: str | None) -> Path:
    """The file that a voice's name stands for: a path, or a name in the user's own folder."""
    if voice.lower().endswith(SUFFIX):
        return Path(voice) if is_file(Path(voice)) else find_in_folder(own, voice) or Path(voice)
    return find_in_folder(own, voice + SUFFIX) or Path(own or "", voice + SUFFIX)


def _first_that_speaks(speech: Speech) -> Path:
    own = Path(speech.own) if speech.own else None
    wanted = speech.language.partition("-")[0]
    for model in _models(own):
        try:
            language = _read_description(model).language
        except UsageError:
            continue
        if language.partition("_")[0] == wanted:
            return model
    raise UnknownNameError(
        f"there is no Piper voice that speaks {speech.language!r} in {own or 'your own folder'}",
        _nearest_hint(speech),
    )


def _nearest_hint(speech: Speech) -> str:
    """A hint: the nearest name, and where voices can be downloaded."""
    names = [info.name for info in _list_piper_models(Path(speech.own) if speech.own else None)]
    folder = f"into {speech.own}" if speech.own else "anywhere and give its path"
    near = did_you_mean(speech.voice or "", names)
    return f"{near} Put NAME{SUFFIX} and NAME{SUFFIX}.json from {PAGE} {folder}.".lstrip()


def _read_description(model: Path) -> _ModelFacts:
    """Read the JSON file beside a model.

    Raises:
        UsageError: It does not exist, or does not describe a voice.
    """
    path = model.with_name(model.name + ".json")
    try:
        return _parse_description(json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise UsageError(
            f"the Piper voice {model} has no {path.name} beside it", f"Both files are on {PAGE}."
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{path} does not describe a Piper voice: {error}", f"Fetch it anew from {PAGE}."
        ) from error


def _parse_description(told: object) -> _ModelFacts:
    """The facts in a parsed JSON file; missing and null values get defaults.

    Raises:
        TypeError: A value is of the wrong type.
        ValueError: The sample rate is missing or outside `RATES`.
    """
    whole = _table_in(told, "the whole")
    _check_rate(_table_in(whole.get("audio"), "audio"))
    language = _table_in(whole.get("language"), "language").get("code")
    spoken = language or _table_in(whole.get("espeak"), "espeak").get("voice") or ""
    speakers = whole.get("num_speakers")
    numbers = _table_in(whole.get("speaker_id_map"), "speaker_id_map")
    return _ModelFacts(
        str(spoken).replace("-", "_"),
        1 if speakers is None else _number_in(speakers, "num_speakers"),
        {name: _number_in(number, f"speaker {name}") for name, number in numbers.items()},
    )


def _check_rate(audio: Mapping[str, object]) -> None:
    if "sample_rate" not in audio:
        raise ValueError("its `audio` does not tell a sample_rate")
    rate = _number_in(audio["sample_rate"], "sample_rate")
    if rate not in RATES:
        raise ValueError(
            f"a sample_rate of {rate} is none of speech, which has {RATES.start} to"
            f" {RATES.stop - 1} samples a second"
        )


def _table_in(told: object, name: str) -> Mapping[str, object]:
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise TypeError(f"{name} is no table")
    return told


def _number_in(told: object, name: str) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        raise TypeError(f"{name} is no whole number from 0 up")
    return told


def _resolve_speaker(model: Path, facts: _ModelFacts, wanted: str) -> int:
    """The number of a speaker that is given by number or name."""
    if wanted in facts.numbers:
        return facts.numbers[wanted]
    if wanted.isdecimal() and int(wanted) < facts.speakers:
        return int(wanted)
    raise UsageError(
        f"the Piper voice {model.stem} has no speaker {wanted!r}",
        did_you_mean(wanted, facts.numbers) or _describe_speakers(facts),
    )


def _describe_speakers(facts: _ModelFacts) -> str:
    """A hint that lists the model's speakers: the first few names, and the range of numbers."""
    numbers = f"the numbers 0 to {facts.speakers - 1}"
    if not facts.numbers:
        return f"Its speakers have {numbers}."
    names = list(facts.numbers)
    more = f" and {len(names) - LISTED_SPEAKERS} more" if len(names) > LISTED_SPEAKERS else ""
    return f"Its speakers are {', '.join(names[:LISTED_SPEAKERS])}{more}, with {numbers}."


def _model_digest(model: Path) -> str:
    """A digest of both files (40 ms for a voice of 60 MB)."""
    digests = []
    for path in (model, model.with_name(model.name + ".json")):
        try:
            with path.open("rb") as file:
                digests.append(hashlib.file_digest(file, "sha256").hexdigest()[:20])
        except OSError as error:
            raise VoiceError(f"{path} cannot be read: {error.strerror}") from error
    return "-".join(digests)


def _piper_version() -> str:
    """The installed version of piper-tts.

    Raises:
        VoiceError: It is not installed.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("piper-tts")
    except PackageNotFoundError as error:
        raise VoiceError(
            "piper-tts is not installed, which speaks Piper voices", INSTALL
        ) from error
