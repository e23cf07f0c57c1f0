"""Starts the worker process, sends it a job, and returns its answers; every wait has a limit."""

from __future__ import annotations

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
from typing import Any

import audioworkout
from audioworkout.audio_io.engine_files import read_engine_file
from audioworkout.errors import VoiceError
from audioworkout.files import NO_SPACE, temporary_folder
from audioworkout.model.script import Line
from audioworkout.voices.voice import Raw, check_raw_sound

WORKER_TIMEOUT = 20.0
"""Longest wait (s) for a line or for the start of an engine; the slowest seen took 3 s."""

_NO_PROCESS = "Close other programs, or let this one start processes."
"""The hint if the system cannot start a process; the engine is not to blame."""

_START = "import sys; sys.path[:] = {path!r}; from audioworkout.voices.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Driver:
    """A pyttsx3 driver: its name, and the module that implements it (None: pyttsx3's own).

    `at_once`: many utterances may be queued before its loop runs. `patience` is the longest wait
    for a line (s).
    """

    name: str
    module: str | None = None
    at_once: bool = False
    patience: float = WORKER_TIMEOUT


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
    """A driver's voices, and the identifier of its default voice."""

    voices: tuple[DriverVoice, ...]
    current: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A running worker process, the queue of its jobs, and the queue of its answers.

    None marks the end of both queues.
    """

    driver: Driver
    process: subprocess.Popen[bytes]
    jobs: queue.SimpleQueue[dict[str, Any] | None]
    answers: queue.SimpleQueue[dict[str, Any] | None]

    def close(self) -> None:
        """Stop the process, which gets a short time to clean up."""
        self.jobs.put(None)
        _end_worker(self.process)


def start_worker(driver: Driver, voice: str | None) -> Worker:
    """Start a worker that loads its engine and voice; the lines follow later.

    Raises:
        VoiceError: The process cannot be started.
    """
    worker = _start_worker(driver)
    worker.jobs.put({**_job(driver), "voice": voice, "at_once": driver.at_once})
    return worker


def speak_in_worker(
    driver: Driver,
    voice: str,
    rate: int,
    lines: Sequence[Line],
    hint: str = "",
    worker: Worker | None = None,
) -> Iterator[tuple[Line, Raw]]:
    """Speak lines in a worker process.

    Args:
        driver: The pyttsx3 driver.
        voice: The driver's identifier of the voice; None for its default.
        rate: Rate of coaching (words a minute); quick lines are a tenth faster.
        lines: The lines to speak.
        hint: What the user can do if it fails, for errors without a hint of their own.
        worker: A worker already started with this driver and voice, or None; it is closed here.

    Raises:
        VoiceError: The engine failed, or its sound is missing or cannot be speech.
    """
    utterances = [(line, line.rate(rate)) for line in lines]
    try:
        for line, file in speak_to_files(driver, voice, utterances, worker):
            yield line, check_raw_sound(Raw(*read_engine_file(file)), line, driver.name)
    except VoiceError as error:
        raise VoiceError(str(error), error.hint or hint) from error


def speak_to_files(
    driver: Driver,
    voice: str | None,
    utterances: Sequence[tuple[Line, int]],
    worker: Worker | None = None,
) -> Iterator[tuple[Line, Path]]:
    """Speak lines, each at its rate (words a minute), into files; each exists until the next one.

    Raises:
        VoiceError: The engine did not start, failed, crashed, or gave no answer for too long.
        OutputError: There is no space for its files.
    """
    worker = worker or start_worker(driver, voice)
    try:
        with temporary_folder() as folder:
            files = {str(folder / f"{n:04}.wav"): line for n, (line, _) in enumerate(utterances)}
            job = {
                "utterances": [
                    (line.text, rate, file)
                    for file, (line, rate) in zip(files, utterances, strict=True)
                ],
            }
            for answer in _worker_answers(worker, job):
                file = answer["file"]
                yield files.pop(file), Path(file)
                # A virus scanner may have it open; the folder is removed at the end.
                with suppress(OSError):
                    Path(file).unlink()
            if files:
                left = next(iter(files.values()))
                raise VoiceError(f"the speech engine {driver.name} stopped before {left.text!r}")
    finally:
        worker.close()


def list_driver_voices(driver: Driver) -> DriverVoices:
    """Every voice of a driver, and its default voice.

    Raises:
        VoiceError: The engine does not work here.
    """
    worker = _start_worker(driver)
    try:
        for answer in _worker_answers(worker, {**_job(driver), "list": True}):
            voices = tuple(
                DriverVoice(voice["id"], voice["name"], tuple(map(str, voice["languages"])))
                for voice in answer["voices"]
            )
            return DriverVoices(voices, answer["current"])
    finally:
        worker.close()
    raise VoiceError(f"the speech engine {driver.name} does not list its voices")


def _worker_answers(worker: Worker, job: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    """Send a worker its last job, and yield every answer as it comes."""
    worker.jobs.put({**job})
    worker.jobs.put(None)
    while "done" not in (answer := _next_answer(worker)):
        yield answer


def _job(driver: Driver) -> dict[str, Any]:
    return {"driver": driver.name, "module": driver.module}


def _worker_command() -> list[str]:
    """The command line of a worker process.

    It is this Python with the same `sys.path`, so that it works in any folder. A frozen program
    (PyInstaller and others set `sys.frozen`) is its own worker.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, audioworkout.WORKER]
    return [sys.executable, "-P", "-c", _START.format(path=sys.path)]


