"""Runs calls in threads ahead of the use of their results, on a second core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from importlib import import_module
from itertools import islice
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

DEPTH = 3
"""Maximum number of results waiting to be used: enough for even work, few enough for memory."""


def load_modules(*names: str) -> None:
    """Import modules that a thread is about to use.

    Threads must not import anything themselves: if Ctrl-C or SIGTERM comes during an import, the
    process ends only when the thread does, and the thread waits for a lock that the main thread
    holds.
    """
    for name in names:
        import_module(name)


def prefetch(calls: Iterable[Callable[[], T]], workers: int = 1) -> Generator[T, None, None]:
    """The results of calls in order, each started before it is needed.

    At most `DEPTH` calls are started ahead, so `calls` may be endless. An error in a call is raised
    at the place of its result. Arrays, decoders and encoders release the interpreter lock, so
    threads do use a second core. Modules that a call imports must be loaded before
    (`load_modules`).
    """
    from concurrent.futures import ThreadPoolExecutor

    remaining = iter(calls)
    with ThreadPoolExecutor(workers) as pool:
        try:
            waiting = deque(pool.submit(call) for call in islice(remaining, DEPTH))
            while waiting:
                result = waiting.popleft().result()
                waiting.extend(pool.submit(call) for call in islice(remaining, 1))
                yield result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def run_in_thread(call: Callable[[], T]) -> Callable[[], T]:
    """Start a call in a thread; returns a function that waits for its result.

    An error in the call is raised there. Modules that it imports must be loaded before
    (`load_modules`).
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:
            errors.append(error)

    def wait() -> T:
        thread.join()
        if errors:
            raise errors[0]
        return results[0]

    thread = Thread(target=run)
    thread.start()
    return wait
