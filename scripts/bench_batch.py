"""Measure how many people are served in a minute, and the cost of each additional one.

    .venv/bin/python scripts/bench_batch.py [--sizes 10 100 1000] [--workers 1 2] [--folder DIR]

Everybody follows the same programme, begins on the same day and has a name of their own: bodies
are shared, first and last words are not. Each size begins with nothing stored. It is compared with
the obvious way, a build a session with nothing shared, of five people. It prints Markdown;
docs/scale.md has its table. Nothing is asserted here and no test looks at a time.

On two cores of their own all sizes together take nine minutes, mostly those of a thousand.

A thousand people with three sessions of ten minutes at 32 kbit/s take 8 GB of the disk while it
runs; it is removed afterwards.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from audioworkout.api import build_workout, make_studio
from audioworkout.batch.members import MemberRow
from audioworkout.batch.planning import BatchWishes, plan_batch
from audioworkout.batch.report import give_addresses
from audioworkout.batch.running import open_client, run_batch
from audioworkout.batch.tasks import SharedFolders
from audioworkout.programmes.course import Course
from audioworkout.programmes.folder import ensure_folder
from audioworkout.programmes.folder_plan import plan_folder
from audioworkout.programmes.model import Member

START = date(2026, 1, 5)
PROGRAMME, ENGINE, KBPS = "first-push-up", "espeak", 32
SESSIONS = 3
HEAD = """\
| people | workers | seconds | people a minute | CPU a person (s) | memory of a worker |
|---:|---:|---:|---:|---:|---:|"""
SYLLABLES = ("an", "be", "ca", "do", "el", "fi", "ga", "ho", "in", "jo")
ALONE = 5
"""Number of people served in the obvious way; with more it only takes longer."""
MEGABYTE = 1_000_000


class Round(NamedTuple):
    """One run: people, workers, and seconds from start to end.

    `cpu` is in seconds of all processors, `memory` the most that a worker took (bytes), `shared`
    and `own` what lies on the disk for all and for each (bytes).
    """

    people: int
    workers: int
    seconds: float
    cpu: float
    memory: int
    shared: int
    own: int


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args(words)
    # Each line is printed when it is known: who ends a run early has what was measured until then.
    print(HEAD, flush=True)
    rounds = []
    for size, workers in product(given.sizes, given.workers):
        rounds.append(measure_batch(size, workers, given.folder))
        print(format_round(rounds[-1]), flush=True)
    seconds, cpu = measure_alone(given.folder)
    print(f"| the obvious way | - | {seconds:.1f} each | {60 / seconds:.0f} | {cpu:.2f} | - |\n")
    print("\n".join(summarize_rounds(rounds)))


def format_round(each: Round) -> str:
    """A line of the table."""
    return (
        f"| {each.people:,} | {each.workers} | {each.seconds:.1f} |"
        f" {60 * each.people / each.seconds:.0f} | {each.cpu / each.people:.2f} |"
        f" {each.memory / MEGABYTE:.0f} MB |"
    )


def summarize_rounds(rounds: Sequence[Round]) -> Iterator[str]:
    """The cost of each additional person, and of what all share."""
    for workers in sorted({each.workers for each in rounds}):
        same = [each for each in rounds if each.workers == workers]
        for few, many in pairwise(same):
            added = many.people - few.people
            yield (
                f"Each further person from {few.people:,} to {many.people:,}, {workers} workers:"
                f" {(many.cpu - few.cpu) / added:.2f} s of CPU,"
                f" {(many.own - few.own) / added / MEGABYTE:.1f} MB."
            )
    last = rounds[-1]
    yield f"Shared by {last.people:,} people: {last.shared / MEGABYTE:.1f} MB."


def measure_batch(people: int, workers: int, folder: Path) -> Round:
    """Serve a number of people with empty caches."""
    with empty_folder(folder) as club:
        before, began = cpu_seconds(), time.perf_counter()
        memory, of_workers = serve_people(people, workers, club)
        seconds, cpu = time.perf_counter() - began, cpu_seconds() - before + of_workers
        shared = size_of(club / ".cache")
        return Round(people, workers, seconds, cpu, memory, shared, size_of(club) - shared)


def serve_people(people: int, workers: int, club: Path) -> tuple[int, float]:
    """What `audioworkout batch` does.

    Gives the most memory that a worker took (bytes), and the CPU of all workers and their engines
    (s).
    """
    rows = [MemberRow(str(n), PROGRAMME, make_member(n), n + 2, {}) for n in range(people)]
    wishes = BatchWishes(club, START, ENGINE, KBPS, weeks_ahead=1)
    shared = SharedFolders(club / ".cache", None)
    with open_client(None, workers) as client:
        tokens = give_addresses(club, [row.id for row in rows])
        batch = plan_batch(rows, tokens, wishes, shared, "members.csv")
        for _, results in run_batch(batch, shared, client):
            failed = [each for each in results if each.result != "built"]
            if failed or len(results) != SESSIONS:
                sys.exit(f"not served: {results}")
        peaks, used = client.run(peak_memory), client.run(cpu_seconds, children=True)
    return max(map(int, peaks.values())), sum(used.values())


def measure_alone(folder: Path) -> tuple[float, float]:
    """Wall-clock and CPU seconds for one person if nothing is shared.

    Everything is imported before.
    """
    with empty_folder(folder) as club:
        course = Course(PROGRAMME, make_member(0), ENGINE, KBPS, weeks_ahead=1)
        plan = plan_folder(club, course, START, make_studio())
        build_workout(plan.due[0].request, club / "first.mp3", day=START)
        before, began = cpu_seconds(children=True), time.perf_counter()
        for number in range(ALONE):
            course = Course(PROGRAMME, make_member(number), ENGINE, KBPS, weeks_ahead=1)
            plan = plan_folder(club, course, START, make_studio())
            for due in plan.due:
                build_workout(due.request, club / due.file, day=START)
        seconds = (time.perf_counter() - began) / ALONE
        return seconds, (cpu_seconds(children=True) - before) / ALONE


def make_member(number: int) -> Member:
    """A person with a name of their own."""
    name = "".join(SYLLABLES[int(figure)] for figure in f"{number:04}").capitalize()
    return Member(START, name)


@contextmanager
def empty_folder(folder: Path) -> Iterator[Path]:
    """A new folder, removed afterwards."""
    club = folder / f"bench-batch-{os.getpid()}"
    ensure_folder(club)
    try:
        yield club
    finally:
        shutil.rmtree(club, ignore_errors=True)


def cpu_seconds(children: bool = False) -> float:
    """Of this process, and of all that it started and that have ended."""
    whose = (resource.RUSAGE_SELF, *([resource.RUSAGE_CHILDREN] if children else []))
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


def peak_memory() -> int:
    """The most memory that this process has taken (bytes; Linux only).

    Not `ru_maxrss`: a process begins with that of the one that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