def _start_worker(driver: Driver) -> Worker:
    """Start a process that waits for jobs.

    A thread writes the jobs and reads the answers, because only the wait for a queue can be limited
    on every system.
    """
    try:
        process = subprocess.Popen(
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
    worker = Worker(driver, process, queue.SimpleQueue(), queue.SimpleQueue())
    threading.Thread(target=_converse, args=(worker,), daemon=True).start()
    return worker


def _converse(worker: Worker) -> None:
    """Write jobs until the end of their queue, then read answers until the process ends."""
    stdin, stdout = worker.process.stdin, worker.process.stdout
    assert stdin is not None
    assert stdout is not None
    try:
        with suppress(OSError), stdin:  # if it died, answer or status say why
            while (job := worker.jobs.get()) is not None:
                stdin.write(json.dumps(job).encode("ascii") + b"\n")
                stdin.flush()
        with stdout:
            for line in stdout:
                worker.answers.put(json.loads(line))
    except (OSError, ValueError):
        pass  # the worker died: its exit status says why
    finally:
        worker.answers.put(None)


def _next_answer(worker: Worker) -> dict[str, Any]:
    """The next answer.

    Raises:
        VoiceError: The answer is an error, or none came in time.
    """
    driver = worker.driver
    try:
        answer = worker.answers.get(timeout=driver.patience)
    except queue.Empty:
        problem = f"gave no answer for {driver.patience:g} seconds"
    else:
        if answer is not None and "error" not in answer:
            return answer
        _end_worker(worker.process)
        told = answer["error"] if answer else None
        problem = f"failed: {told}" if answer else f"crashed ({worker.process.returncode})"
    raise VoiceError(f"the speech engine {driver.name} {problem}", _hint_on_room(problem))


def _hint_on_room(problem: str) -> str:
    """A hint if the text of an `OSError` says that a file could not grow; else empty.

    >>> _hint_on_room("failed: ValueError: no such voice")
    ''
    """
    number = re.search(r"OSError: \[Errno (\d+)\]", problem)
    if number is None or int(number[1]) not in NO_SPACE:
        return ""
    folder = gettempdir()
    return f"There is no room for temporary files in {folder}: make some, or set TMPDIR to another."


def _end_worker(worker: subprocess.Popen[bytes]) -> None:
    """Give the worker a short time to clean up, then kill it: drivers hang at their end too."""
    try:
        worker.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
