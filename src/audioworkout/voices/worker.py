"""The process in which a pyttsx3 driver runs; `process` starts it and reads its answers.

Drivers hang, crash, print to standard output, and keep state from one line to the next. In a
separate process this is harmless, and the same lines give the same bytes every time.

Reads its job from standard input as lines of JSON, and answers in lines of JSON:

    {"driver": "...", "module": "..." | null, "voice": "..." | null, "at_once": true}
    {"utterances": [["text", 150, "file"], ...]}
    -> {"file": "..."} for every file that is complete, {"error": "..."} for a failure;
    engine and voice are loaded before the second line is read, so it may come later; if standard
    input ends instead, nothing is spoken
    {"driver": "...", "module": "..." | null, "list": true}
    -> {"voices": [{"id": "...", "name": "...", "languages": [...]}, ...], "current": "..."}
    finally {"done": true}; if that is missing, the driver crashed the process

Imports nothing of this program, so that it starts fast.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

SendAnswer = Callable[..., None]
Utterance = tuple[str, int, str]
"""Text, rate in words a minute, and the file to write."""


class ListedVoice(Protocol):
    """A voice as pyttsx3 lists it."""

    id: str
    name: str | None
    languages: Sequence[str | bytes] | None


class Pyttsx3Engine(Protocol):
    """The methods of pyttsx3's engine that are used."""

    def connect(self, topic: str, cb: Callable[..., None]) -> object:
        """Have `cb` called when `topic` is notified."""

    def getProperty(self, name: str) -> Any:  # noqa: N802, ANN401 - pyttsx3's name, any type
        """The value of a property: `voices` or `voice`."""

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Queue a change."""

    def save_to_file(self, text: str, filename: str, name: str) -> None:
        """Queue an utterance."""

    def runAndWait(self) -> None:  # noqa: N802 - pyttsx3's name
        """Do what is queued."""


def main() -> None:
    """Do the job that is read from standard input."""
    answer = _open_answers()
    try:
        _do_job(json.loads(sys.stdin.readline()), answer)
        answer(done=True)
    except Exception as error:
        answer(error=_describe_exception(error))


def _open_answers() -> SendAnswer:
    """A function that writes answers to standard output; prints of drivers go to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(2, 1)

    def answer(**message: object) -> None:
        channel.write(json.dumps(message) + "\n")

    return answer


def _do_job(job: dict[str, Any], answer: SendAnswer) -> None:
    engine = _make_engine(job["driver"], job["module"])
    engine.connect("error", lambda name, exception: answer(error=_describe_exception(exception)))
    if job.get("list"):
        voices = list(map(_voice_answer, engine.getProperty("voices")))
        answer(voices=voices, current=str(engine.getProperty("voice")))
        return
    if job["voice"] is not None:
        engine.setProperty("voice", job["voice"])
    if job["at_once"]:
        engine.runAndWait()  # loads the voice; the drivers of systems would hang without utterances
    utterances = json.loads(sys.stdin.readline() or "{}").get("utterances", [])
    if job["at_once"]:
        _speak_batch(engine, utterances, answer)
    else:
        _speak_one_by_one(engine, utterances, answer)


def _make_engine(driver: str, module: str | None) -> Pyttsx3Engine:
    """A pyttsx3 engine; `module` is registered as its driver unless it is None."""
    import pyttsx3

    if module is not None:
        sys.modules[f"pyttsx3.drivers.{driver}"] = importlib.import_module(module)
    engine: Pyttsx3Engine = pyttsx3.init(driver)
    return engine


def _speak_batch(engine: Pyttsx3Engine, utterances: list[Utterance], answer: SendAnswer) -> None:
    """Queue all utterances, run the loop once, answer as each one ends."""
    engine.connect("finished-utterance", lambda name, completed: answer(file=name))
    for text, file in _interleave_rates(engine, utterances):
        engine.save_to_file(text, file, file)
    engine.runAndWait()


def _speak_one_by_one(
    engine: Pyttsx3Engine, utterances: list[Utterance], answer: SendAnswer
) -> None:
    """Run the loop for each utterance: some drivers write only the last of several."""
    for text, file in _interleave_rates(engine, utterances):
        engine.save_to_file(text, file, file)
        engine.runAndWait()
        answer(file=file)


def _interleave_rates(
    engine: Pyttsx3Engine, utterances: list[Utterance]
) -> Iterator[tuple[str, str]]:
    """Text and file of each utterance, after setting the rate if it changes."""
    last = None
    for text, rate, file in utterances:
        if rate != last:
            engine.setProperty("rate", last := rate)
        yield text, file


def _voice_answer(voice: ListedVoice) -> dict[str, object]:
    languages = [
        language.decode("ascii", "ignore").strip("\x05")
        if isinstance(language, bytes)
        else language
        for language in voice.languages or []
    ]
    return {"id": str(voice.id), "name": str(voice.name or ""), "languages": languages}


def _describe_exception(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
