"""Starts the worker process, hands it a job, and gives back its answers, never waiting for ever."""

from __future__ import annotations

import errno
import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import IO, Any

import audioworkout
from audioworkout.audio_io.engine_files import read_engine_file
from audioworkout.errors import VoiceError
from audioworkout.files import temporary_folder
from audioworkout.model.script import Line
from audioworkout.voices.voice import Raw, check_raw_sound

PATIENCE = 20.0
"""Seconds that one line, or an engine's start, may take; the slowest seen took three."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Why a file cannot grow."""

_NO_PROCESS = "Close other programs, or let this one start processes."
"""What to do where the system starts none: nothing is wrong with the engine."""

_START = "import sys; sys.path[:] = {path!r}; from audioworkout.voices.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Driver:
    """A pyttsx3 driver: its name, and the module that is it where pyttsx3 has none of its own.

    `at_once`: many utterances may be queued before one run of its loop. `patience` in seconds.
    """

    name: str
    module: str | None = None
    at_once: bool = False
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class DriverVoice:
    """A voice as its driver lists it, with languages such as `en_US` or `de-DE`."""

    identifier: str
    name: str
    languages: tuple[str, ...]

    @property
    def primary(self) -> frozenset[str]:
        """Its languages without their countries: `en`."""
        return frozenset(re.split("[-_]", language.lower())[0] for language in self.languages)


@dataclass(frozen=True, slots=True)
class DriverVoices:
    """A driver's voices, and the identifier of the one it uses unless told."""

    voices: tuple[DriverVoice, ...]
    current: str


def speak_in_worker(
    driver: Driver, voice: str, rate: int, lines: Sequence[Line], hint: str = ""
) -> Iterator[tuple[Line, Raw]]:
    """Speak lines in a process of their own, `rate` being that of coaching (words a minute).

    Raises:
        VoiceError: The engine failed or wrote no sound, or such as cannot be speech; `hint` tells
            what to do then, unless the error itself knows better.
    """
    try:
        for line, file in speak_to_files(
            driver, voice, [(line, line.rate(rate)) for line in lines]
        ):
            yield line, check_raw_sound(Raw(*read_engine_file(file)), line, driver.name)
    except VoiceError as error:
        raise VoiceError(str(error), error.hint or hint) from error


def speak_to_files(
    driver: Driver, voice: str | None, utterances: Sequence[tuple[Line, int]]
) -> Iterator[tuple[Line, Path]]:
    """Speak lines, each at its rate (words a minute), into files that exist until the next step.

    Raises:
        VoiceError: The engine did not start, failed, crashed, or was silent for too long.
        OutputError: There is no room for its files.
    """
    with temporary_folder() as folder:
        files = {str(folder / f"{n:04}.wav"): line for n, (line, _) in enumerate(utterances)}
        job = {
            "voice": voice,
            "at_once": driver.at_once,
            "utterances": [
                (line.text, rate, file)
                for file, (line, rate) in zip(files, utterances, strict=True)
            ],
        }
        for answer in _worker_answers(driver, job):
            file = answer["file"]
            yield files.pop(file), Path(file)
            with suppress(
                OSError
            ):  # a virus scanner may have it open; the folder's end tries again
                Path(file).unlink()
        if files:
            left = next(iter(files.values()))
            raise VoiceError(f"the speech engine {driver.name} stopped before {left.text!r}")


def list_driver_voices(driver: Driver) -> DriverVoices:
    """Every voice of a driver, and which one it would use.

    Raises:
        VoiceError: The engine does not work here.
    """
    for answer in _worker_answers(driver, {"list": True}):
        voices = tuple(
            DriverVoice(voice["id"], voice["name"], tuple(map(str, voice["languages"])))
            for voice in answer["voices"]
        )
        return DriverVoices(voices, answer["current"])
    raise VoiceError(f"the speech engine {driver.name} does not list its voices")


def _worker_answers(driver: Driver, job: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    """Every answer of a new worker as it comes; the worker is gone when this ends."""
    worker = _start_worker()
    try:
        answers = _collect_answers(worker, {"driver": driver.name, "module": driver.module, **job})
        while "done" not in (answer := _next_answer(answers, worker, driver)):
            yield answer
    finally:
        _end_worker(worker)


def _worker_command() -> list[str]:
    """The command line of a worker.

    A Python that imports from exactly where this one does, whatever folder it is started in; of a
    frozen program (PyInstaller and its like set `sys.frozen`) the program itself.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, audioworkout.WORKER]
    return [sys.executable, "-P", "-c", _START.format(path=sys.path)]


def _start_worker() -> subprocess.Popen[bytes]:
    """A worker that waits for its job."""
    try:
        return subprocess.Popen(
            _worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise VoiceError(
            f"cannot start a process for the speech engine: {error.strerror or error}", _NO_PROCESS
        ) from error


def _collect_answers(
    worker: subprocess.Popen[bytes], job: Mapping[str, object]
) -> queue.SimpleQueue[dict[str, Any] | None]:
    """Hand over the job and gather the answers; None stands behind the last one.

    A thread reads them, for only a queue can be waited on for a limited time on every system.
    """
    answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    def converse(stdin: IO[bytes], stdout: IO[bytes]) -> None:
        try:
            with stdin:
                stdin.write(json.dumps(job).encode("ascii") + b"\n")
            for line in stdout:
                answers.put(json.loads(line))
        except (OSError, ValueError):
            pass  # the worker died; its exit status tells
        finally:
            answers.put(None)

    assert worker.stdin is not None
    assert worker.stdout is not None
    threading.Thread(target=converse, args=(worker.stdin, worker.stdout), daemon=True).start()
    return answers


def _next_answer(
    answers: queue.SimpleQueue[dict[str, Any] | None],
    worker: subprocess.Popen[bytes],
    driver: Driver,
) -> dict[str, Any]:
    """The next answer; a VoiceError if it tells one, or does not come."""
    try:
        answer = answers.get(timeout=driver.patience)
    except queue.Empty:
        problem = f"gave no answer for {driver.patience:g} seconds"
    else:
        if answer is not None and "error" not in answer:
            return answer
        _end_worker(worker)
        problem = f"failed: {answer['error']}" if answer else f"crashed ({worker.returncode})"
    raise VoiceError(f"the speech engine {driver.name} {problem}", _hint_on_room(problem))


def _hint_on_room(problem: str) -> str:
    """What to do where a file could not grow, by the number in an `OSError`'s text; else nothing.

    >>> _hint_on_room("failed: ValueError: no such voice")
    ''
    """
    number = re.search(r"OSError: \[Errno (\d+)\]", problem)
    if number is None or int(number[1]) not in _NO_ROOM:
        return ""
    folder = gettempdir()
    return f"There is no room for temporary files in {folder}: make some, or set TMPDIR to another."


def _end_worker(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker clean up after itself, but not for long: drivers hang at their end too."""
    try:
        worker.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
