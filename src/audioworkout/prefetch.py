"""Work done ahead of its use, on the computer's other core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from importlib import import_module
from itertools import islice
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

DEPTH = 3
"""Results that wait to be used: enough to even out, few enough to fit anywhere."""


def load_modules(*names: str) -> None:
    """Import what a thread is about to use.

    No thread may import anything itself: where Ctrl-C or SIGTERM comes while it does, the process
    ends only when the thread does, and that waits for a lock that the main thread holds.
    """
    for name in names:
        import_module(name)


def prefetch(calls: Iterable[Callable[[], T]], workers: int = 1) -> Generator[T, None, None]:
    """The results of calls in order, each begun before it is asked for.

    At most `DEPTH` calls are begun and not yet asked for, so `calls` may be endless. An error in a
    call is raised where its result would have come. Arrays, decoders and encoders let go of the
    interpreter while they work, so that threads do make use of a second core. What a call imports
    is loaded before (`load_modules`).
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
    """Begin a call at once in a thread of its own; gives what waits for its result.

    An error in the call is raised there. What it imports is loaded before (`load_modules`).
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
