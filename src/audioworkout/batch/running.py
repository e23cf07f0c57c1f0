"""Three plain maps on Dask: voice the lines, encode the bodies, join each person's sessions.

Dask schedules, retries and balances; nothing of it is done here. A map begins when the one before
has ended. What a map makes lies in the cache or in a person's folder, so running again goes on
where it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from audioworkout.batch.planning import Batch, Person, job_key
from audioworkout.batch.tasks import (
    Failure,
    SessionResult,
    SharedFolders,
    encode_body,
    join_sessions,
    speak_chunk,
)
from audioworkout.errors import BuildError, UsageError
from audioworkout.model.callbacks import Progress
from audioworkout.model.request import Speech
from audioworkout.model.script import Line

if TYPE_CHECKING:
    from distributed import Client

J = TypeVar("J")
R = TypeVar("R")

RUN_AGAIN = "Run it again: what exists is kept."
CONNECT_SECONDS = 10


@contextmanager
def open_client(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """A client of a running scheduler, or of a cluster on this computer that ends with the context.

    Args:
        scheduler: Address of a running one, as in `tcp://127.0.0.1:8786`; None: one is started.
        workers: Processes of the cluster that is started; None: one a core.

    Raises:
        UsageError: Dask is not installed.
        BuildError: There is no scheduler at the address.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError(
            "`batch` needs Dask, which is not installed", "pip install 'audioworkout[batch]'"
        ) from error
    import logging

    for name in ("distributed", "distributed.worker", "distributed.nanny", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if scheduler is None:
        import os

        from dask.config import set as set_config

        # Dask looks into its workers a hundred times a second for a page of its dashboard: that
        # takes a tenth of their time, and what it has seen fills their memory.
        with (
            set_config({"distributed.worker.profile.enabled": False}),
            LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise BuildError(
            f"there is no scheduler at {scheduler}", "`dask scheduler` starts one and tells where."
        ) from error
    with client:
        yield client


def run_batch(
    batch: Batch,
    shared: SharedFolders,
    client: Client,
    progress: Progress = lambda stage, done, of: None,
) -> Iterator[tuple[Person, list[SessionResult]]]:
    """Do everything, and give each person with what became of the sessions when it is known.

    Args:
        batch: From `plan_batch`.
        shared: The folders that all workers see.
        client: From `open_client`.
        progress: Called with the name of a map, how many jobs are done, and their number.

    Raises:
        BuildError: The scheduler was lost.
    """
    unspoken = _voice_lines(batch, shared, client, progress)
    unencoded = _encode_bodies(batch, shared, unspoken, client, progress)
    jobs = {
        job_key("join", str(person.plan.folder)): (
            person,
            batch.join_job(person, shared, unspoken, unencoded),
        )
        for person in batch.people
    }
    keyed = {key: job for key, (_, job) in jobs.items()}
    for key, result in _map_jobs(client, join_sessions, keyed, "Sessions", progress):
        person = jobs[key][0]
        if isinstance(result, Failure):
            yield (
                person,
                [SessionResult(due.label, "failed", 0.0, result) for due in person.plan.due],
            )
        else:
            yield person, result


def _voice_lines(
    batch: Batch, shared: SharedFolders, client: Client, progress: Progress
) -> dict[Speech, dict[Line, Failure]]:
    """Speak every line; gives those that cannot be spoken."""
    jobs = {}
    for job in batch.voice_jobs(shared):
        folders = (str(folder) for own in job.own for folder in own)
        texts = (line.text for line in job.lines)
        jobs[job_key("voice", repr(job.request.speech), *folders, *texts)] = job
    failed: dict[Speech, dict[Line, Failure]] = {}
    for key, result in _map_jobs(client, speak_chunk, jobs, "Voices", progress):
        job = jobs[key]
        if isinstance(result, Failure):
            result = dict.fromkeys(range(len(job.lines)), result)
        known = failed.setdefault(job.request.speech, {})
        known.update({job.lines[number]: each for number, each in result.items()})
    return failed


def _encode_bodies(
    batch: Batch,
    shared: SharedFolders,
    unspoken: Mapping[Speech, Mapping[Line, Failure]],
    client: Client,
    progress: Progress,
) -> dict[str, Failure]:
    """Encode every distinct body; gives those that cannot be encoded."""
    jobs = {f"body-{key}": job for key, job in batch.body_jobs(shared, unspoken).items()}
    results = _map_jobs(client, encode_body, jobs, "Bodies", progress)
    return {key.removeprefix("body-"): result for key, result in results if result is not None}


def _map_jobs(
    client: Client,
    function: Callable[[J], R],
    jobs: Mapping[str, J],
    stage: str,
    progress: Progress,
) -> Iterator[tuple[str, R | Failure]]:
    """Run a function over jobs by key, and give each result as soon as it is there.

    A job on which workers died as often as Dask allows is a failure.

    Raises:
        BuildError: The scheduler was lost.
    """
    from concurrent.futures import CancelledError

    from distributed import KilledWorker, as_completed

    if not jobs:
        return
    futures: Sequence[Any] = client.map(function, list(jobs.values()), key=list(jobs), retries=0)
    progress(stage, 0, len(jobs))
    try:
        for done, future in enumerate(as_completed(futures), 1):
            try:
                yield future.key, future.result()
            except KilledWorker:
                yield future.key, Failure("workers died of it", "See their logs, and their memory.")
            except CancelledError:
                raise BuildError("the scheduler was lost", RUN_AGAIN) from None
            except Exception as error:  # the functions raise nothing: it could not be called
                told = f"a worker could not do its work ({type(error).__name__})"
                yield future.key, Failure(told, "Do all have the same version of audioworkout?")
            future.release()
            progress(stage, done, len(jobs))
    except (OSError, TimeoutError) as error:
        raise BuildError("the scheduler was lost", RUN_AGAIN) from error
