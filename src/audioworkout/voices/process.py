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
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that was started to speak with one voice, its jobs, and its answers as they come.

    Of the jobs None stands behind the last one, and so it does of the answers.
    """

    driver: Driver
    process: subprocess.Popen[bytes]
    jobs: queue.SimpleQueue[dict[str, Any] | None]
    answers: queue.SimpleQueue[dict[str, Any] | None]

    def close(self) -> None:
        """End the process: let it clean up, but not for long, for drivers hang at their end too."""
        self.jobs.put(None)
        _end_worker(self.process)


def start_worker(driver: Driver, voice: str | None) -> Worker:
    """A worker that loads its engine and voice at once; what to say follows.

    Raises:
        VoiceError: There is no process for it.
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
    """Speak lines in a process of their own, `rate` being that of coaching (words a minute).

    Args:
        driver: Who speaks.
        voice: In which voice.
        rate: Words a minute of coaching.
        lines: What is said.
        hint: What to do where it fails, unless the error itself knows better.
        worker: One that was started with this driver and voice; it is closed in the end.

    Raises:
        VoiceError: The engine failed or wrote no sound, or such as cannot be speech.
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
    """Speak lines, each at its rate (words a minute), into files that exist until the next step.

    Raises:
        VoiceError: The engine did not start, failed, crashed, or was silent for too long.
        OutputError: There is no room for its files.
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
                # A virus scanner may have it open; the folder's end tries again.
                with suppress(OSError):
                    Path(file).unlink()
            if files:
                left = next(iter(files.values()))
                raise VoiceError(f"the speech engine {driver.name} stopped before {left.text!r}")
    finally:
        worker.close()


def list_driver_voices(driver: Driver) -> DriverVoices:
    """Every voice of a driver, and which one it would use.

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
    """Every answer to a worker's last job as it comes."""
    worker.jobs.put({**job})
    worker.jobs.put(None)
    while "done" not in (answer := _next_answer(worker)):
        yield answer


def _job(driver: Driver) -> dict[str, Any]:
    return {"driver": driver.name, "module": driver.module}


def _worker_command() -> list[str]:
    """The command line of a worker.

    A Python that imports from exactly where this one does, whatever folder it is started in; of a
    frozen program (PyInstaller and its like set `sys.frozen`) the program itself.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, audioworkout.WORKER]
    return [sys.executable, "-P", "-c", _START.format(path=sys.path)]


def _start_worker(driver: Driver) -> Worker:
    """A process that waits for its jobs.

    A thread hands over the jobs and gathers the answers, for only a queue can be waited on for a
    limited time on every system.
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
    """Hand over jobs until there are no more, then gather answers until there are no more."""
    stdin, stdout = worker.process.stdin, worker.process.stdout
    assert stdin is not None
    assert stdout is not None
    try:
        with suppress(OSError), stdin:  # a worker that died has told why, or its exit status does
            while (job := worker.jobs.get()) is not None:
                stdin.write(json.dumps(job).encode("ascii") + b"\n")
                stdin.flush()
        with stdout:
            for line in stdout:
                worker.answers.put(json.loads(line))
    except (OSError, ValueError):
        pass  # the worker died; its exit status tells
    finally:
        worker.answers.put(None)


def _next_answer(worker: Worker) -> dict[str, Any]:
    """The next answer; a VoiceError if it tells one, or does not come."""
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
